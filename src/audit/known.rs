//! What the figures say of the counts behind them: tables of one question go in, facts come
//! out.
//!
//! A percentage is a share of a base that need not be known; a base lies within half a step
//! of what is printed; a printed 0 is nobody. May know what is published and the rules by
//! which it was hidden and rounded, which the release names.

use super::hints;
use super::release::{Block, Change, Release};
use super::source::{Record, Row, Table};
use super::space::{Column, Ratio, Space, View};
use crate::attack::{Fact, Grid, Sum, System};

/// What is known of the counts behind the tables of a question.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What holds of shares, whether they are of people or of weights.
    pub(super) facts: Vec<Fact>,
    /// What the rules of hiding say of people: a cell that is shown holds enough of them.
    pub(super) rules: Vec<Fact>,
    /// Bases, and between what they lie.
    pub(super) bases: Vec<(Sum, f64, f64)>,
    /// Below this base a column would not be shown.
    floor: f64,
    /// Respondents of the whole poll.
    pub(super) people: Vec<(Sum, f64)>,
}

/// How figures are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Manner {
    /// As counts, of which few are shown nowhere.
    Counts,
    /// As counts, whatever the rules of hiding say.
    Plain,
    /// As weights, whose sum in each group differs from its base by such a share at most.
    Slack(f64),
    /// As weights, by a share that is the last atom.
    Free,
}

/// The largest share by which weights may differ from people. With all of them gone nothing
/// would contradict anything.
const LARGEST: f64 = 0.9;

/// One table of a question, as a release shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub(super) release: &'a Release,
    pub(super) table: &'a Table,
    pub(super) block: &'a Block,
    pub(super) view: View,
}

/// One figure and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure<'a> {
    pub(super) seen: Seen<'a>,
    pub(super) row: &'a Row,
    pub(super) column: Column,
    pub(super) record: &'a Record,
}

impl<'a> Seen<'a> {
    /// Every figure of the table that has a record.
    pub(super) fn figures(self) -> impl Iterator<Item = Figure<'a>> {
        let rows = self.table.rows.iter().zip(&self.block.cells);
        rows.flat_map(move |(row, cells)| {
            cells.iter().enumerate().filter_map(move |(place, record)| {
                let (column, record) = (Column::at(place), record.as_ref()?);
                Some(Figure { seen: self, row, column, record })
            })
        })
    }
}

impl Figure<'_> {
    /// What the figure is a share of; none if it is none of counts.
    pub(super) fn ratio(&self, space: &Space) -> Option<Ratio> {
        space.ratio(self.seen.view, self.seen.table, self.row, self.column)
    }

    /// The largest count that is too small to show here.
    pub(super) fn small(&self) -> f64 {
        self.seen.release.rules.small(self.seen.table)
    }

    /// Between what the share lies, not in per cent; none if there is no number.
    pub(super) fn range(&self) -> Option<(f64, f64)> {
        let (unit, rules) = (self.unit(), &self.seen.release.rules);
        let half = rules.half(&self.record.statistic);
        if self.record.status.as_deref() == Some("[low]") {
            return Some((0.0, half / unit));
        }
        let value = self.record.value?;
        let (low, high) = ((value - half) / unit, (value + half) / unit);
        let share = self.row.is_share();
        Some(if share { (low.max(0.0), high.min(1.0)) } else { (low, high) })
    }

    /// Whether another figure of its row is hidden.
    pub(super) fn is_beside_hidden(&self) -> bool {
        let seen = self.seen;
        let here = seen.figures().filter(|figure| std::ptr::eq(figure.row, self.row));
        here.into_iter().any(|figure| figure.record.is_hidden())
    }

    /// Between what the base lies that is printed beside it.
    fn base(&self) -> Option<(f64, f64)> {
        let Release { rules, respondents, .. } = self.seen.release;
        self.record.base.map(|base| rules.base(base, *respondents))
    }

    /// What a share is multiplied by to be printed.
    pub(super) fn unit(&self) -> f64 {
        if self.record.statistic == "mean" { 1.0 } else { 100.0 }
    }
}

impl Known {
    /// Everything that tables say of the counts of a question.
    pub(super) fn of(space: &Space, seen: &[Seen<'_>]) -> Self {
        let floor = seen.iter().map(|seen| seen.release.rules.thresholds.floor).min();
        let mut known = Self { floor: floor.map_or(0.0, f64::from), ..Self::default() };
        for axis in 0..space.axes() {
            let all = space.grid.people(axis, 0, &[0]);
            let respondents = seen.first().map_or(0.0, |seen| seen.release.respondents);
            known.people.push((all, respondents));
        }
        for figure in seen.iter().flat_map(|seen| seen.figures()) {
            if let Some(ratio) = figure.ratio(space) {
                known.base(&figure, &ratio);
                known.figure(&figure, &ratio);
                known.facts.extend(hints::verdict(space, &figure));
            }
        }
        known
    }

    /// Between what the base lies that is printed beside a figure.
    fn base(&mut self, figure: &Figure<'_>, ratio: &Ratio) {
        let known = figure.base().or_else(|| hints::interval(figure));
        let Some((low, high)) = known else { return };
        let known = (ratio.whole.clone(), low, high);
        if !self.bases.contains(&known) {
            self.bases.push(known);
        }
    }

    fn figure(&mut self, figure: &Figure<'_>, ratio: &Ratio) {
        let Some((low, high)) = figure.range() else { return };
        let Ratio { part, whole } = ratio;
        let nobody = figure.record.value == Some(0.0);
        if figure.row.is_share() && nobody {
            self.facts.push(Fact::exactly(part.clone(), 0.0));
            return;
        }
        self.share(ratio, (low, high));
        if !figure.row.is_share() {
            return;
        }
        // A cell is shown only if it holds enough people, and so do the others of its base.
        // Of most the percentage says so already.
        let enough = figure.small() + 1.0;
        let base = figure.base().map_or(0.0, |(least, _)| least);
        if low * base < enough {
            self.rules.push(Fact::between(part.clone(), enough, f64::INFINITY));
        }
        if high < 1.0 && (1.0 - high) * base < enough {
            let others = whole.plus(-1.0, part);
            self.rules.push(Fact::between(others, enough, f64::INFINITY));
        }
    }

    fn share(&mut self, ratio: &Ratio, (low, high): (f64, f64)) {
        self.facts.extend(Fact::share(&ratio.part, &ratio.whole, low, high));
    }

    /// What earlier waves and changes say of figures of all.
    pub(super) fn changes(&mut self, space: &Space, seen: &Seen<'_>, changes: &[Change]) {
        for figure in seen.figures().filter(|figure| figure.column == Column::All) {
            let mine = |change: &&Change| {
                let record = figure.record;
                (&change.question, &change.item, &change.answer, &change.statistic)
                    == (&record.question, &record.item, &record.answer, &record.statistic)
            };
            let Some(ratio) = figure.ratio(space) else { continue };
            for change in changes.iter().filter(mine) {
                let unit = figure.unit();
                self.share(&ratio, (change.low / unit, change.high / unit));
            }
        }
    }

    /// Everything that holds if figures are read in some manner, beside `ties`.
    pub(super) fn system(&self, grid: &Grid, ties: &[Fact], manner: Manner) -> System {
        let atoms = grid.atoms();
        let mut facts = [ties, &self.facts].concat();
        if manner == Manner::Counts {
            facts.extend(self.rules.iter().cloned());
        }
        let people = self.people.iter().map(|(sum, n)| Fact::exactly(sum.clone(), *n));
        facts.extend(people);
        let slack = Sum::of([atoms]);
        for (sum, low, high) in &self.bases {
            match manner {
                Manner::Counts => {
                    let low = low.max(self.floor).min(*high);
                    facts.push(Fact::between(sum.clone(), low, *high));
                }
                Manner::Plain => facts.push(Fact::between(sum.clone(), *low, *high)),
                Manner::Slack(by) => {
                    let (low, high) = (low * (1.0 - by), high * (1.0 + by));
                    facts.push(Fact::between(sum.clone(), low, high));
                }
                Manner::Free => {
                    let (above, below) = (sum.plus(*low, &slack), sum.plus(-high, &slack));
                    facts.push(Fact::between(above, *low, f64::INFINITY));
                    facts.push(Fact::between(below, f64::NEG_INFINITY, *high));
                }
            }
        }
        let free = manner == Manner::Free;
        if free {
            facts.push(Fact::between(slack, 0.0, LARGEST));
        }
        System { atoms: atoms + usize::from(free), facts, point: None }
    }
}
