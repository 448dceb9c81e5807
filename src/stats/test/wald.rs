//! Wald's test of several figures at once.
//!
//! Takes figures that are zero under the hypothesis, their covariance and how to refer
//! the statistic; gives statistic and p-value. Knows nothing of what the figures are.

use super::error::Untestable;
use crate::stats::count;
use crate::stats::distribution::{ChiSquared, Distribution, FisherF};
use crate::stats::matrix::Matrix;

/// What the statistic is referred to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference {
    /// χ² on k degrees of freedom, k being the number of figures: for a covariance that is
    /// as good as known.
    ChiSquared,
    /// χ²/k as F on k and the given degrees of freedom of the design d.
    F(f64),
    /// χ²(d − k + 1)/(dk) as F on k and d − k + 1: Fellegi (1980), "Approximate tests of
    /// independence and goodness of fit based on stratified multistage samples", after
    /// Hotelling's T².
    AdjustedF(f64),
}

/// The result of the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaldTest {
    /// θᵀV⁻¹θ.
    pub chi_squared: f64,
    /// What is referred: χ², or F.
    pub statistic: f64,
    /// The number of figures.
    pub numerator: f64,
    /// Denominator degrees of freedom; none for χ².
    pub denominator: Option<f64>,
    /// P(greater than the statistic).
    pub p: f64,
}

/// The test that all k values are 0, given their k × k covariance: Wald (1943), "Tests of
/// statistical hypotheses concerning several parameters when the number of observations
/// is large"; as R's `regTermTest(method = "Wald")`, where d are the residual degrees of
/// freedom of the model. For another hypothesis, hand in the differences from it; for
/// contrasts, what [`super::linear`] gives.
///
/// # Errors
/// [`Untestable::Shape`]; [`Untestable::NoVariance`] when some value has none;
/// [`Untestable::Singular`]; [`Untestable::NoFreedom`] when d, or d − k + 1, is not above 0.
pub fn wald(
    values: &[f64],
    covariance: &Matrix,
    reference: Reference,
) -> Result<WaldTest, Untestable> {
    let chi_squared = quadratic(values, covariance)?;
    let k = count(values.len());
    let (factor, denominator) = match reference {
        Reference::ChiSquared => (1.0, None),
        Reference::F(d) => (1.0 / k, Some(d)),
        Reference::AdjustedF(d) => ((d - k + 1.0) / (d * k), Some(d - k + 1.0)),
    };
    let statistic = chi_squared * factor;
    let p = match denominator {
        None => ChiSquared::new(k).map(|distribution| distribution.upper(statistic)),
        Some(d) => FisherF::new(k, d).map(|distribution| distribution.upper(statistic)),
    };
    let p = p.ok_or(Untestable::NoFreedom)?;
    Ok(WaldTest { chi_squared, statistic, numerator: k, denominator, p })
}

/// θᵀV⁻¹θ.
fn quadratic(values: &[f64], covariance: &Matrix) -> Result<f64, Untestable> {
    let k = values.len();
    let finite = values.iter().all(|value| value.is_finite());
    if k == 0 || covariance.rows() != k || covariance.columns() != k || !finite {
        return Err(Untestable::Shape);
    }
    if (0..k).any(|place| covariance.at(place, place) <= 0.0) {
        return Err(Untestable::NoVariance);
    }
    let column = Matrix::from_fn(k, 1, |row, _| values.get(row).copied().unwrap_or(0.0));
    let solved = covariance.solve(&column).ok_or(Untestable::Singular)?;
    Ok(values.iter().enumerate().map(|(row, value)| value * solved.at(row, 0)).sum())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Drawn, close, means};
    use super::super::{Scale, linear, rescaled};
    use super::*;

    /// The differences of the means of rows 1 and 2 from that of row 0.
    fn differences() -> (Vec<f64>, Matrix) {
        let (means, covariance) = means(Drawn::InPairs);
        let contrasts = Matrix::from_fn(2, 3, |contrast, group| match group {
            0 => -1.0,
            _ => f64::from(u8::from(contrast + 1 == group)),
        });
        linear(&means, &covariance, &contrasts).expect("fits")
    }

    /// R survey: `regTermTest(svyglm(y ~ factor(r), d), ~factor(r))`, and with `df = Inf`.
    #[test]
    fn wald_agrees_with_r() {
        let (values, covariance) = differences();
        let f = wald(&values, &covariance, Reference::F(6.0)).expect("exists");
        close(f.statistic, 2.687_465_427_170_591_3);
        close(f.p, 0.146_759_916_191_451_48);
        let chi = wald(&values, &covariance, Reference::ChiSquared).expect("exists");
        close(chi.statistic, 2.0 * 2.687_465_427_170_591_3);
        close(chi.p, 0.068_053_206_776_247_92);
        assert_eq!((chi.numerator, chi.denominator), (2.0, None));
        let adjusted = wald(&values, &covariance, Reference::AdjustedF(7.0)).expect("exists");
        close(adjusted.statistic, chi.statistic * 6.0 / 14.0);
        assert_eq!(adjusted.denominator, Some(6.0));
    }

    #[test]
    fn one_value_is_students_t_squared() {
        let variance = Matrix::from_fn(1, 1, |_, _| 0.25);
        let got = wald(&[1.3], &variance, Reference::F(9.0)).expect("exists");
        let t = super::super::student(1.3, 0.5, 9.0).expect("exists");
        close(got.statistic, t.t * t.t);
        close(got.p, t.p);
    }

    #[test]
    fn the_basis_of_the_contrasts_does_not_matter() {
        let (values, covariance) = differences();
        let other = Matrix::from_fn(2, 2, |i, j| [[2.0, -0.3], [0.7, 5.0]][i][j]);
        let (turned, turned_covariance) = linear(&values, &covariance, &other).expect("fits");
        let straight = wald(&values, &covariance, Reference::F(6.0)).expect("exists");
        let across = wald(&turned, &turned_covariance, Reference::F(6.0)).expect("exists");
        close(across.statistic, straight.statistic);
    }

    #[test]
    fn reasons() {
        let (values, covariance) = differences();
        let test = |covariance: &Matrix, d| wald(&values, covariance, Reference::F(d));
        assert_eq!(test(&covariance, 0.0), Err(Untestable::NoFreedom));
        assert_eq!(test(&Matrix::zeros(2, 2), 6.0), Err(Untestable::NoVariance));
        assert_eq!(test(&Matrix::from_fn(2, 2, |_, _| 1.0), 6.0), Err(Untestable::Singular));
        assert_eq!(test(&Matrix::identity(3), 6.0), Err(Untestable::Shape));
        let adjusted = wald(&values, &covariance, Reference::AdjustedF(1.0));
        assert_eq!(adjusted, Err(Untestable::NoFreedom));
        assert!(rescaled(&[-1.0, 1.0], &covariance, Scale::Log).is_err());
    }
}
