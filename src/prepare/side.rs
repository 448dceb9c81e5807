//! Files beside the data, such as targets and the frame: their texts go in, sheets of cells
//! with their places come out.
//!
//! May know `diagnostic`. Never opens a file, and never says what a cell means.

use indexmap::IndexMap;

use super::codes;
use crate::diagnostic::{Finding, Findings, Place};

/// The texts of the files that the poll names besides its data.
#[derive(Clone, Debug, Default)]
pub struct Side {
    files: IndexMap<String, File>,
}

/// One file.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Its name, for messages.
    pub(super) name: String,
    text: String,
}

impl Side {
    /// Adds a file: its path as the poll file writes it, its name for messages, its text.
    pub fn add(&mut self, path: &str, name: String, text: String) {
        self.files.insert(path.to_owned(), File { name, text });
    }

    /// The cells of a file; none if it has no table, which is then said.
    pub(super) fn sheet(&self, path: &str, findings: &mut Findings) -> Option<Sheet<'_>> {
        let Some(file) = self.files.get(path) else {
            let finding = Finding::new(&codes::SHEET, "the file was not read");
            findings.push(finding.at(Place::file(path)).help("correct the path"));
            return None;
        };
        Sheet::read(file).map_err(|finding| findings.push(*finding)).ok()
    }
}

/// The cells of a file with one row of headers.
#[derive(Clone, Debug)]
pub(super) struct Sheet<'a> {
    file: &'a str,
    /// The headers.
    pub(super) headers: Vec<String>,
    /// The rows below, each with as many cells as there are headers.
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its line in the file.
    pub(super) line: u64,
    /// Its cells, without spaces around them.
    pub(super) cells: Vec<String>,
}

impl<'a> Sheet<'a> {
    fn read(file: &'a File) -> Result<Self, Box<Finding>> {
        let text = file.text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| Box::new(broken(file, &error)))?;
            let line = record.position().map_or(1, csv::Position::line);
            rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
        }
        let empty = |row: &Row| row.cells.iter().all(String::is_empty);
        rows.retain(|row| !empty(row));
        if rows.len() < 2 {
            let finding = Finding::new(&codes::SHEET, "the file has no rows below its headers");
            let help = "write one row for each group, below a row of headers";
            return Err(Box::new(finding.at(Place::file(&file.name)).help(help)));
        }
        let headers = rows.remove(0).cells;
        let sheet = Self { file: &file.name, headers, rows };
        sheet.check_width()?;
        Ok(sheet)
    }

    fn check_width(&self) -> Result<(), Box<Finding>> {
        let width = self.headers.len();
        let Some(row) = self.rows.iter().find(|row| row.cells.len() != width) else {
            return Ok(());
        };
        let headline = format!("the row has {} cells, the headers {width}", row.cells.len());
        let place = Place { line: Some(row.line), ..Place::file(self.file) };
        let help = "write a comma between cells, and quotation marks around a cell that has \
                    a comma in it";
        Err(Box::new(Finding::new(&codes::SHEET, headline).at(place).help(help)))
    }

    /// The column with that header.
    pub(super) fn column(&self, header: &str) -> Option<usize> {
        self.headers.iter().position(|name| name == header)
    }

    /// Where a cell stands.
    pub(super) fn place(&self, row: &Row, field: usize) -> Place {
        Place { line: Some(row.line), ..self.heading(field) }
    }

    /// Where a header stands.
    pub(super) fn heading(&self, field: usize) -> Place {
        Place {
            line: Some(1),
            column: self.headers.get(field).cloned(),
            field: Some(field as u64 + 1),
            ..Place::file(self.file)
        }
    }
}

fn broken(file: &File, error: &csv::Error) -> Finding {
    let line = error.position().map(csv::Position::line);
    Finding::new(&codes::SHEET, "the file is no table in CSV")
        .at(Place { line, ..Place::file(&file.name) })
        .because(error.to_string())
        .help("save it as CSV, UTF-8, with commas between cells")
}
