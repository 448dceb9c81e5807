//! What may stand in a cell, as categories: each answer under its value, then the other
//! spellings that stand for it, without a label since the standard wants each label once.

use serde_json::Value;

use super::descriptor::Category;
use crate::ingest::platform::Platform;
use crate::questionnaire::{Answer, Question};

/// Categories, and the type of their values.
pub(super) struct List {
    /// `integer` if every value is a whole number as it is usually written, else `string`.
    pub(super) kind: &'static str,
    pub(super) categories: Vec<Category>,
}

/// A cell's text, and the label if it is another.
type Entry<'a> = (&'a str, Option<&'a str>);

/// The answers of a question.
pub(super) fn of_question(question: &Question) -> List {
    list(question.answers.iter().flat_map(spellings).collect())
}

/// What stands in the own column of one answer if it was picked, or was not, in the words of
/// the schema or of the platform.
pub(super) fn of_option(question: &Question, answer: &Answer, platform: &Platform) -> List {
    let own = question.marks.picked.iter().chain(&question.marks.not_picked);
    let own = std::iter::once(&answer.label).chain(own).map(String::as_str);
    let usual = platform.marks.0.iter().chain(platform.marks.1).copied();
    let marks = own.chain(usual).map(|mark| (mark, None));
    let mut list = list(spellings(answer).into_iter().chain(marks).collect());
    list.as_text();
    list
}

/// The items of a ranking, for a column that holds the item at a place.
pub(super) fn of_items(question: &Question) -> List {
    let names = question
        .items
        .iter()
        .flat_map(|item| std::iter::once(&item.label).chain(item.headers.iter().skip(1)));
    list(names.map(|name| (name.as_str(), None)).collect())
}

fn spellings(answer: &Answer) -> Vec<Entry<'_>> {
    let label = (answer.label != answer.value).then_some(answer.label.as_str());
    let aliases = answer.aliases.iter().map(|alias| (alias.as_str(), None));
    std::iter::once((answer.value.as_str(), label)).chain(aliases).collect()
}

fn list(entries: Vec<Entry<'_>>) -> List {
    let mut unique: Vec<Entry<'_>> = Vec::new();
    for entry in entries {
        // An empty cell is never an answer: it is a missing value of every schema.
        if !entry.0.is_empty() && !unique.iter().any(|(held, _)| *held == entry.0) {
            unique.push(entry);
        }
    }
    let whole = unique.iter().all(|(value, _)| whole_number(value).is_some());
    let value = |text: &str| match whole_number(text).filter(|_| whole) {
        Some(number) => Value::from(number),
        None => Value::from(text),
    };
    let categories = unique
        .iter()
        .map(|(text, label)| Category { value: value(text), label: label.map(str::to_owned) });
    let kind = if whole && !unique.is_empty() { "integer" } else { "string" };
    List { kind, categories: categories.collect() }
}

/// The number, if it is written in the one usual way, so that its text can be had back.
fn whole_number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| number.to_string() == text)
}

impl List {
    /// Takes values as text, whatever they look like.
    fn as_text(&mut self) {
        self.kind = "string";
        for category in &mut self.categories {
            if let Value::Number(number) = &category.value {
                category.value = Value::from(number.to_string());
            }
        }
    }
}
