//! Why there is no model.

use std::fmt;

use super::formula::Problem;

/// What stands against a model; as text it names the remedy.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The formula does not fit the data.
    Formula(Problem),
    /// Columns, weights or the like are of different lengths.
    Lengths,
    /// A weight is negative or not a number; the record's place.
    Weight(usize),
    /// The formula has nothing left of `~`.
    NoResponse,
    /// A variable of which all records have the same answer.
    OneLevel {
        /// As it stands in the formula.
        variable: String,
    },
    /// A reference level was chosen for a variable that the formula has not.
    UnknownVariable(String),
    /// A level was chosen that no record has.
    UnknownLevel {
        /// As it stands in the formula.
        variable: String,
        /// The level chosen.
        level: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The response has more than two answers and none was named a success.
    ManyAnswers(Vec<String>),
    /// The response is answers, and the family wants numbers.
    NotNumbers,
    /// All records have the same response.
    Constant,
    /// The response is beyond what the family can have.
    OutOfRange {
        /// What it can have.
        range: &'static str,
        /// A value beyond.
        value: f64,
    },
    /// Fewer complete records than coefficients.
    FewRecords {
        /// Complete records with a weight.
        records: usize,
        /// Coefficients of the formula.
        coefficients: usize,
    },
    /// A column is a sum of multiples of others, or zero.
    Collinear {
        /// The column.
        column: String,
        /// The others; none when it is zero for all records.
        others: Vec<String>,
    },
    /// Terms that tell the responses apart without error: their coefficients are infinite.
    Separation {
        /// The terms.
        terms: Vec<String>,
    },
    /// The steps did not come to rest.
    NoConvergence {
        /// How many were made.
        steps: usize,
    },
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Formula(problem)
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.reason())?;
        self.remedy().iter().try_for_each(|remedy| write!(out, "; {remedy}"))
    }
}

impl Refusal {
    /// What stands against the model.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Formula(problem) => problem.message.clone(),
            Self::Lengths => "the columns and weights differ in length".to_owned(),
            Self::Weight(record) => {
                format!("the weight of record {} is negative or no number", record + 1)
            }
            Self::NoResponse => "the formula has no response".to_owned(),
            Self::OutOfRange { range, value } => {
                format!("the response is {value}, and the family takes {range}")
            }
            Self::FewRecords { records, coefficients } => format!(
                "{records} complete records are too few for {coefficients} coefficients"
            ),
            Self::NoConvergence { steps } => {
                format!("the model did not settle in {steps} steps")
            }
            Self::NotNumbers => {
                "the response is answers, and this family takes numbers".to_owned()
            }
            Self::Constant => {
                "all complete records have the same response, so there is nothing to model"
                    .to_owned()
            }
            _ => self.reason_in_levels(),
        }
    }

    fn reason_in_levels(&self) -> String {
        match self {
            Self::UnknownVariable(name) => format!(
                "a reference level is chosen for `{name}`, which is no categorical variable \
                 of the formula"
            ),
            Self::OneLevel { variable } => {
                format!("all complete records have the same answer to `{variable}`")
            }
            Self::UnknownLevel { variable, level, .. } => {
                format!("no complete record has the answer `{level}` to `{variable}`")
            }
            Self::ManyAnswers(known) => format!("the response has {} answers", known.len()),
            Self::Collinear { column, others } if others.is_empty() => {
                format!("`{column}` is zero for every complete record")
            }
            Self::Collinear { column, others } => {
                format!("`{column}` follows from {}", list(others))
            }
            Self::Separation { terms } => format!(
                "the responses are told apart without error by {}, so that coefficients have \
                 no end",
                list(terms)
            ),
            _ => String::new(),
        }
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        let remedy = match self {
            Self::Formula(problem) => return problem.help.clone(),
            Self::Lengths | Self::Weight(_) => return None,
            Self::NoResponse => "write it left of `~`",
            Self::OutOfRange { .. } => "choose another family, or recode the response",
            Self::FewRecords { .. } => "leave terms out or join levels",
            Self::NoConvergence { .. } => {
                "leave terms out, or rescale variables with very large values"
            }
            Self::NotNumbers => "give the answers scores, or choose the family quasibinomial",
            Self::Constant => "check the filter and the response",
            Self::UnknownVariable(_) => "take the choice away or correct the name",
            Self::OneLevel { .. } => "leave it out",
            Self::Collinear { others, .. } if others.is_empty() => {
                "leave it out or join levels"
            }
            Self::Collinear { .. } => "leave one of them out",
            Self::Separation { .. } => "join levels or leave such a term out",
            Self::UnknownLevel { known, .. } => {
                return Some(format!("choose one of: {}", first(known)));
            }
            Self::ManyAnswers(known) => {
                let name = "name the one that counts as success, or compare: `I(y == \"...\")`";
                return Some(format!("{name}; the answers are: {}", first(known)));
            }
        };
        Some(remedy.to_owned())
    }
}

/// How many names are listed.
const SHOWN: usize = 6;

/// The first few of some names, between backquotes.
fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    first(&quoted)
}

/// The first few of some names.
fn first(names: &[String]) -> String {
    let shown = names.get(..SHOWN).unwrap_or(names).join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
