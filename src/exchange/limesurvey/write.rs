//! From rows of the instrument to questions of a schema.

use toml::{Table, Value};

use super::super::draft::{Entry, question_key, unused};
use super::condition::expression;
use super::{Asked, Form, List};

/// What blocks of rating questions are called, with a number from 0 behind it.
const BLOCK: &str = "likert";

/// The platform's code of the only item of a rating question.
const ONLY_ITEM: &str = "SQ001";

/// The open answer in the export's words.
const OTHER: &str = "Other";

/// Words that open several questions alike are a title from so many on.
const WORDS_OF_A_TITLE: usize = 4;

/// All questions, rating questions that stand together as one.
pub(super) fn entries(asked: &[Asked<'_>]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for block in asked.chunk_by(together) {
        let entry = if let [question] = block {
            let free = |key: &String| entries.iter().all(|entry| entry.key != *key);
            single(unused(&question_key(question.code), free), question, asked)
        } else {
            let grids = entries.iter().filter(|entry| entry.table.contains_key("rows"));
            let grids = grids.filter(|entry| entry.key.starts_with(BLOCK));
            grid(format!("{BLOCK}{}", grids.count()), block, asked)
        };
        entries.push(entry);
    }
    entries
}

/// Whether two rows are items of one block: the platform shows rating questions of a section
/// with one list of answers as one table.
fn together(one: &Asked<'_>, next: &Asked<'_>) -> bool {
    let name = |asked: &Asked<'_>| asked.list.map(|list| list.name.to_owned());
    let rating = one.form == Form::Rating && next.form == Form::Rating;
    let alike = one.section == next.section && one.condition == next.condition;
    rating && alike && name(one) == name(next)
}

fn grid(code: String, block: &[Asked<'_>], asked: &[Asked<'_>]) -> Entry {
    let mut notes = Vec::new();
    let mut table = Table::new();
    table.insert("kind".to_owned(), "grid".into());
    table.insert("title".to_owned(), opening(block).unwrap_or_else(|| code.clone()).into());
    if let Some(first) = block.first() {
        routing(first, asked, &mut table, &mut notes);
        list(first.list, &mut table);
    }
    let rows = block.iter().map(|question| {
        let column = format!("{code}[{}]", question.code);
        let id = question_key(question.code);
        entry(&[("label", question.text), ("id", &id), ("column", &column)])
    });
    table.insert("rows".to_owned(), Value::Array(rows.collect()));
    Entry { key: code, notes, table }
}

/// The words with which all questions of a block open, if they are enough for a title.
fn opening(block: &[Asked<'_>]) -> Option<String> {
    let (first, rest) = block.split_first()?;
    let words: Vec<&str> = first.text.split_whitespace().collect();
    let same = |count: &usize| {
        rest.iter()
            .all(|q| q.text.split_whitespace().take(*count).eq(words[..*count].iter().copied()))
    };
    let count = (WORDS_OF_A_TITLE..words.len()).rev().find(same)?;
    Some(format!("{} \u{2026}", words[..count].join(" ")))
}

fn single(key: String, question: &Asked<'_>, asked: &[Asked<'_>]) -> Entry {
    let mut notes = Vec::new();
    let mut table = Table::new();
    let kind = match question.form {
        Form::One | Form::Rating | Form::YesNo => "single",
        Form::Several => "multi",
        Form::Ranking => "rank",
        Form::Words => "text",
        Form::Number => "number",
        Form::Date => "date",
    };
    table.insert("kind".to_owned(), kind.into());
    table.insert("title".to_owned(), question.text.into());
    if !question.public {
        notes.push("The instrument keeps this question out of public data.".to_owned());
    }
    column(question, &mut table);
    routing(question, asked, &mut table, &mut notes);
    answers(question, &mut table, &mut notes);
    Entry { key, notes, table }
}

/// The header of the question's own column; those of several columns stand with the answers.
fn column(question: &Asked<'_>, table: &mut Table) {
    let column = match question.form {
        Form::Several => return,
        Form::Rating => format!("{}[{ONLY_ITEM}]", question.code),
        _ => question.code.to_owned(),
    };
    table.insert("column".to_owned(), column.into());
}

fn routing(
    question: &Asked<'_>,
    asked: &[Asked<'_>],
    table: &mut Table,
    notes: &mut Vec<String>,
) {
    if question.condition.is_empty() {
        return;
    }
    match expression(question.condition, asked) {
        Some(expression) => {
            table.insert("asked_if".to_owned(), expression.into());
        }
        None => {
            notes.push(format!("asked_if, in the instrument's words: {}", question.condition));
        }
    }
}

fn answers(question: &Asked<'_>, table: &mut Table, notes: &mut Vec<String>) {
    match question.form {
        Form::One | Form::Rating => list(question.list, table),
        Form::Several => options(question, table),
        Form::Ranking => ranking(question, table, notes),
        Form::YesNo => {
            table
                .insert("categories".to_owned(), Value::Array(vec!["Yes".into(), "No".into()]));
            table.insert("nonsubstantive".to_owned(), Value::Array(vec!["N/A".into()]));
        }
        Form::Words | Form::Number | Form::Date => {}
    }
    if !question.other {
        return;
    }
    match question.form {
        Form::One => {
            table.insert("other".to_owned(), OTHER.into());
            table.insert("other_column".to_owned(), format!("{}[other]", question.code).into());
        }
        Form::Several => drop(table.insert("other".to_owned(), OTHER.into())),
        _ => {}
    }
}

/// The list of one answer. The mark at the start of its file is invisible, so that it may
/// stand in the data.
fn list(list: Option<&List<'_>>, table: &mut Table) {
    let Some(list) = list else { return };
    let labels = list.labels.iter().map(|label| Value::from(label.as_str()));
    table.insert("categories".to_owned(), labels.collect::<Vec<Value>>().into());
    if list.marked {
        table.insert("fold".to_owned(), Value::Array(vec!["invisible".into()]));
    }
}

/// A column for each answer, which holds the platform's marks.
fn options(question: &Asked<'_>, table: &mut Table) {
    let labels = question.list.map(|list| list.labels.as_slice()).unwrap_or_default();
    let options = (1..).zip(labels).map(|(number, label)| {
        entry(&[("label", label), ("column", &format!("{}[{number}]", question.code))])
    });
    // The column of the open answer holds what people wrote.
    let other = format!("{}[other]", question.code);
    let other = question.other.then(|| entry(&[("label", OTHER), ("column", &other)]));
    table.insert("categories".to_owned(), options.chain(other).collect::<Vec<Value>>().into());
}

/// A column for each place, which holds the item.
fn ranking(question: &Asked<'_>, table: &mut Table, notes: &mut Vec<String>) {
    let labels = question.list.map(|list| list.labels.as_slice()).unwrap_or_default();
    let rows = labels.iter().map(|label| Value::from(label.as_str()));
    table.insert("rows".to_owned(), rows.collect::<Vec<Value>>().into());
    let places = i64::try_from(labels.len()).unwrap_or(i64::MAX);
    table.insert("places".to_owned(), places.into());
    notes.push(format!("`places`: as many as there are columns `{}[1]`, ...", question.code));
}

fn entry(entries: &[(&str, &str)]) -> Value {
    let entries = entries.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Value::Table(entries.collect::<Table>())
}
