//! `lookup`: facts from a file of one's own, found by a key, such as the phase of a school
//! by its number. Keys are compared as texts without spaces around them: zeros before a
//! number count.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use polars::prelude::DataFrame;

use super::list::{List, answer};
use super::shape::{Cell, Draft};
use super::source::{Cells, Source};
use super::{Made, Maker, listed};
use crate::diagnostic::{Finding, Place};
use crate::document::nearest;
use crate::frame::{self, Codes};
use crate::poll::derive::{Lookup, Name};
use crate::poll::key_column;
use crate::prepare::codes;
use crate::prepare::side::Sheet;

/// The reason of whoever the file does not know, or knows nothing of.
const NOT_FOUND: &str = "Not in the file";
/// How many answers a fact may have; what has more is no list of groups.
const MOST: usize = 1_000;
/// How many keys a message lists.
const SHOWN: usize = 3;

/// The columns of the frame that hold nothing but keys.
pub(super) fn key_columns(frame: &DataFrame) -> Vec<String> {
    let starts = [false, true].map(|personal| key_column("", personal));
    let names = frame.get_column_names().into_iter().map(ToString::to_string);
    names.filter(|name| starts.iter().any(|start| name.starts_with(start))).collect()
}

pub(super) fn make(maker: &mut Maker<'_, '_>, lookup: &Lookup) -> Option<Vec<Made>> {
    let file = lookup.file.get_ref();
    let sheet = maker.world.side.sheet(file, maker.findings);
    let keys = keys(maker, &lookup.from);
    let (sheet, keys) = (sheet?, keys?);
    let key = column(maker, &sheet, &lookup.key);
    let columns: Vec<_> =
        lookup.columns.iter().map(|(_, header)| column(maker, &sheet, header)).collect();
    let columns = columns.into_iter().collect::<Option<Vec<usize>>>()?;
    let known = known(maker, &sheet, key?)?;
    let find =
        |texts: &Vec<String>| texts.iter().find_map(|text| known.get(text.as_str()).copied());
    let found: Vec<Option<usize>> = keys.texts.iter().map(find).collect();
    judge(maker, (&keys, &known), &found, lookup)?;
    let joined = Joined { lookup, sheet: &sheet, keys: &keys, found: &found };
    let columns = lookup.columns.iter().zip(columns);
    let made: Vec<Option<Made>> =
        columns.map(|((name, _), field)| joined.fact(maker, name, field)).collect();
    made.into_iter().collect()
}

/// The keys of the rows.
struct Keys<'a> {
    codes: Codes<'a>,
    /// For each code: the texts that it may be called, without spaces around them; none if
    /// there is no key.
    texts: Vec<Vec<String>>,
    /// Whether they may never be shown.
    personal: bool,
    /// The question that they are the answers of, if they are.
    source: Option<Source<'a>>,
}

/// The keys that the poll's data hold.
fn keys<'a>(maker: &mut Maker<'a, '_>, from: &Name) -> Option<Keys<'a>> {
    let name = from.get_ref();
    let frame = maker.world.frame;
    let question = maker.world.questionnaire.question(name).filter(|q| q.items.is_empty());
    let column = |personal| {
        let column = key_column(name, personal);
        Some((frame::codes(frame, &column)?, frame::list(frame, &column), personal))
    };
    let Some((codes, labels, personal)) = column(false).or_else(|| column(true)) else {
        let source = maker.source(from)?;
        let Cells::Answers(codes) = source.cells else {
            maker.unfit(from, &source, "name a question or a column that holds the key");
            return None;
        };
        let answers = source.question.answers.iter();
        let mut texts: Vec<Vec<String>> = answers
            .map(|a| vec![a.label.trim().to_owned(), a.value.trim().to_owned()])
            .collect();
        texts.extend(source.reasons.iter().map(|_| Vec::new()));
        return Some(Keys { codes, texts, personal: false, source: Some(source) });
    };
    let source = question.and_then(|_| maker.source(from));
    let missing = match &source {
        Some(source) => &source.question.missing,
        None => &maker.world.questionnaire.source.missing,
    };
    let text = |label: &String| {
        let text = label.trim();
        let nothing = text.is_empty() || missing.reason(text, text.parse().ok()).is_some();
        if nothing { Vec::new() } else { vec![text.to_owned()] }
    };
    Some(Keys { codes, texts: labels.iter().map(text).collect(), personal, source })
}

/// The column of a header.
fn column(maker: &mut Maker<'_, '_>, sheet: &Sheet<'_>, header: &Name) -> Option<usize> {
    let found = sheet.column(header.get_ref());
    if found.is_none() {
        let headers: Vec<&str> = sheet.headers.iter().map(String::as_str).collect();
        let help = match nearest(header.get_ref(), headers.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are {}", listed(&headers)),
        };
        let headline = format!("the file has no column `{}`", header.get_ref());
        maker.wrong(&codes::LOOKUP, header, headline, &help);
    }
    found
}

/// The row of each key; each row has one, and no two have the same.
fn known<'s>(
    maker: &mut Maker<'_, '_>,
    sheet: &'s Sheet<'_>,
    key: usize,
) -> Option<IndexMap<&'s str, usize>> {
    let mut known: IndexMap<&str, usize> = IndexMap::new();
    let mut twice: Vec<(usize, usize)> = Vec::new();
    let mut empty = Vec::new();
    for (number, row) in sheet.rows.iter().enumerate() {
        let text = row.cells.get(key).map(|cell| cell.trim()).unwrap_or_default();
        if text.is_empty() {
            empty.push(number);
        } else if let Some(first) = known.get(text) {
            twice.push((*first, number));
        } else {
            known.insert(text, number);
        }
    }
    if let Some(first) = empty.first() {
        let headline = format!("{} without a key", counted(empty.len(), "row is", "rows are"));
        let finding =
            Finding::new(&codes::LOOKUP, headline).at(sheet.place(&sheet.rows[*first], key));
        maker.findings.push(finding.help("fill the key, or take the row out"));
    }
    if let Some((first, second)) = twice.first() {
        let keys = counted(twice.len(), "key stands", "keys stand");
        let line = sheet.rows[*first].line;
        let finding = Finding::new(&codes::KEY_TWICE, format!("{keys} there a second time"))
            .at(sheet.place(&sheet.rows[*second], key))
            .because(format!("the first of them stands in line {line} already"))
            .help("keep one row for each key");
        maker.findings.push(finding);
    }
    (empty.is_empty() && twice.is_empty()).then_some(known)
}

fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Says how many keys the file does not have: a warning, or an error if it has none.
fn judge(
    maker: &mut Maker<'_, '_>,
    (keys, known): (&Keys<'_>, &IndexMap<&str, usize>),
    found: &[Option<usize>],
    lookup: &Lookup,
) -> Option<()> {
    let lost = |code: &usize| !keys.texts[*code].is_empty() && found[*code].is_none();
    let rows: Vec<usize> = (0..keys.codes.len()).map(|row| keys.codes.get(row)).collect();
    let people = rows.iter().filter(|code| lost(code)).count();
    if people == 0 {
        return Some(());
    }
    let any = rows.iter().any(|code| found[*code].is_some());
    let first = |code: &usize| keys.texts[*code].first().map(String::as_str);
    let texts: BTreeSet<&str> =
        rows.iter().filter(|code| lost(code)).filter_map(first).collect();
    let code = if any { &codes::UNMATCHED } else { &codes::NO_MATCH };
    let replies = counted(people, "reply has", "replies have");
    let headline = format!("{replies} a key that the file does not have");
    let different = counted(texts.len(), "key", "different keys");
    let mut because = format!("`{}` lacks {different}", lookup.file.get_ref());
    if !keys.personal {
        let shown: Vec<&str> = texts.iter().copied().take(SHOWN).collect();
        because = format!("{because}, such as {}", listed(&shown));
    }
    let near = without_zeros(&texts, known);
    let help = match near {
        0 => "add them to the file, or correct them; they count as no answer".to_owned(),
        near => format!(
            "{near} would be found without zeros before the number: write the keys of the file \
             as the data do, as text"
        ),
    };
    let finding = maker.finding(code, &lookup.from, headline).because(because).help(help);
    // Several variables may come from one file.
    let said = |held: &Finding| held.code.id == code.id && held.because == finding.because;
    if !any || !maker.findings.list().iter().any(said) {
        maker.findings.push(finding);
    }
    any.then_some(())
}

/// How many keys would be in the file if zeros before a number did not count.
fn without_zeros(texts: &BTreeSet<&str>, known: &IndexMap<&str, usize>) -> usize {
    let bare: BTreeSet<&str> = known.keys().map(|key| key.trim_start_matches('0')).collect();
    texts.iter().filter(|text| bare.contains(text.trim_start_matches('0'))).count()
}

fn wrong(maker: &mut Maker<'_, '_>, place: Place, headline: String, help: &str) {
    let finding = Finding::new(&codes::FACT, headline).at(place);
    let because = format!("`{}` in {}", maker.derive.key, maker.world.poll.file);
    maker.findings.push(finding.because(because).help(help));
}

/// A file whose rows are found.
struct Joined<'j> {
    lookup: &'j Lookup,
    sheet: &'j Sheet<'j>,
    keys: &'j Keys<'j>,
    /// For each code of the keys: the row of the file.
    found: &'j [Option<usize>],
}

impl Joined<'_> {
    /// The cell that each row of the data leads to.
    fn cell(&self, row: usize, field: usize) -> Option<&str> {
        let row = self.sheet.rows.get(self.found[self.keys.codes.get(row)]?)?;
        row.cells.get(field).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Whether a row of the data has a key at all.
    fn keyed(&self, row: usize) -> bool {
        !self.keys.texts[self.keys.codes.get(row)].is_empty()
    }

    /// One new variable.
    fn fact(&self, maker: &mut Maker<'_, '_>, name: &Name, field: usize) -> Option<Made> {
        let title = self.sheet.headers.get(field).cloned().unwrap_or_default();
        let by = match &self.keys.source {
            Some(source) => source.title,
            None => self.lookup.from.get_ref(),
        };
        let sources: Vec<Source<'_>> = self.keys.source.iter().cloned().collect();
        let draft = Draft {
            name: name.get_ref(),
            sources: &sources,
            like: None,
            note: format!("Looked up by: {by}."),
            own: Some(NOT_FOUND),
        };
        let mut made = if self.lookup.number {
            let numbers = self.numbers(maker, field)?;
            draft.number(maker, numbers)
        } else {
            let (list, labels) = self.list(maker, field)?;
            let codes = list.codes.clone();
            draft.single(maker, list, |row| match self.cell(row, field) {
                Some(cell) => {
                    labels.get_index_of(cell).map_or(Cell::Own, |at| Cell::Answer(codes[at]))
                }
                None if self.keyed(row) => Cell::Own,
                None => Cell::Nothing,
            })?
        };
        if maker.derive.about.title.is_none() {
            if maker.derive.about.text.is_none() {
                made.question.text.clone_from(&title);
            }
            made.question.title = title;
        }
        Some(made)
    }

    fn numbers(&self, maker: &mut Maker<'_, '_>, field: usize) -> Option<Vec<f64>> {
        let number = |cell: &str| cell.parse::<f64>().ok().filter(|n| n.is_finite());
        let odd = self.sheet.rows.iter().find(|row| {
            let cell = row.cells.get(field).map(|cell| cell.trim()).unwrap_or_default();
            !cell.is_empty() && number(cell).is_none()
        });
        if let Some(row) = odd {
            let headline = "the cell is no number".to_owned();
            let help = "correct it, empty it, or take `kind = \"number\"` out";
            wrong(maker, self.sheet.place(row, field), headline, help);
            return None;
        }
        let of = |row| self.cell(row, field).and_then(number).unwrap_or(f64::NAN);
        Some((0..maker.rows()).map(of).collect())
    }

    /// The answers: as the poll file lists them, or all of the file in alphabetical order.
    fn list(
        &self,
        maker: &mut Maker<'_, '_>,
        field: usize,
    ) -> Option<(List, IndexMap<String, ()>)> {
        let cells = self.sheet.rows.iter().filter_map(|row| Some((row, row.cells.get(field)?)));
        let cells = cells.map(|(row, cell)| (row, cell.trim())).filter(|(_, c)| !c.is_empty());
        let listed = &self.lookup.categories;
        let labels: IndexMap<String, ()> = if listed.is_empty() {
            let all: BTreeSet<&str> = cells.clone().map(|(_, cell)| cell).collect();
            all.into_iter().map(|label| (label.to_owned(), ())).collect()
        } else {
            listed.iter().map(|label| (label.get_ref().clone(), ())).collect()
        };
        if let Some((row, cell)) = cells.clone().find(|(_, cell)| !labels.contains_key(*cell)) {
            let help = match nearest(cell, labels.keys().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add it to `categories`, or correct the cell".to_owned(),
            };
            let headline = format!("`{cell}` is none of the `categories`");
            wrong(maker, self.sheet.place(row, field), headline, &help);
            return None;
        }
        if labels.len() > MOST {
            let headline = format!("the column has {} different texts", labels.len());
            let help = "name a column of groups, or say `kind = \"number\"`";
            wrong(maker, self.sheet.heading(field), headline, help);
            return None;
        }
        let answers = labels.keys().map(|label| answer(label)).collect();
        Some((maker.list(answers, !listed.is_empty())?, labels))
    }
}
