//! Words to the terminal: data to stdout, messages to stderr.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::arguments::{Color, Global, Log};
use super::log::{self, About, number};
use crate::diagnostic::{Finding, Findings, Kind, Severity, full, full_coloured};
use crate::pipeline::Facts;

/// Writes data to stdout. A reader that has gone away is no fault of ours.
#[allow(clippy::print_stdout, reason = "this is the one place that writes to stdout")]
pub(super) fn out(text: &str) -> Result<(), Kind> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Kind::Output),
        _ => Ok(()),
    }
}

/// Writes a message to stderr; there is nowhere to complain if that fails.
pub(super) fn err(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes findings to stderr.
pub(super) fn findings(findings: &Findings, global: &Global) {
    findings_about(findings, (&About::default(), Severity::Note), global);
}

/// Writes the findings of a poll to stderr, from a severity on.
pub(super) fn findings_about(
    findings: &Findings,
    (about, least): (&About, Severity),
    global: &Global,
) {
    let least = if global.quiet { Severity::Error } else { least };
    let shown = |f: &&Finding| f.severity >= least;
    for finding in findings.list().iter().filter(shown) {
        err(&message(finding, about, global.log, coloured(global)));
    }
}

/// A finding as a line of the log, or as a person reads it.
pub(super) fn message(finding: &Finding, about: &About, log: Log, coloured: bool) -> String {
    match log {
        Log::Json => format!("{}\n", log::finding(finding, about)),
        Log::Text if coloured => format!("{}\n", full_coloured(finding)),
        Log::Text => format!("{}\n", full(finding)),
    }
}

pub(super) fn coloured(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stderr().is_terminal(),
    }
}

/// One line on what became of the rows of a release: it may stand in the journal of a
/// server, so no number is small.
pub(super) fn published(facts: &Facts) {
    let mended: u64 = facts.repairs.iter().map(|repair| repair.count).sum();
    let (kept, aside) = (number(facts.rows_kept), number(facts.set_aside.len() as u64));
    let mended = number(mended);
    err(&format!("published: {kept} rows counted, {aside} set aside, {mended} repairs\n"));
}

/// One line on what became of the rows, for who looks after them.
pub(super) fn summary(outcome: &str, facts: Option<&Facts>) {
    let Some(facts) = facts else {
        err(&format!("{outcome}: see the errors above\n"));
        return;
    };
    let mended: u64 = facts.repairs.iter().map(|repair| repair.count).sum();
    let (read, kept, aside) = (facts.rows_read, facts.rows_kept, facts.set_aside.len());
    err(&format!(
        "{outcome}: {read} rows read, {kept} kept, {aside} set aside, {mended} repairs\n"
    ));
}

/// What a person has to decide in a draft before it can be used.
pub(super) fn undecided(points: &[String], poll: &Path) {
    let count = match points.len() {
        0 => "nothing is undecided".to_owned(),
        1 => "1 point is undecided".to_owned(),
        n => format!("{n} points are undecided"),
    };
    err(&format!("drafted; {count}\n"));
    for point in points {
        err(&format!("  {}\n", wrapped(point, 88).replace('\n', "\n  ")));
    }
    let next =
        if points.is_empty() { "then" } else { "look for UNDECIDED in both files; then" };
    err(&format!("{next}: pollsmith check {}\n", poll.display()));
}

/// A paragraph in lines of at most `width` characters.
pub(super) fn wrapped(paragraph: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// How many columns the window has: as `COLUMNS` says, or the terminal, or 80.
#[allow(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub(super) fn window() -> usize {
    const USUAL: usize = 80;
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal =
        || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
    said.filter(|columns| *columns > 0).or_else(terminal).unwrap_or(USUAL)
}
