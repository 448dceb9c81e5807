//! A table in a window of a terminal: a [`Grid`] goes in, lines of text come out.
//!
//! Columns that do not fit stand below the others, in bands that begin with the rows'
//! labels again: nothing is ever cut off. Knows no terminal: it is told the width.

use super::paint::Paint;
use super::wrap::{left, longest_word, right, width, wrap};
use crate::pipeline::table::{Grid, Line, LineKind};

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
pub(super) fn bands(grid: &Grid, window: usize, paint: Paint) -> Vec<String> {
    let window = window.max(NARROWEST);
    let labels = label_width(grid, window);
    let widths = column_widths(grid, window.saturating_sub(labels));
    let band =
        |columns: &[usize]| Band { grid, labels, widths: &widths, columns, paint }.text();
    split(&widths, window - labels).iter().map(|columns| band(columns)).collect()
}

/// As wide as the widest label, but no wider than its part of the window.
fn label_width(grid: &Grid, window: usize) -> usize {
    let lines = grid.lines.iter().chain(&grid.foot);
    let widest = lines.map(|line| width(&label(line))).chain([width(grid.corner)]).max();
    widest.unwrap_or(0).min(window * LABELS / 100)
}

/// How wide each column is: as its cells, and as its heading, which is wrapped as little as
/// lets all columns stand side by side.
fn column_widths(grid: &Grid, room: usize) -> Vec<usize> {
    let with = |heading: usize| -> Vec<usize> {
        (0..grid.columns.len()).map(|at| column_width(grid, at, heading, room)).collect()
    };
    let fits =
        |widths: &Vec<usize>| widths.iter().map(|width| width + GAP).sum::<usize>() <= room;
    HEADINGS.map(with).into_iter().find(fits).unwrap_or_else(|| with(HEADINGS[2]))
}

fn column_width(grid: &Grid, at: usize, heading: usize, room: usize) -> usize {
    let text = grid.columns[at].text.as_str();
    let wrapped = longest_word(text).max(width(text).min(heading)).min(heading);
    let lines = grid.lines.iter().chain(&grid.foot);
    let cells = lines.filter_map(|line| line.cells.get(at));
    let cells = cells.map(|cell| width(&cell.text).max(cell.range.as_deref().map_or(0, width)));
    cells.max().unwrap_or(0).max(wrapped).min(room.saturating_sub(GAP))
}

/// Which columns stand side by side: as many as fit, in order.
fn split(widths: &[usize], room: usize) -> Vec<Vec<usize>> {
    let mut bands: Vec<Vec<usize>> = Vec::new();
    let mut held = 0;
    for (at, width) in widths.iter().enumerate() {
        if bands.is_empty() || held + width + GAP > room {
            bands.push(Vec::new());
            held = 0;
        }
        held += width + GAP;
        if let Some(band) = bands.last_mut() {
            band.push(at);
        }
    }
    bands
}

/// A row's label, a total of several answers marked as such.
fn label(line: &Line) -> String {
    match line.kind {
        LineKind::Net => format!("{NET}{}", line.label),
        _ => line.label.clone(),
    }
}

/// Some columns, side by side.
struct Band<'a> {
    grid: &'a Grid,
    labels: usize,
    widths: &'a [usize],
    columns: &'a [usize],
    paint: Paint,
}

impl Band<'_> {
    fn text(&self) -> String {
        let mut text = self.head();
        let rule = self.columns.iter().map(|at| self.widths[*at] + GAP).sum::<usize>();
        let rule = "─".repeat(self.labels + rule) + "\n";
        text += &rule;
        text.extend(self.grid.lines.iter().map(|line| self.line(line)));
        if !self.grid.foot.is_empty() {
            text += &rule;
            text.extend(self.grid.foot.iter().map(|line| self.line(line)));
        }
        text
    }

    /// Headings, wrapped; their last lines stand above the figures.
    fn head(&self) -> String {
        let heading = |at: &usize| wrap(&self.grid.columns[*at].text, self.widths[*at]);
        let headings: Vec<Vec<String>> = self.columns.iter().map(heading).collect();
        let tallest = headings.iter().map(Vec::len).max().unwrap_or(0);
        let mut text = String::new();
        for at in 0..tallest {
            let last = at + 1 == tallest;
            let corner = if last { self.grid.corner } else { "" };
            let cells = headings.iter().map(|lines| {
                let above = tallest - lines.len();
                at.checked_sub(above).and_then(|at| lines.get(at)).map_or("", String::as_str)
            });
            text += &self.row(corner, cells.collect(), |text| self.paint.strong(text));
        }
        text
    }

    /// A row: its label may take several lines, figures stand in the last of them, and
    /// intervals below.
    fn line(&self, line: &Line) -> String {
        let marked = if line.kind == LineKind::Net { NET } else { "" };
        let lines = wrap(&line.label, self.labels.saturating_sub(width(marked)));
        let paint = |text: &str| match line.kind {
            LineKind::Net | LineKind::Summary => self.paint.strong(text),
            LineKind::Base | LineKind::Interval => self.paint.faint(text),
            LineKind::Plain | LineKind::Pinned => text.to_owned(),
        };
        let mut text = String::new();
        for (at, words) in lines.iter().enumerate() {
            let before = if at == 0 { marked.to_owned() } else { " ".repeat(width(marked)) };
            let label = before + words;
            let last = at + 1 == lines.len();
            let figure = |at: &usize| line.cells.get(*at).map_or("", |cell| cell.text.as_str());
            let cells =
                if last { self.columns.iter().map(figure).collect() } else { Vec::new() };
            text += &self.row(&label, cells, paint);
        }
        text + &self.ranges(line)
    }

    fn ranges(&self, line: &Line) -> String {
        let range = |at: &usize| line.cells.get(*at).and_then(|cell| cell.range.as_deref());
        let ranges: Vec<&str> =
            self.columns.iter().map(|at| range(at).unwrap_or_default()).collect();
        if ranges.iter().all(|range| range.is_empty()) {
            return String::new();
        }
        self.row("", ranges, |text| self.paint.faint(text))
    }

    /// One line: a label to the left, cells to the right of their columns.
    fn row(&self, label: &str, cells: Vec<&str>, paint: impl Fn(&str) -> String) -> String {
        let mut text = left(label, self.labels);
        for (at, cell) in self.columns.iter().zip(cells) {
            text += &right(cell, self.widths[*at] + GAP);
        }
        paint(text.trim_end()) + "\n"
    }
}
