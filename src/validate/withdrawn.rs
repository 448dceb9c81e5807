//! People who withdrew, or should not have been asked: a list of keys goes in, the rows to
//! leave out come out.
//!
//! Keys are persons: they are hashed as they are read, and none is ever shown, not even one
//! that no row has.

use std::collections::BTreeMap;

use super::codes;
use super::rules::{Effect, Fault, counted, rows};
use crate::diagnostic::{Finding, Place};
use crate::ingest::{self, Mark, Responses, Secret, Unlisted};
use crate::questionnaire::Questionnaire;

/// The keys of people whose answers do not count.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    /// The file's name, for messages.
    file: String,
    keys: BTreeMap<Mark, Place>,
}

impl Withdrawn {
    /// Reads the list: CSV with the header of the key, and a key in each row.
    ///
    /// # Errors
    /// What is wrong, if the questionnaire names no key, or the file has no such column.
    pub fn read(
        name: &str,
        text: &str,
        questionnaire: &Questionnaire,
        secret: &Secret,
    ) -> Result<Self, Box<Finding>> {
        let wrong = |place: Place, headline: &str, help: String| {
            Box::new(Finding::new(&codes::WITHDRAWN_FILE, headline).at(place).help(help))
        };
        let Some(key) = &questionnaire.source.key else {
            let help = "add `key = { column = \"...\" }` to `[source]`".to_owned();
            let headline = "nobody can be left out: the schema names no key";
            return Err(wrong(Place::file(&questionnaire.file), headline, help));
        };
        let at = |line| {
            let column = Some(key.clone());
            Place { line: Some(line), column, ..Place::file(name) }
        };
        let listed = ingest::listed(text, key, secret).map_err(|trouble| {
            let whole = Place::file(name);
            match trouble {
                Unlisted::NoColumn => {
                    let help = format!("write `{key}` above the keys");
                    let place = Place { line: Some(1), ..whole };
                    wrong(place, "the list of keys has no column of the key", help)
                }
                Unlisted::NoTable => wrong(whole, "the file is no table in CSV", String::new()),
                Unlisted::NoKey(line) => {
                    let help = "write a key in each row, or take the row out".to_owned();
                    wrong(at(line), "a row of the list has no key", help)
                }
            }
        })?;
        let keys = listed.into_iter().map(|(mark, line)| (mark, at(line))).collect();
        Ok(Self { file: name.to_owned(), keys })
    }

    /// The rows of these people.
    pub(super) fn fault(&self, responses: &Responses) -> Option<Fault> {
        let keys = responses.keys.as_ref()?;
        let listed = |mark: Option<Mark>| mark.is_some_and(|m| self.keys.contains_key(&m));
        let rows = rows(keys.iter().map(listed));
        rows.first()?;
        let people = counted(rows.len(), "reply is", "replies are");
        Some(Fault {
            code: &codes::WITHDRAWN,
            column: None,
            headline: format!("{people} left out, as the poll file says"),
            rows,
            value: None,
            because: format!("their keys stand in {}", self.file),
            help: "delete them from the data as well if people withdrew".to_owned(),
            effect: Effect::Exclude,
        })
    }

    /// Says how many keys no row has: they may be written in another way.
    pub(super) fn strangers(&self, responses: &Responses) -> Option<Finding> {
        let keys = responses.keys.as_ref()?;
        let mut left = self.keys.clone();
        for mark in keys.iter().flatten() {
            left.remove(&mark);
        }
        let first = left.values().min_by_key(|place| place.line)?.clone();
        let count = counted(left.len(), "key", "keys");
        let headline = format!("no row has {count} of those to be left out");
        let because = format!("the list has {}", self.keys.len());
        let help = "make sure that they are written as in the data; people who did not reply may \
                    stand in the list";
        let finding = Finding::new(&codes::WITHDRAWN_UNKNOWN, headline).at(first);
        Some(finding.because(because).help(help).times(left.len() as u64, Vec::new()))
    }
}
