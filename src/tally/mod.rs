//! A [`Sample`] goes in, [`Sums`] come out: one pass over codes for each table.
//!
//! Everything that a percentage, mean, net, standard error or design effect needs is a sum
//! over respondents, so this room adds and nothing else. Sums are taken in the order of the
//! file by one thread a table, so their bits do not depend on the number of threads. May
//! know `prepare`, the questionnaire and the ground floor.

mod kernel;

use crate::frame::{self, Codes};
use crate::prepare::Sample;

pub use kernel::{Moment, Moments, Sums};

/// The groups of respondents that are told apart.
#[derive(Clone, Copy, Debug)]
pub struct Groups<'a> {
    codes: Option<Codes<'a>>,
    /// How many there are; respondents in none of them are left out.
    pub count: usize,
}

impl<'a> Groups<'a> {
    /// Everybody.
    #[must_use]
    pub fn everybody() -> Self {
        Self { codes: None, count: 1 }
    }

    /// Those of a list of codes.
    #[must_use]
    pub fn of(codes: Codes<'a>, count: usize) -> Self {
        Self { codes: Some(codes), count }
    }

    /// The answers of a question of one answer; none if there is no such column.
    #[must_use]
    pub fn answers(sample: &'a Sample, question: &str, count: usize) -> Option<Self> {
        Some(Self { codes: Some(frame::codes(sample.frame(), question)?), count })
    }

    /// The group of a respondent; `count` or more if none.
    #[inline]
    #[must_use]
    pub fn get(&self, row: usize) -> usize {
        self.codes.map_or(0, |codes| codes.get(row))
    }
}

/// Sums of weights by layer, group and answer; of importances by cell of each fit of the
/// weights, group and answer. `answers` is how many codes of the column
/// are answers; greater codes are reasons for none and are left out.
#[must_use]
pub fn answers(
    sample: &Sample,
    column: &str,
    answers: usize,
    groups: Groups<'_>,
) -> Option<Sums> {
    let codes = frame::codes(sample.frame(), column)?;
    Some(coded(sample, codes, answers, groups))
}

/// As [`answers`], of codes that are no column.
#[must_use]
pub fn coded(sample: &Sample, codes: Codes<'_>, answers: usize, groups: Groups<'_>) -> Sums {
    kernel::answers(codes, answers, groups, sample.design())
}

/// Sums of weights and weighted values by layer and group; who has no number is left out.
#[must_use]
pub fn numbers(sample: &Sample, column: &str, groups: Groups<'_>) -> Option<Moments> {
    let values = frame::numbers(sample.frame(), column)?;
    Some(valued(sample, values, groups))
}

/// As [`numbers`], of numbers that are no column.
#[must_use]
pub fn valued(sample: &Sample, values: &[f64], groups: Groups<'_>) -> Moments {
    kernel::numbers(values, groups, sample.design())
}
