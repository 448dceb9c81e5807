//! The gate: every raw cell is hidden or rounded by its profile's rules.

use super::figure::Made;
use super::rules::{MEAN_DECIMALS, PERCENT_DECIMALS, Rounding, Rules};
use super::{Figure, Half, Status, Table, by_hand, linked};
use crate::poll::{Profile, Protected, Sampling};
use crate::stats::rounding;
use crate::tabulate::{Bases, Block, Cell, Role, Row, Statistic, Table as Raw};

/// The effective base under which a few weights may carry a column.
const DOMINANCE: f64 = 16.0;

#[derive(Clone, Copy)]
pub(super) struct Gate {
    pub(super) rules: Rules,
    pub(super) profile: Profile,
    pub(super) sampling: Sampling,
    pub(super) respondents: u64,
}

/// On which side of half of all a percentage surely is; one that the weights were made to
/// give is exact.
fn half(cell: &Cell, statistic: Statistic) -> Half {
    let exact = cell.value.filter(|_| cell.set).map(|value| (value, value));
    Half::of(exact.or(cell.interval).filter(|_| statistic == Statistic::Percent))
}

impl Gate {
    /// A table without what gives a hidden figure away.
    pub(super) fn linked(
        &self,
        table: &Raw<Cell>,
        others: &[Raw<Cell>],
        by_hand: &[Protected],
    ) -> Table {
        let mut made = self.table(table);
        let sensitive = table.sensitive;
        let small = if sensitive { self.rules.small_sensitive } else { self.rules.small };
        if linked::leaves_out_few(table, others, small) {
            linked::hide(&mut made);
        }
        by_hand::table(&mut made, by_hand);
        made
    }

    fn table(&self, table: &Raw<Cell>) -> Table {
        Table {
            name: table.name.clone(),
            title: table.title.clone(),
            own: table.own,
            question: table.question.clone(),
            form: table.form,
            banner: table.banner.clone(),
            groups: table.groups.clone(),
            merged: table.merged.clone(),
            spans: table.spans.clone(),
            overlapping: table.overlapping,
            partial: table.partial,
            percent: table.percent,
            sort: table.sort,
            blocks: self.blocks(table),
            sensitive: table.sensitive,
            filter: table.filter.clone(),
            makeup: table.makeup.clone(),
        }
    }

    fn blocks(&self, table: &Raw<Cell>) -> Vec<Block<Figure>> {
        table.blocks.iter().map(|block| self.block(block, table)).collect()
    }

    fn block(&self, block: &Block<Cell>, table: &Raw<Cell>) -> Block<Figure> {
        let floor = |column| self.rules.floor_of(column, table.makeup.local);
        let columns = block.bases.iter().enumerate();
        let hold: Vec<Option<Status>> =
            columns.map(|(column, bases)| self.hold(bases, floor(column))).collect();
        Block {
            item: block.item.clone(),
            bases: block
                .bases
                .iter()
                .zip(&hold)
                .map(|(b, hold)| self.bases(b, *hold))
                .collect(),
            rows: block
                .rows
                .iter()
                .map(|r| self.row(r, (&block.bases, &hold), table.sensitive))
                .collect(),
        }
    }

    /// Why a whole column shows nothing: nobody is in it, its base is under the floor, or a
    /// few weights carry it. Where the largest share of weight is above a quarter, the
    /// effective base W²/Σw² is under sixteen, so that is what is asked.
    pub(super) fn hold(&self, bases: &Bases<Cell>, floor: u64) -> Option<Status> {
        let base = bases.unweighted.base;
        let effective = bases.effective.value.unwrap_or(0.0);
        let small = base < floor || effective < DOMINANCE;
        let nobody = (base == 0).then_some(Status::NotAvailable);
        nobody.or((self.rules.floor > 0 && small).then_some(Status::Confidential))
    }

    pub(super) fn bases(&self, bases: &Bases<Cell>, hold: Option<Status>) -> Bases<Figure> {
        let rounded = |cell: &Cell, step: Option<Option<u32>>| match (hold, cell.value, step) {
            (Some(status), ..) => Figure::hidden(status),
            (_, None, _) | (_, _, Some(None)) => Figure::hidden(Status::NotAvailable),
            (_, Some(value), None) => Figure::shown(value, 1),
            (_, Some(value), Some(Some(step))) => Figure::shown(self.stepped(value, step), 0),
        };
        let by = |step: fn(Rounding) -> Option<u32>| self.rules.rounding.map(step);
        Bases {
            unweighted: match self.rules.rounding {
                None => Figure::shown(bases.unweighted.base as f64, 0),
                Some(_) => rounded(&bases.unweighted, by(|r| Some(r.base))),
            },
            weighted: rounded(&bases.weighted, by(|r| r.weighted)),
            effective: rounded(&bases.effective, by(|r| Some(r.base))),
        }
    }

    /// A base to a multiple of a step, and never above the number of respondents, which is
    /// printed as it is.
    fn stepped(&self, base: f64, step: u32) -> f64 {
        let rounded = rounding::to_step(base, step);
        let respondents = self.respondents as f64;
        let above = base <= respondents && rounded > respondents;
        if above { rounded - f64::from(step) } else { rounded }
    }

    fn row(
        &self,
        row: &Row<Cell>,
        (bases, hold): (&[Bases<Cell>], &[Option<Status>]),
        sensitive: bool,
    ) -> Row<Figure> {
        // Where the answer itself is that of few, a group without any of them says in which
        // other group they are. The total comes first.
        let rare = row.cells.first().is_some_and(|all| self.reveals(all, row.role, sensitive));
        let figure = |((cell, bases), hold): ((&Cell, &Bases<Cell>), &Option<Status>)| {
            if self.withholds(row.statistic) {
                return Figure::hidden(Status::NotAvailable);
            }
            let own = rare || self.reveals(cell, row.role, sensitive);
            if let Some(status) = hold.or(own.then_some(Status::Confidential)) {
                return Figure::hidden(status);
            }
            let figure = self.compared(self.figure(cell, row.statistic), cell);
            figure.based(self.own_base(cell, bases)).on_side(half(cell, row.statistic))
        };
        Row {
            label: row.label.clone(),
            role: row.role,
            statistic: row.statistic,
            content: row.content.clone(),
            cells: row.cells.iter().zip(bases).zip(hold).map(figure).collect(),
        }
    }

    /// Whether figures of that kind are not given at all: a number of people who gave an answer
    /// would say more than a share and its rounded base do.
    fn withholds(&self, statistic: Statistic) -> bool {
        let numbers = self.rules.rounding.is_none_or(|rounding| rounding.weighted.is_some());
        statistic == Statistic::Total && !numbers
    }

    /// The base of a figure that is not of all in its column, such as a mean of those who
    /// gave a score.
    fn own_base(&self, cell: &Cell, bases: &Bases<Cell>) -> Option<f64> {
        let differs = cell.value.is_some() && cell.base != bases.unweighted.base;
        let step = self.rules.rounding.map_or(1, |rounding| rounding.base);
        differs.then(|| self.stepped(cell.base as f64, step))
    }

    /// A verdict goes with a value that is shown; letters are for the analyst.
    fn compared(&self, figure: Figure, cell: &Cell) -> Figure {
        let shown = figure.value().is_some();
        let analyst = self.profile == Profile::Analyst;
        let letters = if analyst { cell.letters.clone() } else { String::new() };
        figure.compared(cell.verdict.filter(|_| shown), letters)
    }

    pub(super) fn figure(&self, cell: &Cell, statistic: Statistic) -> Figure {
        let Some(value) = cell.value.filter(|v| v.is_finite()) else {
            return Figure::hidden(Status::NotAvailable);
        };
        let decimals = match statistic {
            Statistic::Mean | Statistic::Median => MEAN_DECIMALS,
            _ => PERCENT_DECIMALS,
        };
        if self.rules.rounding.is_none() {
            return Figure::make(Made {
                value,
                interval: cell.interval,
                status: self.reliability(cell, statistic),
                decimals: 1,
                set: cell.set,
                detail: Some(Figure::detail_of(cell)),
            });
        }
        let step = self.rules.rounding.and_then(|rounding| rounding.weighted);
        let round = |x: f64| match (statistic, step) {
            (Statistic::Total, Some(step)) => rounding::to_step(x, step),
            _ => rounding::half_away(x, decimals),
        };
        let rounded = round(value);
        if statistic.is_percentage() && rounded == 0.0 && cell.count > 0 {
            return Figure::hidden(Status::Low);
        }
        let shown = self.sampling == Sampling::Probability;
        let interval = cell.interval.filter(|_| shown);
        Figure::make(Made {
            value: rounded,
            interval: interval.map(|(low, high)| (round(low), round(high))),
            status: self.reliability(cell, statistic),
            decimals,
            set: cell.set,
            detail: None,
        })
    }

    /// Whether a count, or what is left of the base, is small enough to point at somebody.
    pub(super) fn reveals(&self, cell: &Cell, role: Role, sensitive: bool) -> bool {
        if self.profile == Profile::Analyst {
            return false;
        }
        if role == Role::Summary {
            return cell.base < self.rules.floor;
        }
        let small = if sensitive { self.rules.small_sensitive } else { self.rules.small };
        let others = cell.base.saturating_sub(cell.count);
        if cell.base < self.rules.floor {
            return true;
        }
        let few = |count: u64| (1..=small).contains(&count);
        let none = |count: u64| {
            sensitive && count == 0 && cell.base > 0 && cell.base < self.rules.all_or_none
        };
        few(cell.count) || few(others) || none(cell.count) || none(others)
    }

    fn reliability(&self, cell: &Cell, statistic: Statistic) -> Status {
        let wide = statistic.is_percentage()
            && cell.interval.is_some_and(|(low, high)| high - low > self.rules.widest);
        if cell.base < self.rules.unreliable || wide || cell.freedom < 8.0 {
            return Status::Unreliable;
        }
        Status::Shown
    }
}
