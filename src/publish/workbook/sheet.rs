//! A worksheet: title, sentences, table, all from the first column.
//!
//! No cell is merged, filled or coloured, nothing is filtered, and the cursor stands at the
//! start.

use rust_xlsxwriter::Format;

use super::pen::{Done, Pen};
use super::{banner, line, size, table};
use crate::report::{Above, Body, Sheet};

/// The paper, by its number in the format.
const A4: u8 = 9;

/// What fits upright on one page, in characters of all columns; and across it, as small as
/// can still be read.
const UPRIGHT: usize = 100;
const ACROSS: usize = 250;

pub(super) fn write(pen: &mut Pen<'_>, sheet: &Sheet) -> Done {
    pen.to.set_name(&sheet.name)?.set_paper_size(A4);
    pages(pen);
    for (column, width) in (0..).zip(&pen.widths) {
        pen.to.set_column_width(column, u32::try_from(*width).unwrap_or(u32::MAX))?;
    }
    pen.words((0, 0), &line(&sheet.title), &pen.formats.title)?;
    // Beside a banner nothing stands in the way of a long line.
    let wrapped = !matches!(sheet.body, Body::Banner(_));
    for (row, above) in (1..).zip(&sheet.above) {
        if wrapped {
            pen.height(row, size::above(above, &pen.widths))?;
        }
        let look = if wrapped { &pen.formats.words } else { &pen.formats.plain };
        self::above(pen, row, above, look)?;
    }
    let first = u32::try_from(sheet.above.len() + 1).unwrap_or(u32::MAX);
    match &sheet.body {
        Body::Empty => Ok(()),
        Body::Listed(listed) => table::write(pen, first, listed, &sheet.title),
        Body::Banner(banner) => banner::write(pen, first, banner),
    }
}

/// How the worksheet is printed: its whole width on one page, a wide one across it; on more
/// pages only if nobody could read it on one.
fn pages(pen: &mut Pen<'_>) {
    let width: usize = pen.widths.iter().sum();
    if width > UPRIGHT {
        pen.to.set_landscape();
    }
    let across = u16::try_from(width.div_ceil(ACROSS).max(1)).unwrap_or(u16::MAX);
    pen.to.set_print_fit_to_pages(across, 0);
}

fn above(pen: &mut Pen<'_>, row: u32, above: &Above, look: &Format) -> Done {
    match above {
        Above::Words(words) => pen.words((row, 0), words, look),
        Above::Heading(words) => pen.words((row, 0), words, &pen.formats.heading),
        Above::Link(words, sheet) => pen.link((row, 0), words, sheet),
    }
}
