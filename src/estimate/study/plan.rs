//! From influences to variances: the design by which the records were drawn.

use super::super::conventions::Freedom;
use super::super::survey::{Pair, ROUNDING, Survey};
use super::Unmeasured;
use super::statistic::Statistic;
use crate::prepare::{Design, Layers};
use crate::stats::matrix::Matrix;
use crate::stats::replicate::{ReplicateError, Replicates};
use crate::stats::unequal::Unequal;

/// A design as it gives variances.
#[derive(Clone, Debug)]
pub(super) struct Plan<'a> {
    design: &'a Design,
    survey: Survey<'a>,
    layers: Layers<'a>,
    /// The probabilities of the records, if variances are made from them.
    pub unequal: Option<&'a Unequal>,
}

/// Whom a statistic is of.
#[derive(Clone, Debug)]
pub(super) struct Members {
    /// How many, with a weight above zero.
    pub n: f64,
    /// Σw
    pub weight: f64,
    /// Σw²
    pub squares: f64,
    /// How many in each layer.
    layers: Vec<f64>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(design: &'a Design) -> Self {
        Self {
            design,
            survey: Survey::of(design),
            layers: Layers::coarse(design),
            unequal: None,
        }
    }

    /// Whether weights were made to meet totals.
    pub(super) fn is_fitted(&self) -> bool {
        self.survey.is_fitted()
    }

    pub(super) fn weights(&self) -> &'a [f64] {
        &self.design.weights
    }

    pub(super) fn members(&self, statistic: &dyn Statistic) -> Members {
        let layers = vec![0.0; self.layers.count];
        let mut members = Members { n: 0.0, weight: 0.0, squares: 0.0, layers };
        for (record, weight) in self.weights().iter().enumerate() {
            if *weight > 0.0 && statistic.holds(record) {
                members.n += 1.0;
                members.weight += weight;
                members.squares += weight * weight;
                members.layers[self.layers.of[record] as usize] += 1.0;
            }
        }
        members
    }

    pub(super) fn freedom(&self, members: &Members, count: Freedom) -> f64 {
        self.survey.degrees(count, &members.layers)
    }

    /// Degrees of freedom of some of the records alone.
    pub(super) fn freedom_of(&self, holds: &dyn Fn(usize) -> bool) -> f64 {
        let weights = self.weights();
        let inside = |record: usize| weights[record] > 0.0 && holds(record);
        let domain: Vec<bool> = (0..weights.len()).map(inside).collect();
        if let Some(replicates) = &self.design.replicates {
            return replicates.freedom(weights, Some(&domain)).unwrap_or(0.0);
        }
        let mut layers = vec![0.0; self.layers.count];
        for (layer, inside) in self.layers.of.iter().zip(domain) {
            layers[*layer as usize] += f64::from(u8::from(inside));
        }
        self.survey.degrees(Freedom::Domain, &layers)
    }

    pub(super) fn clusters(&self, members: &Members) -> Option<f64> {
        self.survey.clusters(&members.layers)
    }

    /// The covariance of the figures of a statistic.
    pub(super) fn covariance(
        &self,
        statistic: &dyn Statistic,
        values: &[f64],
        members: &Members,
    ) -> Result<Matrix, Unmeasured> {
        if let Some(replicates) = &self.design.replicates {
            return self.at_replicates(statistic, values, replicates);
        }
        let (z, before): (Vec<Vec<f64>>, Vec<f64>) =
            (0..values.len()).map(|figure| self.linearised(statistic, figure, values)).unzip();
        let mut covariance = Matrix::zeros(z.len(), z.len());
        for (i, first) in z.iter().enumerate() {
            for (j, second) in z.iter().enumerate().take(i + 1) {
                let value = self.pair(first, second, members)?;
                covariance.set(i, j, value);
                covariance.set(j, i, value);
            }
            without_rounding(&mut covariance, i, values[i], before[i]);
        }
        Ok(covariance)
    }

    /// The covariance of Σz and Σz′.
    fn pair(&self, z: &[f64], other: &[f64], members: &Members) -> Result<f64, Unmeasured> {
        if let Some(unequal) = self.unequal {
            let misfit = || Unmeasured::Misfit("each record needs a probability".to_owned());
            return unequal.covariance(z, other).ok_or_else(misfit);
        }
        let pairs = self.pairs(z, other);
        self.survey.covariance(&pairs, &members.layers).ok_or(Unmeasured::SingleUnits)
    }

    /// z = w times the influence, for every record, less what the fits of the weights
    /// explain; and Σz² before that.
    fn linearised(
        &self,
        statistic: &dyn Statistic,
        figure: usize,
        values: &[f64],
    ) -> (Vec<f64>, f64) {
        let mut z = statistic.influence(figure, values, self.weights());
        z.iter_mut().zip(self.weights()).for_each(|(u, w)| *u *= w);
        let before = z.iter().map(|z| z * z).sum();
        self.design.calibrations.iter().for_each(|fit| fit.remove_from(&mut z));
        (z, before)
    }

    /// The covariance of the figures from their values at the replicate weights.
    fn at_replicates(
        &self,
        statistic: &dyn Statistic,
        values: &[f64],
        replicates: &Replicates,
    ) -> Result<Matrix, Unmeasured> {
        let mut fold = replicates.fold(values);
        let mut weights = Vec::new();
        for r in 0..replicates.len() {
            replicates.weights(r, self.weights(), &mut weights);
            fold.add(r, &statistic.at(&weights).unwrap_or_default());
        }
        fold.covariance().map_err(|error| match error {
            ReplicateError::Undefined(count) => Unmeasured::Replicates(count),
            other => Unmeasured::Misfit(other.to_string()),
        })
    }

    /// Σz, Σz′ and Σzz′ in each layer.
    fn pairs(&self, first: &[f64], second: &[f64]) -> Vec<Pair> {
        let mut pairs = vec![Pair::default(); self.layers.count];
        for ((a, b), layer) in first.iter().zip(second).zip(self.layers.of) {
            let pair = &mut pairs[*layer as usize];
            pair.first += a;
            pair.second += b;
            pair.product += a * b;
        }
        pairs
    }
}

/// A variance that differs from zero by rounding only is zero.
fn without_rounding(covariance: &mut Matrix, figure: usize, value: f64, squares: f64) {
    let variance = covariance.at(figure, figure);
    if !squares.is_finite() {
        return;
    }
    if variance <= ROUNDING * squares || variance.max(0.0).sqrt() <= ROUNDING * value.abs() {
        covariance.set(figure, figure, 0.0);
    }
}
