//! The bytes of a delivery go in, UTF-8 text comes out, whatever holds it and however it
//! is encoded: plain, gzip, zip, a workbook; UTF-8, UTF-16 or a Western encoding.
//!
//! What the file is shows in its bytes, never in its name, and is said in a [`Form`] or
//! refused in a finding; nothing is guessed. May know [`Delivery`], the ground floor
//! and the codes of the room. Never looks at cells: the text may still be no table.

mod codes;
mod decode;
mod encoding;
mod foreign;
mod office;
mod recognise;
mod samples;
mod trouble;
mod unpack;
mod workbook;
mod zip;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::io::{self, Cursor, Read};

use super::Delivery;
use crate::questionnaire::Encoding;
use decode::Decoded;
use unpack::{TEXT, Unpacked};

pub use codes::{CHOICES, CODES};
pub(super) use recognise::recognise;
pub(super) use samples::samples;
pub(super) use trouble::finding;
pub(super) use unpack::Member;
pub(super) use workbook::{Kind, Sheet};

/// What the schema declares of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// How letters are written as bytes.
    pub(super) encoding: Option<Encoding>,
    /// The sheet of a workbook. Has no meaning for other files.
    pub(super) sheet: Option<String>,
}

/// What a file is, and so how its text is had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// How letters are written as bytes; UTF-8 for a workbook.
    pub(in crate::ingest) encoding: Encoding,
    /// How the text is packed.
    pub(super) packing: Packing,
    /// How many bytes the mark takes at the beginning of the text.
    pub(super) skip: u64,
}

/// How a text is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Not at all.
    Plain,
    /// By gzip, perhaps in several parts.
    Gzip,
    /// As the only file of a zip archive.
    Zip(Member),
    /// As a sheet of a workbook.
    Workbook(Sheet),
}

impl Form {
    /// Whether byte `n` of the text is byte `n + skip` of the file.
    #[must_use]
    pub fn direct(&self) -> bool {
        self.packing == Packing::Plain && self.encoding == Encoding::Utf8
    }

    /// The row of a spreadsheet with which the text begins, from 1.
    #[must_use]
    pub fn first_row(&self) -> u64 {
        match &self.packing {
            Packing::Workbook(sheet) => sheet.first_row,
            _ => 1,
        }
    }

    /// The column of a spreadsheet with which the text begins, from 1.
    #[must_use]
    pub fn first_column(&self) -> u64 {
        match &self.packing {
            Packing::Workbook(sheet) => sheet.first_column,
            _ => 1,
        }
    }

    /// What the file is, in a few words for a message; its encoding apart.
    #[must_use]
    pub fn described(&self) -> String {
        match &self.packing {
            Packing::Plain => "text".to_owned(),
            Packing::Gzip => "text within a gzip archive".to_owned(),
            Packing::Zip(member) => format!("`{}` within a zip archive", member.name),
            Packing::Workbook(sheet) => {
                let program = match sheet.kind {
                    Kind::Xlsx => "an Excel workbook",
                    Kind::Ods => "an OpenDocument spreadsheet",
                };
                format!("the sheet `{}` of {program}", sheet.name)
            }
        }
    }
}

/// The whole text, without its mark.
///
/// # Errors
/// Whatever the system says; while it is read also a trouble of ours, for which [`finding`]
/// has the words. UTF-8 is passed on as it is: whoever reads it must check it.
pub(super) fn text<'a>(
    delivery: &'a dyn Delivery,
    form: &Form,
) -> io::Result<Box<dyn Read + 'a>> {
    text_from(delivery, form, 0)
}

/// The text from byte `offset` on. The file is read from its beginning, unless the form is
/// [direct](Form::direct).
///
/// # Errors
/// As [`text`].
pub(super) fn text_from<'a>(
    delivery: &'a dyn Delivery,
    form: &Form,
    offset: u64,
) -> io::Result<Box<dyn Read + 'a>> {
    if form.direct() {
        return delivery.open(form.skip + offset);
    }
    let mut bytes = unpacked(delivery, &form.packing)?;
    pass_over(&mut bytes, form.skip)?;
    let mut text = decoded(bytes, form);
    pass_over(&mut text, offset)?;
    Ok(text)
}

/// The bytes of the text, still encoded, with their mark.
fn unpacked<'a>(
    delivery: &'a dyn Delivery,
    packing: &Packing,
) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match packing {
        Packing::Plain => delivery.open(0)?,
        Packing::Gzip => Box::new(Unpacked::gzip(delivery.open(0)?, TEXT)),
        Packing::Zip(member) => {
            Box::new(Unpacked::member(delivery.open(member.start)?, member, TEXT))
        }
        Packing::Workbook(sheet) => Box::new(Cursor::new(workbook::text(delivery, sheet)?)),
    })
}

fn decoded<'a>(bytes: Box<dyn Read + 'a>, form: &Form) -> Box<dyn Read + 'a> {
    if form.encoding == Encoding::Utf8 {
        return bytes;
    }
    Box::new(Decoded::new(bytes, form.encoding, form.skip))
}

fn pass_over(reader: &mut dyn Read, bytes: u64) -> io::Result<()> {
    io::copy(&mut reader.take(bytes), &mut io::sink()).map(drop)
}
