//! Whether estimates agree with the reference: runs every case of a folder and compares the
//! numbers with those that R survey gives.
//!
//! A case names a data file, a design, a question and the answer; the form is described in
//! `reference/README.md`. The folder is `tests/reference`, or the one that the environment
//! variable `POLLSMITH_REFERENCE` names. A case goes through the program's own rooms: its
//! design and question become a poll file and a schema, and `estimate` is asked.
#![allow(clippy::print_stdout, reason = "the outcome of each case is what this test is for")]

#[path = "reference/answer.rs"]
mod answer;
#[path = "reference/ask.rs"]
mod ask;
#[path = "reference/case.rs"]
mod case;
#[path = "reference/files.rs"]
mod files;
mod rooms;

use std::fs;
use std::path::{Path, PathBuf};

use case::Case;

/// Statistics, tests, adjustments and designs that a case may ask for before this version
/// can answer, each with the reason.
const DEFERRED: &[(&str, &str)] = &[
    ("rake", WEIGHTING),
    ("poststratify", WEIGHTING),
    ("calibrate", WEIGHTING),
    ("trim", WEIGHTING),
    ("calibration_residual", WEIGHTING),
    ("after", WEIGHTING),
    ("kish", WEIGHTING),
    ("replicates", REPLICATES),
    ("JK1", REPLICATES),
    ("JKn", REPLICATES),
    ("center", REPLICATES),
    ("pps", "unequal probabilities without replacement are no part of the poll file"),
    ("rao_scott_chisq_df", TESTS),
    ("wald", TESTS),
    ("adjusted_wald", TESTS),
    ("rao_scott_exact_mixture", TESTS),
    ("saddlepoint", TESTS),
    ("goodness_of_fit", TESTS),
    ("ranktest", TESTS),
    ("pairwise", "comparisons of columns come with the crosstabs' letters"),
    ("contrast", "comparisons of columns come with the crosstabs' letters"),
    ("vcov", "covariances between variables come with contrasts"),
    ("correlation", MODELS),
    ("population_variance", MODELS),
    ("glm", MODELS),
    ("multi_response", "shares of mentions come with the multiple response tables"),
];

const WEIGHTING: &str = "comes with the steps that make weights";
const REPLICATES: &str = "comes with replicate weights";
const TESTS: &str = "comes with the other tests of tables";
const MODELS: &str = "comes with models";

/// How a case ended.
enum Outcome {
    /// To how many digits.
    Agrees(f64),
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
            Outcome::Agrees(digits) => {
                agree += 1;
                println!("{name}: agrees to {digits:.1} digits");
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
    let unsupported = |why: String| Outcome::NotSupported { why, expected: false };
    let read = fs::read_to_string(path).map_err(|error| error.to_string());
    let value = match read.and_then(|text| case::value(&text)) {
        Ok(value) => value,
        Err(why) => return unsupported(why),
    };
    let named = case::names(&value);
    if let Some((name, why)) = DEFERRED.iter().find(|(name, _)| named.contains(name)) {
        return Outcome::NotSupported { why: format!("`{name}` {why}"), expected: true };
    }
    let rows = Case::read(value).and_then(|case| {
        let rows = ask::rows(folder, &case)?;
        Ok((case, rows))
    });
    let (case, rows) = match rows {
        Ok(both) => both,
        Err(why) => return unsupported(why),
    };
    match answer::compare(&case, &rows) {
        Ok(worst) if worst.difference <= case.rel_tol => Outcome::Agrees(worst.digits()),
        Ok(worst) => Outcome::Differs(worst.to_string()),
        Err(why) => unsupported(why),
    }
}
