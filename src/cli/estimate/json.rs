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
        "level": match &row.level {
            None => Value::Null,
            Some(Level::Label(label)) => json!(label),
            Some(Level::Quantile(p)) => json!(p),
        },
        "by": match row.by.as_slice() {
            [] => Value::Null,
            [only] => json!(only),
            several => json!(several),
        },
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

/// Why something of a row does not exist.
pub(super) fn reason(row: &Row) -> Option<String> {
    let estimate = match &row.figure {
        Err(why) => return Some(why.to_string()),
        Ok(estimate) => estimate,
    };
    let Estimate { variance, interval, effect, freedom, .. } = estimate;
    if variance.is_none() && !matches!(row.level, Some(Level::Quantile(_))) {
        return Some(
            "a stratum has a single sampling unit, so the variance is unknown".to_owned(),
        );
    }
    let limits = match (interval, &row.level) {
        (Some(_), _) => None,
        (None, _) if *freedom < 1.0 => Some("there are no degrees of freedom"),
        (None, Some(Level::Quantile(_))) => Some("a limit lies beyond the values"),
        (None, _) => Some("the interval does not exist where the share is 0 or 1"),
    };
    let effect = match (effect, &row.level) {
        (Some(_), _) => None,
        (None, Some(Level::Quantile(_))) => Some("a quantile has no design effect"),
        (None, _) => Some("the answers are all alike, so there is no design effect"),
    };
    let reasons: Vec<&str> = limits.into_iter().chain(effect).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}
