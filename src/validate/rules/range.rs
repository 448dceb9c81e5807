//! Numbers outside their limits.

use super::{Effect, Fault, Routed, held, rows};
use crate::frame;
use crate::ingest::Responses;
use crate::questionnaire::{Kind, Limits};
use crate::validate::codes;

/// One fault for each column.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let numbers = held(responses).filter(|h| h.question.kind == Kind::Number);
    numbers
        .filter_map(|held| {
            let limits = &held.question.limits;
            let values = frame::numbers(&responses.frame, held.name)?;
            let outside = |v: &f64| {
                limits.minimum.is_some_and(|m| *v < m) || limits.maximum.is_some_and(|m| *v > m)
            };
            let rows = rows(values.iter().map(outside));
            let first = *values.get(*rows.first()? as usize)?;
            Some(Fault {
                code: &codes::RANGE,
                column: Some(held.index),
                value: (!held.personal).then(|| first.to_string()),
                headline: format!("`{}` holds numbers outside its limits", held.variable.name),
                because: format!("{}, {}", words(limits), held.declared()),
                help: "correct the cells, or the limits in the schema".to_owned(),
                effect: Effect::SetAside,
                rows,
            })
        })
        .collect()
}

fn words(limits: &Limits) -> String {
    match (limits.minimum, limits.maximum) {
        (Some(low), Some(high)) => format!("it is between {low} and {high}"),
        (Some(low), None) => format!("it is at least {low}"),
        (None, Some(high)) => format!("it is at most {high}"),
        (None, None) => String::new(),
    }
}
