//! Words of a headline that only its figures can bear: "most", "nearly all", "the most
//! common". Takes the sentence with its figures in place, gives what they do not bear.
//!
//! Which figure a word is about: the first bound one after it, or else the last before it.

use crate::diagnostic::{Code, Finding};
use crate::disclose::{Figure, Half, Role, Row, Statistic};
use crate::prose::{Bearing, Cue, Token, cues, tokens};

use super::super::codes::{MAJORITY, NO_FIGURE, QUANTITY, SUPERLATIVE};
use super::name::{Cell, cells};
use super::{Bound, Scope, compare, said};

/// At least so many per cent are "nearly all".
const NEARLY_ALL: f64 = 95.0;
/// At most so many are "few" and "hardly any".
const HARDLY_ANY: f64 = 5.0;

/// A word and the sentence that it stands in.
pub(super) struct Word<'a> {
    pub(super) cue: &'a Cue,
    /// As it is written.
    pub(super) said: &'a str,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    pub(super) tokens: &'a [Token],
    pub(super) bound: &'a [Bound<'a>],
    pub(super) scope: &'a Scope<'a>,
}

impl<'a> Word<'a> {
    /// The figure that the word is about.
    pub(super) fn figure(&self) -> Option<Cell<'a>> {
        let after = self.bound.iter().find(|bound| bound.span.start >= self.at);
        after.or_else(|| self.bound.last()).map(|bound| bound.cell)
    }

    /// A finding on the word.
    pub(super) fn finding(&self, code: &'static Code, because: String, help: &str) -> Finding {
        Finding::new(code, format!("\"{}\" is not borne out by the figures", self.said))
            .value(self.said)
            .because(because)
            .help(help)
    }
}

/// The words of a sentence that its figures do not bear.
pub(super) fn check(
    sentence: &str,
    tokens: &[Token],
    bound: &[Bound<'_>],
    scope: &Scope<'_>,
) -> Vec<Finding> {
    let found = cues(tokens);
    let words = found.iter().filter_map(|cue| {
        let at = tokens.get(cue.tokens.start)?.span.start;
        let printed = bound.iter().any(|bound| bound.span.contains(&at));
        let said = said(sentence, tokens, &cue.tokens);
        (!printed).then_some(Word { cue, said, at, tokens, bound, scope })
    });
    words.filter_map(|word| judge(&word)).collect()
}

fn judge(word: &Word<'_>) -> Option<Finding> {
    let Some(cell) = word.figure() else { return Some(unbound(word)) };
    match word.cue.bearing {
        Bearing::Majority | Bearing::Minority => half(word, &cell),
        Bearing::NearlyAll | Bearing::HardlyAny | Bearing::All | Bearing::Nobody => {
            quantity(word, &cell)
        }
        Bearing::Highest | Bearing::Lowest => superlative(word, &cell),
        _ => compare::check(word),
    }
}

fn unbound(word: &Word<'_>) -> Finding {
    word.finding(
        &NO_FIGURE,
        format!("no figure is bound in {}", word.scope.what),
        "bind the figure that bears it: `{question.answer|percent}`, or \
         `{question.answer|silent}`, which prints nothing",
    )
}

/// The figure's percentage as it is released.
fn percent(cell: &Cell<'_>) -> Option<f64> {
    cell.figure.value().filter(|_| cell.row.statistic == Statistic::Percent)
}

/// "most", "majority", "minority": by the interval, whether it is printed or not.
fn half(word: &Word<'_>, cell: &Cell<'_>) -> Option<Finding> {
    let (wanted, side) = match word.cue.bearing {
        Bearing::Majority => (Half::Above, "above"),
        _ => (Half::Below, "below"),
    };
    let value = percent(cell);
    if value.is_some() && cell.figure.half() == wanted {
        return other_answer(word, cell);
    }
    let because = match value {
        None => format!("`{}` is no percentage", cell.name()),
        Some(value) => format!(
            "`{}` is {value}%, which cannot be told to be {side} half of all",
            cell.name()
        ),
    };
    Some(word.finding(&MAJORITY, because, "give the figure without the word"))
}

/// "Most said yes", borne by the figure of those who said no.
fn other_answer(word: &Word<'_>, cell: &Cell<'_>) -> Option<Finding> {
    let names = |row: &Row<Figure>| {
        let label = tokens(&row.label.text);
        let same = |said: &[Token]| said.iter().zip(&label).all(|(a, b)| a.lower == b.lower);
        !label.is_empty() && word.tokens.windows(label.len()).any(same)
    };
    let shares = cell.block.rows.iter().filter(|row| row.role != Role::Summary);
    let mut others = shares.filter(|row| row.label.id != cell.row.label.id);
    let other = others.find(|row| names(row)).filter(|_| !names(cell.row))?;
    let because =
        format!("`{}` bears it, and the sentence says \"{}\"", cell.name(), other.label.text);
    Some(word.finding(
        &MAJORITY,
        because,
        "bind the figure of the answer that the sentence names",
    ))
}

fn quantity(word: &Word<'_>, cell: &Cell<'_>) -> Option<Finding> {
    let value = percent(cell);
    let (holds, needs): (fn(f64) -> bool, _) = match word.cue.bearing {
        Bearing::NearlyAll => (|v| v >= NEARLY_ALL, "95% or more"),
        Bearing::HardlyAny => (|v| v <= HARDLY_ANY, "5% or less"),
        Bearing::All => (|v| v >= 100.0, "100%"),
        _ => (|v| v <= 0.0, "0%"),
    };
    if value.is_some_and(holds) {
        return None;
    }
    let value = value.map_or_else(|| "no percentage".to_owned(), |v| format!("{v}%"));
    let because = format!("it needs {needs}, and `{}` is {value}", cell.name());
    Some(word.finding(&QUANTITY, because, "give the figure without the word"))
}

/// Whether a figure is the highest, or lowest, of its question's answers, of its items or
/// of the groups of its banner.
fn superlative(word: &Word<'_>, cell: &Cell<'_>) -> Option<Finding> {
    let most = word.cue.bearing == Bearing::Highest;
    let value = cell.figure.value()?;
    let beyond = |figure: &Figure| {
        figure.value().is_some_and(|v| if most { v > value } else { v < value })
    };
    let all = |is: fn(&Cell<'_>, &Cell<'_>) -> bool| {
        cells(&word.scope.tables).filter(|other| is(cell, other)).collect::<Vec<_>>()
    };
    let rivals = [all(is_other_answer), all(is_other_item), groups(cell)];
    let mut known = rivals.iter().filter(|rivals| !rivals.is_empty());
    if known.any(|rivals| !rivals.iter().any(|rival| beyond(rival.figure))) {
        return None;
    }
    let first = rivals.iter().flatten().find(|rival| beyond(rival.figure));
    let because = match first {
        Some(rival) => {
            let other = rival.figure.value().unwrap_or_default();
            format!("`{}` is {value}, but `{}` is {other}", cell.name(), rival.name())
        }
        None => format!("`{}` has nothing to be compared with", cell.name()),
    };
    Some(word.finding(&SUPERLATIVE, because, "bind the figure that it is true of"))
}

/// Whether another figure is of another answer of the same question and group.
fn is_other_answer(cell: &Cell<'_>, other: &Cell<'_>) -> bool {
    std::ptr::eq(other.block, cell.block)
        && other.group == cell.group
        && other.row.label.id != cell.row.label.id
        && matches!(other.row.role, Role::Answer | Role::Pinned)
}

/// Whether another figure is of the same answer to another item of the grid.
fn is_other_item(cell: &Cell<'_>, other: &Cell<'_>) -> bool {
    std::ptr::eq(other.table, cell.table)
        && !std::ptr::eq(other.block, cell.block)
        && other.group == cell.group
        && other.row.label.id == cell.row.label.id
}

fn groups<'a>(cell: &Cell<'a>) -> Vec<Cell<'a>> {
    let Some((banner, own)) = cell.group else { return Vec::new() };
    // The total comes first.
    let groups = cell.table.groups.iter().zip(&cell.row.cells).skip(1);
    let others = groups.filter(|(group, _)| group.id != own);
    others
        .map(|(group, figure)| Cell {
            group: Some((banner, group.id.as_str())),
            figure,
            ..*cell
        })
        .collect()
}
