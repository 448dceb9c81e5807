//! What a codebook says, without a format, and the part that is about the whole file.

use super::question;
use crate::questionnaire::{Dialect, Questionnaire, Source, UnknownColumns};

/// A codebook.
pub(in crate::exchange) struct Book {
    pub(in crate::exchange) title: String,
    pub(in crate::exchange) lead: Text,
    /// What is true of the whole file.
    pub(in crate::exchange) file: Vec<Fact>,
    /// What stands for no answer.
    pub(in crate::exchange) missing: Option<Table>,
    pub(in crate::exchange) questions: Vec<Entry>,
}

/// A question.
pub(in crate::exchange) struct Entry {
    pub(in crate::exchange) id: String,
    pub(in crate::exchange) title: String,
    /// As it was put, if that is not the title.
    pub(in crate::exchange) text: Option<String>,
    pub(in crate::exchange) note: Option<String>,
    pub(in crate::exchange) facts: Vec<Fact>,
    pub(in crate::exchange) tables: Vec<Table>,
}

/// A term, and what is said of it.
pub(in crate::exchange) struct Fact {
    pub(in crate::exchange) term: &'static str,
    pub(in crate::exchange) text: Text,
}

/// A table; the first cell of each row heads it.
pub(in crate::exchange) struct Table {
    /// Names it within the page.
    pub(in crate::exchange) name: String,
    pub(in crate::exchange) caption: String,
    pub(in crate::exchange) head: Vec<&'static str>,
    pub(in crate::exchange) rows: Vec<Vec<Text>>,
}

/// Words, and what is to be typed or stands in a file letter by letter.
pub(in crate::exchange) type Text = Vec<Run>;

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::exchange) enum Run {
    Words(String),
    Code(String),
}

/// Plain words.
pub(in crate::exchange) fn words(text: impl Into<String>) -> Text {
    vec![Run::Words(text.into())]
}

/// Letter by letter.
pub(in crate::exchange) fn code(text: impl Into<String>) -> Text {
    vec![Run::Code(text.into())]
}

/// Several texts letter by letter, with commas between them.
pub(super) fn codes<'a>(texts: impl IntoIterator<Item = &'a String>) -> Text {
    let mut list = Text::new();
    for text in texts {
        if !list.is_empty() {
            list.extend(words(", "));
        }
        list.extend(code(text));
    }
    list
}

pub(in crate::exchange) fn fact(term: &'static str, text: Text) -> Fact {
    Fact { term, text }
}

/// The codebook of a questionnaire.
pub(super) fn book(questionnaire: &Questionnaire) -> Book {
    let source = &questionnaire.source;
    Book {
        title: format!("Codebook: {}", questionnaire.id),
        lead: lead(questionnaire.questions.len()),
        file: file(source),
        missing: question::missing("missing", &source.missing, None),
        questions: questionnaire
            .questions
            .iter()
            .map(|q| question::entry(q, questionnaire))
            .collect(),
    }
}

fn lead(count: usize) -> Text {
    let plural = if count == 1 { "question" } else { "questions" };
    let mut lead = words(format!(
        "{count} {plural}, in the order of the questionnaire. A figure's name, such as "
    ));
    lead.extend(code("{question.answer|percent}"));
    lead.extend(words(
        ", is what a headline in the poll file uses; the name of a group goes before the bar: ",
    ));
    lead.extend(code("{question.answer@region=london|percent}"));
    lead.extend(words(". What stands in the file for an answer is printed letter by letter."));
    lead
}

fn file(source: &Source) -> Vec<Fact> {
    let mut facts = Vec::new();
    let dialect = source.dialect.filter(|dialect| *dialect != Dialect::Plain);
    if let Some(dialect) = dialect {
        facts.push(fact("Platform", words(platform(dialect))));
    }
    if let Some(key) = &source.key {
        facts.push(fact("Key", code(key)));
    }
    if let Some(dates) = &source.dates {
        facts.push(fact("Dates", code(dates)));
    }
    if source.decimal == b',' {
        facts.push(fact("Decimal mark", code(",")));
    }
    if let Some(complete) = &source.complete {
        let mut text = code(&complete.column);
        if !complete.values.is_empty() {
            text.extend(words(" holds "));
            text.extend(codes(&complete.values));
        }
        facts.push(fact("Reached the end", text));
    }
    if !source.personal.is_empty() {
        facts.push(fact("Personal, never shown", codes(&source.personal)));
    }
    let unknown = match source.unknown_columns {
        UnknownColumns::Reject => "refused",
        UnknownColumns::Drop | UnknownColumns::Keep => "read past",
    };
    facts.push(fact("Other columns", words(unknown)));
    facts
}

fn platform(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Plain => "None in particular",
        Dialect::SurveyMonkey => "SurveyMonkey",
        Dialect::Qualtrics => "Qualtrics",
        Dialect::MicrosoftForms => "Microsoft Forms",
        Dialect::GoogleForms => "Google Forms",
        Dialect::LimeSurvey => "LimeSurvey",
        Dialect::Jisc => "Jisc Online Surveys",
        Dialect::Typeform => "Typeform",
        Dialect::Alchemer => "Alchemer",
    }
}
