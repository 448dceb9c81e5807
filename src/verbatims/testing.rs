//! Quotes for the tests of later rooms.

use super::{Approved, Candidates, Quotes};

/// Approved quotes of the question "words".
pub(crate) fn approving(attribute: &str, approved: Vec<Approved>) -> Quotes {
    Quotes {
        question: "words".to_owned(),
        title: "In your own words".to_owned(),
        text: "What would you like to say?".to_owned(),
        attribute: Some(attribute.to_owned()),
        approved,
        candidates: Candidates::default(),
    }
}
