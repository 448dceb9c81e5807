//! Where the parts of a profile stand: labels, scale, three columns of numbers.

use super::super::Width;
use super::super::axis::{Scale, next_ten};
use super::super::font::Fonts;
use super::super::reading::Reading;
use super::super::style::{HEAD, LABEL, NOTE, PADDING, SEGMENT};
use super::read::{Row, Shown};

/// The widest column of labels in the wide picture.
const LABEL_ROOM: f64 = 210.0;
/// The least distance of two rows.
const PITCH: f64 = 28.0;
/// From a symbol's middle to the word that it stands before.
pub(super) const SYMBOL: f64 = 10.0;
/// Between two columns of numbers.
const GAP: f64 = 16.0;
/// Above and below the title of a variable.
const BEFORE: f64 = 12.0;
const AFTER: f64 = 4.0;
/// How far the scale reaches above and below the marks in the narrow picture.
const HALF: f64 = 12.0;

/// Where everything stands.
pub(super) struct Layout {
    /// The picture's width.
    pub(super) width: Width,
    /// The scale.
    pub(super) scale: Scale,
    /// How wide a label may be.
    pub(super) label_room: f64,
    /// The right edge of the labels in the wide picture.
    pub(super) label_end: f64,
    /// The right edges of the columns of numbers.
    pub(super) columns: [f64; 3],
    /// Their heads.
    pub(super) heads: [&'static str; 3],
}

/// Lays out a profile.
pub(super) fn layout(shown: &Shown, width: Width, fonts: &Fonts) -> Layout {
    let heads = shown.heads;
    let right = width.px() - PADDING;
    let wide = |head: &str| fonts.width(head, HEAD) + SYMBOL + 6.0;
    let [_, replied, weighted] = heads.map(wide);
    let columns = [right - weighted - replied - 2.0 * GAP, right - weighted - GAP, right];
    let left = columns[0] - wide(heads[0]);
    let label_room = match width {
        Width::Wide => LABEL_ROOM,
        Width::Narrow => left - 12.0 - PADDING,
    };
    let labels = shown.rows().map(|row| fonts.wrap(&row.label, LABEL, label_room, 3));
    let widest = labels.map(|lines| fonts.widest(&lines, LABEL)).fold(0.0, f64::max);
    let label_end = PADDING + widest;
    let (zero, end_at) = match width {
        Width::Wide => ((label_end + 14.0).ceil(), left - 26.0),
        Width::Narrow => (PADDING + 8.0, right - 14.0),
    };
    let reach = shown.readings().map(Reading::reach).fold(0.0, f64::max);
    let end = next_ten(reach).max(20.0);
    let step = if end > 60.0 { 20.0 } else { 10.0 };
    let scale = Scale { zero, unit: (end_at - zero) / end, end, step };
    Layout { width, scale, label_room, label_end, columns, heads }
}

/// A group with its place.
pub(super) struct Placed<'a> {
    /// The group.
    pub(super) row: &'a Row,
    /// The label's lines.
    pub(super) lines: Vec<String>,
    /// The upper edge of the label's first line.
    pub(super) label: f64,
    /// The height of its numbers.
    pub(super) numbers: f64,
    /// The height of its marks.
    pub(super) middle: f64,
}

/// A variable with its place.
pub(super) struct Part<'a> {
    /// The title in lines, and their upper edge.
    pub(super) title: (Vec<String>, f64),
    /// Its groups.
    pub(super) rows: Vec<Placed<'a>>,
    /// Where the scale runs, from top to bottom.
    pub(super) spans: Vec<(f64, f64)>,
}

/// Puts variables and groups under each other.
pub(super) fn place<'a>(
    shown: &'a Shown,
    mut top: f64,
    layout: &Layout,
    fonts: &Fonts,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for block in &shown.blocks {
        let title = fonts.wrap(&block.title, SEGMENT, layout.width.px() - 2.0 * PADDING, 2);
        let title_top = if parts.is_empty() { top + AFTER } else { top + BEFORE };
        let height: f64 = title.iter().map(|_| SEGMENT.leading).sum();
        top = title_top + height + AFTER;
        let start = top;
        let mut rows = Vec::new();
        for row in &block.rows {
            let (placed, pitch) = placed(row, top, layout, fonts);
            rows.push(placed);
            top += pitch;
        }
        let spans = match layout.width {
            Width::Wide => vec![(start, top)],
            Width::Narrow => {
                rows.iter().map(|row| (row.middle - HALF, row.middle + HALF)).collect()
            }
        };
        parts.push(Part { title: (title, title_top), rows, spans });
    }
    parts
}

/// A group at a height, and how much of it the group takes.
fn placed<'a>(row: &'a Row, top: f64, layout: &Layout, fonts: &Fonts) -> (Placed<'a>, f64) {
    let lines = fonts.wrap(&row.label, LABEL, layout.label_room, 3);
    let block: f64 = lines.iter().map(|_| LABEL.leading).sum();
    let (pitch, label, numbers, middle) = match layout.width {
        Width::Wide => {
            let pitch = (block + 6.0).max(PITCH);
            (pitch, (pitch - block) / 2.0, pitch / 2.0, pitch / 2.0)
        }
        Width::Narrow => (block + 32.0, 2.0, 2.0 + LABEL.leading / 2.0, block + 15.0),
    };
    let placed =
        Placed { row, lines, label: top + label, numbers: top + numbers, middle: top + middle };
    (placed, pitch)
}

/// The height of the heads.
pub(super) fn head_height() -> f64 {
    NOTE.leading + 6.0
}
