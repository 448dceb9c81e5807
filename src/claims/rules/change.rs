//! L010: changes since an earlier wave.

use super::softened;
use super::unchecked::{self, row_of};
use crate::claims::codes::CHANGE;
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::{Figure, Statistic, Verdict};
use crate::claims::{Borne, Checked};
use crate::diagnostic::Finding;
use crate::prose::{Bearing, Cue};

/// How near a number has to stand to "rose" for that to be a change of a figure.
const NEAR: usize = 6;

/// Checks the changes of a sentence; true if one is refused.
pub(super) fn check(reading: &Reading<'_>, checked: &mut Checked) -> bool {
    let mut refused = false;
    for cue in reading.cues().iter().filter(|cue| is_change(reading, cue)) {
        let Some(rise) = direction(cue.bearing) else { continue };
        let figure = reading.next_to(&cue.tokens, NEAR).and_then(Claim::share);
        let figure = figure.or_else(|| only_share(reading));
        let row = figure.or_else(|| row_of(reading, &reading.mentions));
        match row {
            Some(row) => refused |= judge(reading, cue, (row, figure.is_some()), rise, checked),
            None => checked.findings.push(unchecked::finding(reading, cue)),
        }
    }
    refused
}

/// The figure of the only percentage that a sentence has right.
fn only_share<'a>(reading: &Reading<'a>) -> Option<&'a Figure> {
    let mut shares = reading.claims.iter().filter_map(Claim::share);
    let first = shares.next()?;
    shares.all(|other| other.answer == first.answer).then_some(first)
}

fn direction(bearing: Bearing) -> Option<bool> {
    match bearing {
        Bearing::Rise | Bearing::More | Bearing::Double => Some(true),
        Bearing::Fall | Bearing::Less | Bearing::Halve => Some(false),
        _ => None,
    }
}

/// Whether a word speaks of a figure's change: in a sentence on a question that looks back,
/// beside a number, or where there is no number at all.
fn is_change(reading: &Reading<'_>, cue: &Cue) -> bool {
    let about = reading.is_about_poll() || reading.claims.iter().any(|c| c.share().is_some());
    let moves =
        matches!(cue.bearing, Bearing::Rise | Bearing::Fall | Bearing::Double | Bearing::Halve);
    let beside = reading.claims.is_empty() || reading.next_to(&cue.tokens, NEAR).is_some();
    about && (reading.looks_back() || (moves && beside))
}

/// Tests a word against the change of its row; true if it is refused. A row that no number
/// led to is told, since the reader has to see which it was.
fn judge(
    reading: &Reading<'_>,
    cue: &Cue,
    (row, said): (&Figure, bool),
    rise: bool,
    checked: &mut Checked,
) -> bool {
    let mut changes = reading.release.of_block(row.block).filter(|f| {
        f.statistic == Statistic::Change && f.answer == row.answer && f.group == row.group
    });
    let change = changes.next();
    let wanted = if rise { Verdict::Higher } else { Verdict::Lower };
    let holds = |f: &Figure| f.verdict == Some(wanted);
    if let Some(held) = change.into_iter().chain(changes).find(|f| holds(f)) {
        checked.borne.extend((!said).then(|| borne(reading, cue, held)));
        return false;
    }
    let finding = refusal(reading, cue, row, change);
    checked.findings.push(softened(reading, cue.tokens.start, finding));
    true
}

fn borne(reading: &Reading<'_>, cue: &Cue, change: &Figure) -> Borne {
    Borne {
        place: reading.draft.place(&cue.tokens),
        said: reading.draft.words(&cue.tokens).to_owned(),
        figure: reading.release.name(change),
        value: change.printed(),
        of: Some(reading.release.wave_and_group(change)),
    }
}

fn refusal(reading: &Reading<'_>, cue: &Cue, row: &Figure, change: Option<&Figure>) -> Finding {
    let told = reading.release.told(row);
    let finding = reading.draft.finding(
        &CHANGE,
        &cue.tokens,
        format!("\"{}\" is not borne out by an earlier wave", reading.draft.words(&cue.tokens)),
    );
    let Some(change) = change else {
        return finding
            .because(format!("{told}: the results have no earlier wave of this figure"))
            .help(
                "add the earlier wave to the poll file as `[[previous]]`, or leave the change out",
            );
    };
    let points = change.printed();
    let since = change.compared_with.as_ref().map(|wave| format!(" since {wave}"));
    let since = since.unwrap_or_default();
    let because = match change.verdict {
        Some(Verdict::Neither) => {
            format!("{told}: {points}{since}, too little to be told from chance")
        }
        Some(_) => format!("{told}: it went the other way: {points}{since}"),
        None => format!("{told}: {points}{since}, which was not tested"),
    };
    finding.because(because).help("give both figures, or leave the change out")
}
