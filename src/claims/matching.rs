//! Which figure a number is: those that bear it are ranked by the words that they share
//! with the sentence.
//!
//! Of the figures of a poll nearly every whole number is some percentage, so that a value
//! alone proves nothing: the sentence has to lead to the figure too, and not much more to
//! another question.

use super::bears::{bears, distance};
use super::reading::{NEAR, Reading};
use super::release::{Figure, Relevance};
use crate::prose::{Amount, Hedge, Number};

/// What was found for a number.
#[derive(Clone, Copy)]
pub(super) enum Found<'a> {
    /// A figure bears it.
    Figure(&'a Figure),
    /// The sentence is about this block, none of whose figures bears it.
    NotIn(usize),
    /// Some figure has the value, but the sentence does not lead to it.
    Unclear,
    /// No figure of all has the value.
    Nowhere,
}

/// A figure that bears a number has to have this part of what the best question has in
/// common with the sentence.
const PART: f64 = 0.5;
/// From here on a sentence's own words prove that its numbers are of a question.
const SURE: f64 = 0.5;
/// The same part where the number is "more than" something, which many figures are.
const PART_OPEN: f64 = 0.8;
/// What a label adds that stands in the sentence whole: of two answers of one question
/// with the same value it tells which is meant.
const LABEL: f64 = 0.05;
/// What a group beside the number adds.
const BESIDE: f64 = 0.3;

/// The figure of a number.
pub(super) fn find<'a>(reading: &Reading<'a>, number: &Number) -> Found<'a> {
    let release = reading.release;
    let own = names_own(reading, number);
    let relevance = if own { &reading.alone } else { &reading.relevance };
    let possible = |figure: &&Figure| {
        is_possible(reading, figure, own)
            && reading.is_of_time(figure, number)
            && bears(figure, number)
    };
    let bearing: Vec<&Figure> = release.figures.iter().filter(possible).collect();
    let topic = relevance
        .best(|block| has_kind(reading, block, number))
        .filter(|(_, score)| *score >= NEAR);
    let of_topic = topic.map_or(0.0, |(_, score)| score);
    let open =
        matches!(number.hedge, Hedge::Over | Hedge::Under | Hedge::AtLeast | Hedge::AtMost);
    let part = if open { PART_OPEN } else { PART };
    // The answers of one question are told apart by their values; questions by words.
    let enough = |figure: &Figure| {
        let same = topic.is_some_and(|(block, _)| block == figure.block);
        same || relevance.block(figure.block) >= part * of_topic
    };
    let scored =
        bearing.iter().map(|figure| (*figure, score(reading, relevance, figure, number)));
    let best = scored.filter(|(figure, score)| *score >= NEAR && enough(figure)).rev_best();
    match (best, topic) {
        (Some((figure, _)), _) => Found::Figure(figure),
        // Words of the sentence before do not prove that the number is of its question.
        (None, Some((block, _))) if reading.alone.block(block) >= SURE => Found::NotIn(block),
        (None, Some((block, _))) if bearing.is_empty() => Found::NotIn(block),
        (None, _) if bearing.is_empty() => Found::Nowhere,
        (None, _) => Found::Unclear,
    }
}

/// The best of an iterator of scored figures, the first where several are best.
trait Best<'a> {
    fn rev_best(self) -> Option<(&'a Figure, f64)>;
}

impl<'a, I: Iterator<Item = (&'a Figure, f64)>> Best<'a> for I {
    fn rev_best(self) -> Option<(&'a Figure, f64)> {
        self.fold(None, |best: Option<(&Figure, f64)>, (figure, score)| match best {
            Some((_, most)) if score <= most => best,
            _ => Some((figure, score)),
        })
    }
}

/// Whether a sentence names its own question: then no other is looked for in the sentence
/// before it.
fn names_own(reading: &Reading<'_>, number: &Number) -> bool {
    let own = reading.alone.best(|block| has_kind(reading, block, number));
    own.is_some_and(|(_, score)| score >= SURE)
}

/// Figures of everybody, and of the groups that are named; in the sentence before only if
/// this one goes on from it. The items of a list do so from the line above it.
fn is_possible(reading: &Reading<'_>, figure: &Figure, own: bool) -> bool {
    let Some(group) = figure.group else { return true };
    let earlier = || reading.earlier.iter().any(|mention| mention.groups.contains(&group));
    let goes_on = !own || reading.sentence.listed;
    reading.names(group) || (goes_on && reading.mentions.is_empty() && earlier())
}

fn score(
    reading: &Reading<'_>,
    relevance: &Relevance,
    figure: &Figure,
    number: &Number,
) -> f64 {
    let words = relevance.of(figure);
    let beside = figure.group.is_some_and(|group| is_beside(reading, group, number));
    // Of several that are "more than" a number, the nearest is meant.
    let far = distance(figure, number).unwrap_or(0.0).min(100.0) / 10_000.0;
    // Its own words go before those of the sentences before it.
    let own = f64::from(u8::from(reading.alone.of(figure) >= NEAR));
    words + own - far
        + LABEL * covered(reading, figure)
        + if beside && words > 0.0 { BESIDE } else { 0.0 }
}

/// How much of a figure's label stands in the sentence.
pub(super) fn covered(reading: &Reading<'_>, figure: &Figure) -> f64 {
    let said = |word: &&String| reading.tokens().iter().any(|token| token.stem == **word);
    let found = figure.words.iter().filter(said).count();
    found as f64 / figure.words.len().max(1) as f64
}

/// Whether a group is named next to a number, with no other number between.
pub(super) fn is_beside(reading: &Reading<'_>, group: usize, number: &Number) -> bool {
    let numbers = reading.draft.numbers_of(reading.sentence);
    reading.mentions.iter().filter(|mention| mention.groups.contains(&group)).any(|mention| {
        let between = |n: &&Number| {
            let at = n.tokens.start;
            let (low, high) = (
                mention.tokens.start.min(number.tokens.start),
                mention.tokens.start.max(number.tokens.start),
            );
            at > low && at < high
        };
        let own = reading.sentence.tokens.contains(&mention.tokens.start);
        !own || !numbers.iter().any(|n| between(&n))
    })
}

/// Whether a block has figures of the kind of a number: an hour is not looked for among
/// percentages.
fn has_kind(reading: &Reading<'_>, block: usize, number: &Number) -> bool {
    let mut figures = reading.release.of_block(block);
    match number.amount {
        Amount::Plain(_) => false,
        Amount::Points(_) => true,
        _ => figures.any(Figure::is_share),
    }
}

/// The figures that a number could have meant, nearest first: those whose answer the
/// sentence names, then those of like value.
pub(super) fn nearest<'a>(
    reading: &Reading<'a>,
    block: Option<usize>,
    number: &Number,
) -> Vec<&'a Figure> {
    let figures: Vec<&Figure> = match block {
        Some(block) => reading.meant(block),
        None => reading.release.figures.iter().filter(|f| f.is_of_all()).collect(),
    };
    let known = figures.into_iter().filter_map(|f| Some((f, distance(f, number)?)));
    let mut known: Vec<(&Figure, f64)> = known.collect();
    known.sort_by(|a, b| {
        let (first, second) = (reading.named(a.0), reading.named(b.0));
        second.cmp(&first).then(a.1.total_cmp(&b.1))
    });
    known.into_iter().take(3).map(|(figure, _)| figure).collect()
}
