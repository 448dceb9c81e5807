//! L006: two numbers that have changed places.
//!
//! "58% named longer hours and 78% harm to their health": each number is in the tables, but
//! the words of the second stand by the first. Numbers and the words that only one of
//! their figures has must come in the same order.

use crate::claims::codes::WRONG_PLACE;
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::Figure;
use crate::diagnostic::Finding;
use crate::prose::Kind;

/// Checks each number of a sentence against the next.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for pair in reading.claims.windows(2) {
        if let [first, second] = pair {
            findings.extend(swapped(reading, first, second));
        }
    }
}

fn swapped(reading: &Reading<'_>, first: &Claim<'_>, second: &Claim<'_>) -> Option<Finding> {
    let (one, other) = (first.share()?, second.share()?);
    if one.value == other.value {
        return None;
    }
    let (own, others) = (places(reading, one, other), places(reading, other, one));
    // Every word of the second figure stands before every word of the first.
    let reversed = others.iter().max()? < own.iter().min()?;
    // A word between the two numbers can be of either; what is before or after them all
    // tells.
    let between =
        |at: &usize| (first.number.tokens.end..second.number.tokens.start).contains(at);
    let told = others.iter().any(between)
        && own.iter().any(|at| *at >= second.number.tokens.end)
        || others.iter().any(|at| *at < first.number.tokens.start) && own.iter().any(between);
    (reversed && told).then(|| {
        let release = reading.release;
        (reading.draft)
            .finding(&WRONG_PLACE, &first.number.tokens, "two numbers have changed places")
            .because(format!("{}, {}", release.told(one), release.told(other)))
            .help("put each number beside its own answer or group")
    })
}

/// Where the words stand that are of one figure's answer, item or group, not of another's.
fn places(reading: &Reading<'_>, figure: &Figure, other: &Figure) -> Vec<usize> {
    let index = &reading.release.index;
    let start = reading.sentence.tokens.start;
    let of = |f: &Figure, stem: &str| {
        index.is_answer(f, stem) || index.is_topic(f.block, stem) || is_group(reading, f, stem)
    };
    let words = reading.tokens().iter().enumerate().filter(|(_, t)| t.kind == Kind::Word);
    let own = words.filter(|(_, t)| of(figure, &t.stem) && !of(other, &t.stem));
    own.map(|(at, _)| start + at).collect()
}

fn is_group(reading: &Reading<'_>, figure: &Figure, stem: &str) -> bool {
    let group = figure.group.and_then(|group| reading.release.groups.get(group));
    group.is_some_and(|g| g.names.iter().any(|name| name.iter().any(|word| word == stem)))
}
