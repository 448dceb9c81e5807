//! The words of a trend chart: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::Setting;
use super::super::frame::Frame;
use super::super::reading::meaning;
use super::super::text::{clean, list, number, shorten};
use super::super::words::{dates, description, quoted, stamps, synthetic};
use super::lines::{LEAST, LINES, Line, Point, by_item, lines, shown};
use super::{UPRIGHTS, is_dated};
use crate::disclose::{Status, Trend, Verdict};
use crate::poll::Poll;

/// The longest label in a description.
const LABEL: usize = 50;

/// The words around the chart.
pub(super) fn frame(trend: &Trend, setting: &Setting<'_>) -> Frame {
    let Setting { poll, intervals, .. } = *setting;
    let lines = lines(trend, intervals);
    let notes = [waves(trend), said(trend, &lines)];
    let heading = &trend.heading;
    Frame {
        title: setting.title(&heading.name, &heading.question.title),
        subtitle: subtitle(trend),
        marks: stamps(poll),
        question: format!("Question: “{}”", quoted(&heading.question.text)),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
        source: source(trend, poll),
    }
}

/// What is measured; where each line is an item, the net that is drawn of all.
fn subtitle(trend: &Trend) -> String {
    let base = quoted(&trend.heading.question.base);
    let row = trend.blocks.first().and_then(|block| shown(block).next());
    let row = row.filter(|_| by_item(trend));
    let net = row.map(|row| format!("{}, ", clean(&row.label.text)));
    format!("{}% of {base}, by wave", net.unwrap_or_default())
}

fn waves(trend: &Trend) -> String {
    let dated = |wave: &crate::disclose::Wave| {
        let label = clean(&wave.label);
        match wave.fieldwork {
            Some((first, last)) => format!("{label}: {}", dates(first, last)),
            None => label,
        }
    };
    let waves: Vec<String> = trend.heading.waves.iter().map(dated).collect();
    let distance = if is_dated(trend) {
        ""
    } else {
        " Waves stand at equal distances: not all dates of fieldwork are known."
    };
    format!("Waves: {}.{distance}", waves.join("; "))
}

/// Gaps, intervals, and what is not drawn.
fn said(trend: &Trend, lines: &[Line]) -> String {
    let broken = lines.iter().any(|line| line.breaks.contains(&true));
    let mut points = lines.iter().flat_map(|line| line.points.iter().flatten());
    let whiskers = points.any(|point| point.interval.is_some());
    let bands = trend.heading.waves.len() > UPRIGHTS;
    let gap = format!("A gap in a line, {}: {}.", Status::Broken.code(), meaning("[b]"));
    let sentences = [
        (broken, gap),
        (whiskers && !bands, "Upright lines show 95% confidence intervals.".to_owned()),
        (whiskers && bands, "Bands show 95% confidence intervals.".to_owned()),
        (small(trend), "Waves with fewer than 100 answers have no point.".to_owned()),
        (possible(trend) > LINES, format!("The first {LINES} are drawn; the table has all.")),
    ];
    let told = sentences.into_iter().filter(|(holds, _)| *holds);
    told.map(|(_, sentence)| sentence).collect::<Vec<_>>().join(" ")
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
    let printed = if published.is_empty() {
        String::new()
    } else {
        format!(" Figures of {} as they were published.", list(&published))
    };
    format!("Source: {}.{printed}{}", quoted(&poll.title), synthetic(poll))
}

/// The chart in words: where each line begins and ends, the largest change first. None if
/// there is nothing to draw.
pub(super) fn describe(trend: &Trend) -> Option<String> {
    let mut lines = lines(trend, false);
    if lines.is_empty() || trend.heading.waves.len() < 2 {
        return None;
    }
    let size = |line: &Line| line.change.value().map_or(0.0, f64::abs);
    lines.sort_by(|a, b| size(b).total_cmp(&size(a)));
    let waves = &trend.heading.waves;
    let names: Vec<String> = waves.iter().map(|w| shorten(&clean(&w.label), LABEL)).collect();
    let plural = if lines.len() == 1 { "" } else { "s" };
    let ends = match names.as_slice() {
        [first, .., last] => format!(" from {first} to {last}"),
        _ => String::new(),
    };
    let mut sentences = vec![format!("{} line{plural}{ends}.", lines.len())];
    sentences.extend(lines.iter().filter_map(told));
    Some(description(sentences, 0))
}

/// "Unmanageable 41% to 36%, lower than the wave before."
fn told(line: &Line) -> Option<String> {
    let percent = |point: &Point| format!("{}%", number(point.value, point.decimals));
    let mut points = line.points.iter().flatten();
    let (label, from) = (shorten(&line.label, LABEL), percent(points.next()?));
    let to = points.last().map(|last| format!(" to {}{}", percent(last), verdict(line)));
    Some(format!("{label} {from}{}.", to.unwrap_or_default()))
}

fn verdict(line: &Line) -> &'static str {
    match (line.change.status(), line.change.verdict()) {
        (Status::Broken, _) => ", question changed",
        (_, Some(Verdict::Higher)) => ", higher than the wave before",
        (_, Some(Verdict::Lower)) => ", lower than the wave before",
        (_, Some(Verdict::Neither)) => ", no clear change from the wave before",
        (_, None) => "",
    }
}
