//! The form of a Table Schema, version 2: structs that serde writes in the standard's order
//! of properties. Knows nothing of questionnaires.
//!
//! Source: Data Package standard 2.0, "Table Schema", <https://datapackage.org/standard/table-schema/>.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The profile that the standard recommends.
pub(in crate::exchange) const PROFILE: &str =
    "https://datapackage.org/profiles/2.0/tableschema.json";

/// Before the names of properties that the standard does not have, as it recommends.
pub(in crate::exchange) const NAMESPACE: &str = "survey:";

/// A whole schema.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::exchange) struct Descriptor {
    #[serde(rename = "$schema")]
    pub(in crate::exchange) profile: &'static str,
    #[serde(flatten)]
    pub(in crate::exchange) survey: Facts,
    pub(in crate::exchange) fields: Vec<Field>,
    pub(in crate::exchange) fields_match: &'static str,
    pub(in crate::exchange) missing_values: Missing,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) primary_key: Option<Vec<String>>,
}

/// One column of the file.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::exchange) struct Field {
    pub(in crate::exchange) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) description: Option<String>,
    #[serde(rename = "type")]
    pub(in crate::exchange) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) decimal_char: Option<&'static str>,
    #[serde(skip_serializing_if = "Categories::is_empty")]
    pub(in crate::exchange) categories: Categories,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) categories_ordered: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) missing_values: Option<Missing>,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    pub(in crate::exchange) constraints: Constraints,
    #[serde(flatten)]
    pub(in crate::exchange) survey: Facts,
}

/// A list of categories: plain values if none has a label, otherwise objects.
#[derive(Clone, Default)]
pub(in crate::exchange) struct Categories(pub(in crate::exchange) Vec<Category>);

impl Categories {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Categories {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.iter().any(|category| category.label.is_some()) {
            return serializer.collect_seq(&self.0);
        }
        serializer.collect_seq(self.0.iter().map(|category| &category.value))
    }
}

/// One entry of a list of categories.
#[derive(Clone, Serialize)]
pub(in crate::exchange) struct Category {
    pub(in crate::exchange) value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) label: Option<String>,
}

/// What the cells of a column must be like.
#[derive(Default, PartialEq, Serialize)]
pub(in crate::exchange) struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::exchange) required: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::exchange) unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) minimum: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) maximum: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::exchange) pattern: Option<String>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub(in crate::exchange) list: Vec<Value>,
}

impl Constraints {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What stands for no answer: texts, or texts with their reasons.
#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::exchange) enum Missing {
    /// The form that every reader knows.
    Plain(Vec<String>),
    /// The form of version 2 with labels.
    Labelled(Vec<Category>),
}

/// Properties of our own, in order.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub(in crate::exchange) struct Facts(IndexMap<String, Value>);

impl Facts {
    /// Adds a property; one that says nothing is left out.
    pub(in crate::exchange) fn say(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        let silent = match &value {
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            _ => false,
        };
        if !silent {
            self.0.insert(format!("{NAMESPACE}{name}"), value);
        }
    }

    /// Adds all of another list.
    pub(in crate::exchange) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Adds a property that is said only if it holds.
    pub(in crate::exchange) fn flag(&mut self, name: &str, holds: bool) {
        self.say(name, holds.then_some(true));
    }
}

/// A number as JSON has it: whole ones without a point.
pub(in crate::exchange) fn number(number: f64) -> Value {
    let text = number.to_string();
    text.parse::<i64>().map_or_else(|_| Value::from(number), Value::from)
}
