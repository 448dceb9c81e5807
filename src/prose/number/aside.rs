//! Numbers that are no results: dates, times, sums of money, telephone numbers, numbers of
//! pages and school years.

use super::{Value, share, spelled, value};
use crate::prose::is_people;
use crate::prose::token::{Kind, Token};

/// What a number is, if it is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// A date or a year.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// An age.
    Age,
    /// A sum of money.
    Money,
    /// A telephone number.
    Telephone,
    /// A number that names something: a page, a school year, a point of a list.
    Name,
    /// A small number in words that counts things.
    Small,
}

impl Aside {
    /// What it is, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::Time => "a time of day",
            Self::Duration => "a length of time",
            Self::Age => "an age",
            Self::Money => "a sum of money",
            Self::Telephone => "a telephone number",
            Self::Name => "the number of something",
            Self::Small => "a small number in words",
        }
    }
}

/// The months, in order, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const SHORT_MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];

/// Lengths of time, by their stems.
const TIMES: &[&str] = &[
    "second", "minut", "hour", "day", "week", "month", "year", "decad", "century", "term",
    "night", "weekend", "lesson", "session",
];

/// Words before a number that names something.
const NAMED: &[&str] = &[
    "section",
    "page",
    "pages",
    "table",
    "tables",
    "figure",
    "chart",
    "year",
    "years",
    "key",
    "stage",
    "article",
    "part",
    "chapter",
    "question",
    "questions",
    "volume",
    "issue",
    "no",
    "number",
    "wave",
    "paragraph",
    "annex",
    "appendix",
    "step",
    "point",
    "item",
    "phase",
    "level",
    "grade",
    "band",
    "room",
    "floor",
    "tel",
    "ext",
    "extension",
    "version",
    "schedule",
    "clause",
    "note",
    "sheet",
    "row",
    "column",
    "code",
    "q",
    "p",
    "pp",
    "#",
    "ks",
    "line",
    "lines",
    "isbn",
    "form",
    "group",
    "covid",
    "studio",
    "channel",
    "radio",
];

const MONEY: &[&str] = &["\u{a3}", "$", "\u{20ac}"];

/// The number that begins here, if it is no result: how many pieces, and what it is.
pub(super) fn at(tokens: &[Token], at: usize, units: &[String]) -> Option<(usize, Aside)> {
    if let Some(found) = digits(tokens, at) {
        return Some(found);
    }
    let value = value(tokens, at)?;
    let length = value.end - at;
    length_of_time(tokens, value, units)
        .or_else(|| named(tokens, at, value))
        .or_else(|| small(tokens, at, value))
        .map(|aside| (length, aside))
}

fn digits(tokens: &[Token], at: usize) -> Option<(usize, Aside)> {
    tokens.get(at).filter(|token| token.kind == Kind::Digits)?;
    date(tokens, at)
        .map(|length| (length, Aside::Date))
        .or_else(|| telephone(tokens, at).map(|length| (length, Aside::Telephone)))
        .or_else(|| clock(tokens, at).map(|length| (length, Aside::Time)))
        .or_else(|| year(tokens, at).map(|length| (length, Aside::Date)))
        .or_else(|| money(tokens, at).then_some((1, Aside::Money)))
}

fn number(token: &Token) -> Option<u32> {
    token.lower.parse().ok().filter(|_| token.kind == Kind::Digits)
}

fn near(tokens: &[Token], at: usize, step: isize) -> Option<&Token> {
    tokens.get(at.checked_add_signed(step)?)
}

fn date(tokens: &[Token], at: usize) -> Option<usize> {
    let joins = |t: &Token| t.is_in(&["-", "\u{2013}", "to", "and", "/", "."]);
    let day = |t: &Token| number(t).is_some_and(|day| (1..=31).contains(&day));
    let month = |t: &Token| t.is_in(&MONTHS) || t.is_in(&SHORT_MONTHS);
    let is = |step, test: &dyn Fn(&Token) -> bool| near(tokens, at, step).is_some_and(test);
    let part = |t: &Token| number(t).is_some();
    let slashed = |t: &Token| t.is_in(&["/", "-"]);
    if is(1, &slashed) && is(2, &part) && is(3, &slashed) && is(4, &part) {
        return Some(5);
    }
    if !is(0, &day) {
        return None;
    }
    if is(1, &month) || (is(-1, &month) && !is(1, &|t| t.is_in(&["%", "per", "percent"]))) {
        return Some(1);
    }
    (is(1, &joins) && is(2, &day) && is(3, &month)).then_some(3)
}

/// Digits that begin with 0, or after a `+`, and all that follow them.
fn telephone(tokens: &[Token], at: usize) -> Option<usize> {
    let first = tokens.get(at)?;
    let plus =
        near(tokens, at, -1).is_some_and(|t| t.is("+") && t.span.end == first.span.start);
    let zero =
        first.lower.len() > 2 && first.lower.starts_with('0') && !first.lower.contains('.');
    if !plus && !zero {
        return None;
    }
    let rest = tokens.iter().skip(at).take_while(|t| t.kind == Kind::Digits).count();
    Some(rest.max(1))
}

fn clock(tokens: &[Token], at: usize) -> Option<usize> {
    let first = tokens.get(at)?;
    let colon = near(tokens, at, 1).is_some_and(|t| t.is(":"));
    let minutes = near(tokens, at, 2);
    let short = minutes.is_some_and(|t| t.kind == Kind::Digits && t.lower.len() == 2);
    let tight = minutes.is_some_and(|t| t.span.end - first.span.start <= 5);
    if colon && short && tight {
        return Some(3);
    }
    near(tokens, at, 1).is_some_and(|t| t.is_in(&["am", "pm", "noon", "o'clock"])).then_some(1)
}

/// A year, such as 2024, 2023-24 or 2023/24; not where people follow.
fn year(tokens: &[Token], at: usize) -> Option<usize> {
    let dated =
        near(tokens, at, -1).is_some_and(|t| t.is_in(&["in", "since", "from", "until"]));
    let first = if dated { 1500 } else { 1900 };
    let is_year = |t: &Token| {
        t.lower.len() == 4 && number(t).is_some_and(|year| (first..=2100).contains(&year))
    };
    tokens.get(at).filter(|token| is_year(token))?;
    let next = near(tokens, at, 1);
    if next.is_some_and(|t| is_people(&t.lower) || t.is_in(&["%", "per", "percent"])) {
        return None;
    }
    let dashed = next.is_some_and(|t| t.is_in(&["-", "/", "\u{2013}"]));
    let second = near(tokens, at, 2).and_then(number).is_some();
    Some(if dashed && second { 3 } else { 1 })
}

fn money(tokens: &[Token], at: usize) -> bool {
    let before = near(tokens, at, -1).is_some_and(|t| t.is_in(MONEY));
    let after = near(tokens, at, 1).is_some_and(|t| {
        t.is_in(&["pounds", "euros", "dollars", "million", "billion", "bn", "m", "p"])
    });
    before || after
}

fn length_of_time(tokens: &[Token], value: Value, units: &[String]) -> Option<Aside> {
    let next = tokens.get(value.end)?;
    let figure = units.contains(&next.stem) && !next.joined;
    let old = tokens.get(value.end + 1).is_some_and(|t| t.is("old"));
    match TIMES.contains(&next.stem.as_str()) && !figure {
        true if old => Some(Aside::Age),
        true => Some(Aside::Duration),
        false => None,
    }
}

fn named(tokens: &[Token], at: usize, value: Value) -> Option<Aside> {
    let before = near(tokens, at, -1);
    let next = tokens.get(value.end);
    if before.is_some_and(|t| t.is_in(&["aged", "age", "ages"])) {
        return Some(Aside::Age);
    }
    let opens = tokens.get(at).is_some_and(|t| t.opens_line);
    let listed = opens && next.is_some_and(|t| t.is_in(&[".", ")"]));
    let bracketed = before.is_some_and(|t| t.is("[")) && next.is_some_and(|t| t.is("]"));
    let whole = value.decimals == 0;
    let named = whole && before.is_some_and(|t| t.is_in(NAMED)) && !is_unit(next);
    // "two-week", "3-tier": how something is called; "12-point" is a figure.
    let compound = next.is_some_and(|t| t.joined && !is_unit(next) && !part(t));
    let inside = tokens.get(at).is_some_and(|t| t.joined);
    (listed || bracketed || named || compound || inside).then_some(Aside::Name)
}

fn is_unit(token: Option<&Token>) -> bool {
    let units = ["%", "per", "percent", "pc", "percentage", "point", "points", "in", "out"];
    token.is_some_and(|t| t.is_in(&units))
}

fn part(token: &Token) -> bool {
    ["third", "thirds", "quarter", "quarters", "fifth", "fifths"].iter().any(|p| token.is(p))
}

/// "two unions", "one of them": under a hundred, in words, and neither a share nor with a
/// unit.
fn small(tokens: &[Token], at: usize, value: Value) -> Option<Aside> {
    let counts = value.spelled
        && value.number < 100.0
        && !is_unit(tokens.get(value.end))
        && share::fraction(tokens, at).is_none()
        && !makes_share(tokens, value);
    let joins = |t: &Token| t.is_in(&["to", "and", "-", "\u{2013}"]);
    let range = tokens.get(value.end).is_some_and(joins)
        && spelled::value(tokens, value.end + 1)
            .is_some_and(|(_, end)| is_unit(tokens.get(end)));
    (counts || is_one_of_many(tokens, at, value)).then_some(Aside::Small).filter(|_| !range)
}

fn makes_share(tokens: &[Token], value: Value) -> bool {
    share::in_so_many(tokens, value).is_some()
}

/// "one in the eye": an "in" that leads to no number.
fn is_one_of_many(tokens: &[Token], at: usize, value: Value) -> bool {
    let leads = tokens.get(value.end).is_some_and(|t| t.is_in(&["in", "out"]));
    value.spelled
        && value.number < 100.0
        && leads
        && !makes_share(tokens, value)
        && share::fraction(tokens, at).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::numbers;
    use super::*;
    use crate::prose::token::tokens;

    fn asides(text: &str) -> Vec<Aside> {
        let found = numbers(&tokens(text), &["hour".to_owned()]);
        assert_eq!(found.said, [], "{text}");
        found.aside.into_iter().map(|(_, aside)| aside).collect()
    }

    #[test]
    fn dates_times_and_years() {
        for text in [
            "13 January",
            "January 13",
            "13\u{2013}14 January 2024",
            "13 and 14 January",
            "in 2024",
            "2023-24",
            "2023/24",
            "13/01/2024",
            "2024-01-13",
        ] {
            assert!(asides(text).iter().all(|a| *a == Aside::Date), "{text}");
        }
        assert_eq!(asides("at 10:30"), [Aside::Time]);
        assert_eq!(asides("11 am"), [Aside::Time]);
    }

    #[test]
    fn lengths_ages_money_and_telephones() {
        assert_eq!(asides("two weeks"), [Aside::Duration]);
        assert_eq!(asides("a two-week pause"), [Aside::Duration]);
        assert_eq!(asides("past 12 months"), [Aside::Duration]);
        assert_eq!(asides("a 45 year old"), [Aside::Age]);
        assert_eq!(asides("aged 30"), [Aside::Age]);
        assert_eq!(asides("\u{a3}3,000"), [Aside::Money]);
        assert_eq!(asides("020 7946 0000"), [Aside::Telephone]);
        assert_eq!(asides("+44 20 7946 0000"), [Aside::Telephone]);
    }

    #[test]
    fn numbers_that_name_something() {
        for text in ["Year 11", "Section 5", "1. The poll", "[2]", "Covid-19", "Table 4"] {
            assert_eq!(asides(text), [Aside::Name], "{text}");
        }
        assert_eq!(asides("two unions"), [Aside::Small]);
        assert_eq!(asides("one of them"), [Aside::Small]);
    }

    #[test]
    fn a_year_before_people_and_hours_that_were_asked_for_are_figures() {
        let count = |text: &str| numbers(&tokens(text), &["hour".to_owned()]).said.len();
        assert_eq!(count("2024 members replied"), 1);
        assert_eq!(count("51 hours a week"), 1);
    }
}
