//! Least squares by Householder reflections.
//!
//! Takes columns of numbers, each as long as the others; gives the triangle R and what is
//! solved with it. A column that follows from those before it is refused, by the rule and
//! tolerance of R's `glm`: what is left of it after those before it is under 1e-11 of its
//! length.

use crate::stats::matrix::Matrix;

/// What is left of a column that counts as nothing.
const TOLERANCE: f64 = 1e-11;

/// Share of a column that another one explains and that counts as something.
const PART: f64 = 1e-7;

/// A column that follows from those before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dependent {
    /// Its place.
    pub(super) column: usize,
    /// The places of those it follows from; none if it is zero.
    pub(super) others: Vec<usize>,
}

/// X = QR. Golub and Van Loan (2013), "Matrix Computations", algorithm 5.2.1.
pub(super) struct Decomposition {
    /// Below and on the diagonal the vectors of the reflections, above it R.
    columns: Vec<Vec<f64>>,
    /// The diagonal of R.
    diagonal: Vec<f64>,
}

impl Decomposition {
    /// Decomposes columns of full rank.
    pub(super) fn new(mut columns: Vec<Vec<f64>>) -> Result<Self, Dependent> {
        let mut diagonal: Vec<f64> = Vec::with_capacity(columns.len());
        for place in 0..columns.len() {
            let (done, rest) = columns.split_at_mut(place);
            let Some(column) = rest.first_mut() else { break };
            let length = norm(column);
            for (row, reflection) in done.iter().enumerate() {
                reflect(reflection, row, column);
            }
            let left = column.get(place..).map_or(0.0, norm);
            if !(length > 0.0 && left > TOLERANCE * length) {
                let others = explained(done, &diagonal, column, length);
                return Err(Dependent { column: place, others });
            }
            diagonal.push(make_reflection(column, place, left));
        }
        Ok(Self { columns, diagonal })
    }

    /// The coefficients of the columns that come nearest to a target.
    pub(super) fn solve(&self, mut target: Vec<f64>) -> Vec<f64> {
        for (row, reflection) in self.columns.iter().enumerate() {
            reflect(reflection, row, &mut target);
        }
        back(&self.columns, &self.diagonal, &target)
    }

    /// (XᵀX)⁻¹ = R⁻¹R⁻ᵀ.
    pub(super) fn inverse(&self) -> Matrix {
        let size = self.diagonal.len();
        let unit = |place: usize| (0..size).map(move |k| f64::from(u8::from(k == place)));
        let column =
            |place| back(&self.columns, &self.diagonal, &unit(place).collect::<Vec<_>>());
        let inverse: Vec<Vec<f64>> = (0..size).map(column).collect();
        let at = |row: usize, k: usize| inverse.get(k).and_then(|column| column.get(row));
        Matrix::from_fn(size, size, |row, column| {
            let products = (0..size).filter_map(|k| Some(at(row, k)? * at(column, k)?));
            products.sum()
        })
    }
}

/// The places of the columns done that make up a given one.
fn explained(done: &[Vec<f64>], diagonal: &[f64], column: &[f64], length: f64) -> Vec<usize> {
    let shares = back(done, diagonal, column);
    let part = |(place, share): (usize, f64)| {
        let above = done.get(place).and_then(|other| other.get(..place)).map_or(0.0, norm);
        let whole = libm::hypot(above, *diagonal.get(place)?);
        (share.abs() * whole > PART * length).then_some(place)
    };
    shares.into_iter().enumerate().filter_map(part).collect()
}

/// Solves Rx = the head of a target.
fn back(columns: &[Vec<f64>], diagonal: &[f64], target: &[f64]) -> Vec<f64> {
    let mut solution: Vec<f64> = target.iter().copied().take(columns.len()).collect();
    for (place, (column, pivot)) in columns.iter().zip(diagonal).enumerate().rev() {
        let (above, rest) = solution.split_at_mut(place);
        if let Some(value) = rest.first_mut() {
            *value /= pivot;
            let value = *value;
            above.iter_mut().zip(column).for_each(|(above, r)| *above -= r * value);
        }
    }
    solution
}

/// Turns a column into the vector of the reflection that makes its part from `place` on
/// a multiple of the unit vector; gives that multiple. The vector v is scaled so that the
/// reflection is I − vvᵀ.
fn make_reflection(column: &mut [f64], place: usize, length: f64) -> f64 {
    let Some(rest) = column.get_mut(place..) else { return length };
    let first = rest.first().copied().unwrap_or(0.0);
    let multiple = if first > 0.0 { -length } else { length };
    let scale = (length * (length + first.abs())).sqrt();
    for value in rest.iter_mut() {
        *value /= scale;
    }
    if let Some(head) = rest.first_mut() {
        *head = (first - multiple) / scale;
    }
    multiple
}

/// Applies the reflection that lies in a column from `place` on.
fn reflect(reflection: &[f64], place: usize, target: &mut [f64]) {
    let (Some(vector), Some(rest)) = (reflection.get(place..), target.get_mut(place..)) else {
        return;
    };
    let product: f64 = vector.iter().zip(rest.iter()).map(|(v, t)| v * t).sum();
    rest.iter_mut().zip(vector).for_each(|(t, v)| *t -= product * v);
}

/// The length of a vector.
fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|value| value * value).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::count;

    fn columns() -> Vec<Vec<f64>> {
        let powers = |k: usize| (1..8).map(move |i| libm::pow(count(i), count(k))).collect();
        (0..3).map(powers).collect()
    }

    #[test]
    fn finds_the_parabola() {
        let qr = Decomposition::new(columns()).expect("full rank");
        let target = (1..8).map(|i| 2.0 - 3.0 * count(i) + 0.5 * count(i * i)).collect();
        for (got, want) in qr.solve(target).iter().zip([2.0, -3.0, 0.5]) {
            assert!((got - want).abs() < 1e-12, "{got} is not {want}");
        }
        let inverse = qr.inverse();
        let product = |i: usize, j: usize| {
            columns()[i].iter().zip(&columns()[j]).map(|(a, b)| a * b).sum()
        };
        let unit = Matrix::from_fn(3, 3, product).times(&inverse).expect("shapes fit");
        assert!((unit.at(1, 1) - 1.0).abs() < 1e-10 && unit.at(0, 2).abs() < 1e-10);
    }

    #[test]
    fn names_what_a_column_follows_from() {
        let mut columns = columns();
        columns.push((1..8).map(|i| count(2 * i * i) - 1.0).collect());
        let dependent = Decomposition::new(columns).err();
        assert_eq!(dependent, Some(Dependent { column: 3, others: vec![0, 2] }));
        let dependent = Decomposition::new(vec![vec![1.0; 3], vec![0.0; 3]]).err();
        assert_eq!(dependent, Some(Dependent { column: 1, others: vec![] }));
    }
}
