//! A derived variable takes its shape: title, words and reasons from its sources as far as
//! the poll file does not say them, and codes from what each row is decided to be.

use super::list::List;
use super::source::{Cells, NOT_ASKED, Source};
use super::{Made, Maker, labelled};
use crate::diagnostic::Finding;
use crate::frame;
use crate::poll::derive::About;
use crate::prepare::codes;
use crate::questionnaire::{Geography, Kind, MadeFrom, Missing, Question};

/// What a row is decided to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// An answer, by its code.
    Answer(u32),
    /// None, for the reason that a source gives.
    Nothing,
    /// None, for a reason that this variable has of its own.
    Own,
}

/// A variable in the making.
pub(super) struct Draft<'s, 'a> {
    /// Its name.
    pub(super) name: &'s str,
    /// What it is made from.
    pub(super) sources: &'s [Source<'a>],
    /// The source whose title and text it has, unless the poll file says others.
    pub(super) like: Option<&'s Source<'a>>,
    /// How it was made, in words for a reader.
    pub(super) note: String,
    /// A reason for no answer that no source has.
    pub(super) own: Option<&'static str>,
}

/// The titles of all sources, as a note lists them.
pub(super) fn titles(sources: &[Source<'_>]) -> String {
    sources.iter().map(|source| source.title).collect::<Vec<_>>().join("; ")
}

/// What all of some questions have in common.
fn common<T>(sources: &[Source<'_>], of: impl Fn(&Question) -> Option<T>) -> Option<T>
where
    T: ToString,
{
    let first = of(sources.first()?.question)?;
    let text = first.to_string();
    let same = |s: &Source<'_>| of(s.question).is_some_and(|other| other.to_string() == text);
    sources.iter().all(same).then_some(first)
}

impl<'s, 'a> Draft<'s, 'a> {
    /// Of the variable that is being made, with its first name.
    pub(super) fn new(maker: &Maker<'s, '_>, sources: &'s [Source<'a>], note: &str) -> Self {
        let (name, note) = (maker.derive.name.get_ref(), note.to_owned());
        Self { name, sources, like: None, note, own: None }
    }

    /// With the title and text of a source.
    pub(super) fn like(self, source: &'s Source<'a>) -> Self {
        Self { like: Some(source), ..self }
    }

    /// The question, still without answers.
    fn question(&self, maker: &Maker<'_, '_>, kind: Kind) -> Question {
        let about = &maker.derive.about;
        let mut question = Question::derived(self.name, kind, maker.derive.place.clone());
        question.title = self.title(about);
        question.text = self.text(about).unwrap_or_else(|| question.title.clone());
        question.note = Some(about.note.clone().unwrap_or_else(|| self.note.clone()));
        let base = || common(self.sources, |question| question.base.clone());
        question.base = about.base.clone().or_else(base);
        question.asked_if = common(self.sources, |question| question.asked_if.clone());
        question.unit.clone_from(&about.unit);
        let sensitive = self.sources.iter().any(|source| source.question.sensitive);
        question.sensitive = about.sensitive || sensitive;
        let local = self.sources.iter().map(|source| source.question.geography);
        let local = local.flatten().find(|of| *of == Geography::Local);
        question.geography = about.geography.or(local);
        question.report = about.report;
        question.missing = self.missing();
        question
    }

    fn title(&self, about: &About) -> String {
        let like = self.like.map_or(self.name, |source| source.title);
        about.title.clone().unwrap_or_else(|| like.to_owned())
    }

    /// The question in words; a variable with another title was not put in those of its
    /// source.
    fn text(&self, about: &About) -> Option<String> {
        let like = self.like.filter(|_| about.title.is_none());
        about.text.clone().or_else(|| like.map(|source| source.question.text.clone()))
    }

    /// The reasons of all sources, in order, then that of its own.
    fn missing(&self) -> Missing {
        let mut missing = Missing::default();
        if let Some(first) = self.sources.first() {
            missing.texts.clone_from(&first.question.missing.texts);
            missing.ranges.clone_from(&first.question.missing.ranges);
        }
        let further = self.sources.iter().skip(1).map(|source| &source.question.missing);
        let further = further.flat_map(|missing| missing.reasons()).chain(self.own);
        for reason in further {
            if !missing.reasons().contains(&reason) {
                missing.texts.push((reason.to_owned(), reason.to_owned()));
            }
        }
        missing
    }

    /// A variable with one answer of a list.
    pub(super) fn single(
        &self,
        maker: &mut Maker<'_, '_>,
        list: List,
        decide: impl Fn(usize) -> Cell,
    ) -> Option<Made> {
        let mut question = self.question(maker, Kind::Single);
        list.give(&mut question);
        let answers = question.answers.iter().map(|answer| answer.label.clone());
        let labels: Vec<String> = answers.chain(question.missing.labels()).collect();
        let reasons = Reasons::new(self, &question, &labels);
        let decided = (0..maker.rows()).map(|row| reasons.code(row, decide(row)));
        let codes: Vec<u32> = decided.collect();
        let first = u32::try_from(question.reasons()).unwrap_or(u32::MAX);
        if codes.iter().all(|code| *code >= first) {
            self.nobody(maker);
        }
        question.made_from.extend(self.made_from(&codes, first));
        let column = labelled(self.name, codes, &labels)?;
        Some(Made { question, columns: vec![column] })
    }

    /// What each answer of the only source becomes, read from the rows: an answer that nobody
    /// gave makes no difference to anybody. `first` is the first code that is no answer.
    fn made_from(&self, codes: &[u32], first: u32) -> Option<MadeFrom> {
        let [source] = self.sources else { return None };
        let mut becomes = vec![None; source.question.answers.len()];
        let mut seen = vec![false; becomes.len()];
        for (row, code) in codes.iter().enumerate() {
            let Some(answer) = source.answer(row) else { continue };
            let made = Some(*code).filter(|code| *code < first).map(|code| code as usize);
            if seen[answer] && becomes[answer] != made {
                // Keys of a file may be spelled in several ways for one answer.
                return None;
            }
            (becomes[answer], seen[answer]) = (made, true);
        }
        let list = matches!(source.cells, Cells::Answers(_));
        list.then(|| MadeFrom::List { of: source.name.clone(), becomes })
    }

    /// A variable with several answers: whether each is picked, a row each.
    pub(super) fn multi(
        &self,
        maker: &mut Maker<'_, '_>,
        list: List,
        picked: impl Fn(usize, usize) -> bool,
    ) -> Option<Made> {
        let mut question = self.question(maker, Kind::Multi);
        let order = list.order.clone();
        list.give(&mut question);
        let words = ["Not picked", "Picked"].into_iter().map(str::to_owned);
        let labels: Vec<String> = words.chain(question.missing.labels()).collect();
        let reasons = Reasons::new(self, &question, &labels);
        let answered = |row: usize| self.sources.iter().all(|s| s.reason(row).is_none());
        if !(0..maker.rows()).any(answered) {
            self.nobody(maker);
        }
        let columns = order.iter().enumerate().map(|(answer, candidate)| {
            let cell = |row| {
                let picked = || Cell::Answer(u32::from(picked(row, *candidate)));
                if answered(row) { picked() } else { Cell::Nothing }
            };
            let codes = (0..maker.rows()).map(|row| reasons.code(row, cell(row))).collect();
            labelled(&question.flag(answer), codes, &labels)
        });
        let columns = columns.collect::<Option<Vec<_>>>()?;
        Some(Made { question, columns })
    }

    /// A number, not-a-number where there is none.
    pub(super) fn number(&self, maker: &mut Maker<'_, '_>, numbers: Vec<f64>) -> Made {
        let question = self.question(maker, Kind::Number);
        if numbers.iter().all(|number| number.is_nan()) {
            self.nobody(maker);
        }
        let columns = vec![frame::number_column(self.name, numbers)];
        Made { question, columns }
    }

    fn nobody(&self, maker: &mut Maker<'_, '_>) {
        let headline = format!("nobody has an answer to `{}`", self.name);
        let help = "look whether it is made from the right variables; it makes empty tables";
        let finding = Finding::new(&codes::NOBODY_HAS, headline).at(maker.derive.place.clone());
        maker.findings.push(finding.help(help));
    }
}

/// The codes of a column's reasons for no answer.
struct Reasons<'s, 'a> {
    sources: &'s [Source<'a>],
    /// For each source: the code of each of its reasons.
    codes: Vec<Vec<u32>>,
    first: u32,
    own: u32,
}

impl<'s, 'a> Reasons<'s, 'a> {
    fn new(draft: &Draft<'s, 'a>, question: &Question, labels: &[String]) -> Self {
        let number = |code: usize| u32::try_from(code).unwrap_or(u32::MAX);
        let first = question.reasons();
        let code = |reason: &str| {
            let found = labels.iter().skip(first).position(|label| label == reason);
            number(first + found.unwrap_or(0))
        };
        let of =
            |source: &Source<'_>| source.reasons.iter().map(|reason| code(reason)).collect();
        Self {
            sources: draft.sources,
            codes: draft.sources.iter().map(of).collect(),
            first: number(first),
            own: draft.own.map_or(number(first), |reason| code(&format!("[{reason}]"))),
        }
    }

    fn code(&self, row: usize, cell: Cell) -> u32 {
        match cell {
            Cell::Answer(code) => code,
            Cell::Own => self.own,
            Cell::Nothing => self.nothing(row),
        }
    }

    /// The reason of the first source without an answer; that somebody was not asked counts
    /// only if nothing else is the matter.
    fn nothing(&self, row: usize) -> u32 {
        let mut not_asked = None;
        for (source, codes) in self.sources.iter().zip(&self.codes) {
            let Some(reason) = source.reason(row) else { continue };
            let code = codes.get(reason).copied().unwrap_or(self.first);
            if source.reasons.get(reason).is_none_or(|reason| reason != NOT_ASKED) {
                return code;
            }
            not_asked.get_or_insert(code);
        }
        not_asked.unwrap_or(self.first)
    }
}
