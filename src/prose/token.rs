//! A text in pieces: words, numbers in digits and single marks, each with its place.
//!
//! Marks of Markdown that only change the look of a word are read past, so that `**62**%`
//! is one number. Addresses (web, e-mail) are one mark each: their digits mean nothing.

use std::ops::Range;

use super::stem::stem;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, or letters and digits such as `Q4`.
    Word,
    /// Digits, with their thousands commas and decimal point.
    Digits,
    /// Anything else, one character each; or a whole address.
    Mark,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Its letters in lower case, with a plain apostrophe.
    pub lower: String,
    /// What it has in common with other forms of the word.
    pub stem: String,
    /// Whether a hyphen alone stands between it and the piece before.
    pub joined: bool,
    /// Whether nothing but space, quotation or bullet stands before it on its line.
    pub opens_line: bool,
}

impl Token {
    /// Whether it is this word or mark, given in lower case.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Whether it is one of these words or marks.
    #[must_use]
    pub fn is_in(&self, list: &[&str]) -> bool {
        list.contains(&self.lower.as_str())
    }
}

/// The pieces of a text, in order.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { text, at: 0, found: Vec::new(), opens_line: true };
    while reader.at < text.len() {
        reader.step();
    }
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    found: Vec<Token>,
    opens_line: bool,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            self.at = self.text.len();
            return;
        };
        if first == '\n' {
            self.opens_line = true;
        }
        if first.is_whitespace() || is_unseen(first) {
            self.at += first.len_utf8();
        } else if let Some(length) = address(rest, self.begins_chunk()) {
            self.push(Kind::Mark, length);
        } else if first.is_alphanumeric() {
            let (kind, length) = word(rest);
            self.push(kind, length);
        } else if !self.is_joint(first, rest) {
            self.push(Kind::Mark, first.len_utf8());
        } else {
            self.at += first.len_utf8();
        }
    }

    /// Whether white space or an opening bracket stands before.
    fn begins_chunk(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default().chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '<' | '[' | '"'))
    }

    /// Whether a character is a hyphen within a word, such as in `two-week`. Between two
    /// numbers it is a mark, since it may make a range of them.
    fn is_joint(&self, first: char, rest: &str) -> bool {
        let hyphen = matches!(first, '-' | '\u{2010}' | '\u{2011}');
        let after = rest.chars().nth(1);
        let Some(last) = self.found.last().filter(|last| last.span.end == self.at) else {
            return false;
        };
        match (last.kind, after) {
            (Kind::Word, Some(next)) => hyphen && next.is_alphanumeric(),
            (Kind::Digits, Some(next)) => hyphen && next.is_alphabetic(),
            _ => false,
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let span = self.at..self.at + length;
        let text = self.text.get(span.clone()).unwrap_or_default();
        let lower = text.to_lowercase().replace('\u{2019}', "'");
        let hyphen = self
            .text
            .get(..span.start)
            .is_some_and(|before| before.ends_with(['-', '\u{2010}', '\u{2011}']));
        let touches = self.found.last().is_some_and(|last| {
            last.kind != Kind::Mark && span.start - last.span.end <= '\u{2010}'.len_utf8()
        });
        let stem = if kind == Kind::Word { stem(&lower) } else { lower.clone() };
        self.found.push(Token {
            kind,
            stem,
            joined: hyphen && touches && kind != Kind::Mark,
            opens_line: self.opens_line,
            lower,
            span: span.clone(),
        });
        let bullet = matches!(text, "-" | "+" | ">" | "\u{2022}" | "\"" | "\u{201c}" | "#");
        self.opens_line &= kind == Kind::Mark && bullet;
        self.at = span.end;
    }
}

/// Emphasis of Markdown and characters without a width.
fn is_unseen(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{ad}')
}

/// The length of a web or e-mail address that begins here.
fn address(rest: &str, begins: bool) -> Option<usize> {
    if !begins {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '>' | ']' | '"' | '|');
    let chunk = rest.split(ends).next()?;
    let web = ["http://", "https://", "www."].iter().any(|start| chunk.starts_with(start));
    let mail = chunk.contains('@');
    (web || mail).then(|| chunk.trim_end_matches(['.', ',', ';', ':']).len().max(1))
}

/// What begins with a letter or digit: its kind and length.
fn word(rest: &str) -> (Kind, usize) {
    let digits = digits(rest);
    let after = rest.get(digits..).unwrap_or_default();
    let next = after.chars().next();
    let unit =
        after.strip_prefix("pc").is_some_and(|tail| !tail.starts_with(char::is_alphanumeric));
    if digits > 0 && (unit || !next.is_some_and(char::is_alphanumeric)) {
        return (Kind::Digits, digits);
    }
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let apostrophe = matches!(c, '\'' | '\u{2019}')
            && rest[at + c.len_utf8()..].starts_with(char::is_alphabetic);
        let point = c == '.' && at < digits;
        if !c.is_alphanumeric() && !apostrophe && !point {
            break;
        }
        end = at + c.len_utf8();
    }
    (Kind::Word, end.max(rest.chars().next().map_or(1, char::len_utf8)))
}

/// The length of a number in digits: `4,678`, `3.8`, `2024`; 0 if there is none.
fn digits(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let run = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut end = run(0);
    if end == 0 {
        return 0;
    }
    while bytes.get(end) == Some(&b',') && end <= 15 && run(end + 1) == 3 {
        end += 4;
    }
    while bytes.get(end) == Some(&b'.') && run(end + 1) > 0 {
        end += 1 + run(end + 1);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let shown = tokens(text).into_iter().map(|token| {
            let joint = if token.joined { "+" } else { "" };
            let kind = match token.kind {
                Kind::Word => "",
                Kind::Digits => "=",
                Kind::Mark => "!",
            };
            format!("{joint}{kind}{}", &text[token.span])
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(
            read("4,678 said \u{201c}no\u{201d}."),
            "=4,678 said !\u{201c} no !\u{201d} !."
        );
        assert_eq!(read("3.8, 1,234,567 and 3,4"), "=3.8 !, =1,234,567 and =3 !, =4");
        assert_eq!(read("**62**% 62pc 11am Q4"), "=62 !% =62 pc 11am Q4");
        assert_eq!(read("don\u{2019}t members' 9.30am"), "don\u{2019}t members !' 9.30am");
    }

    #[test]
    fn hyphens_join_words_but_not_numbers() {
        assert_eq!(read("two-week 12-point Covid-19"), "two +week =12 +point Covid +=19");
        assert_eq!(read("40-45% 13\u{2013}14"), "=40 !- =45 !% =13 !\u{2013} =14");
        assert_eq!(read("- a - b"), "!- a !- b");
    }

    #[test]
    fn an_address_is_one_mark() {
        assert_eq!(
            read("[here](https://a.org/62) a@b.org."),
            "![ here !] !( !https://a.org/62 !) !a@b.org !."
        );
    }

    #[test]
    fn the_first_word_of_a_line_is_known_behind_its_bullet() {
        let opens: Vec<bool> = tokens("- 1. a\nb c").iter().map(|t| t.opens_line).collect();
        assert_eq!(opens, [true, true, false, false, true, false]);
    }
}
