//! Poll files below some folders, in the order of their paths.
//!
//! Follows links to folders, but enters no folder twice. Leaves out folders whose names begin
//! with a full stop. Reads nothing but folders.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::codes;
use crate::diagnostic::{Finding, Place};

/// The name of a poll file.
const NAME: &str = "poll.toml";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The poll files.
    pub(super) polls: Vec<PathBuf>,
    /// What could not be looked through, and why.
    pub(super) closed: Vec<(PathBuf, Finding)>,
    /// Links that were not followed.
    pub(super) notes: Vec<Finding>,
}

/// Looks for poll files below folders, but for some.
pub(super) fn polls(folders: &[PathBuf], but: &[&Path]) -> Found {
    let mut search = Search::default();
    search.entered.extend(but.iter().filter_map(|folder| folder.canonicalize().ok()));
    // Links come last, so that a folder has the name that it has without them.
    search.folders.extend(folders.iter().cloned());
    while let Some(folder) = search.next() {
        if let Err(error) = search.enter(&folder) {
            let finding = closed(&folder, &error);
            search.found.closed.push((folder, finding));
        }
    }
    search.found.polls.sort();
    search.found.closed.sort_by(|a, b| a.0.cmp(&b.0));
    search.found
}

#[derive(Default)]
struct Search {
    folders: VecDeque<PathBuf>,
    links: VecDeque<PathBuf>,
    /// Where folders really are that have been entered.
    entered: BTreeSet<PathBuf>,
    found: Found,
}

impl Search {
    fn next(&mut self) -> Option<PathBuf> {
        self.folders.pop_front().or_else(|| self.links.pop_front())
    }

    fn enter(&mut self, folder: &Path) -> io::Result<()> {
        if !self.entered.insert(folder.canonicalize()?) {
            return Ok(());
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name());
        }
        names.sort();
        for name in names {
            if !name.as_encoded_bytes().starts_with(b".") {
                self.look(folder.join(&name), name == NAME)?;
            }
        }
        Ok(())
    }

    /// Looks at what stands in a folder. A poll file that cannot be read is one all the same:
    /// its run says what is wrong.
    fn look(&mut self, path: PathBuf, named: bool) -> io::Result<()> {
        let kind = match fs::symlink_metadata(&path) {
            // It has vanished since.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            facts => facts?.file_type(),
        };
        let folder = path.is_dir();
        if folder && kind.is_symlink() {
            self.follow(path);
        } else if folder {
            self.folders.push_back(path);
        } else if named {
            self.found.polls.push(path);
        } else if kind.is_symlink() && !path.exists() {
            self.found.notes.push(left_out(&path, "the link leads nowhere"));
        }
        Ok(())
    }

    fn follow(&mut self, link: PathBuf) {
        let above = link.parent().and_then(|above| above.canonicalize().ok());
        let target = link.canonicalize().ok();
        match (above, target) {
            (Some(above), Some(target)) if above.starts_with(&target) => {
                self.found.notes.push(left_out(&link, "the link leads to a folder above it"));
            }
            _ => self.links.push_back(link),
        }
    }
}

fn closed(folder: &Path, error: &io::Error) -> Finding {
    Finding::new(&codes::FOLDER, "the folder cannot be looked through")
        .at(Place::file(&folder.to_string_lossy()))
        .because(error.to_string())
        .help("correct the path, or the folder's permissions")
}

fn left_out(link: &Path, why: &str) -> Finding {
    Finding::new(&codes::LINK, format!("{why} and is left out"))
        .at(Place::file(&link.to_string_lossy()))
        .help("take the link away")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with files of some names.
    fn place(names: &[&str]) -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        for name in names {
            let file = place.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::File::create(file).unwrap();
        }
        place
    }

    fn names(place: &tempfile::TempDir, found: &Found) -> Vec<String> {
        let name = |path: &PathBuf| path.strip_prefix(place.path()).unwrap().to_owned();
        found.polls.iter().map(|path| name(path).to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn polls_are_found_at_every_depth_in_the_order_of_their_paths() {
        let place = place(&[
            "b/poll.toml",
            "a/deep/er/poll.toml",
            "a/poll.toml",
            "a/poll.toml.bak",
            "a/.git/poll.toml",
            "out/poll.toml",
            "two\nlines/poll.toml",
        ]);
        let folders = [place.path().join("b"), place.path().to_path_buf()];
        let found = polls(&folders, &[&place.path().join("out")]);
        let expected =
            ["a/deep/er/poll.toml", "a/poll.toml", "b/poll.toml", "two\nlines/poll.toml"];
        assert_eq!(names(&place, &found), expected);
        assert!(found.closed.is_empty() && found.notes.is_empty());
    }

    #[test]
    fn a_folder_that_is_not_there_does_not_hide_the_others() {
        let place = place(&["a/poll.toml"]);
        let folders = ["none", "a"].map(|name| place.path().join(name));
        let found = polls(&folders, &[]);
        assert_eq!(names(&place, &found), ["a/poll.toml"]);
        assert_eq!(found.closed.len(), 1);
        assert_eq!(found.closed[0].0, folders[0]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_never_in_a_circle() {
        use std::os::unix::fs::symlink;
        let place = place(&["a/b/poll.toml", "c/d/poll.toml"]);
        let link = |target: &str, name: &str| symlink(target, place.path().join(name)).unwrap();
        link("..", "a/b/up");
        link("../../a", "a/b/round");
        link("self", "a/self");
        link("gone", "a/gone");
        link("../c", "a/0");
        link("../a/b", "c/other");
        let found = polls(&[place.path().join("a")], &[]);
        assert_eq!(names(&place, &found), ["a/0/d/poll.toml", "a/b/poll.toml"]);
        assert_eq!(found.notes.len(), 4, "{:?}", found.notes);
        assert!(found.closed.is_empty());
    }
}
