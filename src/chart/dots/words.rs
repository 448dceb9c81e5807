//! The words of a dot plot: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::describe::{count, extremes, is_hidden};
use super::super::frame::Frame;
use super::super::reading::Unit;
use super::super::text::clean;
use super::super::words::{
    caveat, counted, description, question, quoted, shorthand, source, stamps, together,
    weighting,
};
use super::super::{LIMIT, Subject};
use super::read::{Entry, Measured};
use crate::words::{Words, fill};

/// The words around the chart.
pub(super) fn frame(subject: &Subject<'_>, measured: &Measured) -> Frame {
    let Subject { table, poll, setting, .. } = subject;
    let words = poll.words;
    let universe = quoted(&table.question.base);
    let of = [("measure", measured.label.as_str()), ("base", &universe)];
    let filter = table.filter.as_deref().map(quoted);
    let filter = filter.map(|filter| fill(words.chart_filter, &[("filter", &filter)]));
    let readings = measured.entries.iter().map(|entry| &entry.reading).chain([&measured.all]);
    let codes = readings.map(|reading| reading.code).filter(|code| !code.is_empty()).collect();
    let notes = [base(subject, measured), marks(measured, words), shorthand(&codes, words)];
    Frame {
        title: setting.title(&table.name, &title(subject)),
        subtitle: fill(words.chart_measure, &of) + &filter.unwrap_or_default(),
        marks: stamps(poll),
        question: question(table, words),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        source: source(poll),
    }
}

/// What the table is about, and by what.
fn title(subject: &Subject<'_>) -> String {
    let (table, words) = (subject.table, subject.poll.words);
    let banner = table.banner.as_ref().map(|banner| clean(&banner.text)).unwrap_or_default();
    words.by(&table.title, &banner)
}

/// Who is counted, how they were weighted, and what the intervals are, if any are drawn.
fn base(subject: &Subject<'_>, measured: &Measured) -> String {
    let words = subject.poll.words;
    let drawn = measured.entries.iter().any(|entry| entry.reading.interval.is_some());
    let band = if measured.all.interval.is_some() { words.chart_band } else { "" };
    let intervals = [words.chart_lines, band, caveat(subject.poll)];
    let intervals = if drawn { together(&intervals) } else { String::new() };
    let limit = fill(words.chart_limit, &[("n", &LIMIT.to_string())]);
    let limit = if measured.groups > LIMIT { limit.as_str() } else { "" };
    let weighted = weighting(&subject.setting);
    together(&[&counted(subject.table, words), &weighted, &intervals, limit])
}

/// What the dashed line, the arrows and the scale mean.
fn marks(measured: &Measured, words: &Words) -> String {
    let said = |holds: bool, sentence| if holds { sentence } else { "" };
    let different = measured.entries.iter().any(Entry::is_different);
    let span = measured.span;
    let is_cut = span.from > 0.0 && measured.ends.concat().is_empty();
    let from = Unit::Plain.write(span.from, span.decimals(), words);
    let cut = fill(words.chart_cut, &[("from", &from)]);
    together(&[
        said(measured.all.value.is_some(), words.chart_rule),
        said(different, words.chart_arrows),
        said(is_cut, &cut),
    ])
}

/// The chart in words: all, the highest and the lowest group.
pub(super) fn describe(measured: &Measured, words: &Words) -> String {
    let entries = &measured.entries;
    let hidden = entries.iter().filter(|entry| is_hidden(&entry.reading)).count();
    let drawn = entries.iter().filter(|entry| entry.reading.value.is_some()).count();
    let all = [("label", measured.label.as_str()), ("value", &measured.all.text)];
    let mut said = vec![count(drawn, words.told_group, words.told_groups)];
    said.push(fill(words.told_all, &all));
    let pairs: Vec<_> = entries.iter().map(|e| (e.label.as_str(), &e.reading)).collect();
    let (highest, lowest) = extremes(&pairs, words);
    let told = |sentence, figure: String| fill(sentence, &[("figure", &figure)]);
    said.extend(highest.map(|figure| told(words.told_highest, figure)));
    said.extend(lowest.map(|figure| told(words.told_lowest, figure)));
    description(said, hidden, words)
}
