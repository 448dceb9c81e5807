//! L001, L013: differences between figures, which are in points.

use crate::claims::codes::{NOT_IN_TABLES, POINTS};
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::Figure;
use crate::diagnostic::Finding;
use crate::prose::Amount;

/// What makes a percentage a difference when it follows.
const AFTER: [&str; 16] = [
    "higher", "lower", "more", "less", "fewer", "rise", "increase", "drop", "fall", "decrease",
    "up", "down", "likelier", "jump", "decline", "gap",
];
/// The same before it.
const BEFORE: [&str; 5] = ["by", "up", "down", "rose", "fell"];

/// Checks differences; gives the places of the numbers that it has dealt with.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) -> Vec<usize> {
    let mut done = Vec::new();
    for claim in &reading.claims {
        let (said, points) = match claim.number.amount {
            Amount::Points(said) => (said, true),
            Amount::Percent(said) if is_difference(reading, claim) => (said, false),
            _ => continue,
        };
        if claim.figure().is_some() && points {
            continue;
        }
        let known = differs(reading, claim, said);
        // "Funding fell by 8%" is no difference of this poll's figures.
        if !known && !reading.is_about_poll() {
            continue;
        }
        if let Some(finding) = judge(reading, claim, points, known) {
            findings.push(finding);
        }
        done.push(claim.number.tokens.start);
    }
    done
}

fn is_difference(reading: &Reading<'_>, claim: &Claim<'_>) -> bool {
    let after = reading.token(claim.number.tokens.end);
    let before = claim.number.tokens.start.checked_sub(1).and_then(|at| reading.token(at));
    after.is_some_and(|t| t.is_in(&AFTER))
        || (before.is_some_and(|t| t.is_in(&BEFORE)) && claim.figure().is_none())
}

/// Whether two figures of the sentence, or a figure that is a difference, are so far apart.
/// Printed figures may differ by one from the difference of what was not rounded.
fn differs(reading: &Reading<'_>, claim: &Claim<'_>, said: f64) -> bool {
    let earlier = reading.previous.iter().copied();
    let values: Vec<f64> = (reading.claims.iter())
        .filter(|other| other.number.tokens != claim.number.tokens)
        .filter_map(|other| other.share().and_then(|f| f.value))
        .chain(earlier)
        .collect();
    let pairs = values.iter().enumerate().any(|(at, one)| {
        values.iter().skip(at + 1).any(|other| ((one - other).abs() - said).abs() <= 1.0 + 1e-9)
    });
    pairs || groups_differ(reading, said)
}

/// Whether two groups that the sentence names are so far apart on its question.
fn groups_differ(reading: &Reading<'_>, said: f64) -> bool {
    let Some(block) = reading.topic() else { return false };
    let figures: Vec<&Figure> = (reading.meant(block).into_iter())
        .filter(|f| f.is_share() && f.group.is_some())
        .take(200)
        .collect();
    figures.iter().enumerate().any(|(at, one)| {
        figures.iter().skip(at + 1).any(|other| {
            let apart = one.value.zip(other.value).map(|(a, b)| (a - b).abs());
            one.answer == other.answer && apart.is_some_and(|d| (d - said).abs() <= 1.0 + 1e-9)
        })
    })
}

fn judge(
    reading: &Reading<'_>,
    claim: &Claim<'_>,
    points: bool,
    known: bool,
) -> Option<Finding> {
    let said = reading.draft.words(&claim.number.tokens);
    let finding = |code, headline| reading.draft.finding(code, &claim.number.tokens, headline);
    match (points, known) {
        (true, true) => None,
        (false, true) => Some(
            finding(&POINTS, format!("a difference is given as {said}"))
                .because("the figures are percentages, so that their difference is in points")
                .help(format!("write \"{} points\"", said.trim_end_matches('%'))),
        ),
        (_, false) => Some(
            finding(&NOT_IN_TABLES, format!("no two figures of the sentence differ by {said}"))
                .because("a difference has to be that of two figures which the sentence gives")
                .help("give both figures in the sentence, or leave the difference out"),
        ),
    }
}
