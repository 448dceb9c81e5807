//! Who may read what: the private folder is its owner's alone, a release is everybody's.
//!
//! On systems without such modes a folder has what its parent passes on to it, and nothing
//! here changes that.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// Whether others than the owner may do anything with a file or folder.
pub(super) fn others(facts: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        facts.permissions().mode() & 0o077 != 0
    }
    #[cfg(not(unix))]
    {
        let _ = facts;
        false
    }
}

/// Shuts out all but the owner from a folder and everything below it; links are left alone.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn close(folder: &Path) -> io::Result<()> {
    each(folder, 0o700, 0o600)
}

/// Lets everybody read a folder and everything below it.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn open(folder: &Path) -> io::Result<()> {
    each(folder, 0o755, 0o644)
}

/// Makes a folder, and those above it, for everybody to enter; what exists stays as it is.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn make_open(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|above| *above != Path::new(""));
    let missing: Vec<&Path> = missing.take_while(|above| !above.exists()).collect();
    fs::create_dir_all(folder)?;
    missing.into_iter().try_for_each(|made| set(made, 0o755))
}

fn each(path: &Path, folders: u32, files: u32) -> io::Result<()> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if kind.is_file() {
        return set(path, files);
    }
    if kind.is_dir() {
        set(path, folders)?;
        for entry in fs::read_dir(path)? {
            each(&entry?.path(), folders, files)?;
        }
    }
    Ok(())
}

fn set(path: &Path, mode: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let held = fs::metadata(path)?.permissions().mode() & 0o777;
        if held != mode {
            let done = fs::set_permissions(path, fs::Permissions::from_mode(mode));
            // Some disks have no modes; `others` warns of them where it matters.
            return match done {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
                done => done,
            };
        }
    }
    let _ = (path, mode);
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn what_was_open_is_closed_and_the_other_way_round() {
        let place = tempfile::tempdir().unwrap();
        let mode = |name: &str| {
            fs::metadata(place.path().join(name)).unwrap().permissions().mode() & 0o777
        };
        let modes = || ["in", "in/charts", "in/charts/a.svg", "out"].map(mode);
        fs::create_dir(place.path().join("out")).unwrap();
        set(&place.path().join("out"), 0o755).unwrap();
        make_open(&place.path().join("in/charts")).unwrap();
        fs::File::create(place.path().join("in/charts/a.svg")).unwrap();
        symlink("../out", place.path().join("in/link")).unwrap();
        assert_eq!(modes()[..2], [0o755, 0o755]);
        close(&place.path().join("in")).unwrap();
        assert_eq!(modes(), [0o700, 0o700, 0o600, 0o755], "a link is not followed");
        open(&place.path().join("in")).unwrap();
        assert_eq!(modes(), [0o755, 0o755, 0o644, 0o755]);
    }
}
