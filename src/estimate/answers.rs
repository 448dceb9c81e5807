//! Shares, nets, score means and totals of exclusive answers, from their sums.
//!
//! With c the numerator's and d the denominator's coefficient of each answer, a ratio is
//! R = Σ cA / Σ dA, where A is the sum of weights of an answer. Its linearised variable is
//! z = w(c − Rd)/ΣdA, so that Σz and Σz² in a layer need only the sums A and B = Σw² of
//! each answer there. A net has c = 1 for its members, a mean has c = score; d is 1 for the
//! answers in the base.

use super::fitted::Raw;
use super::linear::{Base, Linear};
use super::survey::{Sum, quotients};
use crate::tally::Sums;

/// What is asked of the answers of a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ask {
    /// The coefficient of each answer in the numerator.
    pub numerator: Vec<f64>,
    /// The coefficient of each answer in the denominator.
    pub denominator: Vec<f64>,
}

impl Ask {
    /// The share of those `members` among all answers.
    #[must_use]
    pub(super) fn share(members: &[usize], answers: usize) -> Self {
        let numerator = (0..answers).map(|k| f64::from(u8::from(members.contains(&k))));
        Self { numerator: numerator.collect(), denominator: vec![1.0; answers] }
    }

    /// The mean of the scores of the answers that have one.
    #[must_use]
    pub(super) fn mean(scores: &[Option<f64>]) -> Self {
        Self {
            numerator: scores.iter().map(|s| s.unwrap_or(0.0)).collect(),
            denominator: scores.iter().map(|s| f64::from(u8::from(s.is_some()))).collect(),
        }
    }

    /// The answers in the base.
    fn base(&self) -> impl Iterator<Item = usize> {
        (0..self.denominator.len()).filter(|k| self.denominator[*k] > 0.0)
    }

    /// How many gave an answer that counts in the numerator.
    #[must_use]
    pub(super) fn count(&self, sums: &Sums, group: usize) -> u64 {
        let counts = (0..sums.answers()).filter(|k| self.numerator[*k] > 0.0);
        counts.map(|k| sums.count(group, k)).sum()
    }
}

/// The ratio of an ask in one group; none if nobody is in its base.
#[must_use]
pub(super) fn ratio(sums: &Sums, group: usize, ask: &Ask) -> Option<Linear> {
    let base = base(sums, group, ask)?;
    let value = dot(&ask.numerator, |k| sums.weight(group, k)) / base.weight;
    let residual: Vec<f64> =
        ask.numerator.iter().zip(&ask.denominator).map(|(c, d)| c - value * d).collect();
    let spread = dot(&residual, |k| sums.weight(group, k) * residual[k]) / base.weight;
    let raw = raw(sums, group, &residual, base.weight);
    let replicates = quotients(
        &sums.replicates(group, &ask.numerator),
        &sums.replicates(group, &ask.denominator),
    );
    Some(Linear { value, raw, replicates, base, spread })
}

/// The sum of weights of the answers in the numerator, in one group; none if nobody is in
/// its base.
#[must_use]
pub(super) fn total(sums: &Sums, group: usize, ask: &Ask) -> Option<Linear> {
    let mean = ratio(sums, group, ask)?;
    Some(Linear {
        value: mean.value * mean.base.weight,
        raw: raw(sums, group, &ask.numerator, 1.0),
        replicates: sums.replicates(group, &ask.numerator),
        spread: mean.spread * mean.base.weight * mean.base.weight,
        base: mean.base,
    })
}

fn base(sums: &Sums, group: usize, ask: &Ask) -> Option<Base> {
    let layer = |layer| ask.base().map(|k| sums.row(layer, group)[k][2]).sum();
    let base = Base {
        members: (0..sums.layers()).map(layer).collect(),
        weight: ask.base().map(|k| sums.weight(group, k)).sum(),
        squares: ask.base().map(|k| sums.squared(group, k)).sum(),
    };
    (base.weight > 0.0).then_some(base)
}

/// The sums of z = w·e/scale, where e is a number for each answer.
fn raw(sums: &Sums, group: usize, e: &[f64], scale: f64) -> Raw {
    let layer = |layer| {
        let row = sums.row(layer, group);
        Sum {
            z: dot(e, |k| row[k][0]) / scale,
            squares: dot(e, |k| e[k] * row[k][1]) / (scale * scale),
        }
    };
    let u: Vec<f64> = e.iter().map(|e| e / scale).collect();
    Raw {
        layers: (0..sums.layers()).map(layer).collect(),
        crossed: (0..sums.fits()).map(|fit| sums.crossed(fit, group, &u)).collect(),
        fits: (0..sums.fits()).map(|fit| sums.fit(fit, group, &u)).collect(),
    }
}

/// The sum over answers of a coefficient times something; answers with 0 are left out.
fn dot(coefficients: &[f64], of: impl Fn(usize) -> f64) -> f64 {
    coefficients.iter().enumerate().filter(|(_, c)| **c != 0.0).map(|(k, c)| c * of(k)).sum()
}
