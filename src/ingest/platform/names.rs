//! The names of columns: how a heading is put together, and what several headers show of
//! each other.
//!
//! For the platforms' files beside it; knows none of them.

use std::collections::BTreeMap;

use super::spelling::{clean, trimmed};
use super::{Heading, Role, words};

/// How many ways of splitting one header are tried: more only occur in garbage.
const MOST_SPLITS: usize = 16;

/// A header split into question and part.
pub(super) type Split<'a> = (&'a str, &'a str);

impl Heading {
    /// A column that nobody can call.
    pub(super) fn nameless() -> Self {
        Self {
            code: None,
            question: String::new(),
            part: None,
            role: Role::Technical,
            names: Vec::new(),
        }
    }

    /// A column whose header says it all; what it says may show who a person is.
    pub(super) fn whole(header: &str) -> Self {
        if header.is_empty() {
            return Self::nameless();
        }
        let role = words::role(header).unwrap_or(Role::Answer);
        let mut heading = Self { role, question: clean(header), ..Self::nameless() };
        heading.call(header);
        heading
    }

    /// A column for a part of a question, without names as yet.
    pub(super) fn part(question: &str, part: &str) -> Self {
        let role = if words::asks_for_text(part) { Role::OtherText } else { Role::Answer };
        let (question, part) = (clean(question), Some(clean(part)));
        Self { question, part, role, ..Self::nameless() }
    }

    /// Adds a name and, where it differs, its clean spelling.
    pub(super) fn call(&mut self, name: &str) {
        for name in [trimmed(name).to_owned(), clean(name)] {
            if !name.is_empty() && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }

    /// Adds the name `question [part]`.
    pub(super) fn call_part(&mut self, question: &str, part: &str) {
        self.call(&format!("{question} [{part}]"));
    }
}

/// A header's text, trimmed; empty where there is none.
pub(super) fn cell(rows: &[Vec<String>], row: usize, column: usize) -> &str {
    rows.get(row).and_then(|row| row.get(column)).map_or("", |text| trimmed(text))
}

/// The texts of one row, as many as the widest row has.
pub(super) fn row(rows: &[Vec<String>], row: usize) -> Vec<&str> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    (0..width).map(|column| cell(rows, row, column)).collect()
}

/// Words in a second row of headers that add nothing to the question above them.
const NO_PART: [&str; 2] = ["Response", "Open-Ended Response"];

/// Whether a cell of a second row of headers says that the column holds the whole answer.
pub(super) fn adds_nothing(below: &str) -> bool {
    NO_PART.contains(&below)
}

/// One heading for each column of two rows: the question stands above, carried rightward
/// over empty cells, its part below.
pub(super) fn carried(rows: &[Vec<String>]) -> Vec<Heading> {
    let mut question = "";
    let pairs = row(rows, 0).into_iter().zip(row(rows, 1));
    let headings = pairs.map(|(above, below)| {
        if !above.is_empty() {
            question = above;
        }
        match (above, below) {
            ("", "") => Heading::nameless(),
            _ if below.is_empty() || adds_nothing(below) => Heading::whole(question),
            _ if question.is_empty() => Heading::whole(below),
            _ => {
                let mut heading = Heading::part(question, below);
                heading.call_part(question, below);
                heading
            }
        }
    });
    headings.collect()
}

/// Gives the columns that share a name a number each, from the left, to be called by.
pub(super) fn numbered(mut headings: Vec<Heading>) -> Vec<Heading> {
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    for name in headings.iter().flat_map(|heading| &heading.names) {
        *columns.entry(name.clone()).or_default() += 1;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for heading in &mut headings {
        let mut more = Vec::new();
        for name in &heading.names {
            if columns.get(name).is_none_or(|columns| *columns < 2) {
                continue;
            }
            let count = counts.entry(name.clone()).or_default();
            *count += 1;
            let numbered = format!("{name} ({count})");
            if !columns.contains_key(&numbered) {
                more.push(numbered);
            }
        }
        heading.names.extend(more);
    }
    headings
}

/// Splits each header in the way that most other headers bear out: another column has the
/// same question. Of two ways that are borne out alike, the longer question is taken.
pub(super) fn borne_out<'a>(
    headers: &[&'a str],
    splits: fn(&'a str) -> Vec<Split<'a>>,
) -> Vec<Option<Split<'a>>> {
    let ways: Vec<Vec<Split<'a>>> = headers.iter().map(|header| splits(header)).collect();
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    let split = ways.iter().flatten().map(|(question, _)| *question);
    for question in headers.iter().copied().chain(split) {
        *columns.entry(question).or_default() += 1;
    }
    let borne = |question: &str| columns.get(question).copied().unwrap_or(0);
    let best = |ways: Vec<Split<'a>>| {
        let shared = ways.into_iter().filter(|(question, _)| borne(question) > 1);
        shared.max_by_key(|(question, _)| (borne(question), question.len()))
    };
    ways.into_iter().map(best).collect()
}

/// The ways to read a header as `question - part`.
pub(super) fn dashed(header: &str) -> Vec<Split<'_>> {
    let dashes = header.match_indices(" - ").take(MOST_SPLITS);
    both_sides(header, dashes)
}

/// The ways to read a header as `part:question`, question first in the result.
pub(super) fn coloned(header: &str) -> Vec<Split<'_>> {
    let colons = header.match_indices(':').take(MOST_SPLITS);
    let sides = both_sides(header, colons);
    sides.into_iter().map(|(part, question)| (question, part)).collect()
}

fn both_sides<'a>(
    header: &'a str,
    marks: impl Iterator<Item = (usize, &'a str)>,
) -> Vec<Split<'a>> {
    let sides =
        marks.map(|(at, mark)| (trimmed(&header[..at]), trimmed(&header[at + mark.len()..])));
    sides.filter(|(left, right)| !left.is_empty() && !right.is_empty()).collect()
}

/// The way to read a header as `question [part]`, if there is one. Brackets within the
/// part are understood.
pub(super) fn bracketed(header: &str) -> Option<Split<'_>> {
    let inside = header.strip_suffix(']')?;
    let mut depth = 1_usize;
    for (at, c) in inside.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((trimmed(&inside[..at]), trimmed(&inside[at + 1..])));
        }
    }
    None
}

/// Where an open answer has two columns of one name, the first is the tick and the second
/// the text.
pub(super) fn tick_before_text(headings: &mut [Heading]) {
    for at in 1..headings.len() {
        let (left, right) = headings.split_at_mut(at);
        let (Some(tick), Some(text)) = (left.last_mut(), right.first()) else { continue };
        let same = tick.question == text.question && tick.part == text.part;
        if same && text.role == Role::OtherText && tick.role == Role::OtherText {
            tick.role = Role::Answer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_is_what_other_columns_share() {
        let headers =
            ["On a scale 0 - 10 - Pay", "On a scale 0 - 10 - Leave", "Age", "Pay - or not?"];
        let parts = borne_out(&headers, dashed);
        let scale = "On a scale 0 - 10";
        assert_eq!(parts, [Some((scale, "Pay")), Some((scale, "Leave")), None, None]);
        let options = ["Why? - Pay - base", "Why? - Pay - bonus", "Why? - Hours"];
        let questions = borne_out(&options, dashed).into_iter().map(|way| way.unwrap().0);
        assert!(questions.eq(["Why?"; 3]));
    }

    #[test]
    fn a_part_may_hold_brackets() {
        assert_eq!(bracketed("Pay [base [gross]]"), Some(("Pay", "base [gross]")));
        assert_eq!(bracketed("Pay []"), Some(("Pay", "")));
        assert_eq!([bracketed("Pay]"), bracketed("Pay [x] now"), bracketed("")], [None; 3]);
    }

    #[test]
    fn columns_of_one_name_get_numbers() {
        let headings = ["Other", "Other", "Why", "Other (3)", "Other"].map(Heading::whole);
        let names: Vec<_> = numbered(headings.into()).into_iter().map(|h| h.names).collect();
        let expected: [&[&str]; 5] = [
            &["Other", "Other (1)"],
            &["Other", "Other (2)"],
            &["Why"],
            &["Other (3)"],
            &["Other"],
        ];
        assert_eq!(names, expected, "the last `Other` must not take another's header");
    }
}
