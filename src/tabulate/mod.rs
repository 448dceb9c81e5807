//! Tables: [`Estimates`] go in, arranged and labelled [`Table`]s come out.
//!
//! May know the questionnaire, the poll and `estimate`. Never rounds and never hides: that
//! is the gate's work.

mod cell;
mod comparison;
mod form;
mod merged;
mod rows;
mod table;
mod trend;
mod trends;

use crate::estimate::{Base, Block as Numbers, Columns, Crossed, Estimates, table_name};
use crate::poll::Poll;
use crate::poll::tables::{BaseOf, Own, Percent};
use crate::questionnaire::{Geography, Question, Questionnaire};
use crate::words::{Words, fill};

pub use crate::estimate::{
    Account, MarginReport, Repair, StepReport, Verdict, Weights, Who, WhoGroup, WhoVariable,
};
pub use crate::estimate::{Break, Change, Printed, Published, Reason, Wave};
pub use crate::estimate::{Content, Division, Divisions, Places};
pub use cell::Cell;
pub use comparison::{Comparison, Side};
pub use merged::Merged;
pub use table::{
    Bases, Block, Form, Label, Local, Makeup, Role, Row, Span, Statistic, Table, Wording,
};
pub use trend::{Course, Heading, Outside, Times, Trend};
pub use trends::{Counted, Earlier, Figures, Now, Point, Raw as RawTrend};

/// Every table of a poll, and what is known of its sample as a whole.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Tables in the order of the questionnaire: of each question the topline first, then
    /// its crosstabs, then tables of one's own.
    pub tables: Vec<Table<Cell>>,
    /// Every comparison of columns, in the order of the tables.
    pub comparisons: Vec<Comparison>,
    /// Questions over several waves.
    pub trends: Vec<RawTrend>,
    /// Who stands in which column.
    pub divisions: Divisions,
    /// The sample as a whole.
    pub account: Account,
}

/// Arranges every table.
#[must_use]
pub fn book(questionnaire: &Questionnaire, poll: &Poll, estimates: Estimates) -> Book {
    let Estimates { mut tables, columns, divisions, account } = estimates;
    tables.sort_by_key(|crossed| crossed.question);
    let maker = Maker { questionnaire, poll, columns: &columns };
    let mut book = Book { divisions, account, ..Book::default() };
    for crossed in &tables {
        let table = maker.table(crossed);
        let question = &questionnaire.questions[crossed.question];
        let compared = comparison::all(question, crossed, &table, poll);
        book.comparisons.extend(compared);
        book.tables.push(table);
    }
    book
}

/// What every table needs to know.
struct Maker<'a> {
    questionnaire: &'a Questionnaire,
    poll: &'a Poll,
    columns: &'a [Columns],
}

impl Maker<'_> {
    fn table(&self, crossed: &Crossed) -> Table<Cell> {
        let question = &self.questionnaire.questions[crossed.question];
        let own = crossed.own.map(|own| &self.poll.tables.own[own]);
        let columns = crossed.columns.map(|columns| &self.columns[columns]);
        let percent = own.map_or(Percent::Column, |own| *own.percent.get_ref());
        Table {
            name: table_name(question, own, columns),
            title: own.and_then(|own| own.title.clone()).unwrap_or(question.title.clone()),
            own: own.is_some(),
            question: wording(question, own, self.poll.words),
            form: form::form(question),
            banner: columns.map(|c| Label { id: c.id.clone(), text: c.title.clone() }),
            groups: groups(columns, self.poll.words),
            merged: columns.map(|columns| self.merged(columns)).unwrap_or_default(),
            spans: columns.map(spans).unwrap_or_default(),
            overlapping: columns.is_some_and(|columns| columns.overlapping),
            partial: columns.is_some_and(|columns| is_partial(columns, crossed)),
            percent,
            sort: own.map_or(self.poll.tables.sort, |own| own.sort),
            blocks: crossed.blocks.iter().map(|b| self.block(question, b, percent)).collect(),
            sensitive: question.sensitive
                || columns.is_some_and(|columns| columns.sensitive)
                || self.filtered_by(own).any(|question| question.sensitive),
            filter: own.and_then(|own| own.filter.as_ref()).map(|filter| filter.words.clone()),
            makeup: Makeup {
                answers: question.answers.len(),
                based_on: crossed.based_on.clone(),
                places: crossed.places.clone(),
                banner: columns.map(|columns| self.names(columns)).unwrap_or_default(),
                local: self.local(own, columns),
            },
        }
    }

    fn block(&self, question: &Question, numbers: &Numbers, percent: Percent) -> Block<Cell> {
        let item = numbers.item.map(|i| &question.items[i]);
        Block {
            item: item.map(|i| Label { id: i.id.clone(), text: i.label.clone() }),
            bases: numbers.bases.iter().map(bases).collect(),
            rows: rows::rows(question, (numbers, percent), self.poll.words),
        }
    }

    /// The groups of a banner that are several answers.
    fn merged(&self, columns: &Columns) -> Vec<Merged> {
        let merged = columns.merged().map(|(at, group)| {
            let question = &self.questionnaire.questions[columns.questions[at]];
            let label =
                |id: &str, text: &str| Label { id: id.to_owned(), text: text.to_owned() };
            let parts = group.answers.iter().map(|answer| &question.answers[*answer]);
            Merged {
                banner: label(&question.id, &question.title),
                group: label(&group.id, &group.label),
                parts: parts.map(|answer| label(&answer.id, &answer.label)).collect(),
                renamed: group.renamed,
            }
        });
        merged.collect()
    }

    fn names(&self, columns: &Columns) -> Vec<String> {
        let id = |question: &usize| self.questionnaire.questions[*question].id.clone();
        columns.questions.iter().map(id).collect()
    }

    /// The questions on whose answers the condition of a table is.
    fn filtered_by(&self, own: Option<&Own>) -> impl Iterator<Item = &Question> {
        let filter = own.and_then(|own| own.filter.as_ref());
        let names = filter.into_iter().flat_map(|filter| filter.condition.names());
        names.filter_map(|name| self.questionnaire.question(name.split('.').next()?))
    }

    /// Which columns of a table are of places smaller than a region.
    fn local(&self, own: Option<&Own>, columns: Option<&Columns>) -> Local {
        let is_local = |question: &Question| question.geography == Some(Geography::Local);
        match columns {
            _ if self.filtered_by(own).any(is_local) => Local::All,
            Some(columns) if columns.local => Local::Groups,
            _ => Local::Nowhere,
        }
    }
}

fn wording(question: &Question, own: Option<&Own>, words: &Words) -> Wording {
    let routed = own.is_some_and(|own| own.base == BaseOf::Routed);
    let base = base(question, routed, words);
    Wording {
        id: question.id.clone(),
        title: question.title.clone(),
        text: question.text.clone(),
        note: question.note.clone(),
        unit: question.unit.clone(),
        base: match own.filter(|own| own.exclude_dk).and_then(|_| left_out(question, words)) {
            Some(answers) => {
                fill(words.base_without, &[("base", &base), ("answers", &answers)])
            }
            None => base,
        },
    }
}

/// Whom percentages are of; `routed` if that is everybody who was asked.
fn base(question: &Question, routed: bool, words: &Words) -> String {
    match (&question.base, &question.asked_if) {
        (Some(base), _) if routed => fill(words.base_routed, &[("base", base)]),
        (Some(base), _) => base.clone(),
        (None, Some(condition)) => {
            let sentence = if routed { words.base_asked } else { words.base_asked_answered };
            fill(sentence, &[("condition", &condition.words(words))])
        }
        (None, None) if routed => words.base_all_routed.to_owned(),
        (None, None) => words.base_all.to_owned(),
    }
}

/// The answers that are left out of the base, in quotation marks; none if there are none.
fn left_out(question: &Question, words: &Words) -> Option<String> {
    let answers = question.answers.iter().filter(|answer| !answer.substantive);
    let names: Vec<String> = answers.map(|answer| words.in_quotes(&answer.label)).collect();
    (!names.is_empty()).then(|| words.each_or(&names))
}

fn groups(columns: Option<&Columns>, words: &Words) -> Vec<Label> {
    let total = Label { id: "total".to_owned(), text: words.total.to_owned() };
    let groups = columns.into_iter().flat_map(|columns| {
        columns.groups.iter().map(|group| Label {
            id: group.id.clone(),
            text: match group.span {
                Some(span) => format!("{}, {}", columns.spans[span], group.label),
                None => group.label.clone(),
            },
        })
    });
    std::iter::once(total).chain(groups).collect()
}

/// Whether somebody in the total is in no column; columns that overlap cannot tell.
fn is_partial(columns: &Columns, crossed: &Crossed) -> bool {
    let missing = |block: &Numbers| {
        let (total, groups) = block.bases.split_first()?;
        Some(total.n > groups.iter().map(|base| base.n).sum())
    };
    !columns.overlapping && crossed.blocks.iter().any(|block| missing(block) == Some(true))
}

/// The columns below each heading; the total is the first column.
fn spans(columns: &Columns) -> Vec<Span> {
    let of = |span: usize| {
        let below = |(at, group): (usize, &crate::estimate::Column)| {
            (group.span == Some(span)).then_some(at + 1)
        };
        let places: Vec<usize> = columns.groups.iter().enumerate().filter_map(below).collect();
        let (first, last) = (*places.first()?, *places.last()?);
        Some(Span { text: columns.spans[span].clone(), columns: first..last + 1 })
    };
    (0..columns.spans.len()).filter_map(of).collect()
}

fn bases(base: &Base) -> Bases<Cell> {
    Bases {
        unweighted: Cell::count_of(Some(base.n as f64), base.n),
        weighted: Cell::count_of(Some(base.weighted), base.n),
        effective: Cell::count_of(base.effective, base.n),
    }
}
