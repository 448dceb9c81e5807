//! Rows that the platform marks as trials of the questionnaire.

use super::{Effect, Fault, Routed, counted, rows};
use crate::frame;
use crate::ingest::{Responses, Use};
use crate::validate::codes;

/// One fault at most.
pub(super) fn check(responses: &Responses, _: &Routed) -> Vec<Fault> {
    fault(responses).into_iter().collect()
}

fn fault(responses: &Responses) -> Option<Fault> {
    let index = responses.columns.iter().position(|c| c.use_ == Use::Preview)?;
    let column = &responses.columns[index];
    let platform = responses.files.first()?.platform();
    let (_, values) = platform.preview?;
    let is_trial = |label: &String| values.iter().any(|v| v.eq_ignore_ascii_case(label));
    let trials: Vec<bool> =
        frame::list(&responses.frame, &column.name).iter().map(is_trial).collect();
    let codes = frame::codes(&responses.frame, &column.name)?;
    let rows = rows((0..codes.len()).map(|row| trials[codes.get(row)]));
    rows.first()?;
    Some(Fault {
        code: &codes::PREVIEW,
        column: Some(index),
        headline: counted(rows.len(), "row is a trial", "rows are trials")
            + " of the questionnaire",
        rows,
        value: None,
        because: format!("`{}` marks them in this column", platform.dialect.name()),
        help: "none needed: they are not counted".to_owned(),
        effect: Effect::Exclude,
    })
}
