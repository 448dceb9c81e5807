//! Answers to questions that were not asked.

use super::{Effect, Fault, Routed, held, rows};
use crate::expression::Truth;
use crate::ingest::Responses;
use crate::validate::codes;

/// One fault for each column.
pub(super) fn check(responses: &Responses, routed: &Routed) -> Vec<Fault> {
    held(responses)
        .filter_map(|held| {
            let asked = routed[held.variable.question].as_ref()?;
            let answered = held.answered(responses);
            let broken =
                |(answered, asked): (&bool, &Truth)| *answered && *asked == Truth::False;
            let rows = rows(answered.iter().zip(asked).map(broken));
            rows.first()?;
            let condition = held.question.asked_if.as_ref()?;
            Some(Fault {
                code: &codes::ROUTING,
                column: Some(held.index),
                rows,
                value: None,
                headline: format!(
                    "`{}` is answered by people who were not asked",
                    held.variable.name
                ),
                because: format!("it is asked if {condition}, {}", held.declared()),
                help: "correct `asked_if`, or leave these answers out of the export".to_owned(),
                effect: Effect::SetAside,
            })
        })
        .collect()
}
