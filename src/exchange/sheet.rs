//! Small CSV files that describe a survey: their text goes in, rows with the numbers of their
//! lines come out. Knows nothing of what the columns mean.

use csv::{ReaderBuilder, StringRecord};

use super::codes;
use crate::diagnostic::{Finding, Place};
use crate::document::Lines;

/// A row, and the line on which it begins.
pub(super) struct Row {
    /// From 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

impl Row {
    /// A cell by its number, from 0; empty if the row is shorter.
    pub(super) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }
}

/// The rows of a file, without empty ones. What is parted by `mark`, a byte order mark and
/// spaces at either end of a cell are taken off.
///
/// # Errors
/// The one finding that a quotation mark is never closed.
pub(super) fn rows(file: &str, text: &str, mark: u8) -> Result<Vec<Row>, Vec<Finding>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .delimiter(mark)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let lines = Lines::new(text);
    let mut rows = Vec::new();
    // The bytes are a text already, so that nothing can go wrong while they are read.
    for record in reader.records().flatten() {
        // The reader's own line is that on which the row before ended.
        let at = record.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let rest = text.get(at..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let (line, _) = lines.position(at + gap);
        let cells: Vec<String> = cells(&record);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    if text.matches('"').count() % 2 == 1 {
        let last = rows.last().map_or(1, |row| row.line);
        let open = Finding::new(&codes::TABLE, "a quotation mark is never closed");
        let help = "close the mark, or double one that belongs to the text";
        return Err(vec![open.at(place(file, last, "")).help(help)]);
    }
    Ok(rows)
}

fn cells(record: &StringRecord) -> Vec<String> {
    record.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The place of a row, or of its cell under a header.
pub(super) fn place(file: &str, line: u64, column: &str) -> Place {
    let column = (!column.is_empty()).then(|| column.to_owned());
    Place { line: Some(line), column, ..Place::file(file) }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_keep_their_lines_and_lose_what_is_around_them() {
        let rows = rows("k.csv", "\u{feff}\"a\n b\" ,c\r\n\r\n d\r\n", b',').expect("rows");
        let seen: Vec<_> = rows.iter().map(|r| (r.line, r.cell(0), r.cell(1))).collect();
        assert_eq!(seen, [(1, "a\n b", "c"), (4, "d", "")]);
    }

    #[test]
    fn an_open_quotation_mark_is_said() {
        let findings = rows("k.csv", "a,b\n\"c,d\n", b',').err().expect("a finding");
        assert_eq!(findings[0].code.id, "S005");
        assert_eq!(findings[0].place.as_ref().and_then(|p| p.line), Some(2));
    }
}
