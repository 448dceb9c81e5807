//! A worksheet: title, sentences, table, all from the first column.
//!
//! The table is a named one with heads and without a look of its own. No cell is merged,
//! filled or coloured, nothing is frozen or filtered, and the cursor stands at the start.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle, Url, Worksheet, XlsxError};

use super::format::Formats;
use super::{line, size};
use crate::publish::clean::clean;
use crate::report::{Above, Body, Cell, Listed, Sheet};

/// The most characters that a cell may hold.
const LONGEST_TEXT: usize = 32_767;

/// The paper, by its number in the format.
const A4: u8 = 9;

/// The most characters that the head of a table's column may hold.
const LONGEST_HEAD: usize = 255;

pub(super) fn write(
    to: &mut Worksheet,
    sheet: &Sheet,
    formats: &Formats,
) -> Result<(), XlsxError> {
    to.set_name(&sheet.name)?.set_landscape().set_paper_size(A4);
    let widths = size::widths(sheet);
    for (column, width) in (0..).zip(&widths) {
        to.set_column_width(column, u32::try_from(*width).unwrap_or(u32::MAX))?;
    }
    to.write_string_with_format(0, 0, text(&line(&sheet.title)), &formats.title)?;
    let banner = matches!(sheet.body, Body::Banner(_));
    let sentence = if banner { &formats.plain } else { &formats.words };
    let mut row = 1;
    for above in &sheet.above {
        // Beside a banner nothing stands in the way of a long line.
        if !banner {
            to.set_row_height(row, size::above(above, &widths))?;
        }
        match above {
            Above::Words(words) => words_at(to, (row, 0), words, sentence)?,
            Above::Heading(words) => words_at(to, (row, 0), words, &formats.heading)?,
            Above::Link(words, sheet) => link(to, (row, 0), words, sheet, formats)?,
        }
        row += 1;
    }
    match &sheet.body {
        Body::Empty => Ok(()),
        Body::Listed(listed) => table(to, row, listed, (&sheet.title, &widths), formats),
        Body::Banner(banner) => super::banner::write(to, row, banner, &widths, formats),
    }
}

fn table(
    to: &mut Worksheet,
    first: u32,
    listed: &Listed,
    (title, widths): (&str, &[usize]),
    formats: &Formats,
) -> Result<(), XlsxError> {
    to.set_print_fit_to_pages(1, 0)
        .set_row_height(first, size::heads(&listed.heads, widths))?;
    for (row, cells) in (first + 1..).zip(&listed.rows) {
        to.set_row_height(row, size::row(cells, widths))?;
        for (column, cell) in (0..).zip(cells) {
            let right = numbers(listed, usize::from(column));
            let format = if right { &formats.word } else { &formats.words };
            self::cell(to, (row, column), cell, format, formats)?;
        }
    }
    mark_up(to, first, listed, title, formats)
}

/// Writes the heads and makes the cells a named table.
fn mark_up(
    to: &mut Worksheet,
    first: u32,
    listed: &Listed,
    title: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let heads = heads(&listed.heads);
    let columns = heads.iter().enumerate().map(|(at, head)| {
        let format = if numbers(listed, at) { &formats.number_head } else { &formats.head };
        TableColumn::new().set_header(head).set_header_format(format)
    });
    let table = Table::new()
        .set_name(&listed.name)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(false)
        .set_columns(&columns.collect::<Vec<_>>())
        .set_alt_text_title(cut(&line(title), LONGEST_HEAD))
        .set_alt_text(line(&listed.description));
    let last_row = first + u32::try_from(listed.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    to.add_table(first, 0, last_row, last_column, &table).map(|_| ())
}

/// Row and column, from 0.
type At = (u32, u16);

fn cell(
    to: &mut Worksheet,
    at: At,
    cell: &Cell,
    format: &Format,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Words(words) => words_at(to, at, words, format),
        Cell::Link(words, sheet) => link(to, at, words, sheet, formats),
        Cell::Number(number) => {
            let format = formats.number(number);
            to.write_number_with_format(at.0, at.1, number.value, &format).map(|_| ())
        }
    }
}

/// Words as words: what looks like a formula or an address stays as it is written.
pub(super) fn words_at(
    to: &mut Worksheet,
    at: At,
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    to.write_string_with_format(at.0, at.1, text(words), format).map(|_| ())
}

fn link(
    to: &mut Worksheet,
    at: At,
    words: &str,
    sheet: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let url = Url::new(format!("internal:'{sheet}'!A1")).set_text(text(words));
    to.write_url_with_format(at.0, at.1, url, &formats.link).map(|_| ())
}

/// The heads of a table's columns, on one line each and no two alike: the form of a named
/// table wants it so.
fn heads(heads: &[String]) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for head in heads {
        let wish = cut(&line(head), LONGEST_HEAD);
        let mut name = wish.clone();
        let mut number = 1;
        let is = |name: &str, other: &String| other.to_lowercase() == name.to_lowercase();
        while name.is_empty() || given.iter().any(|other| is(&name, other)) {
            number += 1;
            let end = format!(" ({number})");
            name = cut(&wish, LONGEST_HEAD - end.len()) + &end;
        }
        given.push(name);
    }
    given
}

/// Whether a column holds numbers.
fn numbers(listed: &Listed, column: usize) -> bool {
    listed.rows.iter().any(|row| matches!(row.get(column), Some(Cell::Number(_))))
}

/// Words that fit into a cell.
fn text(words: &str) -> String {
    cut(&clean(words), LONGEST_TEXT)
}

/// Words of at most so many characters, as spreadsheets count them (UTF-16); cut ones end
/// in dots.
fn cut(words: &str, longest: usize) -> String {
    if words.encode_utf16().count() <= longest {
        return words.to_owned();
    }
    let mut room = longest - 1;
    let kept = words.chars().take_while(|c| {
        let fits = room >= c.len_utf16();
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    kept.chain(['…']).collect()
}
