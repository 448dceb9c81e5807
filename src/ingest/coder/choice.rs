//! Cells that hold one answer of a list, and ticks in a column of their own.

use indexmap::IndexMap;

use super::spelling::{folded, needed, rule};
use super::{Coded, Coder, Codes, Finished, Mended, NOT_PICKED, PICKED, Trouble};
use crate::ingest::dictionary::Dictionary;
use crate::ingest::number;
use crate::questionnaire::{Answer, Fold, Item, Missing, Question};

/// How many texts are remembered that no list has; a free text is looked at each time.
const LEARNED: usize = 4096;

/// What `LimeSurvey` writes for whoever chose to write an answer.
const WRITTEN: &str = "-oth-";

/// Takes cells for one of a list of labels.
#[derive(Clone)]
pub(in crate::ingest) struct Choice {
    dictionary: Dictionary,
    /// For each word of the dictionary: its code, or none if the list does not have it.
    meanings: Vec<Option<u16>>,
    /// For each word that is a repair: rule, count, first row.
    repairs: IndexMap<usize, (String, u64, u32)>,
    /// Spellings that differ only in ways that may be overlooked, with the one declared.
    /// None where two answers are alike then.
    folded: IndexMap<String, Option<(u16, String)>>,
    /// As `folded`, with every difference overlooked: such a text is a misspelling, not
    /// what somebody wrote themselves.
    nearly: Vec<String>,
    fold: Vec<Fold>,
    missing: Missing,
    labels: Vec<String>,
    /// The answer that a tick stands for, in a column of its own.
    ticked: Option<String>,
    /// What people wrote themselves counts as this code; how many, and the first row.
    open: Option<(u16, u64, u32)>,
    first_reason: usize,
    codes: Codes,
    rows: u32,
}

impl Choice {
    /// For a question with one answer of a list. `open` says that what people wrote
    /// themselves stands in the same cells.
    pub(in crate::ingest) fn answers(question: &Question, open: bool) -> Self {
        let labels = question.answers.iter().map(|a| a.label.clone()).collect();
        let mut choice = Self::new(labels, &question.missing, &question.fold);
        for (code, answer) in question.answers.iter().enumerate() {
            choice.know(answer, code);
        }
        choice.know_reasons();
        if let Some(open) = question.open {
            choice.word(WRITTEN, number_of(open), None);
        }
        choice.open = question.open.filter(|_| open).map(|code| (number_of(code), 0, 0));
        choice
    }

    /// For one option that has a column of its own; `marks` are the platform's for picked
    /// and not picked.
    pub(in crate::ingest) fn option(
        question: &Question,
        answer: &Answer,
        marks: (&[&str], &[&str]),
    ) -> Self {
        let labels = vec!["Not picked".to_owned(), "Picked".to_owned()];
        let mut choice = Self::new(labels, &question.missing, &question.fold);
        choice.ticked = Some(answer.label.clone());
        choice.know(answer, usize::from(PICKED));
        // Some platforms leave the entities of web pages in cells.
        choice.word(&answer.value.replace('&', "&amp;"), PICKED, None);
        for mark in std::iter::once(&answer.label).chain(&question.marks.picked) {
            choice.word(mark, PICKED, None);
        }
        for mark in &question.marks.not_picked {
            choice.word(mark, NOT_PICKED, None);
        }
        choice.know_reasons();
        marks.0.iter().for_each(|mark| choice.word(mark, PICKED, None));
        marks.1.iter().for_each(|mark| choice.word(mark, NOT_PICKED, None));
        choice
    }

    /// For the column of an open answer: whatever stands there counts as picked.
    pub(in crate::ingest) fn written(
        question: &Question,
        answer: &Answer,
        marks: (&[&str], &[&str]),
    ) -> Self {
        let mut choice = Self::option(question, answer, marks);
        choice.open = Some((PICKED, 0, 0));
        choice
    }

    /// For the items at one place of a ranking.
    pub(in crate::ingest) fn items(question: &Question) -> Self {
        let labels = question.items.iter().map(|i| i.label.clone()).collect();
        let mut choice = Self::new(labels, &question.missing, &question.fold);
        let items = question.items.iter().map(as_answer).enumerate();
        items.for_each(|(code, item)| choice.know(&item, code));
        choice.know_reasons();
        choice
    }

    fn new(mut labels: Vec<String>, missing: &Missing, fold: &[Fold]) -> Self {
        let first_reason = labels.len();
        labels.extend(missing.labels());
        Self {
            dictionary: Dictionary::new(),
            meanings: Vec::new(),
            repairs: IndexMap::new(),
            folded: IndexMap::new(),
            nearly: Vec::new(),
            fold: fold.to_vec(),
            missing: missing.clone(),
            codes: Codes::for_list(labels.len()),
            first_reason,
            ticked: None,
            open: None,
            labels,
            rows: 0,
        }
    }

    fn know(&mut self, answer: &Answer, code: usize) {
        let code = number_of(code);
        self.word(&answer.value, code, None);
        for alias in &answer.aliases {
            self.word(alias, code, Some("alias"));
        }
        for spelling in std::iter::once(&answer.value).chain(&answer.aliases) {
            let alike = self.folded.entry(folded(spelling, &self.fold));
            let held = alike.or_insert_with(|| Some((code, spelling.clone())));
            if held.as_ref().is_some_and(|(other, _)| *other != code) {
                *held = None;
            }
            self.nearly.push(folded(spelling, &Fold::ALL));
        }
    }

    fn know_reasons(&mut self) {
        for (value, label) in self.missing.texts.clone() {
            self.word(&value, self.reason(&label), None);
        }
    }

    /// The code of a reason for no answer.
    fn reason(&self, label: &str) -> u16 {
        let label = format!("[{label}]");
        let found = self.labels.iter().position(|l| *l == label);
        number_of(found.unwrap_or(self.first_reason))
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

    /// The meaning of a cell that no list holds as it is, and the repair that gave it.
    #[cold]
    fn meaning(&self, cell: &[u8]) -> (Option<u16>, Option<String>) {
        let text = String::from_utf8_lossy(cell);
        if !self.fold.is_empty()
            && let Some(Some((code, known))) = self.folded.get(&folded(&text, &self.fold))
        {
            return (Some(*code), Some(rule(&needed(&text, known, &self.fold))));
        }
        let range = self.missing.ranges.iter();
        let number = number::parse(cell, b'.');
        let within =
            number.and_then(|n| range.clone().find(|(from, to, _)| (*from..=*to).contains(&n)));
        (within.map(|(_, _, label)| self.reason(label)), None)
    }

    /// Learns a cell that the dictionary does not hold; gives its meaning.
    #[cold]
    fn learn(&mut self, cell: &[u8]) -> Option<u16> {
        let (meaning, repair) = self.meaning(cell);
        if meaning.is_none()
            && let Some((code, count, first)) = &mut self.open
            && !self.nearly.contains(&folded(&String::from_utf8_lossy(cell), &Fold::ALL))
        {
            if *count == 0 {
                *first = self.rows;
            }
            *count += 1;
            return Some(*code);
        }
        if self.meanings.len() < LEARNED || repair.is_some() {
            let index = self.dictionary.add(cell);
            self.meanings.push(meaning);
            if let Some(rule) = repair {
                self.repairs.insert(index, (rule, 0, 0));
                self.count_repair(index);
            }
        }
        meaning
    }

    fn not_valid(&self) -> u16 {
        number_of(self.labels.len() - 1)
    }

    fn count_repair(&mut self, index: usize) {
        if let Some((_, count, first)) = self.repairs.get_mut(&index) {
            if *count == 0 {
                *first = self.rows;
            }
            *count += 1;
        }
    }

    fn label(&self, meaning: Option<u16>) -> String {
        match meaning {
            Some(PICKED) if self.ticked.is_some() => self.ticked.clone().unwrap_or_default(),
            Some(code) => self.labels[usize::from(code)].clone(),
            None => String::new(),
        }
    }

    fn mended(&mut self) -> Vec<Mended> {
        let used = self.repairs.iter().filter(|(_, (_, count, _))| *count > 0);
        let mut mended: Vec<Mended> = used
            .map(|(index, (rule, count, first))| Mended {
                rule: rule.clone(),
                from: String::from_utf8_lossy(&self.dictionary.words()[*index]).into_owned(),
                to: self.label(self.meanings[*index]),
                count: *count,
                first: *first,
            })
            .collect();
        for (_, count, _) in self.repairs.values_mut() {
            *count = 0;
        }
        // In a column of its own a text is what is expected, so that it is no repair.
        let open = self.open.take();
        if let Some((code, count, first)) = open.filter(|o| o.1 > 0 && self.ticked.is_none()) {
            let (rule, to) = ("open answer".to_owned(), self.label(Some(code)));
            mended.push(Mended { rule, from: String::new(), to, count, first });
        }
        self.open = open.map(|(code, _, _)| (code, 0, 0));
        mended
    }
}

/// An item of a ranking as its place's columns name it.
fn as_answer(item: &Item) -> Answer {
    Answer {
        id: item.id.clone(),
        label: item.label.clone(),
        value: item.value.clone(),
        aliases: item.aliases.clone(),
        column: None,
        substantive: true,
        pinned: false,
        exclusive: false,
        score: None,
        merge_into: None,
    }
}

fn number_of(code: usize) -> u16 {
    u16::try_from(code).unwrap_or(u16::MAX)
}

impl Coder for Choice {
    #[inline]
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let meaning = match self.dictionary.get(cell) {
            Some(index) => {
                if !self.repairs.is_empty() {
                    self.count_repair(index);
                }
                self.meanings[index]
            }
            None => self.learn(cell),
        };
        self.rows += 1;
        self.codes.push(meaning.unwrap_or_else(|| self.not_valid()));
        meaning.map(|_| ()).ok_or(Trouble::Unlisted)
    }

    fn take(&mut self) -> Finished {
        self.rows = 0;
        let (codes, labels) = (self.codes.take(), self.labels.clone());
        let columns = vec![Coded::Labels { codes, labels }];
        Finished { columns, mended: self.mended(), ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}
