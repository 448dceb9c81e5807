//! A table in a window of a terminal: a [`Crosstab`] goes in, lines of text come out.
//!
//! Columns that do not fit stand below the others, in bands that begin with the rows'
//! labels again: nothing is ever cut off. Knows no terminal: it is told the width.

use super::paint::Paint;
use super::wrap::{left, longest_word, right, width, wrap};
use crate::pipeline::table::{Crosstab, Entry, Line, LineKind};

/// Spaces between two columns.
const GAP: usize = 2;
/// The narrowest window for which there is a layout.
const NARROWEST: usize = 30;
/// How wide headings may be at most, from what looks best to what takes least room.
const HEADINGS: [usize; 4] = [20, 15, 12, 9];
/// Columns for labels: as many as this at most, of a hundred of the window.
const LABELS: usize = 40;
/// What stands before a total of several answers.
const NET: &str = "  = ";

/// A table, without its title: bands of columns, one below the other.
pub(super) fn bands(table: &Crosstab, window: usize, paint: Paint) -> Vec<String> {
    let window = window.max(NARROWEST);
    let labels = label_width(table, window);
    let places = places(table, window - labels);
    let bands = split(&places, window - labels).into_iter();
    bands
        .map(|columns| Band { table, labels, places: &places, columns, paint }.text())
        .collect()
}

/// As wide as the widest label, but no wider than its part of the window.
fn label_width(table: &Crosstab, window: usize) -> usize {
    let label = |line: &Line| width(&line.label) + width(before(line));
    let widest = lines(table).map(label).chain([width(table.grid.corner)]).max();
    widest.unwrap_or(0).min(window * LABELS / 100)
}

fn lines(table: &Crosstab) -> impl Iterator<Item = &Line> {
    table.grid.lines.iter().chain(&table.grid.foot)
}

/// What marks a row as a total of several answers.
fn before(line: &Line) -> &'static str {
    if line.kind == LineKind::Net { NET } else { "" }
}

/// The room of one column: figures end at the same place, what marks them follows.
#[derive(Clone, Copy, Debug)]
struct Place {
    figure: usize,
    marks: usize,
}

impl Place {
    /// With the gap before it.
    fn width(self) -> usize {
        GAP + self.figure + self.marks
    }
}

/// The room of each column: that of its cells, and of its heading, which is wrapped as
/// little as lets all columns stand side by side.
fn places(table: &Crosstab, room: usize) -> Vec<Place> {
    let columns = 0..table.grid.columns.len();
    let with = |heading: usize| -> Vec<Place> {
        columns.clone().map(|at| place(table, at, heading.min(room - GAP))).collect()
    };
    let fits = |places: &Vec<Place>| places.iter().map(|p| p.width()).sum::<usize>() <= room;
    HEADINGS.map(with).into_iter().find(fits).unwrap_or_else(|| with(HEADINGS[2]))
}

fn place(table: &Crosstab, at: usize, heading: usize) -> Place {
    let text = heading_of(table, at);
    let heading = longest_word(&text).max(width(&text)).min(heading);
    let cells = || lines(table).filter_map(|line| line.cells.get(at));
    let range = |cell: &Entry| cell.range.as_deref().map_or(0, width);
    let figure = cells().map(|cell| width(&cell.text).max(range(cell))).max().unwrap_or(0);
    let marks = cells().map(|cell| width(&marks(cell))).max().unwrap_or(0);
    let gap = usize::from(marks > 0);
    Place { figure: figure.max(heading.saturating_sub(marks + gap)), marks: marks + gap }
}

/// A column's heading, with its letter.
fn heading_of(table: &Crosstab, at: usize) -> String {
    let text = &table.grid.columns[at].text;
    match table.letters.get(at).filter(|letter| !letter.is_empty()) {
        Some(letter) => format!("{text} ({letter})"),
        None => text.clone(),
    }
}

/// What marks a figure: whether it is higher or lower than the rest, by the first sign of
/// that, and letters, side by side unless there are double ones.
fn marks(cell: &Entry) -> String {
    let sign: String =
        cell.verdict.iter().flat_map(|verdict| verdict.chars().take(1)).collect();
    let single = cell.letters.split(' ').all(|letter| letter.chars().count() <= 1);
    sign + &if single { cell.letters.replace(' ', "") } else { cell.letters.clone() }
}

/// Which columns stand side by side: as many as fit, in order.
fn split(places: &[Place], room: usize) -> Vec<Vec<usize>> {
    let mut bands: Vec<Vec<usize>> = Vec::new();
    let mut held = 0;
    for (at, place) in places.iter().enumerate() {
        if bands.is_empty() || held + place.width() > room {
            bands.push(Vec::new());
            held = 0;
        }
        held += place.width();
        if let Some(band) = bands.last_mut() {
            band.push(at);
        }
    }
    bands
}

/// Some columns, side by side.
struct Band<'a> {
    table: &'a Crosstab,
    labels: usize,
    places: &'a [Place],
    columns: Vec<usize>,
    paint: Paint,
}

impl Band<'_> {
    fn text(&self) -> String {
        let width = self.columns.iter().map(|at| self.places[*at].width()).sum::<usize>();
        let rule = "─".repeat(self.labels + width) + "\n";
        let grid = &self.table.grid;
        let mut text = self.spans() + &self.head() + &rule;
        text.extend(grid.lines.iter().map(|line| self.line(line)));
        if !grid.foot.is_empty() {
            text += &rule;
            text.extend(grid.foot.iter().map(|line| self.line(line)));
        }
        text
    }

    /// The names of banners above their columns, if there are several.
    fn spans(&self) -> String {
        let spans = &self.table.spans;
        if spans.len() < 2 {
            return String::new();
        }
        let of = |at: &usize| spans.iter().position(|(_, columns)| columns.contains(at));
        let runs = self.columns.chunk_by(|a, b| of(a) == of(b));
        let runs: Vec<(Vec<String>, usize)> = runs
            .map(|run| {
                let room: usize = run.iter().map(|at| self.places[*at].width()).sum();
                let text = of(&run[0]).map_or("", |span| spans[span].0.as_str());
                (wrap(text, room - GAP), room)
            })
            .collect();
        let tallest = runs.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
        let mut text = String::new();
        for nth in 0..tallest {
            let mut line = " ".repeat(self.labels);
            for (lines, room) in &runs {
                let words = lines.get(nth).map_or("", String::as_str);
                line += &(" ".repeat(GAP) + &left(words, room - GAP));
            }
            text += &(self.paint.strong(line.trim_end()) + "\n");
        }
        text
    }

    /// Headings, wrapped; their last lines stand above the figures.
    fn head(&self) -> String {
        let heading = |at: &usize| {
            let Place { figure, marks } = self.places[*at];
            wrap(&heading_of(self.table, *at), figure + marks)
        };
        let headings: Vec<Vec<String>> = self.columns.iter().map(heading).collect();
        let tallest = headings.iter().map(Vec::len).max().unwrap_or(0);
        let mut text = String::new();
        for nth in 0..tallest {
            let corner = if nth + 1 == tallest { self.table.grid.corner } else { "" };
            let mut line = left(corner, self.labels);
            for (lines, at) in headings.iter().zip(&self.columns) {
                let words =
                    nth.checked_sub(tallest - lines.len()).and_then(|nth| lines.get(nth));
                line += &right(words.map_or("", String::as_str), self.places[*at].width());
            }
            text += &(self.paint.strong(line.trim_end()) + "\n");
        }
        text
    }

    /// A row: its label may take several lines, figures stand in the last of them, and
    /// intervals below.
    fn line(&self, line: &Line) -> String {
        let before = before(line);
        let paint = |text: &str| match line.kind {
            LineKind::Net | LineKind::Summary => self.paint.strong(text),
            LineKind::Base | LineKind::Interval => self.paint.faint(text),
            LineKind::Plain | LineKind::Pinned => text.to_owned(),
        };
        let labels = wrap(&line.label, self.labels.saturating_sub(width(before)));
        let mut text = String::new();
        for (nth, words) in labels.iter().enumerate() {
            let before = if nth == 0 { before } else { &" ".repeat(width(before)) };
            let label = format!("{before}{words}");
            let figure = |cell: &Entry| (cell.text.clone(), marks(cell));
            let last = nth + 1 == labels.len();
            let row = if last { self.row(&label, line, figure) } else { label };
            text += &(paint(row.trim_end()) + "\n");
        }
        if self.cells(line).any(|(cell, _)| cell.range.is_some()) {
            let range = |cell: &Entry| (cell.range.clone().unwrap_or_default(), String::new());
            text += &(self.paint.faint(self.row("", line, range).trim_end()) + "\n");
        }
        text
    }

    fn cells<'l>(&'l self, line: &'l Line) -> impl Iterator<Item = (&'l Entry, Place)> {
        let cell = |at: &usize| Some((line.cells.get(*at)?, self.places[*at]));
        self.columns.iter().filter_map(cell)
    }

    /// One line: a label to the left, and of each cell a figure and its marks.
    fn row(
        &self,
        label: &str,
        line: &Line,
        read: impl Fn(&Entry) -> (String, String),
    ) -> String {
        let mut text = left(label, self.labels);
        for (cell, place) in self.cells(line) {
            let (figure, marks) = read(cell);
            text += &right(&figure, GAP + place.figure);
            let gap = if place.marks > 0 { " " } else { "" };
            text += &left(&format!("{gap}{marks}"), place.marks);
        }
        text
    }
}
