//! What dark bars and ticks mean, in words above the panels; in the narrow picture also how
//! many answered.

use super::super::Width;
use super::super::font::Fonts;
use super::super::scene::{Anchor, Area, Scene};
use super::super::style::{DIFFERENT, NOTE, PADDING, REFERENCE};
use super::read::Read;
use crate::words::Words;

/// A swatch.
const SWATCH: f64 = 12.0;
/// From a swatch to its words.
const GAP: f64 = 6.0;
/// From one entry to the next.
const APART: f64 = 20.0;
/// The height of a line.
const LINE: f64 = 20.0;

/// Draws the key.
pub(super) fn key(read: &Read, width: Width, fonts: &Fonts, words: &Words) -> Scene {
    let mut scene = Scene::default();
    let room = width.px() - 2.0 * PADDING;
    let (mut left, mut top) = (PADDING, 0.0);
    if read.differs() {
        let swatch = Area { left, top: top + 2.0, width: SWATCH, height: SWATCH };
        scene.fill(swatch, DIFFERENT);
        let text = [super::words::verdicts(read, words).to_owned()];
        scene.lines((left + SWATCH + GAP, top), Anchor::Start, NOTE, &text);
        left += SWATCH + GAP + fonts.widest(&text, NOTE) + APART;
    }
    let text = fonts.wrap(&read.total, NOTE, room - GAP - 4.0, 1);
    if left + GAP + 4.0 + fonts.widest(&text, NOTE) > PADDING + room {
        (left, top) = (PADDING, top + LINE);
    }
    scene.line((left + 2.0, top), (left + 2.0, top + 16.0), REFERENCE, 2.5);
    scene.lines((left + 4.0 + GAP, top), Anchor::Start, NOTE, &text);
    top += LINE + 4.0;
    if width == Width::Narrow {
        let lines = fonts.wrap(&super::words::bases(read, words), NOTE, room, 40);
        scene.lines((PADDING, top), Anchor::Start, NOTE, &lines);
        top += lines.iter().map(|_| NOTE.leading).sum::<f64>() + 4.0;
    }
    scene.height = top + 8.0;
    scene
}
