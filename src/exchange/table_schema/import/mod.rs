//! Table Schema, version 1 or 2, from anywhere: its JSON goes in, the text of our own schema
//! comes out.
//!
//! Fields that say to which question they belong (`survey:group`) are joined again, others
//! become a question each. What has no counterpart here stands as a comment.

mod field;
mod list;
mod question;

use serde_json::Value;
use toml::Table;

use super::super::codes;
use super::super::draft::Draft;
use super::super::place::Step;
use super::descriptor::NAMESPACE;
use super::take::{Object, Reading, cell, toml};
use crate::diagnostic::{Finding, Place};
use field::Field;

/// Reads a Table Schema and writes it as a schema of ours. `file` is its name for messages.
///
/// # Errors
/// Everything that is wrong with the text, each with its line and character.
pub fn from_table_schema(file: &str, text: &str) -> Result<String, Vec<Finding>> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value =
        serde_json::from_str(text).map_err(|error| vec![not_json(file, &error)])?;
    let reading = Reading { file, text, findings: Vec::new().into() };
    let draft = Object::new(&reading, Vec::new(), &value).map(|root| schema(&reading, &root));
    match (draft, reading.found()) {
        (Some(draft), findings) if findings.is_empty() => Ok(draft.text()),
        (_, findings) => Err(findings),
    }
}

fn not_json(file: &str, error: &serde_json::Error) -> Finding {
    let place = Place {
        line: Some(error.line() as u64),
        character: Some(error.column().max(1) as u64),
        ..Place::file(file)
    };
    let words = error.to_string();
    let what = words.split(" at line ").next().unwrap_or(&words);
    Finding::new(&codes::SYNTAX, format!("the file is not JSON: {what}"))
        .at(place)
        .help("mend the place; an editor that knows JSON marks it")
}

fn schema<'r>(reading: &'r Reading<'_>, root: &Object<'r, '_>) -> Draft {
    let mut fields: Vec<Field<'r>> =
        root.objects("fields").into_iter().filter_map(|object| Field::new(&object)).collect();
    check(reading, root, &fields);
    let dates = one_form_of_dates(&mut fields);
    let mut draft = Draft { id: id(root), ..Draft::default() };
    let keys = keys(root, &fields);
    draft.source = source(root, &fields, &keys, &mut draft.notes);
    if let Some(dates) = dates.filter(|_| root.own("source").is_none()) {
        draft.source.insert("dates".to_owned(), dates.into());
    }
    draft.quality = root.own("quality").and_then(table).unwrap_or_default();
    let base = missing_texts(root.list("missingValues"));
    let asked = fields.iter().filter(|field| field.is_question(&keys));
    draft.questions = question::questions(asked.collect(), base.as_deref());
    notes(root, &mut draft.notes);
    draft
}

/// What is wrong with the fields as a whole.
fn check(reading: &Reading<'_>, root: &Object<'_, '_>, fields: &[Field<'_>]) {
    if root.value("fields").is_none() {
        let help = "give a Table Schema; in a data package it stands at `resources[0].schema`";
        reading.wrong(&codes::SHAPE, &[], "the file has no list `fields`", help);
    }
    for (nth, field) in fields.iter().enumerate() {
        if fields.iter().take(nth).any(|earlier| earlier.name == field.name) {
            let path = [Step::Key("fields"), Step::Index(field.index), Step::Key("name")];
            let headline = format!("two fields have the name `{}`", field.name);
            reading.wrong(&codes::TWICE, &path, headline, "rename one of the columns");
        }
    }
}

/// The form of the first date; a schema has one, so that other dates become texts.
fn one_form_of_dates(fields: &mut [Field<'_>]) -> Option<String> {
    let mut dates = fields.iter_mut().filter(|f| f.kind == "date" && f.own("group").is_none());
    let form = dates.next()?.dates.clone();
    for field in dates.filter(|field| field.dates != form) {
        field.kind = "text";
        let own = field.dates.as_deref().unwrap_or("ISO 8601");
        field.notes.push(format!("A date written as {own}; here all have one form, `dates`."));
    }
    form
}

fn id(root: &Object<'_, '_>) -> String {
    let id = root.own_text("id").or_else(|| root.text("name")).or_else(|| root.text("title"));
    let id = id.unwrap_or("questionnaire").to_lowercase();
    let plain = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let id: String = plain.collect();
    id.trim_matches('-').to_owned()
}

/// The columns that name each respondent: the primary key, or else the one column whose
/// values may occur once only.
fn keys(root: &Object<'_, '_>, fields: &[Field<'_>]) -> Vec<String> {
    let primary = match root.value("primaryKey") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names.iter().filter_map(cell).collect(),
        _ => Vec::new(),
    };
    let unique = fields.iter().filter(|f| f.unique && f.required).map(|f| f.name.clone());
    if primary.is_empty() { unique.take(1).collect() } else { primary }
}

/// The table `[source]`: word for word if the schema is one of our own exports.
fn source(
    root: &Object<'_, '_>,
    fields: &[Field<'_>],
    keys: &[String],
    notes: &mut Vec<String>,
) -> Table {
    let policy = root.text("fieldsMatch").unwrap_or("exact");
    if let Some(source) = root.own("source").and_then(table) {
        return source;
    }
    let mut source = Table::new();
    source.insert("dialect".to_owned(), "plain".into());
    let decimal = fields.iter().any(|field| field.decimal == Some(","));
    if decimal {
        source.insert("decimal".to_owned(), ",".into());
    }
    let missing =
        root.value("missingValues").filter(|v| v.as_array().is_some_and(|l| !l.is_empty()));
    if let Some(missing) = missing.and_then(toml) {
        source.insert("missingValues".to_owned(), missing);
    }
    if let [column, rest @ ..] = keys {
        let mut key = Table::new();
        key.insert("column".to_owned(), column.as_str().into());
        source.insert("key".to_owned(), toml::Value::Table(key));
        if !rest.is_empty() {
            notes.push(format!("The key is made of several columns: {}.", keys.join(", ")));
        }
    }
    let unknown = if matches!(policy, "exact" | "equal") { "reject" } else { "drop" };
    source.insert("unknown_columns".to_owned(), unknown.into());
    if matches!(policy, "superset" | "partial") {
        notes.push(format!("`fieldsMatch` is `{policy}`: here every column has to be there."));
    }
    source
}

/// What the schema as a whole says and has no place here.
fn notes(root: &Object<'_, '_>, notes: &mut Vec<String>) {
    let known = ["$schema", "fields", "description"];
    for name in known {
        root.value(name);
    }
    if let Some(description) = root.value("description").and_then(Value::as_str) {
        notes.insert(0, description.to_owned());
    }
    if let Some(breaks) = root.own("breaks") {
        notes.push(format!("What this wave changed, for `extends`: {breaks}"));
    }
    notes.extend(root.rest().iter().map(|rest| format!("No counterpart here: {rest}")));
}

/// An object as a TOML table.
fn table(value: &Value) -> Option<Table> {
    toml(value)?.as_table().cloned()
}

/// The texts of a list of missing values in either form; none if it is empty.
fn missing_texts(list: &[Value]) -> Option<Vec<String>> {
    let text = |entry: &Value| entry.get("value").map_or_else(|| cell(entry), cell);
    (!list.is_empty()).then(|| list.iter().filter_map(text).collect())
}

/// The name of a property of our own.
fn own(name: &str) -> String {
    format!("{NAMESPACE}{name}")
}

#[cfg(test)]
mod tests;
