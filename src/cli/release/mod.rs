//! Publishing: a release is built beside the current one and takes its place in one step.
//!
//! A reader never meets half a report. The new folder is written under a hidden name beside
//! the current one, synced, and read back against its checksums; the current one is copied to
//! the archive; then the two change places. Each step leaves the current release whole, so a
//! run that fails, is stopped or is killed at any moment leaves the last good one; what it
//! left behind is cleared by the next run.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

mod exchange;
mod history;
mod lock;
mod sums;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::private;
use super::stop::{Begun, undisturbed};
use crate::pipeline::Bundle;

pub(super) use history::History;
pub(super) use lock::Lock;
pub(super) use sums::{Sums, sync};

/// Where a release goes.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// The folder that holds it.
    pub(super) folder: &'a Path,
    /// Its name there.
    pub(super) name: &'a str,
    /// Where the release goes that stood there: always in private.
    pub(super) archive: &'a Path,
    /// Who may read it.
    pub(super) group: &'a str,
}

impl Target<'_> {
    /// The current release.
    pub(super) fn current(&self) -> PathBuf {
        self.folder.join(self.name)
    }

    /// Makes the folder that holds it.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) fn make(&self) -> io::Result<()> {
        if self.is_public() {
            private::make_open(self.folder)
        } else {
            private::make(self.folder)
        }
    }

    fn is_public(&self) -> bool {
        self.group == "public"
    }

    fn building(&self) -> String {
        format!(".{}.building-", self.name)
    }

    /// Keeps every other run away that would publish there, if it has another private folder;
    /// none if there is one.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(super) fn lock(&self) -> io::Result<Option<Lock>> {
        Lock::of_place(self.folder, self.name)
    }

    /// Clears what a killed run left behind; the caller holds the lock.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(super) fn recover(&self) -> io::Result<()> {
        exchange::resolve(&self.current())?;
        for entry in fs::read_dir(self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(&self.building()) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    /// Fills a folder beside the current release, and reads it back.
    fn build(
        &self,
        list: &[u8],
        fill: impl FnOnce(&Path) -> io::Result<()>,
    ) -> io::Result<Built> {
        let folder = Begun::folder(self.folder, &self.building())?;
        fill(folder.path())?;
        // A temporary folder is its maker's alone; a public release is everybody's.
        if self.is_public() {
            private::open(folder.path())?;
        }
        sums::sync_all(folder.path())?;
        let sums = Sums::of(folder.path())?.filter(|sums| sums.text() == list);
        let sums = sums.ok_or_else(|| unread(sums::SUMS))?;
        match sums.wrong(folder.path())?.first() {
            Some(wrong) => Err(unread(wrong)),
            None => Ok(Built { folder, sums }),
        }
    }
}

fn unread(name: &str) -> io::Error {
    io::Error::other(format!("`{name}` reads back otherwise than it was written"))
}

/// A release that is whole on the disk, beside the current one.
pub(super) struct Built {
    folder: Begun,
    sums: Sums,
}

/// What became of the release that stood there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Replaced {
    /// There was none, or the same one.
    Nothing,
    /// It is in the archive.
    Kept,
    /// It was not as it had been published, and is not kept: these files.
    Changed(Vec<String>),
}

/// Writes a bundle beside the current release.
///
/// # Errors
/// If anything cannot be written, or reads back otherwise.
pub(super) fn build(bundle: &Bundle, target: &Target<'_>) -> io::Result<Built> {
    let list = bundle.files.iter().find(|file| file.path == sums::SUMS);
    let list = list.map(|file| file.bytes.as_slice()).unwrap_or_default();
    let files = bundle.files.iter();
    target.build(list, |folder| {
        files
            .map(|file| (&file.path, &file.bytes))
            .try_for_each(|(path, bytes)| sums::write(folder, path, bytes))
    })
}

/// The folder that cannot be written, and why.
pub(super) type Unwritten = (PathBuf, io::Error);

/// Says which folder it was.
pub(super) fn at(folder: &Path) -> impl FnOnce(io::Error) -> Unwritten {
    move |error| (folder.to_path_buf(), error)
}

/// Puts a release in its place, after the one that stands there has been kept. The same
/// release again changes nothing.
///
/// # Errors
/// If anything cannot be written; then the release that stood there still stands.
pub(super) fn place(built: &Built, target: &Target<'_>) -> Result<Replaced, Unwritten> {
    let current = target.current();
    let (old, wrong) = standing(&current).map_err(at(target.folder))?;
    let replaced = match &old {
        _ if !wrong.is_empty() => Replaced::Changed(wrong),
        Some(old) if old.release() == built.sums.release() => return Ok(Replaced::Nothing),
        Some(old) => {
            let kept = History::read(target.archive)
                .and_then(|mut history| history.keep((old, &current), target.group, false));
            kept.map_err(at(target.archive))?;
            Replaced::Kept
        }
        None => Replaced::Nothing,
    };
    stand(&built.folder, target).map_err(at(target.folder))?;
    Ok(replaced)
}

/// The list of the release that stands somewhere, if there is one, and which of its files are
/// not as it says.
fn standing(current: &Path) -> io::Result<(Option<Sums>, Vec<String>)> {
    match Sums::of(current)? {
        None => stranger(current).map(|()| (None, Vec::new())),
        Some(sums) => sums.wrong(current).map(|wrong| (Some(sums), wrong)),
    }
}

/// A folder without a list of files is no release, and nobody knows whose it is.
fn stranger(current: &Path) -> io::Result<()> {
    let held = match fs::read_dir(current) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        entries => entries.map_or(1, Iterator::count),
    };
    if held == 0 {
        return Ok(());
    }
    let what =
        format!("`{}` is there and is no release: it has no SHA256SUMS", current.display());
    Err(io::Error::new(io::ErrorKind::AlreadyExists, what))
}

/// The one step.
fn stand(built: &Begun, target: &Target<'_>) -> io::Result<()> {
    let current = target.current();
    undisturbed(|| match fs::symlink_metadata(&current) {
        Ok(_) => exchange::exchange(built.path(), &current),
        Err(_) => fs::rename(built.path(), &current),
    })?;
    sync(target.folder)
}

/// How a rollback ended.
pub(super) enum Rollback {
    /// This release is the current one.
    To(String),
    /// No earlier one is kept.
    Nothing,
    /// The earlier one is not as it was published: these files of it.
    Tampered(PathBuf, Vec<String>),
}

/// Makes the release that stood before the current one the current one again. The one that
/// stands there is kept, and is not gone back to.
///
/// # Errors
/// If anything cannot be written; then the release that stood there still stands.
pub(super) fn roll_back(target: &Target<'_>) -> Result<Rollback, Unwritten> {
    let current = target.current();
    let (old, changed) = standing(&current).map_err(at(target.folder))?;
    let mut history = History::read(target.archive).map_err(at(target.archive))?;
    let name = old.as_ref().map(Sums::release);
    let Some(before) = history.before(name.as_deref(), target.group) else {
        return Ok(Rollback::Nothing);
    };
    let place = history.place(&before);
    let (sums, wrong) = archived(&place, &before).map_err(at(&place))?;
    let Some(sums) = sums.filter(|_| wrong.is_empty()) else {
        return Ok(Rollback::Tampered(place, wrong));
    };
    let copied = target.build(sums.text(), |folder| sums.copy(&place, folder));
    let built = copied.map_err(at(target.folder))?;
    if let Some(old) = old.filter(|_| changed.is_empty()) {
        let kept = history.keep((&old, &current), target.group, true);
        kept.map_err(at(target.archive))?;
    }
    stand(&built.folder, target).map_err(at(target.folder))?;
    history.took(&before, target.group).map_err(at(target.archive))?;
    Ok(Rollback::To(before))
}

/// The list of a release in the archive, and which of its files are not as it says. A list
/// that was changed does not give the folder's name.
fn archived(place: &Path, name: &str) -> io::Result<(Option<Sums>, Vec<String>)> {
    match Sums::of(place)?.filter(|sums| sums.release() == name) {
        None => Ok((None, vec![sums::SUMS.to_owned()])),
        Some(sums) => sums.wrong(place).map(|wrong| (Some(sums), wrong)),
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::pipeline::hex;
    use crate::publish;

    fn bundle(text: &str) -> Bundle {
        let names = ["charts/a.svg", "report.html"];
        let hash = hex(&Sha256::digest(text));
        let sums: String = names.iter().map(|name| format!("{hash}  {name}\n")).collect();
        let file = |path: &str, text: &str| publish::File {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let mut files = vec![file("SHA256SUMS", &sums)];
        files.extend(names.map(|name| file(name, text)));
        Bundle { files }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// A folder for what is public and one for the archive.
    struct Trial {
        place: tempfile::TempDir,
        archive: PathBuf,
    }

    impl Trial {
        fn new() -> Self {
            let place = tempfile::tempdir().unwrap();
            let archive = place.path().join("private/releases");
            fs::create_dir(place.path().join("out")).unwrap();
            Self { place, archive }
        }

        fn out(&self) -> PathBuf {
            self.place.path().join("out")
        }

        fn with<T>(&self, work: impl FnOnce(&Target<'_>) -> T) -> T {
            let (folder, archive) = (&self.out(), self.archive.as_path());
            work(&Target { folder, name: "poll", archive, group: "public" })
        }

        fn publish(&self, text: &str) -> Result<Replaced, Unwritten> {
            self.with(|target| {
                target.recover().unwrap();
                place(&build(&bundle(text), target).unwrap(), target)
            })
        }

        /// What the page of the current release says.
        fn page(&self) -> String {
            fs::read_to_string(self.out().join("poll/report.html")).unwrap_or_default()
        }

        fn roll_back(&self) -> Rollback {
            self.with(roll_back).unwrap()
        }
    }

    #[test]
    fn a_release_replaces_the_one_before_and_leaves_nothing_else() {
        let trial = Trial::new();
        for (text, replaced, kept) in [
            ("one", Replaced::Nothing, 0),
            ("two", Replaced::Kept, 1),
            ("two", Replaced::Nothing, 1),
            ("one", Replaced::Kept, 2),
        ] {
            assert_eq!(trial.publish(text).unwrap(), replaced);
            assert_eq!(trial.page(), text);
            assert_eq!(names(&trial.out()), ["poll"]);
            assert_eq!(names(&trial.archive).len(), kept);
        }
    }

    #[test]
    fn what_reads_back_otherwise_is_not_published() {
        let trial = Trial::new();
        trial.publish("one").unwrap();
        let mut wrong = bundle("two");
        wrong.files[2].bytes = b"three".to_vec();
        let error = trial.with(|target| build(&wrong, target).err()).unwrap();
        assert_eq!(error.to_string(), "`report.html` reads back otherwise than it was written");
        assert_eq!(
            (trial.page().as_str(), names(&trial.out())),
            ("one", vec!["poll".to_owned()])
        );
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_what_it_put_aside_comes_back() {
        let trial = Trial::new();
        let out = trial.out();
        for name in [".poll.building-x/charts", ".other.building-x", ".poll.aside"] {
            fs::create_dir_all(out.join(name)).unwrap();
        }
        trial.with(|target| target.recover().unwrap());
        assert_eq!(names(&out), [".other.building-x", "poll"]);
    }

    #[test]
    fn a_changed_release_is_replaced_but_not_kept_and_what_is_none_stays() {
        let trial = Trial::new();
        trial.publish("one").unwrap();
        fs::write(trial.out().join("poll/report.html"), "mine").unwrap();
        let changed = Replaced::Changed(vec!["report.html".to_owned()]);
        assert_eq!(trial.publish("one").unwrap(), changed, "the same release mends it");
        assert_eq!((trial.page().as_str(), names(&trial.archive).len()), ("one", 0));
        fs::remove_file(trial.out().join("poll/SHA256SUMS")).unwrap();
        assert_eq!(trial.publish("two").unwrap_err().1.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!((trial.page().as_str(), names(&trial.out()).len()), ("one", 1));
    }

    #[test]
    fn rollbacks_go_back_one_by_one_and_a_release_after_them_starts_from_there() {
        let trial = Trial::new();
        for text in ["one", "two", "three"] {
            trial.publish(text).unwrap();
        }
        for text in ["two", "one"] {
            assert!(matches!(trial.roll_back(), Rollback::To(_)));
            assert_eq!(trial.page(), text);
            assert_eq!(names(&trial.out()), ["poll"]);
        }
        assert!(matches!(trial.roll_back(), Rollback::Nothing));
        assert_eq!(trial.page(), "one");
        assert_eq!(trial.publish("four").unwrap(), Replaced::Kept);
        assert!(matches!(trial.roll_back(), Rollback::To(_)));
        assert_eq!(trial.page(), "one", "what was taken back is not gone back to");
    }

    #[test]
    fn a_rollback_that_was_killed_after_its_step_is_not_repeated() {
        let trial = Trial::new();
        for text in ["one", "two", "three"] {
            trial.publish(text).unwrap();
        }
        let list = trial.archive.with_extension("json");
        let before = fs::read(&list).unwrap();
        trial.roll_back();
        fs::write(&list, before).unwrap();
        assert!(matches!(trial.roll_back(), Rollback::To(_)));
        assert_eq!(trial.page(), "one");
    }

    #[test]
    fn an_earlier_release_that_was_changed_does_not_become_the_current_one() {
        let trial = Trial::new();
        for text in ["one", "two"] {
            trial.publish(text).unwrap();
        }
        let kept = trial.archive.join(&names(&trial.archive)[0]);
        let refused = |files: &[&str]| match trial.roll_back() {
            Rollback::Tampered(place, wrong) => place == kept && wrong == files,
            _ => false,
        };
        fs::write(kept.join("members.csv"), "members").unwrap();
        assert!(refused(&["members.csv"]));
        fs::write(kept.join("report.html"), "other").unwrap();
        assert!(refused(&["report.html", "members.csv"]));
        let other = bundle("other");
        fs::write(kept.join("SHA256SUMS"), &other.files[0].bytes).unwrap();
        assert!(refused(&["SHA256SUMS"]), "its name is the hash of the list");
        assert_eq!((trial.page().as_str(), names(&trial.out()).len()), ("two", 1));
    }
}
