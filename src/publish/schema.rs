//! The JSON Schema of `results.json`, for programs that read it.
//!
//! Says of every column what it holds and when it is empty. A test holds the list against
//! the columns that are written. Knows no report.

use serde_json::{Map, Value, json};

use super::makeup::schema as makeup;
use crate::disclose::Status;
use crate::poll::Threshold;

/// What a field may hold.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    TextOrNothing,
    Number,
    Count,
    Statistic,
    Status,
    Verdict,
}

use Holds::{Count, Number, Text, TextOrNothing};

/// What every profile has, in order.
const PUBLIC: &[(&str, Holds, &str)] = &[
    ("poll", Text, "The poll's id."),
    ("wave", TextOrNothing, "The wave, if the poll names it."),
    ("table", Text, "The table's name, which is that of its chart too."),
    ("question", Text, "The question's id."),
    ("item", TextOrNothing, "The item's label, in a grid."),
    ("answer", Text, "The label of the answer, net or summary."),
    ("banner", TextOrNothing, "The variable whose groups are compared; null for all."),
    ("group", Text, "The group's label; Total for all."),
    ("statistic", Holds::Statistic, "What the figure is."),
    ("value", Number, "The figure as it is published; null where the status says why."),
    ("low", Number, "The lower end of its 95 % interval, where intervals are shown."),
    ("high", Number, "The upper end of its 95 % interval."),
    ("unit", TextOrNothing, "% or the unit of a number."),
    ("percent_of", TextOrNothing, "Whom a percentage is a share of."),
    ("base", Number, "Respondents in the base, rounded as the profile asks."),
    ("base_weighted", Number, "Their sum of weights; null in profile public."),
    ("base_effective", Number, "Kish's effective base."),
    (
        "status",
        Holds::Status,
        "[c] hidden to protect confidentiality, [z] not asked, [x] not available, [low] above \
         zero but rounds to zero: no value. [u] low reliability, [b] not comparable with \
         earlier waves: the value stands, but a change has none. null: nothing to say.",
    ),
    ("compared_with", TextOrNothing, "What the figure was tested against."),
    ("verdict", Holds::Verdict, "How the test came out; null where nothing was tested."),
];

/// What the analyst has besides.
const ANALYST: &[(&str, Holds, &str)] = &[
    ("se", Number, "Standard error, in the unit of the value."),
    ("df", Number, "Degrees of freedom."),
    ("deff", Number, "Design effect against simple random sampling with replacement."),
    ("n", Count, "Respondents in the base, unweighted."),
    ("interval_method", TextOrNothing, "How the interval was made."),
];

/// Statuses that leave no value.
const WITHOUT: [Status; 4] =
    [Status::Confidential, Status::NotAsked, Status::NotAvailable, Status::Low];

/// The JSON Schema (draft 2020-12) of `results.json`, pretty-printed.
#[must_use]
pub fn json_schema() -> String {
    let analyst = json!({ "properties": { "poll": { "properties": {
        "profile": { "const": "analyst" } } } } });
    let no_more = ANALYST.iter().map(|(name, ..)| ((*name).to_owned(), Value::Bool(false)));
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pollsmith: results.json",
        "description": "One record for each released figure of a poll, under the names of the \
                        columns of results.csv.",
        "type": "object",
        "required": ["format", "poll", "method", "results"],
        "additionalProperties": false,
        "properties": {
            "format": { "description": "The version of this form.", "const": 1 },
            "poll": poll(),
            "method": method(),
            "disclosure": disclosure(),
            "questions": questions(),
            "banners": banners(),
            "quotes": quotes(),
            "rounding": makeup::rounding(),
            "tables": makeup::tables(),
            "results": { "description": "The figures.", "type": "array", "items": record() },
        },
        "if": analyst,
        "then": items(&json!({ "required": names(ANALYST) })),
        "else": items(&json!({ "properties": no_more.collect::<Map<_, _>>() })),
    });
    format!("{schema:#}\n")
}

/// What holds for all records.
fn items(rule: &Value) -> Value {
    json!({ "properties": { "results": { "items": rule } } })
}

fn names(columns: &[(&'static str, Holds, &str)]) -> Vec<&'static str> {
    columns.iter().map(|(name, ..)| *name).collect()
}

fn poll() -> Value {
    json!({
        "description": "What identifies the poll.",
        "type": "object",
        "required": ["id", "title", "wave", "synthetic", "profile", "status", "respondents"],
        "additionalProperties": false,
        "properties": {
            "id": { "description": "Names the release.", "type": "string" },
            "title": { "description": "The title of the report.", "type": "string" },
            "wave": { "description": "The wave.", "type": ["string", "null"] },
            "synthetic": { "description": "Whether the data are made up.", "type": "boolean" },
            "profile": {
                "description": "Who may read it.",
                "enum": ["public", "officers", "analyst"],
            },
            "status": {
                "description": "What the report is.",
                "enum": ["draft", "embargoed", "final", "corrected"],
            },
            "respondents": {
                "description": "Respondents in the whole poll, exact.",
                "type": "integer",
                "minimum": 0,
            },
        },
    })
}

fn method() -> Value {
    json!({
        "description": "How the poll was done: keys of [method] in the poll file.",
        "type": "object",
        "additionalProperties": { "type": "string" },
    })
}

fn disclosure() -> Value {
    let count = |threshold: Threshold| {
        (threshold.name().to_owned(), json!({ "type": "integer", "minimum": 0 }))
    };
    let mut properties: Map<String, Value> = Threshold::ALL.into_iter().map(count).collect();
    let reason = json!({ "description": "Why some are not the usual ones.",
                         "type": ["string", "null"] });
    properties.insert("reason".to_owned(), reason);
    json!({
        "description": "The thresholds by which figures are hidden, marked and rounded: keys of \
                        [disclosure] in the poll file.",
        "type": "object",
        "required": properties.keys().collect::<Vec<_>>(),
        "additionalProperties": false,
        "properties": properties,
    })
}

fn questions() -> Value {
    json!({
        "description": "What was asked, where the file says it.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": { "description": "The question's id.", "type": "string" },
                "title": { "description": "The short title.", "type": "string" },
                "text": { "description": "The question as it was put.", "type": "string" },
                "base": { "description": "Whom percentages are of.", "type": "string" },
                "items": named("The items of a grid or ranking."),
                "answers": named("The rows of its tables."),
            },
        },
    })
}

fn banners() -> Value {
    json!({
        "description": "The variables by whose groups there are figures.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "title", "groups"],
            "additionalProperties": false,
            "properties": {
                "id": { "description": "The variable's id.", "type": "string" },
                "title": { "description": "In words.", "type": "string" },
                "groups": named("The groups."),
            },
        },
    })
}

fn quotes() -> Value {
    json!({
        "description": "What members wrote, each text approved by a person; absent if none is.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["question", "text", "attribute"],
            "additionalProperties": false,
            "properties": {
                "question": { "description": "The question's id.", "type": "string" },
                "text": { "description": "The words, on one line.", "type": "string" },
                "attribute": {
                    "description": "The group of whoever wrote it; null if it may not be told.",
                    "type": ["string", "null"],
                },
            },
        },
    })
}

/// A list of ids and labels.
pub(super) fn named(about: &str) -> Value {
    json!({
        "description": about,
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "label"],
            "properties": {
                "id": { "description": "As figures are named.", "type": "string" },
                "label": { "description": "As it is printed.", "type": "string" },
            },
        },
    })
}

/// One figure; a field that has nothing to say is null, and never absent.
fn record() -> Value {
    let columns = PUBLIC.iter().chain(ANALYST);
    let properties =
        columns.map(|(name, holds, about)| ((*name).to_owned(), field(*holds, about)));
    json!({
        "type": "object",
        "required": names(PUBLIC),
        "additionalProperties": false,
        "properties": properties.collect::<Map<_, _>>(),
        "if": { "properties": { "status": { "enum": WITHOUT.map(Status::code) } } },
        "then": { "properties": {
            "value": { "type": "null" }, "low": { "type": "null" }, "high": { "type": "null" },
        } },
    })
}

fn field(holds: Holds, about: &str) -> Value {
    match holds {
        Text => json!({ "description": about, "type": "string" }),
        TextOrNothing => json!({ "description": about, "type": ["string", "null"] }),
        Number => json!({ "description": about, "type": ["number", "null"] }),
        Count => json!({ "description": about, "type": ["integer", "null"], "minimum": 0 }),
        Holds::Statistic => json!({ "description": about, "enum": [
            "percent", "percent_of_mentions", "mean", "median", "total", "nps", "net",
            "difference", "change",
        ] }),
        Holds::Status => json!({ "description": about, "enum": [
            "[c]", "[z]", "[x]", "[low]", "[u]", "[b]", null,
        ] }),
        Holds::Verdict => {
            json!({ "description": about, "enum": ["higher", "lower", "none", null] })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::columns;
    use super::*;
    use crate::poll::Profile;

    #[test]
    fn the_file_beside_the_others_is_up_to_date() {
        let held = include_str!("../../schemas/json/results.json");
        assert!(
            held == json_schema(),
            "write what `pollsmith schema json-schema results` prints"
        );
    }

    #[test]
    fn it_names_the_columns_that_are_written() {
        let written =
            |profile| -> Vec<&str> { columns(profile).iter().map(|(name, _)| *name).collect() };
        assert_eq!(names(PUBLIC), written(Profile::Public));
        assert_eq!([names(PUBLIC), names(ANALYST)].concat(), written(Profile::Analyst));
    }
}
