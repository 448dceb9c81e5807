//! What a derived variable is made from: a name goes in, the variable with its cells comes
//! out, or a finding that says why there is none.

use super::{Maker, World, listed};
use crate::diagnostic::Finding;
use crate::document::nearest;
use crate::expression::{self, Truth};
use crate::frame::{self, Codes};
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::{Measure, Question, Questionnaire};
use crate::validate::View;

/// A variable, one answer of it, or all of them.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    /// As it is named.
    pub(super) name: String,
    /// The question that it is, or belongs to.
    pub(super) question: &'a Question,
    /// Its short title: that of the question, or of the item.
    pub(super) title: &'a str,
    /// What stands in its cells.
    pub(super) cells: Cells<'a>,
    /// Why there may be no answer, as the labels of its column say it.
    pub(super) reasons: Vec<String>,
}

/// What stands in the cells of a variable.
#[derive(Clone, Debug)]
pub(super) enum Cells<'a> {
    /// One answer of a list.
    Answers(Codes<'a>),
    /// A number, not-a-number where there is none; and, where not everybody was asked, who
    /// was not.
    Numbers(&'a [f64], Vec<bool>),
    /// Several answers, each picked or not.
    Flags(Vec<Codes<'a>>),
    /// One of several answers.
    Flag(Codes<'a>),
    /// Whether there are words.
    Words(Codes<'a>),
}

/// The reason of whoever was not asked.
pub(super) const NOT_ASKED: &str = "[Not asked]";

impl Source<'_> {
    /// The answer of a row, as an index of the question's answers.
    pub(super) fn answer(&self, row: usize) -> Option<usize> {
        let Cells::Answers(codes) = &self.cells else { return None };
        Some(codes.get(row)).filter(|code| *code < self.question.answers.len())
    }

    /// The number of a row.
    pub(super) fn number(&self, row: usize) -> Option<f64> {
        let Cells::Numbers(numbers, _) = &self.cells else { return None };
        numbers.get(row).copied().filter(|number| !number.is_nan())
    }

    /// Why a row has no answer, as an index of `reasons`; none if it has one.
    pub(super) fn reason(&self, row: usize) -> Option<usize> {
        let first = self.question.reasons();
        match &self.cells {
            Cells::Answers(codes) | Cells::Flag(codes) | Cells::Words(codes) => {
                codes.get(row).checked_sub(first)
            }
            Cells::Flags(flags) => flags.first()?.get(row).checked_sub(first),
            Cells::Numbers(numbers, not_asked) => {
                let asked = !not_asked.get(row).copied().unwrap_or(false);
                numbers.get(row).filter(|n| n.is_nan()).map(|_| usize::from(!asked))
            }
        }
    }

    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self.cells {
            Cells::Answers(_) => "has one answer of a list",
            Cells::Numbers(..) => "is a number",
            Cells::Flags(_) => "has several answers",
            Cells::Flag(_) => "is one of several answers",
            Cells::Words(_) => "is in words, which are not kept",
        }
    }
}

impl<'a> World<'a> {
    /// The variable of a question that has cells of its own.
    fn variable(
        &self,
        question: &'a Question,
        name: &str,
        title: &'a str,
    ) -> Option<Source<'a>> {
        let cells = self.cells(question, name)?;
        let reasons = match &cells {
            Cells::Numbers(..) => {
                let first = question.missing.labels().into_iter().take(1);
                first.chain([NOT_ASKED.to_owned()]).collect()
            }
            Cells::Flags(_) => self.reasons(question, &question.flag(0)),
            _ => self.reasons(question, name),
        };
        Some(Source { name: name.to_owned(), question, title, cells, reasons })
    }

    fn cells(&self, question: &'a Question, name: &str) -> Option<Cells<'a>> {
        Some(match question.measure() {
            Measure::Category => Cells::Answers(frame::codes(self.frame, name)?),
            Measure::Text => Cells::Words(frame::codes(self.frame, name)?),
            Measure::Number => {
                let not_asked = not_asked(self, question, &mut Vec::new());
                Cells::Numbers(frame::numbers(self.frame, name)?, not_asked)
            }
            Measure::Flags => {
                let flag = |answer| frame::codes(self.frame, &question.flag(answer));
                let flags = (0..question.answers.len()).map(flag);
                Cells::Flags(flags.collect::<Option<_>>()?)
            }
        })
    }

    /// The labels of a column that say why there is no answer.
    fn reasons(&self, question: &Question, column: &str) -> Vec<String> {
        frame::list(self.frame, column).into_iter().skip(question.reasons()).collect()
    }

    /// One answer of a question with several.
    fn flag(&self, question: &'a Question, id: &str) -> Option<Source<'a>> {
        let answer = question.answers.iter().position(|answer| answer.id == id)?;
        let name = question.flag(answer);
        let cells = Cells::Flag(frame::codes(self.frame, &name)?);
        let reasons = self.reasons(question, &name);
        let title = &question.answers[answer].label;
        Some(Source { name, question, title, cells, reasons })
    }

    /// What a name stands for: several items of a grid if the grid itself is named.
    fn named(&self, name: &str) -> Option<Vec<Source<'a>>> {
        let (id, part) = name.split_once('.').unwrap_or((name, ""));
        let question = self.questionnaire.question(id)?;
        if !part.is_empty() && question.measure() == Measure::Flags {
            return Some(vec![self.flag(question, part)?]);
        }
        let whole = part.is_empty();
        if whole && question.items.is_empty() {
            return Some(vec![self.variable(question, id, &question.title)?]);
        }
        let items = question.items.iter().filter(|item| whole || item.id == part);
        let items = items
            .map(|item| self.variable(question, &format!("{id}.{}", item.id), &item.label));
        items.collect::<Option<Vec<_>>>().filter(|items| !items.is_empty())
    }

    /// Every name that stands for something.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for question in &self.questionnaire.questions {
            names.push(question.id.clone());
            let parts = question.items.iter().map(|item| &item.id);
            let flags = question.answers.iter().map(|answer| &answer.id);
            let flags = flags.filter(|_| question.measure() == Measure::Flags);
            names.extend(parts.chain(flags).map(|part| format!("{}.{part}", question.id)));
        }
        names
    }
}

impl<'a> Maker<'a, '_> {
    /// What a name stands for, a grid for all its items.
    pub(super) fn sources(&mut self, name: &Name) -> Option<Vec<Source<'a>>> {
        let found = self.world.named(name.get_ref());
        if found.is_none() && !self.failed.contains(&name.get_ref().as_str()) {
            let finding = self.unknown(name);
            self.findings.push(finding);
        }
        found
    }

    /// What names stand for, each with the name; what is wrong is said.
    pub(super) fn all<'n>(&mut self, names: &'n [Name]) -> (Vec<Source<'a>>, Vec<&'n Name>) {
        let found = names.iter().flat_map(|name| {
            let sources = self.sources(name).unwrap_or_default();
            sources.into_iter().map(move |source| (source, name))
        });
        found.unzip()
    }

    /// The one variable that a name stands for.
    pub(super) fn source(&mut self, name: &Name) -> Option<Source<'a>> {
        let mut found = self.sources(name)?;
        if found.len() > 1 {
            let names: Vec<&str> = found.iter().map(|source| source.name.as_str()).collect();
            let headline = format!("`{}` has several items", name.get_ref());
            let help = format!("name one of them: {}", listed(&names));
            self.wrong(&codes::UNFIT, name, headline, &help);
            return None;
        }
        found.pop()
    }

    /// The variables that names stand for, one each; all that is wrong is said.
    pub(super) fn each(&mut self, names: &[Name]) -> Option<Vec<Source<'a>>> {
        let found: Vec<_> = names.iter().map(|name| self.source(name)).collect();
        found.into_iter().collect()
    }

    /// Says that a variable cannot be used here.
    pub(super) fn unfit(&mut self, name: &Name, source: &Source<'_>, help: &str) {
        let headline = format!("`{}` {}", source.name, source.kind());
        self.wrong(&codes::UNFIT, name, headline, help);
    }

    fn unknown(&self, name: &Name) -> Finding {
        let text = name.get_ref().as_str();
        if self.later.iter().any(|later| later.get_ref() == text) {
            let headline = format!("`{text}` is not made yet");
            let help = "move the `[[derive]]` that makes it above this one";
            return self.finding(&codes::UNKNOWN, name, headline).help(help);
        }
        let known = self.world.names();
        let help = match nearest(text, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a question by its key, an item or answer as `question.item`, or an \
                     earlier derived variable"
                .to_owned(),
        };
        self.finding(&codes::UNKNOWN, name, format!("there is no variable `{text}`")).help(help)
    }
}

/// Who was not asked a number: its column cannot say it. Empty if everybody was.
fn not_asked(world: &World<'_>, question: &Question, above: &mut Vec<String>) -> Vec<bool> {
    let Some(condition) = &question.asked_if else { return Vec::new() };
    let view = View::new(world.frame, world.questionnaire);
    let rows = world.frame.height();
    let Ok(asked) = condition.evaluate(rows, &view) else { return Vec::new() };
    above.push(question.id.clone());
    let mut not_asked: Vec<bool> = asked.iter().map(|asked| *asked == Truth::False).collect();
    // Who was not asked a question was not asked what follows from it either.
    for parent in parents(condition, world.questionnaire) {
        if above.contains(&parent.id) {
            continue;
        }
        let parent = passed_over(world, parent, above);
        for (row, not_asked) in not_asked.iter_mut().enumerate() {
            let unknown = asked.get(row) == Some(&Truth::Unknown);
            *not_asked |= unknown && parent.get(row).copied().unwrap_or(false);
        }
    }
    not_asked
}

fn parents<'q>(
    condition: &expression::Expression,
    questionnaire: &'q Questionnaire,
) -> Vec<&'q Question> {
    let ids = condition.names().into_iter().map(|name| name.split('.').next().unwrap_or(name));
    ids.filter_map(|id| questionnaire.question(id)).collect()
}

/// Who was not asked a question of any kind.
fn passed_over(world: &World<'_>, question: &Question, above: &mut Vec<String>) -> Vec<bool> {
    let column = match question.measure() {
        Measure::Number => return not_asked(world, question, above),
        Measure::Flags if question.answers.is_empty() => return Vec::new(),
        Measure::Flags => question.flag(0),
        _ => match question.items.first() {
            Some(item) => format!("{}.{}", question.id, item.id),
            None => question.id.clone(),
        },
    };
    let code = frame::list(world.frame, &column).iter().position(|label| label == NOT_ASKED);
    match (frame::codes(world.frame, &column), code) {
        (Some(codes), Some(code)) => {
            (0..codes.len()).map(|row| codes.get(row) == code).collect()
        }
        _ => Vec::new(),
    }
}
