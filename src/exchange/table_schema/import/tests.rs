//! Schemas that others wrote, and what is said of those that are wrong.

use proptest::prelude::{Strategy, prop, proptest};
use serde_json::{Value, json};

use super::super::super::tests::loaded;
use super::from_table_schema;

const FOREIGN: &str = r#"{
  "description": "Made elsewhere.",
  "fields": [
    { "name": "id", "type": "integer", "constraints": { "required": true, "unique": true } },
    { "name": "How old?", "type": "integer", "title": "Age", "description": "How old are you?",
      "constraints": { "minimum": 18, "maximum": 99.5 }, "missingValues": ["", "NA", "?"] },
    { "name": "q1", "type": "string", "constraints": { "enum": ["Yes", "", "No", "Yes"], "required": true } },
    { "name": "q2", "constraints": { "enum": ["Yes", "No"] }, "type": "string" },
    { "name": "likes", "type": "integer", "categoriesOrdered": true,
      "categories": [{ "value": 1, "label": "Not" }, { "value": 2 }] },
    { "name": "here", "type": "boolean", "falseValues": ["0"] },
    { "name": "when", "type": "date", "format": "fmt:%d/%m/%Y" },
    { "name": "then", "type": "datetime" },
    { "name": "all", "type": "list", "delimiter": ";" },
    { "name": "where", "type": "geopoint", "rdfType": "http://example.org/place" },
    { "name": "free", "constraints": { "pattern": "[a-z]+", "maxLength": 20 } }
  ],
  "missingValues": ["", "NA"],
  "fieldsMatch": "superset",
  "foreignKeys": []
}"#;

#[test]
fn a_foreign_schema_becomes_ours() {
    let text = from_table_schema("s.json", FOREIGN).expect("readable");
    insta::assert_snapshot!(text, @r#"
    # Made elsewhere.
    # `fieldsMatch` is `superset`: here every column has to be there.
    # No counterpart here: `foreignKeys`: []
    format = 1
    id = "questionnaire"

    [source]
    dialect = "plain"
    missingValues = ["", "NA"]
    key = { column = "id" }
    unknown_columns = "drop"
    dates = "%d/%m/%Y"

    [scale.yes_no]
    categories = ["Yes", "No"]

    # The type was `integer`.
    [question.how_old]
    kind = "number"
    title = "Age"
    text = "How old are you?"
    column = "How old?"
    constraints = { minimum = 18, maximum = 99.5 }
    missingValues = ["?"]

    [question.q1]
    kind = "single"
    title = "q1"
    required = true
    scale = "yes_no"

    [question.q2]
    kind = "single"
    title = "q2"
    scale = "yes_no"

    [question.likes]
    kind = "single"
    title = "likes"
    categories = [{ value = "1", label = "Not" }, "2"]
    categoriesOrdered = true

    [question.here]
    kind = "single"
    title = "here"
    categories = [
      { value = "true", label = "Yes", aliases = ["True", "TRUE", "1"] },
      { value = "0", label = "No" },
    ]

    [question.when]
    kind = "date"
    title = "when"

    # A date written as ISO 8601; here all have one form, `dates`.
    [question.then]
    kind = "text"
    title = "then"

    # Several answers in one cell, and nothing says which there are: with `categories` this is `kind
    # = "multi"`.
    [question.all]
    kind = "text"
    title = "all"

    # The type was `geopoint`.
    # No counterpart here: `rdfType`: "http://example.org/place"
    [question.where]
    kind = "text"
    title = "where"

    # No counterpart here: `maxLength`: 20
    [question.free]
    kind = "text"
    title = "free"
    constraints = { pattern = "[a-z]+" }
    "#);
    loaded(&text);
}

/// What is said of a text: code, place, headline, remedy.
fn said(text: &str) -> String {
    let findings = from_table_schema("s.json", text).expect_err("findings");
    let lines = findings.iter().map(|finding| {
        let place = finding.place.clone().unwrap_or_default();
        let at = (place.line.unwrap_or(0), place.character.unwrap_or(0));
        let help = finding.help.as_deref().unwrap_or("none");
        let column = place.column.unwrap_or_default();
        format!("{} {at:?} {column}: {} -> {help}", finding.code.id, finding.headline)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_no_json_is_said_with_its_place() {
    insta::assert_snapshot!(said("{\n  \"fields\": [,]\n}"), @r#"
    S001 (2, 14) : the file is not JSON: expected value -> mend the place; an editor that knows JSON marks it
    "#);
    insta::assert_snapshot!(said(""), @r#"
    S001 (1, 1) : the file is not JSON: EOF while parsing a value -> mend the place; an editor that knows JSON marks it
    "#);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = "{ \"fields\": [\n  { \"name\": \"a\", \"type\": \"text\" },\n  7,\n  \
                { \"type\": \"string\", \"title\": 3 },\n  { \"name\": \"b\", \"constraints\": [] },\n  \
                { \"name\": \"b\", \"type\": \"strings\" },\n  { \"name\": \"b\" }\n] }";
    insta::assert_snapshot!(said(text), @r#"
    S003 (2, 26) fields[0].type: there is no type `text` -> write one of the standard's types, such as `string`
    S002 (3, 3) fields[1]: an object is needed here, not `7` -> write it in braces: `{ ... }`
    S002 (4, 3) fields[2].name: a field has no name -> add `name`: the header of the column
    S002 (5, 33) fields[3].constraints: an object is needed here, not a list -> write it in braces: `{ ... }`
    S003 (6, 26) fields[4].type: there is no type `strings` -> did you mean `string`?
    S004 (7, 13) fields[5].name: two fields have the name `b` -> rename one of the columns
    "#);
    insta::assert_snapshot!(said("[1]"), @r#"
    S002 (1, 1) : an object is needed here, not a list -> write it in braces: `{ ... }`
    "#);
    insta::assert_snapshot!(said("{ \"resources\": [] }"), @r#"
    S002 (1, 1) : the file has no list `fields` -> give a Table Schema; in a data package it stands at `resources[0].schema`
    "#);
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    assert!(
        from_table_schema("s.json", "\u{feff}{ \"fields\": [{ \"name\": \"a\" }] }").is_ok()
    );
}

#[test]
fn fields_that_would_have_one_key_get_their_own() {
    let text =
        "{ \"fields\": [{ \"name\": \"a b\" }, { \"name\": \"a-b\" }, { \"name\": \"2\" }] }";
    let text = from_table_schema("s.json", text).expect("readable");
    for heading in ["[question.a_b]", "[question.a_b_2]", "[question.q_2]"] {
        assert!(text.contains(heading), "{heading} in {text}");
    }
    loaded(&text);
}

/// A text of any letters, marks and spaces.
fn words() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ -~é\u{feff}\n|\u{1F600}]{0,12}").expect("a pattern")
}

fn field() -> impl Strategy<Value = Value> {
    let types = ["string", "integer", "number", "boolean", "list", "date", "any", "year"];
    let list = prop::collection::vec((words(), prop::option::of(words())), 0..4);
    (words(), prop::sample::select(types.to_vec()), list, words()).prop_map(
        |(title, kind, list, pattern)| {
            let entry = |(value, label): (String, Option<String>)| match label {
                Some(label) => json!({ "value": value, "label": label }),
                None => json!({ "value": value }),
            };
            let categories: Vec<Value> = list.into_iter().map(entry).collect();
            json!({ "title": title, "type": kind, "categories": categories,
                    "description": pattern, "constraints": { "pattern": pattern } })
        },
    )
}

proptest! {
    #[test]
    fn whatever_can_be_read_can_be_loaded(
        names in prop::collection::btree_set(words(), 1..6),
        fields in prop::collection::vec(field(), 6),
    ) {
        let named = names.into_iter().zip(fields).map(|(name, mut field)| {
            field["name"] = json!(name);
            field
        });
        let schema = json!({ "fields": named.collect::<Vec<_>>() }).to_string();
        loaded(&from_table_schema("s.json", &schema).expect("readable"));
    }
}
