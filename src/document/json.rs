//! JSON Schemas for editors: a struct that [`parse`](super::parse) can fill goes in, the
//! text of its schema comes out.
//!
//! Knows nothing of what the keys mean: their descriptions are the comments on the struct.
//! Never writes a file.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, RestrictFormats};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// The JSON Schema (draft 2020-12) of a struct, as pretty-printed text that ends with a
/// newline. The same struct gives the same text.
///
/// Nothing in it is a reference: editors that follow one pass over the description beside
/// it.
#[must_use]
pub fn json_schema<T: JsonSchema>() -> String {
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(RestrictFormats::default())
        .with_transform(RecursiveTransform(as_toml));
    let schema = settings.into_generator().into_root_schema_for::<T>();
    format!("{:#}\n", schema.as_value())
}

/// Says the same of TOML that was said of JSON.
fn as_toml(schema: &mut Schema) {
    without_null(schema);
    words(schema);
}

/// A key of TOML may be absent, but nothing in TOML is null.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
    let Some(Value::Array(forms)) = schema.get_mut("anyOf") else { return };
    forms.retain(|form| form["type"] != "null");
    if let [Value::Object(only)] = forms.as_slice() {
        let only = only.clone();
        schema.remove("anyOf");
        for (key, value) in only {
            schema.ensure_object().entry(key).or_insert(value);
        }
    }
}

/// Words with a description each become one list of words: it makes a better message, and
/// `x-taplo` is where editors of TOML look for the descriptions.
fn words(schema: &mut Schema) {
    let Some(Value::Array(forms)) = schema.get("oneOf") else { return };
    let words: Vec<Value> =
        forms.iter().filter_map(|form| form.get("const").cloned()).collect();
    if words.len() < forms.len() {
        return;
    }
    let described = forms.iter().map(|form| form["description"].clone());
    let described: Vec<Value> = described.collect();
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("enum".to_owned(), Value::Array(words));
    schema.insert("x-taplo".to_owned(), json!({ "docs": { "enumValues": described } }));
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde::Deserialize;

    use super::*;
    use crate::document::Spanned;

    /// A file.
    #[derive(Default, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields, default)]
    #[allow(dead_code, reason = "only its form is looked at")]
    struct File {
        /// Who.
        name: Option<String>,
        /// How many.
        count: Option<Spanned<i64>>,
        /// Which.
        kind: Option<Spanned<Kind>>,
        /// More.
        more: IndexMap<Spanned<String>, Vec<Spanned<f64>>>,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        /// The first.
        One,
        /// The second.
        Two,
    }

    #[test]
    fn a_schema_says_what_toml_can_hold() {
        let text = json_schema::<File>();
        assert!(text.ends_with("}\n"));
        let expected = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "File",
            "description": "A file.",
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "name": { "description": "Who.", "type": "string" },
                "count": { "description": "How many.", "type": "integer" },
                "kind": {
                    "description": "Which.",
                    "type": "string",
                    "enum": ["one", "two"],
                    "x-taplo": { "docs": { "enumValues": ["The first.", "The second."] } },
                },
                "more": {
                    "description": "More.",
                    "type": "object",
                    "additionalProperties": { "type": "array", "items": { "type": "number" } },
                },
            },
        });
        assert_eq!(text.parse::<Value>().unwrap(), expected);
    }
}
