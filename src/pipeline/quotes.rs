//! What members wrote, held against the files in which a person approved some of it.

use std::io;

use super::{World, not_read, read_text};
use crate::diagnostic::{Failure, Findings};
use crate::poll::Poll;
use crate::prepare::{Sample, Texts};
use crate::report::InputFacts;
use crate::verbatims::{self, Answers, Approvals, Quotes};

/// The quotes that the poll file asks for. A file of approvals that does not exist approves
/// nothing.
///
/// # Errors
/// [`Kind::Input`](crate::diagnostic::Kind::Input) if a file cannot be read or is wrong;
/// `findings` says why.
pub(super) fn read(
    world: &dyn World,
    poll: &Poll,
    (sample, texts): (&Sample, &[Texts]),
    inputs: &mut Vec<InputFacts>,
    findings: &mut Findings,
) -> Result<Vec<Quotes>, Failure> {
    let mut approvals = Approvals::default();
    for path in poll.quotes.iter().map(|entry| entry.approved.get_ref()) {
        match world.text(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(not_read(&error, &world.name(path), findings)),
            Ok(_) => {
                let (text, facts) = read_text(world, path, findings)?;
                inputs.push(facts);
                approvals.add(path, world.name(path), text);
            }
        }
    }
    verbatims::quotes(poll, Answers { sample, texts }, &approvals, findings)
}
