//! What one released share says: of the people in it, and of how many they are a share.

use crate::attack::{Fact, Sum};
use crate::disclose::{Figure, Status};
use crate::tabulate::{Cell, Statistic};

/// A figure as a share: of whom it is which people.
pub(super) struct Share {
    pub(super) part: Sum,
    pub(super) whole: Sum,
    /// The number behind `part` over that behind `whole`.
    pub(super) exact: f64,
}

/// What a share says, as it was rounded.
pub(super) fn said(
    share: &Share,
    (figure, cell): (&Figure, &Cell),
    (statistic, least): (Statistic, f64),
) -> Vec<Fact> {
    let Share { part, whole, exact } = share;
    let people = matches!(statistic, Statistic::Percent | Statistic::PercentOfMentions);
    if people && cell.count == 0 {
        return vec![Fact::exactly(part.clone(), 0.0)];
    }
    if statistic == Statistic::Total {
        let half = 5.0;
        let count = cell.count as f64;
        return vec![Fact::between(part.clone(), (count - half).max(0.0), count + half)];
    }
    let unit = statistic.unit();
    let (below, above) = slack(figure, cell);
    let (mut low, mut high) = (exact - below / unit, exact + above / unit);
    if people {
        (low, high) = (low.max(0.0), high.min(1.0));
    }
    let mut facts = Vec::from(Fact::share(part, whole, low, high));
    if people {
        // The rules are printed: what is shown is of no few, nor of all but few. Nobody at
        // all is printed as 0 only.
        facts.push(Fact::between(part.clone(), least, f64::INFINITY));
        if statistic == Statistic::Percent && cell.count < cell.base {
            facts.push(Fact::between(whole.plus(-1.0, part), least, f64::INFINITY));
        }
    }
    facts
}

/// How far the number behind a figure can be below and above what it is, in its unit: the
/// rounding of the figure and, where they are shown, of both ends of its interval.
fn slack(figure: &Figure, cell: &Cell) -> (f64, f64) {
    let half = match figure.status() {
        Status::Low => 0.5,
        _ => 0.5 / libm::pow(10.0, f64::from(figure.decimals())),
    };
    let Some(value) = cell.value else { return (half, half) };
    let shown = figure.value().unwrap_or(0.0);
    let around = |exact: f64, shown: f64| (exact - shown + half, shown + half - exact);
    let (mut below, mut above) = around(value, shown);
    if let (Some((low, high)), Some((from, to))) = (figure.interval(), cell.interval) {
        for (b, a) in [around(from, low), around(to, high)] {
            (below, above) = (below.min(b), above.min(a));
        }
    }
    (below.clamp(0.0, 2.0 * half), above.clamp(0.0, 2.0 * half))
}

/// Between which numbers a base must be for the interval to be as wide as it is printed: its
/// ends are as far from the figure as the root of the base is short.
pub(super) fn by_interval(figure: &Figure, cell: &Cell) -> (f64, f64) {
    let half = 0.5 / libm::pow(10.0, f64::from(figure.decimals()));
    let ends = figure.interval().zip(cell.interval).zip(cell.value);
    let ends = ends.map(|((shown, exact), value)| {
        [(value - exact.0, value - shown.0), (exact.1 - value, shown.1 - value)]
    });
    let base = cell.base as f64;
    let mut bounds = (0.0, f64::INFINITY);
    for (exact, shown) in ends.into_iter().flatten().filter(|(exact, _)| *exact > 0.0) {
        let at = |width: f64| base * (exact / width) * (exact / width);
        bounds.0 = f64::max(bounds.0, at(shown + half));
        if shown > half {
            bounds.1 = f64::min(bounds.1, at(shown - half));
        }
    }
    (bounds.0.min(base), bounds.1.max(base))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclose::figure::Made;

    /// 27 of 54, 36.7 to 63.3%, is printed as 50%, 37 to 63%.
    #[test]
    fn an_interval_says_how_many_are_in_a_base() {
        let cell = Cell {
            value: Some(50.0),
            interval: Some((36.7, 63.3)),
            count: 27,
            base: 54,
            ..Cell::default()
        };
        let figure = Figure::make(Made {
            value: 50.0,
            interval: Some((37.0, 63.0)),
            status: Status::Shown,
            decimals: 0,
            set: false,
            detail: None,
        });
        let (low, high) = by_interval(&figure, &cell);
        // 13.3 of 13.5 points and of 12.5, squared, times 54.
        assert!((low - 54.0).abs() > 1.0 && low > 52.0 && low < 53.0, "{low}");
        assert!(high > 61.0 && high < 61.2, "{high}");
        let without = Figure::make(Made {
            value: 50.0,
            interval: None,
            status: Status::Shown,
            decimals: 0,
            set: false,
            detail: None,
        });
        assert_eq!(by_interval(&without, &cell), (0.0, f64::INFINITY));
    }
}
