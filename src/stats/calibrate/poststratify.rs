//! Post-stratification: the weights of each cell add up to its count in the population.
//!
//! Takes base weights, a cell per record and a count per cell; gives a [`Step`]. Holt and
//! Smith (1979), "Post stratification".

use super::cells::{at, sums_by};
use super::{Error, Fit, Limits, Step, check_base, check_length};

/// Multiplies the weights of each post-stratum by one factor so that they add up to the
/// count of the stratum.
///
/// `cells`: the post-stratum of each record; `counts`: the total of each post-stratum.
/// Only `zero_weights` of the limits matters. A count of 0 for a cell that is empty is
/// nothing to meet. Records without a known stratum: see [`super::with_share_of_rest`].
///
/// # Errors
///
/// Base weights that are not above zero, counts that are negative or not finite, a count
/// for a cell without respondents ([`Error::WithoutRespondents`], where R would go on with
/// `partial = TRUE`), or respondents in a cell without a count ([`Error::WithoutTarget`]).
pub fn poststratify(
    base: &[f64],
    cells: &[u32],
    counts: &[f64],
    limits: Limits,
) -> Result<Step, Error> {
    check_base(base, limits)?;
    check_length("cells", cells.len(), base.len())?;
    let records = records_by(cells.iter().map(|&code| (code, 1)), counts.len());
    let sums = sums_by(cells, counts.len(), base.iter().copied());
    check_targets(0, counts, &sums, &records)?;
    let factors: Vec<f64> =
        counts.iter().zip(&sums).map(|(count, sum)| factor(*count, *sum)).collect();
    let weights: Vec<f64> =
        base.iter().zip(cells).map(|(w, &cell)| w * at(&factors, cell)).collect();
    let reached = sums_by(cells, counts.len(), weights.iter().copied());
    let worst = counts.iter().zip(&reached).map(|(t, sum)| relative(*sum, *t));
    Ok(Step {
        rounds: 1,
        worst: worst.fold(0.0, f64::max),
        fit: Fit::strata(cells.to_vec(), counts.len(), base.to_vec(), weights.clone()),
        weights,
    })
}

/// What a sum is multiplied by to become the target; 1 where there is nothing to multiply.
pub(super) fn factor(target: f64, sum: f64) -> f64 {
    if sum > 0.0 { target / sum } else { 1.0 }
}

/// The distance of a sum from its target, in targets; 0 for nobody without a target.
pub(super) fn relative(sum: f64, target: f64) -> f64 {
    if target > 0.0 { (sum - target).abs() / target } else { sum.abs() }
}

/// How many records each code has; codes of `count` and above are counted together last.
pub(super) fn records_by(
    codes: impl Iterator<Item = (u32, usize)>,
    count: usize,
) -> Vec<usize> {
    let mut records = vec![0; count + 1];
    for (code, n) in codes {
        if let Some(place) = records.get_mut((code as usize).min(count)) {
            *place += n;
        }
    }
    records
}

/// Refuses targets that no weights can meet. `sums`: base weights by code; `records`:
/// records by code, those beyond the targets last.
pub(super) fn check_targets(
    margin: usize,
    targets: &[f64],
    sums: &[f64],
    records: &[usize],
) -> Result<(), Error> {
    for (code, (&target, &sum)) in targets.iter().zip(sums).enumerate() {
        let records = records.get(code).copied().unwrap_or(0);
        if !target.is_finite() || target < 0.0 {
            return Err(Error::Target { margin, code, target });
        }
        if target > 0.0 && sum <= 0.0 {
            return Err(Error::WithoutRespondents { margin, code, target });
        }
        if target <= 0.0 && records > 0 {
            return Err(Error::WithoutTarget { margin, code, records });
        }
    }
    match records.last() {
        Some(&beyond) if beyond > 0 => {
            Err(Error::WithoutTarget { margin, code: targets.len(), records: beyond })
        }
        _ => Ok(()),
    }
}
