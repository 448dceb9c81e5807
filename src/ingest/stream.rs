//! A file's bytes on their way to the csv crate: hashed, counted, and watched for
//! quotation marks that would swallow rows in silence.

use std::io::Read;

use memchr::memchr;
use sha2::{Digest, Sha256};

/// A stream that remembers the hash and number of its bytes, and what its quotation marks
/// do.
pub(super) struct Watched<R> {
    inner: R,
    pub(super) hash: Sha256,
    pub(super) bytes: u64,
    pub(super) quotes: Quotes,
}

impl<R> Watched<R> {
    /// Watches a stream whose text begins after `skip` bytes.
    pub(super) fn new(inner: R, delimiter: u8, skip: u64) -> Self {
        let quotes = Quotes::new(delimiter, skip);
        Self { inner, hash: Sha256::new(), bytes: 0, quotes }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.quotes.feed(&buffer[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

/// Follows quotation marks. A mark opens a cell only at its beginning, so that the one in
/// `5" pipe` is part of the text; a doubled mark is part of the text too; a mark closes a
/// cell only if the cell ends there. The csv crate takes any other mark without a word and
/// reads on across rows.
pub(super) struct Quotes {
    delimiter: u8,
    skip: u64,
    state: State,
    previous: u8,
    seen: u64,
    opened: u64,
    stray: Option<Stray>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// After a mark inside a cell: the next byte says whether it closes the cell.
    Closing,
}

/// A mark that does not belong where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stray {
    /// Where the cell opens, in bytes from the start of the file.
    pub(super) opened: u64,
    /// Whether a mark in the middle of a text ends it; otherwise none does.
    pub(super) closed: bool,
}

impl Quotes {
    fn new(delimiter: u8, skip: u64) -> Self {
        let (state, previous) = (State::Outside, b'\n');
        Self { delimiter, skip, state, previous, seen: 0, opened: 0, stray: None }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    fn feed(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while at < bytes.len() && self.stray.is_none() {
            at = match self.state {
                State::Closing => self.close(bytes, at),
                state => match memchr(b'"', &bytes[at..]) {
                    None => bytes.len(),
                    Some(further) => self.mark(bytes, at + further, state),
                },
            };
        }
        self.previous = bytes.last().copied().unwrap_or(self.previous);
        self.seen += bytes.len() as u64;
    }

    /// A mark at `at`; gives where to go on.
    fn mark(&mut self, bytes: &[u8], at: usize, state: State) -> usize {
        if state == State::Inside {
            self.state = State::Closing;
            return at + 1;
        }
        let before = if at == 0 { self.previous } else { bytes[at - 1] };
        let place = self.seen + at as u64;
        if self.ends_cell(before) || place == self.skip {
            self.state = State::Inside;
            self.opened = place;
        }
        at + 1
    }

    /// The byte after a mark inside a cell.
    fn close(&mut self, bytes: &[u8], at: usize) -> usize {
        if bytes[at] == b'"' {
            self.state = State::Inside;
            return at + 1;
        }
        self.state = State::Outside;
        if !self.ends_cell(bytes[at]) {
            self.stray = Some(Stray { opened: self.opened, closed: true });
        }
        at
    }

    /// What was wrong, once everything has been read.
    pub(super) fn stray(&self) -> Option<Stray> {
        let open = self.state == State::Inside;
        self.stray.or(open.then_some(Stray { opened: self.opened, closed: false }))
    }
}

#[cfg(test)]
mod tests {
    use super::{Quotes, Stray};

    /// The same answer however the bytes are cut.
    fn stray(text: &str) -> Option<Stray> {
        let of = |size: usize| {
            let mut quotes = Quotes::new(b',', 0);
            text.as_bytes().chunks(size).for_each(|chunk| quotes.feed(chunk));
            quotes.stray()
        };
        let whole = of(text.len().max(1));
        (1..5).for_each(|size| assert_eq!(of(size), whole, "{text}"));
        whole
    }

    #[test]
    fn marks_that_belong_are_left_alone() {
        for text in [
            "1,\"a\",b\n",
            "\"a\"",
            "1,\"a \"\"b\"\" c\"\r\n2,\"\"\n",
            "1,5\" pipe,x\n",
            "1,5\"\" pipe,x\n",
            "1,\"two\nlines\",x\n",
            "\"\"\"\"\n",
            "",
        ] {
            assert_eq!(stray(text), None, "{text}");
        }
    }

    #[test]
    fn marks_that_swallow_rows_are_found_where_they_open() {
        let open = |opened| Some(Stray { opened, closed: false });
        let closed = |opened| Some(Stray { opened, closed: true });
        assert_eq!(stray("1,\"said\n2,x\n"), open(2));
        assert_eq!(stray("1,\"said\n2,\"fine\"\n"), closed(2));
        assert_eq!(stray("1,a\n\"b\"c,d\n"), closed(4));
    }

    #[test]
    fn a_mark_after_the_byte_order_mark_opens_a_cell() {
        let mut quotes = Quotes::new(b',', 3);
        quotes.feed(b"\xEF\xBB\xBF\"id\n");
        assert_eq!(quotes.stray(), Some(Stray { opened: 3, closed: false }));
    }
}
