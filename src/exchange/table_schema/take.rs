//! A foreign JSON value, property by property: what has the wrong shape is noted at its
//! place and passed over, what nobody asked for is remembered.

use std::cell::RefCell;

use serde_json::{Map, Value};

use super::super::codes;
use super::super::place::{Step, place};
use super::descriptor::NAMESPACE;
use crate::diagnostic::{Code, Finding};

/// The text that is read, and what was found in it.
pub(super) struct Reading<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) findings: RefCell<Vec<Finding>>,
}

/// An object of the text.
pub(super) struct Object<'r, 't> {
    reading: &'r Reading<'t>,
    path: Vec<Step<'r>>,
    value: &'r Value,
    entries: &'r Map<String, Value>,
    asked: RefCell<Vec<&'r str>>,
}

impl Reading<'_> {
    /// Everything that was found, in the order of the text.
    pub(super) fn found(&self) -> Vec<Finding> {
        let mut findings = self.findings.take();
        findings.sort_by_key(|finding| {
            finding.place.as_ref().map(|place| (place.line, place.character))
        });
        findings
    }

    /// Notes what is wrong at the end of a path.
    pub(super) fn wrong(
        &self,
        code: &'static Code,
        path: &[Step<'_>],
        headline: impl Into<String>,
        help: &str,
    ) {
        let place = place(self.file, self.text, path);
        let finding = Finding::new(code, headline).at(place).help(help);
        self.findings.borrow_mut().push(finding);
    }
}

impl<'r, 't> Object<'r, 't> {
    /// The object at the end of a path; something else is noted.
    pub(super) fn new(
        reading: &'r Reading<'t>,
        path: Vec<Step<'r>>,
        value: &'r Value,
    ) -> Option<Self> {
        let Some(entries) = value.as_object() else {
            let headline = format!("an object is needed here, not {}", shape(value));
            reading.wrong(&codes::SHAPE, &path, headline, "write it in braces: `{ ... }`");
            return None;
        };
        Some(Self { reading, path, value, entries, asked: RefCell::default() })
    }

    /// A property as it is.
    pub(super) fn value(&self, name: &'r str) -> Option<&'r Value> {
        self.asked.borrow_mut().push(name);
        self.entries.get(name).filter(|value| !value.is_null())
    }

    /// Its number in the list that it is an entry of, from 0.
    pub(super) fn index(&self) -> usize {
        match self.path.last() {
            Some(Step::Index(index)) => *index,
            _ => 0,
        }
    }

    /// The whole object.
    pub(super) fn whole(&self) -> &'r Value {
        self.value
    }

    /// A property that is only looked at.
    pub(super) fn entry(&self, name: &str) -> Option<&'r Value> {
        self.entries.get(name)
    }

    /// A property of our own, as it is.
    pub(super) fn own(&self, name: &str) -> Option<&'r Value> {
        self.entries.get(&format!("{NAMESPACE}{name}"))
    }

    /// A property of our own that is a text.
    pub(super) fn own_text(&self, name: &str) -> Option<&'r str> {
        self.own(name).and_then(Value::as_str)
    }

    /// A property that is a text.
    pub(super) fn text(&self, name: &'r str) -> Option<&'r str> {
        self.shaped(name, "text in quotation marks", Value::as_str)
    }

    /// A property that is true or false; false if absent.
    pub(super) fn flag(&self, name: &'r str) -> bool {
        self.shaped(name, "`true` or `false`", Value::as_bool).unwrap_or(false)
    }

    /// A property that is a list; empty if absent.
    pub(super) fn list(&self, name: &'r str) -> &'r [Value] {
        self.shaped(name, "a list in square brackets", Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// A property that is an object; none if absent.
    pub(super) fn object(&self, name: &'r str) -> Option<Object<'r, 't>> {
        let value = self.value(name)?;
        Object::new(self.reading, self.at(name), value)
    }

    /// The objects of a list, each with its number; entries that are none are noted.
    pub(super) fn objects(&self, name: &'r str) -> Vec<Object<'r, 't>> {
        let list = self.list(name).iter().enumerate();
        let object = |(index, value): (usize, &'r Value)| {
            let path = [self.at(name), vec![Step::Index(index)]].concat();
            Object::new(self.reading, path, value)
        };
        list.filter_map(object).collect()
    }

    /// The way to a property.
    pub(super) fn at(&self, name: &'r str) -> Vec<Step<'r>> {
        [self.path.clone(), vec![Step::Key(name)]].concat()
    }

    /// Notes what is wrong with a property.
    pub(super) fn wrong(
        &self,
        code: &'static Code,
        name: &'r str,
        headline: impl Into<String>,
        help: &str,
    ) {
        self.reading.wrong(code, &self.at(name), headline, help);
    }

    /// What nobody asked for and is not our own: each as `name: value`.
    pub(super) fn rest(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        let rest = self.entries.iter().filter(|(name, value)| {
            !asked.contains(&name.as_str()) && !name.starts_with(NAMESPACE) && !value.is_null()
        });
        rest.map(|(name, value)| format!("`{name}`: {value}")).collect()
    }

    fn shaped<T>(
        &self,
        name: &'r str,
        wanted: &str,
        read: impl FnOnce(&'r Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(name)?;
        let read = read(value);
        if read.is_none() {
            let headline = format!("`{name}` is {}", shape(value));
            self.wrong(&codes::SHAPE, name, headline, &format!("write {wanted}"));
        }
        read
    }
}

/// What a value is, in words.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The order of keys in the tables of a schema; objects of JSON have none. Others follow.
const ORDER: [&str; 27] = [
    "dialect",
    "header_rows",
    "encoding",
    "sheet",
    "skip_rows",
    "footer_rows",
    "delimiter",
    "decimal",
    "dates",
    "complete",
    "missingValues",
    "key",
    "unknown_columns",
    "personal",
    "limits",
    "column",
    "start",
    "end",
    "value",
    "from",
    "to",
    "label",
    "id",
    "aliases",
    "merge_into",
    "when",
    "then",
];

/// A JSON value as a TOML value; none for `null`, which TOML lacks.
pub(super) fn toml(value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => toml::Value::Boolean(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => toml::Value::Integer(whole),
            None => toml::Value::Float(number.as_f64()?),
        },
        Value::String(text) => toml::Value::String(text.clone()),
        Value::Array(list) => toml::Value::Array(list.iter().filter_map(toml).collect()),
        Value::Object(entries) => {
            let entries = entries.iter().filter_map(|(key, v)| Some((key.clone(), toml(v)?)));
            let mut entries: Vec<(String, toml::Value)> = entries.collect();
            let rank = |key: &str| ORDER.iter().position(|k| *k == key).unwrap_or(ORDER.len());
            entries.sort_by_key(|(key, _)| rank(key));
            toml::Value::Table(entries.into_iter().collect())
        }
    })
}

/// A value of a cell as the text that stands in the file.
pub(super) fn cell(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
