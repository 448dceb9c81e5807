//! Which number stands for an answer, and which for a reason why there is none.
//!
//! Takes a question, gives numbers. Knows nothing of frames and files.

use indexmap::IndexMap;

use crate::questionnaire::Question;

/// The number of each reason for no answer: the same in all columns.
pub(super) struct Reasons(IndexMap<String, i64>);

impl Reasons {
    /// Those that every list of answers has, from -1 down.
    pub(super) fn new() -> Self {
        let mut reasons = Self(IndexMap::new());
        for label in ["Not asked", "Not reached", "Not valid"] {
            reasons.code(label);
        }
        reasons
    }

    /// The number of a reason: the next one down, if it is new.
    pub(super) fn code(&mut self, label: &str) -> i64 {
        let next = -1 - i64::try_from(self.0.len()).unwrap_or(i64::MAX);
        *self.0.entry(label.to_owned()).or_insert(next)
    }
}

/// The number of each answer of a question: what stands in the file, if that is a whole
/// number for every answer of substance, and otherwise its place in the list, from 1. An
/// answer that has no number beside others that have one gets one above all of them.
pub(super) fn answers(question: &Question) -> Vec<i64> {
    let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= 0);
    let own: Vec<Option<i64>> = question.answers.iter().map(|a| number(&a.value)).collect();
    let needed = |at: usize| question.answers[at].substantive && question.open != Some(at);
    let numbered = (0..own.len()).all(|at| own[at].is_some() || !needed(at));
    let mut given: Vec<i64> = own.iter().copied().flatten().collect();
    given.sort_unstable();
    let twice = given.windows(2).any(|pair| pair[0] == pair[1]);
    let mut further = given.last().map_or(1, |last| last.saturating_add(1))..;
    if !numbered || twice || given.is_empty() {
        return (1..).take(own.len()).collect();
    }
    own.into_iter().map(|code| code.or_else(|| further.next()).unwrap_or(i64::MAX)).collect()
}
