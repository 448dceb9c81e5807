//! Cells that hold no answer of a list: numbers, dates, words, and labels of the design.

use regex::Regex;

use super::{Coded, Coder, Codes, Finished, Trouble, reasons};
use crate::ingest::dictionary::Dictionary;
use crate::ingest::number;
use crate::questionnaire::{Question, Source};

/// Takes numbers.
pub(in crate::ingest) struct Numbers {
    missing: Vec<String>,
    needed: bool,
    /// Whether numbers must be above zero.
    positive: bool,
    values: Vec<f64>,
}

impl Numbers {
    /// For a question: an empty cell is no answer.
    pub(in crate::ingest) fn answers(source: &Source) -> Self {
        let missing = source.missing.iter().map(|(value, _)| value.clone()).collect();
        Self { missing, needed: false, positive: false, values: Vec::new() }
    }

    /// For the design: every cell must hold a number, and a weight one above zero.
    pub(in crate::ingest) fn design(weight: bool) -> Self {
        let missing = vec![String::new()];
        Self { missing, needed: true, positive: weight, values: Vec::new() }
    }
}

impl Coder for Numbers {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        if let Some(value) = number::parse(cell) {
            self.values.push(value);
            let wrong = self.positive && value <= 0.0;
            return if wrong { Err(Trouble::NotPositive) } else { Ok(()) };
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
pub(in crate::ingest) struct Dates {
    missing: Vec<String>,
    form: Option<String>,
    dictionary: Dictionary,
    meanings: Vec<Option<f64>>,
    values: Vec<f64>,
}

impl Dates {
    pub(in crate::ingest) fn new(source: &Source) -> Self {
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
pub(in crate::ingest) struct Words {
    missing: Vec<(String, u8)>,
    pattern: Option<Regex>,
    labels: Vec<String>,
    codes: Vec<u8>,
}

impl Words {
    pub(in crate::ingest) fn new(question: &Question, source: &Source) -> Self {
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
pub(in crate::ingest) struct Units {
    dictionary: Dictionary,
    codes: Vec<u32>,
}

impl Units {
    pub(in crate::ingest) fn new() -> Self {
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
        Finished {
            columns: vec![Coded::Units { codes: self.codes, labels }],
            mended: Vec::new(),
        }
    }
}
