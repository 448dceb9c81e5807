//! An expression of a formula goes in, its derivative with respect to a column comes out.
//!
//! Knows the rules for sums, products, quotients, powers and the functions of formulas.
//! What jumps, such as a comparison, has no derivative and is refused.

use super::formula::{Kind, Node, Problem, Sign};
use super::values::{Data, numbers};

/// The derivative of an expression with respect to a column, for each record; `None`
/// where the column does not occur. Refused where a record has a value and no slope.
pub(super) fn slope(
    node: &Node,
    of: &str,
    data: Data<'_>,
) -> Result<Option<Vec<f64>>, Problem> {
    let mut names = Vec::new();
    node.names(&mut names);
    if !names.contains(&of) {
        return Ok(None);
    }
    let slopes = slope_of(node, of, data)?;
    let values = numbers(node, data)?;
    let infinite = |(value, slope): (&f64, &f64)| !value.is_nan() && !slope.is_finite();
    match slopes {
        Some(slopes) if values.iter().zip(&slopes).any(infinite) => Err(no_slope(node)),
        slopes => Ok(slopes),
    }
}

/// The same by the rule for the outermost sign or function.
fn slope_of(node: &Node, of: &str, data: Data<'_>) -> Result<Option<Vec<f64>>, Problem> {
    let slope = |part: &Node| slope(part, of, data);
    match &node.kind {
        Kind::Name(_) => Ok(Some(vec![1.0; data.domain.len()])),
        Kind::Bracket(part) | Kind::Before(Sign::Plus, part) => slope(part),
        Kind::Before(Sign::Minus, part) => {
            Ok(slope(part)?.map(|slope| slope.iter().map(|s| -s).collect()))
        }
        Kind::Between(sign, left, right) => {
            let zeros = || vec![0.0; data.domain.len()];
            let a = (numbers(left, data)?, slope(left)?.unwrap_or_else(zeros));
            let b = (numbers(right, data)?, slope(right)?.unwrap_or_else(zeros));
            slope_between(*sign, &a, &b).map(Some).ok_or_else(|| no_slope(node))
        }
        Kind::Call(name, given) => {
            let Some(part) = given.first() else { return Ok(None) };
            let Some(inner) = slope(part)? else { return Ok(None) };
            let values = numbers(part, data)?;
            slope_of_call(name, &values, &inner).map(Some).ok_or_else(|| no_slope(node))
        }
        _ => Err(no_slope(node)),
    }
}

fn no_slope(node: &Node) -> Problem {
    Problem::new(node.at.clone(), "this has no slope at the values of some records")
        .help("use a variable as it is or in a smooth function to get an average effect")
}

/// The chain rule; `None` for functions that jump.
fn slope_of_call(name: &str, values: &[f64], inner: &[f64]) -> Option<Vec<f64>> {
    let outer = |value: f64| match name {
        "log" => Some(1.0 / value),
        "log10" => Some(1.0 / (value * std::f64::consts::LN_10)),
        "exp" => Some(libm::exp(value)),
        "sqrt" => Some(0.5 / value.sqrt()),
        "I" | "as.numeric" => Some(1.0),
        _ => None,
    };
    let product = |(value, inner): (&f64, &f64)| Some(outer(*value)? * inner);
    values.iter().zip(inner).map(product).collect()
}

/// The rules for sums, products, quotients and powers; each side is values and slopes.
fn slope_between(
    sign: Sign,
    (a, slope_a): &(Vec<f64>, Vec<f64>),
    (b, slope_b): &(Vec<f64>, Vec<f64>),
) -> Option<Vec<f64>> {
    let rule: fn(f64, f64, f64, f64) -> f64 = match sign {
        Sign::Plus => |_, da, _, db| da + db,
        Sign::Minus => |_, da, _, db| da - db,
        Sign::Times => |a, da, b, db| da * b + a * db,
        Sign::Over => |a, da, b, db| (da * b - a * db) / (b * b),
        Sign::Power if slope_b.iter().all(|slope| *slope == 0.0) => {
            |a, da, b, _| b * libm::pow(a, b - 1.0) * da
        }
        _ => return None,
    };
    let left = a.iter().zip(slope_a);
    let right = b.iter().zip(slope_b);
    Some(left.zip(right).map(|((a, da), (b, db))| rule(*a, *da, *b, *db)).collect())
}
