//! [`Responses`] go in, [`Checked`] come out: every rule applied, every fault reported at
//! once, and the rows that cannot be counted set aside.
//!
//! Rules live in `rules/`, one a file. May know the ground floor, the questionnaire and
//! `ingest`. Never changes an answer: a row is kept as it is or set aside whole.

mod codes;
mod report;
mod rules;
#[cfg(test)]
mod tests;
mod view;
mod withdrawn;

use std::collections::BTreeMap;

use polars::prelude::{BooleanChunked, DataFrame, NewChunkedArray};

use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Place, Severity};
use crate::ingest::{Column, Delivery, FileFacts, Places, Responses, Use};
use crate::questionnaire::{Measure, Questionnaire};
use rules::{Effect, Fault};

pub use crate::ingest::{Keys, Mark, Redacted, Removed, Repair, Secret, Spot, Texts};
pub use codes::{CHOICES, CODES};
pub(crate) use view::View;
pub use withdrawn::Withdrawn;

/// Answers that have passed every rule.
#[derive(Debug)]
pub struct Checked {
    questionnaire: Questionnaire,
    frame: DataFrame,
    facts: Facts,
    senders: Option<Senders>,
    texts: Vec<Texts>,
}

/// Who sent the rows that count.
#[derive(Debug)]
struct Senders {
    keys: Keys,
    /// The column of the key, from 0.
    field: usize,
    /// Where each row of the frame as it was read stands.
    places: Places,
    /// The rows that do not count, in order.
    out: Vec<u32>,
}

/// What happened to the rows on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The files that were read.
    pub files: Vec<FileFacts>,
    /// What was mended because the schema allows it.
    pub repairs: Vec<Repair>,
    /// Records read.
    pub rows_read: u64,
    /// Records kept.
    pub rows_kept: u64,
    /// Records set aside, in the order of the file.
    pub set_aside: Vec<SetAside>,
    /// Columns of the frame whose values may never be shown: declared personal, personal by
    /// their header or their cells, or the key.
    pub personal: Vec<String>,
}

/// A record that is not counted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it stands.
    pub spot: Spot,
    /// Every rule that it breaks.
    pub codes: Vec<&'static str>,
    /// Whether it is a fault of the data, which counts towards the limits of bad rows.
    pub bad: bool,
}

impl SetAside {
    /// Whether the person withdrew, or should not have been asked: no rule of the
    /// questionnaire, and no row to be kept anywhere.
    #[must_use]
    pub fn withdrew(&self) -> bool {
        self.codes.contains(&codes::WITHDRAWN.id)
    }
}

impl Checked {
    /// What was asked.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The rows that count; columns as `ingest` made them, with "[Not asked]" told apart.
    #[must_use]
    pub fn frame(&self) -> &DataFrame {
        &self.frame
    }

    /// What happened to the rows on the way.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Who sent each row, as marks without names; none if the schema names no key.
    #[must_use]
    pub fn keys(&self) -> Option<Keys> {
        self.senders.as_ref().map(|senders| senders.keys.without(&senders.out))
    }

    /// Where the key of each row can be read again: the number of its column, from 0, and
    /// the place of each row; none if the schema names no key.
    #[must_use]
    pub fn key_cells(&self) -> Option<(usize, Vec<Spot>)> {
        let Senders { keys, field, places, out } = self.senders.as_ref()?;
        let mut out = out.iter().map(|row| *row as usize).peekable();
        let kept = (0..keys.len()).filter(|row| out.next_if_eq(row).is_none());
        Some((*field, kept.map(|row| places.spot(row)).collect()))
    }

    /// What was written in answer to each question that is to be quoted. What asks for it
    /// takes it away.
    #[must_use]
    pub fn take_texts(&mut self) -> Vec<Texts> {
        std::mem::take(&mut self.texts)
    }

    /// Takes it apart for the next room.
    #[must_use]
    pub fn into_parts(self) -> (Questionnaire, DataFrame, Facts) {
        (self.questionnaire, self.frame, self.facts)
    }
}

/// Applies every rule.
///
/// # Errors
/// [`Kind::Input`] if a column of the design has cells that cannot be used, or if more
/// rows break a rule than the schema's `limits.fail_rows` allows.
pub fn check(
    responses: Responses,
    deliveries: &[&dyn Delivery],
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    check_without(None, responses, deliveries, findings)
}

/// As [`check`], leaving out people who withdrew.
///
/// # Errors
/// As [`check`].
pub fn check_without(
    withdrawn: Option<&Withdrawn>,
    mut responses: Responses,
    deliveries: &[&dyn Delivery],
    findings: &mut Findings,
) -> Result<Checked, Failure> {
    let mark = findings.list().len();
    let routed = view::route(&mut responses, findings)?;
    let broken = rules::RULES.iter().flat_map(|rule| rule(&responses, &routed));
    let faults: Vec<Fault> =
        withdrawn.and_then(|list| list.fault(&responses)).into_iter().chain(broken).collect();
    let set_aside = set_aside(&responses, &faults);
    let reporter = report::Reporter { responses: &responses, deliveries };
    report::report(&faults, &reporter, findings);
    findings.stop_on_error_since(mark, Kind::Input)?;
    let read: u64 = responses.files.iter().map(|f| f.rows_read).sum();
    let bad = set_aside.iter().filter(|aside| aside.bad).count() as u64;
    judge(&responses, (read, bad, set_aside.len() as u64), mark, findings)?;
    if let Some(finding) = withdrawn.and_then(|list| list.strangers(&responses)) {
        findings.push(finding);
    }
    let frame = keep(&responses, &faults)?;
    let out = left_out(&faults);
    let texts = std::mem::take(&mut responses.texts);
    let texts = texts.into_iter().map(|texts| texts.without(&out)).collect();
    let senders = senders(&mut responses, out);
    let personal = personal(&responses);
    let facts = Facts {
        personal,
        rows_read: read,
        rows_kept: frame.height() as u64,
        set_aside,
        files: responses.files,
        repairs: responses.repairs,
    };
    Ok(Checked { questionnaire: responses.questionnaire, frame, facts, senders, texts })
}

/// The records that are not counted, ragged and blank ones among them, in the order of the
/// file.
fn set_aside(responses: &Responses, faults: &[Fault]) -> Vec<SetAside> {
    let mut list: BTreeMap<(usize, u64), SetAside> = BTreeMap::new();
    let mut add = |spot: Spot, code: &'static Code, bad: bool| {
        let entry = list.entry((spot.file, spot.offset)).or_insert_with(|| SetAside {
            spot,
            codes: Vec::new(),
            bad: false,
        });
        entry.bad |= bad;
        if !entry.codes.contains(&code.id) {
            entry.codes.push(code.id);
        }
    };
    for ragged in &responses.ragged {
        add(ragged.spot, &codes::RAGGED, true);
    }
    for spot in &responses.blank {
        add(*spot, &codes::BLANK, false);
    }
    for fault in faults.iter().filter(|fault| fault.leaves_out()) {
        for row in &fault.rows {
            let bad = fault.effect == Effect::SetAside;
            add(responses.places.spot(*row as usize), fault.code, bad);
        }
    }
    list.into_values().collect()
}

/// Fails if too many rows are bad or none is left, warns if many are bad. Under the limit of
/// a warning, what was set aside is only noted.
fn judge(
    responses: &Responses,
    (read, bad, aside): (u64, u64, u64),
    mark: usize,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let source = &responses.questionnaire.source;
    let share = bad as f64 / (read.max(1)) as f64;
    let name = responses.files.first().map_or("", |f| f.path.as_str());
    let headline =
        format!("{} of {read} rows are set aside", if aside == read { aside } else { bad });
    if aside == read || share > source.fail_rows {
        for finding in findings.list_mut().iter_mut().skip(mark) {
            if finding.severity == Severity::Warning {
                finding.severity = Severity::Error;
            }
        }
        let limit = source.fail_rows * 100.0;
        let finding = Finding::new(&codes::TOO_MANY, headline)
            .at(Place::file(name))
            .because(format!("the schema allows {limit} %, in `source.limits.fail_rows`"))
            .help("mend what the messages above name, or raise the limit with good reason");
        return Err(Failure::because(findings, Kind::Input, finding));
    }
    if share > source.warn_rows {
        let limit = source.warn_rows * 100.0;
        findings.push(
            Finding::new(&codes::MANY, headline)
                .at(Place::file(name))
                .because(format!("that is more than {limit} %, in `source.limits.warn_rows`"))
                .help("mend what the messages above name, or accept that the page says so"),
        );
    } else {
        for finding in findings.list_mut().iter_mut().skip(mark) {
            finding.severity = finding.severity.min(Severity::Note);
        }
    }
    if aside > bad && aside as f64 > source.fail_rows * read as f64 {
        findings.push(
            Finding::new(&codes::MANY, format!("{aside} of {read} rows are not counted"))
                .at(Place::file(name))
                .because(
                    "the platform marks them as trials, or rules of quality leave them out",
                )
                .help("make sure that this is meant: figures are of those who are left"),
        );
    }
    findings.stop_on_error_since(mark, Kind::Input)
}

/// The columns that hold data about a person, or seem to. Where what somebody wrote became
/// the code of an answer, nothing of it is left in the frame.
fn personal(responses: &Responses) -> Vec<String> {
    let seen = |index: usize| responses.personal.iter().any(|s| s.column as usize == index);
    let coded = |c: &Column| match &c.use_ {
        Use::Variable(v) => matches!(v.measure, Measure::Category | Measure::Flags),
        Use::Flag(..) => true,
        _ => false,
    };
    let columns = responses.columns.iter().enumerate();
    let columns = columns.filter(|(index, c)| c.personal || (seen(*index) && !coded(c)));
    columns.map(|(_, column)| column.name.clone()).collect()
}

/// The rows of the frame that are left out, in order.
fn left_out(faults: &[Fault]) -> Vec<u32> {
    let faults = faults.iter().filter(|fault| fault.leaves_out());
    let mut out: Vec<u32> = faults.flat_map(|fault| fault.rows.iter().copied()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Who sent the rows, those left out among them.
fn senders(responses: &mut Responses, out: Vec<u32>) -> Option<Senders> {
    let (keys, field) = (responses.keys.take()?, responses.key_field?);
    let places = std::mem::take(&mut responses.places);
    Some(Senders { keys, field, places, out })
}

/// The frame without the rows that break a rule.
fn keep(responses: &Responses, faults: &[Fault]) -> Result<DataFrame, Failure> {
    let faults: Vec<&Fault> = faults.iter().filter(|fault| fault.leaves_out()).collect();
    if faults.iter().all(|fault| fault.rows.is_empty()) {
        return Ok(responses.frame.clone());
    }
    let mut kept = vec![true; responses.frame.height()];
    for row in faults.iter().flat_map(|fault| &fault.rows) {
        kept[*row as usize] = false;
    }
    let mask = BooleanChunked::from_slice("kept".into(), &kept);
    responses.frame.filter(&mask).map_err(|_| Failure { kind: Kind::Internal })
}
