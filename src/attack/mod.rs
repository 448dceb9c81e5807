//! What can be worked out from published figures: [`Fact`]s about counts go in, the range
//! that they leave to a count that was not published comes out.
//!
//! Mathematics alone; knows nothing of polls, tables or profiles. A respondent is counted in
//! exactly one *atom* of each layer of a [`Grid`]; every published figure is a sum of atoms
//! with bounds. Nothing here rounds, hides or prints.

mod basis;
mod begin;
mod grid;
mod ranges;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeMap;

pub use basis::{Basis, Rest};
pub use grid::{Axis, Grid, Layer};
pub use ranges::{Range, Search, Unsolved};

/// A sum of atoms: each with what it is multiplied by, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sum(pub Vec<(usize, f64)>);

impl Sum {
    /// Atoms that are counted once each.
    #[must_use]
    pub fn of(atoms: impl IntoIterator<Item = usize>) -> Self {
        let mut terms: Vec<(usize, f64)> = atoms.into_iter().map(|atom| (atom, 1.0)).collect();
        terms.sort_by_key(|(atom, _)| *atom);
        Self(terms)
    }

    /// `self` + `factor` · `other`, without atoms that cancel.
    #[must_use]
    pub fn plus(&self, factor: f64, other: &Self) -> Self {
        let mut terms: BTreeMap<usize, f64> = self.0.iter().copied().collect();
        for (atom, by) in &other.0 {
            *terms.entry(*atom).or_default() += factor * by;
        }
        Self(terms.into_iter().filter(|(_, by)| *by != 0.0).collect())
    }

    /// What it comes to where atoms are as many as `counts` says.
    #[must_use]
    pub fn at(&self, counts: &[f64]) -> f64 {
        self.0.iter().map(|(atom, factor)| factor * counts[*atom]).sum()
    }
}

/// What is known of a sum of atoms: that it is not below `low` and not above `high`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The sum.
    pub sum: Sum,
    /// Minus infinity if nothing is known.
    pub low: f64,
    /// Infinity if nothing is known.
    pub high: f64,
}

impl Fact {
    /// That a sum is a number.
    #[must_use]
    pub fn exactly(sum: Sum, value: f64) -> Self {
        Self { sum, low: value, high: value }
    }

    /// That a sum lies between two numbers.
    #[must_use]
    pub fn between(sum: Sum, low: f64, high: f64) -> Self {
        Self { sum, low, high }
    }

    /// That `part` is between `low` and `high` of `whole` (1 for all of it), of which itself
    /// nothing need be known: `part` − `low`·`whole` ≥ 0 and `part` − `high`·`whole` ≤ 0.
    #[must_use]
    pub fn share(part: &Sum, whole: &Sum, low: f64, high: f64) -> [Self; 2] {
        [
            Self { sum: part.plus(-low, whole), low: 0.0, high: f64::INFINITY },
            Self { sum: part.plus(-high, whole), low: f64::NEG_INFINITY, high: 0.0 },
        ]
    }
}

/// Everything that is known of some atoms, none of which is below zero.
#[derive(Clone, Debug, Default)]
pub struct System {
    /// How many atoms there are.
    pub atoms: usize,
    /// What is known of them.
    pub facts: Vec<Fact>,
    /// How many are in each atom, as far as somebody knows: only speed depends on it.
    pub point: Option<Vec<f64>>,
}
