//! The reference section on comparisons between waves: what was compared, how, which
//! questions could not be and why.

use super::super::document::{Fact, Part, Section, SectionKind, Text, plain};
use super::super::print;
use super::grid::without_trend;
use super::reasons;
use crate::disclose::{Released, Trend, Wave};
use crate::poll::{Poll, Sampling};
use crate::words::{Words, fill};

/// The section; none if no question has an earlier wave.
pub(in super::super) fn section(
    poll: &Poll,
    released: &Released,
    words: &Words,
) -> Option<Section> {
    let compared: Vec<&Trend> =
        released.trends().iter().filter(|t| t.heading.before().is_some()).collect();
    if compared.is_empty() {
        return None;
    }
    let facts = [
        waves(&compared, words),
        fact(words.waves_how, how(poll, &compared, words)),
        broken(&compared, words),
        alone(released, words),
    ];
    Some(Section {
        id: "waves".to_owned(),
        kind: SectionKind::Reference,
        title: words.waves.to_owned(),
        parts: vec![Part::Facts(facts.into_iter().flatten().collect())],
    })
}

fn fact(term: &str, details: Vec<Text>) -> Option<Fact> {
    (!details.is_empty()).then(|| Fact { term: plain(term), details })
}

/// Every wave with its days and its respondents, newest first.
fn waves(trends: &[&Trend], words: &Words) -> Option<Fact> {
    let mut all: Vec<&Wave> = Vec::new();
    for wave in trends.iter().flat_map(|trend| trend.heading.waves.iter().rev()) {
        if !all.contains(&wave) {
            all.push(wave);
        }
    }
    all.sort_by_key(|wave| std::cmp::Reverse(wave.fieldwork));
    let told = |wave: &&Wave| {
        let n = words.count(wave.respondents);
        let mut text = plain(fill(words.waves_wave, &[("wave", &wave.label), ("n", &n)]));
        if let Some((first, last)) = wave.fieldwork {
            text.extend(plain(", "));
            text.extend(print::dates(first, last, words));
        }
        if wave.published {
            text.extend(plain(words.waves_as_published));
        }
        text
    };
    fact(words.waves_compared, all.iter().map(told).collect())
}

fn how(poll: &Poll, trends: &[&Trend], words: &Words) -> Vec<Text> {
    let [alpha, _] = poll.tables.test.alpha;
    let alpha = format!("{}", 100.0 * alpha);
    let before = || trends.iter().filter_map(|trend| trend.heading.before());
    let tested = before().any(|wave| !wave.published);
    let linked = before().any(|wave| wave.linked_by.is_some());
    let separate = before().any(|wave| wave.linked_by.is_none() && !wave.published);
    let chosen = poll.sampling == Sampling::Nonprobability
        || before().any(|wave| wave.sampling == Sampling::Nonprobability);
    let sentences = [
        Some(words.waves_unrounded.to_owned()),
        tested.then(|| fill(words.waves_test, &[("alpha", &alpha)])),
        (tested && separate).then(|| words.waves_separate.to_owned()),
        linked.then(|| words.waves_linked.to_owned()),
        (tested && chosen).then(|| words.waves_nonprobability.to_owned()),
    ];
    sentences.into_iter().flatten().map(plain).collect()
}

/// Questions that changed since the wave before, each with the reasons.
fn broken(trends: &[&Trend], words: &Words) -> Option<Fact> {
    let told = |trend: &&Trend| {
        let heading = &trend.heading;
        let last = heading.waves.len().saturating_sub(1);
        let reasons = reasons(heading, last, words);
        let title = heading.question.title.as_str();
        let values = [("title", title), ("reasons", &reasons.join("; "))];
        (!reasons.is_empty()).then(|| plain(fill(words.waves_broken_each, &values)))
    };
    fact(words.waves_broken, trends.iter().filter_map(told).collect())
}

/// Questions that only this wave asked.
fn alone(released: &Released, words: &Words) -> Option<Fact> {
    let titles = without_trend(released.tables(), released.trends());
    fact(words.waves_alone, titles.into_iter().map(plain).collect())
}
