//! Cells that hold several answers at once.

use indexmap::IndexMap;

use super::spelling::{folded, needed, rule};
use super::{Coded, Coder, Codes, Finished, Mended, Trouble};
use crate::ingest::dictionary::Dictionary;
use crate::questionnaire::{Fold, Question};

/// How many different cells are remembered.
const LEARNED: usize = 1 << 16;

/// Takes cells that hold any of a list of labels, joined by a delimiter.
#[derive(Clone)]
pub(in crate::ingest) struct Joined {
    dictionary: Dictionary,
    meanings: Vec<Meaning>,
    options: Vec<Option_>,
    delimiter: String,
    fold: Vec<Fold>,
    /// The answer that stands for what people wrote themselves.
    open: Option<usize>,
    labels: Vec<String>,
    answers: Vec<String>,
    columns: Vec<Vec<u8>>,
    repairs: IndexMap<(String, String, usize), (u64, u32)>,
    rows: u32,
}

/// A spelling of an answer.
#[derive(Clone)]
struct Option_ {
    text: String,
    answer: usize,
    alias: bool,
}

/// What a cell means: the code of every option, or none if something is left over; and
/// what was mended to read it: rule, text, answer.
#[derive(Clone, Default)]
struct Meaning {
    codes: Option<Vec<u8>>,
    mended: Vec<(String, String, usize)>,
}

impl Joined {
    /// For a multiple response in one cell. `open` says that what people wrote themselves
    /// stands in the same cells.
    pub(in crate::ingest) fn new(question: &Question, delimiter: &str, open: bool) -> Self {
        let mut labels = vec!["Not picked".to_owned(), "Picked".to_owned()];
        labels.extend(question.missing.labels());
        let mut options: Vec<Option_> = Vec::new();
        for (answer, known) in question.answers.iter().enumerate() {
            let option = |text: &String, alias| Option_ { text: text.clone(), answer, alias };
            options.push(option(&known.value, false));
            options.extend(known.aliases.iter().map(|text| option(text, true)));
        }
        // The longest option first, so that an option may hold the delimiter.
        options.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then(a.answer.cmp(&b.answer)));
        let mut joined = Self {
            dictionary: Dictionary::new(),
            meanings: Vec::new(),
            columns: vec![Vec::new(); question.answers.len()],
            answers: question.answers.iter().map(|a| a.label.clone()).collect(),
            options,
            delimiter: delimiter.trim().to_owned(),
            fold: question.fold.clone(),
            open: question.open.filter(|_| open),
            labels,
            repairs: IndexMap::new(),
            rows: 0,
        };
        for (value, label) in &question.missing.texts {
            let label = format!("[{label}]");
            let code = joined.labels.iter().position(|l| *l == label).unwrap_or(2);
            let codes = vec![u8::try_from(code).unwrap_or(u8::MAX); joined.columns.len()];
            joined.dictionary.add(value.as_bytes());
            joined.meanings.push(Meaning { codes: Some(codes), mended: Vec::new() });
        }
        joined
    }

    /// What a cell means; the first cells that differ are remembered.
    fn learn(&mut self, cell: &[u8]) -> Meaning {
        if let Some(index) = self.dictionary.get(cell) {
            return self.meanings[index].clone();
        }
        let meaning = self.split(&String::from_utf8_lossy(cell));
        if self.meanings.len() < LEARNED {
            self.dictionary.add(cell);
            self.meanings.push(meaning.clone());
        }
        meaning
    }

    /// Splits a cell by the longest known option.
    fn split(&self, cell: &str) -> Meaning {
        let mut meaning = Meaning::default();
        let mut picked = vec![0_u8; self.columns.len()];
        let mut rest = cell.trim();
        while !rest.is_empty() {
            let (taken, length) = self.next(rest, &mut meaning.mended);
            let Some(answer) = taken else { return Meaning::default() };
            picked[answer] = 1;
            rest = rest[length..].trim_start();
            rest = rest.strip_prefix(&self.delimiter).unwrap_or(rest).trim_start();
        }
        meaning.codes = Some(picked);
        meaning
    }

    /// The answer with which a text begins, and how many bytes it takes.
    fn next(
        &self,
        rest: &str,
        mended: &mut Vec<(String, String, usize)>,
    ) -> (Option<usize>, usize) {
        let starts = |option: &&Option_| {
            let after = rest.strip_prefix(option.text.as_str());
            !option.text.is_empty() && after.is_some_and(|after| self.ends(after))
        };
        if let Some(option) = self.options.iter().find(starts) {
            if option.alias {
                mended.push(("alias".to_owned(), option.text.clone(), option.answer));
            }
            return (Some(option.answer), option.text.len());
        }
        if let Some((text, length)) =
            quoted(rest).filter(|(_, length)| self.ends(&rest[*length..]))
        {
            return (self.known(&text, mended), length);
        }
        let length = rest.find(&self.delimiter).unwrap_or(rest.len());
        let text = &rest[..length];
        let nearly = folded(text, &Fold::ALL);
        let misspelt = self.options.iter().any(|o| folded(&o.text, &Fold::ALL) == nearly);
        match (self.known(text, mended), self.open) {
            (Some(answer), _) => (Some(answer), length),
            (None, Some(open)) if !misspelt => {
                // What somebody wrote may hold the delimiter: it goes on to the next
                // known option, or to the end.
                let length = self.written(rest);
                mended.push(("open answer".to_owned(), String::new(), open));
                (Some(open), length)
            }
            _ => (None, length),
        }
    }

    /// The answer that a whole text is, perhaps by a declared repair.
    fn known(&self, text: &str, mended: &mut Vec<(String, String, usize)>) -> Option<usize> {
        let same = self.options.iter().find(|o| o.text == text);
        let alike = || {
            let wanted = folded(text, &self.fold);
            let mut options = self.options.iter().filter(|_| !self.fold.is_empty());
            options.find(|o| folded(&o.text, &self.fold) == wanted)
        };
        let option = same.or_else(alike)?;
        if option.text != text {
            let rule = rule(&needed(text, &option.text, &self.fold));
            mended.push((rule, text.to_owned(), option.answer));
        } else if option.alias {
            mended.push(("alias".to_owned(), text.to_owned(), option.answer));
        }
        Some(option.answer)
    }

    /// How far a text goes that somebody wrote: up to a delimiter before a known option.
    fn written(&self, rest: &str) -> usize {
        let known = |after: &str| {
            let after = after.trim_start();
            self.options
                .iter()
                .any(|o| after.strip_prefix(o.text.as_str()).is_some_and(|end| self.ends(end)))
        };
        rest.match_indices(&self.delimiter)
            .find(|(at, found)| known(&rest[at + found.len()..]))
            .map_or(rest.len(), |(at, _)| at)
    }

    /// Whether an option may end here.
    fn ends(&self, after: &str) -> bool {
        let after = after.trim_start();
        after.is_empty() || after.starts_with(&self.delimiter)
    }
}

/// The text of an item in quotation marks, with doubled marks undone, and its length with
/// the marks.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let inner = rest.strip_prefix('"')?;
    let mut text = String::new();
    let mut parts = inner.char_indices().peekable();
    while let Some((at, c)) = parts.next() {
        match c {
            '"' if parts.next_if(|(_, c)| *c == '"').is_some() => text.push('"'),
            '"' => return Some((text, at + 2)),
            other => text.push(other),
        }
    }
    None
}

impl Coder for Joined {
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble> {
        let learned = self.learn(cell);
        let not_valid = u8::try_from(self.labels.len() - 1).unwrap_or(u8::MAX);
        let codes = learned.codes.as_ref();
        for (place, column) in self.columns.iter_mut().enumerate() {
            column.push(codes.map_or(not_valid, |codes| codes[place]));
        }
        for mended in learned.mended {
            self.repairs.entry(mended).or_insert((0, self.rows)).0 += 1;
        }
        self.rows += 1;
        codes.map(|_| ()).ok_or(Trouble::Unlisted)
    }

    fn take(&mut self) -> Finished {
        self.rows = 0;
        let labels = &self.labels;
        let columns = self.columns.iter_mut().map(|codes| Coded::Labels {
            codes: Codes::Narrow(std::mem::take(codes)),
            labels: labels.clone(),
        });
        let columns = columns.collect();
        let repairs = self.repairs.drain(..).map(|((rule, from, answer), (count, first))| {
            Mended { rule, from, to: self.answers[answer].clone(), count, first }
        });
        Finished { columns, mended: repairs.collect(), ..Finished::default() }
    }

    fn twin(&self) -> Box<dyn Coder> {
        Box::new(self.clone())
    }
}
