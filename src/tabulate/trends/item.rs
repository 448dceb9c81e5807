//! One item of a question over several waves: its rows matched, its changes tested.

use super::super::rows::{kind, label};
use super::super::trend::{Course, Heading, Outside, Times};
use super::super::{Block, Cell, Label, Role, Row, Statistic};
use super::asking::{Asking, Column, Seen};
use super::{Counted, Point};
use crate::estimate::panel::Spot;
use crate::estimate::{Change, Link, Moment, Names, Of, Printed, change};
use crate::poll::tables::Percent;
use crate::questionnaire::Question;
use crate::words::Words;

/// One item of a question, or all of it.
pub(super) struct Item<'a> {
    pub(super) asking: &'a Asking<'a>,
    pub(super) columns: &'a [Column<'a>],
    pub(super) heading: &'a Heading,
    pub(super) block: &'a Block<Cell>,
}

impl Item<'_> {
    fn id(&self) -> Option<&str> {
        self.block.item.as_ref().map(|item| item.id.as_str())
    }

    pub(super) fn times(&self) -> Times<Point, Counted, Change> {
        let rows = self.rows().into_iter().map(|row| self.course(row)).collect();
        let bases = self.columns.iter().map(|column| self.counted(column)).collect();
        Times { item: self.block.item.clone(), bases, rows }
    }

    /// This wave's rows; answers of earlier waves after its own of the same kind.
    fn rows(&self) -> Vec<(Label, Role, Statistic)> {
        let head = |row: &Row<Cell>| (row.label.clone(), row.role, row.statistic);
        let mut rows: Vec<_> = self.block.rows.iter().map(head).collect();
        for column in self.columns.iter().rev() {
            let Seen::Table { names, .. } = &column.seen else { continue };
            for row in self.block_of(column).map_or(&[][..], |block| &block.rows) {
                let id = translated(row, self.asking.question, names);
                let answer = matches!(row.role, Role::Answer | Role::Pinned);
                if !answer || rows.iter().any(|(label, ..)| label.id == id) {
                    continue;
                }
                let after = rows.iter().rposition(|(_, role, _)| {
                    *role == row.role || (row.role == Role::Pinned && *role == Role::Answer)
                });
                let label = Label { id, text: row.label.text.clone() };
                rows.insert(after.map_or(0, |at| at + 1), (label, row.role, row.statistic));
            }
        }
        rows
    }

    /// The block of the same item in a wave.
    fn block_of<'c>(&'c self, column: &'c Column<'c>) -> Option<&'c Block<Cell>> {
        let same = |block: &&Block<Cell>| {
            block.item.as_ref().map(|item| item.id.as_str()) == self.id()
        };
        match &column.seen {
            Seen::Now => Some(self.block),
            Seen::Printed { .. } => None,
            Seen::Table { table, .. } => table.blocks.iter().find(same),
        }
    }

    fn counted(&self, column: &Column<'_>) -> Counted {
        if let Seen::Printed { .. } = column.seen {
            let first = self.printed(column, |_| true);
            return first.map_or(Counted::Absent, |figure| Counted::Printed(figure.base));
        }
        let bases = self.block_of(column).and_then(|block| block.bases.first());
        bases.map_or(Counted::Absent, |bases| Counted::Estimated(Box::new(bases.clone())))
    }

    fn course(
        &self,
        (label, role, statistic): (Label, Role, Statistic),
    ) -> Course<Point, Change> {
        let head = Head { label: &label, role, statistic };
        let points: Vec<Point> = self.columns.iter().map(|c| self.point(c, &head)).collect();
        let change = self.change(&head, &points);
        let outside = self.outside(&label);
        Course { label, role, statistic, points, change, outside }
    }

    /// The benchmarks of a row, one for each of their columns.
    fn outside(&self, label: &Label) -> Vec<Option<f64>> {
        let item = self.id().map(|item| format!(".{item}")).unwrap_or_default();
        let name = format!("{}{item}.{}", self.asking.question.id, label.id);
        let of = |column: &Outside| {
            let mut own = self.asking.benchmarks().filter(|b| *b.figure.get_ref() == name);
            let found = own.find(|b| b.label == column.label && b.source == column.source);
            found.map(|benchmark| benchmark.value)
        };
        self.heading.outside.iter().map(of).collect()
    }

    /// A row in a wave.
    fn point(&self, column: &Column<'_>, head: &Head<'_>) -> Point {
        let answer = matches!(head.role, Role::Answer | Role::Pinned);
        let missing = if answer { Point::Absent } else { Point::Missing };
        if let Seen::Printed { names, .. } = &column.seen {
            let now = |figure: &Printed| {
                names.answer(&self.asking.question.id, &figure.answer) == head.label.text
            };
            let figure = self.printed(column, |f| head.is_printed(f) && now(f));
            return figure.map_or(missing, |figure| Point::Printed(figure.clone()));
        }
        let Some(block) = self.block_of(column) else { return Point::Absent };
        let cell = self.row(block, column, head).and_then(|row| row.cells.first());
        cell.map_or(missing, |cell| Point::Estimated(cell.clone()))
    }

    /// The row of a block of a wave that is one of now.
    fn row<'b>(
        &self,
        block: &'b Block<Cell>,
        column: &Column<'_>,
        head: &Head<'_>,
    ) -> Option<&'b Row<Cell>> {
        let id = |row: &Row<Cell>| match &column.seen {
            Seen::Table { names, .. } => translated(row, self.asking.question, names),
            _ => row.label.id.clone(),
        };
        let mut rows = block.rows.iter();
        rows.find(|row| row.statistic == head.statistic && id(row) == head.label.id)
    }

    /// The first published figure of the item that fits.
    fn printed<'c>(
        &self,
        column: &'c Column<'c>,
        fits: impl Fn(&Printed) -> bool,
    ) -> Option<&'c Printed> {
        let Seen::Printed { published, names } = &column.seen else { return None };
        let item = self.block.item.as_ref().map(|item| item.text.as_str());
        let own = |figure: &&Printed| {
            names.question(&figure.question) == self.asking.question.id
                && figure.item.as_deref() == item
                && fits(figure)
        };
        published.figures.iter().find(own)
    }

    /// The change from the wave before to this one.
    fn change(&self, head: &Head<'_>, points: &[Point]) -> Change {
        let untested =
            |why: &str| Change { untested: Some(why.to_owned()), ..Change::default() };
        let [.., before, after] = points else { return Change::default() };
        let (old, new) = match (before, after) {
            (Point::Estimated(old), Point::Estimated(new)) => (old, new),
            (Point::Printed(_), _) => return untested("the answers were deleted"),
            _ => return Change::default(),
        };
        let moments = moment(old, head.statistic).zip(moment(new, head.statistic));
        let Some((old, new)) = moments else { return Change::default() };
        if self.heading.is_broken(self.id(), &head.label.id) {
            let value = Some(new.value - old.value);
            return Change { value, ..untested("the question changed") };
        }
        let alpha = self.asking.now.poll.tables.test.alpha[0];
        change(old, new, self.link(head), alpha)
    }

    /// What this wave shares with the one before, for one row.
    fn link(&self, head: &Head<'_>) -> Link {
        let before = self.columns.len().checked_sub(2).and_then(|at| self.columns.get(at));
        match before.map(|column| (column, &column.seen)) {
            Some((column, Seen::Table { panel: Some(panel), .. })) => {
                let unit = head.statistic.unit();
                let spots = self.spots(column, head);
                let variance = spots.and_then(|(then, now)| panel.variance(then, now));
                Link::Stacked(variance.map(|variance| variance * unit * unit))
            }
            _ => Link::Separate,
        }
    }

    /// Where a row is in an earlier wave and in this one.
    fn spots(&self, column: &Column<'_>, head: &Head<'_>) -> Option<(Spot, Spot)> {
        let Seen::Table { question, asked, table, .. } = &column.seen else { return None };
        let (now, percent) = (self.asking.question, table.percent);
        let all = &self.asking.now.questionnaire.questions;
        let own = all.iter().position(|asked| asked.id == now.id)?;
        let then = self.row(self.block_of(column)?, column, head)?;
        let words = self.asking.now.poll.words;
        let then = of(asked, (&then.label.id, then.statistic), percent, words)?;
        let here = of(now, (&head.label.id, head.statistic), percent, words)?;
        let spot = |question, asked, of| Spot { question, item: self.place(asked), of };
        Some((spot(*question, asked, then), spot(own, now, here)))
    }

    /// The place of the item in a question.
    fn place(&self, asked: &Question) -> Option<usize> {
        asked.items.iter().position(|item| Some(item.id.as_str()) == self.id())
    }
}

/// What a row is.
struct Head<'a> {
    label: &'a Label,
    role: Role,
    statistic: Statistic,
}

impl Head<'_> {
    /// Whether a published figure is of this kind.
    fn is_printed(&self, figure: &Printed) -> bool {
        let name = match (self.role, self.statistic) {
            (Role::Net, Statistic::Percent) => "net",
            (_, statistic) => statistic.name(),
        };
        figure.statistic == name
    }
}

/// The id of an earlier row in this wave's names.
fn translated(row: &Row<Cell>, now: &Question, names: &Names) -> String {
    match row.role {
        Role::Answer | Role::Pinned => names.id(now, &row.label.text, &row.label.id),
        Role::Net | Role::Summary => row.label.id.clone(),
    }
}

/// What a row of a question's own table is to `estimate`.
fn of(
    question: &Question,
    (id, statistic): (&str, Statistic),
    percent: Percent,
    words: &Words,
) -> Option<Of> {
    let same = |of: &Of| {
        kind(question, *of, percent).1 == statistic && label(question, *of, words).id == id
    };
    all(question).find(same)
}

/// Every row that a question's table can have.
fn all(question: &Question) -> impl Iterator<Item = Of> {
    let answers = (0..question.answers.len()).map(Of::Answer);
    let nets = (0..question.nets.len()).map(Of::Net);
    let differences = (0..question.differences.len()).map(Of::Difference);
    let places = (1..=question.items.len()).map(Of::Top);
    let others = [Of::Blank, Of::Promoters, Of::Mean, Of::Median, Of::First, Of::Place];
    answers.chain(nets).chain(differences).chain(others).chain(places)
}

fn moment(cell: &Cell, statistic: Statistic) -> Option<Moment> {
    let Cell { se, freedom, set, .. } = *cell;
    let share_of = statistic.is_percentage().then_some((cell.count, cell.base));
    Some(Moment { value: cell.value?, se, freedom, share_of, set })
}
