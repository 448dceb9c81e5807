//! Counts that fit every fact, where none are known that are near: found by microlp, which
//! shares nothing with the walks of this room and is what they are compared with.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOutcome};

use super::ranges::Unsolved;
use super::{Sum, System};

/// Counts that fit every fact of a system, of all that do those where a goal is the largest.
///
/// # Errors
/// If there are none, the goal has no end, or the solver gives up.
pub(super) fn counts(system: &System, goal: &Sum) -> Result<Vec<f64>, Unsolved> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut weights = vec![0.0; system.atoms];
    goal.0.iter().for_each(|(atom, by)| weights[*atom] += by);
    let atoms: Vec<_> =
        weights.iter().map(|by| problem.add_var(*by, (0.0, f64::INFINITY))).collect();
    for fact in &system.facts {
        let sum = || {
            let mut sum = LinearExpr::empty();
            fact.sum.0.iter().for_each(|(atom, by)| sum.add(atoms[*atom], *by));
            sum
        };
        if fact.low > f64::NEG_INFINITY {
            problem.add_constraint(sum(), ComparisonOp::Ge, fact.low);
        }
        if fact.high < f64::INFINITY {
            problem.add_constraint(sum(), ComparisonOp::Le, fact.high);
        }
    }
    match problem.solve() {
        Ok(SolveOutcome::Solution(found)) => {
            Ok(atoms.iter().map(|atom| found.var_value(*atom)).collect())
        }
        Err(microlp::Error::Infeasible) => Err(Unsolved::Contradiction),
        _ => Err(Unsolved::GaveUp),
    }
}
