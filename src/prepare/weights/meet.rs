//! One step that meets targets: groups and base weights go in; weights, an account, and
//! what a variance must know come out.
//!
//! Asks `stats::calibrate` for the weights, and puts names to the positions in its errors.
//! Weights are bounded as multiples of base weights that have the total of the targets.

use super::groups::{Group, Groups};
use super::report::{self, StepReport};
use super::targets::short;
use crate::diagnostic::{Finding, Findings, Severity};
use crate::poll::weighting::{Action, Method, Step};
use crate::prepare::codes;
use crate::stats::calibrate::{
    self, Auxiliaries, Bounds, Distance, Error, Fit, Limits, Margin, Quality, Raking,
    share_at_bounds,
};

/// The share of weights at a bound from which on it is said.
const MANY: f64 = 0.05;

/// Takes a step; none if it cannot be taken, which is then said.
pub(super) fn meet(
    step: &Step,
    groups: &[Groups],
    base: &[f64],
    findings: &mut Findings,
) -> Option<(Vec<f64>, Fit, StepReport)> {
    let order = Order::of(step);
    let made = match order.solve(step.method, groups, base) {
        Ok(made) => made,
        Err(error) => {
            findings.push(order.unmet(step, groups, &error));
            return None;
        }
    };
    let weights = made.step.weights;
    if weights.iter().any(|weight| *weight <= 0.0) {
        let count = weights.iter().filter(|weight| **weight <= 0.0).count();
        let headline = format!("{count} weights would not be above zero");
        let finding = Finding::new(&codes::BELOW, headline).at(step.place.clone());
        findings.push(finding.help("add `bounds = [0.1, 5.0]` to the step, or use `rake`"));
        return None;
    }
    let bounds = order.bounds.map(|bounds| {
        let base: Vec<f64> = base.iter().map(|weight| weight * made.scale).collect();
        let share = share_at_bounds(&weights, &base, bounds).unwrap_or(0.0);
        ((bounds.lower, bounds.upper), share)
    });
    if let Some((_, share)) = bounds {
        order.judge(step, share, findings);
    }
    let report = StepReport {
        method: step.method,
        margins: groups.iter().map(|groups| report::margin(groups, &weights)).collect(),
        rounds: made.step.rounds,
        worst: Some(made.step.worst),
        bounds,
        trimmed: None,
        weights: Quality::of(&weights)?,
    };
    Some((weights, made.step.fit, report))
}

/// What a step asks for besides its targets.
struct Order {
    bounds: Option<Bounds>,
    limits: Limits,
    at_bounds: f64,
}

/// Weights, and what base weights were multiplied by before they were bounded.
struct Made {
    step: calibrate::Step,
    scale: f64,
}

impl Order {
    fn of(step: &Step) -> Self {
        match &step.action {
            Action::Meet { bounds, tolerance, max_rounds, at_bounds, .. } => Self {
                bounds: bounds.map(|(lower, upper)| Bounds { lower, upper }),
                limits: Limits {
                    tolerance: *tolerance,
                    rounds: *max_rounds as usize,
                    ..Limits::default()
                },
                at_bounds: *at_bounds,
            },
            _ => Self { bounds: None, limits: Limits::default(), at_bounds: 1.0 },
        }
    }

    fn solve(&self, method: Method, groups: &[Groups], base: &[f64]) -> Result<Made, Error> {
        let totals: Vec<Vec<f64>> = groups.iter().map(Groups::totals).collect();
        let margins = groups.iter().zip(&totals);
        let margins: Vec<Margin<'_>> =
            margins.map(|(g, totals)| Margin { codes: &g.of, targets: totals }).collect();
        let whole = |step| Made { step, scale: 1.0 };
        let distance = match method {
            Method::Rake if self.bounds.is_none() => {
                return calibrate::rake(base, &margins, self.limits).map(whole);
            }
            Method::Poststratify | Method::Nonresponse | Method::Trim => {
                let Some(Margin { codes, targets }) = margins.first() else {
                    return Err(Error::NoRecords);
                };
                return calibrate::poststratify(base, codes, targets, self.limits).map(whole);
            }
            Method::Rake => Distance::Raking,
            Method::Linear => Distance::Linear,
            Method::Logit => Distance::Logit,
        };
        self.calibrate(distance, &margins, base)
    }

    /// Base weights get the total of the targets first, so that bounds are around 1.
    fn calibrate(
        &self,
        distance: Distance,
        margins: &[Margin<'_>],
        base: &[f64],
    ) -> Result<Made, Error> {
        let raking = Raking::new(margins)?;
        let (auxiliaries, totals) = Auxiliaries::of_margins(&raking);
        let whole: f64 = margins.last().map_or(0.0, |margin| margin.targets.iter().sum());
        let scale = whole / base.iter().sum::<f64>();
        let scaled: Vec<f64> = base.iter().map(|weight| weight * scale).collect();
        let bounds = self.bounds.unwrap_or(Bounds::NONE);
        let method = calibrate::Method { distance, bounds, rescale: false };
        let made = calibrate::calibrate(&scaled, &auxiliaries, &totals, method, self.limits)?;
        Ok(Made { step: made.step, scale })
    }

    /// Says that many weights are at a bound; ends the run if they are too many.
    fn judge(&self, step: &Step, share: f64, findings: &mut Findings) {
        if share < MANY {
            return;
        }
        let headline = format!("{:.1} % of weights stand at a bound", share * 100.0);
        let mut finding = Finding::new(&codes::BOUNDS, headline).at(step.place.clone());
        if share > self.at_bounds {
            finding.severity = Severity::Error;
            let limit =
                format!("the step allows {} %, in `at_bounds`", short(self.at_bounds * 100.0));
            finding = finding.because(limit);
        }
        findings.push(finding.help("widen `bounds`, or join small categories"));
    }

    /// Why the targets cannot be met, with names.
    fn unmet(&self, step: &Step, groups: &[Groups], error: &Error) -> Finding {
        let named = |margin: usize, code: usize| {
            let groups = groups.get(margin)?;
            Some((groups, groups.list.get(code)?))
        };
        let column = |column: usize| {
            let mut left = column;
            groups.iter().enumerate().find_map(|(margin, groups)| match groups.list.len() {
                size if left < size => Some((margin, left)),
                size => {
                    left -= size;
                    None
                }
            })
        };
        let place = match *error {
            Error::RakingNotConverged { margin, code, .. } => named(margin, code),
            Error::OutOfReach { column: at, .. }
            | Error::BoundsCannotBeMet { column: at, .. }
            | Error::Collinear { column: at, .. }
            | Error::CalibrationNotConverged { column: at, .. } => {
                column(at).and_then(|(margin, code)| named(margin, code))
            }
            _ => None,
        };
        let because = place
            .map_or_else(|| error.to_string(), |(groups, group)| reason(error, groups, group));
        let help = match error {
            Error::OutOfReach { .. } | Error::BoundsCannotBeMet { .. } => {
                "widen `bounds`, or join small categories in the schema and in the targets"
            }
            _ if self.bounds.is_some() => {
                "widen `bounds`, join small categories, or take a margin out"
            }
            _ => "join small categories, take a margin out, or raise `max_rounds`",
        };
        let headline = format!("`{}` does not meet its targets", step.method.name());
        let at = place.map_or_else(|| step.place.clone(), |(_, group)| group.place.clone());
        Finding::new(&codes::CONVERGED, headline).at(at).because(because).help(help)
    }
}

/// What is the matter with a group.
fn reason(error: &Error, groups: &Groups, group: &Group) -> String {
    let who = format!("`{}` of `{}`", group.label, groups.name);
    match error {
        Error::RakingNotConverged { rounds, error, .. }
        | Error::CalibrationNotConverged { rounds, error, .. } => {
            let error = if *error < 0.001 {
                format!("{error:.1e} of it")
            } else {
                format!("{:.1} %", error * 100.0)
            };
            let word = if *rounds == 1 { "round" } else { "rounds" };
            format!("after {rounds} {word} {who} is still off its target by {error}")
        }
        Error::OutOfReach { total, least, most, .. } => format!(
            "{who} should be {}, and within the bounds it can be from {} to {}",
            short(*total),
            short(*least),
            short(*most)
        ),
        Error::BoundsCannotBeMet { error, .. } => format!(
            "no weights within the bounds meet all targets at once; {who} is furthest off, by \
             {:.2} % of its target",
            error * 100.0
        ),
        Error::Collinear { total, implied, .. } => format!(
            "the other targets leave {} for {who}, whose target is {}",
            short(*implied),
            short(*total)
        ),
        other => other.to_string(),
    }
}
