//! Publishing: a release is built beside the current one and takes its place in one step.
//!
//! A reader never meets half a report. The new folder is written and synced under a hidden
//! name in the same folder, then exchanged with the current one. A run that fails or is
//! killed leaves the last good release; what it left behind is cleared by the next run.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::private;
use crate::pipeline::{Bundle, hex};

/// Where a release goes.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// The folder that holds it.
    pub(super) folder: &'a Path,
    /// Its name there.
    pub(super) name: &'a str,
    /// Where the release goes that stood there: always in private.
    pub(super) archive: &'a Path,
    /// Whether everybody may read it.
    pub(super) public: bool,
}

impl Target<'_> {
    /// Makes the folder that holds it.
    ///
    /// # Errors
    /// If it cannot be made.
    fn make(&self) -> io::Result<()> {
        let make = if self.public { private::make_open } else { private::make };
        make(self.folder)
    }
}

/// Keeps other runs away from a poll for as long as it lives.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a poll; none if another run holds it.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(super) fn take(target: &Target<'_>) -> io::Result<Option<Self>> {
        target.make()?;
        let file = File::create(target.folder.join(format!(".{}.lock", target.name)))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Puts a bundle in its place; the release that stood there goes to the archive, unless it
/// is the same.
///
/// # Errors
/// If anything cannot be written; then the release that stood there still stands.
pub(super) fn publish(bundle: &Bundle, target: &Target<'_>) -> io::Result<PathBuf> {
    let Target { folder, name: id, archive, public } = *target;
    let current = folder.join(id);
    recover(folder, id)?;
    let building = tempfile::Builder::new().prefix(&building_prefix(id)).tempdir_in(folder)?;
    write(bundle, building.path())?;
    // A temporary folder is its maker's alone; a release is for everybody.
    if public {
        private::open(building.path())?;
    }
    if current.exists() {
        exchange(building.path(), &current)?;
        keep(&building.keep(), archive)?;
    } else {
        fs::rename(building.keep(), &current)?;
    }
    sync(folder)?;
    Ok(current)
}

fn building_prefix(id: &str) -> String {
    format!(".{id}.building-")
}

/// Clears what a killed run left behind; the caller holds the lock.
fn recover(folder: &Path, id: &str) -> io::Result<()> {
    let current = folder.join(id);
    let aside = folder.join(format!(".{id}.aside"));
    if aside.exists() && !current.exists() {
        fs::rename(&aside, &current)?;
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&building_prefix(id)) || entry.path() == aside {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn write(bundle: &Bundle, folder: &Path) -> io::Result<()> {
    for file in &bundle.files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = File::create(&path)?;
        out.write_all(&file.bytes)?;
        out.sync_all()?;
    }
    let charts = folder.join("charts");
    if charts.is_dir() {
        sync(&charts)?;
    }
    sync(folder)
}

/// Makes sure that a folder's entries are on the disk.
fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchange(new: &Path, current: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, current, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot exchange two folders in one step.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => rename_twice(new, current),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, current: &Path) -> io::Result<()> {
    rename_twice(new, current)
}

/// Two renames; between them the hidden name of the old release is the journal from which
/// `recover` restores it.
fn rename_twice(new: &Path, current: &Path) -> io::Result<()> {
    let (Some(folder), Some(name)) = (current.parent(), current.file_name()) else {
        return Err(io::Error::other("the release has no folder"));
    };
    let aside = folder.join(format!(".{}.aside", name.to_string_lossy()));
    fs::rename(current, &aside)?;
    if let Err(error) = fs::rename(new, current) {
        fs::rename(&aside, current)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Moves a release that was replaced to the archive, under the hash of its checksums.
fn keep(old: &Path, archive: &Path) -> io::Result<()> {
    let hash = |folder: &Path| {
        let sums = fs::read(folder.join("SHA256SUMS")).unwrap_or_default();
        hex(&Sha256::digest(&sums)[..8])
    };
    let place = archive.join(hash(old));
    if place.exists() {
        return fs::remove_dir_all(old);
    }
    private::make(archive)?;
    private::close(old)?;
    if fs::rename(old, &place).is_err() {
        // The archive is on another disk.
        copy(old, &place)?;
        fs::remove_dir_all(old)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish;

    fn bundle(text: &str) -> Bundle {
        let file = |path: &str| publish::File {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        Bundle { files: vec![file("SHA256SUMS"), file("charts/a.svg"), file("report.html")] }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_release_replaces_the_one_before_and_leaves_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let archive = place.path().join("private/releases");
        let out = place.path().join("out");
        fs::create_dir(&out).unwrap();
        let (folder, archive) = (out.as_path(), archive.as_path());
        let target = Target { folder, name: "poll", archive, public: true };
        for text in ["one", "two", "two"] {
            let current = publish(&bundle(text), &target).unwrap();
            assert_eq!(fs::read_to_string(current.join("charts/a.svg")).unwrap(), text);
            assert_eq!(names(&out), ["poll"]);
        }
        assert_eq!(names(archive).len(), 2);
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_what_it_put_aside_comes_back() {
        let place = tempfile::tempdir().unwrap();
        let out = place.path();
        fs::create_dir_all(out.join(".poll.building-x/charts")).unwrap();
        fs::create_dir_all(out.join(".other.building-x")).unwrap();
        fs::create_dir_all(out.join(".poll.aside")).unwrap();
        recover(out, "poll").unwrap();
        assert_eq!(names(out), [".other.building-x", "poll"]);
    }

    #[test]
    fn two_renames_do_what_an_exchange_does() {
        let place = tempfile::tempdir().unwrap();
        let (new, current) = (place.path().join("new"), place.path().join("current"));
        fs::create_dir(&new).unwrap();
        fs::create_dir(&current).unwrap();
        fs::write(new.join("a"), "new").unwrap();
        fs::write(current.join("a"), "old").unwrap();
        rename_twice(&new, &current).unwrap();
        assert_eq!(fs::read_to_string(current.join("a")).unwrap(), "new");
        assert_eq!(fs::read_to_string(new.join("a")).unwrap(), "old");
        assert_eq!(names(place.path()), ["current", "new"]);
    }

    #[test]
    fn a_second_run_of_a_poll_is_kept_away() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path();
        let take =
            |name| Lock::take(&Target { folder, name, archive: folder, public: true }).unwrap();
        let first = take("poll");
        assert!(first.is_some());
        assert!(take("poll").is_none());
        assert!(take("other").is_some());
        drop(first);
        assert!(take("poll").is_some());
    }
}
