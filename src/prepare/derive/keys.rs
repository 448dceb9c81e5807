//! The keys of a lookup: those of the data, those of its file, and what is lost between
//! them. Keys of columns about persons are counted and never shown.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::source::{Cells, Source};
use super::{Maker, listed};
use crate::diagnostic::Finding;
use crate::frame::{self, Codes};
use crate::poll::derive::{Lookup, Name};
use crate::poll::key_column;
use crate::prepare::codes;
use crate::prepare::side::Sheet;
use crate::questionnaire::Missing;

/// How many keys a message lists.
const SHOWN: usize = 3;

/// The keys of the rows of the data.
pub(super) struct Keys<'a> {
    codes: Codes<'a>,
    /// For each code: the texts that it may be called, without spaces around them; none if
    /// there is no key.
    texts: Vec<Vec<String>>,
    /// Whether they may never be shown.
    personal: bool,
    /// The question that they are the answers of, if they are.
    pub(super) source: Option<Source<'a>>,
}

impl<'a> Keys<'a> {
    /// The keys that the data hold: as they are written in the file, or answers of a list.
    pub(super) fn read(maker: &mut Maker<'a, '_>, from: &Name) -> Option<Self> {
        let frame = maker.world.frame;
        for personal in [false, true] {
            let column = key_column(from.get_ref(), personal);
            if let Some(codes) = frame::codes(frame, &column) {
                let (source, missing) = asked(maker, from);
                let labels = frame::list(frame, &column);
                let texts = labels.iter().map(|label| written(label, missing)).collect();
                return Some(Self { codes, texts, personal, source });
            }
        }
        let source = maker.source(from)?;
        let Cells::Answers(codes) = source.cells else {
            maker.unfit(from, &source, "name a question or a column that holds the key");
            return None;
        };
        let answers = source.question.answers.iter();
        let texts = answers.map(|answer| [&answer.label, &answer.value]);
        let texts = texts.map(|texts| texts.map(|text| text.trim().to_owned()).to_vec());
        let texts = texts.chain(source.reasons.iter().map(|_| Vec::new())).collect();
        Some(Self { codes, texts, personal: false, source: Some(source) })
    }

    /// The code of a row's key.
    pub(super) fn code(&self, row: usize) -> usize {
        self.codes.get(row)
    }

    /// Whether a row has a key at all.
    pub(super) fn keyed(&self, row: usize) -> bool {
        !self.texts[self.codes.get(row)].is_empty()
    }
}

/// The question that holds the keys, if one does, and what stands for no answer there.
fn asked<'a>(maker: &mut Maker<'a, '_>, from: &Name) -> (Option<Source<'a>>, &'a Missing) {
    let questionnaire = maker.world.questionnaire;
    match questionnaire.question(from.get_ref()).filter(|q| q.items.is_empty()) {
        Some(question) => (maker.source(from), &question.missing),
        None => (None, &questionnaire.source.missing),
    }
}

/// What a cell may be called; nothing if it stands for no answer.
fn written(cell: &str, missing: &Missing) -> Vec<String> {
    let text = cell.trim();
    let nothing = text.is_empty() || missing.reason(text, text.parse().ok()).is_some();
    if nothing { Vec::new() } else { vec![text.to_owned()] }
}

/// The keys of the file, each with its row.
pub(super) struct Known<'s>(IndexMap<&'s str, usize>);

impl<'s> Known<'s> {
    /// Each row has a key, and no two have the same.
    pub(super) fn read(
        maker: &mut Maker<'_, '_>,
        sheet: &'s Sheet<'_>,
        key: usize,
    ) -> Option<Self> {
        let mut known: IndexMap<&str, usize> = IndexMap::new();
        let (mut twice, mut empty) = (Vec::new(), Vec::new());
        for (number, row) in sheet.rows.iter().enumerate() {
            let text = row.cells.get(key).map(|cell| cell.trim()).unwrap_or_default();
            match known.get(text) {
                _ if text.is_empty() => empty.push(number),
                Some(first) => twice.push((*first, number)),
                None => {
                    known.insert(text, number);
                }
            }
        }
        say_empty(maker, (sheet, key), &empty);
        say_twice(maker, (sheet, key), &twice);
        (empty.is_empty() && twice.is_empty()).then_some(Self(known))
    }

    /// For each key of the data: the row of the file.
    pub(super) fn rows(&self, keys: &Keys<'_>) -> Vec<Option<usize>> {
        let row = |text: &String| self.0.get(text.as_str()).copied();
        keys.texts.iter().map(|texts| texts.iter().find_map(row)).collect()
    }
}

fn say_empty(maker: &mut Maker<'_, '_>, (sheet, key): (&Sheet<'_>, usize), rows: &[usize]) {
    let Some(first) = rows.first().and_then(|row| sheet.rows.get(*row)) else { return };
    let headline = format!("{} without a key", counted(rows.len(), "row is", "rows are"));
    let finding = Finding::new(&codes::LOOKUP, headline).at(sheet.place(first, key));
    maker.findings.push(finding.help("fill the key, or take the row out"));
}

fn say_twice(
    maker: &mut Maker<'_, '_>,
    (sheet, key): (&Sheet<'_>, usize),
    pairs: &[(usize, usize)],
) {
    let Some((first, second)) = pairs.first() else { return };
    let keys = counted(pairs.len(), "key stands", "keys stand");
    let line = sheet.rows[*first].line;
    let finding = Finding::new(&codes::KEY_TWICE, format!("{keys} there a second time"))
        .at(sheet.place(&sheet.rows[*second], key))
        .because(format!("the first of them stands in line {line} already"))
        .help("keep one row for each key");
    maker.findings.push(finding);
}

fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Keys of the data that the file does not have.
pub(super) struct Lost<'k> {
    /// How many rows have such a key.
    people: usize,
    /// Each such key once.
    texts: BTreeSet<&'k str>,
    /// How many of them the file has without the zeros before the number.
    near: usize,
    /// Whether the file has any key of the data.
    any: bool,
    personal: bool,
}

impl<'k> Lost<'k> {
    /// What is lost, by the row of the file that was found for each key.
    pub(super) fn new(keys: &'k Keys<'_>, known: &Known<'_>, found: &[Option<usize>]) -> Self {
        let mut lost = Self {
            people: 0,
            texts: BTreeSet::new(),
            near: 0,
            any: false,
            personal: keys.personal,
        };
        for row in 0..keys.codes.len() {
            let code = keys.codes.get(row);
            match (keys.texts[code].first(), found[code]) {
                (Some(text), None) => {
                    lost.people += 1;
                    lost.texts.insert(text);
                }
                (_, found) => lost.any |= found.is_some(),
            }
        }
        lost.near = without_zeros(&lost.texts, known);
        lost
    }

    /// Says how many: a warning, or an error if the file has none of the keys.
    pub(super) fn judge(&self, maker: &mut Maker<'_, '_>, lookup: &Lookup) -> Option<()> {
        if self.people == 0 {
            return Some(());
        }
        let code = if self.any { &codes::UNMATCHED } else { &codes::NO_MATCH };
        let replies = counted(self.people, "reply has", "replies have");
        let headline = format!("{replies} a key that the file does not have");
        let because = self.because(lookup.file.get_ref());
        // Several variables may come from one file.
        let said = |held: &Finding| {
            held.code.id == code.id && held.because.as_deref() == Some(&because)
        };
        if !self.any || !maker.findings.list().iter().any(said) {
            let finding = maker.finding(code, &lookup.from, headline);
            maker.findings.push(finding.because(because).help(self.help()));
        }
        self.any.then_some(())
    }

    fn because(&self, file: &str) -> String {
        let because =
            format!("`{file}` lacks {}", counted(self.texts.len(), "key", "different keys"));
        if self.personal {
            return because;
        }
        let shown: Vec<&str> = self.texts.iter().copied().take(SHOWN).collect();
        format!("{because}, such as {}", listed(&shown))
    }

    fn help(&self) -> String {
        match self.near {
            0 => "add them to the file, or correct them; they count as no answer".to_owned(),
            near => format!(
                "{near} would be found without zeros before the number: write the keys of the \
                 file as the data do, as text"
            ),
        }
    }
}

/// How many keys would be in the file if zeros before a number did not count.
fn without_zeros(texts: &BTreeSet<&str>, known: &Known<'_>) -> usize {
    let bare: BTreeSet<&str> = known.0.keys().map(|key| key.trim_start_matches('0')).collect();
    texts.iter().filter(|text| bare.contains(text.trim_start_matches('0'))).count()
}
