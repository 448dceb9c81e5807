//! What the rooms that own a struct test of its JSON Schema.

use serde_json::Value;

/// The paths of all keys in a JSON Schema of which it does not say what they are.
pub(crate) fn undescribed(form: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(form, "", &mut found);
    found
}

fn walk(form: &Value, path: &str, found: &mut Vec<String>) {
    for (key, property) in form["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        if property["description"].as_str().is_none_or(str::is_empty) {
            found.push(path.clone());
        }
        walk(property, &path, found);
    }
    walk_into(form, path, found);
}

/// The forms of items, of further keys, and those to choose from.
fn walk_into(form: &Value, path: &str, found: &mut Vec<String>) {
    for key in ["items", "additionalProperties"] {
        if form[key].is_object() {
            walk(&form[key], path, found);
        }
    }
    for choice in form["anyOf"].as_array().into_iter().flatten() {
        if choice.get("type").is_some() {
            walk(choice, path, found);
        }
    }
}
