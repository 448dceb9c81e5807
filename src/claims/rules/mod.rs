//! The rules, one file each: a sentence goes in, findings come out.

mod answer;
mod change;
mod comparison;
mod count;
mod denominator;
mod group;
mod number;
mod order;
mod points;
mod precision;
mod quantity;
mod superlative;
mod unchecked;

use super::reading::{Claim, Reading};
use super::{Checked, Left};
use crate::diagnostic::{Finding, Severity};

pub(super) use denominator::tells_who_replied;

/// Applies every rule to a sentence.
pub(super) fn apply(reading: &Reading<'_>, checked: &mut Checked) {
    if reading.cites_another() {
        checked.aside.extend(reading.claims.iter().map(|claim| another(reading, claim)));
        return;
    }
    let findings = &mut checked.findings;
    let imprecise = precision::check(reading, findings);
    // A sentence whose change is refused is not asked for the numbers of the change too.
    let changed = change::check(reading, checked);
    let findings = &mut checked.findings;
    let differing = if imprecise { Vec::new() } else { points::check(reading, findings) };
    let skip = |at: usize| changed || imprecise || differing.contains(&at);
    number::check(reading, &skip, checked);
    let findings = &mut checked.findings;
    answer::check(reading, findings);
    order::check(reading, findings);
    group::check(reading, findings);
    denominator::check(reading, findings);
    quantity::check(reading, findings);
    superlative::check(reading, findings);
    if !changed {
        comparison::check(reading, findings);
    }
}

fn another(reading: &Reading<'_>, claim: &Claim<'_>) -> Left {
    let tokens = &claim.number.tokens;
    let said = reading.draft.words(tokens).to_owned();
    Left { place: reading.draft.place(tokens), said, why: "of another source" }
}

/// What is said in quotation marks is somebody's view: a word too strong is a warning.
fn softened(reading: &Reading<'_>, at: usize, mut finding: Finding) -> Finding {
    if reading.draft.is_quoted(at) {
        finding.severity = Severity::Warning;
    }
    finding
}
