//! Means, totals and ratios of numbers.
//!
//! Means and totals come from the sums that `tally` makes: with z = w(y − m)/W, Σz² is
//! (Σw²y² − 2mΣw²y + m²Σw²)/W². The ratio of two numbers goes through the records.

use super::linear::{Base, Linear};
use super::survey::{ROUNDING, Sum};
use crate::prepare::Sample;
use crate::tally::{Groups, Layers, Moment, Moments};

/// The mean in one group; none if nobody in it gave a number.
#[must_use]
pub(super) fn mean(moments: &Moments, group: usize) -> Option<Linear> {
    let total = moments.total(group);
    if total.w <= 0.0 {
        return None;
    }
    let value = total.wy / total.w;
    let layer = |cell: &Moment| {
        let squares = cell.wwyy - value * (2.0 * cell.wwy - value * cell.ww);
        Sum {
            z: (cell.wy - value * cell.w) / total.w,
            squares: beyond_rounding(squares, cell.wwyy) / (total.w * total.w),
        }
    };
    Some(Linear {
        value,
        layers: cells(moments, group).map(layer).collect(),
        base: base(moments, group),
        spread: beyond_rounding(total.wyy / total.w - value * value, value * value),
    })
}

/// The weighted sum in one group; none if nobody in it gave a number.
#[must_use]
pub(super) fn total(moments: &Moments, group: usize) -> Option<Linear> {
    let mean = mean(moments, group)?;
    let layer = |cell: &Moment| Sum { z: cell.wy, squares: cell.wwyy };
    Some(Linear {
        value: moments.total(group).wy,
        layers: cells(moments, group).map(layer).collect(),
        spread: mean.spread * mean.base.weight * mean.base.weight,
        base: mean.base,
    })
}

/// A sum of squares that was found by subtraction from `whole`; zero if it may be rounding.
fn beyond_rounding(squares: f64, whole: f64) -> f64 {
    if squares > ROUNDING * whole { squares } else { 0.0 }
}

fn cells(moments: &Moments, group: usize) -> impl Iterator<Item = &Moment> {
    (0..moments.layers()).map(move |layer| moments.cell(layer, group))
}

fn base(moments: &Moments, group: usize) -> Base {
    let total = moments.total(group);
    let members = cells(moments, group).map(|cell| cell.n).collect();
    Base { members, weight: total.w, squares: total.ww }
}

/// The ratio R of the weighted sums of two numbers over those who gave both: its
/// linearised variable is z = w(y − Rx)/Σwx. None if there is nobody, or Σwx is zero.
#[must_use]
pub(super) fn ratio(
    sample: &Sample,
    numerator: &[f64],
    denominator: &[f64],
    (groups, group): (Groups<'_>, usize),
) -> Option<Linear> {
    let layers = Layers::of(sample);
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
    let base = Base::of(&layers, rows.iter().map(|row| (*row, weights[*row])));
    let z = rows.iter().map(|row| (*row, weights[*row] * residual(*row)));
    let spread = sum(&|row| weights[row] * residual(row) * residual(row)) * base.weight;
    Some(Linear { value, layers: Sum::by_layer(&layers, z), base, spread })
}
