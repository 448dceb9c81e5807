//! What a cell means in a file without a schema: a number, no answer, or a text.

use crate::ingest::number;

/// Words that programs write for a number that is missing: R, SAS, pandas, spreadsheets.
const WORDS: [&str; 5] = ["NA", "N/A", ".", "NaN", "nan"];

/// How cells are read.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// The decimal mark.
    pub(super) decimal: u8,
    /// Cells that were declared to be missing, and those of them that are numbers.
    texts: Vec<String>,
    numbers: Vec<f64>,
}

/// What a cell means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A number.
    Number(f64),
    /// Nothing: it is empty, or declared to be missing.
    Missing,
    /// Nothing, if the other cells are numbers: one of [`WORDS`].
    Word(&'static str),
    /// A text.
    Text,
}

impl Rules {
    pub(super) fn new(decimal: u8, missing: &[String]) -> Self {
        let numbers = missing.iter().filter_map(|text| number::parse(text.as_bytes(), decimal));
        let numbers = numbers.collect();
        let texts = missing.iter().map(|text| text.trim().to_owned()).collect();
        Self { decimal, texts, numbers }
    }

    /// What a cell means. Spaces around it do not count: a number is one with them too.
    #[inline]
    pub(super) fn meaning(&self, cell: &[u8]) -> Meaning {
        match number::parse(cell, self.decimal) {
            Some(number) if self.numbers.is_empty() => Meaning::Number(number),
            _ => self.rare(cell.trim_ascii()),
        }
    }

    fn rare(&self, cell: &[u8]) -> Meaning {
        if cell.is_empty() || self.texts.iter().any(|text| text.as_bytes() == cell) {
            return Meaning::Missing;
        }
        if let Some(number) = number::parse(cell, self.decimal) {
            // A code is a number as well: `-1` and `-1.0` are the same.
            let declared = self.numbers.iter().any(|code| code.total_cmp(&number).is_eq());
            return if declared { Meaning::Missing } else { Meaning::Number(number) };
        }
        let word = WORDS.into_iter().find(|word| word.as_bytes() == cell);
        word.map_or(Meaning::Text, Meaning::Word)
    }
}

/// What to do about a text that seems to be meant as a number.
pub(super) fn remedy(text: &str, decimal: u8) -> Option<&'static str> {
    let bare = text.trim();
    let unsigned = bare.strip_prefix(['-', '+']).unwrap_or(bare);
    if !unsigned.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    match unsigned.strip_suffix('%') {
        Some(number) => only(number.trim_end(), b",.")
            .then_some("take the per cent signs out of the column"),
        None => only(unsigned, b",. '").then(|| about_marks(unsigned, decimal)),
    }
}

/// Whether a text is of digits and some marks only.
fn only(text: &str, marks: &[u8]) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || marks.contains(&b))
}

/// What to do about digits with marks between them.
fn about_marks(text: &str, decimal: u8) -> &'static str {
    let groups: Vec<&str> = text.split([',', '.', ' ', '\'']).collect();
    let thousands = text.contains([' ', '\'']) || groups.len() > 2;
    let doubtful = groups.get(1).is_some_and(|group| group.len() == 3);
    match (decimal, text.contains(',')) {
        (b'.', true) if !thousands && doubtful => {
            "if the comma parts thousands, take it out of the column; if decimals, say \
             `--decimal-comma`"
        }
        (b'.', true) if !thousands => "say `--decimal-comma` if the comma parts decimals",
        (b',', false) if !thousands && !doubtful => {
            "it has a point: leave `--decimal-comma` out, or correct the cell"
        }
        _ => "take the marks between thousands out of the column",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_around_a_number_do_not_count_and_words_are_told_apart() {
        let rules = Rules::new(b'.', &["-99".to_owned(), "refused".to_owned()]);
        let means = |cell: &str| rules.meaning(cell.as_bytes());
        assert_eq!(means(" 1.5 "), Meaning::Number(1.5));
        for missing in ["", " ", "-99", "-99.0", "refused", " refused"] {
            assert_eq!(means(missing), Meaning::Missing, "{missing:?}");
        }
        assert_eq!(means(" NA"), Meaning::Word("NA"));
        for text in ["na?", "1,5", "inf", "Refused"] {
            assert_eq!(means(text), Meaning::Text, "{text:?}");
        }
    }

    #[test]
    fn what_is_meant_as_a_number_has_a_remedy() {
        let said = |text: &str, decimal| remedy(text, decimal).unwrap_or("nothing");
        assert!(said("1,234", b'.').starts_with("if the comma parts thousands"));
        assert!(said("3,5", b'.').contains("`--decimal-comma` if"));
        for text in ["1,234,567", "1,234.50", "1 234", "-1'000"] {
            assert!(said(text, b'.').starts_with("take the marks"), "{text}");
        }
        assert!(said("45 %", b'.').contains("per cent") && said("4.5%", b'.').contains("per"));
        assert!(said("1.5", b',').contains("point") && said("1.000,5", b',').contains("marks"));
        for text in ["north", "12 Main Street", "2024-01-01", "", "%", "A1"] {
            assert_eq!(said(text, b'.'), "nothing", "{text}");
        }
    }
}
