//! From a table by groups to what is drawn of it: one number of each group.

use super::super::reading::{Reading, Unit};
use super::super::text::clean;
use super::super::{LIMIT, Subject};
use super::span::{Span, fixed, free, net};
use crate::disclose::{Figure, Form, Role, Row, Statistic, Status, Table, Verdict};
use crate::words::Words;

/// From how many numbered answers on their mean stands for them: nobody reads a bar of each
/// in every group.
const MANY: usize = 8;

/// One number of all, and of each group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    /// What the number is: `Mean (hours)`.
    pub(super) label: String,
    /// All groups together.
    pub(super) all: Reading,
    /// The groups, in the order of the table.
    pub(super) entries: Vec<Entry>,
    /// The scale.
    pub(super) span: Span,
    /// What the lower and the upper end of the scale mean; empty if they are plain numbers.
    pub(super) ends: [String; 2],
    /// How many groups the table has.
    pub(super) groups: usize,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// Its label.
    pub(super) label: String,
    /// Its number.
    pub(super) reading: Reading,
    /// How many it is of, or the shorthand.
    pub(super) base: String,
    /// How it lies to the rest.
    pub(super) verdict: Option<Verdict>,
}

impl Entry {
    /// Whether it was found to differ from the rest.
    pub(super) fn is_different(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Higher | Verdict::Lower))
    }

    /// An arrow for a group that differs, or nothing.
    pub(super) fn arrow(&self) -> &'static str {
        match self.verdict {
            Some(Verdict::Higher) => "▲",
            Some(Verdict::Lower) => "▼",
            Some(Verdict::Neither) | None => "",
        }
    }
}

/// What is drawn of a table; none if it has no banner, or no such number.
pub(super) fn measured(subject: &Subject<'_>) -> Option<Measured> {
    let table = subject.table;
    let row = table.banner.as_ref().and_then(|_| row(table))?;
    let words = subject.poll.words;
    let points = row.statistic == Statistic::Nps;
    let unit = if points { Unit::Points } else { Unit::Plain };
    let read = |figure: &Figure| Reading::in_unit(figure, subject.intervals, unit, words);
    let all = read(row.cells.first()?);
    let groups = table.groups.iter().enumerate().zip(&row.cells).skip(1);
    let entries: Vec<Entry> = groups
        .take(LIMIT)
        .map(|((column, group), figure)| Entry {
            label: clean(&group.text),
            reading: read(figure),
            base: base(table, column, figure, words),
            verdict: figure.verdict().filter(|_| figure.status() == Status::Shown),
        })
        .collect();
    let readings = || entries.iter().map(|entry| &entry.reading).chain([&all]);
    let (span, ends) = match scale(table) {
        _ if points => {
            (net(readings()), [words.chart_fewer, words.chart_more].map(String::from))
        }
        Some((low, high)) => (fixed(low.0, high.0), [low.1, high.1]),
        None => (free(readings()), Default::default()),
    };
    let inside = |value: &f64| (span.from..=span.to).contains(value);
    let fits = readings().filter_map(|reading| reading.value).all(|value| inside(&value));
    let label = clean(&row.label.text);
    fits.then_some(Measured { label, all, entries, span, ends, groups: table.groups.len() - 1 })
}

/// The row that is drawn: the net promoter score, or else the mean, of a number or of many
/// numbered answers.
fn row(table: &Table) -> Option<&Row<Figure>> {
    let [block] = table.blocks.as_slice() else { return None };
    let of = |statistic| block.rows.iter().find(|row| row.statistic == statistic);
    match table.form {
        Form::Number => of(Statistic::Mean),
        Form::Single { .. } => {
            let many = block.rows.iter().filter(|row| row.role == Role::Answer).count() >= MANY;
            let mean = of(Statistic::Mean).filter(|_| many && scale(table).is_some());
            of(Statistic::Nps).or(mean)
        }
        Form::Battery { .. } | Form::Multi | Form::Rank => None,
    }
}

/// An end of a scale, and what it means if its answer says more than the number.
type End = (f64, String);

/// The lowest and the highest of answers that are all numbers.
fn scale(table: &Table) -> Option<(End, End)> {
    let rows = table.blocks.first()?.rows.iter().filter(|row| row.role == Role::Answer);
    let numbers: Option<Vec<(i32, &str)>> =
        rows.map(|row| Some((leading(&row.label.text)?, row.label.text.as_str()))).collect();
    let numbers = numbers?;
    let (low, high) = (numbers.iter().min()?, numbers.iter().max()?);
    let end = |(number, text): &(i32, &str)| {
        let says = text.chars().any(char::is_alphabetic);
        (f64::from(*number), if says { clean(text) } else { String::new() })
    };
    (low.0 < high.0).then(|| (end(low), end(high)))
}

/// The number that an answer is or begins with: 10 for "10 - Completely satisfied".
pub(in super::super) fn leading(text: &str) -> Option<i32> {
    let text = text.trim();
    let digits = text.trim_start_matches(['-', '\u{2212}']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (number, rest) = digits.split_at(end);
    // "20% to 39%" and "1.5" are no steps of a scale, and neither is "2 to 5 years".
    let stands_alone = rest.is_empty() || rest.starts_with([' ', ':', ')']);
    let is_range = rest.trim_start().starts_with(|c: char| c.is_alphanumeric());
    let number: i32 = number.parse().ok().filter(|_| stands_alone && !is_range)?;
    Some(if text.len() > digits.len() { -number } else { number })
}

/// How many a group's number is of.
fn base(table: &Table, column: usize, figure: &Figure, words: &Words) -> String {
    let bases = table.blocks.first().and_then(|block| block.bases.get(column));
    let Some(bases) = bases else { return Status::NotAvailable.code().to_owned() };
    let code = bases.unweighted.status().code().to_owned();
    figure.base().or(bases.unweighted.value()).map_or(code, |base| words.number(base, 0))
}
