//! What one cell's text is: how it reads when differences of spelling are overlooked,
//! whether it stands for no answer, is a tick, a number.
//!
//! Takes single texts; knows no column and no question.

use crate::questionnaire::Fold;

/// The differences that a schema may overlook, by their names there.
pub(super) const RULES: [(&str, Fold); 4] = [
    ("case", Fold::Case),
    ("space", Fold::Space),
    ("quotes", Fold::Quotes),
    ("invisible", Fold::Invisible),
];

/// Texts that always stand for no answer.
const MISSING: [&str; 15] = [
    "-",
    "--",
    "NA",
    "#N/A",
    "#NULL!",
    "NULL",
    "null",
    "Not answered",
    "Not Answered",
    "No answer",
    "No Answer",
    "No response",
    "No Response",
    "Missing",
    "(blank)",
];

/// Numbers that stand for no answer where every other number is zero or more.
const MISSING_NUMBERS: [&str; 12] =
    ["-7", "-8", "-9", "-66", "-77", "-88", "-97", "-98", "-99", "-999", "-9999", "-99.0"];

/// What marks an option as picked in a column of its own, and as not picked.
const PICKED: [&str; 9] =
    ["yes", "y", "1", "1.0", "true", "x", "checked", "selected", "ticked"];
const NOT_PICKED: [&str; 8] =
    ["no", "n", "0", "0.0", "false", "unchecked", "not selected", "not checked"];

/// Marks that nobody sees: zero-width, bidirectional and byte order marks.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' | '\u{00AD}')
}

/// The text without invisible marks and needless spaces.
pub(super) fn tidy(text: &str) -> String {
    overlook(text, &[Fold::Invisible, Fold::Space])
}

/// The text without all the differences that may be overlooked.
pub(super) fn folded(text: &str) -> String {
    overlook(text, &RULES.map(|(_, rule)| rule))
}

/// Marks of web pages that some platforms leave in cells.
const ENTITIES: [(&str, &str); 4] =
    [("&amp;", "&"), ("&nbsp;", " "), ("&quot;", "\""), ("&#39;", "'")];

fn overlook(text: &str, rules: &[Fold]) -> String {
    let plain = |text: String, (mark, letter): &(&str, &str)| text.replace(mark, letter);
    let mut text = ENTITIES.iter().fold(text.to_owned(), plain);
    // Invisible marks first: a space may stand between two of them.
    if rules.contains(&Fold::Invisible) {
        text.retain(|c| !invisible(c));
    }
    if rules.contains(&Fold::Space) {
        text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if rules.contains(&Fold::Quotes) {
        text = text.chars().map(straight).collect();
    }
    if rules.contains(&Fold::Case) {
        text = text.to_lowercase();
    }
    text
}

fn straight(mark: char) -> char {
    match mark {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '`' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201F}' => '"',
        other => other,
    }
}

/// The rules without which two spellings of the same text would not be alike.
pub(super) fn rules_between(one: &str, other: &str) -> Vec<Fold> {
    let needed = |rule: &Fold| {
        let rest: Vec<Fold> = RULES.iter().map(|(_, r)| *r).filter(|r| r != rule).collect();
        overlook(one, &rest) != overlook(other, &rest)
    };
    RULES.iter().map(|(_, rule)| *rule).filter(needed).collect()
}

/// Whether the text stands for no answer, whatever the question is.
pub(super) fn is_missing(text: &str) -> bool {
    MISSING.contains(&text.trim())
}

/// Whether the text is a number that stands for no answer beside numbers of zero or more.
pub(super) fn is_missing_number(text: &str) -> bool {
    MISSING_NUMBERS.contains(&text.trim())
}

/// Whether the text says that the question did not apply: an answer in a list, and no
/// answer anywhere else.
pub(super) fn is_not_applicable(text: &str) -> bool {
    ["n/a", "not applicable"].contains(&folded(text).as_str())
}

/// Whether a cell marks its option as picked.
pub(super) fn is_picked(text: &str) -> bool {
    PICKED.contains(&folded(text).as_str())
}

/// Whether a cell marks its option as not picked.
pub(super) fn is_not_picked(text: &str) -> bool {
    NOT_PICKED.contains(&folded(text).as_str())
}

/// A number written plainly, with the decimal mark of the file.
pub(super) fn number(text: &str, decimal: char) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || c == decimal || c == '-' || c == '+';
    let text = text.trim();
    if text.is_empty() || !text.chars().all(plain) {
        return None;
    }
    text.replace(decimal, ".").parse().ok().filter(|value: &f64| value.is_finite())
}

/// A whole number, also one that is written `3.0`.
pub(super) fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rules_that_are_needed_are_named() {
        assert_eq!(rules_between("agree", "Agree"), [Fold::Case]);
        assert_eq!(
            rules_between(" Don\u{2019}t  know", "Don't know"),
            [Fold::Space, Fold::Quotes]
        );
        assert_eq!(rules_between("\u{feff}1 (None)", "1 (None)"), [Fold::Invisible]);
        assert_eq!(rules_between("Yes", "Yes"), []);
    }

    #[test]
    fn numbers_have_the_decimal_mark_of_the_file() {
        assert_eq!(number("1,5", ','), Some(1.5));
        assert_eq!(number("1,5", '.'), None);
        assert_eq!(number("-3", '.'), Some(-3.0));
        assert_eq!(number("3-5", '.'), None);
        assert_eq!(number("", '.'), None);
    }

    #[test]
    fn a_tick_is_a_mark_in_either_case() {
        assert!(is_picked("YES") && is_picked(" x"));
        assert!(is_not_picked("Not selected") && !is_not_picked("None"));
    }
}
