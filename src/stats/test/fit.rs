//! The test of given shares.
//!
//! Takes the estimated totals of the categories, their covariance and the shares of the
//! hypothesis; gives statistic and p-value. Knows nothing of the design.

use super::error::Untestable;
use crate::stats::distribution::ChiSquaredMixture;
use crate::stats::matrix::Matrix;

/// The result of the test.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Pearson's X² of the weighted totals. Its unit is that of the weights: weights twice
    /// as large make it and the scale twice as large, and leave the p-value.
    pub statistic: f64,
    /// X²/scale is referred to χ².
    pub scale: f64,
    /// The degrees of freedom of that χ², which need not be whole.
    pub freedom: f64,
    /// P(greater than the statistic) by Satterthwaite's approximation.
    pub p: f64,
    /// The distribution of X² under the hypothesis, for an exact p-value.
    pub distribution: ChiSquaredMixture,
}

impl Fit {
    /// P(greater than the statistic), as exact as the covariance is.
    #[must_use]
    pub fn exact(&self) -> f64 {
        self.distribution.upper(self.statistic)
    }
}

/// The test that the categories have the expected shares, which are scaled to add up to
/// 1: Rao and Scott (1981), "The analysis of categorical data from complex sample
/// surveys: chi-squared tests for goodness of fit and independence in two-way tables", as R's `svygofchisq`.
///
/// `totals` are the weighted totals T of the k categories, `covariance` theirs. With E = pN
/// and N = ΣT, X² is the sum of squares of (T − E)/√E, and the weights of its
/// distribution are the eigenvalues of their covariance to first order, in which E varies
/// too. R assigns the shares to categories in alphabetical order when it computes that
/// covariance, so that its p-value differs where the categories stand in another one.
///
/// # Errors
/// [`Untestable::Shape`], [`Untestable::OneCategory`], [`Untestable::Expected`] for a share
/// that is not above 0, [`Untestable::NoVariance`].
pub fn goodness_of_fit(
    totals: &[f64],
    covariance: &Matrix,
    expected: &[f64],
) -> Result<Fit, Untestable> {
    if totals.len() < 2 {
        return Err(Untestable::OneCategory);
    }
    let sum: f64 = expected.iter().sum();
    if !sum.is_finite() || expected.iter().any(|share| *share <= 0.0) {
        return Err(Untestable::Expected);
    }
    let whole: f64 = totals.iter().sum();
    if expected.len() != totals.len() || !(whole > 0.0 && whole.is_finite()) {
        return Err(Untestable::Shape);
    }
    let shares: Vec<f64> = expected.iter().map(|share| share / sum).collect();
    let distance = |(total, share): (&f64, &f64)| {
        let expected = share * whole;
        (total - expected) * (total - expected) / expected
    };
    let statistic = totals.iter().zip(&shares).map(distance).sum();
    judged(statistic, &residual_covariance(totals, covariance, &shares)?)
}

/// The covariance of (T − E)/√E, by their derivatives δ/√E − p(T + E)/(2E√E).
fn residual_covariance(
    totals: &[f64],
    covariance: &Matrix,
    shares: &[f64],
) -> Result<Matrix, Untestable> {
    let size = totals.len();
    let whole: f64 = totals.iter().sum();
    let both: Vec<(f64, f64)> = totals.iter().copied().zip(shares.iter().copied()).collect();
    let derivative = |row: usize, column: usize| {
        let (total, share) = both.get(row).copied().unwrap_or((0.0, 1.0));
        let expected = share * whole;
        let own = f64::from(u8::from(row == column));
        (own - share * (total + expected) / (2.0 * expected)) / expected.sqrt()
    };
    let derivatives = Matrix::from_fn(size, size, derivative);
    super::linear(totals, covariance, &derivatives).map(|(_, covariance)| covariance)
}

fn judged(statistic: f64, covariance: &Matrix) -> Result<Fit, Untestable> {
    let weights = covariance.eigenvalues().ok_or(Untestable::Shape)?;
    let distribution = ChiSquaredMixture::new(weights.into_iter().map(|weight| (weight, 1.0)));
    let distribution = distribution.ok_or(Untestable::NoVariance)?;
    let near = distribution.satterthwaite().ok_or(Untestable::NoVariance)?;
    let p = near.upper(statistic).ok_or(Untestable::NoVariance)?;
    Ok(Fit { statistic, scale: near.scale, freedom: near.freedom, p, distribution })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Drawn, ROWS, WEIGHTS, close, covariance};
    use super::*;

    /// The weighted totals of the rows, in an order.
    fn totals(order: [usize; 3]) -> (Vec<f64>, Matrix) {
        let z =
            |i: usize, place: usize| WEIGHTS[i] * f64::from(u8::from(ROWS[i] == order[place]));
        let total = |place| (0..20).map(|i| z(i, place)).sum();
        ((0..3).map(total).collect(), covariance(Drawn::InPairs, 3, z))
    }

    /// R survey: `svygofchisq(~g, p = c(0.3, 0.5, 0.2), d)`, where g is "b", "a", "c" for
    /// rows 0, 1, 2.
    #[test]
    fn given_shares_agree_with_r() {
        let (values, covariance) = totals([1, 0, 2]);
        let fit = goodness_of_fit(&values, &covariance, &[3.0, 5.0, 2.0]).expect("exists");
        close(fit.statistic, 1.045_977_011_494_252_2);
        close(fit.scale, 3.145_932_416_095_029);
        close(fit.freedom, 1.731_297_053_889_153_7);
        close(fit.p, 0.793_688_228_963_563_7);
        // The exact one, from the eigenvalues that R gives.
        let two = [(3.796_127_681_602_977, 1.0), (1.650_415_842_116_734_3, 1.0)];
        let exact = ChiSquaredMixture::new(two).expect("a distribution");
        close(fit.exact(), exact.upper(1.045_977_011_494_252_2));
    }

    #[test]
    fn the_order_of_categories_does_not_matter() {
        let (values, covariance) = totals([1, 0, 2]);
        let straight = goodness_of_fit(&values, &covariance, &[0.3, 0.5, 0.2]);
        let (values, covariance) = totals([2, 1, 0]);
        let turned = goodness_of_fit(&values, &covariance, &[0.2, 0.3, 0.5]);
        let (straight, turned) = (straight.expect("exists"), turned.expect("exists"));
        close(turned.p, straight.p);
        close(turned.scale, straight.scale);
    }

    #[test]
    fn reasons() {
        let (values, covariance) = totals([1, 0, 2]);
        let fit = |shares: &[f64]| goodness_of_fit(&values, &covariance, shares);
        assert_eq!(fit(&[0.5, 0.5, 0.0]), Err(Untestable::Expected));
        assert_eq!(fit(&[0.5, 0.5]), Err(Untestable::Shape));
        let one = goodness_of_fit(&[3.0], &Matrix::identity(1), &[1.0]);
        assert_eq!(one, Err(Untestable::OneCategory));
        let known = goodness_of_fit(&values, &Matrix::zeros(3, 3), &[1.0, 1.0, 1.0]);
        assert_eq!(known, Err(Untestable::NoVariance));
    }
}
