//! How the results were weighted, in sentences whose numbers may be printed.

use super::super::Note;
use crate::poll::weighting::Method;
use crate::poll::{Poll, Profile, Sampling};
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

/// What the final weights are like: how far they reach is for the analyst only.
pub(super) fn weights(
    (weights, respondents): (&Weights, u64),
    made: bool,
    effective: Option<u64>,
    poll: &Poll,
) -> String {
    let words = poll.words;
    let given = (!made).then(|| words.weights_given.to_owned());
    let range = (poll.profile == Profile::Analyst).then(|| range(weights, words));
    let left = effective.map(|effective| {
        let efficiency = words.number(100.0 * effective as f64 / respondents as f64, 0);
        let effective = words.count(effective);
        let values = [("effective", effective.as_str()), ("efficiency", &efficiency)];
        fill(words.weights_effective, &values)
    });
    let left = left.unwrap_or_else(|| words.weights_untold.to_owned());
    given.into_iter().chain(range).chain([left]).collect::<Vec<_>>().join(" ")
}

fn range(weights: &Weights, words: &Words) -> String {
    let (smallest, largest) =
        (words.number(weights.smallest, 2), words.number(weights.largest, 2));
    let ratio = words.number(weights.largest / weights.smallest, 1);
    let values = [("smallest", smallest.as_str()), ("largest", &largest), ("ratio", &ratio)];
    fill(words.weights_range, &values)
}
