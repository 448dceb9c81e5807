//! The JSON Schema of the questionnaire, for editors.
//!
//! Made from the struct that a schema fills, so that it names the keys that are read and no
//! other. Here is what the struct does not tell: what `load` asks of the words besides.

use indexmap::IndexSet;
use schemars::Schema;
use serde_json::{Map, Value, json};

use super::typed;
use crate::document;

/// The id of an answer or item: lower case letters, digits and `_`. Of letters beyond
/// ASCII all are let through.
pub(super) const ID: &str = r"^([a-z0-9_]|[^\x00-\x7f])+$";

/// A share of rows: `0.5%` or `0.005`.
pub(super) const SHARE: &str = r"^ *[0-9]*\.?[0-9]+ *%? *$";

/// The threshold of a rule: `5`, `50%` or `30% of median`.
pub(super) const AMOUNT: &str = r"^ *[0-9]*\.?[0-9]+ *(% *(of median *)?)?$";

const KINDS: [&str; 7] = ["single", "multi", "grid", "rank", "number", "date", "text"];

/// Keys that go with some kinds only, as `load` has them.
const ONLY_WITH: [(&str, &[&str]); 9] = [
    ("categories", &["single", "multi", "grid"]),
    ("delimiter", &["multi"]),
    ("exclusive", &["multi"]),
    ("other", &["single", "multi"]),
    ("places", &["rank"]),
    ("range", &["single", "grid"]),
    ("rows", &["grid", "rank"]),
    ("scale", &["single", "multi", "grid"]),
    ("unit", &["number"]),
];

/// The JSON Schema (draft 2020-12) of the questionnaire, pretty-printed. It asks for the
/// usual case in the names of platforms and encodings, of which `load` makes nothing.
#[must_use]
pub fn json_schema() -> String {
    document::json_schema::<typed::Schema>()
}

/// The words of a list of choices, as they are and in lower case.
pub(super) fn words<T>(list: &[(&str, T)]) -> IndexSet<String> {
    let given = list.iter().map(|(word, _)| (*word).to_owned());
    given.chain(list.iter().map(|(word, _)| word.to_lowercase())).collect()
}

/// Says of a question which keys go with its kind and which it needs. A chain of `else`
/// and no list of rules: editors look for keys no further where they find `allOf`.
pub(super) fn by_kind(question: &mut Schema) {
    let chain = KINDS.iter().rev().fold(json!(true), |others, kind| rule(kind, &others));
    if let Value::Object(chain) = chain {
        question.ensure_object().extend(chain);
    }
}

fn rule(kind: &str, others: &Value) -> Value {
    let wrong = ONLY_WITH.iter().filter(|(_, kinds)| !kinds.contains(&kind));
    let wrong: Map<String, Value> =
        wrong.map(|(key, _)| ((*key).to_owned(), json!(false))).collect();
    let needed: &[&str] = if matches!(kind, "grid" | "rank") { &["rows"] } else { &[] };
    json!({
        "if": { "properties": { "kind": { "const": kind } }, "required": ["kind"] },
        "then": { "properties": wrong, "required": needed },
        "else": others,
    })
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::diagnostic::Findings;
    use crate::questionnaire::load;

    fn form() -> Value {
        json_schema().parse().unwrap()
    }

    fn question() -> Value {
        form()["properties"]["question"]["additionalProperties"].clone()
    }

    /// The headlines of what `load` says of a schema.
    fn said(text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        let _ = load("s.toml", text, &mut |_, _| None, &mut findings);
        findings.list().iter().map(|finding| finding.headline.clone()).collect()
    }

    #[test]
    fn the_file_for_editors_is_up_to_date() {
        let held = include_str!("../../schemas/json/schema.json");
        assert!(held == json_schema(), "write what `pollsmith schema json-schema` prints");
    }

    #[test]
    fn every_key_is_described() {
        assert_eq!(document::testing::undescribed(&form()), [""; 0]);
    }

    /// The keys that the chain forbids to a kind.
    fn forbidden(kind: &str) -> Map<String, Value> {
        let mut rule = question();
        while rule["if"]["properties"]["kind"]["const"] != kind {
            rule = rule["else"].take();
        }
        rule["then"]["properties"].as_object().unwrap().clone()
    }

    /// Some value of the type that a key has.
    fn value(form: &Value) -> &'static str {
        match form["type"].as_str().unwrap() {
            "string" => "\"x\"",
            "integer" => "1",
            "boolean" => "true",
            "object" => "{}",
            _ if form["items"]["type"] == "integer" => "[0, 1]",
            _ => "[\"x\"]",
        }
    }

    #[test]
    fn keys_go_with_kinds_as_in_load() {
        let question = question();
        assert_eq!(question["properties"]["kind"]["enum"], json!(KINDS));
        for kind in KINDS {
            let forbidden = forbidden(kind);
            for (key, form) in question["properties"].as_object().unwrap() {
                if key == "kind" {
                    continue;
                }
                let text =
                    format!("[question.q]\nkind = \"{kind}\"\n{key} = {}\n", value(form));
                let wrong = format!("`{key}` does not go with the kind of `question.q`");
                let refused = said(&text).contains(&wrong);
                assert_eq!(forbidden.contains_key(key), refused, "`{key}` with `{kind}`");
            }
        }
    }

    #[test]
    fn items_are_needed_as_in_load() {
        for kind in KINDS {
            let needed = said(&format!("[question.q]\nkind = \"{kind}\"\n"))
                .contains(&"`question.q` has no items".to_owned());
            let rule = rule(kind, &json!(true));
            assert_eq!(rule["then"]["required"] == json!(["rows"]), needed, "{kind}");
        }
    }

    #[test]
    fn words_are_those_of_load() {
        let form = form();
        for key in ["dialect", "encoding", "decimal", "delimiter"] {
            let words = form["properties"]["source"]["properties"][key]["enum"].clone();
            for word in words.as_array().unwrap() {
                let text = format!("format = 1\n[source]\n{key} = {word}\n");
                assert_eq!(said(&text), [""; 0], "{text}");
            }
            assert_ne!(said(&format!("format = 1\n[source]\n{key} = \"x\"\n")), [""; 0]);
        }
    }

    #[test]
    fn patterns_let_through_what_load_does() {
        let check = |pattern: &str, word: &str, text: &str| {
            assert!(Regex::new(pattern).unwrap().is_match(word), "{pattern}: {word}");
            assert_eq!(said(&format!("format = 1\n{text}\n")), [""; 0], "{word}");
        };
        for word in ["0.5%", "5 %", " 5%", ".5%", "0.005", "0"] {
            check(SHARE, word, &format!("[source.limits]\nwarn_rows = \"{word}\""));
        }
        for word in ["30% of median", " 30 %of median "] {
            check(AMOUNT, word, &format!("[quality.speeders]\nwhen = \"{word}\""));
        }
        for word in ["a", "2_b", "gŵr"] {
            let answer = format!("{{ label = \"A\", id = \"{word}\" }}");
            let question = "[question.q]\nkind = \"single\"\ncategories";
            check(ID, word, &format!("{question} = [{answer}]"));
        }
    }

    #[test]
    fn patterns_hold_back_what_load_refuses() {
        for (pattern, word) in [
            (SHARE, "half"),
            (SHARE, "-1%"),
            (SHARE, ""),
            (AMOUNT, "quick"),
            (AMOUNT, "30 of median"),
            (ID, "My id"),
            (ID, ""),
        ] {
            assert!(!Regex::new(pattern).unwrap().is_match(word), "{pattern}: {word}");
        }
    }
}
