//! `weigh`: make the weights of a poll, show what each step did, and write them for the
//! analyst's eyes only.

mod json;
mod text;

use std::io;
use std::path::{Path, PathBuf};

use super::arguments::{Global, TextOrJson, Weigh};
use super::disk::Disk;
use super::progress::Progress;
use super::{codes, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline::{self, KeyCells, Records, Weighed, World};

/// Where `run` publishes unless it is told otherwise.
const PUBLIC: &str = "reports";
/// The file by which the folder of a release is known.
const RELEASE: &str = "SHA256SUMS";

pub(super) fn run(weigh: &Weigh, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let outcome = weighed(weigh, global, &mut findings);
    say::findings(&findings, global);
    let done = outcome.map_err(|failure| failure.kind)?;
    say::out(&match weigh.format {
        TextOrJson::Text => text::all(&done.steps),
        TextOrJson::Json => json::all(&done.steps),
    })
}

fn weighed(
    weigh: &Weigh,
    global: &Global,
    findings: &mut Findings,
) -> Result<Weighed, Failure> {
    if let Some(file) = &weigh.write {
        check_place(file, findings)?;
    }
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(&weigh.poll, &progress);
    let name = weigh.poll.file_name().unwrap_or_default().to_string_lossy();
    let done = pipeline::weigh(&disk, &name, global.threads(), findings);
    progress.end();
    let done = done?;
    if let Some(file) = &weigh.write {
        write(file, &done, findings)?;
    }
    Ok(done)
}

/// Refuses a file among what is published: keys are personal.
fn check_place(file: &Path, findings: &mut Findings) -> Result<(), Failure> {
    let whole = |path: &Path| path.canonicalize();
    let folder = match file.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let folder = whole(&folder).map_err(|error| unwritten(file, &error, findings))?;
    let public = whole(Path::new(PUBLIC)).is_ok_and(|public| folder.starts_with(public));
    let release = folder.ancestors().any(|above| above.join(RELEASE).exists());
    if !public && !release {
        return Ok(());
    }
    let finding = Finding::new(&codes::KEYS, "weights may not stand in a published folder")
        .at(Place::file(&file.to_string_lossy()))
        .because("each stands beside the key of a respondent, which is personal")
        .help("give a file elsewhere: `--write DIR/weights.csv`");
    Err(Failure::because(findings, Kind::Usage, finding))
}

/// Writes key and weight of each respondent, for the owner alone to read.
fn write(file: &Path, done: &Weighed, findings: &mut Findings) -> Result<(), Failure> {
    let Some(keys) = &done.keys else {
        let finding = Finding::new(&codes::NO_KEY, "the schema names no key")
            .because("without a key nobody could tell whose weight is whose")
            .help("add `key = { column = \"...\" }` to `[source]` in the schema");
        return Err(Failure::because(findings, Kind::Input, finding));
    };
    let bytes = records(keys, &done.weights);
    let written = bytes.and_then(|bytes| private::write(file, &bytes));
    written.map_err(|error| unwritten(file, &error, findings))
}

/// Key and weight of each respondent as CSV. The keys are read from the data again: nothing
/// that read them before holds any.
fn records(keys: &KeyCells, weights: &[f64]) -> io::Result<Vec<u8>> {
    // The files are named as seen from here, not from the poll file.
    let progress = Progress::new(true);
    let disk = Disk::beside(Path::new(""), &progress);
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record([keys.header.as_str(), "weight"])?;
    let mut people = keys.spots.iter().zip(weights).peekable();
    for (number, file) in keys.files.iter().enumerate() {
        let delivery = disk.delivery(&file.path);
        let mut records = Records::new(delivery.as_ref(), &file.form, file.delimiter);
        while let Some((spot, weight)) = people.next_if(|(spot, _)| spot.file == number) {
            let cells = records.cells(spot.offset)?;
            let key = cells.get(keys.field).map(Vec::as_slice).unwrap_or_default();
            rows.write_record([key, weight.to_string().as_bytes()])?;
        }
    }
    rows.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn unwritten(file: &Path, error: &io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::OUTPUT, "the weights cannot be written")
        .at(Place::file(&file.to_string_lossy()))
        .because(error.to_string())
        .help("give a file in a folder that exists and may be written");
    Failure::because(findings, Kind::Output, finding)
}
