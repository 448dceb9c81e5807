//! Packed bytes go in, what was packed comes out, bounded and checked.
//!
//! An archive may lie: about how much is in it, and about its end. What comes out is
//! counted against [`Limits`], and a file that ends too early or whose checksum is wrong
//! ends in a [`Trouble`], never in a shorter text.

use std::io::{self, BufReader, Read};

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

use super::trouble::{Trouble, damaged};

/// How much may come out of a packed file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// In bytes.
    pub(super) most: u64,
    /// How many times as much as went in, once `free` bytes have come out.
    pub(super) ratio: u64,
    /// How many bytes may come out before `ratio` counts.
    pub(super) free: u64,
}

/// For the text of a gzip or zip archive. Deflate cannot swell more than 1,032-fold (RFC
/// 1951 packs at most 258 bytes into two bits), and real answers, of which no two rows are
/// the same, stay far below a tenth of that.
pub(super) const TEXT: Limits = Limits { most: 64 << 30, ratio: 500, free: 100 << 20 };

/// For one part of a workbook.
pub(super) const PART: Limits = Limits { most: 8 << 30, ..TEXT };

/// Bytes on their way into a decoder, counted.
pub(super) struct Counted<'a> {
    inner: Box<dyn Read + 'a>,
    count: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

enum Source<'a> {
    Gzip(MultiGzDecoder<BufReader<Counted<'a>>>),
    Deflated(DeflateDecoder<BufReader<Counted<'a>>>),
    Stored(BufReader<Counted<'a>>),
}

impl Source<'_> {
    fn packed(&self) -> u64 {
        match self {
            Self::Gzip(decoder) => decoder.get_ref().get_ref().count,
            Self::Deflated(decoder) => decoder.get_ref().get_ref().count,
            Self::Stored(reader) => reader.get_ref().count,
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(buffer),
            Self::Deflated(decoder) => decoder.read(buffer),
            Self::Stored(reader) => reader.read(buffer),
        }
    }
}

/// What a zip archive says of one of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct Member {
    /// Its name, with folders.
    pub(in crate::ingest) name: String,
    /// Where its packed bytes begin in the archive.
    pub(super) start: u64,
    /// How many packed bytes there are.
    pub(super) packed: u64,
    /// How many come out.
    pub(super) size: u64,
    /// The checksum of what comes out.
    pub(super) crc: u32,
    /// Whether it is packed by deflate, or only stored.
    pub(super) deflated: bool,
}

/// What comes out of a packed file.
pub(super) struct Unpacked<'a> {
    source: Source<'a>,
    limits: Limits,
    written: u64,
    /// Size and checksum that must be reached.
    promised: Option<(u64, u32)>,
    crc: Crc,
    trouble: Option<Trouble>,
}

impl<'a> Unpacked<'a> {
    /// The content of a gzip archive, of all its members in turn.
    pub(super) fn gzip(packed: Box<dyn Read + 'a>, limits: Limits) -> Self {
        Self::new(Source::Gzip(MultiGzDecoder::new(counted(packed))), limits, None)
    }

    /// The content of one member, whose packed bytes `packed` begins with.
    pub(super) fn member(packed: Box<dyn Read + 'a>, member: &Member, limits: Limits) -> Self {
        let packed = counted(Box::new(packed.take(member.packed)));
        let source = if member.deflated {
            Source::Deflated(DeflateDecoder::new(packed))
        } else {
            Source::Stored(packed)
        };
        Self::new(source, limits, Some((member.size, member.crc)))
    }

    fn new(source: Source<'a>, limits: Limits, promised: Option<(u64, u32)>) -> Self {
        Self { source, limits, written: 0, promised, crc: Crc::new(), trouble: None }
    }

    /// Counts what came out, and stops what swells too far.
    fn count(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        if self.promised.is_some() {
            self.crc.update(bytes);
        }
        if self.written > self.limits.most {
            return Err(Trouble::Bomb("more comes out of the archive than is ever read").into());
        }
        let swells = self.written > self.limits.free
            && self.written / self.limits.ratio > self.source.packed();
        if swells {
            return Err(Trouble::Bomb("it swells more than any file of answers does").into());
        }
        Ok(())
    }

    /// Whether everything that was promised came out.
    fn end(&self) -> io::Result<()> {
        match self.promised {
            Some((size, _)) if self.written < size => Err(Trouble::Cut.into()),
            Some((size, crc)) if self.written > size || self.crc.sum() != crc => {
                Err(damaged("its checksum is wrong"))
            }
            _ => Ok(()),
        }
    }

    fn step(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer).map_err(ours)?;
        if count == 0 && !buffer.is_empty() {
            self.end()?;
        }
        self.count(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(trouble) = &self.trouble {
            return Err(trouble.clone().into());
        }
        let outcome = self.step(buffer);
        self.trouble = outcome.as_ref().err().and_then(|error| Trouble::of(error).cloned());
        outcome
    }
}

fn counted(inner: Box<dyn Read + '_>) -> BufReader<Counted<'_>> {
    BufReader::with_capacity(1 << 16, Counted { inner, count: 0 })
}

/// What a decoder says, in our words; what the disk says as it is.
fn ours(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Trouble::Cut.into(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            damaged(format!("it cannot be unpacked: {error}"))
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::testing::{deflate, gzip};
    use super::{Crc, Limits, Member, TEXT, Trouble, Unpacked};

    fn all(mut unpacked: Unpacked<'_>) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        match unpacked.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => {
                assert!(unpacked.read(&mut [0; 8]).is_err(), "it stays an error");
                Err(Trouble::of(&error).unwrap().clone())
            }
        }
    }

    fn gunzip(bytes: &[u8], limits: Limits) -> Result<Vec<u8>, Trouble> {
        all(Unpacked::gzip(Box::new(bytes), limits))
    }

    fn member(
        bytes: &[u8],
        packed: &[u8],
        change: impl Fn(&mut Member),
    ) -> Result<Vec<u8>, Trouble> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut member = Member {
            name: "a.csv".to_owned(),
            start: 0,
            packed: packed.len() as u64,
            size: bytes.len() as u64,
            crc: crc.sum(),
            deflated: packed != bytes,
        };
        change(&mut member);
        all(Unpacked::member(Box::new(packed), &member, TEXT))
    }

    #[test]
    fn all_members_of_a_gzip_archive_are_read() {
        let both = [gzip(b"id,a\n"), gzip(b"1,2\n")].concat();
        assert_eq!(gunzip(&both, TEXT).unwrap(), b"id,a\n1,2\n");
    }

    #[test]
    fn an_archive_that_ends_early_is_never_a_shorter_text() {
        let whole = gzip(&b"id,a\n1,2\n".repeat(40));
        for length in 1..whole.len() {
            assert_eq!(gunzip(&whole[..length], TEXT), Err(Trouble::Cut), "{length} bytes");
        }
        let text = b"id,a\n1,2\n".repeat(40);
        let packed = deflate(&text);
        for length in 0..packed.len() {
            assert_eq!(member(&text, &packed[..length], |_| ()), Err(Trouble::Cut));
        }
        assert_eq!(member(&text, &text[..9], |m| m.deflated = false), Err(Trouble::Cut));
    }

    #[test]
    fn damage_is_found() {
        let mut bent = gzip(b"id,a\n1,2\n");
        let checksum = bent.len() - 6;
        bent[checksum] ^= 1;
        assert!(matches!(gunzip(&bent, TEXT), Err(Trouble::Damaged(_))));
        let junk = [gzip(b"id,a\n").as_slice(), b"junk that follows"].concat();
        assert!(matches!(gunzip(&junk, TEXT), Err(Trouble::Damaged(_))));
        let (text, packed) = (b"id,a\n", deflate(b"id,a\n"));
        assert_eq!(member(text, &packed, |_| ()).unwrap(), text);
        assert_eq!(member(text, text, |_| ()).unwrap(), text);
        let wrong = damaged(member(text, &packed, |m| m.crc ^= 1));
        assert_eq!(wrong, damaged(member(text, &packed, |m| m.size -= 1)));
    }

    fn damaged(outcome: Result<Vec<u8>, Trouble>) -> String {
        match outcome {
            Err(Trouble::Damaged(how)) => how,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_swells_too_far_is_stopped() {
        let bomb = gzip(&vec![b'0'; 1 << 20]);
        assert_eq!(gunzip(&bomb, TEXT).map(|b| b.len()), Ok(1 << 20), "small files are free");
        let most = Limits { most: 1 << 19, ..TEXT };
        assert!(matches!(gunzip(&bomb, most), Err(Trouble::Bomb(_))));
        let ratio = Limits { free: 1 << 19, ..TEXT };
        assert!(matches!(gunzip(&bomb, ratio), Err(Trouble::Bomb(_))));
        let honest = Limits { free: 1 << 19, ratio: 1100, ..TEXT };
        assert!(gunzip(&bomb, honest).is_ok());
    }
}
