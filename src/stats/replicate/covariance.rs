//! The covariance of an estimate from its values at the replicates.
//!
//! Takes the estimate at each replicate, one after the other, and keeps none of them;
//! gives scale · Σ rscale (θ at the replicate − centre)(the same)ᵀ, the centre being the
//! full-sample estimate or the mean of the replicates whose rscale is above zero: `svrVar`
//! of R survey. Knows no weights.
//!
//! What is kept is a weighted mean and the scatter about it, moved along by West (1979),
//! "Updating mean and variance estimates"; so no variance comes out below zero.

use super::{ReplicateError, Replicates};
use crate::stats::count;
use crate::stats::matrix::Matrix;

/// The sums of a covariance that is being added up.
#[derive(Clone, Debug)]
pub struct Fold<'a> {
    replicates: &'a Replicates,
    full: Vec<f64>,
    /// The mean of the values, each counting the same.
    plain: Vec<f64>,
    /// The mean of the values by rscale, and the scatter about it, row by row.
    mean: Vec<f64>,
    scatter: Vec<f64>,
    weight: f64,
    added: usize,
    undefined: usize,
}

impl<'a> Fold<'a> {
    pub(super) fn new(replicates: &'a Replicates, full: &[f64]) -> Self {
        let zeros = vec![0.0; full.len()];
        Self {
            replicates,
            full: full.to_vec(),
            plain: zeros.clone(),
            scatter: vec![0.0; full.len() * full.len()],
            mean: zeros,
            weight: 0.0,
            added: 0,
            undefined: 0,
        }
    }

    /// Adds the k values at replicate `r`, each replicate once. A value that is not a
    /// number, or values that are not k, make the covariance an error. A replicate whose
    /// rscale is zero changes nothing: its values need not be worked out.
    pub fn add(&mut self, r: usize, values: &[f64]) {
        let rscale = self.replicates.rscales.get(r).copied().unwrap_or(0.0);
        if rscale <= 0.0 {
            return;
        }
        self.added += 1;
        if values.len() != self.full.len() || !values.iter().all(|value| value.is_finite()) {
            self.undefined += 1;
            return;
        }
        let number = count(self.added - self.undefined);
        for (mean, value) in self.plain.iter_mut().zip(values) {
            *mean += (value - *mean) / number;
        }
        self.scatter(rscale, values);
    }

    fn scatter(&mut self, rscale: f64, values: &[f64]) {
        let total = self.weight + rscale;
        let away: Vec<f64> = values.iter().zip(&self.mean).map(|(v, mean)| v - mean).collect();
        let share = rscale * (self.weight / total);
        for (row, first) in self.scatter.chunks_exact_mut(away.len().max(1)).zip(&away) {
            for (sum, second) in row.iter_mut().zip(&away) {
                *sum += share * (first * second);
            }
        }
        for (mean, away) in self.mean.iter_mut().zip(&away) {
            *mean += away * (rscale / total);
        }
        self.weight = total;
    }

    /// The covariance, k × k, of the estimates.
    ///
    /// # Errors
    /// [`ReplicateError::Undefined`] with the number of replicates at which a value does
    /// not exist (R leaves them out with a warning), [`ReplicateError::NoEstimate`] when
    /// one does not in the full sample, [`ReplicateError::NotAdded`].
    pub fn covariance(&self) -> Result<Matrix, ReplicateError> {
        let want = self.replicates.rscales.iter().filter(|rscale| **rscale > 0.0).count();
        if !self.full.iter().all(|value| value.is_finite()) {
            return Err(ReplicateError::NoEstimate);
        }
        if self.undefined > 0 {
            return Err(ReplicateError::Undefined(self.undefined));
        }
        if self.added != want {
            return Err(ReplicateError::NotAdded { want, got: self.added });
        }
        let centre = if self.replicates.mse { &self.full } else { &self.plain };
        let off: Vec<f64> = self.mean.iter().zip(centre).map(|(mean, c)| mean - c).collect();
        let mut cells = self.scatter.iter();
        let mut matrix = Matrix::zeros(off.len(), off.len());
        for (row, first) in off.iter().enumerate() {
            for ((column, second), sum) in off.iter().enumerate().zip(cells.by_ref()) {
                let value = sum + self.weight * (first * second);
                matrix.set(row, column, self.replicates.scale * value);
            }
        }
        Ok(matrix)
    }
}
