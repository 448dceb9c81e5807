//! Twenty records, as small as tests can do with, and their covariances under two designs.

use crate::stats::matrix::Matrix;

/// The row of each record in a table of three rows by two columns.
pub(super) const ROWS: [usize; 20] =
    [0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2, 0, 0, 1, 2, 1, 2, 0, 1];
/// The column of each record.
pub(super) const COLUMNS: [usize; 20] =
    [0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1];
/// A rating by each record.
pub(super) const RATINGS: [f64; 20] = [
    5.0, 3.0, 4.0, 4.0, 1.0, 2.0, 2.0, 5.0, 3.0, 1.0, 2.0, 2.0, 4.0, 5.0, 1.0, 3.0, 3.0, 2.0,
    4.0, 5.0,
];
/// The weight of each record; they add up to 29.
pub(super) const WEIGHTS: [f64; 20] = [
    1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 2.0, 1.0,
    1.0, 1.0,
];

/// How the records were drawn.
#[derive(Clone, Copy, Debug)]
pub(super) enum Drawn {
    /// One by one: `svydesign(~1, weights = ~w)`, 19 degrees of freedom.
    Alone,
    /// In pairs, within two strata of five pairs:
    /// `svydesign(~psu, strata = ~st, weights = ~w)`, 8 degrees of freedom.
    InPairs,
}

/// Relative to 1e-11.
pub(super) fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-11 * want.abs(), "{got} is not {want}");
}

/// The covariance of `size` estimates from the weighted influence z(record, figure).
pub(super) fn covariance(drawn: Drawn, size: usize, z: impl Fn(usize, usize) -> f64) -> Matrix {
    let (units, strata): (usize, usize) = match drawn {
        Drawn::Alone => (20, 1),
        Drawn::InPairs => (10, 2),
    };
    let (records, units) = (20 / units, units / strata);
    let share = |n: usize| crate::stats::count(n);
    let total = |unit: usize, figure| -> f64 {
        (unit * records..(unit + 1) * records).map(|record| z(record, figure)).sum()
    };
    Matrix::from_fn(size, size, |a, b| {
        let of_stratum = |stratum: usize| {
            let all = || stratum * units..(stratum + 1) * units;
            let mean = |figure| all().map(|u| total(u, figure)).sum::<f64>() / share(units);
            let (first, second) = (mean(a), mean(b));
            let product = |u| (total(u, a) - first) * (total(u, b) - second);
            all().map(product).sum::<f64>() * share(units) / share(units - 1)
        };
        (0..strata).map(of_stratum).sum()
    })
}

/// The weighted totals of the cells and their covariance; cell (r, c) at 2r + c.
pub(super) fn totals(drawn: Drawn) -> (Matrix, Matrix) {
    let z = |i: usize, cell: usize| {
        WEIGHTS[i] * f64::from(u8::from(2 * ROWS[i] + COLUMNS[i] == cell))
    };
    let total = |r, c| (0..20).map(|i| z(i, 2 * r + c)).sum();
    (Matrix::from_fn(3, 2, total), covariance(drawn, 6, z))
}

/// The shares of the cells and their covariance.
pub(super) fn shares(drawn: Drawn) -> (Matrix, Matrix) {
    let (totals, _) = totals(drawn);
    let shares = Matrix::from_fn(3, 2, |r, c| totals.at(r, c) / 29.0);
    let z = |i: usize, cell: usize| {
        let inside = f64::from(u8::from(2 * ROWS[i] + COLUMNS[i] == cell));
        WEIGHTS[i] / 29.0 * (inside - shares.at(cell / 2, cell % 2))
    };
    let covariance = covariance(drawn, 6, z);
    (shares, covariance)
}

/// The mean rating of each row and their covariance.
pub(super) fn means(drawn: Drawn) -> (Vec<f64>, Matrix) {
    let of = |row: usize, y: fn(usize) -> f64| -> f64 {
        (0..20).filter(|i| ROWS[*i] == row).map(|i| WEIGHTS[i] * y(i)).sum()
    };
    let means: Vec<f64> =
        (0..3).map(|row| of(row, |i| RATINGS[i]) / of(row, |_| 1.0)).collect();
    let z = |i: usize, row: usize| {
        let inside = f64::from(u8::from(ROWS[i] == row));
        inside * WEIGHTS[i] * (RATINGS[i] - means[row]) / of(row, |_| 1.0)
    };
    let covariance = covariance(drawn, 3, z);
    (means, covariance)
}
