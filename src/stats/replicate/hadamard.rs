//! Hadamard matrices: which half of each pair a balanced replicate takes.
//!
//! Takes how many pairs there are; gives a matrix of zeros and ones whose rows are
//! orthogonal (0 read as −1), the first all ones. Knows no design.
//!
//! The variance of a linear statistic, such as a total, does not depend on the matrix; that
//! of a mean, ratio or quantile does in its later digits. So the orders are those of
//! `hadamard(n)` in R survey 4.5 and the matrices are too, each made by a published rule,
//! but for order 28 and the orders doubled from it (for 24 to 27 pairs, 48 to 55, ...). R
//! uses another matrix of order 28: there, later digits for means differ from R's.

/// The greatest number of pairs; R has prime numbers for Paley's matrices up to here.
const MOST_PAIRS: usize = 7_919;

/// A Hadamard matrix, its first row and perhaps not its first column all ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hadamard {
    order: usize,
    ones: Vec<bool>,
}

impl Hadamard {
    /// The matrix for `pairs` pairs, of R's order: a multiple of four above `pairs`. `None`
    /// above 7,919 pairs.
    ///
    /// It is R's matrix too, but where the order is 28 (24 to 27 pairs) or doubled from 28:
    /// variances of linear statistics are the same there, those of means differ from R's in
    /// later digits.
    pub(super) fn for_pairs(pairs: usize) -> Option<Self> {
        if pairs > MOST_PAIRS {
            return None;
        }
        let power = (pairs + 1).next_power_of_two().max(4);
        let doubled =
            [(power, power), (28, doubled_above(28, pairs)), (36, doubled_above(36, pairs))];
        let tight = next_fourth(pairs);
        if let Some((start, _)) = doubled.iter().find(|(start, _)| *start == tight) {
            return Some(Self::of_start(*start));
        }
        let (start, order) = doubled.into_iter().min_by_key(|(_, order)| *order)?;
        let paley = if order > pairs + 4 { Self::of_paley(pairs, order) } else { None };
        Some(paley.unwrap_or_else(|| Self::of_start(start).doubled_to(order)))
    }

    /// The number of rows and of columns.
    pub(super) fn order(&self) -> usize {
        self.order
    }

    /// Whether a place holds a one; not so outside the matrix.
    pub(super) fn is_one(&self, row: usize, column: usize) -> bool {
        column < self.order
            && self.ones.get(row * self.order + column).copied().unwrap_or(false)
    }

    fn from_fn(order: usize, is_one: impl Fn(usize, usize) -> bool) -> Self {
        let places = (0..order).flat_map(|row| (0..order).map(move |column| (row, column)));
        Self { order, ones: places.map(|(row, column)| is_one(row, column)).collect() }
    }

    /// The matrices that others are doubled from: 28 is Paley's from the field of 27
    /// elements, powers of two are Sylvester's.
    fn of_start(order: usize) -> Self {
        match order {
            28 => Self::of_field(27, plus_of_27, times_of_27),
            36 => Self::from_fn(order, is_one_of_36),
            _ => Self::from_fn(order, |row, column| (row & column).count_ones() % 2 == 0),
        }
    }

    /// Sylvester's doubling: (H, H) over (H, not H).
    fn doubled_to(self, order: usize) -> Self {
        if self.order >= order {
            return self;
        }
        let half = self.order;
        let twice = Self::from_fn(2 * half, |row, column| {
            self.is_one(row % half, column % half) != (row >= half && column >= half)
        });
        twice.doubled_to(order)
    }

    /// Where doubling gives far more than is needed: a matrix from a prime, of an order of
    /// at most `most` + 1. Paley (1933), "On orthogonal matrices".
    fn of_paley(pairs: usize, most: usize) -> Option<Self> {
        let tight = next_fourth(pairs);
        if tight.is_multiple_of(8) {
            let odd_fourth = 4 * (tight >> tight.trailing_zeros());
            if is_paley_prime(odd_fourth - 1) {
                return Some(Self::of_prime(odd_fourth - 1).doubled_to(tight));
            }
        }
        let prime = (pairs..=MOST_PAIRS).find(|number| is_paley_prime(*number))?;
        if prime + 1 > tight + 4 && tight + 4 < most {
            return Self::of_paley(tight + 3, 2 * (tight + 3));
        }
        (prime <= most).then(|| Self::of_prime(prime))
    }

    /// Paley's matrix from the numbers modulo a prime.
    fn of_prime(prime: usize) -> Self {
        Self::of_field(prime, |a, b| (a + b) % prime, |a, b| a * b % prime)
    }

    /// Paley's first construction from a field whose size leaves 3 when divided by 4, its
    /// elements numbered from 0: zero where row + column is 0 or a square, bordered by ones.
    /// Paley (1933), "On orthogonal matrices", lemma 2, with the rows in another order.
    fn of_field(
        size: usize,
        plus: impl Fn(usize, usize) -> usize,
        times: impl Fn(usize, usize) -> usize,
    ) -> Self {
        let mut square = vec![false; size];
        for root in 0..size {
            if let Some(place) = square.get_mut(times(root, root)) {
                *place = true;
            }
        }
        let is_square = |element: usize| square.get(element).copied().unwrap_or(false);
        Self::from_fn(size + 1, |row, column| {
            row == 0 || column == 0 || !is_square(plus(row - 1, column - 1))
        })
    }
}

/// The least multiple of four above a number.
fn next_fourth(pairs: usize) -> usize {
    pairs + 4 - pairs % 4
}

/// An order doubled until it is above the number of pairs.
fn doubled_above(start: usize, pairs: usize) -> usize {
    std::iter::successors(Some(start), |order| order.checked_mul(2))
        .find(|order| *order > pairs)
        .unwrap_or(usize::MAX)
}

/// Whether a number is a prime that leaves 3 when divided by 4.
fn is_paley_prime(number: usize) -> bool {
    let divides = |divisor: &usize| number.is_multiple_of(*divisor);
    number % 4 == 3 && !(3..number).take_while(|d| d * d <= number).any(|d| divides(&d))
}

/// The cyclic matrix of the difference set of the twin primes 5 and 7, and a border.
///
/// Stanton and Sprott (1958), "A family of difference sets".
fn is_one_of_36(row: usize, column: usize) -> bool {
    if row == 0 || column == 35 {
        return row == 0;
    }
    let sum = (row - 1 + column) % 35;
    let square_of_5 = matches!(sum % 5, 1 | 4);
    let square_of_7 = matches!(sum % 7, 1 | 2 | 4);
    !sum.is_multiple_of(7) && (sum.is_multiple_of(5) || square_of_5 == square_of_7)
}

/// The coefficients of an element of the field of 27: a + 3b + 9c stands for a + bx + cx²,
/// a polynomial over the numbers modulo 3.
fn coefficients(element: usize) -> [usize; 3] {
    [element % 3, element / 3 % 3, element / 9 % 3]
}

/// The element of the field of 27 that has these coefficients, modulo 3.
fn element_of([a, b, c]: [usize; 3]) -> usize {
    a % 3 + b % 3 * 3 + c % 3 * 9
}

/// The sum of two elements of the field of 27.
fn plus_of_27(left: usize, right: usize) -> usize {
    let ([a, b, c], [d, e, f]) = (coefficients(left), coefficients(right));
    element_of([a + d, b + e, c + f])
}

/// The product of two elements of the field of 27, modulo x³ + 2x + 1, which has no root
/// and so no factor: x³ = x + 2 and x⁴ = x² + 2x.
fn times_of_27(left: usize, right: usize) -> usize {
    let ([a, b, c], [d, e, f]) = (coefficients(left), coefficients(right));
    let (third, fourth) = (b * f + c * e, c * f);
    element_of([
        a * d + 2 * third,
        a * e + b * d + third + 2 * fourth,
        a * f + b * e + c * d + fourth,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the sum of the products of two rows, read as ±1, must be 0 or the order.
    fn is_hadamard(matrix: &Hadamard) -> bool {
        let agree = |a: usize, b: usize| {
            (0..matrix.order()).filter(|c| matrix.is_one(a, *c) == matrix.is_one(b, *c)).count()
        };
        let order = matrix.order();
        (0..order).all(|a| (0..a).all(|b| 2 * agree(a, b) == order))
            && (0..order).all(|column| matrix.is_one(0, column))
    }

    #[test]
    fn every_matrix_is_one() {
        for pairs in (1..=256).step_by(4) {
            let matrix = Hadamard::for_pairs(pairs).expect("not too many");
            assert!(matrix.order() > pairs && is_hadamard(&matrix), "{pairs} pairs");
        }
    }

    /// Of a field: 1 is neutral, a product is 0 only if a factor is, and both laws hold.
    #[test]
    fn the_field_of_27() {
        let (plus, times) = (plus_of_27, times_of_27);
        for a in 0..27 {
            assert_eq!((plus(a, 0), plus(a, plus(a, a)), times(a, 1)), (a, 0, a));
            for b in 0..27 {
                assert_eq!(times(a, b) == 0, a == 0 || b == 0, "{a} {b}");
                for c in 0..27 {
                    assert_eq!(times(a, times(b, c)), times(times(a, b), c));
                    assert_eq!(times(a, plus(b, c)), plus(times(a, b), times(a, c)));
                }
            }
        }
        assert_eq!((times(3, 9), times(9, 9)), (5, 15), "x³ = x + 2, x⁴ = x² + 2x");
    }

    /// 28 and its doubles: a Hadamard matrix with a first row and column of ones, the
    /// matrix of order 28 at its upper left.
    #[test]
    fn orders_from_28() {
        let start = Hadamard::of_start(28);
        for (pairs, order) in ORDERS_FROM_28 {
            let matrix = Hadamard::for_pairs(pairs).expect("not too many");
            assert!(matrix.order() == order && is_hadamard(&matrix), "{pairs} pairs");
            assert!((0..order).all(|row| matrix.is_one(row, 0)), "{pairs} pairs");
            let same = |place: usize| {
                let (row, column) = (place / 28, place % 28);
                matrix.is_one(row, column) == start.is_one(row, column)
            };
            assert!((0..28 * 28).all(same), "{pairs} pairs");
        }
    }

    /// R survey: `nrow(hadamard(n))`.
    #[test]
    fn orders_as_in_r() {
        let pairs = [1, 4, 11, 16, 24, 35, 48, 76, 124, 180, 200, 217, 240, 335, 2_100];
        let orders = [4, 8, 12, 20, 28, 36, 56, 80, 128, 192, 212, 224, 252, 336, 2_104];
        let got = pairs.map(|pairs| Hadamard::for_pairs(pairs).map_or(0, |m| m.order()));
        assert_eq!(got, orders);
        assert_eq!(Hadamard::for_pairs(7_920), None);
    }

    /// R survey: `sum(H * W)`, W being (31i + 17j + ij) mod 10007, counting from 0.
    #[test]
    fn places_as_in_r() {
        let sum = |pairs| {
            let matrix = Hadamard::for_pairs(pairs).expect("not too many");
            let places =
                (0..matrix.order()).flat_map(|i| (0..matrix.order()).map(move |j| (i, j)));
            let ones = places.filter(|(i, j)| matrix.is_one(*i, *j));
            ones.map(|(i, j)| (31 * i + 17 * j + i * j) % 10_007).sum::<usize>()
        };
        let pairs = [1, 4, 8, 24, 32, 48, 68, 76, 124, 200];
        assert_eq!(
            pairs.map(sum),
            [
                589,
                5_726,
                20_955,
                319_759,
                739_900,
                3_233_186,
                7_654_268,
                11_016_276,
                36_001_389,
                111_179_151
            ]
        );
    }
}
