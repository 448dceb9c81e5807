//! Names for questions: short keys, each once, and titles that fit a table.

use super::cells;
use crate::questionnaire::slug;

/// Words that tell no question from another.
const FILLERS: [&str; 63] = [
    "a",
    "all",
    "an",
    "and",
    "any",
    "apply",
    "are",
    "as",
    "at",
    "be",
    "been",
    "by",
    "can",
    "choose",
    "could",
    "describe",
    "did",
    "do",
    "does",
    "ever",
    "feel",
    "following",
    "for",
    "from",
    "generally",
    "had",
    "has",
    "have",
    "how",
    "i",
    "if",
    "in",
    "is",
    "it",
    "like",
    "many",
    "me",
    "much",
    "my",
    "not",
    "of",
    "on",
    "or",
    "our",
    "please",
    "select",
    "speaking",
    "that",
    "the",
    "their",
    "there",
    "these",
    "this",
    "tick",
    "to",
    "was",
    "what",
    "when",
    "which",
    "would",
    "you",
    "your",
    "yourself",
];

/// Words of the language of `asked_if`.
const RESERVED: [&str; 7] = ["and", "or", "not", "in", "is", "missing", "includes"];

/// How long a key and a title may be, in letters.
const KEY: usize = 32;
const TITLE: usize = 70;

/// Gives keys, each once.
#[derive(Default)]
pub(super) struct Keys {
    given: Vec<String>,
}

impl Keys {
    /// A key from the platform's short name, else from the question's own words.
    pub(super) fn give(&mut self, code: Option<&str>, question: &str, number: usize) -> String {
        let code = code.map(plain).filter(|code| !code.is_empty());
        let key = code.unwrap_or_else(|| from_words(question));
        let key = match key.chars().next() {
            None => format!("question_{number}"),
            Some(first) if first.is_ascii_digit() => format!("q_{key}"),
            Some(_) if RESERVED.contains(&key.as_str()) => format!("q_{key}"),
            Some(_) => key,
        };
        let mut unique = key.clone();
        let mut next = 2;
        while self.given.contains(&unique) {
            unique = format!("{key}_{next}");
            next += 1;
        }
        self.given.push(unique.clone());
        unique
    }
}

/// Lower case letters, digits and `_` only; every other run of characters is one `_`.
pub(super) fn plain(text: &str) -> String {
    let ascii: String =
        slug(text).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    ascii.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// The first words that tell something.
fn from_words(question: &str) -> String {
    let question = without_tags(question).replace(['\'', '\u{2019}'], "");
    let plain = plain(&question);
    let words: Vec<&str> = plain.split('_').filter(|w| !w.is_empty()).collect();
    let telling: Vec<&str> = words.iter().copied().filter(|w| !FILLERS.contains(w)).collect();
    let words = if telling.is_empty() { words } else { telling };
    let mut key = String::new();
    for word in words.into_iter().take(4) {
        if !key.is_empty() && key.len() + word.len() >= KEY {
            break;
        }
        if !key.is_empty() {
            key.push('_');
        }
        key.push_str(word);
    }
    key.chars().take(KEY).collect()
}

/// The text on one line without tags of web pages.
pub(super) fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let behind = after.split_once('>').filter(|_| tag);
        plain.push(if behind.is_some() { ' ' } else { '<' });
        rest = behind.map_or(after, |(_, behind)| behind);
    }
    plain.push_str(rest);
    cells::tidy(&plain)
}

/// A title that fits a table, and whether it had to be cut.
pub(super) fn title(text: &str) -> (String, bool) {
    if text.chars().count() <= TITLE {
        return (text.to_owned(), false);
    }
    let mut title = String::new();
    for word in text.split(' ') {
        if title.chars().count() + word.chars().count() >= TITLE {
            break;
        }
        title.push_str(word);
        title.push(' ');
    }
    if title.is_empty() {
        title = text.chars().take(TITLE).collect();
    }
    let cut = title.trim_end_matches(|c: char| !c.is_alphanumeric());
    (format!("{cut} ..."), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_each_is_given_once() {
        let mut keys = Keys::default();
        let mut check = |code: Option<&str>, question: &str| keys.give(code, question, 7);
        assert_eq!(check(None, "How often do you travel by plane?"), "often_travel_plane");
        assert_eq!(check(None, "How often do you travel by plane?"), "often_travel_plane_2");
        assert_eq!(check(Some("Q3_1"), "Why?"), "q3_1");
        assert_eq!(check(Some("likert0[time1can]"), ""), "likert0_time1can");
        assert_eq!(check(None, "2 years ago"), "q_2_years_ago");
        assert_eq!(check(Some("and"), ""), "q_and");
        assert_eq!(check(None, "¿?"), "question_7");
        assert_eq!(check(None, "What is your <strong>role</strong>?"), "role");
    }

    #[test]
    fn titles_end_at_a_word() {
        assert_eq!(title("Region"), ("Region".to_owned(), false));
        let long =
            "In general, is it rude to knowingly bring unruly children on a plane, or not?";
        let cut = "In general, is it rude to knowingly bring unruly children on a plane ...";
        assert_eq!(title(long), (cut.to_owned(), true));
        assert_eq!(without_tags("a < b<br>and <b>c</b>"), "a < b and c");
    }
}
