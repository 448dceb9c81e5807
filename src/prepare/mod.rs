//! [`Checked`] goes in, a [`Sample`] comes out: the rows that count, with their weights
//! and the design by which they were drawn.
//!
//! May know the ground floor, the questionnaire, the poll and `validate`; of `ingest` the
//! file without a schema, which nothing validates. Never drops a row: a respondent without
//! an answer stays in the design.

mod build;
mod codes;
mod design;
mod layers;
mod nets;
mod plain;
mod replicates;
#[cfg(test)]
mod tests;

use polars::prelude::DataFrame;

use crate::diagnostic::{Failure, Findings};
use crate::poll::Poll;
use crate::questionnaire::Questionnaire;
use crate::validate::{Checked, Facts};

pub use crate::ingest::{Needed, Plain, PlainColumn};
pub use crate::validate::Repair;
pub use build::Keys;
pub use codes::CODES;
pub use design::{Design, Stage};
pub use layers::{Layers, Patterns, Pieces};
pub use nets::net_name;
pub use plain::{PlainSample, plain};

/// Respondents, their weights, and the design by which they were drawn.
#[derive(Debug)]
pub struct Sample {
    questionnaire: Questionnaire,
    frame: DataFrame,
    design: Design,
    facts: Facts,
}

impl Sample {
    /// What was asked.
    #[must_use]
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// One row for each respondent; columns as `validate` left them, and one flag for each
    /// net of a multiple response.
    #[must_use]
    pub fn frame(&self) -> &DataFrame {
        &self.frame
    }

    /// Weights, strata and sampling units, a row each.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The same respondents, drawn or weighted in another way.
    #[must_use]
    pub fn with_design(self, design: impl FnOnce(Design) -> Design) -> Self {
        Self { design: design(self.design), ..self }
    }

    /// What happened to the rows before.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// Makes the sample.
///
/// # Errors
/// [`crate::diagnostic::Kind::Input`] if weights, strata or sampling units make no design.
pub fn sample(
    checked: Checked,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Sample, Failure> {
    let (questionnaire, frame, facts) = checked.into_parts();
    let design = design::design(&frame, poll, findings)?;
    let design = replicates::replicated(design, &frame, poll, findings)?;
    let frame = nets::add(frame, &questionnaire)?;
    Ok(Sample { questionnaire, frame, design, facts })
}
