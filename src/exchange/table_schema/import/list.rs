//! What may stand in a cell, from whichever property of a foreign schema says so.

use serde_json::Value;

use super::super::take::{Object, cell};

/// One entry of a list: what stands in the cell, and what it means if that is something
/// else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: Option<String>,
    /// Other texts that mean the same.
    pub(super) aliases: Vec<String>,
}

impl Choice {
    /// What is printed.
    pub(super) fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.value)
    }
}

/// The list of a field: `categories`, or an `enum`, or the words for true and false.
pub(super) fn choices(
    field: &Object<'_, '_>,
    constraints: Option<&Object<'_, '_>>,
) -> Vec<Choice> {
    let listed = constraints.map(|c| c.list("enum")).unwrap_or_default();
    let own = field.own("categories").and_then(Value::as_array);
    let own = own.map(Vec::as_slice).unwrap_or_default();
    let categories = [field.list("categories"), own, listed];
    let list = categories.into_iter().find(|list| !list.is_empty());
    let list = unique(list.unwrap_or_default().iter().filter_map(choice));
    match field.value("type").and_then(Value::as_str) {
        Some("boolean") if list.is_empty() => truth(field),
        _ => list,
    }
}

/// Each value once. The empty cell is no answer here, whatever a list says.
fn unique(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut list: Vec<Choice> = Vec::new();
    for choice in choices {
        if !choice.value.is_empty() && list.iter().all(|held| held.value != choice.value) {
            list.push(choice);
        }
    }
    list
}

fn choice(entry: &Value) -> Option<Choice> {
    let value = cell(entry.get("value").unwrap_or(entry))?;
    let label = entry.get("label").and_then(Value::as_str);
    let label = label.filter(|label| *label != value).map(str::to_owned);
    Some(Choice { value, label, aliases: Vec::new() })
}

/// Yes and no in the words of the file, or in the standard's.
fn truth(field: &Object<'_, '_>) -> Vec<Choice> {
    let sides = [
        ("trueValues", "Yes", ["true", "True", "TRUE", "1"]),
        ("falseValues", "No", ["false", "False", "FALSE", "0"]),
    ];
    let side = |(name, label, usual): (&'static str, &str, [&str; 4])| {
        let own: Vec<String> = field.list(name).iter().filter_map(cell).collect();
        let words = if own.is_empty() { usual.map(str::to_owned).to_vec() } else { own };
        let (value, aliases) = words.split_first()?;
        let label = Some(label.to_owned()).filter(|label| label != value);
        Some(Choice { value: value.clone(), label, aliases: aliases.to_vec() })
    };
    sides.into_iter().filter_map(side).collect()
}
