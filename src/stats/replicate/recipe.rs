//! How made replicates change the weight of each first-stage unit.
//!
//! Takes the number of a replicate; gives the factor of each unit, worked out when it is
//! asked for, so that a jackknife of thousands of units needs no table. Gives the rank of
//! the replicate weights too. It knows units, not records or weights.

use std::ops::Range;

use super::hadamard::Hadamard;
use super::random::Random;
use super::rank::Triangle;
use super::units::{Group, Units};
use crate::stats::count;

/// How replicates are made.
#[derive(Clone, Debug)]
pub(super) enum Recipe {
    /// One unit left out of each replicate.
    Jackknife(Vec<LeftOut>),
    /// One unit of each pair, or most of it.
    Halves(Halves),
    /// Units drawn at random.
    Bootstrap(Bootstrap),
}

/// One replicate of a jackknife.
#[derive(Clone, Debug)]
pub(super) struct LeftOut {
    /// The unit whose factor is 0.
    pub(super) unit: usize,
    /// The units that stand in for it, itself among them.
    pub(super) among: Range<usize>,
    /// Their factor.
    pub(super) factor: f64,
}

/// Balanced half-samples of the pairs of units (0, 1), (2, 3), ...
#[derive(Clone, Debug)]
pub(super) struct Halves {
    /// A column for each replicate.
    pub(super) matrix: Hadamard,
    /// The row of each pair.
    pub(super) rows: Vec<usize>,
    /// Fay's factor of the lighter unit; 0 for whole halves.
    pub(super) rho: f64,
}

/// Bootstrap samples.
#[derive(Clone, Debug)]
pub(super) struct Bootstrap {
    pub(super) seed: u64,
    pub(super) replicates: usize,
    /// Rao and Wu: one draw fewer than units, scaled up.
    pub(super) one_fewer: bool,
    /// The units of each stratum in an order of chance: the first ones have one copy more
    /// in the population that Canty and Davison draw from.
    pub(super) shuffled: Vec<Vec<usize>>,
    /// The size of that population by stratum; none if units are drawn with replacement.
    pub(super) populations: Option<Vec<f64>>,
}

impl Recipe {
    /// How many replicates there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Jackknife(left_out) => left_out.len(),
            Self::Halves(halves) => halves.matrix.order(),
            Self::Bootstrap(bootstrap) => bootstrap.replicates,
        }
    }

    /// The factor of each of `units` units at a replicate; 1 beyond the last replicate.
    pub(super) fn factors(&self, replicate: usize, units: usize, out: &mut Vec<f64>) {
        out.clear();
        out.resize(units, 1.0);
        match self {
            Self::Jackknife(left_out) => {
                if let Some(one) = left_out.get(replicate) {
                    one.factors(out);
                }
            }
            Self::Halves(halves) => halves.factors(replicate, out),
            Self::Bootstrap(bootstrap) => bootstrap.factors(replicate, out),
        }
    }

    /// The rank of the replicate weights of records that together have the weight
    /// `weights` in each unit, 0 where a unit has none.
    ///
    /// For a jackknife and for half-samples it follows from which units have any: the
    /// rank in exact arithmetic.
    pub(super) fn rank(&self, units: &Units, weights: &[f64]) -> usize {
        let present: Vec<bool> = weights.iter().map(|weight| *weight > 0.0).collect();
        match self {
            Self::Jackknife(left_out) => jackknife_rank(left_out, units, &present),
            Self::Halves(_) => halves_rank(&present),
            Self::Bootstrap(_) => self.measured_rank(weights),
        }
    }

    /// The rank from as many units as it takes until no column depends on others.
    fn measured_rank(&self, weights: &[f64]) -> usize {
        let block = 4 * self.len().max(16);
        let mut triangle = Triangle::new(self.len());
        let mut rank = 0;
        for from in (0..weights.len()).step_by(block) {
            let columns = self.columns(weights, from, block);
            for unit in 0..block.min(weights.len() - from) {
                triangle.push(columns.iter().filter_map(|column| column.get(unit).copied()));
            }
            rank = triangle.rank();
            if rank == self.len() {
                break;
            }
        }
        rank
    }

    /// The weights of `size` units at each replicate.
    fn columns(&self, weights: &[f64], from: usize, size: usize) -> Vec<Vec<f64>> {
        let mut factors = Vec::new();
        let mut column = |replicate| {
            self.factors(replicate, weights.len(), &mut factors);
            let both = factors.iter().zip(weights).skip(from).take(size);
            both.map(|(factor, weight)| factor * weight).collect()
        };
        (0..self.len()).map(&mut column).collect()
    }
}

impl LeftOut {
    fn factors(&self, out: &mut [f64]) {
        for factor in out.get_mut(self.among.clone()).into_iter().flatten() {
            *factor = self.factor;
        }
        if let Some(factor) = out.get_mut(self.unit) {
            *factor = 0.0;
        }
    }
}

impl Halves {
    fn factors(&self, replicate: usize, out: &mut [f64]) {
        for (pair, row) in out.chunks_exact_mut(2).zip(&self.rows) {
            let mut factors = [2.0 - self.rho, self.rho];
            if !self.matrix.is_one(*row, replicate) {
                factors.reverse();
            }
            pair.copy_from_slice(&factors);
        }
    }
}

impl Bootstrap {
    fn factors(&self, replicate: usize, out: &mut [f64]) {
        let mut random = Random::new(self.seed, replicate as u64 + 1);
        out.fill(0.0);
        for (stratum, units) in self.shuffled.iter().enumerate() {
            let n = count(units.len());
            let population =
                self.populations.as_ref().and_then(|sizes| sizes.get(stratum).copied());
            let worth = if self.one_fewer { n / (n - 1.0) } else { 1.0 };
            for drawn in self.draw(&mut random, units.len(), population) {
                if let Some(factor) = units.get(drawn).and_then(|unit| out.get_mut(*unit)) {
                    *factor += worth;
                }
            }
        }
    }

    /// The places, among the n units of a stratum, of the units drawn.
    fn draw(&self, random: &mut Random, n: usize, population: Option<f64>) -> Vec<usize> {
        // The cast turns an endless population into the largest number there is.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not under n"
        )]
        let copies = population.map(|size| size as u64);
        let unit = |copy: u64| usize::try_from(copy % n.max(1) as u64).unwrap_or(0);
        match copies {
            Some(size) => {
                random.without_replacement(n as u64, size).into_iter().map(unit).collect()
            }
            None => (usize::from(self.one_fewer)..n).map(|_| random.place(n)).collect(),
        }
    }
}

/// A row of a jackknife's weights is a unit. The rows of a stratum that is there in full
/// add up to a constant row, and a unit that no replicate leaves out is a constant row
/// itself: of all these one is independent; every other row is.
fn jackknife_rank(left_out: &[LeftOut], units: &Units, present: &[bool]) -> usize {
    let mut ever_out = vec![false; present.len()];
    for one in left_out {
        if let Some(out) = ever_out.get_mut(one.unit) {
            *out = true;
        }
    }
    let constant = |group: &Group| {
        let there = marked_in(present, group);
        match (marked_in(&ever_out, group), group.units.len()) {
            (0, _) => there,
            (_, 1) => 0,
            (_, all) => usize::from(there == all),
        }
    };
    let constants: usize = units.groups.iter().map(constant).sum();
    marked(present) - constants.saturating_sub(1)
}

/// How many units of a stratum are marked.
fn marked_in(marks: &[bool], group: &Group) -> usize {
    marked(marks.get(group.units.clone()).unwrap_or(&[]))
}

/// How many units are marked.
fn marked(marks: &[bool]) -> usize {
    marks.iter().filter(|mark| **mark).count()
}

/// The two rows of a pair are 1 ± (1 − ρ) times a row of the Hadamard matrix, all of which
/// are orthogonal, one of ones too.
fn halves_rank(present: &[bool]) -> usize {
    let pairs = || present.chunks_exact(2);
    let any = pairs().filter(|pair| pair.contains(&true)).count();
    any + usize::from(pairs().any(|pair| !pair.contains(&false)))
}
