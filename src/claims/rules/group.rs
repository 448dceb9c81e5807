//! L006, L003: a number beside a group has to be of that group.

use crate::claims::codes::{HIDDEN, WRONG_PLACE};
use crate::claims::matching::is_beside;
use crate::claims::reading::{Claim, Mention, Reading};
use crate::claims::release::{Figure, Status};
use crate::diagnostic::Finding;

/// Checks every group that a sentence names beside a number.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for mention in &reading.mentions {
        let beside = |claim: &&Claim<'_>| {
            mention.groups.iter().any(|group| is_beside(reading, *group, claim.number))
        };
        let claims: Vec<&Claim<'_>> =
            reading.claims.iter().filter(|c| c.share().is_some()).filter(beside).collect();
        let bound = claims.iter().find(|claim| is_bound(reading, mention, claim));
        let fits = claims.iter().any(|claim| is_of(reading, mention, claim));
        if let (Some(claim), false) = (bound, fits) {
            findings.extend(wrong(reading, mention, claim));
        }
    }
}

/// Whether a number is said to be of a group: "62% of primary teachers", "in London, 62%".
fn is_bound(reading: &Reading<'_>, mention: &Mention, claim: &Claim<'_>) -> bool {
    let inside = !reading.sentence.tokens.contains(&mention.tokens.start);
    let of = reading
        .people(claim.number)
        .is_some_and(|people| people.contains(&mention.tokens.start));
    let lead = |back: usize| {
        let before = mention.tokens.start.checked_sub(back).and_then(|at| reading.token(at));
        before.is_some_and(|t| t.is_in(&["in", "among", "amongst", "for"]))
    };
    let near = mention.tokens.start.abs_diff(claim.number.tokens.start) <= 10;
    inside || of || (near && (lead(1) || lead(2)))
}

/// Whether a number's figure is of the group, of another group of its banner with which it
/// is compared, or about the group itself: "74% were women".
fn is_of(reading: &Reading<'_>, mention: &Mention, claim: &Claim<'_>) -> bool {
    let Some(figure) = claim.share() else { return false };
    let release = reading.release;
    let banner = |group: usize| release.groups.get(group).map(|g| g.banner.as_str());
    let same = figure.group.is_some_and(|own| {
        mention.groups.iter().any(|group| own == *group || banner(own) == banner(*group))
    });
    let question = release.blocks.get(figure.block).map(|block| block.question.as_str());
    let about = mention.groups.iter().any(|group| banner(*group) == question);
    let words = reading.draft.tokens.get(mention.tokens.clone()).unwrap_or_default();
    let content = words.iter().any(|t| {
        release.index.is_answer(figure, &t.stem)
            || release.index.is_topic(figure.block, &t.stem)
    });
    same || about || content
}

fn wrong(reading: &Reading<'_>, mention: &Mention, claim: &Claim<'_>) -> Option<Finding> {
    let figure = claim.share()?;
    let release = reading.release;
    let own = release.of_block(figure.block).find(|other| {
        let named = other.group.is_some_and(|group| mention.groups.contains(&group));
        named && other.answer == figure.answer
    });
    let said = reading.draft.words(&claim.number.tokens);
    let group = reading.draft.words(&mention.tokens);
    match own {
        Some(own) if own.status == Status::Hidden => Some(hidden(reading, claim, own)),
        _ => {
            let of_group = own.map_or_else(
                || "the results have no such group for this question".to_owned(),
                |own| release.told(own),
            );
            let finding = reading.draft.finding(
                &WRONG_PLACE,
                &claim.number.tokens,
                format!("{said} is the figure of all, not of \"{group}\""),
            );
            Some(
                finding
                    .because(format!("{}; {of_group}", release.told(figure)))
                    .help("take the figure of the group, or leave the group out"),
            )
        }
    }
}

fn hidden(reading: &Reading<'_>, claim: &Claim<'_>, own: &Figure) -> Finding {
    let name = reading.release.name(own);
    (reading.draft)
        .finding(&HIDDEN, &claim.number.tokens, "a number stands for a figure that is hidden")
        .because(format!("`{name}` is marked `{}`", own.mark))
        .help("leave the group out, or take the figure of all")
}
