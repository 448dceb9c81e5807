//! Bounds of sums of atoms, by linear programming.

use microlp::{
    ComparisonOp, LinearExpr, OptimizationDirection, Problem, Solution, SolveOutcome, Variable,
};

use super::{Fact, Sum, System};

/// Between which numbers a sum must lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The smallest that it can be.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl Range {
    /// From the smallest to the largest.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// Why there is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// The facts contradict each other.
    Contradiction,
    /// The solver gave up.
    GaveUp,
}

impl System {
    /// The range of each target. One that is found to be `enough` wide is not made exact:
    /// then it is part of the whole range, and `enough` wide or wider. Infinity for all
    /// exact. The same whatever the machine does besides.
    ///
    /// # Errors
    /// If the facts contradict each other, or the solver gives up.
    pub fn ranges(&self, targets: &[Sum], enough: f64) -> Result<Vec<Range>, Unsolved> {
        let nowhere = Range { low: f64::INFINITY, high: f64::NEG_INFINITY };
        let mut seen = vec![nowhere; targets.len()];
        for target in 0..targets.len() {
            for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize]
            {
                if seen[target].width() >= enough {
                    break;
                }
                let atoms = self.solve(&targets[target], direction)?;
                for (range, sum) in seen.iter_mut().zip(targets) {
                    let value = value(sum, &atoms);
                    range.low = range.low.min(value);
                    range.high = range.high.max(value);
                }
            }
        }
        Ok(seen)
    }

    /// Atoms at which a sum is the largest or smallest that it can be.
    fn solve(&self, sum: &Sum, direction: OptimizationDirection) -> Result<Vec<f64>, Unsolved> {
        let mut problem = Problem::new(direction);
        let mut weights = vec![0.0; self.atoms];
        sum.0.iter().for_each(|(atom, factor)| weights[*atom] = *factor);
        let atom = |weight: &f64| problem.add_var(*weight, (0.0, f64::INFINITY));
        let atoms: Vec<Variable> = weights.iter().map(atom).collect();
        self.facts.iter().for_each(|fact| tell(&mut problem, &atoms, fact));
        let solution = match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => solution,
            Err(microlp::Error::Infeasible) => return Err(Unsolved::Contradiction),
            _ => return Err(Unsolved::GaveUp),
        };
        let at = |solution: &Solution, atom: &Variable| solution.var_value(*atom);
        Ok(atoms.iter().map(|atom| at(&solution, atom)).collect())
    }
}

fn value(sum: &Sum, atoms: &[f64]) -> f64 {
    sum.0.iter().map(|(atom, factor)| factor * atoms[*atom]).sum()
}

fn tell(problem: &mut Problem, atoms: &[Variable], fact: &Fact) {
    let sum = || {
        let mut sum = LinearExpr::empty();
        fact.sum.0.iter().for_each(|(atom, factor)| sum.add(atoms[*atom], *factor));
        sum
    };
    if fact.low >= fact.high {
        problem.add_constraint(sum(), ComparisonOp::Eq, fact.low);
        return;
    }
    if fact.low > f64::NEG_INFINITY {
        problem.add_constraint(sum(), ComparisonOp::Ge, fact.low);
    }
    if fact.high < f64::INFINITY {
        problem.add_constraint(sum(), ComparisonOp::Le, fact.high);
    }
}
