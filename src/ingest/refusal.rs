//! What is said when a file cannot be read: findings, each with its place and remedy.

use std::io::{self, Read};

use csv::ByteRecord;

use super::bytes::{self, Form};
use super::head::Head;
use super::quotes::Stray;
use super::{Delivery, codes, sniff, work};
use crate::diagnostic::{Finding, Place};

/// How many bytes are searched for fragments that are no UTF-8 text.
const FAR: u64 = 1 << 26;

/// The file is not there, or may not be read.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Finding {
    Finding::new(&codes::UNREADABLE, "the file cannot be read")
        .at(Place::file(name))
        .because(error.to_string())
        .help("correct the path; paths in a poll file are relative to the poll file")
}

/// Reading broke off: a byte that the encoding does not have, a damaged archive, a disk.
pub(super) fn io(name: &str, error: &io::Error) -> Finding {
    bytes::finding(error).at(Place::file(name))
}

/// What is said of a file that is not plain UTF-8 text.
pub(super) fn packed(form: &Form) -> Option<Finding> {
    if form.direct() {
        return None;
    }
    let (what, encoding) = (form.described(), form.encoding.name());
    Some(Finding::new(&codes::PACKED, format!("the file is {what}, in {encoding}")))
}

/// A quotation mark that swallows rows.
pub(super) fn stray(name: &str, stray: Stray, row: u64, line: u64) -> Finding {
    let place = Place { row: Some(row), line: Some(line), ..Place::file(name) };
    let (headline, because) = if stray.closed {
        (
            "a quotation mark closes a cell in the middle of its text",
            "the cell opens in this row, and all up to the next mark would be read as one cell",
        )
    } else {
        (
            "a quotation mark is never closed",
            "it opens in this row, and everything after it would be read as one cell",
        )
    };
    Finding::new(&codes::UNCLOSED, headline)
        .at(place)
        .because(because)
        .help("close the mark, or double it if it belongs to the text")
}

/// Where a declared delimiter leaves a single column, says which one fits better.
pub(super) fn other_delimiter(name: &str, declared: u8, header: &str) -> Option<Finding> {
    let better = sniff::delimiter(header.as_bytes(), |_| false);
    if better == declared || !header.as_bytes().contains(&better) {
        return None;
    }
    let (better, declared) = (sniff::delimiter_word(better), sniff::delimiter_word(declared));
    let headline = format!("the file has a single column if cells are parted by {declared}");
    let finding = Finding::new(&codes::SEPARATOR, headline)
        .at(Place { row: Some(1), line: Some(1), ..Place::file(name) })
        .because(format!("its first row looks as if cells were parted by {better}"))
        .help("correct `delimiter` in `[source]`, or take it out to have it detected");
    Some(finding)
}

/// Headers that are no UTF-8 text. They are shown if some header is `known`; otherwise the
/// row may hold somebody's answers.
pub(super) fn header(record: &ByteRecord, known: &dyn Fn(&str) -> bool) -> Finding {
    let is_header = record.iter().any(|cell| known(String::from_utf8_lossy(cell).trim()));
    let broken = |cell: &&[u8]| std::str::from_utf8(cell).is_err();
    let cells = record.iter().filter(broken);
    let broken: Vec<Vec<u8>> = cells.take(3).map(<[u8]>::to_vec).collect();
    let invalid = |cell: &Vec<u8>| {
        let error = std::str::from_utf8(cell).err()?;
        cell.get(error.valid_up_to()).copied()
    };
    let byte = broken.first().and_then(invalid).unwrap_or(0);
    not_utf8(byte, if is_header { &broken } else { &[] })
}

/// A byte that is no UTF-8 text, and how fragments of the file read in other encodings.
pub(super) fn not_utf8(byte: u8, fragments: &[Vec<u8>]) -> Finding {
    let fragments: Vec<&[u8]> = fragments.iter().map(Vec::as_slice).collect();
    let samples = bytes::samples(&fragments);
    let because = match samples.as_str() {
        "" => "the file is in another encoding".to_owned(),
        _ => format!("the file is in another encoding, and its letters would read {samples}"),
    };
    Finding::new(&codes::ENCODING, format!("the byte 0x{byte:02X} is not UTF-8 text"))
        .because(because)
        .help(
            "say which is right with `encoding = \"windows-1252\"`, `\"macintosh\"` or \
             `\"iso-8859-15\"` in `[source]`, or export again as UTF-8",
        )
}

/// Up to three different pieces of the file that are no UTF-8 text; `shown` says how many
/// bytes of a column may be shown on either side, none if nothing may.
pub(super) fn fragments(
    delivery: &dyn Delivery,
    form: &Form,
    head: &Head,
    shown: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let Ok(stream) = bytes::text_from(delivery, form, head.offset) else { return found };
    let mut reader = work::reader(head.delimiter).from_reader(stream.take(FAR));
    let mut record = ByteRecord::new();
    while found.len() < 3 && reader.read_byte_record(&mut record).unwrap_or(false) {
        for (field, cell) in record.iter().enumerate() {
            let piece = shown(field).and_then(|around| broken_piece(cell, around));
            found.extend(piece.filter(|piece| found.len() < 3 && !found.contains(piece)));
        }
    }
    found
}

/// What stands around the first byte of a cell that is no UTF-8 text, within its word.
fn broken_piece(cell: &[u8], around: usize) -> Option<Vec<u8>> {
    let at = std::str::from_utf8(cell).err()?.valid_up_to();
    let word = |byte: &&u8| !byte.is_ascii_whitespace();
    let before = cell[..at].iter().rev().take(around).take_while(word).count();
    let after = cell[at..].iter().take(around + 1).take_while(word).count();
    Some(cell[at - before..at + after.max(1)].to_vec())
}
