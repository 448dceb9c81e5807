//! Variances from replicate weights.
//!
//! Takes replicate weights that came with the data, or makes them from the first stage of
//! a design; gives the weights of each replicate, the covariance of an estimate from its
//! values at the replicates, and degrees of freedom. The statistic is the caller's: it is
//! worked out once with the base weights and once with the weights of each replicate, and
//! for a domain with the weights of the others left out or set to zero. It never sees an
//! answer.
//!
//! Kinds, scales and centring are those of `svrepdesign`, `as.svrepdesign` and `svrVar` of
//! R survey 4.5; see Wolter (2007), "Introduction to Variance Estimation", chapters 3 to 5.

mod covariance;
mod error;
mod given;
mod hadamard;
mod make;
mod random;
mod rank;
mod recipe;
#[cfg(test)]
mod tests;
mod units;

pub use covariance::Fold;
pub use error::ReplicateError;
pub use given::{Given, Kind};
pub use make::Draw;

use self::rank::Triangle;
use self::recipe::Recipe;
use self::units::Units;
use super::count;
use super::matrix::Matrix;

/// A set of replicate weights.
#[derive(Clone, Debug)]
pub struct Replicates {
    source: Source,
    scale: f64,
    rscales: Vec<f64>,
    mse: bool,
    freedom: Option<f64>,
}

/// Where the weights come from.
#[derive(Clone, Debug)]
enum Source {
    /// A factor for each unit and replicate.
    Made { units: Units, recipe: Recipe },
    /// A weight or factor for each record and replicate.
    Given { columns: Vec<Vec<f64>>, combined: bool },
}

impl Replicates {
    /// The same replicates, with deviations from the full-sample estimate if `mse`, and
    /// otherwise from the mean of the replicates, which made ones have at first.
    #[must_use]
    pub fn with_mse(self, mse: bool) -> Self {
        Self { mse, ..self }
    }

    /// How many replicates there are; at least one.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.rscales.len()
    }

    /// What the sum over replicates is multiplied by.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// What the term of each replicate is multiplied by.
    #[must_use]
    pub fn rscales(&self) -> &[f64] {
        &self.rscales
    }

    /// Whether deviations are from the full-sample estimate.
    #[must_use]
    pub fn mse(&self) -> bool {
        self.mse
    }

    /// The number of each record's first-stage unit, if the replicates were made: with
    /// [`Self::factors`], sums by unit give the sums of every replicate.
    #[must_use]
    pub fn units(&self) -> Option<&[usize]> {
        match &self.source {
            Source::Made { units, .. } => Some(&units.of_record),
            Source::Given { .. } => None,
        }
    }

    /// Writes the factor of each unit at replicate `r`, or of each record if the weights
    /// were given and are not combined; nothing for combined weights or beyond the last
    /// replicate.
    pub fn factors(&self, r: usize, out: &mut Vec<f64>) {
        out.clear();
        match &self.source {
            Source::Made { .. } if r >= self.len() => {}
            Source::Made { units, recipe } => recipe.factors(r, units.len(), out),
            Source::Given { columns, combined: false } => {
                out.extend(columns.get(r).into_iter().flatten());
            }
            Source::Given { combined: true, .. } => {}
        }
    }

    /// Writes the weight of each record at replicate `r`, given the base weights of all
    /// records; nothing beyond the last replicate.
    pub fn weights(&self, r: usize, base: &[f64], out: &mut Vec<f64>) {
        self.factors(r, out);
        match &self.source {
            Source::Made { units, .. } => {
                let factors = std::mem::take(out);
                let pairs = base.iter().zip(&units.of_record);
                let weight =
                    |(weight, unit): (&f64, &usize)| Some(weight * factors.get(*unit)?);
                out.extend(pairs.filter_map(weight));
            }
            Source::Given { combined: false, .. } => {
                for (factor, weight) in out.iter_mut().zip(base) {
                    *factor *= weight;
                }
            }
            Source::Given { columns, combined: true } => {
                out.extend(columns.get(r).into_iter().flatten());
            }
        }
    }

    /// Degrees of freedom: those given with the weights, or else the rank of the replicate
    /// weights less one, of the records of a domain if `domain` says which they are.
    ///
    /// `None` when no record of the domain has a weight. As in R, a domain may have more
    /// degrees of freedom than it has units less strata.
    #[must_use]
    pub fn freedom(&self, base: &[f64], domain: Option<&[bool]>) -> Option<f64> {
        if self.freedom.is_some() {
            return self.freedom;
        }
        let inside = |record: usize| {
            domain.is_none_or(|domain| domain.get(record).copied().unwrap_or(false))
        };
        let rank = match &self.source {
            Source::Made { units, recipe } => {
                recipe.rank(units, &weights_of_units(units, base, inside))
            }
            Source::Given { columns, combined } => {
                let mut triangle = Triangle::new(columns.len());
                for (record, weight) in base.iter().enumerate().filter(|(r, _)| inside(*r)) {
                    let weight = if *combined { 1.0 } else { *weight };
                    let row = columns.iter().filter_map(|column| column.get(record));
                    triangle.push(row.map(|value| value * weight));
                }
                triangle.rank()
            }
        };
        (rank > 0).then(|| count(rank) - 1.0)
    }

    /// Begins a covariance to which the values at the replicates are added one after the
    /// other; `full` holds the k estimates from the full sample.
    #[must_use]
    pub fn fold(&self, full: &[f64]) -> Fold<'_> {
        Fold::new(self, full)
    }

    /// The covariance, k × k, of the k estimates `full` from the full sample, given their
    /// values at each replicate.
    ///
    /// # Errors
    /// As in [`Fold::covariance`]; [`ReplicateError::Length`] if the replicates are not as
    /// many as there are.
    pub fn covariance(
        &self,
        full: &[f64],
        by_replicate: &[Vec<f64>],
    ) -> Result<Matrix, ReplicateError> {
        let (want, got) = (self.len(), by_replicate.len());
        if want != got {
            return Err(ReplicateError::Length { want, got });
        }
        let mut fold = self.fold(full);
        for (r, values) in by_replicate.iter().enumerate() {
            fold.add(r, values);
        }
        fold.covariance()
    }
}

/// √Σw² of the records of each unit inside: one row of that length stands for them all,
/// since their replicate weights are the same but for a factor.
fn weights_of_units(units: &Units, base: &[f64], inside: impl Fn(usize) -> bool) -> Vec<f64> {
    let mut squares = vec![0.0; units.len()];
    for (record, (unit, weight)) in units.of_record.iter().zip(base).enumerate() {
        if let Some(square) = squares.get_mut(*unit).filter(|_| inside(record)) {
            *square += weight * weight;
        }
    }
    squares.into_iter().map(f64::sqrt).collect()
}
