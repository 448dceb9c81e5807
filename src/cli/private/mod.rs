//! The private folder: what is not for publication, for its owner's eyes only.
//!
//! It holds the key of members' numbers, and for each poll the findings and rows of the last
//! run, records of the last runs, the releases for officers and analyst, and earlier
//! releases. Never lies inside the
//! folder of what is published.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

mod keep;
mod key;
mod modes;
mod runs;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::disk::{Disk, plain};
use super::release::sync;
use super::stop::undisturbed;
use crate::diagnostic::{Findings, json as finding_json};
use crate::pipeline::{Facts, Quotes, Records, SetAside, World, hex};

pub(super) use keep::{Kept, clear, sweep};
pub(super) use key::{random, secret};
pub(super) use modes::{close, make_open, open};
pub(super) use runs::{UNNAMED, record as record_run};

/// Where private things go: the folder given, or the user's state folder.
pub(super) fn folder(given: Option<&Path>) -> Option<PathBuf> {
    if let Some(given) = given {
        return Some(given.to_path_buf());
    }
    let named = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let state = named("XDG_STATE_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".local/state")))
        .or_else(|| named("LOCALAPPDATA"));
    state.map(|state| state.join("pollsmith"))
}

/// Whether a private path would lie inside what is published, links followed.
pub(super) fn is_inside(private: &Path, out: &Path) -> bool {
    real(private).starts_with(real(out))
}

/// A path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let whole = plain(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()));
    let known = whole.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match known {
        Some((above, found)) => found.join(whole.strip_prefix(above).unwrap_or(&whole)),
        None => whole,
    }
}

/// Whether others than its owner may enter the private folder, or read the key in it.
pub(super) fn is_exposed(folder: &Path) -> bool {
    [folder.to_path_buf(), folder.join("key")]
        .iter()
        .any(|path| fs::metadata(path).is_ok_and(|facts| modes::others(&facts)))
}

/// Makes a folder that only its owner may enter.
///
/// # Errors
/// If it cannot be made.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Writes a file that only its owner may read, and the folders above it. A file that stands
/// there is replaced whole or not at all, whatever permissions it had; a link is replaced,
/// not followed.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    make(folder)?;
    undisturbed(|| {
        // Only its owner may read a temporary file, and it keeps that when it is renamed.
        let mut file = tempfile::Builder::new().prefix(WRITING).tempfile_in(folder)?;
        // `recover` leaves alone what is locked. Some disks have no locks.
        let _ = file.as_file().try_lock();
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)
    })?;
    sync(folder)
}

/// How the name of a file begins while it is written.
const WRITING: &str = ".writing-";

/// Clears files that a killed run left half-written in the folder of a poll; those that
/// another run is just writing stay.
///
/// # Errors
/// Whatever the system says.
pub(super) fn recover(own: &Path) -> io::Result<()> {
    for folder in [own.to_path_buf(), own.join(RECORDS), own.join("runs"), own.join("batch")] {
        let entries = fs::read_dir(folder).into_iter().flatten();
        for entry in entries.collect::<io::Result<Vec<_>>>()? {
            let is_half = entry.file_name().to_string_lossy().starts_with(WRITING);
            if is_half && fs::File::open(entry.path())?.try_lock().is_ok() {
                fs::remove_file(entry.path())?;
            }
        }
    }
    Ok(())
}

/// Writes what was found, and which rows were set aside: why, and the row as it was, so that
/// it can be mended.
///
/// # Errors
/// If it cannot be written, or the data cannot be read again.
pub(super) fn record(
    folder: &Path,
    facts: &Facts,
    findings: &Findings,
    disk: &Disk<'_>,
) -> io::Result<()> {
    make(folder)?;
    let list: Vec<_> = findings.list().iter().map(finding_json).collect();
    let text = serde_json::to_string_pretty(&json!({ "findings": list }))?;
    write(&folder.join("findings.json"), (text + "\n").as_bytes())?;
    write(&folder.join("rows-set-aside.csv"), &set_aside(facts, disk)?)
}

/// Where what releases told is kept, a file each.
const RECORDS: &str = "disclosure";

/// What earlier releases of a poll told, in the order of their files' names.
///
/// # Errors
/// If a file is there and cannot be read.
pub(super) fn records(own: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(own.join(RECORDS)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "json"));
    files.sort();
    files.iter().map(fs::read_to_string).collect()
}

/// Writes what a release tells, under its hash: the same release again adds nothing.
///
/// # Errors
/// If it cannot be written.
pub(super) fn remember(own: &Path, record: &str) -> io::Result<()> {
    let hash = hex(&Sha256::digest(record.as_bytes())[..8]);
    write(&own.join(RECORDS).join(format!("{hash}.json")), record.as_bytes())
}

/// Writes what could be quoted, a file for each question.
///
/// # Errors
/// If it cannot be written.
pub(super) fn quotes(folder: &Path, quotes: &[Quotes]) -> io::Result<()> {
    quotes
        .iter()
        .try_for_each(|quotes| write(&folder.join(quotes.file_name()), &quotes.candidates()))
}

/// The rows that were set aside, as CSV.
fn set_aside(facts: &Facts, disk: &Disk<'_>) -> io::Result<Vec<u8>> {
    let mut rows = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let headers = facts.files.first().map(|f| f.headers.clone()).unwrap_or_default();
    let why = ["file", "row", "line", "rules"].map(str::to_owned);
    rows.write_record(why.into_iter().chain(headers))?;
    for (number, file) in facts.files.iter().enumerate() {
        let delivery = disk.delivery(&file.path);
        let mut records = Records::new(delivery.as_ref(), &file.form, file.delimiter);
        let here = |a: &&SetAside| a.spot.file == number && !a.withdrew();
        for aside in facts.set_aside.iter().filter(here) {
            let (row, line) = (aside.spot.row.to_string(), aside.spot.line.to_string());
            let why = [file.path.clone(), row, line, aside.codes.join(" ")];
            let cells = records.cells(aside.spot.offset)?;
            rows.write_record(why.map(String::into_bytes).into_iter().chain(cells))?;
        }
    }
    rows.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{is_inside, recover, write};
    use std::fs;
    use std::path::Path;

    #[cfg(unix)]
    #[test]
    fn what_is_private_can_be_read_by_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("poll/candidates.csv");
        write(&file, b"one").unwrap();
        assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        write(&file, b"two").unwrap();
        assert_eq!((mode(&file), fs::read(&file).unwrap()), (0o600, b"two".to_vec()));
    }

    #[test]
    fn what_a_killed_run_left_half_written_goes() {
        let place = tempfile::tempdir().unwrap();
        let names = ["run.json", ".writing-a", "disclosure/a.json", "disclosure/.writing-b"];
        for name in names {
            write(&place.path().join(name), b"{}").unwrap();
        }
        let taken = place.path().join(".writing-c");
        let writing = fs::File::create(&taken).unwrap();
        writing.lock().unwrap();
        recover(place.path()).unwrap();
        assert!(taken.exists(), "another run is just writing it");
        assert_eq!(
            names.map(|name| place.path().join(name).exists()),
            [true, false, true, false]
        );
        recover(&place.path().join("none")).unwrap();
    }

    #[test]
    fn a_private_folder_within_the_public_one_is_noticed() {
        assert!(is_inside(Path::new("reports/private"), Path::new("reports")));
        assert!(is_inside(Path::new("./reports"), Path::new("reports")));
        assert!(!is_inside(Path::new("private"), Path::new("reports")));
        assert!(!is_inside(Path::new("reports-private"), Path::new("reports")));
        assert!(is_inside(Path::new("else/../reports/p"), Path::new("reports")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_hides_nothing() {
        let place = tempfile::tempdir().unwrap();
        let (out, link) = (place.path().join("out"), place.path().join("private"));
        fs::create_dir(&out).unwrap();
        std::os::unix::fs::symlink(&out, &link).unwrap();
        assert!(is_inside(&link.join("not/yet"), &out));
        assert!(is_inside(&out.join("p"), &link));
        assert!(!is_inside(&place.path().join("other"), &link));
    }
}
