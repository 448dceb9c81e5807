//! Ranks of weighted values, and the scores that tests of ranks compare.
//!
//! Takes values with their weights; gives ranks and scores. Knows nothing of groups and
//! designs: a test of ranks is a test of the mean scores of groups.
//!
//! Lumley and Scott (2013), "Two-sample rank tests under complex sampling", show that the
//! scores may be treated as numbers that were observed, so that R's `svyranktest` and this
//! crate finish in the same way. First take those without a value or a group out of the
//! sample, as a domain, and compute the scores of the rest with their sampling weights.
//!
//! * **Two groups.** The statistic is the mean score of the second group minus that of the
//!   first. The influence of a record is (s − m)/W, with the sign of its group, where s is
//!   its score, m the weighted mean score and W the sum of weights of its group. t is the difference over its standard error, on d − 1 degrees of freedom,
//!   where d are those of the design (with `na.omit`, of the units left in it). p is
//!   two-sided.
//! * **k > 2 groups.** Wald's χ² of the k − 1 differences from the first group, whose
//!   influences are as before. p is that of χ²/(k − 1) as F on k − 1 and d − (k − 1)
//!   degrees of freedom: [`super::test::wald`] with `Reference::F(d − (k − 1))`. R prints
//!   χ² and k − 1, but under each other's names: its `$parameter` is χ² and its
//!   `$statistic` is k − 1.
//! * **Replicate weights.** Neither the scores nor the mean scores are computed anew from
//!   a replicate: the influences stay as they are, and their totals under each replicate's
//!   weights have the variance.

use super::distribution::{Distribution, Normal};

/// What is compared of the ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// The rank as a share of the whole: the test of Wilcoxon for two groups, that of
    /// Kruskal and Wallis for more.
    Wilcoxon,
    /// The normal quantile of that share.
    VanDerWaerden,
    /// 1 above the middle rank, 0 up to it: Mood's test of the median.
    Median,
}

/// Why values have no ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unrankable {
    /// As many weights as values are needed.
    Lengths,
    /// A value is not a number, or a weight is not above zero.
    NotANumber,
    /// Fewer than two different values.
    Constant,
}

impl core::fmt::Display for Unrankable {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Lengths => "there are not as many weights as values",
            Self::NotANumber => "a value is not a number, or a weight is not above zero",
            Self::Constant => "all answers are the same, so there is nothing to rank",
        })
    }
}

impl core::error::Error for Unrankable {}

/// The estimated rank of each value in the population, from 0 to the sum of the weights:
/// the weights of all before it and half of its own, where equal values all have the
/// unweighted mean of theirs (so R). Equal values stand
/// in the order given; if their weights differ, their common rank depends on it.
///
/// # Errors
/// See [`Unrankable`].
pub fn ranks(values: &[f64], weights: &[f64]) -> Result<Vec<f64>, Unrankable> {
    let order = ascending(values, weights)?;
    let mut ranks = vec![0.0; values.len()];
    let mut below = 0.0;
    for ties in order.chunk_by(|a, b| a.value.total_cmp(&b.value).is_eq()) {
        let mut sum = 0.0;
        for record in ties {
            below += record.weight;
            sum += below - record.weight / 2.0;
        }
        let mean = sum / super::count(ties.len());
        for record in ties {
            if let Some(rank) = ranks.get_mut(record.place) {
                *rank = mean;
            }
        }
    }
    Ok(ranks)
}

/// The score of each value. How to finish the test, see the top of this file.
///
/// # Errors
/// See [`Unrankable`].
pub fn scores(values: &[f64], weights: &[f64], kind: Score) -> Result<Vec<f64>, Unrankable> {
    let whole: f64 = weights.iter().sum();
    let score = |rank: f64| match kind {
        Score::Wilcoxon => Some(rank / whole),
        Score::VanDerWaerden => Normal.quantile(rank / whole),
        Score::Median => Some(f64::from(u8::from(rank > whole / 2.0))),
    };
    let scores: Option<Vec<f64>> = ranks(values, weights)?.into_iter().map(score).collect();
    scores.ok_or(Unrankable::NotANumber)
}

/// A value with its weight and its place in the order given.
struct Record {
    value: f64,
    weight: f64,
    place: usize,
}

/// The records, smallest value first; equal ones in the order given.
fn ascending(values: &[f64], weights: &[f64]) -> Result<Vec<Record>, Unrankable> {
    if values.len() != weights.len() {
        return Err(Unrankable::Lengths);
    }
    let good =
        |value: f64, weight: f64| value.is_finite() && weight.is_finite() && weight > 0.0;
    if !values.iter().zip(weights).all(|(value, weight)| good(*value, *weight)) {
        return Err(Unrankable::NotANumber);
    }
    // Adding 0 makes −0 the same as 0.
    let record = |(place, (value, weight)): (usize, (&f64, &f64))| Record {
        value: value + 0.0,
        weight: *weight,
        place,
    };
    let mut order: Vec<Record> = values.iter().zip(weights).enumerate().map(record).collect();
    order.sort_by(|a, b| a.value.total_cmp(&b.value));
    match (order.first(), order.last()) {
        (Some(least), Some(most)) if least.value < most.value => Ok(order),
        _ => Err(Unrankable::Constant),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::count;
    use crate::stats::matrix::Matrix;
    use crate::stats::test::{Reference, student, wald};

    const VALUES: [f64; 20] = [
        5.0, 3.0, 4.0, 4.0, 1.0, 2.0, 2.0, 5.0, 3.0, 1.0, 2.0, 2.0, 4.0, 5.0, 1.0, 3.0, 3.0,
        2.0, 4.0, 5.0,
    ];
    const WEIGHTS: [f64; 20] = [
        1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 2.0, 3.0, 1.0, 1.0, 2.0,
        1.0, 1.0, 1.0,
    ];
    const TWO: [usize; 20] = [0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1];
    const THREE: [usize; 20] = [0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2, 0, 0, 1, 2, 1, 2, 0, 1];

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-11 * want.abs(), "{got} is not {want}");
    }

    /// The differences of the mean scores from that of the first group, with their
    /// covariance for two strata of five units of two records each.
    fn differences(kind: Score, group: &[usize; 20], groups: usize) -> (Vec<f64>, Matrix) {
        let scores = scores(&VALUES, &WEIGHTS, kind).expect("ranks");
        let sum = |g: usize, of: &dyn Fn(usize) -> f64| -> f64 {
            (0..20).filter(|i| group[*i] == g).map(|i| WEIGHTS[i] * of(i)).sum()
        };
        let size: Vec<f64> = (0..groups).map(|g| sum(g, &|_| 1.0)).collect();
        let mean: Vec<f64> = (0..groups).map(|g| sum(g, &|i| scores[i]) / size[g]).collect();
        let z = |i: usize, figure: usize| {
            let g = group[i];
            let sign = f64::from(u8::from(g == figure + 1)) - f64::from(u8::from(g == 0));
            sign * WEIGHTS[i] * (scores[i] - mean[g]) / size[g]
        };
        let unit = |unit: usize, figure| z(2 * unit, figure) + z(2 * unit + 1, figure);
        let covariance = Matrix::from_fn(groups - 1, groups - 1, |a, b| {
            let stratum = |h: usize| {
                let units = || 5 * h..5 * h + 5;
                let centre = |figure| units().map(|u| unit(u, figure)).sum::<f64>() / 5.0;
                let (first, second) = (centre(a), centre(b));
                units().map(|u| (unit(u, a) - first) * (unit(u, b) - second)).sum::<f64>()
                    * 1.25
            };
            stratum(0) + stratum(1)
        });
        ((1..groups).map(|g| mean[g] - mean[0]).collect(), covariance)
    }

    /// R survey: `svyranktest(y ~ c, d, test)` with `d = svydesign(~psu, strata = ~st,
    /// weights = ~w)`.
    #[test]
    fn two_groups_agree_with_r() {
        let wanted = [
            (
                Score::Wilcoxon,
                0.094_954_844_006_568_09,
                0.877_898_706_970_176_6,
                0.409_117_558_832_864_16,
            ),
            (
                Score::VanDerWaerden,
                0.290_022_790_701_185_64,
                0.836_586_156_999_599_5,
                0.430_455_022_100_539_3,
            ),
            (
                Score::Median,
                0.247_619_047_619_047_64,
                1.492_887_876_420_422_3,
                0.179_102_788_152_932_7,
            ),
        ];
        for (kind, difference, t, p) in wanted {
            let (values, covariance) = differences(kind, &TWO, 2);
            close(values[0], difference);
            let test = student(values[0], covariance.at(0, 0).sqrt(), 7.0).expect("exists");
            close(test.t, t);
            close(test.p, p);
        }
    }

    /// R survey: `svyranktest(y ~ factor(r), d, test)`.
    #[test]
    fn three_groups_agree_with_r() {
        let wanted = [
            (Score::Wilcoxon, 5.266_647_336_626_329, 0.151_032_235_212_518_35),
            (Score::VanDerWaerden, 4.966_278_386_366_842, 0.163_785_688_815_361_8),
            (Score::Median, 2.829_158_950_859_874_5, 0.313_830_930_684_355_1),
        ];
        for (kind, chi_squared, p) in wanted {
            let (values, covariance) = differences(kind, &THREE, 3);
            let test = wald(&values, &covariance, Reference::F(6.0)).expect("exists");
            close(test.chi_squared, chi_squared);
            close(test.p, p);
        }
    }

    /// R: `ave(cumsum(w[o]) - w[o] / 2, factor(y[o]))`, o being `order(y)`.
    #[test]
    fn ranks_agree_with_r() {
        let got = ranks(&VALUES, &WEIGHTS).expect("ranks");
        let wanted = [25.75, 15.0, 20.375, 20.375, 11.0 / 3.0, 9.2];
        got.iter().zip(wanted).for_each(|(got, want)| close(*got, want));
    }

    #[test]
    fn equal_weights_give_the_usual_midranks() {
        let got = ranks(&[3.0, 1.0, 3.0, 2.0, 0.0, -0.0], &[1.0; 6]).expect("ranks");
        assert_eq!(got, [5.0, 2.5, 5.0, 3.5, 1.0, 1.0]);
    }

    #[test]
    fn the_middle_itself_is_not_above_the_median() {
        let got = scores(&[7.0, 8.0, 9.0], &[1.0; 3], Score::Median).expect("ranks");
        assert_eq!(got, [0.0, 0.0, 1.0]);
    }

    #[test]
    fn turning_the_values_over_turns_the_scores_over() {
        let values: Vec<f64> = (0..9).map(|i| count(i * i)).collect();
        let turned: Vec<f64> = values.iter().map(|value| -value).collect();
        let weights: Vec<f64> = (0..9).map(|i| 1.0 + count(i % 4)).collect();
        let up = scores(&values, &weights, Score::VanDerWaerden).expect("ranks");
        let down = scores(&turned, &weights, Score::VanDerWaerden).expect("ranks");
        up.iter().zip(down).for_each(|(up, down)| assert!((up + down).abs() < 1e-14));
    }

    #[test]
    fn reasons() {
        let test = |values: &[f64], weights: &[f64]| ranks(values, weights);
        assert_eq!(test(&[1.0, 2.0], &[1.0]), Err(Unrankable::Lengths));
        assert_eq!(test(&[1.0, f64::NAN], &[1.0; 2]), Err(Unrankable::NotANumber));
        assert_eq!(test(&[1.0, 2.0], &[1.0, 0.0]), Err(Unrankable::NotANumber));
        assert_eq!(test(&[2.0, 2.0], &[1.0; 2]), Err(Unrankable::Constant));
        assert_eq!(test(&[], &[]), Err(Unrankable::Constant));
    }
}
