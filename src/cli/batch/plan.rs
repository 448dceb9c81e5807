//! What is to be done with each poll file: run it, leave it, or refuse it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::memory;
use super::queue;
use super::state::State;
use crate::cli::attempt;
use crate::cli::{codes, guard};
use crate::diagnostic::{Finding, Place};
use crate::pipeline::Outline;

/// A poll file, and what is to be done with it.
pub(super) struct Work {
    pub(super) poll: PathBuf,
    /// What it says of itself; none if it is wrong.
    pub(super) outline: Option<Outline>,
    pub(super) task: Task,
    /// How many bytes of memory that may need.
    pub(super) memory: u64,
}

/// What is to be done.
pub(super) enum Task {
    /// Nothing has changed; the page that stands.
    Skip(PathBuf),
    /// Run it, and why.
    Run(String),
    /// It may not be run.
    Refuse(Box<Finding>),
}

impl Work {
    /// Whether the poll is run.
    pub(super) fn is_run(&self) -> bool {
        matches!(self.task, Task::Run(_))
    }
}

/// What is to be done with each of the poll files, on several threads.
pub(super) fn plan(
    polls: &[PathBuf],
    state: &State<'_>,
    (force, threads): (bool, usize),
) -> Vec<Work> {
    let free = (None, |_: &PathBuf| 0);
    let outline = |poll: &PathBuf| guard::caught(|| attempt::outline(poll)).flatten();
    let outlines = queue::each(polls, threads, free, outline);
    let mut ids: BTreeMap<&str, Vec<&PathBuf>> = BTreeMap::new();
    for (poll, outline) in polls.iter().zip(&outlines) {
        if let Some(outline) = outline {
            ids.entry(&outline.id).or_default().push(poll);
        }
    }
    let named: Vec<(&PathBuf, &Option<Outline>)> = polls.iter().zip(&outlines).collect();
    let free = (None, |_: &(&PathBuf, &Option<Outline>)| 0);
    queue::each(&named, threads, free, |(poll, outline)| {
        let task = task((poll, outline.as_ref()), &ids, (state, force));
        let memory = need(poll, outline.as_ref(), &task);
        Work { poll: (*poll).clone(), outline: (*outline).clone(), task, memory }
    })
}

fn task(
    (poll, outline): (&Path, Option<&Outline>),
    ids: &BTreeMap<&str, Vec<&PathBuf>>,
    (state, force): (&State<'_>, bool),
) -> Task {
    let Some(Outline { id, .. }) = outline else {
        return Task::Run("its poll file cannot be read".to_owned());
    };
    let others = ids.get(id.as_str()).map(Vec::as_slice).unwrap_or_default();
    match others.iter().find(|other| other.as_path() != poll) {
        Some(other) => Task::Refuse(Box::new(same_id(poll, id, other))),
        None if force => Task::Run("--force".to_owned()),
        None => state.current(poll, id).map_or_else(Task::Run, Task::Skip),
    }
}

fn need(poll: &Path, outline: Option<&Outline>, task: &Task) -> u64 {
    match (task, outline) {
        (Task::Run(_), Some(outline)) => {
            memory::needed(poll.parent().unwrap_or(Path::new("")), &outline.data)
        }
        _ => 0,
    }
}

fn same_id(poll: &Path, id: &str, other: &Path) -> Finding {
    let other = other.to_string_lossy();
    Finding::new(&codes::SAME_ID, format!("`{other}` has the id `{id}` too"))
        .at(Place::file(&poll.to_string_lossy()))
        .help("give one of them another `id`")
}
