//! `first_of`: the first variable with an answer counts, as where a question was asked in
//! two places of the questionnaire. Lists that differ are united by their labels.

use super::shape::{Cell, Draft, titles};
use super::source::{Cells, Source};
use super::{Made, Maker};
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::Answer;
use crate::words::fill;

pub(super) fn make(maker: &mut Maker<'_, '_>, of: &[Name]) -> Option<Made> {
    let sources = maker.each(of)?;
    check_kinds(maker, of, &sources)?;
    let first = sources.first()?;
    let note = fill(maker.words().derived_first_of, &[("titles", &titles(&sources))]);
    let draft = Draft::new(maker, &sources, &note).like(first);
    if is_number(first) {
        check_no_list(maker)?;
        let number = |row| sources.iter().find_map(|source| source.number(row));
        let numbers = (0..maker.rows()).map(|row| number(row).unwrap_or(f64::NAN)).collect();
        return Some(draft.number(maker, numbers));
    }
    let (united, places) = unite(maker, of, &sources);
    let alike = sources.iter().all(|source| labels(source).eq(labels(first)));
    let list = maker.list(united, alike && first.question.ordered)?;
    let codes = list.codes.clone();
    draft.single(maker, list, |row| {
        let answers = sources.iter().zip(&places);
        let mut given =
            answers.filter_map(|(source, places)| Some(places[source.answer(row)?]));
        given.next().map_or(Cell::Nothing, |place| Cell::Answer(codes[place]))
    })
}

fn is_number(source: &Source<'_>) -> bool {
    matches!(source.cells, Cells::Numbers(..))
}

/// All are lists of answers, or all are numbers.
fn check_kinds(maker: &mut Maker<'_, '_>, of: &[Name], sources: &[Source<'_>]) -> Option<()> {
    let first = sources.first()?;
    let mut sound = true;
    for (name, source) in of.iter().zip(sources) {
        let help = if !matches!(source.cells, Cells::Answers(_) | Cells::Numbers(..)) {
            "name variables with one answer of a list, or numbers".to_owned()
        } else if is_number(source) != is_number(first) {
            format!("`{}` {}: name variables of one kind", first.name, first.kind())
        } else {
            continue;
        };
        maker.unfit(name, source, &help);
        sound = false;
    }
    sound.then_some(())
}

fn labels<'s>(source: &'s Source<'_>) -> impl Iterator<Item = &'s str> {
    source.question.answers.iter().map(|answer| answer.label.as_str())
}

/// A number has no list of answers of which something could be said.
fn check_no_list(maker: &mut Maker<'_, '_>) -> Option<()> {
    let about = &maker.derive.about;
    let named = about.nets.keys().chain(about.scores.keys());
    let mut named = named.chain(&about.pinned).chain(&about.nonsubstantive);
    let Some(label) = named.next() else { return Some(()) };
    maker.wrong(&codes::UNFIT, label, "a number has no answers".to_owned(), "take it out");
    None
}

/// One list of all answers, and for each source the place of each of its answers.
fn unite(
    maker: &mut Maker<'_, '_>,
    of: &[Name],
    sources: &[Source<'_>],
) -> (Vec<Answer>, Vec<Vec<usize>>) {
    let mut united: Vec<Answer> = Vec::new();
    let mut places = Vec::new();
    for (name, source) in of.iter().zip(sources) {
        let mut here = Vec::new();
        for answer in &source.question.answers {
            let held = united.iter().position(|held| held.label == answer.label);
            if let Some(held) = held.map(|at| &united[at]) {
                check_score(maker, (name, source), (held, answer));
            }
            here.push(held.unwrap_or(united.len()));
            if held.is_none() {
                united.push(answer.clone());
            }
        }
        places.push(here);
    }
    (united, places)
}

/// The same answer has the same score wherever it is given.
fn check_score(
    maker: &mut Maker<'_, '_>,
    (name, source): (&Name, &Source<'_>),
    (held, answer): (&Answer, &Answer),
) {
    if held.score != answer.score {
        let headline =
            format!("`{}` has another score in `{}` than before", held.label, source.name);
        let remedy = "correct the schema, or make one of both alike by `recode`";
        maker.wrong(&codes::SCORE, name, headline, remedy);
    }
}
