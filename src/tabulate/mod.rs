//! Tables: [`Estimates`] go in, arranged and labelled [`Table`]s come out.
//!
//! May know the questionnaire, the poll and `estimate`. Never rounds and never hides: that
//! is the gate's work.

mod table;

use crate::estimate::{Block as Numbers, Crossed, Estimate, Estimates, Group};
use crate::questionnaire::{Answer, Measure, Net, Question, Questionnaire};

pub use crate::estimate::{
    Account, MarginReport, Repair, StepReport, Weights, Who, WhoGroup, WhoVariable,
};
pub use table::{Bases, Block, Form, Label, Role, Row, Statistic, Table, Wording};

/// A raw estimate in its place in a table, in the unit in which it is printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// The number; none if it does not exist.
    pub value: Option<f64>,
    /// The 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Respondents behind the number.
    pub count: u64,
    /// Respondents in its base.
    pub base: u64,
    /// Standard error.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Design effect against simple random sampling with replacement.
    pub deff: Option<f64>,
    /// How the interval was made.
    pub method: &'static str,
}

impl Cell {
    fn count_of(value: Option<f64>, base: u64) -> Self {
        Self { value, count: base, base, ..Self::default() }
    }

    fn of(estimate: Option<&Estimate>, base: u64, unit: f64) -> Self {
        let Some(estimate) = estimate else { return Self { base, ..Self::default() } };
        Self {
            value: Some(estimate.value * unit),
            interval: estimate.interval.map(|(low, high)| (low * unit, high * unit)),
            count: estimate.count,
            base: estimate.base,
            se: estimate.variance.map(|v| v.max(0.0).sqrt() * unit),
            freedom: estimate.freedom,
            deff: estimate.effect,
            method: estimate.method,
        }
    }
}

/// Every table of a poll, and what is known of its sample as a whole.
#[derive(Clone, Debug)]
pub struct Book {
    /// Toplines in the order of the questionnaire, each followed by its crosstabs.
    pub tables: Vec<Table<Cell>>,
    /// The sample as a whole.
    pub account: Account,
}

/// Arranges every table, in the order of the estimates.
#[must_use]
pub fn book(questionnaire: &Questionnaire, estimates: Estimates) -> Book {
    let tables = estimates.tables.iter().map(|crossed| table(questionnaire, crossed));
    Book { tables: tables.collect(), account: estimates.account }
}

fn table(questionnaire: &Questionnaire, crossed: &Crossed) -> Table<Cell> {
    let question = &questionnaire.questions[crossed.question];
    let banner = crossed.banner.map(|b| &questionnaire.questions[b]);
    let name = match banner {
        Some(banner) => format!("{}-{}", question.id, banner.id),
        None => question.id.clone(),
    };
    Table {
        name,
        question: wording(question),
        form: form(question),
        banner: banner.map(|b| Label { id: b.id.clone(), text: b.title.clone() }),
        groups: groups(banner),
        blocks: crossed.blocks.iter().map(|b| block(question, b)).collect(),
        sensitive: question.sensitive,
        filter: None,
    }
}

fn wording(question: &Question) -> Wording {
    let usual = match &question.asked_if {
        Some(condition) => format!("those asked ({}) who answered", condition.words()),
        None => "all who answered".to_owned(),
    };
    Wording {
        id: question.id.clone(),
        title: question.title.clone(),
        text: question.text.clone(),
        note: question.note.clone(),
        unit: question.unit.clone(),
        base: question.base.clone().unwrap_or(usual),
    }
}

fn form(question: &Question) -> Form {
    match question.measure() {
        Measure::Category if !question.items.is_empty() => battery(question),
        Measure::Category => Form::Single { ordered: question.ordered },
        Measure::Flags => Form::Multi,
        Measure::Number | Measure::Text => Form::Number,
    }
}

/// The ends of a battery's scale. The first net is one end and the second the other, as in
/// "All agree" and "All disagree"; with one net, all other answers are the other end.
/// Without nets, or with nets that are no ends, each half of the scale is one.
fn battery(question: &Question) -> Form {
    let order = order(question);
    let scale: Vec<usize> =
        order.into_iter().filter(|a| !question.answers[*a].pinned).collect();
    let is = |part: &[usize], net: &Net| {
        part.len() == net.members.len() && part.iter().all(|a| net.members.contains(a))
    };
    let half = scale.len() / 2;
    let (first, last) = match question.nets.as_slice() {
        [net] if scale.len() > net.members.len() => {
            (net.members.len(), scale.len() - net.members.len())
        }
        [one, other, ..] if scale.len() >= one.members.len() + other.members.len() => {
            (one.members.len(), other.members.len())
        }
        _ => (half, half),
    };
    let ends = question.nets.iter().zip([&scale[..first], &scale[scale.len() - last..]]);
    if ends.take(2).all(|(net, part)| is(part, net)) {
        Form::Battery { first, last }
    } else {
        Form::Battery { first: half, last: half }
    }
}

/// The answers in the order in which they are printed: the pinned ones last.
fn order(question: &Question) -> Vec<usize> {
    let mut order: Vec<usize> = (0..question.answers.len()).collect();
    order.sort_by_key(|answer| question.answers[*answer].pinned);
    order
}

fn groups(banner: Option<&Question>) -> Vec<Label> {
    let total = Label { id: "total".to_owned(), text: "Total".to_owned() };
    let answers = banner.map(|b| b.answers.as_slice()).unwrap_or_default();
    std::iter::once(total).chain(answers.iter().map(label)).collect()
}

fn label(answer: &Answer) -> Label {
    Label { id: answer.id.clone(), text: answer.label.clone() }
}

fn block(question: &Question, numbers: &Numbers) -> Block<Cell> {
    let item = numbers.item.map(|i| &question.items[i]);
    Block {
        item: item.map(|i| Label { id: i.id.clone(), text: i.label.clone() }),
        bases: numbers.groups.iter().map(bases).collect(),
        rows: rows(question, &numbers.groups),
    }
}

fn bases(group: &Group) -> Bases<Cell> {
    Bases {
        unweighted: Cell::count_of(Some(group.base as f64), group.base),
        weighted: Cell::count_of(Some(group.weighted), group.base),
        effective: Cell::count_of(group.effective, group.base),
    }
}

/// Answers of substance, then the pinned ones, then nets, then the mean and the median.
fn rows(question: &Question, groups: &[Group]) -> Vec<Row<Cell>> {
    let mut rows = Vec::new();
    if question.measure() != Measure::Number {
        for index in order(question) {
            let answer = &question.answers[index];
            let role = if answer.pinned { Role::Pinned } else { Role::Answer };
            let pick = |g: &Group| g.answers.get(index).cloned().flatten();
            rows.push(row(label(answer), (role, Statistic::Percent), groups, pick));
        }
        for (index, net) in question.nets.iter().enumerate() {
            let label = Label { id: net.id.clone(), text: net.label.clone() };
            let pick = |g: &Group| g.nets.get(index).cloned().flatten();
            rows.push(row(label, (Role::Net, Statistic::Percent), groups, pick));
        }
    }
    let summary = |id: &str, text: String| Label { id: id.to_owned(), text };
    if groups.iter().any(|g| g.mean.is_some()) {
        let label = summary("mean", with_unit("Mean", question));
        let kind = (Role::Summary, Statistic::Mean);
        rows.push(row(label, kind, groups, |g| g.mean.clone()));
    }
    if groups.iter().any(|g| g.median.is_some()) {
        let label = summary("median", with_unit("Median", question));
        let kind = (Role::Summary, Statistic::Median);
        rows.push(row(label, kind, groups, |g| g.median.clone()));
    }
    rows
}

fn with_unit(word: &str, question: &Question) -> String {
    match &question.unit {
        Some(unit) => format!("{word} ({unit})"),
        None => word.to_owned(),
    }
}

fn row(
    label: Label,
    (role, statistic): (Role, Statistic),
    groups: &[Group],
    pick: impl Fn(&Group) -> Option<Estimate>,
) -> Row<Cell> {
    let unit = if statistic == Statistic::Percent { 100.0 } else { 1.0 };
    let cells = groups.iter().map(|g| Cell::of(pick(g).as_ref(), g.base, unit)).collect();
    Row { label, role, statistic, cells }
}
