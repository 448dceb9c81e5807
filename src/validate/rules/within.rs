//! Groups that lie in other groups by `within`: each in one of them only.

use super::{Effect, Fault, Held, Routed, held, rows};
use crate::frame::{self, Codes};
use crate::ingest::Responses;
use crate::validate::codes;

/// One fault for each question.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let nested = |held: &Held<'_>| held.question.within.is_some();
    held(responses).filter(nested).filter_map(|h| fault(&h, responses)).collect()
}

fn fault(held: &Held<'_>, responses: &Responses) -> Option<Fault> {
    let outer = responses.questionnaire.question(held.question.within.as_ref()?)?;
    let inner = frame::codes(&responses.frame, held.name)?;
    let groups = frame::codes(&responses.frame, &outer.id)?;
    let rows = strays((&inner, held.question.answers.len()), (&groups, outer.answers.len()));
    rows.first()?;
    Some(Fault {
        code: &codes::WITHIN,
        column: Some(held.index),
        rows,
        value: None,
        headline: format!("a group of `{}` lies in two of `{}`", held.question.id, outer.id),
        because: format!("`within = \"{}\"`, {}", outer.id, held.declared()),
        help: "correct the answers, or take `within` out of the schema".to_owned(),
        effect: Effect::Note,
    })
}

/// The rows of an inner answer whose outer answer is not that of the first such row.
fn strays(
    (inner, answers): (&Codes<'_>, usize),
    (outer, groups): (&Codes<'_>, usize),
) -> Vec<u32> {
    let mut first: Vec<Option<usize>> = vec![None; answers];
    let strays = (0..inner.len()).map(|row| {
        let group = outer.get(row);
        let held = first.get_mut(inner.get(row)).filter(|_| group < groups);
        held.is_some_and(|held| *held.get_or_insert(group) != group)
    });
    rows(strays)
}

#[cfg(test)]
mod tests {
    use super::{Codes, strays};

    #[test]
    fn each_group_lies_in_the_first_that_it_is_seen_in() {
        // Two answers and one reason for none in either.
        let inner = Codes::One(&[0, 1, 0, 0, 1, 2, 0]);
        let outer = Codes::One(&[0, 1, 0, 1, 2, 0, 2]);
        assert_eq!(strays((&inner, 2), (&outer, 2)), [3]);
    }
}
