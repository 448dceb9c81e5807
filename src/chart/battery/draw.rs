//! Draws a battery: axes, labels, segments, totals.

use super::super::axis::{Scale, TICKS};
use super::super::font::Fonts;
use super::super::reading::Reading;
use super::super::scene::{Anchor, Area, Scene};
use super::super::style::{AXIS, LABEL, NEUTRAL, PADDING, RANGE, SEGMENT, VALUE, WHITE, WORDS};
use super::super::{Subject, Width};
use super::head::head;
use super::layout::{Layout, layout};
use super::read::{Item, Segment, items, key, stacked, stacked_key};

/// How thick a bar is.
const BAR_HEIGHT: f64 = 26.0;
/// The least distance of two bars in the wide picture.
const PITCH: f64 = 46.0;
/// The least number that is written into its segment.
const WRITTEN: f64 = 5.0;

/// An item with its place.
struct Placed<'a> {
    item: &'a Item,
    lines: Vec<String>,
    /// The upper edge of the label's first line.
    label: f64,
    /// The middle of the bar.
    middle: f64,
}

/// Draws the items of a table, as plain bars or from an axis to both sides.
pub(in super::super) fn draw(subject: &Subject<'_>, plain: bool, width: Width) -> Scene {
    let table = subject.table;
    let items = if plain { stacked(subject) } else { items(subject) };
    let fonts = subject.fonts;
    let keys = if plain { stacked_key(table) } else { key(table) };
    let has_apart = items.iter().any(|item| !item.apart.is_empty());
    let layout = layout(subject, &items, (plain, has_apart), width);
    let mut scene = head(&keys, &layout, fonts);
    let top = scene.height;
    let (rows, bottom) = place(&items, top, &layout, fonts);
    let spans = spans(&rows, (top, bottom), width);
    scene.height = spans.last().map_or(bottom, |(_, bottom)| *bottom) + TICKS;
    for scale in layout.scales() {
        scale.draw(&mut scene, &spans);
    }
    for row in &rows {
        label(&mut scene, row, &layout);
    }
    sides(&mut scene, &rows, &layout, fonts);
    for row in &rows {
        if let Some(reading) = &row.item.total {
            total(&mut scene, reading, row, &layout, fonts);
        }
    }
    scene
}

/// Puts the items under each other; gives them and the plot's lower edge.
fn place<'a>(
    items: &'a [Item],
    mut top: f64,
    layout: &Layout,
    fonts: &Fonts,
) -> (Vec<Placed<'a>>, f64) {
    let mut rows = Vec::new();
    for item in items {
        let lines = fonts.wrap(&item.label, LABEL, layout.label_room, 3);
        let block: f64 = lines.iter().map(|_| LABEL.leading).sum();
        let (pitch, label, middle) = match layout.width {
            Width::Wide => {
                let pitch = (block + 10.0).max(PITCH);
                (pitch, (pitch - block) / 2.0, pitch / 2.0)
            }
            Width::Narrow => (block + BAR_HEIGHT + 20.0, 2.0, block + 7.0 + BAR_HEIGHT / 2.0),
        };
        rows.push(Placed { item, lines, label: top + label, middle: top + middle });
        top += pitch;
    }
    (rows, top)
}

/// Where grid lines run: all the way down, or beside each bar but not through the label
/// above it.
fn spans(rows: &[Placed<'_>], plot: (f64, f64), width: Width) -> Vec<(f64, f64)> {
    let half = BAR_HEIGHT / 2.0 + 4.0;
    match width {
        Width::Wide => vec![plot],
        Width::Narrow => {
            rows.iter().map(|row| (row.middle - half, row.middle + half)).collect()
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

/// Draws what grows from the zero of each scale: fills, then the gaps between them, then
/// the numbers.
fn sides(scene: &mut Scene, rows: &[Placed<'_>], layout: &Layout, fonts: &Fonts) {
    let mut stacks = Vec::new();
    for row in rows {
        let sides = [&row.item.negative, &row.item.positive, &row.item.apart];
        for (side, scale) in sides.into_iter().zip(layout.scales()) {
            stacks.push((scale, places(&side.segments, scale, row.middle)));
            unknown(scene, &side.codes, (scale, scale.at(side.length())), row.middle, fonts);
        }
    }
    for (_, stack) in &stacks {
        for (segment, area) in stack {
            fill(scene, segment, *area, stack.len());
        }
    }
    for (scale, stack) in &stacks {
        gaps(scene, stack, scale);
    }
    for (segment, area) in stacks.iter().flat_map(|(_, stack)| stack) {
        write(scene, segment, *area, fonts);
    }
}

/// Writes the shorthand of what cannot be drawn where the drawn ends.
fn unknown(
    scene: &mut Scene,
    codes: &str,
    (scale, end): (&Scale, f64),
    middle: f64,
    fonts: &Fonts,
) {
    let (away, anchor) =
        if scale.unit < 0.0 { (-6.0, Anchor::End) } else { (6.0, Anchor::Start) };
    let before = scene.marks.len();
    scene.text((end + away, middle + WORDS.drop()), anchor, WORDS, codes);
    scene.clear_behind(before, fonts);
}

/// Segments that have a length with their places, from the zero outwards.
fn places<'a>(segments: &'a [Segment], scale: &Scale, middle: f64) -> Vec<(&'a Segment, Area)> {
    let mut from = 0.0;
    let mut placed = Vec::new();
    for segment in segments.iter().filter(|segment| segment.value > 0.0) {
        let (start, end) = (scale.at(from), scale.at(from + segment.value));
        let (left, width) = (start.min(end), (end - start).abs());
        let top = middle - BAR_HEIGHT / 2.0;
        placed.push((segment, Area { left, top, width, height: BAR_HEIGHT }));
        from += segment.value;
    }
    placed
}

/// Fills a segment of a stack of so many.
fn fill(scene: &mut Scene, segment: &Segment, area: Area, stack: usize) {
    let (colour, _) = segment.colours;
    scene.fill(area, colour);
    if colour == NEUTRAL {
        // Half of the gap to the next segment lies in this one.
        let gap = if stack > 1 { 1.0 } else { 0.0 };
        scene.outline(Area { width: (area.width - gap).max(1.0), ..area }, AXIS);
    }
}

/// Writes a segment's number into it, if it fits.
fn write(scene: &mut Scene, segment: &Segment, area: Area, fonts: &Fonts) {
    let needed = fonts.width(&segment.text, SEGMENT) + 8.0;
    if segment.value >= WRITTEN && area.width >= needed {
        let x = area.left + area.width / 2.0;
        let at = (x, area.top + BAR_HEIGHT / 2.0 + SEGMENT.drop());
        let style = SEGMENT.in_colour(segment.colours.1);
        scene.text(at, Anchor::Middle, style, segment.text.as_str());
    }
}

/// White gaps of 2 px between segments, less where one is so small that it would vanish.
/// They are laid over the segments, whose lengths stay those of the figures.
fn gaps(scene: &mut Scene, placed: &[(&Segment, Area)], scale: &Scale) {
    for pair in placed.windows(2) {
        if let [(_, inner), (_, outer)] = pair {
            let x = if scale.unit < 0.0 { inner.left } else { outer.left };
            let width = (inner.width.min(outer.width) * 0.6).min(2.0);
            let bottom = inner.top + inner.height;
            scene.line((x, inner.top), (x, bottom), WHITE, width);
        }
    }
}

/// Writes an item's total: in its column, or after the label.
fn total(scene: &mut Scene, total: &Reading, row: &Placed<'_>, layout: &Layout, fonts: &Fonts) {
    let column = layout.total_room.unwrap_or(0.0);
    let left = layout.width.px() - PADDING - column;
    match layout.width {
        Width::Wide if total.range.is_empty() => {
            let at = (left, row.middle + VALUE.drop());
            scene.text(at, Anchor::Start, VALUE, total.short());
        }
        Width::Wide => {
            scene.text((left, row.middle - 2.0), Anchor::Start, VALUE, total.short());
            let at = (left, row.middle + 14.0);
            scene.text(at, Anchor::Start, RANGE, total.range.as_str());
        }
        Width::Narrow => {
            let right = layout.width.px() - PADDING;
            let baseline = row.label + VALUE.leading / 2.0 + VALUE.drop();
            scene.text((right, baseline), Anchor::End, RANGE, total.range.as_str());
            let range = fonts.width(&total.range, RANGE);
            let right = if range > 0.0 { right - range - 6.0 } else { right };
            scene.text((right, baseline), Anchor::End, VALUE, total.short());
        }
    }
}
