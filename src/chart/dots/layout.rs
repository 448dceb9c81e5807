//! Where the parts of a dot plot stand: labels, scale, numbers.

use super::super::Width;
use super::super::font::Fonts;
use super::super::style::{HEAD, LABEL, NOTE, PADDING, RANGE, VALUE};
use super::read::{Entry, Measured};
use super::span::Span;
use crate::words::Words;

/// The widest column of labels in the wide picture.
const LABEL_ROOM: f64 = 200.0;
/// The least distance of two rows in the wide picture.
const PITCH: f64 = 32.0;
/// Between the plot and the numbers, and between columns of numbers.
const GAP: f64 = 18.0;
/// The narrowest column of numbers.
const COLUMN: f64 = 52.0;
/// The widest head over the numbers.
const HEAD_ROOM: f64 = 110.0;
/// From a number to its arrow, and from there to its interval.
const ARROW_GAP: f64 = 4.0;
const RANGE_GAP: f64 = 6.0;

/// Where everything stands.
pub(super) struct Layout {
    /// The picture's width.
    pub(super) width: Width,
    /// From where to where the scale goes on paper.
    pub(super) plot: (f64, f64),
    /// The scale.
    pub(super) span: Span,
    /// How wide a label may be.
    pub(super) label_room: f64,
    /// The right edge of the labels in the wide picture.
    pub(super) label_end: f64,
    /// The numbers.
    pub(super) numbers: Numbers,
    /// The head of the numbers, in lines.
    pub(super) head: Vec<String>,
}

/// Where the parts of a number stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numbers {
    /// The left edge of the longest number.
    pub(super) left: f64,
    /// The right edge of every number.
    pub(super) value: f64,
    /// The left edge of its arrow.
    pub(super) arrow: f64,
    /// The left edge of its interval.
    pub(super) range: f64,
    /// How wide all of it is.
    pub(super) width: f64,
}

impl Layout {
    /// Where a value stands.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (left, right) = self.plot;
        let Span { from, to, .. } = self.span;
        left + (value - from) / (to - from) * (right - left)
    }
}

/// Lays out a dot plot.
pub(super) fn layout(
    measured: &Measured,
    width: Width,
    (fonts, words): (&Fonts, &Words),
) -> Layout {
    let entries = &measured.entries;
    let right = width.px() - PADDING;
    let numbers = numbers(entries, fonts);
    let head = fonts.wrap(&measured.label, HEAD, HEAD_ROOM, 3);
    let (label_room, taken) = match width {
        Width::Wide => {
            let bases = entries.iter().map(|entry| fonts.width(&entry.base, NOTE));
            let bases = bases.fold(fonts.width(words.chart_bases, HEAD), f64::max);
            let column = numbers.width.max(fonts.widest(&head, HEAD)).max(COLUMN);
            (LABEL_ROOM, column + GAP + bases)
        }
        Width::Narrow => (right - PADDING - numbers.width - 12.0, numbers.width),
    };
    let numbers = numbers.moved(right - taken);
    let labels = entries.iter().map(|entry| fonts.wrap(&entry.label, LABEL, label_room, 3));
    let widest = labels.map(|lines| fonts.widest(&lines, LABEL)).fold(0.0, f64::max);
    let label_end = PADDING + widest;
    let plot = match width {
        Width::Wide => (label_end + 22.0, numbers.left - GAP - 8.0),
        Width::Narrow => (PADDING + 10.0, right - 10.0),
    };
    Layout { width, plot, span: measured.span, label_room, label_end, numbers, head }
}

/// The parts of a number, from its left edge on.
fn numbers(entries: &[Entry], fonts: &Fonts) -> Numbers {
    let widest = |of: &dyn Fn(&Entry) -> f64| entries.iter().map(of).fold(0.0, f64::max);
    let value = widest(&|entry| fonts.width(number(entry), VALUE));
    let arrow = widest(&|entry| fonts.width(entry.arrow(), VALUE));
    let range = widest(&|entry| fonts.width(&entry.reading.range, RANGE));
    let gap = |size: f64, gap: f64| if size > 0.0 { gap } else { 0.0 };
    let arrow_at = value + gap(arrow, ARROW_GAP);
    let range_at = arrow_at + arrow + gap(range, RANGE_GAP);
    Numbers { left: 0.0, value, arrow: arrow_at, range: range_at, width: range_at + range }
}

/// What stands in the column of numbers.
pub(super) fn number(entry: &Entry) -> &str {
    if entry.reading.value.is_some() { &entry.reading.text } else { "" }
}

impl Numbers {
    fn moved(self, by: f64) -> Self {
        let Self { left, value, arrow, range, width } = self;
        Self { left: left + by, value: value + by, arrow: arrow + by, range: range + by, width }
    }
}

/// A group with its place.
pub(super) struct Placed<'a> {
    /// The group.
    pub(super) entry: &'a Entry,
    /// The label's lines.
    pub(super) lines: Vec<String>,
    /// The upper edge of the label's first line.
    pub(super) label: f64,
    /// The height of its dot.
    pub(super) middle: f64,
}

/// Puts the groups under each other; gives them and the plot's lower edge.
pub(super) fn place<'a>(
    entries: &'a [Entry],
    mut top: f64,
    layout: &Layout,
    fonts: &Fonts,
) -> (Vec<Placed<'a>>, f64) {
    let mut rows = Vec::new();
    for entry in entries {
        let lines = fonts.wrap(&entry.label, LABEL, layout.label_room, 3);
        let block: f64 = lines.iter().map(|_| LABEL.leading).sum();
        let (pitch, label, middle) = match layout.width {
            Width::Wide => {
                let pitch = (block + 8.0).max(PITCH);
                (pitch, (pitch - block) / 2.0, pitch / 2.0)
            }
            Width::Narrow => (block + 32.0, 2.0, block + 15.0),
        };
        rows.push(Placed { entry, lines, label: top + label, middle: top + middle });
        top += pitch;
    }
    (rows, top)
}
