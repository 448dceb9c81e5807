//! `results.json` as it is written. Takes its text, gives its keys; never judges them.
//!
//! Keys that this room does not need are read past, so that a later release with more of
//! them can still be checked.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
pub(super) struct Results {
    pub(super) format: u64,
    pub(super) poll: Poll,
    #[serde(default)]
    pub(super) method: BTreeMap<String, Value>,
    #[serde(default)]
    pub(super) questions: Vec<Question>,
    #[serde(default)]
    pub(super) banners: Vec<Banner>,
    #[serde(rename = "results")]
    pub(super) records: Vec<Record>,
}

#[derive(Deserialize)]
pub(super) struct Poll {
    #[serde(default)]
    pub(super) synthetic: bool,
    pub(super) wave: Option<String>,
    pub(super) profile: Option<String>,
    pub(super) status: Option<String>,
    pub(super) respondents: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Question {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) items: Vec<Named>,
    #[serde(default)]
    pub(super) answers: Vec<Named>,
}

#[derive(Deserialize)]
pub(super) struct Banner {
    pub(super) id: String,
    pub(super) groups: Vec<Named>,
}

#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) label: String,
}

#[derive(Deserialize)]
pub(super) struct Record {
    #[serde(default)]
    pub(super) table: String,
    pub(super) wave: Option<String>,
    pub(super) question: String,
    pub(super) item: Option<String>,
    pub(super) answer: String,
    pub(super) banner: Option<String>,
    pub(super) group: String,
    pub(super) statistic: String,
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) unit: Option<String>,
    pub(super) percent_of: Option<String>,
    pub(super) base: Option<f64>,
    pub(super) base_effective: Option<f64>,
    pub(super) status: Option<String>,
    pub(super) compared_with: Option<String>,
    pub(super) verdict: Option<String>,
}
