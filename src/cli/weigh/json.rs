//! The account of weighting for programs: shares from 0 to 1, in full precision.

use serde_json::{Value, json};

use crate::pipeline::{MarginReport, StepReport};

/// Every step.
pub(super) fn all(steps: &[StepReport]) -> String {
    let steps: Vec<Value> = steps.iter().map(step).collect();
    format!("{:#}\n", json!({ "steps": steps }))
}

fn step(step: &StepReport) -> Value {
    let weights = &step.weights;
    let margins: Vec<Value> = step.margins.iter().map(margin).collect();
    json!({
        "method": step.method.name(),
        "margins": margins,
        "rounds": step.rounds,
        "worst": step.worst,
        "bounds": step.bounds.map(|((lower, upper), share)| json!({
            "lower": lower, "upper": upper, "share_at": share,
        })),
        "trimmed": step.trimmed.map(|((lower, upper), count)| json!({
            "lower": lower, "upper": finite(upper), "count": count,
        })),
        "weights": {
            "respondents": weights.records,
            "sum": weights.sum,
            "smallest": weights.smallest,
            "largest": weights.largest,
            "ratio": weights.ratio,
            "efficiency": 100.0 * weights.efficiency,
            "effective_base": weights.effective_base,
            "design_effect": weights.design_effect,
        },
    })
}

/// A limit that is none has no number.
fn finite(limit: f64) -> Option<f64> {
    Some(limit).filter(|limit| limit.is_finite())
}

fn margin(margin: &MarginReport) -> Value {
    let groups = margin.groups.iter().map(|group| {
        json!({
            "category": group.label,
            "target": group.target,
            "respondents": group.respondents,
            "unweighted": group.unweighted,
            "before": group.before,
            "after": group.after,
            "difference": group.target.map(|target| group.after - target),
        })
    });
    json!({
        "variable": margin.variable,
        "title": margin.title,
        "source": margin.source,
        "categories": groups.collect::<Vec<_>>(),
    })
}
