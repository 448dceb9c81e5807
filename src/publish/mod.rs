//! Files: a [`Report`] goes in, a [`Bundle`] of bytes comes out.
//!
//! Each format is one file of this room and one line of `FORMATS`; the manifest and the
//! checksums are made over what they gave. May know the report and the charts in it.
//! Never computes or rounds a figure, never opens a file: `cli` writes the bundle.

mod charts;
mod clean;
mod columns;
mod comparisons;
mod csv;
mod fragment;
mod html;
mod json;
mod makeup;
mod manifest;
mod schema;
mod sums;
mod workbook;

use crate::parallel::in_parallel;
use crate::poll::Profile;
use crate::report::Report;

pub use schema::json_schema;

/// Every format but the page, which lists the files of the others. A new one is a line here.
/// The workbook takes as long as all others, so it comes first: another thread writes them
/// meanwhile.
const FORMATS: &[fn(&Report) -> Vec<File>] =
    &[workbook::files, charts::files, fragment::files, json::files, csv::files];

/// Formats that the analyst has besides.
const ANALYST: &[fn(&Report) -> Vec<File>] = &[comparisons::files];

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

/// Writes a report in every format: the same report, the same bytes, with any number of
/// threads.
///
/// `records` gives the files with a row for each respondent. They are asked for in profile
/// `analyst` alone, and nothing else in the program adds them to a bundle.
#[must_use]
pub fn bundle(
    report: &Report,
    threads: usize,
    records: impl FnOnce() -> Vec<(&'static str, Vec<u8>)>,
) -> Bundle {
    let files = in_parallel(FORMATS, threads, |format| format(report));
    let mut files: Vec<File> = files.into_iter().flatten().collect();
    if report.identity.profile == Profile::Analyst {
        files.extend(ANALYST.iter().flat_map(|format| format(report)));
        files.extend(records().into_iter().map(|(path, bytes)| File::new(path, bytes)));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.push(html::file(report, &files));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.push(manifest::file(report, &files));
    files.push(sums::file(&files));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Bundle { files }
}

/// The figures of a report alone, as `results.csv` and as `results.json`.
#[must_use]
pub fn results(report: &Report) -> (Vec<u8>, Vec<u8>) {
    (csv::bytes(report), json::bytes(report))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    /// The bundle of a report that nobody's record may enter.
    fn bundle(report: &Report) -> Bundle {
        super::bundle(report, 2, || panic!("records are asked for"))
    }

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
                "charts/adequate.csv",
                "charts/adequate.html",
                "charts/adequate.png",
                "charts/adequate.svg",
                "charts/inspection-narrow.png",
                "charts/inspection-narrow.svg",
                "charts/inspection.csv",
                "charts/inspection.html",
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
    fn records_are_for_the_analyst_alone() {
        let files = |profile| {
            let mut report = report();
            report.identity.profile = profile;
            super::bundle(&report, 1, || vec![("data.csv", b"records".to_vec())])
        };
        let analyst = files(Profile::Analyst);
        for name in ["comparisons.csv", "data.csv"] {
            assert!(paths(&analyst).contains(&name), "{name}");
        }
        for profile in [Profile::Public, Profile::Officers] {
            let files = files(profile).files;
            assert!(files.iter().all(|f| f.path != "data.csv" && f.path != "comparisons.csv"));
            assert!(files.iter().all(|file| !file.bytes.ends_with(b"records")));
        }
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
    fn the_page_has_the_hash_of_every_file_but_those_that_hold_its_own_and_one_of_charts() {
        let bundle = bundle(&report());
        let page = bundle.files.iter().find(|f| f.path == "report.html").expect("a page");
        let page = String::from_utf8(page.bytes.clone()).expect("text");
        let of_charts = |file: &&File| file.path.starts_with("charts/");
        let (charts, others): (Vec<&File>, Vec<&File>) =
            bundle.files.iter().partition(|file| of_charts(file));
        assert!(page.contains(&sums::sha256(sums::lines(charts).as_bytes())));
        for file in others {
            let listed = page.contains(&sums::sha256(&file.bytes));
            let holds = ["report.html", "manifest.json", "SHA256SUMS"];
            assert_eq!(listed, !holds.contains(&file.path.as_str()), "{}", file.path);
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
