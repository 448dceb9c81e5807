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
        merge_into: None,
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
        self.mark_all(&mut candidates);
        self.check_scores(&mut candidates);
        self.check_ids(&candidates)?;
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_key(|index| !candidates[*index].substantive);
        let mut codes = vec![0; candidates.len()];
        for (code, index) in order.iter().enumerate() {
            codes[*index] = u32::try_from(code).unwrap_or(u32::MAX);
        }
        let answers: Vec<Answer> = order.iter().map(|i| candidates[*i].clone()).collect();
        let nets = &self.derive.about.nets;
        let nets = nets.iter().map(|(name, members)| self.net(name, members, &answers));
        let nets = nets.collect();
        let ordered = self.derive.about.ordered.unwrap_or(ordered);
        Some(List { answers, order, codes, ordered, nets })
    }

    /// What the poll file says of single answers.
    fn mark_all(&mut self, answers: &mut [Answer]) {
        let about = &self.derive.about;
        for label in &about.nonsubstantive {
            self.mark(answers, label, |a| (a.substantive, a.pinned) = (false, true));
        }
        for label in &about.pinned {
            self.mark(answers, label, |answer| answer.pinned = true);
        }
        for (label, score) in &about.scores {
            self.mark(answers, label, |answer| answer.score = Some(Score(*score)));
        }
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

    /// Says what is wrong with the list as a whole.
    fn check_ids(&mut self, answers: &[Answer]) -> Option<()> {
        let Some(headline) = problem(answers) else { return Some(()) };
        let finding = Finding::new(&codes::LIST, headline).at(self.derive.place.clone());
        self.findings.push(finding.help("write labels that tell the answers apart"));
        None
    }

    fn net(&mut self, name: &Name, members: &[Name], answers: &[Answer]) -> Net {
        let place = |label: &Name| answers.iter().position(|a| a.label == *label.get_ref());
        for member in members.iter().filter(|member| place(member).is_none()) {
            self.no_such_answer(member, answers);
        }
        let label = name.get_ref().clone();
        if members.is_empty() {
            let headline = format!("the net `{label}` has no answers");
            self.wrong(&codes::NO_ANSWER, name, headline, "name its answers, or take it out");
        }
        Net { id: slug(&label), label, members: members.iter().filter_map(place).collect() }
    }
}

/// Each answer has an id of its own, there is one of substance, and there are not too many.
fn problem(answers: &[Answer]) -> Option<String> {
    if !answers.iter().any(|answer| answer.substantive) {
        return Some("the variable would have no answers".to_owned());
    }
    if answers.len() > LONGEST {
        return Some(format!("the variable would have {} answers", answers.len()));
    }
    let mut seen: IndexMap<&str, &str> = IndexMap::new();
    answers.iter().find_map(|Answer { id, label, .. }| match seen.insert(id, label) {
        _ if id.is_empty() => Some(format!("`{label}` has neither letters nor digits")),
        _ if label.starts_with('[') && label.ends_with(']') => {
            Some(format!("`{label}` looks like a reason for no answer"))
        }
        Some(first) if first == label => Some(format!("there are two answers `{label}`")),
        Some(first) => Some(format!("`{first}` and `{label}` have the same id, `{id}`")),
        None => None,
    })
}
