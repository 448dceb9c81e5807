//! [`Checked`] goes in, a [`Sample`] comes out: the rows that count, with derived variables,
//! their weights and the design by which they were drawn.
//!
//! May know the ground floor, the questionnaire, the poll and `validate`; of `ingest` the
//! file without a schema, which nothing validates. Never drops a row: a respondent without
//! an answer stays in the design.

mod build;
mod codes;
mod crossing;
mod derive;
mod design;
mod frame_file;
mod layers;
mod merge;
mod nets;
mod plain;
mod replicates;
mod side;
#[cfg(test)]
mod tests;
mod weights;
mod who;

use polars::prelude::DataFrame;

use crate::diagnostic::{Failure, Findings, Kind};
use crate::expression::{Expression, Problem};
use crate::poll::Poll;
use crate::questionnaire::Questionnaire;
use crate::validate::{Checked, Facts, View};

use weights::Making;

pub use crate::ingest::{Needed, Plain, PlainColumn};
pub use crate::validate::{Redacted, Removed, Repair, Texts};
pub use build::Keys;
pub use codes::CODES;
pub use design::{Design, Stage};
pub use frame_file::{Cell, Frame};
pub use layers::{Layers, Patterns, Pieces, ratio};
pub use merge::{Group, Grouping};
pub use nets::net_name;
pub use plain::{PlainSample, plain, replicate_columns};
pub use side::Side;
pub use weights::{GroupReport, MarginReport, NOTABLE, RETHINK, StepReport};
pub use who::{Who, WhoGroup, WhoVariable};

/// Respondents, their weights, and the design by which they were drawn.
#[derive(Debug)]
pub struct Sample {
    questionnaire: Questionnaire,
    frame: DataFrame,
    design: Design,
    weighting: Vec<StepReport>,
    whom: Option<Frame>,
    who: Option<Who>,
    facts: Facts,
}

impl Sample {
    /// What was asked, then what was derived from it.
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

    /// What the steps of the poll file did to the weights, in order.
    #[must_use]
    pub fn weighting(&self) -> &[StepReport] {
        &self.weighting
    }

    /// Whom the poll could have reached, if the poll file names a file of that.
    #[must_use]
    pub fn whom(&self) -> Option<&Frame> {
        self.whom.as_ref()
    }

    /// Who answered, against those whom the poll stands for, where that is known.
    #[must_use]
    pub fn who(&self) -> Option<&Who> {
        self.who.as_ref()
    }

    /// Who fulfils a condition; not those of whom it is unknown.
    ///
    /// # Errors
    /// What in the condition does not fit the questions.
    pub fn fulfil(&self, condition: &Expression) -> Result<Vec<bool>, Problem> {
        let view = View::new(&self.frame, &self.questionnaire);
        condition.filter(self.frame.height(), &view)
    }

    /// The same respondents, whose questions have no tables unasked.
    #[must_use]
    pub fn without_reports(mut self) -> Self {
        self.questionnaire.questions.iter_mut().for_each(|question| question.report = false);
        self
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

/// Makes the sample. `side` holds the files that the poll names besides its data.
///
/// # Errors
/// [`Kind::Input`] if a derived variable cannot be made, if weights, strata or sampling units make no design, or if targets or
/// frame are wrong in themselves; [`Kind::Weighting`] if targets cannot be met.
pub fn sample(
    checked: Checked,
    poll: &Poll,
    side: &Side,
    findings: &mut Findings,
) -> Result<Sample, Failure> {
    let (questionnaire, frame, facts) = checked.into_parts();
    let (questionnaire, frame) = derive::derive(questionnaire, frame, (poll, side), findings)?;
    let design = design::design(&frame, poll, findings)?;
    let mut design = replicates::replicated(design, &frame, poll, findings)?;
    let mark = findings.list().len();
    let whom = frame_file::read(poll, side, (&questionnaire, &frame), findings);
    findings.stop_on_error_since(mark, Kind::Input)?;
    let mut weighting = Vec::new();
    if !poll.weighting.is_empty() {
        let (rows, whom) = (&frame, whom.as_ref());
        let making = Making { poll, questionnaire: &questionnaire, rows, side, frame: whom };
        let made = making.weighting(std::mem::take(&mut design.weights), findings)?;
        design = design.fitted(made.weights, made.calibrations);
        design.weighted = true;
        weighting = made.steps;
    }
    let rows = (&questionnaire, &frame);
    let who = who::who(rows, &design.weights, whom.as_ref(), &weighting, poll);
    let frame = nets::add(frame, &questionnaire)?;
    Ok(Sample { questionnaire, frame, design, weighting, whom, who, facts })
}
