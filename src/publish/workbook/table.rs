//! A named table with one row of heads and without a look of its own.

use rust_xlsxwriter::{Format, Table, TableColumn, TableStyle};

use super::format::Formats;
use super::pen::{Done, Pen, cut};
use super::{line, size};
use crate::report::{Cell, Listed};

/// The most characters that the head of a table's column may hold.
const LONGEST_HEAD: usize = 255;

pub(super) fn write(pen: &mut Pen<'_>, first: u32, listed: &Listed, title: &str) -> Done {
    let looks: Vec<_> =
        (0..listed.heads.len()).map(|at| look(pen.formats, listed, at)).collect();
    pen.height(first, size::heads(&listed.heads, &pen.widths))?;
    for (row, cells) in (first + 1..).zip(&listed.rows) {
        pen.height(row, size::row(cells, &pen.widths))?;
        for ((column, cell), (look, _)) in (0..).zip(cells).zip(&looks) {
            pen.cell((row, column), cell, look)?;
        }
    }
    // On every printed page.
    pen.to.set_repeat_rows(first, first)?.set_repeat_columns(0, 0)?;
    let table = table(listed, title, looks.into_iter().map(|(_, head)| head));
    let last_row = first + u32::try_from(listed.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(listed.heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
    pen.to.add_table(first, 0, last_row, last_column, &table).map(|_| ())
}

/// How the cells and the head of a column look.
fn look<'f>(formats: &'f Formats, listed: &Listed, column: usize) -> (&'f Format, &'f Format) {
    let number = |row: &Vec<Cell>| matches!(row.get(column), Some(Cell::Number(_)));
    match column {
        0 => (&formats.words, &formats.head),
        _ if listed.rows.iter().any(number) => (&formats.number, &formats.number_head),
        _ => (&formats.word, &formats.word_head),
    }
}

/// The table with its heads and its name.
fn table<'f>(listed: &Listed, title: &str, looks: impl Iterator<Item = &'f Format>) -> Table {
    let heads = heads(&listed.heads).into_iter().zip(looks);
    let columns =
        heads.map(|(head, look)| TableColumn::new().set_header(head).set_header_format(look));
    Table::new()
        .set_name(&listed.name)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(false)
        .set_columns(&columns.collect::<Vec<_>>())
        .set_alt_text_title(cut(&line(title), LONGEST_HEAD))
        .set_alt_text(line(&listed.description))
}

/// The heads of a table's columns, on one line each and no two alike: the form of a named
/// table wants it so.
fn heads(heads: &[String]) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for head in heads {
        let wish = cut(&line(head), LONGEST_HEAD);
        let numbered = (2..).map(|number: u32| {
            let end = format!(" ({number})");
            cut(&wish, LONGEST_HEAD - end.len()) + &end
        });
        let is_given =
            |name: &str| given.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let mut names = [wish.clone()].into_iter().chain(numbered);
        let name = names.find(|name| !name.is_empty() && !is_given(name));
        given.extend(name);
    }
    given
}
