//! The answers as the language of conditions sees them, and who was asked what.

use polars::prelude::{DataFrame, PolarsResult};

use super::codes;
use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::expression::{self, Column, Columns, Truth};
use crate::frame;
use crate::ingest::{Responses, Use};
use crate::questionnaire::{Measure, Question, Questionnaire};

/// For each question that not everyone was asked: whether each row was.
pub(super) type Routed = Vec<Option<Vec<Truth>>>;

/// Finds out who was asked what, and tells "not asked" from "no answer".
pub(super) fn route(
    responses: &mut Responses,
    findings: &mut Findings,
) -> Result<Routed, Failure> {
    let questionnaire = &responses.questionnaire;
    let view = View::new(&responses.frame, questionnaire);
    let mut routed: Routed = vec![None; questionnaire.questions.len()];
    for index in order(questionnaire) {
        let question = &questionnaire.questions[index];
        let Some(condition) = &question.asked_if else { continue };
        let asked = condition.evaluate(responses.frame.height(), &view);
        let mut asked = asked.map_err(|problem| complain(problem, question, findings))?;
        inherit(&mut asked, &condition.names(), questionnaire, &routed);
        routed[index] = Some(asked);
    }
    let marked = mark_not_asked(responses, &routed).and_then(|()| mark_not_reached(responses));
    marked.map_err(|_| Failure { kind: Kind::Internal })?;
    Ok(routed)
}

/// Questions in an order in which each comes after those its condition names; the schema
/// has no circles.
fn order(questionnaire: &Questionnaire) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let count = questionnaire.questions.len();
    while order.len() < count {
        let before = order.len();
        for index in 0..count {
            let ready = parents(questionnaire, index).iter().all(|p| order.contains(p));
            if ready && !order.contains(&index) {
                order.push(index);
            }
        }
        if order.len() == before {
            break;
        }
    }
    order
}

fn parents(questionnaire: &Questionnaire, index: usize) -> Vec<usize> {
    let condition = questionnaire.questions[index].asked_if.as_ref();
    let names = condition.map(expression::Expression::names).unwrap_or_default();
    names.iter().filter_map(|name| question_of(questionnaire, name)).collect()
}

fn question_of(questionnaire: &Questionnaire, name: &str) -> Option<usize> {
    let id = name.split('.').next().unwrap_or(name);
    questionnaire.questions.iter().position(|q| q.id == id)
}

/// Who was not asked a question was not asked what follows from it either.
fn inherit(
    asked: &mut [Truth],
    names: &[&str],
    questionnaire: &Questionnaire,
    routed: &Routed,
) {
    let parents = names.iter().filter_map(|name| question_of(questionnaire, name));
    for parent in parents.filter_map(|p| routed[p].as_ref()) {
        for (asked, parent) in asked.iter_mut().zip(parent) {
            if *asked == Truth::Unknown && *parent == Truth::False {
                *asked = Truth::False;
            }
        }
    }
}

fn complain(
    problem: expression::Problem,
    question: &Question,
    findings: &mut Findings,
) -> Failure {
    let condition = question.asked_if.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut finding = Finding::new(&codes::CONDITION, problem.message)
        .at(question.place.clone())
        .value(condition)
        .because(format!("`asked_if` of `{}`", question.id));
    if let Some(help) = problem.help {
        finding = finding.help(help);
    }
    Failure::because(findings, Kind::Input, finding)
}

/// Gives empty cells of questions that were not asked their own code.
fn mark_not_asked(responses: &mut Responses, routed: &Routed) -> PolarsResult<()> {
    for column in &responses.columns {
        let (Use::Variable(variable) | Use::Flag(variable, _)) = &column.use_ else {
            continue;
        };
        let Some(asked) = &routed[variable.question] else { continue };
        let blank = responses.questionnaire.questions[variable.question].reasons();
        let not_asked = frame::list(&responses.frame, &column.name).len().saturating_sub(2);
        frame::recode(&mut responses.frame, &column.name, |row, code| {
            if code == blank && asked[row] == Truth::False { not_asked } else { code }
        })?;
    }
    Ok(())
}

/// Gives empty cells after the last answer of people who broke off their own code.
fn mark_not_reached(responses: &mut Responses) -> PolarsResult<()> {
    let Some(reached) = reached_end(responses) else { return Ok(()) };
    let questionnaire = &responses.questionnaire;
    let mut last = vec![0; reached.len()];
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let columns = responses.columns.iter().filter(|c| question_at(&c.use_) == Some(index));
        for column in columns {
            let answered = answered(&responses.frame, &column.name, question);
            let rows = answered.iter().enumerate().filter(|(_, answered)| **answered);
            rows.for_each(|(row, _)| last[row] = index);
        }
    }
    for column in &responses.columns {
        let Some(index) = question_at(&column.use_) else { continue };
        let blank = questionnaire.questions[index].reasons();
        let not_reached = frame::list(&responses.frame, &column.name).len().saturating_sub(3);
        frame::recode(&mut responses.frame, &column.name, |row, code| {
            let behind = !reached[row] && index > last[row];
            if code == blank && behind { not_reached } else { code }
        })?;
    }
    Ok(())
}

/// Whether each row reached the end; none if everybody did or the export does not say.
fn reached_end(responses: &Responses) -> Option<Vec<bool>> {
    let column = responses.columns.iter().find(|c| c.use_ == Use::Complete)?;
    let platform = responses.files.first().and_then(|f| f.platform().complete);
    let declared = responses.questionnaire.source.complete.as_ref();
    let values: Vec<&str> = match (declared, platform) {
        (Some(declared), _) => declared.values.iter().map(String::as_str).collect(),
        (None, Some((_, values))) => values.to_vec(),
        (None, None) => return None,
    };
    let complete: Vec<bool> = frame::list(&responses.frame, &column.name)
        .iter()
        .map(|label| {
            let listed = values.iter().any(|value| value.eq_ignore_ascii_case(label));
            listed || (values.is_empty() && !label.is_empty())
        })
        .collect();
    let codes = frame::codes(&responses.frame, &column.name)?;
    let reached: Vec<bool> = (0..codes.len()).map(|row| complete[codes.get(row)]).collect();
    reached.contains(&false).then_some(reached)
}

fn question_at(use_: &Use) -> Option<usize> {
    match use_ {
        Use::Variable(variable) | Use::Flag(variable, _) => Some(variable.question),
        _ => None,
    }
}

/// Whether each row has an answer in a column.
pub(super) fn answered(frame: &DataFrame, name: &str, question: &Question) -> Vec<bool> {
    if let Some(numbers) = frame::numbers(frame, name) {
        return numbers.iter().map(|n| !n.is_nan()).collect();
    }
    let first = question.reasons();
    match frame::codes(frame, name) {
        Some(codes) => (0..codes.len()).map(|row| codes.get(row) < first).collect(),
        None => vec![false; frame.height()],
    }
}

/// A frame whose columns the language of conditions can name.
pub(crate) struct View<'a> {
    frame: &'a DataFrame,
    questionnaire: &'a Questionnaire,
    /// The names of the variables, and the labels of those that have some.
    names: Vec<(String, Vec<String>)>,
}

impl<'a> View<'a> {
    pub(crate) fn new(frame: &'a DataFrame, questionnaire: &'a Questionnaire) -> Self {
        let variables = questionnaire.variables().into_iter();
        let names = variables.map(|v| {
            let labels = frame::list(frame, &v.name);
            (v.name, labels)
        });
        Self { frame, questionnaire, names: names.collect() }
    }

    fn codes(&self, name: &str) -> Option<expression::Codes<'_>> {
        match frame::codes(self.frame, name)? {
            frame::Codes::One(codes) => Some(expression::Codes::Byte(codes)),
            frame::Codes::Two(codes) => Some(expression::Codes::Word(codes)),
            frame::Codes::Four(_) => None,
        }
    }
}

impl Columns for View<'_> {
    fn column(&self, name: &str) -> Option<Column<'_>> {
        let variable = self.questionnaire.variable(name)?;
        let question = &self.questionnaire.questions[variable.question];
        match variable.measure {
            Measure::Number => frame::numbers(self.frame, name).map(Column::Number),
            Measure::Flags => {
                let flags = question.answers.iter().enumerate().map(|(index, answer)| {
                    Some((answer.label.as_str(), self.codes(&question.flag(index))?))
                });
                flags.collect::<Option<_>>().map(Column::Flags)
            }
            Measure::Category | Measure::Text => {
                let labels = &self.names.iter().find(|(n, _)| n == name)?.1;
                let codes = self.codes(name)?;
                let first_reason = question.reasons();
                Some(Column::Category { codes, labels, first_reason })
            }
        }
    }

    fn names(&self) -> Vec<&str> {
        self.names.iter().map(|(name, _)| name.as_str()).collect()
    }
}
