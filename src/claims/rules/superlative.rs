//! L011: "the most common", "highest in London", "the smallest share".

use crate::claims::codes::SUPERLATIVE;
use crate::claims::reading::{Claim, Reading};
use crate::claims::release::{Figure, Statistic};
use crate::diagnostic::Finding;
use crate::prose::{Bearing, Cue};

use super::softened;

/// How near the figure stands.
const NEAR: usize = 14;

/// Checks each such word that stands by a percentage.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for cue in reading.cues() {
        let most = match cue.bearing {
            Bearing::Highest => true,
            Bearing::Lowest => false,
            _ => continue,
        };
        let figure = reading.next_to(&cue.tokens, NEAR).and_then(Claim::share);
        let finding = figure.and_then(|figure| judge(reading, cue, figure, most));
        findings.extend(finding.map(|finding| softened(reading, cue.tokens.start, finding)));
    }
}

fn judge(reading: &Reading<'_>, cue: &Cue, figure: &Figure, most: bool) -> Option<Finding> {
    let value = figure.value?;
    let release = reading.release;
    let beyond =
        |other: &&Figure| other.value.is_some_and(|v| if most { v > value } else { v < value });
    // Highest of the answers of the question, of the items for this answer, or of the
    // groups of its banner: one of them is enough.
    let rivals: [Vec<&Figure>; 3] = [
        of_answers(reading, figure).filter(beyond).collect(),
        of_items(reading, figure).filter(beyond).collect(),
        of_groups(reading, figure).filter(beyond).collect(),
    ];
    let some = [
        of_answers(reading, figure).count() > 0,
        of_items(reading, figure).count() > 0,
        of_groups(reading, figure).count() > 0,
    ];
    if rivals.iter().zip(some).any(|(rivals, some)| some && rivals.is_empty()) {
        return None;
    }
    let rival = rivals.iter().flatten().max_by(|a, b| {
        let (a, b) = (a.value.unwrap_or(0.0), b.value.unwrap_or(0.0));
        if most { a.total_cmp(&b) } else { b.total_cmp(&a) }
    })?;
    let said = reading.draft.words(&cue.tokens);
    Some(
        (reading.draft)
            .finding(&SUPERLATIVE, &cue.tokens, format!("\"{said}\" is not borne out"))
            .because(format!("{}, but {}", release.told(figure), release.told(rival)))
            .help("name the one that it is true of"),
    )
}

fn of_answers<'a>(
    reading: &Reading<'a>,
    figure: &'a Figure,
) -> impl Iterator<Item = &'a Figure> {
    reading.release.of_block(figure.block).filter(move |other| {
        other.group == figure.group
            && other.wave == figure.wave
            && other.answer != figure.answer
            && other.statistic == Statistic::Share
    })
}

fn of_items<'a>(reading: &Reading<'a>, figure: &'a Figure) -> impl Iterator<Item = &'a Figure> {
    let release = reading.release;
    let question = release.blocks.get(figure.block).map(|block| block.question.as_str());
    release.figures.iter().filter(move |other| {
        let same = release.blocks.get(other.block).map(|block| block.question.as_str());
        other.group == figure.group
            && other.wave == figure.wave
            && other.block != figure.block
            && same == question
            && other.label == figure.label
    })
}

fn of_groups<'a>(
    reading: &Reading<'a>,
    figure: &'a Figure,
) -> impl Iterator<Item = &'a Figure> {
    let groups = &reading.release.groups;
    let banner = |group: Option<usize>| group.and_then(|g| groups.get(g)).map(|g| &g.banner);
    let own = banner(figure.group);
    reading.release.of_block(figure.block).filter(move |other| {
        own.is_some()
            && other.group != figure.group
            && banner(other.group) == own
            && other.answer == figure.answer
    })
}
