//! Effective bases and design effects.
//!
//! Takes sums of weights and variances; gives ratios. `None` where a ratio does not
//! exist, never 0 or NaN.

/// Kish's effective base W²/Σw². Kish (1965), "Survey Sampling", section 11.7.
#[must_use]
pub fn base(sum: f64, squares: f64) -> Option<f64> {
    (sum > 0.0 && squares > 0.0).then(|| sum * sum / squares)
}

/// Kish's design effect from weighting nΣw²/W², 1 plus the squared coefficient of
/// variation of the weights. Kish (1992), "Weighting for unequal Pᵢ", equation 2.1.
#[must_use]
pub fn weighting(n: f64, sum: f64, squares: f64) -> Option<f64> {
    base(sum, squares).filter(|_| n > 0.0).map(|effective| n / effective)
}

/// The simple random sample that a design is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// Drawn without replacement from a population of ΣW (`deff = TRUE` in R survey).
    WithoutReplacement,
    /// Drawn with replacement (`deff = "replace"` in R survey); what is published.
    WithReplacement,
}

/// The respondents that an estimate is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Respondents {
    /// How many have a weight above zero.
    pub n: f64,
    /// The sum of their weights.
    pub weight: f64,
}

/// The full design effect of a mean: its design variance over the variance it would
/// have in a simple random sample of the same n. Kish (1965), section 8.2.
///
/// `spread` is Σw(y − ȳ)²/W; the population variance is estimated by n/(n−1) times it,
/// as R survey's `svyvar` does. `None` for n < 2, a spread of zero, or weights that do
/// not add up to more than the sample.
#[must_use]
pub fn design(variance: f64, spread: f64, of: Respondents, against: Against) -> Option<f64> {
    let Respondents { n, weight } = of;
    let sampled = match against {
        Against::WithReplacement => 1.0,
        Against::WithoutReplacement => 1.0 - n / weight,
    };
    let reference = spread / (n - 1.0) * sampled;
    (n > 1.0 && weight > 0.0 && reference > 0.0).then(|| variance / reference)
}

/// [`design`] for a proportion p, whose spread is p(1 − p).
#[must_use]
pub fn design_of_proportion(
    variance: f64,
    p: f64,
    of: Respondents,
    against: Against,
) -> Option<f64> {
    design(variance, p * (1.0 - p), of, against)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// apisrs in R survey: 200 of 6194, mean of `api00` with variance 9.2497…².
    #[test]
    fn a_simple_random_sample_has_design_effect_one() {
        let (p, n, population) = (0.185, 200.0, 6194.0);
        let of = Respondents { n, weight: population };
        let variance = p * (1.0 - p) / (n - 1.0) * (1.0 - n / population);
        let deff = |against| design_of_proportion(variance, p, of, against);
        let without = deff(Against::WithoutReplacement).expect("exists");
        let with = deff(Against::WithReplacement).expect("exists");
        assert!((without - 1.0).abs() < 1e-14, "{without}");
        assert!((with - (1.0 - n / population)).abs() < 1e-14, "{with}");
    }

    /// Weights 0.5, 0.5, 1, 1, 1.5, 1.5 twenty times: W = 120, Σw² = 140, n = 120.
    #[test]
    fn kish() {
        assert!((base(120.0, 140.0).expect("exists") - 102.857_142_857_142_86).abs() < 1e-12);
        let deff = weighting(120.0, 120.0, 140.0).expect("exists");
        assert!((deff - 7.0 / 6.0).abs() < 1e-15);
    }

    #[test]
    fn what_does_not_exist_is_none() {
        assert_eq!(base(0.0, 0.0), None);
        assert_eq!(weighting(0.0, 3.0, 3.0), None);
        let of = Respondents { n: 30.0, weight: 30.0 };
        assert_eq!(design(0.1, 0.0, of, Against::WithReplacement), None);
        assert_eq!(design(0.1, 0.2, of, Against::WithoutReplacement), None);
    }
}
