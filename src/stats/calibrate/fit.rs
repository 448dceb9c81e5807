//! What a variance needs to know of one adjustment of weights.
//!
//! Takes the cells within which the calibration variables are constant; gives the part of
//! any variable that the adjustment has made certain, and the residual that is left. The
//! variance of an estimate with adjusted weights is the design variance of the residuals:
//! Deville and Särndal (1992), "Calibration estimators in survey sampling", section 3.
//! Each kind takes residuals as R survey 4.5 does in `svyrecvar`. Knows no design.

use super::basis::Basis;
use super::cells::{at, sums_by};

/// One adjustment, as a variance sees it. Each record belongs to one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    cells: Vec<u32>,
    importance: Vec<f64>,
    weights: Vec<f64>,
    /// Σ importance in each cell.
    sizes: Vec<f64>,
    model: Model,
}

/// What the fitted values may depend on.
#[derive(Clone, Debug, PartialEq)]
enum Model {
    /// The cell.
    Strata,
    /// The sum of one effect per margin; the code of each cell in each margin.
    Margins(Vec<Vec<u32>>),
    /// A linear combination of auxiliaries, of which this is an orthonormal basis.
    Regression(Basis),
}

impl Fit {
    /// Post-stratification: fitted values are means by cell.
    ///
    /// `cells`: the post-stratum of each record, below `count`. `base`: the weights before
    /// the step, which is how much each record counts in the mean (the `oldweights` of R).
    /// `weights`: the weights after it.
    #[must_use]
    pub fn strata(cells: Vec<u32>, count: usize, base: Vec<f64>, weights: Vec<f64>) -> Self {
        Self::new(cells, count, base, weights, Model::Strata)
    }

    /// Raking: fitted values are sums of one effect per margin.
    ///
    /// `cells`: the joint cell of each record, below `count`; `codes`: for each margin the
    /// code of each cell, in the order in which the margins were raked. `weights`: the
    /// weights after the step. As in R all records count alike, whatever their weight,
    /// except that those without a weight do not count.
    #[must_use]
    pub fn margins(
        cells: Vec<u32>,
        count: usize,
        codes: Vec<Vec<u32>>,
        weights: Vec<f64>,
    ) -> Self {
        let importance = weights.iter().map(|&w| f64::from(w > 0.0)).collect();
        Self::new(cells, count, importance, weights, Model::Margins(codes))
    }

    /// Calibration: fitted values are a regression on the auxiliaries.
    ///
    /// `basis`: the auxiliaries of each cell, orthonormal under the sums of `base` by
    /// cell, where `base` holds the weights before the step.
    pub(super) fn regression(
        cells: Vec<u32>,
        basis: Basis,
        base: Vec<f64>,
        weights: Vec<f64>,
    ) -> Self {
        let count = basis.cells();
        Self::new(cells, count, base, weights, Model::Regression(basis))
    }

    fn new(
        cells: Vec<u32>,
        count: usize,
        importance: Vec<f64>,
        weights: Vec<f64>,
        model: Model,
    ) -> Self {
        let sizes = sums_by(&cells, count, importance.iter().copied());
        Self { cells, importance, weights, sizes, model }
    }

    /// The cell of each record.
    #[must_use]
    pub fn cells(&self) -> &[u32] {
        &self.cells
    }

    /// How many cells there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// How much each record counts when a variable is fitted.
    #[must_use]
    pub fn importance(&self) -> &[f64] {
        &self.importance
    }

    /// The weight of each record after this step, before any later one.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The fitted value of a variable u in each cell.
    ///
    /// `sums`: Σ importance · u over the records of each cell, u being the influence of a
    /// record on the estimate per unit of its weight. The residual of a record is its u
    /// less the fitted value of its cell. A cell without importance is fitted as 0 by
    /// post-stratification.
    #[must_use]
    pub fn fitted(&self, sums: &[f64]) -> Vec<f64> {
        match &self.model {
            Model::Strata => sums.iter().zip(&self.sizes).map(|(&s, &n)| mean(s, n)).collect(),
            Model::Margins(codes) => sweep(sums, &self.sizes, codes),
            Model::Regression(basis) => basis.fitted(sums),
        }
    }

    /// Replaces a variable by its residual, when this is the last step that changed the
    /// weights; `u` holds the influence of each record per unit of weight.
    pub fn residuals(&self, u: &mut [f64]) {
        let parts = u.iter().zip(&self.importance).map(|(u, importance)| u * importance);
        let fitted = self.fitted(&sums_by(&self.cells, self.count(), parts));
        for (u, &cell) in u.iter_mut().zip(&self.cells) {
            *u -= at(&fitted, cell);
        }
    }

    /// Replaces z by what is left of it, where z is the *final* weight of each record
    /// times its influence and later steps, or trimming, may have changed the weights
    /// since. Steps are applied in the order in which the weights were made.
    ///
    /// z is divided by the weights after this step, replaced by its residual and
    /// multiplied out again. A record whose weight is 0 counts as a u of 0.
    pub fn remove_from(&self, z: &mut [f64]) {
        for (z, &weight) in z.iter_mut().zip(&self.weights) {
            *z = if weight == 0.0 { 0.0 } else { *z / weight };
        }
        self.residuals(z);
        for (z, &weight) in z.iter_mut().zip(&self.weights) {
            *z *= weight;
        }
    }
}

fn mean(sum: f64, size: f64) -> f64 {
    if size > 0.0 { sum / size } else { 0.0 }
}

/// The effects of margins, fitted in turn.
///
/// Ten rounds, whether or not the effects have settled by then: R's number, and its
/// standard errors depend on it.
fn sweep(sums: &[f64], sizes: &[f64], margins: &[Vec<u32>]) -> Vec<f64> {
    const ROUNDS: usize = 10;
    let mut fitted = vec![0.0; sizes.len()];
    for codes in (0..ROUNDS).flat_map(|_| margins) {
        let count = codes.iter().max().map_or(0, |&code| code as usize + 1);
        let left = sums.iter().zip(sizes).zip(&fitted).map(|((s, n), t)| s - n * t);
        let left = sums_by(codes, count, left);
        let size = sums_by(codes, count, sizes.iter().copied());
        for (t, &code) in fitted.iter_mut().zip(codes) {
            *t += mean(at(&left, code), at(&size, code));
        }
    }
    fitted
}
