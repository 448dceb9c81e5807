//! `rollback`: the release before the current one becomes the current one.
//!
//! Takes a whole release from the archive; the records of what releases told stay, because
//! readers have seen what is taken back.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::arguments::{self, Global};
use super::places::{self, Own};
use super::release::{self, Rollback, Target, Unwritten, at};
use super::{codes, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline::Profile;

pub(super) fn run(asked: &arguments::Rollback, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let outcome = roll_back(asked, &mut findings);
    say::findings(&findings, global);
    let (current, release) = outcome.map_err(|failure| failure.kind)?;
    if !global.quiet && global.log == arguments::Log::Text {
        say::err(&format!("{}\n", now(&asked.id, &current, &release)));
    }
    say::out(&format!("{}\n", current.join("report.html").display()))
}

/// Everything; gives the folder of the current release, and its name.
fn roll_back(
    asked: &arguments::Rollback,
    findings: &mut Findings,
) -> Result<(PathBuf, String), Failure> {
    let (id, out) = (asked.id.as_str(), asked.out.as_path());
    let Some(private) =
        private::folder(asked.private.as_deref()).filter(|p| p.join(id).is_dir())
    else {
        return Err(nothing(id, "the private folder knows no poll of that `id`", findings));
    };
    let own = Own::take(&private, id, out, findings)?;
    let profile = Profile::from(asked.profile);
    let (folder, name) = if profile == Profile::Public {
        (out, id)
    } else {
        (own.folder.as_path(), profile.name())
    };
    let archive = own.folder.join("releases");
    let target = Target { folder, name, archive: &archive, group: profile.name() };
    match exchange(&target, &own.folder) {
        Ok(Some(Rollback::To(release))) => Ok((target.current(), release)),
        Ok(Some(Rollback::Nothing)) => {
            Err(nothing(id, "no release before the current one is kept", findings))
        }
        Ok(Some(Rollback::Tampered(place, files))) => Err(tampered(&place, &files, findings)),
        Ok(None) => Err(places::locked(id, findings)),
        Err((place, error)) => Err(places::unwritten(&place, &error, findings)),
    }
}

/// The exchange, under the lock of the place; none if another run holds it.
fn exchange(target: &Target<'_>, own: &Path) -> Result<Option<Rollback>, Unwritten> {
    target.make().map_err(at(target.folder))?;
    let Some(_held) = target.lock().map_err(at(target.folder))? else { return Ok(None) };
    target.recover().map_err(at(target.folder))?;
    let ended = release::roll_back(target)?;
    private::close(own).map_err(at(own))?;
    Ok(Some(ended))
}

fn nothing(id: &str, because: &str, findings: &mut Findings) -> Failure {
    let headline = format!("`{id}` has no earlier release to go back to");
    let finding = Finding::new(&codes::NO_EARLIER, headline)
        .because(because)
        .help("give the folders with which it was published: `--out DIR`, `--private DIR`");
    Failure::because(findings, Kind::Input, finding)
}

fn tampered(place: &Path, files: &[String], findings: &mut Findings) -> Failure {
    let files = files.iter().take(3).map(|file| format!("`{file}`")).collect::<Vec<_>>();
    let finding = Finding::new(&codes::TAMPERED, "the earlier release has been changed")
        .at(Place::file(&place.to_string_lossy()))
        .because(format!("not as it was published: {}", files.join(", ")))
        .help("restore it from a copy, or take it away to go back to the release before it");
    Failure::because(findings, Kind::Input, finding)
}

/// A line on what is current now: the release's name, its wave and its title.
fn now(id: &str, current: &Path, release: &str) -> String {
    let manifest = fs::read(current.join("manifest.json")).unwrap_or_default();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_default();
    let wave = manifest["wave"].as_str().map(|wave| format!(", wave {wave}"));
    format!("rolled back: `{id}` is now the release {release}{}", wave.unwrap_or_default())
}
