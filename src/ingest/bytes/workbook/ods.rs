//! `OpenDocument` spreadsheets (OASIS, version 1.3, part 3): sheets and cells.
//!
//! Reads cells as they stand in the file, one after the other, and holds one row. Cells
//! and rows that are repeated without content are counted, never filled in: a sheet usually
//! ends in a million of them.

use std::io;

use super::super::trouble::damaged;
use super::super::unpack::PART;
use super::super::zip::Archive;
use super::cell;
use super::xml::{Element, Node, Xml};
use super::{Book, Cell, Listed, Take};

/// More spaces in a row than a cell can hold characters are no honest text.
const SPACES: usize = 32_767;

/// An open spreadsheet.
pub(super) struct Ods<'a> {
    archive: Archive<'a>,
    sheets: Vec<Listed>,
}

/// A cell of the row being read, and the column after its last repetition.
struct Held {
    first: u64,
    beyond: u64,
    text: String,
}

impl<'a> Ods<'a> {
    /// Finds the sheets.
    pub(super) fn open(archive: Archive<'a>) -> io::Result<Self> {
        let mut ods = Self { archive, sheets: Vec::new() };
        let mut xml = ods.content()?;
        let (mut style, mut hiding) = (String::new(), Vec::new());
        while let Some(node) = xml.next()? {
            let Node::Open(element) = node else { continue };
            match element.name() {
                "style:style" => style = text(&element, "style:name")?,
                "style:table-properties" if text(&element, "table:display")? == "false" => {
                    hiding.push(style.clone());
                }
                "table:table" => {
                    let hidden = hiding.contains(&text(&element, "table:style-name")?);
                    let name = text(&element, "table:name")?;
                    ods.sheets.push(Listed { name, hidden });
                }
                _ => {}
            }
        }
        Ok(ods)
    }

    fn content(&mut self) -> io::Result<Xml<'a>> {
        let part = self.archive.read("content.xml", PART)?;
        part.map(Xml::new).ok_or_else(|| damaged("its content is missing"))
    }
}

impl Book for Ods<'_> {
    fn sheets(&self) -> &[Listed] {
        &self.sheets
    }

    fn cells(&mut self, sheet: usize, take: &mut Take<'_>) -> io::Result<()> {
        let mut xml = self.content()?;
        let (mut tables, mut row) = (0, 1_u64);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if element.name() == "table:table" => tables += 1,
                Node::Open(element)
                    if element.name() == "table:table-row" && tables > sheet =>
                {
                    let times = times(&element, "table:number-rows-repeated")?;
                    drop(element);
                    let cells = self::row(&mut xml)?;
                    if give(&cells, row, times, take)?.is_break() {
                        return Ok(());
                    }
                    row = row.saturating_add(times);
                }
                Node::Close(end) if end.name() == "table:table" && tables > sheet => {
                    return Ok(());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Gives a row as often as it is repeated.
fn give(
    cells: &[Held],
    first: u64,
    times: u64,
    take: &mut Take<'_>,
) -> io::Result<std::ops::ControlFlow<()>> {
    let rows = if cells.is_empty() { 0 } else { times };
    for row in first..first.saturating_add(rows) {
        for held in cells {
            for column in held.first..held.beyond {
                let outcome = take(Cell { row, column, text: &held.text })?;
                if outcome.is_break() {
                    return Ok(outcome);
                }
            }
        }
    }
    Ok(std::ops::ControlFlow::Continue(()))
}

/// The cells with content of a row that has just begun, up to its end.
fn row(xml: &mut Xml<'_>) -> io::Result<Vec<Held>> {
    let (mut cells, mut column) = (Vec::new(), 1_u64);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => {
                let times = times(&element, "table:number-columns-repeated")?;
                let covered = element.name() == "table:covered-table-cell";
                if element.name() != "table:table-cell" && !covered {
                    drop(element);
                    xml.skip()?;
                    continue;
                }
                let value = value(&element)?;
                drop(element);
                let shown = paragraphs(xml)?;
                let (first, beyond) = (column, column.saturating_add(times));
                let text = value.unwrap_or(shown);
                if !text.is_empty() && !covered {
                    cells.push(Held { first, beyond, text });
                }
                column = beyond;
            }
            Node::Close(end) if end.name() == "table:table-row" => break,
            _ => {}
        }
    }
    Ok(cells)
}

/// The value of a cell, if it is more than what it shows. A formula that failed has the
/// value 0, and shows its error.
fn value(cell: &Element<'_>) -> io::Result<Option<String>> {
    if cell.attribute("calcext:value-type")?.is_some_and(|kind| kind == "error") {
        return Ok(None);
    }
    let name = match text(cell, "office:value-type")?.as_str() {
        "float" | "percentage" | "currency" => "office:value",
        "date" => "office:date-value",
        "time" => "office:time-value",
        "boolean" => "office:boolean-value",
        "string" => "office:string-value",
        _ => return Ok(None),
    };
    let Some(written) = cell.attribute(name)? else { return Ok(None) };
    Ok(Some(match name {
        "office:value" => match written.parse::<f64>() {
            Ok(value) if value.is_finite() => cell::number(value),
            _ => written.into_owned(),
        },
        "office:date-value" => cell::iso(&written),
        "office:time-value" => cell::iso_length(&written),
        "office:boolean-value" => cell::truth(written == "true").to_owned(),
        _ => written.into_owned(),
    }))
}

/// What a cell that has just begun shows, up to its end: its paragraphs as lines. Comments
/// and pictures are no part of it.
fn paragraphs(xml: &mut Xml<'_>) -> io::Result<String> {
    let (mut shown, mut lines, mut inside) = (String::new(), 0, false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) => match element.name() {
                "text:p" => {
                    shown += if lines > 0 { "\n" } else { "" };
                    (lines, inside) = (lines + 1, true);
                }
                "text:s" => {
                    let count = usize::try_from(times(&element, "text:c")?).unwrap_or(SPACES);
                    shown += &" ".repeat(count.min(SPACES));
                }
                "text:tab" => shown.push('\t'),
                "text:line-break" => shown.push('\n'),
                "text:span" | "text:a" => {}
                _ => {
                    drop(element);
                    xml.skip()?;
                }
            },
            Node::Close(end) if end.name() == "text:p" => inside = false,
            Node::Close(end) if end.name().ends_with("table-cell") => break,
            Node::Text(text) if inside => shown += &text,
            _ => {}
        }
    }
    Ok(shown)
}

/// How often something is repeated; once if nothing is said.
fn times(element: &Element<'_>, name: &str) -> io::Result<u64> {
    match element.attribute(name)? {
        Some(number) => number.parse().map_err(|_| damaged("a repetition has no number")),
        None => Ok(1),
    }
}

fn text(element: &Element<'_>, name: &str) -> io::Result<String> {
    Ok(element.attribute(name)?.unwrap_or_default().into_owned())
}
