//! How good weights are: their spread, their cost in precision, and what they miss.
//!
//! Takes weights (and what they were made from); gives numbers to print. Judges nothing:
//! a negative weight is counted here and refused, or not, by the caller.

use super::cells::sums_by;
use super::poststratify::relative;
use super::{Bounds, Margin};
use crate::stats::{count, effective};

/// The spread of weights and what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// How many records there are.
    pub records: usize,
    /// The sum of the weights.
    pub sum: f64,
    /// The smallest weight.
    pub smallest: f64,
    /// The largest weight.
    pub largest: f64,
    /// The largest over the smallest; `None` unless all weights are above zero.
    pub ratio: Option<f64>,
    /// Kish's design effect nΣw²/(Σw)², at least 1.
    pub design_effect: f64,
    /// One over the design effect: the share of the sample that is left.
    pub efficiency: f64,
    /// Kish's effective base (Σw)²/Σw².
    pub effective_base: f64,
    /// How many weights are below zero, as calibration without bounds may make them.
    pub negative: usize,
}

impl Quality {
    /// Looks at weights; `None` for no records, or weights that do not add up to more
    /// than zero.
    #[must_use]
    pub fn of(weights: &[f64]) -> Option<Self> {
        let sum: f64 = weights.iter().sum();
        let squares = weights.iter().map(|w| w * w).sum();
        let smallest = weights.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let design_effect = effective::weighting(count(weights.len()), sum, squares)?;
        Some(Self {
            records: weights.len(),
            sum,
            smallest,
            largest,
            ratio: (smallest > 0.0).then(|| largest / smallest),
            design_effect,
            efficiency: 1.0 / design_effect,
            effective_base: effective::base(sum, squares)?,
            negative: weights.iter().filter(|&&w| w < 0.0).count(),
        })
    }
}

/// The share of records whose final over base weight is at a bound, to nine digits;
/// `None` for no records. Where calibration has rescaled the base weights
/// ([`super::Calibrated::scale`]) the bounds are of the rescaled ones.
#[must_use]
pub fn share_at_bounds(weights: &[f64], base: &[f64], bounds: Bounds) -> Option<f64> {
    const DIGITS: f64 = 1e-9;
    let is_at = |ratio: f64, bound: f64| (ratio - bound).abs() <= DIGITS * bound.abs();
    let ratios = weights.iter().zip(base).filter(|(_, base)| **base > 0.0).map(|(w, d)| w / d);
    let at = ratios.filter(|r| is_at(*r, bounds.lower) || is_at(*r, bounds.upper)).count();
    (!weights.is_empty()).then(|| count(at) / count(weights.len()))
}

/// How far a margin is from one of its targets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap {
    /// The margin.
    pub margin: usize,
    /// The code within it.
    pub code: usize,
    /// The distance of the sum of the weights from the target, in targets; the sum itself
    /// where the target is 0.
    pub error: f64,
}

impl Gap {
    /// The wider of two; this one if they are alike.
    pub(super) fn or(self, other: Self) -> Self {
        if other.error > self.error || other.error.is_nan() { other } else { self }
    }
}

/// The target that weights miss by most, for instance after trimming; `None` when there
/// is no target.
#[must_use]
pub fn largest_gap(weights: &[f64], margins: &[Margin<'_>]) -> Option<Gap> {
    let gaps = margins.iter().enumerate().flat_map(|(margin, Margin { codes, targets })| {
        let sums = sums_by(codes, targets.len(), weights.iter().copied());
        let pairs = sums.into_iter().zip(targets.iter());
        let errors = pairs.map(|(sum, target)| relative(sum, *target));
        errors.enumerate().map(move |(code, error)| Gap { margin, code, error })
    });
    gaps.reduce(Gap::or)
}
