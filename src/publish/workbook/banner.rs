//! The analyst's table: banners over their groups, frozen, with letters below figures.
//!
//! Titles of banners stand across their columns without merging them, so that columns can
//! still be sorted and copied.

use rust_xlsxwriter::{Format, FormatBorder, Worksheet, XlsxError};

use super::format::Formats;
use super::sheet::words_at;
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
    let opens = openings(banner);
    for line in &banner.lines {
        self::line(to, row, line, &opens, formats)?;
        to.set_row_height(row, size::row(&[Cell::Words(line.label.clone())], widths))?;
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
            let start = span.columns.start;
            words_at(to, (row, column(start)), &span.text, &opening(&formats.span))?;
            for at in span.columns.clone().skip(1) {
                to.write_blank(row, column(at), &formats.span)?;
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
    to.set_row_height(row, size::heads(&banner.heads, widths.get(1..).unwrap_or_default()))?;
    words_at(to, (row, 0), banner.corner, &formats.head)?;
    let opens = openings(banner);
    for (at, (head, letter)) in banner.heads.iter().zip(&banner.letters).enumerate() {
        let look = |format: &Format| if opens[at] { opening(format) } else { format.clone() };
        words_at(to, (row, column(at)), head, &look(&formats.number_head))?;
        words_at(to, (row + 1, column(at)), letter, &look(&formats.word))?;
    }
    Ok(())
}

/// Whether each column of figures is the first of a banner.
fn openings(banner: &Banner) -> Vec<bool> {
    let starts = banner.spans.first().into_iter().flatten().map(|span| span.columns.start);
    let starts: Vec<_> = starts.collect();
    (0..banner.heads.len()).map(|at| starts.contains(&at)).collect()
}

/// With a line before it, which parts banners.
fn opening(format: &Format) -> Format {
    format.clone().set_border_left(FormatBorder::Thin)
}

fn line(
    to: &mut Worksheet,
    row: u32,
    line: &BannerLine,
    opens: &[bool],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let label: &Format = match line.kind {
        RowKind::Item | RowKind::Summary => &formats.heading,
        RowKind::Base | RowKind::Figures | RowKind::Letters => &formats.words,
    };
    words_at(to, (row, 0), &line.label, label)?;
    for (at, (figure, opens)) in line.cells.iter().zip(opens).enumerate() {
        let look = |format: Format| if *opens { opening(&format) } else { format };
        let (row, column) = (row, column(at));
        match figure {
            Cell::Number(number) => {
                let format = look(formats.number(number));
                to.write_number_with_format(row, column, number.value, &format)?;
            }
            Cell::Words(words) | Cell::Link(words, _) => {
                words_at(to, (row, column), words, &look(formats.word.clone()))?;
            }
        }
    }
    Ok(())
}

/// The worksheet's column of a column of figures.
fn column(of_figures: usize) -> u16 {
    u16::try_from(of_figures + 1).unwrap_or(u16::MAX)
}
