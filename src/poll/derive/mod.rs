//! `[[derive]]`: variables made from others, from what was typed to what is to be done.
//!
//! Takes each variable's keys, gives a [`Derive`] that has all its kind needs and nothing
//! that it does not know. Whether the variables that it names exist is for `prepare` to
//! say, which has the questionnaire; so is opening the file of a lookup for `pipeline`.

mod check;
mod kinds;
#[cfg(test)]
mod tests;
mod typed;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Place;
use crate::document::Spanned;
use crate::expression::Expression;
use crate::questionnaire::Geography;

pub(super) use check::check;
pub(super) use typed::Typed;

/// A name or label, and where it stands in the poll file.
pub type Name = Spanned<String>;

/// The keys of which each variable has exactly one.
pub(super) const KINDS: [&str; 8] =
    ["recode", "bands", "combine", "first_of", "count", "score", "filter", "lookup"];

/// One variable to be made, or several from one file.
#[derive(Clone, Debug)]
pub struct Derive {
    /// Where its kind stands in the poll file.
    pub place: Place,
    /// Its path in the poll file, such as `derive[1]`.
    pub key: String,
    /// Its name; empty with several columns of a lookup.
    pub name: Name,
    /// What is said of it.
    pub about: About,
    /// How it is made.
    pub action: Action,
}

/// What is said of a derived variable, as far as it is said.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The short title.
    pub title: Option<String>,
    /// The question in words.
    pub text: Option<String>,
    /// A note that is printed with it.
    pub note: Option<String>,
    /// Who was asked and counted, in words.
    pub base: Option<String>,
    /// The unit of a number.
    pub unit: Option<String>,
    /// Whether answers are sensitive, whatever those of its sources are.
    pub sensitive: bool,
    /// How small the places are that its answers name; as those of its sources if not said.
    pub geography: Option<Geography>,
    /// Whether tables are made of it.
    pub report: bool,
    /// Whether the order of answers means something.
    pub ordered: Option<bool>,
    /// Totals of several answers.
    pub nets: IndexMap<Name, Vec<Name>>,
    /// A number for each answer.
    pub scores: IndexMap<Name, f64>,
    /// Answers that stay last.
    pub pinned: Vec<Name>,
    /// Answers that count in no mean or net.
    pub nonsubstantive: Vec<Name>,
}

/// How a variable is made, with all that needs.
#[derive(Clone, Debug)]
pub enum Action {
    /// Answers become other answers.
    Recode {
        /// The variable.
        from: Name,
        /// The new answers, each with its members.
        groups: IndexMap<Name, Vec<Name>>,
        /// What becomes of answers that are not named.
        rest: Rest,
    },
    /// Numbers are put into bands.
    Bands {
        /// The variable.
        from: Name,
        /// The bands, in order and without gaps.
        bands: Vec<Band>,
        /// Whether numbers outside are no answer; an error if not.
        outside: bool,
    },
    /// Variables are crossed.
    Combine {
        /// The variables.
        of: Vec<Name>,
        /// What stands between labels.
        join: String,
    },
    /// The first variable with an answer counts.
    FirstOf {
        /// The variables.
        of: Vec<Name>,
    },
    /// How many of several things hold.
    Count {
        /// The things.
        of: Vec<Name>,
        /// The labels that count, for variables with one answer.
        answers: Vec<Name>,
        /// How many must be answered; all if absent.
        minimum: Option<Spanned<usize>>,
        /// Whether the result is a number; else a list of whole numbers.
        number: bool,
    },
    /// The mean or sum of several items.
    Score {
        /// The items.
        of: Vec<Name>,
        /// Which of both.
        method: Method,
        /// How many must be answered; all if absent.
        minimum: Option<Spanned<usize>>,
        /// Items that run the other way.
        reverse: Vec<Name>,
    },
    /// Whether a condition holds.
    Filter {
        /// The condition.
        condition: Expression,
        /// The condition as it is written.
        text: Name,
        /// The label where it holds.
        yes: String,
        /// The label where it does not.
        no: String,
    },
    /// Facts from a file, found by a key.
    Lookup(Lookup),
}

/// What becomes of answers of substance that a recode does not name.
#[derive(Clone, Debug)]
pub enum Rest {
    /// There may be none.
    Refused,
    /// They become this answer.
    Becomes(Name),
    /// They stay as they are.
    Kept,
}

/// One band of numbers: from the first, to before the second.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The smallest number of the band.
    pub from: f64,
    /// The smallest number of the next; in the last band, its largest.
    pub to: f64,
    /// What is printed.
    pub label: String,
}

/// How items become one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The mean of the items that were answered.
    #[default]
    Mean,
    /// The sum of all items.
    Sum,
}

/// Facts from a file, found by a key.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The variable, or column of the data, that holds the keys.
    pub from: Name,
    /// The file's path, as written.
    pub file: Name,
    /// The header of its keys.
    pub key: Name,
    /// Each new variable's name, and the header of its column.
    pub columns: Vec<(Name, Name)>,
    /// Whether the facts are numbers; else answers.
    pub number: bool,
    /// The answers in their order; none if not said.
    pub categories: Vec<Name>,
}

impl Derive {
    /// The names of the variables that it makes.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        let several: &[(Name, Name)] = match &self.action {
            Action::Lookup(lookup) => &lookup.columns,
            _ => &[],
        };
        let one = several.is_empty().then_some(&self.name);
        one.into_iter().chain(several.iter().map(|(name, _)| name))
    }
}
