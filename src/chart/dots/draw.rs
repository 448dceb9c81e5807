//! Draws a dot plot: scale, rule of all, dots, numbers.

use super::super::Width;
use super::super::font::Fonts;
use super::super::reading::Unit;
use super::super::scene::{Anchor, Area, Scene};
use super::super::style::{
    AXIS, BAND, DIFFERENT, GRID, HEAD, LABEL, NOTE, PADDING, RANGE, REFERENCE, SAME, VALUE,
    WHITE, WORDS,
};
use super::layout::{Layout, Placed, layout, number, place};
use super::read::Measured;
use crate::words::{Words, fill};

/// From the middle of a dot to its edge.
const RADIUS: f64 = 6.0;
/// How far the scale reaches above and below a dot in the narrow picture.
const HALF: f64 = 12.0;
/// A stroke of the rule of all, and the gap after it.
const DASH: (f64, f64) = (5.0, 3.0);
/// From the beginning of the scale to words that stand on it.
const ASIDE: f64 = 8.0;
/// Between the words above the plot and the plot.
const UNDER: f64 = 4.0;

/// Draws the groups.
pub(super) fn draw(
    measured: &Measured,
    width: Width,
    (fonts, words): (&Fonts, &Words),
) -> Scene {
    let layout = layout(measured, width, (fonts, words));
    let mut scene = Scene::default();
    let top = heads(&mut scene, measured, &layout, (fonts, words));
    let (rows, bottom) = place(&measured.entries, top, &layout, fonts);
    let spans = spans(&rows, (top, bottom), width);
    let bottom = spans.last().map_or(bottom, |(_, bottom)| *bottom);
    band(&mut scene, measured, &layout, &spans);
    grid(&mut scene, &layout, &spans);
    for row in rows.iter().filter(|_| width == Width::Wide) {
        let (left, right) = layout.plot;
        let y = row.middle.floor() + 0.5;
        scene.line((left, y), (right, y), BAND, 1.0);
    }
    rule(&mut scene, measured, &layout, &spans);
    for row in &rows {
        label(&mut scene, row, &layout);
        dot(&mut scene, row, &layout);
    }
    for row in &rows {
        numbers(&mut scene, row, &layout, fonts);
    }
    scene.height = ticks(&mut scene, measured, &layout, bottom, (fonts, words));
    scene
}

/// Where the scale runs: all the way down, or beside each dot but not through the label
/// above it.
fn spans(rows: &[Placed<'_>], plot: (f64, f64), width: Width) -> Vec<(f64, f64)> {
    match width {
        Width::Wide => vec![plot],
        Width::Narrow => {
            rows.iter().map(|row| (row.middle - HALF, row.middle + HALF)).collect()
        }
    }
}

/// What stands above the plot: the number of all over its rule, and the heads of columns.
/// Gives the upper edge of the plot.
fn heads(
    scene: &mut Scene,
    measured: &Measured,
    layout: &Layout,
    (fonts, words): (&Fonts, &Words),
) -> f64 {
    let lines: f64 = match layout.width {
        Width::Wide => layout.head.iter().map(|_| HEAD.leading).sum(),
        Width::Narrow => HEAD.leading,
    };
    let top = lines + UNDER;
    let all = fill(words.chart_all, &[("value", &measured.all.text)]);
    let (left, right) = (layout.plot.0 - 8.0, layout.plot.1 + 8.0);
    let all = fonts.wrap(&all, HEAD, right - left, 1).concat();
    let half = fonts.width(&all, HEAD) / 2.0;
    let middle = f64::midpoint(left, right);
    let x = measured.all.value.map_or(middle, |value| layout.at(value));
    let x = x.max(left + half).min(right - half);
    let style = HEAD.in_colour(REFERENCE);
    scene.text((x, top - UNDER - 8.0 + HEAD.drop()), Anchor::Middle, style, all);
    if layout.width == Width::Wide {
        scene.lines((layout.numbers.left, 0.0), Anchor::Start, HEAD, &layout.head);
        let at = (layout.width.px() - PADDING, lines - HEAD.leading / 2.0 + HEAD.drop());
        scene.text(at, Anchor::End, HEAD, words.chart_bases);
    }
    top
}

/// The interval of all, behind everything.
fn band(scene: &mut Scene, measured: &Measured, layout: &Layout, spans: &[(f64, f64)]) {
    let Some((low, high)) = measured.all.interval else { return };
    let (left, width) = (layout.at(low), layout.at(high) - layout.at(low));
    for (top, bottom) in spans {
        scene.fill(Area { left, top: *top, width, height: bottom - top }, BAND);
    }
}

fn grid(scene: &mut Scene, layout: &Layout, spans: &[(f64, f64)]) {
    for value in layout.span.ticks() {
        let is_zero = layout.span.from < 0.0 && value.abs() < layout.span.step / 2.0;
        for span in spans {
            scene.rule(layout.at(value), *span, if is_zero { AXIS } else { GRID });
        }
    }
}

/// The number of all as a dashed rule.
fn rule(scene: &mut Scene, measured: &Measured, layout: &Layout, spans: &[(f64, f64)]) {
    let Some(value) = measured.all.value else { return };
    let x = layout.at(value);
    for (top, bottom) in spans {
        let mut y = *top;
        while y < *bottom {
            scene.line((x, y), (x, (y + DASH.0).min(*bottom)), REFERENCE, 1.5);
            y += DASH.0 + DASH.1;
        }
    }
}

fn label(scene: &mut Scene, row: &Placed<'_>, layout: &Layout) {
    let (x, anchor) = match layout.width {
        Width::Wide => (layout.label_end, Anchor::End),
        Width::Narrow => (PADDING, Anchor::Start),
    };
    scene.lines((x, row.label), anchor, LABEL, &row.lines);
}

/// The dot over its interval.
fn dot(scene: &mut Scene, row: &Placed<'_>, layout: &Layout) {
    let Some(value) = row.entry.reading.value else { return };
    let colour = if row.entry.is_different() { DIFFERENT } else { SAME };
    let (x, y) = (layout.at(value), row.middle);
    if let Some((low, high)) = row.entry.reading.interval {
        scene.line((layout.at(low), y), (layout.at(high), y), colour, 3.0);
    }
    scene.disc((x, y), RADIUS + 1.5, WHITE);
    scene.disc((x, y), RADIUS, colour);
}

/// The number with its arrow, its interval and how many it is of; or words on the scale.
fn numbers(scene: &mut Scene, row: &Placed<'_>, layout: &Layout, fonts: &Fonts) {
    let entry = row.entry;
    let middle = match layout.width {
        Width::Wide => row.middle,
        Width::Narrow => row.label + VALUE.leading / 2.0,
    };
    let at = |x: f64, style: super::super::style::Style| (x, middle + style.drop());
    let places = layout.numbers;
    scene.text(at(places.value, VALUE), Anchor::End, VALUE, number(entry));
    scene.text(at(places.arrow, VALUE), Anchor::Start, VALUE, entry.arrow());
    scene.text(at(places.range, RANGE), Anchor::Start, RANGE, entry.reading.range.as_str());
    if layout.width == Width::Wide {
        let right = layout.width.px() - PADDING;
        scene.text(at(right, NOTE), Anchor::End, NOTE, entry.base.as_str());
    }
    if entry.reading.value.is_none() {
        let before = scene.marks.len();
        let (left, right) = layout.plot;
        let left = left + ASIDE;
        let words = fonts.wrap(&entry.reading.text, WORDS, right - left, 1).concat();
        scene.text((left, row.middle + WORDS.drop()), Anchor::Start, WORDS, words);
        scene.clear_behind(before, fonts);
    }
}

/// The values under the plot, and what its ends mean. Gives their lower edge.
fn ticks(
    scene: &mut Scene,
    measured: &Measured,
    layout: &Layout,
    bottom: f64,
    (fonts, words): (&Fonts, &Words),
) -> f64 {
    let top = bottom + 4.0;
    let unit = if layout.span.from < 0.0 { Unit::Points } else { Unit::Plain };
    let baseline = top + NOTE.leading / 2.0 + NOTE.drop();
    let mut free = f64::NEG_INFINITY;
    for value in layout.span.ticks() {
        let text = unit.write(value, layout.span.decimals(), words);
        let half = fonts.width(&text, NOTE) / 2.0;
        let x = layout.at(value).floor() + 0.5;
        let x = x.max(PADDING + half).min(layout.width.px() - PADDING - half);
        if x - half > free {
            scene.text((x, baseline), Anchor::Middle, NOTE, text);
            free = x + half + 6.0;
        }
    }
    let [low, high] = &measured.ends;
    let (left, right) = (layout.plot.0 - 8.0, layout.plot.1 + 8.0);
    let room = (right - left) / 2.0 - 8.0;
    let top = top + NOTE.leading + 2.0;
    let [low, high] = [low, high].map(|text| fonts.wrap(text, NOTE, room, 2));
    scene.lines((left, top), Anchor::Start, NOTE, &low);
    scene.lines((right, top), Anchor::End, NOTE, &high);
    let lines = if measured.ends.concat().is_empty() { 0 } else { low.len().max(high.len()) };
    top + (0..lines).map(|_| NOTE.leading).sum::<f64>()
}
