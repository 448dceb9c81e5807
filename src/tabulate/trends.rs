//! Trend tables: the toplines of this wave and of earlier ones go in, matched and tested
//! [`Trend`]s come out.
//!
//! Rows belong together by their ids, in this wave's names. What changed between two waves
//! breaks the comparison; what only printed figures are left of is not tested.

use super::rows::{kind, label};
use super::trend::{Course, Heading, Outside, Times, Trend};
use super::{Bases, Block, Book, Cell, Comparison, Label, Role, Row, Side, Statistic, Table};
use crate::diagnostic::{Finding, Findings};
use crate::estimate::panel::{Panel, Spot};
use crate::estimate::{
    AskedThen, Break, Change, Link, Moment, Names, Of, Printed, Published, Reason, Wave,
    broken, change, differences, unknown_figures,
};
use crate::poll::tables::Percent;
use crate::poll::{Benchmark, Poll};
use crate::questionnaire::{Question, Questionnaire};

/// An earlier wave, ready to be compared.
#[derive(Debug)]
pub struct Earlier<'a> {
    /// What is known of it as a whole.
    pub wave: Wave,
    /// Its names, each with this wave's.
    pub names: Names,
    /// Questions by this wave's keys that cannot be compared with the next newer wave, each
    /// with the reason that somebody gives.
    pub said: Vec<(String, String)>,
    /// Its figures.
    pub figures: Figures<'a>,
}

/// The figures of an earlier wave.
#[derive(Debug)]
pub enum Figures<'a> {
    /// Estimated as this wave's.
    Estimated {
        /// What it asked.
        questionnaire: &'a Questionnaire,
        /// Its tables.
        tables: Vec<Table<Cell>>,
        /// What it shares with this wave.
        panel: Option<Panel<'a>>,
    },
    /// As they were published.
    Published(&'a Published),
}

/// What stands in a cell of a trend table.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    /// An estimate.
    Estimated(Cell),
    /// A figure as it was published.
    Printed(Printed),
    /// The wave did not offer the answer, or did not ask about the item.
    Absent,
    /// The wave has no such row, though it asked.
    Missing,
}

/// Who is counted in a wave.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    /// From its respondents.
    Estimated(Bases<Cell>),
    /// As it was published.
    Printed(Option<f64>),
    /// Nobody was asked.
    Absent,
}

/// A trend before the gate.
pub type Raw = Trend<Point, Counted, Change>;

/// This wave, the poll that describes it, and where to say what is wrong.
pub struct Now<'a> {
    /// What was asked.
    pub questionnaire: &'a Questionnaire,
    /// The poll file.
    pub poll: &'a Poll,
    /// What is known of this wave as a whole.
    pub wave: Wave,
}

impl Book {
    /// With the trend tables of all questions that an earlier wave has, or that have
    /// benchmarks. Earlier waves are given newest first. Benchmarks of figures that there
    /// are not are errors, questions that changed a note.
    #[must_use]
    pub fn with_trends(
        mut self,
        now: &Now<'_>,
        earlier: &[Earlier<'_>],
        findings: &mut Findings,
    ) -> Self {
        let toplines = toplines(&self.tables);
        if !now.poll.benchmarks.is_empty() {
            let known: Vec<String> = toplines.iter().flat_map(|table| names(table)).collect();
            unknown_figures(now.poll, &known, findings);
        }
        let mut changed = Vec::new();
        for table in toplines {
            let Some(question) = now.questionnaire.question(&table.question.id) else {
                continue;
            };
            let asking = Asking { now, question, table };
            let Some(trend) = asking.trend(earlier) else { continue };
            if trend
                .heading
                .breaks
                .iter()
                .any(|(_, found)| found.item.is_none() && found.row.is_none())
            {
                changed.push(question.id.clone());
            }
            self.comparisons.extend(comparisons(&trend, earlier));
            self.trends.push(trend);
        }
        let newest = earlier.first().filter(|_| !changed.is_empty());
        newest.into_iter().for_each(|earlier| {
            findings.push(noted(now.poll, &changed, &earlier.wave.label));
        });
        self
    }
}

fn noted(poll: &Poll, changed: &[String], label: &str) -> Finding {
    let names: Vec<String> = changed.iter().map(|key| format!("`{key}`")).collect();
    broken(poll, &names.join(", "), label)
}

/// The tables of whole questions without columns.
fn toplines<'a>(tables: &'a [Table<Cell>]) -> Vec<&'a Table<Cell>> {
    let own = |table: &&'a Table<Cell>| {
        table.banner.is_none()
            && table.name == table.question.id
            && table.filter.is_none()
            && table.percent == Percent::Column
    };
    tables.iter().filter(own).collect()
}

/// The names of all figures of a topline, as headlines write them.
fn names(table: &Table<Cell>) -> Vec<String> {
    let of = |block: &Block<Cell>| {
        let item = block.item.as_ref().map(|item| format!(".{}", item.id)).unwrap_or_default();
        let name = |row: &Row<Cell>| format!("{}{item}.{}", table.question.id, row.label.id);
        block.rows.iter().map(name).collect::<Vec<String>>()
    };
    table.blocks.iter().flat_map(of).collect()
}

/// One question of this wave.
struct Asking<'a> {
    now: &'a Now<'a>,
    question: &'a Question,
    table: &'a Table<Cell>,
}

/// A wave that asked the question.
struct Column<'a> {
    wave: &'a Wave,
    asked: AskedThen,
    seen: Seen<'a>,
}

/// Where a wave's figures are.
enum Seen<'a> {
    Table {
        question: usize,
        asked: &'a Question,
        table: &'a Table<Cell>,
        names: &'a Names,
        panel: Option<&'a Panel<'a>>,
    },
    Printed {
        published: &'a Published,
        names: &'a Names,
    },
    Now,
}

impl Asking<'_> {
    /// The trend of the question; none if no other wave and no benchmark has it.
    fn trend(&self, earlier: &[Earlier<'_>]) -> Option<Raw> {
        let (columns, breaks) = self.columns(earlier);
        let outside = self.outside();
        if columns.len() < 2 && outside.is_empty() {
            return None;
        }
        let heading = Heading {
            name: format!("{}-waves", self.question.id),
            question: self.table.question.clone(),
            form: self.table.form,
            sensitive: self.table.sensitive,
            waves: columns.iter().map(|column| column.wave.clone()).collect(),
            breaks,
            outside,
        };
        let blocks = self.table.blocks.iter().map(|block| {
            let item = Item { asking: self, columns: &columns, heading: &heading, block };
            item.times()
        });
        let blocks = blocks.collect();
        Some(Trend { heading, blocks })
    }

    /// The waves that asked it, oldest first, and what changed before each.
    fn columns<'c>(
        &'c self,
        earlier: &'c [Earlier<'c>],
    ) -> (Vec<Column<'c>>, Vec<(usize, Break)>) {
        let mut columns: Vec<Column<'c>> = Vec::new();
        let (mut breaks, mut said): (Vec<(usize, Break)>, Vec<Break>) =
            (Vec::new(), Vec::new());
        let own = std::iter::once(Some(self.own()));
        for (found, wave) in earlier
            .iter()
            .rev()
            .map(|wave| (self.found(wave), Some(wave)))
            .chain(own.map(|own| (own, None)))
        {
            if let Some(column) = found {
                if let Some(before) = columns.last() {
                    let place = columns.len();
                    let mut all = std::mem::take(&mut said);
                    all.extend(differences(&before.asked, &column.asked));
                    all.extend(reweighted(before.wave, column.wave));
                    breaks.extend(all.into_iter().map(|found| (place, found)));
                }
                columns.push(column);
            }
            let reasons = wave.into_iter().flat_map(|wave| &wave.said);
            let reasons = reasons.filter(|(key, _)| *key == self.question.id);
            said.extend(reasons.map(|(_, why)| Break::whole(Reason::Said(why.clone()))));
        }
        (columns, breaks)
    }

    fn own(&self) -> Column<'_> {
        let (question, base) = (self.question, &self.table.question.base);
        let asked = AskedThen::of(question, base, question, &Names::default());
        Column { wave: &self.now.wave, asked, seen: Seen::Now }
    }

    /// The question in an earlier wave.
    fn found<'c>(&self, earlier: &'c Earlier<'c>) -> Option<Column<'c>> {
        let (wave, names) = (&earlier.wave, &earlier.names);
        match &earlier.figures {
            Figures::Published(published) => {
                let asked = AskedThen::printed(published, self.question, names)?;
                Some(Column { wave, asked, seen: Seen::Printed { published, names } })
            }
            Figures::Estimated { questionnaire, tables, panel } => {
                let same = |q: &Question| names.question(&q.id) == self.question.id;
                let question = questionnaire.questions.iter().position(same)?;
                let asked = questionnaire.questions.get(question)?;
                let mut toplines = toplines(tables).into_iter();
                let table = toplines.find(|table| table.question.id == asked.id)?;
                let panel = panel.as_ref();
                let base = &table.question.base;
                let then = AskedThen::of(asked, base, self.question, names);
                let seen = Seen::Table { question, asked, table, names, panel };
                Some(Column { wave, asked: then, seen })
            }
        }
    }

    /// The benchmarks of this question.
    fn benchmarks(&self) -> impl Iterator<Item = &Benchmark> {
        let own = |benchmark: &&Benchmark| {
            let name = benchmark.figure.get_ref().split('.').next();
            name == Some(self.question.id.as_str())
        };
        self.now.poll.benchmarks.iter().filter(own)
    }

    /// Their columns: those of one label and one source stand together.
    fn outside(&self) -> Vec<Outside> {
        let mut columns: Vec<Outside> = Vec::new();
        for benchmark in self.benchmarks() {
            let Benchmark { label, source, base, .. } = benchmark.clone();
            let column = Outside { label, source, base };
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }
}

/// Whether the variables of weighting differ, where those of both waves are known.
fn reweighted(before: &Wave, after: &Wave) -> Option<Break> {
    let (before, after) = (before.weighted_by.as_ref()?, after.weighted_by.as_ref()?);
    (before != after).then(|| Break::whole(Reason::Weighting))
}

/// One item of a question, or all of it.
struct Item<'a> {
    asking: &'a Asking<'a>,
    columns: &'a [Column<'a>],
    heading: &'a Heading,
    block: &'a Block<Cell>,
}

impl Item<'_> {
    fn id(&self) -> Option<&str> {
        self.block.item.as_ref().map(|item| item.id.as_str())
    }

    fn times(&self) -> Times<Point, Counted, Change> {
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
        match &column.seen {
            Seen::Now => Some(self.block),
            Seen::Printed { .. } => None,
            Seen::Table { table, .. } => table
                .blocks
                .iter()
                .find(|block| block.item.as_ref().map(|item| item.id.as_str()) == self.id()),
        }
    }

    fn counted(&self, column: &Column<'_>) -> Counted {
        if let Seen::Printed { .. } = column.seen {
            let first = self.printed(column, |_| true);
            return first.map_or(Counted::Absent, |figure| Counted::Printed(figure.base));
        }
        let bases = self.block_of(column).and_then(|block| block.bases.first());
        bases.map_or(Counted::Absent, |bases| Counted::Estimated(bases.clone()))
    }

    fn course(
        &self,
        (label, role, statistic): (Label, Role, Statistic),
    ) -> Course<Point, Change> {
        let head = Head { label: &label, role, statistic };
        let points: Vec<Point> = self.columns.iter().map(|c| self.point(c, &head)).collect();
        let change = self.change(&head, &points);
        let item = self.id().map(|item| format!(".{item}")).unwrap_or_default();
        let name = format!("{}{item}.{}", self.asking.question.id, label.id);
        let of = |column: &Outside| {
            let mut own = self.asking.benchmarks().filter(|b| *b.figure.get_ref() == name);
            let found = own.find(|b| b.label == column.label && b.source == column.source);
            found.map(|benchmark| benchmark.value)
        };
        let outside = self.heading.outside.iter().map(of).collect();
        Course { label, role, statistic, points, change, outside }
    }

    /// A row in a wave.
    fn point(&self, column: &Column<'_>, head: &Head<'_>) -> Point {
        let answer = matches!(head.role, Role::Answer | Role::Pinned);
        let missing = if answer { Point::Absent } else { Point::Missing };
        if let Seen::Printed { names, .. } = &column.seen {
            let figure = self.printed(column, |figure| {
                head.is_printed(figure, names.answer(&self.asking.question.id, &figure.answer))
            });
            return figure.map_or(missing, |figure| Point::Printed(figure.clone()));
        }
        let Some(block) = self.block_of(column) else { return Point::Absent };
        let id = |row: &Row<Cell>| match &column.seen {
            Seen::Table { names, .. } => translated(row, self.asking.question, names),
            _ => row.label.id.clone(),
        };
        let same =
            |row: &&Row<Cell>| row.statistic == head.statistic && id(row) == head.label.id;
        let cell = block.rows.iter().find(same).and_then(|row| row.cells.first());
        cell.map_or(missing, |cell| Point::Estimated(cell.clone()))
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
        let Some(Column { seen: Seen::Table { question, asked, table, names, panel }, .. }) =
            before
        else {
            return Link::Separate;
        };
        let Some(panel) = panel else { return Link::Separate };
        let variance = || {
            let now = self.asking.question;
            let place = |asked: &Question| {
                asked.items.iter().position(|item| Some(item.id.as_str()) == self.id())
            };
            let all = &self.asking.now.questionnaire.questions;
            let own = all.iter().position(|asked| asked.id == now.id)?;
            let block = self.block_of(before?)?;
            let then = block.rows.iter().find(|row| {
                row.statistic == head.statistic && translated(row, now, names) == head.label.id
            })?;
            let percent = table.percent;
            let then = of(asked, (&then.label.id, then.statistic), percent)?;
            let here = of(now, (&head.label.id, head.statistic), percent)?;
            let old = Spot { question: *question, item: place(asked), of: then };
            let new = Spot { question: own, item: place(now), of: here };
            let unit = head.statistic.unit();
            Some(panel.variance(old, new)? * unit * unit)
        };
        Link::Stacked(variance())
    }
}

/// What a row is.
struct Head<'a> {
    label: &'a Label,
    role: Role,
    statistic: Statistic,
}

impl Head<'_> {
    /// Whether a published figure is of this row; `label` is its label of now.
    fn is_printed(&self, figure: &Printed, label: &str) -> bool {
        let name = match (self.role, self.statistic) {
            (Role::Net, Statistic::Percent) => "net",
            (_, statistic) => statistic.name(),
        };
        figure.statistic == name && label == self.label.text
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
fn of(question: &Question, (id, statistic): (&str, Statistic), percent: Percent) -> Option<Of> {
    let answers = (0..question.answers.len()).map(Of::Answer);
    let nets = (0..question.nets.len()).map(Of::Net);
    let differences = (0..question.differences.len()).map(Of::Difference);
    let places = (1..=question.items.len()).map(Of::Top);
    let others = [Of::Blank, Of::Promoters, Of::Mean, Of::Median, Of::First, Of::Place];
    let mut all = answers.chain(nets).chain(differences).chain(others).chain(places);
    all.find(|of| kind(question, *of, percent).1 == statistic && label(question, *of).id == id)
}

fn moment(cell: &Cell, statistic: Statistic) -> Option<Moment> {
    Some(Moment {
        value: cell.value?,
        se: cell.se,
        freedom: cell.freedom,
        share_of: statistic.is_percentage().then_some((cell.count, cell.base)),
        set: cell.set,
    })
}

/// Every change of a trend, for the analyst.
fn comparisons(trend: &Raw, earlier: &[Earlier<'_>]) -> Vec<Comparison> {
    let [.., before, after] = trend.heading.waves.as_slice() else { return Vec::new() };
    let linked = earlier.iter().any(|e| e.wave == *before && before.linked_by.is_some());
    let side = |wave: &Wave| Some(Side { letter: String::new(), label: wave.label.clone() });
    let of = |item: Option<&Label>, row: &Course<Point, Change>| {
        let [.., old, new] = row.points.as_slice() else { return None };
        let base = |point: &Point| match point {
            Point::Estimated(cell) => Some((cell.base, cell.base as f64)),
            _ => None,
        };
        let change = &row.change;
        Some(Comparison {
            table: trend.heading.name.clone(),
            item: item.map(|item| item.text.clone()),
            row: Some(row.label.text.clone()),
            statistic_of: Some(row.statistic.name()),
            first: side(after),
            second: side(before),
            method: if linked { "stacked" } else { "design" },
            difference: change.value,
            se: change.se,
            statistic: change.t,
            freedom: change.se.map(|_| change.freedom),
            p: change.p,
            marked: change.verdict.map(|verdict| verdict.name().to_owned()),
            bases: [base(new), base(old)],
            untested: change.untested.clone(),
            ..Comparison::default()
        })
    };
    let blocks = trend.blocks.iter();
    blocks
        .flat_map(|block| block.rows.iter().filter_map(move |row| of(block.item.as_ref(), row)))
        .collect()
}
