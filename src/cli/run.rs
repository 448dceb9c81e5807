//! `run`: publish a poll.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::arguments::{Global, Log, Release, Run};
use super::attempt::{Attempt, Outcome};
use super::disk::Disk;
use super::inputs::Inputs;
use super::log::{self, About};
use super::progress::Progress;
use super::release::{self, Lock, Target};
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
        progress: &Progress::new(global.quiet),
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
    let private = private_folder(release, findings)?;
    let secret = secret(&private, &release.out, findings)?;
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
    let done = pipeline::run(&disk, &name, &attempt.options, findings);
    progress.end();
    let done = done?;
    inputs.told(&done.inputs);
    inputs.still().map_err(|(path, error)| changed(&path, &error, findings))?;
    let own = places.private.join(&done.id);
    not_public(&own, &places.out, findings)?;
    let public = done.profile == Profile::Public;
    let (folder, name) =
        if public { (&places.out, done.id.as_str()) } else { (&own, done.profile.name()) };
    let archive = own.join("releases");
    let target = Target { folder, name, archive: &archive, public };
    match write(&done, &own, &target, findings) {
        Ok(Some(place)) => Ok(published(done, &place)),
        Ok(None) => Err(locked(&done.id, findings)),
        Err((place, error)) => Err(unwritten(&place, &error, findings)),
    }
}

fn published(done: pipeline::Run, place: &Path) -> Published {
    let sums = done.bundle.files.iter().find(|file| file.path == "SHA256SUMS");
    let sums = sums.map(|file| file.bytes.as_slice()).unwrap_or_default();
    let release = hex(&Sha256::digest(sums)[..8]);
    let pipeline::Run { id, wave, facts, .. } = done;
    Published { id, wave, page: place.join("report.html"), release, facts }
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
    if retention.days == 0 {
        return private::clear(own);
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
    private::thin(target.archive, done.retention, log::now())?;
    private::close(own)
}

/// Clears what has been kept for long enough, of every poll.
///
/// # Errors
/// [`Kind::Output`] if that cannot be done.
pub(super) fn sweep(places: &Places, findings: &mut Findings) -> Result<(), Failure> {
    let swept = private::sweep(&places.private, log::now());
    swept.map_err(|error| unwritten(&places.private, &error, findings))
}

fn private_folder(release: &Release, findings: &mut Findings) -> Result<PathBuf, Failure> {
    let Some(folder) = private::folder(release.private.as_deref()) else {
        let headline = "the user has no home folder for what is private";
        return Err(no_private(headline, findings));
    };
    not_public(&folder, &release.out, findings)?;
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

fn changed(path: &str, error: &io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::CHANGED, format!("`{path}` cannot be relied on"))
        .because(error.to_string())
        .help("run it again when the file is complete");
    Failure::because(findings, Kind::Input, finding)
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
