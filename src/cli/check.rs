//! `check`: say what is wrong with a poll's data, and publish nothing.

use serde_json::{Value, json};

use super::arguments::{Check, Format, Global};
use super::disk::Disk;
use super::progress::Progress;
use super::{codes, say};
use crate::diagnostic::{
    Failure, Finding, Findings, Kind, Place, concise, full, json as finding_json,
};
use crate::pipeline::{self, Facts, FileFacts};

pub(super) fn run(check: &Check, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let progress = Progress::new(global.quiet);
    let outcome = facts(check, global.threads(), &progress, &mut findings);
    progress.end();
    let text = match check.format {
        Format::Json => format!("{:#}\n", as_json(&outcome, &findings)),
        Format::Concise => findings.list().iter().map(|f| concise(f) + "\n").collect(),
        Format::Full => findings.list().iter().map(|f| full(f) + "\n").collect(),
    };
    say::out(&text)?;
    if check.format != Format::Json && !global.quiet {
        say::summary(
            &outcome_name(&outcome, &findings).replace('_', " "),
            outcome.as_ref().ok(),
        );
    }
    outcome.map(|_| ()).map_err(|failure| failure.kind)
}

fn facts(
    check: &Check,
    threads: usize,
    progress: &Progress,
    findings: &mut Findings,
) -> Result<Facts, Failure> {
    let Some(schema) = &check.schema else {
        let [poll] = check.files.as_slice() else {
            let finding = Finding::new(&codes::ARGUMENTS, "more than one poll file is given")
                .help("check one at a time, or data files with `--schema SCHEMA`");
            return Err(Failure::because(findings, Kind::Usage, finding));
        };
        if poll.extension().is_none_or(|end| end != "toml") {
            let finding = Finding::new(&codes::NO_POLL, "the file is no poll file")
                .at(Place::file(&poll.to_string_lossy()))
                .because("the name of a poll file ends in `.toml`")
                .help("to check data alone, name the schema: `--schema schema.toml`");
            return Err(Failure::because(findings, Kind::Usage, finding));
        }
        let disk = Disk::beside(poll, progress);
        let name = poll.file_name().unwrap_or_default().to_string_lossy();
        return pipeline::check(&disk, &name, threads, findings);
    };
    let disk = Disk::beside(std::path::Path::new(""), progress);
    let text = |path: &std::path::PathBuf| path.to_string_lossy().into_owned();
    let data: Vec<String> = check.files.iter().map(text).collect();
    pipeline::check_data(&disk, &text(schema), &data, threads, findings)
}

/// The outcome's name in JSON.
fn outcome_name(outcome: &Result<Facts, Failure>, findings: &Findings) -> &'static str {
    match outcome {
        Err(_) if pipeline::needs_choice(findings) => "needs_choice",
        Err(_) => "rejected",
        Ok(facts) if !facts.set_aside.is_empty() => "rows_set_aside",
        Ok(facts) if !facts.repairs.is_empty() => "accepted_with_repairs",
        Ok(_) => "accepted",
    }
}

fn as_json(outcome: &Result<Facts, Failure>, findings: &Findings) -> Value {
    let facts = outcome.as_ref().ok();
    let files: Vec<Value> = facts.map(files).unwrap_or_default();
    let repairs = facts.map(|f| f.repairs.as_slice()).unwrap_or_default();
    let repairs: Vec<Value> = repairs
        .iter()
        .map(|r| {
            json!({
                "rule": r.rule, "column": r.column, "count": r.count, "first_row": r.first_row,
            })
        })
        .collect();
    let list: Vec<Value> = findings.list().iter().map(finding_json).collect();
    json!({
        "outcome": outcome_name(outcome, findings),
        "files": files,
        "repairs": repairs,
        "findings": list,
    })
}

fn files(facts: &Facts) -> Vec<Value> {
    let each = facts.files.iter().enumerate();
    each.map(|(index, file)| file_json(index, file, facts)).collect()
}

fn file_json(index: usize, file: &FileFacts, facts: &Facts) -> Value {
    let aside = facts.set_aside.iter().filter(|a| a.spot.file == index).count() as u64;
    json!({
        "path": file.path,
        "encoding": file.encoding,
        "delimiter": char::from(file.delimiter).to_string(),
        "header_rows": file.header_rows,
        "rows_read": file.rows_read,
        "rows_kept": file.rows_read - aside,
        "rows_set_aside": aside,
    })
}
