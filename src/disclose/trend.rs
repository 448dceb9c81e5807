//! Trends past the gate: each wave's figures by the rules of this report, and a change only
//! where both its figures are shown and the question is still the same.
//!
//! Published figures of an earlier wave have passed a gate as strict as this one and are
//! printed as they were.

use super::figure::Made;
use super::gate::Gate;
use super::protect::Line;
use super::rules::{MEAN_DECIMALS, PERCENT_DECIMALS};
use super::{Detail, Figure, Form, Role, Status, Table, Trend};
use crate::poll::{Profile, Sampling};
use crate::stats::rounding;
use crate::tabulate::{
    Block, Change, Counted, Course, Point, Printed, Statistic, Times, Trend as Raw, Wave,
};

/// From this base on, rounding to whole per cent keeps a small count from being worked out of
/// a total and its other answers.
const SAFE_TOTALS: u64 = 1000;

/// The gates of the waves of one trend, oldest first.
pub(super) struct Gates<'a> {
    /// This report's.
    pub(super) own: &'a Gate,
    /// This report's tables: what is hidden there is hidden in the trend too.
    pub(super) tables: &'a [Table],
}

impl Gates<'_> {
    /// Protects one trend.
    pub(super) fn trend(&self, raw: &Raw<Point, Counted, Change>) -> Trend {
        let gates: Vec<Gate> = raw.heading.waves.iter().map(|wave| self.of(wave)).collect();
        let own = |table: &&Table| table.banner.is_none() && !table.own;
        let mut tables = self.tables.iter().filter(own);
        let table = tables.find(|table| table.question.id == raw.heading.question.id);
        let one = One { gates: &gates, raw, table };
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

/// How many figures of earlier waves are hidden to protect confidentiality.
pub(super) fn hidden(trend: &Trend) -> u64 {
    let rows = trend.blocks.iter().flat_map(|block| &block.rows);
    // This wave's figure is the topline's, which is counted there.
    let earlier = rows.flat_map(|row| row.points.iter().rev().skip(1));
    earlier.filter(|figure| figure.status() == Status::Confidential).count() as u64
}

/// One trend and the gate of each of its waves.
struct One<'a> {
    gates: &'a [Gate],
    raw: &'a Raw<Point, Counted, Change>,
    table: Option<&'a Table>,
}

impl One<'_> {
    fn block(&self, block: &Times<Point, Counted, Change>) -> Times<Figure, Figure, Figure> {
        let base = |(gate, counted): (&Gate, &Counted)| base(gate, counted);
        let bases = self.gates.iter().zip(&block.bases).map(base).unzip();
        let (bases, hold): (Vec<Figure>, Vec<Option<Status>>) = bases;
        let item = block.item.as_ref().map(|item| item.id.as_str());
        let veils: Vec<Vec<bool>> = (0..self.gates.len())
            .map(|wave| {
                let now = wave + 1 == self.gates.len();
                if now { self.hidden_now(block) } else { self.hidden_then(block, wave) }
            })
            .collect();
        let row = |(index, row)| {
            let veil: Vec<bool> = veils.iter().map(|veil| veil[index]).collect();
            self.row(row, item, (&hold, &veil))
        };
        Times {
            item: block.item.clone(),
            bases,
            rows: block.rows.iter().enumerate().map(row).collect(),
        }
    }

    /// Which rows this wave's own table hides.
    fn hidden_now(&self, block: &Times<Point, Counted, Change>) -> Vec<bool> {
        let same = |other: &&Block<Figure>| other.item == block.item;
        let own = self.table.and_then(|table| table.blocks.iter().find(same));
        let hides = |row: &Course<Point, Change>| {
            let row = own?.rows.iter().find(|other| other.label.id == row.label.id)?;
            Some(row.cells.first()?.status() == Status::Confidential)
        };
        block.rows.iter().map(|row| hides(row).unwrap_or(false)).collect()
    }

    /// Which rows an earlier wave must not show, so that those of few cannot be worked out
    /// from the others.
    fn hidden_then(&self, block: &Times<Point, Counted, Change>, wave: usize) -> Vec<bool> {
        let heading = &self.raw.heading;
        let none = vec![false; block.rows.len()];
        let (gate, counted) = (&self.gates[wave], &block.bases[wave]);
        let Counted::Estimated(bases) = counted else { return none };
        if gate.profile == Profile::Analyst || heading.form == Form::Multi {
            return none;
        }
        let count = |row: &Course<Point, Change>| match &row.points[wave] {
            Point::Estimated(cell) if matches!(row.role, Role::Answer | Role::Pinned) => {
                Some((cell.count, gate.reveals(cell, row.role, heading.sensitive)))
            }
            _ => None,
        };
        let answers: Vec<(u64, bool)> = block.rows.iter().filter_map(count).collect();
        let (counts, own): (Vec<u64>, Vec<bool>) = answers.into_iter().unzip();
        let rules = &gate.rules;
        let line = Line {
            counts: &counts,
            people: bases.unweighted.base,
            step: rules.rounding.map_or(0.0, |rounding| f64::from(rounding.base)),
            small: if heading.sensitive { rules.small_sensitive } else { rules.small },
        };
        let few = own.contains(&true);
        let mut hidden = line.hide(own).into_iter();
        // Totals and means are made of the answers: in small samples they give them away.
        let totals = few && line.people < SAFE_TOTALS;
        let each = block.rows.iter();
        each.map(|row| match count(row) {
            Some(_) => hidden.next().unwrap_or(false),
            None => totals && matches!(row.points[wave], Point::Estimated(_)),
        })
        .collect()
    }

    fn row(
        &self,
        row: &Course<Point, Change>,
        item: Option<&str>,
        (hold, veil): (&[Option<Status>], &[bool]),
    ) -> Course<Figure, Figure> {
        let heading = &self.raw.heading;
        let each = self.gates.iter().zip(&row.points).zip(hold).enumerate();
        let points: Vec<Figure> = each
            .map(|(wave, ((gate, point), hold))| {
                let veiled = veil[wave].then_some(Status::Confidential);
                let figure = self.point(gate, point, hold.or(veiled), row);
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

    /// The change to this wave, if both its figures are shown and can be compared.
    fn change(&self, row: &Course<Point, Change>, points: &[Figure], broken: bool) -> Figure {
        let [.., before, after] = points else { return Figure::hidden(Status::NotAvailable) };
        let (Some(old), Some(new)) = (before.value(), after.value()) else {
            return Figure::hidden(missing([before.status(), after.status()]));
        };
        if broken {
            return Figure::hidden(Status::Broken);
        }
        let weak = [before, after].map(Figure::status).contains(&Status::Unreliable);
        let status = if weak { Status::Unreliable } else { Status::Shown };
        let exact = row.change.value.unwrap_or(new - old);
        let figure = Figure::make(self.made(row, exact, status));
        let verdict = row.change.verdict.filter(|_| status == Status::Shown);
        figure.compared(verdict, String::new())
    }

    fn made(&self, row: &Course<Point, Change>, exact: f64, status: Status) -> Made {
        let change = &row.change;
        let analyst = self.gates.iter().any(|gate| gate.profile == Profile::Analyst);
        let probability = (self.gates.iter().rev().take(2))
            .all(|gate| gate.sampling == Sampling::Probability);
        let decimals = decimals(row.statistic);
        let round = |x: f64| if analyst { x } else { rounding::half_away(x, decimals) };
        let interval = change.interval.filter(|_| analyst || probability);
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

/// Why there is no change, from what is said of its two figures.
fn missing(of: [Status; 2]) -> Status {
    let reasons = [Status::NotAsked, Status::Confidential];
    let reason = reasons.into_iter().find(|reason| of.contains(reason));
    reason.unwrap_or(Status::NotAvailable)
}

/// The unweighted base of a wave, and why its figures are not shown.
fn base(gate: &Gate, counted: &Counted) -> (Figure, Option<Status>) {
    match counted {
        Counted::Absent => (Figure::hidden(Status::NotAsked), None),
        Counted::Printed(Some(base)) => (Figure::shown(*base, 0), None),
        Counted::Printed(None) => (Figure::hidden(Status::NotAvailable), None),
        Counted::Estimated(bases) => {
            let hold = gate.hold(bases, gate.rules.floor);
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

#[cfg(test)]
mod tests {
    use super::super::rules::rules;
    use super::super::testing::{trend, wave};
    use super::*;
    use crate::poll::{Poll, testing};
    use crate::tabulate::{Bases, Break, Cell, Reason, Verdict};

    fn cell(count: u64, base: u64) -> Cell {
        let value = Some(100.0 * count as f64 / base as f64);
        Cell { value, count, base, freedom: 500.0, ..Cell::default() }
    }

    fn counted(base: u64) -> Counted {
        let whole = |value| Cell { value: Some(value), count: base, base, ..Cell::default() };
        let bases = Bases {
            unweighted: whole(base as f64),
            weighted: whole(base as f64),
            effective: whole(base as f64),
        };
        Counted::Estimated(Box::new(bases))
    }

    /// One row of two waves, with its change.
    fn raw(points: [Point; 2], change: Change) -> Raw<Point, Counted, Change> {
        let base = |point: &Point| match point {
            Point::Estimated(cell) => counted(cell.base),
            _ => Counted::Printed(Some(3910.0)),
        };
        let released = trend(
            vec![wave("A", 100), wave("B", 0)],
            vec![("Fine", vec![], { Figure::hidden(Status::NotAvailable) })],
        );
        let row = released.blocks[0].rows[0].clone();
        let Course { label, role, statistic, outside, .. } = row;
        let bases = points.iter().map(base).collect();
        let row = Course { label, role, statistic, points: Vec::from(points), change, outside };
        let blocks = vec![Times { item: None, bases, rows: vec![row] }];
        Raw { heading: released.heading, blocks }
    }

    fn gate(profile: Profile) -> Gate {
        let poll = Poll { profile, ..testing::poll() };
        let (rules, sampling) = (rules(&poll), Sampling::Nonprobability);
        Gate { rules, profile, sampling, respondents: 5000 }
    }

    /// The figures of both waves and the change.
    fn released(raw: &Raw<Point, Counted, Change>, profile: Profile) -> Vec<Figure> {
        let own = gate(profile);
        let trend = Gates { own: &own, tables: &[] }.trend(raw);
        let row = &trend.blocks[0].rows[0];
        row.points.iter().chain([&row.change]).cloned().collect()
    }

    fn estimated(count: u64, base: u64) -> Point {
        Point::Estimated(cell(count, base))
    }

    fn tested(value: f64) -> Change {
        let (interval, verdict) = (Some((value - 1.0, value + 1.0)), Some(Verdict::Lower));
        Change { value: Some(value), interval, verdict, se: Some(0.5), ..Change::default() }
    }

    fn told(figures: &[Figure]) -> Vec<(Option<f64>, &'static str)> {
        figures.iter().map(|figure| (figure.value(), figure.status().code())).collect()
    }

    /// 62.4 % and 57.5 % print as 62 and 58, and their difference −4.9 as −5.
    #[test]
    fn a_change_is_rounded_from_unrounded_figures() {
        let raw = raw([estimated(624, 1000), estimated(575, 1000)], tested(-4.9));
        let figures = released(&raw, Profile::Public);
        assert_eq!(told(&figures), [(Some(62.0), ""), (Some(58.0), ""), (Some(-5.0), "")]);
        assert_eq!(figures[2].verdict(), Some(Verdict::Lower));
        // They chose themselves, and only the analyst sees the test.
        assert_eq!((figures[2].interval(), figures[2].detail()), (None, None));
        let analyst = released(&raw, Profile::Analyst);
        assert_eq!(analyst[2].value(), Some(-4.9));
        assert!(analyst[2].interval().is_some() && analyst[2].detail().is_some());
    }

    #[test]
    fn a_change_is_shown_only_with_both_its_figures() {
        let one = raw([estimated(3, 1000), estimated(200, 1000)], tested(19.7));
        let own = gate(Profile::Public);
        assert_eq!(hidden(&Gates { own: &own, tables: &[] }.trend(&one)), 1);
        let few = released(
            &raw([estimated(3, 1000), estimated(200, 1000)], tested(19.7)),
            Profile::Public,
        );
        assert_eq!(told(&few), [(None, "[c]"), (Some(20.0), ""), (None, "[c]")]);
        let low = released(
            &raw([estimated(90, 30_000), estimated(200, 1000)], tested(19.7)),
            Profile::Public,
        );
        assert_eq!(told(&low), [(None, "[low]"), (Some(20.0), ""), (None, "[x]")]);
        let small = released(
            &raw([estimated(30, 80), estimated(200, 1000)], tested(-17.5)),
            Profile::Public,
        );
        assert_eq!(told(&small)[2], (Some(-18.0), "[u]"));
        assert_eq!(small[2].verdict(), None);
        let absent = released(
            &raw([Point::Absent, estimated(200, 1000)], Change::default()),
            Profile::Public,
        );
        assert_eq!(told(&absent), [(None, "[z]"), (Some(20.0), ""), (None, "[z]")]);
    }

    #[test]
    fn after_a_break_values_stay_and_there_is_no_change() {
        let mut raw = raw([estimated(624, 1000), estimated(575, 1000)], tested(-4.9));
        raw.heading.breaks.push((1, Break::whole(Reason::Base)));
        let figures = released(&raw, Profile::Public);
        assert_eq!(told(&figures), [(Some(62.0), ""), (Some(58.0), "[b]"), (None, "[b]")]);
        assert_eq!((figures[2].verdict(), figures[2].interval()), (None, None));
        // Nor does the analyst see a number that means nothing.
        assert_eq!(told(&released(&raw, Profile::Analyst))[2], (None, "[b]"));
    }
}
