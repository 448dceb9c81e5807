//! `results.json` as it is written. Takes its text, gives its keys; never judges them.
//!
//! Keys that this room does not need are read past, so that a later release with more of
//! them can still be audited.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Results {
    pub(super) format: u64,
    pub(super) poll: Poll,
    pub(super) disclosure: Option<Thresholds>,
    pub(super) rounding: Option<Rounding>,
    pub(super) tables: Option<Vec<Table>>,
    #[serde(rename = "results")]
    pub(super) records: Vec<Record>,
}

#[derive(Deserialize)]
pub(super) struct Poll {
    pub(super) id: String,
    pub(super) wave: Option<String>,
    pub(super) profile: String,
    pub(super) respondents: u32,
}

/// The thresholds in force.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Thresholds {
    /// The largest count that is too small to show, and the same on sensitive questions.
    pub(super) small: u32,
    pub(super) small_sensitive: u32,
    /// Below this base a column shows nothing.
    pub(super) floor: u32,
    /// Below this base all or none in a group is hidden on sensitive questions.
    pub(super) all_or_none: u32,
    /// Bases are multiples of this.
    pub(super) base_step: u32,
}

/// How figures are rounded, and whether they are of weights.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Rounding {
    pub(super) weighted: bool,
    pub(super) percent_decimals: u8,
    pub(super) mean_decimals: u8,
    /// Standard deviation of the weights over their mean; none if the release keeps it to
    /// itself. Older ones did not know it.
    #[serde(default = "unknown")]
    pub(super) weight_spread: Option<f64>,
}

#[expect(clippy::unnecessary_wraps, reason = "serde asks for the type of the field")]
fn unknown() -> Option<f64> {
    Some(0.0)
}

/// What the figures of a table are made of.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) question: String,
    pub(super) kind: Kind,
    #[serde(default)]
    pub(super) items: Vec<Named>,
    #[serde(default)]
    pub(super) banner: Vec<String>,
    pub(super) filter: Option<String>,
    pub(super) percent_of: Percent,
    pub(super) sensitive: bool,
    pub(super) overlapping: bool,
    pub(super) partial: bool,
    /// The answers in the base.
    #[serde(default)]
    pub(super) base: Vec<String>,
    #[serde(default)]
    pub(super) groups: Vec<Group>,
    pub(super) rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Single,
    Multi,
    Number,
    Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Percent {
    Column,
    Row,
    Total,
    Mentions,
    Count,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) label: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) label: String,
    /// Its answers to each of the banner's questions, the outermost first.
    pub(super) answers: Vec<Vec<String>>,
    /// The question, and the answers to it, that it is made of.
    pub(super) made_of: Option<MadeOf>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct MadeOf {
    pub(super) question: String,
    pub(super) answers: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) statistic: String,
    /// The answers that are counted.
    #[serde(default)]
    pub(super) answers: Vec<String>,
    /// The answers that a difference adds and takes away.
    #[serde(default)]
    pub(super) plus: Vec<String>,
    #[serde(default)]
    pub(super) minus: Vec<String>,
    /// The scores of a mean.
    #[serde(default)]
    pub(super) scores: BTreeMap<String, f64>,
}

impl Row {
    /// Whether it is a share of people who gave some answers.
    pub(super) fn is_share(&self) -> bool {
        !self.answers.is_empty()
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Record {
    pub(super) wave: Option<String>,
    pub(super) table: String,
    pub(super) question: String,
    pub(super) item: Option<String>,
    pub(super) answer: String,
    pub(super) banner: Option<String>,
    pub(super) group: String,
    pub(super) statistic: String,
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) base: Option<f64>,
    pub(super) status: Option<String>,
    pub(super) compared_with: Option<String>,
    pub(super) verdict: Option<String>,
}

impl Record {
    /// Whether the figure is hidden to protect confidentiality.
    pub(super) fn is_hidden(&self) -> bool {
        self.status.as_deref() == Some("[c]")
    }
}
