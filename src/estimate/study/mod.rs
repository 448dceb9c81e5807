//! Any statistic of the records of a sample, with its uncertainty.
//!
//! Takes a [`Design`] and a [`Statistic`]: something that has a value at given weights and
//! says how the value changes with the weight of each record. Gives its values with their
//! covariance. What a run publishes comes from sums instead, which is faster where there
//! are many tables; both ways give the same figures, and tests hold them against each
//! other. Knows no questionnaire, no labels and no files.

mod agreement;
mod model;
mod plan;
mod quantile;
mod quotient;
mod statistic;

use std::fmt;

use super::conventions::Conventions;
use super::linear::{is_set, people};
use super::{Estimate, codes};
use crate::prepare::Design;
use crate::stats::effective::{self, Respondents};
use crate::stats::interval::{self, Interval};
use crate::stats::matrix::Matrix;
use crate::stats::unequal::Unequal;
use crate::stats::{Proportion, ProportionMethod};

use plan::{Members, Plan};

pub use agreement::{Correlation, PopulationCovariance};
pub use model::Coefficients;
pub use quotient::{Kind, Quotient, Quotients};
pub use statistic::{Contrast, Joined, Linearised, Scored, Statistic};

/// A sample whose records are asked, and the conventions of the answers.
#[derive(Clone, Debug)]
pub struct Study<'a> {
    plan: Plan<'a>,
    conventions: Conventions,
}

/// The figures of one statistic, with what a test of them needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The figures.
    pub values: Vec<f64>,
    /// Their covariance under the design, a row and a column each.
    pub covariance: Matrix,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Records that the statistic is of.
    pub n: u64,
}

/// Why a statistic has no figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// Nobody is in the group, or nobody in it has answered.
    Nobody,
    /// What would be divided by is zero.
    Zero,
    /// The numbers are too large to be added up.
    TooLarge,
    /// The design has strata of a single sampling unit, and nobody chose what to do.
    SingleUnits,
    /// It does not exist at the weights of some replicates: how many.
    Replicates(usize),
    /// The replicates do not fit the sample.
    Misfit(String),
}

impl fmt::Display for Unmeasured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("nobody in the group has answered"),
            Self::TooLarge => f.write_str("the numbers are too large to be added up"),
            Self::Zero => f.write_str("the weighted sum below the stroke is zero"),
            Self::SingleUnits => f.write_str(
                "a stratum has a single sampling unit, so the variance is unknown until one says \
                 what to do with it",
            ),
            Self::Replicates(count) => write!(
                f,
                "at the weights of {count} of the replicates there is nobody who has answered"
            ),
            Self::Misfit(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Unmeasured {}

impl<'a> Study<'a> {
    /// Makes ready to ask the records of a design.
    #[must_use]
    pub fn new(design: &'a Design, conventions: Conventions) -> Self {
        Self { plan: Plan::of(design), conventions }
    }

    /// The same records under other conventions.
    #[must_use]
    pub fn with(&self, conventions: Conventions) -> Self {
        Self { plan: self.plan.clone(), conventions }
    }

    /// The same records, drawn with unequal probabilities without replacement: what the
    /// design says of strata and units then counts for degrees of freedom only.
    #[must_use]
    pub fn drawn(mut self, unequal: &'a Unequal) -> Self {
        self.plan.unequal = Some(unequal);
        self
    }

    /// Degrees of freedom of the records that `holds` alone, as R's `degf` of a subset:
    /// sampling units with one of them minus their strata, or the rank of their replicate
    /// weights less one.
    #[must_use]
    pub fn freedom_of(&self, holds: impl Fn(usize) -> bool) -> f64 {
        self.plan.freedom_of(&holds)
    }

    /// The weight of each record.
    #[must_use]
    pub fn weights(&self) -> &'a [f64] {
        self.plan.weights()
    }

    /// All figures of a statistic, with their covariance.
    ///
    /// # Errors
    /// [`Unmeasured`] if one of them does not exist, or the design cannot tell.
    pub fn figures(&self, statistic: &dyn Statistic) -> Result<Figures, Unmeasured> {
        let values = statistic.at(self.weights()).ok_or(Unmeasured::Nobody)?;
        let members = self.plan.members(statistic);
        let covariance = self.plan.covariance(statistic, &values, &members)?;
        let freedom = self.plan.freedom(&members, self.conventions.freedom);
        Ok(Figures { values, covariance, freedom, n: people(members.n) })
    }

    /// One mean, share, ratio or total, with interval and design effect.
    ///
    /// # Errors
    /// [`Unmeasured::Nobody`] if it does not exist. It is without variance where the design
    /// cannot tell; [`Study::figures`] says why.
    pub fn estimate(&self, quotient: &Quotient<'_>) -> Result<Estimate, Unmeasured> {
        let one = std::slice::from_ref(quotient);
        let statistic = Quotients(one);
        let weights = self.weights();
        let members = self.plan.members(&statistic);
        let missing = if members.n > 0.0 { Unmeasured::Zero } else { Unmeasured::Nobody };
        let value = quotient.value(weights).ok_or(missing)?;
        if !value.is_finite() {
            return Err(Unmeasured::TooLarge);
        }
        let covariance = self.plan.covariance(&statistic, &[value], &members);
        let variance = covariance.ok().map(|covariance| covariance.at(0, 0));
        let variance = variance.filter(|variance| variance.is_finite());
        let freedom = self.plan.freedom(&members, self.conventions.freedom);
        let spread = quotient.spread(value, weights);
        let against = self.conventions.against;
        let of = Respondents { n: members.n, weight: members.weight };
        let estimate = Estimate {
            value,
            count: people(members.n),
            base: people(members.n),
            variance,
            interval: None,
            freedom,
            effect: variance.and_then(|v| effective::design(v, spread, of, against)),
            method: codes::WALD,
            set: false,
        };
        Ok(match quotient.kind {
            Kind::Share => self.share(&estimate, quotient, &members),
            _ => self.number(estimate),
        })
    }

    /// A number of one's own making, with an interval of Student's t.
    #[must_use]
    pub fn number(&self, estimate: Estimate) -> Estimate {
        let Estimate { value, freedom, .. } = estimate;
        let limits = estimate
            .variance
            .and_then(|v| interval::mean(value, v, freedom, self.conventions.level));
        estimate.within(limits, codes::WALD)
    }

    fn share(
        &self,
        estimate: &Estimate,
        quotient: &Quotient<'_>,
        members: &Members,
    ) -> Estimate {
        let method = self.conventions.share;
        let count = quotient.count(self.weights());
        let estimate = Estimate { count, ..estimate.clone() };
        let Some(proportion) = self.proportion(&estimate, members) else {
            return estimate.within(None, method.name());
        };
        if self.plan.is_fitted() && !self.conventions.as_in_r && is_set(proportion) {
            let effect = Some(0.0);
            return Estimate { set: true, effect, variance: effect, ..estimate }
                .within(None, codes::SET);
        }
        let level = self.conventions.level;
        let limits = match method {
            _ if !self.conventions.as_in_r => proportion.interval(method, level),
            ProportionMethod::ProfileLikelihood => {
                let (yes, no) = quotient.sides(self.weights());
                proportion.profile_as_in_r(level, &yes, &no)
            }
            _ => proportion.interval_as_in_r(method, level),
        };
        estimate.within(limits, method.name())
    }

    fn proportion(&self, estimate: &Estimate, members: &Members) -> Option<Proportion> {
        let effective = effective::base(members.weight, members.squares)?;
        let units = self.plan.clusters(members);
        Some(Proportion {
            p: estimate.value,
            variance: estimate.variance?,
            freedom: estimate.freedom,
            answered: members.n,
            fallback: units.map_or(effective, |units| effective.min(units)),
            at_most: (!self.conventions.as_in_r).then_some(members.n),
        })
    }
}

impl Figures {
    /// One of the figures as an estimate with an interval of Student's t.
    #[must_use]
    pub fn estimate(&self, figure: usize, level: f64) -> Estimate {
        let value = self.values.get(figure).copied().unwrap_or(f64::NAN);
        let variance = self.covariance.at(figure, figure);
        let limits: Option<Interval> = interval::mean(value, variance, self.freedom, level);
        Estimate {
            value,
            count: self.n,
            base: self.n,
            variance: Some(variance),
            interval: None,
            freedom: self.freedom,
            effect: None,
            method: codes::WALD,
            set: false,
        }
        .within(limits, codes::WALD)
    }
}
