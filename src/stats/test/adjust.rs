//! p-values of many tests at once.
//!
//! Takes p-values; gives them adjusted for their number. Knows nothing of the tests.

use crate::stats::count;

/// How p-values of one family are adjusted for their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// As they are.
    None,
    /// Times their number: Dunn (1961), "Multiple comparisons among means".
    Bonferroni,
    /// Step-down: Holm (1979), "A simple sequentially rejective multiple test procedure".
    Holm,
    /// False discovery rate: Benjamini and Hochberg (1995), "Controlling the false
    /// discovery rate", procedure 1.
    BenjaminiHochberg,
}

/// The adjusted p-values, in the order given.
#[must_use]
pub fn adjust(p: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let family = count(p.len());
    match adjustment {
        Adjustment::None => p.to_vec(),
        Adjustment::Bonferroni => p.iter().map(|p| (p * family).min(1.0)).collect(),
        Adjustment::Holm => {
            let order = ascending(p);
            step(p, order.into_iter(), |rank| family - rank, 0.0, f64::max)
        }
        Adjustment::BenjaminiHochberg => {
            let order = ascending(p).into_iter().rev();
            step(p, order, |rank| family / (family - rank), 1.0, f64::min)
        }
    }
}

/// The places of the p-values, smallest first; ties in the order given.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    order.into_iter().map(|(place, _)| place).collect()
}

/// Multiplies each p-value by a factor of its rank in the order, keeping what `keep`
/// chooses between it and the one before, so that the order of the p-values stays.
fn step(
    p: &[f64],
    order: impl Iterator<Item = usize>,
    factor: impl Fn(f64) -> f64,
    start: f64,
    keep: fn(f64, f64) -> f64,
) -> Vec<f64> {
    let mut adjusted = p.to_vec();
    let mut running = start;
    for (rank, place) in order.enumerate() {
        if let Some(value) = adjusted.get_mut(place) {
            running = keep(running, *value * factor(count(rank))).min(1.0);
            *value = running;
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::super::sample::close;
    use super::*;

    /// R: `p.adjust`.
    #[test]
    fn adjustments_agree_with_r() {
        let p = [0.01, 0.04, 0.03, 0.2, 0.005, 0.04];
        let cases = [
            (Adjustment::None, p),
            (Adjustment::Bonferroni, [0.06, 0.24, 0.18, 1.0, 0.03, 0.24]),
            (Adjustment::Holm, [0.05, 0.12, 0.12, 0.2, 0.03, 0.12]),
            (Adjustment::BenjaminiHochberg, [0.03, 0.048, 0.048, 0.2, 0.03, 0.048]),
        ];
        for (adjustment, wanted) in cases {
            let got = adjust(&p, adjustment);
            got.iter().zip(wanted).for_each(|(got, want)| close(*got, want));
        }
        assert_eq!(adjust(&[], Adjustment::Holm), [0.0; 0]);
    }

    #[test]
    fn holm_never_exceeds_bonferroni_nor_hochberg_holm() {
        let p = [0.5, 0.001, 0.02, 0.02, 0.9, 0.04, 0.3];
        let bonferroni = adjust(&p, Adjustment::Bonferroni);
        let holm = adjust(&p, Adjustment::Holm);
        let hochberg = adjust(&p, Adjustment::BenjaminiHochberg);
        for place in 0..p.len() {
            assert!(holm[place] <= bonferroni[place]);
            assert!(hochberg[place] <= holm[place]);
            assert!(p[place] <= hochberg[place]);
        }
    }
}
