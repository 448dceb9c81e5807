//! Trimming: limits on the weights themselves, with the excess given to the others.
//!
//! Takes weights and two limits; gives weights with the same sum where that can be done,
//! and says where it cannot. Conventions of R survey's `trimWeights`: what is cut off (or
//! put on) is spread in equal *amounts* over the records within the limits, not in
//! proportion to their weights.

use super::{Bounds, Error};

/// The outcome of trimming.
#[derive(Clone, Debug, PartialEq)]
pub struct Trimmed {
    /// The weight of each record.
    pub weights: Vec<f64>,
    /// How many records were set to a limit.
    pub trimmed: usize,
    /// How many records are outside the limits now, because they were given more than
    /// they had room for; always 0 when strict.
    pub outside: usize,
    /// What nobody was left to take: the sum of the weights before less the sum after.
    /// `None` when all of it was given to others, and the sum is what it was.
    pub lost: Option<f64>,
}

/// Sets weights outside the limits to the limit and spreads the difference evenly over
/// the others.
///
/// One pass, after which some of the others may be outside; with `strict` as many passes
/// as it takes, a record that was once trimmed never taking part again.
///
/// # Errors
///
/// A lower limit above the upper one, or a limit that is not a number; a weight that is
/// not finite ([`Error::BaseWeight`]); no records.
pub fn trim(weights: &[f64], limits: Bounds, strict: bool) -> Result<Trimmed, Error> {
    let Bounds { lower, upper } = limits;
    if lower.is_nan() || upper.is_nan() || lower > upper {
        return Err(Error::Bounds { lower, upper });
    }
    if weights.is_empty() {
        return Err(Error::NoRecords);
    }
    if let Some((record, &weight)) = weights.iter().enumerate().find(|(_, w)| !w.is_finite()) {
        return Err(Error::BaseWeight { record, weight });
    }
    let mut result = Trimmed { weights: weights.to_vec(), trimmed: 0, outside: 0, lost: None };
    let mut is_trimmed = vec![false; weights.len()];
    let is_outside = |w: &f64| *w < lower || *w > upper;
    loop {
        pass(&mut result, &mut is_trimmed, limits);
        result.outside = result.weights.iter().filter(|w| is_outside(w)).count();
        if result.outside == 0 || !strict {
            result.trimmed = is_trimmed.iter().filter(|&&trimmed| trimmed).count();
            return Ok(result);
        }
    }
}

/// Trims once. Each pass sets at least one more record to a limit, or nobody is outside.
fn pass(result: &mut Trimmed, is_trimmed: &mut [bool], limits: Bounds) {
    let mut excess = 0.0;
    for (weight, trimmed) in result.weights.iter_mut().zip(&mut *is_trimmed) {
        let within = weight.min(limits.upper).max(limits.lower);
        excess += *weight - within;
        if *weight < limits.lower || *weight > limits.upper {
            *trimmed = true;
        }
        *weight = within;
    }
    let takers = is_trimmed.iter().filter(|&&trimmed| !trimmed).count();
    if takers == 0 {
        result.lost = Some(excess);
        return;
    }
    let share = excess / crate::stats::count(takers);
    for (weight, _) in result.weights.iter_mut().zip(is_trimmed).filter(|(_, t)| !**t) {
        *weight += share;
    }
}
