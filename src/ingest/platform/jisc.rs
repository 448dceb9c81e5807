//! Jisc Online Surveys: one row of headers. With labels, `14. Question` and `14.1.a. Item`;
//! coded, `Q14` and `Q14_1_a`. The column of a question with items is always empty.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{cell, numbered, row};
use super::spelling::clean;
use super::{Heading, Platform, Role, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::Jisc,
    header_rows: 1,
    rows_shown: one_row,
    recognise,
    headings,
    marks: (&["1"], &["0"]),
    joined: Some(","),
    complete: None,
    preview: None,
    dates: Some("%d/%m/%Y"),
    blank: "Jisc Online Surveys leaves a cell empty for a question skipped and a question \
            routed past alike",
};

/// The two names of the respondent's number.
const KEYS: [&str; 2] = ["Unique Response Number", "URN"];

/// Where a column stands in the questionnaire: `14`, `1`, `a`.
type Path<'a> = Vec<&'a str>;

/// A number is borne out by the shape of respondents' numbers, since schools have numbers
/// called URN too; numbered headers only by an item within an item.
fn recognise(rows: &[Vec<String>]) -> Option<String> {
    let headers = row(rows, 0);
    let key = headers.first().filter(|header| KEYS.contains(header));
    let questions = headers.get(usize::from(key.is_some())..)?;
    let paths: Option<Vec<_>> = questions.iter().map(|header| path(header)).collect();
    let paths = paths.filter(|paths| !paths.is_empty())?;
    let numbered = (1..rows.len()).any(|row| respondent(cell(rows, row, 0)));
    if key == Some(&KEYS[0]) || (key.is_some() && numbered) {
        return Some("its first column is the number that Jisc gives a response".to_owned());
    }
    let labels = paths.iter().all(|(_, text)| text.is_some());
    let nested = paths.iter().find(|(path, _)| path.len() == 3).filter(|_| labels);
    nested.map(|(path, _)| format!("its headers are numbered like `{}.`", path.join(".")))
}

/// Whether a text is such as `356806-356797-33882794`.
fn respondent(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.split('-').count() == 3 && text.split('-').all(number)
}

/// Where a header says that its column stands, and the text after that in the form with
/// labels.
fn path(header: &str) -> Option<(Path<'_>, Option<&str>)> {
    let (path, text): (Path<'_>, _) = if let Some(code) = header.strip_prefix('Q') {
        (code.split('_').collect(), None)
    } else {
        let (number, text) = header.split_once(". ")?;
        (number.split('.').collect(), Some(text.trim()))
    };
    let digits = |step: &str| step.bytes().all(|byte| byte.is_ascii_digit());
    let step = |step: &&str| {
        let letters = step.len() < 3 && step.bytes().all(|byte| byte.is_ascii_lowercase());
        !step.is_empty() && (digits(step) || letters)
    };
    let first = path.first().is_some_and(|first| digits(first));
    (first && path.iter().all(step)).then_some((path, text))
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headers = row(rows, 0);
    let texts: BTreeMap<Path<'_>, &str> = headers
        .iter()
        .filter_map(|header| path(header).map(|(path, text)| (path, text.unwrap_or_default())))
        .collect();
    let parents: BTreeSet<&str> = texts.keys().filter_map(|path| parent(path)).collect();
    let headings = headers.iter().map(|header| match path(header) {
        Some((path, text)) => {
            let mut heading = heading(header, &path, text, &texts);
            if let [first] = path.as_slice()
                && parents.contains(first)
            {
                heading.role = Role::Technical;
            }
            heading
        }
        None => key(header),
    });
    numbered(headings.collect())
}

fn key(header: &str) -> Heading {
    let mut heading = Heading::whole(header);
    if KEYS.contains(&header) {
        heading.role = Role::Key;
        for name in KEYS {
            heading.call(name);
        }
    }
    heading
}

/// The number of the question that an item belongs to. An item has a number of its own; a
/// letter straight after the question's number is a question that follows it.
fn parent<'a>(path: &[&'a str]) -> Option<&'a str> {
    let (first, item) = (path.first()?, path.get(1)?);
    item.starts_with(|c: char| c.is_ascii_digit()).then_some(*first)
}

/// The heading of a column; `texts` holds the texts of all columns, empty in the coded form.
fn heading(
    header: &str,
    path: &[&str],
    text: Option<&str>,
    texts: &BTreeMap<Path<'_>, &str>,
) -> Heading {
    let code = format!("Q{}", path.join("_"));
    let mut heading = Heading::whole(text.unwrap_or(header));
    heading.names.clear();
    heading.call(header);
    heading.call(&code);
    heading.code = Some(code);
    if text.is_some() {
        heading.call(&path.join("."));
    }
    match (path, text) {
        ([first, step], text) if parent(path).is_none() => {
            if text.is_none_or(asks_for_other) {
                name_part(&mut heading, first, "Other", texts);
                heading.role = Role::OtherText;
            } else {
                heading.call(text.unwrap_or(step));
            }
        }
        ([first, rest @ ..], text) if !rest.is_empty() => {
            name_part(&mut heading, first, text.unwrap_or(&rest.join("_")), texts);
            name_row(&mut heading, path, texts);
        }
        _ => heading.call(text.unwrap_or_default()),
    }
    heading
}

/// Makes a heading that of a part of a question, with the names that follow.
fn name_part(heading: &mut Heading, first: &str, part: &str, texts: &BTreeMap<Path<'_>, &str>) {
    let stem = format!("Q{first}");
    let question = texts.get(&vec![first]).copied().unwrap_or_default();
    if !question.is_empty() {
        heading.call_part(question, part);
        heading.call_part(&format!("{first}. {question}"), part);
    }
    heading.call_part(&stem, part);
    heading.question = clean(if question.is_empty() { &stem } else { question });
    heading.part = Some(clean(part));
    heading.role = Role::Answer;
}

/// Adds the names of the only column of a row of a grid, whose letter adds nothing.
fn name_row(heading: &mut Heading, path: &[&str], texts: &BTreeMap<Path<'_>, &str>) {
    let [first, row, "a"] = path else { return };
    if !texts.contains_key(&vec![*first, *row, "b"]) {
        heading.call(&format!("Q{first}_{row}"));
        heading.call_part(&format!("Q{first}"), row);
    }
}

/// Whether a question that follows another is the platform's own for the text of "Other".
fn asks_for_other(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("other") && text.contains("specify")
}
