//! What stands in the rows of one variable: an answer each, nets, differences, means.
//!
//! Takes a question and how it is to be counted, gives the [`Source`]s that have to be
//! tallied and the [`Line`]s that are asked of them. Computes nothing.

use super::Of;
use super::answers::Ask;
use crate::frame::{self, Codes};
use crate::poll::tables::{BaseOf, Percent};
use crate::prepare::{Sample, net_name};
use crate::questionnaire::{Difference, Kind, Measure, Question, Variable};

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
    /// Adds a row with a source of its own.
    fn add(&mut self, of: Of, source: Source<'a>, ask: Ask) {
        self.lines.push(Line { of, source: self.sources.len(), ask: Some(ask) });
        self.sources.push(source);
    }

    /// The rows of a variable; none if its column is missing or holds words.
    pub(super) fn of(
        sample: &'a Sample,
        question: &Question,
        variable: &Variable,
        manner: Manner,
    ) -> Option<Self> {
        let mut rows = Self::all(sample, question, variable, manner)?;
        if matches!(manner.percent, Percent::Row | Percent::Total | Percent::Count) {
            // Differences and means are of those in a column, not of a row or the table.
            rows.lines.retain(Line::is_share);
        }
        Some(rows)
    }

    fn all(
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
    let asked = asked(sample, question, manner);
    let list = column(sample, &variable.name, question, asked.as_deref())?;
    let tallied = question.answers.len() + usize::from(asked.is_some());
    let kept = |k: usize| {
        !manner.exclude_dk || question.answers.get(k).is_none_or(|answer| answer.substantive)
    };
    let asks = shares(question, tallied).into_iter().chain(summaries(question, tallied));
    let counted = asks.filter(|(of, _)| match of {
        Of::Answer(answer) => kept(*answer),
        _ => true,
    });
    let kept: Vec<bool> = (0..tallied).map(kept).collect();
    let line = |(of, ask): (Of, Ask)| Line { of, source: 0, ask: Some(ask.of(&kept)) };
    let lines = counted.map(line).collect();
    Some(Rows { sources: vec![Source::Codes(list, tallied)], lines })
}

/// The shares of answers, of those who gave none if they are tallied, and of nets.
fn shares(question: &Question, tallied: usize) -> Vec<(Of, Ask)> {
    let answers = question.answers.len();
    let of = |k: usize| if k < answers { Of::Answer(k) } else { Of::Blank };
    let shares = (0..tallied).map(|k| (of(k), Ask::share(&[k], tallied)));
    let nets = question.nets.iter().enumerate();
    let nets = nets.map(|(index, net)| (Of::Net(index), Ask::share(&net.members, tallied)));
    shares.chain(nets).collect()
}

/// Which answers are in the base, as indexes; the one after the last stands for those who
/// were asked and gave none.
pub(super) fn based_on(question: &Question, manner: Manner) -> Vec<usize> {
    let answers = question.answers.iter().enumerate();
    let kept = answers.filter(|(_, answer)| !manner.exclude_dk || answer.substantive);
    let blank = (manner.base == BaseOf::Routed).then_some(question.answers.len());
    kept.map(|(index, _)| index).chain(blank).collect()
}

/// Differences of nets, the net promoter score and the mean of the scores.
fn summaries(question: &Question, tallied: usize) -> Vec<(Of, Ask)> {
    let differences = question.differences.iter().enumerate();
    let differences = differences.map(|(index, difference)| {
        let ask = Ask::difference(&difference.plus, &difference.minus, tallied);
        (Of::Difference(index), ask)
    });
    let mean = |of: fn(f64) -> f64| {
        let score = |k: usize| question.answers.get(k)?.score.map(|score| of(score.0));
        Ask::mean(&(0..tallied).map(score).collect::<Vec<_>>())
    };
    let scored = question.answers.iter().any(|answer| answer.score.is_some());
    let promoters = question.promoters.then(|| (Of::Promoters, mean(promoter)));
    let mean = scored.then(|| (Of::Mean, mean(|score| score)));
    differences.chain(promoters).chain(mean).collect()
}

/// 1 for promoters, −1 for detractors (Reichheld 2003, "The one number you need to grow").
pub(super) fn promoter(score: f64) -> f64 {
    f64::from(u8::from(score >= 9.0)) - f64::from(u8::from(score <= 6.0))
}

/// Who was asked, for a base of these; none for one of those who answered. Who left the
/// condition of a question open is not known to have been asked.
fn asked(sample: &Sample, question: &Question, manner: Manner) -> Option<Vec<bool>> {
    let condition = (manner.base == BaseOf::Routed).then_some(question.asked_if.as_ref())?;
    let known = condition.and_then(|condition| sample.fulfil(condition).ok());
    Some(known.unwrap_or_else(|| vec![true; sample.frame().height()]))
}

/// A question's column; with one more code for those who were asked and did not answer, if
/// it is said who was.
fn column<'a>(
    sample: &'a Sample,
    name: &str,
    question: &Question,
    asked: Option<&[bool]>,
) -> Option<List<'a>> {
    let codes = frame::codes(sample.frame(), name)?;
    let Some(asked) = asked else { return Some(List::Held(codes)) };
    // The last two reasons for no answer are "not asked" and "not valid".
    let not_asked = frame::list(sample.frame(), name).len().saturating_sub(2);
    let blank = question.reasons();
    let code = |(row, asked): (usize, &bool)| match codes.get(row) {
        code if code < blank => code,
        code if code < not_asked && *asked => blank,
        _ => blank + 1,
    };
    Some(List::Made(asked.iter().enumerate().map(code).map(short).collect()))
}

/// A code as it is stored; lists are far shorter than 65,000.
fn short(code: usize) -> u16 {
    u16::try_from(code).unwrap_or(u16::MAX)
}

fn flags<'a>(sample: &'a Sample, question: &Question, manner: Manner) -> Option<Rows<'a>> {
    let asked = asked(sample, question, manner);
    let blank = usize::from(asked.is_some());
    let mut rows = Rows::default();
    let answers = (0..question.answers.len()).map(|a| (Of::Answer(a), question.flag(a)));
    let nets = question.nets.iter().enumerate();
    let nets = nets.map(|(index, net)| (Of::Net(index), net_name(question, net)));
    for (of, name) in answers.chain(nets) {
        let list = column(sample, &name, question, asked.as_deref())?;
        rows.add(of, Source::Codes(list, 2 + blank), Ask::share(&[1], 2 + blank));
    }
    if blank > 0 {
        let line = Line { of: Of::Blank, source: 0, ask: Some(Ask::share(&[2], 3)) };
        rows.lines.insert(question.answers.len(), line);
    }
    for (index, difference) in question.differences.iter().enumerate() {
        let codes = List::Made(sides(sample, question, difference, asked.as_deref())?);
        let ask = Ask::difference(&[PLUS], &[MINUS], 4 + blank);
        rows.add(Of::Difference(index), Source::Codes(codes, 4 + blank), ask);
    }
    Some(rows)
}

/// The codes of who picked something on one side of a difference only.
const PLUS: usize = 1;
const MINUS: usize = 2;

/// Whom a difference of several answers counts for which side: nobody 0, [`PLUS`],
/// [`MINUS`], and 3 for both, who cancel out; then no answer, if that is in the base.
fn sides(
    sample: &Sample,
    question: &Question,
    difference: &Difference,
    asked: Option<&[bool]>,
) -> Option<Vec<u16>> {
    let lists = |members: &[usize]| -> Option<Vec<List<'_>>> {
        let list = |answer: &usize| column(sample, &question.flag(*answer), question, asked);
        members.iter().map(list).collect()
    };
    let (plus, minus) = (lists(&difference.plus)?, lists(&difference.minus)?);
    let picked = |side: &[List<'_>], row| side.iter().any(|list| list.codes().get(row) == 1);
    let code = |row: usize| match plus.first().map_or(usize::MAX, |list| list.codes().get(row))
    {
        0 | 1 => {
            PLUS * usize::from(picked(&plus, row)) + MINUS * usize::from(picked(&minus, row))
        }
        other => other.saturating_add(2),
    };
    Some((0..sample.frame().height()).map(code).map(short).collect())
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
        rows.add(Of::Answer(answer), Source::Codes(list, tallied), ask.clone());
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
    let last = question.items.len();
    let tallied = last + 1;
    let codes = List::Made(placed(sample, question, variable.item?)?);
    let first: Vec<usize> = (0..top(question)).collect();
    let place = |place: usize| (place < last).then_some(place as f64 + 1.0);
    let scores: Vec<Option<f64>> = (0..tallied).map(place).collect();
    let line = |of, ask| Line { of, source: 0, ask: Some(ask) };
    let mut lines = vec![line(Of::First, Ask::share(&[0], tallied))];
    if first.len() > 1 {
        lines.push(line(Of::Top(first.len()), Ask::share(&first, tallied)));
    }
    lines.push(line(Of::Place, Ask::mean(&scores)));
    Some(Rows { sources: vec![Source::Codes(codes, tallied)], lines })
}

/// The place of an item by each respondent, from 0; the number of items where others were
/// placed but not it, and one more where none was.
fn placed(sample: &Sample, question: &Question, item: usize) -> Option<Vec<u16>> {
    let columns = question.items.iter().map(|item| format!("{}.{}", question.id, item.id));
    let columns = columns.map(|name| frame::numbers(sample.frame(), &name));
    let columns: Vec<&[f64]> = columns.collect::<Option<_>>()?;
    let last = question.items.len();
    let code = |(row, place): (usize, &f64)| {
        if columns.iter().all(|column| column[row].is_nan()) {
            return short(last + 1);
        }
        let placed = (0..last).find(|n| (*place - (*n as f64) - 1.0).abs() < 0.5);
        short(placed.unwrap_or(last))
    };
    Some(columns.get(item)?.iter().enumerate().map(code).collect())
}
