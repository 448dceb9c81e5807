//! Files: a [`Report`] goes in, a [`Bundle`] of bytes comes out.
//!
//! Each format is one file of this room and one line of `FORMATS`; the manifest and the
//! checksums are made over what they gave. May know the report and the charts in it.
//! Never computes or rounds a figure, never opens a file: `cli` writes the bundle.

mod charts;
mod clean;
mod columns;
mod csv;
mod html;
mod json;
mod manifest;
mod sums;
mod workbook;

use crate::report::Report;

/// Every format. A new one is a line here.
const FORMATS: &[fn(&Report) -> Vec<File>] =
    &[html::files, csv::files, json::files, charts::files, workbook::files];

/// Everything that is published, sorted by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The files.
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the release's folder, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// Writes a report in every format: the same report, the same bytes.
#[must_use]
pub fn bundle(report: &Report) -> Bundle {
    let mut files: Vec<File> = FORMATS.iter().flat_map(|format| format(report)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.push(manifest::file(report, &files));
    files.push(sums::file(&files));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Bundle { files }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    fn paths(bundle: &Bundle) -> Vec<&str> {
        bundle.files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn the_bundle_is_the_contract_and_sorted() {
        assert_eq!(
            paths(&bundle(&report())),
            [
                "SHA256SUMS",
                "charts/adequate-narrow.png",
                "charts/adequate-narrow.svg",
                "charts/adequate.png",
                "charts/adequate.svg",
                "charts/inspection-narrow.png",
                "charts/inspection-narrow.svg",
                "charts/inspection.png",
                "charts/inspection.svg",
                "manifest.json",
                "report.html",
                "results.csv",
                "results.json",
                "tables.xlsx",
            ]
        );
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(bundle(&report()), bundle(&report()));
    }

    #[test]
    fn the_page_links_to_every_file_beside_it() {
        let bundle = bundle(&report());
        let page = bundle.files.iter().find(|f| f.path == "report.html").expect("a page");
        let page = String::from_utf8(page.bytes.clone()).expect("text");
        for path in paths(&bundle).into_iter().filter(|path| *path != "report.html") {
            let name = path.split_once('/').map_or(path, |_| "charts/");
            assert!(page.contains(&format!("href=\"{name}\"")), "{path}");
        }
    }

    #[test]
    fn no_file_has_a_carriage_return() {
        for file in bundle(&report()).files {
            let is_text = std::str::from_utf8(&file.bytes).is_ok();
            assert!(!is_text || !file.bytes.contains(&b'\r'), "{}", file.path);
        }
    }
}
