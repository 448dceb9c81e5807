//! Which respondents are summed together, so that a variance needs sums only.

use indexmap::IndexMap;

use super::design::Design;
use crate::stats::calibrate::{Cells, Fit};
use crate::stats::replicate::Replicates;

/// Which respondents are summed together: the sampling units of the last stage, or the
/// strata if each respondent was drawn alone; finer where weights were fitted to totals.
#[derive(Clone, Copy, Debug)]
pub struct Layers<'a> {
    /// The layer of each respondent.
    pub of: &'a [u32],
    /// How many there are.
    pub count: usize,
}

/// The respondents of one layer who share the cells of all fits of the weights.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// The piece of each respondent.
    pub of: Vec<u32>,
    /// For each piece: its layer.
    pub layer: Vec<u32>,
    /// For each fit and piece: its cell.
    pub cells: Vec<Vec<u32>>,
    /// For each fit and piece: Σv, v being the weights after the fit.
    pub weights: Vec<Vec<f64>>,
    /// For each two fits and piece: Σvv′.
    pub products: Vec<Vec<Vec<f64>>>,
    /// For each fit, earlier fit and piece: Σqv′/v, q being the importance in the fit and v′
    /// the weights after the earlier one.
    pub carried: Vec<Vec<Vec<f64>>>,
}

/// Respondents whose weight changes by the same factor in every replicate: a sampling unit
/// as a rule.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    /// The pattern of each respondent.
    pub of: Vec<u32>,
    /// How many there are.
    pub count: usize,
    /// The factor of each pattern in each replicate, all of one pattern together.
    pub factors: Vec<f64>,
}

impl Patterns {
    /// The patterns of some replicates; none if nearly every respondent has one of his own,
    /// as where delivered weights are rounded.
    #[must_use]
    pub(super) fn of(replicates: &Replicates, weights: &[f64]) -> Option<Self> {
        /// Respondents to a pattern from which on patterns are less work than respondents.
        const WORTH: usize = 30;
        const FEW: usize = 2_000;
        let count = replicates.len();
        let mut keys = vec![0_u64; weights.len()];
        let each = |use_factor: &mut dyn FnMut(usize, usize, f64)| {
            let mut changed = Vec::new();
            for r in 0..count {
                replicates.weights(r, weights, &mut changed);
                for (row, (weight, changed)) in weights.iter().zip(&changed).enumerate() {
                    use_factor(r, row, ratio(*changed, *weight));
                }
            }
        };
        each(&mut |_, row, factor| keys[row] = mixed(keys[row], factor));
        let mut known: IndexMap<u64, usize> = IndexMap::new();
        for (row, key) in keys.iter().enumerate() {
            known.entry(*key).or_insert(row);
        }
        if known.len() > FEW.max(weights.len() / WORTH) {
            return None;
        }
        let place = |key| u32::try_from(known.get_index_of(key).unwrap_or_default());
        let of: Vec<u32> = keys.iter().map(|key| place(key).unwrap_or(u32::MAX)).collect();
        let mut factors = vec![0.0; known.len() * count];
        each(&mut |r, row, factor| {
            let pattern = of[row] as usize;
            if known[pattern] == row {
                factors[pattern * count + r] = factor;
            }
        });
        Some(Self { count: known.len(), of, factors })
    }

    /// From sums by pattern and place (all places of one pattern together) to sums by place
    /// and replicate.
    #[must_use]
    pub fn fold(&self, sums: impl ExactSizeIterator<Item = f64>) -> Vec<f64> {
        let places = sums.len() / self.count.max(1);
        let replicates = self.factors.len() / self.count.max(1);
        let mut folded = vec![0.0; places * replicates];
        for (at, sum) in sums.enumerate().filter(|(_, sum)| *sum != 0.0) {
            let (pattern, place) = (at / places, at % places);
            let factors = &self.factors[pattern * replicates..(pattern + 1) * replicates];
            let row = &mut folded[place * replicates..(place + 1) * replicates];
            row.iter_mut().zip(factors).for_each(|(row, factor)| *row += sum * factor);
        }
        folded
    }
}

impl<'a> Layers<'a> {
    /// The layers of a design.
    #[must_use]
    pub fn of(design: &'a Design) -> Self {
        if let Some(patterns) = &design.patterns {
            return Self { of: &patterns.of, count: patterns.count };
        }
        match (&design.pieces, design.stages.last()) {
            (Some(pieces), None) => Self { of: &pieces.of, count: pieces.layer.len() },
            _ => Self::coarse(design),
        }
    }

    /// The layers that the design has without any fit.
    #[must_use]
    pub fn coarse(design: &'a Design) -> Self {
        match design.stages.last() {
            Some(stage) => Self { of: &stage.unit, count: stage.parent.len() },
            None => Self { of: &design.stratum, count: design.strata.len() },
        }
    }
}

impl Pieces {
    /// The pieces of a design; none if its weights were not fitted to anything.
    pub(super) fn of(design: &Design) -> Option<Self> {
        let fits = &design.calibrations;
        if fits.is_empty() {
            return None;
        }
        let mut codes = vec![Layers::coarse(design).of];
        codes.extend(fits.iter().map(Fit::cells));
        let cells = Cells::joint(&codes).ok()?;
        let sums = |value: &dyn Fn(usize) -> f64| {
            let values: Vec<f64> = (0..design.weights.len()).map(value).collect();
            cells.sums(&values)
        };
        let each = |value: &dyn Fn(&Fit, &Fit, usize) -> f64| {
            let pair = |a: &Fit, b: &Fit| sums(&|row| value(a, b, row));
            let row = |a: &Fit| fits.iter().map(|b| pair(a, b)).collect();
            fits.iter().map(row).collect()
        };
        Some(Self {
            of: cells.of().to_vec(),
            layer: cells.codes(0).to_vec(),
            cells: (1..=fits.len()).map(|fit| cells.codes(fit).to_vec()).collect(),
            weights: fits.iter().map(|fit| cells.sums(fit.weights())).collect(),
            products: each(&|a, b, row| a.weights()[row] * b.weights()[row]),
            carried: each(&|a, b, row| {
                ratio(a.importance()[row] * b.weights()[row], a.weights()[row])
            }),
        })
    }
}

/// A number that stands for a list of factors, made longer by one. Factors that differ in
/// the last digits alone are alike: they were divided out of weights.
fn mixed(before: u64, factor: f64) -> u64 {
    /// Bits of the fraction that do not count, about four of sixteen digits.
    const NOISE: u32 = 12;
    let digits = factor.to_bits().wrapping_add(1 << (NOISE - 1)) >> NOISE;
    let mut mixed = (before ^ digits).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^= mixed >> 29;
    mixed.wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ (mixed >> 32)
}

/// A quotient, 0 where a weight of 0 makes none.
#[must_use]
pub fn ratio(above: f64, below: f64) -> f64 {
    if below == 0.0 { 0.0 } else { above / below }
}
