//! Tables as markup: caption first, every header with its scope, no empty header cell, no
//! merged cell of figures. A table that is wider than a phone scrolls in a region of its
//! own that the keyboard can reach.

use maud::{Markup, html};

use crate::report::{Entry, Grid, Line, LineKind};

/// More columns of figures than this do not fit on a phone.
const PHONE: usize = 2;

/// More than this may not fit on a desk's screen: the table scrolls there too.
const DESK: usize = 6;

pub(super) fn table(grid: &Grid) -> Markup {
    let title = format!("cap-{}", grid.name);
    let columns = grid.columns.len();
    if columns <= PHONE {
        return inside(grid, &title, Some("small"));
    }
    let class = if columns <= DESK { "scroll fits" } else { "scroll" };
    html! {
        div class=(class) role="region" tabindex="0" aria-labelledby=(title) {
            (inside(grid, &title, None))
        }
    }
}

fn inside(grid: &Grid, title: &str, size: Option<&str>) -> Markup {
    html! {
        table id={ "table-" (grid.name) } class=[size] {
            caption {
                span id=(title) { (grid.caption) }
                @for key in &grid.keys { span.key { " " (key) } }
            }
            thead {
                tr {
                    th scope="col" { (grid.corner) }
                    @for column in &grid.columns {
                        th scope="col" { (column.text) }
                    }
                }
            }
            tbody { @for line in &grid.lines { (row(grid, line)) } }
            @if !grid.foot.is_empty() {
                tfoot { @for line in &grid.foot { (row(grid, line)) } }
            }
        }
    }
}

fn row(grid: &Grid, line: &Line) -> Markup {
    // Bases are all that a table's foot has, so the style sheet knows them by their place.
    let style = class(line.kind).filter(|_| line.kind != LineKind::Base);
    html! {
        tr class=[style] {
            th scope="row" { (line.label) }
            @for (column, entry) in grid.columns.iter().zip(&line.cells) {
                td class=[class(column.kind)] { (cell(entry)) }
            }
        }
    }
}

fn cell(entry: &Entry) -> Markup {
    html! {
        (entry.text)
        @if let Some(range) = &entry.range { " " small { (range) } }
        @if let Some(verdict) = entry.verdict { " " small { (verdict) } }
    }
}

fn class(kind: LineKind) -> Option<&'static str> {
    match kind {
        LineKind::Plain | LineKind::Change | LineKind::Summary => None,
        LineKind::Pinned => Some("pinned"),
        LineKind::Net => Some("net"),
        LineKind::Base => Some("base"),
        LineKind::Interval => Some("interval"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;
    use crate::report::{Part, Report};

    fn tables(report: &Report) -> Vec<String> {
        let parts = report.sections.iter().flat_map(|section| &section.parts);
        parts
            .filter_map(|part| match part {
                Part::Table(grid) => Some(table(grid).into_string()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_small_table_is_a_caption_a_head_rows_and_a_foot() {
        let hours = tables(&report()).pop().expect("a table");
        assert_eq!(
            hours,
            "<table id=\"table-hours\" class=\"small\">\
             <caption><span id=\"cap-hours\">Table 4: Hours worked</span></caption>\
             <thead><tr><th scope=\"col\">Measure</th><th scope=\"col\">Result</th></tr>\
             </thead><tbody>\
             <tr><th scope=\"row\">Mean</th><td>52</td></tr>\
             <tr><th scope=\"row\">Median</th><td>50</td></tr>\
             </tbody><tfoot>\
             <tr><th scope=\"row\">Base (unweighted)</th>\
             <td>4,600</td></tr>\
             <tr><th scope=\"row\">Effective base</th><td>2,300</td></tr>\
             </tfoot></table>"
        );
    }

    #[test]
    fn a_wide_table_scrolls_in_a_region_with_a_name() {
        let inspection = &tables(&report())[2];
        let region = "<div class=\"scroll fits\" role=\"region\" tabindex=\"0\" \
                      aria-labelledby=\"cap-inspection\">";
        assert!(inspection.starts_with(region));
    }

    #[test]
    fn no_header_and_no_cell_is_empty() {
        for table in tables(&report()) {
            assert!(!table.contains("></th>") && !table.contains("></td>"), "{table}");
        }
    }

    #[test]
    fn hidden_cells_show_their_shorthand_and_the_caption_explains_it() {
        let phase = &tables(&report())[1];
        assert!(phase.contains("<td>[c]</td>"));
        assert!(phase.contains("[c]: hidden to protect confidentiality."));
    }
}
