//! Makers of figures for the tests of later rooms.

use super::figure::Made;
use super::{Figure, Released, Status, Table};
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
        }),
    }
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
        trends: Vec::new(),
    }
}
