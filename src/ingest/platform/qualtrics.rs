//! Qualtrics: codes in the first row, texts in the second, `{"ImportId":"QID3"}` in the
//! third. The older form has two rows, `V1` to `V10` for the platform's own columns, and an
//! empty column at the end.

use std::collections::BTreeSet;

use super::names::{borne_out, cell, dashed, numbered, row};
use super::spelling::clean;
use super::{Heading, Platform, Role};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::Qualtrics,
    header_rows: 3,
    rows_shown,
    recognise,
    headings,
    marks: (&["1"], &["0"]),
    joined: Some(","),
    complete: Some(("Finished", &["True", "TRUE", "1"])),
    preview: Some(("Status", &TRIALS)),
    dates: Some("%Y-%m-%d %H:%M:%S"),
    blank: "Qualtrics leaves a cell empty for an option not picked and a question not shown; \
            a question seen and skipped is empty too, unless the export recodes it, often to \
            -99",
};

/// What the column `Status` says of answers given on trial, in words and in codes.
const TRIALS: [&str; 8] = [
    "Survey Preview",
    "Survey Test",
    "Survey Preview Spam",
    "Offline Survey Preview",
    "1",
    "2",
    "9",
    "17",
];

/// The platform's own columns, by code; in the older form by text. The external reference
/// is the sender's choice, most often a membership number.
const OWN: [(&str, Role); 24] = [
    ("StartDate", Role::Started),
    ("EndDate", Role::Ended),
    ("Status", Role::Technical),
    ("IPAddress", Role::Personal),
    ("Progress", Role::Technical),
    ("Duration (in seconds)", Role::Duration),
    ("Finished", Role::Completion),
    ("RecordedDate", Role::Technical),
    ("ResponseId", Role::Key),
    ("RecipientLastName", Role::Personal),
    ("RecipientFirstName", Role::Personal),
    ("RecipientEmail", Role::Personal),
    ("ExternalReference", Role::Personal),
    ("LocationLatitude", Role::Personal),
    ("LocationLongitude", Role::Personal),
    ("DistributionChannel", Role::Technical),
    ("UserLanguage", Role::Technical),
    ("ResponseID", Role::Key),
    ("ResponseSet", Role::Technical),
    ("Name", Role::Personal),
    ("ExternalDataReference", Role::Personal),
    ("EmailAddress", Role::Personal),
    ("LocationAccuracy", Role::Technical),
    ("SC0", Role::Technical),
];

/// Ends of the codes of columns that time a page or order what was shown.
const TIMINGS: [&str; 5] =
    ["_First Click", "_Last Click", "_Page Submit", "_Click Count", "_DO"];

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    if holds_import_ids(rows) {
        return Some("its third row holds Qualtrics's `ImportId`".to_owned());
    }
    let older = cell(rows, 0, 0) == "V1" && cell(rows, 1, 0) == "ResponseID";
    older.then(|| "its first two rows begin with `V1` and `ResponseID`".to_owned())
}

fn holds_import_ids(rows: &[Vec<String>]) -> bool {
    row(rows, 2)
        .iter()
        .any(|text| text.starts_with("{\"ImportId\":") || text.starts_with("{'ImportId':"))
}

/// Three with the technical row, two without; one where the texts are gone too, so that
/// the first respondent's id stands under the code.
fn rows_shown(rows: &[Vec<String>]) -> usize {
    if holds_import_ids(rows) {
        return 3;
    }
    let id = row(rows, 0).iter().position(|code| *code == "ResponseId");
    if id.is_some_and(|column| cell(rows, 1, column).starts_with("R_")) { 1 } else { 2 }
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let codes = row(rows, 0);
    let texts: Vec<String> = row(rows, 1).into_iter().map(bare).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let parts = borne_out(&texts, dashed);
    let columns = codes.iter().enumerate().zip(texts.iter().zip(parts));
    let mut headings: Vec<Heading> = columns
        .map(|((column, code), (text, split))| {
            let mut heading = heading(code, text, split);
            heading.call(cell(rows, 1, column));
            heading
        })
        .collect();
    name_parts(&mut headings);
    numbered(headings)
}

/// The text without what the platform adds to tell the columns of one question apart.
fn bare(text: &str) -> String {
    let text = clean(text).replace(" - Selected Choice", "");
    text.strip_suffix(" - Text").map(str::to_owned).unwrap_or(text)
}

fn heading(code: &str, text: &str, split: Option<(&str, &str)>) -> Heading {
    let mut heading = Heading::whole(if text.is_empty() { code } else { text });
    heading.names.clear();
    if code.is_empty() {
        return heading;
    }
    heading.code = Some(code.to_owned());
    heading.call(code);
    if let Some((question, part)) = stem(code).and_then(|_| split.or_else(|| alone(text))) {
        heading.question = clean(question);
        heading.part = Some(clean(part));
    }
    let name = if older(code) { text } else { code };
    heading.role = own(name).unwrap_or(heading.role);
    if code.ends_with("_TEXT") {
        heading.role = Role::OtherText;
    } else if technical(code, text) {
        heading.role = Role::Technical;
    }
    heading
}

/// Splits a text that no other column bears out: at its last dash between spaces, or, as
/// in the older form, straight after the end of a sentence.
fn alone(text: &str) -> Option<(&str, &str)> {
    let dashes = text.rmatch_indices('-');
    let mut sides = dashes.map(|(at, dash)| (&text[..at], &text[at + dash.len()..]));
    let last = sides.find(|(question, part)| {
        let spaced = question.ends_with(' ') && part.starts_with(' ');
        spaced || question.ends_with(['.', '?', '!', ':'])
    });
    last.map(|(question, part)| (question.trim(), part.trim()))
}

fn own(name: &str) -> Option<Role> {
    OWN.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

/// Whether a code is one that the older form gives the platform's own columns.
fn older(code: &str) -> bool {
    let number = code.strip_prefix('V').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn technical(code: &str, text: &str) -> bool {
    TIMINGS.iter().any(|end| code.ends_with(end))
        || code.contains("_DO_")
        || code.starts_with("Q_")
        || text.starts_with("Browser Meta Info")
        || code.contains(" - ") // what the platform's reading of open answers adds
}

/// The question's code, where the column's has something for the part: `Q3` of `Q3_1`.
fn stem(code: &str) -> Option<&str> {
    let code = code.strip_suffix("_TEXT").unwrap_or(code);
    let (stem, part) = code.split_once('#').or_else(|| code.rsplit_once('_'))?;
    let counted = part.starts_with(|c: char| c.is_ascii_digit());
    (counted && !stem.is_empty()).then_some(stem)
}

/// Adds names by question and part. The text of an open answer gets those of the answer
/// itself only where that has no column of its own.
fn name_parts(headings: &mut [Heading]) {
    let answers = headings.iter().filter(|h| h.role == Role::Answer);
    let answers: BTreeSet<_> = answers.map(|h| (h.question.clone(), h.part.clone())).collect();
    for heading in headings {
        let Some(part) = heading.part.clone() else {
            if heading.code.is_some() && heading.role == Role::Answer {
                heading.call(&heading.question.clone());
            }
            continue;
        };
        let text = heading.role == Role::OtherText;
        let taken = answers.contains(&(heading.question.clone(), heading.part.clone()));
        let part = if text && taken { format!("{part} - Text") } else { part };
        let code = heading.code.clone().unwrap_or_default();
        heading.call_part(&heading.question.clone(), &part);
        if let Some(stem) = stem(&code) {
            heading.call_part(stem, &part);
        }
    }
}
