//! Makers of figures for the tests of later rooms.

use super::figure::Made;
use super::{Figure, Half, Released, Status, Table, Verdict};
use crate::poll::Profile;

/// A figure with that value, interval and status.
pub(crate) fn figure(
    value: Option<f64>,
    interval: Option<(f64, f64)>,
    status: Status,
) -> Figure {
    match value {
        None => Figure::hidden(status),
        Some(value) => Figure::make(Made {
            value,
            interval,
            status,
            decimals: 0,
            set: false,
            detail: None,
        })
        .on_side(Half::of(interval)),
    }
}

/// The figure with what was found when its column was compared with others.
pub(crate) fn compared(figure: Figure, verdict: Verdict, letters: &str) -> Figure {
    figure.compared(Some(verdict), letters.to_owned())
}

/// The same for the analyst.
pub(crate) fn for_analyst(released: Released) -> Released {
    Released { profile: Profile::Analyst, ..released }
}

/// The figure with a verdict on its group against the rest.
pub(crate) fn judged(figure: Figure, verdict: Verdict) -> Figure {
    figure.compared(Some(verdict), String::new())
}

/// Tables that have passed the gate, in profile `public`.
pub(crate) fn released(tables: Vec<Table>, intervals: bool) -> Released {
    Released {
        profile: Profile::Public,
        tables,
        respondents: 4678,
        intervals,
        hidden: 0,
        notes: Vec::new(),
        answered: None,
        weighted_by: Vec::new(),
        comparisons: Vec::new(),
    }
}
