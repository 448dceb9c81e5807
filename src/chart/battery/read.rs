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
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Side {
    /// Segments, from the line outwards.
    pub(super) segments: Vec<Segment>,
    /// The shorthand of figures that are not known: nothing can be stacked on them.
    pub(super) codes: String,
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
pub(in super::super) struct Key {
    /// Its colour.
    pub(in super::super) fill: Colour,
    /// Its label.
    pub(in super::super) label: String,
}

impl Side {
    /// How long it is, in per cent.
    pub(super) fn length(&self) -> f64 {
        self.segments.iter().map(|segment| segment.value).sum()
    }

    /// Whether nothing stands there.
    pub(super) fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.codes.is_empty()
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

/// The items as plain bars of 100%, all answers in the order of the scale.
pub(super) fn stacked(subject: &Subject<'_>) -> Vec<Item> {
    let table = subject.table;
    let item = |block: &Block<Figure>| {
        let whole = Parts::of(block, table.form).whole();
        let read = |row: &Row<Figure>| subject.reading(row);
        let readings: Vec<_> =
            whole.iter().filter_map(|(row, colours)| Some((read(row)?, *colours))).collect();
        let known = readings.iter().take_while(|(reading, _)| !reading.is_gap()).count();
        let (known, rest) = readings.split_at(known);
        Item {
            label: block.item.as_ref().map_or_else(String::new, |item| clean(&item.text)),
            negative: Side::default(),
            positive: Side {
                segments: known.iter().map(segment).collect(),
                codes: codes(rest),
            },
            apart: Side::default(),
            total: net(block).and_then(read),
        }
    };
    table.blocks.iter().take(LIMIT).map(item).collect()
}

/// The shorthand of those that have one, each once.
fn codes(readings: &[(Reading, Pair)]) -> String {
    let mut codes: Vec<&str> =
        readings.iter().filter(|(r, _)| r.is_gap()).map(|(r, _)| r.code).collect();
    codes.dedup();
    codes.join(" ")
}

fn segment((reading, colours): &(Reading, Pair)) -> Segment {
    Segment {
        value: reading.value.unwrap_or(0.0),
        colours: *colours,
        text: reading.text.trim_end_matches('%').to_owned(),
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
    let readings: Vec<_> = readings.iter().cloned().zip(colours.iter().copied()).collect();
    let codes = codes(&readings);
    let known = if codes.is_empty() { readings.as_slice() } else { &[] };
    Side { segments: known.iter().map(segment).collect(), codes }
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
    left.chain(right).map(entry).chain(middle).chain(pinned(&parts)).collect()
}

/// The key of plain bars, in the order of the scale.
pub(super) fn stacked_key(table: &Table) -> Vec<Key> {
    let Some(block) = table.blocks.first() else { return Vec::new() };
    let parts = Parts::of(block, table.form);
    let scale = parts.whole().into_iter().filter(|(row, _)| row.role != Role::Pinned);
    let entry =
        |(row, (fill, _)): (&Row<Figure>, Pair)| Key { fill, label: clean(&row.label.text) };
    scale.map(entry).chain(pinned(&parts)).collect()
}

/// The answers that stay last: one entry, for they have one colour.
fn pinned(parts: &Parts<'_>) -> Option<Key> {
    let labels: Vec<String> = parts.pinned.iter().map(|row| clean(&row.label.text)).collect();
    (!labels.is_empty()).then(|| Key { fill: ASIDE, label: labels.join(" / ") })
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

    /// Every row with its colours: from the first end of the scale to the other, then what
    /// stays last.
    fn whole(&self) -> Vec<(&'a Row<Figure>, Pair)> {
        let mut other = style::side(false, self.negative.len());
        other.reverse();
        let first = self.positive.iter().copied().zip(style::side(true, self.positive.len()));
        let apart = self.apart().into_iter().zip(self.apart_colours());
        let (middle, pinned): (Vec<_>, Vec<_>) =
            apart.partition(|(row, _)| row.role != Role::Pinned);
        let other = self.negative.iter().copied().zip(other);
        first.chain(middle).chain(other).chain(pinned).collect()
    }

    fn apart_colours(&self) -> Vec<Pair> {
        let middle = self.middle.iter().map(|_| (NEUTRAL, INK));
        middle.chain(self.pinned.iter().map(|_| (ASIDE, INK))).collect()
    }
}
