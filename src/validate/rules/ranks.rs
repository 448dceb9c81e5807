//! Rankings: whole places from 1, each given once.

use super::{Effect, Fault, Held, Routed, held, rows};
use crate::frame;
use crate::ingest::Responses;
use crate::questionnaire::Kind;
use crate::validate::codes;

/// One fault for each ranking.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let first = |h: &Held<'_>| h.question.kind == Kind::Rank && h.variable.item == Some(0);
    held(responses).filter(first).filter_map(|h| fault(&h, responses)).collect()
}

fn fault(held: &Held<'_>, responses: &Responses) -> Option<Fault> {
    let question = held.question;
    let columns: Vec<&[f64]> = question
        .items
        .iter()
        .filter_map(|i| frame::numbers(&responses.frame, &format!("{}.{}", question.id, i.id)))
        .collect();
    let max = question.max.unwrap_or(columns.len());
    let broken = (0..responses.frame.height()).map(|row| {
        let places = columns.iter().map(|c| c[row]).filter(|p| !p.is_nan());
        !is_ranking(places, max)
    });
    let rows = rows(broken);
    rows.first()?;
    Some(Fault {
        code: &codes::RANKS,
        column: Some(held.index),
        rows,
        value: None,
        headline: format!("the places of `{}` are no ranking", question.id),
        because: format!("each place from 1 to {max} may be given once, {}", held.declared()),
        help: "correct `max` in the schema, or find out how the platform let it through"
            .to_owned(),
        effect: Effect::SetAside,
    })
}

/// Whether every place is a whole number from 1 to `max` that occurs once.
fn is_ranking(places: impl Iterator<Item = f64>, max: usize) -> bool {
    let mut free: Vec<f64> = (1..=max).map(|place| place as f64).collect();
    for place in places {
        let Some(found) = free.iter().position(|f| f.total_cmp(&place).is_eq()) else {
            return false;
        };
        free.swap_remove(found);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_ranking;

    #[test]
    fn places_are_whole_and_given_once() {
        assert!(is_ranking([2.0, 1.0, 3.0].into_iter(), 3));
        assert!(is_ranking([].into_iter(), 3));
        assert!(!is_ranking([1.0, 1.0].into_iter(), 3));
        assert!(!is_ranking([4.0].into_iter(), 3));
        assert!(!is_ranking([1.5].into_iter(), 3));
        assert!(!is_ranking([0.0].into_iter(), 3));
    }
}
