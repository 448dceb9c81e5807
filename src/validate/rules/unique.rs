//! The key of each respondent: present, and there once.

use super::{Effect, Fault, Routed, rows};
use crate::ingest::{Keys, Responses};
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
        effect: Effect::SetAside,
    };
    let mut faults = Vec::new();
    let missing = rows(keys.iter().map(|mark| mark.is_none()));
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
fn twice(keys: &Keys, duplicates: Duplicates) -> Vec<u32> {
    let sorted = keys.sorted();
    let same = |a: &u32, b: &u32| keys.get(*a as usize) == keys.get(*b as usize);
    let mut aside: Vec<u32> = sorted
        .chunk_by(same)
        .filter(|rows| rows.len() > 1)
        .flat_map(|rows| match duplicates {
            Duplicates::Reject => rows,
            Duplicates::First => &rows[1..],
            Duplicates::Last => &rows[..rows.len() - 1],
        })
        .copied()
        .collect();
    aside.sort_unstable();
    aside
}

#[cfg(test)]
mod tests {
    use super::twice;
    use crate::ingest::Secret;
    use crate::questionnaire::Duplicates;

    #[test]
    fn a_double_key_is_set_aside_as_declared() {
        let marker = Secret::new([7; 32]).marker();
        let cells = ["a", "b", "a", "", "c", "a ", ""];
        let keys = cells.iter().map(|cell| marker.mark(cell.as_bytes())).collect();
        assert_eq!(twice(&keys, Duplicates::Reject), [0, 2, 5]);
        assert_eq!(twice(&keys, Duplicates::First), [2, 5]);
        assert_eq!(twice(&keys, Duplicates::Last), [0, 2]);
    }
}
