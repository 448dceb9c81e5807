//! `run`: publish a poll.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::arguments::{Global, Log, Run};
use super::disk::Disk;
use super::progress::Progress;
use super::release::{self, Lock, Target};
use super::{codes, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline::{self, Facts, Profile, Secret};

pub(super) fn run(run: &Run, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let outcome = publish(run, global, &mut findings);
    say::findings(&findings, global);
    let (page, facts) = outcome.map_err(|failure| failure.kind)?;
    if !global.quiet && global.log == Log::Text {
        say::published(&facts);
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
    let secret = secret(&private, &run.out, findings)?;
    let name = run.poll.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(&run.poll, &progress).with(secret).remembering(&private);
    let options = pipeline::Options {
        profile: run.profile.map(Profile::from),
        strict: run.strict_disclosure,
        threads: global.threads(),
    };
    let done = pipeline::run(&disk, &name, &options, findings);
    progress.end();
    let done = done?;
    let own = private.join(&done.id);
    not_public(&own, &run.out, findings)?;
    let public = done.profile == Profile::Public;
    let (folder, name) =
        if public { (&run.out, done.id.as_str()) } else { (&own, done.profile.name()) };
    let archive = own.join("releases");
    let target = Target { folder, name, archive: &archive, public };
    match write(&done, &own, &target, findings) {
        Ok(Some(place)) => Ok((place.join("report.html"), done.facts)),
        Ok(None) => Err(locked(&done.id, findings)),
        Err((place, error)) => Err(unwritten(&place, &error, findings)),
    }
}

/// Writes the private record, then the release; gives its place, or none if another run
/// holds the lock. What has been kept for long enough is cleared.
///
/// # Errors
/// The folder that cannot be written, and why.
fn write(
    done: &pipeline::Run,
    own: &Path,
    target: &Target<'_>,
    findings: &Findings,
) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
    let at = |place: &Path| {
        let place = place.to_path_buf();
        |error| (place, error)
    };
    private::make(own).map_err(at(own))?;
    let Some(_held) = Lock::take(target).map_err(at(target.folder))? else {
        return Ok(None);
    };
    record(done, own, findings).map_err(at(own))?;
    // Before the release: one that nobody has seen does no harm here, one that is not known of
    // does.
    let told = done.record.as_deref();
    told.map_or(Ok(()), |told| private::remember(own, told)).map_err(at(own))?;
    let place = release::publish(&done.bundle, target).map_err(at(target.folder))?;
    clear(done, own, target).map_err(at(own))?;
    Ok(Some(place))
}

/// Findings, rows that were set aside, and the record of the run.
fn record(done: &pipeline::Run, own: &Path, findings: &Findings) -> io::Result<()> {
    let retention = done.retention;
    // Of a question that is no longer quoted nothing is written, so that nothing may stay.
    private::clear(own)?;
    if retention.days == 0 {
        return Ok(());
    }
    // The facts name the data as seen from here, not from the poll file.
    let progress = Progress::new(true);
    let disk = Disk::beside(Path::new(""), &progress);
    private::record(own, &done.facts, findings, &disk)?;
    private::quotes(own, &done.quotes)?;
    let rows = (done.facts.rows_read, done.facts.rows_kept);
    private::Kept { now: now(), retention, profile: done.profile.name(), rows }.write(own)
}

/// Clears what has been kept for long enough, of every poll, and closes what is left.
fn clear(done: &pipeline::Run, own: &Path, target: &Target<'_>) -> io::Result<()> {
    private::thin(target.archive, done.retention, now())?;
    private::close(own)?;
    own.parent().map_or(Ok(()), |private| private::sweep(private, now()))
}

#[allow(clippy::disallowed_methods, reason = "no public file says when it was made")]
fn now() -> SystemTime {
    SystemTime::now()
}

fn private_folder(run: &Run, findings: &mut Findings) -> Result<PathBuf, Failure> {
    let Some(folder) = private::folder(run.private.as_deref()) else {
        let headline = "the user has no home folder for what is private";
        return Err(no_private(headline, findings));
    };
    not_public(&folder, &run.out, findings)?;
    private::make(&folder).map_err(|error| unwritten(&folder, &error, findings))?;
    Ok(folder)
}

/// Refuses a private folder among what is published.
fn not_public(folder: &Path, out: &Path, findings: &mut Findings) -> Result<(), Failure> {
    if private::is_inside(folder, out) {
        let headline = "the private folder lies inside the folder of what is published";
        return Err(no_private(headline, findings));
    }
    Ok(())
}

fn no_private(headline: &str, findings: &mut Findings) -> Failure {
    let finding =
        Finding::new(&codes::PRIVATE, headline).help("give another one: `--private DIR`");
    Failure::because(findings, Kind::Usage, finding)
}

/// The key of members' numbers; says if others may have read it.
fn secret(private: &Path, out: &Path, findings: &mut Findings) -> Result<Secret, Failure> {
    let secret = private::secret(private, out)
        .map_err(|finding| Failure::because(findings, Kind::Usage, *finding))?;
    if private::is_exposed(private) {
        let name = private.to_string_lossy();
        let finding = Finding::new(&codes::EXPOSED, "others may enter the private folder")
            .at(Place::file(&name))
            .help(format!("`chmod 700 {name}` and `chmod 600 {name}/key`"));
        findings.push(finding);
    }
    Ok(secret)
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
