//! An expression of a formula and columns of data go in, its values come out.
//!
//! A missing value stays missing through arithmetic and comparison, as in R. A value that
//! does not exist, such as the logarithm of 0, is refused and never becomes a missing one.

use std::ops::Range;

use super::formula::{Kind, Node, Problem, Sign};

/// A column of the data, one value for each record.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    /// Numbers; not a number where it is missing.
    Numbers(&'a [f64]),
    /// One answer of a list.
    Answers {
        /// A place in `labels` for each record; missing where it is beyond their end.
        codes: &'a [u32],
        /// The answers in their order; the first is the reference level.
        labels: &'a [String],
    },
}

impl Column<'_> {
    /// The number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Answers { codes, .. } => codes.len(),
        }
    }

    /// Whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The columns by name, all equally long.
pub type Columns<'a> = [(&'a str, Column<'a>)];

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Values {
    /// Not a number where missing.
    Numbers(Vec<f64>),
    /// 1 where it holds, 0 where not, not a number where that is unknown.
    Truths(Vec<f64>),
    /// Missing where the code is beyond the labels.
    Answers { codes: Vec<u32>, labels: Vec<String> },
    /// A text to compare with.
    Text(String),
}

impl Values {
    /// Whether a record has a value.
    pub(super) fn known(&self, record: usize) -> bool {
        match self {
            Self::Numbers(values) | Self::Truths(values) => {
                values.get(record).is_some_and(|value| !value.is_nan())
            }
            Self::Answers { codes, labels } => {
                let place = |code: &u32| usize::try_from(*code).unwrap_or(usize::MAX);
                codes.get(record).is_some_and(|code| place(code) < labels.len())
            }
            Self::Text(_) => false,
        }
    }
}

/// Truths as the codes and labels that R makes of them.
pub(super) fn answers_of(truths: &[f64]) -> (Vec<u32>, Vec<String>) {
    let code = |truth: &f64| if truth.is_nan() { u32::MAX } else { u32::from(*truth > 0.5) };
    (truths.iter().map(code).collect(), vec!["FALSE".to_owned(), "TRUE".to_owned()])
}

/// What expressions are computed from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Data<'a> {
    pub(super) columns: &'a Columns<'a>,
    /// The records that matter; elsewhere nothing is computed, so that nothing is refused.
    pub(super) domain: &'a [bool],
}

/// The values of an expression, one for each record.
pub(super) fn evaluate(node: &Node, data: Data<'_>) -> Result<Values, Problem> {
    match &node.kind {
        Kind::Name(name) => column(name, node, data),
        Kind::Number(value) => Ok(Values::Numbers(vec![*value; data.domain.len()])),
        Kind::Text(text) => Ok(Values::Text(text.clone())),
        Kind::Bracket(part) => evaluate(part, data),
        Kind::Before(Sign::Not, part) => {
            let values = numbers(part, data)?;
            let turned = |value: &f64| truth(*value, |value| value == 0.0);
            Ok(Values::Truths(values.iter().map(turned).collect()))
        }
        Kind::Before(sign, part) => {
            let factor = if *sign == Sign::Minus { -1.0 } else { 1.0 };
            let values = numbers(part, data)?;
            Ok(Values::Numbers(values.iter().map(|value| factor * value).collect()))
        }
        Kind::Between(Sign::In, left, right) => {
            let left = evaluate(left, data)?;
            among(&left, right.list(), data)
        }
        Kind::Between(sign, left, right) => {
            let left = evaluate(left, data)?;
            let right = evaluate(right, data)?;
            between(*sign, left, right, &node.at)
        }
        Kind::Call(name, given) => match given.first() {
            Some(part) => call(name, part, data),
            None => Err(Problem::new(node.at.clone(), "the brackets are empty")),
        },
    }
}

/// A column; missing outside the domain.
fn column(name: &str, node: &Node, data: Data<'_>) -> Result<Values, Problem> {
    let Some((_, column)) = data.columns.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = data.columns.iter().map(|(known, _)| *known).take(20).collect();
        return Err(Problem::new(node.at.clone(), format!("there is no variable `{name}`"))
            .help(format!("known are: {}", known.join(", "))));
    };
    Ok(match column {
        Column::Numbers(values) => Values::Numbers(inside(values, data.domain, f64::NAN)),
        Column::Answers { codes, labels } => {
            let codes = inside(codes, data.domain, u32::MAX);
            Values::Answers { codes, labels: labels.to_vec() }
        }
    })
}

fn inside<T: Copy>(values: &[T], domain: &[bool], missing: T) -> Vec<T> {
    let pairs = values.iter().zip(domain);
    pairs.map(|(value, inside)| if *inside { *value } else { missing }).collect()
}

/// The values as numbers; truths are 1 and 0.
pub(super) fn numbers(node: &Node, data: Data<'_>) -> Result<Vec<f64>, Problem> {
    as_numbers(evaluate(node, data)?, &node.at)
}

fn as_numbers(values: Values, at: &Range<usize>) -> Result<Vec<f64>, Problem> {
    match values {
        Values::Numbers(values) | Values::Truths(values) => Ok(values),
        Values::Answers { .. } | Values::Text(_) => {
            Err(Problem::new(at.clone(), "there is no arithmetic on answers")
                .help("compare with an answer, `I(x == \"a\")`, or give the answers scores"))
        }
    }
}

fn call(name: &str, part: &Node, data: Data<'_>) -> Result<Values, Problem> {
    match name {
        "I" => evaluate(part, data),
        "factor" | "as.factor" => Ok(factor(evaluate(part, data)?)),
        "as.numeric" => numbers(part, data).map(Values::Numbers),
        _ => {
            let values = numbers(part, data)?;
            mapped(&values, &part.at, |value| match name {
                "as.integer" => value.trunc(),
                "log" => libm::log(value),
                "log10" => libm::log10(value),
                "exp" => libm::exp(value),
                _ => value.sqrt(),
            })
        }
    }
}

/// Numbers as the answers that `factor` makes of them, in rising order.
fn factor(values: Values) -> Values {
    let numbers = match values {
        Values::Numbers(numbers) => numbers,
        Values::Truths(truths) => {
            let (codes, labels) = answers_of(&truths);
            return Values::Answers { codes, labels };
        }
        values => return values,
    };
    let mut levels: Vec<f64> = numbers.iter().copied().filter(|v| !v.is_nan()).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup_by(|a, b| a.total_cmp(b).is_eq());
    let code = |value: &f64| levels.binary_search_by(|level| level.total_cmp(value)).ok();
    let codes = numbers.iter().map(|v| code(v).and_then(|c| u32::try_from(c).ok()));
    let codes = codes.map(|code| code.unwrap_or(u32::MAX)).collect();
    Values::Answers { codes, labels: levels.iter().map(f64::to_string).collect() }
}

/// A function of each value; refused where it does not exist.
fn mapped(
    values: &[f64],
    at: &Range<usize>,
    function: impl Fn(f64) -> f64,
) -> Result<Values, Problem> {
    let results: Vec<f64> = values.iter().map(|value| function(*value)).collect();
    exists(values.iter().zip(&results).map(|(from, to)| (*from, *from, *to)), at)?;
    Ok(Values::Numbers(results))
}

/// Refuses results that are not finite though what they come from is known. Each comes
/// with two values, which are the same for a function of one.
fn exists(
    mut results: impl Iterator<Item = (f64, f64, f64)>,
    at: &Range<usize>,
) -> Result<(), Problem> {
    let found = results.find(|(a, b, to)| !(a.is_nan() || b.is_nan() || to.is_finite()));
    let Some((a, b, _)) = found else { return Ok(()) };
    let values = if a.total_cmp(&b).is_eq() { a.to_string() } else { format!("{a} and {b}") };
    Err(Problem::new(at.clone(), format!("this has no value at {values}"))
        .help("leave such records out by a filter, or write another expression"))
}

fn between(
    sign: Sign,
    left: Values,
    right: Values,
    at: &Range<usize>,
) -> Result<Values, Problem> {
    match (left, right) {
        (Values::Answers { codes, labels }, Values::Text(text))
        | (Values::Text(text), Values::Answers { codes, labels }) => {
            compared(sign, &codes, &labels, &text, at)
        }
        (left, right) => {
            let (left, right) = (as_numbers(left, at)?, as_numbers(right, at)?);
            arithmetic(sign, &left, &right, at)
        }
    }
}

/// Whether values are in a list. A missing one stays missing; R says that it is not in it.
fn among(values: &Values, list: &[Node], data: Data<'_>) -> Result<Values, Problem> {
    let mut found = vec![0.0; data.domain.len()];
    for item in list {
        let other = evaluate(item, data)?;
        let same =
            as_numbers(between(Sign::Equal, values.clone(), other, &item.at)?, &item.at)?;
        found = found.iter().zip(&same).map(|(found, same)| or(*found, *same)).collect();
    }
    Ok(Values::Truths(found))
}

/// Answers compared with the text of one.
fn compared(
    sign: Sign,
    codes: &[u32],
    labels: &[String],
    text: &str,
    at: &Range<usize>,
) -> Result<Values, Problem> {
    let Some(wanted) = labels.iter().position(|label| label == text) else {
        return Err(Problem::new(at.clone(), format!("there is no answer `{text}`"))
            .help(format!("the answers are: {}", labels.join(", "))));
    };
    let same = match sign {
        Sign::Equal => 1.0,
        Sign::NotEqual => 0.0,
        _ => {
            return Err(Problem::new(at.clone(), "answers can be alike or not, no more")
                .help("compare by `==` or `!=`"));
        }
    };
    let truth = |code: &u32| match usize::try_from(*code) {
        Ok(code) if code == wanted => same,
        Ok(code) if code < labels.len() => 1.0 - same,
        _ => f64::NAN,
    };
    Ok(Values::Truths(codes.iter().map(truth).collect()))
}

fn arithmetic(
    sign: Sign,
    left: &[f64],
    right: &[f64],
    at: &Range<usize>,
) -> Result<Values, Problem> {
    let Some(operation) = operation(sign) else {
        return Err(Problem::new(at.clone(), "`:` has no meaning within a function")
            .help("for a product write `I(x * z)`"));
    };
    let pairs = || left.iter().zip(right);
    let results: Vec<f64> = pairs().map(|(a, b)| operation(*a, *b)).collect();
    if matches!(sign, Sign::Plus | Sign::Minus | Sign::Times | Sign::Over | Sign::Power) {
        exists(pairs().zip(&results).map(|((a, b), to)| (*a, *b, *to)), at)?;
        return Ok(Values::Numbers(results));
    }
    Ok(Values::Truths(results))
}

fn operation(sign: Sign) -> Option<fn(f64, f64) -> f64> {
    Some(match sign {
        Sign::Plus => |a, b| a + b,
        Sign::Minus => |a, b| a - b,
        Sign::Times => |a, b| a * b,
        Sign::Over => |a, b| a / b,
        Sign::Power => |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { libm::pow(a, b) },
        Sign::Equal => |a, b| truth(a - b, |difference| difference == 0.0),
        Sign::NotEqual => |a, b| truth(a - b, |difference| difference != 0.0),
        Sign::Less => |a, b| truth(a - b, |difference| difference < 0.0),
        Sign::AtMost => |a, b| truth(a - b, |difference| difference <= 0.0),
        Sign::More => |a, b| truth(a - b, |difference| difference > 0.0),
        Sign::AtLeast => |a, b| truth(a - b, |difference| difference >= 0.0),
        // What is false whatever the other may be is false, and so for true.
        Sign::And => |a, b| if a == 0.0 || b == 0.0 { 0.0 } else { truth(a * b, |_| true) },
        Sign::Or => or,
        Sign::In | Sign::With | Sign::Not => return None,
    })
}

fn or(a: f64, b: f64) -> f64 {
    let holds = |value: f64| !value.is_nan() && value != 0.0;
    if holds(a) || holds(b) { 1.0 } else { truth(a + b, |_| false) }
}

/// 1 or 0; not a number of what is not one.
fn truth(value: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if value.is_nan() { value } else { f64::from(u8::from(holds(value))) }
}
