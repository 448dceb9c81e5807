//! Figures that give others away, where no more than one table or two are involved.
//!
//! Takes tables before and after the gate, hides what a hidden figure could be worked out
//! from: a difference beside one of its nets, and a table whose condition leaves out so few
//! that they are what is missing from the table of everybody. Tables that are linked in
//! other ways are looked at in `protect`.

use super::{Figure, Status, Table};
use crate::tabulate::{Bases, Block, Cell, Row, Statistic, Table as Raw};

/// Hides differences and promoter scores of columns in which a share is hidden.
pub(super) fn cover(table: &mut Table) {
    for block in &mut table.blocks {
        for column in 0..block.bases.len() {
            cover_column(block, column);
        }
    }
}

fn cover_column(block: &mut Block<Figure>, column: usize) {
    let hidden = |row: &Row<Figure>| {
        let figure = row.cells.get(column);
        figure.is_some_and(|f| f.status() == Status::Confidential)
    };
    if !block.rows.iter().any(|row| row.statistic.is_percentage() && hidden(row)) {
        return;
    }
    let made_of_shares = |row: &&mut Row<Figure>| {
        matches!(row.statistic, Statistic::Difference | Statistic::Nps)
    };
    for row in block.rows.iter_mut().filter(made_of_shares) {
        if let Some(figure) = row.cells.get_mut(column) {
            *figure = Figure::hidden(Status::Confidential);
        }
    }
}

/// Whether a table's condition leaves out so few, but somebody, that they can be found by
/// subtraction from a table of the same question without a condition.
pub(super) fn leaves_out_few(table: &Raw<Cell>, others: &[Raw<Cell>], small: u64) -> bool {
    let whole = others
        .iter()
        .filter(|other| other.filter.is_none() && other.question.id == table.question.id);
    let few = |whole: &Raw<Cell>| {
        table.blocks.iter().any(|block| {
            let same = whole.blocks.iter().find(|other| other.item == block.item);
            let left = same.and_then(|same| Some(base(same)?.checked_sub(base(block)?)));
            left.flatten().is_some_and(|left| (1..=small).contains(&left))
        })
    };
    table.filter.is_some() && whole.into_iter().any(few)
}

/// How many the total of a block is of.
fn base(block: &Block<Cell>) -> Option<u64> {
    block.bases.first().map(|bases| bases.unweighted.base)
}

/// Hides every figure of a table.
pub(super) fn hide(table: &mut Table) {
    let hidden = || Figure::hidden(Status::Confidential);
    for block in &mut table.blocks {
        block.bases.fill_with(|| Bases {
            unweighted: hidden(),
            weighted: hidden(),
            effective: hidden(),
        });
        block.rows.iter_mut().for_each(|row| row.cells.fill_with(hidden));
    }
}
