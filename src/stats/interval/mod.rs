//! Confidence intervals for a proportion and a mean under a design.
//!
//! Takes an estimate, its design variance and degrees of freedom; gives two limits. It
//! knows nothing of how the variance came about. All methods but Wald's rest on the
//! effective sample size p(1−p)/v; where the variance is 0 (everybody or nobody gave the
//! answer) on one that the caller supplies, so that 0 % and 100 % have a width too.

mod grid;
mod profile;

#[cfg(test)]
mod tests;

use super::distribution::{Beta, Distribution, StudentT};

/// Two limits, low to high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower limit.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
}

impl Interval {
    /// The interval e ± half.
    fn about(centre: f64, half: f64) -> Self {
        Self { low: centre - half, high: centre + half }
    }
}

/// How an interval for a proportion is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProportionMethod {
    /// p ± t·se; may leave the unit interval, has no width at 0 and 1.
    WaldT,
    /// Wald's on the logit scale (`svyciprop` method `logit`); none at 0 and 1.
    Logit,
    /// Beta limits on an adjusted effective size: Korn and Graubard (1998), "Confidence
    /// intervals for proportions with small expected number of positive counts estimated
    /// from survey data", section 2.
    KornGraubardBeta,
    /// Wilson (1927), "Probable inference, the law of succession, and statistical
    /// inference", with the effective size for n and t for z.
    WilsonEffectiveN,
    /// Wald's on the scale arcsin √p (`svyciprop` method `asin`), cut off at 0 and 1, where
    /// R folds the angle back.
    Arcsine,
    /// The p whose binomial deviance, scaled to the design variance, stays under t²:
    /// Rao and Scott (1984), "On chi-squared tests for multiway contingency tables with
    /// cell proportions estimated from survey data".
    ProfileLikelihood,
}

impl ProportionMethod {
    /// All methods.
    pub const ALL: [Self; 6] = [
        Self::WaldT,
        Self::Logit,
        Self::KornGraubardBeta,
        Self::WilsonEffectiveN,
        Self::Arcsine,
        Self::ProfileLikelihood,
    ];

    /// The name in a poll file and in a reference case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WaldT => "wald_t",
            Self::Logit => "logit",
            Self::KornGraubardBeta => "korn_graubard_beta",
            Self::WilsonEffectiveN => "wilson_effective_n",
            Self::Arcsine => "arcsine",
            Self::ProfileLikelihood => "profile_likelihood",
        }
    }

    /// The method of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// An estimated proportion and what is known of its precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// The estimate p, from 0 to 1.
    pub p: f64,
    /// Its design variance v.
    pub variance: f64,
    /// Degrees of freedom of the design.
    pub freedom: f64,
    /// n: how many answered, unweighted.
    pub answered: f64,
    /// The effective size where the variance is 0: (Σw)²/Σw², at most the number of
    /// sampling units when clustered.
    pub fallback: f64,
    /// What Korn and Graubard's effective size may not exceed: `Some(n)` in published
    /// tables; `None` gives R's `svyciprop`, which has no such bound, and whose arcsine
    /// takes an angle below 0 or above a right one for its mirror image.
    pub at_most: Option<f64>,
}

impl Proportion {
    /// The interval at a confidence level such as 0.95. `None` where it does not exist:
    /// no degrees of freedom, no effective size, or the logit at 0 and 1.
    #[must_use]
    pub fn interval(&self, method: ProportionMethod, level: f64) -> Option<Interval> {
        let t = t_value(self.freedom, level)?;
        if !(0.0..=1.0).contains(&self.p) || self.variance.is_nan() {
            return None;
        }
        let interval = match method {
            ProportionMethod::WaldT => mean_with(self.p, self.variance, t),
            ProportionMethod::Logit => self.logit(t),
            ProportionMethod::KornGraubardBeta => self.korn_graubard(t, level),
            ProportionMethod::WilsonEffectiveN => Some(wilson(self.p, self.size()?, t)),
            ProportionMethod::Arcsine => {
                let as_in_r = self.at_most.is_none();
                Some(arcsine(self.p, self.size()?, t, as_in_r))
            }
            ProportionMethod::ProfileLikelihood => {
                profile::interval(self.p, self.size()?, self.answered, t)
            }
        };
        // Not so when a limit overflowed on the way.
        interval.filter(|interval| interval.low <= interval.high)
    }

    /// The profile likelihood with the numerical errors of R's `svyciprop`, which differs
    /// from [`ProportionMethod::ProfileLikelihood`] by 1e-6 to 1e-3 of the limit, most in
    /// small samples. For comparison with R only. `yes` and `no` are the weights of those
    /// who gave the answer and of the others.
    #[must_use]
    pub fn profile_as_in_r(&self, level: f64, yes: &[f64], no: &[f64]) -> Option<Interval> {
        let t = t_value(self.freedom, level)?;
        if !self.has_variance() || yes.is_empty() || no.is_empty() {
            return None;
        }
        grid::interval(self, t, grid::first_logit(yes, no))
    }

    /// p(1−p)/v, or the fallback where v is 0.
    fn size(&self) -> Option<f64> {
        let size = if self.has_variance() {
            self.p * (1.0 - self.p) / self.variance
        } else {
            self.fallback
        };
        (size > 0.0 && size.is_finite()).then_some(size)
    }

    fn has_variance(&self) -> bool {
        self.variance > 0.0 && self.p > 0.0 && self.p < 1.0
    }

    fn logit(&self, t: f64) -> Option<Interval> {
        let Self { p, .. } = *self;
        let spread = (self.size()? * p * (1.0 - p)).sqrt();
        let logit = libm::log(p) - libm::log1p(-p);
        (p > 0.0 && p < 1.0).then(|| {
            let Interval { low, high } = Interval::about(logit, t / spread);
            Interval { low: logistic(low), high: logistic(high) }
        })
    }

    /// Clopper and Pearson's limits with x of n where x = pn; Korn and Graubard (1998):
    /// the effective n is p(1−p)/v times (t(n−1)/t(df))².
    fn korn_graubard(&self, t: f64, level: f64) -> Option<Interval> {
        /// So few of the effective sample that the limit is 0 in every digit.
        const NOBODY: f64 = 1e-9;
        let plain = self.size()?;
        let adjusted = if self.has_variance() {
            let ratio = t_value(self.answered - 1.0, level)? / t;
            plain * ratio * ratio
        } else {
            plain
        };
        let n = self.at_most.map_or(adjusted, |most| adjusted.min(most));
        let (yes, no) = (n * self.p, n * (1.0 - self.p));
        let tail = (1.0 - level) / 2.0;
        Some(Interval {
            low: if yes > NOBODY { Beta::new(yes, no + 1.0)?.quantile(tail)? } else { 0.0 },
            high: if no > NOBODY {
                Beta::new(yes + 1.0, no)?.upper_quantile(tail)?
            } else {
                1.0
            },
        })
    }
}

/// The interval of a mean: estimate ± t·√variance. `None` without degrees of freedom.
#[must_use]
pub fn mean(estimate: f64, variance: f64, freedom: f64, level: f64) -> Option<Interval> {
    mean_with(estimate, variance, t_value(freedom, level)?)
}

fn mean_with(estimate: f64, variance: f64, t: f64) -> Option<Interval> {
    (variance >= 0.0).then(|| Interval::about(estimate, t * variance.sqrt()))
}

/// The two-sided quantile of Student's t. `None` without degrees of freedom.
pub(super) fn t_value(freedom: f64, level: f64) -> Option<f64> {
    StudentT::new(freedom)?.upper_quantile((1.0 - level) / 2.0)
}

/// Wilson (1927): the p whose score test does not reject.
fn wilson(p: f64, n: f64, t: f64) -> Interval {
    let square = t * t / n;
    let half = t * ((p * (1.0 - p) + square / 4.0) / n).sqrt();
    let Interval { low, high } = Interval::about(p + square / 2.0, half);
    let limit = |x: f64| (x / (1.0 + square)).clamp(0.0, 1.0);
    // At 0 and 1 the nearer limit is exact; the difference would leave dust.
    Interval {
        low: if p > 0.0 { limit(low) } else { 0.0 },
        high: if p < 1.0 { limit(high) } else { 1.0 },
    }
}

/// The variance of arcsin √p is 1/(4n): Anscombe (1948), "The transformation of Poisson,
/// binomial and negative-binomial data", section 3.
fn arcsine(p: f64, n: f64, t: f64, mirrored: bool) -> Interval {
    let angle = libm::asin(p.sqrt());
    let Interval { low, high } = Interval::about(angle, t / (2.0 * n.sqrt()));
    let back = |angle: f64| libm::pow(libm::sin(angle), 2.0);
    if mirrored {
        return Interval { low: back(low), high: back(high) };
    }
    Interval {
        low: back(low.max(0.0)),
        high: if high < core::f64::consts::FRAC_PI_2 { back(high) } else { 1.0 },
    }
}

/// 1/(1 + e⁻ˣ).
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}
