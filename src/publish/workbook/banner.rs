//! The analyst's table: banners over their groups, frozen, with letters below figures.
//!
//! Titles of banners stand across their columns without merging them, so that columns can
//! still be sorted and copied.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::format::Formats;
use super::sheet::{At, cell, words_at};
use super::size;
use crate::report::{Banner, BannerLine, Cell, RowKind};

pub(super) fn write(
    to: &mut Worksheet,
    first: u32,
    banner: &Banner,
    widths: &[usize],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let head = first + u32::try_from(banner.spans.len()).unwrap_or(u32::MAX);
    spans(to, first, banner, formats)?;
    heads(to, head, banner, widths, formats)?;
    // The heads, the letters and the first column stay in sight.
    to.set_freeze_panes(head + 2, 1)?;
    to.set_repeat_rows(first, head + 1)?.set_repeat_columns(0, 0)?;
    let mut row = head + 2;
    for line in &banner.lines {
        self::line(to, row, line, widths, formats)?;
        row += 1;
    }
    for words in &banner.below {
        words_at(to, (row, 0), words, &formats.plain)?;
        row += 1;
    }
    Ok(())
}

/// Each title in its first column, with the others of its span blank beside it.
fn spans(
    to: &mut Worksheet,
    first: u32,
    banner: &Banner,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (row, spans) in (first..).zip(&banner.spans) {
        for span in spans {
            for at in span.columns.clone() {
                let at = (row, column(at));
                if at.1 == column(span.columns.start) {
                    words_at(to, at, &span.text, &formats.span)?;
                } else {
                    to.write_blank(at.0, at.1, &formats.span)?;
                }
            }
        }
    }
    Ok(())
}

/// The heads and below them the letters.
fn heads(
    to: &mut Worksheet,
    row: u32,
    banner: &Banner,
    widths: &[usize],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let corner = banner.corner.to_owned();
    let heads: Vec<_> = [corner].into_iter().chain(banner.heads.iter().cloned()).collect();
    to.set_row_height(row, size::heads(&heads, widths))?;
    for (at, head) in (0..).zip(&heads) {
        let format = if at == 0 { &formats.head } else { &formats.number_head };
        words_at(to, (row, at), head, format)?;
    }
    for (at, letter) in banner.letters.iter().enumerate() {
        words_at(to, (row + 1, column(at)), letter, &formats.word)?;
    }
    Ok(())
}

fn line(
    to: &mut Worksheet,
    row: u32,
    line: &BannerLine,
    widths: &[usize],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let label: &Format = match line.kind {
        RowKind::Item | RowKind::Summary => &formats.heading,
        RowKind::Base | RowKind::Figures | RowKind::Letters => &formats.words,
    };
    to.set_row_height(row, size::row(&[Cell::Words(line.label.clone())], widths))?;
    words_at(to, (row, 0), &line.label, label)?;
    for (at, figure) in line.cells.iter().enumerate() {
        let at: At = (row, column(at));
        cell(to, at, figure, &formats.word, formats)?;
    }
    Ok(())
}

/// The worksheet's column of a column of figures.
fn column(of_figures: usize) -> u16 {
    u16::try_from(of_figures + 1).unwrap_or(u16::MAX)
}
