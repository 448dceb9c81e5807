//! The median of a number, with Woodruff's interval.

use super::survey::{Sum, Survey};
use super::{Estimate, codes};
use crate::estimate::ratio::LEVEL;
use crate::frame;
use crate::prepare::Sample;
use crate::stats::quantile::{Limits, Rule, Woodruff};
use crate::tally::{Groups, Layers};

/// One group's answers, from the smallest.
struct Sorted {
    values: Vec<f64>,
    weights: Vec<f64>,
    layers: Vec<u32>,
}

/// The median in one group; none if nobody in it gave a number.
pub(super) fn median(
    sample: &Sample,
    column: &str,
    (groups, group): (Groups<'_>, usize),
    survey: &Survey,
) -> Option<Estimate> {
    let layers = Layers::of(sample);
    let sorted = sorted(sample, column, (groups, group), &layers)?;
    let mut members = vec![0.0; layers.count];
    sorted.layers.iter().for_each(|layer| members[*layer as usize] += 1.0);
    let freedom = survey.freedom(&members);
    let n = sorted.values.len();
    let woodruff = Woodruff {
        rule: Rule::Math,
        limits: Limits::Mean,
        level: LEVEL,
        freedom,
        answered: n as f64,
    };
    let variance = |at: f64| share_variance(&sorted, at, layers.count, survey).unwrap_or(f64::NAN);
    let found = woodruff.estimate(&sorted.values, &sorted.weights, 0.5, variance)?;
    Some(Estimate {
        value: found.estimate,
        count: n as u64,
        base: n as u64,
        variance: found.se.map(|se| se * se),
        interval: found.low.zip(found.high),
        freedom,
        effect: None,
        method: codes::WOODRUFF,
    })
}

fn sorted(
    sample: &Sample,
    column: &str,
    (groups, group): (Groups<'_>, usize),
    layers: &Layers<'_>,
) -> Option<Sorted> {
    let values = frame::numbers(sample.frame(), column)?;
    let weights = &sample.design().weights;
    let in_group = |row: &usize| groups.get(*row) == group && !values[*row].is_nan();
    let mut rows: Vec<usize> = (0..values.len()).filter(in_group).collect();
    // A stable sort: equal values keep the order of the file, and so do the sums.
    rows.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    (!rows.is_empty()).then(|| Sorted {
        values: rows.iter().map(|row| values[*row]).collect(),
        weights: rows.iter().map(|row| weights[*row]).collect(),
        layers: rows.iter().map(|row| layers.of[*row]).collect(),
    })
}

/// The variance of the share of values up to `at`: z = w(1[y ≤ at] − p)/W.
fn share_variance(sorted: &Sorted, at: f64, layers: usize, survey: &Survey) -> Option<f64> {
    let total: f64 = sorted.weights.iter().sum();
    let up_to = sorted.values.partition_point(|value| *value <= at);
    let share = sorted.weights[..up_to].iter().sum::<f64>() / total;
    let mut sums = vec![Sum::default(); layers];
    for (place, (weight, layer)) in sorted.weights.iter().zip(&sorted.layers).enumerate() {
        let inside = f64::from(u8::from(place < up_to));
        let z = weight * (inside - share) / total;
        let sum = &mut sums[*layer as usize];
        sum.z += z;
        sum.squares += z * z;
    }
    survey.variance(&sums)
}
