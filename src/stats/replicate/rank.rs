//! The rank of a tall matrix, as R's `qr(x, tol = 1e-5)` counts it.
//!
//! Takes the rows one after the other, as many as there are; keeps a triangle no larger
//! than the columns. Gives the number of columns that stand out from those before them.
//! Knows no survey.
//!
//! R's LINPACK takes the columns in turn and sets one aside when what the accepted ones
//! leave of it is shorter than the tolerance times its length. Turning the rows by
//! Householder reflections (Golub and Van Loan 2013, section 5.2) changes no length and no
//! angle between columns, so the same columns stand out from the triangle.

/// R's tolerance in `degf`.
const TOLERANCE: f64 = 1e-5;

/// Rows that have been seen, turned into a triangle and some rows below it.
#[derive(Clone, Debug)]
pub(super) struct Triangle {
    columns: usize,
    cells: Vec<f64>,
}

impl Triangle {
    /// Of a matrix with so many columns and no rows yet.
    pub(super) fn new(columns: usize) -> Self {
        Self { columns, cells: Vec::new() }
    }

    /// Adds a row, which has as many entries as there are columns.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = f64>) {
        self.cells.extend(row);
        if self.cells.len() >= 4 * self.columns.max(16) * self.columns {
            self.reduce();
        }
    }

    /// The rank of the rows so far.
    pub(super) fn rank(&mut self) -> usize {
        self.reduce();
        let mut accepted: Vec<Vec<f64>> = Vec::new();
        for column in 0..self.columns {
            let column = self.cells.iter().skip(column).step_by(self.columns);
            accepted.extend(standing_out(column.copied().collect(), &accepted));
        }
        accepted.len()
    }

    /// Turns the rows into a triangle and drops those that become zero.
    fn reduce(&mut self) {
        for column in 0..self.columns {
            let from = (column * self.columns).min(self.cells.len());
            if let Some((_, rows)) = self.cells.split_at_mut_checked(from) {
                reflect(rows, self.columns, column);
            }
        }
        self.cells.truncate(self.columns * self.columns);
    }
}

/// Reflects rows so that in one column the first row alone is not zero; the columns before
/// it are zero already.
fn reflect(rows: &mut [f64], columns: usize, column: usize) {
    let mut mirror: Vec<f64> = rows.iter().skip(column).step_by(columns).copied().collect();
    let length = norm(&mirror);
    let Some(first) = mirror.first_mut().filter(|_| length > 0.0) else { return };
    *first += length.copysign(*first);
    let square: f64 = mirror.iter().map(|m| m * m).sum();
    let mut shadow = vec![0.0; columns - column];
    // Most rows of the triangle are zero here already, and stay as they are.
    for (row, m) in rows.chunks_exact(columns).zip(&mirror).filter(|pair| pair.1.abs() > 0.0) {
        for (sum, value) in shadow.iter_mut().zip(row.iter().skip(column)) {
            *sum += m * value;
        }
    }
    for (row, m) in
        rows.chunks_exact_mut(columns).zip(&mirror).filter(|pair| pair.1.abs() > 0.0)
    {
        let step = 2.0 * m / square;
        for (value, sum) in row.iter_mut().skip(column).zip(&shadow) {
            *value -= step * sum;
        }
    }
    for value in rows.iter_mut().skip(column).step_by(columns).skip(1) {
        *value = 0.0;
    }
}

/// What orthonormal columns leave of another, made one long; `None` if that is too little.
fn standing_out(mut column: Vec<f64>, accepted: &[Vec<f64>]) -> Option<Vec<f64>> {
    let length = norm(&column);
    for other in accepted {
        let share: f64 = other.iter().zip(&column).map(|(a, b)| a * b).sum();
        for (value, other) in column.iter_mut().zip(other) {
            *value -= share * other;
        }
    }
    let left = norm(&column);
    for value in &mut column {
        *value /= left;
    }
    (length > 0.0 && left >= TOLERANCE * length).then_some(column)
}

fn norm(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rank of the columns given by functions of the row.
    fn rank_of(rows: u32, columns: &[&dyn Fn(f64) -> f64]) -> usize {
        let mut triangle = Triangle::new(columns.len());
        for row in 0..rows {
            triangle.push(columns.iter().map(|column| column(f64::from(row))));
        }
        triangle.rank()
    }

    #[test]
    fn rows_by_the_hundred() {
        let [one, row, square] = [|_| 1.0, |x| x, |x: f64| x * x];
        assert_eq!(rank_of(1_000, &[&one, &row, &square]), 3);
        assert_eq!(rank_of(1_000, &[&one, &row, &|x| 3.0 * x - 2.0, &square]), 3);
        assert_eq!(rank_of(1_000, &[&|_| 0.0, &row, &row]), 1);
    }

    #[test]
    fn fewer_rows_than_columns() {
        let columns: [&dyn Fn(f64) -> f64; 4] = [&|_| 1.0, &|x| x, &|x| x * x, &|x| x * x * x];
        assert_eq!(rank_of(3, &columns), 3);
        assert_eq!(rank_of(0, &columns), 0);
    }

    /// The tolerance is relative to the column, as in R: `qr(x, tol = 1e-5)$rank`.
    #[test]
    fn almost_the_same_direction() {
        let near = |away: f64| move |x: f64| x + if x < 1.0 { away } else { 0.0 };
        let length = (0..10).map(|x| f64::from(x * x)).sum::<f64>().sqrt();
        assert_eq!(rank_of(10, &[&|x| x, &near(0.9e-5 * length)]), 1);
        assert_eq!(rank_of(10, &[&|x| x, &near(1.1e-5 * length)]), 2);
    }
}
