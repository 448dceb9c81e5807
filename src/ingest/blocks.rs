//! A text cut into blocks of whole records, so that several threads can code them.
//!
//! Takes the stream of text after the header, gives blocks that begin and end at a record,
//! with lone carriage returns turned to line feeds (a file of an old Mac has no others).

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::quotes::{Quotes, Stray};

/// How many bytes are read at once.
const SIZE: usize = 1 << 20;

/// No record is longer: a quotation mark that is still open after so much will not close.
const LONGEST: usize = 1 << 26;

/// Whole records.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Where it begins, in bytes of the text.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
}

/// Cuts a stream.
pub(super) struct Blocks<R> {
    stream: R,
    delimiter: u8,
    /// What was read beyond the last cut, and where it begins in the text.
    rest: Vec<u8>,
    offset: u64,
    /// What the marks of `rest` do, as far as `fed`.
    quotes: Quotes,
    fed: usize,
    /// Lines at the end that are no answers.
    footer: usize,
    /// With a footer, a block is held back until it is known not to be the last.
    held: Option<Block>,
    ended: bool,
    stray: Option<Stray>,
}

impl<R: Read> Blocks<R> {
    /// For a stream that begins at a record, `offset` bytes into the text.
    pub(super) fn new(stream: R, delimiter: u8, offset: u64, footer: usize) -> Self {
        Self {
            stream,
            delimiter,
            rest: Vec::new(),
            offset,
            quotes: Quotes::new(delimiter),
            fed: 0,
            footer,
            held: None,
            ended: false,
            stray: None,
        }
    }

    /// The next block, if there is one; after a stray quotation mark there is none.
    ///
    /// # Errors
    /// Whatever the stream says.
    pub(super) fn next(&mut self) -> io::Result<Option<Block>> {
        if self.footer == 0 {
            return self.cut();
        }
        loop {
            let next = self.cut()?;
            match (self.held.take(), next) {
                (None, None) => return Ok(None),
                (None, Some(next)) => self.held = Some(next),
                (Some(held), Some(next)) if next.bytes.len() >= SIZE / 2 => {
                    self.held = Some(next);
                    return Ok(Some(held));
                }
                // A short last block may hold less than the footer.
                (Some(mut held), Some(next)) => {
                    held.bytes.extend(next.bytes);
                    self.held = Some(held);
                }
                (Some(mut held), None) => {
                    without_last_lines(&mut held.bytes, self.footer);
                    return Ok((!held.bytes.is_empty()).then_some(held));
                }
            }
        }
    }

    /// The quotation mark that swallows rows, once there are no more blocks; with the rows
    /// and lines since the last block, up to where its cell opens.
    pub(super) fn stray(&self) -> Option<(Stray, u64, u64)> {
        let stray = self.stray?;
        let before = usize::try_from(stray.opened.saturating_sub(self.offset)).ok()?;
        let (rows, lines) = rows(self.rest.get(..before)?, self.delimiter);
        Some((stray, rows, lines))
    }

    fn cut(&mut self) -> io::Result<Option<Block>> {
        while !self.ended && self.stray.is_none() {
            self.fill()?;
            let last = memrchr(b'\n', &self.rest).filter(|last| *last >= self.fed);
            let end =
                if self.ended { self.rest.len() } else { last.map_or(self.fed, |l| l + 1) };
            self.quotes.feed(&self.rest[self.fed..end]);
            self.fed = end;
            if end > 0 && self.quotes.outside() {
                return Ok(Some(self.split(end)));
            }
            let whole = self.ended || self.rest.len() > LONGEST;
            let stray = self.quotes.stray().filter(|stray| whole || stray.closed);
            let start = self.start();
            self.stray = stray.map(|s| Stray { opened: start + s.opened, closed: s.closed });
        }
        Ok(None)
    }

    /// Where the stream began in the text.
    fn start(&self) -> u64 {
        self.offset + self.fed as u64 - self.quotes.seen()
    }

    fn fill(&mut self) -> io::Result<()> {
        let from = self.rest.len();
        let read = (&mut self.stream).take(SIZE as u64).read_to_end(&mut self.rest)?;
        self.ended = read < SIZE;
        returns_to_feeds(&mut self.rest[from.saturating_sub(1)..], self.ended);
        Ok(())
    }

    fn split(&mut self, end: usize) -> Block {
        let rest = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, rest);
        let block = Block { offset: self.offset, bytes };
        self.offset += end as u64;
        self.fed = 0;
        block
    }
}

/// Turns carriage returns without a line feed to line feeds; the last byte only if nothing
/// follows it.
pub(super) fn returns_to_feeds(bytes: &mut [u8], ended: bool) {
    let lone = |at: &usize| bytes.get(at + 1).map_or(ended, |next| *next != b'\n');
    let lone: Vec<usize> = memchr_iter(b'\r', bytes).filter(lone).collect();
    for at in lone {
        bytes[at] = b'\n';
    }
}

/// The rows that end within a text, blank ones too, and its lines.
pub(super) fn rows(text: &[u8], delimiter: u8) -> (u64, u64) {
    let (mut quotes, mut rows, mut lines, mut from) = (Quotes::new(delimiter), 0, 0, 0);
    for at in memchr_iter(b'\n', text) {
        quotes.feed(&text[from..=at]);
        from = at + 1;
        lines += 1;
        rows += u64::from(quotes.outside());
    }
    (rows, lines)
}

/// Takes the last lines off, not counting blank ones at the very end.
fn without_last_lines(bytes: &mut Vec<u8>, lines: usize) {
    let blank = bytes.iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    bytes.truncate(bytes.len() - blank);
    for _ in 0..lines {
        let end = memrchr(b'\n', bytes).unwrap_or(0);
        bytes.truncate(end);
    }
    if !bytes.is_empty() {
        bytes.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{Blocks, returns_to_feeds, rows};
    use crate::ingest::quotes::Stray;

    fn all(text: &[u8], footer: usize) -> (String, Option<(Stray, u64, u64)>) {
        let mut blocks = Blocks::new(text, b',', 100, footer);
        let mut bytes = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(block.offset, 100 + bytes.len() as u64);
            assert!(!block.bytes.is_empty());
            bytes.extend(block.bytes);
        }
        (String::from_utf8(bytes).unwrap(), blocks.stray())
    }

    #[test]
    fn blocks_hold_everything_and_end_at_records() {
        let cell = format!("1,\"{}\"\n", "line\n".repeat(50_000));
        for text in ["", "a", "a,b\n\n1,2\n", &cell.repeat(20)] {
            assert_eq!(all(text.as_bytes(), 0), (text.to_owned(), None));
        }
        let mut blocks = Blocks::new(cell.as_bytes(), b',', 0, 0);
        assert_eq!(blocks.next().unwrap().unwrap().bytes.len(), cell.len());
        let many = cell.repeat(20);
        let mut blocks = Blocks::new(many.as_bytes(), b',', 0, 0);
        while let Some(block) = blocks.next().unwrap() {
            assert_eq!(block.bytes.len() % cell.len(), 0);
        }
    }

    #[test]
    fn a_stray_mark_is_told_with_the_rows_before_it() {
        let (text, stray) = all(b"1,a\n\n2,\"x\ny\"\n3,\"open\n4,b\n", 0);
        assert_eq!(text, "");
        assert_eq!(stray, Some((Stray { opened: 100 + 15, closed: false }, 3, 4)));
    }

    #[test]
    fn a_footer_is_left_out_whatever_stands_behind_it() {
        assert_eq!(all(b"1,a\n2,b\nTotal,2\n\n\n", 1).0, "1,a\n2,b\n");
        assert_eq!(all(b"1,a\nTotal\nPrinted", 2).0, "1,a\n");
        assert_eq!(all(b"Total\n", 2).0, "");
        let many = "1,a\n".repeat(600_000);
        let text = format!("{many}Total,600000\nPrinted\n");
        assert_eq!(all(text.as_bytes(), 2).0, many);
    }

    #[test]
    fn lone_returns_are_line_ends() {
        let turned = |text: &str, ended| {
            let mut bytes = text.as_bytes().to_vec();
            returns_to_feeds(&mut bytes, ended);
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(turned("a\rb\r\nc\r", false), "a\nb\r\nc\r");
        assert_eq!(turned("a\r", true), "a\n");
        let mac = "1,a\r".repeat(700_000);
        assert_eq!(all(mac.as_bytes(), 0).0, mac.replace('\r', "\n"));
    }

    #[test]
    fn rows_and_lines_are_counted() {
        assert_eq!(rows(b"a\n\"b\nc\"\n\nd", b','), (3, 4));
    }
}
