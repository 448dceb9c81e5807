//! The codebook: a questionnaire for people who read its figures or its data. A
//! questionnaire goes in, a page in Markdown or HTML comes out.
//!
//! What is said is decided once (`book`, `question`), and written twice.

pub(super) mod book;
pub(super) mod html;
mod markdown;
pub(super) mod question;

use crate::questionnaire::Questionnaire;

/// The codebook as Markdown, for a text that goes with the data.
#[must_use]
pub fn codebook_markdown(questionnaire: &Questionnaire) -> String {
    markdown::page(&book::book(questionnaire))
}

/// The codebook as one HTML page without script or request.
#[must_use]
pub fn codebook_html(questionnaire: &Questionnaire) -> String {
    html::page(&book::book(questionnaire))
}

#[cfg(test)]
mod tests;
