//! The text of a formula goes in, its tokens come out, each with its bytes.
//!
//! Knows the spelling of R's names, numbers and signs, and no grammar.

use std::ops::Range;

use super::Problem;
use super::syntax::Sign;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A variable or function; the backquotes are gone.
    Name(String),
    Number(f64),
    Text(String),
    Sign(Sign),
    Tilde,
    Open,
    Close,
    Comma,
}

/// Signs and brackets, the longer before those that begin them.
const SIGNS: &[(&str, Token)] = &[
    ("%in%", Token::Sign(Sign::In)),
    ("**", Token::Sign(Sign::Power)),
    ("<=", Token::Sign(Sign::AtMost)),
    (">=", Token::Sign(Sign::AtLeast)),
    ("==", Token::Sign(Sign::Equal)),
    ("!=", Token::Sign(Sign::NotEqual)),
    ("+", Token::Sign(Sign::Plus)),
    ("-", Token::Sign(Sign::Minus)),
    ("*", Token::Sign(Sign::Times)),
    ("/", Token::Sign(Sign::Over)),
    ("^", Token::Sign(Sign::Power)),
    (":", Token::Sign(Sign::With)),
    ("<", Token::Sign(Sign::Less)),
    (">", Token::Sign(Sign::More)),
    ("&", Token::Sign(Sign::And)),
    ("|", Token::Sign(Sign::Or)),
    ("!", Token::Sign(Sign::Not)),
    ("~", Token::Tilde),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
];

/// What is written out of habit and not understood here, and what to write.
const HABITS: &[(&str, &str)] = &[
    ("&&", "write `&`"),
    ("||", "write `|`"),
    ("=", "compare by `==`; choose levels outside the formula"),
    ("$", "write the variable's name alone"),
    ("[", "use a filter outside the formula"),
    ("‘", "use straight quotation marks: `'`"),
    ("’", "use straight quotation marks: `'`"),
    ("“", "use straight quotation marks: `\"`"),
    ("”", "use straight quotation marks: `\"`"),
];

/// All tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Problem> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = next(rest, at, first)?;
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

/// The token that a text begins with, and its length.
fn next(rest: &str, at: usize, first: char) -> Result<(Token, usize), Problem> {
    let digit_follows = rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    match first {
        '`' => quoted(rest, at, first).map(|(name, length)| (Token::Name(name), length)),
        '"' | '\'' => quoted(rest, at, first).map(|(text, length)| (Token::Text(text), length)),
        '0'..='9' => number(rest, at),
        '.' if digit_follows => number(rest, at),
        '.' | '_' => Ok(name(rest)),
        letter if letter.is_alphabetic() => Ok(name(rest)),
        _ => sign(rest, at, first),
    }
}

fn name(rest: &str) -> (Token, usize) {
    let name = prefix(rest, |c| c.is_alphanumeric() || c == '_' || c == '.');
    (Token::Name(name.to_owned()), name.len())
}

/// The part of a text whose characters all qualify.
fn prefix(rest: &str, qualifies: impl Fn(char) -> bool) -> &str {
    let end = rest.find(|c| !qualifies(c)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// What stands between two marks, and the length with them.
fn quoted(rest: &str, at: usize, mark: char) -> Result<(String, usize), Problem> {
    let inside = rest.get(1..).unwrap_or_default();
    let Some(end) = inside.find(mark) else {
        return Err(Problem::new(at..at + rest.len(), format!("a {mark} is not closed"))
            .help(format!("put a second {mark} behind the name or text")));
    };
    Ok((inside.get(..end).unwrap_or_default().to_owned(), end + 2))
}

/// A number as R writes it: `12`, `0.5`, `.5`, `1e-3`, `3L`.
fn number(rest: &str, at: usize) -> Result<(Token, usize), Problem> {
    let mut typed = prefix(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
    if typed.ends_with(['e', 'E']) {
        let exponent = rest.get(typed.len() + 1..).unwrap_or_default();
        let digits = prefix(exponent, |c| c.is_ascii_digit());
        typed = rest.get(..typed.len() + 1 + digits.len()).unwrap_or(typed);
    }
    match typed.strip_suffix('L').unwrap_or(typed).parse() {
        Ok(value) => Ok((Token::Number(value), typed.len())),
        Err(_) => Err(Problem::new(at..at + typed.len(), format!("`{typed}` is no number"))
            .help("put a name that begins with a digit in backquotes")),
    }
}

fn sign(rest: &str, at: usize, first: char) -> Result<(Token, usize), Problem> {
    let known = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign));
    let habit = HABITS.iter().find(|(habit, _)| rest.starts_with(habit));
    match (known, habit) {
        (Some((sign, token)), habit) if habit.is_none_or(|(h, _)| h.len() < sign.len()) => {
            Ok((token.clone(), sign.len()))
        }
        (_, Some((habit, help))) => {
            let message = format!("`{habit}` has no meaning here");
            Err(Problem::new(at..at + habit.len(), message).help(*help))
        }
        _ => {
            let message = format!("`{first}` has no meaning in a formula");
            Err(Problem::new(at..at + first.len_utf8(), message)
                .help("put a name that holds it in backquotes"))
        }
    }
}
