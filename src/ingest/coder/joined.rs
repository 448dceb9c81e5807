//! Cells that hold several answers at once.

use super::{Coded, Coder, Codes, Finished, Trouble, reasons};
use crate::ingest::dictionary::Dictionary;
use crate::questionnaire::{Question, Source};

/// Takes cells that hold any of a list of labels, joined by a delimiter.
pub(in crate::ingest) struct Joined {
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
    pub(in crate::ingest) fn new(
        question: &Question,
        delimiter: &str,
        source: &Source,
    ) -> Self {
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
        let codes = self.meanings[index].as_ref();
        for (place, column) in self.columns.iter_mut().enumerate() {
            column.push(codes.map_or(not_valid, |codes| codes[place]));
        }
        codes.map(|_| ()).ok_or(Trouble::Unlisted)
    }

    fn finish(self: Box<Self>) -> Finished {
        let labels = self.labels;
        let columns = self
            .columns
            .into_iter()
            .map(|codes| Coded::Labels { codes: Codes::Narrow(codes), labels: labels.clone() });
        Finished { columns: columns.collect(), mended: Vec::new() }
    }
}
