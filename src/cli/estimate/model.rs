//! The figures of a model as lines of a table, and what the model was.

use super::json;
use super::text::{digits, level, number, standard_error};
use crate::pipeline::estimate::{Answers, Described, Estimate, Family, ModelKind, Row, Tested};

/// A smaller p is shown as below this.
const SMALLEST: f64 = 0.0001;
/// A standard error is about a quarter of the interval.
const QUARTER: f64 = 0.25;

/// A line for the names of the columns and for each figure, and how many cells are labels.
pub(super) fn lines(
    answers: &Answers,
    model: &Described,
    by: &[String],
) -> (Vec<Vec<String>>, usize) {
    let heads = ["estimate", "se", "low", "high", "t", "p", "df", "n"];
    let names = ["figure", "variable", "level"].into_iter();
    let names = names.chain(by.iter().map(String::as_str)).chain(heads);
    let mut lines = vec![names.map(str::to_owned).collect()];
    lines.extend(answers.rows.iter().map(|row| cells(row, model.family)));
    (lines, 3 + by.len())
}

fn cells(row: &Row, family: Family) -> Vec<String> {
    let estimate = row.figure.as_ref().ok();
    let mut cells = vec![row.tested.as_ref().map_or("", |t| kind(t, family)).to_owned()];
    cells.push(row.variable.clone());
    cells.push(row.level.as_ref().map(level).unwrap_or_default());
    cells.extend(row.by.iter().cloned());
    cells.extend(numbers(estimate, row.tested.as_ref()));
    cells
}

fn kind(tested: &Tested, family: Family) -> &'static str {
    match (tested.kind, family) {
        (ModelKind::Coefficient, _) => "coefficient",
        (ModelKind::Ratio, Family::Poisson) => "rate ratio",
        (ModelKind::Ratio, _) => "odds ratio",
        (ModelKind::Effect, _) => "average effect",
    }
}

fn numbers(estimate: Option<&Estimate>, tested: Option<&Tested>) -> [String; 8] {
    let error = estimate.and_then(standard_error);
    let interval = estimate.and_then(|e| e.interval);
    let width = interval.map(|(low, high)| QUARTER * (high - low));
    let decimals = digits(error.or(width).unwrap_or_default());
    [
        number(estimate.map(|e| e.value), decimals),
        number(error, decimals),
        number(interval.map(|(low, _)| low), decimals),
        number(interval.map(|(_, high)| high), decimals),
        number(tested.and_then(|tested| tested.t), 2),
        probability(tested.and_then(|tested| tested.p)),
        number(estimate.map(|e| e.freedom), 0),
        estimate.map_or(0, |e| e.base).to_string(),
    ]
}

fn probability(p: Option<f64>) -> String {
    match p {
        Some(p) if p < SMALLEST => format!("<{SMALLEST}"),
        p => number(p, 4),
    }
}

/// What the model was.
pub(super) fn note(model: &Described) -> String {
    let family = json::family(model.family);
    let mut parts = vec![format!("Model: {}", model.text)];
    parts.push(match (model.decided, model.family) {
        (false, _) => format!("family {family}"),
        (true, Family::Gaussian) => {
            format!("family {family}, since the response is numbers (else `--family`)")
        }
        (true, _) => format!("family {family}, since the response is answers"),
    });
    parts.extend(model.success.as_ref().map(|(answer, is)| {
        let but = if *is { "" } else { "any but " };
        format!("it counts {but}{answer} as 1")
    }));
    let reference = |(variable, level): &(String, String)| format!("{variable} with {level}");
    let references: Vec<String> = model.references.iter().map(reference).collect();
    let compares = format!("it compares {}", references.join(", "));
    parts.extend((!references.is_empty()).then_some(compares));
    parts.join("; ") + "."
}
