//! Microsoft Forms: one row of headers, made from a workbook. Several answers stand in one
//! cell with `;` behind each; a header that occurs again has 2, 3 behind it.

use super::names::{cell, numbered, row};
use super::{Heading, Platform, Role, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::MicrosoftForms,
    header_rows: 1,
    rows_shown: one_row,
    recognise,
    headings,
    marks: (&[], &[]),
    joined: Some(";"),
    complete: None,
    preview: None,
    dates: Some("%m/%d/%y %H:%M:%S"),
    blank: "Microsoft Forms leaves a cell empty for a question skipped and a question not \
            shown alike",
};

/// The platform's own columns, before the first question.
const OWN: [(&str, Role); 10] = [
    ("ID", Role::Key),
    ("Id", Role::Key),
    ("Start time", Role::Started),
    ("Completion time", Role::Ended),
    ("Email", Role::Personal),
    ("Name", Role::Personal),
    ("Last modified time", Role::Technical),
    ("Language", Role::Technical),
    ("Total points", Role::Technical),
    ("Quiz feedback", Role::Technical),
];

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    let own = cell(rows, 0, 0).eq_ignore_ascii_case("ID")
        && cell(rows, 0, 1) == "Start time"
        && cell(rows, 0, 2) == "Completion time";
    own.then(|| "its first columns are `ID`, `Start time` and `Completion time`".to_owned())
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headers = row(rows, 0);
    let own = |header: &&str| OWN.iter().find(|(name, _)| name == header);
    let questions = headers.iter().position(|header| own(header).is_none());
    let questions = questions.unwrap_or(headers.len());
    let headings = headers.iter().enumerate().map(|(column, header)| {
        let mut heading = Heading::whole(header);
        let known = own(header).filter(|_| column < questions);
        if let Some((_, role)) = known {
            heading.role = *role;
        } else if marking(header, &headers) {
            heading.role = Role::Technical;
        }
        heading
    });
    numbered(headings.collect())
}

/// Whether the column holds points or feedback for another, as in a quiz.
fn marking(header: &str, headers: &[&str]) -> bool {
    let marked = ["Points - ", "Feedback - "].iter().find_map(|m| header.strip_prefix(m));
    marked.is_some_and(|question| headers.contains(&question))
}
