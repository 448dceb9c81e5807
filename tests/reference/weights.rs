//! The steps that a case makes weights by: raking, post-strata, calibration, trimming.

use pollsmith::prepare::Design;
use pollsmith::stats::calibrate::{
    self, Auxiliaries, Bounds, Distance, Fit, Limits, Margin, Method, Quality,
};
use serde_json::Value;

use super::calibration;
use super::cells::{Cells, cells, margins};
use super::data::Data;
use super::keys::Keys;
use super::reading::{Other, Reading};
use super::replicates;
use super::row::Row;

/// One step.
pub(crate) enum Step {
    Rake(Vec<Cells>),
    Poststratify(Cells),
    Calibrate(Auxiliaries, Vec<f64>, Method),
    Trim(Bounds, bool),
}

/// The statistics of a case that are steps.
pub(crate) const STEPS: [&str; 4] = ["rake", "poststratify", "calibrate", "trim"];

/// The steps of `after`: one or a list, each with a key that names it, or as the only key.
pub(crate) fn steps(after: Option<&Value>, data: &Data) -> Result<Vec<Step>, String> {
    match after {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(|one| named(one, data)).collect(),
        Some(one) => Ok(vec![named(one, data)?]),
    }
}

fn named(value: &Value, data: &Data) -> Result<Step, String> {
    let keys = Keys::of(value)?;
    if let Some(name) = keys.text(&["stat", "method", "type", "kind", "step"])? {
        let step = step(&name, &keys, data)?;
        keys.finish()?;
        return Ok(step);
    }
    let (name, inner) = keys.only().ok_or_else(|| format!("the step {value} has no name"))?;
    let inner = Keys::of(inner)?;
    let step = step(name, &inner, data)?;
    inner.finish()?;
    Ok(step)
}

/// The step of a name, made of the keys of a case.
pub(crate) fn step(name: &str, keys: &Keys<'_>, data: &Data) -> Result<Step, String> {
    match name {
        "rake" | "raking" => {
            let targets = keys.get(&["margins", "targets", "population", "population.margins"]);
            margins(targets.ok_or("`margins` is missing")?, data).map(Step::Rake)
        }
        "poststratify" | "post_stratify" | "postStratify" => {
            let by = keys.texts(&["var", "by", "strata", "variable", "vars"])?;
            let targets = keys.get(&["cells", "population", "targets", "totals", "counts"]);
            cells(&by, targets.ok_or("`cells` is missing")?, data).map(Step::Poststratify)
        }
        "calibrate" | "greg" => {
            let (auxiliaries, totals) = calibration::columns(keys, data)?;
            Ok(Step::Calibrate(auxiliaries, totals, method(keys)?))
        }
        "trim" | "trimWeights" => {
            let strict = keys.truth(&["strict"])?.unwrap_or(false);
            let lower = keys.number(&["lower", "min"])?.unwrap_or(f64::NEG_INFINITY);
            let upper = keys.number(&["upper", "max"])?.unwrap_or(f64::INFINITY);
            Ok(Step::Trim(Bounds { lower, upper }, strict))
        }
        other => Err(format!("there is no step `{other}`")),
    }
}

fn method(keys: &Keys<'_>) -> Result<Method, String> {
    let distance = match keys.text(&["distance", "calfun"])?.as_deref() {
        None | Some("linear" | "greg" | "chi_squared") => Distance::Linear,
        Some("raking" | "ratio" | "exponential") => Distance::Raking,
        Some("logit") => Distance::Logit,
        Some(other) => return Err(format!("there is no distance `{other}`")),
    };
    let method = Method::new(distance);
    Ok(match keys.get(&["bounds"]) {
        None => method,
        Some(object @ Value::Object(_)) => {
            let bounds = Keys::of(object)?;
            let lower = bounds.number(&["lower", "min"])?.unwrap_or(f64::NEG_INFINITY);
            let upper = bounds.number(&["upper", "max"])?.unwrap_or(f64::INFINITY);
            method.within(lower, upper)
        }
        Some(_) => match keys.numbers(&["bounds"])?.as_slice() {
            [lower, upper] => method.within(*lower, *upper),
            other => return Err(format!("the bounds {other:?} are not two")),
        },
    })
}

impl Step {
    /// The weights after the step, and what a variance needs to know of it.
    fn apply(
        &self,
        base: &[f64],
        limits: Limits,
        reading: &Reading,
    ) -> Result<(Vec<f64>, Option<Fit>), calibrate::Error> {
        match self {
            Self::Rake(margins) => {
                let targets: Vec<Vec<f64>> =
                    margins.iter().map(|cells| kept_sum(cells, base, reading)).collect();
                let pairs = margins.iter().zip(&targets);
                let margins: Vec<Margin<'_>> = pairs
                    .map(|(cells, targets)| Margin { codes: &cells.codes, targets })
                    .collect();
                let step = calibrate::rake(base, &margins, limits)?;
                Ok((step.weights, Some(step.fit)))
            }
            Self::Poststratify(cells) => {
                let counts = kept_sum(cells, base, reading);
                let step = calibrate::poststratify(base, &cells.codes, &counts, limits)?;
                Ok((step.weights, Some(step.fit)))
            }
            Self::Calibrate(auxiliaries, totals, method) => {
                let step =
                    calibrate::calibrate(base, auxiliaries, totals, *method, limits)?.step;
                Ok((step.weights, Some(step.fit)))
            }
            Self::Trim(bounds, strict) => {
                Ok((calibrate::trim(base, *bounds, *strict)?.weights, None))
            }
        }
    }
}

/// The targets of a margin or, in another reading, in proportion to the base weights' sum.
fn kept_sum(cells: &Cells, base: &[f64], reading: &Reading) -> Vec<f64> {
    let factor = if reading.is(Other::KeptSum) {
        base.iter().sum::<f64>() / cells.targets.iter().sum::<f64>()
    } else {
        1.0
    };
    cells.targets.iter().map(|target| target * factor).collect()
}

fn run(
    steps: &[Step],
    base: &[f64],
    limits: Limits,
    reading: &Reading,
) -> Result<(Vec<f64>, Vec<Fit>), String> {
    let (mut weights, mut fits) = (base.to_vec(), Vec::new());
    for step in steps {
        let (after, fit) =
            step.apply(&weights, limits, reading).map_err(|error| error.to_string())?;
        weights = after;
        fits.extend(fit);
    }
    Ok((weights, fits))
}

/// The design with weights made by the steps, and so the weights of each replicate.
pub(crate) fn adjusted(
    design: Design,
    steps: &[Step],
    reading: &Reading,
) -> Result<Design, String> {
    if steps.is_empty() {
        return Ok(design);
    }
    let zero_weights = design.weights.contains(&0.0);
    let limits = Limits { tolerance: 1e-12, zero_weights, ..Limits::default() };
    let (weights, fits) = run(steps, &design.weights, limits, reading)?;
    let Some(replicates) = design.replicates.clone() else {
        return Ok(design.fitted(weights, fits));
    };
    let limits = Limits { zero_weights: true, ..limits };
    let weigh = |weights: &[f64]| Ok(run(steps, weights, limits, reading)?.0);
    let replicates = replicates::reweighted(&replicates, &design.weights, reading, weigh)?;
    Ok(design.fitted(weights, Vec::new()).replicated(replicates))
}

/// What is to be said of weights.
pub(crate) fn row(weights: &[f64]) -> Result<Row, String> {
    let quality = Quality::of(weights).ok_or("there are no weights")?;
    Ok(Row::default()
        .with_list("weights", weights.to_vec())
        .with("n", weights.len() as f64)
        .with("sum", quality.sum)
        .with("min", quality.smallest)
        .with("max", quality.largest)
        .with("neff", quality.effective_base)
        .with("kish_deff", quality.design_effect))
}
