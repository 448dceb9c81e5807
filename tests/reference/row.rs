//! The figures of one number, and the names by which the reference may call it.

use std::collections::BTreeMap;

use super::keys::plain;

/// The figures of one number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Variable, level, group: each with the ways in which it may be written. A name is
    /// some of the words in some order.
    words: Vec<Vec<String>>,
    /// By name; a figure that does not exist is an empty list.
    pub(crate) figures: BTreeMap<String, Vec<f64>>,
    /// By how much p may differ because R's own is no better.
    pub(crate) slack: f64,
}

impl Row {
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let words = words.into_iter().map(|word| vec![word]).collect();
        Self { words, ..Self::default() }
    }

    /// With a word that may be written in several ways.
    pub(crate) fn word(mut self, ways: impl IntoIterator<Item = String>) -> Self {
        self.words.push(ways.into_iter().collect());
        self
    }

    /// With the answer to a variable, which R writes with the variable before it.
    pub(crate) fn level(self, variable: &str, level: &str) -> Self {
        let ways = ["", "=", " = ", ".", ":"].map(|sign| format!("{variable}{sign}{level}"));
        self.word([level.to_owned()].into_iter().chain(ways))
    }

    /// With the answers of a group to some variables.
    pub(crate) fn group(self, variables: &[String], levels: &[String]) -> Self {
        let pairs = variables.iter().zip(levels);
        pairs.fold(self, |row, (variable, level)| row.level(variable, level))
    }

    pub(crate) fn with(mut self, name: &str, value: f64) -> Self {
        self.figures.insert(name.to_owned(), vec![value]);
        self
    }

    pub(crate) fn with_list(mut self, name: &str, values: Vec<f64>) -> Self {
        self.figures.insert(name.to_owned(), values);
        self
    }

    /// What it is called first of all: the variable or, of several answers, the answer.
    pub(crate) fn name(&self) -> String {
        self.words.last().and_then(|ways| ways.first()).cloned().unwrap_or_default()
    }

    /// The only value of a figure.
    pub(crate) fn value(&self, name: &str) -> Option<f64> {
        self.figures.get(name)?.first().copied()
    }

    /// How many words it has.
    pub(crate) fn words(&self) -> usize {
        self.words.len()
    }

    /// Whether it may be called so.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        consumed(name, &self.words)
    }

    /// Whether it may be called so but for signs and capital letters.
    pub(crate) fn is_nearly_called(&self, name: &str) -> bool {
        let words: Vec<Vec<String>> =
            self.words.iter().map(|ways| ways.iter().map(|way| plain(way)).collect()).collect();
        consumed(&plain(name), &words)
    }
}

/// Whether a name is made of some of the words, each used once, with signs between them.
fn consumed(name: &str, words: &[Vec<String>]) -> bool {
    if name.is_empty() {
        return true;
    }
    words.iter().enumerate().any(|(place, ways)| {
        let rest = [&words[..place], &words[place + 1..]].concat();
        let after = |way: &String| {
            let after = name.strip_prefix(way.as_str()).filter(|_| !way.is_empty())?;
            Some(after.trim_start_matches(" x ").trim_start_matches(is_sign))
        };
        ways.iter().filter_map(after).any(|after| consumed(after, &rest))
    })
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '(' | '<' | '>' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_some_of_the_words_in_some_order() {
        let row = Row::new(["api00".to_owned()]).level("stype", "E").level("awards", "No");
        for name in ["E:No", "No, E", "stypeE.awardsNo", "api00 | E", "stype=E / No"] {
            assert!(row.is_called(name), "{name}");
        }
        for name in ["E:N", "E:E", "H", "api00:api00"] {
            assert!(!row.is_called(name), "{name}");
        }
        assert!(!row.is_called("e-no") && row.is_nearly_called("e-no"));
    }
}
