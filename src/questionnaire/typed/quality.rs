//! The `[quality]` table as it is typed.

use std::fmt::{self, Formatter};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use crate::document::Spanned;
use crate::questionnaire::json;

/// Rules on the care with which people answered. Each is off unless its table is there.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::questionnaire) struct Quality {
    /// People who were quicker than anybody can read.
    pub speeders: Option<Spanned<Speeders>>,
    /// People who gave every item of a grid the same answer.
    pub straight_lining: Option<Spanned<Alike>>,
    /// Rows that say the same as another row, apart from their key.
    pub duplicates: Option<Spanned<Alike>>,
    /// People who failed a question with a known right answer.
    pub attention: Option<Spanned<Attention>>,
    /// People who answered little of what they were asked.
    pub partials: Option<Spanned<Threshold>>,
}

/// People who were quicker than anybody can read.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["when"]))]
pub(in crate::questionnaire) struct Speeders {
    /// The column with the seconds that somebody took; the platform's own if absent.
    pub column: Option<Spanned<String>>,
    /// The column with the time at which somebody began, if no column holds seconds.
    pub start: Option<Spanned<String>>,
    /// The column with the time at which somebody ended.
    pub end: Option<Spanned<String>>,
    /// Quicker than so many seconds, or than such a share: `"30% of median"`.
    pub when: Option<Spanned<Amount>>,
    /// What to do with them; `note` if absent.
    pub then: Then,
}

/// A rule over some questions.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["when"]))]
pub(in crate::questionnaire) struct Alike {
    /// The questions that are looked at; all that can be if absent.
    pub questions: Vec<Spanned<String>>,
    /// Questions that are left out.
    pub ignore: Vec<Spanned<String>>,
    /// From so many answers on.
    pub when: Option<Spanned<Amount>>,
    /// What to do with these rows; `note` if absent.
    pub then: Then,
}

/// People who failed a question with a known right answer.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(in crate::questionnaire) struct Attention {
    /// The right answer to each such question.
    pub right: IndexMap<Spanned<String>, Spanned<String>>,
    /// From so many wrong answers on; 1 if absent.
    pub when: Option<Spanned<Amount>>,
    /// What to do with these rows; `note` if absent.
    pub then: Then,
}

/// A rule that needs a threshold only.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["when"]))]
pub(in crate::questionnaire) struct Threshold {
    /// Less than such a share, as `"50%"`.
    pub when: Option<Spanned<Amount>>,
    /// What to do with these rows; `note` if absent.
    pub then: Then,
}

/// What to do with rows that a rule of quality finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// Say how many there are.
    #[default]
    Note,
    /// Set them aside.
    SetAside,
    /// Publish nothing.
    Fail,
}

/// A number, or a text such as `"30% of median"`.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(untagged)]
pub(in crate::questionnaire) enum Amount {
    /// A plain number.
    Number(#[schemars(extend("exclusiveMinimum" = 0))] f64),
    /// A number with a unit, such as `50%`.
    Text(#[schemars(regex(pattern = json::AMOUNT))] String),
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number, or text in quotes such as \"50%\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
        Ok(Amount::Text(text.to_owned()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Amount, E> {
        Ok(Amount::Number(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Amount, E> {
        Ok(Amount::Number(number as f64))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AmountVisitor)
    }
}
