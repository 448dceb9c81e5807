//! `batch`: run every poll below some folders whose files have changed since the last time.
//!
//! Each poll is run as `run` does it, several at once; what becomes of one does not matter to
//! the others. Gives one summary on stdout and the worst exit code.

mod arguments;
mod command;
mod find;
mod memory;
mod plan;
mod queue;
mod state;
mod summary;
mod work;

use std::time::{Duration, Instant};

use super::arguments::{Global, Log, TextOrJson};
use super::attempt::{Ended, Outcome};
use super::log::{self, About, Event};
use super::progress::Board;
use super::run::{self, Places};
use super::{exit_code, say};
use crate::diagnostic::{Findings, Kind, Severity};

pub(super) use arguments::Batch;

use find::Found;
use plan::Work;
use state::State;
use summary::Summary;
use work::Worker;

/// Kinds of ends of polls, the worst first: that of the batch is the first that occurs.
const WORST: [Kind; 6] = [
    Kind::Internal,
    Kind::Output,
    Kind::Disclosure,
    Kind::Weighting,
    Kind::Input,
    Kind::Locked,
];

pub(super) fn run(batch: &Batch, global: &Global) -> Result<(), Kind> {
    let clock = Instant::now();
    let places = run::said(global, |findings| run::places(&batch.release, findings))?;
    let found = find::polls(&batch.folders, &[&places.out, &places.private]);
    let n = found.polls.len().into();
    log::tell(Event::BatchStarted, &About { n, ..About::default() }, global);
    let ended = all(batch, &places, &found, global);
    run::said(global, |findings| run::sweep(&places, findings))?;
    let end = end(&ended, batch.fail_if_idle);
    let ms = u64::try_from(clock.elapsed().as_millis()).ok();
    let summary =
        Summary { ended: &ended, notes: &found.notes, ms, exit_code: end.map_or(0, exit_code) };
    report(batch, &summary, global)?;
    if let Some(command) = &batch.on_failure {
        let failed = ended.iter().filter(|ended| ended.outcome.code() != 0);
        failed.for_each(|ended| command::run(command, ended, global));
    }
    let n = count(&ended, Outcome::Published).into();
    let exit_code = Some(summary.exit_code);
    log::tell(Event::BatchEnded, &About { n, ms, exit_code, ..About::default() }, global);
    end.map_or(Ok(()), Err)
}

/// What became of each poll, in the order of their files, after the folders that could not be
/// looked through.
fn all(batch: &Batch, places: &Places, found: &Found, global: &Global) -> Vec<Ended> {
    let threads = global.threads();
    let state = State::of(places, &batch.release);
    let work = plan::plan(&found.polls, &state, (batch.force, threads));
    let runs = work.iter().filter(|work| work.is_run()).count();
    let workers = threads.clamp(1, runs.max(1));
    let board = Board::new(global, runs);
    let worker = Worker {
        places,
        board: &board,
        state: &state,
        options: run::options(&batch.release, (threads / workers).max(1)),
        settle: Duration::from_secs(batch.settle),
        global,
    };
    let folders = found.closed.iter();
    let mut ended: Vec<Ended> =
        folders.map(|(folder, finding)| worker.refuse((folder, None), finding)).collect();
    let memory = (batch.memory, |work: &Work| work.memory);
    ended.extend(queue::each(&work, workers, memory, |work| worker.one(work)));
    board.end();
    ended
}

/// What is wrong goes to stderr, the summary to stdout; who wants quiet gets a summary for
/// people only if something is wrong.
fn report(batch: &Batch, summary: &Summary<'_>, global: &Global) -> Result<(), Kind> {
    let mut notes = Findings::default();
    summary.notes.iter().for_each(|note| notes.push(note.clone()));
    say::findings(&notes, global);
    let failed = || summary.ended.iter().filter(|ended| ended.outcome.code() != 0);
    if global.log == Log::Text {
        failed().for_each(|ended| ended.say(Severity::Error, global));
    }
    match batch.format {
        TextOrJson::Json => say::out(&summary.json()),
        TextOrJson::Text if global.quiet && failed().next().is_none() => Ok(()),
        TextOrJson::Text => say::out(&summary.text()),
    }
}

/// How the batch ends, if not well.
fn end(ended: &[Ended], fail_if_idle: bool) -> Option<Kind> {
    let occurs = |kind: &Kind| ended.iter().any(|e| e.outcome.code() == exit_code(*kind));
    let idle = fail_if_idle && count(ended, Outcome::Published) == 0;
    WORST.into_iter().find(occurs).or(idle.then_some(Kind::Idle))
}

fn count(ended: &[Ended], outcome: Outcome) -> usize {
    ended.iter().filter(|ended| ended.outcome == outcome).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(outcomes: &[Outcome]) -> Vec<Ended> {
        let end = |outcome: &Outcome| {
            Ended::without_attempt(*outcome, About::default(), Findings::default())
        };
        outcomes.iter().map(end).collect()
    }

    #[test]
    fn the_exit_code_is_the_worst_of_all() {
        let every = WORST.map(Outcome::Failed);
        for (place, kind) in WORST.into_iter().enumerate() {
            let mut rest: Vec<Outcome> = every[place..].to_vec();
            rest.reverse();
            rest.extend([Outcome::Published, Outcome::Waiting, Outcome::Current]);
            assert_eq!(end(&ends(&rest), true), Some(kind));
        }
        assert_eq!(WORST.map(exit_code), [1, 6, 5, 4, 3, 75]);
    }

    #[test]
    fn nothing_new_is_told_of_if_somebody_wants_to_know() {
        let idle = ends(&[Outcome::Current, Outcome::Waiting]);
        assert_eq!(end(&idle, false), None);
        assert_eq!(end(&idle, true), Some(Kind::Idle));
        assert_eq!(end(&ends(&[Outcome::Current, Outcome::Published]), true), None);
    }
}
