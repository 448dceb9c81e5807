//! Typeform: one row of headers, `#` first and the times last. Each option has a column
//! headed by the bare option, without its question, so that `Other` may occur many times.

use super::names::{cell, numbered, row};
use super::{Heading, Platform, Role, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::Typeform,
    header_rows: 1,
    rows_shown: one_row,
    recognise,
    headings,
    marks: (&["1"], &["0"]),
    joined: None,
    complete: Some(("Submit Date (UTC)", &[])),
    preview: None,
    dates: None,
    blank: "Typeform leaves a cell empty for an option not picked, a question skipped and a \
            question not shown alike",
};

/// The platform's own columns. The network id is made from the internet address.
const OWN: [(&str, Role); 10] = [
    ("#", Role::Key),
    ("Response Type", Role::Completion),
    ("Start Date (UTC)", Role::Started),
    ("Stage Date (UTC)", Role::Technical),
    ("Submit Date (UTC)", Role::Ended),
    ("Network ID", Role::Personal),
    ("Tags", Role::Technical),
    ("Ending", Role::Technical),
    ("Other", Role::OtherText),
    ("score", Role::Technical),
];

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    let last = "Submit Date (UTC)";
    let own = cell(rows, 0, 0) == "#" && row(rows, 0).contains(&last);
    own.then(|| format!("it has the columns `#` and `{last}`"))
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headings = row(rows, 0).into_iter().map(|header| {
        let mut heading = Heading::whole(header);
        if let Some((_, role)) = OWN.iter().find(|(name, _)| *name == header) {
            heading.role = *role;
        }
        heading
    });
    numbered(headings.collect())
}
