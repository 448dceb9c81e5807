//! Single facts of an export; that nothing is lost is tested for the whole room.

use serde_json::{Value, json};

use super::super::tests::{ODD, loaded};
use super::{Options, table_schema};

fn exported(schema: &str, options: &Options<'_>) -> Value {
    let text = table_schema(&loaded(schema), options);
    serde_json::from_str(&text).expect("JSON")
}

fn odd() -> Value {
    exported(ODD, &Options::default())
}

fn field(schema: &Value, name: &str) -> Value {
    let fields = schema["fields"].as_array().expect("fields");
    let found = fields.iter().find(|field| field["name"] == name);
    found.unwrap_or_else(|| panic!("no field {name}")).clone()
}

fn with(source: &str, questions: &str) -> String {
    format!("format = 1\n[source]\n{source}\n{questions}")
}

const YES_NO: &str =
    "[question.a]\nkind = \"single\"\ntitle = \"Head\"\ncategories = [\"Yes\", \"No\"]\n";

#[test]
fn a_question_becomes_a_field() {
    let text = table_schema(&loaded(&with("", YES_NO)), &Options::default());
    insta::assert_snapshot!(text, @r#"
    {
      "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
      "survey:id": "questionnaire",
      "survey:source": {
        "limits": {
          "fail_rows": "5%",
          "warn_rows": "0.5%"
        },
        "missingValues": [
          {
            "label": "No answer",
            "value": ""
          }
        ],
        "unknown_columns": "reject"
      },
      "fields": [
        {
          "name": "a",
          "title": "Head",
          "type": "string",
          "categories": [
            "Yes",
            "No"
          ],
          "constraints": {
            "enum": [
              "Yes",
              "No"
            ]
          },
          "survey:group": "a",
          "survey:kind": "single",
          "survey:headers": [
            "a",
            "Head"
          ]
        }
      ],
      "fieldsMatch": "equal",
      "missingValues": [
        ""
      ]
    }
    "#);
}

#[test]
fn lists_stand_as_categories_and_as_an_enum_with_every_spelling() {
    let single = field(&odd(), "q1");
    assert_eq!(
        single["constraints"]["enum"].as_array().expect("a list")[..4],
        ["Yes", "2", "Nay", "Nein"]
    );
    assert_eq!(single["categories"][1], json!({ "value": "2", "label": "No" }));
    assert_eq!(single["categories"][2], json!({ "value": "Nay" }));
    let whole = field(&odd(), "ten");
    assert_eq!(whole["type"], "string", "an answer in words is among the numbers");
    let views = field(&odd(), "One");
    assert_eq!(
        (&views["type"], &views["constraints"]["enum"][4]),
        (&json!("integer"), &json!(5))
    );
}

#[test]
fn what_is_required_is_said_where_the_standard_can_say_it() {
    let odd = odd();
    assert_eq!(field(&odd, "q1")["constraints"]["required"], true);
    let routed = field(&odd, "ten");
    assert_eq!(routed["constraints"]["required"], Value::Null, "not everyone was asked");
    assert_eq!(routed["survey:required"], true);
}

#[test]
fn fields_match_as_the_policy_says() {
    let of = |source: &str| {
        exported(&with(source, YES_NO), &Options::default())["fieldsMatch"].clone()
    };
    assert_eq!(of(""), "equal");
    assert_eq!(of("unknown_columns = \"drop\""), "subset");
    assert_eq!(of("dialect = \"qualtrics\""), "subset", "platforms add columns of their own");
}

#[test]
fn a_key_that_may_occur_twice_is_no_primary_key() {
    let of = |source: &str| exported(&with(source, YES_NO), &Options::default());
    let once = of("key = { column = \"id\" }");
    assert_eq!(once["primaryKey"], json!(["id"]));
    assert_eq!(once["fields"][0]["constraints"], json!({ "required": true, "unique": true }));
    let twice = of("key = { column = \"id\", duplicates = \"last\" }");
    assert_eq!(twice["primaryKey"], Value::Null);
    assert_eq!(twice["fields"][0]["constraints"], json!({ "required": true }));
}

#[test]
fn missing_values_are_texts_or_have_labels_once_each() {
    assert_eq!(odd()["missingValues"], json!(["", "-9", "N/A", "-99", "-98", "-97"]));
    let labelled = exported(ODD, &Options { labelled: true, ..Options::default() });
    assert_eq!(
        labelled["missingValues"].as_array().expect("a list")[0..4],
        [
            json!({ "value": "", "label": "No answer" }),
            json!({ "value": "-9" }),
            json!({ "value": "N/A", "label": "Not applicable" }),
            json!({ "value": "-99", "label": "Refused" }),
        ]
    );
}

#[test]
fn personal_columns_are_flagged_and_columns_of_the_design_are_there() {
    let design = ["weight".to_owned(), "single".to_owned()];
    let schema = exported(ODD, &Options { design: &design, ..Options::default() });
    assert_eq!(field(&schema, "token")["survey:personal"], true);
    assert_eq!(field(&schema, "weight")["survey:role"], "design");
    let names = schema["fields"].as_array().expect("fields").iter();
    assert!(names.into_iter().all(|field| field["name"] != "single"), "a question's key");
}

#[test]
fn a_list_beside_which_any_text_may_stand_is_not_closed() {
    let question = format!("{YES_NO}other = \"Other\"\n");
    let open = exported(&with("", &question), &Options::default());
    let a = field(&open, "a");
    assert_eq!((&a["categories"], &a["constraints"]), (&Value::Null, &Value::Null));
    assert_eq!(a["survey:categories"], json!(["Yes", "No", "Other"]));
    let headers = ["Head", "a [Other]"].map(str::to_owned);
    let options = Options { headers: &headers, ..Options::default() };
    let apart = exported(&with("", &question), &options);
    assert_eq!(field(&apart, "Head")["constraints"]["enum"], json!(["Yes", "No", "Other"]));
    assert_eq!(field(&apart, "a [Other]")["survey:role"], "other-text");
}

#[test]
fn several_answers_are_a_list_or_a_field_each() {
    let odd = odd();
    let joined = field(&odd, "joined");
    assert_eq!((&joined["type"], &joined["delimiter"]), (&json!("list"), &json!("; ")));
    assert_eq!(joined["categories"], Value::Null, "the standard has none for lists");
    let pay = field(&odd, "picks [Pay]");
    assert_eq!(pay["constraints"]["enum"], json!(["Pay", "Y", "N", "Yes", "No"]));
    assert_eq!(pay["survey:answer"], json!({ "label": "Pay" }));
}

#[test]
fn items_of_one_name_in_two_grids_get_names_of_their_own() {
    let grid = |key: &str| {
        format!("[question.{key}]\nkind = \"grid\"\nrows = [\"Pay\"]\ncategories = [\"Yes\"]\n")
    };
    let schema = exported(&with("", &(grid("a") + &grid("b"))), &Options::default());
    let names = schema["fields"].as_array().expect("fields").iter().map(|f| &f["name"]);
    assert_eq!(names.collect::<Vec<_>>(), ["Pay", "b [Pay]"]);
}
