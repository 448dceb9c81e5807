//! Horizontal bars: questions with one answer, and with several.
//!
//! Takes a table without groups, gives the part of the picture between subtitle and
//! notes. Bars always start at 0. Nets are left out: they would count answers twice.

use super::axis::{self, Scale, TICKS};
use super::font::Fonts;
use super::frame::Frame;
use super::reading::Reading;
use super::scene::{Anchor, Area, Scene};
use super::style::{ASIDE, BAR, Colour, INK, LABEL, PADDING, RANGE, VALUE, WHITE, WORDS};
use super::{LIMIT, Sketch, Subject, Width, describe, is_drawn, text, words};
use crate::disclose::Figure;
use crate::disclose::{Form, Role, Row};

/// How thick a bar is.
const BAR_HEIGHT: f64 = 22.0;
/// The widest column of labels.
const LABEL_ROOM: f64 = 240.0;
/// Extra space before the answers that stay last.
const BREAK: f64 = 8.0;
/// From the end of a bar or interval to its number.
const LABEL_GAP: f64 = 10.0;
/// How high the ends of an interval mark are.
const CAPS: f64 = 8.0;
/// From a value to its interval in words.
const RANGE_GAP: f64 = 6.0;

/// The bars of a table without groups.
struct Bars<'a>(Subject<'a>);

/// The chart of a question with one answer or several.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let table = subject.table;
    let fits = matches!(table.form, Form::Single { .. } | Form::Multi);
    (fits && table.banner.is_none()).then(|| Box::new(Bars(subject)) as Box<dyn Sketch>)
}

impl Sketch for Bars<'_> {
    fn table(&self) -> &str {
        &self.0.table.name
    }

    fn kind(&self) -> &'static str {
        self.0.poll.words.chart_bars
    }

    fn frame(&self) -> Frame {
        words::frame(&self.0)
    }

    fn body(&self, width: Width) -> Scene {
        draw(&self.0, width)
    }

    fn describe(&self) -> String {
        describe::bars(&self.0)
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// Its label.
    pub(super) label: String,
    /// Whether it stays last, whatever its size.
    pub(super) aside: bool,
    /// Its share.
    pub(super) reading: Reading,
}

/// The answers in the order of the table.
pub(super) fn entries(subject: &Subject<'_>) -> Vec<Entry> {
    let rows = subject.table.blocks.first().map_or(&[][..], |block| &block.rows);
    let of = |role: Role| {
        (rows.iter().filter(move |row| row.role == role && is_drawn(row, false)))
            .filter_map(move |row| entry(row, subject))
    };
    of(Role::Answer).chain(of(Role::Pinned)).take(LIMIT).collect()
}

fn entry(row: &Row<Figure>, subject: &Subject<'_>) -> Option<Entry> {
    let reading = subject.reading(row)?;
    let label = text::clean(&row.label.text);
    Some(Entry { label, aside: row.role == Role::Pinned, reading })
}

/// A row with its place.
struct Placed<'a> {
    entry: &'a Entry,
    /// The label's lines.
    lines: Vec<String>,
    /// The upper edge of the label's first line.
    label: f64,
    /// The middle of the bar.
    middle: f64,
}

/// Draws the bars of a table.
fn draw(subject: &Subject<'_>, width: Width) -> Scene {
    let entries = entries(subject);
    let fonts = subject.fonts;
    let (rows, bottom) = place(&entries, width, fonts);
    let scale = scale(&entries, &rows, width, fonts);
    let spans = spans(&rows, bottom, width);
    let bottom = spans.last().map_or(bottom, |(_, bottom)| *bottom);
    let mut scene = Scene { height: bottom + TICKS, ..Scene::default() };
    scale.draw(&mut scene, &spans);
    for row in &rows {
        label(&mut scene, row, &scale, width);
    }
    for row in &rows {
        bar(&mut scene, row, &scale);
    }
    let before = scene.marks.len();
    for row in &rows {
        number(&mut scene, row, &scale, fonts);
    }
    scene.clear_behind(before, fonts);
    scene
}

/// Puts the rows under each other; gives them and the plot's lower edge.
fn place<'a>(entries: &'a [Entry], width: Width, fonts: &Fonts) -> (Vec<Placed<'a>>, f64) {
    let room = match width {
        Width::Wide => LABEL_ROOM,
        Width::Narrow => width.px() - 2.0 * PADDING,
    };
    let mut rows = Vec::new();
    let mut top = 2.0;
    let mut aside = false;
    for entry in entries {
        if entry.aside && !aside && !rows.is_empty() {
            top += BREAK;
        }
        aside = entry.aside;
        let lines = fonts.wrap(&entry.label, LABEL, room, 3);
        let block = lines.iter().map(|_| LABEL.leading).sum::<f64>();
        let (pitch, label, middle) = match width {
            Width::Wide => {
                let pitch = (block + 10.0).max(36.0);
                (pitch, (pitch - block) / 2.0, pitch / 2.0)
            }
            Width::Narrow => (block + BAR_HEIGHT + 18.0, 0.0, block + 5.0 + BAR_HEIGHT / 2.0),
        };
        rows.push(Placed { entry, lines, label: top + label, middle: top + middle });
        top += pitch;
    }
    (rows, top + 2.0)
}

/// Where grid lines run: all the way down, or beside each bar but not through the label
/// above it.
fn spans(rows: &[Placed<'_>], bottom: f64, width: Width) -> Vec<(f64, f64)> {
    let half = BAR_HEIGHT / 2.0 + 4.0;
    match width {
        Width::Wide => vec![(0.0, bottom)],
        Width::Narrow => {
            rows.iter().map(|row| (row.middle - half, row.middle + half)).collect()
        }
    }
}

/// The scale: it begins right of the labels, or at the left edge under them, and leaves
/// room for the longest number at its end.
fn scale(entries: &[Entry], rows: &[Placed<'_>], width: Width, fonts: &Fonts) -> Scale {
    let reach = entries.iter().map(|e| e.reading.reach()).fold(0.0, f64::max);
    let (end, step) = axis::for_bars(reach);
    let labels = rows.iter().map(|row| fonts.widest(&row.lines, LABEL));
    let zero = match width {
        Width::Wide => (PADDING + labels.fold(0.0, f64::max) + 12.0).ceil(),
        Width::Narrow => PADDING,
    };
    let least = if entries.iter().any(|e| e.reading.interval.is_some()) { 116.0 } else { 48.0 };
    let margin = (entries.iter())
        .filter(|e| e.reading.value.is_some())
        .map(|e| LABEL_GAP + number_width(&e.reading, fonts))
        .fold(least, f64::max);
    let unit = (width.px() - PADDING - margin - zero) / end;
    Scale { zero, unit, end, step }
}

fn number_width(reading: &Reading, fonts: &Fonts) -> f64 {
    let value = fonts.width(&reading.text, VALUE);
    if reading.range.is_empty() {
        return value;
    }
    value + RANGE_GAP + fonts.width(&reading.range, RANGE)
}

fn label(scene: &mut Scene, row: &Placed<'_>, scale: &Scale, width: Width) {
    let (x, anchor) = match width {
        Width::Wide => (scale.zero - 12.0, Anchor::End),
        Width::Narrow => (PADDING, Anchor::Start),
    };
    scene.lines((x, row.label), anchor, LABEL, &row.lines);
}

fn bar(scene: &mut Scene, row: &Placed<'_>, scale: &Scale) {
    let Some(value) = row.entry.reading.value else { return };
    let colour = if row.entry.aside { ASIDE } else { BAR };
    let top = row.middle - BAR_HEIGHT / 2.0;
    let width = value * scale.unit;
    scene.fill(Area { left: scale.zero, top, width, height: BAR_HEIGHT }, colour);
    if let Some((low, high)) = row.entry.reading.interval {
        let ends = (scale.at(low), scale.at(high));
        whisker(scene, ends, row.middle, (1.5, WHITE, CAPS));
        whisker(scene, ends, row.middle, (0.0, INK, CAPS));
    }
}

/// An interval mark: a line of 2 px with caps so high, wider by `casing` on every side so
/// that a white one can lie behind it.
pub(super) fn whisker(
    scene: &mut Scene,
    (low, high): (f64, f64),
    middle: f64,
    (casing, colour, caps): (f64, Colour, f64),
) {
    let (thick, cap) = (2.0 + 2.0 * casing, caps / 2.0 + casing);
    scene.line((low, middle), (high, middle), colour, thick);
    for x in [low, high] {
        scene.line((x, middle - cap), (x, middle + cap), colour, thick);
    }
}

/// The number right of the bar, or the words in its place.
fn number(scene: &mut Scene, row: &Placed<'_>, scale: &Scale, fonts: &Fonts) {
    let reading = &row.entry.reading;
    if reading.value.is_none() {
        let at = (scale.zero + LABEL_GAP, row.middle + WORDS.drop());
        scene.text(at, Anchor::Start, WORDS, reading.text.as_str());
        return;
    }
    let x = scale.at(reading.reach()) + LABEL_GAP;
    let baseline = row.middle + VALUE.drop();
    scene.text((x, baseline), Anchor::Start, VALUE, reading.text.as_str());
    let after = x + fonts.width(&reading.text, VALUE) + RANGE_GAP;
    scene.text((after, baseline), Anchor::Start, RANGE, reading.range.as_str());
}
