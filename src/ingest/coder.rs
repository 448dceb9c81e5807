//! Coders: each takes the cells of one column of the file, one by one, and holds their
//! codes. A new kind of column is one more implementation of [`Coder`].

use indexmap::IndexMap;
use regex::Regex;

use super::dictionary::Dictionary;
use super::number;
use crate::questionnaire::{Answer, Fold, Question, Source};

/// The code of an option that was not picked.
pub const NOT_PICKED: u16 = 0;
/// The code of an option that was picked.
pub const PICKED: u16 = 1;

/// What is the matter with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// The list of answers does not have it.
    Unlisted,
    /// It is not a number.
    NotNumber,
    /// It is not a date of the declared form.
    NotDate,
    /// It does not match the declared pattern.
    NotMatching,
    /// It is empty where the design needs a value.
    Blank,
}

/// Takes the cells of one column.
pub(super) trait Coder {
    /// Codes a cell; a cell that cannot be coded is held as not valid and reported.
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble>;

    /// The finished columns, and what was mended on the way.
    fn finish(self: Box<Self>) -> Finished;
}

/// What a coder leaves.
pub(super) struct Finished {
    pub(super) columns: Vec<Coded>,
    pub(super) mended: Vec<Mended>,
}

/// One column of the frame.
pub(super) enum Coded {
    /// Codes of labels; the last ones say why there is no answer.
    Labels { codes: Codes, labels: Vec<String> },
    /// Numbers, not-a-number where there is none.
    Numbers(Vec<f64>),
    /// Codes of labels that were learned from the file.
    Units { codes: Vec<u32>, labels: Vec<String> },
}

/// Codes in as few bytes as their list needs.
pub(super) enum Codes {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

impl Codes {
    fn for_list(length: usize) -> Self {
        if length < 256 { Self::Narrow(Vec::new()) } else { Self::Wide(Vec::new()) }
    }

    #[inline]
    fn push(&mut self, code: u16) {
        match self {
            // A narrow list has fewer than 256 labels, so the code fits.
            Self::Narrow(codes) => codes.push(code as u8),
            Self::Wide(codes) => codes.push(code),
        }
    }
}

/// A cell text that was taken for something else, as the schema allows.
pub(super) struct Mended {
    pub(super) rule: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) count: u64,
    pub(super) first: u32,
}

/// The labels that follow a list of answers: why there is none.
fn reasons(source: &Source) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for (_, label) in &source.missing {
        let label = format!("[{label}]");
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.push("[Not asked]".to_owned());
    labels.push("[Not valid]".to_owned());
    labels
}

/// Takes cells for one of a list of labels.
pub(super) struct Choice {
    dictionary: Dictionary,
    /// For each word of the dictionary: its code, or none if the list does not have it.
    meanings: Vec<Option<u16>>,
    /// For each word that is a repair: rule, count, first row.
    repairs: IndexMap<usize, (String, u64, u32)>,
    /// Spellings that differ only in ways that may be overlooked.
    folded: IndexMap<String, u16>,
    fold: Vec<Fold>,
    labels: Vec<String>,
    reasons: usize,
    codes: Codes,
    rows: u32,
}

impl Choice {
    /// For a question with one answer of a list.
    pub(super) fn answers(question: &Question, source: &Source) -> Self {
        let labels = question.answers.iter().map(|a| a.label.clone()).collect();
        let mut choice = Self::new(labels, source, &question.fold);
        for (code, answer) in question.answers.iter().enumerate() {
            choice.know(answer, code);
        }
        choice.know_reasons(source);
        choice
    }

    /// For one option that has a column of its own.
    pub(super) fn option(question: &Question, answer: &Answer, source: &Source) -> Self {
        let labels = vec!["Not picked".to_owned(), "Picked".to_owned()];
        let mut choice = Self::new(labels, source, &question.fold);
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

/// Takes cells that hold any of a list of labels, joined by a delimiter.
pub(super) struct Joined {
    dictionary: Dictionary,
    /// For each word: the codes of all options, or none if something is left over.
    meanings: Vec<Option<Vec<u8>>>,
    options: Vec<(String, usize)>,
    delimiter: String,
    labels: Vec<String>,
    columns: Vec<Vec<u8>>,
}

impl Joined {
    /// For a multiple response in one cell.
    pub(super) fn new(question: &Question, delimiter: &str, source: &Source) -> Self {
        let mut labels = vec!["Not picked".to_owned(), "Picked".to_owned()];
        labels.extend(reasons(source));
        let mut options: Vec<(String, usize)> = question
            .answers
            .iter()
            .enumerate()
            .flat_map(|(i, a)| {
                std::iter::once(&a.value).chain(&a.aliases).map(move |v| (v.clone(), i))
            })
            .collect();
        // The longest option first, so that an option may hold the delimiter.
        options.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.1.cmp(&b.1)));
        let mut joined = Self {
            dictionary: Dictionary::new(),
            meanings: Vec::new(),
            columns: vec![Vec::new(); question.answers.len()],
            options,
            delimiter: delimiter.to_owned(),
            labels,
        };
        for (value, label) in &source.missing {
            let label = format!("[{label}]");
            let code = joined.labels.iter().position(|l| *l == label).unwrap_or(2);
            let codes = vec![u8::try_from(code).unwrap_or(u8::MAX); joined.columns.len()];
            joined.dictionary.add(value.as_bytes());
            joined.meanings.push(Some(codes));
        }
        joined
    }

    /// Splits a cell by the longest known option; none if something is left over.
    fn split(&self, cell: &str) -> Option<Vec<u8>> {
        let mut picked = vec![0_u8; self.columns.len()];
        let mut rest = cell.trim();
        while !rest.is_empty() {
            let (option, index) = self.options.iter().find(|(option, _)| {
                rest.strip_prefix(option.as_str()).is_some_and(|after| self.ends(after))
            })?;
            picked[*index] = 1;
            rest = rest[option.len()..].trim_start();
            rest = rest.strip_prefix(self.delimiter.trim()).unwrap_or(rest).trim_start();
        }
        Some(picked)
    }

    /// Whether an option may end here.
    fn ends(&self, after: &str) -> bool {
        let after = after.trim_start();
        after.is_empty() || after.starts_with(self.delimiter.trim())
    }
}

impl Coder for Joined {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let index = self.dictionary.get(cell).unwrap_or_else(|| {
            let meaning = self.split(&String::from_utf8_lossy(cell));
            self.meanings.push(meaning);
            self.dictionary.add(cell)
        });
        let not_valid = u8::try_from(self.labels.len() - 1).unwrap_or(u8::MAX);
        match &self.meanings[index] {
            Some(codes) => {
                self.columns.iter_mut().zip(codes).for_each(|(column, code)| column.push(*code));
                Ok(())
            }
            None => {
                self.columns.iter_mut().for_each(|column| column.push(not_valid));
                Err(Trouble::Unlisted)
            }
        }
    }

    fn finish(self: Box<Self>) -> Finished {
        let labels = self.labels;
        let columns = self.columns.into_iter().map(|codes| Coded::Labels {
            codes: Codes::Narrow(codes),
            labels: labels.clone(),
        });
        Finished { columns: columns.collect(), mended: Vec::new() }
    }
}

/// Takes numbers.
pub(super) struct Numbers {
    missing: Vec<String>,
    needed: bool,
    values: Vec<f64>,
}

impl Numbers {
    /// For a question: an empty cell is no answer.
    pub(super) fn answers(source: &Source) -> Self {
        let missing = source.missing.iter().map(|(value, _)| value.clone()).collect();
        Self { missing, needed: false, values: Vec::new() }
    }

    /// For the design: every cell must hold a number.
    pub(super) fn design() -> Self {
        Self { missing: vec![String::new()], needed: true, values: Vec::new() }
    }
}

impl Coder for Numbers {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        if let Some(value) = number::parse(cell) {
            self.values.push(value);
            return Ok(());
        }
        self.values.push(f64::NAN);
        match self.missing.iter().any(|m| m.as_bytes() == cell) {
            true if self.needed => Err(Trouble::Blank),
            true => Ok(()),
            false => Err(Trouble::NotNumber),
        }
    }

    fn finish(self: Box<Self>) -> Finished {
        Finished { columns: vec![Coded::Numbers(self.values)], mended: Vec::new() }
    }
}

/// Takes dates, held as days since 1970-01-01.
pub(super) struct Dates {
    missing: Vec<String>,
    form: Option<String>,
    dictionary: Dictionary,
    meanings: Vec<Option<f64>>,
    values: Vec<f64>,
}

impl Dates {
    pub(super) fn new(source: &Source) -> Self {
        Self {
            missing: source.missing.iter().map(|(value, _)| value.clone()).collect(),
            form: source.dates.clone(),
            dictionary: Dictionary::new(),
            meanings: Vec::new(),
            values: Vec::new(),
        }
    }

    fn meaning(&self, cell: &[u8]) -> Option<f64> {
        if self.missing.iter().any(|m| m.as_bytes() == cell) {
            return Some(f64::NAN);
        }
        number::days(std::str::from_utf8(cell).ok()?, self.form.as_deref())
    }
}

impl Coder for Dates {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let index = self.dictionary.get(cell).unwrap_or_else(|| {
            let meaning = self.meaning(cell);
            self.meanings.push(meaning);
            self.dictionary.add(cell)
        });
        self.values.push(self.meanings[index].unwrap_or(f64::NAN));
        self.meanings[index].map(|_| ()).ok_or(Trouble::NotDate)
    }

    fn finish(self: Box<Self>) -> Finished {
        Finished { columns: vec![Coded::Numbers(self.values)], mended: Vec::new() }
    }
}

/// Takes words: only whether there are any is kept.
pub(super) struct Words {
    missing: Vec<(String, u8)>,
    pattern: Option<Regex>,
    labels: Vec<String>,
    codes: Vec<u8>,
}

impl Words {
    pub(super) fn new(question: &Question, source: &Source) -> Self {
        let mut labels = vec!["Given".to_owned()];
        labels.extend(reasons(source));
        let code = |label: &str| {
            let label = format!("[{label}]");
            let found = labels.iter().position(|l| *l == label).unwrap_or(1);
            u8::try_from(found).unwrap_or(1)
        };
        let missing = source.missing.iter().map(|(v, l)| (v.clone(), code(l))).collect();
        let pattern = question.limits.pattern.clone();
        Self { missing, pattern, labels, codes: Vec::new() }
    }
}

impl Coder for Words {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        if let Some((_, code)) = self.missing.iter().find(|(m, _)| m.as_bytes() == cell) {
            self.codes.push(*code);
            return Ok(());
        }
        if let Some(pattern) = &self.pattern
            && !pattern.is_match(&String::from_utf8_lossy(cell))
        {
            self.codes.push(u8::try_from(self.labels.len() - 1).unwrap_or(u8::MAX));
            return Err(Trouble::NotMatching);
        }
        self.codes.push(0);
        Ok(())
    }

    fn finish(self: Box<Self>) -> Finished {
        let (codes, labels) = (Codes::Narrow(self.codes), self.labels);
        let columns = vec![Coded::Labels { codes, labels }];
        Finished { columns, mended: Vec::new() }
    }
}

/// Takes labels that no list declares: strata and sampling units.
pub(super) struct Units {
    dictionary: Dictionary,
    codes: Vec<u32>,
}

impl Units {
    pub(super) fn new() -> Self {
        Self { dictionary: Dictionary::new(), codes: Vec::new() }
    }
}

impl Coder for Units {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let code = self.dictionary.get(cell).unwrap_or_else(|| self.dictionary.add(cell));
        self.codes.push(u32::try_from(code).unwrap_or(u32::MAX));
        if cell.is_empty() { Err(Trouble::Blank) } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Finished {
        let words = self.dictionary.words().iter();
        let labels = words.map(|w| String::from_utf8_lossy(w).into_owned()).collect();
        Finished { columns: vec![Coded::Units { codes: self.codes, labels }], mended: Vec::new() }
    }
}
