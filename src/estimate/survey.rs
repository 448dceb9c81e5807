//! The design as `stats` wants it: variances of linearised totals from sums by layer.

use crate::prepare::{Design, Sample};
use crate::poll;
use crate::stats::multistage::{Multistage, Stage};
use crate::stats::variance::{self, Spread, Stratum};
use crate::stats::SingleUnit;

/// How respondents were drawn, and what may be asked of that.
#[derive(Clone, Debug)]
pub struct Survey {
    single: SingleUnit,
    structure: Structure,
    /// The stratum and first-stage unit of each layer.
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    stratum: u32,
    unit: u32,
}

#[derive(Clone, Debug)]
enum Structure {
    /// Each respondent was drawn alone: a layer is a stratum.
    Respondents(Vec<Stratum>),
    /// A layer is a sampling unit of the last stage.
    Units { stages: Multistage, primary: usize },
}

/// What a linearised variable z sums to in one layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// Σz
    pub z: f64,
    /// Σz²
    pub squares: f64,
}

impl Survey {
    /// The design of a sample.
    #[must_use]
    pub fn of(sample: &Sample) -> Self {
        let design = sample.design();
        let single = match design.single_unit {
            poll::SingleUnit::Fail => SingleUnit::Fail,
            poll::SingleUnit::Adjust => SingleUnit::Adjust,
            poll::SingleUnit::Average => SingleUnit::Average,
            poll::SingleUnit::Certainty => SingleUnit::Certainty,
            poll::SingleUnit::Remove => SingleUnit::Remove,
        };
        if design.stages.is_empty() {
            let places = (0..design.strata.len() as u32).map(|stratum| Place { stratum, unit: 0 });
            let structure = Structure::Respondents(strata(design));
            return Self { single, structure, places: places.collect() };
        }
        units(design, single)
    }

    /// The variance of Σz from its sums by layer; none if the design cannot tell.
    #[must_use]
    pub fn variance(&self, sums: &[Sum]) -> Option<f64> {
        match &self.structure {
            Structure::Respondents(strata) => {
                let spread = |(stratum, sum): (&Stratum, &Sum)| {
                    (*stratum, Spread::new(*stratum, sum.z, sum.z, sum.squares))
                };
                let spreads: Vec<_> = strata.iter().zip(sums).map(spread).collect();
                variance::of_total(&spreads, self.single).ok()
            }
            Structure::Units { stages, .. } => {
                let z: Vec<f64> = sums.iter().map(|sum| sum.z).collect();
                stages.covariance(&z, &z, self.single).ok()
            }
        }
    }

    /// Sampling units with a member of the domain minus their strata; `members` counts the
    /// domain's respondents by layer.
    #[must_use]
    pub fn freedom(&self, members: &[f64]) -> f64 {
        let held: Vec<usize> = (0..members.len()).filter(|l| members[*l] > 0.0).collect();
        let strata = distinct(held.iter().map(|l| self.places[*l].stratum));
        let units = match self.structure {
            Structure::Respondents(_) => members.iter().sum(),
            Structure::Units { .. } => distinct(held.iter().map(|l| self.places[*l].unit)) as f64,
        };
        units - strata as f64
    }

    /// Sampling units minus strata of the whole design.
    #[must_use]
    pub fn whole_freedom(&self) -> f64 {
        match &self.structure {
            Structure::Respondents(strata) => {
                strata.iter().map(|s| s.units).sum::<f64>() - strata.len() as f64
            }
            Structure::Units { stages, .. } => stages.freedom(),
        }
    }

    /// How many first-stage units there are; none if respondents were drawn alone.
    #[must_use]
    pub fn clusters(&self) -> Option<usize> {
        match self.structure {
            Structure::Respondents(_) => None,
            Structure::Units { primary, .. } => Some(primary),
        }
    }
}

fn distinct(codes: impl Iterator<Item = u32>) -> usize {
    let mut codes: Vec<u32> = codes.collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

fn strata(design: &Design) -> Vec<Stratum> {
    let drawn = design.units_by_stratum();
    let stratum = |(index, drawn): (usize, &u32)| {
        let units = f64::from(*drawn);
        let fraction = design.population.as_ref().map_or(0.0, |sizes| units / sizes[index]);
        Stratum { units, fraction }
    };
    drawn.iter().enumerate().map(stratum).collect()
}

/// A record for each unit of the last stage, with its units of all stages.
fn units(design: &Design, single: SingleUnit) -> Survey {
    let last = design.stages.len() - 1;
    let mut codes: Vec<Vec<u32>> = vec![(0..design.stages[last].parent.len() as u32).collect()];
    for stage in design.stages.iter().rev() {
        let parents = codes[codes.len() - 1].iter().map(|unit| stage.parent[*unit as usize]);
        codes.push(parents.collect());
    }
    // Now codes[0] holds units of the last stage and the last entry the strata.
    codes.reverse();
    let sizes: Vec<Option<Vec<f64>>> = design
        .stages
        .iter()
        .enumerate()
        .map(|(nth, stage)| {
            let of = |parent: &u32| stage.population.as_ref().map(|s| s[*parent as usize]);
            codes[nth].iter().map(of).collect()
        })
        .collect();
    let stage = |nth: usize| Stage {
        strata: &codes[nth],
        units: &codes[nth + 1],
        population: sizes[nth].as_deref(),
    };
    let stages: Vec<Stage<'_>> = (0..=last).map(stage).collect();
    let places = codes[0].iter().zip(&codes[1]);
    let places = places.map(|(stratum, unit)| Place { stratum: *stratum, unit: *unit }).collect();
    let primary = design.stages[0].parent.len();
    let structure = Structure::Units { stages: Multistage::new(&stages), primary };
    Survey { single, structure, places }
}
