//! Raking: iterative proportional fitting of weights to several margins.
//!
//! Takes base weights and margins (a code per record, a target per code); gives a
//! [`Step`]. Deming and Stephan (1940), "On a least squares adjustment of a sampled
//! frequency table when the expected marginal totals are known". The rounds work on the
//! sums of the base weights by joint cell; the records are read before and after only.

use super::cells::{Cells, at, sums_by};
use super::poststratify::{check_targets, factor, records_by, relative};
use super::{Error, Fit, Gap, Limits, Step, check_base, check_length};

/// One margin: a code per record, and what the weights of each code shall add up to.
#[derive(Clone, Copy, Debug)]
pub struct Margin<'a> {
    /// The code of each record, below the number of targets.
    pub codes: &'a [u32],
    /// The target of each code.
    pub targets: &'a [f64],
}

/// Margins made ready to rake, once for any number of base weights (replicates).
#[derive(Clone, Debug)]
pub struct Raking {
    cells: Cells,
    targets: Vec<Vec<f64>>,
    /// For each margin, how many records have each code; those beyond the targets last.
    records: Vec<Vec<usize>>,
}

/// The weights that raking gives, without what a variance needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Raked {
    /// The weight of each record.
    pub weights: Vec<f64>,
    /// The rounds it took.
    pub rounds: usize,
    /// The largest relative difference from a target that is left.
    pub worst: f64,
}

/// Rakes base weights to margins, in the order in which they are given.
///
/// Converged when every margin is met to the tolerance after a whole round. Margins whose
/// totals differ by less than a millionth are scaled to the total of the last one, which
/// is what R ends up with. Records without an answer: see [`with_share_of_rest`].
///
/// # Errors
///
/// As [`Raking::new`] and [`Raking::weights`].
pub fn rake(base: &[f64], margins: &[Margin<'_>], limits: Limits) -> Result<Step, Error> {
    let raking = Raking::new(margins)?;
    let Raked { weights, rounds, worst } = raking.weights(base, limits)?;
    let fit = raking.fit(weights.clone());
    Ok(Step { weights, rounds, worst, fit })
}

impl Raking {
    /// Finds the joint cells of the margins.
    ///
    /// # Errors
    ///
    /// No margin or no record, margins of different length, targets that are negative or
    /// not finite, and margins whose targets add up to different totals.
    pub fn new(margins: &[Margin<'_>]) -> Result<Self, Error> {
        let factors: Vec<&[u32]> = margins.iter().map(|margin| margin.codes).collect();
        let cells = Cells::joint(&factors)?;
        for (margin, targets) in margins.iter().map(|margin| margin.targets).enumerate() {
            let bad = |target: &f64| !target.is_finite() || *target < 0.0;
            if let Some((code, &target)) = targets.iter().enumerate().find(|(_, t)| bad(t)) {
                return Err(Error::Target { margin, code, target });
            }
        }
        let targets = in_agreement(margins)?;
        let sizes = records_by(cells.of().iter().map(|&cell| (cell, 1)), cells.count());
        let records = targets.iter().enumerate().map(|(margin, targets)| {
            let codes = cells.codes(margin).iter().copied();
            records_by(codes.zip(sizes.iter().copied()), targets.len())
        });
        let records = records.collect();
        Ok(Self { cells, targets, records })
    }

    /// The joint cells.
    #[must_use]
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The targets of each margin, scaled to the total of the last.
    pub(super) fn targets(&self) -> &[Vec<f64>] {
        &self.targets
    }

    /// Rakes base weights, one for each record.
    ///
    /// # Errors
    ///
    /// Base weights that are not above zero; a target without respondents; respondents
    /// without a target; no convergence within the rounds allowed, which happens when
    /// combinations of codes that nobody has would be needed.
    pub fn weights(&self, base: &[f64], limits: Limits) -> Result<Raked, Error> {
        check_base(base, limits)?;
        check_length("base weights", base.len(), self.cells.of().len())?;
        let mut cells = self.cells.sums(base);
        for (margin, targets) in self.targets.iter().enumerate() {
            let sums = sums_by(self.cells.codes(margin), targets.len(), cells.iter().copied());
            let records = self.records.get(margin).map_or(&[][..], Vec::as_slice);
            check_targets(margin, targets, &sums, records)?;
        }
        let mut factors = vec![1.0; cells.len()];
        for rounds in 1..=limits.rounds {
            self.round(&mut cells, &mut factors);
            let worst = self.worst(&cells).error;
            if worst <= limits.tolerance {
                let pairs = base.iter().zip(self.cells.of());
                let weights = pairs.map(|(w, &cell)| w * at(&factors, cell)).collect();
                return Ok(Raked { weights, rounds, worst });
            }
        }
        let Gap { margin, code, error } = self.worst(&cells);
        Err(Error::RakingNotConverged { rounds: limits.rounds, margin, code, error })
    }

    /// What a variance needs to know, when these are the weights that came of it.
    #[must_use]
    pub fn fit(&self, weights: Vec<f64>) -> Fit {
        let margins = 0..self.targets.len();
        let codes = margins.map(|margin| self.cells.codes(margin).to_vec()).collect();
        Fit::margins(self.cells.of().to_vec(), self.cells.count(), codes, weights)
    }

    /// Fits each margin once. `cells`: Σw by cell; `factors`: final over base weight.
    fn round(&self, cells: &mut [f64], factors: &mut [f64]) {
        for (margin, targets) in self.targets.iter().enumerate() {
            let codes = self.cells.codes(margin);
            let sums = sums_by(codes, targets.len(), cells.iter().copied());
            let steps: Vec<f64> =
                targets.iter().zip(&sums).map(|(t, sum)| factor(*t, *sum)).collect();
            for ((cell, factor), &code) in cells.iter_mut().zip(&mut *factors).zip(codes) {
                *cell *= at(&steps, code);
                *factor *= at(&steps, code);
            }
        }
    }

    /// The code that is furthest from its target.
    fn worst(&self, cells: &[f64]) -> Gap {
        let mut worst = Gap::default();
        for (margin, targets) in self.targets.iter().enumerate() {
            let codes = self.cells.codes(margin);
            let sums = sums_by(codes, targets.len(), cells.iter().copied());
            for (code, (&target, &sum)) in targets.iter().zip(&sums).enumerate() {
                worst = worst.or(Gap { margin, code, error: relative(sum, target) });
            }
        }
        worst
    }
}

/// The targets of each margin, scaled to the total of the last; an error when that would
/// be more than rounding.
fn in_agreement(margins: &[Margin<'_>]) -> Result<Vec<Vec<f64>>, Error> {
    /// The relative difference between totals that is taken for rounding of the targets.
    const ROUNDING: f64 = 1e-6;
    let totals: Vec<f64> = margins.iter().map(|margin| margin.targets.iter().sum()).collect();
    let expected = totals.last().copied().unwrap_or(0.0);
    let off = |total: f64| (total - expected).abs();
    let worst = totals.iter().copied().enumerate().max_by(|a, b| off(a.1).total_cmp(&off(b.1)));
    match worst {
        Some((margin, total)) if off(total) > ROUNDING * expected => {
            Err(Error::TotalsDisagree { margin, total, expected })
        }
        _ => Ok(margins
            .iter()
            .zip(&totals)
            .map(|(m, &t)| scaled(m.targets, t, expected))
            .collect()),
    }
}

fn scaled(targets: &[f64], total: f64, expected: f64) -> Vec<f64> {
    targets.iter().map(|target| target * factor(expected, total)).collect()
}

/// Targets for a margin in which some records have no code of their own, such as "prefer
/// not to say": code `targets.len()`. They keep their share of the base weights, and the
/// given targets share the rest in proportion, so that the total stays what it was.
///
/// Gives one target more than it takes, for that code; it is 0 when nobody has it. A
/// variance then takes the share of these records for known, though it is estimated.
#[must_use]
pub fn with_share_of_rest(base: &[f64], codes: &[u32], targets: &[f64]) -> Vec<f64> {
    let all: f64 = base.iter().sum();
    let sums = sums_by(codes, targets.len() + 1, base.iter().copied());
    let share = sums.last().copied().unwrap_or(0.0) / if all > 0.0 { all } else { 1.0 };
    let total: f64 = targets.iter().sum();
    let rest = targets.iter().map(|target| target * (1.0 - share));
    rest.chain([total * share]).collect()
}
