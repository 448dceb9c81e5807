//! The checksums of the files beside the page, as a table that fits a phone.

use maud::{Markup, html};

use crate::publish::File;
use crate::publish::sums::{lines, sha256};
use crate::report::Sums;

/// Where the files of charts are.
const CHARTS: &str = "charts/";

/// One row for each file, and one for all charts; nothing where there is none.
pub(super) fn table(words: &Sums, files: &[File]) -> Markup {
    if files.is_empty() {
        return Markup::default();
    }
    let (charts, files): (Vec<&File>, Vec<&File>) =
        files.iter().partition(|file| file.path.starts_with(CHARTS));
    html! {
        table #table-files .sums {
            caption { (words.caption) }
            thead { tr { th scope="col" { (words.file) } th scope="col" { (words.hash) } } }
            tbody {
                @for file in files {
                    tr {
                        th scope="row" { a href=(file.path) { (file.path) } }
                        td { (sha256(&file.bytes)) }
                    }
                }
                @if !charts.is_empty() {
                    tr {
                        th scope="row" { a href=(CHARTS) { (CHARTS) } }
                        td { (sha256(lines(charts).as_bytes())) }
                    }
                }
            }
        }
    }
}
