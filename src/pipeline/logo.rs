//! The organisation's logo: which file it is, and that it goes into the manifest.

use std::io::Read as _;

use sha2::{Digest, Sha256};

use super::{World, not_read};
use crate::chart::{LARGEST_FILE, Logo};
use crate::diagnostic::{Failure, Findings, Kind};
use crate::ingest;
use crate::poll::Poll;
use crate::report::InputFacts;

/// The logo, if the poll file names one.
///
/// # Errors
/// [`Kind::Input`] if it cannot be read or is refused; `findings` says why.
pub(super) fn read(
    world: &dyn World,
    poll: &Poll,
    inputs: &mut Vec<InputFacts>,
    findings: &mut Findings,
) -> Result<Option<Logo>, Failure> {
    let Some(path) = poll.logo.as_ref().map(|path| path.get_ref().clone()) else {
        return Ok(None);
    };
    let name = world.name(&path);
    let delivery = world.delivery(&path);
    let mut bytes = Vec::new();
    // A byte more than a logo may have: then it is refused.
    let read =
        (delivery.open(0)).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes));
    read.map_err(|error| not_read(&error, &name, findings))?;
    let logo = Logo::read(&name, &bytes, &poll.logo_alt, findings);
    let sha256 = ingest::hex(&Sha256::digest(&bytes));
    inputs.push(InputFacts { path, sha256, bytes: bytes.len() as u64 });
    logo.map(Some).ok_or(Failure { kind: Kind::Input })
}
