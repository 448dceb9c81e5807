//! Cells that hold one answer of a list, and ticks in a column of their own.

use indexmap::IndexMap;

use super::{Coded, Coder, Codes, Finished, Mended, NOT_PICKED, PICKED, Trouble, reasons};
use crate::ingest::dictionary::Dictionary;
use crate::questionnaire::{Answer, Fold, Question, Source};

/// Takes cells for one of a list of labels.
pub(in crate::ingest) struct Choice {
    dictionary: Dictionary,
    /// For each word of the dictionary: its code, or none if the list does not have it.
    meanings: Vec<Option<u16>>,
    /// For each word that is a repair: rule, count, first row.
    repairs: IndexMap<usize, (String, u64, u32)>,
    /// Spellings that differ only in ways that may be overlooked.
    folded: IndexMap<String, u16>,
    fold: Vec<Fold>,
    labels: Vec<String>,
    /// The answer that a tick stands for, in a column of its own.
    ticked: Option<String>,
    reasons: usize,
    codes: Codes,
    rows: u32,
}

impl Choice {
    /// For a question with one answer of a list.
    pub(in crate::ingest) fn answers(question: &Question, source: &Source) -> Self {
        let labels = question.answers.iter().map(|a| a.label.clone()).collect();
        let mut choice = Self::new(labels, source, &question.fold);
        for (code, answer) in question.answers.iter().enumerate() {
            choice.know(answer, code);
        }
        choice.know_reasons(source);
        choice
    }

    /// For one option that has a column of its own.
    pub(in crate::ingest) fn option(
        question: &Question,
        answer: &Answer,
        source: &Source,
    ) -> Self {
        let labels = vec!["Not picked".to_owned(), "Picked".to_owned()];
        let mut choice = Self::new(labels, source, &question.fold);
        choice.ticked = Some(answer.label.clone());
        choice.know(answer, usize::from(PICKED));
        for mark in std::iter::once(&answer.label).chain(&question.marks.picked) {
            choice.word(mark, PICKED, None);
        }
        for mark in &question.marks.not_picked {
            choice.word(mark, NOT_PICKED, None);
        }
        choice.word("", NOT_PICKED, None);
        choice.know_reasons(source);
        choice
    }

    fn new(mut labels: Vec<String>, source: &Source, fold: &[Fold]) -> Self {
        let first = labels.len();
        labels.extend(reasons(source));
        Self {
            dictionary: Dictionary::new(),
            meanings: Vec::new(),
            repairs: IndexMap::new(),
            folded: IndexMap::new(),
            fold: fold.to_vec(),
            codes: Codes::for_list(labels.len()),
            reasons: first,
            ticked: None,
            labels,
            rows: 0,
        }
    }

    fn know(&mut self, answer: &Answer, code: usize) {
        let code = u16::try_from(code).unwrap_or(u16::MAX);
        self.word(&answer.value, code, None);
        for alias in &answer.aliases {
            self.word(alias, code, Some("alias"));
        }
        for spelling in std::iter::once(&answer.value).chain(&answer.aliases) {
            self.folded.entry(folded(spelling, &self.fold)).or_insert(code);
        }
    }

    fn know_reasons(&mut self, source: &Source) {
        for (value, label) in &source.missing {
            let label = format!("[{label}]");
            let code = self.labels.iter().position(|l| *l == label).unwrap_or(self.reasons);
            self.word(value, u16::try_from(code).unwrap_or(u16::MAX), None);
        }
    }

    /// Adds a spelling; one that is known already keeps its meaning.
    fn word(&mut self, word: &str, code: u16, rule: Option<&str>) {
        let index = self.dictionary.add(word.as_bytes());
        if index == self.meanings.len() {
            self.meanings.push(Some(code));
            if let Some(rule) = rule {
                self.repairs.insert(index, (rule.to_owned(), 0, 0));
            }
        }
    }

    /// Learns a cell that the dictionary does not hold.
    #[cold]
    fn learn(&mut self, cell: &[u8]) -> usize {
        let text = String::from_utf8_lossy(cell);
        let meaning = self.folded.get(&folded(&text, &self.fold)).copied();
        let meaning = if self.fold.is_empty() { None } else { meaning };
        let index = self.dictionary.add(cell);
        self.meanings.push(meaning);
        if meaning.is_some() {
            self.repairs.insert(index, (fold_rule(&self.fold), 0, 0));
        }
        index
    }

    fn not_valid(&self) -> u16 {
        u16::try_from(self.labels.len() - 1).unwrap_or(u16::MAX)
    }

    fn count_repair(&mut self, index: usize) {
        if let Some((_, count, first)) = self.repairs.get_mut(&index) {
            if *count == 0 {
                *first = self.rows;
            }
            *count += 1;
        }
    }
}

impl Coder for Choice {
    #[inline]
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let index = match self.dictionary.get(cell) {
            Some(index) => index,
            None => self.learn(cell),
        };
        if !self.repairs.is_empty() {
            self.count_repair(index);
        }
        self.rows += 1;
        let meaning = self.meanings[index];
        self.codes.push(meaning.unwrap_or_else(|| self.not_valid()));
        meaning.map(|_| ()).ok_or(Trouble::Unlisted)
    }

    fn finish(self: Box<Self>) -> Finished {
        let label = |index: usize| match self.meanings[index] {
            Some(PICKED) if self.ticked.is_some() => self.ticked.clone().unwrap_or_default(),
            Some(code) => self.labels[usize::from(code)].clone(),
            None => String::new(),
        };
        let used = self.repairs.iter().filter(|(_, (_, count, _))| *count > 0);
        let mended = used
            .map(|(index, (rule, count, first))| Mended {
                rule: rule.clone(),
                from: String::from_utf8_lossy(&self.dictionary.words()[*index]).into_owned(),
                to: label(*index),
                count: *count,
                first: *first,
            })
            .collect();
        let (codes, labels) = (self.codes, self.labels);
        Finished { columns: vec![Coded::Labels { codes, labels }], mended }
    }
}

/// A text without the differences that may be overlooked.
fn folded(text: &str, fold: &[Fold]) -> String {
    let mut text = text.to_owned();
    for rule in fold {
        text = match rule {
            Fold::Case => text.to_lowercase(),
            Fold::Space => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Fold::Quotes => text
                .chars()
                .map(|c| match c {
                    '\u{2018}' | '\u{2019}' | '\u{201B}' | '`' | '\u{00B4}' => '\'',
                    '\u{201C}' | '\u{201D}' | '\u{201F}' => '"',
                    other => other,
                })
                .collect(),
        };
    }
    text
}

fn fold_rule(fold: &[Fold]) -> String {
    let words: Vec<&str> = fold
        .iter()
        .map(|f| match f {
            Fold::Case => "case",
            Fold::Space => "space",
            Fold::Quotes => "quotes",
        })
        .collect();
    format!("fold {}", words.join(", "))
}
