//! Variables whose groups are weighted or counted: one question, or several crossed.
//!
//! Takes names as they are written, `phase` or `phase:region`, gives the code of each row
//! and the label of each code. May know the questionnaire and `frame`. Reasons for no
//! answer are groups too: each row has a code.

use polars::prelude::DataFrame;

use super::merge::Grouping;
use crate::document;
use crate::frame;
use crate::questionnaire::{Answer, Measure, Question, Questionnaire};
use crate::words::Words;

/// How many groups a crossing may have, empty ones among them.
const MOST: usize = 1_000_000;

/// What stands between variables and between answers.
pub(super) const BETWEEN: char = ':';

/// One question with one answer, or several crossed.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    /// As it is written.
    pub(super) name: String,
    /// In words.
    pub(super) title: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    /// The question's id: its column in the frame.
    id: String,
    answers: Vec<Answer>,
    /// The labels of all codes, reasons for no answer after the answers.
    labels: Vec<String>,
}

/// Why names make no crossing: what is the matter, and what to do.
pub(super) type Fault = (String, String);

impl Crossing {
    /// The variables of a name, parted by `:`.
    pub(super) fn named(
        name: &str,
        (questionnaire, frame): (&Questionnaire, &DataFrame),
        words: &Words,
    ) -> Result<Self, Fault> {
        Self::of(name.split(BETWEEN).map(str::trim), (questionnaire, frame), words)
    }

    /// Several variables crossed.
    pub(super) fn of<'n>(
        names: impl Iterator<Item = &'n str>,
        (questionnaire, frame): (&Questionnaire, &DataFrame),
        words: &Words,
    ) -> Result<Self, Fault> {
        let mut questions: Vec<&Question> = Vec::new();
        for name in names {
            let question = variable(name, questionnaire)?;
            if questions.iter().any(|known| known.id == question.id) {
                let headline = format!("`{name}` is crossed with itself");
                return Err((headline, "name each variable once".to_owned()));
            }
            questions.push(question);
        }
        let joined = |text: fn(&Question) -> &str, between: &str| {
            questions.iter().map(|q| text(q)).collect::<Vec<_>>().join(between)
        };
        let part = |question: &&Question| Part {
            id: question.id.clone(),
            answers: question.answers.clone(),
            labels: frame::list(frame, &question.id),
        };
        let crossing = Self {
            name: joined(|q| &q.id, ":"),
            title: joined(|q| &q.title, words.crossed),
            parts: questions.iter().map(part).collect(),
        };
        if crossing.size().is_none() {
            let headline = format!("`{}` has too many groups", crossing.name);
            return Err((headline, "cross fewer variables".to_owned()));
        }
        Ok(crossing)
    }

    /// How many codes there are; none if there are too many.
    pub(super) fn size(&self) -> Option<usize> {
        let mut sizes = self.parts.iter().map(|part| part.labels.len());
        let size = sizes.try_fold(1_usize, usize::checked_mul)?;
        (size <= MOST).then_some(size)
    }

    /// The ids of the questions.
    pub(super) fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.id.as_str())
    }

    /// One of its variables alone.
    pub(super) fn part(&self, nth: usize) -> Self {
        let parts: Vec<Part> = self.parts.get(nth).cloned().into_iter().collect();
        let name = parts.first().map(|part| part.id.clone()).unwrap_or_default();
        Self { title: name.clone(), name, parts }
    }

    /// The code of a group as it is written: answers parted by `:`, where an answer may
    /// itself hold one.
    pub(super) fn code(&self, text: &str) -> Option<usize> {
        fn find(parts: &[Part], text: &str, code: usize) -> Option<usize> {
            let Some((part, rest)) = parts.split_first() else { return Some(code) };
            let next = |answer: usize| code * part.labels.len() + answer;
            if rest.is_empty() {
                return part.answer(text).map(next);
            }
            let ends = text.match_indices(BETWEEN);
            let mut tries = ends.filter_map(|(at, between)| {
                let answer = part.answer(text[..at].trim())?;
                find(rest, text[at + between.len()..].trim(), next(answer))
            });
            tries.next()
        }
        find(&self.parts, text.trim(), 0)
    }

    /// The code of a group from one cell for each variable.
    pub(super) fn code_of<'t>(
        &self,
        mut cells: impl Iterator<Item = &'t str>,
    ) -> Option<usize> {
        self.parts.iter().try_fold(0, |code, part| {
            Some(code * part.labels.len() + part.answer(cells.next()?)?)
        })
    }

    /// The answers' labels, for each variable.
    fn split(&self, mut code: usize) -> Vec<(&Part, usize)> {
        let mut places = Vec::new();
        for part in self.parts.iter().rev() {
            places.push((part, code % part.labels.len().max(1)));
            code /= part.labels.len().max(1);
        }
        places.reverse();
        places
    }

    /// The label of a code.
    pub(super) fn label(&self, code: usize) -> String {
        let parts = self.split(code).into_iter();
        parts.map(|(part, place)| part.labels[place].as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The label of a code where some answers are merged: for each variable its groups.
    pub(super) fn label_of(&self, code: usize, groupings: &[Option<Grouping>]) -> String {
        let label = |((part, place), grouping): ((&Part, usize), &Option<Grouping>)| {
            let group = grouping.as_ref().and_then(|g| g.groups.get(*g.of.get(place)?));
            group.map_or_else(|| part.labels[place].clone(), |group| group.label.clone())
        };
        let parts = self.split(code).into_iter().zip(groupings).map(label);
        parts.collect::<Vec<_>>().join(", ")
    }

    /// As the group is written in a file.
    pub(super) fn written(&self, code: usize) -> String {
        let parts = self.split(code).into_iter();
        parts.map(|(part, place)| part.labels[place].as_str()).collect::<Vec<_>>().join(":")
    }

    /// The code that has a label.
    pub(super) fn code_of_label(&self, label: &str) -> Option<usize> {
        (0..self.size()?).find(|code| self.label(*code) == label)
    }

    /// Whether every variable has an answer of substance there.
    pub(super) fn substantive(&self, code: usize) -> bool {
        let mut parts = self.split(code).into_iter();
        parts.all(|(part, place)| part.answers.get(place).is_some_and(|a| a.substantive))
    }

    /// The written group nearest to a text that is none.
    pub(super) fn nearest(&self, text: &str) -> String {
        let known: Vec<String> = match self.parts.as_slice() {
            [part] => part.answers.iter().map(|answer| answer.label.clone()).collect(),
            // Of a joint group each part is looked at for itself.
            parts => {
                let cells = text.split(BETWEEN).map(str::trim).zip(parts);
                let near = cells.filter_map(|(cell, part)| {
                    document::nearest(cell, part.answers.iter().map(|a| a.label.as_str()))
                });
                let near: Vec<&str> = near.collect();
                let whole = near.len() == parts.len();
                whole.then(|| near.join(":")).into_iter().collect()
            }
        };
        match document::nearest(text, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.parts.len() > 1 => {
                format!("write one answer of each of `{}`, with `:` between", self.name)
            }
            None => format!("`{}` has: {}", self.name, known.join("; ")),
        }
    }

    /// How many rows each code has, and the sum of their weights.
    pub(super) fn sums(&self, frame: &DataFrame, weights: &[f64]) -> Vec<(u64, f64)> {
        let mut sums = vec![(0, 0.0); self.size().unwrap_or(0)];
        for (code, weight) in self.rows(frame).into_iter().zip(weights) {
            let (count, sum) = &mut sums[code as usize];
            *count += 1;
            *sum += weight;
        }
        sums
    }

    /// The code of each row.
    pub(super) fn rows(&self, frame: &DataFrame) -> Vec<u32> {
        let mut rows = vec![0_u32; frame.height()];
        for part in &self.parts {
            let Some(codes) = frame::codes(frame, &part.id) else { continue };
            let size = u32::try_from(part.labels.len()).unwrap_or(u32::MAX);
            match codes {
                frame::Codes::One(codes) => add(&mut rows, size, codes),
                frame::Codes::Two(codes) => add(&mut rows, size, codes),
                frame::Codes::Four(codes) => add(&mut rows, size, codes),
            }
        }
        rows
    }
}

/// One more variable in the code of each row.
fn add<C: Copy + Into<u32>>(rows: &mut [u32], size: u32, codes: &[C]) {
    for (row, code) in rows.iter_mut().zip(codes) {
        *row = *row * size + (*code).into();
    }
}

impl Part {
    /// The answer of a text: its label, or what stands for it in the data, or its id.
    fn answer(&self, text: &str) -> Option<usize> {
        let by = |same: &dyn Fn(&Answer) -> bool| self.answers.iter().position(same);
        by(&|a| a.label == text)
            .or_else(|| by(&|a| a.value == text || a.aliases.iter().any(|alias| alias == text)))
            .or_else(|| by(&|a| a.id == text))
    }
}

/// The question of a name: one with one answer.
fn variable<'q>(name: &str, questionnaire: &'q Questionnaire) -> Result<&'q Question, Fault> {
    let single = |q: &&Question| q.measure() == Measure::Category && q.items.is_empty();
    let questions = questionnaire.questions.iter();
    if let Some(question) = questions.clone().filter(single).find(|q| q.id == name) {
        return Ok(question);
    }
    let help = match document::nearest(name, questions.filter(single).map(|q| q.id.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a question of kind `single` by its key in the schema".to_owned(),
    };
    let headline = match questionnaire.question(name) {
        Some(_) => format!("`{name}` is no question with one answer of a list"),
        None => format!("`{name}` is no question of the schema"),
    };
    Err((headline, help))
}
