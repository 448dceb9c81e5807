//! A test of whether two questions are independent, from the sums of one by the other.

use super::conventions::Freedom;
use super::fitted::{Explained, Raw};
use super::survey::{Pair, Survey};
use crate::stats::matrix::Matrix;
use crate::stats::test::{RaoScott, rao_scott};
use crate::tally::Sums;

/// One cell of the table: an answer in a group.
#[derive(Clone, Copy)]
struct Cell {
    group: usize,
    answer: usize,
    share: f64,
}

/// The test of Rao and Scott over those who gave one of the answers in one of the groups.
/// Answers and groups that nobody gave are left out. None for a table without two of each.
#[must_use]
pub(super) fn test(
    sums: &Sums,
    groups: usize,
    survey: &Survey<'_>,
    freedom: Freedom,
) -> Option<RaoScott> {
    let weight = |group: &usize, answer: &usize| sums.weight(*group, *answer);
    let (answers, groups) = (0..sums.answers(), 0..groups);
    let given = |k: &usize| groups.clone().any(|g| weight(&g, k) > 0.0);
    let rows: Vec<usize> = answers.clone().filter(given).collect();
    let held = |g: &usize| answers.clone().any(|k| weight(g, &k) > 0.0);
    let columns: Vec<usize> = groups.clone().filter(held).collect();
    let pairs = rows.iter().flat_map(|k| columns.iter().map(move |g| (*g, *k)));
    let total: f64 = pairs.clone().map(|(g, k)| weight(&g, &k)).sum();
    let cell = |(group, answer)| Cell { group, answer, share: weight(&group, &answer) / total };
    let cells: Vec<Cell> = pairs.map(cell).collect();
    let whole = Whole::of(sums, &cells, total);
    let covariance = whole.covariance(sums, &cells, survey)?;
    let width = columns.len();
    let shares = Matrix::from_fn(rows.len(), width, |r, c| cells[r * width + c].share);
    let members = survey.members(&whole.members);
    rao_scott(&shares, &covariance, survey.degrees(freedom, &members))
}

/// All cells together.
struct Whole {
    total: f64,
    /// Σw, Σw² by layer.
    layers: Vec<(f64, f64)>,
    /// Respondents by layer.
    members: Vec<f64>,
}

impl Whole {
    fn of(sums: &Sums, cells: &[Cell], total: f64) -> Self {
        let over = |layer: usize, part: usize| -> f64 {
            cells.iter().map(|cell| sums.row(layer, cell.group)[cell.answer][part]).sum()
        };
        Self {
            total,
            layers: (0..sums.layers()).map(|layer| (over(layer, 0), over(layer, 1))).collect(),
            members: (0..sums.layers()).map(|layer| over(layer, 2)).collect(),
        }
    }

    /// The covariance of the shares of all cells; none if the design cannot tell.
    fn covariance(&self, sums: &Sums, cells: &[Cell], survey: &Survey<'_>) -> Option<Matrix> {
        if let Some(by_replicate) = at_replicates(sums, cells) {
            let shares: Vec<f64> = cells.iter().map(|cell| cell.share).collect();
            return survey.covariance_of_replicates(&shares, &by_replicate);
        }
        let members = survey.members(&self.members);
        let explained = self.explained(sums, cells, survey);
        let mut covariance = Matrix::zeros(cells.len(), cells.len());
        for (i, first) in cells.iter().enumerate() {
            for (j, second) in cells.iter().enumerate().take(i + 1) {
                let pairs = self.pairs(sums, first, second, i == j);
                let pairs = match &explained {
                    Some(explained) => {
                        survey.settled_pairs(pairs, &explained[i], &explained[j])
                    }
                    None => pairs,
                };
                let value = survey.covariance(&pairs, &members)?;
                covariance.set(i, j, value);
                covariance.set(j, i, value);
            }
        }
        Some(covariance)
    }

    /// What the fits of the weights explain of the share of each cell; none without fits.
    fn explained(
        &self,
        sums: &Sums,
        cells: &[Cell],
        survey: &Survey<'_>,
    ) -> Option<Vec<Explained>> {
        let one = |cell: &Cell| -> Vec<f64> {
            (0..sums.answers()).map(|k| f64::from(u8::from(k == cell.answer))).collect()
        };
        let lists = |of: &dyn Fn(usize, &Cell) -> Vec<f64>| -> Vec<Vec<Vec<f64>>> {
            (0..sums.fits()).map(|fit| cells.iter().map(|c| of(fit, c)).collect()).collect()
        };
        let crossed = lists(&|fit, cell| sums.crossed(fit, cell.group, &one(cell)));
        let fits = lists(&|fit, cell| sums.fit(fit, cell.group, &one(cell)));
        let explain = |(place, cell): (usize, &Cell)| {
            let u = |all: &Vec<Vec<f64>>| self.less_share(all, place, cell.share);
            let raw = Raw {
                layers: Vec::new(),
                crossed: crossed.iter().map(u).collect(),
                fits: fits.iter().map(u).collect(),
            };
            survey.explained(&raw)
        };
        cells.iter().enumerate().map(explain).collect()
    }

    /// The sums of one cell less its share of those of all cells, over the total.
    fn less_share(&self, all: &[Vec<f64>], place: usize, share: f64) -> Vec<f64> {
        let value = |at: usize| {
            let whole: f64 = all.iter().map(|sums| sums[at]).sum();
            (all[place][at] - share * whole) / self.total
        };
        (0..all[place].len()).map(value).collect()
    }

    /// The sums by layer of the linearised shares p and q of two cells. With z = w(1[in
    /// cell] − p)/W, and A, B the sums of w and w², Σz = (A − pA₀)/W and Σzz′ =
    /// (B·\[same\] − qB − pB′ + pqB₀)/W², where 0 marks the sums over all cells.
    fn pairs(&self, sums: &Sums, first: &Cell, second: &Cell, same: bool) -> Vec<Pair> {
        let (p, q) = (first.share, second.share);
        let pair = |(layer, (weight, squares)): (usize, &(f64, f64))| {
            let [a, b, ..] = sums.row(layer, first.group)[first.answer];
            let [a_prime, b_prime, ..] = sums.row(layer, second.group)[second.answer];
            let shared = if same { b } else { 0.0 };
            let product = shared - q * b - p * b_prime + p * q * squares;
            Pair {
                first: (a - p * weight) / self.total,
                second: (a_prime - q * weight) / self.total,
                product: product / (self.total * self.total),
            }
        };
        self.layers.iter().enumerate().map(pair).collect()
    }
}

/// The shares of all cells at each replicate; none without replicates.
fn at_replicates(sums: &Sums, cells: &[Cell]) -> Option<Vec<Vec<f64>>> {
    let weights = |cell: &Cell| {
        let one = (0..sums.answers()).map(|k| f64::from(u8::from(k == cell.answer)));
        sums.replicates(cell.group, &one.collect::<Vec<f64>>())
    };
    let weights: Vec<Vec<f64>> = cells.iter().map(weights).collect();
    let replicates = weights.first().map_or(0, Vec::len);
    let shares = |r: usize| {
        let total: f64 = weights.iter().map(|w| w[r]).sum();
        weights.iter().map(|w| w[r] / total).collect()
    };
    (replicates > 0).then(|| (0..replicates).map(shares).collect())
}
