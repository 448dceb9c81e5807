//! Charts, and what must be said of them.

use std::collections::BTreeSet;

use super::codes::{DRAWING, FOREIGN};
use crate::chart::{self, Chart, Wanted};
use crate::diagnostic::{Failure, Finding, Findings, Kind};

/// Draws all charts; says which letters no file can show.
///
/// # Errors
/// A fault of the program.
pub(super) fn draw(
    wanted: &Wanted<'_>,
    findings: &mut Findings,
) -> Result<Vec<Chart>, Failure> {
    let charts = chart::draw(wanted).map_err(|fault| broken(&fault, findings))?;
    if let Some(finding) = foreign(&charts) {
        findings.push(finding);
    }
    Ok(charts)
}

/// Says which letters of charts no file can show.
fn foreign(charts: &[chart::Chart]) -> Option<Finding> {
    let lacking = || charts.iter().filter(|chart| !chart.wide.foreign.is_empty());
    let first = lacking().next()?;
    let letters: BTreeSet<char> = lacking().flat_map(|c| &c.wide.foreign).copied().collect();
    let some: Vec<String> = letters.iter().take(5).map(|c| format!("`{c}`")).collect();
    let more = if letters.len() > some.len() { " and others" } else { "" };
    let headline = format!("{}{more} will be boxes in charts", some.join(", "));
    let charts = match lacking().count() {
        1 => format!("`{}`", first.table),
        n => format!("`{}` and {} more", first.table, n - 1),
    };
    Some(
        Finding::new(&FOREIGN, headline)
            .because(format!("the font lacks them: {charts}"))
            .help("give what is drawn a label or a title in Latin letters"),
    )
}

fn broken(fault: &chart::Fault, findings: &mut Findings) -> Failure {
    let headline = format!("the chart of `{}` cannot be drawn", fault.table);
    let finding = Finding::new(&DRAWING, headline).because(fault.what);
    Failure::because(findings, Kind::Internal, finding)
}
