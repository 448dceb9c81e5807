//! One attempt to publish a poll, from its first line in the log to its record: what `run`
//! does once, and `batch` for each poll. A panic ends the attempt, not the program.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;

use super::arguments::Global;
use super::disk::Disk;
use super::inputs::{Hashes, Inputs};
use super::log::{self, About, Event};
use super::progress::Progress;
use super::run::{self, Places, Published};
use super::{codes, exit_code, guard, private, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place, Severity, visible};
use crate::pipeline::{self, Facts};

/// What is to be done.
pub(super) struct Attempt<'a> {
    /// The poll file.
    pub(super) poll: &'a Path,
    pub(super) places: &'a Places,
    pub(super) options: pipeline::Options,
    /// For how long a file must have been left alone; nothing if a file that is not complete
    /// is a failure.
    pub(super) settle: Option<Duration>,
    pub(super) progress: &'a Progress,
    /// What is known of the poll, and why it is run.
    pub(super) about: About,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nothing has changed since the last release.
    Current,
    /// A release stands.
    Published,
    /// A file is not complete yet.
    Waiting,
    /// What stood before still stands.
    Failed(Kind),
}

impl Outcome {
    /// Its name in records and summaries.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Current => "up to date",
            Self::Published => "published",
            Self::Waiting => "waiting",
            Self::Failed(Kind::Locked) => "locked",
            Self::Failed(_) => "failed",
        }
    }

    /// Its exit code in a batch.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Current | Self::Published | Self::Waiting => 0,
            // The arguments were right; what is wrong is this poll.
            Self::Failed(Kind::Usage) => exit_code(Kind::Input),
            Self::Failed(kind) => exit_code(kind),
        }
    }

    fn event(self) -> Event {
        match self {
            Self::Current => Event::PollCurrent,
            Self::Published => Event::PollPublished,
            Self::Waiting => Event::PollWaiting,
            Self::Failed(Kind::Locked) => Event::PollLocked,
            Self::Failed(_) => Event::PollFailed,
        }
    }
}

/// What came of it.
pub(super) struct Ended {
    pub(super) outcome: Outcome,
    pub(super) about: About,
    pub(super) findings: Findings,
    /// The page of the release.
    pub(super) page: Option<PathBuf>,
    /// What became of the rows.
    pub(super) facts: Option<Facts>,
    /// What was read.
    pub(super) hashes: Hashes,
    /// Where the record of the run is.
    pub(super) record: Option<PathBuf>,
}

impl Attempt<'_> {
    /// Makes it.
    pub(super) fn make(&self, global: &Global) -> Ended {
        log::tell(Event::PollStarted, &self.about, global);
        let inputs = Inputs::new(self.settle.unwrap_or_default());
        self.end(&inputs, |findings| run::publish(self, &inputs, findings))
    }

    /// Does the work, and puts down what came of it.
    fn end(
        &self,
        inputs: &Inputs,
        work: impl FnOnce(&mut Findings) -> Result<Published, Failure>,
    ) -> Ended {
        let (began, clock) = (log::now(), Instant::now());
        let mut findings = Findings::default();
        let done = guard::caught(|| work(&mut findings));
        self.progress.end();
        let done = done.unwrap_or(Err(Failure { kind: Kind::Internal }));
        let outcome = match &done {
            Ok(_) => Outcome::Published,
            // What was wrong may be that the file was not complete.
            Err(_) if self.settle.is_some() && inputs.is_moving() => Outcome::Waiting,
            Err(failure) => Outcome::Failed(failure.kind),
        };
        let done = done.ok();
        let about = About {
            ms: u64::try_from(clock.elapsed().as_millis()).ok(),
            n: done.as_ref().map(|done| log::people(done.facts.rows_kept)).unwrap_or_default(),
            exit_code: Some(outcome.code()),
            why: self.why(outcome, inputs, &findings),
            ..self.about(done.as_ref())
        };
        let (page, release, facts) = match done {
            Some(done) => (Some(done.page), Some(done.release), Some(done.facts)),
            None => (None, None, None),
        };
        let hashes = inputs.hashes();
        let mut ended = Ended { outcome, about, findings, page, facts, hashes, record: None };
        ended.write(self.places, (began, release));
        ended
    }

    /// Why it did not come to a release, on one line without any answer.
    fn why(&self, outcome: Outcome, inputs: &Inputs, findings: &Findings) -> Option<String> {
        match outcome {
            Outcome::Current | Outcome::Published => None,
            Outcome::Waiting => {
                let path = inputs.moving().unwrap_or_default();
                Some(format!("`{}` is still growing", visible(&path)))
            }
            Outcome::Failed(Kind::Internal) => Some(codes::FAULT.title.to_owned()),
            Outcome::Failed(_) => {
                findings.of(Severity::Error).next().map(|first| reason(first, self.poll))
            }
        }
    }

    /// Which poll it was, as far as its poll file says so.
    fn about(&self, done: Option<&Published>) -> About {
        let own = || self.about.poll.clone().map(|id| (id, self.about.wave.clone()));
        let read = || {
            let outline = guard::caught(|| outline(self.poll)).flatten();
            outline.map(|said| (said.id, said.wave))
        };
        let known = done.map(|done| (done.id.clone(), done.wave.clone()));
        let (poll, wave) = known.or_else(own).or_else(read).unzip();
        About { poll, wave: wave.flatten(), ..self.about.clone() }
    }
}

/// What a poll file says of itself.
pub(super) fn outline(poll: &Path) -> Option<pipeline::Outline> {
    let progress = Progress::new(true);
    let name = poll.file_name().unwrap_or_default().to_string_lossy();
    pipeline::outline(&Disk::beside(poll, &progress), &name)
}

/// A finding on one line without any answer, with its file if that is not the poll file.
pub(super) fn reason(finding: &Finding, poll: &Path) -> String {
    let said = format!("{}: {}", finding.code.id, visible(log::headline(finding)));
    let file = finding.place.as_ref().map(|place| Path::new(&place.file));
    let Some(file) = file.filter(|file| *file != poll) else { return said };
    let beside = poll.parent().and_then(|folder| file.strip_prefix(folder).ok());
    format!("{said} ({})", visible(&beside.unwrap_or(file).to_string_lossy()))
}

impl Ended {
    /// Of a poll with which nothing was tried.
    pub(super) fn without_attempt(outcome: Outcome, about: About, findings: Findings) -> Self {
        let about = About { exit_code: Some(outcome.code()), ..about };
        let (page, facts, hashes, record) = (None, None, Hashes::new(), None);
        Self { outcome, about, findings, page, facts, hashes, record }
    }

    /// Writes the record of the run; that this cannot be done is found, and no failure.
    pub(super) fn write(
        &mut self,
        places: &Places,
        (began, release): (std::time::SystemTime, Option<String>),
    ) {
        let About { poll, wave, file, ms, why, .. } = &self.about;
        let own = places.private.join(poll.as_deref().unwrap_or(private::UNNAMED));
        if private::is_inside(&own, &places.out) {
            return; // A link leads there, and the run was refused for it.
        }
        let mut messages: Vec<&str> = self.findings.list().iter().map(|f| f.code.id).collect();
        messages.sort_unstable();
        messages.dedup();
        let facts = json!({
            "poll": poll,
            "wave": wave,
            "file": file,
            "began": log::moment(began),
            "ended": log::moment(log::now()),
            "ms": ms,
            "outcome": self.outcome.name(),
            "exit_code": self.outcome.code(),
            "why": why,
            "messages": messages,
            "inputs": self.hashes,
            "release": release,
        });
        match private::record_run(&own, &facts) {
            Ok(record) => self.record = Some(record),
            Err(error) => self.findings.push(
                Finding::new(&codes::RECORD, "the record of the run cannot be written")
                    .at(Place::file(&own.to_string_lossy()))
                    .because(error.to_string()),
            ),
        }
    }

    /// Writes to stderr what was found, from a severity on, and the end to the log. Nothing
    /// is wrong with a file that is not complete yet.
    pub(super) fn say(&self, least: Severity, global: &Global) {
        if self.outcome != Outcome::Waiting {
            let About { poll, wave, file, .. } = self.about.clone();
            let about = About { poll, wave, file, ..About::default() };
            say::findings_about(&self.findings, (&about, least), global);
        }
        log::tell(self.outcome.event(), &self.about, global);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::Release;

    #[test]
    fn a_panic_ends_the_attempt_and_leaves_a_record() {
        let place = tempfile::tempdir().unwrap();
        let release = Release {
            out: place.path().join("out"),
            private: Some(place.path().join("private")),
            profile: None,
            strict_disclosure: false,
        };
        let places = run::places(&release, &mut Findings::default()).unwrap();
        let attempt = Attempt {
            poll: &place.path().join("poll.toml"),
            places: &places,
            options: run::options(&release, 1),
            settle: None,
            progress: &Progress::new(true),
            about: About { poll: Some("canteen".to_owned()), ..About::default() },
        };
        let inputs = Inputs::new(Duration::ZERO);
        let ended = attempt.end(&inputs, |_| panic!("in the work"));
        assert_eq!(ended.outcome, Outcome::Failed(Kind::Internal));
        assert_eq!(ended.about.why.as_deref(), Some("an internal fault"));
        assert!(ended.record.unwrap().starts_with(place.path().join("private/canteen/runs")));
    }
}
