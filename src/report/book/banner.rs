//! The tables of a question side by side: the banner book of the analyst.
//!
//! Takes released tables, gives a [`Sheet`] for each set of them that has the same rows
//! and the same base: bases on top, then the answers with the letters of the columns that
//! they are higher than. Numbers have all their places; their format shows those that the
//! page prints. Low bases have a mark, as is usual in such books.

use super::listed::Asked;
use super::names::Names;
use super::{
    Above, Banner, BannerLine, Body, Cell, Number, RowKind, Sheet, Source, Span, around,
};
use crate::disclose::{Bases, Block, Figure, Role, Row, Status, Table};
use crate::report::document::{Entry, Section};
use crate::report::grid::{keys, qualified};
use crate::report::print;
use crate::stats::test::letter;
use crate::words::fill;

/// Unweighted bases under these have a mark.
const LOW: f64 = 100.0;
const VERY_LOW: f64 = 50.0;

/// The worksheets of one question: that of its section.
pub(super) fn sheets(
    source: &Source<'_>,
    section: &Section,
    names: &mut Names,
    contents: &str,
) -> Vec<Sheet> {
    let own = source.released.tables().iter();
    let own: Vec<_> = own.filter(|t| format!("q-{}", t.question.id) == section.id).collect();
    let mut sets: Vec<Vec<&Table>> = Vec::new();
    for table in own {
        match sets.iter_mut().find(|set| set.first().is_some_and(|first| alike(first, table))) {
            Some(set) => set.push(table),
            None => sets.push(vec![table]),
        }
    }
    let set = |tables: Vec<&Table>| {
        let maker = Maker::new(source, &tables)?;
        Some(maker.sheet(names.sheet(&tables.first()?.name), section, contents))
    };
    sets.into_iter().filter_map(set).collect()
}

/// Whether two tables of a question show the same figures of the same people, but for the
/// columns.
fn alike(one: &Table, other: &Table) -> bool {
    let rows = |table: &Table| -> Vec<String> {
        let rows = table.blocks.iter().flat_map(|block| &block.rows);
        rows.map(|row| row.label.id.clone()).collect()
    };
    one.filter == other.filter
        && one.percent == other.percent
        && one.question == other.question
        && rows(one) == rows(other)
}

/// A column of figures: a column of one of the tables.
struct Column<'a> {
    table: &'a Table,
    at: usize,
}

struct Maker<'a> {
    source: &'a Source<'a>,
    first: &'a Table,
    columns: Vec<Column<'a>>,
    /// The columns of each banner.
    banners: Vec<Span>,
    /// The columns of each outer group of nested banners.
    outer: Vec<Span>,
}

impl<'a> Maker<'a> {
    /// The total once, then the groups of each table.
    fn new(source: &'a Source<'a>, tables: &[&'a Table]) -> Option<Self> {
        let first = *tables.first()?;
        let mut columns = vec![Column { table: first, at: 0 }];
        let (mut banners, mut outer) = (Vec::new(), Vec::new());
        for table in tables {
            let start = columns.len();
            columns.extend((1..table.groups.len()).map(|at| Column { table, at }));
            let text = table.banner.as_ref().map(|banner| banner.text.clone());
            banners.extend(text.map(|text| Span { text, columns: start..columns.len() }));
            outer.extend(table.spans.iter().map(|span| {
                // The total of the table is not among the columns again.
                let columns = span.columns.start + start - 1..span.columns.end + start - 1;
                Span { text: span.text.clone(), columns }
            }));
        }
        Some(Self { source, first, columns, banners, outer })
    }

    fn sheet(&self, name: String, section: &Section, contents: &str) -> Sheet {
        let words = self.source.words;
        let title = qualified(self.first.question.title.clone(), self.first, words);
        let asked = Asked::of(section).0.into_iter().map(Above::Words);
        let back = Above::Link(words.to_contents.to_owned(), contents.to_owned());
        let shorthand = self.keys(true).into_iter().map(Above::Words);
        Sheet {
            name,
            section: Some(section.id.clone()),
            title,
            above: self.source.marked().chain(asked).chain(shorthand).chain([back]).collect(),
            body: Body::Banner(self.banner()),
        }
    }

    fn banner(&self) -> Banner {
        let lines: Vec<_> =
            (0..self.first.blocks.len()).flat_map(|block| self.block(block)).collect();
        let spans = [&self.banners, &self.outer].into_iter().filter(|spans| !spans.is_empty());
        Banner {
            spans: spans.cloned().collect(),
            heads: self.columns.iter().map(head).collect(),
            letters: self.columns.iter().map(name).collect(),
            corner: self.source.words.answer,
            below: self.below(&lines),
            lines,
        }
    }

    /// An item's heading, its bases, and its rows, each with its letters.
    fn block(&self, at: usize) -> Vec<BannerLine> {
        let block = &self.first.blocks[at];
        let item = block.item.as_ref().map(|item| BannerLine {
            kind: RowKind::Item,
            label: item.text.clone(),
            cells: Vec::new(),
        });
        let bases = self.bases(at);
        let rows = (0..block.rows.len()).flat_map(|row| self.row(at, row));
        item.into_iter().chain(bases).chain(rows).collect()
    }

    fn of<'c>(
        &'c self,
        block: usize,
    ) -> impl Iterator<Item = (&'c Column<'a>, &'a Block<Figure>)> {
        self.columns.iter().filter_map(move |c| Some((c, c.table.blocks.get(block)?)))
    }

    fn bases(&self, block: usize) -> [BannerLine; 3] {
        let words = self.source.words;
        let line = |label: &str, pick: fn(&Bases<Figure>) -> &Figure, marked: bool| {
            let cell = |(column, block): (&Column<'_>, &Block<Figure>)| {
                let figure = block.bases.get(column.at).map(pick);
                figure.map_or_else(nothing, |figure| self.base(figure, marked))
            };
            let cells = self.of(block).map(cell).collect();
            BannerLine { kind: RowKind::Base, label: label.to_owned(), cells }
        };
        [
            line(words.base, |bases| &bases.unweighted, true),
            line(words.base_weighted, |bases| &bases.weighted, false),
            line(words.base_effective, |bases| &bases.effective, false),
        ]
    }

    /// A base; a low one that is unweighted has a mark.
    fn base(&self, figure: &Figure, marked: bool) -> Cell {
        let words = self.source.words;
        let mut cell = self.cell(figure, &print::counted(figure, words));
        if let (true, Cell::Number(number)) = (marked, &mut cell) {
            number.after.push_str(match number.value {
                n if n < VERY_LOW => words.very_low_mark,
                n if n < LOW => words.low_mark,
                _ => "",
            });
        }
        cell
    }

    fn row(&self, block: usize, row: usize) -> Vec<BannerLine> {
        let Row { label, role, .. } = &self.first.blocks[block].rows[row];
        let figures = || {
            self.of(block).map(move |(column, block)| {
                let row = block.rows.get(row)?;
                Some((row.cells.get(column.at)?, row.statistic))
            })
        };
        let cell = |found: Option<(&Figure, _)>| {
            found.map_or_else(nothing, |(figure, statistic)| {
                let entry = print::entry(figure, statistic, false, self.source.words);
                self.cell(figure, &entry)
            })
        };
        let letters = |found: Option<(&Figure, _)>| {
            Cell::Words(
                found.map_or_else(String::new, |(figure, _)| figure.letters().to_owned()),
            )
        };
        let kind = match role {
            Role::Answer | Role::Pinned => RowKind::Figures,
            Role::Net | Role::Summary => RowKind::Summary,
        };
        let cells = figures().map(cell).collect();
        let mut lines = vec![BannerLine { kind, label: label.text.clone(), cells }];
        if figures().flatten().any(|(figure, _)| !figure.letters().is_empty()) {
            let cells = figures().map(letters).collect();
            lines.push(BannerLine { kind: RowKind::Letters, label: String::new(), cells });
        }
        lines
    }

    /// A figure with all its places, shown as the page prints it.
    fn cell(&self, figure: &Figure, entry: &Entry) -> Cell {
        let number = || {
            let digits = entry.digits.as_deref()?;
            let (before, after) = around(&entry.text, digits, self.source.words)?;
            let (before, after) = (before.to_owned(), after.to_owned());
            let decimals = figure.decimals();
            Some(Number { value: figure.value()?, decimals, before, after })
        };
        number().map_or_else(|| Cell::Words(entry.text.clone()), Cell::Number)
    }

    /// What shorthand means, or else what is to be known of the columns; only what occurs.
    fn keys(&self, shorthand: bool) -> Vec<String> {
        let words = self.source.words;
        let mut tables: Vec<&Table> = self.columns.iter().map(|column| column.table).collect();
        tables.dedup_by_key(|table| &table.name);
        // Letters say more than the marks of the page.
        let marks = [words.key_verdict, words.key_verdict_overlap];
        let mut told: Vec<String> = Vec::new();
        for key in tables.iter().flat_map(|table| keys(table, words)) {
            let wanted = key.starts_with('[') == shorthand && !marks.contains(&key.as_str());
            if wanted && !told.contains(&key) {
                told.push(key);
            }
        }
        told
    }

    /// What the marks and letters mean; only those that occur.
    fn below(&self, lines: &[BannerLine]) -> Vec<String> {
        let words = self.source.words;
        let ends = |mark: &str| {
            let cells = lines.iter().flat_map(|line| &line.cells);
            let mut numbers = cells.filter_map(|cell| match cell {
                Cell::Number(number) => Some(number.after.as_str()),
                _ => None,
            });
            numbers.any(|after| after.ends_with(mark))
        };
        let mut below = self.keys(false);
        below.extend(ends(words.low_mark).then(|| words.low_long.to_owned()));
        below.extend(ends(words.very_low_mark).then(|| words.very_low_long.to_owned()));
        let letters = lines.iter().any(|line| line.kind == RowKind::Letters);
        below.extend(letters.then(|| self.letters_long()));
        below
    }

    /// How columns were compared.
    fn letters_long(&self) -> String {
        let test = self.source.poll.tables.test;
        let [capital, small] = test.alpha.map(|alpha| alpha.to_string());
        let (method, adjust) = (test.method.name(), test.adjust.name());
        let values = [("capital", &*capital), ("small", &small), ("method", method)];
        let values = [values.as_slice(), &[("adjust", adjust)]].concat();
        fill(self.source.words.letters_long, &values)
    }
}

/// A column's head; below that of an outer group without the group's name.
fn head(column: &Column<'_>) -> String {
    let text = &column.table.groups[column.at].text;
    let mut spans = column.table.spans.iter();
    let span = spans.find(|span| span.columns.contains(&column.at));
    let short = span.and_then(|span| text.strip_prefix(&span.text)?.strip_prefix(", "));
    short.unwrap_or(text).to_owned()
}

/// The letter of a column within its banner; the total has none.
fn name(column: &Column<'_>) -> String {
    column.at.checked_sub(1).map_or_else(String::new, letter)
}

/// A cell without a figure.
fn nothing() -> Cell {
    Cell::Words(Status::NotAvailable.code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{
        released_to_analyst, report_on, report_to_analyst, with_waves,
    };

    fn text(cell: &Cell) -> String {
        match cell {
            Cell::Words(words) | Cell::Link(words, _) => words.clone(),
            Cell::Number(n) => format!("{}{}{} ({})", n.before, n.value, n.after, n.decimals),
        }
    }

    /// The analyst's table of a worksheet.
    fn banner(name: &str) -> Banner {
        let book = report_to_analyst().book;
        let sheet = book.sheets.into_iter().find(|sheet| sheet.name == name);
        match sheet.expect("a sheet").body {
            Body::Banner(banner) => banner,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn all_banners_of_a_question_stand_side_by_side_and_the_total_once() {
        let banner = banner("adequate");
        assert_eq!(banner.heads, ["Total", "Primary", "Special", "Teacher", "Leader"]);
        assert_eq!(banner.letters, ["", "A", "B", "A", "B"]);
        let spans: Vec<Vec<_>> = (banner.spans.iter())
            .map(|spans| spans.iter().map(|s| (s.text.as_str(), s.columns.clone())).collect())
            .collect();
        assert_eq!(spans[0], [("Phase", 1..3), ("Phase and role", 3..5)]);
        assert_eq!(spans[1], [("Primary", 3..5)]);
    }

    #[test]
    fn bases_come_first_letters_below_their_figures_and_low_bases_have_marks() {
        let banner = banner("adequate");
        let lines = banner.lines.iter().map(|line| {
            let cells: Vec<_> = line.cells.iter().map(text).collect();
            format!("{:?}: {} | {}", line.kind, line.label, cells.join(" | "))
        });
        let lines: Vec<_> = lines.chain(banner.below.iter().cloned()).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        Base: Base (unweighted) | 4678 (0) | 2100 (0) | [c] | 99 † (0) | 40 ‡ (0)
        Base: Base (weighted) | [x] | [x] | [x] | [x] | [x]
        Base: Effective base | 2339 (0) | 1050 (0) | [c] | 49.5 (0) | 20 (0)
        Figures: Yes | 3% (0) | 4% (0) | [c] | 2.26% (0) | 9.5% (0)
        Letters:  |  |  |  |  | A
        Figures: No | 90% (0) | 89% [u] (0) | [c] | 91% (0) | 80% (0)
        Figures: Don't know | 7% (0) | 7% (0) | [c] | 6.74% (0) | 10.5% (0)
        †: base under 100.
        ‡: base under 50.
        Letters below a figure name the columns of the same banner that it is higher than: capitals at the level of 0.05, lower case at 0.1. Method: design; adjustment for many comparisons: holm.
        ");
    }

    #[test]
    fn items_of_a_battery_stand_below_each_other() {
        let items = banner("inspection").lines.into_iter();
        let items: Vec<_> = items.filter(|line| line.kind == RowKind::Item).collect();
        let labels: Vec<_> = items.iter().map(|line| line.label.as_str()).collect();
        assert_eq!(labels, ["Adds to workload", "Affects home life"]);
        assert!(items.iter().all(|line| line.cells.is_empty()));
    }

    #[test]
    fn tables_of_other_people_or_other_percentages_have_worksheets_of_their_own() {
        let released = released_to_analyst();
        let [first, second] = [&released.tables()[0], &released.tables()[1]];
        assert!(alike(first, second));
        let filtered = Table { filter: Some("primary only".to_owned()), ..second.clone() };
        assert!(!alike(first, &filtered));
        let mut shorter = second.clone();
        shorter.blocks[0].rows.pop();
        assert!(!alike(first, &shorter));
    }

    #[test]
    fn the_waves_of_a_question_follow_its_banners() {
        let book = report_on(&with_waves(released_to_analyst())).book;
        let names = book.sheets.iter().map(|sheet| sheet.name.as_str()).skip(3);
        assert!(names.eq(["adequate", "adequate-waves", "inspection", "hours"]));
        let heads = book.sheets.into_iter().find_map(|sheet| match sheet.body {
            Body::Listed(table) if sheet.name == "adequate-waves" => Some(table.heads),
            _ => None,
        });
        let heads = heads.expect("a table");
        assert!(heads.iter().any(|head| head == "Change since 2023-11 (points)"), "{heads:?}");
        assert!(heads.iter().any(|head| head == "Census (%)"), "{heads:?}");
    }

    #[test]
    fn the_page_names_one_worksheet_for_each_question() {
        let report = report_to_analyst();
        let names = report.book.sheets.iter().map(|sheet| sheet.name.as_str());
        let expected = ["Cover", "Contents", "Notes", "adequate", "inspection", "hours"];
        assert!(names.eq(expected));
        let own = report.book.sheets.iter().filter(|s| s.section.as_deref() == Some("q-hours"));
        assert_eq!(own.count(), 1);
        assert_eq!(report.book.running, "Synthetic data. Private");
    }
}
