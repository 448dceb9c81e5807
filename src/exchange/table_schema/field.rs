//! One column of a question as a field: what the standard has a word for in the standard's
//! words, everything else as facts of our own.

use serde_json::{Value, json};

use super::super::columns::{Column, Part};
use super::answers::{self, List};
use super::dates;
use super::descriptor::{Categories, Constraints, Facts, Field, number};
use super::facts;
use super::source::missing;
use crate::ingest::platform::{self, Platform};
use crate::questionnaire::{Answer, Dialect, Kind, Question, Source};

/// What is the same for every field.
pub(super) struct Setting<'a> {
    pub(super) source: &'a Source,
    pub(super) labelled: bool,
    /// Whether what people wrote themselves stands among the answers, so that any text may.
    pub(super) open: bool,
}

/// The field of a column that stands under `name`.
pub(super) fn field(
    question: &Question,
    column: &Column<'_>,
    name: String,
    setting: &Setting<'_>,
) -> Field {
    let mut field = match column.part {
        Part::OtherText => return other_text(question, name),
        Part::Whole => whole(question, setting),
        Part::Option(answer) if setting.open && is_open(question, answer) => {
            Field { kind: "string", ..Field::default() }
        }
        Part::Option(answer) => {
            listed(answers::of_option(question, answer, platform(setting.source)), question)
        }
        Part::Place(_) => listed(answers::of_items(question), question),
        Part::Item(_) if question.kind == Kind::Rank => place_of_item(question),
        Part::Item(_) => listed(answers::of_question(question), question),
    };
    field.name = name;
    field.title = Some(title(question, column.part));
    field.description =
        Some(question.text.clone()).filter(|text| Some(text) != field.title.as_ref());
    field.constraints.required |= required(question, column.part);
    if question.missing != setting.source.missing {
        field.missing_values = Some(missing(&question.missing, setting.labelled));
    }
    let mut own = facts::of_column(question, column);
    facts::of_question(question, setting.source, &mut own);
    own.flag("required", question.required && !field.constraints.required);
    let listed = std::mem::replace(&mut field.survey, own);
    field.survey.append(listed);
    field
}

/// How the platform writes its exports.
fn platform(source: &Source) -> &'static Platform {
    platform::platform(source.dialect.unwrap_or(Dialect::Plain))
}

fn is_open(question: &Question, answer: &Answer) -> bool {
    let open = question.open.and_then(|index| question.answers.get(index));
    open.is_some_and(|open| open.id == answer.id)
}

/// A column that holds all of a question's answer.
fn whole(question: &Question, setting: &Setting<'_>) -> Field {
    let source = setting.source;
    match question.kind {
        Kind::Single | Kind::Grid if setting.open => known(question, "string"),
        Kind::Single | Kind::Grid => listed(answers::of_question(question), question),
        Kind::Multi => {
            Field { delimiter: question.delimiter.clone(), ..known(question, "list") }
        }
        Kind::Number => numbers(question, source),
        Kind::Date => {
            let dates = source.dates.as_deref().or(platform(source).dates);
            let (kind, format) = dates::type_and_format(dates);
            Field { kind, format, ..Field::default() }
        }
        Kind::Rank | Kind::Text => {
            let constraints = Constraints { pattern: pattern(question), ..Default::default() };
            Field { kind: "string", constraints, ..Field::default() }
        }
    }
}

/// A column whose cells are from a list: as categories for readers of version 2, and as an
/// `enum` for those of version 1.
fn listed(list: List, question: &Question) -> Field {
    let values = list.categories.iter().map(|category| category.value.clone()).collect();
    Field {
        kind: list.kind,
        categories: Categories(list.categories),
        categories_ordered: question.ordered.then_some(true),
        constraints: Constraints { list: values, ..Default::default() },
        ..Field::default()
    }
}

/// A column whose list the standard cannot express, since it knows no categories for lists
/// and none beside which any text may stand: they are facts of our own.
fn known(question: &Question, kind: &'static str) -> Field {
    let mut survey = Facts::default();
    survey.say("categories", json!(Categories(answers::of_question(question).categories)));
    survey.flag("categoriesOrdered", question.ordered);
    Field { kind, survey, ..Field::default() }
}

fn numbers(question: &Question, source: &Source) -> Field {
    let constraints = Constraints {
        minimum: question.limits.minimum.map(number),
        maximum: question.limits.maximum.map(number),
        ..Default::default()
    };
    let decimal_char = (source.decimal == b',').then_some(",");
    Field { kind: "number", decimal_char, constraints, ..Field::default() }
}

/// The place of an item in a ranking.
fn place_of_item(question: &Question) -> Field {
    let last = question.max.unwrap_or(question.items.len());
    let constraints = Constraints {
        minimum: Some(Value::from(1)),
        maximum: Some(Value::from(last)),
        ..Default::default()
    };
    Field { kind: "integer", constraints, ..Field::default() }
}

/// What people wrote themselves: read past, so only its place is known.
fn other_text(question: &Question, name: String) -> Field {
    let open = question.open.and_then(|index| question.answers.get(index));
    let label = open.map_or("Other", |answer| answer.label.as_str());
    let mut survey = Facts::default();
    survey.say("role", "other-text");
    survey.say("otherTextOf", question.id.as_str());
    let title = Some(format!("{}: {label}, in words", question.title));
    Field { name, title, kind: "string", survey, ..Field::default() }
}

/// Nobody may leave the column empty: only where everyone was asked, and where the column
/// holds the whole answer or an item that everyone answers.
fn required(question: &Question, part: Part<'_>) -> bool {
    let filled = match part {
        Part::Whole => true,
        Part::Item(_) => question.kind == Kind::Grid,
        Part::Option(_) | Part::Place(_) | Part::OtherText => false,
    };
    question.required && question.asked_if.is_none() && filled
}

fn title(question: &Question, part: Part<'_>) -> String {
    match part {
        Part::Option(answer) => format!("{}: {}", question.title, answer.label),
        Part::Item(item) => format!("{}: {}", question.title, item.label),
        Part::Place(place) => format!("{}: place {place}", question.title),
        Part::Whole | Part::OtherText => question.title.clone(),
    }
}

/// The pattern as it was typed; the loader puts an anchor at either end.
pub(in crate::exchange) fn pattern(question: &Question) -> Option<String> {
    let whole = question.limits.pattern.as_ref()?.as_str();
    let typed = whole.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$"));
    Some(typed.unwrap_or(whole).to_owned())
}
