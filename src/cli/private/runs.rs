//! Records of runs: when each was, how it ended and what it read. A clock and a host stand
//! here and nowhere else. Holds no row, no answer and no count, and of each poll only the
//! last few.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::cli::log;

/// How many are kept of each poll, besides those of the run that writes.
const KEPT: usize = 50;

/// Where records of polls stand whose poll file does not say an id; no id has this form.
pub(in crate::cli) const UNNAMED: &str = "_unnamed";

/// Writes a record into the folder of a poll, and takes the oldest ones away. They are
/// numbered, so that a clock that was set back does not turn their order round.
///
/// # Errors
/// If it cannot be written.
pub(in crate::cli) fn record(own: &Path, facts: &Value) -> io::Result<PathBuf> {
    let folder = own.join("runs");
    super::make(&folder)?;
    let file = folder.join(format!("{:06}-{}.json", next(&folder)?, log::run()));
    let mut record = json!({
        "run": log::run(),
        "host": host(),
        "version": env!("CARGO_PKG_VERSION"),
    });
    if let (Value::Object(record), Value::Object(facts)) = (&mut record, facts.clone()) {
        record.extend(facts);
    }
    // Whole or not at all; that the last one may be lost in a power cut does no harm.
    let mut made = tempfile::NamedTempFile::new_in(&folder)?;
    writeln!(made, "{record:#}")?;
    made.persist(&file)?;
    Ok(file)
}

/// The next number in a folder. When this run of the program first asks, the oldest records
/// go: a batch of many polls without ids looks at their folder once.
fn next(folder: &Path) -> io::Result<u64> {
    static LAST: Mutex<BTreeMap<PathBuf, u64>> = Mutex::new(BTreeMap::new());
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if !last.contains_key(folder) {
        let names = names(folder)?;
        let old = names.len().saturating_sub(KEPT);
        names.iter().take(old).try_for_each(|name| fs::remove_file(folder.join(name)))?;
        last.insert(folder.to_path_buf(), names.last().and_then(|n| number(n)).unwrap_or(0));
    }
    let number = last.entry(folder.to_path_buf()).or_default();
    *number += 1;
    Ok(*number)
}

/// The names of records, the oldest first.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(number(&name).map(|_| name));
    }
    names.sort_by_key(|name| number(name));
    Ok(names)
}

fn number(name: &str) -> Option<u64> {
    name.strip_suffix(".json")?.split_once('-')?.0.parse().ok()
}

/// What the machine is called, if it says so.
#[allow(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
fn host() -> Option<String> {
    let known = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let known = known.or_else(|| std::env::var("COMPUTERNAME").ok());
    known.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_records_are_kept_in_the_order_in_which_they_came() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("runs");
        for old in 1..=60 {
            // The clock was set back after the first.
            let year = if old == 1 { 2030 } else { 2026 };
            super::super::write(&folder.join(format!("{old:06}-{year}.json")), b"{}").unwrap();
        }
        let file = record(place.path(), &json!({ "outcome": "published" })).unwrap();
        assert!(file.file_name().unwrap().to_str().unwrap().starts_with("000061-"));
        let kept = names(&folder).unwrap();
        assert_eq!((kept.len(), kept[0].as_str()), (KEPT + 1, "000011-2026.json"));
        let text = fs::read_to_string(file).unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&read["outcome"], &read["run"]), (&"published".into(), &log::run().into()));
    }
}
