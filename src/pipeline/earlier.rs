//! Earlier waves: each is read, checked, weighted and estimated in the same rooms as this
//! one, by its own poll file; of a wave whose answers are deleted the published figures.

use std::io;

use super::{Delivery, World, digests, folder, read_poll, read_side, read_text, read_wave};
use crate::diagnostic::{Failure, Findings, Kind};
use crate::document::Spanned;
use crate::estimate as estimates;
use crate::poll::{Poll, Previous};
use crate::prepare::{self, Sample};
use crate::questionnaire::Questionnaire;
use crate::report::InputFacts;
use crate::tabulate::{self, Cell, Table};
use crate::waves::{self, Names, Published, Schema, Step, Then, Wave};

/// The world as an earlier poll file sees it: paths in it are relative to its own folder.
struct Beside<'a> {
    world: &'a dyn World,
    folder: &'a str,
}

impl World for Beside<'_> {
    fn name(&self, path: &str) -> String {
        self.world.name(&beside(self.folder, path))
    }

    fn text(&self, path: &str) -> io::Result<String> {
        self.world.text(&beside(self.folder, path))
    }

    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_> {
        self.world.delivery(&beside(self.folder, path))
    }

    fn progress(&self, stage: &str, bytes: u64) {
        self.world.progress(stage, bytes);
    }
}

/// A path that is relative to a folder; one from the root stays.
fn beside(folder: &str, path: &str) -> String {
    let from_root = path.starts_with('/') || path.get(1..2) == Some(":");
    if from_root { path.to_owned() } else { format!("{folder}{path}") }
}
