//! Cells of a column of which the numbers alone are needed.

use super::cells::{Meaning, Rules};
use crate::ingest::coder::{Coded, Coder, Finished, Mended, Trouble};

/// Takes numbers; of what is none, the first of a block is reported.
#[derive(Clone)]
pub(super) struct Measures {
    rules: Rules,
    values: Vec<f64>,
    /// Words that were taken for missing: how many, and the first row.
    words: Vec<(&'static str, u64, u32)>,
    odd: bool,
}

impl Measures {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, values: Vec::new(), words: Vec::new(), odd: false }
    }

    #[cold]
    fn word(&mut self, word: &'static str) {
        if let Some((_, count, _)) = self.words.iter_mut().find(|(held, ..)| *held == word) {
            *count += 1;
            return;
        }
        let row = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.words.push((word, 1, row));
    }
}

impl Coder for Measures {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let meaning = self.rules.meaning(cell);
        if let Meaning::Word(word) = meaning {
            self.word(word);
        }
        let number = if let Meaning::Number(number) = meaning { number } else { f64::NAN };
        self.values.push(number);
        if meaning == Meaning::Text && !std::mem::replace(&mut self.odd, true) {
            return Err(Trouble::NotNumber);
        }
        Ok(())
    }

    fn take(&mut self) -> Finished {
        self.odd = false;
        let mended = |(word, count, first): (&str, u64, u32)| Mended {
            rule: String::new(),
            from: word.to_owned(),
            to: String::new(),
            count,
            first,
        };
        Finished {
            columns: vec![Coded::Numbers(std::mem::take(&mut self.values))],
            mended: std::mem::take(&mut self.words).into_iter().map(mended).collect(),
            ..Finished::default()
        }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}
