//! Charts in words, for screen readers: the highest, the lowest, what stays apart.
//!
//! Written from released figures only; the table after the chart is the full alternative.

use super::reading::Reading;
use super::text::shorten;
use super::words::description;
use super::{Subject, bars, battery};
use crate::disclose::Status;

/// The longest label in a description.
pub(super) const LABEL: usize = 50;

/// A chart of bars.
pub(super) fn bars(subject: &Subject<'_>) -> String {
    let entries = bars::entries(subject.table, subject.intervals);
    let (aside, answers): (Vec<_>, Vec<_>) = entries.iter().partition(|e| e.aside);
    let hidden = subject.readings().filter(is_hidden).count();
    let drawn = entries.iter().filter(|e| !e.reading.is_gap()).count();
    let mut sentences = vec![count(drawn, "answer")];
    let pairs: Vec<_> = answers.iter().map(|e| (e.label.as_str(), &e.reading)).collect();
    let (highest, lowest) = extremes(&pairs);
    sentences.extend(highest.map(|text| format!("Highest: {text}.")));
    sentences.extend(lowest.map(|text| format!("Lowest: {text}.")));
    for entry in aside.iter().filter(|e| !e.reading.is_gap()) {
        sentences.push(format!("{}.", told(&entry.label, &entry.reading)));
    }
    description(sentences, hidden)
}

/// A battery.
pub(super) fn battery(subject: &Subject<'_>) -> String {
    let items = battery::items(subject.table, subject.intervals);
    let hidden = subject.readings().filter(is_hidden).count();
    let mut sentences = vec![count(items.len(), "item")];
    let pairs: Vec<_> = (items.iter())
        .filter_map(|item| Some((item.label.as_str(), item.total.as_ref()?)))
        .collect();
    let label = battery::total_label(subject.table).unwrap_or_default();
    match extremes(&pairs) {
        (Some(highest), Some(lowest)) => sentences
            .push(format!("{}: highest {highest}, lowest {lowest}.", shorten(&label, LABEL))),
        (Some(only), None) => {
            sentences.push(format!("{}: {only}.", shorten(&label, LABEL)));
        }
        (None, _) => {}
    }
    description(sentences, hidden)
}

pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural} shown.")
}

pub(super) fn is_hidden(reading: &Reading) -> bool {
    reading.code == Status::Confidential.code()
}

/// The highest and the lowest of those whose size is known; no lowest if there is one only.
pub(super) fn extremes(pairs: &[(&str, &Reading)]) -> (Option<String>, Option<String>) {
    let known: Vec<_> = pairs.iter().filter(|(_, reading)| !reading.is_gap()).collect();
    let rank = |pair: &&&(&str, &Reading)| pair.1.rank;
    // Of equals, the one that is drawn first is the highest and the last one the lowest.
    let highest = known.iter().rev().max_by(|a, b| rank(a).total_cmp(&rank(b)));
    let lowest = known.iter().rev().min_by(|a, b| rank(a).total_cmp(&rank(b)));
    let words = |pair: &&(&str, &Reading)| told(pair.0, pair.1);
    (highest.map(words), lowest.filter(|_| known.len() > 1).map(words))
}

/// A label and its value, with the interval if there is one.
pub(super) fn told(label: &str, reading: &Reading) -> String {
    let label = shorten(label, LABEL);
    let range = reading.range.trim_matches(['(', ')']);
    if range.is_empty() {
        return format!("{label} {}", reading.text);
    }
    format!("{label} {} (95% interval {range})", reading.text)
}
