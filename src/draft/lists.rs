//! Lists of answers: the distinct texts of one or several columns go in, a list in its
//! order comes out, with what is not for everybody's eyes only counted.
//!
//! A text that fewer than [`SHOWN`] rows hold may be somebody's own words: it is shown only
//! if it belongs to questionnaires anyway.

use std::collections::BTreeSet;

use super::cells;
use super::columns::{Column, Text};
use super::order::{self, is_common, is_no_opinion, is_open};
use crate::ingest::personal;
use crate::questionnaire::Fold;

/// In how many rows a text must stand to be shown.
pub(super) const SHOWN: usize = 3;

/// More answers than this are no list.
const LONGEST: usize = 80;

/// A list of answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The answers of substance, in order.
    pub(super) answers: Vec<String>,
    /// How the order was found; none if it is not known.
    pub(super) why: Option<&'static str>,
    /// The name of the scale, if it is a known one.
    pub(super) scale: Option<String>,
    /// Answers that are none on the matter.
    pub(super) no_opinion: Vec<String>,
    /// Totals of either side.
    pub(super) nets: Vec<(String, Vec<String>)>,
    /// The differences of spelling that have to be overlooked, and how many cells they are.
    pub(super) fold: Vec<Fold>,
    pub(super) folded_cells: usize,
    /// The further texts, which are never printed.
    pub(super) hidden: Vec<String>,
}

impl List {
    /// Every answer.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.answers.iter().chain(&self.no_opinion)
    }

    /// An answer that is a bare number where all others say more, if there is one.
    pub(super) fn bare_number(&self) -> Option<&String> {
        let bare =
            |label: &&String| label.len() > 3 && label.chars().all(|c| c.is_ascii_digit());
        let mut found = self.answers.iter().filter(bare);
        let first = found.next()?;
        (found.next().is_none() && self.answers.len() > 2).then_some(first)
    }

    /// Whether the answers are no words but the codes of a platform.
    pub(super) fn is_coded(&self) -> bool {
        let code = |label: &String| {
            let digits = label.trim_start_matches(|c: char| c.is_ascii_uppercase());
            let whole = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
            whole && label.len() <= 5
        };
        !self.answers.is_empty() && self.answers.iter().all(code)
    }
}

/// The texts of several columns together.
pub(super) fn pooled(columns: &[&Column<'_>]) -> Vec<Text> {
    let mut pooled: indexmap::IndexMap<String, Text> = indexmap::IndexMap::new();
    for text in columns.iter().flat_map(|column| &column.texts) {
        match pooled.entry(cells::folded(&text.label)) {
            indexmap::map::Entry::Vacant(entry) => {
                entry.insert(text.clone());
            }
            indexmap::map::Entry::Occupied(mut entry) => merge(entry.get_mut(), text),
        }
    }
    pooled.into_values().collect()
}

/// Adds a column's text to the same text of other columns. One row may hold it in several
/// columns, so the rows are those of the column with most.
fn merge(into: &mut Text, text: &Text) {
    if text.rows > into.rows {
        into.rows = text.rows;
        into.label.clone_from(&text.label);
    }
    for (spelling, count) in &text.spellings {
        *into.spellings.entry(spelling.clone()).or_insert(0) += count;
    }
}

/// Texts that stand in the headers of the file, so that they belong to the questionnaire.
pub(super) struct Wordings {
    folded: BTreeSet<String>,
}

impl Wordings {
    /// The options and items of all columns.
    pub(super) fn of(columns: &[Column<'_>]) -> Self {
        let parts = columns.iter().filter_map(|column| column.heading.part.as_ref());
        Self { folded: parts.map(|part| cells::folded(part)).collect() }
    }

    /// Whether a text may be shown.
    pub(super) fn shows(&self, text: &Text) -> bool {
        if self.folded.contains(&cells::folded(&text.label)) || is_common(&text.label) {
            return true;
        }
        // Somebody who answered three times has still but one address.
        text.rows >= SHOWN && personal::cell(&text.label).is_none()
    }
}

/// The list that the texts are, if those that may be shown are at least `share` of the
/// cells.
pub(super) fn list(texts: &[Text], share: f64, wordings: &Wordings) -> Option<List> {
    let texts: Vec<&Text> = texts.iter().filter(|text| text.label != WRITTEN).collect();
    let cells: usize = texts.iter().map(|text| count(text)).sum();
    let (shown, hidden): (Vec<&Text>, Vec<&Text>) =
        texts.iter().copied().partition(|text| wordings.shows(text));
    let covered: usize = shown.iter().map(|text| count(text)).sum();
    if shown.is_empty() || shown.len() > LONGEST || (covered as f64) < share * cells as f64 {
        return None;
    }
    let labels: Vec<String> = shown.iter().map(|text| text.label.clone()).collect();
    let mut list = ordered(&labels);
    list.hidden = hidden.into_iter().map(|text| text.label.clone()).collect();
    (list.fold, list.folded_cells) = folds(&shown);
    Some(list)
}

/// What `LimeSurvey` writes for whoever chose to write an answer.
const WRITTEN: &str = "-oth-";

fn count(text: &Text) -> usize {
    text.spellings.values().sum()
}

/// Labels in their order: if it is not known by the alphabet, the open answer last.
pub(super) fn ordered(labels: &[String]) -> List {
    let (no_opinion, rest): (Vec<String>, Vec<String>) =
        labels.iter().cloned().partition(|label| is_no_opinion(label));
    // Nothing but "Not sure" is a list too.
    let (no_opinion, rest) =
        if rest.is_empty() { (rest, no_opinion) } else { (no_opinion, rest) };
    let (open, closed): (Vec<String>, Vec<String>) =
        rest.into_iter().partition(|label| is_open(label));
    let found = order::order(&closed);
    let (mut answers, why, scale, nets) = match found {
        Some(order) => (order.answers, Some(order.why), order.name, order.nets),
        None => (alphabetical(closed), None, None, Vec::new()),
    };
    let why = why.filter(|_| open.is_empty() || answers.len() > 1);
    answers.extend(open);
    let no_opinion = alphabetical(no_opinion);
    List { answers, why, scale, no_opinion, nets, ..List::default() }
}

fn alphabetical(mut labels: Vec<String>) -> Vec<String> {
    labels.sort_by_cached_key(|label| (cells::folded(label), label.clone()));
    labels
}

/// The rules that are needed for the spellings of all texts, and for how many cells.
fn folds(texts: &[&Text]) -> (Vec<Fold>, usize) {
    let mut needed: Vec<Fold> = Vec::new();
    let mut cells_folded = 0;
    for text in texts {
        for (spelling, count) in &text.spellings {
            let rules = cells::rules_between(spelling, &text.label);
            cells_folded += if *spelling == text.label { 0 } else { *count };
            needed.extend(rules);
        }
    }
    needed.sort_unstable();
    needed.dedup();
    (needed, cells_folded)
}
