//! The hallway: each command as one paragraph over the rooms.
//!
//! Takes a [`World`] that opens files by the paths written in the poll file, and gives what
//! the command produces. Never touches disk, clock or terminal itself.

mod audit;
mod charts;
mod claims;
mod codes;
mod earlier;
pub mod estimate;
mod known;
mod logo;
mod outline;
mod persons;
mod quotes;
mod records;
mod schema;
pub mod table;
mod weigh;

use std::io;

use sha2::{Digest, Sha256};

use crate::chart::Wanted;
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place, Severity};
use crate::disclose;
use crate::draft;
use crate::estimate as estimates;
use crate::exchange;
use crate::ingest;
use crate::poll::{self, Poll, ReportStatus};
use crate::prepare::{self, Side};
use crate::publish;
use crate::questionnaire::{self, Encoding, Questionnaire};
use crate::report::{self, Drawn};
use crate::tabulate;
use crate::validate::{self, Checked, Withdrawn};

use codes::{UNDECIDED, UNREADABLE};
use earlier::Present;
use persons::{linking, secret};

pub use crate::audit::{Audit, Cell as AuditedCell, State as CellState, Whom};
pub use crate::claims::{Borne, Checked as CheckedText, Left};
pub use crate::draft::Draft;
pub use crate::ingest::{Delivery, FileFacts, Records, hex};
pub use crate::poll::{Profile, Retention};
pub use crate::prepare::{MarginReport, NOTABLE, RETHINK, StepReport};
pub use crate::publish::Bundle;
pub use crate::report::InputFacts;
pub use crate::validate::{Facts, Secret, SetAside, Spot};
pub use crate::verbatims::Quotes;
pub use audit::audit;
pub use claims::{claims, fails};
pub use codes::CODES;
pub use known::Known;
pub use outline::{Outline, outline};
pub use schema::{
    Export, Foreign, codebook, import, poll_json, results_json, schema_json, table_schema,
};
pub use weigh::{KeyCells, Weighed, weigh};

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

    /// The records of earlier public releases of a poll ([`Run::record`]).
    ///
    /// # Errors
    /// Whatever the system says.
    fn records(&self, poll: &str) -> io::Result<Vec<String>>;

    /// Is told what is being done, and how many bytes of it.
    fn progress(&self, stage: &str, bytes: u64);

    /// The key with which members' numbers are hashed: the same one throughout a run.
    ///
    /// # Errors
    /// Whatever the system says.
    fn secret(&self) -> io::Result<Secret>;
}

/// What a run produces.
#[derive(Debug)]
pub struct Run {
    /// Names the output folder.
    pub id: String,
    /// What the wave is called.
    pub wave: Option<String>,
    /// The files that went in, as the manifest lists them.
    pub inputs: Vec<InputFacts>,
    /// Who may read it.
    pub profile: Profile,
    /// The files to publish.
    pub bundle: Bundle,
    /// What happened to the rows, for the private record.
    pub facts: Facts,
    /// What could be quoted, for the private record.
    pub quotes: Vec<Quotes>,
    /// What a public release tells, for the private folder; none of a draft.
    pub record: Option<String>,
    /// How long private records are kept.
    pub retention: Retention,
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
    let side = read_side(world, &poll, &mut inputs, findings)?;
    let logo = logo::read(world, &poll, &mut inputs, findings)?;
    let mut checked = read_wave(world, &poll, &mut inputs, options.threads, findings)?;
    let (facts, keys) = (checked.facts().clone(), linking(&checked, &poll));
    let texts = checked.take_texts();
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    poll::check_protected(&poll, sample.questionnaire(), findings)?;
    let quotes = quotes::read(world, &poll, (&sample, &texts), &mut inputs, findings)?;
    let now = Present { poll: &poll, sample: &sample, keys };
    let earlier = earlier::read(world, &now, (&mut inputs, options.threads), findings)?;
    world.progress("estimating", 0);
    let estimates = estimates::all(&sample, &poll, options.threads, findings)?;
    let book = tabulate::book(sample.questionnaire(), &poll, estimates);
    let book = earlier::compare(book, &now, &earlier, findings)?;
    let records = records::earlier(world, &poll, findings)?;
    world.progress("protecting", 0);
    let told = (records.as_slice(), options.threads);
    let released = disclose::release(&book, &poll, told, findings)?;
    let released = disclose::with_quotes(released, &quotes, &poll, findings);
    let titles = report::titles(&poll, &released).map_err(|list| refuse(list, findings))?;
    for found in report::not_drawn(&poll, &released) {
        findings.push(found);
    }
    world.progress("drawing", 0);
    let (logo, threads) = (logo.as_ref(), options.threads);
    let wanted = Wanted { released: &released, poll: &poll, titles: &titles, logo, threads };
    let charts = charts::draw(&wanted, findings)?;
    let drawn = Drawn { charts, titles, logo: logo.cloned() };
    let report = report::assemble(&poll, &released, drawn, inputs.clone())
        .map_err(|list| refuse(list, findings))?;
    world.progress("writing", 0);
    let bundle = publish::bundle(&report, options.threads, || exchange::microdata(&sample));
    let record = (poll.profile == Profile::Public && poll.status != ReportStatus::Draft)
        .then(|| released.record().to_owned());
    let Poll { id, wave, profile, retention, .. } = poll;
    Ok(Run { id, wave, inputs, profile, bundle, facts, quotes, record, retention })
}

/// Reads and checks one delivery, and says what happened to its rows.
///
/// # Errors
/// [`Kind::Input`]; `findings` says what is wrong.
pub fn check(
    world: &dyn World,
    poll: &str,
    threads: usize,
    findings: &mut Findings,
) -> Result<Facts, Failure> {
    let (poll, mut inputs) = read_poll(world, poll, findings)?;
    let side = read_side(world, &poll, &mut inputs, findings)?;
    logo::read(world, &poll, &mut inputs, findings)?;
    let mut checked = read_wave(world, &poll, &mut inputs, threads, findings)?;
    let (facts, texts) = (checked.facts().clone(), checked.take_texts());
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    poll::check_protected(&poll, sample.questionnaire(), findings)?;
    quotes::read(world, &poll, (&sample, &texts), &mut inputs, findings)?;
    estimates::check(&sample, &poll, findings)?;
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
    threads: usize,
    findings: &mut Findings,
) -> Result<Facts, Failure> {
    let questionnaire = read_schema(world, schema, &mut Vec::new(), findings)?;
    let checked = read_data((world, threads), questionnaire, (None, None), data, findings)?;
    Ok(checked.facts().clone())
}

/// Looks at an export and drafts its schema and poll file; `beside` is the export's path as
/// seen from the drafts.
///
/// # Errors
/// [`Kind::Input`]; `findings` says what is wrong.
pub fn init(
    world: &dyn World,
    data: &str,
    known: &Known,
    beside: &str,
    findings: &mut Findings,
) -> Result<Draft, Failure> {
    let source = known.source(findings)?;
    let (encoding, skip_rows) = (source.encoding, source.skip_rows);
    let delivery = world.delivery(data);
    let look = ingest::look(delivery.as_ref(), &source, findings)?;
    let name = data.rsplit('/').next().unwrap_or(data);
    let export = draft::Export {
        name,
        dialect: look.dialect,
        why: look.why,
        header_rows: look.header_rows,
        delimiter: look.delimiter,
        encoding: encoding.map(Encoding::name),
        headings: look.headings,
        columns: look.columns,
        truncated: look.truncated,
    };
    let mut draft =
        draft::draft(&export, &draft::Paths { schema: "schema.toml", data: beside });
    let told = [
        (skip_rows > 0).then(|| format!("skip_rows = {skip_rows}\n")),
        source.sheet.map(|sheet| format!("sheet = {sheet:?}\n")),
    ];
    let told: String = told.into_iter().flatten().collect();
    draft.schema = draft.schema.replacen("[source]\n", &format!("[source]\n{told}"), 1);
    Ok(draft)
}

/// The folder or file cannot be read.
pub fn unreadable(error: &io::Error, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&UNREADABLE, "the folder cannot be read")
        .because(error.to_string())
        .help("correct the path");
    Failure::because(findings, Kind::Input, finding)
}

/// Whether all that stops a check is something that a person must choose.
#[must_use]
pub fn needs_choice(findings: &Findings) -> bool {
    let choices =
        || [ingest::CHOICES, ingest::BYTES_CHOICES, validate::CHOICES].into_iter().flatten();
    let errors = findings.list().iter().filter(|f| f.severity == Severity::Error);
    let mut codes = errors.map(|finding| finding.code).peekable();
    codes.peek().is_some() && codes.all(|code| choices().any(|choice| *choice == code))
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

/// Targets, frame and lookups.
fn read_side(
    world: &dyn World,
    poll: &Poll,
    inputs: &mut Vec<InputFacts>,
    findings: &mut Findings,
) -> Result<Side, Failure> {
    let mut side = Side::default();
    for path in poll.side_files() {
        let (text, facts) = read_text(world, path, findings)?;
        inputs.push(facts);
        side.add(path, world.name(path), text);
    }
    Ok(side)
}

/// The questionnaire, then the data, then the rules.
fn read_wave(
    world: &dyn World,
    poll: &Poll,
    inputs: &mut Vec<InputFacts>,
    threads: usize,
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    let questionnaire = read_schema(world, &poll.schema, inputs, findings)?;
    let paths: Vec<String> = poll.data.iter().map(|path| path.get_ref().clone()).collect();
    let withdrawn = read_withdrawn(world, poll, &questionnaire, findings)?;
    let whom = (Some(poll), withdrawn.as_ref());
    let checked = read_data((world, threads), questionnaire, whom, &paths, findings)?;
    for (path, file) in paths.into_iter().zip(&checked.facts().files) {
        inputs.push(InputFacts { path, sha256: file.sha256.clone(), bytes: file.bytes });
    }
    Ok(checked)
}

/// Who withdrew. The list is no input of the manifest: whoever knows a key could tell by its
/// hash whether that person withdrew.
fn read_withdrawn(
    world: &dyn World,
    poll: &Poll,
    questionnaire: &Questionnaire,
    findings: &mut Findings,
) -> Result<Option<Withdrawn>, Failure> {
    let Some(path) = &poll.exclude else { return Ok(None) };
    let (text, _) = read_text(world, path.get_ref(), findings)?;
    let (name, secret) = (world.name(path.get_ref()), secret(world, findings)?);
    let list = Withdrawn::read(&name, &text, questionnaire, &secret);
    list.map(Some).map_err(|finding| refuse(vec![*finding], findings))
}

/// The questionnaire, with the earlier ones that it extends.
fn read_schema(
    world: &dyn World,
    path: &str,
    inputs: &mut Vec<InputFacts>,
    findings: &mut Findings,
) -> Result<Questionnaire, Failure> {
    let (text, facts) = read_text(world, path, findings)?;
    inputs.push(facts);
    let mut folder = folder(path).to_owned();
    let mut earlier = |written: &str, findings: &mut Findings| {
        let path = format!("{folder}{written}");
        let (text, facts) = read_text(world, &path, findings).ok()?;
        inputs.push(facts);
        self::folder(&path).clone_into(&mut folder);
        Some((world.name(&path), text))
    };
    questionnaire::load(&world.name(path), &text, &mut earlier, findings)
}

/// The folder of a path, with the stroke at its end.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..=end])
}

fn read_data(
    (world, threads): (&dyn World, usize),
    questionnaire: Questionnaire,
    (poll, withdrawn): (Option<&Poll>, Option<&Withdrawn>),
    paths: &[String],
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    let deliveries: Vec<_> = paths.iter().map(|path| world.delivery(path)).collect();
    let deliveries: Vec<&dyn Delivery> = deliveries.iter().map(AsRef::as_ref).collect();
    let progress = |bytes| world.progress("reading", bytes);
    let secret = secret(world, findings)?;
    let manner = ingest::Manner { threads, progress: &progress, secret: &secret };
    let responses = ingest::read(questionnaire, poll, &deliveries, manner, findings)?;
    world.progress("checking", 0);
    validate::check_without(withdrawn, responses, &deliveries, findings)
}

fn read_text(
    world: &dyn World,
    path: &str,
    findings: &mut Findings,
) -> Result<(String, InputFacts), Failure> {
    match world.text(path) {
        Ok(text) => {
            undecided(&world.name(path), &text, findings);
            let sha256 = ingest::hex(&Sha256::digest(text.as_bytes()));
            let bytes = text.len() as u64;
            Ok((text, InputFacts { path: path.to_owned(), sha256, bytes }))
        }
        Err(error) => Err(not_read(&error, &world.name(path), findings)),
    }
}

fn not_read(error: &io::Error, name: &str, findings: &mut Findings) -> Failure {
    let finding = Finding::new(&UNREADABLE, "the file cannot be read")
        .at(Place::file(name))
        .because(error.to_string())
        .help("correct the path; paths in a poll file are relative to the poll file");
    Failure::because(findings, Kind::Input, finding)
}

/// Says that a draft has points which nobody has decided yet.
fn undecided(name: &str, text: &str, findings: &mut Findings) {
    let lines = || {
        text.lines()
            .enumerate()
            .filter(|(_, line)| line.trim_start().starts_with("# UNDECIDED"))
    };
    let Some((first, _)) = lines().next() else { return };
    let count = lines().count();
    let points = if count == 1 { "point is" } else { "points are" };
    let place = Place { line: Some(first as u64 + 1), ..Place::file(name) };
    findings.push(
        Finding::new(&UNDECIDED, format!("{count} {points} marked UNDECIDED"))
            .at(place)
            .because("a draft says there what only a person can know")
            .help("decide each, and take the mark out"),
    );
}

fn refuse(list: Vec<Finding>, findings: &mut Findings) -> Failure {
    for finding in list {
        findings.push(finding);
    }
    Failure { kind: Kind::Input }
}
