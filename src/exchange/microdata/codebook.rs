//! The codebook of the records: as a Table Schema for programs, and as a page for people.
//!
//! Takes the columns, counts respondents, and leaves form and markup to the writers of
//! `table_schema` and `codebook`.

use serde_json::{Value, json};

use super::super::codebook::book::{Book, Entry, Fact, Run, Table, Text, code, fact, words};
use super::super::codebook::{html, question};
use super::super::table_schema::descriptor::{
    Categories, Category, Constraints, Descriptor, Facts, Field, Missing, PROFILE,
};
use super::column::{Cells, Column, Meaning};
use crate::prepare::Sample;
use crate::questionnaire::{Question, Questionnaire};

/// What is described.
pub(super) struct Records<'a> {
    pub(super) columns: &'a [Column<'a>],
    pub(super) sample: &'a Sample,
}

impl Records<'_> {
    fn questionnaire(&self) -> &Questionnaire {
        self.sample.questionnaire()
    }

    fn question(&self, column: &Column<'_>) -> Option<&Question> {
        self.questionnaire().questions.get(column.question?)
    }
}

/// The records as Table Schema, version 2: a field for each column, with labels for codes
/// and how many respondents have each. Reasons for no answer stand twice, since few readers
/// understand labels of missing values yet.
pub(super) fn schema(records: &Records<'_>) -> String {
    let mut survey = Facts::default();
    survey.say("id", records.questionnaire().id.as_str());
    survey.say("rows", records.sample.design().weights.len());
    let descriptor = Descriptor {
        profile: PROFILE,
        survey,
        fields: records.columns.iter().map(|column| field(records, column)).collect(),
        fields_match: "exact",
        missing_values: Missing::Plain(vec![String::new()]),
        primary_key: None,
    };
    // Texts and finite numbers: nothing that JSON cannot hold.
    serde_json::to_string_pretty(&descriptor).unwrap_or_default() + "\n"
}

fn field(records: &Records<'_>, column: &Column<'_>) -> Field {
    let question = records.question(column);
    let title = match question {
        Some(question) if question.title != column.part => {
            format!("{}: {}", question.title, column.part)
        }
        _ => column.part.clone(),
    };
    let mut survey = Facts::default();
    survey.say("question", question.map(|question| question.id.as_str()));
    survey.say("kind", question.map_or("design", |question| question.kind.name()));
    survey.say("missingValues", json!(listed(column, true)));
    survey.say("counts", counts(column));
    let description = question.map(|question| question.text.clone());
    let answers = listed(column, false);
    let values = answers.iter().map(|category| category.value.clone()).collect();
    let reasons = codes(column).into_iter().filter(|(meaning, _)| meaning.missing);
    let missing: Vec<String> = reasons.map(|(meaning, _)| meaning.code.to_string()).collect();
    Field {
        name: column.name.clone(),
        description: description.filter(|text| *text != title),
        title: Some(title),
        kind: match column.cells {
            Cells::Codes(..) | Cells::Units(_) => "integer",
            Cells::Numbers(_) => "number",
            Cells::Days(_) => "date",
        },
        categories: Categories(answers),
        categories_ordered: question.and_then(|question| question.ordered.then_some(true)),
        missing_values: Some(missing).filter(|list| !list.is_empty()).map(Missing::Plain),
        constraints: Constraints { list: values, ..Constraints::default() },
        survey,
        ..Field::default()
    }
}

/// The codes that stand for answers, or those that are reasons for none.
fn listed(column: &Column<'_>, missing: bool) -> Vec<Category> {
    let value = |code: i64| if missing { code.to_string().into() } else { Value::from(code) };
    let wanted = codes(column).into_iter().filter(|(meaning, _)| meaning.missing == missing);
    let label = |m: &Meaning| Some(m.label.clone());
    wanted.map(|(m, _)| Category { value: value(m.code), label: label(m) }).collect()
}

/// How many respondents have each code; of numbers, how many have one.
fn counts(column: &Column<'_>) -> Value {
    if !matches!(column.cells, Cells::Codes(..)) {
        return numbers(column).into();
    }
    let codes = codes(column).into_iter();
    Value::Object(codes.map(|(m, count)| (m.code.to_string(), Value::from(count))).collect())
}

/// Each code and how many respondents have it: answers as they were offered, then reasons;
/// strata in order.
fn codes<'c>(column: &'c Column<'_>) -> Vec<(&'c Meaning, u64)> {
    let Cells::Codes(codes, meanings) = &column.cells else { return Vec::new() };
    let mut found: Vec<(&Meaning, u64)> = meanings.iter().map(|m| (m, 0)).collect();
    for row in 0..codes.len() {
        if let Some((_, count)) = found.get_mut(codes.get(row)) {
            *count += 1;
        }
    }
    if column.question.is_none() {
        found.sort_by_key(|(meaning, _)| meaning.code);
    }
    found
}

/// How many respondents have a number at all.
fn numbers(column: &Column<'_>) -> usize {
    match &column.cells {
        Cells::Codes(codes, _) => codes.len(),
        Cells::Numbers(all) | Cells::Days(all) => all.iter().filter(|n| !n.is_nan()).count(),
        Cells::Units(units) => units.len(),
    }
}

/// The same as a page to read.
pub(super) fn page(records: &Records<'_>) -> String {
    let questionnaire = records.questionnaire();
    let questions = questionnaire.questions.iter().enumerate();
    let design = records.columns.iter().filter(|column| column.question.is_none());
    let design = design.filter(|column| matches!(column.cells, Cells::Codes(..)));
    html::page(&Book {
        title: format!("Codebook of the records: {}", questionnaire.id),
        lead: words(
            "One row for each respondent who is counted, one column for each question, item or \
             answer of several. Private: rows without names can still point at persons.",
        ),
        file: file(records),
        missing: None,
        questions: design
            .map(|column| Entry {
                id: column.name.clone(),
                title: column.part.clone(),
                text: None,
                note: None,
                facts: Vec::new(),
                tables: vec![table(&column.name, &column.part, &[column])],
            })
            .chain(questions.map(|(at, question)| entry(records, at, question)))
            .collect(),
    })
}

/// What is true of the whole file.
fn file(records: &Records<'_>) -> Vec<Fact> {
    let mut facts = vec![
        fact("Rows", words(records.sample.design().weights.len().to_string())),
        fact(
            "Order",
            words(
                "by what the rows hold, column by column: nothing is left of the order in which \
                 people answered",
            ),
        ),
        fact("No answer", no_answer()),
        fact("Left out", words("the key, personal columns, words that people wrote")),
    ];
    for column in records.columns.iter().filter(|column| column.question.is_none()) {
        let mut text = code(&column.name);
        text.push(Run::Words(format!(": {}", column.part)));
        facts.push(fact("Design", text));
    }
    facts
}

fn no_answer() -> Text {
    let mut text =
        words("a negative code, the same in all columns; in a column of numbers or ");
    text.extend(words("days an empty cell"));
    text
}

fn entry(records: &Records<'_>, at: usize, asked: &Question) -> Entry {
    let columns = records.columns.iter().filter(|column| column.question == Some(at));
    let columns: Vec<&Column<'_>> = columns.collect();
    let kind = fact("Kind", words(question::kind(asked)));
    let mut facts = vec![fact("Asked", question::asked(asked)), kind];
    if columns.is_empty() {
        facts.push(fact("Column", words("none: it is left out")));
    }
    Entry {
        id: asked.id.clone(),
        title: asked.title.clone(),
        text: Some(asked.text.clone()).filter(|text| *text != asked.title),
        note: asked.note.clone(),
        facts,
        tables: (!columns.is_empty())
            .then(|| table(&asked.id, &asked.title, &columns))
            .into_iter()
            .collect(),
    }
}

/// Every code of some columns, and how many respondents have it. Reasons that nobody has are
/// left out.
fn table(id: &str, title: &str, columns: &[&Column<'_>]) -> Table {
    Table {
        name: format!("{id}-codes"),
        caption: format!("{title}: codes"),
        head: vec!["Column", "Holds", "Code", "Meaning", "Respondents"],
        rows: columns.iter().flat_map(|column| lines(column)).collect(),
    }
}

fn lines(column: &Column<'_>) -> Vec<Vec<Text>> {
    let line = |number: Text, meaning: &str, count: String| {
        let start = [code(&column.name), words(&column.part)];
        start.into_iter().chain([number, words(meaning), words(count)]).collect()
    };
    let what = match column.cells {
        Cells::Codes(..) => {
            let told = codes(column).into_iter().filter(|(m, count)| !m.missing || *count > 0);
            let told =
                told.map(|(m, n)| line(code(m.code.to_string()), &m.label, n.to_string()));
            return told.collect();
        }
        Cells::Days(_) => "a day",
        Cells::Numbers(_) | Cells::Units(_) => "a number",
    };
    vec![line(words("–"), what, numbers(column).to_string())]
}
