//! The analyst's table: banners over their groups, frozen, with letters below figures.
//!
//! Titles of banners stand across their columns without merging them, so that columns can
//! still be sorted and copied.

use rust_xlsxwriter::{Format, FormatBorder};

use super::pen::{Done, Pen};
use super::size;
use crate::report::{Banner, BannerLine, Cell, RowKind};

pub(super) fn write(pen: &mut Pen<'_>, first: u32, banner: &Banner) -> Done {
    let head = first + u32::try_from(banner.spans.len()).unwrap_or(u32::MAX);
    spans(pen, first, banner)?;
    heads(pen, head, banner)?;
    // The heads, the letters and the first column stay in sight.
    pen.to.set_freeze_panes(head + 2, 1)?;
    pen.to.set_repeat_rows(first, head + 1)?.set_repeat_columns(0, 0)?;
    let mut row = head + 2;
    for line in &banner.lines {
        self::line(pen, row, line, banner)?;
        row += 1;
    }
    for words in &banner.below {
        pen.words((row, 0), words, &pen.formats.plain)?;
        row += 1;
    }
    Ok(())
}

/// Each title in its first column, with the others of its span blank beside it.
fn spans(pen: &mut Pen<'_>, first: u32, banner: &Banner) -> Done {
    let look = &pen.formats.span;
    for (row, spans) in (first..).zip(&banner.spans) {
        for span in spans {
            pen.words((row, column(span.columns.start)), &span.text, &opening(look))?;
            for at in span.columns.clone().skip(1) {
                pen.to.write_blank(row, column(at), look)?;
            }
        }
    }
    Ok(())
}

/// The heads and below them the letters.
fn heads(pen: &mut Pen<'_>, row: u32, banner: &Banner) -> Done {
    pen.height(row, size::heads(&banner.heads, pen.widths.get(1..).unwrap_or_default()))?;
    pen.words((row, 0), banner.corner, &pen.formats.head)?;
    for (at, (head, letter)) in banner.heads.iter().zip(&banner.letters).enumerate() {
        let head_look = look(&pen.formats.number_head, banner, at);
        pen.words((row, column(at)), head, &head_look)?;
        let letter_look = look(&pen.formats.number, banner, at);
        pen.words((row + 1, column(at)), letter, &letter_look)?;
    }
    Ok(())
}

fn line(pen: &mut Pen<'_>, row: u32, line: &BannerLine, banner: &Banner) -> Done {
    let label = match line.kind {
        RowKind::Item | RowKind::Summary => &pen.formats.heading,
        RowKind::Base | RowKind::Figures | RowKind::Letters => &pen.formats.words,
    };
    pen.height(row, size::row(&[Cell::Words(line.label.clone())], &pen.widths))?;
    pen.words((row, 0), &line.label, label)?;
    for (at, figure) in line.cells.iter().enumerate() {
        pen.cell((row, column(at)), figure, &look(&pen.formats.number, banner, at))?;
    }
    Ok(())
}

/// The look of a column; where it is the first of a banner, with a line before it.
fn look(format: &Format, banner: &Banner, at: usize) -> Format {
    let mut spans = banner.spans.first().into_iter().flatten();
    let opens = spans.any(|span| span.columns.start == at);
    if opens { opening(format) } else { format.clone() }
}

/// With a line before it, which parts banners.
fn opening(format: &Format) -> Format {
    format.clone().set_border_left(FormatBorder::Thin)
}

/// The worksheet's column of a column of figures.
fn column(of_figures: usize) -> u16 {
    u16::try_from(of_figures + 1).unwrap_or(u16::MAX)
}
