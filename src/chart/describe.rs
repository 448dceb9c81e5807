//! Charts in words, for screen readers: the highest, the lowest, what stays apart.
//!
//! Written from released figures only; the table after the chart is the full alternative.

use super::reading::Reading;
use super::text::shorten;
use super::words::description;
use super::{Subject, bars, battery};
use crate::disclose::Status;
use crate::words::{Words, fill};

/// The longest label in a description.
pub(super) const LABEL: usize = 50;

/// A chart of bars.
pub(super) fn bars(subject: &Subject<'_>) -> String {
    let entries = bars::entries(subject);
    let (aside, answers): (Vec<_>, Vec<_>) = entries.iter().partition(|e| e.aside);
    let hidden = subject.readings().filter(is_hidden).count();
    let drawn = entries.iter().filter(|e| !e.reading.is_gap()).count();
    let words = subject.poll.words;
    let mut sentences = vec![count(drawn, words.told_answer, words.told_answers)];
    let pairs: Vec<_> = answers.iter().map(|e| (e.label.as_str(), &e.reading)).collect();
    let (highest, lowest) = extremes(&pairs, words);
    let said = |sentence, figure: String| fill(sentence, &[("figure", &figure)]);
    sentences.extend(highest.map(|figure| said(words.told_highest, figure)));
    sentences.extend(lowest.map(|figure| said(words.told_lowest, figure)));
    for entry in aside.iter().filter(|e| !e.reading.is_gap()) {
        sentences.push(told(&entry.label, &entry.reading, words) + ".");
    }
    description(sentences, hidden, words)
}

/// A battery.
pub(super) fn battery(subject: &Subject<'_>) -> String {
    let items = battery::items(subject);
    let hidden = subject.readings().filter(is_hidden).count();
    let words = subject.poll.words;
    let mut sentences = vec![count(items.len(), words.told_item, words.told_items)];
    let pairs: Vec<_> = (items.iter())
        .filter_map(|item| Some((item.label.as_str(), item.total.as_ref()?)))
        .collect();
    let label = battery::total_label(subject.table).unwrap_or_default();
    let label = shorten(&label, LABEL);
    match extremes(&pairs, words) {
        (Some(highest), Some(lowest)) => {
            let values =
                [("label", label.as_str()), ("highest", &highest), ("lowest", &lowest)];
            sentences.push(fill(words.told_extremes, &values));
        }
        (Some(only), None) => {
            sentences.push(fill(words.told_only, &[("label", &label), ("figure", &only)]));
        }
        (None, _) => {}
    }
    description(sentences, hidden, words)
}

pub(super) fn count(number: usize, one: &str, several: &str) -> String {
    fill(if number == 1 { one } else { several }, &[("n", &number.to_string())])
}

pub(super) fn is_hidden(reading: &Reading) -> bool {
    reading.code == Status::Confidential.code()
}

/// The highest and the lowest of those whose size is known; no lowest if there is one only.
pub(super) fn extremes(
    pairs: &[(&str, &Reading)],
    words: &Words,
) -> (Option<String>, Option<String>) {
    let known: Vec<_> = pairs.iter().filter(|(_, reading)| !reading.is_gap()).collect();
    let rank = |pair: &&&(&str, &Reading)| pair.1.rank;
    // Of equals, the one that is drawn first is the highest and the last one the lowest.
    let highest = known.iter().rev().max_by(|a, b| rank(a).total_cmp(&rank(b)));
    let lowest = known.iter().rev().min_by(|a, b| rank(a).total_cmp(&rank(b)));
    let said = |pair: &&(&str, &Reading)| told(pair.0, pair.1, words);
    (highest.map(said), lowest.filter(|_| known.len() > 1).map(said))
}

/// A label and its value, with the interval if there is one.
pub(super) fn told(label: &str, reading: &Reading, words: &Words) -> String {
    let label = shorten(label, LABEL);
    let range = reading.range.trim_matches(['(', ')']);
    let values = [("label", label.as_str()), ("value", &reading.text), ("range", range)];
    fill(if range.is_empty() { words.told_value } else { words.told_interval }, &values)
}
