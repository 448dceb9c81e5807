//! The schema as it is typed. Every key is optional here, so that all that is missing can
//! be said at once; `load` checks what the words mean.

use std::fmt::{self, Formatter};

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use toml::Spanned;

/// A questionnaire: what was asked, and what the file looks like.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Schema {
    /// The version of this form: 1.
    pub format: Option<Spanned<i64>>,
    /// Names the questionnaire: lower case letters, digits and `-`.
    pub id: Option<Spanned<String>>,
    /// What the file looks like.
    pub source: Source,
    /// Lists of answers that several questions share.
    pub scale: IndexMap<Spanned<String>, Scale>,
    /// What was asked, in the order of the questionnaire.
    pub question: IndexMap<Spanned<String>, Question>,
}

/// What the file looks like.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Source {
    /// The platform that made the export; `plain` if absent.
    pub dialect: Option<Spanned<String>>,
    /// How many rows of headers there are: 1 or 2.
    pub header_rows: Option<Spanned<i64>>,
    /// What stands between cells; detected and stated if absent.
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

/// What stands for no answer, and why there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Missing {
    /// What stands in the cell.
    pub value: String,
    /// The reason in words.
    pub label: Option<String>,
}

/// The column that names each respondent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Key {
    /// The column's header.
    pub column: Option<Spanned<String>>,
    /// What to do with a key that occurs twice; `reject` if absent.
    pub duplicates: Option<Duplicates>,
}

/// What to do with a key that occurs twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    /// Above this share the report carries a warning; `0.5%` if absent.
    pub warn_rows: Option<Spanned<String>>,
    /// Above this share nothing is published; `5%` if absent.
    pub fail_rows: Option<Spanned<String>>,
}

/// A list of answers that several questions share.
#[derive(Clone, Debug, Default, Deserialize)]
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
    /// A number for each answer; the mean of them is reported.
    pub scores: IndexMap<Spanned<String>, f64>,
    /// Differences in spelling that may be overlooked, each counted.
    pub fold: Vec<Spanned<Fold>>,
}

/// A difference in spelling that may be overlooked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fold {
    /// Upper and lower case.
    Case,
    /// Spaces at either end, doubled and unusual ones.
    Space,
    /// Straight and curly quotation marks.
    Quotes,
}

/// An answer: a label, or `{ value = , label = , id = , aliases = , column = }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Category {
    /// What stands in the file; the label if absent.
    pub value: Option<String>,
    /// What is printed.
    pub label: String,
    /// The id in figures' names; made from the label if absent.
    pub id: Option<String>,
    /// Other spellings that stand for it in the file, each counted as a repair.
    pub aliases: Vec<String>,
    /// The header of its column, in a question of several columns.
    pub column: Option<String>,
}

/// One question.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
    /// The header of the column with the text of "Other".
    pub other: Option<Spanned<String>>,
    /// The largest number of answers.
    pub max: Option<Spanned<i64>>,
    /// The items of a grid or ranking.
    pub rows: Vec<Spanned<Category>>,
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
    /// Whether tables are made of it; a banner needs none. Yes if absent.
    pub report: Option<bool>,
}

/// What kind of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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

/// What a number, date or text must be like.
#[derive(Clone, Debug, Default, Deserialize)]
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

/// The table form of an answer.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CategoryTable {
    value: Option<String>,
    label: Option<String>,
    id: Option<String>,
    aliases: Vec<String>,
    column: Option<String>,
}

/// Reads an answer in either form; `label` and `value` stand in for each other.
struct CategoryVisitor;

impl<'de> Visitor<'de> for CategoryVisitor {
    type Value = Category;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("text in quotes, or a table with `label` and `value`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Category, E> {
        Ok(Category { label: text.to_owned(), ..Category::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Category, A::Error> {
        let table = CategoryTable::deserialize(MapAccessDeserializer::new(map))?;
        let CategoryTable { value, label, id, aliases, column } = table;
        let Some(label) = label.or_else(|| value.clone()) else {
            return Err(de::Error::custom("a `label` or a `value` is missing"));
        };
        Ok(Category { value, label, id, aliases, column })
    }
}

impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CategoryVisitor)
    }
}

/// The table form of a missing code.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MissingTable {
    value: Option<String>,
    label: Option<String>,
}

/// Reads a missing code in either form.
struct MissingVisitor;

impl<'de> Visitor<'de> for MissingVisitor {
    type Value = Missing;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("text in quotes, or a table with `value` and `label`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Missing, E> {
        Ok(Missing { value: text.to_owned(), label: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Missing, A::Error> {
        let table = MissingTable::deserialize(MapAccessDeserializer::new(map))?;
        let Some(value) = table.value else {
            return Err(de::Error::custom("`value` is missing; the empty cell is `\"\"`"));
        };
        Ok(Missing { value, label: table.label })
    }
}

impl<'de> Deserialize<'de> for Missing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MissingVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::document;

    /// The categories and missing codes of a source, and the headlines of what is wrong.
    fn check(text: &str) -> (Schema, Vec<String>) {
        let mut findings = Findings::default();
        let schema = document::parse::<Schema>("s.toml", text, &mut findings);
        let said = findings.list().iter().map(|f| f.headline.clone()).collect();
        (schema.unwrap(), said)
    }

    fn label(label: &str) -> Category {
        Category { label: label.to_owned(), ..Category::default() }
    }

    #[test]
    fn an_answer_is_text_or_a_table() {
        let (schema, said) = check(
            "[scale.s]\ncategories = [\"Yes\", { value = \"2\", label = \"No\" }, \
             { value = \"9\" }, { label = \"Other\", id = \"o\", aliases = [\"Else\"], \
             column = \"Q1_4\" }]\n",
        );
        let answers = &schema.scale["s"].categories;
        let two = Some("2".to_owned());
        let other = Category {
            id: Some("o".to_owned()),
            aliases: vec!["Else".to_owned()],
            column: Some("Q1_4".to_owned()),
            ..label("Other")
        };
        assert_eq!(said, [""; 0]);
        assert_eq!(*answers[0].get_ref(), label("Yes"));
        assert_eq!(*answers[1].get_ref(), Category { value: two, ..label("No") });
        assert_eq!(answers[2].get_ref().label, "9", "the label defaults to the value");
        assert_eq!(*answers[3].get_ref(), other);
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said() {
        let (schema, said) = check(
            "[scale.s]\ncategories = [1, { value = 2 }, { id = \"x\" }, \
             { label = \"No\", alias = [\"N\"] }, [\"a\"]]\n",
        );
        let kept = schema.scale["s"].categories.iter().map(|c| c.get_ref().label.clone());
        assert_eq!(kept.collect::<Vec<_>>(), ["1", "2", "No"]);
        insta::assert_snapshot!(said.join("\n"), @r#"
    `scale.s.categories[1]`: expected text in quotes, or a table with `label` and `value`, found the number 1
    `scale.s.categories[2].value`: expected text in quotes, found the number 2
    `scale.s.categories[3]`: a `label` or a `value` is missing
    `alias` is not a key of `scale.s.categories[4]`
    `scale.s.categories[5]`: expected text in quotes, or a table with `label` and `value`, found a list
    "#);
    }

    #[test]
    fn a_missing_code_is_text_or_a_table() {
        let (schema, said) = check(
            "[source]\nmissingValues = [\"-9\", { value = \"\", label = \"No answer\" }, \
             { label = \"Refused\" }, -8]\n",
        );
        let codes: Vec<&Missing> =
            schema.source.missing_values.iter().map(Spanned::get_ref).collect();
        let missing = |value: &str, label: Option<&str>| Missing {
            value: value.to_owned(),
            label: label.map(str::to_owned),
        };
        let empty = missing("", Some("No answer"));
        assert_eq!(codes, [&missing("-9", None), &empty, &missing("-8", None)]);
        insta::assert_snapshot!(said.join("\n"), @r#"
    `source.missingValues[3]`: `value` is missing; the empty cell is `""`
    `source.missingValues[4]`: expected text in quotes, or a table with `value` and `label`, found the number -8
    "#);
    }
}
