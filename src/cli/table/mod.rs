//! `table`: one crosstab in the terminal. Nothing is published.

mod layout;
mod markdown;
mod paint;
#[cfg(test)]
mod testing;
mod text;
mod wrap;

use super::arguments::{Color, Global, Table, TableForm};
use super::disk::Disk;
use super::progress::Progress;
use super::say;
use crate::diagnostic::{Failure, Findings, Kind};
use crate::pipeline::table::{Asked, Shown};
use crate::pipeline::{self, Options};
use paint::Paint;

pub(super) fn run(table: &Table, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let outcome = shown(table, global, &mut findings);
    say::findings(&findings, global);
    let shown = outcome.map_err(|failure| failure.kind)?;
    let bytes = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    say::out(&match table.format {
        TableForm::Text => {
            text::page(&shown.table, say::window(), Paint(global.color == Color::Always))
        }
        TableForm::Csv => bytes(&shown.csv),
        TableForm::Json => bytes(&shown.json),
        TableForm::Markdown => markdown::page(&shown.table),
    })
}

fn shown(table: &Table, global: &Global, findings: &mut Findings) -> Result<Shown, Failure> {
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(&table.poll, &progress);
    let name = table.poll.file_name().unwrap_or_default().to_string_lossy();
    let asked = Asked {
        rows: table.rows.clone(),
        by: table.by.clone(),
        filter: table.filter.clone(),
        percent: table.percent.into(),
    };
    let options = Options {
        profile: Some(table.profile.into()),
        strict: false,
        threads: global.threads(),
    };
    let shown = pipeline::table::table(&disk, &name, &asked, &options, findings);
    progress.end();
    shown
}
