//! The reports in `reports/`: every sample is published anew and compared byte for byte
//! with what is committed. With `POLLSMITH_BLESS=1` they are written anew instead.
//!
//! Charts as files are not committed: their hashes stand in `SHA256SUMS`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// Files by their path within a folder.
type Files = BTreeMap<String, Vec<u8>>;

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder that is committed, by its path from there.
fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let kind = path.extension().unwrap_or_default();
            if path.is_dir() {
                folders.extend(Some(path).filter(|path| !path.ends_with("charts")));
            } else if kind != "lock" {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.insert(name.replace('\\', "/"), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The poll files of the samples, from the top of the repository.
fn polls() -> Vec<PathBuf> {
    let names = files(&top().join("samples")).into_keys();
    names
        .filter(|name| name.ends_with("poll.toml"))
        .map(|name| Path::new("samples").join(name))
        .collect()
}

/// Every sample published once for everybody and once for officers: the folder of the reports
/// for everybody; those for officers are in the private folder beside it.
fn published() -> &'static Path {
    static REPORTS: LazyLock<PathBuf> = LazyLock::new(publish);
    &REPORTS
}

fn publish() -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports");
    let (out, private) = (place.join("out"), place.join("private"));
    // What an earlier build released must not tell what this one hides.
    if place.exists() {
        fs::remove_dir_all(&place).unwrap();
    }
    for (poll, profile) in
        polls().iter().flat_map(|poll| [(poll, "public"), (poll, "officers")])
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pollsmith"));
        command.current_dir(top()).arg("run").arg(poll).args(["--profile", profile]);
        command.arg("--out").arg(&out).arg("--private").arg(&private);
        let end = command.output().unwrap();
        let said = String::from_utf8_lossy(&end.stderr);
        assert!(end.status.success(), "{}: {said}", poll.display());
    }
    out
}

/// Where two texts part: the number of the line, and what stands there in each.
fn first_difference(committed: &[u8], made: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(committed), String::from_utf8_lossy(made));
    let (mut old, mut new) = (old.lines(), new.lines());
    let mut number = 0;
    loop {
        number += 1;
        let (was, is) = (old.next(), new.next());
        if was != is || was.is_none() {
            let short =
                |line: Option<&str>| line.map(|l| l.chars().take(160).collect::<String>());
            return format!("line {number}: {:?} has become {:?}", short(was), short(is));
        }
    }
}

fn bless(made: &Files) {
    let reports = top().join("reports");
    if reports.exists() {
        fs::remove_dir_all(&reports).unwrap();
    }
    for (name, bytes) in made {
        let path = reports.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn the_reports_are_what_the_samples_give() {
    let made = files(published());
    if std::env::var_os("POLLSMITH_BLESS").is_some_and(|wish| wish == "1") {
        bless(&made);
    }
    let committed = files(&top().join("reports"));
    let mut broken = Vec::new();
    for (name, bytes) in &made {
        match committed.get(name) {
            None => broken.push(format!("reports/{name} is missing")),
            Some(old) if old == bytes => {}
            Some(old) => {
                broken.push(format!("reports/{name}: {}", first_difference(old, bytes)));
            }
        }
    }
    let stale = committed.keys().filter(|name| !made.contains_key(*name));
    broken.extend(stale.map(|name| format!("reports/{name} is stale: no sample gives it")));
    assert!(
        broken.is_empty(),
        "{}\nif this is meant, run the tests with POLLSMITH_BLESS=1 and look at the difference",
        broken.join("\n")
    );
}

#[test]
fn nobody_is_found_in_any_report() {
    let below = |folder: &Path| {
        let list = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        list.filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    let private = published().with_file_name("private");
    let officers = below(&private).into_iter().map(|folder| folder.join("officers"));
    let officers = officers.filter(|folder| folder.exists());
    let mut audited = 0;
    for report in below(published()).into_iter().chain(officers) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pollsmith"));
        let end = command.arg("audit").arg(&report).output().unwrap();
        let said = String::from_utf8_lossy(&end.stdout);
        // Nor is there a question that could not be attacked.
        let verdict = "verdict   no hidden cell can be worked out from what is published";
        assert!(end.status.success() && said.contains(verdict), "{}: {said}", report.display());
        audited += 1;
    }
    assert_eq!(audited, 2 * polls().len());
}
