//! A workbook goes in, the CSV text of one of its sheets comes out.
//!
//! Cells with commas, quotation marks or line breaks are quoted, rows end in `\n`. Rows and
//! columns before the first cell with content and after the last are left out, so that
//! the [`Sheet`] says where the text begins; an empty row between others is an empty line.
//! Sheets are read cell by cell: only the text is held.

mod cell;
mod ods;
#[cfg(test)]
mod tests;
mod xlsx;
mod xml;

use std::io;
use std::ops::ControlFlow;

use super::super::codes::EMPTY;
use super::trouble::{Trouble, damaged, refusal};
use super::zip::Archive;
use super::{Delivery, codes};
use crate::diagnostic::Finding;
use crate::document::nearest;

use ods::Ods;
use xlsx::Xlsx;

/// How many bytes the text of a sheet may have, a thousand for each row of the largest one.
const LARGEST: usize = 1 << 30;

/// How large a sheet is at most, in all usual programs.
const ROWS: u64 = 1 << 20;
const COLUMNS: u64 = 1 << 14;

/// Which program's form a workbook has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Kind {
    /// Excel 2007 and later.
    Xlsx,
    /// `OpenDocument`, as `LibreOffice` writes it.
    Ods,
}

/// The sheet that is read, and where its cells are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Sheet {
    /// Its name.
    pub(in crate::ingest) name: String,
    /// The form of the workbook, whatever the name of the file.
    pub(in crate::ingest) kind: Kind,
    /// The row with which the text begins, as a spreadsheet shows it.
    pub(in crate::ingest) first_row: u64,
    /// The column with which it begins, from 1.
    pub(in crate::ingest) first_column: u64,
    /// The last column with content, from 1.
    last_column: u64,
    /// Its place among the sheets.
    index: usize,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
}

impl Listed {
    fn name(&self) -> &str {
        &self.name
    }
}

/// A cell, with row and column from 1.
struct Cell<'c> {
    row: u64,
    column: u64,
    text: &'c str,
}

/// What is done with each cell; may say that it has seen enough.
type Take<'t> = dyn FnMut(Cell<'_>) -> io::Result<ControlFlow<()>> + 't;

/// An open workbook.
trait Book {
    /// Its sheets, in their order.
    fn sheets(&self) -> &[Listed];

    /// Gives the cells of a sheet, as they stand in the file.
    fn cells(&mut self, sheet: usize, take: &mut Take<'_>) -> io::Result<()>;
}

fn open(archive: Archive<'_>, kind: Kind) -> io::Result<Box<dyn Book + '_>> {
    Ok(match kind {
        Kind::Xlsx => Box::new(Xlsx::open(archive)?),
        Kind::Ods => Box::new(Ods::open(archive)?),
    })
}

/// Finds the sheet that holds the answers: the one that is declared, or the only one that
/// has content and is not hidden.
pub(super) fn choose(
    archive: Archive<'_>,
    kind: Kind,
    declared: Option<&str>,
) -> Result<Sheet, Box<Finding>> {
    let mut book = open(archive, kind).map_err(refusal)?;
    let index = match declared {
        Some(name) => named(book.sheets(), name)?,
        None => only(book.as_mut())?,
    };
    let name = book.sheets().get(index).map(|sheet| sheet.name.clone()).unwrap_or_default();
    let sheet = measure(book.as_mut(), index, kind, &name);
    sheet.map_err(refusal)?.ok_or_else(|| {
        Finding::new(&EMPTY, format!("the sheet `{name}` is empty"))
            .help("check that the export was complete, or declare another `sheet`")
            .into()
    })
}

fn named(sheets: &[Listed], name: &str) -> Result<usize, Box<Finding>> {
    if let Some(index) = sheets.iter().position(|sheet| sheet.name == name) {
        return Ok(index);
    }
    let names = || sheets.iter().map(Listed::name);
    let finding = Finding::new(&codes::SHEET, format!("the workbook has no sheet `{name}`"))
        .because(format!("its sheets are {}", listed(names())));
    let help = match nearest(name, names()) {
        Some(nearest) => format!("write `sheet = \"{nearest}\"` in `[source]`"),
        None => "correct `sheet` in `[source]`".to_owned(),
    };
    Err(finding.help(help).into())
}

/// The only sheet with content.
fn only(book: &mut dyn Book) -> Result<usize, Box<Finding>> {
    let mut full = Vec::new();
    for index in 0..book.sheets().len() {
        let shown = book.sheets().get(index).is_some_and(|sheet| !sheet.hidden);
        if shown && has_content(book, index).map_err(refusal)? {
            full.push(index);
        }
    }
    let finding = match full.as_slice() {
        [only] => return Ok(*only),
        [] => Finding::new(&EMPTY, "the workbook has no sheet with content")
            .because("empty and hidden sheets do not count")
            .help("check that the export was complete; declare `sheet` if it is hidden"),
        several => {
            let names =
                || several.iter().filter_map(|i| book.sheets().get(*i)).map(Listed::name);
            let first = names().next().unwrap_or_default();
            Finding::new(&codes::SHEETS, "the workbook has several sheets with content")
                .because(format!("they are {}", listed(names())))
                .help(format!("choose one in `[source]`, as in `sheet = \"{first}\"`"))
        }
    };
    Err(finding.into())
}

/// Names in backticks.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn has_content(book: &mut dyn Book, sheet: usize) -> io::Result<bool> {
    let mut found = false;
    walk(book, sheet, &mut |_| {
        found = true;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

/// Where the content of a sheet is; none if there is no content.
fn measure(
    book: &mut dyn Book,
    index: usize,
    kind: Kind,
    name: &str,
) -> io::Result<Option<Sheet>> {
    let mut found: Option<Sheet> = None;
    let (mut rows, mut last) = (0, 0);
    walk(book, index, &mut |cell| {
        rows += u64::from(cell.row != last);
        last = cell.row;
        let sheet = found.get_or_insert_with(|| Sheet {
            name: name.to_owned(),
            kind,
            first_row: cell.row,
            first_column: cell.column,
            last_column: cell.column,
            index,
        });
        sheet.first_column = sheet.first_column.min(cell.column);
        sheet.last_column = sheet.last_column.max(cell.column);
        Ok(ControlFlow::Continue(()))
    })?;
    let commas = found.as_ref().map_or(0, |s| rows * (s.last_column - s.first_column));
    if commas > LARGEST as u64 { Err(too_large()) } else { Ok(found) }
}

/// Gives the cells that have content, and sees to it that they come row by row, from left
/// to right, within the bounds of a sheet, and are not more than it can hold.
fn walk(book: &mut dyn Book, sheet: usize, take: &mut Take<'_>) -> io::Result<()> {
    let (mut last, mut size) = ((0, 0), 0_usize);
    book.cells(sheet, &mut |cell| {
        if cell.text.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        if (cell.row, cell.column) <= last || cell.column == 0 {
            return Err(damaged("its cells are not in order"));
        }
        if cell.row > ROWS || cell.column > COLUMNS {
            return Err(damaged("a cell lies outside of the largest sheet there is"));
        }
        last = (cell.row, cell.column);
        size = size.saturating_add(cell.text.len() + 1);
        if size > LARGEST {
            return Err(too_large());
        }
        take(cell)
    })
}

fn too_large() -> io::Error {
    Trouble::Bomb("the sheet has more text than a sheet of answers can have").into()
}

/// The text of a sheet.
///
/// # Errors
/// [`Trouble`] if the workbook is damaged or the text is too large.
pub(super) fn text(delivery: &dyn Delivery, sheet: &Sheet) -> io::Result<Vec<u8>> {
    let mut book = open(Archive::open(delivery)?, sheet.kind)?;
    let mut csv = Csv { text: String::new(), sheet, row: sheet.first_row, column: None };
    walk(book.as_mut(), sheet.index, &mut |cell| {
        csv.cell(&cell);
        Ok(ControlFlow::Continue(()))
    })?;
    csv.end_row();
    Ok(csv.text.into_bytes())
}

/// A text that is being written.
struct Csv<'s> {
    text: String,
    sheet: &'s Sheet,
    row: u64,
    /// The last column that was written in this row.
    column: Option<u64>,
}

impl Csv<'_> {
    fn cell(&mut self, cell: &Cell<'_>) {
        while self.row < cell.row {
            self.end_row();
        }
        let before = self.column.unwrap_or(self.sheet.first_column);
        self.commas(before, cell.column);
        self.column = Some(cell.column);
        self.push(cell.text);
    }

    /// Ends a row: as wide as all others, or an empty line.
    fn end_row(&mut self) {
        if let Some(column) = self.column.take() {
            self.commas(column, self.sheet.last_column);
        }
        self.text.push('\n');
        self.row += 1;
    }

    fn commas(&mut self, from: u64, to: u64) {
        self.text.extend((from..to).map(|_| ','));
    }

    /// A cell, quoted if it must be (RFC 4180).
    fn push(&mut self, cell: &str) {
        if cell.contains(['"', ',', '\n', '\r']) {
            self.text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
        } else {
            self.text += cell;
        }
    }
}
