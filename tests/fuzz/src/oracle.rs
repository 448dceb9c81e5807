//! What must hold of every check, whatever the file and the schema are.
//!
//! Takes a case, runs it through the library several times, gives what does not hold.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use pollsmith::diagnostic::{Finding, Findings, Kind, Severity, concise, full, json};
use pollsmith::pipeline::{self, Facts};

use crate::memory;
use crate::world::{InMemory, SCHEMA};

/// What a check may need besides a multiple of its input, and that multiple.
const MEMORY: u64 = 64 << 20;
const MEMORY_PER_BYTE: u64 = 40;

/// One input of the program.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) schema: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

/// Something that does not hold.
#[derive(Clone)]
pub(crate) struct Broken {
    /// Which promise; two cases that break the same one count as the same find.
    pub(crate) promise: String,
    /// What was seen.
    pub(crate) seen: String,
}

impl Broken {
    fn new(promise: &str, seen: impl Into<String>) -> Self {
        Self { promise: promise.to_owned(), seen: seen.into() }
    }
}

/// What a check came to.
struct Outcome {
    facts: Result<Facts, Kind>,
    findings: Vec<Finding>,
}

thread_local! {
    /// Where the last panic happened.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps panics from being printed, and remembers where they were.
pub(crate) fn quieten_panics() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        let said = info.payload_as_str().unwrap_or_default().to_owned();
        PANIC.set(format!("{}: {said}", place.unwrap_or_default()));
    }));
}

/// Whether the case is accepted; or the first promise that it breaks.
///
/// # Errors
/// What does not hold.
pub(crate) fn promises(case: &Case) -> Result<bool, Broken> {
    let once = measured(case)?;
    facts_agree(&once)?;
    end_is_told(&once)?;
    once.findings.iter().try_for_each(well_said)?;
    let threads = check(case, 1, 3)?;
    if once.facts != threads.facts || once.findings != threads.findings {
        let seen = format!("{:?}\nis not\n{:?}", once.findings, threads.findings);
        return Err(Broken::new("one thread and three find the same", seen));
    }
    let twice = check(case, 2, 1)?;
    facts_agree(&twice)?;
    twice_is_twice(&once, &twice)?;
    Ok(once.facts.is_ok())
}

/// A check of the case with one thread, which may take only so much memory.
fn measured(case: &Case) -> Result<Outcome, Broken> {
    let (outcome, peak) = memory::peak(|| check(case, 1, 1));
    let size = (case.schema.len() + case.data.len()) as u64;
    let (peak, allowed) = (peak.unwrap_or(0), MEMORY + MEMORY_PER_BYTE * size);
    if peak > allowed {
        let seen = format!("{size} bytes needed {} MB", peak >> 20);
        return Err(Broken::new("memory is bounded", seen));
    }
    outcome
}

/// A check of so many files that are all the data of the case.
fn check(case: &Case, files: usize, threads: usize) -> Result<Outcome, Broken> {
    let world = InMemory { schema: &case.schema, files: vec![&case.data; files] };
    let work = AssertUnwindSafe(|| {
        let mut findings = Findings::default();
        let paths = world.paths();
        let facts = pipeline::check_data(&world, SCHEMA, &paths, threads, &mut findings);
        let facts = facts.map_err(|failure| failure.kind);
        Outcome { facts, findings: findings.list().to_vec() }
    });
    panic::catch_unwind(work).map_err(|payload| {
        // A panic of another thread is known by what it says only.
        let text = payload.downcast_ref::<String>().cloned();
        let text = text.or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        let place = PANIC.take();
        let seen = if place.is_empty() { text.unwrap_or_default() } else { place };
        let at = seen.split(": ").next().unwrap_or_default().to_owned();
        Broken::new(&format!("nothing panics ({at})"), seen)
    })
}

/// Each row is kept or set aside.
fn facts_agree(outcome: &Outcome) -> Result<(), Broken> {
    let Ok(facts) = &outcome.facts else { return Ok(()) };
    let aside = facts.set_aside.len() as u64;
    let read: u64 = facts.files.iter().map(|file| file.rows_read).sum();
    if facts.rows_read == facts.rows_kept + aside && facts.rows_read == read {
        return Ok(());
    }
    let (all, kept) = (facts.rows_read, facts.rows_kept);
    let seen = format!("{all} read, {kept} kept, {aside} set aside; the files have {read}");
    Err(Broken::new("rows read are rows kept and rows set aside", seen))
}

/// A check that fails says why, by an error, and is nobody else's fault.
fn end_is_told(outcome: &Outcome) -> Result<(), Broken> {
    let error = outcome.findings.iter().any(|f| f.severity == Severity::Error);
    match outcome.facts {
        Ok(_) if error => Err(Broken::new("an error ends the check", listed(outcome))),
        Err(_) if !error => Err(Broken::new("a failure is explained", listed(outcome))),
        Err(kind) if kind != Kind::Input => {
            Err(Broken::new("bad input is a fault of the input", format!("{kind:?}")))
        }
        _ => Ok(()),
    }
}

/// A finding can be printed in every form, says something, and holds no character that
/// could drive a terminal.
fn well_said(finding: &Finding) -> Result<(), Broken> {
    let forms = [full(finding), concise(finding)];
    let wild = |text: &String| text.chars().any(|c| c.is_control() && c != '\n');
    if finding.headline.trim().is_empty() || json(finding).is_null() {
        return Err(Broken::new("a finding has a headline", format!("{finding:?}")));
    }
    if let Some(form) = forms.iter().find(|form| wild(form)) {
        return Err(Broken::new("a finding holds no control characters", form.clone()));
    }
    let place = finding.place.clone().unwrap_or_default();
    if [place.row, place.line, place.character, place.field].contains(&Some(0)) {
        return Err(Broken::new("places are counted from 1", format!("{finding:?}")));
    }
    Ok(())
}

/// The same file twice is read as it is read once, each time.
fn twice_is_twice(once: &Outcome, twice: &Outcome) -> Result<(), Broken> {
    let (Ok(alone), Ok(both)) = (&once.facts, &twice.facts) else { return Ok(()) };
    let seen = |file: &pipeline::FileFacts| {
        let known = (file.encoding, file.delimiter, file.header_rows, file.dialect);
        (known, file.rows_read, file.bytes, file.sha256.clone(), file.headers.clone())
    };
    let first: Vec<_> = alone.files.iter().map(seen).collect();
    if both.files.iter().all(|file| first.contains(&seen(file))) {
        return Ok(());
    }
    let seen = format!("{:?}\nis not\n{:?}", alone.files, both.files);
    Err(Broken::new("the second file is read as the first", seen))
}

fn listed(outcome: &Outcome) -> String {
    outcome.findings.iter().map(|finding| concise(finding) + "\n").collect()
}
