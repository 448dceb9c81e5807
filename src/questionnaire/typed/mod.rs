//! The schema as it is typed. Every key is optional here, so that all that is missing can
//! be said at once; `load` checks what the words mean.

mod entry;
mod quality;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) use entry::{Category, Missing};
pub use quality::Then;
pub(super) use quality::{Alike, Amount, Attention, Quality, Speeders};

use super::json;
use super::source::{DECIMALS, DELIMITERS, DIALECTS, ENCODINGS};
use crate::document::Spanned;

/// A questionnaire: what was asked, and what the file looks like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "pollsmith: questionnaire", extend("required" = ["format"]))]
pub(super) struct Schema {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub format: Option<Spanned<i64>>,
    /// Names the questionnaire: lower case letters, digits and `-`.
    pub id: Option<Spanned<String>>,
    /// The schema of an earlier wave, which this one changes.
    pub extends: Option<Spanned<String>>,
    /// Keys of the earlier schema, each with the key that this wave has for the question.
    pub rename: IndexMap<Spanned<String>, Spanned<String>>,
    /// For a question: labels of the earlier schema, each with this wave's wording.
    pub recode: IndexMap<Spanned<String>, IndexMap<Spanned<String>, Spanned<String>>>,
    /// Questions of the earlier schema that this wave does not have.
    pub drop: Vec<Spanned<String>>,
    /// Questions whose figures cannot be compared with earlier waves, each with the reason.
    pub breaks: IndexMap<Spanned<String>, Spanned<String>>,
    /// What the file looks like.
    pub source: Option<Source>,
    /// Rules on the care with which people answered; none if absent.
    pub quality: Option<Quality>,
    /// Lists of answers that several questions share.
    pub scale: IndexMap<Spanned<String>, Scale>,
    /// What was asked, in the order of the questionnaire.
    #[schemars(extend("propertyNames" = { "pattern": "^[a-z][a-z0-9_]*$" }))]
    pub question: IndexMap<Spanned<String>, Question>,
}

/// What the file looks like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Source {
    /// The platform that made the export; recognised and stated if absent.
    #[schemars(extend("enum" = json::words(&DIALECTS)))]
    pub dialect: Option<Spanned<String>>,
    /// How many rows of headers there are, 1 to 3; the platform's usual number if absent.
    #[schemars(range(min = 1, max = 3))]
    pub header_rows: Option<Spanned<i64>>,
    /// How letters are stored, such as `windows-1252`; UTF-8 if absent.
    #[schemars(extend("enum" = json::words(&ENCODINGS)))]
    pub encoding: Option<Spanned<String>>,
    /// The sheet of a workbook; needed where several hold something.
    pub sheet: Option<Spanned<String>>,
    /// How many lines stand above the headers.
    #[schemars(range(min = 0, max = 1000))]
    pub skip_rows: Option<Spanned<i64>>,
    /// How many lines stand below the last answer.
    #[schemars(range(min = 0, max = 1000))]
    pub footer_rows: Option<Spanned<i64>>,
    /// The decimal mark of numbers: `.` if absent, or `,`.
    #[schemars(extend("enum" = json::words(&DECIMALS)))]
    pub decimal: Option<Spanned<String>>,
    /// Who reached the end of the questionnaire; the platform's own mark if absent.
    pub complete: Option<Complete>,
    /// What stands between cells; detected and stated if absent.
    #[schemars(extend("enum" = json::words(&DELIMITERS)))]
    pub delimiter: Option<Spanned<String>>,
    /// How dates are written, such as `%d/%m/%Y`.
    pub dates: Option<Spanned<String>>,
    /// What stands for no answer; the empty cell if absent.
    #[serde(rename = "missingValues")]
    pub missing_values: Vec<Spanned<Missing>>,
    /// The column that names each respondent.
    pub key: Option<Key>,
    /// What to do with columns that no question names; `reject` if absent.
    pub unknown_columns: Option<Spanned<UnknownColumns>>,
    /// Columns with personal data: read past, never shown.
    pub personal: Vec<Spanned<String>>,
    /// How many bad rows are too many.
    pub limits: Limits,
}

/// The column that names each respondent.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["column"]))]
pub(super) struct Key {
    /// The column's header.
    pub column: Option<Spanned<String>>,
    /// What to do with a key that occurs twice; `reject` if absent.
    pub duplicates: Option<Duplicates>,
}

/// Who reached the end of the questionnaire.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["column"]))]
pub(super) struct Complete {
    /// The column's header.
    pub column: Option<Spanned<String>>,
    /// What stands there for somebody who reached the end; any text if absent.
    pub values: Vec<String>,
}

/// What to do with a key that occurs twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    /// Set every row of the key aside.
    #[default]
    Reject,
    /// Keep the first row, set the others aside.
    First,
    /// Keep the last row, set the others aside.
    Last,
}

/// What to do with a column that no question names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnknownColumns {
    /// Stop.
    #[default]
    Reject,
    /// Read past it and say so.
    Drop,
    /// Read past it without a warning.
    Keep,
}

/// How many bad rows are too many, as shares such as `0.5%`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    /// Above this share the report carries a warning; `0.5%` if absent.
    #[schemars(regex(pattern = json::SHARE))]
    pub warn_rows: Option<Spanned<String>>,
    /// Above this share nothing is published; `5%` if absent.
    #[schemars(regex(pattern = json::SHARE))]
    pub fail_rows: Option<Spanned<String>>,
}

/// A list of answers that several questions share.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub(super) struct Scale {
    /// The answers, in order.
    pub categories: Vec<Spanned<Category>>,
    /// Whether their order means something.
    pub categories_ordered: Option<bool>,
    /// Answers that are shown but left out of means and nets, such as "Don't know".
    pub nonsubstantive: Vec<Spanned<Category>>,
    /// Totals of several answers.
    pub nets: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Differences of two nets, or of two answers, in points: `{ "Net agree" = ["All agree",
    /// "All disagree"] }`.
    pub differences: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    /// How many answers at either end of the scale are counted together, as "Top 2" and
    /// "Bottom 2".
    #[schemars(range(min = 1))]
    pub boxes: Option<Spanned<i64>>,
    /// Whether to give the net promoter score: those who answered 9 or 10 less those who
    /// answered 0 to 6.
    pub nps: bool,
    /// A number for each answer; the mean of them is reported.
    pub scores: IndexMap<Spanned<String>, f64>,
    /// Differences in spelling that may be overlooked, each counted.
    pub fold: Vec<Spanned<Fold>>,
}

/// A difference in spelling that may be overlooked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fold {
    /// Upper and lower case.
    Case,
    /// Spaces at either end, doubled and unusual ones.
    Space,
    /// Straight and curly quotation marks.
    Quotes,
    /// Characters without width: byte order marks, zero-width and direction marks.
    Invisible,
}

impl Fold {
    /// Every one, in the order in which they are overlooked.
    pub const ALL: [Self; 4] = [Self::Invisible, Self::Case, Self::Space, Self::Quotes];

    /// Its name in a schema.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Space => "space",
            Self::Quotes => "quotes",
            Self::Invisible => "invisible",
        }
    }
}

/// One question.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["kind"]), transform = json::by_kind)]
pub(super) struct Question {
    /// What kind of question it is.
    pub kind: Option<Spanned<Kind>>,
    /// The short title, used for tables and charts.
    pub title: Option<String>,
    /// The question as it was put; the title if absent.
    pub text: Option<String>,
    /// A note that is printed with the question.
    pub note: Option<String>,
    /// The header of its column, where that is neither key, title nor text.
    pub column: Option<Spanned<String>>,
    /// Other headers that stand for it, each counted as a repair.
    pub aliases: Vec<Spanned<String>>,
    /// The answers, in the order of the questionnaire.
    pub categories: Vec<Spanned<Category>>,
    /// Whether their order means something.
    #[serde(rename = "categoriesOrdered")]
    pub categories_ordered: Option<bool>,
    /// The shared list of answers.
    pub scale: Option<Spanned<String>>,
    /// Answers that are shown but left out of means and nets.
    pub nonsubstantive: Vec<Spanned<Category>>,
    /// Answers that stay last, such as "Other".
    pub pinned: Vec<Spanned<String>>,
    /// Totals of several answers.
    pub nets: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    /// Differences of two nets, or of two answers, in points: `{ "Net agree" = ["All agree",
    /// "All disagree"] }`.
    pub differences: IndexMap<Spanned<String>, Vec<Spanned<String>>>,
    /// How many answers at either end of the scale are counted together, as "Top 2" and
    /// "Bottom 2".
    #[schemars(range(min = 1))]
    pub boxes: Option<Spanned<i64>>,
    /// Whether to give the net promoter score: those who answered 9 or 10 less those who
    /// answered 0 to 6.
    pub nps: bool,
    /// A number for each answer; the mean of them is reported.
    pub scores: IndexMap<Spanned<String>, f64>,
    /// Differences in spelling that may be overlooked, each counted.
    pub fold: Vec<Spanned<Fold>>,
    /// Whether everyone who was asked had to answer.
    pub required: bool,
    /// What a number, date or text must be like.
    pub constraints: Constraints,
    /// Who was asked: an expression over earlier questions.
    pub asked_if: Option<Spanned<String>>,
    /// Answers that cannot go with another one.
    pub exclusive: Vec<Spanned<String>>,
    /// The open answer, such as "Other (please specify)": whatever people wrote themselves
    /// counts as this answer.
    pub other: Option<Spanned<String>>,
    /// The header of the column with what people wrote themselves.
    pub other_column: Option<Spanned<String>>,
    /// The largest number of answers.
    #[schemars(range(min = 1))]
    pub max: Option<Spanned<i64>>,
    /// The items of a grid or ranking.
    pub rows: Vec<Spanned<Category>>,
    /// How many columns hold the item at each place of a ranking; if absent, a column for
    /// each item holds its place.
    #[schemars(range(min = 1, max = 100))]
    pub places: Option<Spanned<i64>>,
    /// The first and last of whole numbers that are the answers, such as `[0, 10]`.
    #[schemars(with = "Option<[i64; 2]>")]
    pub range: Option<Spanned<(i64, i64)>>,
    /// What stands for no answer to this question, besides what `[source]` says.
    #[serde(rename = "missingValues")]
    pub missing_values: Vec<Spanned<Missing>>,
    /// What stands between several answers in one cell.
    pub delimiter: Option<Spanned<String>>,
    /// What marks an answer as picked in its own column, besides its label.
    pub picked: Vec<String>,
    /// What marks an answer as not picked, besides the empty cell.
    pub not_picked: Vec<String>,
    /// The unit of a number, such as "hours".
    pub unit: Option<String>,
    /// Who was asked and counted, in words.
    pub base: Option<String>,
    /// Whether answers are sensitive, so that small groups need more cover.
    pub sensitive: bool,
    /// How small the places are that its answers name.
    pub geography: Option<Geography>,
    /// The question in whose groups the groups of this one lie, as regions lie in nations:
    /// figures of one can then be worked out from those of the other.
    pub within: Option<String>,
    /// Whether tables are made of it; a banner needs none. Yes if absent.
    pub report: Option<bool>,
}

/// What kind of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One answer of a list.
    Single,
    /// Several answers of a list.
    Multi,
    /// Several items on one list of answers.
    Grid,
    /// Items put in order.
    Rank,
    /// A number.
    Number,
    /// A date.
    Date,
    /// Words.
    Text,
}

impl Kind {
    /// Its name in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multi => "multi",
            Self::Grid => "grid",
            Self::Rank => "rank",
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// How small places are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Geography {
    /// Regions, nations or larger.
    Region,
    /// Smaller than a region: columns of theirs need more people.
    Local,
}

impl Geography {
    /// Its name in a schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Local => "local",
        }
    }
}

/// What a number, date or text must be like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub(super) struct Constraints {
    /// The smallest number.
    pub minimum: Option<f64>,
    /// The largest number.
    pub maximum: Option<f64>,
    /// A regular expression that the whole text must match.
    pub pattern: Option<Spanned<String>>,
    /// Whether every value may occur once only.
    pub unique: bool,
}
