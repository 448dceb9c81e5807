//! `claims`: check a draft press release against the published figures of a poll.

use serde_json::{Value, json};

use super::arguments::{Claims, Format, Global};
use super::disk::Disk;
use super::progress::Progress;
use super::say;
use crate::diagnostic::{Findings, Kind, Place, Severity, concise, full, json as finding_json};
use crate::pipeline::{self, CheckedText};

pub(super) fn run(claims: &Claims, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(std::path::Path::new(""), &progress);
    let text = claims.text.to_string_lossy();
    let results = claims.results.to_string_lossy();
    let outcome = pipeline::claims(&disk, &text, &results, &mut findings);
    progress.end();
    let (checked, failed) = match outcome {
        Ok(checked) => (checked, None),
        Err(failure) => {
            let findings = findings.list().to_vec();
            (CheckedText { findings, ..CheckedText::default() }, Some(failure.kind))
        }
    };
    say::out(&written(&checked, claims))?;
    if claims.format != Format::Json && !global.quiet && failed.is_none() {
        say::err(&summary(&checked));
    }
    match failed {
        Some(kind) => Err(kind),
        None if pipeline::fails(&checked) => Err(Kind::Input),
        None => Ok(()),
    }
}

fn written(checked: &CheckedText, claims: &Claims) -> String {
    let findings = checked.findings.iter();
    match claims.format {
        Format::Json => return format!("{:#}\n", as_json(checked)),
        Format::Concise => findings.map(|f| concise(f) + "\n").collect::<String>(),
        Format::Full => findings.map(|f| full(f) + "\n").collect(),
    }
    .chars()
    .chain(matches(checked).chars().filter(|_| claims.show_matches))
    .collect()
}

/// A line for each number: which figure it was taken for, or why it was left out.
fn matches(checked: &CheckedText) -> String {
    let spot = |place: &Place| {
        let number = |n: Option<u64>| n.unwrap_or(1);
        format!("{}:{}:{}", place.file, number(place.line), number(place.character))
    };
    let borne = checked.borne.iter().map(|b| {
        let of = b.of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
        let figure = format!("`{}`, {}{of}", b.figure, b.value);
        (&b.place, format!("{}: {} is {figure}\n", spot(&b.place), b.said))
    });
    let left = checked.aside.iter().map(|l| {
        (&l.place, format!("{}: {} is left out: {}\n", spot(&l.place), l.said, l.why))
    });
    let mut lines: Vec<_> = borne.chain(left).collect();
    lines.sort_by_key(|(place, _)| (place.line, place.character));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn summary(checked: &CheckedText) -> String {
    let count = |severity| {
        checked.findings.iter().filter(|finding| finding.severity == severity).count()
    };
    let many = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    format!(
        "{}, {}; {} borne out, {} left out\n",
        many(count(Severity::Error), "error"),
        many(count(Severity::Warning), "warning"),
        many(checked.borne.len(), "number"),
        checked.aside.len(),
    )
}

fn as_json(checked: &CheckedText) -> Value {
    let findings: Vec<Value> = checked.findings.iter().map(finding_json).collect();
    let claims: Vec<Value> = checked
        .borne
        .iter()
        .map(|borne| {
            json!({
                "line": borne.place.line, "character": borne.place.character,
                "said": borne.said, "figure": borne.figure, "value": borne.value,
                "of": borne.of,
            })
        })
        .collect();
    let left: Vec<Value> = checked
        .aside
        .iter()
        .map(|left| {
            json!({
                "line": left.place.line, "character": left.place.character,
                "said": left.said, "why": left.why,
            })
        })
        .collect();
    json!({
        "outcome": if pipeline::fails(checked) { "refused" } else { "borne_out" },
        "findings": findings,
        "claims": claims,
        "left_out": left,
    })
}
