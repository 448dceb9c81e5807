//! What a text may say of a poll: a draft press release and the text of a release's
//! `results.json` go in, findings come out.
//!
//! Each number is looked up among the published figures, each share's people among those
//! whom the figure is of, each "most", "more than" and "fell" among values and tests. May
//! know what is published and nothing else. Never guesses in the text's favour without
//! saying which figure it took: that is what [`Checked::borne`] lists.

mod bears;
mod codes;
mod draft;
mod input;
mod matching;
mod passage;
mod reading;
mod release;
mod rules;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod time;
mod whole;

use crate::diagnostic::{Finding, Place};
use crate::prose::Aside;

use draft::Draft;
use reading::Reading;

pub use codes::CODES;
pub use input::{no_results, unreadable, unsuitable};
pub use release::{Release, read};

/// What was found in a text.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is wrong, in the order of the text; what is true of the whole text comes last.
    pub findings: Vec<Finding>,
    /// The numbers that a figure bears.
    pub borne: Vec<Borne>,
    /// The numbers that are no results, such as dates.
    pub aside: Vec<Left>,
}

/// A number and the figure that bears it.
#[derive(Clone, Debug, PartialEq)]
pub struct Borne {
    /// Where it stands.
    pub place: Place,
    /// The number as it is written.
    pub said: String,
    /// The figure's name: `views.harms.all_agree`; `respondents` or `base` for a number of
    /// people.
    pub figure: String,
    /// The figure as it is published.
    pub value: String,
    /// The wave and the group of the figure: "2024-01, all"; none of a number of people.
    pub of: Option<String>,
}

/// A number that was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// Where it stands.
    pub place: Place,
    /// The number as it is written.
    pub said: String,
    /// What it is.
    pub why: &'static str,
}

/// Checks a text, plain or Markdown, against a release. `file` names it in findings.
#[must_use]
pub fn check(file: &str, text: &str, release: &Release) -> Checked {
    let draft = Draft::new(file, text, release);
    let mut checked = Checked::default();
    let mut told = false;
    let mut previous = Vec::new();
    for sentence in &draft.sentences {
        let mut reading = Reading::new(&draft, release, sentence, (told, &previous));
        told |= rules::tells_who_replied(&reading);
        reading.told = told;
        rules::apply(&reading, &mut checked);
        previous = reading.shares();
    }
    checked.findings.sort_by_key(|finding| {
        finding.place.as_ref().map(|place| (place.line, place.character))
    });
    whole::check(&draft, release, &mut checked);
    let aside = draft.aside.iter().map(|(tokens, aside)| left(&draft, tokens, *aside));
    checked.aside.extend(aside);
    checked.aside.sort_by_key(|left| (left.place.line, left.place.character));
    checked
}

fn left(draft: &Draft<'_>, tokens: &std::ops::Range<usize>, aside: Aside) -> Left {
    Left {
        place: draft.place(tokens),
        said: draft.words(tokens).to_owned(),
        why: aside.words(),
    }
}
