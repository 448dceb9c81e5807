//! `schema` as paragraphs: schemas into other forms and out of them.

use super::{World, read_schema, read_text, refuse};
use crate::diagnostic::{Failure, Findings};
use crate::exchange;
use crate::ingest;
use crate::poll;
use crate::publish;
use crate::questionnaire;

/// How a schema becomes a Table Schema.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// Whether missing values have their labels.
    pub labelled: bool,
    /// A file of answers that names the columns.
    pub data: Option<String>,
    /// Columns of the design.
    pub design: Vec<String>,
}

/// A schema as Table Schema, version 2.
///
/// # Errors
/// [`crate::diagnostic::Kind::Input`]; `findings` says what is wrong.
pub fn table_schema(
    world: &dyn World,
    schema: &str,
    export: &Export,
    findings: &mut Findings,
) -> Result<String, Failure> {
    let questionnaire = read_schema(world, schema, &mut Vec::new(), findings)?;
    let (mut headers, mut written) = (Vec::new(), Vec::new());
    if let Some(data) = &export.data {
        let delivery = world.delivery(data);
        let look = ingest::look(delivery.as_ref(), &questionnaire.source, findings)?;
        // A column has several names, of which the file writes one.
        for (field, heading) in look.headings.iter().enumerate() {
            let usual = heading.names.first().cloned().unwrap_or_default();
            let own = look.written.get(field).filter(|_| look.header_rows == 1);
            written.extend(heading.names.iter().map(|_| own.cloned().unwrap_or(usual.clone())));
            headers.extend(heading.names.iter().cloned());
        }
    }
    let (labelled, design) = (export.labelled, export.design.as_slice());
    let options = exchange::Options { labelled, headers: &headers, written: &written, design };
    Ok(exchange::table_schema(&questionnaire, &options))
}

/// A schema as a page to read.
///
/// # Errors
/// [`crate::diagnostic::Kind::Input`]; `findings` says what is wrong.
pub fn codebook(
    world: &dyn World,
    schema: &str,
    html: bool,
    findings: &mut Findings,
) -> Result<String, Failure> {
    let questionnaire = read_schema(world, schema, &mut Vec::new(), findings)?;
    let codebook = if html { exchange::codebook_html } else { exchange::codebook_markdown };
    Ok(codebook(&questionnaire))
}

/// A form that schemas are made from.
#[derive(Clone, Debug)]
pub enum Foreign {
    /// Table Schema, version 1 or 2.
    TableSchema,
    /// The questions of a `LimeSurvey` instrument, with the paths of its lists of answers.
    LimeSurvey(Vec<String>),
    /// The key of a Jisc Online Surveys export.
    Jisc,
}

/// A schema made from another form.
///
/// # Errors
/// [`crate::diagnostic::Kind::Input`]; `findings` says what is wrong.
pub fn import(
    world: &dyn World,
    file: &str,
    form: &Foreign,
    findings: &mut Findings,
) -> Result<String, Failure> {
    let (text, _) = read_text(world, file, findings)?;
    let name = world.name(file);
    let made = match form {
        Foreign::TableSchema => exchange::from_table_schema(&name, &text),
        Foreign::Jisc => exchange::from_jisc_key(&name, &text),
        Foreign::LimeSurvey(paths) => {
            let mut lists = Vec::new();
            for path in paths {
                let stem = path.rsplit('/').next().unwrap_or(path);
                let stem = stem.strip_suffix(".csv").unwrap_or(stem).to_owned();
                lists.push((stem, read_text(world, path, findings)?.0));
            }
            exchange::from_limesurvey(&name, &text, &lists)
        }
    };
    made.map_err(|list| refuse(list, findings))
}

/// The JSON Schema of schemas.
#[must_use]
pub fn schema_json() -> String {
    questionnaire::json_schema()
}

/// The JSON Schema of poll files.
#[must_use]
pub fn poll_json() -> String {
    poll::json_schema()
}

/// The JSON Schema of `results.json`.
#[must_use]
pub fn results_json() -> String {
    publish::json_schema()
}
