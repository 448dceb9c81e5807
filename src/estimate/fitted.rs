//! Residuals, where the weights were fitted to totals: the variance of such an estimate is
//! that of its linearised variable less what the variables of the fit explain of it
//! (Deville and Särndal 1992, "Calibration estimators in survey sampling", equation 3.4).
//!
//! With w the final weight, v the weight after a fit and u the influence of a respondent, the
//! residual is wu − vt, where t is what the fit explains of wu/v. The value t is the same
//! for all of one piece (respondents of one layer who share the cells of all fits), so that
//! the sums over a piece are those of wu less t times sums of weights.

use super::survey::{Pair, Sum};
use crate::prepare::{Design, Pieces};

/// Sums of the linearised variable z = wu before anything is taken off.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Raw {
    /// Σz and Σz² by layer.
    pub layers: Vec<Sum>,
    /// For each fit: Σvz by layer.
    pub crossed: Vec<Vec<f64>>,
    /// For each fit: Σqz/v by cell, q being the importance of a respondent in the fit.
    pub fits: Vec<Vec<f64>>,
}

impl Raw {
    /// Of the difference from a variable of other respondents.
    pub(super) fn minus(&self, other: &Self) -> Self {
        let lists = |a: &[Vec<f64>], b: &[Vec<f64>]| -> Vec<Vec<f64>> {
            a.iter()
                .zip(b)
                .map(|(a, b)| a.iter().zip(b).map(|(a, b)| a - b).collect())
                .collect()
        };
        let layers = self.layers.iter().zip(&other.layers);
        Self {
            layers: layers
                .map(|(a, b)| Sum { z: a.z - b.z, squares: a.squares + b.squares })
                .collect(),
            crossed: lists(&self.crossed, &other.crossed),
            fits: lists(&self.fits, &other.fits),
        }
    }
}

/// What the fits explain of one linearised variable.
#[derive(Clone, Debug)]
pub(super) struct Explained {
    /// t by fit and piece.
    t: Vec<Vec<f64>>,
    crossed: Vec<Vec<f64>>,
}

impl Explained {
    /// Of the linearised variable whose sums are given.
    pub(super) fn of(design: &Design, pieces: &Pieces, raw: &Raw) -> Self {
        let mut t: Vec<Vec<f64>> = Vec::new();
        for (nth, fit) in design.calibrations.iter().enumerate() {
            let mut sums = raw.fits[nth].clone();
            let cells = &pieces.cells[nth];
            // A later fit is of what the earlier ones left.
            for (earlier, t) in t.iter().enumerate() {
                let carried = &pieces.carried[nth][earlier];
                for (piece, cell) in cells.iter().enumerate() {
                    sums[*cell as usize] -= t[piece] * carried[piece];
                }
            }
            let values = fit.fitted(&sums);
            t.push(cells.iter().map(|cell| values[*cell as usize]).collect());
        }
        Self { t, crossed: raw.crossed.clone() }
    }

    /// Σvt over a piece, for all fits.
    fn total(&self, pieces: &Pieces, piece: usize) -> f64 {
        self.t.iter().zip(&pieces.weights).map(|(t, weights)| t[piece] * weights[piece]).sum()
    }

    /// Σvt·z′ over a piece, for all fits, where z′ is the other variable.
    fn times(&self, other: &Self, piece: usize) -> f64 {
        self.t.iter().zip(&other.crossed).map(|(t, crossed)| t[piece] * crossed[piece]).sum()
    }

    /// Σvt·v′t′ over a piece, for all pairs of fits.
    fn product(&self, other: &Self, pieces: &Pieces, piece: usize) -> f64 {
        let mut sum = 0.0;
        for (t, products) in self.t.iter().zip(&pieces.products) {
            for (u, product) in other.t.iter().zip(products) {
                sum += t[piece] * u[piece] * product[piece];
            }
        }
        sum
    }

    /// The totals of what is explained by layer, where respondents were drawn in units.
    pub(super) fn totals(&self, pieces: &Pieces, layers: usize) -> Vec<f64> {
        let mut totals = vec![0.0; layers];
        for (piece, layer) in pieces.layer.iter().enumerate() {
            totals[*layer as usize] += self.total(pieces, piece);
        }
        totals
    }
}

/// The sums of residuals by piece, from sums by piece.
pub(super) fn residuals(pieces: &Pieces, layers: &[Sum], of: &Explained) -> Vec<Sum> {
    let residual = |(piece, sum): (usize, &Sum)| Sum {
        z: sum.z - of.total(pieces, piece),
        squares: sum.squares - 2.0 * of.times(of, piece) + of.product(of, pieces, piece),
    };
    layers.iter().enumerate().map(residual).collect()
}

/// The products of residuals by piece, from products by piece.
pub(super) fn residual_pairs(
    pieces: &Pieces,
    pairs: &[Pair],
    (of, other): (&Explained, &Explained),
) -> Vec<Pair> {
    let residual = |(piece, pair): (usize, &Pair)| {
        let crossed = of.times(other, piece) + other.times(of, piece);
        Pair {
            first: pair.first - of.total(pieces, piece),
            second: pair.second - other.total(pieces, piece),
            product: pair.product - crossed + of.product(other, pieces, piece),
        }
    };
    pairs.iter().enumerate().map(residual).collect()
}
