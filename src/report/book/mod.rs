//! The workbook without a format: the tables of the page go in as they stand there, a
//! [`Book`] of worksheets comes out.
//!
//! Arranges: which worksheets there are, their names, titles, sentences, heads and rows.
//! `publish` only writes. May know what the rest of the report knows. Every number is the
//! one that the page prints; worksheets follow the guidance of the UK Analysis Function
//! on accessible spreadsheets (one table each, described in column A above it).

mod banner;
mod front;
mod listed;
mod names;
mod quotes;

use jiff::civil::Date;

use super::document::{Part, Run, Section, SectionKind, Text};
use super::{Mark, waves};
use crate::diagnostic::Finding;
use crate::disclose::{Released, Span};
use crate::poll::{Poll, Profile};
use crate::words::{MINUS, Words, fill};

use front::Notes;
use names::Names;

/// A whole workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// The file's title: that of the page's window.
    pub title: String,
    /// The organisation; never a person.
    pub author: String,
    /// What the file is about.
    pub subject: String,
    /// The day of publication.
    pub created: Option<Date>,
    /// What stands at the top of every printed page, such as "Private"; may be empty.
    pub running: String,
    /// All worksheets, in order: cover, contents, notes, then the tables.
    pub sheets: Vec<Sheet>,
}

/// One worksheet: a title, sentences below it in the first column, and a table below those.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The tab: letters, digits, `-` and `_`, at most 31, unique whatever the case.
    pub name: String,
    /// The section of the page that shows the same figures.
    pub section: Option<String>,
    /// The title.
    pub title: String,
    /// What stands between the title and the table, a cell each.
    pub above: Vec<Above>,
    /// The table.
    pub body: Body,
}

/// What stands on a worksheet below its sentences.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// A table for everybody.
    Listed(Listed),
    /// A table for the analyst: all banners side by side.
    Banner(Banner),
}

/// One cell above a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Above {
    /// A sentence or several.
    Words(String),
    /// A heading for the sentences that follow.
    Heading(String),
    /// A link to another worksheet: its words and the worksheet's name.
    Link(String, String),
}

/// A table with one row of heads: as many columns in each row as there are heads.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What programs call it: letters, digits and `_`, unique in the book.
    pub name: String,
    /// What it holds, for those who cannot see it.
    pub description: String,
    /// The heads of all columns. Two may be alike.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table with several rows of heads, for the analyst: answers by the groups of all
/// banners, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    /// What stands above the heads, row by row: banners, then the outer groups of those
    /// that are nested. Columns are counted from the first column of figures.
    pub spans: Vec<Vec<Span>>,
    /// The heads of the columns of figures.
    pub heads: Vec<String>,
    /// The letters by which columns are named where figures are compared.
    pub letters: Vec<String>,
    /// The head of the first column.
    pub corner: &'static str,
    /// The rows.
    pub lines: Vec<BannerLine>,
    /// Sentences below the table.
    pub below: Vec<String>,
}

/// A row of the analyst's table.
#[derive(Clone, Debug, PartialEq)]
pub struct BannerLine {
    /// What it is.
    pub kind: RowKind,
    /// What it shows; empty for letters.
    pub label: String,
    /// A cell for each column of figures; none where the row is a heading.
    pub cells: Vec<Cell>,
}

/// What a row of the analyst's table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An item of a battery, above its rows.
    Item,
    /// Bases.
    Base,
    /// Figures.
    Figures,
    /// Figures of a total of several answers, or a mean.
    Summary,
    /// The letters of the row above.
    Letters,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words or shorthand; nothing where there are none.
    Words(String),
    /// A link to another worksheet: its words and the worksheet's name.
    Link(String, String),
    /// A number.
    Number(Number),
}

/// A number and how it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The number: exactly what is shown, except in the analyst's book.
    pub value: f64,
    /// How many places are shown.
    pub decimals: u8,
    /// What is shown before the digits, such as the plus sign of a difference. A minus
    /// sign goes without saying.
    pub before: String,
    /// What is shown after the digits, such as ` [u]`.
    pub after: String,
}

/// What the workbook is made from.
pub(super) struct Source<'a> {
    pub(super) poll: &'a Poll,
    pub(super) released: &'a Released,
    pub(super) marks: &'a [Mark],
    /// The title of the page's window.
    pub(super) title: &'a str,
    /// "About this poll".
    pub(super) about: &'a Section,
    /// The sections from the questions to the end.
    pub(super) rest: &'a [Section],
    pub(super) words: &'a Words,
}

impl Source<'_> {
    /// A section of reference by its id.
    fn section(&self, id: &str) -> Option<&Section> {
        self.rest.iter().find(|section| section.id == id)
    }

    /// What must be said before anything else, on every worksheet: one may be copied alone.
    fn marked(&self) -> impl Iterator<Item = Above> {
        self.marks.iter().map(|mark| Above::Words(format!("{}. {}", mark.short, mark.sentence)))
    }
}

/// Arranges the workbook.
///
/// # Errors
/// Every table that is larger than a worksheet (`R020`).
pub(super) fn book(source: &Source<'_>) -> Result<Book, Vec<Finding>> {
    let words = source.words;
    let mut names = Names::new();
    let front = [words.sheet_cover, words.contents, words.sheet_notes];
    let front = front.map(|name| names.sheet(name));
    let notes = Notes::new(source, front[2].clone());
    let tables = tables(source, &notes, &mut names, &front[1]);
    let quotes = quotes::sheet(source, &mut names, &front[1]);
    let too_large: Vec<_> = tables.iter().filter_map(listed::too_large).collect();
    if !too_large.is_empty() {
        return Err(too_large);
    }
    let [cover, contents, _] = front;
    let mut sheets = vec![
        front::cover(source, cover, &contents),
        front::contents(source, contents.clone(), tables.iter().chain(&quotes)),
        notes.sheet(source, &contents),
    ];
    sheets.extend(tables);
    sheets.extend(quotes);
    let marks: Vec<_> = source.marks.iter().map(|mark| mark.short).collect();
    Ok(Book {
        title: source.title.to_owned(),
        author: source.poll.organisation.clone().unwrap_or_default(),
        subject: words.book_subject.to_owned(),
        created: source.poll.published,
        running: marks.join(". "),
        sheets,
    })
}

/// A worksheet for each table of the page, in its order. For the analyst those of one
/// question stand side by side, and those of its waves follow.
fn tables(source: &Source<'_>, notes: &Notes, names: &mut Names, contents: &str) -> Vec<Sheet> {
    let side_by_side = source.released.profile() == Profile::Analyst;
    let of_waves: Vec<String> = waves::names(source.released).collect();
    let mut sheets = Vec::new();
    for section in source.rest {
        let side_by_side = side_by_side && section.kind == SectionKind::Question;
        if side_by_side {
            sheets.extend(banner::sheets(source, section, names, contents));
        }
        let asked = listed::Asked::of(section);
        for part in &section.parts {
            let Part::Table(grid) = part else { continue };
            // A worksheet's table has at least one row.
            if grid.lines.is_empty() || (side_by_side && !of_waves.contains(&grid.name)) {
                continue;
            }
            let place = listed::Place {
                sheet: names.sheet(&grid.name),
                table: names.table(&grid.name),
                section: section.id.clone(),
                contents,
            };
            sheets.push(listed::sheet(source, grid, &asked, notes, place));
        }
    }
    sheets
}

/// Tells the readers of each question where its tables stand in the workbook.
pub(super) fn link(sections: &mut [Section], book: &Book, words: &Words) {
    for section in sections.iter_mut().filter(|s| s.kind == SectionKind::Question) {
        let own = book.sheets.iter().filter(|s| s.section.as_ref() == Some(&section.id));
        let names: Vec<String> = own.map(|sheet| sheet.name.clone()).collect();
        if names.is_empty() {
            continue;
        }
        let place = match names.len() {
            1 => words.on_sheet,
            2 => words.on_sheets,
            _ => words.on_more_sheets,
        };
        let list = words.list(&names);
        let after = (names.len() - 1).to_string();
        let values = [("names", &*list), ("first", &names[0]), ("n", &after)];
        section.parts.push(Part::Paragraph(vec![
            Run::Plain(words.in_excel.to_owned()),
            Run::Link(FILE.to_owned(), FILE.to_owned()),
            Run::Plain(fill(place, &values)),
        ]));
    }
}

/// The file's name is fixed (contract); a test of `publish` compares it with what it writes.
const FILE: &str = "tables.xlsx";

/// What stands around the digits of a printed number, its sign left out; none if the text
/// does not hold that number.
fn around<'t>(text: &'t str, digits: &str, words: &Words) -> Option<(&'t str, &'t str)> {
    let (before, after) = text.split_once(&words.size(digits))?;
    Some((before.trim_end_matches(MINUS), after))
}

/// The words of a text, without emphasis and addresses.
fn said(text: &Text) -> String {
    text.iter()
        .map(|run| match run {
            Run::Plain(words)
            | Run::Strong(words)
            | Run::Day(words, _)
            | Run::Link(words, _) => words.as_str(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::report::testing::{poll, report, report_of};
    use crate::report::{Above, Cell, Part, Run};

    use super::*;

    fn table(sheet: &Sheet) -> &Listed {
        match &sheet.body {
            Body::Listed(table) => table,
            other => panic!("{other:?}"),
        }
    }

    fn names(book: &Book) -> Vec<&str> {
        book.sheets.iter().map(|sheet| sheet.name.as_str()).collect()
    }

    #[test]
    fn the_book_is_a_cover_the_contents_the_notes_and_a_sheet_for_each_table() {
        assert_eq!(
            names(&report().book),
            ["Cover", "Contents", "Notes", "adequate", "adequate-phase", "inspection", "hours"]
        );
    }

    #[test]
    fn contents_links_to_each_table_and_each_table_back() {
        let book = report().book;
        let contents = table(&book.sheets[1]);
        let links: Vec<_> = (contents.rows.iter())
            .map(|row| match &row[0] {
                Cell::Link(_, sheet) => sheet.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(links, names(&book)[3..]);
        let back = Above::Link("Back to the contents".to_owned(), "Contents".to_owned());
        assert!(book.sheets[2..].iter().all(|sheet| sheet.above.contains(&back)));
    }

    #[test]
    fn markers_of_notes_lead_to_notes() {
        let book = report().book;
        let notes = table(&book.sheets[2]);
        let known: Vec<String> = (notes.rows.iter())
            .map(|row| match &row[0] {
                Cell::Words(name) => format!("[{name}]"),
                other => panic!("{other:?}"),
            })
            .collect();
        let tables = book.sheets[3..].iter().map(table);
        let heads: String = tables.flat_map(|table| table.heads.clone()).collect();
        let used: Vec<_> =
            heads.split('[').skip(1).filter_map(|s| s.split(']').next()).collect();
        assert!(used.len() > 3);
        assert!(used.iter().all(|name| known.contains(&format!("[{name}]"))), "{used:?}");
    }

    #[test]
    fn made_up_data_are_marked_on_every_worksheet() {
        let marked = |sheet: &Sheet| {
            sheet.above.iter().any(|above| {
                matches!(above, Above::Words(words) if words.starts_with("Synthetic data."))
            })
        };
        assert!(report().book.sheets.iter().all(marked));
        let real = report_of(&Poll { synthetic: false, ..poll() }).expect("a report");
        assert!(!real.book.sheets.iter().any(marked));
    }

    #[test]
    fn each_question_of_the_page_names_its_worksheets() {
        let report = report();
        let section = report.sections.iter().find(|s| s.id == "q-adequate").expect("one");
        let Some(Part::Paragraph(text)) = section.parts.last() else { panic!("no link") };
        assert_eq!(
            said(text),
            "In Excel: tables.xlsx, worksheets adequate and adequate-phase."
        );
        assert_eq!(text[1], Run::Link("tables.xlsx".to_owned(), "tables.xlsx".to_owned()));
    }

    #[test]
    fn of_many_worksheets_the_first_is_named() {
        let mut report = report();
        let mut book = report.book.clone();
        let own = |sheet: &&mut Sheet| sheet.section.is_some();
        for sheet in book.sheets.iter_mut().filter(own) {
            sheet.section = Some("q-hours".to_owned());
        }
        link(&mut report.sections, &book, &crate::words::EN_GB);
        let section = report.sections.iter().find(|s| s.id == "q-hours").expect("one");
        let Some(Part::Paragraph(text)) = section.parts.last() else { panic!("no link") };
        assert_eq!(said(text), "In Excel: tables.xlsx, worksheet adequate and the 3 after it.");
    }

    #[test]
    fn the_author_is_the_organisation() {
        assert_eq!(report().book.author, "Example Education Union");
    }
}
