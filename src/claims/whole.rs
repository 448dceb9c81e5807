//! What is said of a text as a whole: that the data are made up, that the results are not
//! final or not public, that there is nothing to check.

use super::Checked;
use super::codes::{MADE_UP, NOT_FINAL, NOT_PUBLIC, NOTHING};
use super::draft::Draft;
use super::release::Release;
use crate::diagnostic::{Finding, Place};

/// Adds what is true of the whole text.
pub(super) fn check(draft: &Draft<'_>, release: &Release, checked: &mut Checked) {
    let place = || Place::file(draft.file());
    if checked.borne.is_empty() && checked.findings.is_empty() {
        let finding = Finding::new(&NOTHING, "the text says nothing that can be checked");
        checked.findings.push(finding.at(place()).help("see that it is the right file"));
        return;
    }
    if release.synthetic {
        let finding = Finding::new(&MADE_UP, "the text quotes made-up data");
        checked.findings.push(
            finding
                .at(place())
                .because("the results are marked `synthetic`: nobody gave these answers")
                .help("use the text as an example only"),
        );
    }
    if release.profile != "public" {
        let finding = Finding::new(&NOT_PUBLIC, "the results are not for publication");
        checked.findings.push(
            finding
                .at(place())
                .because(format!("they were made in the profile `{}`", release.profile))
                .help("give the `results.json` of the public release"),
        );
    }
    let embargo = draft.has_any(&["embargo", "embargoed"]);
    match release.status.as_deref() {
        Some("draft") => checked.findings.push(not_final("the results are a draft", place())),
        Some("embargoed") if !embargo => {
            checked.findings.push(not_final("the results are under embargo", place()));
        }
        _ => {}
    }
}

fn not_final(headline: &str, place: Place) -> Finding {
    Finding::new(&NOT_FINAL, headline)
        .at(place)
        .because("the poll file gives this `status` to the report")
        .help("check the text against the final results, and say when an embargo ends")
}
