//! Table Schema, version 2: a questionnaire goes in, its JSON comes out, and back.
//!
//! The standard describes columns, a questionnaire describes questions: a grid becomes a
//! field for each item, a question with a column for each answer a field for each answer.
//! What the standard has no word for goes along as `survey:...`, so that nothing is lost on
//! the way there and back. Lists stand twice, as `categories` and as an `enum`, since most
//! readers check the latter only.

mod answers;
mod dates;
pub(super) mod descriptor;
mod facts;
mod field;
mod import;
mod source;
mod take;

pub(super) use field::pattern;
pub use import::from_table_schema;

use super::columns::{Column, Part, columns};
use crate::questionnaire::{Clock, Duplicates, Question, Questionnaire, Source};
use descriptor::{Constraints, Descriptor, Facts, Field, PROFILE};
use field::Setting;

/// What an export may depend on besides the questionnaire.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Whether missing values are objects with labels, as version 2 allows; most readers
    /// want plain texts.
    pub labelled: bool,
    /// What the columns of the file at hand may be called. A question may be found under
    /// one of several headers: with these, fields are those that the file has.
    pub headers: &'a [String],
    /// For each of `headers`, what the file writes: fields bear these names.
    pub written: &'a [String],
    /// Columns that the poll file names for weights, strata and sampling units.
    pub design: &'a [String],
}

impl Options<'_> {
    /// A header as the file writes it.
    fn written(&self, header: &str) -> String {
        let at = self.headers.iter().position(|held| held == header);
        at.and_then(|at| self.written.get(at)).map_or(header, String::as_str).to_owned()
    }
}

/// The questionnaire as Table Schema, version 2: one field for each column of the file, in
/// the order of the questionnaire.
#[must_use]
pub fn table_schema(questionnaire: &Questionnaire, options: &Options<'_>) -> String {
    let source = &questionnaire.source;
    let mut fields = Vec::new();
    for question in &questionnaire.questions {
        of_question(question, source, options, &mut fields);
    }
    technical(questionnaire, options, &mut fields);
    for field in &mut fields {
        field.name = options.written(&field.name);
    }
    let unique = source.duplicates == Duplicates::Reject;
    let descriptor = Descriptor {
        profile: PROFILE,
        survey: source::facts(questionnaire),
        fields,
        fields_match: source::fields_match(source),
        missing_values: source::missing(&source.missing, options.labelled),
        primary_key: source
            .key
            .as_ref()
            .filter(|_| unique)
            .map(|key| vec![options.written(key)]),
    };
    // Texts, finite numbers and lists of them: nothing that JSON cannot hold.
    serde_json::to_string_pretty(&descriptor).unwrap_or_default() + "\n"
}

/// Adds the fields of a question's columns.
fn of_question(
    question: &Question,
    source: &Source,
    options: &Options<'_>,
    fields: &mut Vec<Field>,
) {
    let mut taken: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
    let mut named: Vec<(String, Column<'_>)> = Vec::new();
    for column in columns(question) {
        let needed = match column.part {
            Part::OtherText => question.other_column.is_some() && options.headers.is_empty(),
            _ => true,
        };
        if let Some(name) = name(&column, needed, options.headers, &taken) {
            taken.push(name.clone());
            named.push((name, column));
        }
    }
    let text = named.iter().any(|(_, column)| matches!(column.part, Part::OtherText));
    let open = question.open.is_some() && !text;
    let setting = Setting { source, labelled: options.labelled, open };
    let field = |(name, column)| field::field(question, &column, name, &setting);
    fields.extend(named.into_iter().map(field));
}

/// The header under which a column stands: one that the file has, or else the likeliest that
/// no other column has; none if it may be absent and is.
fn name(
    column: &Column<'_>,
    needed: bool,
    headers: &[String],
    taken: &[String],
) -> Option<String> {
    let held = column.names.iter().find(|name| headers.contains(name));
    let free = || column.names.iter().find(|name| !taken.contains(name));
    let likely = || free().or(column.names.first()).filter(|_| needed);
    held.or_else(likely).cloned()
}

/// Adds columns that are no question's: the key, personal ones, those of the design, those
/// that say who reached the end and how long it took. Where a question's column is one of
/// them, its field says so.
fn technical(questionnaire: &Questionnaire, options: &Options<'_>, fields: &mut Vec<Field>) {
    let source = &questionnaire.source;
    let clock = questionnaire.quality.speeders.as_ref().map(|rule| &rule.clock);
    let clock: Vec<&String> = match clock {
        Some(Clock::Seconds(column)) => vec![column],
        Some(Clock::Between(start, end)) => vec![start, end],
        Some(Clock::Own) | None => Vec::new(),
    };
    for column in clock {
        own(fields, column, "clock");
    }
    // The design may name a question by its key; its column is there already.
    for column in options.design.iter().filter(|c| questionnaire.question(c).is_none()) {
        own(fields, column, "design");
    }
    if let Some(complete) = &source.complete {
        own(fields, &complete.column, "complete");
    }
    let here =
        |column: &&String| options.headers.is_empty() || options.headers.contains(column);
    for column in source.personal.iter().filter(here) {
        own(fields, column, "personal").survey.flag("personal", true);
    }
    if let Some(key) = &source.key {
        let field = own(fields, key, "key");
        field.constraints.required = true;
        field.constraints.unique = source.duplicates == Duplicates::Reject;
        fields.sort_by_key(|field| field.name != *key);
    }
}

/// The field of that name, made if it is not there.
fn own<'f>(fields: &'f mut Vec<Field>, name: &str, role: &str) -> &'f mut Field {
    let at = fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
        let mut survey = Facts::default();
        survey.say("role", role);
        let constraints = Constraints::default();
        let kind = if matches!(role, "key" | "personal") { "string" } else { "any" };
        fields.push(Field {
            name: name.to_owned(),
            kind,
            constraints,
            survey,
            ..Field::default()
        });
        fields.len() - 1
    });
    &mut fields[at]
}

#[cfg(test)]
mod tests;
