//! One question of a codebook: who was asked, what could be answered, where it stands in the
//! file, and how its figures are called.

use super::super::columns::{Column, Part, columns};
use super::book::{Entry, Fact, Table, Text, code, codes, fact, words};
use crate::questionnaire::{Answer, Geography, Kind, Missing, Question, Questionnaire};

/// What stands in a cell about which there is nothing to say.
const NOTHING: &str = "\u{2013}";

pub(super) fn entry(question: &Question, questionnaire: &Questionnaire) -> Entry {
    Entry {
        id: question.id.clone(),
        title: question.title.clone(),
        text: Some(question.text.clone()).filter(|text| *text != question.title),
        note: question.note.clone(),
        facts: facts(question, questionnaire),
        tables: [items(question), answers(question), nets(question)]
            .into_iter()
            .flatten()
            .chain(missing(
                &question.id,
                &question.missing,
                Some(&questionnaire.source.missing),
            ))
            .collect(),
    }
}

fn facts(question: &Question, questionnaire: &Questionnaire) -> Vec<Fact> {
    let mut facts = vec![fact("Asked", asked(question)), fact("Kind", words(kind(question)))];
    if let Some(column) = column(question) {
        facts.push(fact("Column", column));
    }
    if let Some(limits) = limits(question) {
        facts.push(fact("Values", limits));
    }
    if let Some(figures) = figures(question) {
        facts.push(fact("Figures", figures));
    }
    if question.required {
        facts.push(fact("Required", words("everybody who was asked had to answer")));
    }
    if question.sensitive {
        facts.push(fact("Sensitive", words("small groups are hidden sooner than elsewhere")));
    }
    if question.geography == Some(Geography::Local) {
        facts.push(fact("Places", words("smaller than a region: groups need more people")));
    }
    if let Some(outer) = &question.within {
        facts.push(fact("Lies within", code(outer)));
    }
    if !question.report {
        facts.push(fact("Tables", words("none of its own")));
    }
    let change = questionnaire.breaks.iter().find(|change| change.question == question.id);
    if let Some(was) = change.and_then(|change| change.was.as_ref()) {
        facts.push(fact("In the earlier wave", code(was)));
    }
    for (before, after) in change.iter().flat_map(|change| &change.answers) {
        facts.push(fact(
            "Reworded",
            words(format!("\u{201c}{before}\u{201d} is now \u{201c}{after}\u{201d}")),
        ));
    }
    if let Some(reason) = change.and_then(|change| change.reason.as_ref()) {
        facts.push(fact("Not comparable with earlier waves", words(reason)));
    }
    facts
}

/// Who was asked: in words if the schema has them, and by the condition.
pub(in crate::exchange) fn asked(question: &Question) -> Text {
    let base = question.base.clone();
    let Some(condition) = &question.asked_if else {
        return words(base.unwrap_or_else(|| "everyone".to_owned()));
    };
    let mut text = words(base.map_or_else(|| "if ".to_owned(), |base| base + ": "));
    text.extend(code(condition.to_string()));
    text
}

pub(in crate::exchange) fn kind(question: &Question) -> String {
    let most = question.max;
    let kind = match question.kind {
        Kind::Single => "one answer",
        Kind::Multi if question.delimiter.is_some() => "several answers, in one cell",
        Kind::Multi => "several answers, a column for each",
        Kind::Grid => "a grid: one answer for each item",
        Kind::Rank if question.places.is_some() => "a ranking: a column for each place",
        Kind::Rank => "a ranking: a column for each item holds its place",
        Kind::Number => "a number",
        Kind::Date => "a date",
        Kind::Text => "words",
    };
    let ordered = if question.ordered { ", in order" } else { "" };
    let most = most.map(|most| format!(", {most} at most")).unwrap_or_default();
    format!("{kind}{ordered}{most}")
}

/// The header of a question's only column, and what is to be known of it.
fn column(question: &Question) -> Option<Text> {
    let columns = columns(question);
    let whole = columns.iter().find(|column| matches!(column.part, Part::Whole))?;
    let mut text = headers(whole);
    if let Some(delimiter) = &question.delimiter {
        text.extend(words(", answers parted by "));
        text.extend(code(delimiter));
    }
    if let Some(other) = &question.other_column {
        text.extend(words("; what people wrote themselves in "));
        text.extend(code(other));
    }
    Some(text)
}

/// The headers under which a column may stand.
fn headers(column: &Column<'_>) -> Text {
    let mut text = code(column.names.first().map_or("", String::as_str));
    for name in column.names.iter().skip(1) {
        text.extend(words(" or "));
        text.extend(code(name));
    }
    text
}

/// The likeliest header of a column.
fn first_header(column: &Column<'_>) -> Text {
    code(column.names.first().map_or("", String::as_str))
}

fn limits(question: &Question) -> Option<Text> {
    let limits = &question.limits;
    let unit = question.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    if let Some(pattern) = super::super::table_schema::pattern(question) {
        let mut text = words("must match ");
        text.extend(code(pattern));
        return Some(text);
    }
    match (limits.minimum, limits.maximum) {
        (Some(low), Some(high)) => Some(words(format!("{low} to {high}{unit}"))),
        (Some(low), None) => Some(words(format!("{low}{unit} or more"))),
        (None, Some(high)) => Some(words(format!("{high}{unit} or less"))),
        (None, None) => question.unit.as_ref().map(words),
    }
}

/// The names of figures that are of the question as a whole.
fn figures(question: &Question) -> Option<Text> {
    let scored = question.answers.iter().any(|answer| answer.score.is_some());
    let item = if question.items.is_empty() { "" } else { ".item" };
    let id = format!("{}{item}", question.id);
    let names = match question.kind {
        _ if !question.tabulated() => return None,
        Kind::Number => vec![format!("{{{id}.mean|mean}}"), format!("{{{id}.median|mean}}")],
        _ if scored => vec![format!("{{{id}.mean|mean}}")],
        _ => return None,
    };
    Some(codes(&names))
}

fn items(question: &Question) -> Option<Table> {
    let columns = columns(question);
    let (mut head, mut rows) = (vec!["Item", "Column", "Id"], Vec::new());
    for column in &columns {
        match column.part {
            Part::Item(item) => {
                rows.push(vec![words(&item.label), first_header(column), code(&item.id)]);
            }
            Part::Place(place) => {
                head = vec!["Place", "Column"];
                rows.push(vec![words(place.to_string()), first_header(column)]);
            }
            _ => {}
        }
    }
    let placed = question.places.map(|_| question.items.iter().map(|item| item.label.as_str()));
    let caption = match placed {
        Some(items) => format!(
            "{}: places; each holds one of {}",
            question.title,
            items.collect::<Vec<_>>().join("; ")
        ),
        None => format!("{}: items", question.title),
    };
    table(format!("{}-items", question.id), caption, head, rows)
}

fn answers(question: &Question) -> Option<Table> {
    let columns = columns(question);
    let split = columns.iter().any(|column| matches!(column.part, Part::Option(_)));
    let of = |answer: &Answer| {
        columns.iter().find(|c| matches!(c.part, Part::Option(own) if own.id == answer.id))
    };
    let answers = question.answers.iter().enumerate();
    let spelled = split || question.answers.iter().any(|a| spellings(a) != code(&a.label));
    let scored = question.answers.iter().any(|answer| answer.score.is_some());
    let remarked = answers.clone().any(|(i, answer)| !remarks(question, i, answer).is_empty());
    let place = if split { "Column" } else { "In the file" };
    let figure = if question.tabulated() { "Figure" } else { "Group" };
    let head = [
        ("Answer", true),
        (place, spelled),
        (figure, true),
        ("Score", scored),
        ("Remarks", remarked),
    ];
    let rows = answers.map(|(index, answer)| {
        let cells = [
            words(&answer.label),
            of(answer).map_or_else(|| spellings(answer), first_header),
            code(name(question, &answer.id)),
            words(answer.score.map_or_else(|| NOTHING.to_owned(), |s| s.0.to_string())),
            words(
                Some(remarks(question, index, answer))
                    .filter(|r| !r.is_empty())
                    .unwrap_or_else(|| NOTHING.to_owned()),
            ),
        ];
        let cells = cells.into_iter().zip(&head).filter(|(_, (_, shown))| *shown);
        cells.map(|(cell, _)| cell).collect()
    });
    let rows = rows.collect();
    let as_they_stand = if spelled { "" } else { ", as they stand in the file" };
    let caption = format!("{}: answers{as_they_stand}", question.title);
    let head = head.iter().filter(|(_, shown)| *shown).map(|(head, _)| *head).collect();
    table(format!("{}-answers", question.id), caption, head, rows)
}

/// How an answer is named: as a figure, or, in a question without tables, as a group.
fn name(question: &Question, answer: &str) -> String {
    if question.tabulated() {
        return figure(question, answer);
    }
    format!("@{}={answer}", question.id)
}

/// What stands in the file for an answer, the usual spelling first.
fn spellings(answer: &Answer) -> Text {
    codes(std::iter::once(&answer.value).chain(&answer.aliases))
}

fn figure(question: &Question, answer: &str) -> String {
    let item = if question.items.is_empty() { "" } else { ".item" };
    format!("{{{}{item}.{answer}|percent}}", question.id)
}

fn remarks(question: &Question, index: usize, answer: &Answer) -> String {
    let remarks = [
        (!answer.substantive, "counted in the base, in no net and no mean"),
        (answer.exclusive, "goes with no other answer"),
        (question.open == Some(index), "whatever people wrote themselves"),
    ];
    let said = remarks.iter().filter(|(holds, _)| *holds);
    let mut said: Vec<String> = said.map(|(_, remark)| (*remark).to_owned()).collect();
    let merged = answer.merge_into.as_ref();
    said.extend(
        merged.map(|name| {
            format!("as a group that few are in, merged into \u{201c}{name}\u{201d}")
        }),
    );
    said.join("; ")
}

fn nets(question: &Question) -> Option<Table> {
    let rows = question.nets.iter().map(|net| {
        let members = net.members.iter().filter_map(|index| question.answers.get(*index));
        let members: Vec<&str> = members.map(|answer| answer.label.as_str()).collect();
        let mut row = vec![words(&net.label), words(members.join("; "))];
        row.extend(question.tabulated().then(|| code(figure(question, &net.id))));
        row
    });
    let differences = question.differences.iter().map(|difference| {
        let mut row = vec![words(&difference.label), words(difference.of.join(" less "))];
        row.extend(question.tabulated().then(|| code(figure(question, &difference.id))));
        row
    });
    let mut head = vec!["Total", "Of"];
    head.extend(question.tabulated().then_some("Figure"));
    let caption = format!("{}: totals", question.title);
    table(format!("{}-nets", question.id), caption, head, rows.chain(differences).collect())
}

/// What stands for no answer, apart from what `known` has.
pub(super) fn missing(id: &str, missing: &Missing, known: Option<&Missing>) -> Option<Table> {
    let texts =
        missing.texts.iter().filter(|text| known.is_none_or(|k| !k.texts.contains(text)));
    let texts = texts.map(|(value, label)| {
        let cell = if value.is_empty() { words("the empty cell") } else { code(value) };
        vec![cell, words(label)]
    });
    let ranges = missing.ranges.iter();
    let ranges = ranges.filter(|range| known.is_none_or(|k| !k.ranges.contains(range)));
    let ranges =
        ranges.map(|(from, to, label)| vec![words(format!("{from} to {to}")), words(label)]);
    let rows = texts.chain(ranges).collect();
    let caption = "What stands for no answer".to_owned();
    table(format!("{id}-no-answer"), caption, vec!["In the file", "Meaning"], rows)
}

fn table(
    name: String,
    caption: String,
    head: Vec<&'static str>,
    rows: Vec<Vec<Text>>,
) -> Option<Table> {
    (!rows.is_empty()).then_some(Table { name, caption, head, rows })
}
