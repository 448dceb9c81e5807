//! What follows exactly from exact figures: elimination over a large prime.
//!
//! Rows of whole numbers modulo 2^61 − 1 (a prime), so that nothing is rounded; a sum is
//! implied by others if it reduces to nothing.

use super::Sum;

/// The prime 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

/// Sums that are known exactly, reduced: each row begins with 1 at an atom with which no
/// other row begins.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    rows: std::collections::BTreeMap<usize, Vec<(usize, u64)>>,
}

impl Basis {
    /// Adds a sum of whole numbers; false if it was implied already.
    pub fn add(&mut self, sum: &Sum) -> bool {
        let mut row = self.reduced(sum);
        let Some((first, leading)) = row.first().copied() else { return false };
        let inverse = power(leading, PRIME - 2);
        row.iter_mut().for_each(|(_, factor)| *factor = times(*factor, inverse));
        self.rows.insert(first, row);
        true
    }

    /// Whether a sum follows from those that were added.
    #[must_use]
    pub fn implies(&self, sum: &Sum) -> bool {
        self.reduced(sum).is_empty()
    }

    fn reduced(&self, sum: &Sum) -> Vec<(usize, u64)> {
        let mut row: Vec<(usize, u64)> =
            sum.0.iter().map(|(atom, factor)| (*atom, whole(*factor))).collect();
        let mut done = 0;
        while let Some((atom, factor)) = row.get(done).copied() {
            match self.rows.get(&atom) {
                Some(other) => row = minus(&row, factor, other),
                None => done += 1,
            }
        }
        row
    }
}

/// A whole number modulo the prime.
fn whole(factor: f64) -> u64 {
    let size = factor.abs() as u64 % PRIME;
    if factor < 0.0 && size > 0 { PRIME - size } else { size }
}

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) % u128::from(PRIME);
    u64::try_from(product).unwrap_or(0)
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

/// `row` − `factor` · `other`.
fn minus(row: &[(usize, u64)], factor: u64, other: &[(usize, u64)]) -> Vec<(usize, u64)> {
    let negative = PRIME - factor;
    let mut sum: std::collections::BTreeMap<usize, u64> = row.iter().copied().collect();
    for (atom, its) in other {
        let held = sum.entry(*atom).or_default();
        *held = (*held + times(negative, *its)) % PRIME;
    }
    sum.into_iter().filter(|(_, factor)| *factor != 0).collect()
}
