//! What is printed beside a figure and says something of it: verdicts and intervals.

use super::known::Figure;
use super::source::Percent;
use super::space::{Column, Ratio, Space, View};
use crate::attack::{Fact, Sum};

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Intervals are of several kinds, which differ by less than this share in the base that
/// they give away.
const KINDS: f64 = 0.1;

/// A group that is higher than the rest: the rest has at most as large a share as the group
/// can have; and the other way round.
pub(super) fn verdict(space: &Space, figure: &Figure<'_>) -> Option<Fact> {
    let Column::Group(group) = figure.column else { return None };
    let straight = figure.seen.view == View::Straight;
    if !straight || figure.seen.table.percent_of != Percent::Column {
        return None;
    }
    let (low, high) = figure.range()?;
    let rest = rest(space, figure, group)?;
    let bound = |by: f64| rest.part.plus(-by, &rest.whole);
    match figure.record.verdict.as_deref()? {
        "higher" => Some(Fact::between(bound(high), f64::NEG_INFINITY, 0.0)),
        "lower" => Some(Fact::between(bound(low), 0.0, f64::INFINITY)),
        _ => None,
    }
}

/// Everybody in the columns that a column was compared with.
fn rest(space: &Space, figure: &Figure<'_>, group: usize) -> Option<Ratio> {
    let table = figure.seen.table;
    let ratio = |column| space.ratio(View::Straight, table, figure.row, column);
    if table.overlapping {
        return None;
    }
    let heading = |at: usize| {
        let answers = &table.groups.get(at)?.answers;
        answers.split_last().map(|(_, outer)| outer.to_vec())
    };
    let mut rest = Ratio { part: Sum::default(), whole: Sum::default() };
    for other in
        (0..table.groups.len()).filter(|at| *at != group && heading(*at) == heading(group))
    {
        let one = ratio(Column::Group(other))?;
        rest.part = rest.part.plus(1.0, &one.part);
        rest.whole = rest.whole.plus(1.0, &one.whole);
    }
    (!rest.whole.0.is_empty()).then_some(rest)
}

/// The base of a percentage that is printed with its interval and without its base: under
/// simple random sampling half the interval is h = z·√(p(1 − p)/n), so that n = p(1 − p)z²/h²
/// (Wald), each with its rounding.
pub(super) fn interval(figure: &Figure<'_>) -> Option<(f64, f64)> {
    let record = figure.record;
    if !figure.row.is_share() || figure.seen.release.rules.rounding.weighted {
        return None;
    }
    let (low, high) = figure.range()?;
    let half = (record.high? - record.low?) / 2.0 / figure.unit();
    let within = figure.seen.release.rules.half(&record.statistic) / figure.unit();
    let spread = |p: f64| p * (1.0 - p);
    let least = spread(low).min(spread(high));
    let most = if low < 0.5 && high > 0.5 { 0.25 } else { spread(low).max(spread(high)) };
    let size = |spread: f64, half: f64| spread * Z * Z / (half * half);
    let smallest = size(least, half + within) * (1.0 - KINDS);
    let largest =
        if half > within { size(most, half - within) * (1.0 + KINDS) } else { f64::INFINITY };
    Some((smallest, largest.min(figure.seen.release.respondents)))
}
