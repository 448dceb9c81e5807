//! `LimeSurvey`: one row of headers in one of three forms, for a question and for a part of
//! one: `rse3` and `rse3[SQ001]`; `rse3. Question` and `rse3[SQ001]. Question [Item]`;
//! `Question` and `Question [Item]`.

use std::collections::BTreeSet;

use super::names::{Split, borne_out, bracketed, numbered, row};
use super::spelling::clean;
use super::{Heading, Platform, Role, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::LimeSurvey,
    header_rows: 1,
    rows_shown: one_row,
    recognise,
    headings,
    marks: (&["Y", "Yes"], &["N", "No"]),
    joined: None,
    complete: Some(("submitdate", &[])),
    preview: None,
    dates: Some("%Y-%m-%d %H:%M:%S"),
    blank: "LimeSurvey's codes leave a cell empty for an option not picked, a question \
            skipped and a question not shown alike; its labels say No for the first and N/A \
            for the last",
};

/// One of the platform's own columns: code, text, role.
type Own = (&'static str, &'static str, Role);

/// The platform's own columns, in the order of an export. The token names an invited person.
const OWN: [Own; 11] = [
    ("id", "Response ID", Role::Key),
    ("submitdate", "Date submitted", Role::Ended),
    ("lastpage", "Last page", Role::Technical),
    ("startlanguage", "Start language", Role::Technical),
    ("seed", "Seed", Role::Technical),
    ("token", "Access code", Role::Personal),
    ("startdate", "Date started", Role::Started),
    ("datestamp", "Date last action", Role::Technical),
    ("ipaddr", "IP address", Role::Personal),
    ("refurl", "Referrer URL", Role::Technical),
    ("interviewtime", "Total time", Role::Duration),
];

/// How many headers with a code for the part show the platform by themselves.
const ENOUGH: usize = 3;

/// A header that begins with a code.
struct Coded<'a> {
    /// The code with its brackets.
    code: &'a str,
    /// The question's code.
    stem: &'a str,
    /// What stands in brackets, one entry for each pair.
    parts: Vec<&'a str>,
    /// The text after the code; none if the header is a code alone.
    text: Option<&'a str>,
}

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    let headers = row(rows, 0);
    let first = headers.get(..4).unwrap_or_default();
    if !first.is_empty() && first.iter().zip(&OWN).all(|(header, own)| is_own(header, own)) {
        return Some(format!("its first columns are `{}`", first.join("`, `")));
    }
    let coded = headers.iter().filter_map(|header| coded(header));
    let parts = coded.filter(|c| !c.parts.is_empty() && (c.text.is_some() || usual(c)));
    let parts = parts.count();
    (parts >= ENOUGH)
        .then(|| format!("{parts} of its headers begin with codes such as `q1[SQ001]`"))
}

/// Whether the part's code is one that the platform proposes.
fn usual(coded: &Coded<'_>) -> bool {
    coded.parts.iter().all(|part| part.strip_prefix("SQ").is_some_and(digits))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headers = row(rows, 0);
    let read: Vec<Option<Coded<'_>>> = headers.iter().map(|header| coded(header)).collect();
    let stems: BTreeSet<&str> = read.iter().flatten().map(|coded| coded.stem).collect();
    let parts = borne_out(&headers, |header| items(header).into_iter().collect());
    let columns = headers.iter().zip(&read).zip(parts);
    let headings = columns.map(|((header, coded), part)| {
        let mut heading = match coded {
            Some(coded) => coded_heading(header, coded),
            None => texted_heading(header, part),
        };
        let stem = coded.as_ref().map_or("", |coded| coded.stem);
        if let Some(role) = timing(header, stem, &stems) {
            heading.role = role;
        }
        own(&mut heading, header);
        heading
    });
    numbered(headings.collect())
}

/// Reads the code at the start of a header: letters, digits, brackets; then nothing or a
/// full stop.
fn coded(header: &str) -> Option<Coded<'_>> {
    let end = header.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let (stem, mut rest) = header.split_at(end.unwrap_or(header.len()));
    if !stem.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts = Vec::new();
    while let Some((part, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        parts.push(part);
        rest = after;
    }
    let code = header.strip_suffix(rest).unwrap_or(header);
    let text = match rest {
        "" => None,
        "." => Some(""),
        _ => Some(rest.strip_prefix(". ")?.trim()),
    };
    Some(Coded { code, stem, parts, text })
}

/// The question and what its last brackets hold: one pair, or two side by side, which stay
/// as they are, `Item][Scale`.
fn items(text: &str) -> Option<Split<'_>> {
    let (before, part) = bracketed(text)?;
    match bracketed(before) {
        Some((question, _)) if text.contains("][") => {
            let both = text.get(question.len()..).unwrap_or(part).trim();
            let both = both.strip_prefix('[').and_then(|b| b.strip_suffix(']'));
            Some((question, both.unwrap_or(part)))
        }
        _ => Some((before, part)),
    }
}

fn coded_heading(header: &str, coded: &Coded<'_>) -> Heading {
    let text = coded.text.unwrap_or_default();
    let mut heading = Heading::whole(if text.is_empty() { coded.stem } else { text });
    heading.names.clear();
    heading.code = Some(coded.code.to_owned());
    heading.call(coded.code);
    heading.call(header);
    let Some(last) = coded.parts.last() else {
        heading.call(text);
        return heading;
    };
    let code = coded.parts.join("_");
    heading.call(&format!("{}_{code}", coded.stem));
    let (question, item) = items(text).unwrap_or((text, ""));
    let question = if question.is_empty() { coded.stem } else { question };
    heading.question = clean(question);
    heading.role = Role::Answer;
    for name in [item, &code, rank(item)].into_iter().filter(|name| !name.is_empty()) {
        heading.call_part(question, name);
        heading.call_part(coded.stem, name);
    }
    if item.is_empty() && coded.text.is_some() {
        heading.call(question);
    }
    let other = *last == "other";
    let part = if item.is_empty() { if other { "Other" } else { &code } } else { item };
    heading.part = Some(readable(part));
    if other || last.ends_with("comment") {
        heading.call_part(question, part);
        heading.role = Role::OtherText;
    }
    heading
}

fn texted_heading(header: &str, part: Option<Split<'_>>) -> Heading {
    let Some((question, item)) = part.filter(|(question, _)| !question.is_empty()) else {
        return Heading::whole(header);
    };
    let part = Some(readable(item));
    let mut heading = Heading { part, ..Heading::part(question, item) };
    heading.call(header);
    heading.call_part(question, item);
    if !rank(item).is_empty() {
        heading.call_part(question, rank(item));
    }
    if item == "Other" {
        heading.role = Role::OtherText;
    }
    heading
}

/// What brackets hold, as it can be read: an item and its scale with a comma.
fn readable(item: &str) -> String {
    clean(item).replace("][", ", ")
}

/// The place that an item such as `Rank 1` stands for.
fn rank(item: &str) -> &str {
    item.strip_prefix("Rank ").filter(|place| digits(place)).unwrap_or_default()
}

/// Columns that time a group of questions or one of them.
fn timing(header: &str, stem: &str, stems: &BTreeSet<&str>) -> Option<Role> {
    let timed = stem.strip_suffix("Time").is_some_and(|question| stems.contains(question));
    let group = stem.strip_prefix("groupTime").is_some_and(digits);
    let text = header.starts_with("Group time:") || header.starts_with("Question time:");
    (timed || group || text).then_some(Role::Technical)
}

fn own(heading: &mut Heading, header: &str) {
    let Some((code, _, role)) = OWN.iter().find(|own| is_own(header, own)) else { return };
    heading.role = *role;
    heading.code = Some((*code).to_owned());
    heading.call(code);
}

/// Whether a header is the column's code, its text or both.
fn is_own(header: &str, (code, text, _): &Own) -> bool {
    let after = header.strip_prefix(code);
    header == *code
        || header == *text
        || after.and_then(|after| after.strip_prefix(". ")) == Some(text)
}
