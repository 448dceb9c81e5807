//! `schema`: schemas to and from other forms, all to stdout.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::io;
use std::path::Path;

use super::arguments::{CodebookForm, Global, ImportForm, JsonSchemaOf, Schema};
use super::disk::Disk;
use super::progress::Progress;
use super::say;
use crate::diagnostic::{Failure, Findings, Kind};
use crate::pipeline::{self, Export, Foreign};

pub(super) fn run(command: &Schema, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let progress = Progress::new(true);
    let disk = Disk::beside(Path::new(""), &progress);
    let text = text(command, &disk, &mut findings);
    say::findings(&findings, global);
    say::out(&text.map_err(|failure| failure.kind)?)
}

fn text(command: &Schema, disk: &Disk<'_>, findings: &mut Findings) -> Result<String, Failure> {
    match command {
        Schema::Export { schema, labelled, data, design, .. } => {
            let data = data.as_deref().map(name);
            let export = Export { labelled: *labelled, data, design: design.clone() };
            pipeline::table_schema(disk, &name(schema), &export, findings)
        }
        Schema::Import { file, from, lists } => {
            let lists = lists.as_deref().map(names).transpose();
            let lists = lists.map_err(|error| pipeline::unreadable(&error, findings))?;
            let form = match from {
                ImportForm::TableSchema => Foreign::TableSchema,
                ImportForm::Limesurvey => Foreign::LimeSurvey(lists.unwrap_or_default()),
                ImportForm::Jisc => Foreign::Jisc,
            };
            pipeline::import(disk, &name(file), &form, findings)
        }
        Schema::Json { of: JsonSchemaOf::Schema } => Ok(pipeline::schema_json()),
        Schema::Json { of: JsonSchemaOf::Poll } => Ok(pipeline::poll_json()),
        Schema::Json { of: JsonSchemaOf::Results } => Ok(pipeline::results_json()),
        Schema::Codebook { schema, format } => {
            let html = *format == CodebookForm::Html;
            pipeline::codebook(disk, &name(schema), html, findings)
        }
    }
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The files of a folder whose names end in `.csv`, in order.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "csv") {
            names.push(name(&path));
        }
    }
    names.sort();
    Ok(names)
}
