//! A raw estimate in its place.

use crate::estimate::{Estimate, Verdict};

/// A raw estimate in its place in a table, in the unit in which it is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The number; none if it does not exist.
    pub value: Option<f64>,
    /// The 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Respondents behind the number.
    pub count: u64,
    /// Respondents in its base.
    pub base: u64,
    /// Standard error.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Design effect against simple random sampling with replacement.
    pub deff: Option<f64>,
    /// How the interval was made.
    pub method: &'static str,
    /// Whether the weights were made to give this number, so that it has no interval.
    pub set: bool,
    /// How its column lies to the rest, where that was tested.
    pub verdict: Option<Verdict>,
    /// The letters of the columns that its column is higher than.
    pub letters: String,
}

impl Cell {
    pub(super) fn count_of(value: Option<f64>, base: u64) -> Self {
        Self { value, count: base, base, ..Self::default() }
    }

    pub(super) fn of(estimate: Option<&Estimate>, base: u64, unit: f64) -> Self {
        let Some(estimate) = estimate else { return Self { base, ..Self::default() } };
        Self {
            value: Some(estimate.value * unit),
            interval: estimate.interval.map(|(low, high)| (low * unit, high * unit)),
            count: estimate.count,
            base: estimate.base,
            se: estimate.variance.map(|v| v.max(0.0).sqrt() * unit),
            freedom: estimate.freedom,
            deff: estimate.effect,
            method: estimate.method,
            set: estimate.set,
            ..Self::default()
        }
    }
}
