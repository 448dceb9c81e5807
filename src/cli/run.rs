//! `run`: publish a poll.

use std::io;
use std::path::{Path, PathBuf};

use super::arguments::{Global, Log, Run};
use super::disk::Disk;
use super::progress::Progress;
use super::release::{self, Lock};
use super::{codes, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline::{self, Facts, Profile};

pub(super) fn run(run: &Run, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let outcome = publish(run, global, &mut findings);
    say::findings(&findings, global);
    let (page, facts) = outcome.map_err(|failure| failure.kind)?;
    if !global.quiet && global.log == Log::Text {
        say::summary("published", Some(&facts));
    }
    say::out(&format!("{}\n", page.display()))
}

/// Everything; gives the page's path, and what became of the rows.
fn publish(
    run: &Run,
    global: &Global,
    findings: &mut Findings,
) -> Result<(PathBuf, Facts), Failure> {
    let private = private_folder(run, findings)?;
    let name = run.poll.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(&run.poll, &progress);
    let options = pipeline::Options {
        profile: run.profile.map(Profile::from),
        strict: run.strict_disclosure,
        threads: global.threads(),
    };
    let done = pipeline::run(&disk, &name, &options, findings);
    progress.end();
    let done = done?;
    let own = private.join(&done.id);
    let (folder, release) = match done.profile {
        Profile::Public => (run.out.clone(), done.id.clone()),
        other => (own.clone(), other.name().to_owned()),
    };
    match write(&done, &own, (&folder, &release), findings) {
        Ok(Some(place)) => Ok((place.join("report.html"), done.facts)),
        Ok(None) => Err(locked(&done.id, findings)),
        Err((place, error)) => Err(unwritten(&place, &error, findings)),
    }
}

/// Writes the private record, then the release of that name in its folder; gives its
/// place, or none if another run holds the lock.
///
/// # Errors
/// The folder that cannot be written, and why.
fn write(
    done: &pipeline::Run,
    own: &Path,
    (folder, release): (&Path, &str),
    findings: &Findings,
) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
    let at = |place: &Path| {
        let place = place.to_path_buf();
        |error| (place, error)
    };
    private::make(own).map_err(at(own))?;
    let Some(_held) = Lock::take(folder, release).map_err(at(folder))? else {
        return Ok(None);
    };
    // The facts name the data as seen from here, not from the poll file.
    let progress = Progress::new(true);
    let disk = Disk::beside(Path::new(""), &progress);
    private::record(own, &done.facts, findings, &disk).map_err(at(own))?;
    private::quotes(own, &done.quotes).map_err(at(own))?;
    let archive = own.join("releases");
    release::publish(&done.bundle, folder, release, &archive).map(Some).map_err(at(folder))
}

fn private_folder(run: &Run, findings: &mut Findings) -> Result<PathBuf, Failure> {
    let folder = private::folder(run.private.as_deref());
    let headline = match &folder {
        Some(folder) if !private::is_inside(folder, &run.out) => {
            return Ok(folder.clone());
        }
        Some(_) => "the private folder lies inside the folder of what is published",
        None => "the user has no home folder for what is private",
    };
    let finding =
        Finding::new(&codes::PRIVATE, headline).help("give another one: `--private DIR`");
    Err(Failure::because(findings, Kind::Usage, finding))
}

fn locked(id: &str, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::LOCKED, format!("another run publishes `{id}`"))
        .help("try again when it has ended");
    Failure::because(findings, Kind::Locked, finding)
}

fn unwritten(folder: &Path, error: &io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::OUTPUT, "the output cannot be written")
        .at(Place::file(&folder.to_string_lossy()))
        .because(error.to_string())
        .help("correct the folder's permissions, or give others with `--out` and `--private`");
    Failure::because(findings, Kind::Output, finding)
}
