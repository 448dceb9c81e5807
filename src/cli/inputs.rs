//! What a run reads: each file that the pipeline asks for, how it was when it was first
//! asked for, and the hash of its bytes.
//!
//! Notices a file that changes while it is read, so that nothing is published of which half
//! was old. Keeps no content.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::log;
use crate::pipeline::{InputFacts, hex};

/// SHA-256 of files in hexadecimal, by their paths as the poll file writes them; none of a
/// file that was looked for and is not there.
pub(super) type Hashes = BTreeMap<String, Option<String>>;

/// What one run reads.
pub(super) struct Inputs {
    /// For how long a file must have been left alone.
    settle: Duration,
    seen: Mutex<BTreeMap<String, Seen>>,
    /// The first file that changed.
    moving: Mutex<Option<String>>,
}

struct Seen {
    file: PathBuf,
    stamp: Option<Stamp>,
    sha256: Option<String>,
}

/// How a file was at a moment; two that are alike hold the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    /// The file behind the name, where the system numbers them.
    number: u64,
}

impl Inputs {
    /// Of a run that takes a file once it has been left alone for `settle`.
    pub(super) fn new(settle: Duration) -> Self {
        Self { settle, seen: Mutex::default(), moving: Mutex::default() }
    }

    /// Is told before a file is read.
    ///
    /// # Errors
    /// If it is no file, is being written, or has changed since it was first read.
    pub(super) fn meet(&self, path: &str, file: &Path) -> io::Result<()> {
        let known = held(&self.seen).get(path).map(|seen| seen.stamp);
        if let Some(then) = known {
            return self.compare(path, then, file);
        }
        let stamp = self.settled(path, file)?;
        let seen = Seen { file: file.to_path_buf(), stamp, sha256: None };
        held(&self.seen).insert(path.to_owned(), seen);
        Ok(())
    }

    /// How a file is that nobody has touched for a while. One that is younger is looked at
    /// again when it would be old enough; a clock that was set never makes that longer.
    fn settled(&self, path: &str, file: &Path) -> io::Result<Option<Stamp>> {
        let first = stamp(file)?;
        let wait =
            first.map_or(Duration::ZERO, |stamp| self.settle.saturating_sub(stamp.age()));
        if wait.is_zero() {
            return Ok(first);
        }
        thread::sleep(wait);
        self.compare(path, first, file)?;
        Ok(first)
    }

    /// Whether a file is as it was.
    fn compare(&self, path: &str, then: Option<Stamp>, file: &Path) -> io::Result<()> {
        match stamp(file)? {
            now if now == then => Ok(()),
            None => Err(io::Error::other("it has vanished while it was read")),
            Some(_) => {
                held(&self.moving).get_or_insert_with(|| path.to_owned());
                Err(io::Error::other("it changed while it was read"))
            }
        }
    }

    /// Is told what was read of a file.
    pub(super) fn read(&self, path: &str, bytes: &[u8]) {
        self.hashed(path, hex(&Sha256::digest(bytes)));
    }

    /// Is told what the pipeline knows of its files.
    pub(super) fn told(&self, inputs: &[InputFacts]) {
        for facts in inputs {
            self.hashed(&facts.path, facts.sha256.clone());
        }
    }

    fn hashed(&self, path: &str, sha256: String) {
        if let Some(seen) = held(&self.seen).get_mut(path) {
            seen.sha256.get_or_insert(sha256);
        }
    }

    /// Whether every file is as it was when it was first read.
    ///
    /// # Errors
    /// The first one that is not, and why.
    pub(super) fn still(&self) -> Result<(), (String, io::Error)> {
        let files: Vec<_> = {
            let seen = held(&self.seen);
            seen.iter().map(|(path, s)| (path.clone(), s.stamp, s.file.clone())).collect()
        };
        let moved = files.into_iter().find_map(|(path, then, file)| {
            let error = self.compare(&path, then, &file).err()?;
            Some((path, error))
        });
        moved.map_or(Ok(()), Err)
    }

    /// Whether a file has been changing.
    pub(super) fn is_moving(&self) -> bool {
        let _ = self.still();
        self.moving().is_some()
    }

    /// The first file that was seen to change.
    pub(super) fn moving(&self) -> Option<String> {
        held(&self.moving).clone()
    }

    /// The hash of every file, as far as it was read to its end.
    pub(super) fn hashes(&self) -> Hashes {
        let seen = held(&self.seen);
        seen.iter().map(|(path, seen)| (path.clone(), seen.sha256.clone())).collect()
    }
}

impl Stamp {
    /// How long ago the file was changed, as the clock says; nothing if that is to come.
    fn age(self) -> Duration {
        let since = |modified| log::now().duration_since(modified).unwrap_or_default();
        self.modified.map_or(Duration::MAX, since)
    }
}

/// How a file is now; none if there is none.
fn stamp(file: &Path) -> io::Result<Option<Stamp>> {
    let facts = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        facts => facts?,
    };
    if !facts.is_file() && !facts.is_dir() {
        // Whoever reads a pipe may wait for ever.
        return Err(io::Error::other("it is no file"));
    }
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&facts);
    #[cfg(not(unix))]
    let number = 0;
    Ok(Some(Stamp { bytes: facts.len(), modified: facts.modified().ok(), number }))
}

/// The SHA-256 of a file's bytes in hexadecimal; none if there is no such file.
///
/// # Errors
/// Whatever the system says.
pub(super) fn hash(file: &Path) -> io::Result<Option<String>> {
    if stamp(file)?.is_none() {
        return Ok(None);
    }
    let mut sha256 = Sha256::new();
    let mut open = fs::File::open(file)?;
    let mut part = vec![0; 1 << 18];
    loop {
        match io::Read::read(&mut open, &mut part)? {
            0 => return Ok(Some(hex(&sha256.finalize()))),
            read => sha256.update(part.get(..read).unwrap_or_default()),
        }
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "tests write files")]

    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("replies.csv");
        fs::write(&file, text).unwrap();
        (place, file)
    }

    #[test]
    fn a_file_that_grows_while_it_is_read_is_noticed() {
        let (_place, file) = file("id\n1\n");
        let inputs = Inputs::new(Duration::ZERO);
        inputs.meet("replies.csv", &file).unwrap();
        inputs.meet("replies.csv", &file).unwrap();
        assert!(inputs.still().is_ok() && inputs.moving().is_none());
        fs::write(&file, "id\n1\n2\n").unwrap();
        assert!(inputs.meet("replies.csv", &file).is_err());
        assert_eq!(inputs.still().unwrap_err().0, "replies.csv");
        assert_eq!(inputs.moving().as_deref(), Some("replies.csv"));
    }

    #[test]
    fn a_file_that_vanishes_is_no_file_that_grows() {
        let (_place, file) = file("id\n1\n");
        let inputs = Inputs::new(Duration::ZERO);
        inputs.meet("replies.csv", &file).unwrap();
        inputs.meet("none.csv", &file.with_file_name("none.csv")).unwrap();
        fs::remove_file(&file).unwrap();
        assert!(inputs.still().is_err());
        assert_eq!(inputs.moving(), None);
        assert_eq!(inputs.hashes()["none.csv"], None);
    }

    #[test]
    fn a_young_file_is_looked_at_again_and_the_clock_does_not_matter() {
        let (_place, file) = file("id\n1\n");
        let late = fs::File::options().append(true).open(&file).unwrap();
        late.set_modified(log::now() + Duration::from_hours(1)).unwrap();
        let young = stamp(&file).unwrap().unwrap();
        assert_eq!(young.age(), Duration::ZERO);
        late.set_modified(log::now() - Duration::from_hours(1)).unwrap();
        assert!(stamp(&file).unwrap().unwrap().age() >= Duration::from_hours(1));
        let inputs = Inputs::new(Duration::ZERO);
        assert!(inputs.compare("replies.csv", Some(young), &file).is_err());
    }

    #[test]
    fn the_hash_of_what_was_read_is_that_of_the_file() {
        let (_place, file) = file("id\n1\n");
        let inputs = Inputs::new(Duration::ZERO);
        inputs.meet("replies.csv", &file).unwrap();
        inputs.read("replies.csv", b"id\n1\n");
        assert_eq!(inputs.hashes()["replies.csv"], hash(&file).unwrap());
        assert!(hash(&file).unwrap().is_some());
        assert_eq!(hash(&file.with_file_name("none.csv")).unwrap(), None);
    }
}
