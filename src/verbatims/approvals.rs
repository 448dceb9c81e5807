//! The files in which a person approved texts, row by row.

use std::collections::BTreeMap;

use super::codes;
use crate::diagnostic::{Finding, Place};

const HASH: &str = "hash";
const QUOTE: &str = "quote";
const NOTE: &str = "note";

/// The files of approvals that exist, by the paths that the poll file writes.
#[derive(Clone, Default)]
pub struct Approvals {
    files: BTreeMap<String, (String, String)>,
}

/// A row of a file: one text that may be printed.
pub(super) struct Row {
    pub(super) hash: String,
    /// On one line.
    pub(super) quote: String,
    pub(super) place: Place,
}

impl Row {
    /// Whether the row holds that text; the apostrophe that keeps a spreadsheet from
    /// running a cell is no part of it.
    pub(super) fn is_of(&self, text: &str) -> bool {
        self.quote == text || self.quote.strip_prefix('\'') == Some(text)
    }
}

impl Approvals {
    /// Adds a file: its path as the poll file writes it, its name for messages, its text.
    pub fn add(&mut self, path: &str, name: String, text: String) {
        self.files.insert(path.to_owned(), (name, text));
    }

    /// The rows of a file, or what is wrong with it; none if there is no such file.
    pub(super) fn rows(&self, path: &str) -> Option<Result<Vec<Row>, Vec<Finding>>> {
        self.files.get(path).map(|(name, text)| Table { name }.rows(text))
    }
}

/// The line of a record. The reader stops before blank lines that stand above it.
fn line(text: &str, at: &csv::Position) -> u64 {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    at.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

struct Table<'a> {
    name: &'a str,
}

impl Table<'_> {
    fn rows(&self, text: &str) -> Result<Vec<Row>, Vec<Finding>> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let heads = reader.headers().cloned().unwrap_or_default();
        let (hash, quote) = self.columns(&heads)?;
        let (mut rows, mut wrong): (Vec<Row>, Vec<Finding>) = (Vec::new(), Vec::new());
        // In text that is UTF-8, with rows of any width, no record can fail.
        for record in reader.records().map_while(Result::ok) {
            let place = self.line(record.position().map_or(1, |at| line(text, at)));
            let cell = |field| record.get(field).unwrap_or_default();
            let words: Vec<&str> = cell(quote).split_whitespace().collect();
            let row = Row { hash: cell(hash).trim().to_owned(), quote: words.join(" "), place };
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match self.check(&row, (record.len(), heads.len()), &rows) {
                Some(finding) => wrong.push(finding.at(row.place)),
                None => rows.push(row),
            }
        }
        if wrong.is_empty() { Ok(rows) } else { Err(wrong) }
    }

    fn line(&self, line: u64) -> Place {
        Place { line: Some(line), ..Place::file(self.name) }
    }

    /// The columns of hashes and of texts.
    fn columns(&self, heads: &csv::StringRecord) -> Result<(usize, usize), Vec<Finding>> {
        let column = |name: &str| heads.iter().position(|head| head.trim() == name);
        let wrong = |headline: String, help: &str| {
            Finding::new(&codes::FILE, headline).at(self.line(1)).help(help)
        };
        let mut list = Vec::new();
        for name in [HASH, QUOTE].into_iter().filter(|name| column(name).is_none()) {
            let headline = format!("the file of approvals has no column `{name}`");
            list.push(wrong(
                headline,
                "write the heads `hash,quote`, and copy both of each quote",
            ));
        }
        let known = |head: &str| [HASH, QUOTE, NOTE].contains(&head.trim());
        let unknown = heads.iter().filter(|head| !known(head)).count();
        if unknown > 0 {
            // All candidates, copied whole, are no choice.
            let headline = format!("{unknown} columns of the file of approvals are not known");
            let help = "keep `hash`, `quote` and `note`, and only the rows that may be printed";
            list.push(wrong(headline, help));
        }
        column(HASH).zip(column(QUOTE)).filter(|_| list.is_empty()).ok_or(list)
    }

    /// What is wrong with a row in itself.
    fn check(
        &self,
        row: &Row,
        (cells, heads): (usize, usize),
        before: &[Row],
    ) -> Option<Finding> {
        let wrong = |headline: String, help: &str| {
            Some(Finding::new(&codes::FILE, headline).help(help))
        };
        if cells != heads {
            let headline = format!("the row has {cells} cells, the heads {heads}");
            return wrong(headline, "write quotation marks around a text with a comma in it");
        }
        if row.hash.is_empty() || row.quote.is_empty() {
            let headline = "a row lacks its hash or its text".to_owned();
            return wrong(headline, "copy both from the candidates");
        }
        let first = before.iter().find(|other| other.hash == row.hash)?;
        let line = first.place.line.unwrap_or(1);
        wrong(format!("a text is approved twice, first in line {line}"), "keep one of the rows")
    }
}
