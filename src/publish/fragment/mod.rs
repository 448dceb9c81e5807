//! `charts/<name>.html` and `charts/<name>.csv`: a chart to paste into a page of others, and
//! its figures.
//!
//! Takes a report, gives a figure without script or request whose classes and ids nobody
//! else has. Both widths of the picture stand in it; its own width says which is shown, so
//! it is right in any column. All text is escaped; only the drawings are put in as they are.

mod table;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::clean::clean;
use super::{File, csv};
use crate::chart::Chart;
use crate::report::{Fragment, Grid, Identity, Report};

/// The rules of every fragment.
const SHEET: &str = include_str!("fragment.css");

pub(super) fn files(report: &Report) -> Vec<File> {
    let sheet = sheet();
    let of = |fragment: &Fragment| {
        let chart = report.charts.iter().find(|chart| chart.table == fragment.name)?;
        let writer = Writer { fragment, chart, report, sheet: &sheet };
        let path = |end| format!("charts/{}.{end}", fragment.name);
        let page = clean(&writer.whole().into_string()) + "\n";
        let data = data(&report.identity, fragment);
        Some([File::new(path("html"), page), File::new(path("csv"), data)])
    };
    report.fragments.iter().filter_map(of).flatten().collect()
}

/// The rules without comments and leading spaces.
fn sheet() -> String {
    let rules = SHEET.lines().map(str::trim_start);
    let rules = rules.filter(|line| !line.is_empty() && !line.starts_with("/*"));
    rules.fold(String::new(), |sheet, line| sheet + line + "\n")
}

struct Writer<'a> {
    fragment: &'a Fragment,
    chart: &'a Chart,
    report: &'a Report,
    sheet: &'a str,
}

impl Writer<'_> {
    /// An id that neither another fragment nor the page around it has.
    fn id(&self, end: &str) -> String {
        format!("pollsmith-{}-{}-{end}", self.report.identity.poll, self.fragment.name)
    }

    fn whole(&self) -> Markup {
        let Fragment { heading, marks, notes, grids, labels, name, .. } = self.fragment;
        let title = self.id("title");
        html! {
            (self.comment()) "\n"
            figure class="pollsmith" lang=(self.report.lang) aria-labelledby=(title) {
                style { (PreEscaped(self.sheet)) }
                @for (short, sentence) in marks {
                    p class="pollsmith-mark" { strong { (short) "." } " " (sentence) }
                }
                h3 class="pollsmith-title" id=(title) { (heading) }
                (self.pictures())
                @if !grids.is_empty() { (self.tables(grids)) }
                figcaption {
                    @for note in notes { p { (note) } }
                    p { a href={ (name) ".csv" } { (labels.data) } }
                }
            }
        }
    }

    /// For who pastes it. The words are the program's own: nothing in them ends a comment.
    fn comment(&self) -> PreEscaped<String> {
        let hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(self.sheet)));
        let words = self.fragment.labels.comment.replace("{hash}", &hash);
        PreEscaped(format!("<!-- {words} -->"))
    }

    /// The wide picture is what is seen where the rules do not reach.
    fn pictures(&self) -> Markup {
        html! {
            div class="pollsmith-wide" { (PreEscaped(&self.chart.wide.embedded)) }
            div class="pollsmith-narrow" hidden { (PreEscaped(&self.chart.narrow.embedded)) }
        }
    }

    fn tables(&self, grids: &[Grid]) -> Markup {
        html! {
            details {
                summary { (self.fragment.labels.figures) }
                @for (at, grid) in grids.iter().enumerate() {
                    (table::table(grid, &self.id(&format!("table-{}", at + 1))))
                }
            }
        }
    }
}

/// The records; where figures have none, the tables as they are read.
fn data(poll: &Identity, fragment: &Fragment) -> Vec<u8> {
    if fragment.records.is_empty() {
        table::data(&fragment.grids)
    } else {
        csv::of(poll, &fragment.records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poll::{Poll, Profile, ReportStatus};
    use crate::report::testing::{poll, report, report_of};

    fn text(report: &Report, path: &str) -> String {
        let file = files(report).into_iter().find(|file| file.path == path).expect(path);
        String::from_utf8(file.bytes).expect("text")
    }

    fn ids(html: &str) -> Vec<&str> {
        html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn it_is_a_part_of_a_page_and_can_neither_run_nor_load() {
        let html = text(&report(), "charts/adequate.html");
        assert!(html.starts_with("<!-- ") && html.ends_with("</figure>\n"));
        for forbidden in [
            "<html", "<head", "<body", "<script", "<link", "<img", " style=", "url(", "@import",
        ] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn ids_name_the_poll_and_occur_once_in_all_fragments() {
        let report = report();
        let all = ["adequate", "inspection"]
            .map(|name| text(&report, &format!("charts/{name}.html")));
        let ids: Vec<&str> = all.iter().flat_map(|html| ids(html)).collect();
        assert!(ids.iter().all(|id| id.starts_with("pollsmith-")), "{ids:?}");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn every_class_is_its_own() {
        let html = text(&report(), "charts/adequate.html");
        for class in html.split("class=\"").skip(1) {
            assert!(class.starts_with("pollsmith"), "{}", &class[..20]);
        }
    }

    #[test]
    fn it_has_both_widths_and_the_narrow_one_is_hidden_without_rules() {
        let html = text(&report(), "charts/adequate.html");
        assert!(html.contains("<div class=\"pollsmith-narrow\" hidden>"));
        assert_eq!(html.matches("<svg ").count(), 2);
    }

    #[test]
    fn it_carries_every_mark() {
        let draft = Poll { status: ReportStatus::Draft, ..poll() };
        let html = text(&report_of(&draft).expect("a report"), "charts/adequate.html");
        for mark in ["Synthetic data", "Draft"] {
            assert!(html.contains(&format!("<strong>{mark}.</strong>")), "{mark}");
        }
    }

    #[test]
    fn the_comment_has_the_hash_of_the_rules() {
        let html = text(&report(), "charts/adequate.html");
        let (_, rest) = html.split_once("<style>").expect("rules");
        let (sheet, _) = rest.split_once("</style>").expect("their end");
        let hash = STANDARD.encode(Sha256::digest(sheet));
        assert!(html.contains(&format!("style-src 'sha256-{hash}'")));
        assert_eq!(html.matches("-->").count(), 1);
    }

    #[test]
    fn its_figures_are_rows_of_the_data_file() {
        let report = report();
        let rows = text(&report, "charts/inspection.csv");
        let all = String::from_utf8(csv::bytes(&report)).expect("text");
        assert_eq!(rows.lines().next(), all.lines().next());
        assert_eq!(rows.lines().count(), 1 + 6);
        assert!(rows.lines().all(|row| all.contains(row)));
    }

    #[test]
    fn the_analyst_gets_the_columns_of_the_analyst() {
        let mut report = report();
        report.identity.profile = Profile::Analyst;
        assert!(text(&report, "charts/adequate.csv").contains("verdict,se,df"));
    }

    #[test]
    fn figures_without_records_are_written_as_they_are_read() {
        let mut report = report();
        report.fragments[0].records.clear();
        let rows = text(&report, "charts/adequate.csv");
        assert!(rows.starts_with("table,Answer,Per cent\nPause adequate,Yes,3\n"), "{rows}");
    }
}
