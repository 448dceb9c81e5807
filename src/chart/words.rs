//! The words of a chart: subtitle, notes, marks, description for screen readers.
//!
//! Every number in them is a released figure. Knows the poll for its facts, nothing of
//! lengths on paper.

use super::battery;
use super::frame::{Frame, Stamp};
use super::reading::{Reading, explained};
use super::text::{clean, shorten};
use super::{LIMIT, Setting, Subject};
use crate::disclose::Form;
use crate::disclose::{Figure, Status, Table};
use crate::poll::{Poll, Profile, ReportStatus, Sampling};
use crate::words::{Words, fill};
use std::collections::BTreeSet;

/// The longest description: screen readers read it in one breath.
const DESCRIPTION: usize = 300;

/// The longest quotation of a text of the questionnaire under a chart.
const QUOTATION: usize = 400;

/// The words around a table's chart.
pub(super) fn frame(subject: &Subject<'_>) -> Frame {
    let Subject { table, poll, setting, .. } = subject;
    let notes =
        [base(subject, drawn_intervals(subject)), shorthand(&subject.codes(), poll.words)];
    Frame {
        title: setting.title(&table.name, &table.title),
        subtitle: subtitle(table, poll.words),
        marks: stamps(poll),
        question: question(table, poll.words),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        source: source(poll),
    }
}

/// What every copy must be marked with.
pub(super) fn stamps(poll: &Poll) -> Vec<Stamp> {
    let words = poll.words;
    let status = match poll.status {
        ReportStatus::Draft => Some(words.stamp_draft),
        ReportStatus::Embargoed => Some(words.stamp_embargoed),
        ReportStatus::Corrected => Some(words.stamp_corrected),
        ReportStatus::Final => None,
    };
    let readers = match poll.profile {
        Profile::Public => None,
        Profile::Officers => Some(words.stamp_officers),
        Profile::Analyst => Some(words.stamp_analyst),
    };
    let synthetic = poll.synthetic.then_some(Stamp::Synthetic(words.synthetic));
    let said = [readers, status].into_iter().flatten().map(Stamp::Status);
    said.chain(synthetic).collect()
}

/// A text of the analyst's, made safe and not too long.
pub(super) fn quoted(text: &str) -> String {
    shorten(&clean(text), QUOTATION)
}

/// Sentences in a row; empty ones are left out.
pub(super) fn together(sentences: &[&str]) -> String {
    let said: Vec<&str> = sentences.iter().copied().filter(|text| !text.is_empty()).collect();
    said.join(" ")
}

fn subtitle(table: &Table, words: &Words) -> String {
    let of = fill(words.chart_of, &[("base", &quoted(&table.question.base))]);
    let filter = table.filter.as_deref().map(quoted);
    let filter = filter.map(|filter| fill(words.chart_filter, &[("filter", &filter)]));
    let several = if table.form == Form::Multi { words.chart_several } else { "" };
    of + &filter.unwrap_or_default() + several
}

pub(super) fn question(table: &Table, words: &Words) -> String {
    let how = match table.form {
        Form::Multi => words.chart_how_multi,
        Form::Battery { .. } => words.chart_how_battery,
        Form::Single { .. } | Form::Number => words.one_answer,
        Form::Rank => words.chart_how_rank,
    };
    let question = words.in_quotes(&quoted(&table.question.text));
    fill(words.chart_question_how, &[("question", &question), ("how", how)])
}

/// Who is counted, how they were weighted, what the intervals are.
pub(super) fn base(subject: &Subject<'_>, intervals: Option<&str>) -> String {
    let counted = counted(subject.table, subject.poll.words);
    let weighted = weighting(&subject.setting);
    let intervals = intervals.map(|what| together(&[what, caveat(subject.poll)]));
    together(&[&counted, &weighted, &intervals.unwrap_or_default(), &limit(subject)])
}

/// How many are counted, and of whom.
pub(super) fn counted(table: &Table, words: &Words) -> String {
    let universe = quoted(&table.question.base);
    let universe = universe.strip_prefix(words.chart_base_all).unwrap_or(&universe);
    fill(words.chart_base, &[("n", &bases(table, words)), ("base", universe)])
}

/// The variables that weights were made to meet; those that the poll file states if none were
/// made.
pub(super) fn weighting(setting: &Setting<'_>) -> String {
    let words = setting.poll.words;
    let stated = &setting.poll.method.weighting.variables;
    let made = Some(setting.weighted_by).filter(|names| !names.is_empty());
    let names: Vec<String> = made.unwrap_or(stated).iter().map(|name| clean(name)).collect();
    if !names.is_empty() {
        return fill(words.chart_weighted_by, &[("variables", &words.list(&names))]);
    }
    let weighted = setting.poll.design.weight.is_some();
    if weighted { words.chart_weighted.to_owned() } else { String::new() }
}

/// What is said if a chart has more rows than are drawn.
fn limit(subject: &Subject<'_>) -> String {
    let rows = match subject.table.form {
        Form::Battery { .. } | Form::Rank => subject.table.blocks.len(),
        _ => subject.readings().count(),
    };
    if rows <= LIMIT || subject.table.banner.is_some() {
        return String::new();
    }
    fill(subject.poll.words.chart_limit, &[("n", &LIMIT.to_string())])
}

/// How the intervals in the chart are shown, if it has any.
fn drawn_intervals(subject: &Subject<'_>) -> Option<&'static str> {
    let Subject { table, poll, .. } = subject;
    let words = poll.words;
    let has = |reading: &Reading| reading.interval.is_some();
    let (shown, what) = if matches!(table.form, Form::Battery { .. }) {
        let items = battery::items(subject);
        let shown = items.iter().filter_map(|item| item.total.as_ref()).any(has);
        (shown, words.chart_ranges)
    } else {
        (subject.readings().any(|reading| has(&reading)), words.chart_lines)
    };
    shown.then_some(what)
}

/// What intervals do not tell, where people were not drawn at random.
pub(super) fn caveat(poll: &Poll) -> &'static str {
    match poll.sampling {
        Sampling::Probability => "",
        Sampling::Nonprobability | Sampling::Census => poll.words.chart_caveat,
    }
}

/// The unweighted base of the total: one number, or from the smallest item's to the
/// largest's.
fn bases(table: &Table, words: &Words) -> String {
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
    let (low, high) = (words.number(low, 0), words.number(high, 0));
    if low == high { high } else { words.from_to(&low, &high) }
}

pub(super) fn source(poll: &Poll) -> String {
    let words = poll.words;
    let mut parts = vec![quoted(&poll.title)];
    parts.extend(poll.fieldwork.map(|(first, last)| words.days(first, last)));
    parts.extend(poll.method.mode.as_deref().map(clean));
    let source = fill(words.chart_source, &[("source", &parts.join(words.list_comma))]);
    together(&[&source, synthetic(poll)])
}

/// What is added to the source of made-up data.
pub(super) fn synthetic(poll: &Poll) -> &'static str {
    if poll.synthetic { poll.words.chart_synthetic } else { "" }
}

/// What each shorthand means, in one sentence.
pub(super) fn shorthand(codes: &BTreeSet<&str>, words: &Words) -> String {
    let said = codes.iter().filter(|code| !code.is_empty());
    let terms: Vec<String> = said.map(|code| explained(code, words)).collect();
    if terms.is_empty() { String::new() } else { format!("{}.", terms.join("; ")) }
}

/// The sentences as one text of at most 300 characters. What stands before the last
/// sentence goes first, because the last one says where everything is.
pub(super) fn description(mut sentences: Vec<String>, hidden: usize, words: &Words) -> String {
    if hidden > 0 {
        sentences.push(fill(words.told_hidden, &[("n", &hidden.to_string())]));
    }
    sentences.push(words.told_full.to_owned());
    while sentences.join(" ").chars().count() > DESCRIPTION && sentences.len() > 2 {
        sentences.remove(sentences.len() - 2);
    }
    shorten(&sentences.join(" "), DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poll::testing::poll;
    use crate::words::EN_GB;

    #[test]
    fn every_copy_of_what_is_not_public_or_not_final_is_marked() {
        let marks =
            |profile, status, synthetic| stamps(&Poll { synthetic, profile, status, ..poll() });
        let said = Stamp::Status;
        let (public, last) = (Profile::Public, ReportStatus::Final);
        assert_eq!(marks(public, last, false), []);
        assert_eq!(marks(public, last, true), [Stamp::Synthetic(EN_GB.synthetic)]);
        assert_eq!(marks(Profile::Analyst, last, false), [said("PRIVATE")]);
        let officers = marks(Profile::Officers, ReportStatus::Draft, false);
        assert_eq!(officers, [said("RESTRICTED"), said("DRAFT")]);
        assert_eq!(marks(public, ReportStatus::Embargoed, false), [said("EMBARGOED")]);
        assert_eq!(marks(public, ReportStatus::Corrected, false), [said("CORRECTED")]);
    }

    #[test]
    fn a_description_never_passes_its_limit() {
        let long = vec!["First.".to_owned(), "word ".repeat(80), "Third.".to_owned()];
        let text = description(long, 2, &EN_GB);
        assert!(text.chars().count() <= DESCRIPTION);
        assert!(text.starts_with("First."));
        assert!(text.ends_with("Full figures are in the table that follows."), "{text}");
    }
}
