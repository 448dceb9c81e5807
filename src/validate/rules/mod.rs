//! The rules, one a file. A new rule is one more file and one more line in [`RULES`].

mod alike;
mod attention;
mod cells;
mod exclusive;
mod partials;
mod preview;
mod range;
mod ranks;
mod required;
mod routing;
mod speeders;
mod straight;
mod unique;
mod within;

use super::view::{Routed, answered};
use crate::diagnostic::Code;
use crate::ingest::{Responses, Use};
use crate::questionnaire::{Question, Then, Variable};

/// Rows of one column that break a rule in one way.
pub(super) struct Fault {
    pub(super) code: &'static Code,
    /// The column, as an index of the columns that were read; none for the key.
    pub(super) column: Option<usize>,
    /// Rows of the frame, in order.
    pub(super) rows: Vec<u32>,
    /// What stands in the first of them, if it may be shown.
    pub(super) value: Option<String>,
    pub(super) headline: String,
    pub(super) because: String,
    pub(super) help: String,
    pub(super) effect: Effect,
}

/// What becomes of rows that break a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// They are set aside, and count towards the limits of bad rows.
    SetAside,
    /// They are set aside, as the schema or the platform says; no fault of the data.
    Exclude,
    /// They are counted and kept.
    Note,
    /// Nothing is published.
    Fail,
}

impl From<Then> for Effect {
    fn from(then: Then) -> Self {
        match then {
            Then::Note => Self::Note,
            Then::SetAside => Self::Exclude,
            Then::Fail => Self::Fail,
        }
    }
}

impl Fault {
    /// Whether its rows are not counted.
    pub(super) fn leaves_out(&self) -> bool {
        matches!(self.effect, Effect::SetAside | Effect::Exclude)
    }
}

type Rule = fn(&Responses, &Routed) -> Vec<Fault>;

/// Every rule, in the order in which their findings are printed.
pub(super) const RULES: &[Rule] = &[
    cells::check,
    range::check,
    required::check,
    routing::check,
    exclusive::check,
    ranks::check,
    unique::check,
    preview::check,
    speeders::check,
    straight::check,
    alike::check,
    attention::check,
    partials::check,
    within::check,
];

/// A column that holds a variable, whole or one flag of it.
struct Held<'a> {
    index: usize,
    name: &'a str,
    variable: &'a Variable,
    question: &'a Question,
    personal: bool,
}

/// Every column that holds answers.
fn held(responses: &Responses) -> impl Iterator<Item = Held<'_>> {
    responses.columns.iter().enumerate().filter_map(|(index, column)| {
        let (Use::Variable(variable) | Use::Flag(variable, _)) = &column.use_ else {
            return None;
        };
        let question = &responses.questionnaire.questions[variable.question];
        let (name, personal) = (column.name.as_str(), column.personal);
        Some(Held { index, name, variable, question, personal })
    })
}

impl Held<'_> {
    /// Whether each row has an answer here.
    fn answered(&self, responses: &Responses) -> Vec<bool> {
        answered(&responses.frame, self.name, self.question)
    }

    /// Where the question was declared, for the reason of a finding.
    fn declared(&self) -> String {
        let place = &self.question.place;
        let line = place.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("declared at {}{line}", place.file)
    }
}

/// A number with the word for one or for several.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

fn people(number: usize) -> String {
    counted(number, "person", "people")
}

/// The rows for which `broken` is true.
pub(super) fn rows(broken: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut list = Vec::new();
    for (row, broken) in broken.enumerate() {
        if broken {
            list.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }
    list
}
