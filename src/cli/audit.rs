//! `audit`: try to recover the hidden cells of a release from what is published.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::arguments::{Audit as Arguments, Global, TextOrJson};
use super::disk::Disk;
use super::progress::Progress;
use super::say;
use crate::diagnostic::{Finding, Findings, Kind, Severity, concise, json as finding_json};
use crate::pipeline::{self, Audit, AuditedCell as Cell, CellState as State, Whom};

/// How many cells are listed one by one.
const LISTED: usize = 20;

pub(super) fn run(arguments: &Arguments, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(Path::new(""), &progress);
    let release = results(&arguments.release);
    let other = arguments.against.as_deref().map(results);
    let outcome =
        pipeline::audit(&disk, &release, other.as_deref(), global.threads(), &mut findings);
    progress.end();
    let audit = outcome.map_err(|failure| {
        say::findings(&findings, global);
        failure.kind
    })?;
    say::out(&match arguments.format {
        TextOrJson::Text => text(&audit),
        TextOrJson::Json => format!("{:#}\n", as_json(&audit)),
    })?;
    if fails(&audit) { Err(Kind::Disclosure) } else { Ok(()) }
}

/// The `results.json` of a release, if its folder was given.
fn results(path: &Path) -> String {
    let file = if path.is_dir() { path.join("results.json") } else { path.to_path_buf() };
    file.to_string_lossy().into_owned()
}

fn fails(audit: &Audit) -> bool {
    audit.findings.iter().any(|finding| finding.severity == Severity::Error)
}

fn text(audit: &Audit) -> String {
    let wave = audit.wave.as_ref().map_or_else(String::new, |wave| format!(", wave {wave}"));
    let mut text = String::new();
    let _ = writeln!(text, "release   {}{wave}, profile {}", audit.poll, audit.profile);
    let _ = writeln!(
        text,
        "attacked  {} in {} of {}; {} published",
        many(audit.cells.len(), "hidden cell"),
        many(audit.questions, "question"),
        many(audit.tables, "table"),
        many(audit.figures, "figure"),
    );
    if let Some(cell) = audit.narrowest() {
        let _ = writeln!(text, "narrowest {}: {}", told(cell), range(cell));
    }
    let count = |state| audit.count(state);
    let _ = writeln!(
        text,
        "outcome   {} recovered, {} too narrow, {} harmless, {} safe",
        count(State::Recovered),
        count(State::Narrow),
        count(State::Harmless),
        count(State::Safe)
    );
    list(&mut text, audit);
    let cells = ["A001", "A002"];
    for finding in audit.findings.iter().filter(|f| !cells.contains(&f.code.id)) {
        text += &(concise(finding) + "\n");
    }
    text + verdict(audit) + "\n"
}

/// The cells that were found, the most telling first.
fn list(text: &mut String, audit: &Audit) {
    let found: Vec<&Cell> = audit.cells.iter().filter(|cell| cell.is_found()).collect();
    if !found.is_empty() {
        text.push('\n');
    }
    for cell in found.iter().take(LISTED) {
        let code = if cell.state == State::Recovered { "A001" } else { "A002" };
        let _ = writeln!(text, "{code}  {}: {}", told(cell), range(cell));
    }
    if found.len() > LISTED {
        let _ = writeln!(text, "      and {} more", found.len() - LISTED);
    }
    if !found.is_empty() {
        text.push('\n');
    }
}

fn verdict(audit: &Audit) -> &'static str {
    let found = audit.cells.iter().any(Cell::is_found);
    let unread = audit.findings.iter().any(|f| f.severity == Severity::Warning);
    match (found, fails(audit), unread) {
        (true, ..) => "verdict   hidden cells can be worked out: do not publish this release",
        (_, true, _) => {
            "verdict   the other release gives few people away: do not publish both"
        }
        (_, _, true) => "verdict   nothing can be worked out of what could be attacked",
        _ => "verdict   no hidden cell can be worked out from what is published",
    }
}

/// The name and the words of a cell.
fn told(cell: &Cell) -> String {
    let group = cell.group.as_deref().unwrap_or("all");
    let item = cell.item.as_ref().map_or_else(String::new, |item| format!("{item}, "));
    format!("`{}` ({item}{}, {group})", cell.name, cell.answer)
}

fn range(cell: &Cell) -> String {
    let (low, high) = cell.whole();
    let but = if cell.whom == Whom::Others { "all but " } else { "" };
    match cell.state {
        State::Recovered => format!("{but}exactly {low}"),
        State::Narrow | State::Harmless => format!("{but}{low} to {high}"),
        State::Safe => format!("{but}{low} to {high} at least"),
    }
}

fn many(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

fn as_json(audit: &Audit) -> Value {
    let count = |state| audit.count(state);
    let findings: Vec<Value> =
        audit.findings.iter().map(|f: &Finding| finding_json(f)).collect();
    json!({
        "outcome": if fails(audit) { "refused" } else { "safe" },
        "poll": audit.poll,
        "wave": audit.wave,
        "profile": audit.profile,
        "tables": audit.tables,
        "questions": audit.questions,
        "figures": audit.figures,
        "hidden": audit.cells.len(),
        "recovered": count(State::Recovered),
        "too_narrow": count(State::Narrow),
        "harmless": count(State::Harmless),
        "safe": count(State::Safe),
        "narrowest": audit.narrowest().map(cell),
        "cells": audit.cells.iter().map(cell).collect::<Vec<_>>(),
        "findings": findings,
    })
}

/// A cell. Of a safe one the range that was found is part of the whole range.
fn cell(cell: &Cell) -> Value {
    let (low, high) = cell.whole();
    json!({
        "figure": cell.name,
        "table": cell.table,
        "question": cell.question,
        "item": cell.item,
        "answer": cell.answer,
        "group": cell.group,
        "people": match cell.whom { Whom::Those => "those", Whom::Others => "others" },
        "low": low,
        "high": high,
        "needed": cell.needed,
        "state": match cell.state {
            State::Recovered => "recovered",
            State::Narrow => "too_narrow",
            State::Harmless => "harmless",
            State::Safe => "safe",
        },
    })
}
