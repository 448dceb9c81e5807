//! `count`: how many of several things hold: answers that were picked, or variables whose
//! answer is one of some. A number, or a list of whole numbers.

use super::list::answer;
use super::shape::{Cell, Draft};
use super::source::{Cells, Source};
use super::{Made, Maker};
use crate::document::Spanned;
use crate::ingest::PICKED;
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::{Answer, Score};
use crate::words::fill;

/// One thing that holds or not.
struct Part {
    /// The source, as an index.
    source: usize,
    what: What,
}

enum What {
    /// One answer of those the source holds, as an index.
    Picked(usize),
    /// The source's answer is one of these.
    Among(Vec<bool>),
}

impl Part {
    /// Whether it holds for a row; none if there is no answer.
    fn holds(&self, sources: &[Source<'_>], row: usize) -> Option<bool> {
        let source = sources.get(self.source)?;
        if source.reason(row).is_some() {
            return None;
        }
        let picked = usize::from(PICKED);
        match (&self.what, &source.cells) {
            (What::Picked(_), Cells::Flag(flag)) => Some(flag.get(row) == picked),
            (What::Picked(nth), Cells::Flags(flags)) => {
                Some(flags.get(*nth)?.get(row) == picked)
            }
            (What::Among(among), _) => among.get(source.answer(row)?).copied(),
            _ => None,
        }
    }
}

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    of: &[Name],
    answers: &[Name],
    (minimum, number): (Option<&Spanned<usize>>, bool),
) -> Option<Made> {
    let (sources, parts) = parts(maker, of, answers)?;
    let least = maker.least(minimum, parts.len())?;
    let count = |row: usize| {
        let held: Vec<bool> = parts.iter().filter_map(|p| p.holds(&sources, row)).collect();
        (held.len() >= least).then(|| held.iter().filter(|holds| **holds).count())
    };
    let note = fill(maker.words().derived_count, &[("n", &parts.len().to_string())]);
    let draft = Draft::new(maker, &sources, &note);
    if number {
        let number = |row| count(row).map_or(f64::NAN, |count| count as f64);
        let numbers = (0..maker.rows()).map(number).collect();
        return Some(draft.number(maker, numbers));
    }
    let list = maker.list((0..=parts.len()).map(whole).collect(), true)?;
    let codes = list.codes.clone();
    draft.single(maker, list, |row| {
        count(row).map_or(Cell::Nothing, |count| Cell::Answer(codes[count]))
    })
}

/// A whole number as an answer, which is its own score.
fn whole(number: usize) -> Answer {
    Answer { score: Some(Score(number as f64)), ..answer(&number.to_string()) }
}

/// What is counted; all that is wrong is said.
fn parts<'a>(
    maker: &mut Maker<'a, '_>,
    of: &[Name],
    answers: &[Name],
) -> Option<(Vec<Source<'a>>, Vec<Part>)> {
    let mut sources = Vec::new();
    let mut parts = Vec::new();
    let mut sound = true;
    for name in of {
        let Some(found) = maker.sources(name) else {
            sound = false;
            continue;
        };
        for source in found {
            match whats(maker, name, &source, answers) {
                Some(whats) => {
                    let source = sources.len();
                    parts.extend(whats.into_iter().map(|what| Part { source, what }));
                }
                None => sound = false,
            }
            sources.push(source);
        }
    }
    sound.then_some((sources, parts))
}

/// What is counted of one source.
fn whats(
    maker: &mut Maker<'_, '_>,
    name: &Name,
    source: &Source<'_>,
    answers: &[Name],
) -> Option<Vec<What>> {
    let help = match source.cells {
        Cells::Flag(_) => return Some(vec![What::Picked(0)]),
        Cells::Flags(_) if answers.is_empty() => return Some(all(source)),
        Cells::Flags(_) => {
            let found = indexes(maker, source, answers)?;
            return Some(found.into_iter().map(What::Picked).collect());
        }
        Cells::Answers(_) if !answers.is_empty() => {
            let found = indexes(maker, source, answers)?;
            let count = source.question.answers.len();
            return Some(vec![What::Among((0..count).map(|i| found.contains(&i)).collect())]);
        }
        Cells::Answers(_) => "say in `answers` which of its answers count",
        _ => "count answers; make a `filter` of a number first",
    };
    maker.unfit(name, source, help);
    None
}

/// Every answer of substance; "None of these" is no more of what is counted.
fn all(source: &Source<'_>) -> Vec<What> {
    let answers = source.question.answers.iter().enumerate();
    let counted = answers.filter(|(_, answer)| answer.substantive && !answer.exclusive);
    counted.map(|(index, _)| What::Picked(index)).collect()
}

/// Labels as indexes of a source's answers.
fn indexes(
    maker: &mut Maker<'_, '_>,
    source: &Source<'_>,
    labels: &[Name],
) -> Option<Vec<usize>> {
    let list = &source.question.answers;
    let find = |label: &Name| list.iter().position(|answer| answer.label == *label.get_ref());
    for label in labels.iter().filter(|label| find(label).is_none()) {
        let known: Vec<&str> = list.iter().map(|answer| answer.label.as_str()).collect();
        maker.no_answer(label, &format!("`{}`", source.name), &known);
    }
    labels.iter().map(find).collect()
}

impl Maker<'_, '_> {
    /// How many parts must be answered: all, unless the poll file says fewer.
    pub(super) fn least(
        &mut self,
        minimum: Option<&Spanned<usize>>,
        parts: usize,
    ) -> Option<usize> {
        let Some(minimum) = minimum else { return Some(parts) };
        let wanted = *minimum.get_ref();
        if wanted > parts {
            let headline = format!("`minimum_answered` is {wanted} of {parts}");
            let name = Name::new(minimum.span(), String::new());
            let help = format!("give a number from 1 to {parts}");
            self.wrong(&codes::UNFIT, &name, headline, &help);
            return None;
        }
        Some(wanted)
    }
}
