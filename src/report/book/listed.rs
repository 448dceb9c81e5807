//! A table of the page as a worksheet.
//!
//! Takes a [`Grid`], gives a [`Sheet`] with the same figures in the same order, as numbers.
//! A percentage is a number such as 39 under a head that ends in "(%)", and shorthand that
//! follows a number stands in its format: a reader meets what the page shows, a program
//! can calculate. Where rows differ in unit, the sign stays with the number. Each bound of
//! an interval has a column of its own, and so have comparisons, in words. Changes of
//! percentages are points, and their heads say so.

use super::front::Notes;
use super::{Above, Body, Cell, Listed, Number, Sheet, Source, around};
use crate::diagnostic::Finding;
use crate::report::codes;
use crate::report::document::{Column, Entry, Grid, Line, LineKind, Part, Section};
use crate::report::grid::NO_INTERVAL;
use crate::words::{Words, fill};

/// What stands beside a figure that has no interval or was not compared.
const NOT_APPLICABLE: &str = "[z]";

/// How a question was put: sentences for each of its worksheets.
pub(super) struct Asked(pub(super) Vec<String>);

impl Asked {
    pub(super) fn of(section: &Section) -> Self {
        let sentences = section.parts.iter().flat_map(|part| match part {
            Part::Asked { wording, terms, .. } => {
                wording.iter().chain(terms).cloned().collect()
            }
            _ => Vec::new(),
        });
        Self(sentences.collect())
    }
}

/// Where a worksheet stands and what it is called.
pub(super) struct Place<'a> {
    pub(super) sheet: String,
    pub(super) table: String,
    pub(super) section: String,
    /// The worksheet with the contents.
    pub(super) contents: &'a str,
}

/// The worksheet.
pub(super) fn sheet(
    source: &Source<'_>,
    grid: &Grid,
    asked: &Asked,
    notes: &Notes,
    place: Place<'_>,
) -> Sheet {
    let maker = Maker { source, grid, notes, shares: shares(grid), words: source.words };
    Sheet {
        name: place.sheet,
        section: Some(place.section),
        title: grid.caption.clone(),
        above: maker.above(asked, place.contents),
        body: Body::Listed(maker.table(place.table)),
    }
}

struct Maker<'a> {
    source: &'a Source<'a>,
    grid: &'a Grid,
    notes: &'a Notes,
    /// Whether every figure but bases and changes is a percentage.
    shares: bool,
    words: &'a Words,
}

/// Whether every figure of a table but bases and changes is a percentage.
fn shares(grid: &Grid) -> bool {
    let other = [LineKind::Base, LineKind::Interval, LineKind::Change];
    let figure = |kind: LineKind| !other.contains(&kind);
    let cells = grid.lines.iter().flat_map(|line| grid.columns.iter().zip(&line.cells));
    let figures = cells.filter(|(column, _)| figure(column.kind)).map(|(_, entry)| entry);
    let mut numbers = figures.filter(|entry| entry.digits.is_some()).peekable();
    numbers.peek().is_some() && numbers.all(|entry| entry.text.contains('%'))
}

impl Maker<'_> {
    fn above(&self, asked: &Asked, contents: &str) -> Vec<Above> {
        let words = self.words;
        let changes = self.grid.columns.iter().any(|column| column.kind == LineKind::Change);
        let rows = if changes { words.rows_of_bases_waves } else { words.rows_of_bases };
        let bases = self.shares && !self.grid.foot.is_empty();
        let table = self.table(String::new());
        let not_applicable = Cell::Words(NOT_APPLICABLE.to_owned());
        let none = table.rows.iter().flatten().any(|cell| *cell == not_applicable);
        let links =
            [(words.to_notes, self.notes.sheet.as_str()), (words.to_contents, contents)];
        [Above::Words(words.one_table.to_owned())]
            .into_iter()
            .chain(self.source.marked())
            .chain(asked.0.iter().cloned().map(Above::Words))
            .chain(self.grid.keys.iter().map(|key| Above::Words(without_symbols(key))))
            .chain(bases.then(|| Above::Words(rows.to_owned())))
            .chain(none.then(|| Above::Words(words.not_applicable.to_owned())))
            .chain(links.map(|(text, sheet)| Above::Link(text.to_owned(), sheet.to_owned())))
            .collect()
    }

    fn lines(&self) -> impl Iterator<Item = &Line> + Clone {
        self.grid.lines.iter().chain(&self.grid.foot)
    }

    fn table(&self, name: String) -> Listed {
        let heads = self.slots().into_iter().flat_map(|slot| self.heads(slot));
        let heads: Vec<_> = [self.corner()].into_iter().chain(heads).collect();
        let rows: Vec<_> = self.lines().map(|line| self.row(line)).collect();
        let size = [("rows", rows.len().to_string()), ("columns", heads.len().to_string())];
        let size = size.each_ref().map(|(gap, value)| (*gap, value.as_str()));
        Listed { name, description: fill(self.words.table_alt, &size), heads, rows }
    }

    /// The head of the first column, with the notes on the rows and columns.
    fn corner(&self) -> String {
        let words = self.words;
        let kinds = self.lines().map(|line| line.kind);
        let kinds: Vec<_> = kinds.chain(self.grid.columns.iter().map(|c| c.kind)).collect();
        let percent = self.lines().flat_map(|l| &l.cells).any(|cell| cell.text.contains('%'));
        let about = [
            (percent, words.percentages),
            (kinds.contains(&LineKind::Net), words.nets),
            (kinds.contains(&LineKind::Summary), words.medians),
        ];
        let markers = about.into_iter().filter(|(there, _)| *there);
        let markers = markers.map(|(_, about)| self.notes.marker(about, self.source));
        format!("{}{}", self.grid.corner, markers.collect::<String>())
    }

    /// What stands in the columns after the first.
    fn slots(&self) -> Vec<Slot> {
        let columns = self.grid.columns.iter().enumerate();
        let slots = columns.flat_map(|(at, column)| {
            let any = |told: fn(&Entry) -> bool| {
                self.lines().filter_map(|line| line.cells.get(at)).any(told)
            };
            let own = column.kind == LineKind::Interval;
            let bounds = own || any(|entry| entry.range.is_some());
            let compared = any(|entry| entry.compared.is_some());
            [
                (!own).then_some(Slot::Figure(at)),
                bounds.then_some(Slot::Bounds(at)),
                compared.then_some(Slot::Compared(at)),
            ]
        });
        slots.flatten().collect()
    }

    /// What the head of a column ends in.
    fn unit(&self, kind: LineKind) -> &'static str {
        match kind {
            LineKind::Change if self.shares => self.words.unit_points,
            _ if self.shares => self.words.unit_percent,
            _ => "",
        }
    }

    /// The head of a figure's column, or those of its bounds.
    fn heads(&self, slot: Slot) -> Vec<String> {
        let words = self.words;
        let (Slot::Figure(at) | Slot::Bounds(at) | Slot::Compared(at)) = slot;
        let Column { text, kind } = &self.grid.columns[at];
        let unit = self.unit(*kind);
        let values = [("column", text.as_str())];
        let marker = |about| self.notes.marker(about, self.source);
        match slot {
            Slot::Figure(_) => {
                let base = *kind == LineKind::Base;
                let end = if base { &marker(words.bases) } else { unit };
                vec![format!("{text}{end}")]
            }
            Slot::Bounds(_) => {
                let head =
                    |gap| format!("{}{unit}{}", fill(gap, &values), marker(words.intervals));
                [words.bound_low, words.bound_high].map(head).to_vec()
            }
            Slot::Compared(_) if *kind == LineKind::Change => {
                vec![fill(words.change_found, &values)]
            }
            Slot::Compared(_) => {
                vec![fill(words.compared_with, &values) + &marker(words.comparisons)]
            }
        }
    }

    fn row(&self, line: &Line) -> Vec<Cell> {
        let label = match line.kind {
            LineKind::Base => {
                line.label.clone() + &self.notes.marker(self.words.bases, self.source)
            }
            _ => line.label.clone(),
        };
        let cells = self.slots().into_iter().filter_map(|slot| match slot {
            Slot::Figure(at) => Some(vec![self.cell(line.cells.get(at)?)]),
            Slot::Bounds(at) => Some(self.bounds(at, line.cells.get(at)?)),
            Slot::Compared(at) => {
                let words = line.cells.get(at)?.compared.unwrap_or(NOT_APPLICABLE);
                Some(vec![Cell::Words(words.to_owned())])
            }
        });
        [Cell::Words(label)].into_iter().chain(cells.flatten()).collect()
    }

    /// A figure: a number that shows what the page prints, or its shorthand.
    fn cell(&self, entry: &Entry) -> Cell {
        let number = entry.digits.as_deref().and_then(|digits| {
            let (before, after) = around(&entry.text, digits, self.words)?;
            let after = if self.shares { after.trim_start_matches('%') } else { after };
            number(digits, before, after)
        });
        number.map_or_else(|| Cell::Words(entry.text.clone()), Cell::Number)
    }

    /// Both bounds; where there are none, the word on why.
    fn bounds(&self, at: usize, entry: &Entry) -> Vec<Cell> {
        let words = self.interval(at, entry).unwrap_or(NOT_APPLICABLE);
        let after = if !self.shares && entry.text.contains('%') { "%" } else { "" };
        let bound = |end: Option<&String>| {
            let number = end.and_then(|digits| number(digits, "", after));
            number.map_or_else(|| Cell::Words(words.to_owned()), Cell::Number)
        };
        let (low, high) = entry.ends.as_ref().map(|(low, high)| (low, high)).unzip();
        vec![bound(low), bound(high)]
    }

    /// The interval as the page prints it, or the word that stands in its place.
    fn interval<'e>(&self, at: usize, entry: &'e Entry) -> Option<&'e str> {
        match self.grid.columns[at].kind {
            LineKind::Interval => Some(entry.text.as_str()).filter(|text| *text != NO_INTERVAL),
            _ => entry.range.as_deref(),
        }
    }
}

/// Comparisons stand in words on a worksheet.
fn without_symbols(key: &str) -> String {
    key.replace("▲ ", "").replace("▼ ", "")
}

/// What stands in a column of the worksheet, or in two, with the place of the page's column.
#[derive(Clone, Copy)]
enum Slot {
    Figure(usize),
    Bounds(usize),
    Compared(usize),
}

/// Digits as a number; none if they are not digits.
fn number(digits: &str, before: &str, after: &str) -> Option<Number> {
    let decimals = digits.split_once('.').map_or(0, |(_, places)| places.len());
    Some(Number {
        value: digits.parse().ok()?,
        decimals: u8::try_from(decimals).ok()?,
        before: before.to_owned(),
        after: after.to_owned(),
    })
}

/// The most columns and rows that a worksheet has.
const MOST_COLUMNS: usize = 16_384;
const MOST_ROWS: usize = 1_048_576;

/// Says so if a worksheet cannot hold its table.
pub(super) fn too_large(sheet: &Sheet) -> Option<Finding> {
    let (columns, rows) = match &sheet.body {
        Body::Empty => return None,
        Body::Listed(table) => (table.heads.len(), table.rows.len() + 1),
        Body::Banner(table) => (
            table.heads.len() + 1,
            table.lines.len() + table.spans.len() + table.below.len() + 2,
        ),
    };
    let rows = rows + sheet.above.len() + 1;
    let headline = format!("a table of {rows} rows and {columns} columns fits on no worksheet");
    let because = format!("it is that of “{}”", sheet.title);
    let help = "join the groups of its banner, or take it out of the poll file";
    (columns > MOST_COLUMNS || rows > MOST_ROWS)
        .then(|| Finding::new(&codes::TABLE_TOO_LARGE, headline).because(because).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{
        drawn, poll, released, released_with_intervals, report_on, with_waves,
    };
    use crate::report::{Report, assemble};

    fn cell(cell: &Cell) -> String {
        match cell {
            Cell::Words(words) | Cell::Link(words, _) => words.clone(),
            Cell::Number(Number { value, decimals, before, after }) => {
                format!("{before}{value:.*}{after}#", usize::from(*decimals))
            }
        }
    }

    /// A worksheet's cells as text; numbers end in `#`.
    fn text(report: &Report, name: &str) -> String {
        let sheet = report.book.sheets.iter().find(|s| s.name == name).expect("a sheet");
        let above = sheet.above.iter().map(|above| match above {
            Above::Words(words) | Above::Heading(words) => words.clone(),
            Above::Link(words, sheet) => format!("{words} -> {sheet}"),
        });
        let Body::Listed(table) = &sheet.body else { panic!("no table") };
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>());
        let rows = rows.map(|row| row.join(" | "));
        let lines = [sheet.title.clone()].into_iter().chain(above);
        lines.chain([table.heads.join(" | ")]).chain(rows).collect::<Vec<_>>().join("\n")
    }

    fn report(intervals: bool) -> Report {
        let released = if intervals { released_with_intervals() } else { released() };
        assemble(&poll(), &released, drawn(), Vec::new()).expect("a report")
    }

    /// What the maker of a grid's worksheet makes.
    fn made<T>(grid: &Grid, make: impl Fn(&Maker<'_>) -> T) -> T {
        let report = report(false);
        let source = Source {
            poll: &poll(),
            released: &released(),
            marks: &[],
            title: "",
            about: &report.sections[0],
            rest: &[],
            words: &crate::words::EN_GB,
        };
        let notes = Notes::new(&source, String::new());
        let (shares, words) = (shares(grid), source.words);
        make(&Maker { source: &source, grid, notes: &notes, shares, words })
    }

    #[test]
    fn a_crosstab_has_units_in_its_heads_and_shorthand_with_its_numbers() {
        insta::assert_snapshot!(text(&report(false), "adequate-phase"), @r"
        Table 2: Pause adequate, by Phase
        This worksheet contains one table.
        Synthetic data. The answers in this report are made up. They describe nobody and must not be quoted as findings.
        “Pause adequate?”
        One answer. Base: all members who replied.
        [c]: hidden to protect confidentiality.
        [u]: low reliability, because few people answered or the interval is wide.
        Rows of bases hold numbers of people, all other rows percentages.
        Notes -> Notes
        Back to the contents -> Contents
        Answer [note 1] | Total (%) | Primary (%) | Special (%)
        Yes | 3# | 4# | [c]
        No | 90# | 89 [u]# | [c]
        Don't know | 7# | 7# | [c]
        Base (unweighted) [note 2] | 4678# | 2100# | [c]
        Effective base [note 2] | 2339# | 1050# | [c]
        ");
    }

    #[test]
    fn each_bound_of_an_interval_has_a_column_of_its_own() {
        insta::assert_snapshot!(text(&report(true), "adequate"), @r"
        Table 1: Pause adequate
        This worksheet contains one table.
        Synthetic data. The answers in this report are made up. They describe nobody and must not be quoted as findings.
        “Pause adequate?”
        One answer. Base: all members who replied.
        Rows of bases hold numbers of people, all other rows percentages.
        [z]: not applicable, because the figure has no interval or was not compared.
        Notes -> Notes
        Back to the contents -> Contents
        Answer [note 1] | Per cent (%) | 95% confidence interval, lower bound (%) [note 5] | 95% confidence interval, upper bound (%) [note 5]
        Yes | 3# | 0# | 6#
        No | 90# | 87# | 93#
        Don't know | 7# | 4# | 10#
        Base (unweighted) [note 2] | 4678# | [z] | [z]
        Effective base [note 2] | 2339# | [z] | [z]
        ");
    }

    #[test]
    fn a_battery_has_bounds_behind_each_answer_and_none_behind_the_base() {
        let text = text(&report(true), "inspection");
        let heads = text.lines().find(|line| line.starts_with("Item")).expect("heads");
        insta::assert_snapshot!(heads, @"Item [note 1] [note 3] | Strongly agree (%) | Strongly agree, lower bound (%) [note 5] | Strongly agree, upper bound (%) [note 5] | Tend to agree (%) | Tend to agree, lower bound (%) [note 5] | Tend to agree, upper bound (%) [note 5] | Total agree (%) | Total agree, lower bound (%) [note 5] | Total agree, upper bound (%) [note 5] | Base (unweighted) [note 2]");
    }

    #[test]
    fn comparisons_stand_in_words_in_a_column_of_their_own() {
        let grid = |compared| Grid {
            name: "g".to_owned(),
            caption: "G".to_owned(),
            keys: vec!["▲ higher, ▼ lower: different.".to_owned()],
            corner: "Answer",
            columns: vec![Column { text: "Primary".to_owned(), kind: LineKind::Plain }],
            lines: vec![Line {
                label: "Yes".to_owned(),
                kind: LineKind::Plain,
                cells: vec![Entry { compared, ..Entry::plain("[c]") }],
            }],
            foot: Vec::new(),
        };
        let heads = |compared| made(&grid(compared), |maker| maker.table(String::new()));
        let table = heads(Some("higher"));
        assert_eq!(table.heads, ["Answer", "Primary", "Primary, compared with the rest"]);
        assert_eq!(
            table.rows[0].iter().map(cell).collect::<Vec<_>>(),
            ["Yes", "[c]", "higher"]
        );
        assert_eq!(heads(None).heads.len(), 2);
        let above = made(&grid(None), |maker| maker.above(&Asked(Vec::new()), ""));
        assert!(above.contains(&Above::Words("higher, lower: different.".to_owned())));
    }

    #[test]
    fn what_is_no_percentage_has_no_unit_in_its_head() {
        insta::assert_snapshot!(text(&report(false), "hours"), @r"
        Table 4: Hours worked
        This worksheet contains one table.
        Synthetic data. The answers in this report are made up. They describe nobody and must not be quoted as findings.
        “Hours worked?”
        A number. Base: all members who replied.
        Notes -> Notes
        Back to the contents -> Contents
        Measure [note 4] | Result
        Mean | 52#
        Median | 50#
        Base (unweighted) [note 2] | 4600#
        Effective base [note 2] | 2300#
        ");
    }

    #[test]
    fn where_rows_differ_in_unit_the_sign_stays_with_the_number() {
        let mut grid = Grid {
            name: "g".to_owned(),
            caption: "G".to_owned(),
            keys: Vec::new(),
            corner: "Answer",
            columns: vec![Column { text: "Total".to_owned(), kind: LineKind::Plain }],
            lines: Vec::new(),
            foot: Vec::new(),
        };
        let line = |text: &str, digits: &str| Line {
            label: text.to_owned(),
            kind: LineKind::Plain,
            cells: vec![Entry { digits: Some(digits.to_owned()), ..Entry::plain(text) }],
        };
        grid.lines = vec![line("39%", "39"), line("3.5", "3.5"), line("+1,200", "1200")];
        assert!(!shares(&grid));
        let cells = made(&grid, |maker| {
            grid.lines.iter().map(|line| cell(&maker.row(line)[1])).collect::<Vec<_>>()
        });
        assert_eq!(cells, ["39%#", "3.5#", "+1200#"]);
        assert_eq!(made(&grid, |maker| maker.heads(Slot::Figure(0))), ["Total"]);
    }

    #[test]
    fn changes_are_points_with_their_test_in_words_beside_them() {
        let report = report_on(&with_waves(released()));
        insta::assert_snapshot!(text(&report, "adequate-waves"), @r"
        Table 2: Pause adequate, by wave
        This worksheet contains one table.
        Synthetic data. The answers in this report are made up. They describe nobody and must not be quoted as findings.
        “Pause adequate?”
        One answer. Base: all members who replied.
        [b]: a break: something changed just before this wave, so the figure should not be compared with older ones, and no change is given.
        higher, lower: a change since the wave before, by more than chance would explain.
        No clear change: chance alone could explain the difference.
        Rows of bases hold numbers of people, all other rows percentages, and their changes in points.
        [z]: not applicable, because the figure has no interval or was not compared.
        Notes -> Notes
        Back to the contents -> Contents
        Answer [note 1] | 2023-11 (%) | 2024-01 (%) | Change since 2023-11 (points) | Change since 2023-11, result of the test | Census (%)
        Yes | 7# | 3# | -4# | lower | 12.5#
        No | 89# | 90# | +1# | no clear change | –
        Don't know | 5# | 7# | [b] | [z] | –
        Base (unweighted) [note 2] | 4500# | 4500# | – | [z] | –
        ");
    }

    #[test]
    fn a_number_is_what_the_page_prints() {
        let report = report(true);
        let parts = report.sections.iter().flat_map(|section| &section.parts);
        let grids = parts.filter_map(|part| match part {
            Part::Table(grid) => Some(grid),
            _ => None,
        });
        let mut compared = 0;
        for grid in grids {
            let sheet = report.book.sheets.iter().find(|s| s.name == grid.name);
            let Some(Body::Listed(table)) = sheet.map(|s| &s.body) else { panic!("no table") };
            for (line, row) in grid.lines.iter().chain(&grid.foot).zip(&table.rows) {
                let Cell::Number(number) = &row[1] else { panic!("{row:?}") };
                let digits = format!("{:.*}", usize::from(number.decimals), number.value);
                let shown = crate::words::EN_GB.size(&digits) + &number.after;
                assert_eq!(line.cells[0].text.replace('%', ""), shown);
                compared += 1;
            }
        }
        assert!(compared > 10);
    }

    #[test]
    fn a_table_that_no_worksheet_holds_is_refused() {
        let mut sheet = report(false).book.sheets.pop().expect("a sheet");
        assert_eq!(too_large(&sheet), None);
        let Body::Listed(table) = &mut sheet.body else { panic!("no table") };
        table.heads = vec![String::new(); MOST_COLUMNS + 1];
        assert_eq!(too_large(&sheet).map(|finding| finding.code.id), Some("R020"));
    }
}
