//! Draws panels: the key, then rows of panels under each other.
//!
//! Marks of one kind are drawn one after the other, because lines of one paint are one
//! element of the SVG: a bar is a thick line, and costs a fifth of a rectangle.

use super::super::Width;
use super::super::bars::whisker;
use super::super::font::Fonts;
use super::super::scene::{Anchor, Scene};
use super::super::style::{
    ASIDE, AXIS, Colour, DIFFERENT, HEAD, INK, LABEL, NOTE, PADDING, REFERENCE, SAME, VALUE,
    WHITE, WORDS,
};
use super::layout::{BAR_HEIGHT, Layout, SPAN, VALUE_GAP, layout, value};
use super::read::Read;
use super::sheet::{Bar, Beside, Panel};
use crate::words::Words;

/// How thick that tick is.
const TICK: f64 = 2.5;
/// Between rows of panels.
const ROW_GAP: f64 = 20.0;

/// A bar with its place.
struct Placed<'a> {
    bar: &'a Bar<'a>,
    zero: f64,
    middle: f64,
    /// Half the length of the tick.
    tick: f64,
}

/// Draws what was read.
pub(super) fn draw(read: &Read, width: Width, (fonts, words): (&Fonts, &Words)) -> Scene {
    let layout = layout(read, width, fonts, words);
    let mut scene = super::key::key(read, width, fonts, words);
    let mut bars = Vec::new();
    for panels in layout.sheet.panels.chunks(layout.across) {
        head(&mut scene, panels, &layout, fonts);
        let top = scene.height;
        for (nth, panel) in panels.iter().enumerate() {
            let zero = layout.zero(nth);
            scene.rule(zero, (top, top + layout.height), AXIS);
            let rows = panel.bars.iter().zip(&layout.rows);
            bars.extend(rows.map(|(bar, row)| Placed {
                bar,
                zero,
                middle: top + row.middle,
                tick: row.tick,
            }));
        }
        labels(&mut scene, &layout, fonts);
        scene.height += layout.height + ROW_GAP;
    }
    scene.height -= ROW_GAP - 4.0;
    strokes(&mut scene, &bars, layout.unit);
    ticks(&mut scene, &bars, layout.unit);
    intervals(&mut scene, &bars, layout.unit);
    values(&mut scene, &bars, layout.unit, fonts);
    scene
}

/// What stands above a row of panels: what spans several, the name of each, its note.
fn head(scene: &mut Scene, panels: &[Panel<'_>], layout: &Layout<'_>, fonts: &Fonts) {
    spans(scene, panels, layout, fonts);
    let narrow = layout.width == Width::Narrow;
    let whole = layout.width.px() - 2.0 * PADDING;
    let wrapped = |panel: &Panel<'_>| {
        let note = fonts.wrap(&panel.note, NOTE, layout.panel, 2);
        let room = if narrow { whole - fonts.widest(&note, NOTE) - 12.0 } else { layout.panel };
        (fonts.wrap(panel.head, VALUE, room, 4), note)
    };
    let texts: Vec<(Vec<String>, Vec<String>)> = panels.iter().map(wrapped).collect();
    let high = |lines: &[String], leading: f64| lines.iter().map(|_| leading).sum::<f64>();
    let notes = texts.iter().map(|(_, note)| high(note, NOTE.leading)).fold(0.0, f64::max);
    let names = texts.iter().map(|(name, _)| high(name, VALUE.leading)).fold(0.0, f64::max);
    let (top, middle) = (scene.height, scene.height + names);
    let note_style = match layout.sheet.beside {
        Beside::Total(_) => NOTE,
        Beside::Bases(_) => NOTE.in_colour(REFERENCE),
    };
    for (nth, (name, note)) in texts.iter().enumerate() {
        let left = if narrow { PADDING } else { layout.zero(nth) };
        let at = middle - high(name, VALUE.leading);
        scene.lines((left, at), Anchor::Start, VALUE, name);
        let (at, anchor) = if narrow {
            ((layout.width.px() - PADDING, top + 1.0), Anchor::End)
        } else {
            ((left, middle), Anchor::Start)
        };
        scene.lines(at, anchor, note_style, note);
    }
    scene.height += if narrow { names.max(notes) } else { names + notes } + 4.0;
    beside(scene, layout, fonts);
}

/// The headings of panels that belong together, each with a line over its panels.
fn spans(scene: &mut Scene, panels: &[Panel<'_>], layout: &Layout<'_>, fonts: &Fonts) {
    if panels.iter().all(|panel| panel.span.is_none()) {
        return;
    }
    let top = scene.height;
    let mut nth = 0;
    for run in panels.chunk_by(|one, other| one.span == other.span) {
        let (left, last) = (layout.zero(nth), nth + run.len() - 1);
        let right = layout.zero(last) + layout.panel;
        nth += run.len();
        let Some(span) = run.first().and_then(|panel| panel.span) else { continue };
        let lines = fonts.wrap(span, HEAD, right - left, 1);
        scene.lines((left, top), Anchor::Start, HEAD, &lines);
        scene.line((left, top + 19.5), (right, top + 19.5), AXIS, 1.0);
    }
    scene.height += SPAN + 4.0;
}

/// The head of the numbers beside the labels, on the last line above the panels.
fn beside(scene: &mut Scene, layout: &Layout<'_>, fonts: &Fonts) {
    let Some(right) = layout.beside_end else { return };
    let style = match layout.sheet.beside {
        Beside::Total(_) => HEAD.in_colour(REFERENCE),
        Beside::Bases(_) => NOTE,
    };
    let lines = layout.sheet.beside.head(fonts);
    let high = lines.iter().map(|_| style.leading).sum::<f64>();
    scene.lines((right, scene.height - 4.0 - high), Anchor::End, style, &lines);
}

/// The names of the rows and the numbers beside them.
fn labels(scene: &mut Scene, layout: &Layout<'_>, fonts: &Fonts) {
    let top = scene.height;
    let (x, anchor) = match layout.width {
        Width::Wide => (layout.label_end, Anchor::End),
        Width::Narrow => (PADDING, Anchor::Start),
    };
    headings(scene, layout, fonts);
    for row in &layout.rows {
        scene.lines((x, top + row.label), anchor, LABEL, &row.lines);
    }
    let Some(right) = layout.beside_end else { return };
    let style = match layout.sheet.beside {
        Beside::Total(_) => LABEL.in_colour(REFERENCE),
        Beside::Bases(_) => NOTE,
    };
    for (line, row) in layout.sheet.rows.iter().zip(&layout.rows) {
        scene.text((right, top + row.middle + style.drop()), Anchor::End, style, line.beside);
    }
}

/// The headings of rows that belong together, in the narrow picture across the bars.
fn headings(scene: &mut Scene, layout: &Layout<'_>, fonts: &Fonts) {
    let end = layout.beside_end.unwrap_or(layout.width.px() - PADDING);
    let before = scene.marks.len();
    for (at, text) in layout.rows.iter().filter_map(|row| row.span.as_ref()) {
        let lines = fonts.wrap(text, HEAD, end - PADDING, 1);
        let top = scene.height + at + 4.0;
        scene.lines((PADDING, top), Anchor::Start, HEAD, &lines);
    }
    scene.clear_behind(before, fonts);
}

/// The bars, colour by colour.
fn strokes(scene: &mut Scene, bars: &[Placed<'_>], unit: f64) {
    for colour in [SAME, ASIDE, DIFFERENT] {
        for Placed { bar, zero, middle, .. } in bars.iter().filter(|p| fill(p.bar) == colour) {
            let value = bar.cell.reading.value.unwrap_or(0.0);
            if value > 0.0 {
                scene.line(
                    (*zero, *middle),
                    (zero + value * unit, *middle),
                    colour,
                    BAR_HEIGHT,
                );
            }
        }
    }
}

fn fill(bar: &Bar<'_>) -> Colour {
    match (bar.cell.differs, bar.aside) {
        (Some(_), _) => DIFFERENT,
        (None, true) => ASIDE,
        (None, false) => SAME,
    }
}

/// Where the total stands on a bar that is drawn.
fn total(placed: &Placed<'_>, unit: f64) -> Option<f64> {
    placed.bar.cell.reading.value?;
    Some(placed.zero + placed.bar.all.value? * unit)
}

/// A tick at the total, all white casings before the ticks; ticks that meet are one line.
fn ticks(scene: &mut Scene, bars: &[Placed<'_>], unit: f64) {
    let mut ticks: Vec<(f64, f64, f64)> = Vec::new();
    for placed in bars {
        let Some(x) = total(placed, unit) else { continue };
        let (top, bottom) = (placed.middle - placed.tick, placed.middle + placed.tick);
        match ticks.last_mut() {
            Some((before, _, end)) if (*before - x).abs() + (*end - top).abs() < 0.01 => {
                *end = bottom;
            }
            _ => ticks.push((x, top, bottom)),
        }
    }
    for (colour, casing) in [(WHITE, 1.0), (REFERENCE, 0.0)] {
        for (x, top, bottom) in &ticks {
            scene.line((*x, *top), (*x, *bottom), colour, TICK + 2.0 * casing);
        }
    }
}

fn intervals(scene: &mut Scene, bars: &[Placed<'_>], unit: f64) {
    for (casing, colour) in [(1.5, WHITE), (0.0, INK)] {
        for Placed { bar, zero, middle, .. } in bars {
            let Some((low, high)) = bar.cell.reading.interval else { continue };
            let ends = (zero + low * unit, zero + high * unit);
            whisker(scene, ends, *middle, (casing, colour, 6.0));
        }
    }
}

/// The values, those that differ after the others.
fn values(scene: &mut Scene, bars: &[Placed<'_>], unit: f64, fonts: &Fonts) {
    for differs in [false, true] {
        for placed in bars.iter().filter(|p| p.bar.cell.differs.is_some() == differs) {
            let text = value(placed.bar);
            let style = match (placed.bar.cell.reading.value, differs) {
                (None, _) => WORDS,
                (Some(_), true) => VALUE,
                (Some(_), false) => LABEL,
            };
            let end = placed.zero + placed.bar.cell.reading.reach() * unit + VALUE_GAP;
            // Not on the tick, and not before it where it is close.
            let width = fonts.width(&text, style);
            let under = |x: &f64| *x > end - VALUE_GAP && *x < end + width + 4.0;
            let x = total(placed, unit).filter(under).map_or(end, |x| x + VALUE_GAP);
            // Half pixels: as sharp as any, and short to write.
            let x = (x * 2.0).ceil() / 2.0;
            scene.text((x, placed.middle + style.drop()), Anchor::Start, style, text);
        }
    }
}
