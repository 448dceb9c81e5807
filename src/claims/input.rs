//! What can be read: plain text and Markdown, and the `results.json` of a release. Takes
//! names and reasons, gives findings; never opens a file.

use super::codes::{NO_RESULTS, NO_TEXT};
use crate::diagnostic::{Finding, Place};

/// Endings of files that are no plain text, and what they are.
const OTHERS: [(&str, &str); 11] = [
    ("docx", "a Word document"),
    ("doc", "a Word document"),
    ("odt", "an OpenDocument text"),
    ("rtf", "rich text"),
    ("pdf", "a PDF"),
    ("html", "a web page"),
    ("htm", "a web page"),
    ("pages", "a Pages document"),
    ("pptx", "a presentation"),
    ("xlsx", "a workbook"),
    ("eml", "an e-mail"),
];

/// Why a file cannot be checked, by the ending of its name.
#[must_use]
pub fn unsuitable(file: &str) -> Option<Finding> {
    let ending = file.rsplit_once('.')?.1.to_lowercase();
    let (_, what) = OTHERS.iter().find(|(other, _)| *other == ending)?;
    Some(unreadable(file, format!("`.{ending}` is {what}")))
}

/// The text cannot be read.
#[must_use]
pub fn unreadable(file: &str, why: String) -> Finding {
    Finding::new(&NO_TEXT, "the text cannot be read")
        .at(Place::file(file))
        .because(why)
        .help("save it as plain text in UTF-8 (`.txt`), or as Markdown (`.md`), and check that")
}

/// The results cannot be read.
#[must_use]
pub fn no_results(file: &str, why: String) -> Finding {
    Finding::new(&NO_RESULTS, "the results cannot be read")
        .at(Place::file(file))
        .because(why)
        .help("give the `results.json` of a release")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_processors_files_are_refused_with_a_remedy() {
        let refused = unsuitable("press/Draft.DOCX").expect("refused");
        assert_eq!(refused.because.as_deref(), Some("`.docx` is a Word document"));
        assert!(unsuitable("draft.md").is_none() && unsuitable("draft").is_none());
    }
}
