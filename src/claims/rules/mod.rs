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

use super::Checked;
use super::reading::Reading;
use crate::diagnostic::{Finding, Severity};

pub(super) use denominator::tells_who_replied;

/// Applies every rule to a sentence.
pub(super) fn apply(reading: &Reading<'_>, checked: &mut Checked) {
    let findings = &mut checked.findings;
    precision::check(reading, findings);
    // A sentence whose change is refused is not asked for the numbers of the change too.
    let changed = change::check(reading, findings);
    let differing = points::check(reading, findings);
    let skip = |at: usize| changed || differing.contains(&at);
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

/// What is said in quotation marks is somebody's view: a word too strong is a warning.
fn softened(reading: &Reading<'_>, at: usize, mut finding: Finding) -> Finding {
    if reading.draft.is_quoted(at) {
        finding.severity = Severity::Warning;
    }
    finding
}
