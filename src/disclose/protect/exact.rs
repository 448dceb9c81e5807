//! Figures that leave one whole number only: whatever follows from them by addition and
//! subtraction is known exactly, however wide the ranges of real numbers are.

use super::facts::Told;
use super::targets::Target;
use super::unit::{At, Unit, figure};
use crate::attack::{Basis, Fact, Sum};

/// Figures that must be hidden so that no target follows exactly from those that leave one
/// whole number only. They are let past in the order of their worth: totals first, then
/// larger bases; one with which a target would follow is not.
pub(super) fn pinned(
    told: Told<'_>,
    unit: &Unit,
    (structure, facts): (&[Fact], &[(Option<At>, Fact)]),
    targets: &[Target],
) -> Vec<At> {
    let mut basis = Basis::default();
    for fact in structure.iter().filter(|fact| fact.low >= fact.high) {
        basis.add(&fact.sum);
    }
    for (_, fact) in facts.iter().filter(|(at, _)| at.is_none()) {
        if one_number(fact.low, fact.high) {
            basis.add(&fact.sum);
        }
    }
    let mut list: Vec<(At, Sum)> = Vec::new();
    for view in &unit.views {
        for row in &view.rows {
            let columns = told.tables[view.table].blocks[view.block].rows[*row].cells.len();
            for column in 0..columns {
                let at = At { table: view.table, block: view.block, row: *row, column };
                list.extend(known(told, unit, view, at).map(|sum| (at, sum)));
            }
        }
    }
    list.sort_by_key(|(at, _)| {
        let cell = &told.book.tables[at.table].blocks[at.block].rows[at.row].cells[at.column];
        (at.column > 0, std::cmp::Reverse(cell.base), *at)
    });
    let mut hidden = Vec::new();
    for (at, sum) in list {
        let mut with = basis.clone();
        if !with.add(&sum) {
            continue;
        }
        if targets.iter().any(|t| t.people < t.many && with.implies(&t.sum)) {
            hidden.push(at);
        } else {
            basis = with;
        }
    }
    hidden
}

/// The people of a figure, if it and its base leave one number for them.
fn known(told: Told<'_>, unit: &Unit, view: &super::unit::View, at: At) -> Option<Sum> {
    let shown = figure(told.tables, at);
    let raw = &told.book.tables[at.table];
    let block = &raw.blocks[at.block];
    let cell = &block.rows[at.row].cells[at.column];
    if !told.is_told(at) || block.rows[at.row].role == crate::tabulate::Role::Summary {
        return None;
    }
    let part = told.share(unit, view, at)?.part;
    if cell.count == 0 {
        return Some(part);
    }
    let all = told.book.account.respondents;
    let whole = at.column == 0 && raw.makeup.places.total.is_none() && !unit.blank;
    let base = told.tables[at.table].blocks[at.block].bases[at.column].unweighted.value();
    let (low, high) = match base {
        _ if whole => (all as f64, all as f64),
        Some(base) => told.base_bounds(base),
        None => return None,
    };
    let exact = 100.0 * cell.count as f64 / cell.base as f64;
    let half = 0.5 / libm::pow(10.0, f64::from(shown.decimals()));
    let printed = crate::stats::rounding::half_away(exact, shown.decimals());
    let from = (printed - half) / 100.0 * low;
    let to = (printed + half) / 100.0 * high;
    one_number(from, to).then_some(part)
}

/// Whether one whole number lies between two numbers.
fn one_number(low: f64, high: f64) -> bool {
    low.is_finite() && high.is_finite() && (high.floor() - low.ceil()).abs() < 0.5
}
