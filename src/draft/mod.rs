//! An export goes in, a commented draft of its schema and poll file comes out, for an
//! analyst to finish: `pollsmith init`.
//!
//! Sees the cells of the export and the headings that `ingest` made of its header rows;
//! opens no file and writes none. Every guess has a comment that says what was seen; what
//! cannot be guessed is marked `UNDECIDED` and listed. A text that fewer than three rows
//! hold may be somebody's own words, so it never appears unless it is an answer of every
//! other questionnaire; columns that name people never do.

mod body;
mod cells;
mod columns;
mod dates;
mod groups;
mod joined;
mod kinds;
mod lists;
mod names;
mod numbers;
mod order;
mod page;
mod poll;
mod questions;
mod roles;
mod routing;
mod scales;
mod schema;
mod several;
mod shared;

use crate::ingest::platform::Heading;
use crate::questionnaire::Dialect;

/// What was read of an export.
pub struct Export<'a> {
    /// The file's name, without folders.
    pub name: &'a str,
    /// The platform that made it.
    pub dialect: Dialect,
    /// How the platform was recognised.
    pub why: Option<String>,
    /// How many rows of headers it has.
    pub header_rows: usize,
    /// What stands between cells.
    pub delimiter: u8,
    /// The encoding that has to be declared, if it is not UTF-8.
    pub encoding: Option<&'static str>,
    /// What each column is called, and what it is.
    pub headings: Vec<Heading>,
    /// The cells, a list for each column, all of the same length.
    pub columns: Vec<Vec<String>>,
    /// Whether the file has more rows than were looked at.
    pub truncated: bool,
}

/// How the poll file is to name the other files.
pub struct Paths<'a> {
    /// The schema, from the poll file's folder.
    pub schema: &'a str,
    /// The data, from the poll file's folder.
    pub data: &'a str,
}

/// A draft of the two files that an analyst writes.
pub struct Draft {
    /// The schema, as TOML.
    pub schema: String,
    /// The poll file, as TOML.
    pub poll: String,
    /// What a person has to decide before the figures can be trusted, a line each; all of
    /// it is marked in the two texts too.
    pub undecided: Vec<String>,
}

/// Drafts a schema and a poll file from what an export looks like.
#[must_use]
pub fn draft(export: &Export<'_>, paths: &Paths<'_>) -> Draft {
    let columns = columns::look(export);
    let groups = groups::groups(&columns);
    let mut questions = kinds::questions(export, &columns, &groups);
    let scales = shared::share(&mut questions);
    kinds::say_hidden(&mut questions, &scales, export.dialect);
    routing::suggest(&mut questions, &columns);
    let (schema, mut undecided) = schema::write(export, &columns, &questions, &scales);
    let (poll, later) = poll::write(export, paths, &columns, &questions);
    undecided.extend(later);
    Draft { schema, poll, undecided }
}

#[cfg(test)]
mod tests;
