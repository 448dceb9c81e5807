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

    /// Ones on the diagonal, zeros elsewhere.
    #[must_use]
    pub fn identity(size: usize) -> Self {
        Self::from_fn(size, size, |row, column| f64::from(u8::from(row == column)))
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

    /// The inverse of a symmetric positive definite matrix; `None` when it is not one.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        self.solve(&Self::identity(self.rows))
    }

    /// The eigenvalues of a symmetric matrix, largest first; `None` unless the matrix is
    /// square and finite. Reads the upper triangle only.
    ///
    /// Cyclic Jacobi: Golub and Van Loan (2013), section 8.5.
    #[must_use]
    pub fn eigenvalues(&self) -> Option<Vec<f64>> {
        /// Quadratic convergence needs some ten sweeps at the sizes met here.
        const SWEEPS: usize = 60;
        if self.rows != self.columns || self.values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let size = self.rows;
        let mut turned = Self::from_fn(size, size, |i, j| self.at(i.min(j), i.max(j)));
        for _ in 0..SWEEPS {
            if turned.is_diagonal() {
                break;
            }
            for p in 0..size {
                (p + 1..size).for_each(|q| turned.rotate(p, q));
            }
        }
        let mut values: Vec<f64> = (0..size).map(|place| turned.at(place, place)).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        Some(values)
    }

    /// The λ with `of` · x = λ · self · x, largest first, for self symmetric positive
    /// definite and `of` symmetric, that is the eigenvalues of self⁻¹ · `of`; `None` when
    /// they are not or the shapes do not fit.
    ///
    /// Golub and Van Loan (2013), section 8.7: those of `L⁻¹·of·L⁻ᵀ` with `LLᵀ` = self.
    #[must_use]
    pub fn relative_eigenvalues(&self, of: &Self) -> Option<Vec<f64>> {
        let fits = of.rows == self.rows && of.columns == self.rows;
        let lower = self.cholesky().filter(|_| fits)?;
        let half = lower.forward(of).transposed();
        lower.forward(&half).eigenvalues()
    }

    /// Whether what stands off the diagonal is rounding and no more.
    fn is_diagonal(&self) -> bool {
        let whole = dot(&self.values, &self.values);
        let off = (0..self.rows).flat_map(|i| (0..i).map(move |j| self.at(i, j)));
        off.map(|value| 2.0 * value * value).sum::<f64>() <= whole * 1e-34
    }

    /// Turns the axes p and q of a symmetric matrix so that (p, q) becomes 0.
    fn rotate(&mut self, p: usize, q: usize) {
        let off = self.at(p, q);
        if off.abs() <= 0.0 {
            return;
        }
        let cotangent = (self.at(q, q) - self.at(p, p)) / (2.0 * off);
        let length = cotangent.abs() + libm::hypot(cotangent, 1.0);
        let tangent = cotangent.signum() / length;
        let cosine = 1.0 / libm::hypot(tangent, 1.0);
        let sine = tangent * cosine;
        for k in 0..self.rows {
            let (first, second) = (self.at(k, p), self.at(k, q));
            self.set(k, p, cosine * first - sine * second);
            self.set(k, q, sine * first + cosine * second);
        }
        for k in 0..self.rows {
            let (first, second) = (self.at(p, k), self.at(q, k));
            self.set(p, k, cosine * first - sine * second);
            self.set(q, k, sine * first + cosine * second);
        }
        // Exactly, or rounding would be turned again for ever.
        self.set(p, q, 0.0);
        self.set(q, p, 0.0);
    }

    /// The X with self · X = `right`, where self is a lower triangle.
    fn forward(&self, right: &Self) -> Self {
        let mut solution = right.clone();
        (0..right.columns).for_each(|column| self.substitute_down(&mut solution, column));
        solution
    }

    /// Solves `Lx = b` in place for one column, where self is L.
    fn substitute_down(&self, solution: &mut Self, column: usize) {
        for row in 0..self.rows {
            let known: f64 = (0..row).map(|k| self.at(row, k) * solution.at(k, column)).sum();
            let value = (solution.at(row, column) - known) / self.at(row, row);
            solution.set(row, column, value);
        }
    }

    /// Solves `LLᵀx = b` in place for one column, where self is L.
    fn substitute(&self, solution: &mut Self, column: usize) {
        self.substitute_down(solution, column);
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
    fn the_inverse_undoes() {
        let product = hilbert(4).times(&hilbert(4).inverse().expect("positive definite"));
        let product = product.expect("shapes fit");
        for (got, want) in product.values.iter().zip(Matrix::identity(4).values) {
            assert!((got - want).abs() < 1e-10, "{got} is not {want}");
        }
        assert_eq!(Matrix::zeros(2, 2).inverse(), None);
    }

    /// The second differences with ends fixed: 2 − 2 cos(jπ/(n+1)), Golub and Van Loan
    /// (2013), section 4.8.
    #[test]
    fn eigenvalues_of_second_differences() {
        let differences = |i: usize, j: usize| match i.abs_diff(j) {
            0 => 2.0,
            1 => -1.0,
            _ => 0.0,
        };
        let values = Matrix::from_fn(9, 9, differences).eigenvalues().expect("symmetric");
        for (j, value) in (1..=9).rev().zip(values) {
            let angle = core::f64::consts::PI * crate::stats::count(j) / 10.0;
            let want = 2.0 - 2.0 * libm::cos(angle);
            assert!((value / want - 1.0).abs() < 1e-13, "{value} is not {want}");
        }
        assert_eq!(Matrix::zeros(2, 3).eigenvalues(), None);
        assert_eq!(Matrix::from_fn(2, 2, |_, _| f64::NAN).eigenvalues(), None);
        assert_eq!(Matrix::zeros(2, 2).eigenvalues(), Some(vec![0.0, 0.0]));
    }

    /// R: `eigen(solve(hilbert(3), of))$values`.
    #[test]
    fn relative_eigenvalues_agree_with_r() {
        let of = Matrix::from_fn(3, 3, |i, j| if i == j { 2.0 } else { 1.0 });
        let got = hilbert(3).relative_eigenvalues(&of).expect("positive definite");
        for (got, want) in got.iter().zip(RELATIVE) {
            assert!((got / want - 1.0).abs() < 1e-10, "{got} is not {want}");
        }
        assert_eq!(hilbert(3).relative_eigenvalues(&hilbert(2)), None);
        assert_eq!(Matrix::zeros(2, 2).relative_eigenvalues(&hilbert(2)), None);
    }

    const RELATIVE: [f64; 3] = [376.085_541_932_027_64, 12.0, 1.914_458_067_973_619_8];

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
