//! Writing single cells: words as words, numbers as numbers, links within the book.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::format::Formats;
use crate::publish::clean::clean;
use crate::report::{Cell, Number};

/// The most characters that a cell may hold.
const LONGEST_TEXT: usize = 32_767;

/// Whether it was written.
pub(super) type Done = Result<(), XlsxError>;

/// Row and column, from 0.
pub(super) type At = (u32, u16);

/// What writes on a worksheet.
pub(super) struct Pen<'a> {
    pub(super) to: &'a mut Worksheet,
    pub(super) formats: &'a Formats,
    /// The widths of the columns, in characters.
    pub(super) widths: Vec<usize>,
}

impl Pen<'_> {
    /// Words as words: what looks like a formula or an address stays as it is written.
    pub(super) fn words(&mut self, (row, column): At, words: &str, look: &Format) -> Done {
        self.to.write_string_with_format(row, column, text(words), look).map(|_| ())
    }

    /// A number, shown with its places and what stands around it.
    pub(super) fn number(&mut self, (row, column): At, number: &Number, look: &Format) -> Done {
        let look = look.clone().set_num_format(super::format::code(number));
        self.to.write_number_with_format(row, column, number.value, &look).map(|_| ())
    }

    /// A link to another worksheet.
    pub(super) fn link(&mut self, (row, column): At, words: &str, sheet: &str) -> Done {
        let url = Url::new(format!("internal:'{sheet}'!A1")).set_text(text(words));
        self.to.write_url_with_format(row, column, url, &self.formats.link).map(|_| ())
    }

    /// Whatever stands in a cell.
    pub(super) fn cell(&mut self, at: At, cell: &Cell, look: &Format) -> Done {
        match cell {
            Cell::Words(words) => self.words(at, words, look),
            Cell::Link(words, sheet) => self.link(at, words, sheet),
            Cell::Number(number) => self.number(at, number, look),
        }
    }

    /// The height of a row, in points.
    pub(super) fn height(&mut self, row: u32, points: f64) -> Done {
        self.to.set_row_height(row, points).map(|_| ())
    }
}

/// Words that fit into a cell.
fn text(words: &str) -> String {
    cut(&clean(words), LONGEST_TEXT)
}

/// Words of at most so many characters, as spreadsheets count them (UTF-16); cut ones end
/// in dots.
pub(super) fn cut(words: &str, longest: usize) -> String {
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
