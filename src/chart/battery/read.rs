//! From the rows of a battery to lengths on either side of an axis.

use super::super::reading::Reading;
use super::super::style::{self, ASIDE, Colour, INK, NEUTRAL, Pair};
use super::super::text::clean;
use super::super::{LIMIT, Subject, is_drawn};
use crate::disclose::{Block, Form, Role, Row};
use crate::disclose::{Figure, Table};

/// One item.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Item {
    /// Its words.
    pub(in super::super) label: String,
    /// Left of the axis, from the axis outwards.
    pub(super) negative: Side,
    /// Right of the axis, from the axis outwards.
    pub(super) positive: Side,
    /// Away from the axis: the middle, then the answers that stay last.
    pub(super) apart: Side,
    /// The total of the positive side, if the table has it.
    pub(in super::super) total: Option<Reading>,
}

/// What grows from one line in one direction.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Side {
    /// Segments, from the line outwards.
    Segments(Vec<Segment>),
    /// The shorthand of figures that are not known: nothing can be stacked on them.
    Codes(String),
}

/// One answer's share.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Segment {
    /// Per cent.
    pub(super) value: f64,
    /// The fill and the colour of text on it.
    pub(super) colours: Pair,
    /// The number without its unit, for the segment.
    pub(super) text: String,
}

/// An answer in the key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    /// Its colour.
    pub(super) fill: Colour,
    /// Its label.
    pub(super) label: String,
}

impl Side {
    /// How long it is, in per cent.
    pub(super) fn length(&self) -> f64 {
        match self {
            Self::Segments(segments) => segments.iter().map(|s| s.value).sum(),
            Self::Codes(_) => 0.0,
        }
    }
}

/// The items in the order of the table.
pub(in super::super) fn items(subject: &Subject<'_>) -> Vec<Item> {
    let blocks = subject.table.blocks.iter().take(LIMIT);
    blocks.map(|block| item(block, subject)).collect()
}

fn item(block: &Block<Figure>, subject: &Subject<'_>) -> Item {
    let parts = Parts::of(block, subject.table.form);
    let read = |row: &&Row<Figure>| subject.reading(row);
    let side = |rows: &[&Row<Figure>], colours: Vec<Pair>| {
        stack(&rows.iter().filter_map(read).collect::<Vec<_>>(), &colours)
    };
    let outwards = |positive, rows: &[&Row<Figure>]| {
        let mut colours = style::side(positive, rows.len());
        colours.reverse();
        colours
    };
    let positive: Vec<_> = parts.positive.iter().rev().copied().collect();
    Item {
        label: block.item.as_ref().map_or_else(String::new, |item| clean(&item.text)),
        negative: side(&parts.negative, outwards(false, &parts.negative)),
        positive: side(&positive, outwards(true, &positive)),
        apart: side(&parts.apart(), parts.apart_colours()),
        total: net(block).as_ref().and_then(read),
    }
}

fn net(block: &Block<Figure>) -> Option<&Row<Figure>> {
    block.rows.iter().find(|row| is_drawn(row, true))
}

/// The label of the total.
pub(in super::super) fn total_label(table: &Table) -> Option<String> {
    table.blocks.iter().find_map(net).map(|row| clean(&row.label.text))
}

/// Segments from the line outwards, or the shorthand if any length is unknown.
fn stack(readings: &[Reading], colours: &[Pair]) -> Side {
    let mut codes: Vec<&str> = readings.iter().filter(|r| r.is_gap()).map(|r| r.code).collect();
    codes.dedup();
    if !codes.is_empty() {
        return Side::Codes(codes.join(" "));
    }
    let segment = |(reading, colours): (&Reading, &Pair)| Segment {
        value: reading.value.unwrap_or(0.0),
        colours: *colours,
        text: reading.text.trim_end_matches('%').to_owned(),
    };
    Side::Segments(readings.iter().zip(colours).map(segment).collect())
}

/// The key, in the order in which the answers are drawn from left to right.
pub(super) fn key(table: &Table) -> Vec<Key> {
    let Some(block) = table.blocks.first() else { return Vec::new() };
    let parts = Parts::of(block, table.form);
    let label = |row: &&Row<Figure>| clean(&row.label.text);
    let entry = |(row, (fill, _)): (&&Row<Figure>, Pair)| Key { fill, label: label(row) };
    let side = |positive, rows: usize| style::side(positive, rows);
    let left = parts.negative.iter().rev().zip(side(false, parts.negative.len()));
    let mut right = side(true, parts.positive.len());
    right.reverse();
    let right = parts.positive.iter().rev().zip(right);
    let middle = parts.middle.iter().map(|row| Key { fill: NEUTRAL, label: label(row) });
    let mut keys: Vec<Key> = left.chain(right).map(entry).chain(middle).collect();
    if !parts.pinned.is_empty() {
        let labels: Vec<String> = parts.pinned.iter().map(label).collect();
        keys.push(Key { fill: ASIDE, label: labels.join(" / ") });
    }
    keys
}

/// The rows of a block by where they are drawn, each in the order of the table.
struct Parts<'a> {
    positive: Vec<&'a Row<Figure>>,
    middle: Vec<&'a Row<Figure>>,
    negative: Vec<&'a Row<Figure>>,
    pinned: Vec<&'a Row<Figure>>,
}

impl<'a> Parts<'a> {
    fn of(block: &'a Block<Figure>, form: Form) -> Self {
        let rows = || block.rows.iter().filter(|row| is_drawn(row, false));
        let of = |role| rows().filter(move |row| row.role == role);
        let answers: Vec<_> = of(Role::Answer).collect();
        let (first, last) = match form {
            Form::Battery { first, last } => (first, last),
            _ => (0, 0),
        };
        let first = first.min(answers.len());
        let rest = answers.len().saturating_sub(last).max(first);
        Self {
            positive: answers[..first].to_vec(),
            middle: answers[first..rest].to_vec(),
            negative: answers[rest..].to_vec(),
            pinned: of(Role::Pinned).collect(),
        }
    }

    fn apart(&self) -> Vec<&'a Row<Figure>> {
        self.middle.iter().chain(&self.pinned).copied().collect()
    }

    fn apart_colours(&self) -> Vec<Pair> {
        let middle = self.middle.iter().map(|_| (NEUTRAL, INK));
        middle.chain(self.pinned.iter().map(|_| (ASIDE, INK))).collect()
    }
}
