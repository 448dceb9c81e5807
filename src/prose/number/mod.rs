//! Numbers that may be results, as they are written: `62%`, "three in ten", "almost half",
//! "4,678 teachers", "12 points".
//!
//! Takes the pieces of a text, gives each number with what it claims. Numbers that are no
//! results (dates, times, sums of money, numbers of pages) are given apart, with the reason.

mod aside;
mod hedge;
mod share;
mod spelled;

use std::ops::Range;

use super::token::{Kind, Token};

pub use aside::{Aside, MONTHS};
pub use hedge::Hedge;

/// A number and what it is a number of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Per cent, as in `62%`.
    Percent(f64),
    /// A share in other words: per cent, and how many points it may be off, since nobody
    /// takes "a third" for 33.3 %.
    Share {
        /// Per cent.
        value: f64,
        /// Points.
        tolerance: f64,
    },
    /// From so many to so many per cent.
    Range(f64, f64),
    /// Percentage points.
    Points(f64),
    /// Any other number.
    Plain(f64),
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Which pieces of the text it takes, its unit included.
    pub tokens: Range<usize>,
    /// What it says.
    pub amount: Amount,
    /// What stands before it: "nearly", "more than".
    pub hedge: Hedge,
    /// Decimal places that are written.
    pub decimals: u8,
    /// Whether it is written in words.
    pub spelled: bool,
}

/// All numbers of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Those that may be results, in order.
    pub said: Vec<Number>,
    /// Those that are none: which pieces, and what they are instead.
    pub aside: Vec<(Range<usize>, Aside)>,
}

/// The numbers of a text. `units` are stems of words that make a length of time a figure,
/// such as `hour` in a poll that asks for hours.
#[must_use]
pub fn numbers(tokens: &[Token], units: &[String]) -> Numbers {
    let mut found = Numbers::default();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((length, aside)) = aside::at(tokens, at, units) {
            found.aside.push((at..at + length, aside));
            at += length;
        } else if let Some(number) = read(tokens, at) {
            at = number.tokens.end;
            found.said.push(number);
        } else {
            at += 1;
        }
    }
    found
}

/// A value in digits or words, and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Value {
    number: f64,
    decimals: u8,
    end: usize,
    spelled: bool,
}

fn value(tokens: &[Token], at: usize) -> Option<Value> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Digits => {
            let decimals = token.lower.split_once('.').map_or(0, |(_, places)| places.len());
            let number = token.lower.replace(',', "").parse().ok()?;
            let decimals = u8::try_from(decimals).ok()?;
            Some(Value { number, decimals, end: at + 1, spelled: false })
        }
        Kind::Word => {
            let (number, end) = spelled::value(tokens, at)?;
            Some(Value { number, decimals: 0, end, spelled: true })
        }
        Kind::Mark => None,
    }
}

fn read(tokens: &[Token], at: usize) -> Option<Number> {
    let of = |end, amount, value: Option<Value>| Number {
        tokens: at..end,
        amount,
        hedge: hedge::before(tokens, at),
        decimals: value.map_or(0, |value| value.decimals),
        spelled: value.is_none_or(|value| value.spelled),
    };
    if let Some((end, amount)) = share::fraction(tokens, at) {
        return Some(of(end, amount, None));
    }
    let value = value(tokens, at)?;
    let (end, amount) = range(tokens, at, value)
        .or_else(|| unit(tokens, value))
        .or_else(|| share::in_so_many(tokens, value))
        .or_else(|| out_of(tokens, value))
        .unwrap_or((value.end, Amount::Plain(value.number)));
    Some(of(end, amount, Some(value)))
}

/// `62%`, "62 per cent", "12 points", "12 percentage points".
fn unit(tokens: &[Token], value: Value) -> Option<(usize, Amount)> {
    let word = |at: usize, list: &[&str]| tokens.get(at).is_some_and(|t| t.is_in(list));
    let points = ["point", "points"];
    let end = percent(tokens, value.end).unwrap_or(value.end);
    if word(end, &points) && !tokens.get(end + 1).is_some_and(|t| t.joined) {
        return Some((end + 1, Amount::Points(value.number)));
    }
    if word(end, &["percentage", "%-point"]) && word(end + 1, &points) {
        return Some((end + 2, Amount::Points(value.number)));
    }
    (end > value.end).then_some((end, Amount::Percent(value.number)))
}

/// Where a sign or words for per cent end that begin here.
fn percent(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    if token.is_in(&["%", "\u{ff05}", "percent", "pc"]) {
        return Some(at + 1);
    }
    let cent = tokens.get(at + 1).is_some_and(|next| next.is("cent"));
    (token.is("per") && cent).then_some(at + 2)
}

/// "3.8 out of 10": a mark, not a share.
fn out_of(tokens: &[Token], mark: Value) -> Option<(usize, Amount)> {
    let words = ["out", "of"];
    let after = tokens.get(mark.end..mark.end + 2)?;
    let stands = after.iter().zip(words).all(|(token, word)| token.is(word));
    let most = value(tokens, mark.end + 2).filter(|_| stands && mark.decimals > 0)?;
    Some((most.end, Amount::Plain(mark.number)))
}

/// "40% to 45%", "40-45%", "between 40 and 45 per cent".
fn range(tokens: &[Token], at: usize, low: Value) -> Option<(usize, Amount)> {
    let first = percent(tokens, low.end);
    let middle = first.unwrap_or(low.end);
    let between = at > 0 && tokens.get(at - 1).is_some_and(|t| t.is("between"));
    let dashes = ["-", "\u{2013}", "\u{2212}"];
    let joins = tokens
        .get(middle)
        .is_some_and(|t| t.is_in(&dashes) || t.is("to") || (between && t.is("and")));
    // "fell from 40% to 45%" is two figures.
    let two = at > 0 && tokens.get(at - 1).is_some_and(|t| t.is("from"));
    let high = value(tokens, middle + 1).filter(|_| joins && !two)?;
    let end = percent(tokens, high.end)?;
    (low.number < high.number).then_some((end, Amount::Range(low.number, high.number)))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn amounts(text: &str) -> Vec<Amount> {
        numbers(&tokens(text), &["hour".to_owned()]).said.iter().map(|n| n.amount).collect()
    }

    fn one(text: &str) -> Amount {
        let found = amounts(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0]
    }

    #[test]
    fn per_cent_is_written_in_several_ways() {
        for text in
            ["3% of", "3 %", "3 per cent", "three per cent", "3 percent", "3pc", "**3**%"]
        {
            assert_eq!(one(text), Amount::Percent(3.0), "{text}");
        }
        assert_eq!(one("sixty-two per cent"), Amount::Percent(62.0));
        assert_eq!(one("61.5%"), Amount::Percent(61.5));
    }

    #[test]
    fn ranges_and_points() {
        assert_eq!(one("40% to 45%"), Amount::Range(40.0, 45.0));
        assert_eq!(one("40\u{2013}45%"), Amount::Range(40.0, 45.0));
        assert_eq!(one("between 40 and 45 per cent"), Amount::Range(40.0, 45.0));
        assert_eq!(amounts("from 40% to 45%").len(), 2);
        assert_eq!(one("12 points"), Amount::Points(12.0));
        assert_eq!(one("a 12-point rise"), Amount::Points(12.0));
        assert_eq!(one("5 percentage points"), Amount::Points(5.0));
    }

    #[test]
    fn counts_and_plain_numbers() {
        assert_eq!(one("4,678 teachers"), Amount::Plain(4678.0));
        assert_eq!(one("four thousand six hundred and seventy-eight"), Amount::Plain(4678.0));
        assert_eq!(one("50.8 hours"), Amount::Plain(50.8));
    }

    #[test]
    fn a_number_knows_its_hedge_and_places() {
        let found = numbers(&tokens("nearly 61.5% said so"), &[]).said;
        assert_eq!((found[0].hedge, found[0].decimals), (Hedge::Nearly, 1));
    }
}
