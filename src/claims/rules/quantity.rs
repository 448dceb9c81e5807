//! L008: "most", "majority", "nearly all", "hardly any", "all", "nobody".

use crate::claims::codes::QUANTITY;
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::{Figure, Status};
use crate::diagnostic::{Finding, Severity};
use crate::prose::{Bearing, Cue};

use super::softened;

/// How near a number stands that says how many "most" are: "the majority (64%)".
const BESIDE: usize = 4;

/// Words that may turn the answer round, so that any answer of the question will do.
const NOT: [&str; 8] = ["no", "not", "never", "nor", "neither", "none", "without", "against"];

/// Checks each such word.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for cue in reading.cues().iter().filter(|cue| words(cue.bearing).is_some()) {
        findings.extend(judge(reading, cue));
    }
}

/// What a word needs.
fn words(bearing: Bearing) -> Option<&'static str> {
    Some(match bearing {
        Bearing::Majority => "a figure that is surely above 50%",
        Bearing::Minority => "a figure that is surely below 50%",
        Bearing::NearlyAll => "a figure of 95% or more",
        Bearing::HardlyAny => "a figure of 5% or less",
        Bearing::All => "a figure of 100%",
        Bearing::Nobody => "a figure of 0%",
        _ => return None,
    })
}

fn judge(reading: &Reading<'_>, cue: &Cue) -> Option<Finding> {
    let beside = reading.next_to(&cue.tokens, BESIDE).and_then(Claim::share);
    let absolute = matches!(cue.bearing, Bearing::All | Bearing::Nobody);
    if absolute && (beside.is_some() || !says(reading, cue)) {
        return None;
    }
    let figures = match beside {
        Some(figure) => vec![figure],
        None => candidates(reading, reading.topic()?),
    };
    if figures.is_empty() || figures.iter().any(|figure| holds(figure, cue.bearing)) {
        return None;
    }
    let said = reading.draft.words(&cue.tokens);
    let needs = words(cue.bearing)?;
    let told: Vec<String> = figures.iter().take(3).map(|f| reading.release.told(f)).collect();
    let mut finding = (reading.draft)
        .finding(&QUANTITY, &cue.tokens, format!("\"{said}\" is not borne out"))
        .because(format!("it needs {needs}; {}", told.join(", ")))
        .help("give the figure instead of the word");
    if absolute {
        finding.severity = Severity::Warning;
    }
    Some(softened(reading, cue.tokens.start, finding))
}

/// Whether somebody says something after a word such as "all": other uses of it are no
/// results.
fn says(reading: &Reading<'_>, cue: &Cue) -> bool {
    let verbs = [
        "said",
        "say",
        "says",
        "agree",
        "agreed",
        "disagree",
        "disagreed",
        "think",
        "thought",
        "want",
        "reported",
        "told",
        "feel",
        "felt",
        "believe",
        "called",
        "named",
        "support",
    ];
    let after = reading.draft.tokens.get(cue.tokens.end..).unwrap_or_default();
    after.iter().take(5).any(|token| token.is_in(&verbs))
}

/// The figures that could be meant: of the answers that are named, or of all.
fn candidates<'a>(reading: &Reading<'a>, block: usize) -> Vec<&'a Figure> {
    let mut figures = reading.meant(block);
    figures.retain(|figure| figure.is_share() && figure.value.is_some());
    let best = figures.iter().map(|figure| reading.named(figure)).max().unwrap_or(0);
    let turned =
        reading.has_any(&NOT) || reading.tokens().iter().any(|t| t.lower.ends_with("n't"));
    if best > 0 && !turned {
        figures.retain(|figure| reading.named(figure) >= best);
    }
    figures.sort_by(|a, b| b.value.unwrap_or(0.0).total_cmp(&a.value.unwrap_or(0.0)));
    figures
}

/// Whether a figure bears the word.
fn holds(figure: &Figure, bearing: Bearing) -> bool {
    let Some(value) = figure.value else { return false };
    let (low, high) = figure.interval().unwrap_or((value, value));
    match bearing {
        Bearing::Majority => value > 50.0 && low > 50.0,
        Bearing::Minority => value < 50.0 && high < 50.0,
        Bearing::NearlyAll => value >= 95.0,
        Bearing::HardlyAny => value <= 5.0,
        Bearing::All => value >= 100.0,
        Bearing::Nobody => value <= 0.0 && figure.status == Status::Shown,
        _ => true,
    }
}
