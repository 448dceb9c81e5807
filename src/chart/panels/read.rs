//! From a table with groups to what its panels show.

use super::super::reading::Reading;
use super::super::text::clean;
use super::super::{LIMIT, Subject, is_drawn};
use crate::disclose::{Block, Figure, Form, Label, Role, Row, Status, Table, Verdict};
use crate::poll::tables::Percent;
use crate::words::Words;

/// The most bars in one picture; the table has the others.
const BARS: usize = 400;

/// From so many bars on, only the answers are drawn in which a group differs.
const MANY: usize = 48;

/// What a picture shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read {
    /// Answers, or the items of a battery.
    pub(super) answers: Vec<Answer>,
    /// The groups of which something may be shown, each with a cell in every answer.
    pub(super) groups: Vec<Group>,
    /// What the total is called.
    pub(super) total: String,
    /// The groups of which nothing may be shown, with the reason as shorthand.
    pub(super) hidden: Vec<(String, &'static str)>,
    /// What is drawn of each item; nothing if rows are answers.
    pub(super) net: Option<String>,
    /// Whether answers in which no group differs are left out.
    pub(super) only_differing: bool,
    /// Whether somebody can be in several groups.
    pub(super) overlapping: bool,
    /// Whether bases are the smallest of several.
    pub(super) at_least: bool,
    /// Whether the table has more answers or groups than are drawn.
    pub(super) cut: bool,
}

/// One answer in every group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// Its label.
    pub(super) label: String,
    /// Whether it stays last, whatever its size.
    pub(super) aside: bool,
    /// The share of all.
    pub(super) all: Reading,
    /// The share of each group.
    pub(super) cells: Vec<Cell>,
}

/// One answer in one group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// Its share.
    pub(super) reading: Reading,
    /// How it lies to the other groups together, if it was found to differ.
    pub(super) differs: Option<Differs>,
}

/// On which side of the other groups a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Differs {
    /// Above them.
    Higher,
    /// Below them.
    Lower,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// Its label.
    pub(super) label: String,
    /// How many answered, or in the item with the fewest, or why that is not said.
    pub(super) base: String,
    /// What stands above it and its neighbours where banners are nested.
    pub(super) span: Option<String>,
}

impl Answer {
    /// Whether a group has a bar.
    fn has_bar(&self, group: usize) -> bool {
        self.cells.get(group).is_some_and(|cell| cell.reading.value.is_some())
    }
}

impl Read {
    /// Whether a group was found to differ from the rest in something that is drawn.
    pub(super) fn differs(&self) -> bool {
        self.cells().any(|cell| cell.differs.is_some())
    }

    /// Leaves out the answers in which no group differs, if there would be many bars.
    fn leave_out_what_is_alike(&mut self) {
        if self.cells().count() <= MANY || !self.differs() {
            return;
        }
        let all = self.answers.len();
        self.answers.retain(|answer| answer.cells.iter().any(|cell| cell.differs.is_some()));
        self.only_differing = self.answers.len() < all;
    }

    /// Every cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.answers.iter().flat_map(|answer| &answer.cells)
    }
}

/// Reads a table; none if it is of another form or has nothing to draw.
pub(super) fn read(subject: &Subject<'_>) -> Option<Read> {
    let (table, words) = (subject.table, subject.poll.words);
    table.banner.as_ref()?;
    if table.percent != Percent::Column {
        return None;
    }
    let (rows, net) = rows(table)?;
    let total = clean(&table.groups.first()?.text);
    let columns = table.groups.len().min(LIMIT + 1);
    let (shown, hidden): (Vec<_>, Vec<_>) = (1..columns)
        .map(|at| (at, reason(&rows, at, words)))
        .partition(|(_, reason)| reason.is_none());
    let shown: Vec<usize> = shown.into_iter().map(|(at, _)| at).collect();
    let most = LIMIT.min(BARS / shown.len().max(1));
    let cut = rows.len() > most || table.groups.len() > columns;
    let answer = |row: &Drawn<'_>| answer(row, &shown, subject.intervals, words);
    let label = |at: usize| table.groups.get(at).map(|label: &Label| clean(&label.text));
    let mut read = Read {
        answers: rows.iter().take(most).filter_map(answer).collect(),
        groups: shown.iter().filter_map(|at| group(table, *at, words)).collect(),
        total,
        hidden: (hidden.into_iter()).filter_map(|(at, why)| Some((label(at)?, why?))).collect(),
        net,
        only_differing: false,
        overlapping: table.overlapping,
        at_least: at_least(table),
        cut,
    };
    read.leave_out_what_is_alike();
    let drawn = |at: &usize| read.answers.iter().any(|answer| answer.has_bar(*at));
    // One group alone is compared with nothing.
    ((0..read.groups.len()).filter(drawn).count() > 1).then_some(read)
}

/// A row of a table with the label under which it is drawn.
struct Drawn<'a> {
    label: &'a str,
    row: &'a Row<Figure>,
}

/// The rows that are drawn, and what they are of a battery's items.
fn rows(table: &Table) -> Option<(Vec<Drawn<'_>>, Option<String>)> {
    match table.form {
        Form::Single { .. } | Form::Multi => {
            let rows = &table.blocks.first()?.rows;
            let of =
                |role| rows.iter().filter(move |row| row.role == role && is_drawn(row, false));
            let rows = of(Role::Answer).chain(of(Role::Pinned));
            Some((rows.map(|row| Drawn { label: &row.label.text, row }).collect(), None))
        }
        Form::Battery { .. } => {
            let rows: Vec<_> = table.blocks.iter().filter_map(net).collect();
            let label = clean(&rows.first()?.row.label.text);
            Some((rows, Some(label)))
        }
        Form::Number | Form::Rank => None,
    }
}

/// An item's first net.
fn net(block: &Block<Figure>) -> Option<Drawn<'_>> {
    let row = block.rows.iter().find(|row| is_drawn(row, true))?;
    Some(Drawn { label: &block.item.as_ref()?.text, row })
}

/// Why nothing of a column may be shown; none if something may.
fn reason(rows: &[Drawn<'_>], column: usize, words: &Words) -> Option<&'static str> {
    let mut codes = rows.iter().map(|drawn| {
        let reading = Reading::of(drawn.row.cells.get(column)?, false, words);
        let told = !reading.is_gap() || reading.code == Status::Unreliable.code();
        (!told).then_some(reading.code)
    });
    let first = codes.next()??;
    codes.all(|code| code.is_some()).then_some(first)
}

fn answer(
    drawn: &Drawn<'_>,
    shown: &[usize],
    intervals: bool,
    words: &Words,
) -> Option<Answer> {
    let cells = &drawn.row.cells;
    Some(Answer {
        label: clean(drawn.label),
        aside: drawn.row.role == Role::Pinned,
        all: Reading::of(cells.first()?, false, words),
        cells: shown
            .iter()
            .map(|at| Some(cell(cells.get(*at)?, intervals, words)))
            .collect::<Option<_>>()?,
    })
}

fn cell(figure: &Figure, intervals: bool, words: &Words) -> Cell {
    let reading = Reading::of(figure, intervals, words);
    let differs = match figure.verdict() {
        Some(Verdict::Higher) => Some(Differs::Higher),
        Some(Verdict::Lower) => Some(Differs::Lower),
        Some(Verdict::Neither) | None => None,
    };
    let differs = differs.filter(|_| reading.value.is_some());
    Cell { reading, differs }
}

fn group(table: &Table, column: usize, words: &Words) -> Option<Group> {
    let span = table.spans.iter().find(|span| span.columns.contains(&column));
    Some(Group {
        label: clean(&table.groups.get(column)?.text),
        base: base(table, column, words),
        span: span.map(|span| clean(&span.text)),
    })
}

/// Whether items differ in how many answered them.
fn at_least(table: &Table) -> bool {
    let bases = |block: &Block<Figure>| {
        let values = block.bases.iter().map(|bases| bases.unweighted.value());
        values.collect::<Vec<_>>()
    };
    table.blocks.windows(2).any(|pair| match pair {
        [one, other] => bases(one) != bases(other),
        _ => false,
    })
}

/// The unweighted base of a column, in a battery the smallest.
fn base(table: &Table, column: usize, words: &Words) -> String {
    let bases = table.blocks.iter().filter_map(|block| block.bases.get(column));
    let figures: Vec<&Figure> = bases.map(|bases| &bases.unweighted).collect();
    let values: Option<Vec<f64>> = figures.iter().map(|figure| figure.value()).collect();
    let Some(values) = values.filter(|values| !values.is_empty()) else {
        let hidden = figures.iter().find(|figure| figure.value().is_none());
        return hidden.map_or(Status::NotAvailable, |figure| figure.status()).code().to_owned();
    };
    words.number(values.iter().copied().fold(f64::MAX, f64::min), 0)
}
