//! Replicate weights made from a design: jackknife, half-samples and bootstrap.
//!
//! Takes the strata, units and population sizes of the first stage; gives [`Replicates`].
//! What is made, and its scale, is what `as.svrepdesign` of R survey 4.5 makes, but for
//! the bootstrap's random numbers. Later stages of drawing are not used, as in R.

use super::hadamard::Hadamard;
use super::random::Random;
use super::recipe::{Bootstrap, Halves, LeftOut, Recipe};
use super::units::{Group, Units};
use super::{ReplicateError, Replicates, Source};
use crate::stats::count;
use crate::stats::multistage::Stage;
use crate::stats::variance::SingleUnit;

/// How the bootstrap draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// n − 1 of the n units of a stratum, with replacement: R's `subbootstrap`. Population
    /// sizes are not used. Rao and Wu (1988), "Resampling inference with complex survey
    /// data", section 3, with m = n − 1.
    RaoWu,
    /// n of n with replacement or, with population sizes, n without replacement from the
    /// units copied to the size of the population: R's `bootstrap`. Canty and Davison
    /// (1999), "Resampling-based variance estimation for labour force surveys".
    CantyDavison,
}

impl Replicates {
    /// The jackknife of a sample without strata: each replicate leaves one unit out.
    /// Scale (1 − f)(n − 1)/n.
    ///
    /// # Errors
    /// [`ReplicateError::Stratified`], [`ReplicateError::SingleUnits`] with one unit,
    /// [`ReplicateError::WholePopulation`] (the variance is zero), and what a design that
    /// does not fit gives.
    pub fn jk1(stage: &Stage<'_>) -> Result<Self, ReplicateError> {
        let units = Units::of(stage)?;
        if units.groups.len() > 1 {
            return Err(ReplicateError::Stratified(units.groups.len()));
        }
        let mut replicates = jackknife(units, SingleUnit::Fail)?;
        for rscale in &mut replicates.rscales {
            replicates.scale = std::mem::replace(rscale, 1.0);
        }
        Ok(replicates)
    }

    /// The jackknife of a stratified sample; `single` says what becomes of a stratum of
    /// one unit. Rscales (1 − f)(n − 1)/n of the stratum; a stratum that is in the sample
    /// with all its units has no replicates.
    ///
    /// With [`SingleUnit::Certainty`] and [`SingleUnit::Remove`] the stratum has no
    /// replicate either, [`SingleUnit::Average`] scales up by all units over those with a
    /// replicate (complete strata counted in neither, where R counts them in the first),
    /// and [`SingleUnit::Adjust`] leaves the unit out as if each stratum were a unit.
    ///
    /// # Errors
    /// [`ReplicateError::SingleUnits`], [`ReplicateError::WholePopulation`], and what a
    /// design that does not fit gives.
    pub fn jkn(stage: &Stage<'_>, single: SingleUnit) -> Result<Self, ReplicateError> {
        jackknife(Units::of(stage)?, single)
    }

    /// Balanced half-samples, of Fay's kind if `rho` is above 0: one unit of each pair
    /// has the factor 2 − `rho`, the other `rho`. Scale 1/(R(1 − `rho`)²). Population sizes
    /// are not used.
    ///
    /// A stratum of four, six, ... units is taken as two, three, ... pairs in the order of
    /// their first records. `McCarthy` (1969), "Pseudo-replication: half samples"; Judkins
    /// (1990), "Fay's method for variance estimation".
    ///
    /// # Errors
    /// [`ReplicateError::SingleUnits`], [`ReplicateError::NotPaired`],
    /// [`ReplicateError::Rho`] unless 0 ≤ `rho` < 1, [`ReplicateError::TooManyPairs`] above
    /// 7,919, and what a design that does not fit gives.
    pub fn brr(stage: &Stage<'_>, rho: f64) -> Result<Self, ReplicateError> {
        let units = Units::of(stage)?;
        check_pairs(&units, rho)?;
        let pairs = units.len() / 2;
        let matrix = Hadamard::for_pairs(pairs).ok_or(ReplicateError::TooManyPairs(pairs))?;
        let scale = 1.0 / (count(matrix.order()) * ((1.0 - rho) * (1.0 - rho)));
        let rscales = vec![1.0; matrix.order()];
        let halves = Halves { matrix, rows: rows_of_pairs(&units), rho };
        Ok(Self::made(units, Recipe::Halves(halves), scale, rscales))
    }

    /// `replicates` bootstrap samples, the same for the same `seed` on every machine.
    /// Scale 1/(R − 1) for [`Draw::RaoWu`]; m/((m − 1)(R − 1)) for [`Draw::CantyDavison`],
    /// m being the harmonic mean of the units per stratum.
    ///
    /// # Errors
    /// [`ReplicateError::TooFewReplicates`] under two, [`ReplicateError::SingleUnits`],
    /// [`ReplicateError::WholePopulation`], and what a design that does not fit gives.
    pub fn bootstrap(
        stage: &Stage<'_>,
        draw: Draw,
        replicates: usize,
        seed: u64,
    ) -> Result<Self, ReplicateError> {
        if replicates < 2 {
            return Err(ReplicateError::TooFewReplicates(replicates));
        }
        let one_fewer = draw == Draw::RaoWu;
        let units = units_to_draw(stage, draw)?;
        let free = count(replicates) - 1.0;
        let scale = if one_fewer { 1.0 / free } else { enlargement(&units) / free };
        let shuffled = shuffled(&units, seed);
        let populations = units.groups.iter().map(|group| group.population).collect();
        let bootstrap = Bootstrap { seed, replicates, one_fewer, shuffled, populations };
        Ok(Self::made(units, Recipe::Bootstrap(bootstrap), scale, vec![1.0; replicates]))
    }

    fn made(units: Units, recipe: Recipe, scale: f64, rscales: Vec<f64>) -> Self {
        let source = Source::Made { units, recipe };
        Self { source, scale, rscales, mse: false, freedom: None }
    }
}

fn jackknife(units: Units, single: SingleUnit) -> Result<Replicates, ReplicateError> {
    let singles = units.codes_where(Group::is_single);
    let strata = count(units.groups.len());
    let adjust = single == SingleUnit::Adjust && strata > 1.0;
    let (mut left_out, mut rscales) = (Vec::new(), Vec::new());
    for group in units.groups.iter().filter(|group| !group.is_complete()) {
        let (among, n, correction) = match (group.is_single(), adjust) {
            (false, _) => (group.units.clone(), group.size(), group.correction()),
            (true, true) => (0..units.len(), strata, 1.0),
            (true, false) => continue,
        };
        for unit in group.units.clone() {
            left_out.push(LeftOut { unit, among: among.clone(), factor: n / (n - 1.0) });
            rscales.push(correction * ((n - 1.0) / n));
        }
    }
    let nothing = left_out.is_empty();
    if !singles.is_empty() && (nothing || single == SingleUnit::Fail) {
        return Err(ReplicateError::SingleUnits(singles));
    }
    if nothing {
        return Err(ReplicateError::WholePopulation);
    }
    let lonely = if single == SingleUnit::Average { singles.len() } else { 0 };
    let scale = count(left_out.len() + lonely) / count(left_out.len());
    Ok(Replicates::made(units, Recipe::Jackknife(left_out), scale, rscales))
}

/// Whether half-samples can be made.
fn check_pairs(units: &Units, rho: f64) -> Result<(), ReplicateError> {
    let singles = units.codes_where(|group| group.units.len() == 1);
    let odd = units.codes_where(|group| group.units.len() % 2 == 1);
    match (singles.is_empty(), odd.is_empty()) {
        _ if !(0.0..1.0).contains(&rho) => Err(ReplicateError::Rho(Some(rho))),
        (false, _) => Err(ReplicateError::SingleUnits(singles)),
        (true, false) => Err(ReplicateError::NotPaired(odd)),
        (true, true) => Ok(()),
    }
}

/// The row of the Hadamard matrix of each pair, from 1 on: first the pairs of strata with
/// several, then the others, as R has them.
fn rows_of_pairs(units: &Units) -> Vec<usize> {
    let of = |several: bool| {
        let chosen =
            units.groups.iter().filter(move |group| (group.units.len() > 2) == several);
        chosen.flat_map(|group| group.units.start / 2..group.units.end / 2)
    };
    let mut rows = vec![0; units.len() / 2];
    for (row, pair) in of(true).chain(of(false)).enumerate() {
        if let Some(place) = rows.get_mut(pair) {
            *place = row + 1;
        }
    }
    rows
}

/// The units of a design that a bootstrap can be drawn from.
fn units_to_draw(stage: &Stage<'_>, draw: Draw) -> Result<Units, ReplicateError> {
    let population = stage.population.filter(|_| draw == Draw::CantyDavison);
    let units = Units::of(&Stage { population, ..*stage })?;
    let singles = units.codes_where(Group::is_single);
    if !singles.is_empty() {
        return Err(ReplicateError::SingleUnits(singles));
    }
    if units.groups.iter().all(Group::is_complete) {
        return Err(ReplicateError::WholePopulation);
    }
    Ok(units)
}

/// m/(m − 1), m being the harmonic mean of the units per stratum.
fn enlargement(units: &Units) -> f64 {
    let inverse: f64 = units.groups.iter().map(|group| 1.0 / group.size()).sum();
    let mean = count(units.groups.len()) / inverse;
    mean / (mean - 1.0)
}

/// The units of each stratum in an order of chance. Durstenfeld (1964), algorithm 235.
fn shuffled(units: &Units, seed: u64) -> Vec<Vec<usize>> {
    let mut random = Random::new(seed, 0);
    let mut orders: Vec<Vec<usize>> =
        units.groups.iter().map(|group| group.units.clone().collect()).collect();
    for order in &mut orders {
        for last in (1..order.len()).rev() {
            order.swap(last, random.place(last + 1));
        }
    }
    orders
}
