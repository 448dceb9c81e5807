//! The schema: its text goes in, a [`Questionnaire`] comes out: what was asked, and what
//! the file looks like.
//!
//! May know the ground floor. Never opens a file. Question kinds lower to four measures
//! ([`Measure`]); every later room matches measures, none outside this one matches kinds.

mod answers;
mod codes;
mod json;
mod load;
mod lower;
mod merge;
mod missing;
mod nesting;
mod quality;
mod routing;
mod source;
mod totals;
mod typed;
mod waves;

use regex::Regex;

use crate::diagnostic::Place;
use crate::expression::Expression;

pub use codes::CODES;
pub use json::json_schema;
pub use load::{Earlier, load, load_alone};
pub use merge::{Family, families};
pub use missing::Missing;
pub use nesting::{MadeFrom, band, said_within, within};
pub use quality::{Alike, Attention, Clock, Quality, Quick, Speeders};
pub use source::{Complete, Dialect, Encoding, Source};
pub use typed::{Duplicates, Fold, Geography, Kind, Then, UnknownColumns};
pub use waves::Break;

/// What was asked, and what the file looks like.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// The schema's file name, for messages.
    pub file: String,
    /// The file name of the schema that it extends.
    pub extends: Option<String>,
    /// Names the questionnaire.
    pub id: String,
    /// What the file looks like.
    pub source: Source,
    /// In the order of the questionnaire.
    pub questions: Vec<Question>,
    /// Rules on the care with which people answered.
    pub quality: Quality,
    /// What this wave changed, where the schema extends an earlier one.
    pub breaks: Vec<Break>,
}

/// One question.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the schema")]
pub struct Question {
    /// Its key in the schema.
    pub id: String,
    /// What kind of question it is.
    pub kind: Kind,
    /// The short title.
    pub title: String,
    /// The question as it was put.
    pub text: String,
    /// A note that is printed with it.
    pub note: Option<String>,
    /// Who was asked and counted, in words.
    pub base: Option<String>,
    /// The headers under which its column may stand, the usual one first. Those after
    /// `declared` count as repairs.
    pub headers: Vec<String>,
    /// How many of `headers` are no repair.
    pub declared: usize,
    /// The answers: those of substance first, in the order of the scale.
    pub answers: Vec<Answer>,
    /// Whether their order means something.
    pub ordered: bool,
    /// The items of a grid or ranking.
    pub items: Vec<Item>,
    /// Totals of several answers.
    pub nets: Vec<Net>,
    /// Differences of two nets.
    pub differences: Vec<Difference>,
    /// Whether the net promoter score is given.
    pub promoters: bool,
    /// Differences in spelling that may be overlooked.
    pub fold: Vec<Fold>,
    /// Whether everyone who was asked had to answer.
    pub required: bool,
    /// What a number or text must be like.
    pub limits: Limits,
    /// Who was asked; everyone if absent.
    pub asked_if: Option<Expression>,
    /// The largest number of answers or places.
    pub max: Option<usize>,
    /// What stands between several answers in one cell.
    pub delimiter: Option<String>,
    /// What marks an answer as picked or not picked in its own column.
    pub marks: Marks,
    /// The open answer, as an index of the answers: whatever people wrote themselves.
    pub open: Option<usize>,
    /// The header of the column with what people wrote themselves.
    pub other_column: Option<String>,
    /// What stands for no answer.
    pub missing: Missing,
    /// For a ranking with a column for each place: how many places.
    pub places: Option<usize>,
    /// The unit of a number.
    pub unit: Option<String>,
    /// Whether answers are sensitive.
    pub sensitive: bool,
    /// How small the places are that its answers name, if they name any.
    pub geography: Option<Geography>,
    /// Whether tables are made of it.
    pub report: bool,
    /// The question in whose groups its groups lie, as the schema says.
    pub within: Option<String>,
    /// What its answers follow from, if it was derived.
    pub made_from: Vec<MadeFrom>,
    /// Where it stands in the schema.
    pub place: Place,
}

/// What a number or text must be like.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The smallest number.
    pub minimum: Option<f64>,
    /// The largest number.
    pub maximum: Option<f64>,
    /// What the whole text must match.
    pub pattern: Option<Regex>,
}

/// Cell texts that mean picked or not picked, besides the answer's label and nothing.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Such as `Y` or `1`.
    pub picked: Vec<String>,
    /// Such as `N` or `0`.
    pub not_picked: Vec<String>,
}

/// One answer of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The id in figures' names.
    pub id: String,
    /// What is printed.
    pub label: String,
    /// What stands in the file.
    pub value: String,
    /// Other spellings in the file.
    pub aliases: Vec<String>,
    /// The header of its own column.
    pub column: Option<String>,
    /// Whether it counts in nets and means.
    pub substantive: bool,
    /// Whether it stays last.
    pub pinned: bool,
    /// Whether it cannot go with another answer.
    pub exclusive: bool,
    /// Its number in means.
    pub score: Option<Score>,
    /// Where few gave it and it is a group: the answer that it joins, by label or id, or the
    /// name of the group that it makes with others.
    pub merge_into: Option<String>,
}

/// A number that stands for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Score(pub f64);

impl PartialEq for Score {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Score {}

/// One item of a grid or ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The id in figures' names.
    pub id: String,
    /// What is printed.
    pub label: String,
    /// What stands in the file, for a ranking with a column for each place.
    pub value: String,
    /// Other spellings in the file: of the header, or of `value`.
    pub aliases: Vec<String>,
    /// The headers under which its column may stand.
    pub headers: Vec<String>,
}

/// A total of several answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Net {
    /// The id in figures' names.
    pub id: String,
    /// What is printed.
    pub label: String,
    /// The members, as indexes of the answers.
    pub members: Vec<usize>,
}

/// What more chose one side than the other: the share of some answers less that of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The id in figures' names.
    pub id: String,
    /// What is printed.
    pub label: String,
    /// The two nets, or answers, by their labels.
    pub of: [String; 2],
    /// The answers that count for it.
    pub plus: Vec<usize>,
    /// The answers that count against it.
    pub minus: Vec<usize>,
}

/// What the cells of a variable are, whatever kind of question it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// One answer of the question's list.
    Category,
    /// A number, or a date as days since 1970-01-01.
    Number,
    /// Any of the question's answers, each a column of its own.
    Flags,
    /// Words.
    Text,
}

/// One variable: a question, or one item of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// `question`, or `question.item`; names the column of the frame.
    pub name: String,
    /// The question, as an index.
    pub question: usize,
    /// The item, as an index of the question's items.
    pub item: Option<usize>,
    /// What its cells are.
    pub measure: Measure,
}

impl Questionnaire {
    /// The question of that key.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// The variable of that name.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Variable> {
        self.variables().into_iter().find(|v| v.name == name)
    }
}

/// The id made from a label: lower case, every run of other characters one `_`.
#[must_use]
pub fn slug(label: &str) -> String {
    let mut id = String::new();
    for c in label.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
    }
    id.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_label_becomes_an_id() {
        assert_eq!(slug("Neither agree nor disagree"), "neither_agree_nor_disagree");
        assert_eq!(slug("Don't know"), "don_t_know");
        assert_eq!(slug("  £50,000 – £99,999 "), "50_000_99_999");
        assert_eq!(slug("Wŷr"), "wŷr");
    }

    #[test]
    fn a_sensitive_answer_or_item_makes_its_question_sensitive() {
        let sensitive = |lines: &str| -> Vec<bool> {
            let text = format!("format = 1\n[question.a]\nkind = \"single\"\n{lines}");
            let questionnaire =
                super::load_alone("s.toml", &text, &mut crate::diagnostic::Findings::default());
            let questions = questionnaire.expect("a questionnaire").questions;
            questions.iter().map(|question| question.sensitive).collect()
        };
        assert_eq!(sensitive("categories = [\"Yes\", \"No\"]\n"), [false]);
        let answer = "{ label = \"Striking\", sensitive = true }";
        assert_eq!(sensitive(&format!("categories = [\"No\", {answer}]\n")), [true]);
        let grid = format!(
            "categories = [\"Yes\"]\n[question.b]\nkind = \"grid\"\n\
             categories = [\"Yes\", \"No\"]\nrows = [\"Pay\", {answer}]\n"
        );
        assert_eq!(sensitive(&grid), [false, true]);
    }
}
