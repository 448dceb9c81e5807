//! Trends past the gate: each wave's figures by the rules of this report, and a change only
//! where both its figures are shown.
//!
//! Published figures of an earlier wave have passed a gate as strict as this one and are
//! printed as they were.

use super::figure::Made;
use super::gate::Gate;
use super::rules::{MEAN_DECIMALS, PERCENT_DECIMALS};
use super::{Detail, Figure, Status, Trend};
use crate::poll::{Profile, Sampling};
use crate::stats::rounding;
use crate::tabulate::{
    Change, Counted, Course, Point, Printed, Statistic, Times, Trend as Raw, Wave,
};

/// The gates of the waves of one trend, oldest first.
pub(super) struct Gates<'a> {
    /// This report's.
    pub(super) own: &'a Gate,
}

impl Gates<'_> {
    /// Protects one trend.
    pub(super) fn trend(&self, raw: &Raw<Point, Counted, Change>) -> Trend {
        let gates: Vec<Gate> = raw.heading.waves.iter().map(|wave| self.of(wave)).collect();
        let one = One { gates: &gates, raw };
        Trend {
            heading: raw.heading.clone(),
            blocks: raw.blocks.iter().map(|block| one.block(block)).collect(),
        }
    }

    /// The rules of this report, with the facts of a wave.
    fn of(&self, wave: &Wave) -> Gate {
        Gate { sampling: wave.sampling, respondents: wave.respondents, ..*self.own }
    }
}

/// One trend and the gate of each of its waves.
struct One<'a> {
    gates: &'a [Gate],
    raw: &'a Raw<Point, Counted, Change>,
}

impl One<'_> {
    fn block(&self, block: &Times<Point, Counted, Change>) -> Times<Figure, Figure, Figure> {
        let base = |(gate, counted): (&Gate, &Counted)| base(gate, counted);
        let bases = self.gates.iter().zip(&block.bases).map(base).unzip();
        let (bases, hold): (Vec<Figure>, Vec<Option<Status>>) = bases;
        let item = block.item.as_ref().map(|item| item.id.as_str());
        Times {
            item: block.item.clone(),
            bases,
            rows: block.rows.iter().map(|row| self.row(row, item, &hold)).collect(),
        }
    }

    fn row(
        &self,
        row: &Course<Point, Change>,
        item: Option<&str>,
        hold: &[Option<Status>],
    ) -> Course<Figure, Figure> {
        let heading = &self.raw.heading;
        let each = self.gates.iter().zip(&row.points).zip(hold).enumerate();
        let points: Vec<Figure> = each
            .map(|(wave, ((gate, point), hold))| {
                let figure = self.point(gate, point, *hold, row);
                let broken = heading.breaks_before(wave, item, &row.label.id);
                if broken { figure.broken() } else { figure }
            })
            .collect();
        let broken = heading.is_broken(item, &row.label.id);
        let change = self.change(row, &points, broken);
        Course {
            label: row.label.clone(),
            role: row.role,
            statistic: row.statistic,
            points,
            change,
            outside: row.outside.clone(),
        }
    }

    fn point(
        &self,
        gate: &Gate,
        point: &Point,
        hold: Option<Status>,
        row: &Course<Point, Change>,
    ) -> Figure {
        match point {
            Point::Absent => Figure::hidden(Status::NotAsked),
            Point::Missing => Figure::hidden(Status::NotAvailable),
            Point::Printed(printed) => self::printed(gate, printed, row.statistic),
            Point::Estimated(cell) => {
                let own = gate.reveals(cell, row.role, self.raw.heading.sensitive);
                match hold.or(own.then_some(Status::Confidential)) {
                    Some(status) => Figure::hidden(status),
                    None => gate.figure(cell, row.statistic),
                }
            }
        }
    }

    /// The change to this wave, if both its figures are shown.
    fn change(&self, row: &Course<Point, Change>, points: &[Figure], broken: bool) -> Figure {
        let [.., before, after] = points else { return Figure::hidden(Status::NotAvailable) };
        let asked = |figure: &Figure| figure.status() != Status::NotAsked;
        if !asked(before) || !asked(after) {
            return Figure::hidden(Status::NotAsked);
        }
        let (Some(old), Some(new)) = (before.value(), after.value()) else {
            let hidden = [before, after].map(Figure::status).contains(&Status::Confidential);
            let status = if hidden { Status::Confidential } else { Status::NotAvailable };
            return Figure::hidden(status);
        };
        let change = &row.change;
        let exact = change.value.unwrap_or(new - old);
        let weak = [before, after].map(Figure::status).contains(&Status::Unreliable);
        let status = match (broken, weak) {
            (true, _) => Status::Broken,
            (false, true) => Status::Unreliable,
            _ => Status::Shown,
        };
        let figure = Figure::make(self.made(row, exact, status));
        figure.compared(change.verdict.filter(|_| status == Status::Shown), String::new())
    }

    fn made(&self, row: &Course<Point, Change>, exact: f64, status: Status) -> Made {
        let change = &row.change;
        let analyst = self.gates.iter().any(|gate| gate.profile == Profile::Analyst);
        let probability = (self.gates.iter().rev().take(2))
            .all(|gate| gate.sampling == Sampling::Probability);
        let decimals = decimals(row.statistic);
        let round = |x: f64| if analyst { x } else { rounding::half_away(x, decimals) };
        let shown = (analyst || probability) && status != Status::Broken;
        let interval = change.interval.filter(|_| shown);
        Made {
            value: round(exact),
            interval: interval.map(|(low, high)| (round(low), round(high))),
            status,
            decimals: if analyst { 1 } else { decimals },
            set: false,
            detail: (analyst && change.se.is_some()).then(|| Detail {
                se: change.se,
                freedom: change.freedom,
                deff: None,
                n: match row.points.last() {
                    Some(Point::Estimated(cell)) => cell.base,
                    _ => 0,
                },
                method: "wald_t",
            }),
        }
    }
}

/// A figure as it was published, with the interval where intervals are shown.
fn printed(gate: &Gate, printed: &Printed, statistic: Statistic) -> Figure {
    let status = status(printed.status.as_deref());
    let Some(value) = printed.value else {
        return Figure::hidden(if status == Status::Shown {
            Status::NotAvailable
        } else {
            status
        });
    };
    let decimals = decimals(statistic);
    let round = |x: f64| match gate.profile {
        Profile::Analyst => x,
        _ => rounding::half_away(x, decimals),
    };
    let shown = gate.sampling == Sampling::Probability || gate.profile == Profile::Analyst;
    let interval = printed.low.zip(printed.high).filter(|_| shown);
    Figure::make(Made {
        value: round(value),
        interval: interval.map(|(low, high)| (round(low), round(high))),
        status,
        decimals,
        set: false,
        detail: None,
    })
}

/// The unweighted base of a wave, and why its figures are not shown.
fn base(gate: &Gate, counted: &Counted) -> (Figure, Option<Status>) {
    match counted {
        Counted::Absent => (Figure::hidden(Status::NotAsked), None),
        Counted::Printed(Some(base)) => (Figure::shown(*base, 0), None),
        Counted::Printed(None) => (Figure::hidden(Status::NotAvailable), None),
        Counted::Estimated(bases) => {
            let hold = gate.hold(bases);
            (gate.bases(bases, hold).unweighted, hold)
        }
    }
}

fn decimals(statistic: Statistic) -> u8 {
    match statistic {
        Statistic::Mean | Statistic::Median => MEAN_DECIMALS,
        _ => PERCENT_DECIMALS,
    }
}

/// What a published shorthand means.
fn status(code: Option<&str>) -> Status {
    let all = [
        Status::Confidential,
        Status::Unreliable,
        Status::Low,
        Status::NotAsked,
        Status::NotAvailable,
        Status::Broken,
    ];
    let found = code.and_then(|code| all.into_iter().find(|status| status.code() == code));
    found.unwrap_or(Status::Shown)
}
