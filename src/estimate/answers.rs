//! Shares, nets, differences, score means and totals of exclusive answers, from their sums.
//!
//! With c the numerator's and d the denominator's coefficient of each answer, a ratio is
//! R = Σ cA / Σ dA, where A is the sum of weights of an answer. Its linearised variable is
//! z = w(c − Rd)/ΣdA, so that Σz and Σz² in a layer need only the sums A and B = Σw² of
//! each answer there. A net has c = 1 for its members, a difference of nets also −1, a mean
//! has c = score; d is 1 for the answers in the base. A ratio may be over several groups, each
//! with coefficients of its own.

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
        Self::difference(members, &[], answers)
    }

    /// The share of some answers less that of others.
    #[must_use]
    pub(super) fn difference(plus: &[usize], minus: &[usize], answers: usize) -> Self {
        let is = |list: &[usize], k| f64::from(u8::from(list.contains(&k)));
        let numerator = (0..answers).map(|k| is(plus, k) - is(minus, k));
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

    /// The same with only those answers in the base whose place in `kept` says so.
    #[must_use]
    pub(super) fn of(mut self, kept: &[bool]) -> Self {
        for (k, _) in kept.iter().enumerate().filter(|(_, kept)| !**kept) {
            (self.numerator[k], self.denominator[k]) = (0.0, 0.0);
        }
        self
    }

    /// The same without anybody in the numerator.
    #[must_use]
    pub(super) fn without_numerator(&self) -> Self {
        Self { numerator: vec![0.0; self.numerator.len()], ..self.clone() }
    }

    /// The same with a base of those who are in the numerator.
    #[must_use]
    pub(super) fn based_on_numerator(&self) -> Self {
        Self { numerator: self.numerator.clone(), denominator: self.numerator.clone() }
    }

    /// What an answer adds to numerator and denominator; nothing if it is none of them.
    pub(super) fn terms(&self, answer: usize) -> (f64, f64) {
        let of = |list: &[f64]| list.get(answer).copied().unwrap_or(0.0);
        (of(&self.numerator), of(&self.denominator))
    }

    /// The answers in the base.
    pub(super) fn base(&self) -> impl Iterator<Item = usize> {
        (0..self.denominator.len()).filter(|k| self.denominator[*k] > 0.0)
    }

    /// How many gave an answer that counts in the numerator.
    #[must_use]
    pub(super) fn count(&self, sums: &Sums, group: usize) -> u64 {
        let counts = (0..sums.answers()).filter(|k| self.numerator[*k] > 0.0);
        counts.map(|k| sums.count(group, k)).sum()
    }
}

/// A group and what is asked of the answers there.
pub(super) type Part<'a> = (usize, &'a Ask);

/// The ratio of an ask in one group; none if nobody is in its base.
#[must_use]
pub(super) fn ratio(sums: &Sums, group: usize, ask: &Ask) -> Option<Linear> {
    ratio_over(sums, &[(group, ask)])
}

/// The ratio over several groups; none if nobody is in its base.
#[must_use]
pub(super) fn ratio_over(sums: &Sums, parts: &[Part<'_>]) -> Option<Linear> {
    let base = base(sums, parts)?;
    let over = |of: &dyn Fn(Part<'_>) -> f64| parts.iter().map(|part| of(*part)).sum::<f64>();
    let weights = |(group, ask): Part<'_>| dot(&ask.numerator, |k| sums.weight(group, k));
    let below = over(&|(group, ask)| dot(&ask.denominator, |k| sums.weight(group, k)));
    let value = over(&weights) / below;
    let residual = |(_, ask): Part<'_>| -> Vec<f64> {
        ask.numerator.iter().zip(&ask.denominator).map(|(c, d)| c - value * d).collect()
    };
    let spread = over(&|part| {
        let e = residual(part);
        dot(&e, |k| sums.weight(part.0, k) * e[k])
    });
    let scaled = |part: &Part<'_>| -> (usize, Vec<f64>) {
        (part.0, residual(*part).iter().map(|e| e / below).collect())
    };
    let replicates = |of: fn(&Ask) -> &[f64]| replicates(sums, parts, of);
    Some(Linear {
        value,
        raw: raw(sums, &parts.iter().map(scaled).collect::<Vec<_>>()),
        replicates: quotients(
            &replicates(|ask| &ask.numerator),
            &replicates(|ask| &ask.denominator),
        ),
        spread: spread / base.weight,
        base,
    })
}

/// The sum of weights of the answers in the numerator, over several groups; none if nobody
/// is in its base.
#[must_use]
pub(super) fn total(sums: &Sums, parts: &[Part<'_>]) -> Option<Linear> {
    let mean = ratio_over(sums, parts)?;
    let numerators = parts.iter().map(|(group, ask)| (*group, ask.numerator.clone()));
    Some(Linear {
        value: mean.value * mean.base.weight,
        raw: raw(sums, &numerators.collect::<Vec<_>>()),
        replicates: replicates(sums, parts, |ask| &ask.numerator),
        spread: mean.spread * mean.base.weight * mean.base.weight,
        base: mean.base,
    })
}

fn replicates(sums: &Sums, parts: &[Part<'_>], of: fn(&Ask) -> &[f64]) -> Vec<f64> {
    let mut sum: Vec<f64> = Vec::new();
    for (group, ask) in parts {
        let own = sums.replicates(*group, of(ask));
        if sum.is_empty() {
            sum = own;
        } else {
            sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
        }
    }
    sum
}

fn base(sums: &Sums, parts: &[Part<'_>]) -> Option<Base> {
    let each = || parts.iter().flat_map(|(group, ask)| ask.base().map(|k| (*group, k)));
    let layer = |layer| each().map(|(group, k)| sums.row(layer, group)[k][2]).sum();
    let base = Base {
        members: (0..sums.layers()).map(layer).collect(),
        weight: each().map(|(group, k)| sums.weight(group, k)).sum(),
        squares: each().map(|(group, k)| sums.squared(group, k)).sum(),
    };
    (base.weight > 0.0).then_some(base)
}

/// The sums of z = wu, where u is a number for each group and answer.
fn raw(sums: &Sums, parts: &[(usize, Vec<f64>)]) -> Raw {
    let layer = |layer| {
        let mut sum = Sum::default();
        for (group, u) in parts {
            let row = sums.row(layer, *group);
            sum.z += dot(u, |k| row[k][0]);
            sum.squares += dot(u, |k| u[k] * row[k][1]);
        }
        sum
    };
    let each = |of: &dyn Fn(usize, &[f64]) -> Vec<f64>| {
        added(parts.iter().map(|(group, u)| of(*group, u)))
    };
    let fits = || 0..sums.fits();
    Raw {
        layers: (0..sums.layers()).map(layer).collect(),
        crossed: fits().map(|fit| each(&|group, u| sums.crossed(fit, group, u))).collect(),
        fits: fits().map(|fit| each(&|group, u| sums.fit(fit, group, u))).collect(),
    }
}

/// Lists added place by place.
pub(super) fn added(lists: impl Iterator<Item = Vec<f64>>) -> Vec<f64> {
    let add = |mut sum: Vec<f64>, list: Vec<f64>| {
        sum.iter_mut().zip(list).for_each(|(sum, value)| *sum += value);
        sum
    };
    lists.reduce(add).unwrap_or_default()
}

/// The sum over answers of a coefficient times something; answers with 0 are left out.
fn dot(coefficients: &[f64], of: impl Fn(usize) -> f64) -> f64 {
    coefficients.iter().enumerate().filter(|(_, c)| **c != 0.0).map(|(k, c)| c * of(k)).sum()
}
