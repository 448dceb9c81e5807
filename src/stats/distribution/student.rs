//! Student's t.
//!
//! Takes degrees of freedom and a point or a probability; gives the other. t² is an F
//! with 1 and the same degrees of freedom (Abramowitz and Stegun 1964, 26.7.1).

use super::tails::Side;
use super::{Beta, Distribution, Normal, probability};

/// Student's t; the degrees of freedom need not be whole and may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StudentT {
    /// Of the F-ratio t²; none when t is as good as normal.
    square: Option<Beta>,
}

impl StudentT {
    /// `None` unless the degrees of freedom are at least 2e-10. Above 1e15, where the
    /// difference can no longer be written, t is normal.
    #[must_use]
    pub fn new(freedom: f64) -> Option<Self> {
        if freedom > 1e15 {
            return Some(Self { square: None });
        }
        Beta::new(0.5, freedom / 2.0).map(|beta| Self { square: Some(beta) })
    }

    /// The two-sided p-value P(|T| > |t|).
    #[must_use]
    pub fn two_sided(&self, t: f64) -> f64 {
        match self.square {
            None => 2.0 * Normal.upper(t.abs()),
            Some(beta) => libm::exp(beta.tails_of_ratio_of(t).upper),
        }
    }

    /// The t > 0 whose tail is `q` < ½. In the middle half it is the mass about 0 that
    /// is small, and therefore solved for.
    fn solve(beta: Beta, q: f64) -> f64 {
        let log_ratio = if q < 0.25 {
            beta.solve(2.0 * q, Side::Upper)
        } else {
            beta.solve(1.0 - 2.0 * q, Side::Lower)
        };
        libm::exp(0.5 * log_ratio)
    }
}

impl Beta {
    /// The tails of t², also where t² is beyond an `f64`.
    fn tails_of_ratio_of(self, t: f64) -> super::tails::Tails {
        let square = t * t;
        if t != 0.0 && t.is_finite() && !(1e-100..1e100).contains(&square) {
            self.tails_of_log_ratio(2.0 * libm::log(t.abs()))
        } else {
            self.tails_of_ratio(square)
        }
    }
}

impl Distribution for StudentT {
    fn cdf(&self, t: f64) -> f64 {
        self.upper(-t)
    }

    fn upper(&self, t: f64) -> f64 {
        let Some(beta) = self.square else { return Normal.upper(t) };
        let tails = beta.tails_of_ratio_of(t);
        if t > 0.0 { 0.5 * libm::exp(tails.upper) } else { 0.5 + 0.5 * libm::exp(tails.lower) }
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        self.upper_quantile(p).map(|t| -t)
    }

    fn upper_quantile(&self, q: f64) -> Option<f64> {
        let q = probability(q)?;
        let Some(beta) = self.square else { return Normal.upper_quantile(q) };
        Some(match q.total_cmp(&0.5) {
            core::cmp::Ordering::Less => Self::solve(beta, q),
            core::cmp::Ordering::Equal => 0.0,
            core::cmp::Ordering::Greater => -Self::solve(beta, 1.0 - q),
        })
    }
}
