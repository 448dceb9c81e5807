//! People who failed a question with a known right answer.

use super::{Fault, Routed, held, people, rows};
use crate::frame;
use crate::ingest::{Responses, Use};
use crate::validate::codes;

/// One fault at most.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    fault(responses).into_iter().collect()
}

fn fault(responses: &Responses) -> Option<Fault> {
    let rule = responses.questionnaire.quality.attention.as_ref()?;
    let mut wrong = vec![0_usize; responses.frame.height()];
    let mut column = None;
    for held in held(responses) {
        let expected = rule.right.iter().find(|(id, _)| *id == held.question.id);
        let (Some((_, label)), Use::Variable(_)) =
            (expected, &responses.columns[held.index].use_)
        else {
            continue;
        };
        let right = held.question.answers.iter().position(|a| a.label == *label)?;
        let codes = frame::codes(&responses.frame, held.name)?;
        column = column.or(Some(held.index));
        for (row, wrong) in wrong.iter_mut().enumerate() {
            let code = codes.get(row);
            *wrong += usize::from(code < held.question.reasons() && code != right);
        }
    }
    let rows = rows(wrong.iter().map(|wrong| *wrong >= rule.when));
    rows.first()?;
    Some(Fault {
        code: &codes::ATTENTION,
        column,
        headline: people(rows.len()) + " failed a question with a known right answer",
        rows,
        value: None,
        because: format!("`quality.attention` in the schema, from {} wrong on", rule.when),
        help: "`then` in `[quality.attention]` says what becomes of them".to_owned(),
        effect: rule.then.into(),
    })
}
