//! The rules, one a file. A new rule is one more file and one more line in [`RULES`].

mod cells;
mod exclusive;
mod range;
mod ranks;
mod required;
mod routing;
mod unique;

use super::view::Routed;
use crate::diagnostic::Code;
use crate::frame;
use crate::ingest::{Responses, Use};
use crate::questionnaire::{Question, Variable};

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
        if let Some(numbers) = frame::numbers(&responses.frame, self.name) {
            return numbers.iter().map(|n| !n.is_nan()).collect();
        }
        let first = self.question.reasons();
        match frame::codes(&responses.frame, self.name) {
            Some(codes) => (0..codes.len()).map(|row| codes.get(row) < first).collect(),
            None => vec![false; responses.frame.height()],
        }
    }

    /// Where the question was declared, for the reason of a finding.
    fn declared(&self) -> String {
        let place = &self.question.place;
        let line = place.line.map_or_else(String::new, |line| format!(":{line}"));
        format!("declared at {}{line}", place.file)
    }
}

/// The rows for which `broken` is true.
fn rows(broken: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut list = Vec::new();
    for (row, broken) in broken.enumerate() {
        if broken {
            list.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }
    list
}
