//! What the hallway does with members' numbers: it asks for the key with which they are
//! hashed, and passes the hashes on where waves are linked. It never holds a number.

use super::World;
use super::codes::SECRET;
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::poll::Poll;
use crate::validate::{Checked, Keys, Secret};

/// The key of the hashes.
pub(super) fn secret(world: &dyn World, findings: &mut Findings) -> Result<Secret, Failure> {
    world.secret().map_err(|error| {
        let finding = Finding::new(&SECRET, "members' numbers cannot be hashed")
            .because(error.to_string())
            .help("run it again; the system's source of random numbers did not answer");
        Failure::because(findings, Kind::Internal, finding)
    })
}

/// Who sent each row, if an earlier wave is linked by persons.
pub(super) fn linking(checked: &Checked, poll: &Poll) -> Option<Keys> {
    let links = poll.previous.iter().any(|said| said.linked_by.is_some());
    checked.keys().filter(|_| links)
}
