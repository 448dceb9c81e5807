//! What follows exactly from exact figures: elimination over a large prime.
//!
//! Rows of whole numbers modulo 2^61 − 1 (a prime), so that nothing is rounded; a sum is
//! implied by others if it reduces to nothing.

use super::Sum;

/// The prime 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

/// What is left of a sum when all that is known is taken from it: the same whatever the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest(Vec<(usize, u64)>);

impl Rest {
    /// Whether one more known sum, of which `other` is left, would make this one known.
    #[must_use]
    pub fn follows_from(&self, other: &Self) -> bool {
        let (Some((atom, own)), Some((first, its))) = (self.0.first(), other.0.first()) else {
            return false;
        };
        let times_own = |(atom, factor): &(usize, u64)| (*atom, times(*factor, *own));
        let times_its = |(atom, factor): &(usize, u64)| (*atom, times(*factor, *its));
        atom == first
            && self.0.len() == other.0.len()
            && self.0.iter().map(times_its).eq(other.0.iter().map(times_own))
    }
}

/// Sums that are known exactly, reduced: each row begins with 1 at an atom with which no
/// other row begins.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    rows: std::collections::BTreeMap<usize, Vec<(usize, u64)>>,
}

impl Basis {
    /// Adds a sum of whole numbers; false if it was implied already.
    pub fn add(&mut self, sum: &Sum) -> bool {
        let Rest(mut row) = self.rest(sum);
        let Some((first, leading)) = row.first().copied() else { return false };
        let inverse = power(leading, PRIME - 2);
        for (_, factor) in &mut row {
            *factor = times(*factor, inverse);
        }
        self.rows.insert(first, row);
        true
    }

    /// Whether a sum follows from those that were added.
    #[must_use]
    pub fn implies(&self, sum: &Sum) -> bool {
        self.rest(sum).0.is_empty()
    }

    /// What is left of a sum.
    #[must_use]
    pub fn rest(&self, sum: &Sum) -> Rest {
        let row = sum.0.iter().map(|(atom, factor)| (*atom, whole(*factor))).collect();
        self.less(Rest(row))
    }

    /// What is left of what was left before more was added.
    #[must_use]
    pub fn less(&self, rest: Rest) -> Rest {
        let Rest(mut row) = rest;
        let mut done = 0;
        while let Some((atom, factor)) = row.get(done).copied() {
            match self.rows.get(&atom) {
                Some(other) => row = minus(&row, factor, other),
                None => done += 1,
            }
        }
        Rest(row)
    }
}

/// A whole number modulo the prime.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number of no sign, far below 2^53"
)]
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A fraction in lowest terms, its denominator above zero.
    fn fraction(above: i128, below: i128) -> (i128, i128) {
        let mut divisor = (above.abs(), below.abs());
        while divisor.1 != 0 {
            divisor = (divisor.1, divisor.0 % divisor.1);
        }
        let by = divisor.0.max(1) * below.signum();
        (above / by, below / by)
    }

    /// The rank of rows of whole numbers, by elimination over fractions.
    fn rank(rows: &[Vec<i8>]) -> usize {
        let exact = |row: &Vec<i8>| row.iter().map(|x| (i128::from(*x), 1)).collect();
        let mut rows: Vec<Vec<(i128, i128)>> = rows.iter().map(exact).collect();
        let columns = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].0 != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let pivot = rows[rank].clone();
            for row in &mut rows[rank + 1..] {
                let (a, b) = (row[column], pivot[column]);
                let by = fraction(a.0 * b.1, a.1 * b.0);
                for (own, other) in row.iter_mut().zip(&pivot) {
                    let (above, below) = (by.0 * other.0, by.1 * other.1);
                    *own = fraction(own.0 * below - above * own.1, own.1 * below);
                }
            }
            rank += 1;
        }
        rank
    }

    fn sum(row: &[i8]) -> Sum {
        let terms = row.iter().enumerate().filter(|(_, factor)| **factor != 0);
        Sum(terms.map(|(atom, factor)| (atom, f64::from(*factor))).collect())
    }

    proptest! {
        /// A row is new exactly if it raises the rank.
        #[test]
        fn what_is_new_raises_the_rank(
            rows in prop::collection::vec(prop::collection::vec(-1_i8..=1, 6), 1..9),
        ) {
            let mut basis = Basis::default();
            for n in 0..rows.len() {
                let raised = rank(&rows[..=n]) > rank(&rows[..n]);
                prop_assert_eq!(basis.implies(&sum(&rows[n])), !raised);
                prop_assert_eq!(basis.add(&sum(&rows[n])), raised);
                prop_assert!(basis.implies(&sum(&rows[n])));
            }
        }

        /// What follows from one more row is what the basis with it implies.
        #[test]
        fn what_follows_from_one_more_is_implied_with_it(
            rows in prop::collection::vec(prop::collection::vec(-1_i8..=1, 6), 1..6),
            more in prop::collection::vec(-1_i8..=1, 6),
            target in prop::collection::vec(-1_i8..=1, 6),
        ) {
            let mut basis = Basis::default();
            for row in &rows {
                basis.add(&sum(row));
            }
            let known = basis.implies(&sum(&target));
            let rest = basis.rest(&sum(&target));
            let follows = rest.follows_from(&basis.rest(&sum(&more)));
            basis.add(&sum(&more));
            prop_assert_eq!(known || follows, basis.implies(&sum(&target)));
            prop_assert_eq!(basis.less(rest), basis.rest(&sum(&target)));
        }
    }

    #[test]
    fn a_total_and_all_but_one_of_its_parts_give_the_last() {
        let mut basis = Basis::default();
        assert!(basis.add(&sum(&[1, 1, 1, 1])));
        assert!(basis.add(&sum(&[1, 0, 0, 0])));
        assert!(basis.add(&sum(&[0, 1, 0, 0])));
        assert!(!basis.implies(&sum(&[0, 0, 0, 1])));
        assert!(basis.implies(&sum(&[0, 0, 1, 1])));
        assert!(basis.add(&sum(&[0, 0, 1, 0])));
        assert!(basis.implies(&sum(&[0, 0, 0, 1])));
        assert!(!basis.add(&sum(&[2, 0, 0, -1])));
    }

    #[test]
    fn nothing_is_implied_by_nothing_but_nothing() {
        assert!(Basis::default().implies(&Sum::default()));
        assert!(!Basis::default().implies(&sum(&[0, 1])));
    }
}
