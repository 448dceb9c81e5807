//! What stands in the rows of one variable: an answer each, nets, differences, means.
//!
//! Takes a question and how it is to be counted, gives the [`Source`]s that have to be
//! tallied and the [`Line`]s that are asked of them. Computes nothing.

use super::Of;
use super::answers::Ask;
use crate::frame::{self, Codes};
use crate::poll::tables::{BaseOf, Percent};
use crate::prepare::{Sample, net_name};
use crate::questionnaire::{Kind, Measure, Question, Variable};

/// How a variable is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Manner {
    /// What percentages are of.
    pub(super) percent: Percent,
    /// Who is in the base.
    pub(super) base: BaseOf,
    /// Whether answers without substance are left out.
    pub(super) exclude_dk: bool,
}

/// Codes or numbers of respondents.
#[derive(Clone, Debug)]
pub(super) enum Source<'a> {
    /// A column of the frame, or codes made from some, and how many of them are tallied.
    Codes(List<'a>, usize),
    /// A number each, not-a-number where there is none.
    Numbers(&'a [f64]),
}

/// Codes that stand in the frame, or were made.
#[derive(Clone, Debug)]
pub(super) enum List<'a> {
    Held(Codes<'a>),
    Made(Vec<u16>),
}

impl List<'_> {
    pub(super) fn codes(&self) -> Codes<'_> {
        match self {
            Self::Held(codes) => *codes,
            Self::Made(codes) => Codes::Two(codes),
        }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What it is.
    pub(super) of: Of,
    /// Which source it is asked of.
    pub(super) source: usize,
    /// What is asked; nothing of a number.
    pub(super) ask: Option<Ask>,
}

impl Line {
    /// Whether it is a share of people.
    pub(super) fn is_share(&self) -> bool {
        matches!(self.of, Of::Answer(_) | Of::Blank | Of::Net(_) | Of::First | Of::Top(_))
    }
}

/// All rows of one variable.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows<'a> {
    pub(super) sources: Vec<Source<'a>>,
    pub(super) lines: Vec<Line>,
}

impl<'a> Rows<'a> {
    /// The rows of a variable; none if its column is missing or holds words.
    pub(super) fn of(
        sample: &'a Sample,
        question: &Question,
        variable: &Variable,
        manner: Manner,
    ) -> Option<Self> {
        if question.kind == Kind::Rank {
            return places(sample, question, variable);
        }
        match variable.measure {
            Measure::Category => categories(sample, question, variable, manner),
            Measure::Flags if manner.percent == Percent::Mentions => mentions(sample, question),
            Measure::Flags => flags(sample, question, manner),
            Measure::Number => {
                let values = frame::numbers(sample.frame(), &variable.name)?;
                let line = |of| Line { of, source: 0, ask: None };
                let lines = vec![line(Of::Mean), line(Of::Median)];
                Some(Self { sources: vec![Source::Numbers(values)], lines })
            }
            Measure::Text => None,
        }
    }
}

fn categories<'a>(
    sample: &'a Sample,
    question: &Question,
    variable: &Variable,
    manner: Manner,
) -> Option<Rows<'a>> {
    let routed = manner.base == BaseOf::Routed;
    let list = column(sample, &variable.name, question, routed)?;
    let answers = question.answers.len();
    let tallied = answers + usize::from(routed);
    let kept: Vec<bool> = (0..tallied)
        .map(|k| !manner.exclude_dk || question.answers.get(k).is_none_or(|a| a.substantive))
        .collect();
    let line = |of, ask: Ask| Line { of, source: 0, ask: Some(ask.of(&kept)) };
    let mut lines: Vec<Line> = (0..answers)
        .filter(|k| kept[*k])
        .map(|k| line(Of::Answer(k), Ask::share(&[k], tallied)))
        .collect();
    if routed {
        lines.push(line(Of::Blank, Ask::share(&[answers], tallied)));
    }
    for (index, net) in question.nets.iter().enumerate() {
        lines.push(line(Of::Net(index), Ask::share(&net.members, tallied)));
    }
    for (index, difference) in question.differences.iter().enumerate() {
        let ask = Ask::difference(&difference.plus, &difference.minus, tallied);
        lines.push(line(Of::Difference(index), ask));
    }
    let scores = |of: &dyn Fn(f64) -> f64| -> Vec<Option<f64>> {
        let score = |k: usize| question.answers.get(k)?.score.map(|score| of(score.0));
        (0..tallied).map(score).collect()
    };
    if question.promoters {
        lines.push(line(Of::Promoters, Ask::mean(&scores(&promoter))));
    }
    if question.answers.iter().any(|a| a.score.is_some()) {
        lines.push(line(Of::Mean, Ask::mean(&scores(&|score| score))));
    }
    Some(Rows { sources: vec![Source::Codes(list, tallied)], lines })
}

/// 1 for promoters, −1 for detractors (Reichheld 2003, "The one number you need to grow").
fn promoter(score: f64) -> f64 {
    f64::from(u8::from(score >= 9.0)) - f64::from(u8::from(score <= 6.0))
}

/// A question's column; with one more code for those who were asked and did not answer, if
/// they are to be in the base.
fn column<'a>(
    sample: &'a Sample,
    name: &str,
    question: &Question,
    routed: bool,
) -> Option<List<'a>> {
    let codes = frame::codes(sample.frame(), name)?;
    if !routed {
        return Some(List::Held(codes));
    }
    // The last two reasons for no answer are "not asked" and "not valid".
    let not_asked = frame::list(sample.frame(), name).len().saturating_sub(2);
    let blank = question.reasons();
    let code = |row: usize| match codes.get(row) {
        code if code < blank => code,
        code if code < not_asked => blank,
        _ => blank + 1,
    };
    Some(List::Made((0..codes.len()).map(code).map(short).collect()))
}

/// A code as it is stored; lists are far shorter than 65,000.
fn short(code: usize) -> u16 {
    u16::try_from(code).unwrap_or(u16::MAX)
}

fn flags<'a>(sample: &'a Sample, question: &Question, manner: Manner) -> Option<Rows<'a>> {
    let routed = manner.base == BaseOf::Routed;
    let tallied = 2 + usize::from(routed);
    let answers = (0..question.answers.len()).map(|a| (Of::Answer(a), question.flag(a)));
    let nets = question.nets.iter().enumerate();
    let nets = nets.map(|(index, net)| (Of::Net(index), net_name(question, net)));
    let mut rows = Rows::default();
    for (of, name) in answers.chain(nets) {
        let list = column(sample, &name, question, routed)?;
        let ask = Some(Ask::share(&[1], tallied));
        rows.lines.push(Line { of, source: rows.sources.len(), ask });
        rows.sources.push(Source::Codes(list, tallied));
    }
    if routed && !rows.sources.is_empty() {
        let line = Line { of: Of::Blank, source: 0, ask: Some(Ask::share(&[2], tallied)) };
        let nets = rows.lines.iter().position(|line| matches!(line.of, Of::Net(_)));
        rows.lines.insert(nets.unwrap_or(rows.lines.len()), line);
    }
    Some(rows)
}

/// The share of each answer in all answers given. Codes are twice the number of answers
/// that somebody gave, and one more if the answer is among them.
fn mentions<'a>(sample: &'a Sample, question: &Question) -> Option<Rows<'a>> {
    let names = (0..question.answers.len()).map(|a| question.flag(a));
    let lists = names.map(|name| frame::codes(sample.frame(), &name));
    let lists: Vec<Codes<'_>> = lists.collect::<Option<_>>()?;
    let height = sample.frame().height();
    let given = |row: usize| lists.iter().filter(|codes| codes.get(row) == 1).count();
    let answered = |row: usize| lists.first().is_some_and(|codes| codes.get(row) < 2);
    let given: Vec<usize> = (0..height).map(given).collect();
    let most = given.iter().copied().max().unwrap_or(0);
    let tallied = 2 * (most + 1);
    let ask = Ask {
        numerator: (0..tallied).map(|code| f64::from(u8::from(code % 2 == 1))).collect(),
        denominator: (0..tallied).map(|code| (code / 2) as f64).collect(),
    };
    let mut rows = Rows::default();
    for (answer, codes) in lists.iter().enumerate() {
        let code = |row: usize| {
            let code = 2 * given[row] + usize::from(codes.get(row) == 1);
            short(if answered(row) { code } else { tallied })
        };
        let list = List::Made((0..height).map(code).collect());
        let line = Line { of: Of::Answer(answer), source: answer, ask: Some(ask.clone()) };
        rows.lines.push(line);
        rows.sources.push(Source::Codes(list, tallied));
    }
    Some(rows)
}

/// How many of the first places of a ranking are counted together.
pub(super) fn top(question: &Question) -> usize {
    let places = question.places.or(question.max).unwrap_or(question.items.len());
    let items = question.items.len();
    if places < items { places } else { 3.min(items.saturating_sub(1)).max(1) }
}

/// One item of a ranking: how many put it first, how many in one of the first places, and
/// the mean place of those who gave it one. Codes are places from 0, then "not placed" by
/// somebody who placed others.
fn places<'a>(
    sample: &'a Sample,
    question: &Question,
    variable: &Variable,
) -> Option<Rows<'a>> {
    let columns = question.items.iter().map(|item| format!("{}.{}", question.id, item.id));
    let columns = columns.map(|name| frame::numbers(sample.frame(), &name));
    let columns: Vec<&[f64]> = columns.collect::<Option<_>>()?;
    let own = columns.get(variable.item?)?;
    let last = question.items.len();
    let code = |(row, place): (usize, &f64)| {
        if columns.iter().all(|column| column[row].is_nan()) {
            return short(last + 1);
        }
        let placed = (0..last).find(|n| (*place - (*n as f64) - 1.0).abs() < 0.5);
        short(placed.unwrap_or(last))
    };
    let codes: Vec<u16> = own.iter().enumerate().map(code).collect();
    let tallied = last + 1;
    let first: Vec<usize> = (0..top(question)).collect();
    let scores: Vec<Option<f64>> =
        (0..tallied).map(|place| (place < last).then_some(place as f64 + 1.0)).collect();
    let line = |of, ask| Line { of, source: 0, ask: Some(ask) };
    let mut lines = vec![line(Of::First, Ask::share(&[0], tallied))];
    if first.len() > 1 {
        lines.push(line(Of::Top(first.len()), Ask::share(&first, tallied)));
    }
    lines.push(line(Of::Place, Ask::mean(&scores)));
    Some(Rows { sources: vec![Source::Codes(List::Made(codes), tallied)], lines })
}
