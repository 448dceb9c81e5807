//! Linear contrasts, and the scales on which to take them.
//!
//! Takes values and their covariance; gives those of contrasts, ratios or odds. Tests
//! nothing.

use super::error::Untestable;
use crate::stats::matrix::Matrix;

/// The scale on which values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// As they are.
    Plain,
    /// ln θ: differences are logarithms of ratios. Needs θ > 0.
    Log,
    /// ln θ/(1 − θ): differences are logarithms of odds ratios. Needs 0 < θ < 1.
    LogOdds,
}

impl Scale {
    /// The value on the scale, and its derivative.
    fn of(self, value: f64) -> Option<(f64, f64)> {
        let scaled = match self {
            Self::Plain => (value, 1.0),
            Self::Log => (libm::log(value), 1.0 / value),
            Self::LogOdds => {
                let rest = 1.0 - value;
                (libm::log(value / rest), 1.0 / (value * rest))
            }
        };
        (scaled.0.is_finite() && scaled.1.is_finite()).then_some(scaled)
    }
}

/// Cθ and `CVCᵀ` of k values and their k × k covariance, for contrasts in the rows of C,
/// as R's `svycontrast`.
///
/// # Errors
/// [`Untestable::Shape`] when the sizes do not fit.
pub fn linear(
    values: &[f64],
    covariance: &Matrix,
    contrasts: &Matrix,
) -> Result<(Vec<f64>, Matrix), Untestable> {
    let k = values.len();
    if contrasts.columns() != k || covariance.rows() != k || covariance.columns() != k {
        return Err(Untestable::Shape);
    }
    let contrast = |row| contrasts.row(row).iter().zip(values).map(|(c, v)| c * v).sum();
    let moved = contrasts.times(covariance).ok_or(Untestable::Shape)?;
    let covariance = moved.times(&contrasts.transposed()).ok_or(Untestable::Shape)?;
    Ok(((0..contrasts.rows()).map(contrast).collect(), covariance))
}

/// The values on another scale and their covariance to first order, as R's `svycontrast`
/// of an expression. A log ratio is a contrast of what comes out for [`Scale::Log`].
///
/// # Errors
/// [`Untestable::Shape`] when the sizes do not fit; [`Untestable::OutOfScale`] when a value
/// is not inside the scale.
pub fn rescaled(
    values: &[f64],
    covariance: &Matrix,
    scale: Scale,
) -> Result<(Vec<f64>, Matrix), Untestable> {
    let scaled: Option<Vec<_>> = values.iter().map(|value| scale.of(*value)).collect();
    let scaled = scaled.ok_or(Untestable::OutOfScale)?;
    let size = scaled.len();
    let slope = |row: usize| scaled.get(row).map_or(0.0, |(_, slope)| *slope);
    let slopes = Matrix::from_fn(size, size, |i, j| if i == j { slope(i) } else { 0.0 });
    let (_, covariance) = linear(values, covariance, &slopes)?;
    Ok((scaled.into_iter().map(|(value, _)| value).collect(), covariance))
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Drawn, close, means, shares};
    use super::*;

    /// R survey: `svycontrast(svyby(~y, ~r, d, svymean, covmat = TRUE), c(-1, 0.5, 0.5))`.
    #[test]
    fn a_contrast_agrees_with_r() {
        let (means, covariance) = means(Drawn::InPairs);
        let contrast = Matrix::from_fn(1, 3, |_, group| [-1.0, 0.5, 0.5][group]);
        let (value, variance) = linear(&means, &covariance, &contrast).expect("fits");
        close(value[0], -0.759_615_384_615_384_6);
        close(variance.at(0, 0).sqrt(), 0.717_544_708_557_108_5);
        let longer = Matrix::zeros(1, 4);
        assert_eq!(linear(&means, &covariance, &longer), Err(Untestable::Shape));
    }

    /// R survey: `svycontrast` of the means of the indicators of cells, of
    /// `log(c1 * c4 / (c2 * c3))` and of `log(c1 / (1 - c1)) - log(c2 / (1 - c2))`.
    #[test]
    fn ratios_of_odds_agree_with_r() {
        let (table, covariance) = shares(Drawn::InPairs);
        let values: Vec<f64> = (0..6).map(|cell| table.at(cell / 2, cell % 2)).collect();
        let signs = [1.0, -1.0, -1.0, 1.0, 0.0, 0.0];
        let cross = Matrix::from_fn(1, 6, |_, cell| signs[cell]);
        let (logs, log_covariance) =
            rescaled(&values, &covariance, Scale::Log).expect("positive");
        let (value, variance) = linear(&logs, &log_covariance, &cross).expect("fits");
        close(value[0], 0.664_976_303_593_249);
        close(variance.at(0, 0).sqrt(), 0.901_774_516_667_866_8);
        let (odds, odds_covariance) =
            rescaled(&values, &covariance, Scale::LogOdds).expect("inside");
        let first = Matrix::from_fn(1, 6, |_, cell| [1.0, -1.0, 0.0, 0.0, 0.0, 0.0][cell]);
        let (value, variance) = linear(&odds, &odds_covariance, &first).expect("fits");
        close(value[0], 0.198_602_442_398_092_1);
        close(variance.at(0, 0).sqrt(), 0.698_829_479_431_254_5);
    }

    #[test]
    fn what_has_no_logarithm() {
        let one = Matrix::identity(1);
        for (value, scale) in [(0.0, Scale::Log), (-1.0, Scale::Log), (1.0, Scale::LogOdds)] {
            assert_eq!(rescaled(&[value], &one, scale), Err(Untestable::OutOfScale));
        }
        assert_eq!(rescaled(&[-1.0], &one, Scale::Plain), Ok((vec![-1.0], one)));
    }
}
