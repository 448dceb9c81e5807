//! The key of each respondent: present, and there once.

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::{Fault, Routed, rows};
use crate::ingest::Responses;
use crate::questionnaire::Duplicates;
use crate::validate::codes;

/// Up to two faults: keys that are missing, and keys that occur twice.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    let Some(keys) = &responses.keys else { return Vec::new() };
    let source = &responses.questionnaire.source;
    let header = source.key.as_deref().unwrap_or_default();
    let fault = |rows: Vec<u32>, headline: String, because: &str, help: &str| Fault {
        code: &codes::UNIQUE,
        column: None,
        rows,
        // A key is a person: it is never shown.
        value: None,
        headline,
        because: because.to_owned(),
        help: help.to_owned(),
    };
    let mut faults = Vec::new();
    let missing = rows(keys.iter().map(String::is_empty));
    if !missing.is_empty() {
        let headline = format!("the key `{header}` is empty");
        faults.push(fault(
            missing,
            headline,
            "declared in `source.key`",
            "complete the column",
        ));
    }
    let twice = twice(keys, source.duplicates);
    if !twice.is_empty() {
        let headline = format!("the key `{header}` occurs more than once");
        let (because, help) = match source.duplicates {
            Duplicates::Reject => (
                "`duplicates = \"reject\"`, so every row of such a key is set aside",
                "find out which answer counts, or say `duplicates = \"first\"` or `\"last\"`",
            ),
            Duplicates::First => {
                ("`duplicates = \"first\"`, so later rows are set aside", "none needed")
            }
            Duplicates::Last => {
                ("`duplicates = \"last\"`, so earlier rows are set aside", "none needed")
            }
        };
        faults.push(fault(twice, headline, because, help));
    }
    faults
}

/// The rows to set aside because their key occurs in another row too.
fn twice(keys: &[String], duplicates: Duplicates) -> Vec<u32> {
    let mut first: IndexMap<&str, u32> = IndexMap::with_capacity(keys.len());
    let mut again: IndexMap<&str, Vec<u32>> = IndexMap::new();
    for (row, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        match first.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(row);
            }
            Entry::Occupied(held) => {
                again.entry(key).or_insert_with(|| vec![*held.get()]).push(row);
            }
        }
    }
    let mut aside = Vec::new();
    for rows in again.into_values() {
        match duplicates {
            Duplicates::Reject => aside.extend(rows),
            Duplicates::First => aside.extend_from_slice(&rows[1..]),
            Duplicates::Last => aside.extend_from_slice(&rows[..rows.len() - 1]),
        }
    }
    aside.sort_unstable();
    aside
}

#[cfg(test)]
mod tests {
    use super::twice;
    use crate::questionnaire::Duplicates;

    #[test]
    fn a_double_key_is_set_aside_as_declared() {
        let keys = ["a", "b", "a", "", "c", "a", ""].map(str::to_owned);
        assert_eq!(twice(&keys, Duplicates::Reject), [0, 2, 5]);
        assert_eq!(twice(&keys, Duplicates::First), [2, 5]);
        assert_eq!(twice(&keys, Duplicates::Last), [0, 2]);
    }
}
