//! Figures that leave one whole number only: whatever follows from them by addition and
//! subtraction is known exactly, however wide the ranges of real numbers are.

use super::facts::Told;
use super::targets::Target;
use super::unit::{At, Unit, View, figure};
use crate::attack::{Basis, Fact, Rest, Sum};
use crate::poll::tables::Percent;
use crate::tabulate::Role;

/// Room for the machine's own rounding beside a whole number.
const EDGE: f64 = 1e-6;

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
                if told.is_nobodys(at) {
                    // Nobody in all is nobody in each.
                    let all = told.share(unit, view, at).map(|share| share.part);
                    for (atom, _) in all.into_iter().flat_map(|sum| sum.0) {
                        basis.add(&Sum::of([atom]));
                    }
                    continue;
                }
                list.extend(known(told, unit, view, at).map(|sum| (at, sum)));
            }
        }
    }
    list.sort_by_key(|(at, _)| {
        let cell = &told.book.tables[at.table].blocks[at.block].rows[at.row].cells[at.column];
        (at.column > 0, std::cmp::Reverse(cell.base), *at)
    });
    let few = targets.iter().filter(|target| target.people < target.many);
    let mut open: Vec<Rest> = few.map(|target| basis.rest(&target.sum)).collect();
    let mut hidden = Vec::new();
    for (at, sum) in list {
        let rest = basis.rest(&sum);
        if open.iter().any(|target| target.follows_from(&rest)) {
            hidden.push(at);
        } else if basis.add(&sum) {
            open = open.into_iter().map(|target| basis.less(target)).collect();
        }
    }
    hidden
}

/// The people of a figure, if it and its base leave one number for them.
fn known(told: Told<'_>, unit: &Unit, view: &View, at: At) -> Option<Sum> {
    if told.is_nearly_told(at) {
        return None;
    }
    let part = told.share(unit, view, at)?.part;
    let (from, to) = people(told, at)?;
    one_number(from, to).then_some(part)
}

/// Between which whole numbers of people a figure must be, by its percentage and the printed base
/// of its column; none if it is no such percentage.
pub(super) fn people(told: Told<'_>, at: At) -> Option<(f64, f64)> {
    let shown = figure(told.tables, at);
    let raw = &told.book.tables[at.table];
    let row = &raw.blocks[at.block].rows[at.row];
    let cell = &row.cells[at.column];
    let of_its_own = shown.base().is_some()
        || raw.percent != Percent::Column
        || raw.blocks[at.block].bases[at.column].unweighted.base != cell.base;
    if !told.is_told(at) || of_its_own || row.role == Role::Summary {
        return None;
    }
    if cell.count == 0 {
        return Some((0.0, 0.0));
    }
    let everybody = told.book.account.respondents;
    let whole = at.column == 0 && cell.base == everybody;
    let base = told.tables[at.table].blocks[at.block].bases[at.column].unweighted.value();
    let (low, high) = match base {
        _ if whole => (everybody as f64, everybody as f64),
        Some(base) => told.base_bounds(base),
        None => return None,
    };
    let exact = 100.0 * cell.count as f64 / cell.base as f64;
    let half = 0.5 / libm::pow(10.0, f64::from(shown.decimals()));
    let printed = crate::stats::rounding::half_away(exact, shown.decimals());
    let (least, most) = ((printed - half) / 100.0 * low, (printed + half) / 100.0 * high);
    Some(((least - EDGE).ceil(), (most + EDGE).floor()))
}

/// Whether one whole number lies between two numbers.
fn one_number(low: f64, high: f64) -> bool {
    low.is_finite() && high.is_finite() && (high.floor() - low.ceil()).abs() < 0.5
}
