//! The checksums of the files beside the page, as a table that fits a phone.

use maud::{Markup, html};

use crate::publish::File;
use crate::publish::sums::sha256;
use crate::report::Sums;

/// One row for each file; nothing where there is none.
pub(super) fn table(words: &Sums, files: &[File]) -> Markup {
    if files.is_empty() {
        return Markup::default();
    }
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
            }
        }
    }
}
