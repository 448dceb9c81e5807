//! Entries of lists that are a text or a table: answers, and what stands for none.

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use schemars::{JsonSchema, Schema as JsonForm, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::questionnaire::json;

/// An answer: a label, or a table with `value`, `label`, `id`, `aliases`, `column`,
/// `merge_into`, `sensitive`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::questionnaire) struct Category {
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
    /// Whether it is sensitive, and with it the whole question.
    pub sensitive: bool,
    /// With which answers it is one group where few gave it.
    pub merge_into: Option<String>,
}

/// What stands for no answer, and why there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::questionnaire) struct Missing {
    /// What stands in the cell; for a range, its first number as it is written.
    pub value: String,
    /// Instead of one text: numbers from the first to the second.
    pub range: Option<(f64, f64)>,
    /// The reason in words.
    pub label: Option<String>,
}

/// An answer of which there is more to say than its label.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("anyOf" = [{ "required": ["label"] }, { "required": ["value"] }]))]
struct CategoryTable {
    /// What stands in the file; the label if absent.
    value: Option<String>,
    /// What is printed; the value if absent.
    label: Option<String>,
    /// The id in figures' names; made from the label if absent.
    #[schemars(regex(pattern = json::ID))]
    id: Option<String>,
    /// Other spellings that stand for it in the file, each counted as a repair.
    aliases: Vec<String>,
    /// The header of its column, in a question of several columns.
    column: Option<String>,
    /// Whether it is sensitive: the whole question is then, since its other answers would give
    /// it away.
    sensitive: bool,
    /// In tables by groups: the answer that it joins where few gave it, by label or id, or a
    /// new name that several answers share.
    merge_into: Option<String>,
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
        let CategoryTable { value, label, id, aliases, column, merge_into, sensitive } = table;
        let Some(label) = label.or_else(|| value.clone()) else {
            return Err(de::Error::custom("a `label` or a `value` is missing"));
        };
        Ok(Category { value, label, id, aliases, column, merge_into, sensitive })
    }
}

impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CategoryVisitor)
    }
}

/// The text of a cell or a range of numbers, and why there is no answer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("anyOf" = [
    { "required": ["value"], "properties": { "from": false, "to": false } },
    { "required": ["from", "to"], "properties": { "value": false } },
]))]
struct MissingTable {
    /// What stands in the cell; `""` is the empty cell.
    value: Option<String>,
    /// Instead of `value`: the first of a range of numbers.
    from: Option<f64>,
    /// The last of a range of numbers.
    to: Option<f64>,
    /// The reason in words.
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
        Ok(Missing { value: text.to_owned(), ..Missing::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Missing, A::Error> {
        let table = MissingTable::deserialize(MapAccessDeserializer::new(map))?;
        let MissingTable { value, from, to, label } = table;
        match (value, from, to) {
            (Some(value), None, None) => Ok(Missing { value, range: None, label }),
            (None, Some(from), Some(to)) if from <= to => {
                Ok(Missing { value: String::new(), range: Some((from, to)), label })
            }
            (None, None, None) => {
                Err(de::Error::custom("`value` is missing; the empty cell is `\"\"`"))
            }
            (Some(_), ..) => Err(de::Error::custom("`value` does not go with `from` and `to`")),
            _ => Err(de::Error::custom("a range needs `from` and `to`, the smaller first")),
        }
    }
}

impl<'de> Deserialize<'de> for Missing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MissingVisitor)
    }
}

impl JsonSchema for Category {
    fn schema_name() -> Cow<'static, str> {
        "Category".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> JsonForm {
        text_or::<CategoryTable>("The label, which is what stands in the file too.", generator)
    }
}

impl JsonSchema for Missing {
    fn schema_name() -> Cow<'static, str> {
        "Missing".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> JsonForm {
        text_or::<MissingTable>("What stands in the cell.", generator)
    }
}

/// The form of an entry that is a text, of which something is said, or a table.
fn text_or<T: JsonSchema>(text: &str, generator: &mut SchemaGenerator) -> JsonForm {
    let table = generator.subschema_for::<T>();
    json_schema!({ "anyOf": [{ "type": "string", "description": text }, table] })
}

#[cfg(test)]
mod tests {
    use super::super::Schema;
    use super::*;
    use crate::diagnostic::Findings;
    use crate::document::{self, Spanned};

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
        let codes: Vec<&Missing> = schema
            .source
            .as_ref()
            .unwrap()
            .missing_values
            .iter()
            .map(Spanned::get_ref)
            .collect();
        let missing = |value: &str, label: Option<&str>| Missing {
            value: value.to_owned(),
            range: None,
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
