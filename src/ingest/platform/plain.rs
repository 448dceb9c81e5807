//! A file of no platform in particular: one row of headers, and each is a name. With more
//! rows, as people build them by hand, the first is the question and the second its part.

use super::names::{carried, numbered, row};
use super::{Heading, Platform, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::Plain,
    header_rows: 1,
    rows_shown: one_row,
    recognise: |_| None,
    headings,
    marks: (&[], &[]),
    joined: None,
    complete: None,
    preview: None,
    dates: None,
    blank: "what an empty cell means is for the schema to say",
};

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headings = if rows.len() > 1 {
        carried(rows)
    } else {
        row(rows, 0).into_iter().map(Heading::whole).collect()
    };
    numbered(headings)
}
