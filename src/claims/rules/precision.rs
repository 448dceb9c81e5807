//! L012: words that only samples drawn by chance have.

use std::ops::Range;

use crate::claims::codes::PRECISION;
use crate::claims::reading::Reading;
use crate::diagnostic::{Finding, Severity};

/// What may not be said of a poll that is no random sample, and whether that is an error.
const PHRASES: [(&[&str], Severity); 8] = [
    (&["margin", "of", "error"], Severity::Error),
    (&["margins", "of", "error"], Severity::Error),
    (&["plus", "or", "minus"], Severity::Error),
    (&["\u{b1}"], Severity::Error),
    (&["statistically", "significant"], Severity::Error),
    (&["confidence", "interval"], Severity::Error),
    (&["representative"], Severity::Warning),
    (&["random", "sample"], Severity::Error),
];

/// Looks for such words, unless they are denied: "no margin of error can be given". True if
/// there is an error, so that the numbers of a margin are not looked up.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) -> bool {
    let before = findings.len();
    if reading.release.by_chance() || reading.has_any(&["no", "not", "cannot", "neither"]) {
        return false;
    }
    for (phrase, severity) in PHRASES {
        let Some(tokens) = place(reading, phrase) else { continue };
        let sampling = reading.release.method.get("sampling");
        let sampling = sampling.map_or("not said", String::as_str);
        let said = reading.draft.words(&tokens);
        let mut finding = (reading.draft)
            .finding(&PRECISION, &tokens, format!("\"{said}\" is said of a poll that is no random sample"))
            .because(format!("`sampling` of the results is: {sampling}"))
            .help("leave it out; say how people were reached and what the figures are weighted by");
        finding.severity = severity;
        findings.push(finding);
    }
    findings.iter().skip(before).any(|finding| finding.severity == Severity::Error)
}

fn place(reading: &Reading<'_>, phrase: &[&str]) -> Option<Range<usize>> {
    let at = reading
        .tokens()
        .windows(phrase.len())
        .position(|window| window.iter().zip(phrase).all(|(token, word)| token.is(word)))?;
    let start = reading.sentence.tokens.start + at;
    Some(start..start + phrase.len())
}
