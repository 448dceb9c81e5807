//! Lists of answers that several questions have: taken out, and given a name.

use toml::{Table, Value};

use super::{Entry, question_key, unused};

/// The keys of a question that may stand in a scale instead.
const SHARED: [&str; 7] = [
    "categories",
    "categoriesOrdered",
    "nonsubstantive",
    "nets",
    "differences",
    "scores",
    "fold",
];

/// Takes lists of answers out that several questions have, and gives them names.
pub(super) fn share(questions: &mut [Entry]) -> Vec<(String, Table)> {
    let lists: Vec<Table> = questions.iter().map(|entry| list(&entry.table)).collect();
    let mut scales: Vec<(String, Table)> = Vec::new();
    for (entry, own) in questions.iter_mut().zip(&lists) {
        let alike = lists.iter().filter(|other| *other == own).count();
        if alike < 2 || !own.contains_key("categories") || !shareable(own) {
            continue;
        }
        let held = scales.iter().find(|(_, scale)| scale == own);
        let name = held.map_or_else(|| scale_name(own, &scales), |(name, _)| name.clone());
        if held.is_none() {
            scales.push((name.clone(), own.clone()));
        }
        entry.table = with_scale(&entry.table, &name);
    }
    scales
}

/// The part of a question's table that may stand in a scale.
fn list(table: &Table) -> Table {
    let shared = table.iter().filter(|(key, _)| SHARED.contains(&key.as_str()));
    shared.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Whether no answer of a list has a column of its own.
fn shareable(list: &Table) -> bool {
    let answers = list.get("categories").and_then(Value::as_array);
    let own = |answer: &Value| answer.get("column").is_some();
    answers.is_some_and(|answers| answers.len() > 1 && !answers.iter().any(own))
}

/// The table with the scale's name where its list stood.
fn with_scale(table: &Table, name: &str) -> Table {
    let mut changed = Table::new();
    for (key, value) in table {
        if key == "categories" {
            changed.insert("scale".to_owned(), Value::String(name.to_owned()));
        } else if !SHARED.contains(&key.as_str()) {
            changed.insert(key.clone(), value.clone());
        }
    }
    changed
}

/// A name made of the first and the last answer.
fn scale_name(list: &Table, taken: &[(String, Table)]) -> String {
    let answers = list.get("categories").and_then(Value::as_array);
    let answers = answers.map(Vec::as_slice).unwrap_or_default();
    let name = |answer: &Value| {
        let label = answer.get("label").or_else(|| answer.get("value")).unwrap_or(answer);
        short(label.as_str().unwrap_or_default())
    };
    let (from, to) = (answers.first().map(name), answers.last().map(name));
    let between = if answers.len() > 2 { "_to_" } else { "_" };
    let name = [from.unwrap_or_default(), to.unwrap_or_default()].join(between);
    let free = |name: &String| taken.iter().all(|(held, _)| held != name);
    unused(&name, free)
}

/// The first few letters of a key made from a label.
fn short(label: &str) -> String {
    let key = question_key(label);
    let key: String = key.trim_start_matches("q_").chars().take(24).collect();
    key.trim_end_matches('_').to_owned()
}
