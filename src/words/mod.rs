//! Ground floor: the fixed words of every output, one message file for each language, and
//! the printing of numbers, days and lists in that language.
//!
//! May know only how numbers are rounded. Never holds a word of a poll: titles, labels and
//! notes stand in the poll file and the schema. Messages on the terminal are no output of a
//! poll and stand where they are made; so do names that programs read, such as `percent`
//! and `[c]`, and the reasons for no answer in private data.
//!
//! # How a room takes its words
//!
//! 1. Write the sentence into `en_gb.rs`, under the heading of the room, with gaps for what
//!    changes: `chart_limit: "The first {n} are drawn; the table has all."`.
//! 2. Take `words: &Words` where the sentence is made; [`Poll`](crate::poll::Poll) holds it
//!    as `poll.words`.
//! 3. Fill the gaps: `fill(words.chart_limit, &[("n", &words.count(n))])`. A sentence is
//!    never joined from parts in an order that only English has, and one thing and several
//!    are two keys (`hidden_one`, `hidden_many`).
//!
//! `tests/tidy.rs` refuses English sentences in the rooms behind the gate.
//!
//! # A second language
//!
//! One more file with `pub static CY_GB: Words = Words { lang: "cy-GB", .. }`, and one more
//! line in `LANGUAGES`. The compiler lists the keys that it lacks; the test of this room
//! compares the gaps.

mod en_gb;
mod print;

use std::fmt::{self, Debug, Formatter};

pub use en_gb::{EN_GB, Words};
pub use print::{MINUS, digits};

/// Every language that there is.
static LANGUAGES: [&Words; 1] = [&EN_GB];

/// The words of a language by its tag (BCP 47), such as `en-GB`; none if there are none.
#[must_use]
pub fn of(lang: &str) -> Option<&'static Words> {
    LANGUAGES.into_iter().find(|words| words.lang == lang)
}

/// The words of all languages.
pub fn all() -> impl Iterator<Item = &'static Words> {
    LANGUAGES.into_iter()
}

/// The tags of all languages.
#[must_use]
pub fn known() -> Vec<&'static str> {
    all().map(|words| words.lang).collect()
}

/// Puts values into the gaps `{name}` of a sentence. A gap without a value stays as it
/// is, and values are never searched for gaps.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let gap = after.split_once('}').and_then(|(name, tail)| {
            let value = values.iter().find(|(key, _)| *key == name)?.1;
            Some((value, tail))
        });
        let (text, tail) = gap.unwrap_or(("{", after));
        filled.push_str(text);
        rest = tail;
    }
    filled + rest
}

impl Debug for Words {
    /// The language alone: the sentences would drown everything else.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "Words({})", self.lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_take_their_values_and_values_are_not_searched() {
        let text = fill("{a} of {b}, {c}", &[("a", "{b}"), ("b", "2")]);
        assert_eq!(text, "{b} of 2, {c}");
    }

    #[test]
    fn an_open_bracket_is_kept() {
        assert_eq!(fill("1 { 2", &[("a", "x")]), "1 { 2");
    }

    #[test]
    fn a_language_is_found_by_its_tag() {
        assert_eq!(of("en-GB").map(|words| words.lang), Some("en-GB"));
        assert!(of("en").is_none() && of("cy-GB").is_none());
        assert_eq!(known(), ["en-GB"]);
    }

    /// The gaps of a sentence, sorted.
    fn gaps(sentence: &str) -> Vec<&str> {
        let parts = sentence.split('{').skip(1);
        let mut gaps: Vec<&str> =
            parts.filter_map(|part| Some(part.split_once('}')?.0)).collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn every_language_fills_every_key_with_the_gaps_of_english() {
        for words in all() {
            for ((key, english), (_, text)) in EN_GB.entries().into_iter().zip(words.entries())
            {
                assert_eq!(gaps(text), gaps(english), "{words:?}, {key}");
                assert!(!text.is_empty() && !text.contains("  "), "{words:?}, {key}");
            }
        }
    }

    #[test]
    fn lists_of_words_are_complete_in_every_language() {
        for words in all() {
            let count = |list: &str| list.split_whitespace().count();
            assert_eq!(count(words.months), 12, "{words:?}");
            assert_eq!(count(words.small_numbers), 9, "{words:?}");
            assert_eq!(words.fractions.split(", ").count(), 6, "{words:?}");
        }
    }
}
