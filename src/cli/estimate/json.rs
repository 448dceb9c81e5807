//! Figures as JSON: not rounded, `null` for what does not exist, with the reason.

use serde_json::{Value, json};

use crate::pipeline::estimate::{Answers, Estimate, Level, Row};

/// One object with all rows.
pub(super) fn rows(answers: &Answers) -> String {
    let rows: Vec<Value> = answers.rows.iter().map(row).collect();
    format!("{:#}\n", json!({ "rows": rows }))
}

fn row(row: &Row) -> Value {
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
    if let Some(reason) = reason(row) {
        value["reason"] = json!(reason);
    }
    value
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
pub(super) fn reason(row: &Row) -> Option<String> {
    let quantile = matches!(row.level, Some(Level::Quantile(_)));
    match &row.figure {
        Err(why) => Some(why.to_string()),
        Ok(estimate) => lacking(estimate, quantile),
    }
}

fn lacking(estimate: &Estimate, quantile: bool) -> Option<String> {
    if estimate.variance.is_none() && !quantile {
        let single = "a stratum has a single sampling unit, so the variance is unknown";
        return Some(single.to_owned());
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
