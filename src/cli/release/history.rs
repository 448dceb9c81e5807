//! Which releases stood before the current one, in order, for each group of readers; and how
//! many of them are kept.
//!
//! Takes the archive of a poll, a folder of whole releases by name; keeps the order in a file
//! beside it, so that no clock decides what came before what. The list is written before a
//! folder is taken away or another release becomes the current one: an entry may name a
//! folder that is not there, or the current release, and is passed over.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::super::private;
use super::sums::{self, Sums};
use crate::cli::stop::{Begun, undisturbed};
use crate::pipeline::Retention;

const DAY: Duration = Duration::from_hours(24);

/// How the name of a release begins while it is copied to the archive.
const KEEPING: &str = ".keeping-";

/// The earlier releases for one group of readers, oldest first.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Order {
    /// Those that stood before the current one.
    earlier: Vec<String>,
    /// Those that a rollback took back.
    withdrawn: Vec<String>,
}

/// The archive of a poll.
pub(in crate::cli) struct History {
    archive: PathBuf,
    groups: BTreeMap<String, Order>,
}

impl History {
    /// Reads the order of the releases in an archive. If it is not there, it is made up from
    /// the folders and their times.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(in crate::cli) fn read(archive: &Path) -> io::Result<Self> {
        let groups = match fs::read(file(archive)) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            text => serde_json::from_slice(&text?).ok(),
        };
        let groups = groups.map_or_else(|| adopted(archive), Ok)?;
        Ok(Self { archive: archive.to_path_buf(), groups })
    }

    /// Where a release is kept.
    pub(super) fn place(&self, release: &str) -> PathBuf {
        self.archive.join(release)
    }

    /// Keeps a release that is about to be replaced as the last of the earlier ones, or as
    /// one that is taken back.
    ///
    /// # Errors
    /// If it cannot be copied; then nothing has changed but the archive.
    pub(super) fn keep(
        &mut self,
        (sums, from): (&Sums, &Path),
        group: &str,
        withdrawn: bool,
    ) -> io::Result<()> {
        let release = sums.release();
        let order = self.groups.entry(group.to_owned()).or_default();
        order.withdrawn.retain(|held| *held != release);
        let list = if withdrawn { &mut order.withdrawn } else { &mut order.earlier };
        if list.last() != Some(&release) {
            list.push(release.clone());
        }
        private::make(&self.archive)?;
        self.write()?;
        let place = self.place(&release);
        if place.exists() {
            return Ok(());
        }
        let copy = Begun::folder(&self.archive, KEEPING)?;
        sums.copy(from, copy.path())?;
        undisturbed(|| fs::rename(copy.path(), place))?;
        sums::sync(&self.archive)
    }

    /// The release that stood before the one of the given name and is still there.
    pub(super) fn before(&self, current: Option<&str>, group: &str) -> Option<String> {
        let earlier = &self.groups.get(group)?.earlier;
        let there = |held: &&String| self.place(held).is_dir();
        earlier.iter().rev().filter(there).find(|held| Some(held.as_str()) != current).cloned()
    }

    /// Takes a release, and what came after it, off the list of the earlier ones: it is the
    /// current one now.
    ///
    /// # Errors
    /// If the list cannot be written.
    pub(super) fn took(&mut self, release: &str, group: &str) -> io::Result<()> {
        let order = self.groups.entry(group.to_owned()).or_default();
        if let Some(place) = order.earlier.iter().rposition(|held| held == release) {
            order.earlier.truncate(place);
        }
        self.write()
    }

    /// Keeps the last few earlier releases for each group of readers, those that were taken
    /// back least; and those that were not for the public only for as long as records are
    /// kept after they were replaced.
    ///
    /// # Errors
    /// Whatever the system says.
    pub(in crate::cli) fn thin(
        &mut self,
        retention: Retention,
        now: SystemTime,
    ) -> io::Result<()> {
        let archive = &self.archive;
        let is_late = |release: &String| {
            let made = fs::metadata(archive.join(release)).and_then(|facts| facts.modified());
            made.is_ok_and(|made| made + DAY * retention.days <= now)
        };
        for (group, order) in &mut self.groups {
            for list in [&mut order.withdrawn, &mut order.earlier] {
                list.retain(|release| group == "public" || !is_late(release));
            }
            order.keep_last(retention.releases);
        }
        if archive.is_dir() {
            self.write()?;
            self.clear()?;
        }
        Ok(())
    }

    /// Takes away what is in the archive and on no list.
    fn clear(&self) -> io::Result<()> {
        let listed = |name: &str| self.groups.values().any(|order| order.names(name));
        for (name, folder) in folders(&self.archive)? {
            if !listed(&name) {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }

    fn write(&self) -> io::Result<()> {
        let text = serde_json::to_string_pretty(&self.groups)?;
        private::write(&file(&self.archive), (text + "\n").as_bytes())
    }
}

impl Order {
    /// Drops the oldest that are too many; those that were taken back go first.
    fn keep_last(&mut self, most: usize) {
        let many = self.withdrawn.len() + self.earlier.len();
        let drop = many.saturating_sub(most);
        let withdrawn = drop.min(self.withdrawn.len());
        self.withdrawn.drain(..withdrawn);
        self.earlier.drain(..drop - withdrawn);
    }

    fn names(&self, release: &str) -> bool {
        self.earlier.iter().chain(&self.withdrawn).any(|held| held == release)
    }
}

/// The file of the list: beside the archive, which holds releases alone.
fn file(archive: &Path) -> PathBuf {
    archive.with_extension("json")
}

/// Every release of an archive without a list, by its readers and its time.
fn adopted(archive: &Path) -> io::Result<BTreeMap<String, Order>> {
    let mut held = Vec::new();
    for (name, folder) in folders(archive)? {
        let manifest = fs::read(folder.join("manifest.json")).unwrap_or_default();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap_or_default();
        if let Some(profile) = manifest["profile"].as_str() {
            held.push((fs::metadata(&folder)?.modified()?, name, profile.to_owned()));
        }
    }
    held.sort();
    let mut groups: BTreeMap<String, Order> = BTreeMap::new();
    for (_, name, profile) in held {
        groups.entry(profile).or_default().earlier.push(name);
    }
    Ok(groups)
}

/// The folders in a folder with their names; none if there is none.
fn folders(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let entries = entries.collect::<io::Result<Vec<_>>>()?.into_iter();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let name = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    Ok(folders.map(|entry| (name(&entry), entry.path())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(earlier: &[&str], withdrawn: &[&str]) -> Order {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Order { earlier: owned(earlier), withdrawn: owned(withdrawn) }
    }

    /// An archive with releases of these names, each with its readers.
    fn archive(releases: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let place = tempfile::tempdir().unwrap();
        let archive = place.path().join("releases");
        for (name, profile) in releases {
            let manifest = archive.join(name).join("manifest.json");
            let text = format!("{{\"profile\":\"{profile}\"}}");
            private::write(&manifest, text.as_bytes()).unwrap();
        }
        (place, archive)
    }

    fn names(archive: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            folders(archive).unwrap().into_iter().map(|(name, _)| name).collect();
        names.sort();
        names
    }

    #[test]
    fn the_oldest_go_first_and_before_them_what_was_taken_back() {
        let left = |most| {
            let mut order = order(&["a", "b", "c"], &["x", "y"]);
            order.keep_last(most);
            order
        };
        assert_eq!(left(5), order(&["a", "b", "c"], &["x", "y"]));
        assert_eq!(left(4), order(&["a", "b", "c"], &["y"]));
        assert_eq!(left(2), order(&["b", "c"], &[]));
        assert_eq!(left(0), order(&[], &[]));
    }

    #[test]
    fn earlier_releases_are_thinned_by_their_readers() {
        let (_place, archive) = archive(&[("a", "public"), ("b", "analyst"), ("c", "public")]);
        let mut history = History::read(&archive).unwrap();
        let now = SystemTime::now();
        let keep = |days, releases| Retention { days, releases };
        history.thin(keep(30, 2), now).unwrap();
        assert_eq!(names(&archive), ["a", "b", "c"]);
        history.thin(keep(30, 2), now + DAY * 31).unwrap();
        assert_eq!(names(&archive), ["a", "c"], "that of the analyst is too old");
        let last = history.before(None, "public").unwrap();
        history.thin(keep(30, 1), now).unwrap();
        assert_eq!(names(&archive), [last]);
    }

    #[test]
    fn what_was_left_in_the_archive_half_copied_goes() {
        let (_place, archive) = archive(&[("a", "public")]);
        let mut history = History::read(&archive).unwrap();
        history.write().unwrap();
        fs::create_dir(archive.join(".keeping-x")).unwrap();
        history.thin(Retention { days: 30, releases: 5 }, SystemTime::now()).unwrap();
        assert_eq!(names(&archive), ["a"]);
    }

    #[test]
    fn the_release_before_is_there_and_another_one() {
        let (_place, archive) = archive(&[("a", "public"), ("c", "public")]);
        let groups = [("public".to_owned(), order(&["a", "b", "c"], &[]))].into();
        let mut history = History { archive, groups };
        let before = |history: &History, current| history.before(current, "public");
        assert_eq!(before(&history, Some("d")).as_deref(), Some("c"));
        assert_eq!(before(&history, Some("c")).as_deref(), Some("a"), "`b` has no folder");
        assert_eq!(history.before(Some("d"), "officers"), None);
        history.took("a", "public").unwrap();
        assert_eq!(before(&history, Some("a")), None);
        let read = History::read(&history.archive).unwrap();
        assert_eq!(read.groups, history.groups);
    }
}
