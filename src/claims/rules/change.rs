//! L010: changes since an earlier wave.

use crate::claims::codes::CHANGE;
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::{Statistic, Verdict};
use crate::diagnostic::Finding;
use crate::prose::{Bearing, Cue};

use super::softened;

/// How near a number has to stand to "rose" for that to be a change of a figure.
const NEAR: usize = 6;

/// Words in a row that look back to an earlier poll.
const BACK: [&[&str]; 13] = [
    &["last", "year"],
    &["last", "month"],
    &["last", "time"],
    &["a", "year", "ago"],
    &["a", "year", "earlier"],
    &["year", "on", "year"],
    &["previous", "poll"],
    &["previous", "survey"],
    &["previous", "wave"],
    &["previous", "year"],
    &["last", "poll"],
    &["last", "survey"],
    &["than", "before"],
];

/// Checks the changes of a sentence; true if one is refused.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) -> bool {
    let changes = reading.cues().iter().filter(|cue| is_change(reading, cue));
    let known = changes.filter_map(|cue| Some((cue, direction(cue.bearing)?)));
    let refused: Vec<_> = known.filter_map(|(cue, rise)| judge(reading, cue, rise)).collect();
    let any = !refused.is_empty();
    findings.extend(refused);
    any
}

fn direction(bearing: Bearing) -> Option<bool> {
    match bearing {
        Bearing::Rise | Bearing::More | Bearing::Double => Some(true),
        Bearing::Fall | Bearing::Less | Bearing::Halve => Some(false),
        _ => None,
    }
}

/// Whether a word speaks of a figure's change: beside a number of the sentence, or in a
/// sentence on a question that looks back.
fn is_change(reading: &Reading<'_>, cue: &Cue) -> bool {
    let back = looks_back(reading);
    let about = reading.is_about_poll() || reading.claims.iter().any(|c| c.share().is_some());
    let moves =
        matches!(cue.bearing, Bearing::Rise | Bearing::Fall | Bearing::Double | Bearing::Halve);
    let beside = reading.next_to(&cue.tokens, NEAR).is_some();
    (back && about) || (moves && beside && about)
}

/// Whether the sentence compares with an earlier time.
pub(super) fn looks_back(reading: &Reading<'_>) -> bool {
    let dated = ["in", "since"].iter().any(|word| {
        reading.tokens().windows(2).any(|pair| {
            let year = pair[1].lower.len() == 4 && pair[1].lower.starts_with("20");
            pair[0].is(word) && year
        })
    });
    let compares = reading.has_any(&["than", "compared", "from", "since"]);
    BACK.iter().any(|phrase| reading.has(phrase)) || (dated && compares)
}

fn judge(reading: &Reading<'_>, cue: &Cue, rise: bool) -> Option<Finding> {
    let release = reading.release;
    let figure = reading.next_to(&cue.tokens, NEAR).and_then(Claim::share);
    let block = figure.map(|f| f.block).or_else(|| reading.topic())?;
    let changes = release.figures.iter().filter(|f| f.statistic == Statistic::Change);
    let row = changes.filter(|f| {
        f.block == block
            && figure.is_none_or(|own| own.answer == f.answer && own.group == f.group)
    });
    let changes: Vec<_> = row.collect();
    let wanted = if rise { Verdict::Higher } else { Verdict::Lower };
    if changes.iter().any(|change| change.verdict == Some(wanted)) {
        return None;
    }
    let because = match changes.first() {
        None => "the results have no earlier wave of this figure".to_owned(),
        Some(change) => match change.verdict {
            Some(Verdict::Neither) => {
                format!("{}: too little to be told from chance", release.told(change))
            }
            Some(_) => format!("{}: it went the other way", release.told(change)),
            None => format!("{}: it was not tested", release.told(change)),
        },
    };
    let said = reading.draft.words(&cue.tokens);
    let finding = (reading.draft)
        .finding(
            &CHANGE,
            &cue.tokens,
            format!("\"{said}\" is not borne out by an earlier wave"),
        )
        .because(because)
        .help(
            "add the earlier wave to the poll file as `[[previous]]`, or leave the change out",
        );
    Some(softened(reading, cue.tokens.start, finding))
}
