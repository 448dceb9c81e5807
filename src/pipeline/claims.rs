//! `claims`: a draft text against the figures of a release.

use std::io::ErrorKind;

use super::World;
use crate::claims::{self, Checked};
use crate::diagnostic::{Failure, Findings, Kind, Severity};

/// Checks a text against the `results.json` of a release. What is wrong in the text stands
/// in the result, in the order of the text.
///
/// # Errors
/// [`Kind::Input`] if one of the files cannot be read; `findings` says why.
pub fn claims(
    world: &dyn World,
    text: &str,
    results: &str,
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    let refuse = |findings: &mut Findings, finding| {
        Err(Failure::because(findings, Kind::Input, finding))
    };
    if let Some(finding) = claims::unsuitable(&world.name(text)) {
        return refuse(findings, finding);
    }
    let draft = match world.text(text) {
        Ok(draft) => draft,
        Err(error) => {
            let why = match error.kind() {
                ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
                _ => error.to_string(),
            };
            return refuse(findings, claims::unreadable(&world.name(text), why));
        }
    };
    let published = match world.text(results) {
        Ok(published) => published,
        Err(error) => {
            let why = error.to_string();
            return refuse(findings, claims::no_results(&world.name(results), why));
        }
    };
    match claims::read(&world.name(results), &published) {
        Ok(release) => Ok(claims::check(&world.name(text), &draft, &release)),
        Err(finding) => refuse(findings, *finding),
    }
}

/// Whether anything in the text is wrong, and not only to be looked at.
#[must_use]
pub fn fails(checked: &Checked) -> bool {
    checked.findings.iter().any(|finding| finding.severity == Severity::Error)
}
