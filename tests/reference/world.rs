//! A case made ready to be asked: its records, weights and design.

use std::path::Path;

use pollsmith::estimate::study::{Figures, Statistic};
use pollsmith::estimate::{Conventions, Freedom, Study};
use pollsmith::stats::effective::Against;
use serde_json::Value;

use super::data::{Data, Group};
use super::design::{Drawn, drawn};
use super::keys::Keys;
use super::reading::{Other, Reading};
use super::replicates;
use super::weights::{self, Step};

/// The records that are asked.
pub(crate) struct World<'w> {
    pub(crate) drawn: &'w Drawn,
    pub(crate) reading: &'w Reading,
    pub(crate) keys: &'w Keys<'w>,
    pub(crate) answer: &'w Value,
    /// Which records are in the domain.
    pub(crate) inside: Vec<bool>,
    pub(crate) study: Study<'w>,
    pub(crate) conventions: Conventions,
}

/// Draws the sample of a case, with the weights that its question asks for: by replicates
/// made of the design if it wants these, then by the steps.
pub(crate) fn weighted(
    (folder, design, data): (&Path, &Value, Data),
    steps: &[Step],
    variance: Variance,
    reading: &Reading,
) -> Result<Drawn, String> {
    let drawn = drawn(folder, design, data, reading)?;
    let mut design = drawn.sample.design().clone();
    if let Variance::Jackknife { mse } = variance {
        let made = replicates::jackknife(&design)?.with_mse(mse);
        design = design.replicated(made);
    }
    design = weights::adjusted(design, steps, reading)?;
    if matches!(variance, Variance::AsGiven) {
        let weights = design.weights.clone();
        design = design.fitted(weights, Vec::new());
    }
    Ok(drawn.with(design))
}

/// How a case wants variances made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Variance {
    /// As R does by the design.
    Usual,
    /// As if weights that were fitted to totals had been given.
    AsGiven,
    /// By replicates made of the design, from the estimate or the mean of the replicates.
    Jackknife { mse: bool },
}

impl Variance {
    pub(crate) fn read(keys: &Keys<'_>) -> Result<Self, String> {
        let mse = replicates::mse(keys)?.unwrap_or(false);
        match keys.text(&["variance"])?.as_deref() {
            None | Some("calibration_residual") => Ok(Self::Usual),
            Some("fixed" | "linearization" | "taylor") => Ok(Self::AsGiven),
            Some("JK1" | "JKn" | "jackknife") => Ok(Self::Jackknife { mse }),
            Some(other) => Err(format!("no variance `{other}`")),
        }
    }
}

impl<'w> World<'w> {
    pub(crate) fn new(
        drawn: &'w Drawn,
        reading: &'w Reading,
        keys: &'w Keys<'w>,
        answer: &'w Value,
    ) -> Result<Self, String> {
        if let Some(other) = keys.text(&["missing"])?
            && !["domain", "drop", "omit"].contains(&other.as_str())
        {
            return Err(format!("`missing` is `{other}`"));
        }
        let conventions = conventions(keys, reading)?;
        let study = Study::new(drawn.sample.design(), conventions);
        let study = match &drawn.unequal {
            Some(unequal) => study.drawn(unequal),
            None => study,
        };
        let inside = drawn.files.data().domain(keys.get(&["domain", "subset", "filter"]))?;
        Ok(Self { drawn, reading, keys, answer, inside, study, conventions })
    }

    /// The same records under the keys of another question.
    pub(crate) fn asked<'k>(&'k self, keys: &'k Keys<'k>) -> World<'k> {
        World { keys, study: self.study.clone(), inside: self.inside.clone(), ..*self }
    }

    pub(crate) fn data(&self) -> &'w Data {
        self.drawn.files.data()
    }

    pub(crate) fn is(&self, other: Other) -> bool {
        self.reading.is(other)
    }

    /// Whether variances come from replicate weights.
    pub(crate) fn has_replicates(&self) -> bool {
        self.drawn.sample.design().replicates.is_some()
    }

    /// The columns of `by`, and the groups that they make in the domain.
    pub(crate) fn groups(&self) -> Result<(Vec<String>, Vec<Group>), String> {
        let by = self.keys.texts(&["by"])?;
        let groups = self.data().groups(&by, &self.inside)?;
        Ok((by, groups))
    }

    /// Numbers of the domain; not a number outside.
    pub(crate) fn numbers(&self, header: &str) -> Result<Vec<f64>, String> {
        Ok(within(self.data().numbers(header)?, &self.inside))
    }

    /// The figures of a statistic.
    pub(crate) fn figures(&self, statistic: &dyn Statistic) -> Result<Figures, String> {
        self.study.figures(statistic).map_err(|why| why.to_string())
    }

    /// The degrees of freedom of a test of some records: R takes those of these alone.
    pub(crate) fn freedom_of_test(&self, holds: impl Fn(usize) -> bool) -> f64 {
        if self.is(Other::Freedom) {
            self.study.freedom_of(|_| true)
        } else {
            self.study.freedom_of(holds)
        }
    }
}

/// Numbers of some records; not a number for the others.
pub(crate) fn within(numbers: &[f64], members: &[bool]) -> Vec<f64> {
    let value = |(number, inside): (&f64, &bool)| if *inside { *number } else { f64::NAN };
    numbers.iter().zip(members).map(value).collect()
}

fn conventions(keys: &Keys<'_>, reading: &Reading) -> Result<Conventions, String> {
    let against = match keys.text(&["deff"])?.as_deref() {
        None | Some("srs_wor" | "true" | "false") => Against::WithoutReplacement,
        Some("srs_wr" | "replace") => Against::WithReplacement,
        Some(other) => return Err(format!("no design effect against `{other}`")),
    };
    let level = keys.number(&["level", "conf", "conf_level", "conf.level", "confidence"])?;
    let level = level.map_or(0.95, |level| if level > 1.0 { level / 100.0 } else { level });
    let freedom = if reading.is(Other::Freedom) { Freedom::Domain } else { Freedom::Whole };
    Ok(Conventions { against, level, freedom, ..Conventions::R })
}
