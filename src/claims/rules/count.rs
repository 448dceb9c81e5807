//! L007: numbers of people.

use std::ops::Range;

use crate::claims::codes::{CANNOT_TELL, COUNT, DENOMINATOR};
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::plain;
use crate::claims::{Borne, Checked};
use crate::diagnostic::{Finding, Severity};
use crate::prose::{Amount, Kind, is_people};

/// Under this, a number of people is one of persons that the text speaks of: "2 teachers".
const FEW: f64 = 20.0;

/// Numbers of the method, and the words by which a text calls them.
const METHOD: [(&str, &[&str]); 3] = [
    (
        "invited",
        &["invited", "invitations", "sent", "asked", "mailed", "emailed", "list", "membership"],
    ),
    ("started", &["started", "began", "opened"]),
    ("completed", &["completed", "finished", "complete"]),
];

/// Words of a sentence that speaks of the poll, and not of the world.
const POLL: [&str; 20] = [
    "poll",
    "polled",
    "survey",
    "surveyed",
    "replied",
    "responded",
    "answered",
    "took",
    "asked",
    "respondents",
    "said",
    "say",
    "sample",
    "base",
    "n",
    "results",
    "replies",
    "responses",
    "told",
    "agreed",
];

/// Checks a number of people; false if the number is none.
pub(super) fn check(reading: &Reading<'_>, claim: &Claim<'_>, checked: &mut Checked) -> bool {
    let Amount::Plain(said) = claim.number.amount else { return false };
    let Some(people) = people(reading, claim) else { return false };
    if said < FEW {
        return true;
    }
    match known(reading, claim, said) {
        Ok((name, value)) => {
            if name == "respondents" {
                checked.findings.extend(called(reading, claim, &people));
            }
            checked.borne.push(Borne {
                place: reading.draft.place(&claim.number.tokens),
                said: reading.draft.words(&claim.number.tokens).to_owned(),
                figure: name,
                value: plain(value),
                of: None,
            });
        }
        Err(finding) => checked.findings.push(*finding),
    }
    true
}

/// The words from a number to the people that it counts: "4,678 state-school teachers".
fn people(reading: &Reading<'_>, claim: &Claim<'_>) -> Option<Range<usize>> {
    let end = claim.number.tokens.end;
    let words = reading.draft.tokens.get(end..).unwrap_or_default();
    let near = words.iter().take(5).take_while(|t| t.kind == Kind::Word);
    let verbs = ["in", "said", "and", "who", "were", "was", "for", "from", "at", "by", "to"];
    let near: Vec<_> = near.take_while(|t| !t.is_in(&verbs)).collect();
    let after = near.iter().rposition(|t| is_people(&t.lower)).map(|at| end..end + at + 1);
    after.or_else(|| base(reading, claim).then_some(end..end))
}

/// "n = 4,678", "base: 4,678", "replies: 4,678", or a cell of such a row.
fn base(reading: &Reading<'_>, claim: &Claim<'_>) -> bool {
    let words = ["n", "base", "bases", "replies", "respondents", "responses", "unweighted"];
    let start = claim.number.tokens.start;
    let before = reading.draft.tokens.get(start.saturating_sub(2)..start).unwrap_or_default();
    let beside =
        reading.sentence.beside.iter().filter_map(|r| reading.draft.tokens.get(r.clone()));
    let after = reading.token(claim.number.tokens.end);
    let replies = ["replies", "responses", "replied", "responded", "answered"];
    (before.iter().chain(beside.flatten())).any(|t| t.is_in(&words))
        || after.is_some_and(|t| t.is_in(&replies))
}

/// The published number that this one is, with its name.
fn known(
    reading: &Reading<'_>,
    claim: &Claim<'_>,
    said: f64,
) -> Result<(String, f64), Box<Finding>> {
    let release = reading.release;
    let is = |value: f64| {
        claim.number.hedge.allows(said, value, 0.0, said / 100.0) || (said - value).abs() < 0.5
    };
    if let Some(all) = release.respondents.filter(|all| is(*all)) {
        return Ok(("respondents".to_owned(), all));
    }
    let method =
        METHOD.iter().filter_map(|(key, words)| Some((key, words, release.method_count(key)?)));
    let method: Vec<_> = method.filter(|(_, _, value)| is(*value)).collect();
    if let Some((key, _, value)) = method.iter().find(|(_, words, _)| reading.has_any(words)) {
        return Ok((format!("method.{key}"), *value));
    }
    let known = release.figures.iter().find(|f| f.base.is_some_and(is));
    if let Some(figure) = known.filter(|_| method.is_empty()) {
        return Ok((format!("base of {}", release.name(figure)), figure.base.unwrap_or(said)));
    }
    let because = match (method.first(), release.respondents) {
        (Some((key, _, value)), Some(all)) => {
            let (value, all) = (plain(*value), plain(all));
            format!("{value} is the number {key}; {all} are counted in the results")
        }
        (_, Some(all)) => format!("{} respondents are counted in the results", plain(all)),
        (_, None) => "no base of the results is this number".to_owned(),
    };
    let words = reading.draft.words(&claim.number.tokens);
    if !reading.has_any(&POLL) && !base(reading, claim) {
        let finding = (reading.draft)
            .finding(&CANNOT_TELL, &claim.number.tokens, format!("{words} is in no table"))
            .because("no base of the results and no number of the method has this value")
            .help("if it is of the poll, take the published number; if not, name its source");
        return Err(Box::new(finding));
    }
    let headline = format!("{words} is not the number of people in the results");
    let finding = reading.draft.finding(&COUNT, &claim.number.tokens, headline);
    Err(Box::new(finding.because(because).help(
        "take the number of respondents; give the share of an answer as a percentage, not as \
         a number of people",
    )))
}

/// A poll of members is not one of all teachers: whom the number counts has to be said.
fn called(reading: &Reading<'_>, claim: &Claim<'_>, people: &Range<usize>) -> Option<Finding> {
    let limits = super::denominator::limits(reading);
    let words = reading.draft.tokens.get(people.clone()).unwrap_or_default();
    let named = words.iter().any(|t| is_people(&t.lower));
    let short = limits.iter().find(|limit| !reading.has_any(&[limit.as_str()]))?;
    let replied = words.iter().any(|t| t.is_in(&["respondents", "participants", "people"]));
    (named && !replied).then(|| {
        let whole = claim.number.tokens.start..people.end;
        let said = reading.draft.words(&whole);
        let mut finding = (reading.draft)
            .finding(&DENOMINATOR, &whole, format!("\"{said}\" are {short}"))
            .because(format!("the poll is of: {}", reading.release.population()))
            .help(format!("say so: \"{} {short}\"", reading.draft.words(&claim.number.tokens)));
        finding.severity = Severity::Warning;
        finding
    })
}
