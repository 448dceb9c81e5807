//! `table` as a paragraph: a poll is read, weighted and estimated as for a run, but one
//! question is tabulated, and nothing is drawn or published.

use super::codes::{BANNER, NOBODY, NOT_FOR_THESE, NOTHING_LEFT, ROWS, SHARES};
use super::estimate::condition;
use super::records;
use super::{Options, World, read_poll, read_side, read_wave, refuse};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind};
use crate::disclose;
use crate::document::{self, Spanned};
use crate::estimate as estimates;
use crate::poll::tables::{Banner, BaseOf, Filter, Own, Sort};
use crate::poll::{self, Poll, Profile};
use crate::prepare::{self, Sample};
use crate::publish;
use crate::questionnaire::{Measure, Question, Questionnaire};
use crate::report;
use crate::tabulate;
use crate::words::Words;

pub use crate::poll::tables::Percent;
pub use crate::report::{Alone, Column, Crosstab, Entry, Grid, Line, LineKind};

/// Before the name of the table that is asked for, so that it is no other's.
const ASKED: &str = "asked-";

/// What is tabulated.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The question, or one item of it: `question.item`.
    pub rows: String,
    /// The banners: questions whose groups are columns, or nested ones, `phase > role`; none
    /// for the total alone.
    pub by: Vec<String>,
    /// Who is counted; everybody if none.
    pub filter: Option<String>,
    /// What percentages are of.
    pub percent: Percent,
}

/// A table as it may be shown.
#[derive(Debug)]
pub struct Shown {
    /// To be read.
    pub table: Alone,
    /// The same figures as they stand in `results.csv`.
    pub csv: Vec<u8>,
    /// The same figures as they stand in `results.json`.
    pub json: Vec<u8>,
}

/// Makes one table.
///
/// # Errors
/// [`Kind::Usage`] if a name is no question's or the condition cannot be read, otherwise as
/// for a run; `findings` says what is wrong.
pub fn table(
    world: &dyn World,
    poll: &str,
    asked: &Asked,
    options: &Options,
    findings: &mut Findings,
) -> Result<Shown, Failure> {
    let (mut poll, mut inputs) = read_poll(world, poll, findings)?;
    poll.profile = options.profile.unwrap_or(poll.profile);
    narrow(&mut poll, asked, findings)?;
    let side = read_side(world, &poll, &mut inputs, findings)?;
    let checked = read_wave(world, &poll, &mut inputs, options.threads, findings)?;
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    // What others see beside a table can give it away: they are all protected together.
    let alone = poll.profile == Profile::Analyst;
    let sample = if alone { sample.without_reports() } else { sample };
    let mark = findings.list().len();
    poll::check_protected(&poll, sample.questionnaire(), findings)?;
    check_names(sample.questionnaire(), asked, findings);
    findings.stop_on_error_since(mark, Kind::Usage)?;
    check_filter(&poll, &sample, findings)?;
    world.progress("estimating", 0);
    let estimates = estimates::all(&sample, &poll, options.threads, findings)?;
    let last = poll.tables.own.len().checked_sub(1);
    if estimates.tables.iter().all(|table| table.own != last) {
        let finding = Finding::new(&NOT_FOR_THESE, NOT_FOR_THESE.title);
        let finding = finding.help("name one variable in each `--by`");
        return Err(Failure::because(findings, Kind::Usage, finding));
    }
    let book = tabulate::book(sample.questionnaire(), &poll, estimates);
    let records = records::earlier(world, &poll, findings)?;
    let told = (records.as_slice(), options.threads);
    let released = disclose::release(&book, &poll, told, findings)?;
    let released = released.only(|name| name.strip_prefix(ASKED).map(str::to_owned));
    if released.tables().is_empty() {
        let finding = Finding::new(&NOTHING_LEFT, NOTHING_LEFT.title);
        let finding =
            finding.help("ask for larger groups, or `--profile analyst` for yourself");
        return Err(Failure::because(findings, Kind::Disclosure, finding));
    }
    let table = report::alone(&poll, &released);
    let report = report::assemble(&poll, &released, report::Drawn::default(), inputs)
        .map_err(|list| refuse(list, findings))?;
    let (csv, json) = publish::results(&report);
    Ok(Shown { table, csv, json })
}

/// Leaves of a poll what one table needs: the weights and the design stay as they are.
fn narrow(poll: &mut Poll, asked: &Asked, findings: &mut Findings) -> Result<(), Failure> {
    let mark = findings.list().len();
    let filter = filter(asked, poll.words, findings);
    findings.stop_on_error_since(mark, Kind::Usage)?;
    poll.headlines.clear();
    if poll.profile == Profile::Analyst {
        poll.tables.banners.clear();
        poll.tables.own.clear();
    }
    poll.tables.own.push(own(asked, filter?, poll.tables.sort));
    Ok(())
}

/// The table as the poll file would ask for it.
fn own(asked: &Asked, filter: Option<Filter>, sort: Sort) -> Own {
    Own {
        name: typed(&format!("{ASKED}{}", name(asked))),
        title: None,
        rows: typed(&asked.rows),
        by: asked.by.iter().map(|by| Banner::new(typed(by))).collect(),
        filter,
        percent: Spanned::new(0..0, asked.percent),
        base: BaseOf::default(),
        exclude_dk: false,
        sort,
    }
}

/// The table's name in data files: `adequate-phase`. With several banners each table gets
/// the name of its own.
fn name(asked: &Asked) -> String {
    let banner = asked.by.first().filter(|_| asked.by.len() == 1);
    let parts = [&asked.rows].into_iter().chain(banner);
    let plain = |part: &String| part.replace(" > ", "-").replace([' ', '>', '.'], "-");
    parts.map(plain).collect::<Vec<_>>().join("-")
}

/// What was typed in no file.
fn typed(text: &str) -> Spanned<String> {
    Spanned::new(0..0, text.to_owned())
}

fn filter(
    asked: &Asked,
    words: &Words,
    findings: &mut Findings,
) -> Result<Option<Filter>, Failure> {
    let Some(text) = &asked.filter else { return Ok(None) };
    let condition = condition(text, findings)?;
    let words = condition.words(words);
    Ok(Some(Filter { typed: typed(text), condition, words }))
}

/// The names of questions that have a table, and of their items.
fn possible_rows(questionnaire: &Questionnaire) -> Vec<String> {
    let questions = questionnaire.questions.iter().filter(|q| q.can_be_tabulated());
    let items = |question: &Question| {
        let named = question.items.iter().map(|item| format!("{}.{}", question.id, item.id));
        named.collect::<Vec<_>>()
    };
    questions.flat_map(|q| std::iter::once(q.id.clone()).chain(items(q))).collect()
}

/// The names of questions with a list of answers.
fn possible_banners(questionnaire: &Questionnaire) -> Vec<String> {
    let listed = |q: &&Question| {
        q.items.is_empty() && matches!(q.measure(), Measure::Category | Measure::Flags)
    };
    questionnaire.questions.iter().filter(listed).map(|q| q.id.clone()).collect()
}

/// Notes what is asked for that is not there.
fn check_names(questionnaire: &Questionnaire, asked: &Asked, findings: &mut Findings) {
    check(&asked.rows, &ROWS, &possible_rows(questionnaire), findings);
    let banners = possible_banners(questionnaire);
    for name in asked.by.iter().flat_map(|by| by.split('>')) {
        check(name.trim(), &BANNER, &banners, findings);
    }
    if matches!(asked.percent, Percent::Row | Percent::Total) && asked.by.is_empty() {
        let finding = Finding::new(&SHARES, "there are no columns to take shares across");
        findings.push(finding.help("add `--by`, or leave `--percent` out"));
    }
}

/// Notes a name that is none of those that would do.
fn check(name: &str, code: &'static Code, possible: &[String], findings: &mut Findings) {
    if possible.iter().any(|other| other == name) {
        return;
    }
    let help = match document::nearest(name, possible.iter().map(String::as_str)) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("name one of {}", possible.join(", ")),
    };
    findings.push(Finding::new(code, format!("`{name}`: {}", code.title)).help(help));
}

/// The condition fits the questions, and leaves somebody.
fn check_filter(poll: &Poll, sample: &Sample, findings: &mut Findings) -> Result<(), Failure> {
    let Some(filter) = poll.tables.own.iter().find_map(|own| own.filter.as_ref()) else {
        return Ok(());
    };
    let said = format!("`--where` says {:?}", filter.typed.get_ref());
    let finding = match sample.fulfil(&filter.condition) {
        Ok(counted) if counted.contains(&true) => return Ok(()),
        Ok(_) => Finding::new(&NOBODY, NOBODY.title).help("correct the condition"),
        Err(problem) => {
            let finding = Finding::new(&super::estimate::CONDITION, problem.message);
            match problem.help {
                Some(help) => finding.help(help),
                None => finding,
            }
        }
    };
    Err(Failure::because(findings, Kind::Usage, finding.because(said)))
}
