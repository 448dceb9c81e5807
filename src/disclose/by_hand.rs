//! Figures that are hidden by hand: those that `protect` in the poll file names.
//!
//! Takes tables, trends and who answered after rounding, hides what is named in them. Never
//! hides what these could be worked out from: the gate does, as for any hidden figure.

use super::figure::Status;
use super::{AnsweredBy, Bases, Block, Figure, Table, Trend};
use crate::poll::Protected;

fn hidden() -> Figure {
    Figure::hidden(Status::Confidential)
}

/// Hides what is named in a table.
pub(super) fn table(table: &mut Table, names: &[Protected]) {
    let question = table.question.id.clone();
    let named: Vec<&Protected> = names.iter().filter(|name| name.is_of(&question)).collect();
    if named.is_empty() {
        return;
    }
    let banner = table.banner.as_ref().map(|banner| banner.id.clone());
    for (at, group) in table.groups.iter().enumerate() {
        // The total comes first, and is in no group.
        let column = banner.as_deref().filter(|_| at > 0).map(|b| (b, group.id.as_str()));
        for block in &mut table.blocks {
            for name in &named {
                in_column(block, (at, column), name);
            }
        }
    }
}

fn in_column(
    block: &mut Block<Figure>,
    (at, column): (usize, Option<(&str, &str)>),
    name: &Protected,
) {
    let item = block.item.as_ref().map(|item| item.id.as_str());
    if let Some(bases) = block.bases.get_mut(at).filter(|_| name.covers_column(column)) {
        *bases = Bases { unweighted: hidden(), weighted: hidden(), effective: hidden() };
    }
    let rows = block.rows.iter_mut().filter(|row| name.covers((item, &row.label.id), column));
    for figure in rows.filter_map(|row| row.cells.get_mut(at)) {
        *figure = hidden();
    }
}

/// Hides what is named in every wave of a trend, and the change.
pub(super) fn trend(trend: &mut Trend, names: &[Protected]) {
    let question = trend.heading.question.id.clone();
    for name in names.iter().filter(|name| name.is_of(&question)) {
        for block in &mut trend.blocks {
            let item = block.item.as_ref().map(|item| item.id.as_str());
            if name.covers_column(None) {
                block.bases.fill_with(hidden);
            }
            let named = |id: &str| name.covers((item, id), None);
            for row in block.rows.iter_mut().filter(|row| named(&row.label.id)) {
                row.points.fill_with(hidden);
                row.change = hidden();
            }
        }
    }
}

/// Hides who answered by a variable of which anything is named: shares of one group give away
/// those of another.
pub(super) fn answered(variable: &mut AnsweredBy, question: &str, names: &[Protected]) {
    if !names.iter().any(|name| name.is_of(question) && name.covers_total()) {
        return;
    }
    for group in &mut variable.groups {
        (group.unweighted, group.weighted) = (hidden(), hidden());
        group.rate = group.rate.take().map(|_| hidden());
    }
}
