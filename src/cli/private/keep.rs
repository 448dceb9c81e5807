//! How long private records are kept: each run says until when its own may stay, and every
//! run of any poll clears those whose time is over.
//!
//! Never touches what guards earlier releases (the folder `disclosure`), the key, or a release
//! that stands.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cli::release::Lock;
use crate::pipeline::Retention;

/// What a run leaves of single rows, and of itself.
const RECORDS: [&str; 3] = ["findings.json", "rows-set-aside.csv", "run.json"];

const DAY: Duration = Duration::from_hours(24);

/// The record of a run, which may name a time of the clock, as no public file may.
pub(in crate::cli) struct Kept<'a> {
    /// When it ended.
    pub(in crate::cli) now: SystemTime,
    /// How long what it leaves is kept.
    pub(in crate::cli) retention: Retention,
    /// Who may read the release.
    pub(in crate::cli) profile: &'a str,
    /// Rows read and kept.
    pub(in crate::cli) rows: (u64, u64),
}

impl Kept<'_> {
    /// Writes the record into the folder of a poll.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(in crate::cli) fn write(&self, folder: &Path) -> io::Result<()> {
        let until = self.now + DAY * self.retention.days;
        let record = json!({
            "ended": text(self.now),
            "keep_until": text(until),
            "kept": RECORDS,
            "profile": self.profile,
            "rows_read": self.rows.0,
            "rows_used": self.rows.1,
            "version": env!("CARGO_PKG_VERSION"),
        });
        let file = folder.join("run.json");
        super::write(&file, format!("{record:#}\n").as_bytes())
    }
}

/// Clears the records of every poll whose time is over; not of those that run just now.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn sweep(private: &Path, now: SystemTime) -> io::Result<()> {
    for poll in folders(private)? {
        let until = member(&poll.join("run.json"), "keep_until");
        let is_over = until.and_then(|until| time(&until)).is_some_and(|until| until <= now);
        if !is_over {
            continue;
        }
        // Held while its records go. A poll that never ran with a lock is not running now.
        let lock = poll.join(".lock").exists().then(|| Lock::of_poll(&poll)).transpose()?;
        if !matches!(lock, Some(None)) {
            clear(&poll)?;
        }
    }
    Ok(())
}

/// Takes the records of a poll away.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn clear(poll: &Path) -> io::Result<()> {
    for name in RECORDS {
        match fs::remove_file(poll.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The folders in a folder; none if there is none.
fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found: Vec<OsString> = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.push(entry.file_name());
        }
    }
    found.sort();
    Ok(found.into_iter().map(|name| folder.join(name)).collect())
}

/// A text in a file of JSON.
fn member(file: &Path, key: &str) -> Option<String> {
    let value: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    value.get(key)?.as_str().map(str::to_owned)
}

fn text(time: SystemTime) -> String {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let stamp = i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok());
    stamp.unwrap_or(Timestamp::MAX).to_string()
}

fn time(text: &str) -> Option<SystemTime> {
    let seconds = text.parse::<Timestamp>().ok()?.as_second();
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn records_go_when_their_time_is_over_and_what_guards_releases_stays() {
        let place = tempfile::tempdir().unwrap();
        let poll = place.path().join("canteen");
        let start = SystemTime::UNIX_EPOCH + DAY * 20_000;
        let retention = Retention { days: 30, releases: 10 };
        for name in ["findings.json", "rows-set-aside.csv", "disclosure.json"] {
            super::super::write(&poll.join(name), b"{}").unwrap();
        }
        Kept { now: start, retention, profile: "public", rows: (9, 8) }.write(&poll).unwrap();
        sweep(place.path(), start + DAY * 29).unwrap();
        assert_eq!(names(&poll).len(), 4);
        sweep(place.path(), start + DAY * 30).unwrap();
        assert_eq!(names(&poll), ["disclosure.json"]);
        sweep(&place.path().join("none"), start).unwrap();
    }
}
