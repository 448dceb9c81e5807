//! A column as it stands in the file: labels with codes, and numbers where all are.

use super::Plain;
use super::cells::{Meaning, Rules, remedy};
use super::needed::Sought;
use crate::diagnostic::Finding;
use crate::ingest::coder::{Coded, Mended};
use crate::ingest::gather::Slot;
use crate::ingest::{Unread, codes, personal};

/// A column of a file.
#[derive(Clone, Debug)]
pub struct PlainColumn {
    /// Its header in the file.
    pub header: String,
    /// Its number in the file, from 1.
    pub field: u64,
    /// The label of each record, `labels.len()` where it has none; empty if only the
    /// numbers were asked for.
    pub codes: Vec<u32>,
    /// The different cells as they are written: by size if all are numbers, else by text.
    pub labels: Vec<String>,
    /// The number of each record, not a number where it has none; none if a cell is text.
    pub numbers: Option<Vec<f64>>,
    /// The first cell that is no number.
    pub odd: Option<Odd>,
    /// Words such as `NA` that stand in the column.
    pub(super) words: Vec<Word>,
}

/// A cell that is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// The record, from 0.
    pub record: usize,
    /// The character in its line, from 1, if it was found.
    pub character: Option<u64>,
    /// What stands there, unless it looks like data about a person.
    pub text: Option<String>,
}

/// A word that often means that a number is missing.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) count: u64,
    /// The first record.
    pub(super) first: usize,
}

impl PlainColumn {
    /// Whether a record has nothing here.
    #[must_use]
    pub fn is_missing(&self, record: usize) -> bool {
        match (self.codes.get(record), &self.numbers) {
            (Some(code), _) => *code as usize >= self.labels.len(),
            (None, Some(numbers)) => numbers.get(record).is_none_or(|number| number.is_nan()),
            (None, None) => true,
        }
    }
}

impl Plain {
    /// What is said of a column whose numbers are needed, if it holds anything else. `why`
    /// says what for, `help` what to do with text.
    #[must_use]
    pub fn no_number(&self, column: &PlainColumn, why: &str, help: &str) -> Option<Finding> {
        let odd = column.odd.as_ref().filter(|_| column.numbers.is_none())?;
        let headline = format!("`{}` is not a column of numbers", column.header);
        let mut place = self.place(odd.record, column);
        place.character = odd.character;
        let help =
            odd.text.as_ref().and_then(|text| remedy(text, self.decimal)).unwrap_or(help);
        let finding = Finding::new(&codes::NO_NUMBER, headline).at(place).help(help);
        let because = format!("{why}, and this cell is the first that holds none");
        let finding = finding.because(because);
        Some(match &odd.text {
            Some(text) => finding.value(text.clone()),
            None => finding,
        })
    }
}

/// Makes a column of what became of its cells; `unread` is its first cell that is no
/// number, if its numbers alone were read.
pub(super) fn settle(
    sought: Sought,
    finished: Slot,
    unread: Option<&Unread>,
    rules: &Rules,
) -> PlainColumn {
    let mut column = PlainColumn::new(sought.header, sought.field);
    match finished.columns.into_iter().next() {
        Some(Coded::Numbers(numbers)) => {
            column.number(numbers, finished.mended, unread);
        }
        Some(Coded::Units { codes, labels }) => column.label(codes, labels, rules),
        _ => {}
    }
    if let Some(odd) = column.odd.as_mut().filter(|_| sought.personal) {
        odd.text = None;
    }
    column
}

fn odd(unread: &Unread) -> Option<Odd> {
    let record = *unread.rows.first()? as usize;
    let text = unread.value.clone().filter(|text| !text.is_empty());
    Some(Odd { record, character: None, text })
}

impl Word {
    fn of(Mended { from, count, first, .. }: Mended) -> Self {
        Self { text: from, count, first: first as usize }
    }

    /// It counts as missing.
    pub(super) fn missing(&self, column: &PlainColumn) -> Finding {
        let Self { text, count, .. } = self;
        let (cells, verb) = if *count == 1 { ("cell", "counts") } else { ("cells", "count") };
        let header = &column.header;
        let headline = format!("{count} {cells} of `{header}` with `{text}` {verb} as missing");
        let because = "all other cells of the column are numbers or empty";
        Finding::new(&codes::WORDS, headline).because(because)
    }

    /// It counts as an answer.
    pub(super) fn answer(&self, column: &PlainColumn) -> Finding {
        let Self { text, count, .. } = self;
        let headline = format!("`{text}` counts as an answer of `{}`", column.header);
        let cells = if *count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
        Finding::new(&codes::LABEL, headline)
            .because(format!("the column holds text, and {cells} `{text}`"))
            .help(format!("if it means that nothing is known: `--missing {text}`"))
    }
}

/// A label as it was learned: its number in the order of the file, and what it means.
struct Learned {
    number: u32,
    text: String,
    meaning: Meaning,
}

impl Learned {
    fn new(number: u32, label: &[u8], rules: &Rules) -> Self {
        let text = String::from_utf8_lossy(label).into_owned();
        Self { number, meaning: rules.meaning(label), text }
    }

    /// Whether it is a label of its column, in which all are numbers or not.
    fn counts(&self, numeric: bool) -> bool {
        match self.meaning {
            Meaning::Missing => false,
            Meaning::Word(_) => !numeric,
            _ => true,
        }
    }

    /// As a cell that is no number.
    fn odd(&self, codes: &[u32]) -> Odd {
        let record = codes.iter().position(|code| *code == self.number).unwrap_or(0);
        let text = personal::cell(&self.text).is_none().then(|| self.text.clone());
        Odd { record, character: None, text }
    }
}

impl PlainColumn {
    fn new(header: String, field: usize) -> Self {
        let (codes, labels, words) = (Vec::new(), Vec::new(), Vec::new());
        let field = field as u64 + 1;
        Self { header, field, codes, labels, numbers: None, odd: None, words }
    }

    /// Takes numbers, unless a cell is none.
    fn number(&mut self, numbers: Vec<f64>, words: Vec<Mended>, unread: Option<&Unread>) {
        self.odd = unread.and_then(odd);
        if self.odd.is_none() {
            self.words = words.into_iter().map(Word::of).collect();
            self.numbers = Some(numbers);
        }
    }

    /// Takes labels in the order in which they were learned, puts them into order, and
    /// says what is missing.
    fn label(&mut self, mut codes: Vec<u32>, labels: Vec<Box<[u8]>>, rules: &Rules) {
        let count = labels.len();
        let learn = |(number, label): (u32, Box<[u8]>)| Learned::new(number, &label, rules);
        let mut learned: Vec<Learned> = (0..).zip(labels).map(learn).collect();
        self.words = words(&learned, &codes);
        let text = learned.iter().find(|label| label.meaning == Meaning::Text);
        self.odd = text.map(|label| label.odd(&codes));
        let numeric = self.odd.is_none();
        learned.retain(|label| label.counts(numeric));
        sort(&mut learned, numeric);
        renumber(&mut codes, &learned, count);
        self.numbers = numeric.then(|| numbers(&learned, &codes));
        self.codes = codes;
        self.labels = learned.into_iter().map(|label| label.text).collect();
    }
}

/// Gives each record the place of its label; what is no label is beyond the last.
fn renumber(codes: &mut [u32], labels: &[Learned], count: usize) {
    let nothing = u32::try_from(labels.len()).unwrap_or(u32::MAX);
    let mut places = vec![nothing; count];
    (0..).zip(labels).for_each(|(place, label)| places[label.number as usize] = place);
    for code in codes {
        *code = places[*code as usize];
    }
}

/// How often each word stands in a column, and where first.
fn words(learned: &[Learned], codes: &[u32]) -> Vec<Word> {
    let words = learned.iter().filter(|label| matches!(label.meaning, Meaning::Word(_)));
    let word = |label: &Learned| {
        let records = || (0..).zip(codes).filter(|(_, code)| **code == label.number);
        let first = records().next().map_or(0, |(record, _)| record);
        Word { text: label.text.trim().to_owned(), count: records().count() as u64, first }
    };
    words.map(word).collect()
}

fn size(meaning: Meaning) -> f64 {
    if let Meaning::Number(number) = meaning { number } else { f64::NAN }
}

fn sort(labels: &mut [Learned], numeric: bool) {
    labels.sort_by(|a, b| {
        let by_text = a.text.cmp(&b.text);
        let by_size = size(a.meaning).total_cmp(&size(b.meaning));
        if numeric { by_size.then(by_text) } else { by_text }
    });
}

/// The number of each record.
fn numbers(labels: &[Learned], codes: &[u32]) -> Vec<f64> {
    let sizes: Vec<f64> = labels.iter().map(|label| size(label.meaning)).collect();
    codes.iter().map(|code| sizes.get(*code as usize).copied().unwrap_or(f64::NAN)).collect()
}
