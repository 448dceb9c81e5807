//! One run at a time: a poll is locked from before its records are read until its release
//! stands and its archive is in order.
//!
//! Locks are the system's and end with the process, so a killed run leaves none behind; the
//! empty files stay.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// Keeps other runs away for as long as it lives.
pub(in crate::cli) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a poll's private folder, which is there; none if another run
    /// holds it.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(in crate::cli) fn of_poll(own: &Path) -> io::Result<Option<Self>> {
        Self::take(&own.join(".lock"))
    }

    /// Takes the lock of a release's place in a folder, which is there: runs that have
    /// other private folders publish there too. None if another run holds it.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(in crate::cli) fn of_place(folder: &Path, name: &str) -> io::Result<Option<Self>> {
        Self::take(&folder.join(format!(".{name}.lock")))
    }

    fn take(path: &Path) -> io::Result<Option<Self>> {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_of_a_poll_is_kept_away() {
        let place = tempfile::tempdir().unwrap();
        let take = |name| Lock::of_place(place.path(), name).unwrap();
        let first = take("poll");
        assert!(first.is_some() && take("other").is_some());
        assert!(take("poll").is_none());
        drop(first);
        assert!(take("poll").is_some());
        let private = Lock::of_poll(place.path()).unwrap();
        assert!(private.is_some() && Lock::of_poll(place.path()).unwrap().is_none());
    }
}
