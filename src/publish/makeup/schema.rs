//! The JSON Schema of what `results.json` says of its tables. Knows no report.

use serde_json::{Value, json};

use crate::publish::schema::named;

/// How figures are rounded.
pub(in crate::publish) fn rounding() -> Value {
    json!({
        "description": "How figures are rounded, and of what they are. Bases are rounded to \
                        base_step of disclosure.",
        "type": "object",
        "required": ["weighted", "percent_decimals", "mean_decimals", "weight_spread"],
        "additionalProperties": false,
        "properties": {
            "weighted": {
                "description": "Whether figures are of weights; bases are of people.",
                "type": "boolean",
            },
            "percent_decimals": { "description": "Of percentages.", "type": "integer" },
            "mean_decimals": { "description": "Of means and medians.", "type": "integer" },
            "weight_spread": {
                "description": "Standard deviation of the weights over their mean; 0 without \
                                weights; null if it would give the size of a small group away.",
                "type": ["number", "null"],
            },
        },
    })
}

/// What figures are made of.
pub(in crate::publish) fn tables() -> Value {
    json!({
        "description": "What the figures of each table are made of, as far as the questionnaire \
                        says it.",
        "type": "array",
        "items": {
            "type": "object",
            "required": [
                "name", "question", "kind", "items", "banner", "filter", "percent_of",
                "sensitive", "overlapping", "partial", "base", "groups", "rows",
            ],
            "additionalProperties": false,
            "properties": {
                "name": { "description": "As in the records.", "type": "string" },
                "question": { "description": "The question's id.", "type": "string" },
                "kind": {
                    "description": "One answer, several, a number, or items put in order.",
                    "enum": ["single", "multi", "number", "rank"],
                },
                "items": named("The items of a grid or ranking; none if there are none."),
                "banner": ids("The questions whose groups are the columns, the outermost \
                               first; none of a table of all."),
                "filter": {
                    "description": "Who is counted, in words; null for everybody.",
                    "type": ["string", "null"],
                },
                "percent_of": {
                    "description": "What percentages are of.",
                    "enum": ["column", "row", "total", "mentions", "count"],
                },
                "sensitive": flag("Whether small_sensitive is its threshold."),
                "overlapping": flag("Whether somebody can be in several groups."),
                "partial": flag("Whether somebody in the total is in no group."),
                "base": ids("The answers in the base; places and unplaced of a ranking."),
                "groups": groups(),
                "rows": rows(),
            },
        },
    })
}

fn flag(about: &str) -> Value {
    json!({ "description": about, "type": "boolean" })
}

fn ids(about: &str) -> Value {
    json!({ "description": about, "type": "array", "items": { "type": "string" } })
}

fn groups() -> Value {
    json!({
        "description": "The columns after the total.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "label", "answers", "made_of"],
            "additionalProperties": false,
            "properties": {
                "id": { "description": "As figures are named.", "type": "string" },
                "label": { "description": "As in the records.", "type": "string" },
                "answers": {
                    "description": "For each question of the banner, the answers in the group.",
                    "type": "array",
                    "items": { "type": "array", "items": { "type": "string" } },
                },
                "made_of": {
                    "description": "The answers to another question that the group is made of, \
                                    where the poll file makes one of the other; null \
                                    for all others.",
                    "type": ["object", "null"],
                    "required": ["question", "answers"],
                    "additionalProperties": false,
                    "properties": {
                        "question": { "description": "The other's id.", "type": "string" },
                        "answers": ids("Its answers."),
                    },
                },
            },
        },
    })
}

fn rows() -> Value {
    json!({
        "description": "The rows. A row has answers, or plus and minus, or scores; a median \
                        has none of them.",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "label", "statistic"],
            "additionalProperties": false,
            "properties": {
                "id": { "description": "As figures are named.", "type": "string" },
                "label": { "description": "As in the records.", "type": "string" },
                "statistic": { "description": "As in the records.", "type": "string" },
                "answers": ids("Whoever gave any of these is counted."),
                "plus": ids("The answers that a difference adds."),
                "minus": ids("The answers that it takes away."),
                "scores": {
                    "description": "The score of each answer in a mean.",
                    "type": "object",
                    "additionalProperties": { "type": "number" },
                },
            },
        },
    })
}
