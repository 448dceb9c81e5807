//! Finished coders become a polars frame: lists of answers as `Enum`, one byte a cell.

use indexmap::IndexMap;
use polars::prelude::{Column as PolarsColumn, DataFrame, PolarsResult};

use super::coder::{Coded, Codes};
use super::{Column, Use};
use crate::frame;

/// Builds the frame; `rows` is its height.
///
/// # Errors
/// Only if polars refuses the columns: a fault of the program.
pub(super) fn build(
    columns: &[Column],
    mut coded: Vec<Coded>,
    rows: usize,
) -> PolarsResult<DataFrame> {
    settle_ticks(columns, &mut coded);
    let finished: PolarsResult<Vec<PolarsColumn>> =
        columns.iter().zip(coded).map(|(column, cells)| series(&column.name, cells)).collect();
    DataFrame::new(rows, finished?)
}

fn series(name: &str, cells: Coded) -> PolarsResult<PolarsColumn> {
    Ok(match cells {
        Coded::Numbers(values) => frame::number_column(name, values),
        Coded::Units { codes, labels } => frame::labels(name, codes, &labels)?,
        Coded::Labels { codes: Codes::Narrow(codes), labels } => {
            frame::narrow_labels(name, codes, &labels)?
        }
        Coded::Labels { codes: Codes::Wide(codes), labels } => {
            frame::labels(name, codes.into_iter().map(u32::from).collect(), &labels)?
        }
    })
}

/// Where every option of a question is empty, nothing was answered: empty means "not
/// picked" only beside a pick.
fn settle_ticks(columns: &[Column], coded: &mut [Coded]) {
    let mut questions: IndexMap<usize, Vec<usize>> = IndexMap::new();
    for (index, column) in columns.iter().enumerate() {
        if let Use::Flag(variable, _) = &column.use_ {
            questions.entry(variable.question).or_default().push(index);
        }
    }
    for indexes in questions.values() {
        settle(coded, indexes);
    }
}

fn settle(cells: &mut [Coded], indexes: &[usize]) {
    let mut columns: Vec<&mut Vec<u8>> = cells
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| indexes.contains(index))
        .filter_map(|(_, c)| match c {
            Coded::Labels { codes: Codes::Narrow(codes), .. } => Some(codes),
            _ => None,
        })
        .collect();
    let rows = columns.first().map_or(0, |c| c.len());
    for row in 0..rows {
        if columns.iter().all(|codes| codes[row] == 0) {
            // The first reason, "No answer", follows "Not picked" and "Picked".
            for codes in &mut columns {
                codes[row] = 2;
            }
        }
    }
}
