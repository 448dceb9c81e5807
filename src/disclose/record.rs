//! What a release told, for whoever makes the next one: kept in the private folder, since it
//! holds the counts behind hidden figures too.
//!
//! Two releases of one wave are read together. Where the same people are behind a figure, or
//! all but a few, it is known once one of the releases shows it, whatever the other hides;
//! where a few came or went, what changed is about them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::protect::At;
use super::rules::Rules;
use super::{Figure, Status, Table};
use crate::poll::Poll;
use crate::tabulate::{Book, Cell, Table as Raw};

/// The version of this form.
const FORMAT: u8 = 1;

/// One release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    format: u8,
    poll: String,
    wave: Option<String>,
    respondents: u64,
    /// The thresholds, and what is hidden by hand.
    rules: String,
    /// Base of each column, by table, item and group.
    bases: BTreeMap<String, u64>,
    /// Count and base of each figure, and whether it was shown, by table, item, row and
    /// group.
    figures: BTreeMap<String, (u64, u64, bool)>,
}

/// What earlier releases of the same wave make of this one.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier {
    /// Figures that are known of the same people, whether shown now or not.
    pub(super) known: BTreeSet<At>,
    /// Figures that are known of the same people but a few.
    pub(super) nearly: BTreeSet<At>,
    /// Figures that the same tables hid before: the same again gives the same.
    pub(super) hidden: BTreeSet<At>,
    /// Columns with a few respondents more or less than then: table, block, column.
    pub(super) changed: BTreeSet<(usize, usize, usize)>,
    /// The number of respondents of a release that differs from this one by too few.
    pub(super) differs: Option<u64>,
}

impl Record {
    /// What is told of a book by its tables after the gate.
    pub(super) fn of(book: &Book, tables: &[Table], (poll, rules): (&Poll, &Rules)) -> Self {
        let (mut bases, mut figures) = (BTreeMap::new(), BTreeMap::new());
        for (raw, table) in book.tables.iter().zip(tables) {
            for (at, cell) in cells(raw, 0) {
                let figure = &table.blocks[at.block].rows[at.row].cells[at.column];
                let told = figure.value().is_some() || figure.status() == Status::Low;
                figures.insert(name(raw, at), (cell.count, cell.base, told));
            }
            for (block, column, base) in columns(raw) {
                bases.insert(column_name(raw, block, column), base);
            }
        }
        let (id, wave) = (poll.id.clone(), poll.wave.clone());
        let respondents = book.account.respondents;
        let rules = written(poll, rules);
        Self { format: FORMAT, poll: id, wave, respondents, rules, bases, figures }
    }

    /// As it is kept.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// A record as it was kept; none if it is no whole one of this form.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|record: &Self| record.format == FORMAT)
    }

    /// Whether it is of these tables and no others.
    fn is_of_these_tables(&self, book: &Book) -> bool {
        let mut told = 0;
        let all = book.tables.iter().all(|raw| {
            cells(raw, 0).all(|(at, _)| {
                told += 1;
                self.figures.contains_key(&name(raw, at))
            })
        });
        all && told == self.figures.len()
    }

    /// By how many people a figure that it shows differs now. If it is by few, the figure is
    /// as good as known; but one that is small now has to be protected as it is now.
    fn tells(&self, name: &str, cell: &Cell, small: u64) -> Option<u64> {
        let Some((count, base, true)) = self.figures.get(name) else { return None };
        let many = cell.count > small && cell.base.saturating_sub(cell.count) > small;
        let apart = count.abs_diff(cell.count).max(base.abs_diff(cell.base));
        (apart == 0 || (many && apart <= small)).then_some(apart)
    }

    /// Whether the same people answered the same.
    fn is_of_the_same(&self, book: &Book) -> bool {
        let same = |raw: &Raw<Cell>| {
            cells(raw, 0).all(|(at, cell)| {
                let then = self.figures.get(&name(raw, at));
                then.is_none_or(|(count, base, _)| (*count, *base) == (cell.count, cell.base))
            })
        };
        self.respondents == book.account.respondents && book.tables.iter().all(same)
    }
}

impl Earlier {
    /// What the records of the same wave make of a book.
    pub(super) fn of(records: &[Record], book: &Book, (poll, rules): (&Poll, &Rules)) -> Self {
        let mut earlier = Self::default();
        let same = |record: &&Record| record.poll == poll.id && record.wave == poll.wave;
        for record in records.iter().filter(same) {
            earlier.add(record, book, (poll, rules));
        }
        earlier
    }

    fn add(&mut self, record: &Record, book: &Book, (poll, rules): (&Poll, &Rules)) {
        let apart = |then: u64, now: u64| (1..=rules.small).contains(&then.abs_diff(now));
        for (index, raw) in book.tables.iter().enumerate() {
            let small = if raw.sensitive { rules.small_sensitive } else { rules.small };
            for (at, cell) in cells(raw, index) {
                match record.tells(&name(raw, at), cell, small) {
                    Some(0) => self.known.extend([at]),
                    Some(_) => self.nearly.extend([at]),
                    None => {}
                }
            }
        }
        if record.is_of_the_same(book) {
            if record.rules == written(poll, rules) && record.is_of_these_tables(book) {
                for (index, raw) in book.tables.iter().enumerate() {
                    let hidden =
                        |at: &At| record.figures.get(&name(raw, *at)).is_some_and(|f| !f.2);
                    self.hidden.extend(cells(raw, index).map(|(at, _)| at).filter(hidden));
                }
            }
            return;
        }
        if apart(record.respondents, book.account.respondents) {
            self.differs = Some(record.respondents);
        }
        for (index, raw) in book.tables.iter().enumerate() {
            for (block, column, base) in columns(raw) {
                let then = record.bases.get(&column_name(raw, block, column));
                if then.is_some_and(|then| apart(*then, base)) {
                    self.changed.insert((index, block, column));
                }
            }
        }
    }

    /// Whether an earlier release showed a figure of all but a few of the people behind it.
    pub(super) fn showed(&self, at: At) -> bool {
        self.known.contains(&at) || self.nearly.contains(&at)
    }

    /// Whether an earlier release showed anything of them.
    pub(super) fn shows_any(&self) -> bool {
        !self.known.is_empty() || !self.nearly.is_empty()
    }

    /// Hides what the same tables hid before.
    pub(super) fn hide_again(&self, tables: &mut [Table]) {
        for at in &self.hidden {
            let row = &mut tables[at.table].blocks[at.block].rows[at.row];
            let figure = &mut row.cells[at.column];
            if figure.value().is_some() || figure.status() == Status::Low {
                *figure = Figure::hidden(Status::Confidential);
            }
        }
    }

    /// Hides columns with a few more or less than then. Gives how many there are.
    pub(super) fn hide(&self, tables: &mut [Table]) -> usize {
        for (table, block, column) in &self.changed {
            let block = &mut tables[*table].blocks[*block];
            let hidden = || Figure::hidden(Status::Confidential);
            let bases = &mut block.bases[*column];
            (bases.unweighted, bases.weighted, bases.effective) =
                (hidden(), hidden(), hidden());
            block.rows.iter_mut().for_each(|row| row.cells[*column] = hidden());
        }
        self.changed.len()
    }
}

/// By which rules figures are hidden.
fn written(poll: &Poll, rules: &Rules) -> String {
    format!("{rules:?} {:?}", poll.protected())
}

fn cells(raw: &Raw<Cell>, table: usize) -> impl Iterator<Item = (At, &Cell)> {
    raw.blocks.iter().enumerate().flat_map(move |(block, held)| {
        held.rows.iter().enumerate().flat_map(move |(row, line)| {
            line.cells
                .iter()
                .enumerate()
                .map(move |(column, cell)| (At { table, block, row, column }, cell))
        })
    })
}

fn columns(raw: &Raw<Cell>) -> impl Iterator<Item = (usize, usize, u64)> {
    raw.blocks.iter().enumerate().flat_map(|(block, held)| {
        let bases = held.bases.iter().enumerate();
        bases.map(move |(column, bases)| (block, column, bases.unweighted.base))
    })
}

fn column_name(raw: &Raw<Cell>, block: usize, column: usize) -> String {
    let item = raw.blocks[block].item.as_ref().map_or("", |item| &item.id);
    format!("{} {item} @{}", raw.name, raw.groups[column].id)
}

fn name(raw: &Raw<Cell>, at: At) -> String {
    let row = &raw.blocks[at.block].rows[at.row];
    format!("{} .{}", column_name(raw, at.block, at.column), row.label.id)
}

#[cfg(test)]
mod tests {
    use super::super::rules::rules;
    use super::super::tests::table;
    use super::*;
    use crate::poll::testing;
    use crate::tabulate::Account;

    fn book(counts: &[u64]) -> Book {
        let respondents = counts.iter().sum();
        let account = Account { respondents, ..Account::default() };
        Book { tables: vec![table(counts, false)], account, ..Book::default() }
    }

    fn after(then: &[u64], now: &[u64]) -> Earlier {
        let (poll, before) = (testing::poll(), book(then));
        let mut told = Vec::new();
        told.extend(super::super::tests::gated(&before));
        let both = (&poll, &rules(&poll));
        let record = Record::read(&Record::of(&before, &told, both).text());
        Earlier::of(&Vec::from_iter(record), &book(now), both)
    }

    #[test]
    fn figures_of_the_same_people_are_known() {
        let earlier = after(&[300, 700, 3], &[300, 700, 3]);
        assert_eq!((earlier.known.len(), earlier.differs), (2, None));
        assert!(earlier.changed.is_empty());
    }

    #[test]
    fn figures_of_nearly_the_same_people_are_known() {
        let known = |then: &[u64], now: &[u64]| {
            let after = after(then, now);
            let known = after.known.union(&after.nearly);
            known.map(|at| at.row).collect::<Vec<_>>()
        };
        assert_eq!(known(&[300, 600, 100], &[301, 599, 100]), [0, 1, 2], "one was corrected");
        assert_eq!(known(&[300, 600, 100], &[320, 580, 100]), [2], "the same people");
        assert_eq!(known(&[300, 690, 6], &[302, 690, 4]), [0, 1], "few now, not yet told");
        assert_eq!(known(&[300, 700], &[330, 770]), [0_usize; 0], "others");
    }

    #[test]
    fn one_more_or_less_is_too_few_and_more_are_not() {
        assert_eq!(after(&[300, 700], &[301, 700]).differs, Some(1000));
        assert_eq!(after(&[300, 700], &[300, 696]).differs, Some(1000));
        assert_eq!(after(&[300, 700], &[305, 700]).differs, None);
        assert_eq!(after(&[300, 700], &[301, 699]).differs, None);
        assert_eq!(after(&[300, 700], &[301, 700]).changed.len(), 1);
    }

    #[test]
    fn what_is_no_record_is_not_read() {
        assert_eq!(Record::read("{}"), None);
        assert_eq!(Record::read("{\"format\":2"), None);
    }
}
