//! Cells that hold words: only whether there are any is kept, but for questions that the
//! poll file wants to quote.

use regex::Regex;

use super::{Coded, Coder, Codes, Finished, Trouble};
use crate::ingest::personal::{self, Personal, Redacted};
use crate::questionnaire::Question;
use crate::words;

/// The most bytes of a cell that are kept for quotes: a longer one is no quote, and the
/// patterns would take long over it.
const LONGEST: usize = 10_000;

/// Takes words, and counts what in them looks like data about a person.
#[derive(Clone)]
pub(in crate::ingest) struct Words {
    missing: Vec<(String, u8)>,
    pattern: Option<Regex>,
    labels: Vec<String>,
    codes: Vec<u8>,
    /// Whether cells are looked through; those of a personal column need not be.
    watched: bool,
    seen: Vec<(Personal, u64, u32)>,
    /// The language of the words for what is taken out; none where no text is kept.
    quoted: Option<&'static words::Words>,
    texts: Vec<(u32, Redacted)>,
}

impl Words {
    pub(in crate::ingest) fn new(question: &Question, personal: bool) -> Self {
        let mut labels = vec!["Given".to_owned()];
        labels.extend(question.missing.labels());
        let code = |label: &str| {
            let label = format!("[{label}]");
            let found = labels.iter().position(|l| *l == label).unwrap_or(1);
            u8::try_from(found).unwrap_or(1)
        };
        let texts = question.missing.texts.iter();
        let missing = texts.map(|(v, l)| (v.clone(), code(l))).collect();
        let pattern = question.limits.pattern.clone();
        let watched = !personal && pattern.is_none();
        let (codes, seen, texts) = (Vec::new(), Vec::new(), Vec::new());
        Self { missing, pattern, labels, codes, watched, seen, quoted: None, texts }
    }

    /// The same, which keeps what is written for quotes, redacted.
    pub(in crate::ingest) fn quoted(self, words: &'static words::Words) -> Self {
        Self { quoted: Some(words), ..self }
    }

    fn not_valid(&self) -> u8 {
        u8::try_from(self.labels.len() - 1).unwrap_or(u8::MAX)
    }

    fn row(&self) -> u32 {
        u32::try_from(self.codes.len()).unwrap_or(u32::MAX)
    }

    fn keep(&mut self, cell: &[u8]) {
        let Some(words) = self.quoted.filter(|_| cell.len() <= LONGEST) else { return };
        let redacted = personal::redact(&String::from_utf8_lossy(cell), words);
        if !redacted.text.is_empty() {
            self.texts.push((self.row(), redacted));
        }
    }

    #[cold]
    fn look(&mut self, cell: &[u8]) {
        let Some(kind) = personal::cell(&String::from_utf8_lossy(cell)) else { return };
        let row = self.row();
        match self.seen.iter_mut().find(|(held, ..)| *held == kind) {
            Some((_, count, _)) => *count += 1,
            None => self.seen.push((kind, 1, row)),
        }
    }
}

impl Coder for Words {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        if let Some((_, code)) = self.missing.iter().find(|(m, _)| m.as_bytes() == cell) {
            self.codes.push(*code);
            return Ok(());
        }
        if self.watched && personal::suspicious(cell) {
            self.look(cell);
        }
        let matches = self
            .pattern
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(&String::from_utf8_lossy(cell)));
        if matches {
            self.keep(cell);
        }
        self.codes.push(if matches { 0 } else { self.not_valid() });
        if matches { Ok(()) } else { Err(Trouble::NotMatching) }
    }

    fn take(&mut self) -> Finished {
        let codes = Codes::Narrow(std::mem::take(&mut self.codes));
        let columns = vec![Coded::Labels { codes, labels: self.labels.clone() }];
        let seen = std::mem::take(&mut self.seen);
        let texts = self.quoted.map(|_| std::mem::take(&mut self.texts));
        Finished { columns, seen, texts, ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}
