//! Where rows and panels stand. All lengths in CSS pixels.

use super::super::Width;
use super::super::font::Fonts;
use super::super::style::{HEAD, LABEL, NOTE, PADDING, VALUE};
use super::read::{Differs, Read};
use super::sheet::{Bar, Beside, Line, Sheet, by_answer, by_group};
use crate::words::Words;

/// The widest column of labels in the wide picture.
const LABEL_ROOM: f64 = 190.0;
/// The widest column of labels in the narrow one.
const NARROW_ROOM: f64 = 130.0;
/// Between panels.
const GUTTER: f64 = 20.0;
/// The narrowest panel of a group.
const LEAST: f64 = 110.0;
/// The narrowest panel of an answer, whose name is longer.
const LEAST_OF_ANSWER: f64 = 128.0;
/// The most panels side by side.
const ACROSS: usize = 4;
/// From the end of a bar, interval or tick to the value.
pub(super) const VALUE_GAP: f64 = 6.0;
/// How thick a bar is.
pub(super) const BAR_HEIGHT: f64 = 16.0;
/// How much longer than a bar is thick the tick of the total is.
const TICK_MORE: f64 = 8.0;
/// Extra space before the answers that stay last.
const BREAK: f64 = 8.0;
/// The height of a heading above rows.
pub(super) const SPAN: f64 = 22.0;

/// A sheet with its places.
pub(super) struct Layout<'a> {
    /// What is arranged.
    pub(super) sheet: Sheet<'a>,
    /// The picture's width.
    pub(super) width: Width,
    /// The rows, from the upper edge of a panel.
    pub(super) rows: Vec<Placed>,
    /// How high all rows are together.
    pub(super) height: f64,
    /// The right edge of the labels in the wide picture.
    pub(super) label_end: f64,
    /// The right edge of the numbers beside the labels; none in the narrow picture.
    pub(super) beside_end: Option<f64>,
    /// Where the bars of the first panel begin.
    pub(super) zero: f64,
    /// How wide a panel is.
    pub(super) panel: f64,
    /// How many panels stand side by side.
    pub(super) across: usize,
    /// Pixels for one per cent, in every panel.
    pub(super) unit: f64,
}

/// A row with its place.
pub(super) struct Placed {
    /// The label's lines.
    pub(super) lines: Vec<String>,
    /// The upper edge of what stands above the row.
    pub(super) span: Option<(f64, String)>,
    /// The upper edge of the label's first line.
    pub(super) label: f64,
    /// The middle of the bar.
    pub(super) middle: f64,
    /// Half the length of the tick of the total: in panels of answers from row to row.
    pub(super) tick: f64,
}

impl Beside<'_> {
    /// The lines above the numbers.
    pub(super) fn head(&self, fonts: &Fonts) -> Vec<String> {
        match self {
            Self::Total(total) => fonts.wrap(total, HEAD, 80.0, 2),
            Self::Bases(words) => fonts.wrap(words, NOTE, 52.0, 2),
        }
    }
}

impl Layout<'_> {
    /// Where the bars of a panel begin, counted in its row of panels.
    pub(super) fn zero(&self, nth: usize) -> f64 {
        let step = self.panel + GUTTER;
        (0..nth).fold(self.zero, |zero, _| zero + step)
    }
}

/// Lays out what was read: a panel for each group if there are more answers than groups and
/// all groups stand side by side, and otherwise for each answer.
pub(super) fn layout<'a>(
    read: &'a Read,
    width: Width,
    fonts: &Fonts,
    words: &Words,
) -> Layout<'a> {
    if width == Width::Wide && read.answers.len() > read.groups.len() {
        let groups = arrange(by_group(read, words), width, fonts);
        if groups.sheet.panels.len() == groups.across {
            return groups;
        }
    }
    arrange(by_answer(read, words), width, fonts)
}

fn arrange<'a>(sheet: Sheet<'a>, width: Width, fonts: &Fonts) -> Layout<'a> {
    let room = match width {
        Width::Wide => LABEL_ROOM,
        Width::Narrow => NARROW_ROOM,
    };
    let wrapped = |line: &Line<'_>| fonts.wrap(line.label, LABEL, room, 3);
    let lines: Vec<Vec<String>> = sheet.rows.iter().map(wrapped).collect();
    let widest = lines.iter().map(|lines| fonts.widest(lines, LABEL)).fold(0.0, f64::max);
    let label_end = PADDING + widest;
    let beside_end = beside(&sheet, width, fonts).map(|room| label_end + 12.0 + room);
    let zero = (beside_end.unwrap_or(label_end) + 12.0).ceil() + 0.5;
    let room = width.px() - PADDING - zero;
    let (across, panel) = columns(&sheet, room, width);
    let unit = unit(&sheet, panel, fonts);
    let (rows, height) = place(&sheet, lines);
    Layout { sheet, width, rows, height, label_end, beside_end, zero, panel, across, unit }
}

/// How many panels stand side by side, no more in one row than in another, and how wide
/// they are.
fn columns(sheet: &Sheet<'_>, room: f64, width: Width) -> (usize, f64) {
    let panels = sheet.panels.len();
    let least = match sheet.beside {
        Beside::Total(_) => LEAST,
        Beside::Bases(_) => LEAST_OF_ANSWER,
    };
    let fits = |across: usize| {
        let gutters = (1..across).fold(0.0, |sum, _| sum + GUTTER);
        let count = (0..across).fold(0.0, |sum, _| sum + 1.0);
        let panel = (room - gutters) / count;
        (panel >= least).then_some((across, panel))
    };
    let most = if width == Width::Wide { ACROSS.min(panels.max(1)) } else { 1 };
    let (across, _) = (1..=most).rev().find_map(fits).unwrap_or((1, room));
    let rows = panels.div_ceil(across).max(1);
    fits(panels.div_ceil(rows).max(1)).unwrap_or((1, room))
}

/// The width of the numbers beside the labels; they have no room in the narrow picture.
fn beside(sheet: &Sheet<'_>, width: Width, fonts: &Fonts) -> Option<f64> {
    let head = sheet.beside.head(fonts);
    let numbers = sheet.rows.iter().map(|row| fonts.width(row.beside, LABEL));
    let room = numbers.fold(fonts.widest(&head, HEAD), f64::max);
    (width == Width::Wide).then_some(room)
}

/// Pixels for one per cent: the longest bar, interval or tick leaves room for the widest
/// value.
fn unit(sheet: &Sheet<'_>, panel: f64, fonts: &Fonts) -> f64 {
    let bars = || sheet.panels.iter().flat_map(|panel| &panel.bars);
    let end = bars()
        .flat_map(|bar| [bar.cell.reading.reach(), bar.all.value.unwrap_or(0.0)])
        .fold(10.0, f64::max);
    let widest = bars().map(|bar| fonts.width(&value(bar), VALUE)).fold(0.0, f64::max);
    (panel - widest - VALUE_GAP - 2.0) / end
}

/// What stands after a bar: the value, with an arrow if it differs.
pub(super) fn value(bar: &Bar<'_>) -> String {
    let text = bar.cell.reading.brief();
    match bar.cell.differs {
        Some(Differs::Higher) => format!("{text} ▲"),
        Some(Differs::Lower) => format!("{text} ▼"),
        None => text.to_owned(),
    }
}

/// Puts the rows under each other; gives them and their height.
fn place(sheet: &Sheet<'_>, lines: Vec<Vec<String>>) -> (Vec<Placed>, f64) {
    let least = match sheet.beside {
        Beside::Total(_) => 32.0,
        Beside::Bases(_) => 25.0,
    };
    let (mut top, mut aside, mut above) = (0.0, false, None);
    let mut rows = Vec::new();
    for (row, lines) in sheet.rows.iter().zip(lines) {
        if row.aside && !aside && !rows.is_empty() {
            top += BREAK;
        }
        aside = row.aside;
        let heading = row.span.filter(|_| row.span != above);
        let span = heading.map(|text| (top, text.to_owned()));
        above = row.span;
        top += if span.is_some() { SPAN } else { 0.0 };
        let block = lines.iter().map(|_| LABEL.leading).sum::<f64>();
        let pitch = (block + 7.0).max(least);
        let (label, middle) = (top + (pitch - block) / 2.0, top + pitch / 2.0);
        let tick = match sheet.beside {
            Beside::Total(_) => (BAR_HEIGHT + TICK_MORE) / 2.0,
            Beside::Bases(_) => pitch / 2.0,
        };
        rows.push(Placed { lines, span, label, middle, tick });
        top += pitch;
    }
    (rows, top)
}
