//! `table` as a paragraph: a poll is read, weighted and estimated as for a run, but one
//! question is tabulated, and nothing is drawn or published.

use super::codes::{BANNER, ROWS};
use super::{Options, World, read_data, read_poll, read_schema, read_side, refuse};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind};
use crate::disclose;
use crate::document::{self, Spanned};
use crate::estimate as estimates;
use crate::poll::Poll;
use crate::prepare;
use crate::publish;
use crate::questionnaire::{Measure, Question, Questionnaire};
use crate::report::{self, Part, Section, SectionKind};
use crate::tabulate;

pub use crate::report::{Column, Entry, Grid, Line, LineKind};

/// What is tabulated.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The question, or one item of it: `question.item`.
    pub rows: String,
    /// The questions whose groups are columns; none for the total alone.
    pub by: Vec<String>,
}

/// A table as it may be shown.
#[derive(Debug)]
pub struct Shown {
    /// What must be said first: a short word and its sentence.
    pub marks: Vec<(&'static str, &'static str)>,
    /// The question's title.
    pub title: String,
    /// The question as it was put, if that is not the title.
    pub wording: Option<String>,
    /// How it could be answered and by whom.
    pub terms: Vec<String>,
    /// The tables: one for each banner, and for each item of a battery.
    pub grids: Vec<Grid>,
    /// The same figures as they stand in `results.csv`.
    pub csv: Vec<u8>,
    /// The same figures as they stand in `results.json`.
    pub json: Vec<u8>,
}

/// Makes one table.
///
/// # Errors
/// [`Kind::Usage`] if a name is no question's, otherwise as for a run; `findings` says what
/// is wrong.
pub fn table(
    world: &dyn World,
    poll: &str,
    asked: &Asked,
    options: &Options,
    findings: &mut Findings,
) -> Result<Shown, Failure> {
    let (mut poll, mut inputs) = read_poll(world, poll, findings)?;
    poll.profile = options.profile.unwrap_or(poll.profile);
    let mut questionnaire = read_schema(world, &poll.schema, &mut inputs, findings)?;
    narrow(&mut poll, &mut questionnaire, asked, findings)?;
    let side = read_side(world, &poll, &mut inputs, findings)?;
    let paths: Vec<String> = poll.data.iter().map(|path| path.get_ref().clone()).collect();
    let manner = (world, options.threads);
    let checked = read_data(manner, questionnaire, Some(&poll), &paths, findings)?;
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    world.progress("estimating", 0);
    let estimates = estimates::all(&sample, &poll, options.threads, findings)?;
    let book = tabulate::book(sample.questionnaire(), estimates);
    let released = disclose::release(&book, &poll);
    let report = report::assemble(&poll, &released, Vec::new(), inputs)
        .map_err(|list| refuse(list, findings))?;
    let (csv, json) = publish::results(&report);
    let marks = report.masthead.marks;
    let sections = report.sections.into_iter();
    let section = sections.into_iter().find(|section| section.kind == SectionKind::Question);
    Ok(shown(section, marks, (csv, json)))
}

/// Leaves of a poll what one table needs: the weights and the design stay as they are.
fn narrow(
    poll: &mut Poll,
    questionnaire: &mut Questionnaire,
    asked: &Asked,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let mark = findings.list().len();
    let id = asked.rows.split('.').next().unwrap_or_default();
    check(&asked.rows, &ROWS, questionnaire, possible_row, findings);
    for name in &asked.by {
        check(name, &BANNER, questionnaire, possible_banner, findings);
    }
    findings.stop_on_error_since(mark, Kind::Usage)?;
    for question in &mut questionnaire.questions {
        question.report = question.id == id;
    }
    poll.banner = asked.by.iter().map(|name| Spanned::new(0..0, name.clone())).collect();
    poll.headlines.clear();
    Ok(())
}

/// Whether tables can be made of a question.
fn possible_row(question: &Question) -> bool {
    Question { report: true, ..question.clone() }.tabulated()
}

fn possible_banner(question: &Question) -> bool {
    question.measure() == Measure::Category && question.items.is_empty()
}

/// Notes a name that stands for no question of the right kind.
fn check(
    name: &str,
    code: &'static Code,
    questionnaire: &Questionnaire,
    possible: fn(&Question) -> bool,
    findings: &mut Findings,
) {
    let questions = questionnaire.questions.iter();
    let names: Vec<&str> =
        questions.filter(|q| possible(q)).map(|question| question.id.as_str()).collect();
    if names.contains(&name) {
        return;
    }
    let headline = match questionnaire.question(name) {
        Some(_) => format!("`{name}`: {}", code.title),
        None => format!("there is no question `{name}`"),
    };
    let help = match document::nearest(name, names.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("name one of {}", names.join(", ")),
    };
    findings.push(Finding::new(code, headline).help(help));
}

/// Takes what is to be shown out of a report.
fn shown(
    section: Option<Section>,
    marks: Vec<(&'static str, &'static str)>,
    (csv, json): (Vec<u8>, Vec<u8>),
) -> Shown {
    let (title, parts) =
        section.map(|section| (section.title, section.parts)).unwrap_or_default();
    let mut shown =
        Shown { marks, title, wording: None, terms: Vec::new(), grids: Vec::new(), csv, json };
    for part in parts {
        match part {
            Part::Asked { wording, terms } => (shown.wording, shown.terms) = (wording, terms),
            Part::Table(grid) => shown.grids.push(grid),
            _ => {}
        }
    }
    shown
}
