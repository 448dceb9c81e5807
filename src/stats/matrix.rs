//! Small dense linear algebra: what a test on a table of a few dozen cells needs.
//!
//! Takes and gives matrices of numbers stored by row; knows no statistics.

/// A matrix stored by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    #[must_use]
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// A matrix with `value(row, column)` in each place.
    #[must_use]
    pub fn from_fn(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> Self {
        let value = &value;
        let values =
            (0..rows).flat_map(|row| (0..columns).map(move |column| value(row, column)));
        Self { rows, columns, values: values.collect() }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The value in a place; 0 outside the matrix.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> f64 {
        if column < self.columns { self.row(row).get(column).copied() } else { None }
            .unwrap_or(0.0)
    }

    /// Sets the value in a place; does nothing outside the matrix.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        let columns = self.columns;
        if column < columns
            && let Some(place) = self.values.get_mut(row * columns + column)
        {
            *place = value;
        }
    }

    /// A row; empty outside the matrix.
    #[must_use]
    pub fn row(&self, row: usize) -> &[f64] {
        self.values.chunks_exact(self.columns.max(1)).nth(row).unwrap_or(&[])
    }

    /// The transpose.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self::from_fn(self.columns, self.rows, |row, column| self.at(column, row))
    }

    /// The product with `right`; `None` when the shapes do not fit.
    #[must_use]
    pub fn times(&self, right: &Self) -> Option<Self> {
        let turned = right.transposed();
        let cell = |row, column| dot(self.row(row), turned.row(column));
        (self.columns == right.rows).then(|| Self::from_fn(self.rows, right.columns, cell))
    }

    /// The sum of the diagonal.
    #[must_use]
    pub fn trace(&self) -> f64 {
        (0..self.rows.min(self.columns)).map(|place| self.at(place, place)).sum()
    }

    /// The lower triangle L with `LLᵀ` = self; `None` unless the matrix is square and
    /// positive definite. Reads the lower triangle only.
    ///
    /// Golub and Van Loan (2013), "Matrix Computations", algorithm 4.2.1.
    #[must_use]
    pub fn cholesky(&self) -> Option<Self> {
        /// Below this share of its diagonal element, a pivot is rounding and no more.
        const SINGULAR: f64 = 1e-12;
        if self.rows != self.columns {
            return None;
        }
        let mut lower = Self::zeros(self.rows, self.rows);
        for row in 0..self.rows {
            for column in 0..row {
                let rest = self.at(row, column) - dot_to(&lower, row, column);
                lower.set(row, column, rest / lower.at(column, column));
            }
            let pivot = self.at(row, row) - dot_to(&lower, row, row);
            if !pivot.is_finite() || pivot <= SINGULAR * self.at(row, row) {
                return None;
            }
            lower.set(row, row, pivot.sqrt());
        }
        Some(lower)
    }

    /// The X with self · X = `right`, for a symmetric positive definite matrix; `None`
    /// when it is not one or the shapes do not fit.
    #[must_use]
    pub fn solve(&self, right: &Self) -> Option<Self> {
        let lower = self.cholesky().filter(|lower| lower.rows == right.rows)?;
        let mut solution = right.clone();
        for column in 0..right.columns {
            lower.substitute(&mut solution, column);
        }
        Some(solution)
    }

    /// Solves `LLᵀx = b` in place for one column, where self is L.
    fn substitute(&self, solution: &mut Self, column: usize) {
        for row in 0..self.rows {
            let known: f64 = (0..row).map(|k| self.at(row, k) * solution.at(k, column)).sum();
            let value = (solution.at(row, column) - known) / self.at(row, row);
            solution.set(row, column, value);
        }
        for row in (0..self.rows).rev() {
            let known: f64 =
                (row + 1..self.rows).map(|k| self.at(k, row) * solution.at(k, column)).sum();
            let value = (solution.at(row, column) - known) / self.at(row, row);
            solution.set(row, column, value);
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The product of two rows of a triangle, as far as the column of the second.
fn dot_to(lower: &Matrix, row: usize, column: usize) -> f64 {
    (0..column).map(|k| lower.at(row, k) * lower.at(column, k)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hilbert(n: usize) -> Matrix {
        Matrix::from_fn(n, n, |i, j| 1.0 / crate::stats::count(i + j + 1))
    }

    #[test]
    fn solves_what_it_multiplied() {
        let known = Matrix::from_fn(4, 2, |i, j| crate::stats::count(3 * i + j) - 2.0);
        let product = hilbert(4).times(&known).expect("shapes fit");
        let solved = hilbert(4).solve(&product).expect("positive definite");
        for (got, want) in solved.values.iter().zip(&known.values) {
            assert!((got - want).abs() < 1e-10, "{got} is not {want}");
        }
    }

    #[test]
    fn a_singular_matrix_has_no_solution() {
        let ones = Matrix::from_fn(3, 3, |_, _| 1.0);
        assert_eq!(ones.cholesky(), None);
        // Singular but for rounding, which leaves a pivot of about 1e-17.
        let tenths = |i: usize| crate::stats::count(3 * i + 1) / 10.0;
        let product = |i, j| tenths(i) * tenths(j) + if i == j { 1e-17 } else { 0.0 };
        assert_eq!(Matrix::from_fn(3, 3, product).cholesky(), None);
        assert_eq!(hilbert(3).times(&hilbert(2)), None);
        assert_eq!(Matrix::zeros(2, 3).cholesky(), None);
    }

    #[test]
    fn outside_is_zero() {
        let mut matrix = Matrix::from_fn(2, 3, |i, j| crate::stats::count(10 * i + j));
        matrix.set(0, 3, 99.0);
        assert_eq!(matrix.row(1), [10.0, 11.0, 12.0]);
        assert_eq!(matrix.transposed().row(2), [2.0, 12.0]);
        assert!(matrix.at(0, 3).abs() + matrix.at(2, 0).abs() < 1e-300);
        assert!((matrix.trace() - 11.0).abs() < 1e-15);
    }
}
