//! The right side of a formula goes in, the variables and terms it stands for come out.
//!
//! The algebra is that of Wilkinson and Rogers (1973), "Symbolic description of factorial
//! models for analysis of variance", as R has it (`?formula`): a term is a set of
//! variables, `:` unites sets, `*` adds both sides and their unions, `-` takes terms away.

use super::syntax::{Kind, Node, Sign};
use super::{Problem, Term, Variable};

/// As many variables as a set of bits holds.
const MOST: usize = 64;

/// Highest power of a bracket: beyond the number of variables it adds nothing.
const HIGHEST: f64 = 64.0;

/// What is known of the right side while it is read.
pub(super) struct Algebra {
    pub(super) variables: Vec<Variable>,
    pub(super) intercept: bool,
    /// Whether terms are being added, not taken away.
    adding: bool,
}

/// A set of variables: bit k stands for variable k.
type Set = u64;

/// The variables and terms of the right side of a formula, and whether it has an
/// intercept. Terms of few variables come first, as in R, otherwise as they were written.
pub(super) fn expand(right: &Node) -> Result<(Algebra, Vec<Term>), Problem> {
    let mut algebra = Algebra { variables: Vec::new(), intercept: true, adding: true };
    let mut sets = algebra.terms(right)?;
    sets.sort_by_key(|set| set.count_ones());
    let members = |set: &Set| (0..MOST).filter(|bit| set >> bit & 1 == 1).collect();
    let terms = sets.iter().map(|set| Term { variables: members(set) }).collect();
    Ok((algebra, terms))
}

impl Algebra {
    fn terms(&mut self, node: &Node) -> Result<Vec<Set>, Problem> {
        match &node.kind {
            Kind::Bracket(part) | Kind::Before(Sign::Plus, part) => self.terms(part),
            Kind::Number(value) => self.constant(*value, node),
            Kind::Before(Sign::Minus, part) => self.without(Vec::new(), part),
            Kind::Between(Sign::Minus, left, part) => {
                let terms = self.terms(left)?;
                self.without(terms, part)
            }
            Kind::Between(Sign::Power, part, power) => {
                let terms = self.terms(part)?;
                Ok(repeated(&terms, power_of(power)?))
            }
            Kind::Between(
                sign @ (Sign::Plus | Sign::Times | Sign::With | Sign::Over),
                left,
                right,
            ) => {
                let (left, right) = (self.terms(left)?, self.terms(right)?);
                Ok(joined(*sign, &left, &right))
            }
            Kind::Between(Sign::In, ..) => {
                Err(Problem::new(node.at.clone(), "`%in%` between terms is not supported")
                    .help("for a condition write `I(x %in% c(\"a\", \"b\"))`"))
            }
            _ => self.variable(node).map(|bit| vec![1 << bit]),
        }
    }

    /// `1` asks for an intercept and `0` for none; behind a minus the other way round.
    fn constant(&mut self, value: f64, node: &Node) -> Result<Vec<Set>, Problem> {
        if value != 0.0 && value.to_bits() != 1.0_f64.to_bits() {
            return Err(Problem::new(node.at.clone(), "a number is no term")
                .help("only 0 and 1 may stand alone; write a sum as `I(x + 2)`"));
        }
        self.intercept = (value != 0.0) == self.adding;
        Ok(Vec::new())
    }

    fn without(&mut self, terms: Vec<Set>, part: &Node) -> Result<Vec<Set>, Problem> {
        self.adding = !self.adding;
        let gone = self.terms(part);
        self.adding = !self.adding;
        let gone = gone?;
        Ok(terms.into_iter().filter(|term| !gone.contains(term)).collect())
    }

    /// The place of a variable, which is new unless it prints like one before.
    fn variable(&mut self, node: &Node) -> Result<usize, Problem> {
        let variable = Variable::of(node)?;
        let known = self.variables.iter().position(|known| known.label == variable.label);
        if let Some(place) = known {
            return Ok(place);
        }
        if self.variables.len() == MOST {
            return Err(Problem::new(node.at.clone(), "a formula has at most 64 variables")
                .help("leave variables out"));
        }
        self.variables.push(variable);
        Ok(self.variables.len() - 1)
    }
}

/// What two sides give, joined by `+`, `:`, `*` or `/`.
fn joined(sign: Sign, left: &[Set], right: &[Set]) -> Vec<Set> {
    let all = left.iter().fold(0, |all, set| all | set);
    let crossed = left.iter().flat_map(|a| right.iter().map(move |b| a | b));
    let within = right.iter().map(|set| all | set);
    let left = left.iter().copied();
    let right = right.iter().copied();
    match sign {
        Sign::With => unique(crossed),
        Sign::Times => unique(left.chain(right).chain(crossed)),
        Sign::Over => unique(left.chain(within)),
        _ => unique(left.chain(right)),
    }
}

/// Terms crossed with themselves: a bracket to a power.
fn repeated(terms: &[Set], power: usize) -> Vec<Set> {
    (1..power).fold(terms.to_vec(), |so_far, _| joined(Sign::With, &so_far, terms))
}

fn power_of(node: &Node) -> Result<usize, Problem> {
    let whole = |value: &f64| value.fract() == 0.0 && (1.0..=HIGHEST).contains(value);
    match node.kind {
        Kind::Number(value) if whole(&value) => {
            Ok((1..=MOST).take_while(|n| crate::stats::count(*n) <= value).count())
        }
        _ => Err(Problem::new(node.at.clone(), "terms are raised to whole powers only")
            .help("for the square of a number write `I(x^2)`")),
    }
}

fn unique(sets: impl Iterator<Item = Set>) -> Vec<Set> {
    let mut list = Vec::new();
    for set in sets {
        if !list.contains(&set) {
            list.push(set);
        }
    }
    list
}
