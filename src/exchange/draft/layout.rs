//! How a schema is laid out as TOML: what is short stands on one line, lists and comments
//! are broken. Knows TOML, and nothing of surveys.

use toml::{Table, Value};

/// Longer lines are broken where TOML lets them be.
const WIDTH: usize = 96;

/// Notes as comments, over as many lines as they need.
pub(super) fn comment(lines: &mut Vec<String>, notes: &[String]) {
    for note in notes.iter().flat_map(|note| note.lines()) {
        // TOML forbids controls in comments, too.
        let plain: String = note.chars().filter(|c| !c.is_control()).collect();
        let mut line = String::from("#");
        for word in plain.split_whitespace() {
            if line.chars().count() + word.chars().count() >= WIDTH && line != "#" {
                lines.push(line);
                line = String::from("#");
            }
            line = format!("{line} {word}");
        }
        lines.push(line);
    }
}

/// A table under its heading; nothing for an empty one.
pub(super) fn section(lines: &mut Vec<String>, heading: &str, notes: &[String], table: &Table) {
    if table.is_empty() {
        return;
    }
    lines.push(String::new());
    comment(lines, notes);
    lines.push(format!("[{heading}]"));
    let (tables, plain): (Vec<_>, Vec<_>) = table.iter().partition(|(name, value)| {
        value.is_table() && one_line(name, value).chars().count() > WIDTH
    });
    for (name, value) in plain {
        entry(lines, name, value);
    }
    // A table cannot be broken within its braces, but it can have a heading of its own.
    for (name, value) in tables {
        lines.push(format!("[{heading}.{}]", key(name)));
        for (name, value) in value.as_table().into_iter().flatten() {
            entry(lines, name, value);
        }
    }
}

/// A key and its value.
pub(super) fn entry(lines: &mut Vec<String>, name: &str, value: &Value) {
    let whole = one_line(name, value);
    match value {
        Value::Array(list) if whole.chars().count() > WIDTH => {
            lines.push(format!("{} = [", key(name)));
            lines.extend(list.iter().map(|entry| format!("  {entry},")));
            lines.push("]".to_owned());
        }
        _ => lines.push(whole),
    }
}

fn one_line(name: &str, value: &Value) -> String {
    format!("{} = {value}", key(name))
}

/// A key, in quotation marks if it needs them.
pub(super) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(bare) {
        return name.to_owned();
    }
    // A key may not go over several lines, which a text with line breaks would.
    Value::String(name.replace(['\n', '\r'], " ")).to_string()
}
