//! The moment at which a release takes the place of another.
//!
//! Takes two folders beside each other; afterwards each has the other's name. A reader finds
//! either of them whole, whenever the program or the machine stops.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Gives two folders each other's names, in one step where the system can.
///
/// # Errors
/// Whatever the system says; then both have their own names.
#[cfg(target_os = "linux")]
pub(super) fn exchange(new: &Path, current: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, current, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot exchange two folders in one step.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => rename_twice(new, current),
        Err(error) => Err(error.into()),
    }
}

/// Gives two folders each other's names.
///
/// # Errors
/// Whatever the system says; then both have their own names.
#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(new: &Path, current: &Path) -> io::Result<()> {
    rename_twice(new, current)
}

/// Two renames; between them the hidden name of the old release is the journal from which
/// [`resolve`] restores it.
fn rename_twice(new: &Path, current: &Path) -> io::Result<()> {
    let aside = aside(current);
    fs::rename(current, &aside)?;
    if let Err(error) = fs::rename(new, current) {
        fs::rename(&aside, current)?;
        return Err(error);
    }
    // The new release stands; if the old one cannot be moved again, `resolve` clears it.
    let _ = fs::rename(&aside, new);
    Ok(())
}

/// Where the current release stands between two renames.
fn aside(current: &Path) -> PathBuf {
    let name = current.file_name().unwrap_or_default().to_string_lossy();
    current.with_file_name(format!(".{name}.aside"))
}

/// Ends what was stopped between two renames: without a current release the old one is that
/// again, beside a new one it goes.
///
/// # Errors
/// Whatever the system says.
pub(super) fn resolve(current: &Path) -> io::Result<()> {
    let aside = aside(current);
    if !aside.exists() {
        return Ok(());
    }
    if current.exists() { fs::remove_dir_all(aside) } else { fs::rename(aside, current) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "tests read and write files")]
    use super::*;

    type Way = fn(&Path, &Path) -> io::Result<()>;

    /// Two folders that hold their own names.
    fn folders(place: &Path) -> (PathBuf, PathBuf) {
        let paths = (place.join("new"), place.join("current"));
        for path in [&paths.0, &paths.1] {
            fs::create_dir(path).unwrap();
            fs::write(path.join("a"), path.file_name().unwrap().as_encoded_bytes()).unwrap();
        }
        paths
    }

    fn held(folder: &Path) -> String {
        fs::read_to_string(folder.join("a")).unwrap_or_default()
    }

    #[test]
    fn both_ways_give_two_folders_each_others_names() {
        for way in [exchange as Way, rename_twice] {
            let place = tempfile::tempdir().unwrap();
            let (new, current) = folders(place.path());
            way(&new, &current).unwrap();
            assert_eq!((held(&new).as_str(), held(&current).as_str()), ("current", "new"));
            assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2);
        }
    }

    #[test]
    fn what_was_stopped_between_two_renames_is_ended() {
        let place = tempfile::tempdir().unwrap();
        let (new, current) = folders(place.path());
        fs::rename(&current, aside(&current)).unwrap();
        resolve(&current).unwrap();
        assert_eq!(held(&current), "current", "the old one is back");
        fs::rename(&current, aside(&current)).unwrap();
        fs::rename(&new, &current).unwrap();
        resolve(&current).unwrap();
        assert_eq!(held(&current), "new", "the new one stays");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_second_rename_gives_the_old_one_back() {
        let place = tempfile::tempdir().unwrap();
        let (new, current) = folders(place.path());
        fs::remove_dir_all(&new).unwrap();
        assert!(rename_twice(&new, &current).is_err());
        assert_eq!(held(&current), "current");
    }
}
