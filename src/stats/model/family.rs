//! Families: how the mean of the response follows from the sum of the terms, and how the
//! variance follows from the mean (Nelder and Wedderburn 1972, "Generalized linear
//! models", section 1). Bounds that keep numbers finite are those of R's `make.link`.

use crate::stats::distribution::{Distribution, Normal};

/// How the mean of a share follows from the sum of the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Logistic.
    Logit,
    /// Normal.
    Probit,
    /// Complementary log-log.
    CLogLog,
}

/// The family of a model. A quasi-family gives the same figures as its namesake, because
/// the variance comes from the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Numbers; identity.
    Gaussian,
    /// Shares, or yes and no.
    Binomial(Link),
    /// Counts; logarithm.
    Poisson,
}

/// Beyond this the logistic function is taken as flat.
const FLAT: f64 = 30.0;

impl Family {
    /// The family of a name as R's users type it: `quasibinomial`, `quasibinomial()`,
    /// `binomial(link = "probit")`; `None` for others.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let plain = |c: &char| !c.is_whitespace() && !matches!(c, '"' | '\'' | ')');
        let text: String = text.chars().filter(plain).collect();
        let (name, link) = text.split_once('(').unwrap_or((&text, ""));
        let link = link.strip_prefix("link=").unwrap_or(link);
        match (name.strip_prefix("quasi").unwrap_or(name), link) {
            ("gaussian", "" | "identity") if name == "gaussian" => Some(Self::Gaussian),
            ("binomial", "" | "logit") => Some(Self::Binomial(Link::Logit)),
            ("binomial", "probit") => Some(Self::Binomial(Link::Probit)),
            ("binomial", "cloglog") => Some(Self::Binomial(Link::CLogLog)),
            ("poisson", "" | "log") => Some(Self::Poisson),
            _ => None,
        }
    }

    /// What a response can be, and whether one is.
    pub(super) fn range(self) -> (&'static str, fn(f64) -> bool) {
        match self {
            Self::Gaussian => ("finite numbers", f64::is_finite),
            Self::Binomial(_) => ("0 to 1", |y| (0.0..=1.0).contains(&y)),
            Self::Poisson => ("counts, which are not negative", |y| y >= 0.0 && y.is_finite()),
        }
    }

    /// The mean that the steps start from, of a response and its weight.
    pub(super) fn start(self, response: f64, weight: f64) -> f64 {
        match self {
            Self::Gaussian => response,
            Self::Binomial(_) => (weight * response + 0.5) / (weight + 1.0),
            Self::Poisson => response + 0.1,
        }
    }

    /// The sum of the terms that has a given mean.
    pub(super) fn link(self, mean: f64) -> f64 {
        match self {
            Self::Gaussian => mean,
            Self::Binomial(Link::Logit) => libm::log(mean / (1.0 - mean)),
            Self::Binomial(Link::Probit) => Normal.quantile(mean).unwrap_or(0.0),
            Self::Binomial(Link::CLogLog) => libm::log(-libm::log1p(-mean)),
            Self::Poisson => libm::log(mean),
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(self, sum: f64) -> f64 {
        let inside = |share: f64| share.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        match self {
            Self::Gaussian => sum,
            Self::Binomial(Link::Logit) if sum < -FLAT => f64::EPSILON / (1.0 + f64::EPSILON),
            Self::Binomial(Link::Logit) if sum > FLAT => 1.0 / (1.0 + f64::EPSILON),
            Self::Binomial(Link::Logit) => {
                let odds = libm::exp(sum);
                odds / (1.0 + odds)
            }
            Self::Binomial(Link::Probit) => inside(Normal.cdf(sum)),
            Self::Binomial(Link::CLogLog) => inside(-libm::expm1(-libm::exp(sum))),
            Self::Poisson => libm::exp(sum).max(f64::EPSILON),
        }
    }

    /// The first derivative of the mean.
    #[must_use]
    pub fn slope(self, sum: f64) -> f64 {
        match self {
            Self::Gaussian => 1.0,
            Self::Binomial(Link::Logit) if sum.abs() > FLAT => f64::EPSILON,
            Self::Binomial(Link::Logit) => {
                let odds = libm::exp(sum);
                odds / ((1.0 + odds) * (1.0 + odds))
            }
            Self::Binomial(Link::Probit) => density(sum).max(f64::EPSILON),
            Self::Binomial(Link::CLogLog) => {
                let hazard = libm::exp(sum.min(700.0));
                (hazard * libm::exp(-hazard)).max(f64::EPSILON)
            }
            Self::Poisson => libm::exp(sum).max(f64::EPSILON),
        }
    }

    /// The second derivative of the mean.
    #[must_use]
    pub fn curvature(self, sum: f64) -> f64 {
        match self {
            Self::Gaussian => 0.0,
            Self::Binomial(Link::Logit) => self.slope(sum) * (1.0 - 2.0 * self.mean(sum)),
            Self::Binomial(Link::Probit) => -sum * density(sum),
            Self::Binomial(Link::CLogLog) => {
                self.slope(sum) * (1.0 - libm::exp(sum.min(700.0)))
            }
            Self::Poisson => self.slope(sum),
        }
    }

    /// The variance of a response with a given mean, but for the dispersion.
    pub(super) fn variance(self, mean: f64) -> f64 {
        match self {
            Self::Gaussian => 1.0,
            Self::Binomial(_) => mean * (1.0 - mean),
            Self::Poisson => mean,
        }
    }

    /// A record's part of the deviance, at a weight of 1.
    pub(super) fn deviance(self, response: f64, mean: f64) -> f64 {
        match self {
            Self::Gaussian => (response - mean) * (response - mean),
            Self::Binomial(_) => {
                let (not, not_mean) = (1.0 - response, 1.0 - mean);
                2.0 * (surprise(response, mean) + surprise(not, not_mean))
            }
            Self::Poisson => 2.0 * (surprise(response, mean) - (response - mean)),
        }
    }
}

/// y log(y/μ), which is 0 at y = 0.
fn surprise(response: f64, mean: f64) -> f64 {
    if response > 0.0 { response * libm::log(response / mean) } else { 0.0 }
}

/// The density of the standard normal distribution.
fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt()
}
