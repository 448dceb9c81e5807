//! The gamma distribution with scale 1, that is the incomplete gamma functions, and
//! chi-squared.
//!
//! Takes a shape and a point or a probability; gives a probability or a point.

use super::special::{LN_SQRT_2PI, continued_fraction, log1p_minus, stirling_error};
use super::tails::{Side, Tails, solve};
use super::{Distribution, probability};

/// The gamma distribution with a shape a > 0 and scale 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
}

impl Gamma {
    /// `None` unless the shape is from 1e-10 to 1e10, the range that was tried; no survey
    /// comes near the ends.
    #[must_use]
    pub fn new(shape: f64) -> Option<Self> {
        (1e-10..=1e10).contains(&shape).then_some(Self { shape })
    }

    fn tails(self, x: f64) -> Tails {
        if x <= 0.0 {
            return Tails::nothing_below();
        }
        if x == f64::INFINITY {
            return Tails::nothing_above();
        }
        self.tails_at(x, libm::log(x), x - self.shape)
    }

    /// The tails at e^`log_x`, where `excess` is x − a with its own digits.
    ///
    /// Below a + 1 by the series of Abramowitz and Stegun (1964), 6.5.29, above by the
    /// continued fraction of Legendre, 6.5.31 in its even form (DLMF 8.9.2).
    fn tails_at(self, x: f64, log_x: f64, excess: f64) -> Tails {
        let a = self.shape;
        let front = self.log_front(log_x, excess);
        let density = front + libm::log(a);
        if excess < 1.0 {
            return Tails::from_lower(front + libm::log(series(a, x)), density);
        }
        let fraction = continued_fraction(|m| (m * (a - m), excess + 1.0 + 2.0 * m));
        Tails::from_upper(density - libm::log(fraction), density)
    }

    /// ln(xᵃe⁻ˣ/Γ(a+1)) by Loader (2000), equation 4 (his Poisson probability).
    fn log_front(self, log_x: f64, excess: f64) -> f64 {
        let a = self.shape;
        let u = excess / a;
        let deviance = if u < -0.5 { log_x - libm::log(a) - u } else { log1p_minus(u) };
        a * deviance - stirling_error(a) - LN_SQRT_2PI - 0.5 * libm::log(a)
    }

    /// The point as a multiple of the mean, on a log scale.
    fn solve(self, p: f64, side: Side) -> f64 {
        let a = self.shape;
        // Chernoff's bound puts every representable upper tail below this multiple.
        let most = libm::log(2.0 + 8000.0 / a);
        let at = solve(p, side, (-1e5, most), |log_ratio| {
            let x = a * libm::exp(log_ratio);
            self.tails_at(x, libm::log(a) + log_ratio, a * libm::expm1(log_ratio))
        });
        a * libm::exp(at)
    }
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut next) = (1.0, 1.0, a + 1.0);
    while term > sum * (0.1 * f64::EPSILON) {
        term *= x / next;
        sum += term;
        next += 1.0;
    }
    sum
}

impl Distribution for Gamma {
    fn cdf(&self, x: f64) -> f64 {
        libm::exp(self.tails(x).lower)
    }

    fn upper(&self, x: f64) -> f64 {
        libm::exp(self.tails(x).upper)
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        probability(p).map(|p| self.solve(p, Side::Lower))
    }

    fn upper_quantile(&self, q: f64) -> Option<f64> {
        probability(q).map(|q| self.solve(q, Side::Upper))
    }
}

/// Chi-squared: twice a gamma variable whose shape is half the degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquared {
    half: Gamma,
}

impl ChiSquared {
    /// `None` unless the degrees of freedom are from 2e-10 to 2e10; they need not be
    /// whole.
    #[must_use]
    pub fn new(freedom: f64) -> Option<Self> {
        Gamma::new(freedom / 2.0).map(|half| Self { half })
    }
}

impl Distribution for ChiSquared {
    fn cdf(&self, x: f64) -> f64 {
        self.half.cdf(x / 2.0)
    }

    fn upper(&self, x: f64) -> f64 {
        self.half.upper(x / 2.0)
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        self.half.quantile(p).map(|x| 2.0 * x)
    }

    fn upper_quantile(&self, q: f64) -> Option<f64> {
        self.half.upper_quantile(q).map(|x| 2.0 * x)
    }
}
