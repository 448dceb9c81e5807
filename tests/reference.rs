//! Whether estimates agree with the reference: runs every case of a folder and compares the
//! numbers with those that R survey gives.
//!
//! A case names a data file, a design, a question and the answer; the form is described in
//! `reference/README.md`. The folder is `tests/reference`, or the one that the environment
//! variable `POLLSMITH_REFERENCE` names. How a case is read and asked: `reference/mod.rs`.
#![allow(clippy::print_stdout, reason = "the outcome of each case is what this test is for")]

#[path = "reference/mod.rs"]
mod reference;
mod rooms;

use std::fs;
use std::path::{Path, PathBuf};

use reference::ask::{self, Compared};
use reference::case::Case;
use reference::reading::Reading;

/// What a case may ask for and this version refuses, in the words of the refusal, each with
/// the reason.
const DEFERRED: &[(&str, &str)] = &[
    ("unequal probabilities of units within strata", "R has no one convention for them"),
    ("no variance `BRR`", "half-samples need a matrix of which there are many"),
    ("no variance `Fay`", "half-samples need a matrix of which there are many"),
    ("no variance `bootstrap`", "random numbers are not those of R"),
];

/// How a case ended.
enum Outcome {
    /// To how many digits, and how it was read.
    Agrees(f64, Reading),
    /// Where, and by how much.
    Differs(String),
    /// Why; expected if it is on the list of what is deferred.
    NotSupported { why: String, expected: bool },
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the folder is chosen by the environment")]
fn estimates_agree_with_the_reference() {
    let usual = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference");
    let folder = std::env::var("POLLSMITH_REFERENCE").unwrap_or_else(|_| usual.to_owned());
    let folder = PathBuf::from(folder);
    let (mut agree, mut differ, mut not_supported, mut unexpected) = (0, 0, 0, 0);
    for path in cases(&folder) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match run(&folder, &path) {
            Outcome::Agrees(digits, reading) => {
                agree += 1;
                println!("{name}: agrees to {digits:.1} digits{reading}");
            }
            Outcome::Differs(how) => {
                differ += 1;
                println!("{name}: differs: {how}");
            }
            Outcome::NotSupported { why, expected } => {
                not_supported += 1;
                unexpected += usize::from(!expected);
                let word = if expected { "not yet" } else { "not supported" };
                println!("{name}: {word}: {why}");
            }
        }
    }
    println!("reference: {agree} agree, {differ} differ, {not_supported} not supported");
    assert!(agree > 0, "there is no case that could agree in {}", folder.display());
    assert_eq!((differ, unexpected), (0, 0), "cases differ, or cannot be asked");
}

/// The case files of a folder, by name.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join("cases"));
    let files = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    let mut cases: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    cases.sort();
    cases
}

fn run(folder: &Path, path: &Path) -> Outcome {
    let read = fs::read_to_string(path).map_err(|error| error.to_string());
    let found = read.and_then(|text| {
        let case = Case::read(&text)?;
        let found = ask::compared(folder, &case)?;
        Ok((found, case.tolerance))
    });
    match found {
        Ok((Compared { worst, reading }, tolerance)) if worst.difference <= tolerance => {
            Outcome::Agrees(worst.digits(), reading)
        }
        Ok((Compared { worst, .. }, _)) => Outcome::Differs(worst.to_string()),
        Err(why) => {
            let expected = DEFERRED.iter().any(|(name, _)| why.contains(name));
            Outcome::NotSupported { why, expected }
        }
    }
}
