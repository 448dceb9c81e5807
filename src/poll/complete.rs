//! The disclosure items without which `--strict-disclosure` refuses to publish.

use super::{Poll, codes};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::document::Spanned;

/// Refuses a poll whose reader could not learn who asked whom, how and when.
///
/// # Errors
/// [`Kind::Disclosure`] if an item is missing; the finding names every one.
pub fn complete(poll: &Poll, findings: &mut Findings) -> Result<(), Failure> {
    let method = &poll.method;
    let weighted = poll.design.weight.is_some();
    let frame = method.frame.as_ref().map(Spanned::get_ref);
    let items = [
        ("sponsor", told(method.sponsor.as_ref())),
        ("population", told(method.population.as_ref())),
        ("geography", told(method.geography.as_ref())),
        ("frame", told(frame)),
        ("recruitment", told(method.recruitment.as_ref())),
        ("sampling", method.sampling.is_some()),
        ("mode", told(method.mode.as_ref())),
        ("field_start", method.field_start.is_some()),
        ("field_end", method.field_end.is_some()),
        (
            "weighting",
            // Steps of the poll file tell how their weights are made.
            !weighted || !poll.weighting.is_empty() || !method.weighting.variables.is_empty(),
        ),
        ("limitations", told(method.limitations.as_ref())),
        ("contact", told(method.contact.as_ref())),
    ];
    let missing: Vec<String> =
        items.iter().filter(|(_, given)| !given).map(|(key, _)| format!("`{key}`")).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let headline = match missing.len() {
        1 => "a disclosure item of the poll is missing".to_owned(),
        n => format!("{n} disclosure items of the poll are missing"),
    };
    let place = Place { column: Some("method".to_owned()), ..Place::file(&poll.file) };
    let finding = Finding::new(&codes::UNFINISHED, headline)
        .at(place)
        .because("`--strict-disclosure` publishes nothing while one of them is missing")
        .help(format!("add {} to `[method]`", missing.join(", ")));
    Err(Failure::because(findings, Kind::Disclosure, finding))
}

/// Whether an item says anything.
fn told(item: Option<&String>) -> bool {
    item.is_some_and(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poll::testing;

    /// What the refusal of a poll asks for; nothing if it is not refused.
    fn asked(poll: &Poll) -> String {
        let mut findings = Findings::default();
        match complete(poll, &mut findings) {
            Ok(()) => String::new(),
            Err(failure) => format!("{failure:?} {findings:?}"),
        }
    }

    #[test]
    fn every_item_is_asked_for_when_it_is_missing() {
        let asked = asked(&testing::poll());
        for key in
            ["sponsor", "population", "geography", "frame", "recruitment", "mode", "contact"]
        {
            assert!(asked.contains(&format!("`{key}`")), "{key}: {asked}");
        }
    }

    #[test]
    fn spaces_tell_nothing() {
        let mut poll = testing::poll();
        poll.method.sponsor = Some(" ".to_owned());
        assert!(asked(&poll).contains("`sponsor`"));
        poll.method.sponsor = Some("Example Education Union".to_owned());
        assert!(!asked(&poll).contains("`sponsor`"));
    }
}
