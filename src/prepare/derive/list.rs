//! The answers of a derived variable: candidates go in, the list comes out as the poll file
//! wants it, those of substance first, with scores, pinned ones and nets.

use indexmap::IndexMap;

use super::Maker;
use crate::diagnostic::Finding;
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::{Answer, Net, Question, Score, slug};

/// How many answers a list may have.
const LONGEST: usize = 65_000;

/// A checked list of answers.
pub(super) struct List {
    answers: Vec<Answer>,
    /// For each answer, its index among the candidates.
    pub(super) order: Vec<usize>,
    /// For each candidate, its code.
    pub(super) codes: Vec<u32>,
    ordered: bool,
    nets: Vec<Net>,
}

/// An answer that only its label is known of.
pub(super) fn answer(label: &str) -> Answer {
    Answer {
        id: slug(label),
        label: label.to_owned(),
        value: label.to_owned(),
        aliases: Vec::new(),
        column: None,
        substantive: true,
        pinned: false,
        exclusive: false,
        score: None,
    }
}

impl List {
    /// Gives a question its answers.
    pub(super) fn give(self, question: &mut Question) {
        question.answers = self.answers;
        question.ordered = self.ordered;
        question.nets = self.nets;
    }
}

impl Maker<'_, '_> {
    /// The list of some candidates; `ordered` unless the poll file says otherwise.
    pub(super) fn list(&mut self, mut candidates: Vec<Answer>, ordered: bool) -> Option<List> {
        let about = &self.derive.about;
        for label in &about.nonsubstantive {
            self.mark(&mut candidates, label, |a| (a.substantive, a.pinned) = (false, true));
        }
        for label in &about.pinned {
            self.mark(&mut candidates, label, |answer| answer.pinned = true);
        }
        for (label, score) in &about.scores {
            self.mark(&mut candidates, label, |answer| answer.score = Some(Score(*score)));
        }
        self.check_scores(&mut candidates);
        self.check_ids(&candidates)?;
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|index| !candidates[*index].substantive);
        let mut codes = vec![0; candidates.len()];
        for (code, index) in order.iter().enumerate() {
            codes[*index] = u32::try_from(code).unwrap_or(u32::MAX);
        }
        let answers: Vec<Answer> = order.iter().map(|i| candidates[*i].clone()).collect();
        let nets = self.nets(&answers);
        let ordered = about.ordered.unwrap_or(ordered);
        Some(List { answers, order, codes, ordered, nets })
    }

    fn mark(&mut self, answers: &mut [Answer], label: &Name, change: impl FnOnce(&mut Answer)) {
        match answers.iter_mut().find(|answer| answer.label == *label.get_ref()) {
            Some(answer) => change(answer),
            None => self.no_such_answer(label, answers),
        }
    }

    fn no_such_answer(&mut self, label: &Name, answers: &[Answer]) {
        let labels: Vec<&str> = answers.iter().map(|answer| answer.label.as_str()).collect();
        self.no_answer(label, "this variable", &labels);
    }

    /// A mean needs a score of each answer of substance: scores that sources do not give in
    /// full are dropped, those of the poll file must be complete.
    fn check_scores(&mut self, answers: &mut [Answer]) {
        let without = |answer: &&Answer| answer.substantive && answer.score.is_none();
        let Some(first) = answers.iter().find(without).map(|answer| answer.label.clone())
        else {
            return;
        };
        if let Some(label) = self.derive.about.scores.keys().next() {
            let headline = format!("`{first}` has no score");
            let help = "add it to `scores`, or list the answer under `nonsubstantive`";
            self.wrong(&codes::SCORE, label, headline, help);
        }
        for answer in answers {
            answer.score = None;
        }
    }

    /// Each answer has an id of its own, there is one of substance, and there are not too
    /// many.
    fn check_ids(&mut self, answers: &[Answer]) -> Option<()> {
        let mut seen: IndexMap<&str, &str> = IndexMap::new();
        let mut problem = None;
        for Answer { id, label, .. } in answers {
            if id.is_empty() {
                problem = Some(format!("`{label}` has neither letters nor digits"));
            } else if label.starts_with('[') && label.ends_with(']') {
                problem = Some(format!("`{label}` looks like a reason for no answer"));
            } else if let Some(first) = seen.insert(id, label) {
                problem = Some(if first == label {
                    format!("there are two answers `{label}`")
                } else {
                    format!("`{first}` and `{label}` have the same id, `{id}`")
                });
            }
        }
        if !answers.iter().any(|answer| answer.substantive) {
            problem = Some("the variable would have no answers".to_owned());
        } else if answers.len() > LONGEST {
            problem = Some(format!("the variable would have {} answers", answers.len()));
        }
        let Some(headline) = problem else { return Some(()) };
        let place = self.derive.place.clone();
        let finding = Finding::new(&codes::LIST, headline).at(place);
        self.findings.push(finding.help("write labels that tell the answers apart"));
        None
    }

    fn nets(&mut self, answers: &[Answer]) -> Vec<Net> {
        let mut nets = Vec::new();
        for (name, members) in &self.derive.about.nets {
            let mut found = Vec::new();
            for member in members {
                match answers.iter().position(|answer| answer.label == *member.get_ref()) {
                    Some(index) => found.push(index),
                    None => self.no_such_answer(member, answers),
                }
            }
            let label = name.get_ref().clone();
            if members.is_empty() {
                let headline = format!("the net `{label}` has no answers");
                self.wrong(
                    &codes::NO_ANSWER,
                    name,
                    headline,
                    "name its answers, or take it out",
                );
            }
            nets.push(Net { id: slug(&label), label, members: found });
        }
        nets
    }
}
