//! `run`: publish a poll.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::arguments::{Global, Log, Release, Run};
use super::attempt::{Attempt, Outcome};
use super::disk::Disk;
use super::inputs::Inputs;
use super::log::{self, About};
use super::places::{self, Own};
use super::progress::Progress;
use super::release::{self, History, Replaced, Target, Unwritten, at};
use super::{codes, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place, Severity};
use crate::pipeline::{self, Facts, Profile, Secret, hex};

pub(super) fn run(run: &Run, global: &Global) -> Result<(), Kind> {
    let places = said(global, |findings| places(&run.release, findings))?;
    let file = Some(run.poll.to_string_lossy().into_owned());
    let attempt = Attempt {
        poll: &run.poll,
        places: &places,
        options: options(&run.release, global.threads()),
        settle: None,
        progress: &Progress::of_run(global),
        about: About { file, ..About::default() },
    };
    let ended = attempt.make(global);
    ended.say(Severity::Note, global);
    if let Outcome::Failed(kind) = ended.outcome {
        return Err(kind);
    }
    said(global, |findings| sweep(&places, findings))?;
    if let Some(facts) = ended.facts.filter(|_| !global.quiet && global.log == Log::Text) {
        say::published(&facts);
    }
    say::out(&format!("{}\n", ended.page.unwrap_or_default().display()))
}

/// Does something and writes what was found to stderr.
pub(super) fn said<T>(
    global: &Global,
    work: impl FnOnce(&mut Findings) -> Result<T, Failure>,
) -> Result<T, Kind> {
    let mut findings = Findings::default();
    let done = work(&mut findings);
    say::findings(&findings, global);
    done.map_err(|failure| failure.kind)
}

/// Where a run writes to, and the key of members' numbers.
pub(super) struct Places {
    /// The folder for what is public.
    pub(super) out: PathBuf,
    /// The folder for what is not.
    pub(super) private: PathBuf,
    secret: Secret,
}

/// Finds the places, and makes the private one.
///
/// # Errors
/// [`Kind::Usage`] or [`Kind::Output`] if there is no private place.
pub(super) fn places(release: &Release, findings: &mut Findings) -> Result<Places, Failure> {
    let private = places::private_folder(release.private.as_deref(), &release.out, findings)?;
    let secret = places::secret(&private, &release.out, findings)?;
    Ok(Places { out: release.out.clone(), private, secret })
}

/// What the arguments ask of the pipeline.
pub(super) fn options(release: &Release, threads: usize) -> pipeline::Options {
    let profile = release.profile.map(Profile::from);
    pipeline::Options { profile, strict: release.strict_disclosure, threads }
}

/// What was published.
pub(super) struct Published {
    pub(super) id: String,
    pub(super) wave: Option<String>,
    pub(super) page: PathBuf,
    /// The hash under which the release would be archived.
    pub(super) release: String,
    pub(super) facts: Facts,
}

/// Everything, for one poll; nothing is published if a file changed while it was read.
///
/// # Errors
/// The kind of end; `findings` says what happened.
pub(super) fn publish(
    attempt: &Attempt<'_>,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Result<Published, Failure> {
    let Attempt { poll, places, progress, .. } = attempt;
    let name = poll.file_name().unwrap_or_default().to_string_lossy();
    let disk = Disk::beside(poll, progress).with(places.secret.clone());
    let disk = disk.remembering(&places.private).telling(inputs);
    let take =
        |id: &str, findings: &mut _| Own::take(&places.private, id, &places.out, findings);
    // Locked before the records of earlier releases are read, so that none comes between.
    let known = pipeline::outline(&disk, &name);
    let own = known.map(|known| take(&known.id, findings)).transpose()?;
    let done = pipeline::run(&disk, &name, &attempt.options, findings);
    // Also if it failed: what is wrong may be that the file was not complete.
    inputs.still().map_err(|(path, error)| moved(&path, &error, findings))?;
    let done = done?;
    inputs.told(&done.inputs);
    let own = own.map_or_else(|| take(&done.id, findings), Ok)?;
    let page = write(&done, &own.folder, &places.out, findings)?;
    Ok(published(done, page))
}

fn published(done: pipeline::Run, page: PathBuf) -> Published {
    let sums = done.bundle.files.iter().find(|file| file.path == "SHA256SUMS");
    let sums = sums.map(|file| file.bytes.as_slice()).unwrap_or_default();
    let release = hex(&Sha256::digest(sums)[..8]);
    let pipeline::Run { id, wave, facts, .. } = done;
    Published { id, wave, page, release, facts }
}

fn moved(path: &str, error: &io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::CHANGED, format!("`{path}` cannot be relied on"))
        .because(error.to_string())
        .help("run it again when the file is complete");
    Failure::because(findings, Kind::Input, finding)
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
    private::Kept { now: log::now(), retention, profile: done.profile.name(), rows }.write(own)
}

/// Clears what the poll has kept for long enough, and closes what is left.
fn clear(done: &pipeline::Run, own: &Path, target: &Target<'_>) -> io::Result<()> {
    History::read(target.archive)?.thin(done.retention, log::now())?;
    private::close(own)
}

/// Clears what has been kept for long enough, of every poll.
///
/// # Errors
/// [`Kind::Output`] if that cannot be done.
pub(super) fn sweep(places: &Places, findings: &mut Findings) -> Result<(), Failure> {
    let swept = private::sweep(&places.private, log::now());
    swept.map_err(|error| places::unwritten(&places.private, &error, findings))
}
