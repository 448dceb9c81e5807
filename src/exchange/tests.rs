//! There and back: what goes out as Table Schema comes back as the same questionnaire.

use super::{Options, from_table_schema, table_schema};
use crate::diagnostic::{Findings, Place, concise};
use crate::questionnaire::{Questionnaire, load};

pub(super) const SCHEMAS: [&str; 3] = [
    include_str!("../../schemas/safeguarding.toml"),
    include_str!("../../schemas/flying-etiquette.toml"),
    include_str!("../../schemas/api-schools.toml"),
];

/// A schema with everything that the samples do not use.
pub(super) const ODD: &str = r#"
format = 1
id = "odd"
[source]
dialect = "limesurvey"
header_rows = 1
encoding = "cp1252"
skip_rows = 2
footer_rows = 1
decimal = ","
delimiter = ";"
dates = "%-d.%-m.%Y"
missingValues = ["-9", { value = "N/A", label = "Not applicable" }, { from = -99, to = -97, label = "Refused" }]
complete = { column = "lastpage", values = ["7"] }
key = { column = "id", duplicates = "last" }
unknown_columns = "keep"
personal = ["token"]
limits = { warn_rows = "0.1%", fail_rows = "12.5%" }
[quality.speeders]
column = "interviewtime"
when = "29% of median"
then = "set_aside"
[quality.straight_lining]
questions = ["views"]
when = 2
[quality.attention]
right = { single = "Yes" }
then = "fail"
[quality.partials]
when = "50%"
[question.single]
kind = "single"
text = "Asked in words?"
column = "q1"
aliases = ["q01"]
categories = ["Yes", { value = "2", label = "No", id = "n", aliases = ["Nay", "Nein"] }, "It \"depends\", é\n"]
nonsubstantive = [{ value = "9", label = "Don't know" }]
nets = { "Z" = ["No"], "A" = ["Yes", "No"] }
other = "Something else"
other_column = "q1[other]"
missingValues = ["?"]
required = true
within = "scored"
[question.ten]
kind = "single"
range = [0, 10]
nonsubstantive = ["Don't know"]
asked_if = "single = 'No'   or single in ('Yes','No')"
required = true
[question.views]
kind = "grid"
title = "Views"
differences = { "Above" = ["5", "1"] }
rows = ["One", { label = "Two", id = "second", aliases = ["zwei"] }, { label = "Three", column = "v[3]" }]
range = [1, 5]
fold = ["invisible", "case"]
[question.picks]
kind = "multi"
title = "Picks"
categories = ["Pay", { label = "Time", value = "T", aliases = ["Zeit"], id = "hours", merge_into = "Pay" }]
picked = ["Y"]
not_picked = ["N"]
exclusive = ["Time"]
max = 2
categoriesOrdered = true
sensitive = true
other = "Other"
[question.joined]
kind = "multi"
delimiter = "; "
categories = ["Pay", { label = "Time", value = "T", aliases = ["Zeit"] }]
pinned = ["Time"]
[question.first]
kind = "rank"
title = "First"
places = 2
rows = ["Pay", { label = "Time", id = "hours" }]
[question.order]
kind = "rank"
title = "Order"
rows = ["Pay", "Time"]
[question.again]
kind = "grid"
rows = ["Pay", "Time"]
categories = ["Less", "More"]
[question.age]
kind = "number"
constraints = { minimum = 0.5, maximum = 120 }
unit = "years"
base = "everyone"
note = "A note."
report = false
[question.promote]
kind = "single"
range = [0, 10]
nps = true
[question.day]
kind = "date"
[question.code]
kind = "text"
constraints = { pattern = "[A-Z]{2}|\\d+" }
[question.scored]
kind = "single"
categories = ["Yes", "No"]
scores = { "Yes" = 1.5, "No" = -1 }
[question.also_scored]
kind = "single"
categories = ["Yes", "No"]
scores = { "Yes" = 1.5, "No" = -1 }
pinned = ["No"]
"#;

pub(super) fn loaded(text: &str) -> Questionnaire {
    let mut findings = Findings::default();
    let questionnaire = load("schema.toml", text, &mut |_, _| None, &mut findings);
    let said: Vec<String> = findings.list().iter().map(concise).collect();
    questionnaire.unwrap_or_else(|_| panic!("{}\n{text}", said.join("\n")))
}

/// Everything that a questionnaire says, a line for each part, without where it was typed.
fn said(questionnaire: &Questionnaire) -> Vec<String> {
    let head = format!("{} {:?}", questionnaire.id, questionnaire.source);
    let quality = format!("{:?}", questionnaire.quality);
    let questions = questionnaire.questions.iter().map(|question| {
        let mut question = question.clone();
        let asked_if = question.asked_if.take().map(|e| e.to_string());
        question.place = Place::default();
        format!("{question:?} {asked_if:?}")
    });
    [head, quality].into_iter().chain(questions).collect()
}

fn there_and_back(text: &str, options: &Options<'_>) {
    let before = loaded(text);
    let json = table_schema(&before, options);
    let written = from_table_schema("schema.json", &json).expect("readable");
    let after = loaded(&written);
    for (before, after) in said(&before).iter().zip(said(&after)) {
        assert_eq!(*before, after, "\n{written}");
    }
    assert_eq!(before.questions.len(), after.questions.len());
    assert_eq!(table_schema(&after, options), json);
}

#[test]
fn the_samples_come_back_as_they_went() {
    for text in SCHEMAS {
        there_and_back(text, &Options::default());
    }
}

#[test]
fn so_does_every_key_of_the_schema() {
    there_and_back(ODD, &Options::default());
    there_and_back(ODD, &Options { labelled: true, ..Options::default() });
}

#[test]
fn so_does_a_schema_whose_fields_are_named_as_a_file_has_them() {
    let headers = ["Gender", "Age", "How tall are you?"].map(str::to_owned);
    let design = ["weight".to_owned()];
    let options = Options { labelled: false, headers: &headers, written: &[], design: &design };
    there_and_back(SCHEMAS[1], &options);
}
