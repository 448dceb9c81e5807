//! Columns that hold no answers: what the platform did not say is guessed from header and
//! cells.

use super::columns::Column;
use super::{cells, dates};
use crate::ingest::personal::{self, Personal};
use crate::ingest::platform::Role;
use crate::questionnaire::Dialect;

/// Headers of columns that name each respondent.
const KEYS: [&str; 17] = [
    "id",
    "key",
    "uid",
    "uuid",
    "respondent",
    "respondent id",
    "respondentid",
    "respondent key",
    "response id",
    "responseid",
    "submission id",
    "record id",
    "recordid",
    "case id",
    "caseid",
    "participant id",
    "unique response number",
];

/// Words in short headers of columns with a date: beginning and end.
const BEGIN: [&str; 4] = ["start", "started", "begin", "begun"];
const FINISH: [&str; 9] = [
    "completion",
    "end",
    "ended",
    "submit",
    "submitted",
    "timestamp",
    "completed",
    "finished",
    "created",
];

/// Words in short headers of columns with a number of seconds or minutes.
const TAKEN: [&str; 5] = ["seconds", "duration", "secs", "taken", "elapsed"];

/// Headers of columns with a weight.
const WEIGHTS: [&str; 6] = ["weight", "weights", "weighting", "wt", "wgt", "survey_weight"];

/// The share of cells that must look like somebody's particulars.
const PERSONAL_SHARE: f64 = 0.2;

/// Guesses what the platform did not say.
pub(super) fn guess(columns: &mut [Column<'_>], dialect: Dialect) {
    if dialect == Dialect::Plain {
        for column in columns.iter_mut().filter(|c| c.role == Role::Answer) {
            column.role = role(column);
        }
        // One column names the respondents; another such one may name their school.
        let keys = columns.iter_mut().filter(|c| c.role == Role::Key);
        for column in keys.skip(1) {
            column.role = Role::Answer;
        }
    }
    for column in columns.iter_mut().filter(|c| is_open_to_doubt(c)) {
        column.personal = by_header(column);
        if column.personal.is_some() || is_identifier(column) {
            column.role = Role::Personal;
        } else {
            column.personal = by_cells(column);
        }
        column.weight = column.role == Role::Answer && is_weight(column);
    }
}

fn is_open_to_doubt(column: &Column<'_>) -> bool {
    matches!(column.role, Role::Answer | Role::OtherText | Role::Technical)
}

fn role(column: &Column<'_>) -> Role {
    let header = column.header().replace(['_', '-'], " ").to_lowercase();
    let words: Vec<&str> = header.split_whitespace().collect();
    let short = words.len() <= 4 && !header.contains('?');
    let says = |list: &[&str]| short && words.iter().any(|word| list.contains(word));
    if KEYS.contains(&header.as_str()) && names_rows(column) {
        return Role::Key;
    }
    if says(&BEGIN) && is_date(column) {
        return Role::Started;
    }
    if says(&FINISH) && is_date(column) {
        return Role::Ended;
    }
    if says(&TAKEN) && column.all(|text| cells::number(text, '.').is_some()) {
        return Role::Duration;
    }
    Role::Answer
}

/// Whether every row has a text of its own.
pub(super) fn names_rows(column: &Column<'_>) -> bool {
    !column.rows.is_empty() && column.texts.len() == column.rows.len()
}

/// Whether the header says weight, and the cells are numbers above zero.
fn is_weight(column: &Column<'_>) -> bool {
    let header = column.header().to_lowercase();
    let above = |text: &str| cells::number(text, '.').is_some_and(|number| number > 0.0);
    WEIGHTS.contains(&header.as_str()) && column.all(above)
}

/// Whether the column holds long whole numbers that are nearly all different: numbers of
/// members, schools or places.
fn is_identifier(column: &Column<'_>) -> bool {
    let long = |text: &str| text.len() >= 5 && text.chars().all(|c| c.is_ascii_digit());
    let answered = column.answered();
    let asked = matches!(column.role, Role::Answer);
    asked && answered >= 20 && column.texts.len() * 10 >= answered * 9 && column.all(long)
}

fn is_date(column: &Column<'_>) -> bool {
    !dates::forms(&column.labels()).is_empty()
}

/// What the header asks for, if that is somebody's particulars.
fn by_header(column: &Column<'_>) -> Option<Personal> {
    let heading = column.heading;
    let words = [Some(&heading.question), heading.part.as_ref(), heading.names.first()];
    // "May we write to your e-mail address?" is a question, not an address.
    let tick = column.all(|text| cells::is_picked(text) || cells::is_not_picked(text));
    words.into_iter().flatten().find_map(|text| personal::header(text)).filter(|_| !tick)
}

/// The particulars that stand in many of the cells, the commonest kind.
fn by_cells(column: &Column<'_>) -> Option<Personal> {
    let mut kinds: Vec<(Personal, usize)> = Vec::new();
    for text in &column.texts {
        let Some(kind) = personal::cell(&text.label) else { continue };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, rows)) => *rows += text.rows,
            None => kinds.push((kind, text.rows)),
        }
    }
    let rows: usize = kinds.iter().map(|(_, rows)| rows).sum();
    let many = rows as f64 >= PERSONAL_SHARE * column.answered() as f64;
    let (kind, _) = kinds.into_iter().max_by_key(|(_, rows)| *rows)?;
    many.then_some(kind)
}
