//! The values of the response go in, the numbers that a family takes come out.

use super::family::Family;
use super::matrix::{Model, Outcome};
use super::refusal::Refusal;
use super::values::Values;

impl Model {
    /// The response of each record as a number; 0 for records that are not used. An
    /// answer counts as 1 when it is the success chosen, or is not the failure chosen, or
    /// when it is the second of two, as in R.
    pub(super) fn response(&self, family: Family) -> Result<Vec<f64>, Refusal> {
        let numbers = match self.response.as_ref().ok_or(Refusal::NoResponse)? {
            Values::Numbers(values) | Values::Truths(values) => values.clone(),
            Values::Answers { codes, labels } => self.successes(codes, labels, family)?,
            Values::Text(_) => return Err(Refusal::NotNumbers),
        };
        let kept = |(value, used): (&f64, &bool)| if *used { *value } else { 0.0 };
        let response: Vec<f64> = numbers.iter().zip(self.used()).map(kept).collect();
        let (range, inside) = family.range();
        match response.iter().find(|value| !inside(**value)) {
            Some(value) => Err(Refusal::OutOfRange { range, value: *value }),
            None => Ok(response),
        }
    }

    fn successes(
        &self,
        codes: &[u32],
        labels: &[String],
        family: Family,
    ) -> Result<Vec<f64>, Refusal> {
        if !matches!(family, Family::Binomial(_)) {
            return Err(Refusal::NotNumbers);
        }
        let (answer, is) = self.outcome_among(&self.given(codes, labels), labels)?;
        let holds = |code: &u32| (usize::try_from(*code) == Ok(answer)) == is;
        Ok(codes.iter().map(|code| f64::from(u8::from(holds(code)))).collect())
    }

    /// The places of the answers that somebody gave.
    fn given(&self, codes: &[u32], labels: &[String]) -> Vec<usize> {
        let had = |place: &usize| {
            let mut records = codes.iter().zip(self.used()).filter(|(_, used)| **used);
            records.any(|(code, _)| usize::try_from(*code) == Ok(*place))
        };
        (0..labels.len()).filter(had).collect()
    }

    /// Whether the response is one of several answers, or true and false, and no number.
    #[must_use]
    pub fn is_of_answers(&self) -> bool {
        matches!(self.response, Some(Values::Answers { .. } | Values::Truths(_)))
    }

    /// The answer that counts as 1, if the response is answers: as it is, or all but it.
    #[must_use]
    pub fn success(&self) -> Option<(&str, bool)> {
        let Some(Values::Answers { codes, labels }) = &self.response else { return None };
        let (place, is) = self.outcome_among(&self.given(codes, labels), labels).ok()?;
        Some((labels.get(place)?, is))
    }

    /// The place of an answer, of those that somebody gave, and whether it is the success
    /// or the failure.
    fn outcome_among(
        &self,
        had: &[usize],
        labels: &[String],
    ) -> Result<(usize, bool), Refusal> {
        let label = |place: &usize| labels.get(*place).cloned().unwrap_or_default();
        let (level, is) = match (&self.outcome, had) {
            (Some(Outcome::Is(level)), _) => (level, true),
            (Some(Outcome::IsNot(level)), _) => (level, false),
            (None, [_, second]) => return Ok((*second, true)),
            (None, [] | [_]) => return Err(Refusal::Constant),
            (None, _) => return Err(Refusal::ManyAnswers(had.iter().map(label).collect())),
        };
        let at = had.iter().find(|place| label(place) == *level);
        at.map(|at| (*at, is)).ok_or_else(|| Refusal::UnknownLevel {
            variable: self.formula.response.as_ref().map_or("", |r| &r.label).to_owned(),
            level: level.clone(),
            known: had.iter().map(label).collect(),
        })
    }
}
