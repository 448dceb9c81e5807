//! Probability distributions: tails and quantiles.
//!
//! Takes parameters and numbers; gives probabilities and points, to about 1e-12 relative
//! down to the smallest numbers that can be written. Written on `libm` alone so that the
//! same digits come out on every machine. Nothing here gives NaN for a number: parameters
//! are checked once by `new`, and a quantile of something that is no probability is
//! `None`.

mod beta;
mod gamma;
mod inversion;
mod mixture;
mod normal;
mod roots;
mod special;
mod student;
mod tails;

#[cfg(test)]
mod tests;

pub use beta::{Beta, FisherF};
pub use gamma::{ChiSquared, Gamma};
pub use mixture::{ChiSquaredMixture, Scaled};
pub use normal::Normal;
pub use student::StudentT;

/// A continuous distribution.
pub trait Distribution {
    /// P(X ≤ x).
    fn cdf(&self, x: f64) -> f64;

    /// P(X > x), with its own digits where it is small.
    fn upper(&self, x: f64) -> f64;

    /// The x with P(X ≤ x) = p; `None` unless 0 < p < 1.
    fn quantile(&self, p: f64) -> Option<f64>;

    /// The x with P(X > x) = q; `None` unless 0 < q < 1.
    fn upper_quantile(&self, q: f64) -> Option<f64>;
}

/// The number, if it lies strictly between 0 and 1.
fn probability(p: f64) -> Option<f64> {
    (p > 0.0 && p < 1.0).then_some(p)
}
