//! The key with which members' numbers are hashed: 32 random bytes in the private folder,
//! for its owner alone to read.
//!
//! Made at first use. Never printed, and never below the folder of what is published. No
//! figure depends on it.

use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::diagnostic::{Finding, Place};
use crate::pipeline::Secret;

use super::super::codes;

/// Names a file that holds the key instead, such as one that the jobs of a server share.
const ELSEWHERE: &str = "POLLSMITH_KEY_FILE";

/// A key for one run.
///
/// # Errors
/// If the system has no random numbers.
pub(in crate::cli) fn random() -> io::Result<Secret> {
    bytes().map(Secret::new)
}

fn bytes() -> io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// The key that is kept in the private folder, made if there is none; or the one in the file
/// that the environment names.
///
/// # Errors
/// What is wrong with it; never what stands in it.
pub(in crate::cli) fn secret(private: &Path, out: &Path) -> Result<Secret, Box<Finding>> {
    let given = env::var_os(ELSEWHERE).filter(|name| !name.is_empty()).map(PathBuf::from);
    let file = given.clone().unwrap_or_else(|| private.join("key"));
    let wrong = |because: String| {
        let name = file.to_string_lossy();
        let finding = Finding::new(&codes::KEY_FILE, "the key of members' numbers is unusable");
        Box::new(finding.at(Place::file(&name)).because(because).help(match given {
            Some(_) => "name a file of 32 random bytes that only you can read",
            None => "take the file away: the next run makes a new one",
        }))
    };
    if super::is_inside(&file, out) {
        return Err(wrong("it lies inside the folder of what is published".to_owned()));
    }
    let read = match read(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound && given.is_none() => make(&file),
        other => other,
    };
    read.map(Secret::new).map_err(|error| wrong(error.to_string()))
}

fn read(file: &Path) -> io::Result<[u8; 32]> {
    let (mut bytes, mut rest) = ([0; 32], [0; 1]);
    let mut open = fs::File::open(file)?;
    let short = |_| io::Error::other("it does not hold 32 bytes");
    open.read_exact(&mut bytes).map_err(short)?;
    match open.read(&mut rest)? {
        0 => Ok(bytes),
        _ => Err(io::Error::other("it does not hold 32 bytes")),
    }
}

/// Makes the key; that of another run, if one was quicker.
fn make(file: &Path) -> io::Result<[u8; 32]> {
    let bytes = bytes()?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut made = tempfile::NamedTempFile::new_in(folder)?;
    made.write_all(&bytes)?;
    made.as_file().sync_all()?;
    match made.persist_noclobber(file) {
        Ok(_) => Ok(bytes),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => read(file),
        Err(error) => Err(error.error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_its_owners_alone() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("key");
        let made = make(&file).unwrap();
        assert_eq!(read(&file).unwrap(), made);
        assert_eq!(make(&file).unwrap(), made, "a second one takes the first");
        assert_ne!(made, [0; 32]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn what_holds_no_32_bytes_is_no_key() {
        let place = tempfile::tempdir().unwrap();
        for length in [0, 31, 33] {
            let file = place.path().join("key");
            super::super::write(&file, &vec![1; length]).unwrap();
            let wrong = secret(place.path(), Path::new("/nowhere")).unwrap_err();
            assert_eq!(wrong.because.as_deref(), Some("it does not hold 32 bytes"));
        }
        assert!(secret(place.path(), place.path()).is_err(), "it would be published");
    }
}
