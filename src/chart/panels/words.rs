//! The words of panels: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::Subject;
use super::super::frame::Frame;
use super::super::text::shorten;
use super::super::words::{self, description, together};
use super::read::{Answer, Differs, Group, Read};
use crate::disclose::{Status, Table};
use crate::words::{Words, fill};
use std::collections::BTreeSet;

/// The longest label in a description.
const LABEL: usize = 50;
/// The most groups that are named for one answer.
const NAMED: usize = 3;

/// What a dark bar means.
pub(super) fn verdicts(read: &Read, words: &Words) -> &'static str {
    if read.overlapping { words.panels_key_overlap } else { words.panels_key }
}

/// How many answered, group by group.
pub(super) fn bases(read: &Read, words: &Words) -> String {
    let group = |g: &Group| fill(words.panels_base, &[("group", &g.label), ("n", &g.base)]);
    let groups: Vec<String> = read.groups.iter().map(group).collect();
    let sentence = if read.at_least { words.panels_each_least } else { words.panels_each };
    fill(sentence, &[("groups", &groups.join("; "))])
}

/// The words around the chart.
pub(super) fn frame(subject: &Subject<'_>, read: &Read) -> Frame {
    let Subject { table, setting, poll, .. } = subject;
    let whole = words::frame(subject);
    let intervals = read.cells().any(|cell| cell.reading.interval.is_some());
    let intervals = intervals.then_some(poll.words.chart_lines);
    let notes = [
        words::base(subject, intervals),
        groups(table, read, poll.words),
        shorthand(read, poll.words),
    ];
    Frame {
        title: setting.title(&table.name, &title(table, poll.words)),
        subtitle: subtitle(&whole.subtitle, read, poll.words),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        ..whole
    }
}

/// The title of the table and its banner.
fn title(table: &Table, words: &Words) -> String {
    let banner = table.banner.as_ref().map_or("", |banner| banner.text.as_str());
    words.by(&table.title, banner)
}

fn subtitle(whole: &str, read: &Read, words: &Words) -> String {
    match &read.net {
        Some(net) => fill(words.panels_net, &[("net", net), ("measure", whole)]),
        None => whole.to_owned(),
    }
}

/// Who is in which group, and what is not drawn.
fn groups(table: &Table, read: &Read, words: &Words) -> String {
    let hidden: Vec<String> =
        read.hidden.iter().map(|(group, code)| format!("{group} {code}")).collect();
    let hidden = fill(words.panels_hidden, &[("groups", &words.list(&hidden))]);
    let differing =
        if read.net.is_some() { words.panels_differing_items } else { words.panels_differing };
    let said = [
        (table.overlapping, words.panels_overlap),
        (table.partial, words.panels_partial),
        (!read.hidden.is_empty(), hidden.as_str()),
        (read.only_differing, differing),
        (read.cut && !read.only_differing, words.panels_cut),
    ];
    together(&said.map(|(holds, sentence)| if holds { sentence } else { "" }))
}

/// What the shorthand in this chart means.
fn shorthand(read: &Read, words: &Words) -> String {
    let totals = read.answers.iter().map(|answer| answer.all.code);
    let cells = read.cells().map(|cell| cell.reading.code);
    let hidden = read.hidden.iter().map(|(_, code)| *code);
    let codes: BTreeSet<&str> = totals.chain(cells).chain(hidden).collect();
    words::shorthand(&codes, words)
}

/// The chart in words: what differs, largest difference first; then the highest and the
/// lowest of all.
pub(super) fn describe(read: &Read, words: &Words) -> String {
    let mut differing: Vec<(f64, String)> =
        read.answers.iter().filter_map(|answer| told(read, answer, words)).collect();
    differing.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut sentences = vec![fill(words.told_panels, &[("n", &read.groups.len().to_string())])];
    sentences.extend(differing.into_iter().map(|(_, sentence)| sentence));
    sentences.extend(extremes(read, words));
    let is_hidden = |code: &str| code == Status::Confidential.code();
    let hidden = read.cells().filter(|cell| is_hidden(cell.reading.code)).count();
    description(sentences, hidden, words)
}

/// A group that differs in an answer: how far from all, on which side, its value.
type Found = (f64, Differs, [(&'static str, String); 2]);

/// The groups that differ in an answer, and by how much at most.
fn told(read: &Read, answer: &Answer, words: &Words) -> Option<(f64, String)> {
    let mut found: Vec<Found> = (read.groups.iter().zip(&answer.cells))
        .filter_map(|(group, cell)| {
            let far = (cell.reading.value? - answer.all.value.unwrap_or(0.0)).abs();
            let group = ("group", shorten(&group.label, LABEL));
            Some((far, cell.differs?, [group, ("value", cell.reading.text.clone())]))
        })
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    let most = found.first()?.0;
    let part = |(nth, (_, differs, values)): (usize, &Found)| {
        let sentence = match (nth, differs) {
            (0, Differs::Higher) => words.told_differs_higher,
            (0, Differs::Lower) => words.told_differs_lower,
            (_, Differs::Higher) => words.told_also_higher,
            (_, Differs::Lower) => words.told_also_lower,
        };
        fill(sentence, &values.each_ref().map(|(gap, text)| (*gap, text.as_str())))
    };
    let parts: Vec<String> = found.iter().enumerate().take(NAMED).map(part).collect();
    let label = shorten(&answer.label, LABEL);
    let values = [("label", label.as_str()), ("groups", &parts.join("; "))];
    Some((most, fill(words.told_differs, &values)))
}

/// The highest and the lowest bar.
fn extremes(read: &Read, words: &Words) -> Vec<String> {
    let bars = read.answers.iter().flat_map(|answer| {
        let cells = read.groups.iter().zip(&answer.cells);
        cells.filter_map(move |(group, cell)| {
            let (label, group) = (shorten(&answer.label, LABEL), shorten(&group.label, LABEL));
            let label = fill(words.told_cell, &[("label", &label), ("group", &group)]);
            let values = [("label", label.as_str()), ("value", &cell.reading.text)];
            Some((cell.reading.value?, fill(words.told_value, &values)))
        })
    });
    let mut bars: Vec<(f64, String)> = bars.collect();
    bars.sort_by(|one, other| other.0.total_cmp(&one.0));
    let said = |sentence, bar: Option<&(f64, String)>| {
        bar.map(|(_, figure)| fill(sentence, &[("figure", figure)]))
    };
    let highest = said(words.told_highest, bars.first());
    let lowest = said(words.told_lowest, bars.last().filter(|_| bars.len() > 1));
    highest.into_iter().chain(lowest).collect()
}
