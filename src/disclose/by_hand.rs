//! Figures that are hidden by hand: those that `protect` in the poll file names.
//!
//! Takes tables, trends and who answered after rounding, hides what is named in them. Never
//! hides what these could be worked out from: the gate does, as for any hidden figure.

use super::figure::Status;
use super::{AnsweredBy, Bases, Block, Figure, Merged, Table, Trend};
use crate::poll::Protected;

fn hidden() -> Figure {
    Figure::hidden(Status::Confidential)
}

/// Hides what is named in a table.
pub(super) fn table(table: &mut Table, names: &[Protected]) {
    let question = table.question.id.clone();
    let own: Vec<&Protected> = names.iter().filter(|name| name.is_of(&question)).collect();
    if own.is_empty() {
        return;
    }
    let banner = table.banner.as_ref().map(|banner| banner.id.clone());
    for (at, group) in table.groups.iter().enumerate() {
        // The total comes first, and is in no group. A merged group is hidden with any of its
        // parts.
        let banner = banner.as_deref().filter(|_| at > 0);
        let ids = banner.map(|banner| Merged::ids(&table.merged, banner, &group.id));
        let columns = ids.iter().flatten().map(|id| banner.map(|b| (b, id.as_str())));
        let columns: Vec<_> = columns.chain(ids.is_none().then_some(None)).collect();
        for block in &mut table.blocks {
            for (name, column) in own.iter().flat_map(|n| columns.iter().map(move |c| (n, c))) {
                in_column(block, (at, *column), name);
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
            let covers = |id: &str| name.covers((item, id), None);
            for row in block.rows.iter_mut().filter(|row| covers(&row.label.id)) {
                row.points.fill_with(hidden);
                row.change = hidden();
            }
        }
    }
}

/// Hides who answered by a variable of which anything is named: shares of one group give away
/// those of another.
pub(super) fn answered(variable: &mut AnsweredBy, written: &str, names: &[Protected]) {
    // Crossed variables are written with colons between them.
    let of = |name: &Protected| written.split(':').any(|question| name.is_of(question));
    if !names.iter().any(|name| of(name) && name.covers_total()) {
        return;
    }
    for group in &mut variable.groups {
        (group.unweighted, group.weighted) = (hidden(), hidden());
        group.rate = group.rate.take().map(|_| hidden());
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{cell, label, table, typed};
    use super::*;
    use crate::poll::tables::Sort;

    /// What a poll with these lines shows of a question of four answers by two groups.
    fn with(lines: &str) -> Vec<Vec<String>> {
        let mut raw = table(&[400, 300, 97, 3], false);
        let block = &mut raw.blocks[0];
        let bases = block.bases[0].clone();
        block.bases.extend([bases.clone(), bases]);
        for (row, counts) in
            block.rows.iter_mut().zip([[300, 100], [200, 100], [57, 40], [2, 1]])
        {
            row.cells.extend([cell(counts[0], 559), cell(counts[1], 241)]);
        }
        raw.groups.extend([label("one"), label("two")]);
        raw.banner = Some(label("b"));
        let released = typed(raw, lines);
        let text =
            |f: &Figure| f.value().map_or(f.status().code().to_owned(), |v| v.to_string());
        // A table of which nothing is left is left out.
        let Some(table) = released.tables().first() else {
            return vec![vec!["[c]".to_owned(); 3]; 4];
        };
        let rows = table.blocks[0].rows.iter();
        rows.map(|row| row.cells.iter().map(text).collect()).collect()
    }

    #[test]
    fn what_is_named_in_the_poll_file_is_hidden_by_hand() {
        let hidden = |lines: &str| -> Vec<(usize, usize)> {
            let shown = with(lines);
            let all = shown.iter().enumerate().flat_map(|(row, cells)| {
                cells
                    .iter()
                    .enumerate()
                    .map(move |(column, text)| ((row, column), text.clone()))
            });
            let hidden = all.filter(|((row, _), text)| *row < 3 && text == "[c]");
            hidden.map(|(place, _)| place).collect()
        };
        assert_eq!(hidden(""), []);
        assert!(hidden("protect = [\"q.a1\"]").starts_with(&[(1, 0), (1, 1), (1, 2)]));
        let column = hidden("protect = [\"q@b=two\"]");
        assert!([(0, 2), (1, 2), (2, 2)].iter().all(|place| column.contains(place)));
        assert!(hidden("protect = [\"q.a1@b=one\"]").contains(&(1, 1)));
        assert_eq!(hidden("protect = [\"q\"]").len(), 9);
        assert_eq!(hidden("profile = \"analyst\"\nprotect = [\"q\"]"), []);
    }

    #[test]
    fn the_order_of_rows_does_not_tell_what_is_hidden() {
        let order = |counts: [u64; 3]| -> Vec<String> {
            let mut raw = table(&counts, false);
            raw.sort = Sort::Descending;
            let released = typed(raw, "protect = [\"q.a0\", \"q.a2\"]");
            let rows = released.tables()[0].blocks[0].rows.iter();
            rows.map(|row| row.label.id.clone()).collect()
        };
        assert_eq!(order([100, 500, 300]), order([300, 500, 100]));
    }
}
