//! Figures as JSON: not rounded, `null` for what does not exist, with the reason.

use serde_json::{Value, json};

use crate::pipeline::estimate::{
    ASSOCIATION, Answers, Estimate, Family, Level, ModelKind, Row, Tested,
};

/// One object with all rows.
pub(super) fn rows(answers: &Answers) -> String {
    let replicated = answers.account.replicates.is_some();
    let rows: Vec<Value> = answers.rows.iter().map(|one| row(one, replicated)).collect();
    let mut value = json!({ "rows": rows });
    if let Some(model) = &answers.model {
        value["family"] = json!(family(model.family));
        value["warning"] = json!(ASSOCIATION);
    }
    format!("{value:#}\n")
}

fn row(row: &Row, replicated: bool) -> Value {
    let estimate = row.figure.as_ref().ok();
    let interval = estimate.and_then(|e| e.interval);
    let mut value = json!({
        "variable": row.variable,
        "level": level(row),
        "by": by(row),
        "estimate": estimate.map(|e| e.value),
        "se": estimate.and_then(|e| e.variance).map(f64::sqrt),
        "low": interval.map(|(low, _)| low),
        "high": interval.map(|(_, high)| high),
        "df": estimate.map(|e| e.freedom),
        "deff": estimate.and_then(|e| e.effect),
        "n": estimate.map_or(0, |e| e.base),
        "method": estimate.map(|e| e.method),
    });
    if let Some(tested) = &row.tested {
        value["kind"] = json!(kind(tested.kind));
        value["t"] = json!(tested.t);
        value["p"] = json!(tested.p);
    }
    if let Some(reason) = reason(row, replicated) {
        value["reason"] = json!(reason);
    }
    value
}

fn kind(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Coefficient => "coefficient",
        ModelKind::Ratio => "ratio",
        ModelKind::Effect => "effect",
    }
}

/// A family as it is written.
pub(super) fn family(family: Family) -> &'static str {
    match family {
        Family::Gaussian => "gaussian",
        Family::Binomial(_) => "quasibinomial",
        Family::Poisson => "poisson",
    }
}

fn level(row: &Row) -> Value {
    match &row.level {
        None => Value::Null,
        Some(Level::Label(label)) => json!(label),
        Some(Level::Quantile(p)) => json!(p),
    }
}

fn by(row: &Row) -> Value {
    match row.by.as_slice() {
        [] => Value::Null,
        [only] => json!(only),
        several => json!(several),
    }
}

/// Why something of a row does not exist.
pub(super) fn reason(row: &Row, replicated: bool) -> Option<String> {
    let estimate = match &row.figure {
        Err(why) => return Some(why.to_string()),
        Ok(estimate) => estimate,
    };
    if let Some(tested) = &row.tested {
        return lacking_of_model(estimate, tested).map(str::to_owned);
    }
    let quantile = matches!(row.level, Some(Level::Quantile(_)));
    lacking(estimate, quantile, replicated)
}

/// Why something of a figure of a model does not exist. None has a design effect.
fn lacking_of_model(estimate: &Estimate, tested: &Tested) -> Option<&'static str> {
    if estimate.freedom <= 0.0 {
        return Some("there are no degrees of freedom");
    }
    let ratio = tested.kind == ModelKind::Ratio;
    let scale = "a ratio has no standard error: its limits come from those of the coefficient";
    match estimate.interval {
        None => Some("the interval has no end"),
        Some(_) => ratio.then_some(scale),
    }
}

fn lacking(estimate: &Estimate, quantile: bool, replicated: bool) -> Option<String> {
    if estimate.variance.is_none() && !quantile {
        let why = if replicated {
            "the figure does not exist at the weights of some replicates, so the variance is \
             unknown"
        } else {
            "a stratum has a single sampling unit, so the variance is unknown"
        };
        return Some(why.to_owned());
    }
    let both = [no_limits(estimate, quantile), no_effect(estimate, quantile)];
    let reasons: Vec<&str> = both.into_iter().flatten().collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn no_limits(estimate: &Estimate, quantile: bool) -> Option<&'static str> {
    let why = match (estimate.freedom < 1.0, quantile) {
        (true, _) => "there are no degrees of freedom",
        (false, true) => "a limit lies beyond the values",
        (false, false) => "the interval does not exist where the share is 0 or 1",
    };
    estimate.interval.is_none().then_some(why)
}

fn no_effect(estimate: &Estimate, quantile: bool) -> Option<&'static str> {
    let alike = "the answers are all alike, so there is no design effect";
    let why = if quantile { "a quantile has no design effect" } else { alike };
    estimate.effect.is_none().then_some(why)
}
