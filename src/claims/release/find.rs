//! Which questions and answers the words of a sentence lead to.
//!
//! A word counts the more the fewer questions it stands in: "workload" leads to one,
//! "inspection" to all. Words of the sentences before count less than its own.

use std::collections::{BTreeMap, BTreeSet};

use super::Figure;
use crate::prose::{Kind, Token, is_stop, tokens};

/// Words, and where they stand.
#[derive(Debug, Default)]
pub(in crate::claims) struct Index {
    /// Stems of questions and items: which blocks.
    topics: BTreeMap<String, BTreeSet<usize>>,
    /// Stems of answers: which block, and which of its answers.
    answers: BTreeMap<String, BTreeSet<(usize, usize)>>,
}

/// What the whole label of an answer counts, such as "60 and over", which has no words that
/// lead anywhere.
const LABEL: f64 = 0.6;

/// What a word adds that stands in a question as it is written.
const FORM: f64 = 0.3;

/// Words that people use for "don't know".
const UNDECIDED: [&str; 5] = ["know", "unsur", "sure", "undecided", "undecid"];

/// Two words for one thing.
const SAME: [(&str, &str); 5] =
    [("women", "femal"), ("woman", "femal"), ("men", "male"), ("man", "male"), ("aged", "age")];

impl Index {
    /// Adds the words of a question or an item.
    pub(super) fn add_topic(&mut self, block: usize, text: &str) {
        for stem in stems(text).into_iter().chain(forms(text)) {
            self.topics.entry(stem).or_default().insert(block);
        }
    }

    /// Adds the words of an answer.
    pub(super) fn add_answer(&mut self, block: usize, answer: usize, text: &str) {
        let undecided = text.to_lowercase().replace('\u{2019}', "'").contains("don't know");
        let more = UNDECIDED.iter().filter(|_| undecided).map(|word| (*word).to_owned());
        for stem in stems(text).into_iter().chain(more) {
            self.answers.entry(stem).or_default().insert((block, answer));
        }
    }

    /// Whether a stem stands in the words of a question or item.
    pub(in crate::claims) fn is_topic(&self, block: usize, stem: &str) -> bool {
        self.topics.get(stem).is_some_and(|blocks| blocks.contains(&block))
    }

    /// Whether a stem stands in the words of an answer.
    pub(in crate::claims) fn is_answer(&self, figure: &Figure, stem: &str) -> bool {
        let place = (figure.block, figure.answer);
        self.answers.get(same(stem)).is_some_and(|places| places.contains(&place))
    }

    /// Whether a stem stands in the words of this answer, and of no other of its question.
    pub(in crate::claims) fn is_only(&self, figure: &Figure, stem: &str) -> bool {
        let places = self.answers.get(same(stem));
        let of_block = places
            .map_or(0, |places| places.range((figure.block, 0)..(figure.block + 1, 0)).count());
        of_block == 1 && self.is_answer(figure, stem)
    }

    /// What the words of a sentence lead to; `factor` says how much each of them counts.
    pub(in crate::claims) fn relevance(&self, words: &BTreeMap<String, f64>) -> Relevance {
        let mut found = Relevance::default();
        for (stem, factor) in words {
            let stem = same(stem);
            let empty = (BTreeSet::new(), BTreeSet::new());
            let topics = self.topics.get(stem).unwrap_or(&empty.0);
            let answers = self.answers.get(stem).unwrap_or(&empty.1);
            let mut blocks = topics.clone();
            blocks.extend(answers.iter().map(|(block, _)| *block));
            let form = if stem.starts_with('=') { FORM } else { 1.0 };
            let weight = factor * form / blocks.len().max(1) as f64;
            for block in topics {
                *found.topics.entry(*block).or_default() += weight;
            }
            // A word of the question that an answer repeats is counted once.
            for place in answers.iter().filter(|(block, _)| !topics.contains(block)) {
                *found.answers.entry(*place).or_default() += weight;
            }
        }
        found
    }
}

/// What a sentence's words lead to.
#[derive(Clone, Debug, Default)]
pub(in crate::claims) struct Relevance {
    topics: BTreeMap<usize, f64>,
    answers: BTreeMap<(usize, usize), f64>,
}

impl Relevance {
    /// How much the words have in common with a figure.
    pub(in crate::claims) fn of(&self, figure: &Figure) -> f64 {
        self.topic(figure.block) + self.answer(figure)
    }

    /// How much with its question or item.
    pub(in crate::claims) fn topic(&self, block: usize) -> f64 {
        self.topics.get(&block).copied().unwrap_or(0.0)
    }

    /// How much with its answer.
    pub(in crate::claims) fn answer(&self, figure: &Figure) -> f64 {
        self.answers.get(&(figure.block, figure.answer)).copied().unwrap_or(0.0)
    }

    /// How much with a question or item and the answer of it that has the most.
    pub(in crate::claims) fn block(&self, block: usize) -> f64 {
        let answers = self.answers.range((block, 0)..(block + 1, 0));
        self.topic(block) + answers.map(|(_, score)| *score).fold(0.0, f64::max)
    }

    /// The question or item of some kind that the words lead to most, and how much.
    pub(in crate::claims) fn best(&self, is: impl Fn(usize) -> bool) -> Option<(usize, f64)> {
        let blocks: BTreeSet<usize> =
            self.topics.keys().copied().chain(self.answers.keys().map(|(b, _)| *b)).collect();
        let scored = blocks.into_iter().filter(|block| is(*block));
        // The first of several: the order of the questionnaire.
        scored.map(|block| (block, self.block(block))).rev().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Adds answers whose whole labels stand in the sentence.
    pub(in crate::claims) fn add(&mut self, places: &[(usize, usize)]) {
        for place in places {
            *self.answers.entry(*place).or_default() += LABEL / places.len() as f64;
        }
    }
}

fn same(stem: &str) -> &str {
    SAME.iter().find(|(word, _)| *word == stem).map_or(stem, |(_, other)| other)
}

/// Words as they are written, which lead further than their stems: "inspected" is in fewer
/// questions than "inspection".
fn forms(text: &str) -> Vec<String> {
    let other = words(text).filter(|token| token.stem != token.lower);
    other.map(|token| format!("={}", token.lower)).collect()
}

/// The stems of the words of a label or title that say something.
fn stems(text: &str) -> Vec<String> {
    words(text).map(|token| same(&token.stem).to_owned()).collect()
}

/// The words of a label or title that say something.
fn words(text: &str) -> impl Iterator<Item = Token> {
    let sex = |token: &Token| ["femal", "male"].contains(&token.stem.as_str());
    let words = tokens(text).into_iter().filter(|token| token.kind == Kind::Word);
    words.filter(move |token| !is_stop(&token.lower) || sex(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let mut index = Index::default();
        index.add_topic(0, "Was the pause adequate?");
        index.add_topic(1, "Inspection harms mental health");
        index.add_topic(2, "Inspection has meant");
        index.add_answer(2, 0, "Harm to my mental health");
        index.add_answer(0, 2, "Don't know");
        index
    }

    fn relevance(text: &str) -> Relevance {
        let words = tokens(text).into_iter().map(|token| (token.stem, 1.0)).collect();
        index().relevance(&words)
    }

    #[test]
    fn rare_words_lead_further_than_common_ones() {
        let found = relevance("said the inspection pause was adequate");
        assert_eq!(found.best(|_| true), Some((0, 2.0)));
        assert!((found.topic(1) - 0.5).abs() < 1e-9);
        assert_eq!(relevance("delighted").best(|_| true), None);
    }

    #[test]
    fn answers_count_where_the_question_does_not_have_the_word() {
        let found = relevance("harm to mental health");
        assert_eq!(found.answers.get(&(2, 0)), Some(&1.5));
        assert_eq!(relevance("were unsure").best(|_| true), Some((0, 1.0)));
    }
}
