//! L006: a number of the opposite answer, or of another answer than the one that is named.

use std::ops::Range;

use crate::claims::codes::WRONG_PLACE;
use crate::claims::reading::{Claim, NEAR, Reading};
use crate::claims::release::Figure;
use crate::diagnostic::Finding;
use crate::prose::{Kind, stem};

/// Words that turn a sentence round.
const NOT: [&str; 34] = [
    "less",
    "fewer",
    "few",
    "unhappy",
    "dissatisfied",
    "critical",
    "worse",
    "bad",
    "poor",
    "no",
    "not",
    "never",
    "nor",
    "neither",
    "none",
    "nobody",
    "cannot",
    "against",
    "reject",
    "rejected",
    "rejects",
    "oppose",
    "opposed",
    "deny",
    "denied",
    "doubt",
    "doubted",
    "fail",
    "failed",
    "without",
    "hardly",
    "too",
    "wrong",
    "\u{2018}no\u{2019}",
];

/// Beginnings that turn a word round: `inadequate`, `unfair`.
const TURNS: [&str; 5] = ["un", "in", "im", "dis", "non"];

/// Checks the answer of every percentage.
pub(super) fn check(reading: &Reading<'_>, findings: &mut Vec<Finding>) {
    for claim in &reading.claims {
        let Some(figure) = claim.share() else { continue };
        // A figure that only the sentence before leads to is not held against the words.
        if reading.alone.of(figure) < NEAR {
            continue;
        }
        let finding = opposite(reading, claim, figure)
            .or_else(|| other(reading, claim, figure))
            .or_else(|| mirror(reading, claim, figure));
        findings.extend(finding);
    }
}

/// Which side a label takes: no for `No` and `All disagree`.
fn side(label: &str) -> Option<bool> {
    let lower = label.to_lowercase();
    let negative = lower == "no" || lower.contains("disagree");
    let neither = lower.contains("neither") || lower.contains(" nor ");
    let positive = lower == "yes" || lower.contains("agree");
    match (neither, negative, positive) {
        (true, _, _) => None,
        (_, true, _) => Some(false),
        (_, _, true) => Some(true),
        _ => None,
    }
}

/// "94% said it was adequate", where 94% is of "No".
fn opposite(reading: &Reading<'_>, claim: &Claim<'_>, figure: &Figure) -> Option<Finding> {
    let side = side(&figure.label)?;
    let window = if side { clause(reading, claim) } else { reading.sentence.tokens.clone() };
    let beside = reading.sentence.beside.iter().cloned();
    let turned = std::iter::once(window).chain(beside).any(|r| turns(reading, figure, &r));
    let wrong = if side { turned && !reading.sentence.cell } else { !turned };
    wrong.then(|| {
        let release = reading.release;
        let counterpart = counterpart(reading, figure, !side);
        let more = counterpart.map_or_else(String::new, |f| format!("; {}", release.told(f)));
        let headline =
            format!("the figure is of \"{}\", which the sentence does not say", figure.label);
        (reading.draft)
            .finding(&WRONG_PLACE, &claim.number.tokens, headline)
            .because(format!("{}{more}", release.told(figure)))
            .help("take the figure of the other answer, or say this answer in its own words")
    })
}

fn counterpart<'a>(reading: &Reading<'a>, figure: &Figure, wanted: bool) -> Option<&'a Figure> {
    let mut others = reading.release.of_block(figure.block);
    others.find(|other| {
        other.group == figure.group
            && other.statistic == figure.statistic
            && side(&other.label) == Some(wanted)
    })
}

/// From a number to the end of its clause.
fn clause(reading: &Reading<'_>, claim: &Claim<'_>) -> Range<usize> {
    let start = claim.number.tokens.end;
    let next = reading.claims.iter().map(|other| other.number.tokens.start);
    let until = next.filter(|at| *at > start).fold(reading.sentence.tokens.end, usize::min);
    let ends = [",", ";", ":", "(", "\u{2013}", "\u{2014}", "and", "but", "while", "with", "."];
    let tokens = reading.draft.tokens.get(start..until).unwrap_or_default();
    let length = tokens.iter().position(|t| t.is_in(&ends)).unwrap_or(tokens.len());
    start..start + length
}

/// Whether the whole sentence says the opposite of the question.
pub(super) fn turned(reading: &Reading<'_>, figure: &Figure) -> bool {
    // "Less likely to agree" turns the comparison, not the answer.
    let mut start = reading.sentence.tokens.start;
    let mut parts = Vec::new();
    for cue in reading.cues() {
        parts.push(start..cue.tokens.start);
        start = cue.tokens.end;
    }
    parts.push(start..reading.sentence.tokens.end);
    parts.iter().any(|part| turns(reading, figure, part))
}

/// Whether words turn the sense round.
fn turns(reading: &Reading<'_>, figure: &Figure, range: &Range<usize>) -> bool {
    let index = &reading.release.index;
    let tokens = reading.draft.tokens.get(range.clone()).unwrap_or_default();
    let words = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word);
    words.into_iter().any(|(at, token)| {
        let word = token.lower.as_str();
        // "no more likely than" turns the comparison, not the answer.
        let next = tokens.get(at + 1);
        if next.is_some_and(|t| t.is_in(&["more", "less", "fewer", "longer"])) {
            return false;
        }
        let prefixed = TURNS.iter().any(|turn| {
            let rest = word.strip_prefix(turn).map(stem);
            rest.is_some_and(|rest| index.is_topic(figure.block, &rest))
                && !index.is_topic(figure.block, &token.stem)
        });
        let listed = NOT.contains(&word) && !index.is_topic(figure.block, &token.stem);
        listed || prefixed || word.ends_with("n't") || word.starts_with("disagree")
    })
}

/// "41% called it only just manageable", where 41% is of another answer of the question.
fn other(reading: &Reading<'_>, claim: &Claim<'_>, figure: &Figure) -> Option<Finding> {
    if reading.named(figure) > 0 {
        return None;
    }
    let around = around(reading, claim);
    let taken: Vec<usize> =
        reading.claims.iter().filter_map(Claim::figure).map(|f| f.answer).collect();
    let mut named = reading.release.of_block(figure.block).filter(|other| {
        other.group == figure.group
            && !taken.contains(&other.answer)
            && is_named(reading, other, &around)
    });
    let other = named.next().filter(|other| other.value != figure.value)?;
    Some(mistaken(reading, claim, figure, other))
}

/// "41% called it manageable", where 41% is of "Unmanageable".
fn mirror(reading: &Reading<'_>, claim: &Claim<'_>, figure: &Figure) -> Option<Finding> {
    let around = around(reading, claim);
    let tokens = reading.draft.tokens.get(around.clone()).unwrap_or_default();
    let said = |label: &str| tokens.iter().any(|token| token.lower == label.to_lowercase());
    if said(&figure.label) || turns(reading, figure, &around) {
        return None;
    }
    let other = reading.release.of_block(figure.block).find(|other| {
        other.group == figure.group
            && other.value != figure.value
            && is_mirrored(&figure.label, &other.label)
            && said(&other.label)
    })?;
    Some(mistaken(reading, claim, figure, other))
}

/// Whether one label is the other turned round: `Unmanageable` and `Manageable`.
fn is_mirrored(label: &str, other: &str) -> bool {
    let (label, other) = (label.to_lowercase(), other.to_lowercase());
    let turned = |whole: &str, part: &str| {
        TURNS.iter().any(|turn| whole.strip_prefix(turn).is_some_and(|rest| rest == part))
    };
    turned(&label, &other) || turned(&other, &label)
}

fn mistaken(
    reading: &Reading<'_>,
    claim: &Claim<'_>,
    figure: &Figure,
    other: &Figure,
) -> Finding {
    let release = reading.release;
    let headline = format!("the figure is of \"{}\", not of \"{}\"", figure.label, other.label);
    (reading.draft)
        .finding(&WRONG_PLACE, &claim.number.tokens, headline)
        .because(format!("{}; {}", release.told(figure), release.told(other)))
        .help("take the figure of the answer that the sentence names")
}

/// From the number before to the number after, within the sentence.
fn around(reading: &Reading<'_>, claim: &Claim<'_>) -> Range<usize> {
    let own = &claim.number.tokens;
    let Range { start, end } = reading.sentence.tokens;
    let others = || reading.claims.iter().map(|other| &other.number.tokens);
    let first = others().map(|other| other.end).filter(|at| *at <= own.start);
    let last = others().map(|other| other.start).filter(|at| *at >= own.end);
    first.fold(start, usize::max)..last.fold(end, usize::min)
}

/// Whether some words have the whole label of an answer, or all its words that say
/// something and that the question does not have.
fn is_named(reading: &Reading<'_>, figure: &Figure, around: &Range<usize>) -> bool {
    let index = &reading.release.index;
    let label = crate::prose::tokens(&figure.label);
    let tokens = reading.draft.tokens.get(around.clone()).unwrap_or_default();
    let whole = label.len() > 1
        && tokens.windows(label.len()).any(|window| {
            window.iter().zip(&label).all(|(token, word)| token.stem == word.stem)
        });
    let own: Vec<&str> = label
        .iter()
        .filter(|t| index.is_only(figure, &t.stem) && !index.is_topic(figure.block, &t.stem))
        .map(|t| t.stem.as_str())
        .collect();
    let said = |stem: &&str| tokens.iter().any(|t| t.stem == **stem);
    whole || (!own.is_empty() && own.iter().all(said))
}
