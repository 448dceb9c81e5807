//! A part of a formula goes in, its name as R prints it comes out (`deparse`), so that
//! coefficients are called as in R.

use super::syntax::{Kind, Node, Sign};

/// Words of R that are no names.
const RESERVED: &[&str] = &[
    "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE",
    "NULL", "Inf", "NaN", "NA", "in",
];

impl Node {
    /// As R prints it.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.kind {
            Kind::Name(name) => quoted(name),
            Kind::Number(value) => number(*value),
            Kind::Text(text) => format!("\"{}\"", text.replace('"', "\\\"")),
            Kind::Before(sign, part) => format!("{}{}", spelling(*sign), part.label()),
            Kind::Between(sign, left, right) => {
                format!("{}{}{}", left.label(), spelling_between(*sign), right.label())
            }
            Kind::Bracket(part) => format!("({})", part.label()),
            Kind::Call(name, given) => {
                let given: Vec<String> = given.iter().map(Self::label).collect();
                format!("{}({})", quoted(name), given.join(", "))
            }
        }
    }
}

/// A name, in backquotes when R could not read it otherwise.
fn quoted(name: &str) -> String {
    let mut letters = name.chars();
    let begins = match letters.next() {
        Some('.') => !letters.next().is_some_and(|c| c.is_ascii_digit()),
        first => first.is_some_and(char::is_alphabetic),
    };
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '_');
    if begins && plain && !RESERVED.contains(&name) {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}

/// The shorter of `100` and `1e+02`, as R chooses.
fn number(value: f64) -> String {
    let fixed = format!("{value}");
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return fixed };
    let (sign, size) = match exponent.strip_prefix('-') {
        Some(size) => ('-', size),
        None => ('+', exponent),
    };
    let scientific = format!("{digits}e{sign}{size:0>2}");
    if scientific.len() < fixed.len() { scientific } else { fixed }
}

fn spelling_between(sign: Sign) -> String {
    match sign {
        Sign::Over | Sign::With | Sign::Power => spelling(sign).to_owned(),
        _ => format!(" {} ", spelling(sign)),
    }
}

/// As it is typed.
fn spelling(sign: Sign) -> &'static str {
    match sign {
        Sign::Or => "|",
        Sign::And => "&",
        Sign::Not => "!",
        Sign::Equal => "==",
        Sign::NotEqual => "!=",
        Sign::Less => "<",
        Sign::AtMost => "<=",
        Sign::More => ">",
        Sign::AtLeast => ">=",
        Sign::Plus => "+",
        Sign::Minus => "-",
        Sign::Times => "*",
        Sign::Over => "/",
        Sign::In => "%in%",
        Sign::With => ":",
        Sign::Power => "^",
    }
}
