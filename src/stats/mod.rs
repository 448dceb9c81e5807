//! Ground floor: the mathematics of survey estimates, on slices and sums.
//!
//! Takes numbers that other rooms have counted and added up: sums of weights by stratum
//! and cell, totals by sampling unit, sorted values, estimates with their variances. Gives
//! variances, intervals, quantiles, tests and rounded numbers. It knows no frames, files,
//! labels or polls, and only the crate `libm`, so that the same digits come out on every
//! machine. A value that does not exist is `None` or an error that says why; nothing here
//! gives NaN, or 0 for unknown.
//!
//! The conventions are those of R survey 4.5 (Lumley 2004, "Analysis of complex survey
//! samples"); where this room departs from it, the doc comment of the function says so.

pub mod calibrate;
pub mod distribution;
pub mod effective;
pub mod interval;
pub mod matrix;
pub mod model;
pub mod multistage;
pub mod quantile;
pub mod rank;
pub mod replicate;
pub mod rounding;
pub mod test;
pub mod unequal;
pub mod variance;

pub use distribution::Distribution;
pub use interval::{Interval, Proportion, ProportionMethod};
pub use variance::{SingleUnit, Stratum};

/// A number of things as a number to compute with; exact up to 2⁵³.
#[allow(clippy::cast_precision_loss, reason = "no survey has 2^53 respondents")]
pub(crate) fn count(n: usize) -> f64 {
    n as f64
}
