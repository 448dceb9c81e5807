//! A number with the sums of its linearised variable goes in, an [`Estimate`] comes out:
//! variance, interval, degrees of freedom and design effect, whatever the statistic is.
//!
//! Every statistic of this room says how it changes when a respondent's weight does: the
//! linearised variable z, whose total has the variance of the statistic (Woodruff 1971, "A
//! simple method for approximating the variance of a complicated estimate", equation 3).

use super::conventions::Conventions;
use super::fitted::Raw;
use super::survey::{ROUNDING, Survey};
use super::{Estimate, codes};
use crate::prepare::Layers;
use crate::stats::Proportion;
use crate::stats::effective::{self, Respondents};
use crate::stats::interval::{self, Interval};

/// A number, who it is of, and the sums of its linearised variable.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Linear {
    /// The number.
    pub value: f64,
    /// The sums of its linearised variable.
    pub raw: Raw,
    /// Its value at each replicate; none without replicate weights. Not a number where it
    /// does not exist.
    pub replicates: Vec<f64>,
    /// Whose answers it is of.
    pub base: Base,
    /// The weighted variance of these answers, in the square of the number's unit.
    pub spread: f64,
}

/// Whose answers a number is of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Base {
    /// How many they are in each layer of the tally.
    pub members: Vec<f64>,
    /// Σw.
    pub weight: f64,
    /// Σw².
    pub squares: f64,
}

/// A count that was summed as a number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a count")]
pub(super) fn people(n: f64) -> u64 {
    n as u64
}

impl Base {
    /// Of some rows of the sample, with their weights.
    #[must_use]
    pub(super) fn of(layers: &Layers<'_>, rows: impl Iterator<Item = (usize, f64)>) -> Self {
        let mut base = Self { members: vec![0.0; layers.count], ..Self::default() };
        for (row, weight) in rows {
            base.members[layers.of[row] as usize] += 1.0;
            base.weight += weight;
            base.squares += weight * weight;
        }
        base
    }

    /// Together with others.
    #[must_use]
    pub(super) fn with(&self, others: &Self) -> Self {
        let members = self.members.iter().zip(&others.members);
        Self {
            members: members.map(|(a, b)| a + b).collect(),
            weight: self.weight + others.weight,
            squares: self.squares + others.squares,
        }
    }

    /// How many they are.
    #[must_use]
    pub(super) fn n(&self) -> f64 {
        self.members.iter().sum()
    }

    /// Degrees of freedom of a number of theirs.
    #[must_use]
    pub(super) fn freedom(&self, survey: &Survey<'_>, conventions: &Conventions) -> f64 {
        survey.degrees(conventions.freedom, &survey.members(&self.members))
    }
}

impl Linear {
    /// Its variance; none if the design cannot tell.
    #[must_use]
    pub(super) fn variance(&self, survey: &Survey<'_>) -> Option<f64> {
        if !self.replicates.is_empty() {
            return survey.of_replicates(self.value, &self.replicates);
        }
        let members = survey.members(&self.base.members);
        let variance = survey.variance(&survey.settled(&self.raw), &members)?;
        // Sums by sampling unit that should all be zero, and what fits of the weights explain
        // altogether, are so but for rounding.
        let before: f64 = self.raw.layers.iter().map(|sum| sum.squares).sum();
        let beyond = variance.sqrt() > ROUNDING * self.value.abs();
        Some(if beyond && variance > ROUNDING * before { variance } else { 0.0 })
    }

    /// This number minus one of other respondents of the same sample.
    #[must_use]
    pub(super) fn minus(&self, other: &Self) -> Self {
        Self {
            value: self.value - other.value,
            raw: self.raw.minus(&other.raw),
            replicates: self
                .replicates
                .iter()
                .zip(&other.replicates)
                .map(|(a, b)| a - b)
                .collect(),
            base: self.base.with(&other.base),
            // There is no simple random sample to hold a difference against.
            spread: 0.0,
        }
    }

    /// As a number on a scale of its own, with an interval of Student's t.
    #[must_use]
    pub(super) fn number(&self, survey: &Survey<'_>, conventions: &Conventions) -> Estimate {
        let freedom = self.base.freedom(survey, conventions);
        let variance = self.variance(survey);
        let limits =
            variance.and_then(|v| interval::mean(self.value, v, freedom, conventions.level));
        self.estimate(variance, freedom, conventions).within(limits, codes::WALD)
    }

    /// As a share from 0 to 1; `count` respondents gave the answer.
    #[must_use]
    pub(super) fn share(
        &self,
        count: u64,
        survey: &Survey<'_>,
        conventions: &Conventions,
    ) -> Estimate {
        let freedom = self.base.freedom(survey, conventions);
        let method = conventions.share;
        let proportion = self.proportion(survey, conventions, freedom);
        let may_be_set = survey.is_fitted() && !conventions.as_in_r;
        if may_be_set && proportion.is_some_and(is_set) {
            let estimate = self.estimate(Some(0.0), freedom, conventions);
            return Estimate { count, method: codes::SET, set: true, ..estimate };
        }
        let limits = proportion.and_then(|p| {
            if conventions.as_in_r {
                p.interval_as_in_r(method, conventions.level)
            } else {
                p.interval(method, conventions.level)
            }
        });
        let variance = proportion.map(|p| p.variance);
        let estimate = self.estimate(variance, freedom, conventions);
        Estimate { count, ..estimate.within(limits, method.name()) }
    }

    /// What is known of a share before its interval; none without a variance.
    pub(super) fn proportion(
        &self,
        survey: &Survey<'_>,
        conventions: &Conventions,
        freedom: f64,
    ) -> Option<Proportion> {
        let answered = self.base.n();
        let effective = effective::base(self.base.weight, self.base.squares)?;
        let variance = self.variance(survey)?;
        // Only where there is no variance does the number of units matter.
        let units = if variance > 0.0 {
            None
        } else {
            survey.clusters(&survey.members(&self.base.members))
        };
        Some(Proportion {
            p: self.value,
            variance,
            freedom,
            answered,
            fallback: units.map_or(effective, |units| effective.min(units)),
            at_most: (!conventions.as_in_r).then_some(answered),
        })
    }

    fn estimate(
        &self,
        variance: Option<f64>,
        freedom: f64,
        conventions: &Conventions,
    ) -> Estimate {
        let n = self.base.n();
        let of = Respondents { n, weight: self.base.weight };
        let effect =
            |variance| effective::design(variance, self.spread, of, conventions.against);
        Estimate {
            value: self.value,
            count: people(n),
            base: people(n),
            variance,
            interval: None,
            freedom,
            effect: variance.and_then(effect),
            method: "",
            set: false,
        }
    }
}

/// Whether a share is what the weights were made to meet, so that no other sample would
/// have given another: its variance is nothing beside that of a share left to chance.
pub(super) fn is_set(share: Proportion) -> bool {
    const NOTHING: f64 = 1e-8;
    let chance = share.p * (1.0 - share.p) / share.answered;
    chance > 0.0 && share.variance < NOTHING * chance
}

impl Estimate {
    /// With these limits.
    pub(super) fn within(self, limits: Option<Interval>, method: &'static str) -> Self {
        Self { interval: limits.map(|i| (i.low, i.high)), method, ..self }
    }
}
