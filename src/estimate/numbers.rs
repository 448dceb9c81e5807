//! Means, totals and ratios of numbers.
//!
//! Means and totals come from the sums that `tally` makes: with z = w(y − m)/W, Σz² is
//! (Σw²y² − 2mΣw²y + m²Σw²)/W². The ratio of two numbers goes through the records.

use super::answers::added;
use super::fitted::Raw;
use super::linear::{Base, Linear};
use super::survey::{ROUNDING, Sum, Survey};
use crate::prepare::{Layers, Sample};
use crate::tally::{Groups, Moment, Moments};

/// The mean in one group; none if nobody in it gave a number.
#[must_use]
pub(super) fn mean(moments: &Moments, group: usize) -> Option<Linear> {
    mean_over(moments, &[group])
}

/// The mean over several groups; none if nobody in them gave a number.
#[must_use]
pub(super) fn mean_over(moments: &Moments, groups: &[usize]) -> Option<Linear> {
    let total = whole(moments, groups);
    if total.w <= 0.0 {
        return None;
    }
    let value = total.wy / total.w;
    let layer = |cell: Moment| {
        let squares = cell.wwyy - value * (2.0 * cell.wwy - value * cell.ww);
        Sum {
            z: (cell.wy - value * cell.w) / total.w,
            squares: beyond_rounding(squares, cell.wwyy) / (total.w * total.w),
        }
    };
    let quotient = |(w, wy): (f64, f64)| if w == 0.0 { f64::NAN } else { wy / w };
    Some(Linear {
        value,
        raw: Raw {
            layers: cells(moments, groups).map(layer).collect(),
            ..fits(moments, groups, (1.0 / total.w, value))
        },
        replicates: replicates(moments, groups).map(quotient).collect(),
        base: base(moments, groups),
        spread: beyond_rounding(total.wyy / total.w - value * value, value * value),
    })
}

/// The weighted sum in one group; none if nobody in it gave a number.
#[must_use]
pub(super) fn total(moments: &Moments, group: usize) -> Option<Linear> {
    let (mean, groups) = (mean(moments, group)?, &[group]);
    let layer = |cell: Moment| Sum { z: cell.wy, squares: cell.wwyy };
    Some(Linear {
        value: moments.total(group).wy,
        raw: Raw {
            layers: cells(moments, groups).map(layer).collect(),
            ..fits(moments, groups, (1.0, 0.0))
        },
        replicates: moments.replicates(group).map(|(_, wy)| wy).collect(),
        spread: mean.spread * mean.base.weight * mean.base.weight,
        base: mean.base,
    })
}

/// The sums of several groups together.
pub(super) fn whole(moments: &Moments, groups: &[usize]) -> Moment {
    groups.iter().map(|g| moments.total(*g)).fold(Moment::default(), |a, b| a.join(&b))
}

fn replicates(moments: &Moments, groups: &[usize]) -> impl Iterator<Item = (f64, f64)> {
    let list = |of: fn(&(f64, f64)) -> f64| {
        added(groups.iter().map(|g| moments.replicates(*g).map(|pair| of(&pair)).collect()))
    };
    list(|(w, _)| *w).into_iter().zip(list(|(_, wy)| *wy))
}

/// What the fits of the weights need to know of u = scale · (y − centre).
fn fits(moments: &Moments, groups: &[usize], (scale, centre): (f64, f64)) -> Raw {
    let u = |[q, qy]: [f64; 2]| scale * (qy - centre * q);
    let fit = |of: &dyn Fn(usize, usize) -> Vec<f64>| -> Vec<Vec<f64>> {
        let sums = |fit| added(groups.iter().map(|g| of(fit, *g)));
        (0..moments.fits()).map(sums).collect()
    };
    Raw {
        layers: Vec::new(),
        crossed: fit(&|fit, group| moments.crossed(fit, group).map(u).collect()),
        fits: fit(&|fit, group| moments.fit(fit, group).map(u).collect()),
    }
}

/// A sum of squares that was found by subtraction from `whole`; zero if it may be rounding.
fn beyond_rounding(squares: f64, whole: f64) -> f64 {
    if squares > ROUNDING * whole { squares } else { 0.0 }
}

fn cells(moments: &Moments, groups: &[usize]) -> impl Iterator<Item = Moment> {
    (0..moments.layers()).map(move |layer| {
        let cells = groups.iter().map(|group| moments.cell(layer, *group));
        cells.fold(Moment::default(), Moment::join)
    })
}

fn base(moments: &Moments, groups: &[usize]) -> Base {
    let total = whole(moments, groups);
    let members = cells(moments, groups).map(|cell| cell.n).collect();
    Base { members, weight: total.w, squares: total.ww }
}

/// The ratio R of the weighted sums of two numbers over those who gave both: its
/// linearised variable is z = w(y − Rx)/Σwx. None if there is nobody, or Σwx is zero.
#[must_use]
pub(super) fn ratio(
    (sample, survey): (&Sample, &Survey<'_>),
    numerator: &[f64],
    denominator: &[f64],
    (groups, group): (Groups<'_>, usize),
) -> Option<Linear> {
    let tallied = Layers::of(sample.design());
    let weights = &sample.design().weights;
    let given = |row: &usize| !numerator[*row].is_nan() && !denominator[*row].is_nan();
    let members = |row: &usize| groups.get(*row) == group && given(row);
    let rows: Vec<usize> = (0..weights.len()).filter(members).collect();
    let sum = |of: &dyn Fn(usize) -> f64| rows.iter().map(|row| of(*row)).sum::<f64>();
    let whole = sum(&|row| weights[row] * denominator[row]);
    if whole == 0.0 {
        return None;
    }
    let value = sum(&|row| weights[row] * numerator[row]) / whole;
    let residual = |row: usize| (numerator[row] - value * denominator[row]) / whole;
    let base = Base::of(&tallied, rows.iter().map(|row| (*row, weights[*row])));
    let mut z = vec![0.0; weights.len()];
    for row in &rows {
        z[*row] = weights[*row] * residual(*row);
    }
    let before: f64 = z.iter().map(|z| z * z).sum();
    let mut layers = survey.of_records(z);
    if layers.iter().map(|sum| sum.squares).sum::<f64>() <= ROUNDING * before {
        // The weights were fitted to what gives the ratio; the rest is rounding.
        layers.fill(Sum::default());
    }
    let raw = Raw { layers, ..Raw::default() };
    let term = |row: &usize| {
        (*row, weights[*row] * numerator[*row], weights[*row] * denominator[*row])
    };
    let replicates = survey.replicate_ratios(rows.iter().map(term));
    let spread = sum(&|row| weights[row] * residual(row) * residual(row)) * base.weight;
    Some(Linear { value, raw, replicates, base, spread })
}
