//! Required answers that are missing.

use super::{Effect, Fault, Held, Routed, held, rows};
use crate::expression::Truth;
use crate::ingest::Responses;
use crate::questionnaire::Kind;
use crate::validate::codes;

/// One fault for each column.
pub(super) fn check(responses: &Responses, routed: &Routed) -> Vec<Fault> {
    let mut seen = Vec::new();
    held(responses)
        .filter(|held| held.question.required)
        .filter_map(|held| {
            // The flags of a multiple response are all answered or none is, and a ranking is
            // if any item has a place.
            let together = matches!(held.question.kind, Kind::Multi | Kind::Rank);
            if together && seen.contains(&held.variable.question) {
                return None;
            }
            seen.push(held.variable.question);
            fault(&held, responses, routed)
        })
        .collect()
}

fn fault(held: &Held<'_>, responses: &Responses, routed: &Routed) -> Option<Fault> {
    let asked = routed[held.variable.question].as_deref();
    let mut answered = held.answered(responses);
    if held.question.kind == Kind::Rank {
        for item in
            super::held(responses).filter(|h| h.variable.question == held.variable.question)
        {
            let also = item.answered(responses);
            answered.iter_mut().zip(also).for_each(|(any, also)| *any |= also);
        }
    }
    let asked = |row: usize| asked.is_none_or(|a| a[row] == Truth::True);
    let column = u32::try_from(held.index).unwrap_or(u32::MAX);
    let bad = responses.unread.iter().filter(|u| u.column == column);
    let bad = bad.flat_map(|u| &u.rows).map(|row| *row as usize);
    let bad: std::collections::BTreeSet<usize> = bad.collect();
    let missing =
        |(row, answered): (usize, &bool)| !answered && asked(row) && !bad.contains(&row);
    let rows = rows(answered.iter().enumerate().map(missing));
    rows.first()?;
    Some(Fault {
        code: &codes::REQUIRED,
        column: Some(held.index),
        rows,
        value: None,
        headline: format!("`{}` is not answered, but required", held.variable.name),
        because: format!("`required = true`, {}", held.declared()),
        help: "take `required` out if people could skip the question".to_owned(),
        effect: Effect::SetAside,
    })
}
