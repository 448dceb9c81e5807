//! `combine`: variables with one answer are crossed. Combinations that nobody has are left
//! out: most are impossible, and a banner of them would have empty columns.

use std::collections::BTreeSet;

use super::list::answer;
use super::shape::{Cell, Draft, titles};
use super::source::{Cells, Source};
use super::{Made, Maker};
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::{Answer, MadeFrom};
use crate::words::fill;

pub(super) fn make(maker: &mut Maker<'_, '_>, of: &[Name], join: &str) -> Option<Made> {
    let sources = maker.each(of)?;
    check_kinds(maker, of, &sources)?;
    let crossing = Crossing { sources: &sources };
    check_size(maker, &crossing)?;
    let observed: BTreeSet<u64> =
        (0..maker.rows()).filter_map(|row| crossing.code(row)).collect();
    let observed: Vec<u64> = observed.into_iter().collect();
    let candidates = observed.iter().map(|code| crossing.answer(*code, join)).collect();
    let list = maker.list(candidates, false)?;
    let codes = list.codes.clone();
    let note = fill(maker.words().derived_combine, &[("titles", &titles(&sources))]);
    let made = Draft::new(maker, &sources, &note).single(maker, list, |row| {
        let code = crossing.code(row).and_then(|code| observed.binary_search(&code).ok());
        code.map_or(Cell::Nothing, |at| Cell::Answer(codes[at]))
    });
    let mut made = made?;
    for (nth, source) in sources.iter().enumerate() {
        let mut part = vec![None; codes.len()];
        for (code, combination) in codes.iter().zip(&observed) {
            part[*code as usize] = crossing.places(*combination).get(nth).copied();
        }
        made.question.made_from.push(MadeFrom::Parts { of: source.name.clone(), part });
    }
    Some(made)
}

fn check_kinds(maker: &mut Maker<'_, '_>, of: &[Name], sources: &[Source<'_>]) -> Option<()> {
    let unfit = |(_, source): &(&Name, &Source<'_>)| !matches!(source.cells, Cells::Answers(_));
    let unfit: Vec<_> = of.iter().zip(sources).filter(unfit).collect();
    for (name, source) in &unfit {
        let help = "combine variables with one answer; `bands`, `count` or `filter` make one";
        maker.unfit(name, source, help);
    }
    unfit.is_empty().then_some(())
}

/// Combinations are numbered, so there is an end to how many there may be.
fn check_size(maker: &mut Maker<'_, '_>, crossing: &Crossing<'_, '_>) -> Option<()> {
    let sizes = crossing.sources.iter().map(|source| source.question.answers.len() as u64);
    let size = sizes.map(|size| size.max(1)).try_fold(1_u64, u64::checked_mul);
    if size.is_none() {
        let headline = "there are too many combinations".to_owned();
        let name = &maker.derive.name;
        maker.wrong(&codes::LIST, name, headline, "combine fewer variables");
    }
    size.map(|_| ())
}

/// Several lists of answers, and the number of each combination.
struct Crossing<'s, 'a> {
    sources: &'s [Source<'a>],
}

impl Crossing<'_, '_> {
    /// The number of a row's combination; none if an answer is missing.
    fn code(&self, row: usize) -> Option<u64> {
        self.sources.iter().try_fold(0, |code, source| {
            let size = source.question.answers.len() as u64;
            Some(code * size + source.answer(row)? as u64)
        })
    }

    /// A combination as an answer; of substance if all its parts are.
    fn answer(&self, code: u64, join: &str) -> Answer {
        let parts = self.parts(code);
        let joined = |of: fn(&Answer) -> &str, between: &str| {
            parts.iter().map(|part| of(part)).collect::<Vec<_>>().join(between)
        };
        let mut answer = answer(&joined(|part| &part.label, join));
        answer.id = joined(|part| &part.id, "_");
        answer.substantive = parts.iter().all(|part| part.substantive);
        answer.pinned = !answer.substantive;
        answer
    }

    /// The answers of which a combination is one.
    fn parts(&self, code: u64) -> Vec<&Answer> {
        let places = self.places(code).into_iter().zip(self.sources);
        places.filter_map(|(place, source)| source.question.answers.get(place)).collect()
    }

    /// The same as indexes of each source's answers.
    fn places(&self, mut code: u64) -> Vec<usize> {
        let mut places = Vec::new();
        for source in self.sources.iter().rev() {
            let size = (source.question.answers.len() as u64).max(1);
            places.push(usize::try_from(code % size).unwrap_or(usize::MAX));
            code /= size;
        }
        places.reverse();
        places
    }
}
