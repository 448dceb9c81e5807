//! Weights that meet known totals, and what they leave of a variance.
//!
//! Takes base weights (one per record), codes (one per record and margin) or auxiliary
//! numbers (by record, or by cell), and the totals that the final weights shall have.
//! Gives final weights, how well the totals are met, and for the variance a [`Fit`].
//! Knows no labels, files or designs; margins, codes, columns and records are positions
//! counted from 0, which the caller turns into names. It never repairs bad input: what
//! cannot be weighted is an [`Error`] that says where and why.
//!
//! * [`rake()`]: iterative proportional fitting to margins;
//! * [`poststratify()`]: counts of the population in cells;
//! * [`calibrate`]: any numbers with known totals, with bounds on the change of weights;
//! * [`trim()`]: limits on the weights themselves.
//!
//! Everything is computed on joint cells, the combinations of codes that occur: a million
//! records in a few thousand cells cost one pass over the records to add up and one to
//! multiply out, however many rounds the adjustment takes. Sums are taken in the order of
//! the records by one thread, so the bits do not depend on the machine.
//!
//! Several steps in a row: each takes the weights of the one before as its base. For the
//! variance, let z be the final weight of each record times its influence, and apply
//! [`Fit::remove_from`] of each step in order; trimming leaves no `Fit`. That is what R
//! survey's `svyrecvar` does.

mod auxiliaries;
mod basis;
mod cells;
mod distance;
mod error;
mod fit;
mod newton;
mod poststratify;
mod quality;
mod rake;
#[cfg(test)]
mod tests;
mod trim;

pub use auxiliaries::Auxiliaries;
pub use cells::Cells;
pub use distance::{Bounds, Distance};
pub use error::Error;
pub use fit::Fit;
pub use newton::{Calibrated, Method, calibrate};
pub use poststratify::poststratify;
pub use quality::{Gap, Quality, largest_gap, share_at_bounds};
pub use rake::{Margin, Raked, Raking, rake, with_share_of_rest};
pub use trim::{Trimmed, trim};

/// When an adjustment is good enough, when to give up, and what weights it may start from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The largest relative difference from a target that counts as met.
    pub tolerance: f64,
    /// The most rounds to try.
    pub rounds: usize,
    /// Whether base weights may be 0, as those of replicates are.
    pub zero_weights: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { tolerance: 1e-10, rounds: 1000, zero_weights: false }
    }
}

/// The outcome of an adjustment.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The weight of each record.
    pub weights: Vec<f64>,
    /// The rounds it took.
    pub rounds: usize,
    /// The largest relative difference from a target that is left.
    pub worst: f64,
    /// What a variance needs to know of the adjustment.
    pub fit: Fit,
}

/// Refuses what cannot be a base weight, and an empty sample.
fn check_base(base: &[f64], limits: Limits) -> Result<(), Error> {
    let usable = |w: f64| w.is_finite() && (w > 0.0 || (w >= 0.0 && limits.zero_weights));
    if base.is_empty() {
        return Err(Error::NoRecords);
    }
    match base.iter().position(|&w| !usable(w)) {
        Some(record) => {
            let weight = base.get(record).copied().unwrap_or(f64::NAN);
            Err(Error::BaseWeight { record, weight })
        }
        None => Ok(()),
    }
}

/// Refuses slices that should have one element for each record and have not.
fn check_length(what: &'static str, found: usize, expected: usize) -> Result<(), Error> {
    if found == expected { Ok(()) } else { Err(Error::Length { what, found, expected }) }
}
