//! An object of a case, read leniently: a key may have several names, one of something may
//! stand for a list, and null is the same as nothing. A key that nobody has asked for in
//! the end is an error, because it might change the number.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Keys that say in words what the others say.
const COMMENTS: [&str; 13] = [
    "adjust",
    "alternative",
    "comment",
    "description",
    "digits",
    "id",
    "label",
    "method",
    "na.rm",
    "na_rm",
    "note",
    "notes",
    "title",
];

/// The keys of an object, and which of them have been asked for.
#[derive(Debug)]
pub(crate) struct Keys<'v> {
    map: &'v Map<String, Value>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'v> Keys<'v> {
    /// The keys of a value that is an object.
    pub(crate) fn of(value: &'v Value) -> Result<Self, String> {
        let map = value.as_object().ok_or_else(|| format!("{value} is no object"))?;
        Ok(Self { map, asked: RefCell::default() })
    }

    /// The value of a key that has one of some names; none for null.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&'v Value> {
        let mut found = None;
        for (key, value) in self.map {
            if names.contains(&key.as_str()) {
                self.asked.borrow_mut().insert(key.clone());
                found = found.or(Some(value).filter(|value| !value.is_null()));
            }
        }
        found
    }

    /// The only key, if there is one alone, with its value.
    pub(crate) fn only(&self) -> Option<(&'v str, &'v Value)> {
        let mut entries = self.map.iter();
        let (key, value) = entries.next().filter(|_| self.map.len() == 1)?;
        self.asked.borrow_mut().insert(key.clone());
        Some((key, value))
    }

    /// A text; a number or truth as it is written.
    pub(crate) fn text(&self, names: &[&str]) -> Result<Option<String>, String> {
        let texts = self.texts(names)?;
        match texts.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            _ => Err(format!("`{}` is a list", names[0])),
        }
    }

    /// A text that must be there.
    pub(crate) fn needed(&self, names: &[&str]) -> Result<String, String> {
        self.text(names)?.ok_or_else(|| format!("`{}` is missing", names[0]))
    }

    /// One text or many.
    pub(crate) fn texts(&self, names: &[&str]) -> Result<Vec<String>, String> {
        self.get(names).map_or(Ok(Vec::new()), texts)
    }

    /// A number.
    pub(crate) fn number(&self, names: &[&str]) -> Result<Option<f64>, String> {
        let numbers = self.numbers(names)?;
        Ok(numbers.first().copied())
    }

    /// One number or many.
    pub(crate) fn numbers(&self, names: &[&str]) -> Result<Vec<f64>, String> {
        self.get(names).map_or(Ok(Vec::new()), numbers)
    }

    /// Yes or no.
    pub(crate) fn truth(&self, names: &[&str]) -> Result<Option<bool>, String> {
        let text = self.text(names)?.map(|text| text.to_lowercase());
        match text.as_deref() {
            None => Ok(None),
            Some("true" | "1" | "yes") => Ok(Some(true)),
            Some("false" | "0" | "no") => Ok(Some(false)),
            Some(other) => Err(format!("`{}` is neither true nor false: {other}", names[0])),
        }
    }

    /// An error if there is a key that nobody has asked for.
    pub(crate) fn finish(&self) -> Result<(), String> {
        let asked = self.asked.borrow();
        let unknown = |(key, value): &(&String, &Value)| {
            let key = key.as_str();
            !value.is_null() && !asked.contains(key) && !COMMENTS.contains(&key)
        };
        match self.map.iter().find(unknown) {
            Some((key, _)) => Err(format!("the key `{key}` is not known here")),
            None => Ok(()),
        }
    }
}

/// One text or many.
pub(crate) fn texts(value: &Value) -> Result<Vec<String>, String> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(list) => list
            .iter()
            .map(|one| word(one).ok_or_else(|| format!("{one} is no text")))
            .collect(),
        one => word(one).map(|word| vec![word]).ok_or_else(|| format!("{one} is no text")),
    }
}

/// One number or many.
pub(crate) fn numbers(value: &Value) -> Result<Vec<f64>, String> {
    let number = |value: &Value| {
        let read = || value.as_str().and_then(|text| text.parse().ok());
        value.as_f64().or_else(read).ok_or_else(|| format!("{value} is no number"))
    };
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(list) => list.iter().map(number).collect(),
        one => number(one).map(|number| vec![number]),
    }
}

/// A text, or a number or truth as it is written.
pub(crate) fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// A name as it is compared: in small letters, with nothing but letters and digits.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
