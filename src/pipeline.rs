//! The hallway: each command as one paragraph over the rooms.
//!
//! Takes a [`World`] that opens files by the paths written in the poll file, and gives what
//! the command produces. Never touches disk, clock or terminal itself.

use std::io;

use sha2::{Digest, Sha256};

use crate::chart;
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Place, Severity};
use crate::disclose;
use crate::estimate;
use crate::ingest;
use crate::poll::{self, Poll};
use crate::prepare;
use crate::publish;
use crate::questionnaire::{self, Questionnaire};
use crate::report::{self, InputFacts};
use crate::tabulate;
use crate::validate::{self, Checked};

pub use crate::ingest::{Delivery, FileFacts, hex};
pub use crate::poll::Profile;
pub use crate::publish::Bundle;
pub use crate::validate::Facts;

/// What a command may ask of the world outside.
pub trait World {
    /// How a path written in the poll file is shown in messages.
    fn name(&self, path: &str) -> String;

    /// A whole text file, by the path written in the poll file.
    ///
    /// # Errors
    /// Whatever the system says.
    fn text(&self, path: &str) -> io::Result<String>;

    /// A file to be read more than once.
    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_>;

    /// Is told what is being done, and how many bytes of it.
    fn progress(&self, stage: &str, bytes: u64);
}

/// What a run produces.
#[derive(Debug)]
pub struct Run {
    /// Names the output folder.
    pub id: String,
    /// Who may read it.
    pub profile: Profile,
    /// The files to publish.
    pub bundle: Bundle,
    /// What happened to the rows, for the private record.
    pub facts: Facts,
}

/// What a run is asked besides its poll file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Who may read the result, in place of what the poll file says.
    pub profile: Option<Profile>,
    /// Whether to refuse while a disclosure item of the poll is missing.
    pub strict: bool,
    /// How many threads to use; the result is the same with any number.
    pub threads: usize,
}

/// Everything: read, check, weight, estimate, tabulate, disclose, draw, publish.
///
/// # Errors
/// The kind of end; `findings` says what happened.
pub fn run(
    world: &dyn World,
    poll: &str,
    options: &Options,
    findings: &mut Findings,
) -> Result<Run, Failure> {
    let (mut poll, mut inputs) = read_poll(world, poll, findings)?;
    poll.profile = options.profile.unwrap_or(poll.profile);
    if options.strict {
        poll::complete(&poll, findings)?;
    }
    let checked = read_wave(world, &poll, &mut inputs, findings)?;
    let facts = checked.facts().clone();
    let sample = prepare::sample(checked, &poll, findings)?;
    world.progress("estimating", 0);
    let estimates = estimate::all(&sample, &poll, options.threads, findings)?;
    let book = tabulate::book(sample.questionnaire(), estimates);
    let released = disclose::release(&book, &poll);
    world.progress("drawing", 0);
    let charts = chart::draw(&released, &poll).map_err(|fault| broken(&fault, findings))?;
    let report = report::assemble(&poll, &released, charts, inputs)
        .map_err(|list| refuse(list, findings))?;
    let bundle = publish::bundle(&report);
    Ok(Run { id: poll.id, profile: poll.profile, bundle, facts })
}

/// Reads and checks one delivery, and says what happened to its rows.
///
/// # Errors
/// [`Kind::Input`]; `findings` says what is wrong.
pub fn check(world: &dyn World, poll: &str, findings: &mut Findings) -> Result<Facts, Failure> {
    let (poll, mut inputs) = read_poll(world, poll, findings)?;
    let checked = read_wave(world, &poll, &mut inputs, findings)?;
    let facts = checked.facts().clone();
    prepare::sample(checked, &poll, findings)?;
    Ok(facts)
}

/// As [`check`], for data without a poll file.
///
/// # Errors
/// [`Kind::Input`]; `findings` says what is wrong.
pub fn check_data(
    world: &dyn World,
    schema: &str,
    data: &[String],
    findings: &mut Findings,
) -> Result<Facts, Failure> {
    let (text, _) = read_text(world, schema, findings)?;
    let questionnaire = questionnaire::load(&world.name(schema), &text, findings)?;
    let checked = read_data(world, questionnaire, None, data, findings)?;
    Ok(checked.facts().clone())
}

fn read_poll(
    world: &dyn World,
    path: &str,
    findings: &mut Findings,
) -> Result<(Poll, Vec<InputFacts>), Failure> {
    let (text, facts) = read_text(world, path, findings)?;
    let poll = poll::load(&world.name(path), &text, findings)?;
    Ok((poll, vec![facts]))
}

/// The questionnaire, then the data, then the rules.
fn read_wave(
    world: &dyn World,
    poll: &Poll,
    inputs: &mut Vec<InputFacts>,
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    let (text, facts) = read_text(world, &poll.schema, findings)?;
    inputs.push(facts);
    let questionnaire = questionnaire::load(&world.name(&poll.schema), &text, findings)?;
    let paths: Vec<String> = poll.data.iter().map(|path| path.get_ref().clone()).collect();
    let checked = read_data(world, questionnaire, Some(poll), &paths, findings)?;
    for (path, file) in paths.into_iter().zip(&checked.facts().files) {
        inputs.push(InputFacts { path, sha256: file.sha256.clone(), bytes: file.bytes });
    }
    Ok(checked)
}

fn read_data(
    world: &dyn World,
    questionnaire: Questionnaire,
    poll: Option<&Poll>,
    paths: &[String],
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    let deliveries: Vec<_> = paths.iter().map(|path| world.delivery(path)).collect();
    let deliveries: Vec<&dyn Delivery> = deliveries.iter().map(AsRef::as_ref).collect();
    let progress = |bytes| world.progress("reading", bytes);
    let responses = ingest::read(questionnaire, poll, &deliveries, findings, &progress)?;
    world.progress("checking", 0);
    validate::check(responses, &deliveries, findings)
}

fn read_text(
    world: &dyn World,
    path: &str,
    findings: &mut Findings,
) -> Result<(String, InputFacts), Failure> {
    match world.text(path) {
        Ok(text) => {
            let sha256 = ingest::hex(&Sha256::digest(text.as_bytes()));
            let bytes = text.len() as u64;
            Ok((text, InputFacts { path: path.to_owned(), sha256, bytes }))
        }
        Err(error) => {
            let finding = Finding::new(&UNREADABLE, "the file cannot be read")
                .at(Place::file(&world.name(path)))
                .because(error.to_string())
                .help("correct the path; paths in a poll file are relative to the poll file");
            Err(Failure::because(findings, Kind::Input, finding))
        }
    }
}

fn broken(fault: &chart::Fault, findings: &mut Findings) -> Failure {
    let headline = format!("the chart of `{}` cannot be drawn", fault.table);
    let finding = Finding::new(&DRAWING, headline).because(fault.what);
    Failure::because(findings, Kind::Internal, finding)
}

fn refuse(list: Vec<Finding>, findings: &mut Findings) -> Failure {
    for finding in list {
        findings.push(finding);
    }
    Failure { kind: Kind::Input }
}

static UNREADABLE: Code = Code {
    id: "Q005",
    severity: Severity::Error,
    title: "a poll file or schema cannot be read",
    explanation: "The file does not exist, may not be read by this user, or is not UTF-8 text. \
                  Paths in a poll file are relative to the poll file.\n\n\
                  Remedy: correct the path, or save the file as UTF-8.",
};

static DRAWING: Code = Code {
    id: "C001",
    severity: Severity::Error,
    title: "a chart cannot be drawn",
    explanation: "This is a fault of the program, not of the poll.\n\n\
                  Remedy: report it with the message and, if possible, the schema.",
};

/// The codes of the hallway itself.
pub static CODES: &[&Code] = &[&UNREADABLE, &DRAWING];
