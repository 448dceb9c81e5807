//! The words of a profile: heads, subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure or stands in a released note.

use super::super::describe::{LABEL, is_hidden};
use super::super::frame::Frame;
use super::super::text::{clean, grouped, list, shorten};
use super::super::words::{description, quoted, shorthand, source, stamps};
use super::super::{LIMIT, Setting};
use super::NAME;
use super::read::{Row, Shown};
use crate::disclose::{Answered, Released};

/// What the population is called: those on the list, or what weighting aims at.
pub(super) fn population(answered: &Answered) -> &'static str {
    if answered.framed { "List" } else { "Target" }
}

/// The heads of the three columns.
pub(super) fn heads(shown: &Shown) -> [&'static str; 3] {
    [shown.population, "Replied", "Weighted"]
}

/// The words around the chart.
pub(super) fn frame(
    released: &Released,
    answered: &Answered,
    setting: &Setting<'_>,
    shown: &Shown,
) -> Frame {
    let codes = shown.readings().map(|reading| reading.code).filter(|code| !code.is_empty());
    let aim = if answered.framed { "of everybody on the list" } else { "as weighting aims at" };
    let many = (shown.groups > LIMIT)
        .then(|| format!("The first {LIMIT} groups are drawn; the tables have all."));
    let mut notes = vec![replied(released, answered)];
    notes.extend(many.into_iter().chain(sources(answered)));
    notes.extend(weights(released));
    notes.push(shorthand(&codes.collect()));
    notes.retain(|note| !note.is_empty());
    Frame {
        title: setting.title(NAME, "Who answered"),
        subtitle: format!("% of those who replied, before and after weighting, and {aim}"),
        marks: stamps(setting.poll),
        question: String::new(),
        notes,
        source: source(setting.poll),
    }
}

/// How many replied, of how many who were invited.
fn replied(released: &Released, answered: &Answered) -> String {
    let count = |number: u64| grouped(&number.to_string());
    let invited = answered.invited.map(|invited| format!(" of {} invited", count(invited)));
    format!("{}{} replied.", count(released.respondents()), invited.unwrap_or_default())
}

/// Where the figures on the population come from, each source once.
fn sources(answered: &Answered) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for source in answered.variables.iter().filter_map(|v| v.source.as_deref()) {
        let sentence =
            format!("{}: {}.", population(answered), quoted(source).trim_end_matches('.'));
        if !known.contains(&sentence) {
            known.push(sentence);
        }
    }
    known
}

/// What the weights are like, as the method section says it: their range, the effective
/// sample, whether some were cut.
fn weights(released: &Released) -> Option<String> {
    let notes = released.notes().iter();
    let of = |topic: &str, text: &str| {
        topic == "Weights" || (topic == "Weighting" && text.starts_with("Extreme weights"))
    };
    let said: Vec<String> =
        notes.filter(|note| of(note.topic, &note.text)).map(|note| clean(&note.text)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The profile in words: the group that is furthest from its share before weighting, and
/// the one that is afterwards.
pub(super) fn describe(shown: &Shown) -> String {
    let hidden = shown.readings().filter(|reading| is_hidden(reading)).count();
    let titles: Vec<String> = shown.blocks.iter().map(|b| shorten(&b.title, LABEL)).collect();
    let mut said =
        vec![format!("{} groups shown, by {}.", shown.rows().count(), list(&titles))];
    let heads = heads(shown).map(str::to_lowercase);
    for (nth, when) in [(1, "Before weighting"), (2, "After weighting")] {
        let Some((row, far)) = furthest(shown, nth) else { continue };
        let [list, ..] = &row.shares;
        let (head, share) = (heads.get(nth), row.shares.get(nth));
        let (Some(head), Some(share)) = (head, share) else { continue };
        if far > 0.0 {
            let label = shorten(&row.label, LABEL);
            let ends = format!("{} {}, {head} {}", heads[0], list.text, share.text);
            said.push(format!("{when} furthest apart: {label}, {ends}."));
        } else {
            said.push(format!("{when} all groups have their share."));
        }
    }
    description(said, hidden)
}

/// The group whose share is furthest from that of the population, and how far it is.
fn furthest(shown: &Shown, nth: usize) -> Option<(&Row, f64)> {
    let far = |row: &Row| {
        let [list, ..] = &row.shares;
        Some((list.value? - row.shares.get(nth)?.value?).abs())
    };
    let rows = shown.rows().filter_map(|row| Some((row, far(row)?)));
    // Of equals the first.
    rows.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
