//! Ground floor: the small language of filters (`--where`, `where = `) and of routing
//! (`asked_if`).
//!
//! Takes a text such as `phase = 'Primary' and age >= 30`; gives an [`Expression`], which
//! can name the variables it needs, print itself, and be evaluated over coded columns.
//! What is wrong comes back as a [`Problem`]: data with a place in the text, which the
//! caller turns into a finding of its own. Knows no questionnaire, frame or file.
//!
//! ```text
//! any     = all { "or" all }
//! all     = one { "and" one }
//! one     = "not" one | "(" any ")" | name test
//! test    = sign value | [ "not" ] "in" "(" value { "," value } ")"
//!         | "includes" value | "is" [ "not" ] "missing"
//! sign    = "=" | "!=" | "<>" | "<" | "<=" | ">" | ">="
//! value   = number | 'text' | "text"        a quotation mark in a text is doubled
//! name    = letter or "_", then letters, digits, "_" and "."; or any text in backquotes
//! ```
//!
//! Words of the language may be written in either case, names and labels not. For a
//! question with several answers, `reasons = 'Pay'` (or `includes`) means that the answer
//! was picked, `!=` that it was not, `in (...)` that any of them was.
//!
//! A comparison with an answer that is missing is neither true nor false but unknown, and
//! so is its `not`; see [`Truth`].

mod evaluate;
mod lex;
mod parse;
mod print;

use std::ops::Range;

pub use evaluate::{Codes, Column, Columns, NOT_PICKED, PICKED, Truth};

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as bytes of the text.
    pub at: Range<usize>,
    /// What is wrong: one line, lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Problem {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A condition on the answers of one respondent.
#[derive(Clone, Debug)]
pub struct Expression {
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    /// All of two or more hold.
    All(Vec<Node>),
    /// At least one of two or more holds.
    Any(Vec<Node>),
    /// The other does not hold; never another `Not`.
    Not(Box<Node>),
    /// `name sign value`.
    Compare(Name, Sign, Literal),
    /// `name in (values)`, of two or more.
    In(Name, Vec<Literal>),
    /// `name is missing`.
    Missing(Name),
}

/// A variable's name, and where it stands.
#[derive(Clone, Debug)]
struct Name {
    text: String,
    at: Range<usize>,
}

/// A text or number, and where it stands.
#[derive(Clone, Debug)]
struct Literal {
    /// The text without its quotation marks, or the number as it was typed.
    text: String,
    /// The number, if it was typed without quotation marks.
    number: Option<f64>,
    at: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first place at which the text breaks the grammar of this module.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        parse::expression(text).map(|root| Self { root })
    }

    /// The names of its variables in the order of their first appearance, each once.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for (name, _) in self.places() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Every appearance of a name in order, with its bytes in the text.
    #[must_use]
    pub fn places(&self) -> Vec<(&str, Range<usize>)> {
        let mut found = Vec::new();
        self.root.visit(&mut |name| found.push((name.text.as_str(), name.at.clone())));
        found
    }
}

impl Node {
    fn visit<'n>(&'n self, look: &mut impl FnMut(&'n Name)) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.visit(look);
                }
            }
            Self::Not(node) => node.visit(look),
            Self::Compare(name, ..) | Self::In(name, _) | Self::Missing(name) => {
                look(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    #[test]
    fn names_come_in_order_with_their_places() {
        let text = "b = 1 and (a.x is missing or not b in (2))";
        let expression = Expression::parse(text).unwrap();
        assert_eq!(expression.names(), ["b", "a.x"]);
        let places: Vec<&str> =
            expression.places().into_iter().map(|(_, at)| &text[at]).collect();
        assert_eq!(places, ["b", "a.x", "b"]);
    }
}
