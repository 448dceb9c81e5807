//! The disclosure items without which `--strict-disclosure` refuses to publish.

use super::{Poll, codes};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};

/// Refuses a poll whose reader could not learn who asked whom, how and when.
///
/// # Errors
/// [`Kind::Disclosure`] if an item is missing; the finding names every one.
pub fn complete(poll: &Poll, findings: &mut Findings) -> Result<(), Failure> {
    let method = &poll.method;
    let weighted = poll.design.weight.is_some();
    let items = [
        ("sponsor", method.sponsor.is_some()),
        ("population", method.population.is_some()),
        ("geography", method.geography.is_some()),
        ("frame", method.frame.is_some()),
        ("recruitment", method.recruitment.is_some()),
        ("sampling", method.sampling.is_some()),
        ("mode", method.mode.is_some()),
        ("field_start", method.field_start.is_some()),
        ("field_end", method.field_end.is_some()),
        (
            "weighting",
            // Steps of the poll file tell how their weights are made.
            !weighted || !poll.weighting.is_empty() || !method.weighting.variables.is_empty(),
        ),
        ("limitations", method.limitations.is_some()),
        ("contact", method.contact.is_some()),
    ];
    let missing: Vec<String> =
        items.iter().filter(|(_, given)| !given).map(|(key, _)| format!("`{key}`")).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let headline = format!("{} disclosure items of the poll are missing", missing.len());
    let place = Place { column: Some("method".to_owned()), ..Place::file(&poll.file) };
    let finding = Finding::new(&codes::UNFINISHED, headline)
        .at(place)
        .because("`--strict-disclosure` publishes nothing while one of them is missing")
        .help(format!("add {} to `[method]`", missing.join(", ")));
    Err(Failure::because(findings, Kind::Disclosure, finding))
}
