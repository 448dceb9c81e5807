//! Compares the program's figures with those of the reference.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::case::Case;

/// The figures of one number, and the words by which the reference may call it: variable,
/// level, group. A figure that does not exist is an empty list.
pub(crate) struct Row {
    pub(crate) labels: Vec<String>,
    pub(crate) figures: BTreeMap<String, Vec<f64>>,
}

impl Row {
    pub(crate) fn new(labels: Vec<String>) -> Self {
        Self { labels, figures: BTreeMap::new() }
    }
}

/// The largest difference of a case.
pub(crate) struct Worst {
    /// Relative to the reference; absolute where that is 0.
    pub(crate) difference: f64,
    name: String,
    got: f64,
    want: f64,
}

impl Worst {
    /// How many digits agree, 16 at most.
    pub(crate) fn digits(&self) -> f64 {
        if self.difference > 0.0 { (-libm::log10(self.difference)).min(16.0) } else { 16.0 }
    }
}

impl fmt::Display for Worst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { difference, name, got, want } = self;
        write!(f, "{name} is {got}, not {want}: by {difference:.1e}")
    }
}

/// One figure of the reference.
struct Wanted<'v> {
    /// The keys that lead to it, but for `rows`.
    path: Vec<&'v str>,
    value: &'v Value,
}

/// Compares every figure of the answer; an error says which of them the rows do not have.
pub(crate) fn compare(case: &Case, rows: &[Row]) -> Result<Worst, String> {
    let mut wanted = Vec::new();
    flatten(&case.answer, &mut Vec::new(), &mut wanted);
    let mut worst =
        Worst { difference: -1.0, name: String::new(), got: f64::NAN, want: f64::NAN };
    for want in &wanted {
        let name = want.path.join(".");
        for (got, want) in pairs(want, rows)? {
            let scale = if want == 0.0 { 1.0 } else { want.abs() };
            let difference = (got - want).abs() / scale;
            // Not a number is worse than any difference.
            if difference.is_nan() || difference > worst.difference {
                let difference = if difference.is_nan() { f64::INFINITY } else { difference };
                worst = Worst { difference, name: name.clone(), got, want };
            }
        }
    }
    if wanted.is_empty() { Err("the answer is empty".to_owned()) } else { Ok(worst) }
}

/// The numbers, lists of numbers and nulls of an answer, with the keys that lead to them.
fn flatten<'v>(value: &'v Value, path: &mut Vec<&'v str>, wanted: &mut Vec<Wanted<'v>>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let part = key != "rows";
                path.extend(part.then_some(key.as_str()));
                flatten(value, path, wanted);
                path.truncate(path.len() - usize::from(part));
            }
        }
        value => wanted.push(Wanted { path: path.clone(), value }),
    }
}

/// What was got and what was wanted.
fn pairs(wanted: &Wanted<'_>, rows: &[Row]) -> Result<Vec<(f64, f64)>, String> {
    let name = wanted.path.join(".");
    let numbers: Vec<f64> = match wanted.value {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::Array(list) => list.iter().filter_map(Value::as_f64).collect(),
        Value::Null => Vec::new(),
        _ => return Err(format!("`{name}` is no number")),
    };
    let mut pairs = Vec::new();
    for got in figures(wanted, rows)? {
        // A number that only one of the two has differs from nothing.
        let number = |list: &[f64], place| list.get(place).copied().unwrap_or(f64::NAN);
        let places = 0..got.len().max(numbers.len());
        pairs.extend(places.map(|place| (number(got, place), number(&numbers, place))));
    }
    Ok(pairs)
}

/// The figures that a path means: one, or that of all rows where no row is named.
fn figures<'r>(wanted: &Wanted<'_>, rows: &'r [Row]) -> Result<Vec<&'r [f64]>, String> {
    let name = wanted.path.join(".");
    for split in (0..wanted.path.len()).rev() {
        let (row, figure) = wanted.path.split_at(split);
        let figure = figure.join(".");
        let found: Vec<&[f64]> = rows
            .iter()
            .filter(|candidate| row.is_empty() || is_called(&candidate.labels, row))
            .filter_map(|row| row.figures.get(&figure).map(Vec::as_slice))
            .collect();
        let shared = row.is_empty() && figure == "df";
        match found.as_slice() {
            [] => {}
            [_] => return Ok(found),
            _ if shared => return Ok(found),
            _ => return Err(format!("`{name}` may mean any of {} rows", found.len())),
        }
    }
    Err(format!("there is no `{name}`"))
}

/// What may stand between the words of a row's name.
const BETWEEN: [&str; 7] = ["", ":", ".", " ", "|", "/", ", "];

/// Whether some of the words, in some order, make the name.
fn is_called(words: &[String], name: &[&str]) -> bool {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let orders = orders(&words);
    BETWEEN.iter().any(|between| {
        let name = name.join(between);
        orders.iter().any(|order| order.join(between) == name)
    })
}

/// Every selection of the words in every order.
fn orders<'w>(words: &[&'w str]) -> Vec<Vec<&'w str>> {
    let mut all = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let rest = [&words[..place], &words[place + 1..]].concat();
        all.push(vec![*word]);
        all.extend(orders(&rest).into_iter().map(|rest| [vec![*word], rest].concat()));
    }
    all
}
