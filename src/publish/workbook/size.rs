//! Widths of columns and heights of rows, in characters and lines.
//!
//! Spreadsheets measure text when they draw it, and not all of them when they open a file.
//! So heights are reckoned here: words are taken to be a little narrower than as many
//! digits, by which widths are measured. Most are narrower still.

use crate::report::{Above, Body, Cell, Listed, Sheet};

/// Widths of columns: the first holds sentences too, on a sheet without a table alone.
const FIRST: (usize, usize) = (50, 60);
const OTHER: (usize, usize) = (14, 90);
const ALONE: usize = 100;

/// Widths of the columns of the analyst's table: labels, figures.
const LABELS: (usize, usize) = (24, 45);
const BANNER: usize = 13;

/// A head takes about as many lines.
const HEAD_LINES: usize = 3;

/// The height of a line in points, and that of the tallest row.
const LINE: f64 = 15.75;
const TALLEST: f64 = 409.0;

/// The widths of a sheet's columns.
pub(super) fn widths(sheet: &Sheet) -> Vec<usize> {
    match &sheet.body {
        Body::Empty => vec![ALONE],
        Body::Listed(table) => (0..table.heads.len()).map(|at| width(table, at)).collect(),
        Body::Banner(table) => {
            let labels = table.lines.iter().map(|line| line.label.chars().count() + 2);
            let (least, most) = LABELS;
            let first = labels.max().unwrap_or_default().clamp(least, most);
            [first].into_iter().chain(table.heads.iter().map(|_| BANNER)).collect()
        }
    }
}

/// Its longest words, within limits; a head takes several lines.
fn width(table: &Listed, column: usize) -> usize {
    let words = table.rows.iter().filter_map(|row| row.get(column)).map(length);
    let head = table.heads.get(column).map_or("", String::as_str);
    let longest = head.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
    let head = longest.max(head.chars().count() / HEAD_LINES);
    let (least, most) = if column == 0 { FIRST } else { OTHER };
    words.chain([head]).max().unwrap_or_default().saturating_add(2).clamp(least, most)
}

fn length(cell: &Cell) -> usize {
    match cell {
        Cell::Words(words) | Cell::Link(words, _) => words.chars().count(),
        // Digits with what stands around them never fill the least width.
        Cell::Number(_) => 0,
    }
}

/// The height in points of a row that holds one text above a table.
pub(super) fn above(above: &Above, widths: &[usize]) -> f64 {
    let (Above::Words(words) | Above::Heading(words) | Above::Link(words, _)) = above;
    let width = widths.first().copied().unwrap_or(ALONE);
    height(lines(words, width))
}

/// The height in points of a row of heads.
pub(super) fn heads(heads: &[String], widths: &[usize]) -> f64 {
    let lines = heads.iter().zip(widths).map(|(head, width)| lines(head, *width));
    height(lines.max().unwrap_or(1))
}

/// The height in points of a row of a table.
pub(super) fn row(cells: &[Cell], widths: &[usize]) -> f64 {
    let lines = cells.iter().zip(widths).map(|(cell, width)| match cell {
        Cell::Words(words) | Cell::Link(words, _) => lines(words, *width),
        Cell::Number(_) => 1,
    });
    height(lines.max().unwrap_or(1))
}

#[expect(clippy::cast_precision_loss, reason = "a few lines")]
fn height(lines: usize) -> f64 {
    (lines as f64 * LINE).min(TALLEST)
}

/// How many lines words take in a column of a width.
fn lines(words: &str, width: usize) -> usize {
    wrapped(words, width + width / 10)
}

/// How many lines words take if none has more characters than a width.
fn wrapped(words: &str, width: usize) -> usize {
    let of_paragraph = |paragraph: &str| {
        let mut lines = 1;
        let mut used = 0;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines += 1;
                used = 0;
            }
            let space = usize::from(used > 0);
            used += space + length;
            // A word that is longer than a line is broken.
            while used > width.max(1) {
                lines += 1;
                used -= width.max(1);
            }
        }
        lines
    };
    words.split('\n').map(of_paragraph).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_where_they_no_longer_fit() {
        assert_eq!(wrapped("", 10), 1);
        assert_eq!(wrapped("one two", 7), 1);
        assert_eq!(wrapped("one two", 6), 2);
        assert_eq!(wrapped("one\ntwo", 70), 2);
        assert_eq!(wrapped(&"x".repeat(25), 10), 3);
        assert_eq!(wrapped(&format!("a {}", "x".repeat(25)), 10), 4);
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_cell_and_no_higher_than_allowed() {
        let cells = [Cell::Words("one two three".to_owned()), Cell::Words("one".to_owned())];
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(row(&cells, &[5, 5]), 3.0 * LINE));
        assert!(close(row(&[Cell::Words("a ".repeat(900))], &[5]), TALLEST));
    }
}
