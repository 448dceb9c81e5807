//! Earlier waves on the page: in each question's section the figures of all waves with the
//! change, and at the end what was compared, how, and what could not be.
//!
//! May know released trends and the names of the charts. Never compares anything itself.

mod grid;
mod section;

use super::document::{Part, plain};
use crate::chart::Chart;
use crate::disclose::{Break, Heading, Outside, Reason, Released, Trend};
use crate::words::{Words, fill};

pub(super) use section::section;

/// A trend's heading, its picture if there is one, its tables, and what must be known with
/// them.
pub(super) fn parts(
    trend: &Trend,
    title: Option<&String>,
    charts: &[Chart],
    intervals: bool,
    words: &Words,
) -> Vec<Part> {
    let heading = &trend.heading;
    let usual = if heading.before().is_some() { words.waves_by } else { words.waves_outside };
    let title = title.map_or(usual, String::as_str);
    let drawn = charts.iter().any(|chart| chart.table == heading.name);
    let figure = drawn.then(|| Part::Figure(heading.name.clone()));
    let tables = grid::grids(trend, intervals, words).into_iter().map(Part::Table);
    let notes = changed(heading, words)
        .into_iter()
        .chain(published(heading, words))
        .chain(heading.outside.iter().map(|outside| sourced(outside, words)));
    [Part::Heading(title.to_owned())]
        .into_iter()
        .chain(figure)
        .chain(tables)
        .chain(notes.map(|note| Part::Paragraph(plain(note))))
        .collect()
}

/// The names of all trend tables.
pub(super) fn names(released: &Released) -> impl Iterator<Item = String> {
    released.trends().iter().flat_map(grid::names)
}

/// What the shorthand in trend tables means, each code once.
pub(super) fn keys(released: &Released, words: &Words) -> Vec<String> {
    let trends = released.trends().iter();
    let grids = trends.flat_map(|trend| grid::grids(trend, false, words));
    grids.flat_map(|grid| grid.keys).collect()
}

/// What changed before each wave, a sentence each.
fn changed(heading: &Heading, words: &Words) -> Vec<String> {
    let of_wave = |(place, pair): (usize, &[crate::disclose::Wave])| {
        let reasons = reasons(heading, place + 1, words);
        let values = [
            ("before", pair[0].label.as_str()),
            ("after", pair[1].label.as_str()),
            ("reasons", &reasons.join("; ")),
        ];
        (!reasons.is_empty()).then(|| fill(words.waves_changed, &values))
    };
    heading.waves.windows(2).enumerate().filter_map(of_wave).collect()
}

/// Why figures of a wave cannot be compared with older ones, each reason once. Where
/// somebody gives one, it stands for what can be seen of wording and answers.
fn reasons(heading: &Heading, wave: usize, words: &Words) -> Vec<String> {
    let found = || heading.breaks.iter().filter(|(at, _)| *at == wave).map(|(_, found)| found);
    let said = found().any(|found| matches!(found.reason, Reason::Said(_)));
    let seen =
        |found: &&Break| !said || !matches!(found.reason, Reason::Wording | Reason::Answers);
    let mut reasons: Vec<String> = Vec::new();
    for found in found().filter(seen) {
        let reason = reason(found, words);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// Why figures cannot be compared, in words.
fn reason(found: &Break, words: &Words) -> String {
    match &found.reason {
        Reason::Said(why) => why.clone(),
        Reason::Wording if found.item.is_some() => words.break_item.to_owned(),
        Reason::Wording => words.break_wording.to_owned(),
        Reason::Answers => words.break_answers.to_owned(),
        Reason::Base => words.break_base.to_owned(),
        Reason::Kind => words.break_kind.to_owned(),
        Reason::Scores => words.break_scores.to_owned(),
        Reason::Members => words.break_members.to_owned(),
        Reason::Weighting => words.break_weighting.to_owned(),
    }
}

/// Waves of which only published figures are left.
fn published(heading: &Heading, words: &Words) -> Option<String> {
    let waves = heading.waves.iter().filter(|wave| wave.published);
    let names: Vec<String> = waves.map(|wave| wave.label.clone()).collect();
    let waves = words.list(&names);
    (!names.is_empty()).then(|| fill(words.waves_published, &[("waves", &waves)]))
}

fn sourced(outside: &Outside, words: &Words) -> String {
    let Outside { label, source, base } = outside;
    let base = base.as_ref().map(|base| fill(words.outside_base, &[("base", base)]));
    let base = base.unwrap_or_default();
    fill(words.outside_source, &[("label", label), ("source", source), ("base", &base)])
}
