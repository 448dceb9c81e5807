//! Compares figures with those of the reference, whatever shape its answer has.
//!
//! An answer is taken apart into numbers and lists, each with the keys that lead to it. One
//! of the keys is the name of a figure, the others name a row.

use std::fmt;

use regex::Regex;
use serde_json::{Map, Value};

use super::row::Row;
use super::words::{self, CONTAINERS};

/// The largest difference of a case.
#[derive(Clone, Debug)]
pub(crate) struct Worst {
    /// Relative to the reference; absolute where that is 0.
    pub(crate) difference: f64,
    name: String,
    got: f64,
    want: f64,
}

impl Worst {
    const NONE: Self = Self { difference: -1.0, name: String::new(), got: 0.0, want: 0.0 };

    /// How many digits agree, 16 at most.
    pub(crate) fn digits(&self) -> f64 {
        if self.difference > 0.0 { (-libm::log10(self.difference)).min(16.0) } else { 16.0 }
    }

    /// The larger difference of two.
    pub(crate) fn or(self, other: Self) -> Self {
        if other.difference > self.difference { other } else { self }
    }
}

impl fmt::Display for Worst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { difference, name, got, want } = self;
        write!(f, "{name} is {got}, not {want}: by {difference:.1e}")
    }
}

/// One number or list of the reference.
#[derive(Debug)]
struct Leaf {
    /// The keys that lead to it.
    path: Vec<String>,
    /// None for null, where R has no number.
    values: Vec<Option<f64>>,
}

/// Compares every figure of the answer; an error says which of them the rows do not have.
pub(crate) fn compare(answer: &Value, rows: &[Row]) -> Result<Worst, String> {
    let leaves = leaves(answer);
    let differences = leaves.iter().map(|leaf| leaf.difference(rows));
    let worst = differences
        .into_iter()
        .try_fold(Worst::NONE, |worst, difference| Ok::<_, String>(worst.or(difference?)))?;
    if leaves.is_empty() { Err("the answer is empty".to_owned()) } else { Ok(worst) }
}

/// Whether a word stands somewhere in the keys of an answer, or names one of its rows.
pub(crate) fn mentions(answer: &Value, word: &str) -> bool {
    leaves(answer).iter().any(|leaf| leaf.path.iter().any(|key| key == word))
}

fn leaves(answer: &Value) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    flatten(answer, &mut Vec::new(), &mut leaves);
    leaves
}

/// The numbers, lists of numbers and nulls of an answer. Texts and truths name things.
fn flatten(value: &Value, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| !words::is_comment(key)) {
                let part = !CONTAINERS.contains(&key.as_str()) || value.is_array();
                path.extend(part.then(|| key.clone()));
                flatten(value, path, leaves);
                path.truncate(path.len() - usize::from(part));
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            let in_container =
                path.last().is_some_and(|key| CONTAINERS.contains(&key.as_str()));
            let container = if in_container { path.pop() } else { None };
            for entry in list.iter().filter_map(Value::as_object) {
                flatten_entry(entry, path, leaves);
            }
            path.extend(container);
        }
        Value::String(_) | Value::Bool(_) => {}
        value => {
            let mut values = Vec::new();
            numbers(value, &mut values);
            leaves.push(Leaf { path: path.clone(), values });
        }
    }
}

/// An entry of a list of rows: what is no figure names it.
fn flatten_entry(entry: &Map<String, Value>, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    let length = path.len();
    let is_tested = ["t", "statistic"].iter().any(|key| entry.contains_key(*key));
    let is_name = |key: &str, value: &Value| {
        let is_place = key == "p" && !is_tested;
        value.is_string() || (value.is_number() && (is_place || words::figures(key).is_empty()))
    };
    let named = entry.iter().filter(|(key, value)| is_name(key, value));
    path.extend(named.filter_map(|(_, value)| super::keys::word(value)));
    let figures = entry.iter().filter(|(key, value)| !is_name(key, value));
    let figures: Map<String, Value> =
        figures.map(|(key, value)| (key.clone(), value.clone())).collect();
    flatten(&Value::Object(figures), path, leaves);
    path.truncate(length);
}

/// The numbers of lists in lists, one after the other.
fn numbers(value: &Value, into: &mut Vec<Option<f64>>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| numbers(value, into)),
        value => into.push(value.as_f64()),
    }
}

impl Leaf {
    /// The largest difference from the rows that it may mean.
    fn difference(&self, rows: &[Row]) -> Result<Worst, String> {
        let name = self.path.join(".");
        let (figure, found) = self.rows(rows).ok_or_else(|| format!("there is no `{name}`"))?;
        let by_row = found.len() > 1 && found.len() == self.values.len();
        let one_for_all = found.len() == 1 || figure.ends_with("df");
        let mut worst = Worst::NONE;
        for (place, row) in found.iter().enumerate() {
            let want = if by_row { &self.values[place..=place] } else { &self.values[..] };
            if !by_row && !one_for_all {
                return Err(format!("`{name}` may mean any of {} rows", found.len()));
            }
            worst = worst.or(against(&name, row, &figure, want));
        }
        Ok(worst)
    }

    /// The figure that is meant, and the rows that have it.
    fn rows<'r>(&self, rows: &'r [Row]) -> Option<(String, Vec<&'r Row>)> {
        let places = (0..self.path.len()).rev();
        let named = places.flat_map(|place| {
            let rest = [&self.path[..place], &self.path[place + 1..]].concat();
            let figures = words::figures(&self.path[place]);
            figures.into_iter().map(move |figure| (figure.to_owned(), rest.clone()))
        });
        let bare = ("est".to_owned(), self.path.clone());
        named.chain([bare]).find_map(|(figure, rest)| {
            let found = in_method(&figure, &rest).into_iter().find_map(|(figure, rest)| {
                let found = called(rows, &rest, &figure);
                (!found.is_empty()).then_some((figure, found))
            });
            found
        })
    }
}

/// The figure as it stands, and the same by the method of intervals among the other keys.
fn in_method(figure: &str, rest: &[String]) -> Vec<(String, Vec<String>)> {
    let place = rest.iter().position(|key| words::method(key).is_some());
    let by_method = place.and_then(|place| {
        let method = words::method(&rest[place])?;
        let rest = [&rest[..place], &rest[place + 1..]].concat();
        let rest = rest.into_iter().filter(|key| words::figures(key) != ["ci"]).collect();
        Some((format!("{figure}.{}", method.name()), rest))
    });
    by_method.into_iter().chain([(figure.to_owned(), rest.to_vec())]).collect()
}

/// The rows of a name that have a figure.
fn called<'r>(rows: &'r [Row], keys: &[String], figure: &str) -> Vec<&'r Row> {
    let name = without_functions(&keys.join(":"));
    let having = || rows.iter().filter(|row| row.figures.contains_key(figure));
    if name.is_empty() && having().any(|row| row.words() == 0) {
        return having().filter(|row| row.words() == 0).collect();
    }
    let exact: Vec<&Row> = having().filter(|row| row.is_called(&name)).collect();
    match exact.as_slice() {
        _ if name.is_empty() => exact,
        [] => fewest_words(having().filter(|row| row.is_nearly_called(&name)).collect()),
        _ => fewest_words(exact),
    }
}

/// Of rows that may be meant, those that need no more words than others.
fn fewest_words(mut rows: Vec<&Row>) -> Vec<&Row> {
    let fewest = rows.iter().map(|row| row.words()).min();
    rows.retain(|row| Some(row.words()) == fewest);
    rows
}

/// A name of R without `factor(...)` and the like.
fn without_functions(name: &str) -> String {
    let function = Regex::new(r"\b(?:as\.)?(?:factor|interaction|ordered)\([^)]*\)");
    function.map_or_else(|_| name.to_owned(), |f| f.replace_all(name, "").into_owned())
}

/// The largest difference of one figure.
fn against(name: &str, row: &Row, figure: &str, want: &[Option<f64>]) -> Worst {
    let got = row.figures.get(figure).map_or(&[][..], Vec::as_slice);
    let mut worst = Worst::NONE;
    for place in 0..got.len().max(want.len()) {
        let got = got.get(place).copied().unwrap_or(f64::NAN);
        let want = want.get(place).copied().flatten().unwrap_or(f64::NAN);
        let is_nothing = got.is_nan() || is_interval_of_constant(row, figure);
        let difference = if want.is_nan() && is_nothing {
            0.0
        } else {
            relative(got, want, floor(row, figure))
        };
        worst = worst.or(Worst { difference, name: name.to_owned(), got, want });
    }
    worst
}

/// Whether a figure is a limit of a share that cannot vary, for which R has none.
fn is_interval_of_constant(row: &Row, figure: &str) -> bool {
    let is_limit = ["ci", "low", "high"].iter().any(|name| figure.starts_with(name));
    is_limit && row.value("se") == Some(0.0)
}

/// A difference as a share of what is wanted; a number that only one of the two has is
/// beyond all tolerance.
fn relative(got: f64, want: f64, floor: f64) -> f64 {
    let difference = (got - want).abs();
    match want.abs() {
        _ if difference.is_nan() => f64::INFINITY,
        _ if difference <= floor => 0.0,
        size if size > 0.0 => difference / size,
        _ => difference,
    }
}

/// What a figure may differ by because of rounding alone: the standard error of a number
/// that cannot vary is not exactly 0 in R.
fn floor(row: &Row, figure: &str) -> f64 {
    const ROUNDING: f64 = 1e-12;
    match figure {
        "p" => row.slack,
        "se" | "var" => ROUNDING * row.value("est").map_or(0.0, f64::abs),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows() -> Vec<Row> {
        let row = |level: &str, est: f64| {
            Row::default().level("q", level).with("est", est).with("df", 9.0)
        };
        vec![row("Yes", 0.25), row("No", 0.75)]
    }

    #[test]
    fn answers_of_any_shape_are_compared() {
        for answer in [
            json!({"rows": {"Yes": {"est": 0.25}, "No": {"est": 0.75}}, "df": 9}),
            json!({"qYes": {"estimate": 0.25}, "qNo": {"estimate": 0.75}}),
            json!({"rows": [{"level": "No", "est": 0.75}]}),
            json!({"est": {"Yes": 0.25, "No": 0.75}}),
            json!({"est": [0.25, 0.75]}),
        ] {
            let worst = compare(&answer, &rows()).expect("understood");
            assert!(worst.difference == 0.0, "{answer}: {worst}");
        }
    }

    #[test]
    fn what_differs_or_is_not_there_is_told() {
        let worst = compare(&json!({"Yes": {"est": 0.5}}), &rows()).expect("understood");
        assert!(worst.difference == 0.5);
        let worst = compare(&json!({"Yes": {"est": null}}), &rows()).expect("understood");
        assert!(worst.difference.is_infinite());
        assert!(compare(&json!({"Maybe": {"est": 0.5}}), &rows()).is_err());
        assert!(compare(&json!({"est": 0.25}), &rows()).is_err());
        assert!(compare(&json!({}), &rows()).is_err());
    }
}
