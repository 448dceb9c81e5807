//! Differences: between waves, between groups two by two, and along ordered groups.
//!
//! Takes values with their variances, covariances and degrees of freedom; gives
//! differences with standard error, t and p. Knows nothing of what the values are.

use super::adjust::{Adjustment, adjust};
use super::error::Untestable;
use super::linear;
use crate::stats::count;
use crate::stats::distribution::StudentT;
use crate::stats::matrix::Matrix;

/// A value with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// The degrees of freedom of the standard error.
    pub freedom: f64,
}

/// A difference, or another contrast, tested against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared {
    /// The difference.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Difference over standard error.
    pub t: f64,
    /// Degrees of freedom of t.
    pub freedom: f64,
    /// Two-sided.
    pub p: f64,
}

impl Compared {
    /// From a difference and its variance, where `size` is the sum of the variances of
    /// which that one was made, so that a rest of rounding is not taken for a variance.
    pub(super) fn new(
        difference: f64,
        variance: f64,
        size: f64,
        freedom: f64,
    ) -> Result<Self, Untestable> {
        /// Below this share of what it was made of, a variance is rounding and no more.
        const ROUNDING: f64 = 1e-13;
        if !(difference.is_finite() && variance.is_finite()) {
            return Err(Untestable::Shape);
        }
        if variance <= ROUNDING * size {
            return Err(Untestable::NoVariance);
        }
        let distribution = StudentT::new(freedom).ok_or(Untestable::NoFreedom)?;
        let se = variance.sqrt();
        let t = difference / se;
        Ok(Self { difference, se, t, freedom, p: distribution.two_sided(t) })
    }
}

/// `after` − `before` of two independent samples: the variances add up, and the degrees of
/// freedom are the smaller ones.
///
/// # Errors
/// [`Untestable::NoVariance`] when both are known, [`Untestable::NoFreedom`],
/// [`Untestable::Shape`] for what is not a number.
pub fn change(before: Estimate, after: Estimate) -> Result<Compared, Untestable> {
    overlapping_change(before, after, 0.0)
}

/// `after` − `before` of two samples that share units or people, with the covariance of
/// the two values: twice of it comes off the variance.
///
/// # Errors
/// As [`change`]; [`Untestable::NoVariance`] also when nobody could have changed.
pub fn overlapping_change(
    before: Estimate,
    after: Estimate,
    covariance: f64,
) -> Result<Compared, Untestable> {
    let size = before.se * before.se + after.se * after.se;
    let variance = size - 2.0 * covariance;
    let freedom = before.freedom.min(after.freedom);
    Compared::new(after.value - before.value, variance, size, freedom)
}

/// Two of several values compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The place of the value that is taken off.
    pub first: usize,
    /// The place of the value that it is taken off.
    pub second: usize,
    /// second − first, or why the two cannot be compared.
    pub compared: Result<Compared, Untestable>,
    /// p adjusted for the number of pairs that can be compared; none for one that cannot.
    pub adjusted: Option<f64>,
}

/// All pairs of k values with a k × k covariance, (0, 1), (0, 2), …, (k−2, k−1), each the
/// later minus the earlier, with t on the given degrees of freedom; as R's `svycontrast`
/// of each pair and `p.adjust` of all. A pair without variance is no member of the family.
///
/// # Errors
/// [`Untestable::Shape`]; [`Untestable::OneCategory`] for fewer than two values.
pub fn pairwise(
    values: &[f64],
    covariance: &Matrix,
    freedom: f64,
    adjustment: Adjustment,
) -> Result<Vec<Pair>, Untestable> {
    let k = values.len();
    if covariance.rows() != k || covariance.columns() != k {
        return Err(Untestable::Shape);
    }
    if k < 2 {
        return Err(Untestable::OneCategory);
    }
    let mut pairs = Vec::new();
    for (first, from) in values.iter().enumerate() {
        for (second, value) in values.iter().enumerate().skip(first + 1) {
            let size = covariance.at(first, first) + covariance.at(second, second);
            let variance = size - 2.0 * covariance.at(first, second);
            let compared = Compared::new(value - from, variance, size, freedom);
            pairs.push(Pair { first, second, compared, adjusted: None });
        }
    }
    adjust_all(&mut pairs, adjustment);
    Ok(pairs)
}

/// Adjusts the p-values of the pairs that have one.
fn adjust_all(pairs: &mut [Pair], adjustment: Adjustment) {
    let p = |pair: &Pair| pair.compared.map(|compared| compared.p).ok();
    let family: Vec<f64> = pairs.iter().filter_map(p).collect();
    let tested = pairs.iter_mut().filter(|pair| pair.compared.is_ok());
    for (pair, adjusted) in tested.zip(adjust(&family, adjustment)) {
        pair.adjusted = Some(adjusted);
    }
}

/// The linear trend of the values of k ordered groups against scores, 0, 1, 2, … if none
/// are given: Σ(s − s̄)θ / Σ(s − s̄)², the slope of the least-squares line through the
/// values, in units of the value for one of the score. Each group counts alike, whatever
/// its size. It is the linear contrast of Snedecor and Cochran (1989), "Statistical
/// methods", 8th edition, on comparisons among means, with the design's covariance in
/// the place of theirs: R's `svycontrast` with the centred scores.
///
/// # Errors
/// [`Untestable::EqualScores`]; [`Untestable::OneCategory`] for fewer than two groups;
/// [`Untestable::NoVariance`], [`Untestable::NoFreedom`], [`Untestable::Shape`].
pub fn trend(
    values: &[f64],
    covariance: &Matrix,
    scores: Option<&[f64]>,
    freedom: f64,
) -> Result<Compared, Untestable> {
    let k = values.len();
    if k < 2 {
        return Err(Untestable::OneCategory);
    }
    let steps: Vec<f64> = (0..k).map(count).collect();
    let scores = scores.unwrap_or(&steps);
    if scores.len() != k {
        return Err(Untestable::Shape);
    }
    let mean = scores.iter().sum::<f64>() / count(k);
    let centred: Vec<f64> = scores.iter().map(|score| score - mean).collect();
    let spread: f64 = centred.iter().map(|score| score * score).sum();
    if !(spread > 0.0 && spread.is_finite()) {
        return Err(Untestable::EqualScores);
    }
    let slope = |group: usize| centred.get(group).map_or(0.0, |score| score / spread);
    let contrast = Matrix::from_fn(1, k, |_, group| slope(group));
    let (value, variance) = linear(values, covariance, &contrast)?;
    let size = (0..k).map(|group| slope(group) * slope(group) * covariance.at(group, group));
    Compared::new(value.iter().sum(), variance.at(0, 0), size.sum(), freedom)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Drawn, close, means};
    use super::*;

    fn estimate(value: f64, se: f64, freedom: f64) -> Estimate {
        Estimate { value, se, freedom }
    }

    #[test]
    fn changes() {
        let (before, after) = (estimate(0.40, 0.03, 19.0), estimate(0.47, 0.04, 8.0));
        let got = change(before, after).expect("exists");
        close(got.se, 0.05);
        close(got.t, 1.4);
        close(got.freedom, 8.0);
        // R: `2 * pt(-1.4, 8)`.
        close(got.p, 0.199_079_374_659_487_36);
        let linked = overlapping_change(before, after, 0.0008).expect("exists");
        close(linked.se, 0.03);
        let same = overlapping_change(before, before, 0.0009);
        assert_eq!(same, Err(Untestable::NoVariance));
        assert_eq!(change(before, estimate(0.1, 0.1, 0.0)), Err(Untestable::NoFreedom));
        assert_eq!(change(before, estimate(f64::NAN, 0.1, 3.0)), Err(Untestable::Shape));
    }

    /// 0.1² + 0.1² − 2 · 0.01 is 3e-18 here.
    #[test]
    fn rounding_is_no_variance() {
        let (before, after) = (estimate(0.4, 0.1, 9.0), estimate(0.5, 0.1, 9.0));
        let same = overlapping_change(before, after, 0.01);
        assert_eq!(same, Err(Untestable::NoVariance));
    }

    /// Difference, standard error, p and adjusted p.
    const PAIRS: [(f64, f64, f64, f64); 3] = [
        (
            -0.009_615_384_615_384_6,
            0.707_103_363_082_300_6,
            0.989_483_486_857_873,
            0.989_483_486_857_873,
        ),
        (
            -1.509_615_384_615_384_6,
            0.865_156_431_793_876,
            0.119_152_656_678_157_7,
            0.238_305_313_356_315_5,
        ),
        (-1.5, 0.661_437_827_766_147_7, 0.053_073_441_743_272_03, 0.159_220_325_229_816_08),
    ];

    /// R survey: `svycontrast(svyby(~y, ~r, d, svymean, covmat = TRUE), …)` for each pair,
    /// `2 * pt(-abs(t), 8)`, and `p.adjust(method = "holm")`.
    #[test]
    fn pairs_agree_with_r() {
        let (means, covariance) = means(Drawn::InPairs);
        let pairs = pairwise(&means, &covariance, 8.0, Adjustment::Holm).expect("fits");
        assert_eq!(pairs.len(), 3);
        for (pair, (difference, se, p, holm)) in pairs.iter().zip(PAIRS) {
            let compared = pair.compared.expect("has variance");
            close(compared.difference, difference);
            close(compared.se, se);
            close(compared.p, p);
            close(pair.adjusted.expect("tested"), holm);
        }
    }

    #[test]
    fn a_pair_without_variance_is_no_member_of_the_family() {
        let covariance = Matrix::from_fn(3, 3, |i, j| if i.max(j) < 2 { 4.0 } else { 0.5 });
        let pairs = pairwise(&[1.0, 2.0, 4.0], &covariance, 9.0, Adjustment::Bonferroni);
        let pairs = pairs.expect("fits");
        assert_eq!(pairs[0].compared, Err(Untestable::NoVariance));
        assert_eq!(pairs[0].adjusted, None);
        let p = pairs[1].compared.expect("has variance").p;
        close(pairs[1].adjusted.expect("tested"), 2.0 * p);
        let one = pairwise(&[1.0], &Matrix::identity(1), 9.0, Adjustment::None);
        assert_eq!(one, Err(Untestable::OneCategory));
        let wrong = pairwise(&[1.0, 2.0], &covariance, 9.0, Adjustment::None);
        assert_eq!(wrong, Err(Untestable::Shape));
    }

    /// R survey: `svycontrast(svyby(…), c(-1, 0, 1) / 2)`, and with scores 0, 1, 5.
    #[test]
    fn a_trend_agrees_with_r() {
        let (means, covariance) = means(Drawn::InPairs);
        let steps = trend(&means, &covariance, None, 8.0).expect("exists");
        close(steps.difference, -0.754_807_692_307_692_3);
        close(steps.se, 0.432_578_215_896_938);
        let uneven = trend(&means, &covariance, Some(&[0.0, 1.0, 5.0]), 8.0).expect("exists");
        close(uneven.difference, -0.322_802_197_802_197_7);
        close(uneven.se, 0.156_548_935_699_933_75);
        let moved = trend(&means, &covariance, Some(&[10.0, 12.0, 20.0]), 8.0).expect("exists");
        close(moved.t, uneven.t);
    }

    #[test]
    fn no_trend() {
        let (means, covariance) = means(Drawn::InPairs);
        let test = |scores: &[f64]| trend(&means, &covariance, Some(scores), 8.0);
        assert_eq!(test(&[1.0; 3]), Err(Untestable::EqualScores));
        assert_eq!(test(&[1.0, 2.0]), Err(Untestable::Shape));
        let known = trend(&means, &Matrix::zeros(3, 3), None, 8.0);
        assert_eq!(known, Err(Untestable::NoVariance));
        let alone = trend(&[1.0], &Matrix::identity(1), None, 8.0);
        assert_eq!(alone, Err(Untestable::OneCategory));
    }
}
