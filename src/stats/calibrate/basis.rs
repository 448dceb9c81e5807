//! Auxiliaries in a form that computes well: columns orthonormal under the weights.
//!
//! Takes auxiliaries and the sum of weights of each cell; gives the coordinates of each
//! cell in an orthonormal basis of the columns, found by two rounds of Cholesky
//! decomposition of the matrix of products (Yamamoto, Nakatsukasa, Yanagisawa and Fukaya
//! 2015, "Roundoff error analysis of the `CholeskyQR2` algorithm"). Two passes over the
//! cells, whatever their number, and no digits lost to columns of different size. Columns
//! that follow from earlier ones are left out and named.

use super::auxiliaries::Auxiliaries;
use super::distance::dot;

/// An orthonormal basis of the columns of auxiliaries.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Basis {
    cells: usize,
    rank: usize,
    rows: Vec<f64>,
    first: Triangle,
    second: Triangle,
}

impl Basis {
    /// `sizes`: the sum of weights of each cell.
    pub(super) fn new(auxiliaries: &Auxiliaries, sizes: &[f64]) -> Self {
        let columns = auxiliaries.columns();
        let weights = sizes.iter().copied();
        let first =
            Triangle::of(&products(auxiliaries.values(), columns, weights), columns, 0.0);
        let rows = first.forward_each(auxiliaries.rows());
        let rank = first.rank();
        let weights = sizes.iter().copied();
        let second = Triangle::of(&products(&rows, rank, weights), rank, 0.0);
        let rows = second.forward_each(rows.chunks_exact(rank.max(1)));
        Self { cells: auxiliaries.count(), rank: second.rank(), rows, first, second }
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.cells
    }

    /// How many dimensions the basis has.
    pub(super) fn rank(&self) -> usize {
        self.rank
    }

    /// The columns that the basis was made from; the others follow from these.
    pub(super) fn kept(&self) -> &[usize] {
        &self.first.kept
    }

    /// Totals of the columns as totals of the dimensions of the basis.
    pub(super) fn coordinates(&self, totals: &[f64]) -> Vec<f64> {
        self.second.forward(&self.first.forward(totals))
    }

    /// The totals that each column left out would have if it followed the kept ones.
    pub(super) fn implied(&self, totals: &[f64]) -> Vec<(usize, f64)> {
        let kept = self.first.forward(totals);
        let implied = |(column, row): &(usize, Vec<f64>)| (*column, dot(row, &kept));
        self.first.left_out.iter().map(implied).collect()
    }

    /// The value of a linear form in each cell.
    pub(super) fn values(&self, form: &[f64]) -> Vec<f64> {
        if self.rank == 0 {
            return vec![0.0; self.cells];
        }
        self.rows.chunks_exact(self.rank).map(|row| dot(row, form)).collect()
    }

    /// The lower triangle of Σ weight · q qᵀ over the cells.
    pub(super) fn products(&self, weights: impl Iterator<Item = f64>) -> Vec<f64> {
        products(&self.rows, self.rank, weights)
    }

    /// The regression of a variable on the columns: its fitted value in each cell, from
    /// its weighted sum in each cell.
    pub(super) fn fitted(&self, sums: &[f64]) -> Vec<f64> {
        let mut form = vec![0.0; self.rank];
        for (row, sum) in self.rows.chunks_exact(self.rank.max(1)).zip(sums) {
            for (total, q) in form.iter_mut().zip(row) {
                *total += sum * q;
            }
        }
        self.values(&form)
    }
}

/// The lower triangle of Σ weight · x xᵀ over rows x of some columns, stored by row.
fn products(rows: &[f64], columns: usize, weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut products = vec![0.0; columns * columns];
    for (row, weight) in rows.chunks_exact(columns.max(1)).zip(weights) {
        let places = products.chunks_exact_mut(columns.max(1)).zip(row).enumerate();
        for (column, (sums, x)) in places {
            let scaled = weight * x;
            if scaled != 0.0 {
                let lower = sums.iter_mut().zip(row).take(column + 1);
                lower.for_each(|(sum, y)| *sum += scaled * y);
            }
        }
    }
    products
}

/// The Cholesky decomposition of a matrix of products that need not have full rank.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Triangle {
    /// The columns that are not combinations of earlier ones.
    kept: Vec<usize>,
    /// For each kept column its products with the kept ones before it, and its length.
    rows: Vec<Vec<f64>>,
    /// The other columns, each with its products with the kept ones before it.
    left_out: Vec<(usize, Vec<f64>)>,
}

impl Triangle {
    /// `products`: the lower triangle, stored by row of `columns`.
    ///
    /// Leaves out a column of which no more is left, after what follows from earlier ones
    /// is taken away, than rounding, or than `floor`.
    pub(super) fn of(products: &[f64], columns: usize, floor: f64) -> Self {
        /// The share of a column's square that is taken for rounding.
        const SINGULAR: f64 = 1e-12;
        let mut triangle = Self { kept: Vec::new(), rows: Vec::new(), left_out: Vec::new() };
        for (column, products) in products.chunks_exact(columns.max(1)).enumerate() {
            let mut row = triangle.forward(products);
            let square = products.get(column).copied().unwrap_or(0.0);
            let rest = square - dot(&row, &row);
            if rest > floor.max(SINGULAR * square) {
                row.push(rest.sqrt());
                triangle.rows.push(row);
                triangle.kept.push(column);
            } else {
                triangle.left_out.push((column, row));
            }
        }
        triangle
    }

    /// How many columns are kept.
    pub(super) fn rank(&self) -> usize {
        self.kept.len()
    }

    /// Whether no column is left out.
    pub(super) fn is_full(&self) -> bool {
        self.left_out.is_empty()
    }

    /// Solves L y = x for the kept columns, x having an element for each column.
    pub(super) fn forward(&self, x: &[f64]) -> Vec<f64> {
        self.forward_each(std::iter::once(x))
    }

    /// Solves L y = x for each of several x, one y after another.
    fn forward_each<'a>(&self, rows: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
        let mut all = Vec::with_capacity(rows.size_hint().0 * self.rank() + 1);
        for x in rows {
            let start = all.len();
            for (row, &column) in self.rows.iter().zip(&self.kept) {
                let known = dot(row, all.get(start..).unwrap_or(&[]));
                let length = row.last().copied().unwrap_or(1.0);
                all.push((x.get(column).copied().unwrap_or(0.0) - known) / length);
            }
        }
        all
    }

    /// Solves Lᵀ z = y for the kept columns.
    pub(super) fn backward(&self, mut y: Vec<f64>) -> Vec<f64> {
        for (place, row) in self.rows.iter().enumerate().rev() {
            let (before, from) = y.split_at_mut(place);
            let Some((value, length)) = from.first_mut().zip(row.last()) else { continue };
            *value /= length;
            before.iter_mut().zip(row).for_each(|(y, known)| *y -= known * *value);
        }
        y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers a little above 200 000 beside a column of ones: one round of Cholesky
    /// decomposition leaves some six digits, the second all.
    #[test]
    fn orthonormal_whatever_the_columns() {
        let large = [1.1, 0.57, 3.03, 0.2, 2.3].map(|x| 200_000.1 + x);
        let sizes = [1.1, 2.3, 1.7, 0.7, 3.1];
        let columns = Auxiliaries::by_record(&[&[1.0; 5], &large]).expect("numbers");
        let basis = Basis::new(&columns, &sizes);
        let products = basis.products(sizes.iter().copied());
        for (product, one) in products.iter().zip([1.0, 0.0, 0.0, 1.0]) {
            assert!((product - one).abs() < 1e-14, "{products:?}");
        }
        let others = [2.0, 1.0, 3.0, 1.0, 0.0];
        let sums = columns.totals(others.iter().copied());
        let direct: f64 = basis.rows.chunks_exact(2).zip(others).map(|(q, d)| d * q[1]).sum();
        assert!((basis.coordinates(&sums)[1] - direct).abs() < 1e-8, "{direct}");
        let lines: Vec<f64> =
            large.iter().zip(sizes).map(|(x, d)| d * (3.0 * x - 7.0)).collect();
        for (fitted, x) in basis.fitted(&lines).iter().zip(large) {
            assert!((fitted - (3.0 * x - 7.0)).abs() < 1e-8, "{fitted}");
        }
    }
}
