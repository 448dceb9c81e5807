//! Columns of numbers: a quantity, a place on a scale such as 0 to 10, or codes.

use super::cells;
use super::columns::{Column, Text};
use super::lists;
use super::order::is_no_opinion;
use super::questions::{Answers, Shape};

/// What a column of numbers is taken for.
pub(super) struct Found {
    pub(super) shape: Shape,
    pub(super) notes: Vec<String>,
    pub(super) undecided: Vec<String>,
    pub(super) missing: Vec<String>,
}

/// Words of headers that ask for a quantity.
const QUANTITY: [&str; 13] = [
    "how many",
    "number of",
    "how old",
    "how long",
    "how much",
    "age",
    "years",
    "year",
    "hours",
    "minutes",
    "days",
    "times",
    "percentage",
];

/// Words of headers that ask for a place on a scale to ten.
const SCALE: [&str; 6] = ["0 to 10", "1 to 10", "0-10", "1-10", "out of 10", "recommend"];

/// Units by the words that name them.
const UNITS: [(&str, &str); 12] = [
    ("hours", "hours"),
    ("minutes", "minutes"),
    ("seconds", "seconds"),
    ("years", "years"),
    ("months", "months"),
    ("weeks", "weeks"),
    ("days", "days"),
    ("per cent", "per cent"),
    ("percentage", "per cent"),
    ("£", "pounds"),
    ("pupils", "pupils"),
    ("times", "times"),
];

/// How many times the next number the highest is that stands far from it.
const FAR: f64 = 3.0;

/// The share of cells that must be numbers.
const SHARE: f64 = 0.95;

/// The decimal mark of the file: a comma if some column has numbers only with it.
pub(super) fn decimal_mark(columns: &[Column<'_>]) -> char {
    let comma = |column: &&Column<'_>| {
        let numbers = column.all(|text| cells::number(text, ',').is_some());
        numbers && column.texts.iter().any(|text| text.label.contains(','))
    };
    if columns.iter().any(|column| comma(&column)) { ',' } else { '.' }
}

/// What a column of numbers is taken for; none if it is no such column.
pub(super) fn number(column: &Column<'_>, header: &str, decimal: char) -> Option<Found> {
    let (numbers, rest): (Vec<&Text>, Vec<&Text>) =
        column.texts.iter().partition(|text| cells::number(&text.label, decimal).is_some());
    let no_answer = |text: &&&Text| is_no_opinion(&text.label);
    let strange: Vec<&&Text> = rest.iter().filter(|text| !no_answer(text)).collect();
    let cells: usize = numbers.iter().chain(strange.iter().copied()).map(|t| t.rows).sum();
    let good: usize = numbers.iter().map(|text| text.rows).sum();
    if numbers.is_empty() || (good as f64) < SHARE * cells as f64 {
        return None;
    }
    let words = cells::folded(header);
    let others: Vec<String> = rest.iter().filter(no_answer).map(|t| t.label.clone()).collect();
    let mut found = match small(&numbers).filter(|_| strange.is_empty() && !quantity(&words)) {
        Some((from, to)) => on_scale(from, to, &words, others),
        None => amount(&numbers, &words, decimal, &rest, &others),
    };
    if !strange.is_empty() {
        let count: usize = strange.iter().map(|text| text.rows).sum();
        found.undecided.push(format!(
            "{count} of {cells} cells are no number (not shown here): mend them, or name what \
             stands for no answer in `missingValues`"
        ));
    }
    Some(found)
}

fn quantity(words: &str) -> bool {
    let has = |list: &[&str]| list.iter().any(|word| contains_word(words, word));
    has(&QUANTITY) && !SCALE.iter().any(|word| words.contains(word))
}

/// Whether the words hold a word or run of words, not as part of a longer word.
fn contains_word(words: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    words.match_indices(word).any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let after = words[at + word.len()..].chars().next();
        !letter(before) && !letter(after)
    })
}

/// The lowest and highest of whole numbers from 0 to 10, if there are no others.
fn small(numbers: &[&Text]) -> Option<(i64, i64)> {
    let whole = |text: &&Text| text.label.parse::<i64>().ok().filter(|n| (0..=10).contains(n));
    let all: Option<Vec<i64>> = numbers.iter().map(whole).collect();
    let all = all.filter(|all| all.len() > 1)?;
    Some((all.iter().min().copied()?, all.iter().max().copied()?))
}

fn on_scale(from: i64, to: i64, words: &str, others: Vec<String>) -> Found {
    if (from, to) == (0, 1) {
        return yes_no(others);
    }
    let offered = offered(words).filter(|(first, last)| *first <= from && to <= *last);
    let ten = to > 7 || SCALE.iter().any(|word| words.contains(word));
    let (first, last) = offered.unwrap_or((from.min(1), if ten { 10 } else { to }));
    let seen = format!("whole numbers from {from} to {to} were seen");
    let mut found = Found {
        shape: Shape::Single(Answers::Range { from: first, to: last, no_opinion: others }),
        notes: Vec::new(),
        undecided: Vec::new(),
        missing: Vec::new(),
    };
    if ten || offered.is_some() {
        found.notes.push(format!("{seen}; if a quantity was asked for, `kind = \"number\"`"));
    } else {
        found.undecided.push(format!(
            "{seen}: places on a scale (as here), codes of answers (then `categories`), or a \
             quantity (then `kind = \"number\"`)?"
        ));
    }
    found
}

/// The ends of a scale that the header names, as in "from 1 to 5".
fn offered(words: &str) -> Option<(i64, i64)> {
    let plain = words.replace(['-', '–'], " to ").replace(',', " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.windows(3).find_map(|three| match three {
        [first, "to", last] => {
            let last = last.trim_matches(|c: char| !c.is_ascii_digit());
            let ends = (first.parse().ok()?, last.parse().ok()?);
            ((0..=1).contains(&ends.0) && (3..=10).contains(&ends.1)).then_some(ends)
        }
        _ => None,
    })
}

fn yes_no(others: Vec<String>) -> Found {
    let mut list = lists::ordered(&["1".to_owned(), "0".to_owned()]);
    list.answers.reverse();
    list.no_opinion = others;
    Found {
        shape: Shape::Single(Answers::List(list)),
        notes: Vec::new(),
        undecided: vec!["the file holds 1 and 0: taken for Yes and No".to_owned()],
        missing: Vec::new(),
    }
}

fn amount(
    numbers: &[&Text],
    words: &str,
    decimal: char,
    rest: &[&Text],
    others: &[String],
) -> Found {
    let values = numbers.iter().filter_map(|text| cells::number(&text.label, decimal));
    let (lowest, highest) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    let unit = UNITS.iter().find(|(word, _)| words.contains(word)).map(|(_, unit)| *unit);
    let missing = rest.iter().filter(|text| others.contains(&text.label));
    let missing = missing.flat_map(|text| text.spellings.keys().cloned()).collect();
    let mut found = Found {
        shape: Shape::Number { unit, lowest, highest },
        notes: Vec::new(),
        undecided: Vec::new(),
        missing,
    };
    if let Some(what) = suspicious(numbers, decimal, (lowest, highest)) {
        found.undecided.push(format!(
            "{what}: if that means no answer, name it in `missingValues`; if it is a slip, set a \
             `minimum` or `maximum`"
        ));
    }
    found
}

/// What is strange about the lowest or the highest number: it may be a code.
fn suspicious(
    numbers: &[&Text],
    decimal: char,
    (lowest, highest): (f64, f64),
) -> Option<String> {
    let values = || numbers.iter().filter_map(|text| cells::number(&text.label, decimal));
    let below = values().filter(|value| *value < 0.0).count();
    if below == 1 && numbers.len() > 2 {
        return Some(format!("{lowest} is the only number below zero"));
    }
    let second = values().filter(|value| *value < highest).fold(0.0, f64::max);
    let far = highest >= 99.0 && second > 0.0 && highest >= FAR * second;
    far.then(|| format!("{highest} stands far above all other numbers"))
}
