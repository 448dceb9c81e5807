//! `weigh`: read, check, weight, and say what each step did. Private: nothing is published.

use super::codes::NO_STEPS;
use super::{FileFacts, World, read_poll, read_side, read_wave};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::prepare::{self, StepReport};
use crate::validate::{Checked, Spot};

/// Weights made as a poll file says, and how.
#[derive(Debug)]
pub struct Weighed {
    /// What each step did.
    pub steps: Vec<StepReport>,
    /// The final weight of each respondent.
    pub weights: Vec<f64>,
    /// Where the key of each respondent stands, since nobody holds it; none if the schema
    /// names no key.
    pub keys: Option<KeyCells>,
}

/// Cells of the data with the keys of respondents.
#[derive(Debug)]
pub struct KeyCells {
    /// The header of their column.
    pub header: String,
    /// The number of their column, from 0.
    pub field: usize,
    /// The record of each respondent.
    pub spots: Vec<Spot>,
    /// The files that were read.
    pub files: Vec<FileFacts>,
}

/// Makes the weights of a poll, and says what each step did.
///
/// # Errors
/// [`Kind::Input`] or [`Kind::Weighting`]; `findings` says what is wrong.
pub fn weigh(
    world: &dyn World,
    poll: &str,
    threads: usize,
    findings: &mut Findings,
) -> Result<Weighed, Failure> {
    let (poll, mut inputs) = read_poll(world, poll, findings)?;
    if poll.weighting.is_empty() {
        let finding = Finding::new(&NO_STEPS, "the poll file has no `[[weighting]]` step")
            .at(Place::file(&poll.file))
            .help("add one, such as `method = \"rake\"` with `targets = \"targets.csv\"`");
        return Err(Failure::because(findings, Kind::Input, finding));
    }
    let side = read_side(world, &poll, &mut inputs, findings)?;
    let checked = read_wave(world, &poll, &mut inputs, threads, findings)?;
    let keys = key_cells(&checked);
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    Ok(Weighed {
        steps: sample.weighting().to_vec(),
        weights: sample.design().weights.clone(),
        keys,
    })
}

fn key_cells(checked: &Checked) -> Option<KeyCells> {
    let header = checked.questionnaire().source.key.clone()?;
    let (field, spots) = checked.key_cells()?;
    Some(KeyCells { header, field, spots, files: checked.facts().files.clone() })
}
