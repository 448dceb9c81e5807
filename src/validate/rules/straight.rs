//! People who gave every item of a grid the same answer.

use super::{Fault, Routed, people, rows};
use crate::frame;
use crate::ingest::{Responses, Use};
use crate::questionnaire::Question;
use crate::validate::codes;

/// One fault for each grid.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let Some(rule) = &responses.questionnaire.quality.straight_lining else {
        return Vec::new();
    };
    let questions = responses.questionnaire.questions.iter();
    let looked_at = questions.filter(|q| rule.questions.contains(&q.id));
    looked_at.filter_map(|question| fault(responses, question, rule.when)).collect()
}

fn fault(responses: &Responses, question: &Question, when: usize) -> Option<Fault> {
    let rule = responses.questionnaire.quality.straight_lining.as_ref()?;
    let items = question.items.iter().map(|i| format!("{}.{}", question.id, i.id));
    let columns: Vec<frame::Codes<'_>> =
        items.filter_map(|name| frame::codes(&responses.frame, &name)).collect();
    let answers = question.answers.len();
    let straight = |row: usize| {
        let mut given = columns.iter().map(|c| c.get(row)).filter(|code| *code < answers);
        let Some(first) = given.next() else { return false };
        let rest: Vec<usize> = given.collect();
        rest.len() + 1 >= when && rest.iter().all(|code| *code == first)
    };
    let rows = rows((0..responses.frame.height()).map(straight));
    rows.first()?;
    let of_question = |use_: &Use| match use_ {
        Use::Variable(v) => responses.questionnaire.questions[v.question].id == question.id,
        _ => false,
    };
    Some(Fault {
        code: &codes::STRAIGHT,
        column: responses.columns.iter().position(|c| of_question(&c.use_)),
        headline: format!(
            "{} gave every item of `{}` the same answer",
            people(rows.len()),
            question.id
        ),
        rows,
        value: None,
        because: format!("`quality.straight_lining` in the schema, from {when} items on"),
        help: "such answers can be meant; `then` says what becomes of them".to_owned(),
        effect: rule.then.into(),
    })
}
