//! How the results were weighted, in sentences whose numbers may be printed.

use super::super::Note;
use super::grouped;
use crate::poll::weighting::Method;
use crate::poll::{Poll, Sampling};
use crate::stats::rounding;
use crate::tabulate::{StepReport, Weights};

/// The topic of what was done; that of what came out is "Weights".
const TOPIC: &str = "Weighting";

/// One sentence or two for each step, then what that means for intervals.
pub(super) fn steps(
    steps: &[StepReport],
    poll: &Poll,
    say: &dyn Fn(u64) -> String,
) -> Vec<Note> {
    let note = |text| Note { topic: TOPIC, text };
    let mut notes = Vec::new();
    let meets = |step: &&StepReport| step.method != Method::Trim;
    let from = match &poll.design.weight {
        Some(_) => "Weighting starts from the weights that came with the answers.",
        None => "Weighting starts from equal weights.",
    };
    if !steps.is_empty() {
        notes.push(note(from.to_owned()));
    }
    notes.extend(steps.iter().map(|step| note(step_words(step, say))));
    notes.extend(sources(steps).into_iter().map(note));
    if poll.sampling == Sampling::Probability && steps.iter().any(|step| meets(&step)) {
        let text = "Intervals allow for the weighting: they rest on what the weighting variables \
                    leave unexplained (variance of calibration residuals). A percentage that \
                    weighting sets has none.";
        notes.push(note(text.to_owned()));
    }
    notes
}

fn step_words(step: &StepReport, say: &dyn Fn(u64) -> String) -> String {
    let names: Vec<&str> = step.margins.iter().map(|margin| margin.title.as_str()).collect();
    let names = names.join(", ");
    let what = match step.method {
        Method::Rake => "Weights were raked to the targets of",
        Method::Poststratify => "Weights were post-stratified by",
        Method::Linear => "Weights were calibrated by generalised regression to",
        Method::Logit => "Weights were calibrated by the logit method to",
        Method::Nonresponse => "Those who replied stand for those of their class who did not",
        Method::Trim => return trimmed(step, say),
    };
    format!("{what}: {names}.{}", bounded(step))
}

fn trimmed(step: &StepReport, say: &dyn Fn(u64) -> String) -> String {
    let count = step.trimmed.map_or(0, |(_, count)| count);
    format!(
        "Extreme weights were cut ({} people), so that weighted shares may miss the targets a \
         little.",
        say(count)
    )
}

fn bounded(step: &StepReport) -> String {
    let Some(((lower, upper), _)) = step.bounds else { return String::new() };
    format!(
        " No weight was made less than {lower} times or more than {upper} times what it was."
    )
}

/// Where the targets come from, each source once with its variables.
fn sources(steps: &[StepReport]) -> Vec<String> {
    let mut list: Vec<(&str, Vec<&str>)> = Vec::new();
    for margin in steps.iter().flat_map(|step| &step.margins) {
        let source = margin.source.as_deref().unwrap_or("not given");
        match list.iter_mut().find(|(known, _)| *known == source) {
            Some((_, names)) if names.contains(&margin.title.as_str()) => {}
            Some((_, names)) => names.push(&margin.title),
            None => list.push((source, vec![&margin.title])),
        }
    }
    let words = |(source, names): (&str, Vec<&str>)| {
        format!("Source of the targets ({}): {source}.", names.join(", "))
    };
    list.into_iter().map(words).collect()
}

/// What the final weights are like.
pub(super) fn weights(weights: &Weights, respondents: u64, made: bool) -> String {
    let efficiency = rounding::half_away(100.0 * weights.effective / respondents as f64, 0);
    let two = |x: f64| format!("{:.2}", rounding::half_away(x, 2));
    let (smallest, largest) = (two(weights.smallest), two(weights.largest));
    let range = if made {
        let ratio = rounding::half_away(weights.largest / weights.smallest, 1);
        format!(
            "The final weights run from {smallest} to {largest}: the largest is {ratio:.1} times the \
             smallest."
        )
    } else {
        format!(
            "The weights that came with the answers were used as they are; they run from {smallest} \
             to {largest}."
        )
    };
    format!(
        "{range} Weighting leaves an effective sample of about {} (efficiency {efficiency}%).",
        grouped(&effective(weights, respondents).to_string()),
    )
}

/// The effective sample (Kish 1965, section 11.2), to the nearest ten and never above the
/// number of respondents.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded number of people, at most as many as there are"
)]
pub(in crate::disclose) fn effective(weights: &Weights, respondents: u64) -> u64 {
    (rounding::to_step(weights.effective, 10) as u64).min(respondents)
}
