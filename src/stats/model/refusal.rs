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
        match self {
            Self::Formula(problem) => problem.fmt(out),
            Self::Lengths => out.write_str("the columns and weights differ in length"),
            Self::Weight(record) => {
                write!(out, "the weight of record {} is negative or no number", record + 1)
            }
            Self::NoResponse => {
                out.write_str("the formula has no response; write it left of `~`")
            }
            Self::UnknownVariable(name) => write!(
                out,
                "a reference level is chosen for `{name}`, which is no categorical variable \
                 of the formula; take the choice away or correct the name"
            ),
            Self::OutOfRange { range, value } => write!(
                out,
                "the response is {value}, and the family takes {range}; choose another \
                 family, or recode the response"
            ),
            Self::FewRecords { records, coefficients } => write!(
                out,
                "{records} complete records are too few for {coefficients} coefficients; \
                 leave terms out or join levels"
            ),
            Self::NoConvergence { steps } => write!(
                out,
                "the model did not settle in {steps} steps; leave terms out, or rescale \
                 variables with very large values"
            ),
            _ => self.about_levels(out),
        }
    }
}

impl Refusal {
    fn about_levels(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneLevel { variable } => write!(
                out,
                "all complete records have the same answer to `{variable}`; leave it out"
            ),
            Self::UnknownLevel { variable, level, known } => write!(
                out,
                "no complete record has the answer `{level}` to `{variable}`; choose one \
                 of: {}",
                known.join(", ")
            ),
            Self::ManyAnswers(known) => write!(
                out,
                "the response has {} answers; name the one that counts as success, or \
                 compare: `I(y == \"...\")`; the answers are: {}",
                known.len(),
                known.join(", ")
            ),
            Self::NotNumbers => out.write_str(
                "the response is answers, and this family takes numbers; give the answers \
                 scores, or choose the family quasibinomial",
            ),
            Self::Constant => out.write_str(
                "all complete records have the same response, so there is nothing to model; \
                 check the filter and the response",
            ),
            Self::Collinear { column, others } if others.is_empty() => write!(
                out,
                "`{column}` is zero for every complete record; leave it out or join levels"
            ),
            Self::Collinear { column, others } => {
                write!(out, "`{column}` follows from {}; leave one of them out", list(others))
            }
            Self::Separation { terms } => write!(
                out,
                "the responses are told apart without error by {}, so that coefficients have \
                 no end; join levels or leave such a term out",
                list(terms)
            ),
            _ => Ok(()),
        }
    }
}

/// The first few of some names.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
