//! The log: with `--log json` each thing that happens is a line of JSON on stderr.
//!
//! Every line has the same keys; a line on a finding has those of the finding as well. The
//! names in [`EVENTS`] are all that there are, and scripts may rely on them. A log is kept
//! and read by others, so nothing that a respondent answered stands in it, nor a number
//! that is small enough to be a person.

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::arguments::{Global, Log};
use super::say;
use crate::diagnostic::{Finding, Severity, json as finding_json};

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A message, which `explain` explains.
    Finding,
    BatchStarted,
    PollCurrent,
    PollStarted,
    PollPublished,
    PollWaiting,
    PollLocked,
    PollFailed,
    CommandDone,
    CommandFailed,
    BatchEnded,
}

/// How much an event matters; without level for findings, which have their own.
struct Meaning {
    event: Event,
    name: &'static str,
    level: &'static str,
    says: &'static str,
}

const fn event(
    event: Event,
    name: &'static str,
    level: &'static str,
    says: &'static str,
) -> Meaning {
    Meaning { event, name, level, says }
}

/// Every event, in the order in which they come.
static EVENTS: [Meaning; 11] = [
    event(Event::BatchStarted, "batch.started", "info", "`n` poll files were found"),
    event(
        Event::PollCurrent,
        "poll.current",
        "info",
        "nothing that the poll reads has changed",
    ),
    event(Event::PollStarted, "poll.started", "info", "the poll is run; `why`, in a batch"),
    event(
        Event::Finding,
        "finding",
        "of the message",
        "a message with the keys of `check --format json`; answers and small numbers are left out",
    ),
    event(Event::PollPublished, "poll.published", "info", "a release stands; `n` rows counted"),
    event(
        Event::PollWaiting,
        "poll.waiting",
        "warning",
        "a file is still growing or was replaced while it was read; nothing was published",
    ),
    event(Event::PollLocked, "poll.locked", "error", "another run publishes the poll"),
    event(
        Event::PollFailed,
        "poll.failed",
        "error",
        "nothing was published; `why` says the first error",
    ),
    event(
        Event::CommandDone,
        "command.done",
        "info",
        "the command of `--on-failure` has ended",
    ),
    event(
        Event::CommandFailed,
        "command.failed",
        "error",
        "the command of `--on-failure` could not be run, or failed",
    ),
    event(Event::BatchEnded, "batch.ended", "info", "all is done; `n` polls were published"),
];

/// The keys of every line.
const KEYS: [(&str, &str); 11] = [
    ("ts", "when, in UTC"),
    ("level", "`info`, `warning` or `error`"),
    ("event", "what happened"),
    ("run", "which run of the program: the same in all its lines, and in its records"),
    ("poll", "the id of the poll"),
    ("wave", "its wave"),
    ("file", "the poll file; of a message the file that it is about"),
    ("n", "how many; of respondents `under 5` in place of 1 to 4"),
    ("ms", "how long it took, in milliseconds"),
    ("exit_code", "the exit code, of the poll or of all"),
    ("why", "why, in words"),
];

/// What a line is about; what does not apply is null.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// The poll's id.
    pub(super) poll: Option<String>,
    /// Its wave.
    pub(super) wave: Option<String>,
    /// The poll file.
    pub(super) file: Option<String>,
    /// How many; of respondents as [`people`] gives it.
    pub(super) n: Value,
    /// How long it took, in milliseconds.
    pub(super) ms: Option<u64>,
    /// The exit code.
    pub(super) exit_code: Option<u8>,
    /// Why, in words.
    pub(super) why: Option<String>,
}

/// Writes a line on an event, if lines are wanted.
pub(super) fn tell(event: Event, about: &About, global: &Global) {
    let level = meaning(event).level;
    if global.log == Log::Json && !(global.quiet && level != "error") {
        say::err(&format!("{}\n", line(event, level, about)));
    }
}

/// A line on a finding.
pub(super) fn finding(finding: &Finding, about: &About) -> Value {
    let level = match finding.severity {
        Severity::Note => "info",
        other => other.word(),
    };
    let mut line = line(Event::Finding, level, about);
    if let (Value::Object(line), Value::Object(said)) = (&mut line, logged(finding)) {
        line.extend(said);
    }
    line
}

/// What names this run of the program: when it began, and a random number.
pub(super) fn run() -> &'static str {
    static RUN: OnceLock<String> = OnceLock::new();
    RUN.get_or_init(|| {
        let mut random = [0; 3];
        // Without random numbers the time alone has to do.
        let _ = getrandom::fill(&mut random);
        let [a, b, c] = random;
        format!("{}-{a:02x}{b:02x}{c:02x}", Timestamp::now().strftime("%Y%m%dT%H%M%SZ"))
    })
}

/// What the clock says.
#[allow(clippy::disallowed_methods, reason = "no public file says when it was made")]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

/// A moment as text, in UTC.
pub(super) fn moment(time: SystemTime) -> String {
    Timestamp::try_from(time).map_or_else(|_| String::new(), |time| format!("{time:.3}"))
}

/// Every event on one page, in Markdown.
pub(super) fn page() -> String {
    let mut page = "# Events\n\nWhat `--log json` writes to stderr: a line of JSON for each \
                    thing that happens, with one of these\nnames. Scripts may rely on them.\n\n\
                    | event | level | says |\n|---|---|---|\n"
        .to_owned();
    for Meaning { name, level, says, .. } in &EVENTS {
        let _ = writeln!(page, "| `{name}` | {level} | {says} |");
    }
    page.push_str(
        "\nEvery line has these keys; what does not apply is null.\n\n\
                   | key | says |\n|---|---|\n",
    );
    for (key, says) in KEYS {
        let _ = writeln!(page, "| `{key}` | {says} |");
    }
    page.push_str("\nNo line holds an answer. With `--quiet` there are errors only.\n");
    page
}

fn meaning(event: Event) -> &'static Meaning {
    let found = EVENTS.iter().find(|meaning| meaning.event == event);
    found.unwrap_or(&EVENTS[0])
}

fn line(event: Event, level: &str, about: &About) -> Value {
    json!({
        "ts": moment(now()),
        "level": level,
        "event": meaning(event).name,
        "run": run(),
        "poll": about.poll,
        "wave": about.wave,
        "file": about.file,
        "n": about.n,
        "ms": about.ms,
        "exit_code": about.exit_code,
        "why": about.why,
    })
}

/// First letters of the codes of rooms that speak of what an analyst wrote, and of nothing
/// that respondents did: poll files and schemas, drafts of texts, arguments.
const OF_NO_ANSWERS: [char; 4] = ['Q', 'S', 'L', 'X'];

/// A finding for a log: of answers it says the rule, the place and how many, never a cell,
/// and no number that is small.
fn logged(finding: &Finding) -> Value {
    let mut line = finding_json(finding);
    line["value"] = Value::Null;
    line["headline"] = headline(finding).into();
    if !finding.code.id.starts_with(OF_NO_ANSWERS) {
        line["because"] = Value::Null;
        line["help"] = format!("pollsmith explain {}", finding.code.id).into();
        line["count"] = people(finding.count);
    }
    line
}

/// What a finding says, without what stood in a cell.
pub(super) fn headline(finding: &Finding) -> &str {
    let own = finding.code.id.starts_with(OF_NO_ANSWERS);
    if own { &finding.headline } else { finding.code.title }
}

/// What stands for a number that could be a person.
const SMALL: &str = "under 5";

/// A number that may stand in a log: none from 1 to 4.
fn many(count: u64) -> Option<u64> {
    Some(count).filter(|count| !(1..5).contains(count))
}

/// A number of respondents, as it may stand in a log.
pub(super) fn people(count: u64) -> Value {
    many(count).map_or(SMALL.into(), Value::from)
}

/// A number as words of a log.
pub(super) fn number(count: u64) -> String {
    many(count).map_or_else(|| SMALL.to_owned(), |count| count.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_one_name_and_every_line_the_same_keys() {
        let mut names: Vec<&str> = EVENTS.iter().map(|meaning| meaning.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), EVENTS.len());
        let keys = |about: &About| {
            let line = line(Event::PollFailed, "error", about);
            line.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
        };
        let about =
            About { poll: Some("canteen".to_owned()), n: people(3), ..About::default() };
        let mut known = KEYS.map(|(key, _)| key);
        known.sort_unstable();
        assert_eq!(
            (keys(&About::default()), keys(&about)),
            (known.map(str::to_owned).to_vec(), known.map(str::to_owned).to_vec())
        );
        assert_eq!(line(Event::PollPublished, "info", &about)["n"], "under 5");
        assert_eq!(line(Event::PollPublished, "info", &about)["event"], "poll.published");
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(1_500);
        assert_eq!(moment(time), "1970-01-01T00:00:01.500Z");
    }
}
