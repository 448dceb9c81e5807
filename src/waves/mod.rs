//! Earlier waves beside this one: two questionnaires, or a questionnaire and published
//! figures, go in; [`Names`] and [`Break`]s come out: which question and answer of then is
//! which of now, and what changed so that figures cannot be compared.
//!
//! May know the questionnaire and the poll. Never sees an answer or an estimate, and never
//! guesses that two names mean the same: the schemas or the poll file say it.

mod check;
mod codes;
mod differences;
mod names;
mod published;
#[cfg(test)]
mod testing;

use jiff::civil::Date;

use crate::poll::Sampling;

pub use check::{
    Then, broken, check, in_order, labels, nothing_shared, same_file, unknown_figures,
    unlinkable, unsuited,
};
pub use codes::CODES;
pub use differences::{Asked, Break, Reason, differences};
pub use names::{Names, Step, step};
pub use published::{Printed, Published, published};

/// What is known of a wave as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// What it is called in tables.
    pub label: String,
    /// First and last day of fieldwork.
    pub fieldwork: Option<(Date, Date)>,
    /// How respondents were chosen.
    pub sampling: Sampling,
    /// The variables of weighting, sorted; none of them if everybody counts the same; not
    /// given if it is not known.
    pub weighted_by: Option<Vec<String>>,
    /// Respondents in the whole poll.
    pub respondents: u64,
    /// Whether only its published figures are left.
    pub published: bool,
    /// The column that links it to this wave.
    pub linked_by: Option<String>,
}
