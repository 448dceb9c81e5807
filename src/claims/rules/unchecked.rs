//! L020: a claim in words whose row the sentence does not tell, and the row where it does.

use super::answer::turned;
use crate::claims::codes::UNCHECKED;
use crate::claims::matching::covered;
use crate::claims::reading::{Mention, NEAR, Reading};
use crate::claims::release::{Figure, Statistic};
use crate::diagnostic::Finding;
use crate::prose::Cue;

/// Answers that are meant where a sentence repeats the question, and the opposite ones.
const MEANT: [(&str, &str); 2] = [("yes", "no"), ("all agree", "all disagree")];

/// The one row that a sentence without numbers is about, of the groups that are named: that
/// of the answer with the most words in it, or else "yes" to the question.
pub(super) fn row_of<'a>(reading: &Reading<'a>, groups: &[Mention]) -> Option<&'a Figure> {
    let block = one_question(reading)?;
    let named = |f: &&Figure| match f.group {
        None => groups.is_empty() && f.wave.is_none(),
        Some(group) => groups.iter().any(|mention| mention.groups.contains(&group)),
    };
    let rows = || reading.release.of_block(block).filter(named).filter(|f| f.is_share());
    let most = rows().map(|f| reading.named(f)).max()?;
    if most == 0 {
        return meant(reading, &rows().collect::<Vec<_>>());
    }
    // "Unmanageable" is the net of that name before "Unmanageable all of the time".
    let best = || rows().filter(|f| reading.named(f) == most);
    let whole = best().map(|f| covered(reading, f)).fold(0.0, f64::max);
    let best: Vec<_> = best().filter(|f| covered(reading, f) >= whole - 1e-9).collect();
    let longest = best.iter().map(|f| f.words.len()).max()?;
    let one = |rows: Vec<&'a Figure>| {
        let first = *rows.first()?;
        rows.iter().all(|f| f.answer == first.answer).then_some(first)
    };
    // "Unmanageable most or all of the time" names two answers, and means their net.
    let long = best.iter().copied().filter(|f| f.words.len() == longest).collect();
    let nets = best.iter().copied().filter(|f| f.statistic == Statistic::Net).collect();
    one(long).or_else(|| one(nets))
}

/// The question that a sentence leads to more than to any other.
fn one_question(reading: &Reading<'_>) -> Option<usize> {
    let asked = |block: usize| reading.release.blocks.get(block).is_some_and(|b| !b.own);
    let (first, score) = reading.alone.best(asked).filter(|(_, score)| *score >= NEAR)?;
    let second = reading.alone.best(|block| asked(block) && block != first);
    second.is_none_or(|(_, other)| other < score - 1e-9).then_some(first)
}

/// "Yes" or "All agree", or the opposite in a sentence that is turned round.
fn meant<'a>(reading: &Reading<'a>, rows: &[&'a Figure]) -> Option<&'a Figure> {
    let labelled = |label: &str| rows.iter().copied().find(|f| f.label.to_lowercase() == label);
    MEANT.iter().find_map(|(yes, no)| {
        let figure = labelled(yes)?;
        if turned(reading, figure) { labelled(no) } else { Some(figure) }
    })
}

/// A sentence that nobody has checked.
pub(super) fn finding(reading: &Reading<'_>, cue: &Cue) -> Finding {
    let said = reading.draft.words(&cue.tokens);
    (reading.draft)
        .finding(&UNCHECKED, &cue.tokens, format!("\"{said}\" was not checked"))
        .because(format!(
            "the sentence does not tell which figure it is of: {}",
            reading.draft.words(&reading.sentence.tokens)
        ))
        .help("give the figures in the sentence, in the words of the question and the answer")
}
