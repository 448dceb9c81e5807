//! `audit`: what an outsider can work out from a release.

use super::World;
use crate::audit::{self, Audit, Release};
use crate::diagnostic::{Failure, Findings, Kind};

/// Attacks the `results.json` of a release, if given with the help of that of another of the
/// same poll.
///
/// # Errors
/// [`Kind::Input`] if one of the files cannot be read, [`Kind::Usage`] if they are of
/// different polls; `findings` says why.
pub fn audit(
    world: &dyn World,
    results: &str,
    other: Option<&str>,
    threads: usize,
    findings: &mut Findings,
) -> Result<Audit, Failure> {
    let release = read(world, results, findings)?;
    let Some(other) = other else { return Ok(audit::audit(&release, threads)) };
    let other = read(world, other, findings)?;
    audit::against(&release, &other, threads)
        .map_err(|finding| Failure::because(findings, Kind::Usage, *finding))
}

fn read(world: &dyn World, path: &str, findings: &mut Findings) -> Result<Release, Failure> {
    let name = world.name(path);
    let text = world.text(path).map_err(|error| audit::unreadable(&name, error.to_string()));
    text.and_then(|text| audit::read(&name, &text))
        .map_err(|finding| Failure::because(findings, Kind::Input, *finding))
}
