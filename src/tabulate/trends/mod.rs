//! Trend tables: the toplines of this wave and of earlier ones go in, matched and tested
//! [`Trend`]s come out.
//!
//! Rows belong together by their ids, in this wave's names. What changed between two waves
//! breaks the comparison; what only printed figures are left of is not tested.

mod asking;
mod item;

use super::trend::{Course, Times, Trend};
use super::{Bases, Block, Book, Cell, Comparison, Label, Row, Side, Table};
use crate::diagnostic::{Finding, Findings};
use crate::estimate::panel::Panel;
use crate::estimate::{
    Break, Change, Names, Printed, Published, Wave, broken, unknown_figures,
};
use crate::poll::Poll;
use crate::poll::tables::Percent;
use crate::questionnaire::Questionnaire;

use asking::Asking;

/// An earlier wave, ready to be compared.
#[derive(Debug)]
pub struct Earlier<'a> {
    /// What is known of it as a whole.
    pub wave: Wave,
    /// Its names, each with this wave's.
    pub names: Names,
    /// Questions by this wave's keys that cannot be compared with the next newer wave, each
    /// with the reason that somebody gives.
    pub said: Vec<(String, String)>,
    /// Its figures.
    pub figures: Figures<'a>,
}

/// The figures of an earlier wave.
#[derive(Debug)]
pub enum Figures<'a> {
    /// Estimated as this wave's.
    Estimated {
        /// What it asked.
        questionnaire: &'a Questionnaire,
        /// Its tables.
        tables: &'a [Table<Cell>],
        /// What it shares with this wave.
        panel: Option<Panel<'a>>,
    },
    /// As they were published.
    Published(&'a Published),
}

/// What stands in a cell of a trend table.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    /// An estimate.
    Estimated(Cell),
    /// A figure as it was published.
    Printed(Printed),
    /// The wave did not offer the answer, or did not ask about the item.
    Absent,
    /// The wave has no such row, though it asked.
    Missing,
}

/// Who is counted in a wave.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// From its respondents.
    Estimated(Box<Bases<Cell>>),
    /// As it was published.
    Printed(Option<f64>),
    /// Nobody was asked.
    Absent,
}

/// A trend before the gate.
pub type Raw = Trend<Point, Counted, Change>;

/// This wave, the poll that describes it, and where to say what is wrong.
pub struct Now<'a> {
    /// What was asked.
    pub questionnaire: &'a Questionnaire,
    /// The poll file.
    pub poll: &'a Poll,
    /// What is known of this wave as a whole.
    pub wave: Wave,
}

impl Book {
    /// With the trend tables of all questions that an earlier wave has, or that have
    /// benchmarks. Earlier waves are given newest first. Benchmarks of figures that there
    /// are not are errors, questions that changed a note.
    #[must_use]
    pub fn with_trends(
        mut self,
        now: &Now<'_>,
        earlier: &[Earlier<'_>],
        findings: &mut Findings,
    ) -> Self {
        let toplines = toplines(&self.tables);
        let known: Vec<String> = toplines.iter().flat_map(|table| names(table)).collect();
        unknown_figures(now.poll, &known, findings);
        let trend = |table: &&Table<Cell>| {
            let question = now.questionnaire.question(&table.question.id)?;
            Asking { now, question, table }.trend(earlier)
        };
        self.trends = toplines.iter().filter_map(trend).collect();
        let compared = self.trends.iter().flat_map(|trend| comparisons(trend, earlier));
        self.comparisons.extend(compared);
        if let Some(finding) = noted(now.poll, &self.trends, earlier) {
            findings.push(finding);
        }
        self
    }
}

/// What is noted of questions that changed as a whole.
fn noted(poll: &Poll, trends: &[Raw], earlier: &[Earlier<'_>]) -> Option<Finding> {
    let whole = |(_, found): &(usize, Break)| found.item.is_none() && found.row.is_none();
    let changed = trends.iter().filter(|trend| trend.heading.breaks.iter().any(whole));
    let names: Vec<String> =
        changed.map(|trend| format!("`{}`", trend.heading.question.id)).collect();
    let newest = earlier.first().filter(|_| !names.is_empty())?;
    Some(broken(poll, &names.join(", "), &newest.wave.label))
}

/// The tables of whole questions without columns.
fn toplines<'a>(tables: &'a [Table<Cell>]) -> Vec<&'a Table<Cell>> {
    let whole = |table: &&'a Table<Cell>| table.banner.is_none() && !table.own;
    let plain =
        |table: &&'a Table<Cell>| table.filter.is_none() && table.percent == Percent::Column;
    tables.iter().filter(whole).filter(plain).collect()
}

/// The names of all figures of a topline, as headlines write them.
fn names(table: &Table<Cell>) -> Vec<String> {
    let of = |block: &Block<Cell>| {
        let item = block.item.as_ref().map(|item| format!(".{}", item.id)).unwrap_or_default();
        let name = |row: &Row<Cell>| format!("{}{item}.{}", table.question.id, row.label.id);
        block.rows.iter().map(name).collect::<Vec<String>>()
    };
    table.blocks.iter().flat_map(of).collect()
}

/// Every change of a trend, for the analyst.
fn comparisons(trend: &Raw, earlier: &[Earlier<'_>]) -> Vec<Comparison> {
    let [.., before, after] = trend.heading.waves.as_slice() else { return Vec::new() };
    let linked = earlier.iter().any(|e| e.wave == *before && before.linked_by.is_some());
    let side = |wave: &Wave| Some(Side { letter: String::new(), label: wave.label.clone() });
    let about = |item: Option<&Label>| Comparison {
        table: trend.heading.name.clone(),
        item: item.map(|item| item.text.clone()),
        first: side(after),
        second: side(before),
        method: if linked { "stacked" } else { "design" },
        ..Comparison::default()
    };
    let of = |block: &Times<Point, Counted, Change>| -> Vec<Comparison> {
        let item = block.item.as_ref();
        block.rows.iter().map(|row| compared(row, about(item))).collect()
    };
    trend.blocks.iter().flat_map(of).collect()
}

/// The change of one row.
fn compared(row: &Course<Point, Change>, about: Comparison) -> Comparison {
    let base = |place: usize| row.points.iter().rev().nth(place).and_then(base);
    let change = &row.change;
    Comparison {
        row: Some(row.label.text.clone()),
        statistic_of: Some(row.statistic.name()),
        difference: change.value,
        se: change.se,
        statistic: change.t,
        freedom: change.se.map(|_| change.freedom),
        p: change.p,
        marked: change.verdict.map(|verdict| verdict.name().to_owned()),
        bases: [base(0), base(1)],
        untested: change.untested.clone(),
        ..about
    }
}

/// How many an estimate is of.
fn base(point: &Point) -> Option<(u64, f64)> {
    match point {
        Point::Estimated(cell) => Some((cell.base, cell.base as f64)),
        _ => None,
    }
}
