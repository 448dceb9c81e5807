//! The tables of a fragment, as markup and as rows. Every table scrolls in a region of its
//! own, which the keyboard can reach: nobody knows how wide its place will be.

use maud::{Markup, html};

use crate::publish::columns::Value;
use crate::publish::csv;
use crate::report::{Entry, Grid, Line, LineKind};

/// A table under an id of its own.
pub(super) fn table(grid: &Grid, id: &str) -> Markup {
    html! {
        div class="pollsmith-scroll" role="region" tabindex="0" aria-labelledby=(id) {
            table {
                caption id=(id) {
                    (grid.caption)
                    @for key in &grid.keys { " " small { (key) } }
                }
                thead {
                    tr {
                        th scope="col" { (grid.corner) }
                        @for column in &grid.columns { th scope="col" { (column.text) } }
                    }
                }
                tbody { @for line in &grid.lines { (row(line)) } }
                @if !grid.foot.is_empty() { tfoot { @for line in &grid.foot { (row(line)) } } }
            }
        }
    }
}

fn row(line: &Line) -> Markup {
    let class = (line.kind == LineKind::Net).then_some("pollsmith-net");
    html! {
        tr class=[class] {
            th scope="row" { (line.label) }
            @for entry in &line.cells {
                td {
                    (entry.text)
                    @if let Some(range) = &entry.range { " " small { (range) } }
                    @if let Some(verdict) = entry.verdict { " " small { (verdict) } }
                }
            }
        }
    }
}

/// Tables of one shape as rows, each with the caption of its table: numbers in plain digits,
/// shorthand as it stands. The heads are those of the first.
pub(super) fn data(grids: &[Grid]) -> Vec<u8> {
    let heads = grids.iter().take(1).map(|grid| {
        let columns = grid.columns.iter().map(|column| column.text.clone());
        ["table".to_owned(), grid.corner.to_owned()].into_iter().chain(columns).collect()
    });
    let lines = grids.iter().flat_map(|grid| {
        grid.lines.iter().chain(&grid.foot).map(|line| {
            let words =
                [&grid.caption, &line.label].map(|text| csv::field(Value::Text(text.clone())));
            words.into_iter().chain(line.cells.iter().map(number)).collect()
        })
    });
    csv::write(heads.chain(lines))
}

fn number(entry: &Entry) -> String {
    entry.digits.clone().unwrap_or_else(|| csv::field(Value::Text(entry.text.clone())))
}
