//! Multiple responses: answers that exclude others, and the largest number of picks.

use super::{Effect, Fault, Held, Routed, held, rows};
use crate::frame;
use crate::ingest::{PICKED, Responses, Use};
use crate::questionnaire::Kind;
use crate::validate::codes;

/// Up to two faults for each multiple response.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let first = |held: &Held<'_>| {
        held.question.kind == Kind::Multi
            && matches!(&responses.columns[held.index].use_, Use::Flag(_, 0))
    };
    let questions = held(responses).filter(first);
    questions
        .flat_map(|held| [exclusive(&held, responses), maximum(&held, responses)])
        .flatten()
        .collect()
}

/// How many answers each row has picked, of those that `count` names.
fn picks(held: &Held<'_>, responses: &Responses, count: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut picks = vec![0; responses.frame.height()];
    for answer in (0..held.question.answers.len()).filter(|a| count(*a)) {
        let Some(codes) = frame::codes(&responses.frame, &held.question.flag(answer)) else {
            continue;
        };
        for (row, picks) in picks.iter_mut().enumerate() {
            *picks += usize::from(codes.get(row) == usize::from(PICKED));
        }
    }
    picks
}

fn exclusive(held: &Held<'_>, responses: &Responses) -> Option<Fault> {
    let answers = &held.question.answers;
    let names: Vec<String> =
        answers.iter().filter(|a| a.exclusive).map(|a| format!("`{}`", a.label)).collect();
    if names.is_empty() {
        return None;
    }
    let alone = picks(held, responses, |a| answers[a].exclusive);
    let all = picks(held, responses, |_| true);
    let rows = rows(alone.iter().zip(&all).map(|(alone, all)| *alone > 0 && *all > 1));
    rows.first()?;
    Some(Fault {
        code: &codes::EXCLUSIVE,
        column: Some(held.index),
        rows,
        value: None,
        headline: format!(
            "`{}` has an answer that excludes others beside another",
            held.question.id
        ),
        because: format!(
            "{} cannot go with another answer, {}",
            names.join(", "),
            held.declared()
        ),
        help: "correct `exclusive` in the schema, or the export".to_owned(),
        effect: Effect::SetAside,
    })
}

fn maximum(held: &Held<'_>, responses: &Responses) -> Option<Fault> {
    let max = held.question.max?;
    let rows = rows(picks(held, responses, |_| true).iter().map(|picks| *picks > max));
    rows.first()?;
    Some(Fault {
        code: &codes::MAXIMUM,
        column: Some(held.index),
        rows,
        value: None,
        headline: format!("`{}` has more answers than its maximum", held.question.id),
        because: format!("at most {max}, {}", held.declared()),
        help: "correct `max` in the schema, or the export".to_owned(),
        effect: Effect::SetAside,
    })
}
