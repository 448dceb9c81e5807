//! Alchemer, earlier `SurveyGizmo`: one row of headers, the platform's own columns first;
//! `Option:Question` where a question has several columns.

use super::names::{borne_out, coloned, numbered, row, tick_before_text};
use super::{Heading, Platform, Role, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::Alchemer,
    header_rows: 1,
    rows_shown: one_row,
    recognise,
    headings,
    marks: (&[], &[]),
    joined: None,
    complete: Some(("Status", &["Complete"])),
    preview: None,
    dates: Some("%Y-%m-%d %H:%M:%S"),
    blank: "Alchemer leaves a cell empty for an option not picked, a question skipped and a \
            question not shown alike",
};

/// The platform's own columns, before the first question. Places are those of the internet
/// address; a contact id leads to a person.
const OWN: [(&str, Role); 22] = [
    ("Response ID", Role::Key),
    ("Time Started", Role::Started),
    ("Date Submitted", Role::Ended),
    ("Status", Role::Completion),
    ("Contact ID", Role::Personal),
    ("Legacy Comments", Role::Technical),
    ("Comments", Role::Technical),
    ("Language", Role::Technical),
    ("Referer", Role::Technical),
    ("Extended Referer", Role::Technical),
    ("SessionID", Role::Technical),
    ("Session ID", Role::Technical),
    ("User Agent", Role::Technical),
    ("Extended User Agent", Role::Technical),
    ("Tags", Role::Technical),
    ("IP Address", Role::Personal),
    ("Longitude", Role::Personal),
    ("Latitude", Role::Personal),
    ("Country", Role::Technical),
    ("City", Role::Personal),
    ("State/Region", Role::Technical),
    ("Postal", Role::Personal),
];

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    let own = ["Time Started", "Date Submitted", "Status"];
    let found = row(rows, 0).windows(own.len()).any(|headers| headers == own);
    found.then(|| "it has the columns `Time Started`, `Date Submitted`, `Status`".to_owned())
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headers = row(rows, 0);
    let own = |header: &&str| OWN.iter().find(|(name, _)| name == header);
    let questions = headers.iter().position(|header| own(header).is_none());
    let questions = questions.unwrap_or(headers.len());
    let parts = borne_out(&headers, coloned);
    let headings = headers.iter().zip(parts).enumerate().map(|(column, (header, part))| {
        if let Some((_, role)) = own(header).filter(|_| column < questions) {
            return Heading { role: *role, ..Heading::whole(header) };
        }
        let Some((question, part)) = part else { return Heading::whole(header) };
        let mut heading = Heading::part(question, part);
        heading.call(header);
        heading.call_part(question, part);
        heading
    });
    let mut headings: Vec<Heading> = headings.collect();
    tick_before_text(&mut headings);
    numbered(headings)
}
