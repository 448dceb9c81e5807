//! Figures that are of the same people, and so are shown or hidden together: the total of a
//! crosstab and its topline, the cell of a banner question's table and that of the table
//! the other way round.

use std::collections::BTreeMap;

use super::unit::{At, answers};
use crate::poll::tables::Percent;
use crate::tabulate::{Book, Cell, Row, Statistic, Table as Raw};

/// Which figures are of the same people.
pub(super) struct Twins {
    names: BTreeMap<At, String>,
    same: BTreeMap<String, Vec<At>>,
}

impl Twins {
    pub(super) fn of(book: &Book) -> Self {
        let mut twins = Self { names: BTreeMap::new(), same: BTreeMap::new() };
        for (table, raw) in book.tables.iter().enumerate() {
            for (block, held) in raw.blocks.iter().enumerate() {
                for (row, line) in held.rows.iter().enumerate() {
                    for column in 0..line.cells.len() {
                        let at = At { table, block, row, column };
                        let item = held.item.as_ref().map(|item| item.id.as_str());
                        if let Some(name) = name(raw, item, line, column) {
                            twins.names.insert(at, name.clone());
                            twins.same.entry(name).or_default().push(at);
                        }
                    }
                }
            }
        }
        twins
    }

    /// A figure, and all that are of the same people.
    pub(super) fn of_same(&self, at: At) -> Vec<At> {
        let same = self.names.get(&at).and_then(|name| self.same.get(name));
        same.cloned().unwrap_or_else(|| vec![at])
    }
}

/// The people of a figure in words that are the same wherever they are counted; none if the
/// table has a condition or a base of its own.
fn name(raw: &Raw<Cell>, item: Option<&str>, row: &Row<Cell>, column: usize) -> Option<String> {
    let common = raw.filter.is_none()
        && raw.percent == Percent::Column
        && raw.makeup.based_on.len() == raw.makeup.answers;
    let own = || {
        let (question, row) = (&raw.question.id, &row.label.id);
        format!("{question}.{}.{row}", item.unwrap_or(""))
    };
    if !common {
        return None;
    }
    let Some(group) = column.checked_sub(1) else { return Some(own()) };
    let (_, part) = *raw.makeup.places.columns.get(group)?;
    let [banner] = &raw.makeup.banner[..] else {
        return Some(format!("{} by {} {part}", own(), raw.makeup.banner.join(" ")));
    };
    match answers(row) {
        [_] if item.is_none() && !raw.overlapping && row.statistic == Statistic::Percent => {
            let mut both =
                [(&raw.question.id, &row.label.id), (banner, &raw.groups[column].id)];
            both.sort();
            Some(format!("{both:?}"))
        }
        _ => {
            let columns = if raw.overlapping { group } else { part };
            Some(format!("{} by {banner} {columns}", own()))
        }
    }
}
