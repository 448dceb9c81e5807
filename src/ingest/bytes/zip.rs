//! The directory of a zip archive: which files are in it, and where their bytes are.
//!
//! Knows the zip crate, for the directory only; what is packed comes out through
//! [`Unpacked`], so that no part of an archive is read without limits.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::super::Delivery;
use super::trouble::{Trouble, damaged};
use super::unpack::{Limits, Member, Unpacked};

/// A zip archive.
pub(super) struct Archive<'a> {
    delivery: &'a dyn Delivery,
    zip: ZipArchive<BufReader<Seekable<'a>>>,
    entries: Vec<Entry>,
    /// How many bytes the archive has.
    size: u64,
}

/// A line of the directory.
pub(super) struct Entry {
    /// Its name, with `/` between folders.
    pub(super) name: String,
    /// Whether it is a folder.
    pub(super) folder: bool,
    /// Whether a password is needed.
    pub(super) locked: bool,
    /// Whether it is packed by deflate, only stored, or otherwise: then by what.
    pub(super) method: Result<bool, String>,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    /// [`Trouble::Cut`] if it is not where it should be: at the end of the file.
    pub(super) fn open(delivery: &'a dyn Delivery) -> io::Result<Self> {
        let stream = Seekable::new(delivery)?;
        let size = stream.size;
        let zip = ZipArchive::new(BufReader::new(stream)).map_err(ours)?;
        let entries =
            (0..zip.len()).map(|index| entry(&zip, index)).collect::<Result<_, _>>()?;
        Ok(Self { delivery, zip, entries, size })
    }

    /// The directory, in its order.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Where the file of this name is; none if there is none.
    ///
    /// # Errors
    /// If it is locked, packed by another method, or not where the directory says.
    pub(super) fn member(&mut self, name: &str) -> io::Result<Option<Member>> {
        let Some(index) = self.find(name) else { return Ok(None) };
        let Some(entry) = self.entries.get(index) else { return Ok(None) };
        let deflated = match &entry.method {
            _ if entry.locked => return Err(damaged("a part of it is locked by a password")),
            Ok(deflated) => *deflated,
            Err(method) => return Err(damaged(format!("a part of it is packed by {method}"))),
        };
        let name = entry.name.clone();
        let file = self.zip.by_index_raw(index).map_err(ours)?;
        let start = file.data_start().ok_or_else(|| damaged("a part of it has no place"))?;
        let (packed, size, crc) = (file.compressed_size(), file.size(), file.crc32());
        if start.checked_add(packed).is_none_or(|end| end > self.size) {
            return Err(Trouble::Cut.into());
        }
        Ok(Some(Member { name, start, packed, size, crc, deflated }))
    }

    /// The content of the file of this name; none if there is none.
    ///
    /// # Errors
    /// As [`Archive::member`].
    pub(super) fn read(
        &mut self,
        name: &str,
        limits: Limits,
    ) -> io::Result<Option<Unpacked<'a>>> {
        let Some(member) = self.member(name)? else { return Ok(None) };
        let packed = self.delivery.open(member.start)?;
        Ok(Some(Unpacked::member(packed, &member, limits)))
    }
}

fn entry<R: Read + Seek>(zip: &ZipArchive<R>, index: usize) -> io::Result<Entry> {
    let entry = zip.by_index_data(index).map_err(ours)?;
    let name = entry.name().map_err(ours)?.replace('\\', "/");
    let method = match entry.compression() {
        CompressionMethod::Stored => Ok(false),
        // The value of this name depends on whether the zip crate itself can unpack.
        method if method == CompressionMethod::DEFLATE => Ok(true),
        other => Err(other.to_string()),
    };
    let folder = entry.is_dir() || name.ends_with('/');
    Ok(Entry { name, folder, locked: entry.encrypted(), method })
}

/// What the zip crate says, in our words.
fn ours(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) if Trouble::of(&error).is_some() => error,
        ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Trouble::Cut.into()
        }
        ZipError::Io(error) => error,
        other => damaged(format!("the list of its parts cannot be read: {other}")),
    }
}

/// A delivery in which one can go back and forth. It is opened anew wherever one goes.
struct Seekable<'a> {
    delivery: &'a dyn Delivery,
    stream: Option<Box<dyn Read + 'a>>,
    at: u64,
    size: u64,
}

impl<'a> Seekable<'a> {
    /// Reads the delivery through once to know its size.
    fn new(delivery: &'a dyn Delivery) -> io::Result<Self> {
        let size = io::copy(&mut delivery.open(0)?, &mut io::sink())?;
        Ok(Self { delivery, stream: None, at: 0, size })
    }
}

impl Read for Seekable<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size {
            return Ok(0);
        }
        let stream = match &mut self.stream {
            Some(stream) => stream,
            none => none.insert(self.delivery.open(self.at)?),
        };
        let count = stream.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Seekable<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let place = place.ok_or(io::ErrorKind::InvalidInput)?;
        if place != self.at {
            self.stream = None;
            self.at = place;
        }
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, SeekFrom};

    use super::super::testing::{Memory, zipped};
    use super::super::unpack::TEXT;
    use super::{Archive, Seekable, Trouble};

    #[test]
    fn a_file_is_found_and_read() {
        let file = Memory(zipped(&[("xl/a.xml", b"first"), ("b.csv", b"second")]));
        let mut archive = Archive::open(&file).unwrap();
        assert_eq!(archive.entries().len(), 2);
        let mut text = String::new();
        let content = archive.read("XL/A.xml", TEXT).unwrap();
        content.unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "first");
        assert!(archive.read("c.csv", TEXT).unwrap().is_none());
    }

    #[test]
    fn an_archive_cut_anywhere_is_refused() {
        let whole = zipped(&[("a.csv", b"id\n1\n")]);
        for length in 0..whole.len() {
            let file = Memory(whole[..length].to_vec());
            let error = Archive::open(&file).err().unwrap();
            assert!(Trouble::of(&error).is_some(), "{length}: {error}");
        }
    }

    #[test]
    fn one_goes_back_and_forth_and_never_beyond_the_end() {
        let file = Memory(b"0123456789".to_vec());
        let mut seekable = Seekable::new(&file).unwrap();
        let mut two = [0; 2];
        for (to, expected) in [
            (SeekFrom::End(-3), b"78"),
            (SeekFrom::Start(1), b"12"),
            (SeekFrom::Current(2), b"56"),
        ] {
            seekable.seek(to).unwrap();
            seekable.read_exact(&mut two).unwrap();
            assert_eq!(&two, expected, "{to:?}");
        }
        seekable.seek(SeekFrom::Start(99)).unwrap();
        assert_eq!(seekable.read(&mut two).unwrap(), 0);
        assert!(seekable.seek(SeekFrom::Current(-100)).is_err());
    }
}
