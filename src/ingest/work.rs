//! A block of whole records becomes codes: the part of reading that every thread does.
//!
//! A block knows its own rows and lines only; `gather` adds where it stands in the file.

use csv::{ByteRecord, ReaderBuilder};
use memchr::memchr_iter;

use super::blocks::Block;
use super::coder::{Coder, Finished, Trouble};
use super::keys::{Keys, Marker};

/// How one thread codes: a coder for each column that is needed.
pub(super) struct Worker {
    pub(super) slots: Vec<Hand>,
    /// The column of the key.
    pub(super) key: Option<usize>,
    /// What hashes it.
    pub(super) marker: Marker,
    /// How many cells a record has.
    pub(super) width: usize,
    pub(super) delimiter: u8,
}

/// A column of the file and its coder.
pub(super) struct Hand {
    pub(super) field: usize,
    pub(super) coder: Box<dyn Coder>,
    /// Whether its cells may never be shown.
    pub(super) personal: bool,
}

impl Hand {
    fn twin(&self) -> Self {
        let Self { field, personal, .. } = *self;
        Self { field, coder: self.coder.twin(), personal }
    }
}

/// What became of a block.
#[derive(Default)]
pub(super) struct Done {
    /// Where each record stands that has the right width.
    pub(super) places: Vec<Local>,
    /// Records that have too few or too many cells.
    pub(super) ragged: Vec<(Local, usize)>,
    /// Records without any text.
    pub(super) blank: Vec<Local>,
    /// Cells that could not be coded: slot, row, what is the matter, what stands there.
    pub(super) unread: Vec<(usize, u32, Trouble, String)>,
    /// What each slot's cells became.
    pub(super) columns: Vec<Finished>,
    pub(super) keys: Keys,
    /// Records read.
    pub(super) records: u64,
    /// Rows and lines of the block, blank ones too.
    pub(super) rows: u64,
    pub(super) lines: u64,
    /// Where the block ends in the text.
    pub(super) end: u64,
    /// The first byte that is no UTF-8 text.
    pub(super) broken: Option<Broken>,
}

/// Where a record stands within its block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) row: u64,
    pub(super) line: u64,
    /// In bytes of the text.
    pub(super) offset: u64,
}

/// A byte that is no UTF-8 text.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub(super) at: Local,
    /// The cell's number in its record, from 0.
    pub(super) field: usize,
    pub(super) byte: u8,
}

impl Worker {
    /// Another one that codes alike.
    pub(super) fn twin(&self) -> Self {
        let Self { key, width, delimiter, .. } = *self;
        let slots = self.slots.iter().map(Hand::twin).collect();
        Self { slots, key, marker: self.marker.clone(), width, delimiter }
    }

    /// Codes every record of a block.
    pub(super) fn code(&mut self, block: &Block) -> Done {
        let end = block.offset + block.bytes.len() as u64;
        let mut done = Done { end, ..Done::default() };
        let valid = std::str::from_utf8(&block.bytes).err().map(|error| error.valid_up_to());
        let mut reader = reader(self.delimiter).from_reader(block.bytes.as_slice());
        let mut record = ByteRecord::new();
        let (mut at, mut end) = (Local { row: 0, line: 0, offset: block.offset }, 0);
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            let start = after_return(&block.bytes, end);
            end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let text = block.bytes.get(start..end).unwrap_or_default();
            let skipped = text.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            let blank = memchr_iter(b'\n', &text[..skipped]).count() as u64;
            let inside = memchr_iter(b'\n', text.trim_ascii()).count() as u64;
            (at.row, at.line) = (at.row + blank, at.line + blank);
            at.offset = block.offset + (start + skipped) as u64;
            if let Some(byte) = valid.filter(|byte| *byte < end) {
                done.broken = Some(broken(&record, at, block.bytes[byte]));
                break;
            }
            self.record(&record, at, &mut done);
            at.row += 1;
            at.line += inside + 1;
        }
        let tail = block.bytes.get(after_return(&block.bytes, end)..).unwrap_or_default();
        let blank = memchr_iter(b'\n', tail).count() as u64;
        (done.rows, done.lines) = (at.row + blank, at.line + blank);
        done.columns = self.slots.iter_mut().map(|hand| hand.coder.take()).collect();
        done
    }

    fn record(&mut self, record: &ByteRecord, at: Local, done: &mut Done) {
        done.records += 1;
        if record.as_slice().iter().all(|b| matches!(b, b' ' | b'\t')) {
            done.blank.push(at);
            return;
        }
        if record.len() != self.width {
            done.ragged.push((at, record.len()));
            return;
        }
        let row = u32::try_from(done.places.len()).unwrap_or(u32::MAX);
        done.places.push(at);
        for (slot, hand) in self.slots.iter_mut().enumerate() {
            let cell = record.get(hand.field).unwrap_or_default();
            if let Err(trouble) = hand.coder.push(cell) {
                let value = shown(hand.personal, trouble, cell);
                done.unread.push((slot, row, trouble, value));
            }
        }
        if let Some(field) = self.key {
            done.keys.push(self.marker.mark(record.get(field).unwrap_or_default()));
        }
    }
}

/// The csv crate's reader, as every part of reading sets it up.
pub(super) fn reader(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(1 << 16);
    builder
}

/// The csv crate stops between the two bytes of a line end; gives where the next line
/// begins.
fn after_return(bytes: &[u8], end: usize) -> usize {
    let between = end > 0 && bytes.get(end - 1..=end) == Some(b"\r\n");
    end + usize::from(between)
}

/// The first cell of a record that is no UTF-8 text.
fn broken(record: &ByteRecord, at: Local, byte: u8) -> Broken {
    let field = record.iter().position(|cell| std::str::from_utf8(cell).is_err());
    Broken { at, field: field.unwrap_or(0), byte }
}

/// A cell's text, if it may be shown: a shifted row may put an address into any column.
fn shown(personal: bool, trouble: Trouble, cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    if personal || trouble == Trouble::NotMatching || super::personal::cell(&text).is_some() {
        return String::new();
    }
    text.into_owned()
}
