//! L009: comparisons between groups, and between answers.

use crate::claims::codes::COMPARISON;
use crate::claims::reading::{Claim, Mention, Reading};
use crate::claims::release::{Figure, Verdict};
use crate::diagnostic::Finding;
use crate::prose::{Bearing, Cue};

use super::softened;
use super::unchecked::{self, row_of};

/// Checks each comparison of a sentence.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for cue in reading.cues() {
        let more = match cue.bearing {
            Bearing::More | Bearing::Double => true,
            Bearing::Less | Bearing::Halve => false,
            _ => continue,
        };
        let by = if reading.mentions.is_empty() { answers } else { groups };
        let finding = match by(reading, cue, more) {
            None if !is_clear(reading) => Some(unchecked::finding(reading, cue)),
            finding => finding,
        };
        findings.extend(finding.map(|f| softened(reading, cue.tokens.start, f)));
    }
}

/// Whether the words or numbers of a sentence on the poll tell what is compared.
fn is_clear(reading: &Reading<'_>) -> bool {
    let numbered = reading.claims.iter().any(|claim| claim.share().is_some());
    let grouped = sides(reading).and_then(|(subject, _)| row(reading, subject));
    numbered || grouped.is_some() || !reading.is_about_poll()
}

/// The group that is spoken of, and the one that it is compared with, if that is named.
fn sides<'m>(reading: &'m Reading<'_>) -> Option<(&'m Mention, Option<&'m Mention>)> {
    let leads = |mention: &&Mention| {
        let before = mention.tokens.start.saturating_sub(6)..mention.tokens.start;
        let words = reading.draft.tokens.get(before).unwrap_or_default();
        words.iter().any(|t| t.is_in(&["than", "with", "to", "against"]))
    };
    let reference = reading.mentions.iter().find(leads);
    let subject = reading
        .mentions
        .iter()
        .find(|mention| reference.is_none_or(|other| other.tokens != mention.tokens))?;
    let second = reading.mentions.iter().find(|m| m.tokens != subject.tokens);
    Some((subject, reference.or(second)))
}

fn groups(reading: &Reading<'_>, cue: &Cue, more: bool) -> Option<Finding> {
    let (subject, reference) = sides(reading)?;
    let Some(row) = row(reading, subject) else { return reference.map(|_| bare(reading, cue)) };
    let figure = |mention: &Mention| {
        reading.release.of_block(row.block).find(|f| {
            let named = f.group.is_some_and(|group| mention.groups.contains(&group));
            named && f.answer == row.answer
        })
    };
    let own = figure(subject)?;
    let other = reference.and_then(figure);
    let because = refusal(reading, own, other, more)?;
    let said = reading.draft.words(&cue.tokens);
    Some(
        (reading.draft)
            .finding(&COMPARISON, &cue.tokens, format!("\"{said}\" is not borne out by a test"))
            .because(because)
            .help("give both figures side by side, without the comparison"),
    )
}

/// Two groups are compared, and nothing says in what.
fn bare(reading: &Reading<'_>, cue: &Cue) -> Finding {
    let said = reading.draft.words(&cue.tokens);
    (reading.draft)
        .finding(&COMPARISON, &cue.tokens, format!("\"{said}\" compares no figures"))
        .because("the sentence names two groups, but no answer and no figure")
        .help("give both figures, in the words of the question")
}

/// The row that is compared: that of a number of the group, or of the answer that is named.
fn row<'a>(reading: &Reading<'a>, subject: &Mention) -> Option<&'a Figure> {
    let shares = || reading.claims.iter().filter_map(Claim::share);
    let own = shares().find(|f| f.group.is_some_and(|group| subject.groups.contains(&group)));
    own.or_else(|| shares().next()).or_else(|| row_of(reading, std::slice::from_ref(subject)))
}

/// Why the comparison does not hold; none if it does.
fn refusal(
    reading: &Reading<'_>,
    own: &Figure,
    other: Option<&Figure>,
    more: bool,
) -> Option<String> {
    let up = (Verdict::Higher, Verdict::Lower);
    let (wanted, opposite) = if more { up } else { (up.1, up.0) };
    let told = reading.release.told(own);
    let against = match own.compared_with.as_deref() {
        None | Some("rest") => "the rest",
        Some(other) => other,
    };
    match own.verdict {
        None => return Some(format!("{told} was not tested against any other group")),
        Some(Verdict::Neither) => {
            return Some(format!("{told}: no difference from {against} was found"));
        }
        Some(verdict) if verdict != wanted => {
            return Some(format!("{told}: the test against {against} says the opposite"));
        }
        Some(_) => {}
    }
    let other = other.filter(|other| other.group != own.group)?;
    let two = groups_of_banner(reading, own) == 2;
    let apart = two || other.verdict == Some(opposite);
    (!apart).then(|| {
        let other = reading.release.told(other);
        format!("{told} was tested against {against}, not against {other}")
    })
}

fn groups_of_banner(reading: &Reading<'_>, figure: &Figure) -> usize {
    let groups = &reading.release.groups;
    let banner = figure.group.and_then(|group| groups.get(group)).map(|g| &g.banner);
    groups.iter().filter(|group| Some(&group.banner) == banner).count()
}

/// Two answers of one question, by their figures: Var(p₁ − p₂) = (p₁ + p₂ − (p₁ − p₂)²)/n
/// for shares of the same people, n being the effective base.
fn answers(reading: &Reading<'_>, cue: &Cue, more: bool) -> Option<Finding> {
    let mut shares = reading.claims.iter().filter_map(Claim::share);
    let (first, second) = (shares.next()?, shares.next()?);
    if first.block != second.block || first.answer == second.answer {
        return None;
    }
    let (one, other) = (first.value? / 100.0, second.value? / 100.0);
    let times = if cue.bearing == Bearing::Halve { other / one } else { one / other };
    let twice = matches!(cue.bearing, Bearing::Double | Bearing::Halve);
    if twice && !(1.9..=2.1).contains(&times) {
        return Some(unlike(reading, cue, first, second));
    }
    let size = first.effective.or(first.base).filter(|size| *size > 1.0)?;
    let difference = one - other;
    let error = ((one + other - difference * difference) / size).sqrt();
    let apart = if more { difference } else { -difference };
    (apart < 1.96 * error).then(|| unlike(reading, cue, first, second))
}

fn unlike(reading: &Reading<'_>, cue: &Cue, first: &Figure, second: &Figure) -> Finding {
    let release = reading.release;
    let said = reading.draft.words(&cue.tokens);
    (reading.draft)
        .finding(
            &COMPARISON,
            &cue.tokens,
            format!("\"{said}\" is not borne out by the figures"),
        )
        .because(format!("{}, {}", release.told(first), release.told(second)))
        .help("give both figures side by side, without the comparison")
}
