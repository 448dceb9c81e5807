//! What each column looks like: its distinct texts, who has answered, and whether it names
//! people. Every later step reads these and never the cells again.

use indexmap::IndexMap;

use super::{Export, cells, roles};
use crate::ingest::personal::Personal;
use crate::ingest::platform::{Heading, Role};
use crate::questionnaire::Dialect;

/// One column of the export.
pub(super) struct Column<'a> {
    /// Its place, from 0.
    pub(super) field: usize,
    pub(super) heading: &'a Heading,
    /// The name by which the schema may call it; none if it has none of its own.
    pub(super) name: Option<String>,
    /// What it holds: the platform's word, or a guess.
    pub(super) role: Role,
    /// What of somebody's particulars its header asks for or many of its cells hold.
    pub(super) personal: Option<Personal>,
    /// Whether it seems to be a weight.
    pub(super) weight: bool,
    /// Its texts without those that stand for no answer, in order of appearance.
    pub(super) texts: Vec<Text>,
    /// For each row, its text as an index of `texts`; none if there is no answer.
    pub(super) rows: Vec<Option<usize>>,
    /// The texts that stand for no answer, as they are written.
    pub(super) missing: Vec<String>,
}

/// A text, in all the spellings that differ only in ways that may be overlooked.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The commonest spelling, tidied.
    pub(super) label: String,
    /// In how many rows it stands.
    pub(super) rows: usize,
    /// Each spelling, and how often.
    pub(super) spellings: IndexMap<String, usize>,
}

impl Column<'_> {
    /// In how many rows there is an answer.
    pub(super) fn answered(&self) -> usize {
        self.rows.iter().filter(|row| row.is_some()).count()
    }

    /// The header as a person reads it.
    pub(super) fn header(&self) -> String {
        let name = self.heading.names.first().cloned().unwrap_or_default();
        let name = cells::tidy(&name);
        if name.is_empty() { format!("column {}", self.field + 1) } else { name }
    }

    /// Whether it is for the questions: answers, or what was written beside them.
    pub(super) fn is_answer(&self) -> bool {
        matches!(self.role, Role::Answer | Role::OtherText)
            && !self.weight
            && self.name.is_some()
    }

    /// Its texts as they read.
    pub(super) fn labels(&self) -> Vec<&str> {
        self.texts.iter().map(|text| text.label.as_str()).collect()
    }

    /// Whether every text passes a test; false if there is none.
    pub(super) fn all(&self, test: impl Fn(&str) -> bool) -> bool {
        !self.texts.is_empty() && self.texts.iter().all(|text| test(&text.label))
    }
}

/// Looks at every column.
pub(super) fn look<'a>(export: &'a Export<'_>) -> Vec<Column<'a>> {
    let none: Vec<String> = Vec::new();
    let mut columns: Vec<Column<'a>> = Vec::new();
    for (field, heading) in export.headings.iter().enumerate() {
        let cells = export.columns.get(field).unwrap_or(&none);
        let (texts, rows, missing) = texts(cells, export.dialect);
        columns.push(Column {
            field,
            heading,
            name: own_name(field, &export.headings),
            role: heading.role,
            personal: None,
            weight: false,
            texts,
            rows,
            missing,
        });
    }
    roles::guess(&mut columns, export.dialect);
    columns
}

/// The first of its names that leads to it and to no other column.
fn own_name(field: usize, all: &[Heading]) -> Option<String> {
    let names = all.get(field).map(|heading| &heading.names)?;
    names.iter().find(|name| called(name, all) == [field]).cloned()
}

/// The columns that a header leads to: those whose usual name it is, or else those that
/// have it as a further name. `ingest` reads it so.
pub(super) fn called(header: &str, all: &[Heading]) -> Vec<usize> {
    let fields = |test: &dyn Fn(&Heading) -> bool| -> Vec<usize> {
        (0..all.len()).filter(|field| test(&all[*field])).collect()
    };
    let usual = fields(&|heading| heading.names.first().is_some_and(|name| name == header));
    if !usual.is_empty() {
        return usual;
    }
    fields(&|heading| heading.names.iter().any(|name| name == header))
}

type Looked = (Vec<Text>, Vec<Option<usize>>, Vec<String>);

fn texts(cells: &[String], dialect: Dialect) -> Looked {
    let negative = has_negatives(cells);
    let mut found: IndexMap<String, Text> = IndexMap::new();
    let mut seen: IndexMap<&str, Option<usize>> = IndexMap::new();
    let mut rows = Vec::with_capacity(cells.len());
    let mut missing: Vec<String> = Vec::new();
    for cell in cells {
        let index = *seen.entry(cell).or_insert_with(|| {
            if is_missing(cell, dialect, negative) {
                missing.push(cell.clone());
                return None;
            }
            let key = Some(cells::folded(cell)).filter(|key| !key.is_empty())?;
            let entry = found.entry(key);
            let index = entry.index();
            entry.or_default();
            Some(index)
        });
        rows.push(index);
        if let Some((_, text)) = index.and_then(|index| found.get_index_mut(index)) {
            text.rows += 1;
            *text.spellings.entry(cell.clone()).or_insert(0) += 1;
        }
    }
    let texts = found.into_values().map(labelled).collect();
    (texts, rows, missing)
}

fn is_missing(cell: &str, dialect: Dialect, negative: bool) -> bool {
    // In LimeSurvey's exports this says that the question was not shown.
    let hidden = dialect == Dialect::LimeSurvey && cell == "N/A";
    hidden || cells::is_missing(cell) || (!negative && cells::is_missing_number(cell))
}

/// Whether the column has numbers below zero that are no usual sign for no answer.
fn has_negatives(cells: &[String]) -> bool {
    let negative = |cell: &String| cells::number(cell, '.').is_some_and(|number| number < 0.0);
    cells.iter().any(|cell| negative(cell) && !cells::is_missing_number(cell))
}

/// Gives a text its label: the commonest spelling, of several one with a capital.
fn labelled(text: Text) -> Text {
    let capital = |spelling: &str| spelling.starts_with(char::is_uppercase);
    let usual = text.spellings.iter().max_by_key(|(s, count)| (**count, capital(s)));
    let label = usual.map(|(spelling, _)| cells::tidy(spelling)).unwrap_or_default();
    Text { label, ..text }
}
