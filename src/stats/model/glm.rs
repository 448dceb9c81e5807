//! Generalised linear models of weighted records (R: `svyglm`).
//!
//! Takes a [`Model`] and weights; gives coefficients and the influence of each record on
//! them. It knows no design: the caller makes the covariance from the influences, as from
//! those of a mean, and tests by Student's t on [`Fit::freedom`].
//!
//! The coefficients solve Σ wᵢ xᵢ (yᵢ − μᵢ) μ′ᵢ/V(μᵢ) = 0, and the influence of a record
//! is its part of that sum times the inverse information (Binder 1983, "On the variances
//! of asymptotically normal estimators from complex surveys", section 3).

use super::family::Family;
use super::irls::{Found, Sample, Stop};
use super::matrix::Model;
use super::refusal::Refusal;
use crate::stats::count;
use crate::stats::matrix::Matrix;

/// A model ready to be fitted, at one set of weights or many.
#[derive(Clone, Debug)]
pub struct Regression<'a> {
    model: &'a Model,
    family: Family,
    stop: Stop,
    columns: Vec<Vec<f64>>,
    response: Vec<f64>,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The family.
    pub family: Family,
    /// The names of the coefficients.
    pub names: Vec<String>,
    /// The coefficients; their number is the rank.
    pub coefficients: Vec<f64>,
    /// By coefficient and record: the derivative of the coefficient with respect to the
    /// record's weight; 0 for records that are not used. Times the weights, it is R's
    /// `attr(, "influence")`. As in R, the information is the expected one, which differs
    /// a little from the observed one under the links probit and cloglog.
    pub influence: Vec<Vec<f64>>,
    /// (XᵀWX)⁻¹ with weights of mean one (R: `naive.cov`).
    pub inverse_information: Matrix,
    /// The deviance, with weights of mean one.
    pub deviance: f64,
    /// That of the model with the same mean for all.
    pub null_deviance: f64,
    /// The weighted variance of the Pearson residuals (R: `summary.svyglm`); `None` for
    /// a single record.
    pub dispersion: Option<f64>,
    /// Steps until R's criterion was met.
    pub iterations: usize,
    /// Records used: complete, in the domain, with a weight above zero.
    pub records: usize,
}

impl Fit {
    /// Degrees of freedom for tests of a coefficient, from those of the design: sampling
    /// units minus strata, counted over the records used, or over all when the variance
    /// comes from replicates (R: `df.residual`). No test where it is not above 0.
    #[must_use]
    pub fn freedom(&self, design: f64) -> f64 {
        design + 1.0 - count(self.coefficients.len())
    }
}

impl<'a> Regression<'a> {
    /// Gets a model ready.
    ///
    /// # Errors
    /// When the response does not fit the family.
    pub fn new(model: &'a Model, family: Family, stop: Stop) -> Result<Self, Refusal> {
        let response = model.response(family)?;
        Ok(Self { model, family, stop, columns: model.columns(), response })
    }

    /// Fits the model at the weights of the sample, one for each record.
    ///
    /// # Errors
    /// Any [`Refusal`] about the fit; each names its remedy.
    pub fn fit(&self, weights: &[f64]) -> Result<Fit, Refusal> {
        let (sample, scale) = self.sample(weights, Scale::MeanOne)?;
        let found = sample.iterate(None, self.stop)?;
        let inverse = found.triangle.inverse();
        Ok(Fit {
            family: self.family,
            names: self.model.names(),
            influence: influence(&sample, &found, &inverse, (scale, weights.len())),
            inverse_information: inverse,
            deviance: found.state.deviance,
            null_deviance: sample.null_deviance(self.model.formula.intercept),
            dispersion: dispersion(&sample, &found.state.means),
            iterations: found.iterations,
            records: sample.rows.len(),
            coefficients: found.coefficients,
        })
    }

    /// The coefficients at other weights, such as those of a replicate, from those of the
    /// whole sample. Weights are scaled to sum one, as in R's `svyglm` for replicates,
    /// whose variance is that of these coefficients.
    ///
    /// # Errors
    /// Any [`Refusal`] about the fit.
    pub fn coefficients_at(&self, weights: &[f64], start: &[f64]) -> Result<Vec<f64>, Refusal> {
        let (sample, _) = self.sample(weights, Scale::SumOne)?;
        sample.iterate(Some(start), self.stop).map(|found| found.coefficients)
    }

    /// The records with a weight, complete and in the domain, and what weights are
    /// divided by.
    fn sample(&self, weights: &[f64], scale: Scale) -> Result<(Sample<'_>, f64), Refusal> {
        let used = self.model.used();
        if weights.len() != used.len() {
            return Err(Refusal::Lengths);
        }
        if let Some(record) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
            return Err(Refusal::Weight(record));
        }
        let kept = weights.iter().zip(used).enumerate();
        let rows: Vec<usize> =
            kept.filter(|(_, (w, used))| **used && **w > 0.0).map(|(row, _)| row).collect();
        if rows.len() < self.columns.len() {
            let (records, coefficients) = (rows.len(), self.columns.len());
            return Err(Refusal::FewRecords { records, coefficients });
        }
        let response = picked(&self.response, &rows);
        if constant(&response) {
            return Err(Refusal::Constant);
        }
        let scale = scale.of(weights, self.model.domain());
        let sample = Sample {
            model: self.model,
            family: self.family,
            columns: self.columns.iter().map(|column| picked(column, &rows)).collect(),
            response,
            weights: picked(weights, &rows).iter().map(|weight| weight / scale).collect(),
            rows,
        };
        Ok((sample, scale))
    }
}

/// What weights are divided by.
#[derive(Clone, Copy)]
enum Scale {
    MeanOne,
    SumOne,
}

impl Scale {
    /// Over the records of the domain with a weight, whether complete or not.
    fn of(self, weights: &[f64], domain: &[bool]) -> f64 {
        let inside = weights.iter().zip(domain).filter(|(w, inside)| **inside && **w > 0.0);
        let (n, sum) = inside.fold((0, 0.0), |(n, sum), (weight, _)| (n + 1, sum + weight));
        match self {
            Self::MeanOne => sum / count(n),
            Self::SumOne => sum,
        }
    }
}

fn constant(values: &[f64]) -> bool {
    let first = values.first().map(|value| value.to_bits());
    values.iter().all(|value| Some(value.to_bits()) == first)
}

/// The values at some places.
fn picked(values: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().filter_map(|row| values.get(*row).copied()).collect()
}

/// By coefficient and record: xᵢ (yᵢ − μᵢ) μ′ᵢ/V(μᵢ) · (XᵀWX)⁻¹, spread over all records.
/// The inverse is that at scaled weights, hence the division.
fn influence(
    sample: &Sample<'_>,
    found: &Found,
    inverse: &Matrix,
    (scale, records): (f64, usize),
) -> Vec<Vec<f64>> {
    let scores = sample.scores(found);
    let mut influence = vec![vec![0.0; records]; sample.columns.len()];
    for (coefficient, values) in influence.iter_mut().enumerate() {
        for (k, column) in sample.columns.iter().enumerate() {
            let factor = inverse.at(k, coefficient) / scale;
            for (row, (x, score)) in sample.rows.iter().zip(column.iter().zip(&scores)) {
                if let Some(value) = values.get_mut(*row) {
                    *value += x * score * factor;
                }
            }
        }
    }
    influence
}

/// The weighted variance of (y − μ)/√V(μ), with n/(n − 1). R's residuals hold √(mean
/// weight of the complete records over that of all), and so do these.
fn dispersion(sample: &Sample<'_>, means: &[f64]) -> Option<f64> {
    let residual = |(y, mean): (&f64, &f64)| (y - mean) / sample.family.variance(*mean).sqrt();
    let residuals: Vec<f64> = sample.response.iter().zip(means).map(residual).collect();
    let mean_of = |values: &dyn Fn(f64) -> f64| {
        let products = sample.weights.iter().zip(&residuals).map(|(w, r)| w * values(*r));
        products.sum::<f64>() / sample.weights.iter().sum::<f64>()
    };
    let mean = mean_of(&|r| r);
    let n = count(sample.rows.len());
    let average_weight = sample.weights.iter().sum::<f64>() / n;
    let spread = mean_of(&|r| (r - mean) * (r - mean));
    (n > 1.0).then(|| average_weight * spread * n / (n - 1.0))
}
