//! The form of a case.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A question to a data set, and its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    #[serde(rename = "id")]
    _id: String,
    /// The data file, relative to the folder of the cases.
    pub data: String,
    pub design: Design,
    pub ask: Ask,
    pub answer: Value,
    /// The relative difference that is allowed.
    pub rel_tol: f64,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// How the sample was drawn: names of columns.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Design {
    pub weights: Option<String>,
    pub strata: Option<OneOrMany<String>>,
    /// One for each stage.
    pub cluster: Option<OneOrMany<String>>,
    /// Population sizes, one for each stage.
    pub fpc: Option<OneOrMany<String>>,
    pub nest: bool,
    /// R's name of what is done with strata of one unit.
    pub lonely_psu: Option<String>,
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ask {
    pub stat: String,
    pub var: Option<OneOrMany<String>>,
    pub by: Option<OneOrMany<String>>,
    /// A condition on the records, in R or in the program's own language.
    pub domain: Option<String>,
    /// A number for each answer.
    pub scores: BTreeMap<String, f64>,
    /// `factor`: the numbers of the column are codes of answers.
    #[serde(rename = "as")]
    pub taken_as: Option<String>,
    /// `domain`, which is what is always done.
    pub missing: Option<String>,
    pub ci: Option<OneOrMany<String>>,
    pub deff: Option<String>,
    pub variance: Option<String>,
    pub num: Option<String>,
    pub den: Option<String>,
    pub levels: Option<OneOrMany<String>>,
    pub equals: Option<OneOrMany<String>>,
    pub p: Option<OneOrMany<f64>>,
    pub rule: Option<String>,
    pub rows: Option<String>,
    pub cols: Option<String>,
    pub test: Option<String>,
    pub share: Option<String>,
    pub group: Option<String>,
    pub mu: Option<f64>,
    pub paired_with: Option<String>,
}

/// One of something, or a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T: Clone> OneOrMany<T> {
    /// All of them, none if there is nothing.
    pub fn list(given: Option<&Self>) -> Vec<T> {
        match given {
            None => Vec::new(),
            Some(Self::One(one)) => vec![one.clone()],
            Some(Self::Many(many)) => many.clone(),
        }
    }
}

/// A case as it stands in its file.
pub fn value(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// The names of what a case needs: its statistic, test, adjustments and kind of design.
pub fn names(case: &Value) -> Vec<&str> {
    let ask = &case["ask"];
    let mut names: Vec<&str> = ["stat", "test", "variance", "after"]
        .into_iter()
        .filter_map(|key| ask[key].as_str())
        .collect();
    let present = |value: &Value| !matches!(value, Value::Null | Value::Bool(false));
    names.extend(["after", "vcov"].into_iter().filter(|key| present(&ask[*key])));
    let design = &case["design"];
    names.extend(["replicates", "pps"].into_iter().filter(|key| present(&design[*key])));
    names
}

impl Case {
    /// Reads a case; a key that is not part of the form is an error.
    pub fn read(value: Value) -> Result<Self, String> {
        fn typed<T: DeserializeOwned>(value: Value) -> Result<T, String> {
            serde_json::from_value(value).map_err(|error| error.to_string())
        }
        typed(value)
    }
}
