//! `score`: the mean or sum of several items, by the scores of their answers or as the
//! numbers that they are. An answer without a score counts as not answered.

use super::shape::Draft;
use super::source::{Cells, Source};
use super::{Made, Maker};
use crate::document::Spanned;
use crate::poll::derive::{Method, Name};
use crate::prepare::codes;
use crate::words::fill;

/// One item: the number of each answer, or none if its cells are numbers; and what
/// reversed numbers are taken from.
struct Item {
    scores: Vec<Option<f64>>,
    mirror: Option<f64>,
}

impl Item {
    fn number(&self, source: &Source<'_>, row: usize) -> Option<f64> {
        let number = match source.cells {
            Cells::Numbers(..) => source.number(row)?,
            _ => self.scores.get(source.answer(row)?).copied().flatten()?,
        };
        Some(self.mirror.map_or(number, |mirror| mirror - number))
    }
}

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    of: &[Name],
    (method, minimum): (Method, Option<&Spanned<usize>>),
    reverse: &[Name],
) -> Option<Made> {
    let (sources, names) = maker.all(of);
    let reversed = reversed(maker, &sources, reverse);
    let items = sources.iter().zip(&names).zip(&reversed);
    let items: Vec<Option<Item>> =
        items.map(|((source, name), reversed)| item(maker, name, source, *reversed)).collect();
    let items = items.into_iter().collect::<Option<Vec<Item>>>()?;
    let least = maker.least(minimum, items.len())?;
    let score = |row: usize| {
        let numbers =
            items.iter().zip(&sources).filter_map(|(i, source)| i.number(source, row));
        together(&numbers.collect::<Vec<f64>>(), least, method)
    };
    let numbers = (0..maker.rows()).map(score).collect();
    let words = maker.words();
    let note = if method == Method::Mean { words.derived_mean } else { words.derived_sum };
    let note = fill(note, &[("n", &items.len().to_string())]);
    Some(Draft::new(maker, &sources, &note).number(maker, numbers))
}

/// The mean or sum of numbers; not-a-number if they are too few.
fn together(numbers: &[f64], least: usize, method: Method) -> f64 {
    let sum: f64 = numbers.iter().sum();
    match method {
        _ if numbers.len() < least => f64::NAN,
        Method::Mean => sum / numbers.len() as f64,
        Method::Sum => sum,
    }
}

/// Which sources run the other way.
fn reversed(maker: &mut Maker<'_, '_>, sources: &[Source<'_>], reverse: &[Name]) -> Vec<bool> {
    for name in reverse {
        if !sources.iter().any(|source| source.name == *name.get_ref()) {
            let headline = format!("`{}` is not among the items", name.get_ref());
            let help = "name in `reverse` single items that `of` names, such as `views.b`";
            maker.wrong(&codes::UNKNOWN, name, headline, help);
        }
    }
    let named = |source: &Source<'_>| reverse.iter().any(|name| *name.get_ref() == source.name);
    sources.iter().map(named).collect()
}

fn item(
    maker: &mut Maker<'_, '_>,
    name: &Name,
    source: &Source<'_>,
    reversed: bool,
) -> Option<Item> {
    let limits = &source.question.limits;
    let (scores, ends) = match source.cells {
        Cells::Numbers(..) => (Vec::new(), limits.minimum.zip(limits.maximum)),
        Cells::Answers(_) => {
            let scores = scores(maker, name, source)?;
            let ends = ends(&scores);
            (scores, Some(ends))
        }
        _ => {
            maker.unfit(name, source, "name variables with one answer of a list, or numbers");
            return None;
        }
    };
    if reversed && ends.is_none() {
        let headline = format!("`{}` has no smallest and largest number", source.name);
        let help = "add `constraints = { minimum = , maximum = }` to the question";
        maker.wrong(&codes::SCORE, name, headline, help);
        return None;
    }
    let mirror = ends.filter(|_| reversed).map(|(low, high)| low + high);
    Some(Item { scores, mirror })
}

/// The smallest and the largest score.
fn ends(scores: &[Option<f64>]) -> (f64, f64) {
    let known = || scores.iter().flatten().copied();
    (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max))
}

/// The score of each answer of a source; each answer of substance has one.
fn scores(
    maker: &mut Maker<'_, '_>,
    name: &Name,
    source: &Source<'_>,
) -> Option<Vec<Option<f64>>> {
    let answers = &source.question.answers;
    let without = answers.iter().find(|answer| answer.substantive && answer.score.is_none());
    if let Some(without) = without {
        let headline = format!("`{}` of `{}` has no score", without.label, source.name);
        let help = "add `scores` to the question or its scale: a number for each answer";
        maker.wrong(&codes::SCORE, name, headline, help);
        return None;
    }
    Some(answers.iter().map(|answer| answer.score.map(|score| score.0)).collect())
}
