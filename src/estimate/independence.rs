//! A test of whether two questions are independent, from the sums of one by the other.

use super::conventions::Freedom;
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
    survey: &Survey,
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
    rao_scott(&shares, &covariance, survey.degrees(freedom, &whole.members))
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
    fn covariance(&self, sums: &Sums, cells: &[Cell], survey: &Survey) -> Option<Matrix> {
        let mut covariance = Matrix::zeros(cells.len(), cells.len());
        for (i, first) in cells.iter().enumerate() {
            for (j, second) in cells.iter().enumerate().take(i + 1) {
                let pairs = self.pairs(sums, first, second, i == j);
                let value = survey.covariance(&pairs, &self.members)?;
                covariance.set(i, j, value);
                covariance.set(j, i, value);
            }
        }
        Some(covariance)
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
