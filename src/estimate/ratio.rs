//! Shares, nets and score means: each is a ratio of sums over exclusive answers.
//!
//! With c the numerator's and d the denominator's coefficient of each answer, the ratio is
//! R = Σ cA / Σ dA, where A is the sum of weights of an answer. Its linearised variable is
//! z = w(c − Rd)/ΣdA (Woodruff 1971, equation 3), so that Σz and Σz² in a layer need only
//! the sums A and B = Σw² of each answer there. A net has c = 1 for its members, a mean
//! has c = score; d is 1 for the answers in the base.

use super::survey::{Sum, Survey};
use super::{Estimate, codes};
use crate::stats::effective::{self, Against, Respondents};
use crate::stats::{Proportion, ProportionMethod, interval};
use crate::tally::Sums;

/// The confidence of every interval.
pub(super) const LEVEL: f64 = 0.95;

/// What is asked of the answers of a question.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The coefficient of each answer in the numerator.
    pub numerator: Vec<f64>,
    /// The coefficient of each answer in the denominator.
    pub denominator: Vec<f64>,
    /// Whether it is a share from 0 to 1.
    pub share: bool,
}

impl Ask {
    /// The share of those `members` among all answers.
    #[must_use]
    pub fn share(members: &[usize], answers: usize) -> Self {
        let mut numerator = vec![0.0; answers];
        members.iter().for_each(|member| numerator[*member] = 1.0);
        Self { numerator, denominator: vec![1.0; answers], share: true }
    }

    /// The mean of the scores of the answers that have one.
    #[must_use]
    pub fn mean(scores: &[Option<f64>]) -> Self {
        Self {
            numerator: scores.iter().map(|s| s.unwrap_or(0.0)).collect(),
            denominator: scores.iter().map(|s| f64::from(u8::from(s.is_some()))).collect(),
            share: false,
        }
    }

    fn sum(coefficients: &[f64], of: impl Fn(usize) -> f64) -> f64 {
        coefficients.iter().enumerate().filter(|(_, c)| **c != 0.0).map(|(k, c)| c * of(k)).sum()
    }
}

/// The ratio in one group; none if nobody is in its base.
#[must_use]
pub fn ratio(sums: &Sums, group: usize, ask: &Ask, survey: &Survey) -> Option<Estimate> {
    let weight = |k| sums.weight(group, k);
    let total = Ask::sum(&ask.denominator, weight);
    if total <= 0.0 {
        return None;
    }
    let value = Ask::sum(&ask.numerator, weight) / total;
    let residual: Vec<f64> =
        ask.numerator.iter().zip(&ask.denominator).map(|(c, d)| c - value * d).collect();
    let layer = |layer: usize| {
        let row = sums.row(layer, group);
        let z = Ask::sum(&residual, |k| row[k][0]) / total;
        let squares: f64 = residual.iter().zip(row).map(|(e, cell)| e * e * cell[1]).sum();
        Sum { z, squares: squares / (total * total) }
    };
    let layers: Vec<Sum> = (0..sums.layers()).map(layer).collect();
    let counted = |coefficients: &[f64]| -> u64 {
        (0..sums.answers()).filter(|k| coefficients[*k] != 0.0).map(|k| sums.count(group, k)).sum()
    };
    let spread: f64 = Ask::sum(&ask.denominator, |k| {
        let away = ask.numerator[k] - value;
        weight(k) * away * away
    });
    let members: Vec<f64> = (0..sums.layers())
        .map(|layer| Ask::sum(&ask.denominator, |k| sums.row(layer, group)[k][2]))
        .collect();
    let facts = Facts {
        value,
        variance: survey.variance(&layers),
        spread: spread / total,
        base: counted(&ask.denominator),
        total,
        squares: Ask::sum(&ask.denominator, |k| sums.squared(group, k)),
        freedom: survey.freedom(&members),
    };
    let count = if ask.share { counted(&ask.numerator) } else { facts.base };
    Some(if ask.share { facts.share(count, survey) } else { facts.mean(count) })
}

/// What is known of a number before its interval.
pub(super) struct Facts {
    pub(super) value: f64,
    pub(super) variance: Option<f64>,
    /// The variance of the answers themselves, weighted.
    pub(super) spread: f64,
    pub(super) base: u64,
    pub(super) total: f64,
    pub(super) squares: f64,
    pub(super) freedom: f64,
}

impl Facts {
    fn share(self, count: u64, survey: &Survey) -> Estimate {
        let n = self.base as f64;
        let effective = effective::base(self.total, self.squares).unwrap_or(n);
        let fallback = survey.clusters().map_or(effective, |units| effective.min(units as f64));
        let method = ProportionMethod::KornGraubardBeta;
        let interval = self.variance.and_then(|variance| {
            let proportion = Proportion {
                p: self.value,
                variance,
                freedom: self.freedom,
                answered: n,
                fallback,
                at_most: Some(n),
            };
            proportion.interval(method, LEVEL)
        });
        self.estimate(count, interval, method.name())
    }

    /// As a mean, with an interval of Student's t.
    pub(super) fn mean(self, count: u64) -> Estimate {
        let interval =
            self.variance.and_then(|v| interval::mean(self.value, v, self.freedom, LEVEL));
        self.estimate(count, interval, codes::WALD)
    }

    fn estimate(
        self,
        count: u64,
        interval: Option<interval::Interval>,
        method: &'static str,
    ) -> Estimate {
        let of = Respondents { n: self.base as f64, weight: self.total };
        let against = Against::WithReplacement;
        Estimate {
            value: self.value,
            count,
            base: self.base,
            variance: self.variance,
            interval: interval.map(|i| (i.low, i.high)),
            freedom: self.freedom,
            effect: self
                .variance
                .and_then(|v| effective::design(v, self.spread, of, against)),
            method,
        }
    }
}
