//! One linear program: atoms that are free, facts about them, a sum that is to be the largest
//! or smallest that it can be.
//!
//! Solved by microlp. Knows nothing of what the atoms stand for.

use std::collections::BTreeMap;

use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, SolveOutcome,
    Variable,
};

use super::ranges::Unsolved;
use super::{Fact, Sum};

/// By how much facts are loosened when the solver gives up: far less than one respondent.
const LOOSE: f64 = 1e-6;

/// Atoms with their values.
pub(super) type Values = BTreeMap<usize, f64>;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extreme {
    Largest,
    Smallest,
}

/// Facts about some atoms; nothing is said of others.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    free: Vec<usize>,
    facts: Vec<Fact>,
}

impl Program {
    /// Facts of which all atoms are free.
    pub(super) fn new(free: Vec<usize>, facts: Vec<Fact>) -> Self {
        Self { free, facts }
    }

    /// The free atoms where a sum is the largest or smallest that it can be: each with its
    /// value; none if it has no bound. Atoms in the sum that are not free do not count.
    ///
    /// A program that is not solved at once is tried with the solver's own preparation, which
    /// costs more than it saves here, and then with facts that are a little looser.
    pub(super) fn solve(
        &self,
        sum: &Sum,
        extreme: Extreme,
    ) -> Result<Option<Values>, Unsolved> {
        let tries = [(false, 0.0), (true, 0.0), (true, LOOSE)];
        let mut tries =
            tries.iter().map(|(prepare, by)| self.attempt(sum, extreme, *prepare, *by));
        tries.find(|found| *found != Err(Unsolved::GaveUp)).unwrap_or(Err(Unsolved::GaveUp))
    }

    fn attempt(
        &self,
        sum: &Sum,
        extreme: Extreme,
        prepare: bool,
        loose: f64,
    ) -> Result<Option<Values>, Unsolved> {
        let mut problem = Problem::new(match extreme {
            Extreme::Largest => OptimizationDirection::Maximize,
            Extreme::Smallest => OptimizationDirection::Minimize,
        });
        let weights: BTreeMap<usize, f64> = sum.0.iter().copied().collect();
        let variable = |atom: &usize| {
            let weight = weights.get(atom).copied().unwrap_or(0.0);
            (*atom, problem.add_var(weight, (0.0, f64::INFINITY)))
        };
        let atoms: BTreeMap<usize, Variable> = self.free.iter().map(variable).collect();
        self.facts.iter().for_each(|fact| tell(&mut problem, &atoms, fact, loose));
        let mut options = SolveOptions::default();
        options.presolve = prepare;
        match problem.solve_with(options) {
            Ok(SolveOutcome::Solution(found)) => {
                let at = |(atom, variable): (&usize, &Variable)| {
                    (*atom, found.var_value(*variable).max(0.0))
                };
                Ok(Some(atoms.iter().map(at).collect()))
            }
            Err(microlp::Error::Infeasible) => Err(Unsolved::Contradiction),
            Err(microlp::Error::Unbounded) => Ok(None),
            _ => Err(Unsolved::GaveUp),
        }
    }
}

/// Adds a fact to a problem, its bounds moved apart by `loose`.
fn tell(problem: &mut Problem, atoms: &BTreeMap<usize, Variable>, fact: &Fact, loose: f64) {
    let sum = || {
        let mut sum = LinearExpr::empty();
        let known = fact.sum.0.iter().filter_map(|(atom, by)| Some((atoms.get(atom)?, by)));
        known.for_each(|(variable, factor)| sum.add(*variable, *factor));
        sum
    };
    let (low, high) = (fact.low - loose, fact.high + loose);
    if low.total_cmp(&high).is_eq() {
        problem.add_constraint(sum(), ComparisonOp::Eq, low);
        return;
    }
    if low > f64::NEG_INFINITY {
        problem.add_constraint(sum(), ComparisonOp::Ge, low);
    }
    if high < f64::INFINITY {
        problem.add_constraint(sum(), ComparisonOp::Le, high);
    }
}
