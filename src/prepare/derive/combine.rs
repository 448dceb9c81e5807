//! `combine`: variables with one answer are crossed. Combinations that nobody has are left
//! out: most are impossible, and a banner of them would have empty columns.

use std::collections::BTreeSet;

use super::list::answer;
use super::shape::{Cell, Draft};
use super::source::{Cells, Source};
use super::{Made, Maker};
use crate::diagnostic::Kind;
use crate::poll::derive::Name;
use crate::prepare::codes;
use crate::questionnaire::Answer;

pub(super) fn make(maker: &mut Maker<'_, '_>, of: &[Name], join: &str) -> Option<Made> {
    let sources = maker.each(of)?;
    let mark = maker.findings.list().len();
    for (name, source) in of.iter().zip(&sources) {
        if !matches!(source.cells, Cells::Answers(_)) {
            let help = "combine variables with one answer; `bands`, `count` or `filter` make \
                        one";
            maker.unfit(name, source, help);
        }
    }
    maker.findings.stop_on_error_since(mark, Kind::Input).ok()?;
    let Some(crossing) = Crossing::new(&sources) else {
        let name = maker.derive.name.clone();
        let headline = "there are too many combinations".to_owned();
        maker.wrong(&codes::LIST, &name, headline, "combine fewer variables");
        return None;
    };
    let observed: BTreeSet<u64> =
        (0..maker.rows()).filter_map(|row| crossing.code(row)).collect();
    let observed: Vec<u64> = observed.into_iter().collect();
    let candidates = observed.iter().map(|code| crossing.answer(*code, join)).collect();
    let list = maker.list(candidates, false)?;
    let codes = list.codes.clone();
    let titles: Vec<&str> = sources.iter().map(|source| source.title).collect();
    let draft = Draft {
        name: maker.derive.name.get_ref(),
        sources: &sources,
        like: None,
        note: format!("Combined from: {}.", titles.join("; ")),
        own: None,
    };
    draft.single(maker, list, |row| {
        let code = crossing.code(row).and_then(|code| observed.binary_search(&code).ok());
        code.map_or(Cell::Nothing, |at| Cell::Answer(codes[at]))
    })
}

/// Several lists of answers, and the number of each combination.
struct Crossing<'s, 'a> {
    sources: &'s [Source<'a>],
}

impl<'s, 'a> Crossing<'s, 'a> {
    /// None if the combinations are too many to be numbered.
    fn new(sources: &'s [Source<'a>]) -> Option<Self> {
        let sizes = sources.iter().map(|source| source.question.answers.len() as u64);
        sizes.map(|size| size.max(1)).try_fold(1_u64, u64::checked_mul)?;
        Some(Self { sources })
    }

    /// The number of a row's combination; none if an answer is missing.
    fn code(&self, row: usize) -> Option<u64> {
        self.sources.iter().try_fold(0, |code, source| {
            let size = source.question.answers.len() as u64;
            Some(code * size + source.answer(row)? as u64)
        })
    }

    /// A combination as an answer; of substance if all its parts are.
    fn answer(&self, mut code: u64, join: &str) -> Answer {
        let mut parts: Vec<&Answer> = Vec::new();
        for source in self.sources.iter().rev() {
            let answers = &source.question.answers;
            let size = (answers.len() as u64).max(1);
            let index = usize::try_from(code % size).unwrap_or(usize::MAX);
            parts.extend(answers.get(index));
            code /= size;
        }
        parts.reverse();
        let joined = |of: fn(&Answer) -> &str, between: &str| {
            parts.iter().map(|part| of(part)).collect::<Vec<_>>().join(between)
        };
        let mut answer = answer(&joined(|part| &part.label, join));
        answer.id = joined(|part| &part.id, "_");
        answer.substantive = parts.iter().all(|part| part.substantive);
        answer.pinned = !answer.substantive;
        answer
    }
}
