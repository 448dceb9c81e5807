//! `first_of`: the first variable with an answer counts, as where a question was asked in
//! two places of the questionnaire. Lists that differ are united by their labels.

use super::shape::{Cell, Draft};
use super::source::{Cells, Source};
use super::{Made, Maker};
use crate::diagnostic::Kind;
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::Answer;

pub(super) fn make(maker: &mut Maker<'_, '_>, of: &[Name]) -> Option<Made> {
    let sources = maker.each(of)?;
    let numbers = |source: &Source<'_>| matches!(source.cells, Cells::Numbers(..));
    let first = sources.first()?;
    let mark = maker.findings.list().len();
    for (name, source) in of.iter().zip(&sources) {
        if !matches!(source.cells, Cells::Answers(_) | Cells::Numbers(..)) {
            let help = "name variables with one answer of a list, or numbers";
            maker.unfit(name, source, help);
        } else if numbers(source) != numbers(first) {
            let help = format!("`{}` {}: name variables of one kind", first.name, first.kind());
            maker.unfit(name, source, &help);
        }
    }
    maker.findings.stop_on_error_since(mark, Kind::Input).ok()?;
    let titles: Vec<&str> = sources.iter().map(|source| source.title).collect();
    let draft = Draft {
        name: maker.derive.name.get_ref(),
        sources: &sources,
        like: Some(first),
        note: format!("The first answer to any of: {}.", titles.join("; ")),
        own: None,
    };
    if numbers(first) {
        let number = |row| sources.iter().find_map(|source| source.number(row));
        let numbers = (0..maker.rows()).map(|row| number(row).unwrap_or(f64::NAN)).collect();
        check_no_list(maker)?;
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

fn labels<'s>(source: &'s Source<'_>) -> impl Iterator<Item = &'s str> {
    source.question.answers.iter().map(|answer| answer.label.as_str())
}

/// A number has no list of answers of which something could be said.
fn check_no_list(maker: &mut Maker<'_, '_>) -> Option<()> {
    let about = &maker.derive.about;
    let label = about.nets.keys().chain(about.scores.keys()).next();
    let label = label.or(about.pinned.first()).or(about.nonsubstantive.first())?.clone();
    let headline = "a number has no answers".to_owned();
    maker.wrong(&codes::UNFIT, &label, headline, "take it out");
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
            if let Some(held) = held.map(|at| &united[at]).filter(|h| h.score != answer.score) {
                let (label, id) = (&held.label, &source.name);
                let headline = format!("`{label}` has another score in `{id}` than before");
                let remedy = "correct the schema, or make one of both alike by `recode`";
                maker.wrong(&codes::SCORE, name, headline, remedy);
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
