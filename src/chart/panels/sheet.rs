//! What is a row and what is a panel: with few groups each group is a panel, so that its
//! answers are read as a whole; with many, and on phones, each answer is a panel, so that the
//! groups stand under each other and are compared along one line.

use super::super::reading::Reading;
use super::read::{Answer, Cell, Group, Read};
use crate::words::{Words, fill};

/// Rows and panels.
pub(super) struct Sheet<'a> {
    /// The rows that all panels have.
    pub(super) rows: Vec<Line<'a>>,
    /// The panels.
    pub(super) panels: Vec<Panel<'a>>,
    /// What the numbers beside the rows are.
    pub(super) beside: Beside<'a>,
}

/// What stands between the label of a row and its bars.
pub(super) enum Beside<'a> {
    /// The share of all, under the name of the total.
    Total(&'a str),
    /// How many answered, under these words.
    Bases(&'static str),
}

/// What a row is called.
pub(super) struct Line<'a> {
    /// Its label.
    pub(super) label: &'a str,
    /// The number beside it.
    pub(super) beside: &'a str,
    /// Whether it stays last.
    pub(super) aside: bool,
    /// What stands above it and the next ones.
    pub(super) span: Option<&'a str>,
}

/// One small chart.
pub(super) struct Panel<'a> {
    /// What it is called.
    pub(super) head: &'a str,
    /// What stands under its name.
    pub(super) note: String,
    /// What stands above it and the next ones.
    pub(super) span: Option<&'a str>,
    /// A bar for each row.
    pub(super) bars: Vec<Bar<'a>>,
}

/// One bar.
pub(super) struct Bar<'a> {
    /// How long it is and what is found about it.
    pub(super) cell: &'a Cell,
    /// The share of all.
    pub(super) all: &'a Reading,
    /// Whether it is an answer that stays last.
    pub(super) aside: bool,
}

/// A panel for each group.
pub(super) fn by_group<'a>(read: &'a Read, words: &Words) -> Sheet<'a> {
    Sheet {
        rows: read.answers.iter().map(row_of_answer).collect(),
        panels: read
            .groups
            .iter()
            .enumerate()
            .map(|(at, g)| of_group(read, at, g, words))
            .collect(),
        beside: Beside::Total(&read.total),
    }
}

fn row_of_answer(answer: &Answer) -> Line<'_> {
    let Answer { label, aside, all, .. } = answer;
    Line { label, beside: all.short(), aside: *aside, span: None }
}

fn of_group<'a>(read: &'a Read, at: usize, group: &'a Group, words: &Words) -> Panel<'a> {
    let note = if read.at_least { words.panels_at_least } else { words.chart_answers };
    let bar = |answer: &'a Answer| Some(bar(answer, answer.cells.get(at)?));
    Panel {
        head: &group.label,
        note: fill(note, &[("n", &group.base)]),
        span: group.span.as_deref(),
        bars: read.answers.iter().filter_map(bar).collect(),
    }
}

fn bar<'a>(answer: &'a Answer, cell: &'a Cell) -> Bar<'a> {
    Bar { cell, all: &answer.all, aside: answer.aside }
}

/// A panel for each answer.
pub(super) fn by_answer<'a>(read: &'a Read, words: &Words) -> Sheet<'a> {
    Sheet {
        rows: read.groups.iter().map(row_of_group).collect(),
        panels: read.answers.iter().map(|answer| of_answer(read, answer, words)).collect(),
        beside: Beside::Bases(if read.at_least {
            words.panels_bases_least
        } else {
            words.panels_bases
        }),
    }
}

fn row_of_group(group: &Group) -> Line<'_> {
    let Group { label, base, span } = group;
    Line { label, beside: base, aside: false, span: span.as_deref() }
}

fn of_answer<'a>(read: &'a Read, answer: &'a Answer, words: &Words) -> Panel<'a> {
    Panel {
        head: &answer.label,
        note: fill(
            words.panels_total,
            &[("total", &read.total), ("value", answer.all.short())],
        ),
        span: None,
        bars: answer.cells.iter().map(|cell| bar(answer, cell)).collect(),
    }
}
