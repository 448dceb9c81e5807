//! The beta distribution, that is the regularised incomplete beta function, and F.
//!
//! Takes two shapes and a point or a probability; gives a probability or a point.
//!
//! With F-ratio f = (x/a) / ((1−x)/b) both distributions are one: f is 1 at the mean of
//! the beta variable, and (a+b)x − a = ab(f−1)/(af+b) keeps the digits that x itself
//! loses when a and b are large. Everything here is computed from that excess.

use super::special::{LN_SQRT_2PI, continued_fraction, log1p_minus, stirling_error};
use super::tails::{Side, Tails, solve};
use super::{Distribution, probability};

/// The beta distribution with shapes a, b > 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
}

/// A point of the unit interval, described redundantly so that no digit is lost.
#[derive(Clone, Copy, Debug)]
struct Point {
    x: f64,
    log_x: f64,
    log_y: f64,
    /// (a+b)x − a.
    excess: f64,
}

impl Point {
    /// The same point seen from the other end, for the beta with shapes exchanged.
    fn turned(self) -> Self {
        let Self { log_x, log_y, excess, .. } = self;
        Self { x: libm::exp(log_y), log_x: log_y, log_y: log_x, excess: -excess }
    }
}

impl Beta {
    /// `None` unless both shapes are from 1e-10 to 1e15, the range that was tried; no
    /// survey comes near the ends.
    #[must_use]
    pub fn new(a: f64, b: f64) -> Option<Self> {
        let good = |shape: f64| (1e-10..=1e15).contains(&shape);
        (good(a) && good(b)).then_some(Self { a, b })
    }

    fn turned(self) -> Self {
        Self { a: self.b, b: self.a }
    }

    /// The point x, where 0 < x < 1.
    fn point(self, x: f64) -> Point {
        let (n, y) = (self.a + self.b, 1.0 - x);
        // One of x and y is exact; the fused product spends no digit on the rest.
        let excess = if x <= 0.5 { n.mul_add(x, -self.a) } else { -n.mul_add(y, -self.b) };
        Point { x, log_x: libm::log(x), log_y: libm::log1p(-x), excess }
    }

    /// The point at which the F-ratio is e^`log_ratio`.
    fn point_at(self, log_ratio: f64) -> Point {
        if log_ratio.abs() < 230.0 {
            return self.point_of(libm::exp(log_ratio), libm::expm1(log_ratio));
        }
        let odds = libm::log(self.a) - libm::log(self.b) + log_ratio;
        let shared = libm::log1p(libm::exp(-odds.abs()));
        let (log_x, log_y) = (odds.min(0.0) - shared, -odds.max(0.0) - shared);
        let (x, y) = (libm::exp(log_x), libm::exp(log_y));
        Point { x, log_x, log_y, excess: self.b * x - self.a * y }
    }

    /// The point at which the F-ratio is f > 0, where `f_minus_1` has its own digits.
    fn point_of(self, f: f64, f_minus_1: f64) -> Point {
        let Self { a, b } = self;
        let (x, y) = (a * f / (a * f + b), b / (a * f + b));
        let excess = a * f_minus_1 * y;
        Point { x, log_x: libm::log(x), log_y: libm::log(y), excess }
    }

    fn tails(self, x: f64) -> Tails {
        if x <= 0.0 {
            Tails::nothing_below()
        } else if x >= 1.0 {
            Tails::nothing_above()
        } else {
            self.tails_at(self.point(x))
        }
    }

    /// The tails when the F-ratio is f.
    pub(super) fn tails_of_ratio(self, f: f64) -> Tails {
        if f <= 0.0 {
            Tails::nothing_below()
        } else if f == f64::INFINITY {
            Tails::nothing_above()
        } else if (1e-100..1e100).contains(&f) {
            self.tails_at(self.point_of(f, f - 1.0))
        } else {
            self.tails_of_log_ratio(libm::log(f))
        }
    }

    /// The tails at e^`log_ratio`, for ratios beyond what an `f64` can hold.
    pub(super) fn tails_of_log_ratio(self, log_ratio: f64) -> Tails {
        self.tails_at(self.point_at(log_ratio))
    }

    /// The continued fraction converges below (a+1)/(a+b+2); above, the beta is turned.
    fn tails_at(self, at: Point) -> Tails {
        // (a+b+2)x − (a+1) = excess + 2x − 1.
        if at.excess + 2.0 * at.x - 1.0 <= 0.0 {
            self.tails_below(at)
        } else {
            self.turned().tails_below(at.turned()).turned()
        }
    }

    /// Iₓ(a,b) as density over the continued fraction of Didonato and Morris (1992),
    /// "Algorithm 708: significant digit computation of the incomplete beta function
    /// ratios", equation 9, in terms of λ = a − (a+b)x.
    fn tails_below(self, at: Point) -> Tails {
        let Self { a, b } = self;
        let Point { x, excess, .. } = at;
        let density = self.log_density(at);
        let fraction = continued_fraction(|m| {
            let rest = (a + m) * (1.0 - excess + m * (2.0 - x)) / (a + 2.0 * m + 1.0);
            if m < 0.5 {
                return (0.0, rest);
            }
            let under = a + 2.0 * m - 1.0;
            let w = m * (b - m) * x;
            let above = w * x * ((a + m - 1.0) / under) * ((a + b + m - 1.0) / under);
            (above, m + w / under + rest)
        });
        Tails::from_lower(density - libm::log(fraction), density)
    }

    /// ln(xᵃ(1−x)ᵇ/B(a,b)), the density on the logit scale: Loader (2000), equation 3
    /// (his binomial probability), times ab/(a+b).
    fn log_density(self, at: Point) -> f64 {
        let Self { a, b } = self;
        let n = a + b;
        let deviance = |shape: f64, log_share: f64, excess: f64| {
            let u = excess / shape;
            shape * if u < -0.5 { log_share + libm::log(n / shape) - u } else { log1p_minus(u) }
        };
        let errors = stirling_error(n) - stirling_error(a) - stirling_error(b);
        deviance(a, at.log_x, at.excess) + deviance(b, at.log_y, -at.excess) + errors
            - LN_SQRT_2PI
            + 0.5 * (libm::log(a) + libm::log(b / n))
    }

    /// The logarithm of the F-ratio at which a tail is `p`.
    pub(super) fn solve(self, p: f64, side: Side) -> f64 {
        solve(p, side, (-1e5, 1e5), |log_ratio| self.tails_of_log_ratio(log_ratio))
    }

    fn solve_x(self, p: f64, side: Side) -> f64 {
        self.point_at(self.solve(p, side)).x
    }
}

impl Distribution for Beta {
    fn cdf(&self, x: f64) -> f64 {
        libm::exp(self.tails(x).lower)
    }

    fn upper(&self, x: f64) -> f64 {
        libm::exp(self.tails(x).upper)
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        probability(p).map(|p| self.solve_x(p, Side::Lower))
    }

    fn upper_quantile(&self, q: f64) -> Option<f64> {
        probability(q).map(|q| self.solve_x(q, Side::Upper))
    }
}

/// Fisher's F; the degrees of freedom need not be whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FisherF {
    beta: Beta,
}

impl FisherF {
    /// `None` unless both degrees of freedom are from 2e-10 to 2e15.
    #[must_use]
    pub fn new(numerator: f64, denominator: f64) -> Option<Self> {
        Beta::new(numerator / 2.0, denominator / 2.0).map(|beta| Self { beta })
    }
}

impl Distribution for FisherF {
    fn cdf(&self, x: f64) -> f64 {
        libm::exp(self.beta.tails_of_ratio(x).lower)
    }

    fn upper(&self, x: f64) -> f64 {
        libm::exp(self.beta.tails_of_ratio(x).upper)
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        probability(p).map(|p| libm::exp(self.beta.solve(p, Side::Lower)))
    }

    fn upper_quantile(&self, q: f64) -> Option<f64> {
        probability(q).map(|q| libm::exp(self.beta.solve(q, Side::Upper)))
    }
}
