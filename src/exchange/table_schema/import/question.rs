//! From fields to questions: those of one group are joined, and each becomes a table with
//! the keys of our own schema, in the order in which people write them.

use serde_json::Value;
use toml::Table;

use super::super::super::columns::{default_headers, joined};
use super::super::super::draft::{Entry, question_key, unused};
use super::super::take::toml;
use super::field::Field;
use super::list::Choice;

/// Properties of our own that are keys of a question, word for word: those that go before
/// the list of answers, and those that go behind it.
const BEFORE: [(&str, &str); 4] =
    [("aliases", "aliases"), ("note", "note"), ("askedIf", "asked_if"), ("base", "base")];
const BEHIND: [(&str, &str); 15] = [
    ("pinned", "pinned"),
    ("exclusive", "exclusive"),
    ("other", "other"),
    ("otherColumn", "other_column"),
    ("fold", "fold"),
    ("picked", "picked"),
    ("notPicked", "not_picked"),
    ("max", "max"),
    ("places", "places"),
    ("unit", "unit"),
    ("sensitive", "sensitive"),
    ("geography", "geography"),
    ("within", "within"),
    ("report", "report"),
    ("range", "range"),
];

/// The questions of a schema's fields; `missing` is what stands for no answer elsewhere.
pub(super) fn questions(fields: Vec<&Field<'_>>, missing: Option<&[String]>) -> Vec<Entry> {
    let mut groups: Vec<(String, Vec<&Field<'_>>)> = Vec::new();
    for field in fields {
        let free = |key: &String| groups.iter().all(|(held, _)| held != key);
        let key = match field.own_text("group") {
            Some(group) => group.to_owned(),
            None => unused(&question_key(&field.name), free),
        };
        match groups.iter_mut().find(|(held, _)| *held == key) {
            Some((_, group)) => group.push(field),
            None => groups.push((key, vec![field])),
        }
    }
    let entry = |(key, group): (String, Vec<&Field<'_>>)| question(key, &group, missing);
    groups.into_iter().filter_map(entry).collect()
}

fn question(key: String, group: &[&Field<'_>], missing: Option<&[String]>) -> Option<Entry> {
    let first = group.first()?;
    let title = first.own_text("title").or(first.title).unwrap_or(&first.name);
    let text = first.description.unwrap_or(title);
    let mut writing =
        Writing { table: Table::new(), headers: default_headers(&key, text, title) };
    writing.say("kind", first.own_text("kind").unwrap_or(first.kind));
    writing.say("title", title);
    if text != title {
        writing.say("text", text);
    }
    let split = ["answer", "item", "place"].iter().any(|part| first.own(part).is_some());
    let column = first.own_text("column");
    let other =
        || Some(first.name.as_str()).filter(|name| !split && !writing.known(name, first));
    if let Some(column) = column.or_else(other) {
        writing.say("column", column);
    }
    writing.copy(first, &BEFORE);
    if first.required || first.own("required").is_some() {
        writing.say("required", true);
    }
    writing.answers(group);
    writing.copy(first, &BEHIND);
    writing.rest(first, missing);
    let notes = group.iter().flat_map(|field| field.notes.clone()).collect();
    Some(Entry { key, notes, table: writing.table })
}

/// A question's table while it is written.
struct Writing {
    table: Table,
    /// The headers under which the question is found without `column`.
    headers: Vec<String>,
}

impl Writing {
    fn say(&mut self, key: &str, value: impl Into<toml::Value>) {
        self.table.insert(key.to_owned(), value.into());
    }

    /// Whether a header needs no `column`.
    fn known(&self, name: &str, field: &Field<'_>) -> bool {
        let aliases = field.own("aliases").and_then(Value::as_array);
        let mut aliases = aliases.into_iter().flatten().filter_map(Value::as_str);
        self.headers.iter().any(|header| header == name) || aliases.any(|alias| alias == name)
    }

    /// Takes properties of our own over as they are.
    fn copy(&mut self, field: &Field<'_>, names: &[(&str, &str)]) {
        for (name, key) in names {
            if let Some(value) = field.own(name).and_then(toml) {
                self.say(key, value);
            }
        }
    }

    /// The items, the list of answers and all that goes with it.
    fn answers(&mut self, group: &[&Field<'_>]) {
        let Some(first) = group.first() else { return };
        let rows: Vec<Table> = group.iter().filter_map(|f| self.part(f, "item")).collect();
        let rows = first.own("items").and_then(toml).or_else(|| listed(rows));
        if let Some(rows) = rows {
            self.say("rows", plain_labels(rows));
        }
        let range = first.own("range").is_some();
        if range {
            self.copy(first, &[("nonsubstantive", "nonsubstantive")]);
        } else if first.own("place").is_none() {
            self.list(group, first);
            self.copy(first, &[("scores", "scores")]);
        }
        let ordered = first.ordered || first.own("categoriesOrdered").is_some();
        if ordered != range {
            self.say("categoriesOrdered", ordered);
        }
        if let Some(nets) = first.own("nets").and_then(Value::as_array) {
            self.say(
                "nets",
                nets.iter().filter_map(|n| total(n, "answers")).collect::<Table>(),
            );
        }
        if let Some(differences) = first.own("differences").and_then(Value::as_array) {
            let differences = differences.iter().filter_map(|d| total(d, "of"));
            self.say("differences", differences.collect::<Table>());
        }
        self.copy(first, &[("nps", "nps")]);
    }

    /// The answers, those of substance apart from the others.
    fn list(&mut self, group: &[&Field<'_>], first: &Field<'_>) {
        let own: Vec<Table> = group.iter().filter_map(|f| self.part(f, "answer")).collect();
        let shared = first.choices.iter().filter_map(|choice| entry(choice, first));
        let answers = if own.is_empty() { shared.collect() } else { own };
        let answers = answers.into_iter().map(|answer| with_facts(answer, first));
        let (others, substantive): (Vec<Table>, Vec<Table>) =
            answers.partition(|answer| named(answer, first, "nonsubstantive"));
        for (key, list) in [("categories", substantive), ("nonsubstantive", others)] {
            if let Some(list) = listed(list) {
                self.say(key, plain_labels(list));
            }
        }
    }

    /// The answer or item of a field, with the column's header if it needs one.
    fn part(&self, field: &Field<'_>, name: &str) -> Option<Table> {
        let mut part = toml(field.own(name)?)?.as_table()?.clone();
        let label = part.get("label").and_then(toml::Value::as_str)?.to_owned();
        let known = joined(&self.headers, &label).contains(&field.name)
            || field.name == label
            || field.own("headers").and_then(Value::as_array).is_some_and(|headers| {
                headers.iter().any(|header| header.as_str() == Some(&field.name))
            });
        if !part.contains_key("column") && !known {
            part.insert("column".to_owned(), field.name.as_str().into());
        }
        Some(part)
    }

    /// Limits, the delimiter, and what stands for no answer here alone.
    fn rest(&mut self, field: &Field<'_>, missing: Option<&[String]>) {
        if self.table.get("kind").and_then(toml::Value::as_str) == Some("multi")
            && let Some(delimiter) = field.delimiter.or_else(|| whole_list(field))
        {
            self.say("delimiter", delimiter);
        }
        let mut limits = field.limits.clone();
        for name in ["minimum", "maximum"] {
            if let Some(number) = field.own(name).and_then(toml) {
                limits.insert(name.to_owned(), number);
            }
        }
        let ranked = self.table.get("kind").and_then(toml::Value::as_str) == Some("rank");
        if !limits.is_empty() && !ranked {
            self.say("constraints", limits);
        }
        if field.own("group").is_some() {
            self.copy(field, &[("missingValues", "missingValues")]);
        } else if let Some(own) = &field.missing {
            let base = missing.unwrap_or_default();
            let new = own.iter().filter(|text| !text.is_empty() && !base.contains(text));
            let new: Vec<toml::Value> = new.map(|text| text.as_str().into()).collect();
            if !new.is_empty() {
                self.say("missingValues", new);
            }
        }
    }
}

/// A list of tables; none if it is empty.
fn listed(list: Vec<Table>) -> Option<toml::Value> {
    (!list.is_empty()).then(|| list.into())
}

/// A net's label and its answers.
fn total(total: &Value, of: &str) -> Option<(String, toml::Value)> {
    Some((total.get("label")?.as_str()?.to_owned(), toml(total.get(of)?)?))
}

/// The standard's delimiter of lists, for a question whose answers stand in one cell.
fn whole_list(field: &Field<'_>) -> Option<&'static str> {
    field.own("answer").is_none().then_some(",")
}

/// An entry of the list; none if it is another spelling of one that is there.
fn entry(choice: &Choice, field: &Field<'_>) -> Option<Table> {
    let spelled = field.own("spellings").and_then(Value::as_object);
    let mut spelled = spelled.into_iter().flat_map(|map| map.values());
    let value = Value::from(choice.value.as_str());
    if choice.label.is_none()
        && spelled.any(|s| s.as_array().is_some_and(|l| l.contains(&value)))
    {
        return None;
    }
    let mut answer = Table::new();
    if choice.label.is_some() {
        answer.insert("value".to_owned(), choice.value.as_str().into());
    }
    answer.insert("label".to_owned(), choice.label().into());
    if !choice.aliases.is_empty() {
        answer.insert("aliases".to_owned(), choice.aliases.clone().into());
    }
    Some(answer)
}

/// An answer with its id and its other spellings.
fn with_facts(mut answer: Table, field: &Field<'_>) -> Table {
    let label =
        answer.get("label").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let facts = [("ids", "id"), ("spellings", "aliases"), ("mergeInto", "merge_into")];
    for (name, key) in facts {
        let fact = field.own(name).and_then(|facts| facts.get(&label)).and_then(toml);
        if let Some(fact) = fact {
            answer.insert(key.to_owned(), fact);
        }
    }
    answer
}

/// Whether an answer is in one of the lists of labels.
fn named(answer: &Table, field: &Field<'_>, list: &str) -> bool {
    let label = answer.get("label").and_then(toml::Value::as_str);
    let list = field.own(list).and_then(Value::as_array);
    list.into_iter().flatten().any(|held| held.as_str() == label)
}

/// A list in which entries that have a label only are that label.
fn plain_labels(list: toml::Value) -> toml::Value {
    let plain = |entry: toml::Value| match entry.as_table() {
        Some(table) if table.len() == 1 => table.get("label").cloned().unwrap_or(entry),
        _ => entry,
    };
    match list {
        toml::Value::Array(list) => toml::Value::Array(list.into_iter().map(plain).collect()),
        other => other,
    }
}
