//! People who were quicker than anybody can read.

use super::{Fault, Routed, people, rows};
use crate::frame;
use crate::ingest::{Responses, Use};
use crate::questionnaire::Quick;
use crate::validate::codes;

/// One fault at most.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    fault(responses).into_iter().collect()
}

fn fault(responses: &Responses) -> Option<Fault> {
    let rule = responses.questionnaire.quality.speeders.as_ref()?;
    let (column, times) = times(responses)?;
    let limit = match rule.when {
        Quick::Seconds(seconds) => seconds,
        Quick::OfMedian(share) => share * median(&times)?,
    };
    let rows = rows(times.iter().map(|time| *time < limit));
    rows.first()?;
    let what = match rule.when {
        Quick::Seconds(_) => String::new(),
        Quick::OfMedian(share) => format!(", {} % of the median", share * 100.0),
    };
    Some(Fault {
        code: &codes::SPEEDERS,
        column: Some(column),
        headline: format!("{} took less than {limit} seconds", people(rows.len())),
        rows,
        value: None,
        because: format!("`quality.speeders` in the schema{what}"),
        help: "look at their answers; `then` says what becomes of them".to_owned(),
        effect: rule.then.into(),
    })
}

/// The column to point at, and how many seconds each row took.
fn times(responses: &Responses) -> Option<(usize, Vec<f64>)> {
    let find = |wanted: &Use| responses.columns.iter().position(|c| c.use_ == *wanted);
    let numbers =
        |index: usize| frame::numbers(&responses.frame, &responses.columns[index].name);
    if let Some(index) = find(&Use::Duration) {
        return Some((index, numbers(index)?.to_vec()));
    }
    let (started, ended) = (find(&Use::Started)?, find(&Use::Ended)?);
    let took = numbers(ended)?.iter().zip(numbers(started)?).map(|(end, start)| end - start);
    Some((ended, took.collect()))
}

/// The median of the times that are known.
fn median(times: &[f64]) -> Option<f64> {
    let mut known: Vec<f64> = times.iter().copied().filter(|time| !time.is_nan()).collect();
    known.sort_by(f64::total_cmp);
    let middle = known.len().checked_sub(1)? / 2;
    let upper = known[known.len() / 2];
    Some(f64::midpoint(known[middle], upper))
}
