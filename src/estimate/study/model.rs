//! The coefficients of a model of weighted records as a statistic.

use super::statistic::Statistic;
use crate::stats::model::{Fit, Refusal, Regression};

/// All coefficients of a generalised linear model. At replicate weights the model is
/// fitted anew, from the coefficients of the whole sample.
#[derive(Clone, Debug)]
pub struct Coefficients<'a> {
    regression: &'a Regression<'a>,
    weights: &'a [f64],
    fit: Fit,
    used: &'a [bool],
}

impl<'a> Coefficients<'a> {
    /// Fits a model to the records of a sample; `used` says which of them it is of.
    ///
    /// # Errors
    /// Why there is no such model.
    pub fn new(
        regression: &'a Regression<'a>,
        weights: &'a [f64],
        used: &'a [bool],
    ) -> Result<Self, Refusal> {
        Ok(Self { regression, weights, fit: regression.fit(weights)?, used })
    }

    /// The fit to the whole sample.
    #[must_use]
    pub fn fit(&self) -> &Fit {
        &self.fit
    }
}

impl Statistic for Coefficients<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        if weights == self.weights {
            return Some(self.fit.coefficients.clone());
        }
        self.regression.coefficients_at(weights, &self.fit.coefficients).ok()
    }

    fn influence(&self, figure: usize, _: &[f64], _: &[f64]) -> Vec<f64> {
        self.fit.influence[figure].clone()
    }

    fn holds(&self, record: usize) -> bool {
        self.used.get(record).copied().unwrap_or_default()
    }
}
