//! Cells that hold no answer of a list: numbers, dates, times, and labels of the design.

use super::{Coded, Coder, Finished, Trouble};
use crate::ingest::dictionary::Dictionary;
use crate::ingest::keys::{Mark, Marker};
use crate::ingest::number;
use crate::questionnaire::{Missing, Source};

/// How many different cells are remembered.
const LEARNED: usize = 1 << 16;

/// Takes numbers.
#[derive(Clone)]
pub(in crate::ingest) struct Numbers {
    missing: Missing,
    decimal: u8,
    needed: bool,
    /// Whether numbers must be above zero.
    positive: bool,
    values: Vec<f64>,
}

impl Numbers {
    /// For a question: a missing code is no answer.
    pub(in crate::ingest) fn answers(missing: &Missing, decimal: u8) -> Self {
        let missing = missing.clone();
        Self { missing, decimal, needed: false, positive: false, values: Vec::new() }
    }

    /// For the design: every cell must hold a number, and a weight one above zero.
    pub(in crate::ingest) fn design(weight: bool, decimal: u8) -> Self {
        let missing = Missing { texts: vec![Default::default()], ranges: Vec::new() };
        Self { missing, decimal, needed: true, positive: weight, values: Vec::new() }
    }

    fn is_missing(&self, cell: &[u8], number: Option<f64>) -> bool {
        // A code is a number as well: `-1` and `-1.0` are the same.
        let same = |text: &str| {
            let code = number::parse(text.as_bytes(), self.decimal);
            text.as_bytes() == cell
                || code.zip(number).is_some_and(|(a, b)| a.total_cmp(&b).is_eq())
        };
        let listed = self.missing.texts.iter().any(|(text, _)| same(text));
        let within =
            |n: f64| self.missing.ranges.iter().any(|(a, b, _)| (*a..=*b).contains(&n));
        listed || number.is_some_and(within)
    }
}

impl Coder for Numbers {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let number = number::parse(cell, self.decimal);
        if self.is_missing(cell, number) {
            self.values.push(f64::NAN);
            return if self.needed { Err(Trouble::Blank) } else { Ok(()) };
        }
        self.values.push(number.unwrap_or(f64::NAN));
        match number {
            None => Err(Trouble::NotNumber),
            Some(value) if self.positive && value <= 0.0 => Err(Trouble::NotPositive),
            Some(_) => Ok(()),
        }
    }

    fn take(&mut self) -> Finished {
        let columns = vec![Coded::Numbers(std::mem::take(&mut self.values))];
        Finished { columns, ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}

/// Takes dates, held as days since 1970-01-01, or times, held as seconds.
#[derive(Clone)]
pub(in crate::ingest) struct Dates {
    missing: Missing,
    form: Option<String>,
    read: fn(&str, Option<&str>) -> Option<f64>,
    dictionary: Dictionary,
    meanings: Vec<Option<f64>>,
    values: Vec<f64>,
}

impl Dates {
    /// For a question; `form` is the platform's usual one.
    pub(in crate::ingest) fn days(missing: &Missing, form: Option<String>) -> Self {
        Self::new(missing, form, number::days)
    }

    /// For the time at which somebody began or ended.
    pub(in crate::ingest) fn seconds(source: &Source, form: Option<String>) -> Self {
        Self::new(&source.missing, form, number::seconds)
    }

    fn new(
        missing: &Missing,
        form: Option<String>,
        read: fn(&str, Option<&str>) -> Option<f64>,
    ) -> Self {
        Self {
            missing: missing.clone(),
            form,
            read,
            dictionary: Dictionary::new(),
            meanings: Vec::new(),
            values: Vec::new(),
        }
    }

    /// What a cell means; the first cells that differ are remembered.
    fn learn(&mut self, cell: &[u8]) -> Option<f64> {
        if let Some(index) = self.dictionary.get(cell) {
            return self.meanings[index];
        }
        let meaning = self.meaning(cell);
        if self.meanings.len() < LEARNED {
            self.dictionary.add(cell);
            self.meanings.push(meaning);
        }
        meaning
    }

    fn meaning(&self, cell: &[u8]) -> Option<f64> {
        let cell = std::str::from_utf8(cell).ok()?;
        if self.missing.reason(cell, None).is_some() {
            return Some(f64::NAN);
        }
        (self.read)(cell, self.form.as_deref())
    }
}

impl Coder for Dates {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let meaning = self.learn(cell);
        self.values.push(meaning.unwrap_or(f64::NAN));
        meaning.map(|_| ()).ok_or(Trouble::NotDate)
    }

    fn take(&mut self) -> Finished {
        let columns = vec![Coded::Numbers(std::mem::take(&mut self.values))];
        Finished { columns, ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}

/// Takes lengths of time in seconds, or as `h:mm:ss`; what is neither is unknown.
#[derive(Clone)]
pub(in crate::ingest) struct Seconds {
    decimal: u8,
    values: Vec<f64>,
}

impl Seconds {
    pub(in crate::ingest) fn new(decimal: u8) -> Self {
        Self { decimal, values: Vec::new() }
    }
}

impl Coder for Seconds {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let seconds = number::parse(cell, self.decimal).or_else(|| number::clock(cell));
        self.values.push(seconds.unwrap_or(f64::NAN));
        Ok(())
    }

    fn take(&mut self) -> Finished {
        let columns = vec![Coded::Numbers(std::mem::take(&mut self.values))];
        Finished { columns, ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}

/// Takes labels that no list declares: strata, sampling units, marks of the platform.
#[derive(Clone)]
pub(in crate::ingest) struct Units {
    dictionary: Dictionary,
    codes: Vec<u32>,
    needed: bool,
    /// What takes the place of labels that are persons.
    marker: Option<Marker>,
}

impl Units {
    /// For the design, which needs every cell, or for a mark that may be absent.
    pub(in crate::ingest) fn new(needed: bool) -> Self {
        let (dictionary, codes) = (Dictionary::new(), Vec::new());
        Self { dictionary, codes, needed, marker: None }
    }

    /// For the design, where its units are persons: their numbers are hashed.
    pub(in crate::ingest) fn of_persons(marker: Marker) -> Self {
        Self { marker: Some(marker), ..Self::new(true) }
    }
}

impl Coder for Units {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let code = self.dictionary.get(cell).unwrap_or_else(|| self.dictionary.add(cell));
        self.codes.push(u32::try_from(code).unwrap_or(u32::MAX));
        if cell.is_empty() && self.needed { Err(Trouble::Blank) } else { Ok(()) }
    }

    fn take(&mut self) -> Finished {
        let labels = std::mem::replace(&mut self.dictionary, Dictionary::new()).into_words();
        let labels = match &self.marker {
            Some(marker) => labels.iter().map(|label| hidden(marker, label)).collect(),
            None => labels,
        };
        let codes = std::mem::take(&mut self.codes);
        Finished { columns: vec![Coded::Units { codes, labels }], ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}

/// The mark of a label, as a label.
fn hidden(marker: &Marker, label: &[u8]) -> Box<[u8]> {
    let mark = marker.mark(label).map(Mark::label).unwrap_or_default();
    mark.into_bytes().into_boxed_slice()
}
