//! The words of a trend chart: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::Setting;
use super::super::frame::Frame;
use super::super::reading::{meaning, percent};
use super::super::text::{clean, shorten};
use super::super::words::{description, quoted, stamps, synthetic, together};
use super::lines::{LEAST, LINES, Line, Point, by_item, lines, shown};
use super::{UPRIGHTS, is_dated};
use crate::disclose::{Status, Trend, Verdict, Wave};
use crate::poll::Poll;
use crate::words::{Words, fill};

/// The longest label in a description.
const LABEL: usize = 50;

/// The words around the chart.
pub(super) fn frame(trend: &Trend, setting: &Setting<'_>) -> Frame {
    let Setting { poll, intervals, .. } = *setting;
    let lines = lines(trend, intervals);
    let words = poll.words;
    let notes = [waves(trend, words), said(trend, &lines, words)];
    let question = words.in_quotes(&quoted(&trend.heading.question.text));
    let heading = &trend.heading;
    Frame {
        title: setting.title(&heading.name, &heading.question.title),
        subtitle: subtitle(trend, words),
        marks: stamps(poll),
        question: fill(words.chart_question, &[("question", &question)]),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        source: source(trend, poll),
    }
}

/// What is measured; where each line is an item, the net that is drawn of all.
fn subtitle(trend: &Trend, words: &Words) -> String {
    let base = quoted(&trend.heading.question.base);
    let row = trend.blocks.first().and_then(|block| shown(block).next());
    match row.filter(|_| by_item(trend)) {
        Some(row) => {
            let net = clean(&row.label.text);
            fill(words.chart_net_by_wave, &[("net", &net), ("base", &base)])
        }
        None => fill(words.chart_by_wave, &[("base", &base)]),
    }
}

fn waves(trend: &Trend, words: &Words) -> String {
    let dated = |wave: &Wave| {
        let label = clean(&wave.label);
        match wave.fieldwork {
            Some((first, last)) => {
                let days = words.days(first, last);
                fill(words.chart_wave, &[("wave", &label), ("days", &days)])
            }
            None => label,
        }
    };
    let waves: Vec<String> = trend.heading.waves.iter().map(dated).collect();
    let waves = fill(words.chart_waves, &[("waves", &waves.join("; "))]);
    together(&[&waves, if is_dated(trend) { "" } else { words.chart_even }])
}

/// Gaps, intervals, and what is not drawn.
fn said(trend: &Trend, lines: &[Line], words: &Words) -> String {
    let broken = lines.iter().any(|line| line.breaks.contains(&true));
    let mut points = lines.iter().flat_map(|line| line.points.iter().flatten());
    let whiskers = points.any(|point| point.interval.is_some());
    let bands = trend.heading.waves.len() > UPRIGHTS;
    let code = Status::Broken.code();
    let gap = fill(words.chart_gap, &[("code", code), ("meaning", meaning(code, words))]);
    let small_waves = fill(words.chart_small, &[("n", &words.number(LEAST, 0))]);
    let limit = fill(words.chart_limit, &[("n", &LINES.to_string())]);
    let sentences = [
        (broken, gap.as_str()),
        (whiskers && !bands, words.chart_uprights),
        (whiskers && bands, words.chart_bands),
        (small(trend), &small_waves),
        (possible(trend) > LINES, &limit),
    ];
    together(&sentences.map(|(holds, sentence)| if holds { sentence } else { "" }))
}

/// Whether a wave has too few answers for a point.
fn small(trend: &Trend) -> bool {
    let mut bases = trend.blocks.iter().flat_map(|block| &block.bases);
    bases.any(|base| base.value().is_some_and(|n| n < LEAST))
}

/// How many lines there could be.
fn possible(trend: &Trend) -> usize {
    if by_item(trend) {
        return trend.blocks.len();
    }
    trend.blocks.iter().map(|block| shown(block).count()).sum()
}

fn source(trend: &Trend, poll: &Poll) -> String {
    let published: Vec<String> = (trend.heading.waves.iter())
        .filter(|wave| wave.published)
        .map(|wave| clean(&wave.label))
        .collect();
    let words = poll.words;
    let printed = match published.as_slice() {
        [] => String::new(),
        waves => fill(words.chart_published, &[("waves", &words.list(waves))]),
    };
    let source = fill(words.chart_source, &[("source", &quoted(&poll.title))]);
    together(&[&source, &printed, synthetic(poll)])
}

/// The chart in words: where each line begins and ends, the largest change first. None if
/// there is nothing to draw.
pub(super) fn describe(trend: &Trend, words: &Words) -> Option<String> {
    let mut lines = lines(trend, false);
    if lines.is_empty() || trend.heading.waves.len() < 2 {
        return None;
    }
    let size = |line: &Line| line.change.value().map_or(0.0, f64::abs);
    lines.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let waves = &trend.heading.waves;
    let names: Vec<String> = waves.iter().map(|w| shorten(&clean(&w.label), LABEL)).collect();
    let [first, .., last] = names.as_slice() else { return None };
    let count = lines.len().to_string();
    let sentence = if lines.len() == 1 { words.told_line } else { words.told_lines };
    let mut sentences =
        vec![fill(sentence, &[("n", &count), ("first", first), ("last", last)])];
    sentences.extend(lines.iter().filter_map(|line| told(line, words)));
    Some(description(sentences, 0, words))
}

/// "Unmanageable 41% to 36%, lower than the wave before."
fn told(line: &Line, words: &Words) -> Option<String> {
    let percent = |point: &Point| percent(point.value, point.decimals, words);
    let mut points = line.points.iter().flatten();
    let (label, from) = (shorten(&line.label, LABEL), percent(points.next()?));
    let Some(last) = points.last() else {
        return Some(fill(words.told_point, &[("label", &label), ("value", &from)]));
    };
    let (to, change) = (percent(last), verdict(line, words));
    let values = [("label", label.as_str()), ("from", &from), ("to", &to), ("change", change)];
    Some(fill(words.told_course, &values))
}

fn verdict(line: &Line, words: &Words) -> &'static str {
    match (line.change.status(), line.change.verdict()) {
        (Status::Broken, _) => words.told_broken,
        (_, Some(Verdict::Higher)) => words.told_higher,
        (_, Some(Verdict::Lower)) => words.told_lower,
        (_, Some(Verdict::Neither)) => words.told_neither,
        (_, None) => "",
    }
}
