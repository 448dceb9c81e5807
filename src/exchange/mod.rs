//! Questionnaires in other people's formats: a loaded [`Questionnaire`] goes in, Table
//! Schema or a codebook comes out; a foreign schema goes in, the text of our own schema
//! comes out. And answers: a `Sample` goes in, one record for each respondent comes out, in
//! codes, with its codebook.
//!
//! May know the ground floor, `questionnaire`, `prepare` and of `ingest` the platforms. Never
//! reads a file, and never guesses in silence: what has no counterpart stands as a comment in
//! the text that comes out.
//!
//! [`Questionnaire`]: crate::questionnaire::Questionnaire

mod codebook;
mod codes;
mod columns;
mod draft;
mod jisc;
mod limesurvey;
mod microdata;
mod place;
mod sheet;
mod table_schema;

pub use codebook::{codebook_html, codebook_markdown};
pub use codes::CODES;
pub use jisc::from_jisc_key;
pub use limesurvey::from_limesurvey;
pub use microdata::microdata;
pub use table_schema::{Options, from_table_schema, table_schema};

#[cfg(test)]
mod tests;
