//! Tokens go in, the tree of an expression comes out. The grammar stands in `mod.rs`.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use super::lex::{Token, tokens};
use super::{Literal, Name, Node, Problem, Sign};

/// How many brackets and `not`s may stand within each other: more than anyone writes, and
/// few enough for any stack.
const DEPTH: usize = 64;

/// The words of the language, which no variable can have as its name.
const WORDS: &[&str] = &["and", "or", "not", "in", "is", "missing", "includes"];

/// Reads a whole text.
pub(super) fn expression(text: &str) -> Result<Node, Problem> {
    let tokens = tokens(text)?.into_iter().peekable();
    let mut parser = Parser { tokens, end: text.len(), depth: 0 };
    let node = parser.any()?;
    match parser.tokens.next() {
        None => Ok(node),
        Some((Token::Close, at)) => {
            Err(Problem::new(at, "a bracket is closed that was not opened")
                .help("take `)` away, or open it with `(`"))
        }
        Some((_, at)) => Err(Problem::new(at, "two conditions have nothing between them")
            .help("join them by `and` or `or`, and put text in quotation marks")),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<(Token, Range<usize>)>>,
    /// The length of the text, where errors about its end stand.
    end: usize,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Node, Problem> {
        let mut nodes = vec![self.all()?];
        while self.word("or") {
            nodes.push(self.all()?);
        }
        Ok(one_or(nodes, Node::Any))
    }

    fn all(&mut self) -> Result<Node, Problem> {
        let mut nodes = vec![self.one()?];
        while self.word("and") {
            nodes.push(self.one()?);
        }
        Ok(one_or(nodes, Node::All))
    }

    fn one(&mut self) -> Result<Node, Problem> {
        if self.word("not") {
            return self.deeper(Self::one).map(not);
        }
        if self.take(&Token::Open) {
            let node = self.deeper(Self::any)?;
            self.close()?;
            return Ok(node);
        }
        let name = self.name()?;
        self.test(name)
    }

    /// Reads one level down, unless that is too deep.
    fn deeper(
        &mut self,
        read: impl Fn(&mut Self) -> Result<Node, Problem>,
    ) -> Result<Node, Problem> {
        self.depth += 1;
        if self.depth > DEPTH {
            let message = format!("more than {DEPTH} brackets stand within each other");
            return Err(self.wrong(&message, "write it more simply"));
        }
        let node = read(self);
        self.depth -= 1;
        node
    }

    /// What is said of a variable.
    fn test(&mut self, name: Name) -> Result<Node, Problem> {
        if self.word("is") {
            let negative = self.word("not");
            if self.word("missing") {
                let missing = Node::Missing(name);
                return Ok(if negative { not(missing) } else { missing });
            }
            let help = "write `is missing`, `is not missing`, or `= 'an answer'`";
            return Err(self.wrong("`is` must be followed by `missing`", help));
        }
        let negative = self.word("not");
        if self.word("in") {
            let values = self.list()?;
            return Ok(within(name, values, negative));
        }
        if self.word("includes") {
            let value = self.value()?;
            return Ok(within(name, vec![value], negative));
        }
        let is_sign = |token: &Token| !negative && matches!(token, Token::Sign(_));
        if let Some((Token::Sign(sign), _)) = self.tokens.next_if(|(t, _)| is_sign(t)) {
            return Ok(Node::Compare(name, sign, self.value()?));
        }
        let help = "go on with `=`, `!=`, `<`, `>=`, `in (...)` or `is missing`";
        Err(self.wrong(&format!("nothing is said of `{}`", name.text), help))
    }

    fn list(&mut self) -> Result<Vec<Literal>, Problem> {
        if !self.take(&Token::Open) {
            let help = "write `in ('a', 'b')`";
            return Err(self.wrong("`in` must be followed by a list", help));
        }
        let mut values = vec![self.value()?];
        while self.take(&Token::Comma) {
            values.push(self.value()?);
        }
        self.close()?;
        Ok(values)
    }

    fn value(&mut self) -> Result<Literal, Problem> {
        let at = self.here();
        match self.tokens.next() {
            Some((Token::Text(text), _)) => Ok(Literal { text, number: None, at }),
            Some((Token::Number(text, value), _)) => {
                Ok(Literal { text, number: Some(value), at })
            }
            Some((Token::Name(word) | Token::Quoted(word), _)) => {
                let message = format!("`{word}` stands without quotation marks");
                let help = format!("write `'{word}'`; variables cannot be compared");
                Err(Problem::new(at, message).help(help))
            }
            _ => Err(Problem::new(at, "a value is missing")
                .help("write text in quotation marks, or a number")),
        }
    }

    fn name(&mut self) -> Result<Name, Problem> {
        let at = self.here();
        match self.tokens.next() {
            Some((Token::Name(text), _)) if !is_word(&text) => Ok(Name { text, at }),
            Some((Token::Quoted(text), _)) => Ok(Name { text, at }),
            Some((Token::Text(text), _)) => {
                let message = "a condition begins with a variable's name, not a text";
                let help = format!("write the name first and without quotation marks: {text}");
                Err(Problem::new(at, message).help(help))
            }
            _ => Err(Problem::new(at, "a condition is missing")
                .help("write one such as `phase = 'Primary'`")),
        }
    }

    fn close(&mut self) -> Result<(), Problem> {
        if self.take(&Token::Close) {
            return Ok(());
        }
        Err(self.wrong("a bracket is not closed", "close it with `)`"))
    }

    /// A problem with the next token.
    fn wrong(&mut self, message: &str, help: &str) -> Problem {
        Problem::new(self.here(), message).help(help)
    }

    /// Goes past a word of the language if it is next.
    fn word(&mut self, word: &str) -> bool {
        let is = |token: &Token| matches!(token, Token::Name(name) if name.eq_ignore_ascii_case(word));
        self.tokens.next_if(|(token, _)| is(token)).is_some()
    }

    /// Goes past a token if it is next.
    fn take(&mut self, wanted: &Token) -> bool {
        self.tokens.next_if(|(token, _)| token == wanted).is_some()
    }

    /// Where the next token stands, or the end.
    fn here(&mut self) -> Range<usize> {
        self.tokens.peek().map_or(self.end..self.end, |(_, at)| at.clone())
    }
}

fn is_word(name: &str) -> bool {
    WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// The opposite of a condition; twice is none.
fn not(node: Node) -> Node {
    match node {
        Node::Not(inner) => *inner,
        node => Node::Not(Box::new(node)),
    }
}

/// A variable in a list or not; a list of one is a comparison.
fn within(name: Name, mut values: Vec<Literal>, negative: bool) -> Node {
    match values.pop() {
        Some(only) if values.is_empty() => {
            let sign = if negative { Sign::NotEqual } else { Sign::Equal };
            Node::Compare(name, sign, only)
        }
        last => {
            values.extend(last);
            let found = Node::In(name, values);
            if negative { not(found) } else { found }
        }
    }
}

/// The only node of a list, or all of them joined.
fn one_or(mut nodes: Vec<Node>, join: impl Fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => join(nodes.into_iter().chain(last).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Expression;

    /// The part of the text that is wrong, the message and the help.
    fn wrong(text: &str) -> String {
        let problem = Expression::parse(text).unwrap_err();
        let part = &text[problem.at.clone()];
        format!("[{part}] {}; {}", problem.message, problem.help.unwrap_or_default())
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let texts = [
            "",
            "phase",
            "phase =",
            "phase = Primary",
            "phase == 'a'",
            "a = 1 && b = 2",
            "a = 'x",
            "(a = 1",
            "a = 1)",
            "a = 1 b = 2",
            "a in 'x'",
            "a in ()",
            "a is 3",
            "'x' = a",
            "a = “x”",
            "a ≥ 3",
            "age = 3O",
            "and = 1",
            "a not = 1",
            "a = ü",
            "!a = 1",
            "a = 1.2.3",
        ];
        insta::assert_snapshot!(texts.map(wrong).join("\n"), @r#"
    [] a condition is missing; write one such as `phase = 'Primary'`
    [] nothing is said of `phase`; go on with `=`, `!=`, `<`, `>=`, `in (...)` or `is missing`
    [] a value is missing; write text in quotation marks, or a number
    [Primary] `Primary` stands without quotation marks; write `'Primary'`; variables cannot be compared
    [==] `==` is not a sign here; write `=`
    [&&] `&&` is not a sign here; write `and`
    ['x] a text has no closing quotation mark; close it with `'`; inside a text write `''`
    [] a bracket is not closed; close it with `)`
    [)] a bracket is closed that was not opened; take `)` away, or open it with `(`
    [b] two conditions have nothing between them; join them by `and` or `or`, and put text in quotation marks
    ['x'] `in` must be followed by a list; write `in ('a', 'b')`
    [)] a value is missing; write text in quotation marks, or a number
    [3] `is` must be followed by `missing`; write `is missing`, `is not missing`, or `= 'an answer'`
    ['x'] a condition begins with a variable's name, not a text; write the name first and without quotation marks: x
    [“] `“` is not a sign here; use straight quotation marks: `"`
    [≥] `≥` is not a sign here; write `>=`
    [3O] `3O` is not a number; write a number such as 30, -1 or 0.5; put a code or text in quotes
    [and] a condition is missing; write one such as `phase = 'Primary'`
    [=] nothing is said of `a`; go on with `=`, `!=`, `<`, `>=`, `in (...)` or `is missing`
    [ü] `ü` begins no name; put a name with letters beyond a to z in backquotes, text in quotation marks
    [!] `!` is not a sign here; write `not`
    [1.2.3] `1.2.3` is not a number; write a number such as 30, -1 or 0.5; put a code or text in quotes
    "#);
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth| format!("{}a = 1{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Expression::parse(&nested(64)).is_ok());
        assert!(wrong(&nested(65)).contains("more than 64 brackets"));
        assert!(wrong(&"not ".repeat(100_000)).contains("more than 64 brackets"));
        let side_by_side = vec!["(a = 1)"; 10_000].join(" and ");
        assert!(Expression::parse(&side_by_side).is_ok());
    }
}
