//! Which columns a questionnaire's file has, and under which headers each may stand.
//!
//! Takes a question, gives its columns in the order of the questionnaire. Knows nothing of
//! a file that is at hand.

use indexmap::IndexSet;

use crate::questionnaire::{Answer, Item, Kind, Question};

/// A column of the file that belongs to a question.
pub(super) struct Column<'q> {
    /// The headers under which it may stand, the likeliest first.
    pub(super) names: Vec<String>,
    /// What of the question it holds.
    pub(super) part: Part<'q>,
}

/// What a column holds of its question.
#[derive(Clone, Copy)]
pub(super) enum Part<'q> {
    /// All of it.
    Whole,
    /// Whether one answer was picked.
    Option(&'q Answer),
    /// The answer to one item, or its place.
    Item(&'q Item),
    /// The item at one place of a ranking, from 1.
    Place(usize),
    /// What people wrote themselves.
    OtherText,
}

/// The columns of a question.
pub(super) fn columns(question: &Question) -> Vec<Column<'_>> {
    if let Some(places) = question.places {
        return (1..=places).map(|place| at_place(question, place)).collect();
    }
    if !question.items.is_empty() {
        return question.items.iter().map(|item| of_item(question, item)).collect();
    }
    let mut columns = match (question.kind, &question.delimiter) {
        (Kind::Multi, None) => {
            question.answers.iter().map(|a| of_option(question, a)).collect()
        }
        _ => vec![Column { names: usual_first(question), part: Part::Whole }],
    };
    columns.extend(other_text(question));
    columns
}

/// The headers that need no `column` in the schema: key, text and title.
pub(super) fn default_headers(id: &str, text: &str, title: &str) -> Vec<String> {
    let headers: IndexSet<&str> = [id, text, title].into_iter().collect();
    headers.into_iter().map(str::to_owned).collect()
}

/// The `column` of the schema, if it has one.
pub(super) fn declared_column(question: &Question) -> Option<&str> {
    let usual = default_headers(&question.id, &question.text, &question.title);
    let declared = question.headers.get(..question.declared).unwrap_or_default();
    (declared != usual.as_slice()).then(|| declared.first().map(String::as_str)).flatten()
}

/// The headers of a question's part: `question [part]`.
pub(super) fn joined(headers: &[String], part: &str) -> Vec<String> {
    headers.iter().map(|header| format!("{header} [{part}]")).collect()
}

/// A question's headers, the likeliest first. Exports are mostly headed by the question as
/// it was put, so the text goes before the key, where the schema holds both.
fn usual_first(question: &Question) -> Vec<String> {
    let mut headers = question.headers.clone();
    let put = question.text != question.title;
    if let Some(at) = headers.iter().position(|h| put && *h == question.text) {
        let text = headers.remove(at);
        headers.insert(0, text);
    }
    headers
}

fn of_option<'q>(question: &'q Question, answer: &'q Answer) -> Column<'q> {
    let names = match &answer.column {
        Some(column) => vec![column.clone()],
        None => joined(&usual_first(question), &answer.label),
    };
    Column { names, part: Part::Option(answer) }
}

fn of_item<'q>(question: &'q Question, item: &'q Item) -> Column<'q> {
    let mut names = item.headers.clone();
    let rest = joined(&usual_first(question), &item.label);
    names.splice(1.min(names.len())..1.min(names.len()), rest);
    names.push(format!("{}.{}", question.id, item.id));
    Column { names, part: Part::Item(item) }
}

/// Platforms number places in one of these ways.
fn at_place(question: &Question, place: usize) -> Column<'_> {
    let headers = usual_first(question);
    let named = headers.iter().flat_map(|h| {
        let forms = [format!("{h} [{place}]"), format!("{h} [Rank {place}]")];
        forms.into_iter().chain([format!("{h}[{place}]"), format!("{h}_{place}")])
    });
    Column { names: named.collect(), part: Part::Place(place) }
}

/// The column with what people wrote themselves. Without a declared header it is known only
/// if the file at hand has it; then the column of an option may itself hold what they wrote.
fn other_text(question: &Question) -> Option<Column<'_>> {
    let open = question.open.and_then(|index| question.answers.get(index))?;
    let split = question.kind == Kind::Multi && question.delimiter.is_none();
    let names = match &question.other_column {
        Some(column) => vec![column.clone()],
        None if split => return None,
        None => joined(&usual_first(question), &open.label),
    };
    Some(Column { names, part: Part::OtherText })
}
