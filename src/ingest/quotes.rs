//! Quotation marks on their way to the csv crate, watched for those that would swallow
//! rows in silence.

use memchr::memchr;

/// Follows quotation marks. A mark opens a cell only at its beginning, so that the one in
/// `5" pipe` is part of the text; a doubled mark is part of the text too; a mark closes a
/// cell only if the cell ends there. The csv crate takes any other mark without a word and
/// reads on across rows.
pub(super) struct Quotes {
    delimiter: u8,
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
    /// Where the cell opens, in bytes from the start of the text.
    pub(super) opened: u64,
    /// Whether a mark in the middle of a text ends it; otherwise none does.
    pub(super) closed: bool,
}

impl Quotes {
    /// For text that begins at a record.
    pub(super) fn new(delimiter: u8) -> Self {
        let (state, previous) = (State::Outside, b'\n');
        Self { delimiter, state, previous, seen: 0, opened: 0, stray: None }
    }

    /// Whether the bytes so far end outside of a cell in quotation marks.
    pub(super) fn outside(&self) -> bool {
        self.state != State::Inside && self.stray.is_none()
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    /// How many bytes have been looked at.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// Goes on over further bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
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
        if self.ends_cell(before) {
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
            let mut quotes = Quotes::new(b',');
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
}
