//! `weigh`: read, check, weight, and say what each step did. Private: nothing is published.

use super::codes::NO_STEPS;
use super::{World, read_poll, read_side, read_wave};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::prepare::{self, StepReport};
use crate::validate::Keys;

/// Weights made as a poll file says, and how.
#[derive(Debug)]
pub struct Weighed {
    /// What each step did.
    pub steps: Vec<StepReport>,
    /// The final weight of each respondent.
    pub weights: Vec<f64>,
    /// The key of each respondent; none if the schema names no key.
    pub keys: Option<Keys>,
    /// The header of the key.
    pub key: Option<String>,
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
    let mut checked = read_wave(world, &poll, &mut inputs, threads, findings)?;
    let keys = checked.take_keys();
    let sample = prepare::sample(checked, &poll, &side, findings)?;
    Ok(Weighed {
        steps: sample.weighting().to_vec(),
        weights: sample.design().weights.clone(),
        keys,
        key: sample.questionnaire().source.key.clone(),
    })
}
