//! `run`: publish a poll.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::arguments::{Global, Log, Run};
use super::disk::Disk;
use super::places::{self, Own};
use super::progress::Progress;
use super::release::{self, History, Replaced, Target, Unwritten, at};
use super::{codes, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline::{self, Facts, Profile};

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
    let private = places::private_folder(run.private.as_deref(), &run.out, findings)?;
    let secret = places::secret(&private, &run.out, findings)?;
    let name = run.poll.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let progress = Progress::of_run(global);
    let disk = Disk::beside(&run.poll, &progress).with(secret).remembering(&private);
    let options = pipeline::Options {
        profile: run.profile.map(Profile::from),
        strict: run.strict_disclosure,
        threads: global.threads(),
    };
    // Locked before the records of earlier releases are read, so that none comes between.
    let id = pipeline::id(&disk, &name);
    let own = id.map(|id| Own::take(&private, &id, &run.out, findings)).transpose()?;
    let done = pipeline::run(&disk, &name, &options, findings)?;
    let own = own.map_or_else(|| Own::take(&private, &done.id, &run.out, findings), Ok)?;
    let page = write(&done, &own.folder, &run.out, findings)?;
    progress.end();
    Ok((page, done.facts))
}

/// Writes the private record and the release; gives its page.
fn write(
    done: &pipeline::Run,
    own: &Path,
    out: &Path,
    findings: &mut Findings,
) -> Result<PathBuf, Failure> {
    let public = done.profile == Profile::Public;
    let (folder, name) =
        if public { (out, done.id.as_str()) } else { (own, done.profile.name()) };
    let archive = own.join("releases");
    let target = Target { folder, name, archive: &archive, group: done.profile.name() };
    match replace(done, own, &target, findings) {
        Ok(Some(Replaced::Changed(files))) => findings.push(changed(&target, &files)),
        Ok(Some(_)) => {}
        Ok(None) => return Err(places::locked(&done.id, findings)),
        Err((place, error)) => return Err(places::unwritten(&place, &error, findings)),
    }
    Ok(target.current().join("report.html"))
}

/// Builds the release, then writes the private record, then lets the release take its place;
/// none if another run holds the place. What has been kept for long enough is cleared.
fn replace(
    done: &pipeline::Run,
    own: &Path,
    target: &Target<'_>,
    findings: &Findings,
) -> Result<Option<Replaced>, Unwritten> {
    target.make().map_err(at(target.folder))?;
    let Some(_held) = target.lock().map_err(at(target.folder))? else {
        return Ok(None);
    };
    target.recover().map_err(at(target.folder))?;
    let built = release::build(&done.bundle, target).map_err(at(target.folder))?;
    record(done, own, findings).map_err(at(own))?;
    // Before the release: one that nobody has seen does no harm here, one that is not known of
    // does.
    let told = done.record.as_deref();
    told.map_or(Ok(()), |told| private::remember(own, told)).map_err(at(own))?;
    let replaced = release::place(&built, target)?;
    clear(done, own, target).map_err(at(own))?;
    Ok(Some(replaced))
}

fn changed(target: &Target<'_>, files: &[String]) -> Finding {
    let name = target.current().to_string_lossy().into_owned();
    let files = files.iter().take(3).map(|file| format!("`{file}`")).collect::<Vec<_>>();
    Finding::new(&codes::REPLACED, "the release that was replaced had been changed")
        .at(Place::file(&name))
        .because(format!("not as it had been published: {}", files.join(", ")))
        .help("it is not kept among the earlier releases; change the poll, not its release")
}

/// Findings, rows that were set aside, and the record of the run.
fn record(done: &pipeline::Run, own: &Path, findings: &Findings) -> io::Result<()> {
    let retention = done.retention;
    if retention.days == 0 {
        return private::clear(own);
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
    History::read(target.archive)?.thin(done.retention, now())?;
    private::close(own)?;
    own.parent().map_or(Ok(()), |private| private::sweep(private, now()))
}

#[allow(clippy::disallowed_methods, reason = "no public file says when it was made")]
fn now() -> SystemTime {
    SystemTime::now()
}
