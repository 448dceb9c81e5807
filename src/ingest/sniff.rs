//! What a file is, from its first bytes: not a guess at its encoding, but a refusal of what
//! is plainly something else, and the choice of a delimiter.

use csv::ReaderBuilder;

use super::codes;
use crate::diagnostic::Finding;

/// How many bytes are looked at.
pub(super) const SAMPLE: usize = 64 * 1024;

/// The mark that some programs write before UTF-8 text.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// First bytes of files that are no CSV, and what they are.
const FOREIGN: [(&[u8], &str); 8] = [
    (b"PK\x03\x04", "a workbook or a zip archive"),
    (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x89PNG", "a picture"),
];

/// Says why a file is not a UTF-8 CSV, if its first bytes show it.
pub(super) fn refuse(sample: &[u8]) -> Option<Finding> {
    let starts = |mark: &[u8]| {
        sample.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    if sample.is_empty() {
        let finding = Finding::new(&codes::EMPTY, "the file is empty");
        return Some(finding.help("check that the export was complete"));
    }
    if let Some((_, what)) = FOREIGN.iter().find(|(mark, _)| starts(mark)) {
        return Some(
            Finding::new(&codes::NOT_CSV, format!("the file is {what}, not a CSV"))
                .because("its first bytes say so, whatever its name is")
                .help("export the answers as CSV; in Excel: Save As, `CSV UTF-8`"),
        );
    }
    if starts(b"\xFF\xFE") || starts(b"\xFE\xFF") {
        return Some(
            Finding::new(&codes::ENCODING, "the file is UTF-16 text, not UTF-8")
                .because("it begins with the mark of that encoding")
                .help("export again as UTF-8; in Excel: Save As, `CSV UTF-8`"),
        );
    }
    if sample.contains(&0) {
        return Some(
            Finding::new(&codes::NOT_CSV, "the file holds binary data, not a CSV")
                .because("text has no zero bytes")
                .help("export the answers as CSV"),
        );
    }
    None
}

/// What stands between cells: of the usual marks, the one that splits the first row into
/// most headers that `known` knows, then into most cells.
pub(super) fn delimiter(sample: &[u8], known: impl Fn(&str) -> bool) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(sample);
        let first = reader.byte_records().next();
        let Some(Ok(first)) = first else { return (0, 0) };
        let found = first.iter().filter(|c| known(&String::from_utf8_lossy(c))).count();
        (found, first.len())
    };
    let mut best = (b',', score(b','));
    for candidate in [b';', b'\t', b'|'] {
        let reached = score(candidate);
        if reached > best.1 {
            best = (candidate, reached);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::{delimiter, refuse};

    #[test]
    fn the_delimiter_is_the_one_that_gives_known_headers() {
        let known = |h: &str| matches!(h, "id" | "a, or b" | "c");
        assert_eq!(delimiter(b"id;a, or b;c\n1;2;3\n", known), b';');
        assert_eq!(delimiter(b"id,\"a, or b\",c\n", known), b',');
        assert_eq!(delimiter(b"x\ty\tz\n", known), b'\t');
        assert_eq!(delimiter(b"alone\n", known), b',');
    }

    #[test]
    fn other_files_are_named() {
        let said = |bytes: &[u8]| refuse(bytes).map(|f| f.headline);
        assert_eq!(
            said(b"PK\x03\x04...").as_deref(),
            Some("the file is a workbook or a zip archive, not a CSV")
        );
        assert_eq!(
            said(b"<!doctype html>").as_deref(),
            Some("the file is a web page, not a CSV")
        );
        assert_eq!(
            said(b"\xFF\xFEi\0d\0").as_deref(),
            Some("the file is UTF-16 text, not UTF-8")
        );
        assert_eq!(said(b"").as_deref(), Some("the file is empty"));
        assert_eq!(said(b"id,a\n1,2\n"), None);
    }
}
