//! What can be said of a poll before anything is read but its poll files.

use super::{World, folder, read_poll};
use crate::diagnostic::Findings;
use crate::poll::Poll;

/// What a poll file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Names the output folder.
    pub id: String,
    /// What the wave is called.
    pub wave: Option<String>,
    /// The files of answers, those of earlier waves too, by their paths from the poll file.
    pub data: Vec<String>,
}

/// The outline of a poll; none if its poll file is wrong. Whether anything else is wrong,
/// also with the poll file of an earlier wave, is for a run to say.
#[must_use]
pub fn outline(world: &dyn World, poll: &str) -> Option<Outline> {
    let poll = quietly(world, poll)?;
    let mut data = data(&poll, "");
    for said in poll.previous.iter().filter(|said| !said.is_published()) {
        let path = said.path.get_ref();
        let earlier = quietly(world, path);
        data.extend(
            earlier.map(|earlier| self::data(&earlier, folder(path))).into_iter().flatten(),
        );
    }
    Some(Outline { id: poll.id, wave: poll.wave, data })
}

fn quietly(world: &dyn World, path: &str) -> Option<Poll> {
    read_poll(world, path, &mut Findings::default()).ok().map(|(poll, _)| poll)
}

fn data(poll: &Poll, folder: &str) -> Vec<String> {
    poll.data.iter().map(|path| format!("{folder}{}", path.get_ref())).collect()
}
