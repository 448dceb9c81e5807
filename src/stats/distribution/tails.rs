//! Both tails of a distribution as logarithms, and the inverse by Newton's method.
//!
//! Takes a function that gives the tails at a point; gives probabilities and quantiles.
//! Logarithms, so that a tail of 1e-300 has the same relative error as one of 0.3.

use super::special::log_complement;

/// The two tails at a point, and the density there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tails {
    /// ln P(X ≤ x).
    pub(super) lower: f64,
    /// ln P(X > x).
    pub(super) upper: f64,
    /// ln of the density with respect to the variable that [`solve`] moves.
    pub(super) density: f64,
}

impl Tails {
    /// From the logarithm of the lower tail.
    pub(super) fn from_lower(lower: f64, density: f64) -> Self {
        let lower = lower.min(0.0);
        Self { lower, upper: log_complement(lower), density }
    }

    /// From the logarithm of the upper tail.
    pub(super) fn from_upper(upper: f64, density: f64) -> Self {
        let upper = upper.min(0.0);
        Self { lower: log_complement(upper), upper, density }
    }

    /// All probability is above the point.
    pub(super) fn nothing_below() -> Self {
        Self { lower: f64::NEG_INFINITY, upper: 0.0, density: f64::NEG_INFINITY }
    }

    /// All probability is below the point.
    pub(super) fn nothing_above() -> Self {
        Self { lower: 0.0, upper: f64::NEG_INFINITY, density: f64::NEG_INFINITY }
    }

    /// Lower and upper tail exchanged.
    pub(super) fn turned(self) -> Self {
        Self { lower: self.upper, upper: self.lower, density: self.density }
    }
}

/// Which tail a probability is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// P(X ≤ x).
    Lower,
    /// P(X > x).
    Upper,
}

/// The point, on a logarithmic scale, at which a tail is `probability`; starts from 0.
///
/// The density is log-concave on that scale for gamma and beta, hence so are both tails
/// (Prékopa 1973, theorem 2), and Newton's method on ln(tail) converges from anywhere.
/// `range` keeps an overshoot inside the numbers that can be written. The tail that is
/// under one half is solved for: the other one has lost the digits.
pub(super) fn solve(
    probability: f64,
    side: Side,
    range: (f64, f64),
    tails: impl Fn(f64) -> Tails,
) -> f64 {
    let lower = (side == Side::Lower) == (probability <= 0.5);
    let target = libm::log(if probability <= 0.5 { probability } else { 1.0 - probability });
    let mut at: f64 = 0.0;
    for _ in 0..200 {
        let tail = tails(at);
        let (height, sign) = if lower { (tail.lower, 1.0) } else { (tail.upper, -1.0) };
        let step = sign * (height - target) * libm::exp(height - tail.density);
        let next = (at - step).clamp(range.0, range.1);
        let moved = (next - at).abs();
        at = next;
        if moved <= 1e-11 {
            break;
        }
    }
    at
}
