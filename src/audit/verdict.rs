//! How much a range tells of a hidden cell.
//!
//! An attacker wants to know that few people gave an answer, or that few did not. A cell is
//! *recovered* if its range holds one whole number only, and *narrow* if the smallest and the
//! largest are less than k = (largest small count + 1) apart. A range without any small
//! count is harmless however narrow it is: whoever is in a group of 37 is found by nobody.
//! On a sensitive question nobody at all counts as small where the rules hide that.

use super::known::Figure;
use super::space::Column;
use crate::attack::Range;

/// What is known of a hidden cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The figure's name: `adequate.yes@phase=primary`.
    pub name: String,
    /// The table's name.
    pub table: String,
    /// The question's id.
    pub question: String,
    /// The item's label.
    pub item: Option<String>,
    /// The label of the answer.
    pub answer: String,
    /// The label of the group; none for everybody.
    pub group: Option<String>,
    /// Which people the range is of.
    pub whom: Whom,
    /// The smallest number of people that it can be, before rounding.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// How far apart they have to be.
    pub needed: f64,
    /// What that means.
    pub state: State,
}

/// Which people a range is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Those who gave the answer.
    Those,
    /// The others of the base.
    Others,
}

/// What a range means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It holds one whole number.
    Recovered,
    /// It holds too few whole numbers, a small one among them.
    Narrow,
    /// It holds no small number.
    Harmless,
    /// It is wide enough.
    Safe,
}

impl Cell {
    /// The smallest and the largest whole number in its range.
    #[must_use]
    pub fn whole(&self) -> (f64, f64) {
        whole(self.low, self.high)
    }

    /// How far apart they are.
    #[must_use]
    pub fn width(&self) -> f64 {
        let (low, high) = self.whole();
        high - low
    }

    /// Whether it is recovered or too narrow.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.state.is_found()
    }
}

impl State {
    /// Whether an attacker gains by it.
    fn is_found(self) -> bool {
        matches!(self, Self::Recovered | Self::Narrow)
    }
}

/// The smallest and the largest whole number in a range; the nearest if it holds none, as
/// weights need not add up to people.
fn whole(low: f64, high: f64) -> (f64, f64) {
    let (least, most) = Range { low, high }.whole();
    let least = least.max(0.0);
    let near = low.round().max(0.0);
    // Adding nothing makes a zero of a negative zero.
    if most < least { (near + 0.0, near + 0.0) } else { (least + 0.0, most + 0.0) }
}

/// Judges a hidden cell by the ranges of those whom it counts and of the others.
pub(super) fn judge(figure: &Figure<'_>, [count, others]: [Range; 2]) -> Cell {
    let rules = &figure.seen.release.rules;
    let small = figure.small();
    let table = figure.seen.table;
    let few =
        figure.record.base.is_none_or(|base| base < f64::from(rules.thresholds.all_or_none));
    let least = if table.sensitive && few { 0.0 } else { 1.0 };
    let states = [count, others].map(|range| state(range, (least, small)));
    let worse = states[1].is_found() && states[1] < states[0];
    let (whom, range) = if worse { (Whom::Others, others) } else { (Whom::Those, count) };
    Cell {
        name: name(figure),
        table: table.name.clone(),
        question: table.question.clone(),
        item: figure.record.item.clone(),
        answer: figure.record.answer.clone(),
        group: figure.record.banner.as_ref().map(|_| figure.record.group.clone()),
        whom,
        low: range.low,
        high: range.high,
        needed: small + 1.0,
        state: states[usize::from(worse)],
    }
}

/// What a range means, if counts from `least` to `small` are small.
fn state(range: Range, (least, small): (f64, f64)) -> State {
    let (low, high) = whole(range.low, range.high);
    match high - low {
        // A wide range is not followed to its ends, so nothing is said of what it holds.
        width if width >= small + 1.0 => State::Safe,
        _ if high < least || low > small => State::Harmless,
        0.0 => State::Recovered,
        _ => State::Narrow,
    }
}

/// As headlines name figures.
fn name(figure: &Figure<'_>) -> String {
    let table = figure.seen.table;
    let item = figure.seen.block.item.as_ref();
    let item = item.map_or_else(String::new, |item| format!(".{}", item.id));
    let group = match figure.column {
        Column::Group(at) => table.groups.get(at),
        _ => None,
    };
    let banner = table.banner.join("-");
    let group = group.map_or_else(String::new, |group| format!("@{banner}={}", group.id));
    // Tables of the poll file have names of their own.
    let rest = table.name.strip_prefix(&table.question);
    let of_question = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let start = if of_question { &table.question } else { &table.name };
    format!("{start}{item}.{}{group}", figure.row.id)
}
