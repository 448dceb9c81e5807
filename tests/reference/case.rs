//! A case as it stands in its file.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::keys::Keys;

/// A question to a data set, and its answer.
#[derive(Debug)]
pub(crate) struct Case {
    /// The data file, relative to the folder of the cases.
    pub(crate) data: String,
    pub(crate) design: Value,
    pub(crate) ask: Value,
    pub(crate) answer: Value,
    /// The relative difference that is allowed.
    pub(crate) tolerance: f64,
}

impl Case {
    /// Reads a case; a key that is not part of the form is an error.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let value: Ordered = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let value = value.value("");
        let keys = Keys::of(&value)?;
        let part = |name: &str| keys.get(&[name]).cloned();
        let case = Self {
            data: keys.needed(&["data"])?,
            design: part("design").unwrap_or_else(|| Value::Object(serde_json::Map::new())),
            ask: part("ask").ok_or("`ask` is missing")?,
            answer: part("answer").ok_or("`answer` is missing")?,
            tolerance: keys.number(&["rel_tol", "tolerance", "tol"])?.unwrap_or(1e-8),
        };
        keys.finish()?;
        Ok(case)
    }
}

/// A value whose objects keep the order of their keys, which matters to raking.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Ordered {
    Object(IndexMap<String, Ordered>),
    List(Vec<Ordered>),
    Plain(Value),
}

impl Ordered {
    /// The value of a key; margins in an object become a list of them.
    fn value(self, key: &str) -> Value {
        let entry = |(key, value): (String, Self)| {
            let value = value.value(&key);
            (key, value)
        };
        match self {
            Self::Plain(value) => value,
            Self::List(list) => list.into_iter().map(|value| value.value("")).collect(),
            Self::Object(map) if key == "margins" => {
                let single = |one| Value::Object(Map::from_iter([entry(one)]));
                map.into_iter().map(single).collect()
            }
            Self::Object(map) => Value::Object(map.into_iter().map(entry).collect()),
        }
    }
}
