//! The form of a case.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A question to a data set, and its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    #[serde(rename = "id")]
    _id: String,
    /// The data file, relative to the folder of the cases.
    pub(crate) data: String,
    pub(crate) design: Design,
    pub(crate) ask: Ask,
    pub(crate) answer: Value,
    /// The relative difference that is allowed.
    pub(crate) rel_tol: f64,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// How the sample was drawn: names of columns.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Design {
    pub(crate) weights: Option<String>,
    pub(crate) strata: Option<OneOrMany<String>>,
    /// One for each stage.
    pub(crate) cluster: Option<OneOrMany<String>>,
    /// Population sizes, one for each stage.
    pub(crate) fpc: Option<OneOrMany<String>>,
    pub(crate) nest: Option<bool>,
    /// R's name of what is done with strata of one unit.
    pub(crate) lonely_psu: Option<String>,
    #[serde(rename = "replicates")]
    _replicates: Option<Value>,
    #[serde(rename = "pps")]
    _pps: Option<Value>,
}

/// What is asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Ask {
    pub(crate) stat: String,
    pub(crate) var: Option<OneOrMany<String>>,
    pub(crate) by: Option<OneOrMany<String>>,
    /// A condition on the records, in R or in the program's own language.
    pub(crate) domain: Option<String>,
    /// A number for each answer.
    pub(crate) scores: BTreeMap<String, f64>,
    /// `factor`: the numbers of the column are codes of answers.
    #[serde(rename = "as")]
    pub(crate) taken_as: Option<String>,
    /// `domain`, which is what is always done.
    pub(crate) missing: Option<String>,
    pub(crate) ci: Option<OneOrMany<String>>,
    pub(crate) deff: Option<String>,
    pub(crate) variance: Option<String>,
    pub(crate) num: Option<String>,
    pub(crate) den: Option<String>,
    pub(crate) levels: Option<OneOrMany<Word>>,
    pub(crate) equals: Option<OneOrMany<Word>>,
    pub(crate) p: Option<OneOrMany<f64>>,
    pub(crate) rule: Option<String>,
    pub(crate) limits: Option<String>,
    pub(crate) rows: Option<String>,
    pub(crate) cols: Option<String>,
    pub(crate) test: Option<String>,
    pub(crate) share: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) mu: Option<f64>,
    pub(crate) paired_with: Option<String>,
    #[serde(rename = "vcov")]
    _vcov: Option<Value>,
    #[serde(rename = "center")]
    _center: Option<Value>,
    #[serde(rename = "after")]
    _after: Option<Value>,
}

/// One of something, or a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T: Clone> OneOrMany<T> {
    /// All of them, none if there is nothing.
    pub(crate) fn list(given: Option<&Self>) -> Vec<T> {
        match given {
            None => Vec::new(),
            Some(Self::One(one)) => vec![one.clone()],
            Some(Self::Many(many)) => many.clone(),
        }
    }
}

/// An answer as it stands in the data, which a case may write as a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Word {
    Text(String),
    Number(serde_json::Number),
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// A case as it stands in its file.
pub(crate) fn value(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// The names of what a case needs: its statistic, test, adjustments and kind of design.
pub(crate) fn names(case: &Value) -> Vec<&str> {
    let ask = &case["ask"];
    let mut names: Vec<&str> = ["stat", "test", "variance", "after"]
        .into_iter()
        .filter_map(|key| ask[key].as_str())
        .collect();
    let present = |value: &Value| !matches!(value, Value::Null | Value::Bool(false));
    names.extend(["after", "vcov", "center"].into_iter().filter(|key| present(&ask[*key])));
    let design = &case["design"];
    names.extend(["replicates", "pps"].into_iter().filter(|key| present(&design[*key])));
    names
}

impl Case {
    /// Reads a case; a key that is not part of the form is an error.
    pub(crate) fn read(value: Value) -> Result<Self, String> {
        fn typed<T: DeserializeOwned>(value: Value) -> Result<T, String> {
            serde_json::from_value(value).map_err(|error| error.to_string())
        }
        typed(value)
    }
}
