//! The text of an expression goes in, its tokens come out, each with its bytes.
//!
//! Knows no grammar: the words of the language are names here.

use std::ops::Range;

use super::{Problem, Sign};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    /// A name in backquotes, which is never a word of the language.
    Quoted(String),
    Text(String),
    /// As typed, and its value.
    Number(String, f64),
    Sign(Sign),
    Open,
    Close,
    Comma,
}

/// Signs and brackets, the longer before those that begin them.
const SIGNS: &[(&str, Token)] = &[
    ("<=", Token::Sign(Sign::AtMost)),
    (">=", Token::Sign(Sign::AtLeast)),
    ("<>", Token::Sign(Sign::NotEqual)),
    ("!=", Token::Sign(Sign::NotEqual)),
    ("<", Token::Sign(Sign::Less)),
    (">", Token::Sign(Sign::More)),
    ("=", Token::Sign(Sign::Equal)),
    ("(", Token::Open),
    (")", Token::Close),
    (",", Token::Comma),
];

/// What people write out of habit, and what it is called here.
const HABITS: &[(&str, &str)] = &[
    ("==", "write `=`"),
    ("&&", "write `and`"),
    ("&", "write `and`"),
    ("||", "write `or`"),
    ("|", "write `or`"),
    ("!", "write `not`"),
    ("≥", "write `>=`"),
    ("≤", "write `<=`"),
    ("≠", "write `!=`"),
    ("‘", "use straight quotation marks: `'`"),
    ("’", "use straight quotation marks: `'`"),
    ("“", "use straight quotation marks: `\"`"),
    ("”", "use straight quotation marks: `\"`"),
];

/// All tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Problem> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, end) = next(text, at, first)?;
        tokens.push((token, at..end));
        at = end;
    }
    Ok(tokens)
}

/// The token that begins at an offset, and its end.
fn next(text: &str, at: usize, first: char) -> Result<(Token, usize), Problem> {
    let rest = text.get(at..).unwrap_or_default();
    match first {
        '\'' | '"' => quoted(rest, at, first),
        '`' => backquoted(rest, at),
        c if c.is_ascii_alphabetic() || c == '_' => {
            let name = prefix(rest, |c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
            Ok((Token::Name(name.to_owned()), at + name.len()))
        }
        c if c.is_ascii_digit() || c == '-' || c == '.' => number(rest, at),
        _ => sign(rest, at, first),
    }
}

/// The longest start of a text whose characters all belong to a kind.
fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

fn quoted(rest: &str, at: usize, mark: char) -> Result<(Token, usize), Problem> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((offset, c)) = characters.next() {
        if c != mark {
            text.push(c);
        } else if characters.next_if(|(_, next)| *next == mark).is_some() {
            text.push(mark);
        } else {
            return Ok((Token::Text(text), at + offset + 1));
        }
    }
    Err(Problem::new(at..at + rest.len(), "a text has no closing quotation mark")
        .help(format!("close it with `{mark}`; inside a text write `{mark}{mark}`")))
}

fn backquoted(rest: &str, at: usize) -> Result<(Token, usize), Problem> {
    let name = rest.get(1..).and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
    name.map(|name| (Token::Quoted(name.to_owned()), at + name.len() + 2)).ok_or_else(|| {
        Problem::new(at..at + rest.len(), "a name has no closing backquote")
            .help("close it with another backquote")
    })
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Problem> {
    let typed = prefix(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    let plain = typed.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.'));
    match typed.parse().ok().filter(|_| plain) {
        Some(value) => Ok((Token::Number(typed.to_owned(), value), at + typed.len())),
        None => Err(Problem::new(at..at + typed.len(), format!("`{typed}` is not a number"))
            .help("write a number such as 30, -1 or 0.5; put a code or text in quotes")),
    }
}

fn sign(rest: &str, at: usize, first: char) -> Result<(Token, usize), Problem> {
    let habit = HABITS.iter().find(|(typed, _)| rest.starts_with(typed));
    let known = SIGNS.iter().find(|(typed, _)| rest.starts_with(typed));
    // `!=` begins like the habit `!`, but `==` does not begin like a sign of its own.
    match (known, habit) {
        (Some((typed, token)), None | Some(("!", _))) => Ok((token.clone(), at + typed.len())),
        (_, Some((typed, help))) => {
            Err(Problem::new(at..at + typed.len(), format!("`{typed}` is not a sign here"))
                .help(*help))
        }
        (None, None) if first.is_alphabetic() => {
            let word = prefix(rest, char::is_alphanumeric);
            Err(Problem::new(at..at + word.len(), format!("`{first}` begins no name")).help(
                "put a name with letters beyond a to z in backquotes, text in quotation marks",
            ))
        }
        (None, None) => Err(Problem::new(
            at..at + first.len_utf8(),
            format!("`{first}` has no meaning here"),
        )
        .help("put text in quotation marks: `'like this'`")),
    }
}
