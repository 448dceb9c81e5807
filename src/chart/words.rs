//! The words of a chart: subtitle, notes, marks, description for screen readers.
//!
//! Every number in them is a released figure. Knows the poll for its facts, nothing of
//! lengths on paper.

use super::battery;
use super::frame::{Frame, Stamp};
use super::reading::{Reading, meaning};
use super::text::{clean, list, shorten, thousands};
use super::{LIMIT, Setting, Subject};
use crate::disclose::Form;
use crate::disclose::{Figure, Status, Table};
use crate::poll::{Poll, ReportStatus, Sampling};
use jiff::civil::Date;

/// The longest description: screen readers read it in one breath.
const DESCRIPTION: usize = 300;

/// The longest quotation of a text of the questionnaire under a chart.
const QUOTATION: usize = 400;

/// The words around a table's chart.
pub(super) fn frame(subject: &Subject<'_>) -> Frame {
    let Subject { table, poll, setting, .. } = subject;
    let notes = [base(subject), shorthand(subject)];
    Frame {
        title: setting.title(&table.name, &table.title),
        subtitle: subtitle(table),
        marks: stamps(poll),
        question: question(table),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        source: source(poll),
    }
}

pub(super) fn stamps(poll: &Poll) -> Vec<Stamp> {
    let status = match poll.status {
        ReportStatus::Draft => Some("DRAFT"),
        ReportStatus::Embargoed => Some("EMBARGOED"),
        ReportStatus::Corrected => Some("CORRECTED"),
        ReportStatus::Final => None,
    };
    let synthetic = poll.synthetic.then_some(Stamp::Synthetic);
    status.map(Stamp::Status).into_iter().chain(synthetic).collect()
}

/// A text of the analyst's, made safe and not too long.
pub(super) fn quoted(text: &str) -> String {
    shorten(&clean(text), QUOTATION)
}

fn subtitle(table: &Table) -> String {
    let filter = table.filter.as_deref().map(|filter| format!(", {}", quoted(filter)));
    let several = if table.form == Form::Multi { "; people could choose several" } else { "" };
    let universe = quoted(&table.question.base);
    format!("% of {universe}{}{several}", filter.unwrap_or_default())
}

fn question(table: &Table) -> String {
    let answers = match table.form {
        Form::Multi => "Choose all that apply. Percentages can add to more than 100%.",
        Form::Battery { .. } => "One answer for each statement.",
        Form::Single { .. } | Form::Number => "One answer.",
        Form::Rank => "Put in order.",
    };
    format!("Question: “{}” {answers}", quoted(&table.question.text))
}

/// Who is counted, how they were weighted, what the intervals are.
fn base(subject: &Subject<'_>) -> String {
    let table = subject.table;
    let universe = quoted(&table.question.base);
    let universe = universe.strip_prefix("all ").unwrap_or(&universe);
    let sentences = [
        format!("Base: {} {universe} (unweighted).", bases(table)),
        weighting(&subject.setting),
        intervals(subject),
        limit(subject),
    ];
    let said: Vec<String> = sentences.into_iter().filter(|s| !s.is_empty()).collect();
    said.join(" ")
}

/// The variables that weights were made to meet; those that the poll file states if none were
/// made.
fn weighting(setting: &Setting<'_>) -> String {
    let stated = &setting.poll.method.weighting.variables;
    let made = Some(setting.weighted_by).filter(|names| !names.is_empty());
    let names: Vec<String> = made.unwrap_or(stated).iter().map(|name| clean(name)).collect();
    if !names.is_empty() {
        return format!("Weighted by {}.", list(&names));
    }
    let weighted = if setting.poll.design.weight.is_some() { "Weighted." } else { "" };
    weighted.to_owned()
}

/// What is said if a chart has more rows than are drawn.
fn limit(subject: &Subject<'_>) -> String {
    let rows = match subject.table.form {
        Form::Battery { .. } => subject.table.blocks.len(),
        _ => subject.readings().count(),
    };
    if rows <= LIMIT {
        return String::new();
    }
    format!("The first {LIMIT} are drawn; the table has all.")
}

/// What the intervals in the chart are, if it has any.
fn intervals(subject: &Subject<'_>) -> String {
    let Subject { table, poll, .. } = subject;
    let has = |reading: &Reading| reading.interval.is_some();
    let (shown, what) = if matches!(table.form, Form::Battery { .. }) {
        let items = battery::items(table, subject.intervals);
        let shown = items.iter().filter_map(|item| item.total.as_ref()).any(has);
        (shown, "Ranges in brackets are")
    } else {
        (subject.readings().any(|reading| has(&reading)), "Lines show")
    };
    let caveat = match poll.sampling {
        Sampling::Probability => "",
        Sampling::Nonprobability | Sampling::Census => {
            " Intervals allow for sampling and weighting only, not for who chose to answer."
        }
    };
    if shown { format!(" {what} 95% confidence intervals.{caveat}") } else { String::new() }
}

/// The unweighted base of the total: one number, or from the smallest item's to the
/// largest's.
fn bases(table: &Table) -> String {
    let figures: Vec<&Figure> = (table.blocks.iter())
        .filter_map(|block| block.bases.first())
        .map(|bases| &bases.unweighted)
        .collect();
    if let Some(hidden) = figures.iter().find(|figure| figure.value().is_none()) {
        return hidden.status().code().to_owned();
    }
    if figures.is_empty() {
        return Status::NotAvailable.code().to_owned();
    }
    let values = || figures.iter().filter_map(|figure| figure.value());
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(0.0, f64::max));
    let (low, high) = (thousands(low), thousands(high));
    if low == high { high } else { format!("{low} to {high}") }
}

fn source(poll: &Poll) -> String {
    let mut parts = vec![quoted(&poll.title)];
    parts.extend(poll.fieldwork.map(|(first, last)| dates(first, last)));
    parts.extend(poll.method.mode.as_deref().map(clean));
    format!("Source: {}.{}", parts.join(", "), synthetic(poll))
}

/// What is added to the source of made-up data.
pub(super) fn synthetic(poll: &Poll) -> &'static str {
    if poll.synthetic { " Synthetic data, not a real poll." } else { "" }
}

/// `13 to 14 January 2024`, saying month and year once if they are the same.
pub(super) fn dates(first: Date, last: Date) -> String {
    let (from, to) = (long(first), long(last));
    if first == last {
        to
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} to {to}", first.day())
    } else if first.year() == last.year() {
        format!("{} {} to {to}", first.day(), month(first))
    } else {
        format!("{from} to {to}")
    }
}

fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

fn month(date: Date) -> &'static str {
    match date.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

/// What the shorthand in this chart means.
fn shorthand(subject: &Subject<'_>) -> String {
    let codes = subject.codes();
    let terms: Vec<String> =
        codes.iter().map(|code| format!("{code} {}", meaning(code))).collect();
    if terms.is_empty() { String::new() } else { format!("{}.", terms.join("; ")) }
}

/// The sentences as one text of at most 300 characters. What stands before the last
/// sentence goes first, because the last one says where everything is.
pub(super) fn description(mut sentences: Vec<String>, hidden: usize) -> String {
    if hidden > 0 {
        sentences.push(format!("{hidden} hidden."));
    }
    sentences.push("Full figures are in the table that follows.".to_owned());
    while sentences.join(" ").chars().count() > DESCRIPTION && sentences.len() > 2 {
        sentences.remove(sentences.len() - 2);
    }
    shorten(&sentences.join(" "), DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_say_month_and_year_once() {
        let first = date(2024, 1, 13);
        assert_eq!(dates(first, first), "13 January 2024");
        assert_eq!(dates(first, date(2024, 1, 14)), "13 to 14 January 2024");
        assert_eq!(dates(first, date(2024, 2, 2)), "13 January to 2 February 2024");
        let next_year = dates(date(2023, 12, 30), date(2024, 1, 2));
        assert_eq!(next_year, "30 December 2023 to 2 January 2024");
    }

    #[test]
    fn a_description_never_passes_its_limit() {
        let long = vec!["First.".to_owned(), "word ".repeat(80), "Third.".to_owned()];
        let text = description(long, 2);
        assert!(text.chars().count() <= DESCRIPTION);
        assert!(text.starts_with("First."));
        assert!(text.ends_with("Full figures are in the table that follows."), "{text}");
    }
}
