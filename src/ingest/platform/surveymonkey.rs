//! `SurveyMonkey`: the question in the first row, over its first column only; the option,
//! item or "Response" in the second. The one-row form writes `Question - Option`.

use super::names::{
    adds_nothing, borne_out, carried, cell, dashed, numbered, row, tick_before_text,
};
use super::{Heading, Platform, Role};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::SurveyMonkey,
    header_rows: 2,
    rows_shown: |rows| if two_rows(rows) { 2 } else { 1 },
    recognise,
    headings,
    marks: (&[], &[]),
    joined: None,
    complete: None,
    preview: None,
    dates: Some("%m/%d/%Y %I:%M:%S %p"),
    blank: "SurveyMonkey leaves a cell empty for an option not picked, a question skipped \
            and a question not shown alike",
};

/// The platform's own columns.
const OWN: [(&str, Role); 12] = [
    ("Respondent ID", Role::Key),
    ("RespondentID", Role::Key),
    ("Collector ID", Role::Technical),
    ("CollectorID", Role::Technical),
    ("Start Date", Role::Started),
    ("StartDate", Role::Started),
    ("End Date", Role::Ended),
    ("EndDate", Role::Ended),
    ("Date Created", Role::Started),
    ("Date Modified", Role::Ended),
    ("Collector", Role::Technical),
    ("Language", Role::Technical),
];

/// The parts of a contact question. Where a question has several and no others, it asks who
/// the respondent is.
const CONTACT: [&str; 10] = [
    "Name",
    "Company",
    "Address",
    "Address 2",
    "City/Town",
    "State/Province",
    "ZIP/Postal Code",
    "Country",
    "Email Address",
    "Phone Number",
];

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    if !two_rows(rows) {
        return None;
    }
    let below = row(rows, 1);
    let word = below.iter().find(|text| adds_nothing(text));
    let own = cell(rows, 0, 1).starts_with("Collector");
    match word {
        Some(word) => Some(format!("its second row of headers says `{word}`")),
        None if own => Some("its first columns are those of SurveyMonkey".to_owned()),
        None => None,
    }
}

/// Whether the second row cannot be a respondent's: nothing under the id, or the words for
/// a whole answer under several questions.
fn two_rows(rows: &[Vec<String>]) -> bool {
    if rows.len() < 2 {
        return false;
    }
    let id = matches!(cell(rows, 0, 0), "Respondent ID" | "RespondentID");
    let (above, below) = (row(rows, 0), row(rows, 1));
    let whole = below.iter().filter(|text| adds_nothing(text)).count();
    let parts = above.iter().zip(&below).any(|(a, b)| a.is_empty() && !b.is_empty());
    if id { below.first() == Some(&"") } else { whole > 1 || (whole == 1 && parts) }
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let mut headings = if rows.len() > 1 { carried(rows) } else { one_row(rows) };
    for heading in &mut headings {
        if heading.part.is_none() {
            heading.role = own(&heading.question).unwrap_or(heading.role);
        }
    }
    mark_contacts(&mut headings);
    tick_before_text(&mut headings);
    numbered(headings)
}

/// What one of the platform's own columns holds. In custom data that is the sender's
/// choice, most often a membership number.
fn own(header: &str) -> Option<Role> {
    if header.strip_prefix("Custom Data ").is_some_and(|nth| nth.len() == 1) {
        return Some(Role::Personal);
    }
    OWN.iter().find(|(name, _)| *name == header).map(|(_, role)| *role)
}

fn one_row(rows: &[Vec<String>]) -> Vec<Heading> {
    let headers = row(rows, 0);
    let parts = borne_out(&headers, dashed);
    let headings = headers.into_iter().zip(parts).map(|(header, part)| {
        let Some((question, part)) = part else { return Heading::whole(header) };
        let mut heading = Heading::part(question, part);
        heading.call(header);
        heading.call_part(question, part);
        heading
    });
    headings.collect()
}

fn mark_contacts(headings: &mut [Heading]) {
    for group in headings.chunk_by_mut(|a, b| a.question == b.question) {
        let contact = |h: &Heading| h.part.as_deref().is_some_and(|p| CONTACT.contains(&p));
        if group.len() > 1 && group.iter().all(contact) {
            for heading in group {
                heading.role = Role::Personal;
            }
        }
    }
}
