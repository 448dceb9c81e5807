//! Tokens go in, the tree of an R expression comes out.
//!
//! Knows R's precedence of signs (`?Syntax`) and nothing of what they mean.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use super::Problem;
use super::lex::{Token, tokens};

/// How deep brackets may stand within each other: more than anyone writes, and few enough
/// for any stack.
const DEPTH: usize = 64;

/// A sign between two parts, or before one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `|`
    Or,
    /// `&`
    And,
    /// `!` before a part
    Not,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `+`, also before a part
    Plus,
    /// `-`, also before a part
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%in%`
    In,
    /// `:`
    With,
    /// `^`
    Power,
}

impl Sign {
    /// How firmly the sign holds its parts together.
    fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Not => 3,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::AtMost
            | Self::More
            | Self::AtLeast => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Over => 6,
            Self::In => 7,
            Self::With => 8,
            Self::Power => 10,
        }
    }

    /// The same for a sign before a part; `None` for those that cannot stand there.
    fn strength_before(self) -> Option<u8> {
        match self {
            Self::Not => Some(3),
            Self::Plus | Self::Minus => Some(9),
            _ => None,
        }
    }
}

/// A part of a formula, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where, as bytes of the text.
    pub at: Range<usize>,
}

/// What a part of a formula is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A variable.
    Name(String),
    /// A number.
    Number(f64),
    /// A text in quotation marks.
    Text(String),
    /// A sign and the part behind it.
    Before(Sign, Box<Node>),
    /// A sign between two parts.
    Between(Sign, Box<Node>, Box<Node>),
    /// A part in brackets.
    Bracket(Box<Node>),
    /// A function and what it is given.
    Call(String, Vec<Node>),
}

/// Reads `left ~ right`; the left may be absent.
pub(super) fn sides(text: &str) -> Result<(Option<Node>, Node), Problem> {
    let tokens = tokens(text)?.into_iter().peekable();
    let mut parser = Parser { tokens, end: text.len(), depth: 0 };
    let left = if parser.take(&Token::Tilde) {
        None
    } else {
        let left = parser.expression(0)?;
        if !parser.take(&Token::Tilde) {
            return Err(parser
                .unexpected("a formula has a `~`")
                .help("write `response ~ term + term`, or `~ term + term`"));
        }
        Some(left)
    };
    let right = parser.expression(0)?;
    match parser.tokens.next() {
        None => Ok((left, right)),
        Some((Token::Tilde, at)) => {
            Err(Problem::new(at, "a formula has one `~`").help("take the second one away"))
        }
        Some((Token::Close, at)) => {
            Err(Problem::new(at, "a bracket is closed that was not opened")
                .help("take `)` away, or open it with `(`"))
        }
        Some((_, at)) => Err(Problem::new(at, "two terms have nothing between them")
            .help("join them by `+`, and put a name with spaces in backquotes")),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<(Token, Range<usize>)>>,
    /// The length of the text, where errors about its end stand.
    end: usize,
    depth: usize,
}

impl Parser {
    /// Reads as far as the signs hold at least as firmly as `strength`.
    fn expression(&mut self, strength: u8) -> Result<Node, Problem> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.unexpected("too many brackets within each other"));
        }
        let mut left = self.operand()?;
        while let Some((Token::Sign(sign), _)) = self.tokens.peek()
            && *sign != Sign::Not
            && sign.strength() >= strength
        {
            let sign = *sign;
            self.tokens.next();
            // Only powers are read from the right: 2^3^2 is 2^9.
            let firmer = if sign == Sign::Power { 9 } else { sign.strength() + 1 };
            let right = self.expression(firmer)?;
            let at = left.at.start..right.at.end;
            left = Node { kind: Kind::Between(sign, Box::new(left), Box::new(right)), at };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, Problem> {
        let (kind, at) = match self.tokens.next() {
            Some((Token::Number(value), at)) => (Kind::Number(value), at),
            Some((Token::Text(text), at)) => (Kind::Text(text), at),
            Some((Token::Name(name), at)) => self.name(name, at)?,
            Some((Token::Open, at)) => {
                let inside = self.expression(0)?;
                let end = self.close(&at)?;
                (Kind::Bracket(Box::new(inside)), at.start..end)
            }
            Some((Token::Sign(sign), at)) => self.before(sign, at)?,
            Some((_, at)) => return Err(missing(at)),
            None => return Err(missing(self.end..self.end)),
        };
        Ok(Node { kind, at })
    }

    /// A sign before a part.
    fn before(
        &mut self,
        sign: Sign,
        at: Range<usize>,
    ) -> Result<(Kind, Range<usize>), Problem> {
        let Some(strength) = sign.strength_before() else { return Err(missing(at)) };
        let part = self.expression(strength)?;
        let end = part.at.end;
        Ok((Kind::Before(sign, Box::new(part)), at.start..end))
    }

    /// A variable, or a function when a bracket follows.
    fn name(
        &mut self,
        name: String,
        at: Range<usize>,
    ) -> Result<(Kind, Range<usize>), Problem> {
        if !self.take(&Token::Open) {
            return Ok((Kind::Name(name), at));
        }
        let mut given = vec![self.expression(0)?];
        while self.take(&Token::Comma) {
            given.push(self.expression(0)?);
        }
        let end = self.close(&at)?;
        Ok((Kind::Call(name, given), at.start..end))
    }

    fn take(&mut self, token: &Token) -> bool {
        self.tokens.next_if(|(next, _)| next == token).is_some()
    }

    /// The end of the bracket that opened at a place.
    fn close(&mut self, opened: &Range<usize>) -> Result<usize, Problem> {
        match self.tokens.next_if(|(next, _)| *next == Token::Close) {
            Some((_, at)) => Ok(at.end),
            None => Err(Problem::new(opened.start..self.end, "a bracket is not closed")
                .help("close it with `)`")),
        }
    }

    fn unexpected(&mut self, message: &str) -> Problem {
        let end = self.end..self.end;
        Problem::new(self.tokens.peek().map_or(end, |(_, at)| at.clone()), message)
    }
}

fn missing(at: Range<usize>) -> Problem {
    Problem::new(at, "a term is missing here").help("write a variable or a number")
}
