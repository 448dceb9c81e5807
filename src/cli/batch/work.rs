//! What is done with one poll, on one of the threads.

use std::path::Path;
use std::time::Duration;

use super::plan::{Task, Work};
use super::state::State;
use crate::cli::arguments::{Global, Log};
use crate::cli::attempt::{Attempt, Ended, Outcome, reason};
use crate::cli::codes;
use crate::cli::log::{self, About};
use crate::cli::progress::Board;
use crate::cli::run::Places;
use crate::diagnostic::{Finding, Findings, Kind, Severity};
use crate::pipeline::{self, Outline};

/// What the work on every poll needs.
pub(super) struct Worker<'a> {
    pub(super) places: &'a Places,
    /// How far the polls are.
    pub(super) board: &'a Board,
    pub(super) state: &'a State<'a>,
    pub(super) options: pipeline::Options,
    pub(super) settle: Duration,
    pub(super) global: &'a Global,
}

impl Worker<'_> {
    /// Does what is to be done with a poll, and tells the log.
    pub(super) fn one(&self, work: &Work) -> Ended {
        let poll = (work.poll.as_path(), work.outline.as_ref());
        match &work.task {
            Task::Refuse(finding) => self.refuse(poll, finding),
            Task::Skip(page) => self.logged(Ended {
                page: Some(page.clone()),
                ..Ended::without_attempt(Outcome::Current, about(poll), Findings::default())
            }),
            Task::Run(why) => self.logged(self.run(poll, why)),
        }
    }

    fn run(&self, (poll, outline): (&Path, Option<&Outline>), why: &str) -> Ended {
        let name =
            outline.map_or_else(|| poll.to_string_lossy().into_owned(), |o| o.id.clone());
        let attempt = Attempt {
            poll,
            places: self.places,
            options: self.options,
            settle: Some(self.settle),
            progress: &self.board.poll(&name),
            about: About { why: Some(why.to_owned()), ..about((poll, outline)) },
        };
        let mut ended = attempt.make(self.global);
        if ended.outcome != Outcome::Published {
            return ended;
        }
        ended.about.why = Some(why.to_owned());
        if let Err(error) = self.state.keep(&ended) {
            let headline = "what was read cannot be kept: the next batch runs the poll again";
            ended
                .findings
                .push(Finding::new(&codes::RECORD, headline).because(error.to_string()));
        }
        ended
    }

    /// What becomes of a poll file, or of a folder, with which nothing can be done.
    pub(super) fn refuse(&self, poll: (&Path, Option<&Outline>), finding: &Finding) -> Ended {
        let mut findings = Findings::default();
        findings.push(finding.clone());
        let about = About { why: Some(reason(finding, poll.0)), ..about(poll) };
        let mut ended = Ended::without_attempt(Outcome::Failed(Kind::Input), about, findings);
        ended.write(self.places, (log::now(), None));
        self.logged(ended)
    }

    /// Tells the log at once; people read what is wrong when all is done, poll by poll.
    fn logged(&self, ended: Ended) -> Ended {
        if self.global.log == Log::Json {
            ended.say(Severity::Note, self.global);
        }
        ended
    }
}

fn about((poll, outline): (&Path, Option<&Outline>)) -> About {
    About {
        poll: outline.map(|outline| outline.id.clone()),
        wave: outline.and_then(|outline| outline.wave.clone()),
        file: Some(poll.to_string_lossy().into_owned()),
        ..About::default()
    }
}
