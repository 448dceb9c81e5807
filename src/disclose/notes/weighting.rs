//! How the results were weighted, in sentences whose numbers may be printed.

use super::super::Note;
use crate::poll::weighting::Method;
use crate::poll::{Poll, Sampling};
use crate::stats::rounding;
use crate::tabulate::{StepReport, Weights};
use crate::words::{Words, fill};

/// One sentence or two for each step, then what that means for intervals.
pub(super) fn steps(
    steps: &[StepReport],
    poll: &Poll,
    say: &dyn Fn(u64) -> String,
) -> Vec<Note> {
    let words = poll.words;
    let note = |text| Note { topic: words.weighting, text };
    let mut notes = Vec::new();
    let meets = |step: &&StepReport| step.method != Method::Trim;
    let from = match &poll.design.weight {
        Some(_) => words.weighting_from_given,
        None => words.weighting_from_equal,
    };
    if !steps.is_empty() {
        notes.push(note(from.to_owned()));
    }
    notes.extend(steps.iter().map(|step| note(said(step, say, words))));
    notes.extend(sources(steps, words).into_iter().map(note));
    if poll.sampling == Sampling::Probability && steps.iter().any(|step| meets(&step)) {
        notes.push(note(words.weighting_intervals.to_owned()));
    }
    notes
}

fn said(step: &StepReport, say: &dyn Fn(u64) -> String, words: &Words) -> String {
    let names: Vec<&str> = step.margins.iter().map(|margin| margin.title.as_str()).collect();
    let names = names.join(words.list_comma);
    let sentence = match step.method {
        Method::Rake => words.weighting_rake,
        Method::Poststratify => words.weighting_poststratify,
        Method::Linear => words.weighting_linear,
        Method::Logit => words.weighting_logit,
        Method::Nonresponse => words.weighting_nonresponse,
        Method::Trim => return trimmed(step, say, words),
    };
    fill(sentence, &[("variables", &names)]) + &bounded(step, words)
}

fn trimmed(step: &StepReport, say: &dyn Fn(u64) -> String, words: &Words) -> String {
    let count = step.trimmed.map_or(0, |(_, count)| count);
    fill(words.weighting_trim, &[("n", &say(count))])
}

fn bounded(step: &StepReport, words: &Words) -> String {
    let Some(((lower, upper), _)) = step.bounds else { return String::new() };
    let (lower, upper) = (lower.to_string(), upper.to_string());
    fill(words.weighting_bounds, &[("lower", &lower), ("upper", &upper)])
}

/// Where the targets come from, each source once with its variables.
fn sources(steps: &[StepReport], words: &Words) -> Vec<String> {
    let mut list: Vec<(&str, Vec<&str>)> = Vec::new();
    for margin in steps.iter().flat_map(|step| &step.margins) {
        let source = margin.source.as_deref().unwrap_or(words.weighting_no_source);
        match list.iter_mut().find(|(known, _)| *known == source) {
            Some((_, names)) if names.contains(&margin.title.as_str()) => {}
            Some((_, names)) => names.push(&margin.title),
            None => list.push((source, vec![&margin.title])),
        }
    }
    let said = |(source, names): (&str, Vec<&str>)| {
        let names = names.join(words.list_comma);
        fill(words.weighting_targets, &[("variables", &names), ("source", source)])
    };
    list.into_iter().map(said).collect()
}

/// What the final weights are like.
pub(super) fn weights(
    weights: &Weights,
    respondents: u64,
    made: bool,
    words: &Words,
) -> String {
    let efficiency = words.number(100.0 * weights.effective / respondents as f64, 0);
    let (smallest, largest) =
        (words.number(weights.smallest, 2), words.number(weights.largest, 2));
    let ratio = words.number(weights.largest / weights.smallest, 1);
    let effective = words.count(effective(weights, respondents));
    let values = [
        ("smallest", smallest.as_str()),
        ("largest", &largest),
        ("ratio", &ratio),
        ("effective", &effective),
        ("efficiency", &efficiency),
    ];
    fill(if made { words.weights_made } else { words.weights_given }, &values)
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
