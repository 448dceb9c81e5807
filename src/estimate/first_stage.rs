//! Sampling units of the first stage, where no later stage adds to a variance: sums by unit
//! go in, covariances come out, in one pass and without a search.

use crate::prepare::Design;
use crate::stats::SingleUnit;
use crate::stats::variance::{self, Spread, Stratum};

/// The sampling units of the first stage.
#[derive(Clone, Debug)]
pub(super) struct FirstStage {
    strata: Vec<Stratum>,
    /// The stratum of each unit.
    stratum: Vec<u32>,
    /// Whether later stages add nothing to a variance, and no stratum has a single unit.
    pub(super) suffices: bool,
}

impl FirstStage {
    pub(super) fn of(design: &Design) -> Self {
        let stage = design.stages.first();
        let sizes = stage.and_then(|stage| stage.population.as_ref());
        let strata = strata(design, sizes);
        let single = strata.iter().any(|stratum| stratum.is_single());
        Self {
            suffices: !single && (design.stages.len() == 1 || sizes.is_none()),
            stratum: stage.map(|stage| stage.parent.clone()).unwrap_or_default(),
            strata,
        }
    }

    /// Sums by unit less the mean of their stratum, times √((1 − f)·n/(n − 1)), so that the
    /// covariance of two totals is the sum of products of theirs.
    pub(super) fn centred(&self, z: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.strata.len()];
        for (stratum, z) in self.stratum.iter().zip(z) {
            sums[*stratum as usize] += z;
        }
        let scale = |stratum: &Stratum| {
            let Stratum { units, fraction } = *stratum;
            ((1.0 - fraction) * units / (units - 1.0)).sqrt()
        };
        let scales: Vec<f64> = self.strata.iter().map(scale).collect();
        let centre = |(stratum, z): (&u32, &f64)| {
            let stratum = *stratum as usize;
            scales[stratum] * (z - sums[stratum] / self.strata[stratum].units)
        };
        self.stratum.iter().zip(z).map(centre).collect()
    }

    /// The covariance of two totals from their sums by unit of the first stage.
    pub(super) fn covariance(&self, z: &[f64], z_prime: &[f64]) -> Option<f64> {
        let mut sums = vec![(0.0, 0.0, 0.0); self.strata.len()];
        for ((stratum, z), z_prime) in self.stratum.iter().zip(z).zip(z_prime) {
            let sum = &mut sums[*stratum as usize];
            *sum = (sum.0 + z, sum.1 + z_prime, sum.2);
        }
        let units = |stratum: u32| self.strata[stratum as usize].units;
        for ((stratum, z), z_prime) in self.stratum.iter().zip(z).zip(z_prime) {
            let sum = &mut sums[*stratum as usize];
            sum.2 += (z - sum.0 / units(*stratum)) * (z_prime - sum.1 / units(*stratum));
        }
        let spreads = self.strata.iter().zip(sums);
        let spreads: Vec<_> = spreads
            .map(|(stratum, (first, second, product))| {
                (*stratum, Spread { first, second, product })
            })
            .collect();
        variance::of_total(&spreads, SingleUnit::Fail).ok()
    }
}

/// The strata of units that were drawn with these population sizes.
pub(super) fn strata(design: &Design, sizes: Option<&Vec<f64>>) -> Vec<Stratum> {
    let drawn = design.units_by_stratum();
    let stratum = |(index, drawn): (usize, &u32)| {
        let units = f64::from(*drawn);
        let fraction = sizes.map_or(0.0, |sizes| units / sizes[index]);
        Stratum { units, fraction }
    };
    drawn.iter().enumerate().map(stratum).collect()
}
