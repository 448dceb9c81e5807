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
/// A word of a heading up to this length is not broken.
const WORD: usize = 16;
/// How wide labels may be at most, of a hundred of the window, in the same order.
const LABELS: [usize; 3] = [40, 30, 24];
/// What stands before a total of several answers.
const NET: &str = "  = ";

/// A table, without its title: bands of columns, one below the other.
pub(super) fn bands(table: &Crosstab, window: usize, paint: Paint) -> Vec<String> {
    let (labels, places) = &room(table, window.max(NARROWEST));
    let bands = split(places, window.max(NARROWEST) - labels).into_iter();
    bands
        .map(|columns| Band { table, labels: *labels, places, columns, paint }.text())
        .collect()
}

/// The room of labels and of each column: words are wrapped as little as lets all columns
/// stand side by side, and not much if nothing does.
fn room(table: &Crosstab, window: usize) -> (usize, Vec<Place>) {
    let with = |share: usize, heading: usize| {
        let labels = label_width(table).min(window * share / 100);
        let columns = 0..table.grid.columns.len();
        let place = |at| place(table, at, (heading, window - labels - GAP));
        (labels, columns.map(place).collect::<Vec<_>>())
    };
    let fits = |(labels, places): &(usize, Vec<Place>)| {
        labels + places.iter().map(|place| place.width()).sum::<usize>() <= window
    };
    let tried = LABELS.iter().flat_map(|share| HEADINGS.map(|heading| with(*share, heading)));
    tried.into_iter().find(fits).unwrap_or_else(|| with(LABELS[0], HEADINGS[2]))
}

/// As wide as the widest label.
fn label_width(table: &Crosstab) -> usize {
    let label = |line: &Line| width(&line.label) + width(before(line));
    lines(table).map(label).chain([width(table.grid.corner)]).max().unwrap_or(0)
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

/// The room of a column: that of its cells, and of its heading.
fn place(table: &Crosstab, at: usize, (heading, room): (usize, usize)) -> Place {
    let text = heading_of(table, at);
    let heading = width(&text).min(heading).max(longest_word(&text).min(WORD)).min(room);
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
            LineKind::Plain | LineKind::Pinned | LineKind::Change => text.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::super::testing::{crosstab, wide};
    use super::*;

    fn shown(table: &Crosstab, window: usize) -> String {
        let bands = bands(table, window, Paint(false));
        let lines = bands.iter().flat_map(|band| band.lines());
        for line in lines {
            assert!(width(line) <= window, "{} > {window}: {line}", width(line));
        }
        bands.join("\n")
    }

    #[test]
    fn a_window_of_120_columns_holds_all_side_by_side() {
        insta::assert_snapshot!(shown(&crosstab(), 120), @r"
                                             Phase                              Role
                                               Nursery              Special or
                                                   and             alternative  Classroom     Middle  Headteacher
                                               primary  Secondary    provision    teacher     leader    or senior     Supply
        Answer                        Total        (A)        (B)          (C)        (A)        (B)   leader (C)        (D)
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
        Yes                             11%     12% BC        13%          14%      15% ▼        16%      17% ▲Ab      18%
        Neither one nor the other,
        or both of them                 31%     32%           33%          34%      35%          36%      37%          38%
        Don't know                      51%     52%           53%          54%      55%          56%      57%          58%
          = Any answer of substance     71%     72%           73%          74%      75%          76%      77%          78%
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
        Base (unweighted)               301     302           303          304      305          306      307          308 ‡
        ");
    }

    #[test]
    fn a_window_of_80_columns_has_three_bands() {
        insta::assert_snapshot!(shown(&crosstab(), 80), @r"
                                                 Phase
                                                  Nursery and     Secondary
        Answer                            Total   primary (A)           (B)
        ───────────────────────────────────────────────────────────────────
        Yes                                 11%        12% BC           13%
        Neither one nor the other, or
        both of them                        31%        32%              33%
        Don't know                          51%        52%              53%
          = Any answer of substance         71%        72%              73%
        ───────────────────────────────────────────────────────────────────
        Base (unweighted)                   301        302              303

                                          Phase         Role
                                            Special or
                                           alternative
                                             provision     Classroom        Middle
        Answer                                     (C)   teacher (A)    leader (B)
        ──────────────────────────────────────────────────────────────────────────
        Yes                                        14%         15% ▼           16%
        Neither one nor the other, or
        both of them                               34%         35%             36%
        Don't know                                 54%         55%             56%
          = Any answer of substance                74%         75%             76%
        ──────────────────────────────────────────────────────────────────────────
        Base (unweighted)                          304         305             306

                                          Role
                                           Headteacher
                                             or senior
        Answer                              leader (C)  Supply (D)
        ──────────────────────────────────────────────────────────
        Yes                                    17% ▲Ab       18%
        Neither one nor the other, or
        both of them                           37%           38%
        Don't know                             57%           58%
          = Any answer of substance            77%           78%
        ──────────────────────────────────────────────────────────
        Base (unweighted)                      307           308 ‡
        ");
    }

    #[test]
    fn a_window_of_40_columns_has_a_band_for_each_column_or_two() {
        let text = shown(&crosstab(), 40);
        let lines: Vec<&str> = text.lines().collect();
        insta::assert_snapshot!(lines[..28].join("\n"), @r"
                                 Phase
                                  Nursery and
        Answer            Total   primary (A)
        ─────────────────────────────────────
        Yes                 11%        12% BC
        Neither one nor
        the other, or
        both of them        31%        32%
        Don't know          51%        52%
          = Any answer
            of substance    71%        72%
        ─────────────────────────────────────
        Base
        (unweighted)        301        302

                          Phase
                             Secondary
        Answer                     (B)
        ──────────────────────────────
        Yes                        13%
        Neither one nor
        the other, or
        both of them               33%
        Don't know                 53%
          = Any answer
            of substance           73%
        ──────────────────────────────
        Base
        ");
    }

    #[test]
    fn letters_that_are_wide_stay_under_their_headings() {
        insta::assert_snapshot!(shown(&wide(), 60), @r"
        Answer              合計  小学校と幼稚園  カフェ
        ────────────────────────────────────────────────
        はい、そう思います   11%             12%     13%
        ────────────────────────────────────────────────
        回答者               301             302     303
        ");
    }

    #[test]
    fn every_figure_is_shown_once_however_narrow_the_window() {
        let table = crosstab();
        for window in 30..140 {
            let text = shown(&table, window);
            for line in &table.grid.lines {
                for cell in &line.cells {
                    let count =
                        text.split_whitespace().filter(|word| *word == cell.text).count();
                    assert_eq!(count, 1, "{} at {window}:\n{text}", cell.text);
                }
            }
        }
    }

    #[test]
    fn colour_changes_no_letter_and_no_place() {
        let coloured = bands(&crosstab(), 80, Paint(true)).join("\n");
        let mut plain = String::new();
        for (nth, part) in coloured.split("\u{1b}[").enumerate() {
            plain += if nth == 0 { part } else { part.split_once('m').unwrap().1 };
        }
        assert!(coloured.contains("\u{1b}[1m"));
        assert_eq!(plain, shown(&crosstab(), 80));
    }
}
