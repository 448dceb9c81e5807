//! What the hallway remembers of earlier releases: it asks for their records, and never looks
//! into them.

use super::World;
use super::codes::UNREADABLE;
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::poll::{Poll, Profile};

/// What earlier public releases of a poll told; nothing of it matters to other readers.
pub(super) fn earlier(
    world: &dyn World,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Vec<String>, Failure> {
    if poll.profile != Profile::Public {
        return Ok(Vec::new());
    }
    world.records(&poll.id).map_err(|error| {
        let finding =
            Finding::new(&UNREADABLE, "the record of an earlier release cannot be read")
                .because(error.to_string())
                .help("correct the permissions of the private folder");
        Failure::because(findings, Kind::Input, finding)
    })
}
