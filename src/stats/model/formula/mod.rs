//! The language of model formulas.
//!
//! Takes a text as R's users type it, such as `happy ~ age * sector - 1`; gives a
//! [`Formula`]: the response, the variables, the terms. What is wrong comes back as a
//! [`Problem`] with its place in the text. Knows no data: whether a variable exists and
//! what its values are is seen later.
//!
//! ```text
//! formula  = [ response ] "~" right
//! right    = terms joined by + - : * / ^n and brackets; 1 and 0 stand for the intercept
//! variable = name | `name` | function "(" expression ")" | comparison
//! function = factor as.factor as.numeric as.integer I log log10 exp sqrt
//! ```
//!
//! Within `I(...)` and the other functions, signs mean arithmetic, comparison and logic;
//! `x %in% c("a", "b")` asks whether an answer is one of several.

mod lex;
mod print;
mod syntax;
mod terms;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

pub use syntax::{Kind, Node, Sign};

/// Functions that are understood.
pub(super) const FUNCTIONS: &[&str] =
    &["factor", "as.factor", "as.numeric", "as.integer", "I", "log", "log10", "exp", "sqrt"];

/// Functions that R's users may expect, and what to do here.
const REFUSED: &[(&str, &str)] = &[
    ("offset", "offsets are not supported: model the rate, or put the variable in as a term"),
    ("relevel", "choose the reference level outside the formula, under `reference`"),
    ("C", "contrasts are always against the reference level; choose it under `reference`"),
    ("poly", "write powers out: `x + I(x^2)`"),
    ("ns", "splines are not supported; use bands: derive a variable with `bands`"),
    ("bs", "splines are not supported; use bands: derive a variable with `bands`"),
    ("cut", "use bands: derive a variable with `bands`"),
    ("ordered", "write `factor(x)`: contrasts are always against the reference level"),
    ("strata", "strata belong to the design, not to the formula"),
    ("cbind", "give one response: 0 and 1, or an answer with two levels"),
];

/// What is wrong with a formula.
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
    /// A problem at a place.
    #[must_use]
    pub fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.message)?;
        self.help.iter().try_for_each(|help| write!(out, "; {help}"))
    }
}

/// A formula that has been understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// What stands left of `~`.
    pub response: Option<Variable>,
    /// What the terms are made of, in the order in which they were written.
    pub variables: Vec<Variable>,
    /// The terms, those of one variable first; the intercept is not among them.
    pub terms: Vec<Term>,
    /// Whether there is an intercept.
    pub intercept: bool,
}

/// A variable of a formula: a column of the data, or something computed from columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// As R prints it.
    pub label: String,
    /// How to compute it.
    pub expression: Node,
}

/// A term: variables whose product it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Places in [`Formula::variables`], rising.
    pub variables: Vec<usize>,
}

impl Formula {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (left, right) = syntax::sides(text)?;
        let response = left.as_ref().map(Variable::of).transpose()?;
        let (algebra, terms) = terms::expand(&right)?;
        let (variables, intercept) = (algebra.variables, algebra.intercept);
        if let Some(response) = &response
            && let Some(again) = variables.iter().find(|v| v.label == response.label)
        {
            let at = again.expression.at.clone();
            return Err(Problem::new(at, "the response also stands right of `~`")
                .help("take it away on one side"));
        }
        if terms.is_empty() && !intercept {
            return Err(Problem::new(right.at, "the formula has no terms")
                .help("write `~ 1` for a model of the mean alone"));
        }
        Ok(Self { response, variables, terms, intercept })
    }

    /// The columns of the data that the formula needs, each once.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for variable in self.response.iter().chain(&self.variables) {
            variable.expression.names(&mut names);
        }
        names
    }

    /// A term as R prints it: `age:sector`.
    #[must_use]
    pub fn label(&self, term: &Term) -> String {
        let labels = term.variables.iter().filter_map(|place| self.variables.get(*place));
        labels.map(|variable| variable.label.as_str()).collect::<Vec<_>>().join(":")
    }
}

impl Variable {
    /// A variable, its functions checked; brackets around all of it are taken away.
    fn of(node: &Node) -> Result<Self, Problem> {
        if let Kind::Bracket(inside) = &node.kind {
            return Self::of(inside);
        }
        node.check()?;
        Ok(Self { label: node.label(), expression: node.clone() })
    }

    /// Whether somebody may mean the variable by a name: as it is printed, or its column.
    pub(super) fn goes_by(&self, name: &str) -> bool {
        name == self.label || Some(name) == self.column()
    }

    /// The column that the variable is, unchanged or as a factor.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match &self.expression.kind {
            Kind::Name(name) => Some(name),
            Kind::Call(function, given) if function.ends_with("factor") => {
                match given.first().map(|given| &given.kind) {
                    Some(Kind::Name(name)) => Some(name),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Node {
    /// Adds the names of the columns that are needed, each once.
    pub(super) fn names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match &self.kind {
            Kind::Name(name) if !names.contains(&name.as_str()) => names.push(name),
            Kind::Name(_) | Kind::Number(_) | Kind::Text(_) => {}
            Kind::Before(_, part) | Kind::Bracket(part) => part.names(names),
            Kind::Between(_, left, right) => {
                left.names(names);
                right.names(names);
            }
            Kind::Call(_, given) => given.iter().for_each(|part| part.names(names)),
        }
    }

    /// The parts of `c(...)`, or of anything else the part that it is.
    pub(super) fn list(&self) -> &[Self] {
        match &self.kind {
            Kind::Call(name, given) if name == "c" => given,
            _ => std::slice::from_ref(self),
        }
    }

    /// Refuses functions that are not understood.
    fn check(&self) -> Result<(), Problem> {
        match &self.kind {
            Kind::Name(name) if name == "." => {
                Err(Problem::new(self.at.clone(), "`.` does not stand for all variables here")
                    .help("name the variables"))
            }
            Kind::Name(_) | Kind::Number(_) | Kind::Text(_) => Ok(()),
            Kind::Before(_, part) | Kind::Bracket(part) => part.check(),
            Kind::Between(Sign::In, left, right) => {
                left.check().and_then(|()| right.list().iter().try_for_each(Self::check))
            }
            Kind::Between(_, left, right) => left.check().and_then(|()| right.check()),
            Kind::Call(name, given) => {
                self.function(name, given)?;
                given.iter().try_for_each(Self::check)
            }
        }
    }

    fn function(&self, name: &str, given: &[Self]) -> Result<(), Problem> {
        let known = FUNCTIONS.contains(&name);
        if known && given.len() == 1 {
            return Ok(());
        }
        let refused = REFUSED.iter().find(|(refused, _)| *refused == name);
        let (message, help) = match refused {
            Some((_, help)) => (format!("`{name}()` is not supported"), (*help).to_owned()),
            None if known => {
                let help = "write one variable or expression in its brackets";
                (format!("`{name}()` takes one thing"), help.to_owned())
            }
            None => {
                let help = format!("known are: {}", FUNCTIONS.join(", "));
                (format!("there is no function `{name}`"), help)
            }
        };
        Err(Problem::new(self.at.clone(), message).help(help))
    }
}
