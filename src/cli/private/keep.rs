//! How long private records are kept: each run says until when its own may stay, and every
//! run of any poll clears those whose time is over.
//!
//! Takes away whatever holds single rows or respondents' words: findings with row numbers, rows
//! set aside, candidates for quotes. Never touches the key, a release that stands, or the
//! records of releases.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cli::release::Lock;
use crate::pipeline::Retention;

/// What a run leaves of single rows, and of itself; besides, the candidates for quotes.
const RECORDS: [&str; 3] = ["findings.json", "rows-set-aside.csv", RUN];
/// The record of a run.
const RUN: &str = "run.json";

/// Whether a file of a poll's folder goes when its time is over.
///
/// What a release told (`disclosure/<hash>.json`) never does: without it the next release of
/// the same wave could differ by a few respondents from one that the public has, and nobody
/// would notice. It holds sums, no row and no text, and guards only as long as it is there.
fn is_swept(name: &str) -> bool {
    let quotes = name.starts_with("quotes-")
        && Path::new(name).extension().is_some_and(|end| end == "csv");
    quotes || RECORDS.contains(&name)
}

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
        let mut kept = swept(folder)?;
        kept.retain(|name| name != RUN);
        kept.push(RUN.to_owned());
        let record = json!({
            "ended": text(self.now),
            "keep_until": text(until),
            "kept": kept,
            "profile": self.profile,
            "rows_read": self.rows.0,
            "rows_used": self.rows.1,
            "version": env!("CARGO_PKG_VERSION"),
        });
        let file = folder.join(RUN);
        super::write(&file, format!("{record:#}\n").as_bytes())
    }
}

/// Clears the records of every poll whose time is over; not of those that run just now.
///
/// # Errors
/// Whatever the system says.
pub(in crate::cli) fn sweep(private: &Path, now: SystemTime) -> io::Result<()> {
    for poll in folders(private)? {
        let until = member(&poll.join(RUN), "keep_until");
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
    swept(poll)?.iter().try_for_each(|name| fs::remove_file(poll.join(name)))
}

/// The files of a poll's folder that go when their time is over.
fn swept(poll: &Path) -> io::Result<Vec<String>> {
    let names = entries(poll, fs::FileType::is_file)?;
    let names = names.into_iter().filter_map(|name| name.into_string().ok());
    Ok(names.filter(|name| is_swept(name)).collect())
}

/// The folders in a folder; none if there is none.
fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let names = entries(folder, fs::FileType::is_dir)?;
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

/// The names of what is of one kind in a folder, in their order; none if there is none.
fn entries(folder: &Path, kind: fn(&fs::FileType) -> bool) -> io::Result<Vec<OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found: Vec<OsString> = Vec::new();
    for entry in entries {
        let entry = entry?;
        if kind(&entry.file_type()?) {
            found.push(entry.file_name());
        }
    }
    found.sort();
    Ok(found)
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
        let gone = ["findings.json", "quotes-words.csv", "rows-set-aside.csv"];
        let stays = ["disclosure/0011223344556677.json", "public.json", "quotes-words.txt"];
        for name in gone.iter().chain(&stays) {
            super::super::write(&poll.join(name), b"{}").unwrap();
        }
        Kept { now: start, retention, profile: "public", rows: (9, 8) }.write(&poll).unwrap();
        let record: Value =
            serde_json::from_slice(&fs::read(poll.join("run.json")).unwrap()).unwrap();
        assert_eq!(record["kept"], json!([gone[0], gone[1], gone[2], "run.json"]));
        sweep(place.path(), start + DAY * 29).unwrap();
        assert_eq!(names(&poll).len(), 7);
        sweep(place.path(), start + DAY * 30).unwrap();
        assert_eq!(names(&poll), ["disclosure", "public.json", "quotes-words.txt"]);
        assert_eq!(names(&poll.join("disclosure")), ["0011223344556677.json"]);
        sweep(&place.path().join("none"), start).unwrap();
    }
}
