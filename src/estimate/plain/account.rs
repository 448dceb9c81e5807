//! What a reader must know of figures besides the figures.

use super::{Ask, Domain, Statistic};
use crate::poll::ReplicateMethod;
use crate::prepare::{Keys, PlainSample};
use crate::stats::replicate::Replicates;

/// Of whom figures are, and by which design.
#[derive(Clone, Debug)]
pub struct Account {
    /// Records of the sample.
    pub records: u64,
    /// The columns of the design.
    pub keys: Keys,
    /// How many strata there are; one if there are none.
    pub strata: u64,
    /// How many sampling units each stage has; none if records were drawn alone.
    pub units: Vec<u64>,
    /// First-stage units minus strata of the whole design, or what replicate weights have
    /// instead.
    pub freedom: f64,
    /// How many replicate weights give the variance, and how they were made.
    pub replicates: Option<(usize, ReplicateMethod)>,
    /// How many records the filter keeps, and for how many it cannot tell, if there is one.
    pub filter: Option<(String, u64, u64)>,
    /// How many of these are in no group, since a value is missing.
    pub ungrouped: u64,
    /// The columns with missing answers, and how many of the sample's records have none.
    pub missing: Vec<(String, u64)>,
}

impl Account {
    pub(super) fn of(sample: &PlainSample, ask: &Ask, domain: &Domain) -> Self {
        let design = sample.design();
        let units: u32 = design.units_by_stratum().iter().sum();
        let filter = ask.filter.as_ref();
        let replicates = design.replicates.as_ref();
        let of_replicates = replicates.and_then(|r| r.freedom(&design.weights, None));
        let of_units = f64::from(units) - design.strata.len() as f64;
        Self {
            records: sample.plain().rows as u64,
            keys: sample.keys().clone(),
            strata: design.strata.len() as u64,
            units: design.stages.iter().map(|stage| stage.parent.len() as u64).collect(),
            freedom: of_replicates.unwrap_or(of_units),
            replicates: replicates.map(Replicates::len).zip(sample.method()),
            filter: filter.map(|filter| (filter.text.clone(), domain.kept, domain.unknown)),
            ungrouped: domain.ungrouped,
            missing: missing(sample, &ask.statistic),
        }
    }
}

fn missing(sample: &PlainSample, statistic: &Statistic) -> Vec<(String, u64)> {
    let mut list: Vec<(String, u64)> = Vec::new();
    for name in statistic.columns() {
        let Some(column) = sample.plain().column(name) else { continue };
        let records = 0..sample.plain().rows;
        let count = records.filter(|record| column.is_missing(*record)).count() as u64;
        if count > 0 && list.iter().all(|(held, _)| held != name) {
            list.push((name.to_owned(), count));
        }
    }
    list
}
