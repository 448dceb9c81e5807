//! Every different text of a question under its hash.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sha2::{Digest, Sha256};

use super::approvals::Row;
use super::check::Asked;
use super::{LONGEST, codes};
use crate::diagnostic::Finding;
use crate::frame;
use crate::prepare::Sample;
use crate::words::Words;

/// Digits of a hash that are kept. Two texts with the same are noticed.
const DIGITS: usize = 16;

/// What makes a spreadsheet run a cell.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// All texts, by their hashes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Candidates {
    list: BTreeMap<String, Candidate>,
    labels: Vec<String>,
}

/// A text that could be quoted.
#[derive(Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) text: String,
    /// The words for what was taken out.
    removed: Vec<&'static str>,
    /// The answer of whoever wrote it, as an index; none if it is not known, or if several
    /// wrote the same and their answers differ.
    pub(super) answer: Option<usize>,
    approved: bool,
}

impl std::fmt::Debug for Candidate {
    /// Without the text, which is nobody's to read in a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Candidate").finish_non_exhaustive()
    }
}

/// The hash of a text in answer to a question. It begins with a letter, so that no
/// spreadsheet takes it for a number.
pub(super) fn hash(question: &str, text: &str) -> String {
    let digest = Sha256::new().chain_update(question).chain_update([0]).chain_update(text);
    let digits: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("q{}", &digits[..DIGITS])
}

impl Candidates {
    /// All that was written in answer to a question.
    ///
    /// # Errors
    /// If two texts have the same hash, without the place.
    pub(super) fn of(
        asked: &Asked<'_>,
        sample: &Sample,
        words: &Words,
    ) -> Result<Self, Finding> {
        let answers = asked.attribute.map_or(&[][..], |question| &question.answers);
        let codes = asked.attribute.and_then(|q| frame::codes(sample.frame(), &q.id));
        let answer = |row: u32| {
            let code = codes.as_ref()?.get(row as usize);
            (code < answers.len()).then_some(code)
        };
        let labels = answers.iter().map(|answer| answer.label.clone()).collect();
        let mut all = Self { list: BTreeMap::new(), labels };
        let says_something = |text: &str| text.contains(char::is_alphanumeric);
        for (row, cell) in asked.texts.cells.iter().filter(|(_, c)| says_something(&c.text)) {
            let removed = cell.removed.iter().map(|kind| kind.word(words)).collect();
            let (text, answer) = (cell.text.clone(), answer(*row));
            let candidate = Candidate { text, removed, answer, approved: false };
            all.add(hash(&asked.question.id, &cell.text), candidate)?;
        }
        Ok(all)
    }

    fn add(&mut self, hash: String, candidate: Candidate) -> Result<(), Finding> {
        match self.list.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(candidate);
            }
            Entry::Occupied(mut same) if same.get().text == candidate.text => {
                let held = same.get_mut();
                held.answer = held.answer.filter(|held| Some(*held) == candidate.answer);
            }
            Entry::Occupied(_) => {
                return Err(Finding::new(&codes::UNFIT, "two texts have the same hash")
                    .because("an approval would be of both")
                    .help("take the entry out, and report the fault"));
            }
        }
        Ok(())
    }

    /// The text that a row approves.
    ///
    /// # Errors
    /// What is wrong with the row: no text has its hash, the text was changed, or it is too
    /// long. No message shows a text.
    pub(super) fn approve(&mut self, row: &Row) -> Result<&Candidate, Finding> {
        let Some(candidate) = self.list.get_mut(&row.hash) else {
            return Err(Finding::new(&codes::VOID, "an approval is of no text")
                .at(row.place.clone())
                .because(
                    "nobody wrote what has this hash, or other parts of it are taken out now",
                )
                .help(
                    "look for it in the candidates, and approve it again or take the row out",
                ));
        };
        let length = |text: &str| text.chars().count();
        if !row.is_of(&candidate.text) {
            let (written, found) = (length(&row.quote), length(&candidate.text));
            return Err(Finding::new(
                &codes::EDITED,
                "an approved text is not what was written",
            )
            .at(row.place.clone())
            .because(format!("it has {written} characters, the text of this hash {found}"))
            .help("copy `quote` from the candidates as it is: members' words are not edited"));
        }
        if length(&candidate.text) > LONGEST {
            let found = length(&candidate.text);
            let headline = format!("a quote of {found} characters is too long to be printed");
            return Err(Finding::new(&codes::UNFIT, headline)
                .at(row.place.clone())
                .because(format!("at most {LONGEST} are printed, and no text is cut"))
                .help("take the row out"));
        }
        candidate.approved = true;
        Ok(candidate)
    }

    /// A line for each text.
    pub(super) fn to_csv(&self, attribute: Option<&str>) -> Vec<u8> {
        let mut lines = csv::Writer::from_writer(Vec::new());
        let heads =
            ["hash", "quote", "taken_out", attribute.unwrap_or("attribute"), "approved"];
        // Memory takes every line.
        let _ = lines.write_record(heads);
        for (hash, candidate) in &self.list {
            let _ = lines.write_record(self.line(hash, candidate));
        }
        lines.into_inner().unwrap_or_default()
    }

    fn line(&self, hash: &str, candidate: &Candidate) -> [String; 5] {
        let Candidate { text, removed, answer, approved } = candidate;
        let guard = if text.starts_with(FORMULA) { "'" } else { "" };
        let label = answer.and_then(|at| self.labels.get(at)).cloned().unwrap_or_default();
        let approved = if *approved { "yes" } else { "no" };
        [
            hash.to_owned(),
            format!("{guard}{text}"),
            removed.join(" "),
            label,
            approved.to_owned(),
        ]
    }
}
