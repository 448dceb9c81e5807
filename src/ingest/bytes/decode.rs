//! Bytes of any encoding go in, UTF-8 text comes out, piece by piece.
//!
//! Strict: at the first byte without a letter the text ends in an error that says where;
//! all text before it is given first, so that the reader knows in which row it was. Holds
//! two buffers and never more.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::encoding;
use super::trouble::Trouble;
use crate::questionnaire::Encoding;

/// How many bytes are decoded at a time.
const PIECE: usize = 1 << 16;

/// How many bytes a character takes at most.
const LONGEST: usize = 4;

/// A stream of bytes as UTF-8 text.
pub(super) struct Decoded<R> {
    inner: R,
    encoding: Encoding,
    decoder: Decoder,
    piece: Vec<u8>,
    text: Vec<u8>,
    /// How much of `text` has been handed out.
    given: usize,
    /// How many bytes have been decoded, the mark included.
    seen: u64,
    /// The last few bytes of the piece before: a character may begin there.
    before: Vec<u8>,
    ended: bool,
    trouble: Option<Trouble>,
}

impl<R: Read> Decoded<R> {
    /// Decodes what follows the mark, of which `skip` bytes have been read already.
    pub(super) fn new(inner: R, encoding: Encoding, skip: u64) -> Self {
        Self {
            inner,
            encoding,
            decoder: encoding::table(encoding).new_decoder_without_bom_handling(),
            piece: vec![0; PIECE],
            text: Vec::new(),
            given: 0,
            seen: skip,
            before: Vec::new(),
            ended: false,
            trouble: None,
        }
    }

    /// Decodes the next piece.
    fn refill(&mut self) -> io::Result<()> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone().into());
        }
        let count = read_some(&mut self.inner, &mut self.piece)?;
        self.ended = count == 0;
        let piece = self.piece.get(..count).unwrap_or_default();
        let undefined = piece.iter().position(|byte| !encoding::defines(self.encoding, *byte));
        let sound = undefined.unwrap_or(count);
        self.trouble = self.decode(sound).or_else(|| Some(self.undefined(undefined?)));
        self.seen += sound as u64;
        self.before.extend(self.piece.get(..sound).unwrap_or_default());
        self.before.drain(..self.before.len().saturating_sub(LONGEST));
        Ok(())
    }

    /// Decodes the first bytes of the piece; says what cannot be.
    fn decode(&mut self, count: usize) -> Option<Trouble> {
        let bytes = self.piece.get(..count).unwrap_or_default();
        let room = self.decoder.max_utf8_buffer_length_without_replacement(count);
        self.text.resize(room.unwrap_or(4 * PIECE), 0);
        self.given = 0;
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, self.ended);
        self.text.truncate(written);
        let DecoderResult::Malformed(length, after) = result else { return None };
        let back = u64::from(length) + u64::from(after);
        let offset = (self.seen + read as u64).saturating_sub(back);
        let known = self.seen - self.before.len() as u64;
        let at = usize::try_from(offset.saturating_sub(known)).unwrap_or(0);
        let byte = self.before.iter().chain(bytes).nth(at).copied().unwrap_or(0);
        Some(Trouble::Undefined { encoding: self.encoding, offset, byte })
    }

    fn undefined(&self, at: usize) -> Trouble {
        let byte = self.piece.get(at).copied().unwrap_or(0);
        Trouble::Undefined { encoding: self.encoding, offset: self.seen + at as u64, byte }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !buffer.is_empty() {
            if self.ended && self.trouble.is_none() {
                return Ok(0);
            }
            self.refill()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// Reads once, over interruptions.
fn read_some(inner: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match inner.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::testing::Drops;
    use super::{Decoded, Encoding, Trouble};

    /// The text before the end, and the trouble that ended it, the same in whatever pieces
    /// the bytes come.
    fn decoded(bytes: &[u8], encoding: Encoding) -> (String, Option<Trouble>) {
        let of = |size| {
            let mut text = Vec::new();
            let mut decoded = Decoded::new(Drops(bytes, size), encoding, 0);
            let trouble = decoded.read_to_end(&mut text).err();
            let trouble = trouble.map(|error| Trouble::of(&error).unwrap().clone());
            if trouble.is_some() {
                assert!(decoded.read(&mut [0; 8]).is_err(), "an error must not end as an end");
            }
            (String::from_utf8(text).unwrap(), trouble)
        };
        let whole = of(1 << 20);
        (1..6).for_each(|size| assert_eq!(of(size), whole, "pieces of {size}"));
        whole
    }

    fn undefined(encoding: Encoding, offset: u64, byte: u8) -> Trouble {
        Trouble::Undefined { encoding, offset, byte }
    }

    #[test]
    fn each_encoding_gives_its_letters() {
        use Encoding::{Iso8859_15, Macintosh, Utf8, Utf16Be, Utf16Le, Windows1252};
        let whole = |bytes: &[u8], encoding| match decoded(bytes, encoding) {
            (text, None) => text,
            (_, Some(trouble)) => panic!("{trouble}"),
        };
        assert_eq!(whole("Zoë €\n".as_bytes(), Utf8), "Zoë €\n");
        assert_eq!(whole(b"Z\0o\0\xEB\0\xAC\x20\x3D\xD8\x00\xDE", Utf16Le), "Zoë€😀");
        assert_eq!(whole(b"\0Z\0o\0\xEB\x20\xAC\xD8\x3D\xDE\x00", Utf16Be), "Zoë€😀");
        assert_eq!(whole(b"Zo\xEB \x80 \x92", Windows1252), "Zoë € ’");
        assert_eq!(whole(b"Zo\x91 \xDB \xD5\xCA", Macintosh), "Zoë € ’\u{a0}");
        assert_eq!(whole(b"Zo\xEB \xA4 \xBD", Iso8859_15), "Zoë € œ");
        assert_eq!(whole(b"", Windows1252), "");
    }

    #[test]
    fn a_byte_without_a_letter_ends_the_text_where_it_stands() {
        for byte in [0x81, 0x8D, 0x8F, 0x90, 0x9D] {
            let found = decoded(&[b'i', 0xE9, byte, b'x'], Encoding::Windows1252);
            let expected = undefined(Encoding::Windows1252, 2, byte);
            assert_eq!(found, ("ié".to_owned(), Some(expected)));
        }
        let latin = Encoding::Iso8859_15;
        assert_eq!(decoded(b"\x85", latin), (String::new(), Some(undefined(latin, 0, 0x85))));
    }

    #[test]
    fn half_a_character_ends_the_text_where_it_stands() {
        let little = Encoding::Utf16Le;
        let lone_low = decoded(b"a\0\x00\xDCb\0", little);
        assert_eq!(lone_low, ("a".to_owned(), Some(undefined(little, 2, 0))));
        let lone_high = decoded(b"a\0\x3D\xD8b\0", little);
        assert_eq!(lone_high.0, "a");
        assert!(matches!(lone_high.1, Some(Trouble::Undefined { offset: 2, .. })));
        let odd = decoded(b"a\0b", little);
        assert_eq!(odd, ("a".to_owned(), Some(undefined(little, 2, b'b'))));
    }
}
