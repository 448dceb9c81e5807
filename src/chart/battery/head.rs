//! What stands above a battery: the key, and the head of the column of totals.

use super::super::Width;
use super::super::font::Fonts;
use super::super::scene::{Anchor, Area, Scene};
use super::super::style::{AXIS, HEAD, NEUTRAL, NOTE, PADDING};
use super::layout::Layout;
use super::read::Key;

/// A swatch in the key.
const SWATCH: f64 = 12.0;
/// From a swatch to its label.
const SWATCH_GAP: f64 = 6.0;
/// From an answer of the key to the next.
const KEY_GAP: f64 = 16.0;
/// The height of a line of the key.
const KEY_LINE: f64 = 20.0;
/// Between the key and the head, beside or under each other.
const HEAD_GAP: f64 = 4.0;

/// Draws the key with the head of the totals under it, or right of it where that takes less
/// height.
pub(super) fn head(keys: &[Key], layout: &Layout, fonts: &Fonts) -> Scene {
    let room = layout.width.px() - 2.0 * PADDING;
    let (mut scene, height) = key(keys, room, fonts);
    let Some(column) = layout.total_room else {
        scene.height = height + 2.0 * HEAD_GAP;
        return scene;
    };
    let lines: f64 = layout.total_head.iter().map(|_| HEAD.leading).sum();
    let mut bottom = height + HEAD_GAP + lines;
    let right = layout.width.px() - PADDING;
    let (x, anchor) = match layout.width {
        Width::Wide => (right - column, Anchor::Start),
        Width::Narrow => (right, Anchor::End),
    };
    let (beside, height) = key(keys, room - column - KEY_GAP, fonts);
    if layout.width == Width::Wide && height.max(lines) < bottom {
        (scene, bottom) = (beside, height.max(lines));
    }
    scene.lines((x, bottom - lines), anchor, HEAD, &layout.total_head);
    scene.height = bottom + 2.0;
    scene
}

/// Swatches and labels one after the other, in lines; and the height of these.
pub(in super::super) fn key(keys: &[Key], room: f64, fonts: &Fonts) -> (Scene, f64) {
    let mut scene = Scene::default();
    let (mut left, mut top) = (PADDING, 0.0);
    for key in keys {
        let label = fonts.wrap(&key.label, NOTE, room - SWATCH - SWATCH_GAP, 1);
        let width = SWATCH + SWATCH_GAP + fonts.widest(&label, NOTE);
        if left > PADDING && left + width > PADDING + room {
            (left, top) = (PADDING, top + KEY_LINE);
        }
        let swatch = Area { left, top: top + 2.0, width: SWATCH, height: SWATCH };
        scene.fill(swatch, key.fill);
        if key.fill == NEUTRAL {
            scene.outline(swatch, AXIS);
        }
        let at = (left + SWATCH + SWATCH_GAP, top);
        scene.lines(at, Anchor::Start, NOTE, &label);
        left += width + KEY_GAP;
    }
    (scene, top + KEY_LINE)
}
