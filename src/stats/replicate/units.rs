//! The first-stage units of a design, numbered stratum after stratum.
//!
//! Takes the codes of stratum and unit and the population size of each record; gives the
//! number of each record's unit and the units of each stratum. Strata stand in the order
//! of their codes, units within a stratum in the order of their first records, as R survey
//! has them when codes follow the names of the strata. It knows no weights.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ReplicateError;
use crate::stats::count;
use crate::stats::multistage::Stage;

/// One stratum.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// Its code.
    pub(super) code: u32,
    /// The numbers of its units.
    pub(super) units: Range<usize>,
    /// How many units there are in the population, if that is known.
    pub(super) population: Option<f64>,
}

impl Group {
    /// How many units the sample has.
    pub(super) fn size(&self) -> f64 {
        count(self.units.len())
    }

    /// 1 − f: 1 without a population size, 0 when every unit is in the sample.
    pub(super) fn correction(&self) -> f64 {
        self.population.map_or(1.0, |population| 1.0 - self.size() / population)
    }

    /// Whether it has one unit of several.
    pub(super) fn is_single(&self) -> bool {
        self.units.len() == 1 && !self.is_complete()
    }

    /// Whether every unit of the population is in the sample.
    pub(super) fn is_complete(&self) -> bool {
        self.correction() <= 0.0
    }
}

/// The units of all strata.
#[derive(Clone, Debug)]
pub(super) struct Units {
    /// The number of each record's unit.
    pub(super) of_record: Vec<usize>,
    /// The strata.
    pub(super) groups: Vec<Group>,
}

impl Units {
    /// Numbers the units of a first stage.
    pub(super) fn of(stage: &Stage<'_>) -> Result<Self, ReplicateError> {
        let want = stage.strata.len();
        let sizes = stage.population.map_or(want, <[f64]>::len);
        if let Some(got) = [stage.units.len(), sizes].into_iter().find(|got| *got != want) {
            return Err(ReplicateError::Length { want, got });
        }
        if want == 0 {
            return Err(ReplicateError::Empty);
        }
        let (numbers, mut groups) = numbered(stage);
        populations(stage, &mut groups)?;
        let of_record = keys(stage).filter_map(|key| numbers.get(&key).copied()).collect();
        Ok(Self { of_record, groups })
    }

    /// How many units there are.
    pub(super) fn len(&self) -> usize {
        self.groups.last().map_or(0, |group| group.units.end)
    }

    /// The codes of the strata of which something holds.
    pub(super) fn codes_where(&self, holds: impl Fn(&Group) -> bool) -> Vec<u32> {
        self.groups.iter().filter(|group| holds(group)).map(|group| group.code).collect()
    }
}

/// Stratum and unit of each record.
fn keys(stage: &Stage<'_>) -> impl Iterator<Item = (u32, u32)> {
    stage.strata.iter().copied().zip(stage.units.iter().copied())
}

/// The number of each unit, by the codes of its stratum and its own; and the strata.
fn numbered(stage: &Stage<'_>) -> (BTreeMap<(u32, u32), usize>, Vec<Group>) {
    let mut numbers = BTreeMap::new();
    for (record, key) in keys(stage).enumerate() {
        numbers.entry(key).or_insert(record);
    }
    let mut order: Vec<_> =
        numbers.iter().map(|(&key, &record)| (key.0, record, key)).collect();
    order.sort_unstable();
    let mut groups: Vec<Group> = Vec::new();
    for (number, (code, _, key)) in order.into_iter().enumerate() {
        numbers.insert(key, number);
        match groups.last_mut().filter(|group| group.code == code) {
            Some(group) => group.units.end = number + 1,
            None => {
                groups.push(Group { code, units: number..number + 1, population: None });
            }
        }
    }
    (numbers, groups)
}

/// Enters the population sizes, which every record of a stratum must agree on.
fn populations(stage: &Stage<'_>, groups: &mut [Group]) -> Result<(), ReplicateError> {
    let Some(sizes) = stage.population else { return Ok(()) };
    let mut by_code = BTreeMap::new();
    for (code, size) in stage.strata.iter().zip(sizes) {
        if by_code.entry(*code).or_insert(*size).to_bits() != size.to_bits() {
            return Err(ReplicateError::PopulationVaries(*code));
        }
    }
    for group in groups {
        let size = by_code.get(&group.code).copied().filter(|size| *size >= group.size());
        group.population = Some(size.ok_or(ReplicateError::PopulationTooSmall(group.code))?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_by_code_units_by_first_record() {
        let stage = Stage {
            strata: &[9, 2, 9, 2, 9],
            units: &[5, 5, 1, 5, 5],
            population: Some(&[2.0, 8.0, 2.0, 8.0, 2.0]),
        };
        let units = Units::of(&stage).expect("a design");
        assert_eq!(units.of_record, [1, 0, 2, 0, 1]);
        let [two, nine] = &units.groups[..] else { panic!("two strata") };
        assert_eq!((two.code, two.units.clone(), nine.units.clone()), (2, 0..1, 1..3));
        assert!((two.correction() - 0.875).abs() < 1e-15 && nine.is_complete());
        assert_eq!(units.len(), 3);
    }

    #[test]
    fn designs_that_do_not_fit() {
        fn stage(strata: &[u32], units: &[u32], population: Option<&[f64]>) -> ReplicateError {
            Units::of(&Stage { strata, units, population }).expect_err("does not fit")
        }
        assert_eq!(stage(&[], &[], None), ReplicateError::Empty);
        let length = ReplicateError::Length { want: 2, got: 1 };
        assert_eq!(stage(&[1, 1], &[1], None), length);
        assert_eq!(stage(&[1, 1], &[1, 2], Some(&[5.0])), length);
        let varies = stage(&[1, 1], &[1, 2], Some(&[5.0, 6.0]));
        assert_eq!(varies, ReplicateError::PopulationVaries(1));
        for size in [1.0, f64::NAN] {
            let small = stage(&[1, 1], &[1, 2], Some(&[size, size]));
            assert_eq!(small, ReplicateError::PopulationTooSmall(1));
        }
    }
}
