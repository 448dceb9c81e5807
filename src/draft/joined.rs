//! Cells that hold several answers at once: the mark that parts them, and the options.
//!
//! An option may hold the mark itself, as in `reshape (join, pivot)`: pieces that only ever
//! stand together are one option.

use indexmap::IndexMap;

use super::cells;
use super::columns::{Column, Text};
use super::lists::{self, List, SHOWN, Wordings};

/// What may stand between answers, the surest first.
const MARKS: [&str; 4] = [";", "|", ", ", ","];

/// Several answers in one cell.
pub(super) struct Joined {
    pub(super) list: List,
    pub(super) delimiter: &'static str,
}

/// The options of a column whose cells hold several, if at least `share` of what stands in
/// them is options that may be shown.
pub(super) fn joined(column: &Column<'_>, share: f64, wordings: &Wordings) -> Option<Joined> {
    MARKS.iter().find_map(|mark| parted_by(column, mark, share, wordings))
}

fn parted_by(
    column: &Column<'_>,
    mark: &'static str,
    share: f64,
    wordings: &Wordings,
) -> Option<Joined> {
    let cells: Vec<Cell> = column.texts.iter().map(|text| Cell::new(text, mark)).collect();
    let several: usize = cells.iter().filter(|c| c.pieces.len() > 1).map(|c| c.rows).sum();
    // Microsoft Forms puts its mark behind a single answer too.
    let closed = column.all(|label| label.ends_with(mark));
    if several < SHOWN && !closed {
        return None;
    }
    let cells = whole_options(cells, mark);
    let lengths = cells.iter().map(|cell| cell.pieces.len());
    let differ = lengths.clone().min() != lengths.max();
    let options = options(&cells);
    let fewer = options.len() < column.texts.len();
    if !(fewer && differ || closed) {
        return None;
    }
    let list = lists::list(&options, share, wordings).filter(|list| list.answers.len() > 1)?;
    Some(Joined { list, delimiter: mark.trim() })
}

/// The pieces of one distinct cell.
struct Cell {
    text: String,
    pieces: Vec<String>,
    rows: usize,
}

impl Cell {
    fn new(text: &Text, mark: &str) -> Self {
        let pieces = text.label.split(mark).map(|p| cells::tidy(p.trim().trim_matches('"')));
        let pieces = pieces.filter(|piece| !piece.is_empty()).collect();
        Self { text: text.label.clone(), pieces, rows: text.rows }
    }

    fn pairs(&self) -> impl Iterator<Item = (&String, &String)> {
        self.pieces.iter().zip(self.pieces.iter().skip(1))
    }
}

/// Joins pieces that only ever stand together, until there are none.
fn whole_options(mut cells: Vec<Cell>, mark: &str) -> Vec<Cell> {
    while let Some((first, second)) = inseparable(&cells) {
        // Within an option a space may follow the mark.
        let spaced = format!("{first}{mark} {second}");
        let close = format!("{first}{mark}{second}");
        let spaced_out = cells.iter().any(|cell| cell.text.contains(&spaced));
        let option = if spaced_out { spaced } else { close };
        for cell in &mut cells {
            let mut whole: Vec<String> = Vec::new();
            for piece in cell.pieces.drain(..) {
                match whole.last_mut().filter(|last| **last == first && piece == second) {
                    Some(last) => last.clone_from(&option),
                    None => whole.push(piece),
                }
            }
            cell.pieces = whole;
        }
    }
    cells
}

/// Two pieces of which the second always follows the first, and follows no other.
fn inseparable(cells: &[Cell]) -> Option<(String, String)> {
    let mut single: IndexMap<&String, usize> = IndexMap::new();
    let mut double: IndexMap<(&String, &String), usize> = IndexMap::new();
    for cell in cells {
        for piece in &cell.pieces {
            *single.entry(piece).or_insert(0) += cell.rows;
        }
        for pair in cell.pairs() {
            *double.entry(pair).or_insert(0) += cell.rows;
        }
    }
    let always = |((first, second), count): &(&(&String, &String), &usize)| {
        **count >= SHOWN
            && single.get(first) == Some(count)
            && single.get(second) == Some(count)
            && first != second
    };
    let found = double.iter().find(always);
    found.map(|((first, second), _)| ((*first).clone(), (*second).clone()))
}

/// Every option with the number of rows that hold it.
fn options(cells: &[Cell]) -> Vec<Text> {
    let mut options: IndexMap<String, Text> = IndexMap::new();
    for cell in cells {
        for piece in &cell.pieces {
            let option = options.entry(piece.clone()).or_insert_with(|| Text {
                label: piece.clone(),
                rows: 0,
                spellings: IndexMap::from([(piece.clone(), 0)]),
            });
            option.rows += cell.rows;
            *option.spellings.entry(piece.clone()).or_insert(0) += cell.rows;
        }
    }
    options.into_values().collect()
}
