//! A small release for tests: an invented poll of members, with what a text can get wrong.

use std::fmt::Write as _;

use super::{Checked, Release, check, read};

const HEAD: &str = r#"{
  "format": 1,
  "poll": {"id": "pause", "title": "Pause", "wave": "2024-01", "synthetic": false, "profile": "public",
    "status": "final", "respondents": 4678},
  "method": {"sampling": "nonprobability", "invited": "61240", "completed": "4716",
    "population": "Teachers in state schools in England who are members of the union"},
  "questions": [
    {"id": "adequate", "title": "Was the two-week pause adequate?", "text": "Was it?",
     "answers": [{"id": "dk", "label": "Don't know"}]},
    {"id": "views", "title": "Views of inspection", "text": "How far do you agree or disagree?",
     "items": [{"id": "harms", "label": "Inspection harms the mental health of staff"},
               {"id": "helps", "label": "Inspection helps my school to get better"}]},
    {"id": "effects", "title": "What inspection has meant", "text": "Tick all that apply"},
    {"id": "visit", "title": "The last inspection", "text": "How would you describe that inspection?"},
    {"id": "workload", "title": "How manageable the workload is"},
    {"id": "stress", "title": "Share of working time under stress"},
    {"id": "hours", "title": "Hours worked in the last full week",
     "answers": [{"id": "mean", "label": "Mean (hours)"}, {"id": "median", "label": "Median (hours)"}]}],
  "banners": [
    {"id": "phase", "groups": [{"id": "primary", "label": "Nursery and primary"}]},
    {"id": "sex", "groups": []}],
  "results": ["#;

/// question, item, answer, banner, group, statistic, value, status, verdict
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    f64,
    &'static str,
    &'static str,
);

const ROWS: &[Row] = &[
    ("adequate", "", "Yes", "", "Total", "percent", 3.0, "", ""),
    ("adequate", "", "No", "", "Total", "percent", 94.0, "", ""),
    ("adequate", "", "Don't know", "", "Total", "percent", 3.0, "", ""),
    ("adequate", "", "Yes", "phase", "Nursery and primary", "percent", 5.0, "", "higher"),
    ("adequate", "", "No", "phase", "Nursery and primary", "percent", 92.0, "", "lower"),
    ("adequate", "", "Yes", "phase", "Secondary", "percent", 2.0, "", "lower"),
    ("adequate", "", "No", "phase", "Secondary", "percent", 96.0, "", "higher"),
    ("adequate", "", "Yes", "phase", "Sixth form", "percent", 6.0, "[u]", "none"),
    ("adequate", "", "No", "phase", "Sixth form", "percent", 93.0, "[u]", ""),
    (
        "adequate",
        "",
        "Yes",
        "phase",
        "Special or alternative provision",
        "percent",
        f64::NAN,
        "[c]",
        "",
    ),
    (
        "adequate",
        "",
        "No",
        "phase",
        "Special or alternative provision",
        "percent",
        f64::NAN,
        "[c]",
        "",
    ),
    ("adequate", "", "No", "sex", "Female", "percent", 95.0, "", "none"),
    ("adequate", "", "No", "sex", "Male", "percent", 93.0, "", "none"),
    (
        "views",
        "Inspection harms the mental health of staff",
        "Strongly agree",
        "",
        "Total",
        "percent",
        63.0,
        "",
        "",
    ),
    (
        "views",
        "Inspection harms the mental health of staff",
        "All agree",
        "",
        "Total",
        "net",
        91.0,
        "",
        "",
    ),
    (
        "views",
        "Inspection harms the mental health of staff",
        "All disagree",
        "",
        "Total",
        "net",
        f64::NAN,
        "[low]",
        "",
    ),
    (
        "views",
        "Inspection helps my school to get better",
        "All agree",
        "",
        "Total",
        "net",
        16.0,
        "",
        "",
    ),
    (
        "views",
        "Inspection helps my school to get better",
        "All disagree",
        "",
        "Total",
        "net",
        64.0,
        "",
        "",
    ),
    ("effects", "", "Longer working hours", "", "Total", "percent", 78.0, "", ""),
    ("effects", "", "Harm to my mental health", "", "Total", "percent", 58.0, "", ""),
    ("effects", "", "Strain on my life at home", "", "Total", "percent", 50.0, "", ""),
    ("visit", "", "All positive", "", "Total", "net", 15.0, "", ""),
    ("visit", "", "All negative", "", "Total", "net", 68.0, "", ""),
    ("workload", "", "Only just manageable", "", "Total", "percent", 37.0, "", ""),
    ("workload", "", "Unmanageable all of the time", "", "Total", "percent", 11.0, "", ""),
    ("workload", "", "Manageable", "", "Total", "net", 22.0, "", ""),
    ("workload", "", "Unmanageable", "", "Total", "net", 41.0, "", ""),
    ("workload", "", "Unmanageable", "", "Total", "change", 5.0, "", "higher"),
    ("stress", "", "60% to 79%", "", "Total", "percent", 29.0, "", ""),
    ("hours", "", "Mean (hours)", "", "Total", "mean", 50.8, "", ""),
    ("hours", "", "Median (hours)", "", "Total", "median", 51.0, "", ""),
];

/// The wave before.
const EARLIER: &[Row] = &[
    ("adequate", "", "Yes", "", "Total", "percent", 4.0, "", ""),
    ("workload", "", "Unmanageable", "", "Total", "net", 36.0, "", ""),
];

/// The text of `results.json`.
pub(super) fn results() -> String {
    let mut text = HEAD.to_owned();
    for (place, row) in ROWS.iter().chain(EARLIER).enumerate() {
        let wave = if place < ROWS.len() { "2024-01" } else { "2023-11" };
        let (question, item, answer, banner, group, statistic, value, status, verdict) = *row;
        let some =
            |text: &str| if text.is_empty() { "null".to_owned() } else { format!("{text:?}") };
        let value = if value.is_nan() { "null".to_owned() } else { value.to_string() };
        let of = match question {
            "visit" => "members whose school was inspected in the past 12 months",
            _ => "all who answered",
        };
        let unit = if question == "hours" { "hours" } else { "%" };
        let against = if statistic == "change" { "\"2023-11\"" } else { "null" };
        let comma = if place == 0 { "" } else { "," };
        let _ = write!(
            text,
            "{comma}\n{{\"wave\": {wave:?}, \"question\": {question:?}, \"item\": {}, \"answer\": {answer:?}, \
             \"banner\": {}, \"group\": {group:?}, \"statistic\": {statistic:?}, \
             \"value\": {value}, \"low\": null, \"high\": null, \"unit\": {unit:?}, \
             \"percent_of\": {of:?}, \"base\": 4580, \"base_effective\": 4000, \
             \"status\": {}, \"compared_with\": {against}, \"verdict\": {}}}",
            some(item),
            some(banner),
            some(status),
            some(verdict),
        );
    }
    text + "\n]}"
}

/// The release.
pub(super) fn release() -> Release {
    read("results.json", &results()).expect("a release")
}

/// What is found in a text: code, and the words that are quoted.
pub(super) fn found(text: &str) -> Vec<(&'static str, String)> {
    let findings = checked(text).findings;
    findings.into_iter().map(|f| (f.code.id, f.value.unwrap_or_default())).collect()
}

/// All that is found.
pub(super) fn checked(text: &str) -> Checked {
    check("press.md", text, &release())
}
