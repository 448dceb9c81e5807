//! `lookup`: facts from a file of one's own, found by a key, such as the phase of a school
//! by its number. Keys are compared as texts without spaces around them: zeros before a
//! number count.

use std::collections::BTreeSet;

use indexmap::IndexSet;
use polars::prelude::{DataFrame, PolarsResult};

use super::keys::{Keys, Known, Lost};
use super::list::answer;
use super::shape::{Cell, Draft};
use super::source::Source;
use super::{Made, Maker, listed};
use crate::diagnostic::{Finding, Place};
use crate::document::nearest;
use crate::poll::derive::{Lookup, Name};
use crate::poll::key_column;
use crate::prepare::codes;
use crate::prepare::side::{Row, Sheet};
use crate::questionnaire::{MadeFrom, Question};
use crate::words::fill;

/// The reason of whoever the file does not know, or knows nothing of.
const NOT_FOUND: &str = "Not in the file";
/// How many answers a fact may have; what has more is no list of groups.
const MOST: usize = 1_000;

/// The frame without the columns that hold nothing but keys.
pub(super) fn without_keys(mut frame: DataFrame) -> PolarsResult<DataFrame> {
    let starts = [false, true].map(|personal| key_column("", personal));
    let names = frame.get_column_names().into_iter().map(ToString::to_string);
    let keys = names.filter(|name| starts.iter().any(|start| name.starts_with(start)));
    for name in keys.collect::<Vec<String>>() {
        frame.drop_in_place(&name)?;
    }
    Ok(frame)
}

pub(super) fn make(maker: &mut Maker<'_, '_>, lookup: &Lookup) -> Option<Vec<Made>> {
    let sheet = maker.world.side.sheet(lookup.file.get_ref(), maker.findings);
    let keys = Keys::read(maker, &lookup.from);
    let (sheet, keys) = (sheet?, keys?);
    let key = column(maker, &sheet, &lookup.key);
    let columns: Vec<_> =
        lookup.columns.iter().map(|(_, header)| column(maker, &sheet, header)).collect();
    let columns = columns.into_iter().collect::<Option<Vec<usize>>>()?;
    let known = Known::read(maker, &sheet, key?)?;
    let found = known.rows(&keys);
    Lost::new(&keys, &known, &found).judge(maker, lookup)?;
    let joined = Joined { lookup, sheet: &sheet, keys: &keys, found: &found };
    let columns = lookup.columns.iter().zip(columns);
    let made: Vec<Option<Made>> =
        columns.map(|((name, _), field)| joined.fact(maker, name, field)).collect();
    made.into_iter().collect()
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
        let row = self.sheet.rows.get(self.found[self.keys.code(row)]?)?;
        row.cells.get(field).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// One new variable.
    fn fact(&self, maker: &mut Maker<'_, '_>, name: &Name, field: usize) -> Option<Made> {
        let by =
            self.keys.source.as_ref().map_or(self.lookup.from.get_ref().as_str(), |s| s.title);
        let sources: Vec<Source<'_>> = self.keys.source.iter().cloned().collect();
        let note = fill(maker.words().derived_lookup, &[("title", by)]);
        let draft = Draft {
            name: name.get_ref(),
            sources: &sources,
            like: None,
            note,
            own: Some(NOT_FOUND),
        };
        let mut made = if self.lookup.number {
            let numbers = self.numbers(maker, field)?;
            draft.number(maker, numbers)
        } else {
            self.answers(maker, &draft, field)?
        };
        self.give_title(maker, &mut made.question, field);
        Some(made)
    }

    /// A fact is called like its column, unless the poll file says otherwise.
    fn give_title(&self, maker: &Maker<'_, '_>, question: &mut Question, field: usize) {
        let about = &maker.derive.about;
        let title = self.sheet.headers.get(field).filter(|_| about.title.is_none());
        if let Some(title) = title {
            question.title.clone_from(title);
            question.text = about.text.clone().unwrap_or_else(|| title.clone());
        }
    }

    fn answers(
        &self,
        maker: &mut Maker<'_, '_>,
        draft: &Draft<'_, '_>,
        field: usize,
    ) -> Option<Made> {
        let labels = self.labels(maker, field)?;
        let answers = labels.iter().map(|label| answer(label)).collect();
        let list = maker.list(answers, !self.lookup.categories.is_empty())?;
        let codes = list.codes.clone();
        let mut made = draft.single(maker, list, |row| match self.cell(row, field) {
            Some(cell) => {
                labels.get_index_of(cell).map_or(Cell::Own, |at| Cell::Answer(codes[at]))
            }
            None if self.keys.keyed(row) => Cell::Own,
            None => Cell::Nothing,
        })?;
        let answer = |row: &Row| {
            let place = labels.get_index_of(row.cells.get(field)?.trim())?;
            codes.get(place).map(|code| *code as usize)
        };
        let becomes = self.sheet.rows.iter().map(answer).collect();
        made.question.made_from.push(MadeFrom::List { of: self.named(), becomes });
        Some(made)
    }

    /// The rows of the file, in a way that is no question's id.
    fn named(&self) -> String {
        let Lookup { file, key, from, .. } = self.lookup;
        format!("{}: {} ({})", file.get_ref(), key.get_ref(), from.get_ref())
    }

    fn numbers(&self, maker: &mut Maker<'_, '_>, field: usize) -> Option<Vec<f64>> {
        let number = |cell: &str| cell.parse::<f64>().ok().filter(|n| n.is_finite());
        if let Some((row, _)) = self.cells(field).find(|(_, cell)| number(cell).is_none()) {
            let headline = "the cell is no number".to_owned();
            let help = "correct it, empty it, or take `kind = \"number\"` out";
            wrong(maker, self.sheet.place(row, field), headline, help);
            return None;
        }
        let of = |row| self.cell(row, field).and_then(number).unwrap_or(f64::NAN);
        Some((0..maker.rows()).map(of).collect())
    }

    /// The labels: as the poll file lists them, or all of the file in alphabetical order.
    fn labels(&self, maker: &mut Maker<'_, '_>, field: usize) -> Option<IndexSet<String>> {
        let listed = self.lookup.categories.iter().map(|label| label.get_ref().clone());
        let listed: IndexSet<String> = listed.collect();
        if !listed.is_empty() {
            return self.check_labels(maker, field, &listed).map(|()| listed);
        }
        let all: BTreeSet<&str> = self.cells(field).map(|(_, cell)| cell).collect();
        if all.len() > MOST {
            let headline = format!("the column has {} different texts", all.len());
            let help = "name a column of groups, or say `kind = \"number\"`";
            wrong(maker, self.sheet.heading(field), headline, help);
            return None;
        }
        Some(all.into_iter().map(str::to_owned).collect())
    }

    /// Every cell of a column that is not empty.
    fn cells(&self, field: usize) -> impl Iterator<Item = (&Row, &str)> {
        let rows = self.sheet.rows.iter();
        let cells = rows.filter_map(move |row| Some((row, row.cells.get(field)?.trim())));
        cells.filter(|(_, cell)| !cell.is_empty())
    }

    fn check_labels(
        &self,
        maker: &mut Maker<'_, '_>,
        field: usize,
        labels: &IndexSet<String>,
    ) -> Option<()> {
        let odd = self.cells(field).find(|(_, cell)| !labels.contains(*cell));
        let Some((row, cell)) = odd else { return Some(()) };
        let help = match nearest(cell, labels.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add it to `categories`, or correct the cell".to_owned(),
        };
        let headline = format!("`{cell}` is none of the `categories`");
        wrong(maker, self.sheet.place(row, field), headline, &help);
        None
    }
}
