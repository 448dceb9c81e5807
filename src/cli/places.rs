//! Where a release goes and what belongs to it: the folder of what is public, the private
//! folder, the poll's own in it. Says what is wrong with one of them and how to mend it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::release::Lock;
use super::{codes, private};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline::Secret;

/// The private folder, made if it is not there.
///
/// # Errors
/// If there is none, it cannot be made, or it lies inside what is published.
pub(super) fn private_folder(
    given: Option<&Path>,
    out: &Path,
    findings: &mut Findings,
) -> Result<PathBuf, Failure> {
    let Some(folder) = private::folder(given) else {
        let headline = "the user has no home folder for what is private";
        return Err(no_private(headline, findings));
    };
    not_public(&folder, out, findings)?;
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
///
/// # Errors
/// If it is no key.
pub(super) fn secret(
    private: &Path,
    out: &Path,
    findings: &mut Findings,
) -> Result<Secret, Failure> {
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

/// A poll's own folder in private, for as long as no other run may touch it.
pub(super) struct Own {
    /// Where it is.
    pub(super) folder: PathBuf,
    _lock: Lock,
}

impl Own {
    /// Takes the folder of a poll, made if it is not there, and clears what a killed run left
    /// in it.
    ///
    /// # Errors
    /// If another run has it, it cannot be written, or it lies inside what is published.
    pub(super) fn take(
        private: &Path,
        id: &str,
        out: &Path,
        findings: &mut Findings,
    ) -> Result<Self, Failure> {
        let folder = private.join(id);
        not_public(&folder, out, findings)?;
        let made = private::make(&folder).and_then(|()| Lock::of_poll(&folder));
        let lock = made.and_then(|lock| private::recover(&folder).map(|()| lock));
        match lock {
            Ok(Some(lock)) => Ok(Self { folder, _lock: lock }),
            Ok(None) => Err(locked(id, findings)),
            Err(error) => Err(unwritten(&folder, &error, findings)),
        }
    }
}

/// Another run is at it.
pub(super) fn locked(id: &str, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::LOCKED, format!("another run publishes `{id}`"))
        .help("try again when it has ended");
    Failure::because(findings, Kind::Locked, finding)
}

/// A folder cannot be written.
pub(super) fn unwritten(folder: &Path, error: &io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&codes::OUTPUT, "the output cannot be written")
        .at(Place::file(&folder.to_string_lossy()))
        .because(plain(error))
        .help(remedy(error.kind()));
    Failure::because(findings, Kind::Output, finding)
}

/// What the system says, without the random name of a folder that could not be made.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split_once(" at path \"").map_or(text.clone(), |(said, _)| said.to_owned())
}

fn remedy(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room on the disk that holds the folder, and run it again"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "mount the disk that holds the folder for writing, or give another folder with \
             `--out` or `--private`"
        }
        ErrorKind::AlreadyExists => "move that folder away, and run it again",
        _ => "correct the folder's permissions, or give others with `--out` and `--private`",
    }
}
