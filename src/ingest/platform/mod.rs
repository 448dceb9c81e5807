//! What each survey platform's export looks like: the rows of headers go in, one
//! [`Heading`] for each column comes out.
//!
//! One file for each platform, one line in [`PLATFORMS`]. Knows the ground floor and the
//! names of the dialects; never reads a file and never judges an answer.

mod alchemer;
mod google_forms;
mod jisc;
mod limesurvey;
mod microsoft_forms;
mod names;
mod plain;
mod qualtrics;
mod spelling;
mod surveymonkey;
mod typeform;
mod words;

#[cfg(test)]
mod tests;

use crate::questionnaire::Dialect;

/// What one column of an export is called, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The short name that the platform gives it, such as `Q3_1` or `rse3[SQ001]`.
    pub code: Option<String>,
    /// The question in the export's words, without tags; the whole header where the
    /// platform has no rule.
    pub question: String,
    /// The option, item or place within the question.
    pub part: Option<String>,
    /// What the column holds.
    pub role: Role,
    /// What a schema may call the column, the usual name first; empty for a column without
    /// a header.
    pub names: Vec<String>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Answers.
    Answer,
    /// The text of an open answer ("Other (please specify)").
    OtherText,
    /// What names each respondent.
    Key,
    /// When the respondent began.
    Started,
    /// When the respondent ended.
    Ended,
    /// How long it took.
    Duration,
    /// Whether the respondent reached the end.
    Completion,
    /// What the platform notes for itself: collectors, seeds, languages, orders; and
    /// columns that are always empty.
    Technical,
    /// Who the respondent is: names, addresses, internet addresses, coordinates.
    Personal,
}

/// A survey platform, and how its exports are written.
#[derive(Debug)]
pub struct Platform {
    /// Its name in the schema.
    pub dialect: Dialect,
    /// How many rows of headers an export usually has.
    pub header_rows: usize,
    /// How many rows of headers the first rows of a file of this platform show. It differs
    /// from `header_rows` in older forms, and where somebody deleted a row.
    pub rows_shown: fn(&[Vec<String>]) -> usize,
    /// Says why the first rows of a file are this platform's, if they are unmistakably, as
    /// a clause that can follow "because".
    pub recognise: fn(&[Vec<String>]) -> Option<String>,
    /// One heading for each column, from the rows of headers.
    pub headings: fn(&[Vec<String>]) -> Vec<Heading>,
    /// What marks an option as picked, and as not picked, in a column of its own; besides
    /// the option's own text and the empty cell.
    pub marks: (&'static [&'static str], &'static [&'static str]),
    /// What stands between several answers in one cell.
    pub joined: Option<&'static str>,
    /// The column that says who reached the end, and what stands there then; without
    /// values, any text.
    pub complete: Option<(&'static str, &'static [&'static str])>,
    /// The column that marks trial answers, and what stands there then.
    pub preview: Option<(&'static str, &'static [&'static str])>,
    /// How dates are written; ISO 8601 if absent.
    pub dates: Option<&'static str>,
    /// What an empty cell may mean here, as one sentence.
    pub blank: &'static str,
}

/// Every platform, `plain` first.
pub const PLATFORMS: &[Platform] = &[
    plain::PLATFORM,
    surveymonkey::PLATFORM,
    qualtrics::PLATFORM,
    microsoft_forms::PLATFORM,
    google_forms::PLATFORM,
    limesurvey::PLATFORM,
    jisc::PLATFORM,
    typeform::PLATFORM,
    alchemer::PLATFORM,
];

/// The platform of that name.
#[must_use]
pub fn platform(dialect: Dialect) -> &'static Platform {
    let found = PLATFORMS.iter().find(|platform| platform.dialect == dialect);
    found.unwrap_or(&plain::PLATFORM)
}

/// The platform that the first rows of a file show unmistakably, and why; none if no
/// platform or more than one claims them. Three rows of headers and one of answers are
/// enough for every rule.
#[must_use]
pub fn recognise(first: &[Vec<String>]) -> Option<(&'static Platform, String)> {
    let reasons =
        PLATFORMS.iter().filter_map(|p| (p.recognise)(first).map(|reason| (p, reason)));
    let mut reasons = reasons.collect::<Vec<_>>();
    if reasons.len() == 1 { reasons.pop() } else { None }
}

/// For platforms whose exports have one row of headers in every form.
fn one_row(_: &[Vec<String>]) -> usize {
    1
}
