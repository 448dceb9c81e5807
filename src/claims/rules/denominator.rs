//! L005: whom a percentage is said to be of.

use std::ops::Range;

use crate::claims::codes::DENOMINATOR;
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::Figure;
use crate::diagnostic::{Finding, Severity};
use crate::prose::{is_people, is_stop, tokens};

/// Words for those who replied.
const REPLIED: [&str; 14] = [
    "replied",
    "responded",
    "answered",
    "respondents",
    "respondent",
    "participants",
    "surveyed",
    "polled",
    "responding",
    "replying",
    "replies",
    "asked",
    "responses",
    "answering",
];

/// Whether a sentence says that its figures are of those who replied.
pub(in crate::claims) fn tells_who_replied(reading: &Reading<'_>) -> bool {
    replied(reading, &reading.sentence.tokens)
}

/// Checks whom each percentage of a sentence is of.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for claim in &reading.claims {
        let Some(figure) = claim.share() else { continue };
        let people = reading.people(claim.number);
        let wide =
            || people.as_ref().and_then(|people| too_wide(reading, claim, figure, people));
        findings.extend(of_some(reading, claim, figure, people.as_ref()).or_else(wide));
    }
}

/// The people of the population that narrow it: "teachers ... who are members" is narrowed
/// by `members`.
pub(super) fn limits(reading: &Reading<'_>) -> Vec<String> {
    let words = tokens(reading.release.population()).into_iter();
    let words: Vec<String> = words.map(|t| t.lower).filter(|w| is_people(w)).collect();
    let narrow = ["members", "member"];
    words.into_iter().filter(|word| narrow.contains(&word.as_str())).take(1).collect()
}

fn replied(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let words = reading.draft.tokens.get(range.clone()).unwrap_or_default();
    let took =
        words.windows(2).any(|w| w[0].is_in(&["took", "taking", "take"]) && w[1].is("part"));
    took || words.iter().any(|t| t.is_in(&REPLIED))
}

/// "3% of teachers", where the figure is of members who replied.
fn too_wide(
    reading: &Reading<'_>,
    claim: &Claim<'_>,
    figure: &Figure,
    people: &Range<usize>,
) -> Option<Finding> {
    // What follows the people may say which of them: "members who replied".
    let until = (people.end + 6).min(reading.sentence.tokens.end);
    let next = reading.claims.iter().map(|other| other.number.tokens.start);
    let until = next.filter(|start| *start >= people.end).fold(until, usize::min);
    if replied(reading, &(people.start..until)) {
        return None;
    }
    let limits = limits(reading);
    let named = |word: &String| {
        let stem = word.trim_end_matches('s');
        let words = reading.draft.tokens.get(people.start..until).unwrap_or_default();
        words.iter().any(|t| t.lower.starts_with(stem))
    };
    let outside = limits.iter().find(|limit| !named(limit));
    let whole = claim.number.tokens.start..people.end;
    let said = reading.draft.words(&whole);
    let of = figure.percent_of.as_deref().unwrap_or("those who answered");
    let finding = |headline: String| {
        reading.draft.finding(&DENOMINATOR, &whole, headline).because(format!(
            "`{}` is of: {of}; the poll is of: {}",
            reading.release.name(figure),
            reading.release.population()
        ))
    };
    if let Some(limit) = outside {
        let number = reading.draft.words(&claim.number.tokens);
        let mut finding = finding(format!("\"{said}\" is more than the figure can say"))
            .help(format!("write \"{number} of {limit} who replied\""));
        if figure.group.is_some() && reading.told {
            finding.severity = Severity::Warning;
        }
        return Some(finding);
    }
    if reading.told || reading.release.by_chance() {
        return None;
    }
    let mut finding = finding(format!("\"{said}\" says nothing of those who did not reply"))
        .help("say once, before the first figure, that the figures are of those who replied");
    finding.severity = Severity::Warning;
    Some(finding)
}

/// A figure of some, such as those inspected, that is said to be of all.
fn of_some(
    reading: &Reading<'_>,
    claim: &Claim<'_>,
    figure: &Figure,
    people: Option<&Range<usize>>,
) -> Option<Finding> {
    let of = figure.percent_of.as_deref()?;
    let special: Vec<String> = tokens(of)
        .into_iter()
        .filter(|t| !is_stop(&t.lower) && !REPLIED.contains(&t.lower.as_str()))
        .map(|t| t.lower)
        .filter(|word| word.chars().any(char::is_alphabetic) && !in_population(reading, word))
        .collect();
    let near = std::iter::once(&reading.sentence.tokens)
        .chain(&reading.sentence.beside)
        .chain(&reading.sentence.before);
    let mut words = near.filter_map(|range| reading.draft.tokens.get(range.clone())).flatten();
    if special.is_empty() || words.any(|t| special.contains(&t.lower)) {
        return None;
    }
    let end = people.map_or(claim.number.tokens.end, |people| people.end);
    let whole = claim.number.tokens.start..end;
    let mut finding = (reading.draft)
        .finding(&DENOMINATOR, &whole, "a figure of some is given as one of all")
        .because(format!("`{}` is of: {of}", reading.release.name(figure)))
        .help(if of_poll_file(reading, figure) {
            // A table of some that the sentence does not speak of is hardly what is meant.
            "if this is a figure from elsewhere, name its source (\"according to \
                     \u{2026}\"); else take the figure of all"
                .to_owned()
        } else {
            format!("say whom it is of: {of}")
        });
    if people.is_none() {
        finding.severity = Severity::Warning;
    }
    Some(finding)
}

/// Whether a figure is of a table that the poll file names, such as one with a filter.
fn of_poll_file(reading: &Reading<'_>, figure: &Figure) -> bool {
    reading.release.blocks.get(figure.block).is_some_and(|block| block.own)
}

fn in_population(reading: &Reading<'_>, word: &str) -> bool {
    tokens(reading.release.population()).iter().any(|t| t.is(word))
}
