//! A question of the draft, as far as it could be made out.

use super::lists::List;

/// A question of the draft.
pub(super) struct Question {
    pub(super) key: String,
    /// The question in the export's words, on one line; empty if the export has none.
    pub(super) text: String,
    pub(super) shape: Shape,
    /// Its columns, as indexes.
    pub(super) columns: Vec<usize>,
    /// The column with what people wrote themselves, as an index.
    pub(super) other: Option<usize>,
    /// Whether texts that are not in the list count as its open answer.
    pub(super) joins_other: bool,
    /// Texts that stand for no answer in this question alone.
    pub(super) missing: Vec<String>,
    /// What was seen, for comments.
    pub(super) notes: Vec<String>,
    /// What a person has to decide.
    pub(super) undecided: Vec<String>,
    /// Who seems to have been asked.
    pub(super) route: Option<Route>,
    /// The shared list that it uses.
    pub(super) scale: Option<String>,
}

/// What kind of question it is, with what that kind needs.
pub(super) enum Shape {
    /// One answer.
    Single(Answers),
    /// Several answers, a column for each.
    Ticks(Ticks),
    /// Several answers in one cell.
    Joined { list: List, delimiter: &'static str, exclusive: Vec<String> },
    /// Several items on one list of answers.
    Grid { items: Vec<Item>, answers: Answers },
    /// A column for each item, which holds its place.
    Ranks { items: Vec<Item>, places: i64 },
    /// A column for each place, which holds the item.
    Places { items: List },
    /// A number.
    Number { unit: Option<&'static str>, lowest: f64, highest: f64 },
    /// A date, and the forms that all cells fit.
    Date { forms: Vec<String> },
    /// Words.
    Text,
}

/// What one can answer.
#[derive(Clone)]
pub(super) enum Answers {
    /// One of a list.
    List(List),
    /// A whole number of a range, or none on the matter.
    Range { from: i64, to: i64, no_opinion: Vec<String> },
}

/// Several answers, a column for each.
pub(super) struct Ticks {
    pub(super) options: Vec<Item>,
    /// Cell texts for picked and not picked, besides the option itself and nothing.
    pub(super) picked: Vec<String>,
    pub(super) not_picked: Vec<String>,
    /// Options that nobody picked with another one, and that sound like it.
    pub(super) exclusive: Vec<String>,
}

/// An item or option with a column of its own.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) label: String,
    /// The column, as an index.
    pub(super) column: usize,
}

/// Who seems to have been asked.
pub(super) struct Route {
    /// In the language of `asked_if`.
    pub(super) expression: String,
    /// What was seen.
    pub(super) seen: String,
    /// Whether no row speaks against it.
    pub(super) certain: bool,
}

impl Question {
    /// The list of answers of a single question.
    pub(super) fn single(&self) -> Option<&List> {
        match &self.shape {
            Shape::Single(Answers::List(list)) => Some(list),
            _ => None,
        }
    }
}
