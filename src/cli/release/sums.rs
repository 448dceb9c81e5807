//! What a folder should hold by its own `SHA256SUMS`, and whether it does.
//!
//! Reads a folder, never a bundle: what was written is judged as it stands on the disk.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::cli::stop::undisturbed;
use crate::pipeline::hex;

/// The name of the list.
pub(super) const SUMS: &str = "SHA256SUMS";

/// The files of a release with their hashes, as its list says.
pub(in crate::cli) struct Sums {
    text: Vec<u8>,
    files: BTreeMap<String, String>,
}

impl Sums {
    /// The list of a folder; none if it has none, or one that lists nothing.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(in crate::cli) fn of(folder: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read(folder.join(SUMS)) {
            Err(error)
                if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) =>
            {
                return Ok(None);
            }
            text => text?,
        };
        Ok(files(&text).map(|files| Self { text, files }))
    }

    /// The name of the release: the beginning of the hash of its list.
    pub(in crate::cli) fn release(&self) -> String {
        hex(&Sha256::digest(&self.text)[..8])
    }

    /// The list as it was read.
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Which files of a folder are not as the list says: changed, missing, or not in it.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(in crate::cli) fn wrong(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut wrong = Vec::new();
        for (name, hash) in &self.files {
            match fs::read(folder.join(name)) {
                Ok(bytes) if hex(&Sha256::digest(&bytes)) == *hash => {}
                Ok(_) => wrong.push(name.clone()),
                Err(error) if error.kind() == ErrorKind::NotFound => wrong.push(name.clone()),
                Err(error) => return Err(error),
            }
        }
        let mut found = Vec::new();
        walk(folder, "", &mut found)?;
        found.retain(|name| name != SUMS && !self.files.contains_key(name));
        wrong.extend(found);
        Ok(wrong)
    }

    /// Copies the release to a folder that is there, and makes sure that it is on the disk.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(super) fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        for name in self.files.keys() {
            write(to, name, &fs::read(from.join(name))?)?;
        }
        write(to, SUMS, &self.text)?;
        sync_all(to)
    }
}

/// The lines of a list; none if a line is no hash with a path below the folder.
fn files(text: &[u8]) -> Option<BTreeMap<String, String>> {
    let is_hash = |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let is_below = |name: &str| name.split('/').all(|part| !["", ".", ".."].contains(&part));
    let line = |line: &str| {
        let (hash, name) = line.split_once("  ")?;
        (is_hash(hash) && is_below(name)).then(|| (name.to_owned(), hash.to_owned()))
    };
    let files: BTreeMap<_, _> =
        std::str::from_utf8(text).ok()?.lines().map(line).collect::<Option<_>>()?;
    Some(files).filter(|files| !files.is_empty())
}

/// The paths of everything below a folder that is not a folder itself.
fn walk(folder: &Path, above: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

/// Writes a file of a release, and the folders within the release; it is on the disk then.
///
/// # Errors
/// Whatever the system says.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(name);
    // Who takes the folder away must not meet somebody who is filling it.
    let out = undisturbed(|| {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let mut out = File::create_new(&path)?;
        out.write_all(bytes).map(|()| out)
    })?;
    out.sync_all()
}

/// Makes sure that the entries of a folder, and of those in it, are on the disk.
///
/// # Errors
/// Whatever the system says.
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_all(&entry.path())?;
        }
    }
    sync(folder)
}

/// Makes sure that a folder's entries are on the disk.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str, bytes: &[u8]) -> String {
        format!("{}  {name}\n", hex(&Sha256::digest(bytes)))
    }

    #[test]
    fn a_file_that_is_changed_missing_or_too_many_is_named() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path();
        assert!(Sums::of(folder).unwrap().is_none());
        let list = line("charts/a.svg", b"a") + &line("page", b"p");
        for (name, bytes) in [("charts/a.svg", "a"), ("page", "p"), (SUMS, &list)] {
            write(folder, name, bytes.as_bytes()).unwrap();
        }
        let sums = Sums::of(folder).unwrap().unwrap();
        let wrong = || sums.wrong(folder).unwrap();
        assert_eq!(wrong(), Vec::<String>::new());
        fs::write(folder.join("page"), "P").unwrap();
        fs::write(folder.join("charts/b.svg"), "b").unwrap();
        assert_eq!(wrong(), ["page", "charts/b.svg"]);
        fs::remove_file(folder.join("charts/a.svg")).unwrap();
        assert_eq!(wrong(), ["charts/a.svg", "page", "charts/b.svg"]);
    }

    #[test]
    fn a_list_leads_nowhere_else() {
        let read = |name: &str| files(line(name, b"a").as_bytes()).is_some();
        assert!(read("a") && read("charts/a"));
        for name in ["", "/a", "../a", "a/../../b", "a//b"] {
            assert!(!read(name), "{name}");
        }
        assert!(files(b"").is_none() && files(b"abc  a\n").is_none());
    }
}
