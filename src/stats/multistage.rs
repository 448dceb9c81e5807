//! The variance of a total under sampling in several stages.
//!
//! Takes, for each stage and record, the codes of its stratum and unit and the size of
//! the stratum's population; then the linearised variable z by record. Gives variances.
//! The design is arranged once and used for any number of variables.
//!
//! Särndal, Swensson and Wretman (1992), result 4.3.1, by recursion: the variance between
//! first-stage units, plus, for each unit, the fraction drawn at this stage times the
//! variance that the next stage has within the unit.

use std::collections::BTreeMap;

use super::count;
use super::variance::{NoVariance, SingleUnit, Spread, Stratum, of_total};

/// One stage of the design: slices with one entry per record.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The stratum; codes need to differ only within a unit of the stage before.
    pub strata: &'a [u32],
    /// The sampling unit; codes need to differ only within the stratum.
    pub units: &'a [u32],
    /// How many units the stratum has in the population; `None` without a finite
    /// population correction, which ends the recursion.
    pub population: Option<&'a [f64]>,
}

/// A sampling design in several stages.
#[derive(Clone, Debug)]
pub struct Multistage {
    strata: Vec<Branch>,
}

/// One stratum at one stage.
#[derive(Clone, Debug)]
struct Branch {
    stratum: Stratum,
    units: Vec<Unit>,
}

/// One sampling unit: its records, and its strata at the next stage.
#[derive(Clone, Debug)]
struct Unit {
    records: Vec<usize>,
    below: Vec<Branch>,
}

impl Multistage {
    /// Arranges the design. Records whose code a slice does not hold are left out.
    #[must_use]
    pub fn new(stages: &[Stage<'_>]) -> Self {
        let records = stages.first().map_or(0, |stage| stage.strata.len());
        Self { strata: branches(stages, &(0..records).collect::<Vec<_>>()) }
    }

    /// First-stage units minus first-stage strata: the degrees of freedom.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        let units: usize = self.strata.iter().map(|branch| branch.units.len()).sum();
        count(units) - count(self.strata.len())
    }

    /// The covariance of Σz and Σz′ (the same slice twice for a variance). A record
    /// outside the domain has z = 0; so has one beyond the end of a slice.
    ///
    /// # Errors
    /// [`NoVariance`] as in [`of_total`]; positions are those of the first stage at fault.
    pub fn covariance(
        &self,
        z: &[f64],
        z_prime: &[f64],
        single: SingleUnit,
    ) -> Result<f64, NoVariance> {
        within(&self.strata, z, z_prime, single)
    }
}

fn branches(stages: &[Stage<'_>], records: &[usize]) -> Vec<Branch> {
    let Some((stage, later)) = stages.split_first() else { return Vec::new() };
    let mut sorted: BTreeMap<u32, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
    for &record in records {
        if let (Some(&stratum), Some(&unit)) =
            (stage.strata.get(record), stage.units.get(record))
        {
            sorted.entry(stratum).or_default().entry(unit).or_default().push(record);
        }
    }
    sorted.into_values().map(|units| branch(stage, later, units)).collect()
}

fn branch(stage: &Stage<'_>, later: &[Stage<'_>], units: BTreeMap<u32, Vec<usize>>) -> Branch {
    let first = units.values().next().and_then(|records| records.first());
    let population =
        first.and_then(|&record| stage.population.and_then(|sizes| sizes.get(record)));
    let sampled = count(units.len());
    let fraction = population.map_or(0.0, |&size| sampled / size);
    // A stage without a correction is drawn with replacement: later ones add nothing.
    let later = if fraction > 0.0 { later } else { &[] };
    let units = units.into_values();
    let unit = |records: Vec<usize>| Unit { below: branches(later, &records), records };
    Branch { stratum: Stratum { units: sampled, fraction }, units: units.map(unit).collect() }
}

fn within(
    strata: &[Branch],
    z: &[f64],
    z_prime: &[f64],
    single: SingleUnit,
) -> Result<f64, NoVariance> {
    let spreads: Vec<_> = strata
        .iter()
        .map(|branch| {
            let (first, second) = (branch.totals(z), branch.totals(z_prime));
            (branch.stratum, Spread::of_totals(branch.stratum, &first, &second))
        })
        .collect();
    let mut variance = of_total(&spreads, single)?;
    for branch in strata {
        for unit in branch.units.iter().filter(|unit| !unit.below.is_empty()) {
            variance += branch.stratum.fraction * within(&unit.below, z, z_prime, single)?;
        }
    }
    Ok(variance)
}

impl Branch {
    /// The total of z by unit.
    fn totals(&self, z: &[f64]) -> Vec<f64> {
        let total = |unit: &Unit| -> f64 {
            unit.records.iter().filter_map(|&record| z.get(record)).sum()
        };
        self.units.iter().map(total).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 1e-12 * want.abs(), "{got} is not {want}");
    }

    const STRATA: [u32; 11] = [1, 1, 1, 1, 2, 2, 2, 3, 4, 4, 4];
    const UNITS: [u32; 11] = [1, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9];
    const WEIGHTS: [f64; 11] = [2.0, 2.0, 3.0, 1.0, 4.0, 2.0, 2.0, 5.0, 1.0, 2.0, 3.0];
    const SCORES: [f64; 11] = [3.0, 5.0, 2.0, 8.0, 1.0, 4.0, 4.0, 6.0, 7.0, 2.0, 9.0];
    const SIZES: [f64; 11] = [10.0, 10.0, 10.0, 10.0, 8.0, 8.0, 8.0, 6.0, 12.0, 12.0, 12.0];

    /// The variance of the mean score, stratum 3 having one unit.
    fn mean_score(population: Option<&[f64]>, single: SingleUnit) -> f64 {
        let stage = Stage { strata: &STRATA, units: &UNITS, population };
        let total: f64 = WEIGHTS.iter().sum();
        let weighted = WEIGHTS.iter().zip(&SCORES).map(|(w, y)| w * y);
        let mean = weighted.sum::<f64>() / total;
        let z: Vec<f64> =
            WEIGHTS.iter().zip(&SCORES).map(|(w, y)| w * (y - mean) / total).collect();
        Multistage::new(&[stage]).covariance(&z, &z, single).expect("a choice was made")
    }

    /// R survey: `vcov(svymean(~z, svydesign(~u, strata = ~h, weights = ~w)))` under each
    /// `survey.lonely.psu`, without and with `fpc = ~N`.
    #[test]
    fn single_units_as_in_r() {
        let cases = [
            (SingleUnit::Adjust, 0.769_630_118_865_499_6, 0.578_873_070_262_424_8),
            (SingleUnit::Average, 0.904_742_639_979_477, 0.670_638_383_815_575_5),
            (SingleUnit::Certainty, 0.678_556_979_984_607_7, 0.502_978_787_861_681_6),
            (SingleUnit::Remove, 0.678_556_979_984_607_7, 0.502_978_787_861_681_6),
        ];
        for (single, without, with) in cases {
            close(mean_score(None, single), without);
            close(mean_score(Some(&SIZES), single), with);
        }
    }

    /// Records of a design of three stages, four first-stage units in two strata of five;
    /// unit 1 of stage 2 in unit 1 of stage 1 has three records, the others two.
    const STAGE_1: [u32; 17] = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 1];
    const STAGE_2: [u32; 17] = [1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1];
    const STAGE_3: [u32; 17] = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 3];

    /// R survey: `svytotal(~y + x, svydesign(~i + j + k, strata = ~s, fpc = ~n1 + n2 + n3,
    /// nest = TRUE))`.
    #[test]
    fn three_stages_as_in_r() {
        let strata: Vec<u32> = STAGE_1.iter().map(|unit| unit.div_ceil(2)).collect();
        let one = [1; 17];
        let (first, second, third) = ([5.0; 17], [4.0; 17], [6.0; 17]);
        let stage = |strata, units, population| Stage { strata, units, population };
        let design = Multistage::new(&[
            stage(&strata, &STAGE_1, Some(&first)),
            stage(&one, &STAGE_2, Some(&second)),
            stage(&one, &STAGE_3, Some(&third)),
        ]);
        let (mut y, mut x) = (Vec::new(), Vec::new());
        for ((i, j), k) in STAGE_1.iter().zip(&STAGE_2).zip(&STAGE_3) {
            let three = (*i, *j) == (1, 1);
            let weight = if three { 10.0 } else { 15.0 };
            y.push(weight * f64::from((k * 7 + j * 5 + i * 3) % 11));
            x.push(weight * f64::from((k * 3 + j * 4 + i * 5) % 7));
        }
        let value = |a, b| design.covariance(a, b, SingleUnit::Fail).expect("no singles");
        close(value(&y, &y), 15_150.0);
        close(value(&x, &x), 9_390.0);
        close(value(&y, &x), 120.0);
        close(design.freedom(), 2.0);
    }

    #[test]
    fn without_a_correction_later_stages_add_nothing() {
        let strata: Vec<u32> = STAGE_1.iter().map(|unit| unit.div_ceil(2)).collect();
        let z: Vec<f64> = (0..17_u32).map(|record| f64::from(record % 5)).collect();
        let first = Stage { strata: &strata, units: &STAGE_1, population: None };
        let second = Stage { strata: &STAGE_1, units: &STAGE_2, population: None };
        let one = Multistage::new(&[first]).covariance(&z, &z, SingleUnit::Fail);
        let two = Multistage::new(&[first, second]).covariance(&z, &z, SingleUnit::Fail);
        assert_eq!(one, two);
    }
}
