//! The words of a profile: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure or stands in a released note.

use super::super::describe::{LABEL, is_hidden};
use super::super::frame::Frame;
use super::super::text::{clean, shorten};
use super::super::words::{description, quoted, shorthand, source, stamps};
use super::super::{LIMIT, Setting};
use super::NAME;
use super::read::{Row, Shown};
use crate::disclose::{Answered, Released};
use crate::words::{Words, fill};

/// What the population is called: those on the list, or what weighting aims at.
pub(super) fn population(answered: &Answered, words: &Words) -> &'static str {
    if answered.framed { words.who_members } else { words.who_target }
}

/// The words around the chart.
pub(super) fn frame(
    released: &Released,
    answered: &Answered,
    setting: &Setting<'_>,
    shown: &Shown,
) -> Frame {
    let words = setting.poll.words;
    let codes = shown.readings().map(|reading| reading.code).filter(|code| !code.is_empty());
    let framed = answered.framed;
    let subtitle = if framed { words.chart_profile_framed } else { words.chart_profile_aimed };
    let many = (shown.groups > LIMIT)
        .then(|| fill(words.chart_profile_limit, &[("n", &LIMIT.to_string())]));
    let mut notes = vec![replied(released, answered, words)];
    notes.extend(many.into_iter().chain(sources(answered, words)));
    notes.extend(weights(released, words));
    notes.push(shorthand(&codes.collect(), words));
    notes.retain(|note| !note.is_empty());
    Frame {
        title: setting.title(NAME, words.who),
        subtitle: subtitle.to_owned(),
        marks: stamps(setting.poll),
        question: String::new(),
        notes,
        source: source(setting.poll),
    }
}

/// How many replied, of how many who were invited.
fn replied(released: &Released, answered: &Answered, words: &Words) -> String {
    let n = words.count(released.respondents());
    let invited = answered.invited.map(|invited| words.count(invited));
    let sentence = invited.as_ref().map_or(words.chart_replied, |_| words.chart_replied_of);
    fill(sentence, &[("n", &n), ("invited", &invited.unwrap_or_default())])
}

/// Where the figures on the population come from, each source once.
fn sources(answered: &Answered, words: &Words) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for source in answered.variables.iter().filter_map(|v| v.source.as_deref()) {
        let source = quoted(source);
        let values = [("name", population(answered, words)), ("source", source.as_str())];
        let sentence = fill(words.chart_population, &values);
        if !known.contains(&sentence) {
            known.push(sentence);
        }
    }
    known
}

/// What the weights are like, as the method section says it: their range, the effective
/// sample, whether some were cut.
fn weights(released: &Released, words: &Words) -> Option<String> {
    let cut = words.weighting_trim.split('{').next().unwrap_or_default();
    let of = |topic: &str, text: &str| topic == words.note_weights || text.starts_with(cut);
    let notes = released.notes().iter().filter(|note| of(note.topic, &note.text));
    let said: Vec<String> = notes.map(|note| clean(&note.text)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// The profile in words: the group that is furthest from its share before weighting, and
/// the one that is afterwards.
pub(super) fn describe(shown: &Shown, words: &Words) -> String {
    let hidden = shown.readings().filter(|reading| is_hidden(reading)).count();
    let titles: Vec<String> = shown.blocks.iter().map(|b| shorten(&b.title, LABEL)).collect();
    let (n, variables) = (shown.rows().count().to_string(), words.list(&titles));
    let shown_by = fill(words.told_groups_by, &[("n", &n), ("variables", &variables)]);
    let before = apart(shown, 1, [words.told_before, words.told_before_none]);
    let after = apart(shown, 2, [words.told_after, words.told_after_none]);
    let said = [Some(shown_by), before, after].into_iter().flatten().collect();
    description(said, hidden, words)
}

/// The group whose share is furthest from that of the population, in the first sentence; the
/// second if none is.
fn apart(shown: &Shown, nth: usize, [some, none]: [&str; 2]) -> Option<String> {
    let far = |row: &Row| {
        let [list, ..] = &row.shares;
        Some((list.value? - row.shares.get(nth)?.value?).abs())
    };
    let rows = shown.rows().filter_map(|row| Some((row, far(row)?)));
    // Of equals the first.
    let (row, far) = rows.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let ([list, ..], [head, ..]) = (&row.shares, shown.heads);
    let (group, name) = (shorten(&row.label, LABEL), head.to_lowercase());
    let (share, other) = (list.text.as_str(), row.shares.get(nth)?.text.as_str());
    let values = [("group", &*group), ("name", &*name), ("share", share), ("other", other)];
    Some(if far > 0.0 { fill(some, &values) } else { none.to_owned() })
}
