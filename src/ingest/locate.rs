//! Places and records that a person is shown, found again in the file.
//!
//! While a file is read only one offset a record is kept; the few that are shown are
//! looked up afterwards, in one pass where the text cannot be entered in the middle.

use std::io::{self, Read};

use csv::ByteRecord;
use memchr::memchr_iter;

use super::blocks::returns_to_feeds;
use super::bytes::{self, Form};
use super::quotes::Quotes;
use super::{Delivery, work};

/// How far a record is searched for its end, and how many bytes are read at once.
const FAR: usize = 1 << 24;
const SIZE: u64 = 1 << 16;

/// A file whose records can be had again by their offsets, in rising order.
pub struct Records<'a> {
    delivery: &'a dyn Delivery,
    form: &'a Form,
    delimiter: u8,
    stream: Option<Box<dyn Read + 'a>>,
    /// What has been read and not been passed, and where it begins in the text.
    held: Vec<u8>,
    start: u64,
    ended: bool,
}

impl<'a> Records<'a> {
    /// For a file that was read before.
    #[must_use]
    pub fn new(delivery: &'a dyn Delivery, form: &'a Form, delimiter: u8) -> Self {
        let (stream, held) = (None, Vec::new());
        Self { delivery, form, delimiter, stream, held, start: 0, ended: false }
    }

    /// The cells of the record that begins at an offset of the text.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn cells(&mut self, offset: u64) -> io::Result<Vec<Vec<u8>>> {
        let delimiter = self.delimiter;
        let bytes = self.bytes(offset)?;
        let mut record = ByteRecord::new();
        work::reader(delimiter).from_reader(bytes).read_byte_record(&mut record)?;
        Ok(record.iter().map(<[u8]>::to_vec).collect())
    }

    /// The bytes of the record that begins at an offset of the text.
    fn bytes(&mut self, offset: u64) -> io::Result<&[u8]> {
        self.go_to(offset)?;
        let mut quotes = Quotes::new(self.delimiter);
        let mut fed = 0;
        loop {
            let ends = memchr_iter(b'\n', &self.held[fed..]).map(|at| fed + at + 1);
            for end in ends.collect::<Vec<_>>() {
                quotes.feed(&self.held[fed..end]);
                fed = end;
                if quotes.outside() {
                    return Ok(&self.held[..end]);
                }
            }
            if self.ended || self.held.len() > FAR {
                return Ok(&self.held);
            }
            self.fill()?;
        }
    }

    /// Drops what stands before an offset.
    fn go_to(&mut self, offset: u64) -> io::Result<()> {
        let far = offset > self.start + self.held.len() as u64 + 16 * SIZE;
        let skips = self.form.direct() && far;
        if self.stream.is_none() || offset < self.start || skips {
            let stream = bytes::text_from(self.delivery, self.form, offset)?;
            (self.stream, self.start, self.ended) = (Some(stream), offset, false);
            self.held.clear();
        }
        while self.start < offset {
            let before = usize::try_from(offset - self.start).unwrap_or(usize::MAX);
            let before = before.min(self.held.len());
            self.held.drain(..before);
            self.start += before as u64;
            if self.start < offset {
                if self.ended {
                    return Ok(());
                }
                self.fill()?;
            }
        }
        Ok(())
    }

    fn fill(&mut self) -> io::Result<()> {
        let Some(stream) = &mut self.stream else { return Ok(()) };
        let from = self.held.len();
        let read = stream.take(SIZE).read_to_end(&mut self.held)?;
        self.ended = (read as u64) < SIZE;
        returns_to_feeds(&mut self.held[from.saturating_sub(1)..], self.ended);
        Ok(())
    }
}

/// For cells, each by where its record begins and its number from 0: the line within the
/// record (from 0) and the character within that line (from 1) at which its text begins.
#[must_use]
pub fn locate(records: &mut Records<'_>, cells: &[(u64, usize)]) -> Vec<Option<(u64, u64)>> {
    let delimiter = records.delimiter;
    let mut order: Vec<usize> = (0..cells.len()).collect();
    order.sort_by_key(|index| cells[*index].0);
    let mut found = vec![None; cells.len()];
    for index in order {
        let (offset, field) = cells[index];
        let record = records.bytes(offset).ok();
        found[index] = record.map(|record| within(record, delimiter, field));
    }
    found
}

fn within(record: &[u8], delimiter: u8, field: usize) -> (u64, u64) {
    let (mut seen, mut quoted, mut start, mut line, mut line_start) = (0, false, 0, 0, 0);
    let mut opened = false;
    for (at, byte) in record.iter().enumerate() {
        if seen == field {
            break;
        }
        match *byte {
            // A mark opens a cell at its beginning only; within an open one it closes the
            // cell, or is doubled.
            b'"' if at == start => (opened, quoted) = (true, true),
            b'"' => quoted = opened && !quoted,
            b'\n' => {
                line += 1;
                line_start = at + 1;
            }
            other if other == delimiter && !quoted => {
                seen += 1;
                start = at + 1;
                opened = false;
            }
            _ => {}
        }
    }
    let before = String::from_utf8_lossy(&record[line_start.min(start)..start]);
    (line, before.chars().count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_cell_is_found_behind_quotes_line_breaks_and_accents() {
        let record = "id,\"a, b\",\"caf\u{e9}\nline two\",last,x\n".as_bytes();
        let inches = b"5\" x 6,\"a \"\"b\"\", c\",d";
        assert_eq!(within(inches, b',', 1), (0, 8));
        assert_eq!(within(inches, b',', 2), (0, 21));
        assert_eq!(within(record, b',', 0), (0, 1));
        assert_eq!(within(record, b',', 1), (0, 4));
        assert_eq!(within(record, b',', 2), (0, 11));
        assert_eq!(within(record, b',', 3), (1, 11));
        assert_eq!(within(record, b',', 4), (1, 16));
    }
}
