//! The shape of a trend table, before and after disclosure control: a question's figures in
//! this wave and in earlier ones, and the change from the wave before.

use super::{Form, Label, Role, Statistic, Wording};
use crate::estimate::{Break, Wave};

/// One question over several waves. `P` stands in the cells, `B` in the row of bases, `C` in
/// the column of changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend<P, B, C> {
    /// What it is about.
    pub heading: Heading,
    /// One block for each item of a battery; otherwise exactly one.
    pub blocks: Vec<Times<P, B, C>>,
}

/// What a trend table is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Names files and anchors: `workload-waves`.
    pub name: String,
    /// What this wave asked.
    pub question: Wording,
    /// How the question's own table is read.
    pub form: Form,
    /// Whether the questionnaire marks the question as sensitive.
    pub sensitive: bool,
    /// The columns, oldest first; the last is this wave, and waves that did not ask the
    /// question have none.
    pub waves: Vec<Wave>,
    /// What changed just before the wave of an index.
    pub breaks: Vec<(usize, Break)>,
    /// Figures from outside, a column each.
    pub outside: Vec<Outside>,
}

/// Where figures from outside come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// The column's heading.
    pub label: String,
    /// Who published them, where and when.
    pub source: String,
    /// Whom they are of, in words.
    pub base: Option<String>,
}

/// One item over several waves.
#[derive(Clone, Debug, PartialEq)]
pub struct Times<P, B, C> {
    /// The item of a battery.
    pub item: Option<Label>,
    /// Who is counted, a wave each.
    pub bases: Vec<B>,
    /// Answers, nets, means; answers that only an earlier wave had stand after this one's.
    pub rows: Vec<Course<P, C>>,
}

/// One row over several waves.
#[derive(Clone, Debug, PartialEq)]
pub struct Course<P, C> {
    /// The answer's or net's id and label.
    pub label: Label,
    /// What kind of line it is.
    pub role: Role,
    /// What the cells are.
    pub statistic: Statistic,
    /// One cell for each wave.
    pub points: Vec<P>,
    /// From the wave before to this one.
    pub change: C,
    /// Figures from outside, one for each of their columns.
    pub outside: Vec<Option<f64>>,
}

impl Heading {
    /// The wave with which this one is compared: the newest one before it.
    #[must_use]
    pub fn before(&self) -> Option<&Wave> {
        self.waves.len().checked_sub(2).and_then(|place| self.waves.get(place))
    }

    /// Whether something changed just before a wave that makes a row of an item another.
    #[must_use]
    pub fn breaks_before(&self, wave: usize, item: Option<&str>, row: &str) -> bool {
        self.breaks.iter().any(|(at, found)| *at == wave && found.covers(item, row))
    }

    /// Whether this wave cannot be compared with the one before it in a row of an item.
    #[must_use]
    pub fn is_broken(&self, item: Option<&str>, row: &str) -> bool {
        self.waves.len().checked_sub(1).is_some_and(|last| self.breaks_before(last, item, row))
    }
}
