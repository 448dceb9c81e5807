//! Where the parts of a battery stand: two panels on one scale, labels, totals.

use super::super::axis::{Scale, next_ten};
use super::super::font::Fonts;
use super::super::reading::Reading;
use super::super::style::{HEAD, LABEL, PADDING, RANGE, VALUE, WORDS};
use super::super::{Subject, Width};
use super::read::{Item, total_label};

/// The widest column of labels in the wide picture.
const LABEL_ROOM: f64 = 200.0;
/// Between the sides of the axis and the panel of answers that leave it.
const PANEL_GAP: f64 = 28.0;
/// Left of the column of totals.
const TOTAL_GAP: f64 = 16.0;
/// The narrowest column of totals.
const TOTAL_ROOM: f64 = 72.0;
/// The widest column of totals.
const TOTAL_MOST: f64 = 110.0;

/// Where everything stands.
pub(super) struct Layout {
    /// The picture's width.
    pub(super) width: Width,
    /// The positive side; its zero is the axis.
    pub(super) positive: Scale,
    /// The negative side, from the same zero to the left.
    pub(super) negative: Scale,
    /// The panel of what leaves the axis, if any item has such answers.
    pub(super) apart: Option<Scale>,
    /// How wide a label may be.
    pub(super) label_room: f64,
    /// The right edge of the labels in the wide picture.
    pub(super) label_end: f64,
    /// How wide the column of totals is; none without totals.
    pub(super) total_room: Option<f64>,
    /// The head of the column of totals.
    pub(super) total_head: Vec<String>,
}

impl Layout {
    /// The scales of the negative side, the positive side and, if there is one, the panel.
    pub(super) fn scales(&self) -> impl Iterator<Item = &Scale> {
        [&self.negative, &self.positive].into_iter().chain(&self.apart)
    }
}

/// Lays out a battery, as plain bars or not.
pub(super) fn layout(
    subject: &Subject<'_>,
    items: &[Item],
    (plain, has_apart): (bool, bool),
    width: Width,
) -> Layout {
    let fonts = subject.fonts;
    let total_room = total_room(items, width, fonts);
    let total = total_room.unwrap_or(0.0);
    let label_room = match width {
        Width::Wide => LABEL_ROOM,
        Width::Narrow => width.px() - 2.0 * PADDING - total - 12.0,
    };
    let labels = items.iter().map(|item| fonts.wrap(&item.label, LABEL, label_room, 3));
    let widest = labels.map(|lines| fonts.widest(&lines, LABEL)).fold(0.0, f64::max);
    let label_end = PADDING + widest;
    let (left, right) = match width {
        Width::Wide => (label_end + 12.0, width.px() - PADDING - (total + TOTAL_GAP).max(12.0)),
        Width::Narrow => (PADDING + 15.0, width.px() - PADDING - 16.0),
    };
    let (positive, negative, apart) = if plain {
        whole(left, right - beyond(items, fonts))
    } else {
        scales(items, has_apart, left, right)
    };
    let total_head = total_head(subject, total, width);
    Layout { width, positive, negative, apart, label_room, label_end, total_room, total_head }
}

/// The label of the totals in lines: over their column, or across the narrow picture.
fn total_head(subject: &Subject<'_>, column: f64, width: Width) -> Vec<String> {
    let label = total_label(subject.table).unwrap_or_default();
    let (room, lines) = match width {
        Width::Wide => (column.max(TOTAL_ROOM), 3),
        Width::Narrow => (width.px() - 2.0 * PADDING, 2),
    };
    subject.fonts.wrap(&label, HEAD, room, lines)
}

/// The scale of plain bars of 100%; nothing grows to the left.
fn whole(left: f64, right: f64) -> (Scale, Scale, Option<Scale>) {
    let unit = (right - left) / 100.0;
    let scale = Scale { zero: left.round(), unit, end: 100.0, step: 20.0 };
    (scale, Scale { unit: -unit, end: 0.0, ..scale }, None)
}

/// What plain bars leave free for half of the last tick's label, and for the shorthand at
/// the end of a bar.
fn beyond(items: &[Item], fonts: &Fonts) -> f64 {
    let codes = items.iter().map(|item| fonts.width(&item.positive.codes, WORDS));
    codes.fold(6.0, f64::max)
}

/// The three scales between two edges, all with the same unit.
fn scales(
    items: &[Item],
    has_apart: bool,
    left: f64,
    right: f64,
) -> (Scale, Scale, Option<Scale>) {
    let end = |length: fn(&Item) -> f64| next_ten(items.iter().map(length).fold(0.0, f64::max));
    let (down, up) = (end(|i| i.negative.length()), end(|i| i.positive.length()));
    let aside = if has_apart { end(|i| i.apart.length()) } else { 0.0 };
    let gap = if has_apart { PANEL_GAP } else { 0.0 };
    let unit = (right - left - gap) / (down + up + aside);
    let widest = down.max(up).max(aside);
    let step = match widest {
        _ if widest <= 20.0 => 10.0,
        // Two labels of three figures need 26 px from tick to tick.
        _ if 20.0 * unit >= 26.0 => 20.0,
        _ => 50.0,
    };
    let zero = (left + down * unit).round();
    let scale = |zero, unit, end| Scale { zero, unit, end, step };
    let apart = scale(zero + up * unit + gap, unit, aside);
    (scale(zero, unit, up), scale(zero, -unit, down), has_apart.then_some(apart))
}

/// The width of the widest total; none without any.
fn total_room(items: &[Item], width: Width, fonts: &Fonts) -> Option<f64> {
    let widest = (items.iter())
        .filter_map(|item| item.total.as_ref())
        .map(|total| total_width(total, width, fonts))
        .reduce(f64::max)?;
    Some(match width {
        Width::Wide => widest.clamp(TOTAL_ROOM, TOTAL_MOST),
        Width::Narrow => widest,
    })
}

/// A total's interval stands under it in the wide picture, after it in the narrow one.
fn total_width(total: &Reading, width: Width, fonts: &Fonts) -> f64 {
    let value = fonts.width(total.short(), VALUE);
    let range = fonts.width(&total.range, RANGE);
    match width {
        Width::Wide => value.max(range),
        Width::Narrow if total.range.is_empty() => value,
        Width::Narrow => value + 6.0 + range,
    }
}
