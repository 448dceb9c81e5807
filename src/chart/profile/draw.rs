//! Draws a profile: heads with their symbols, scale, marks, numbers.

use super::super::Width;
use super::super::axis::TICKS;
use super::super::font::Fonts;
use super::super::scene::{Anchor, Area, Scene};
use super::super::style::{
    AXIS, BAND, DIFFERENT, HEAD, LABEL, PADDING, REFERENCE, SEGMENT, VALUE, WHITE, WORDS,
};
use super::layout::{Layout, Part, Placed, SYMBOL, head_height, layout, place};
use super::read::Shown;

/// The radii of the disc and of the ring, and how thick the ring is.
const DISC: f64 = 5.5;
const RING: f64 = 5.0;
const THICK: f64 = 2.0;
/// The tick of the population: how wide and how high.
const TICK: (f64, f64) = (3.0, 20.0);

/// Draws the groups.
pub(super) fn draw(shown: &Shown, width: Width, fonts: &Fonts) -> Scene {
    let layout = layout(shown, width, fonts);
    let mut scene = Scene::default();
    heads(&mut scene, &layout, fonts);
    let parts = place(shown, head_height(), &layout, fonts);
    let spans: Vec<(f64, f64)> =
        parts.iter().flat_map(|part| part.spans.iter().copied()).collect();
    layout.scale.draw(&mut scene, &spans);
    if width == Width::Wide {
        guides(&mut scene, &parts, &layout);
    }
    for part in &parts {
        let (title, top) = &part.title;
        scene.lines((PADDING, *top), Anchor::Start, SEGMENT, title);
        for row in &part.rows {
            marks(&mut scene, row, &layout);
        }
        for row in &part.rows {
            words(&mut scene, row, &layout);
        }
    }
    scene.height = spans.last().map_or(0.0, |(_, bottom)| *bottom) + TICKS;
    scene
}

/// Lines that lead from the label over the marks to the numbers.
fn guides(scene: &mut Scene, parts: &[Part<'_>], layout: &Layout) {
    for row in parts.iter().flat_map(|part| &part.rows) {
        let y = row.middle.floor() + 0.5;
        let right = layout.scale.at(layout.scale.end);
        scene.line((layout.scale.zero, y), (right, y), BAND, 1.0);
    }
}

/// The three symbols, in the order of the columns.
fn symbol(scene: &mut Scene, nth: usize, (x, y): (f64, f64)) {
    match nth {
        0 => tick(scene, (x, y), TICK.1 * 0.7),
        1 => ring(scene, (x, y)),
        _ => scene.disc((x, y), DISC, DIFFERENT),
    }
}

fn tick(scene: &mut Scene, (x, y): (f64, f64), height: f64) {
    let (left, top) = (x - TICK.0 / 2.0, y - height / 2.0);
    let casing = Area { left: left - 1.0, top, width: TICK.0 + 2.0, height };
    scene.fill(casing, WHITE);
    scene.fill(Area { left, top, width: TICK.0, height }, REFERENCE);
}

fn ring(scene: &mut Scene, at: (f64, f64)) {
    scene.disc(at, RING + 1.0, WHITE);
    scene.disc(at, RING, DIFFERENT);
    scene.disc(at, RING - THICK, WHITE);
}

/// The heads of the columns: they are the key too.
fn heads(scene: &mut Scene, layout: &Layout, fonts: &Fonts) {
    let middle = HEAD.leading / 2.0;
    for (nth, (head, right)) in layout.heads.iter().zip(layout.columns).enumerate() {
        let left = right - fonts.width(head, HEAD);
        symbol(scene, nth, (left - SYMBOL, middle));
        scene.text((right, middle + HEAD.drop()), Anchor::End, HEAD, *head);
    }
}

/// The marks of a group, joined from the lowest to the highest.
fn marks(scene: &mut Scene, row: &Placed<'_>, layout: &Layout) {
    let values = || row.row.shares.iter().filter_map(|share| share.value);
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(0.0, f64::max));
    if low < high {
        let ends = (layout.scale.at(low), layout.scale.at(high));
        scene.line((ends.0, row.middle), (ends.1, row.middle), AXIS, 1.5);
    }
    for (nth, share) in row.row.shares.iter().enumerate() {
        let Some(value) = share.value else { continue };
        let at = (layout.scale.at(value), row.middle);
        if nth == 0 { tick(scene, at, TICK.1) } else { symbol(scene, nth, at) }
    }
}

/// The label and the numbers of a group.
fn words(scene: &mut Scene, row: &Placed<'_>, layout: &Layout) {
    let (x, anchor) = match layout.width {
        Width::Wide => (layout.label_end, Anchor::End),
        Width::Narrow => (PADDING, Anchor::Start),
    };
    scene.lines((x, row.label), anchor, LABEL, &row.lines);
    for (nth, (share, right)) in row.row.shares.iter().zip(layout.columns).enumerate() {
        let style = if nth == 2 { VALUE } else { LABEL };
        let style = if share.value.is_none() { WORDS } else { style };
        let at = (right, row.numbers + style.drop());
        scene.text(at, Anchor::End, style, share.short());
    }
}
