//! People who answered little of what they were asked.

use super::{Fault, Routed, held, people, rows};
use crate::expression::Truth;
use crate::ingest::{Responses, Use};
use crate::validate::codes;

/// One fault at most.
pub(super) fn check(responses: &Responses, routed: &Routed) -> Vec<Fault> {
    fault(responses, routed).into_iter().collect()
}

fn fault(responses: &Responses, routed: &Routed) -> Option<Fault> {
    let (share, then) = responses.questionnaire.quality.partials?;
    let height = responses.frame.height();
    let (mut asked, mut given) = (vec![0_usize; height], vec![0_usize; height]);
    // The flags of a multiple response are all answered or none is.
    let first = |use_: &Use| matches!(use_, Use::Variable(_) | Use::Flag(_, 0));
    for held in held(responses).filter(|h| first(&responses.columns[h.index].use_)) {
        let route = routed[held.variable.question].as_deref();
        let answered = held.answered(responses);
        for row in 0..height {
            let was = route.is_none_or(|route| route[row] != Truth::False);
            asked[row] += usize::from(was);
            given[row] += usize::from(was && answered[row]);
        }
    }
    let few = |(given, asked): (&usize, &usize)| (*given as f64) < share * *asked as f64;
    let rows = rows(given.iter().zip(&asked).map(few));
    rows.first()?;
    let percent = share * 100.0;
    Some(Fault {
        code: &codes::PARTIALS,
        column: None,
        headline: format!(
            "{} answered less than {percent} % of what they were asked",
            people(rows.len())
        ),
        rows,
        value: None,
        because: "`quality.partials` in the schema".to_owned(),
        help: "`then` in `[quality.partials]` says what becomes of them".to_owned(),
        effect: then.into(),
    })
}
