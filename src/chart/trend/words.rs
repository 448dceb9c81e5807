//! The words of a trend chart: subtitle, notes, and the picture said in words.
//!
//! Every number in them is a released figure.

use super::super::frame::Frame;
use super::super::reading::meaning;
use super::super::text::{clean, list, number, shorten};
use super::super::words::{dates, description, quoted, stamps, synthetic};
use super::is_dated;
use super::lines::{LINES, Line, lines};
use crate::disclose::{Form, Status, Trend, Verdict};
use crate::poll::{Poll, Sampling};

/// The longest label in a description.
const LABEL: usize = 50;

/// The words around the chart.
pub(in super::super) fn frame(trend: &Trend, poll: &Poll, intervals: bool) -> Frame {
    let lines = lines(trend);
    let question = format!("Question: “{}”", quoted(&trend.heading.question.text));
    let notes = [question, waves(trend), said(trend, &lines, intervals), source(trend, poll)];
    Frame {
        title: clean(&trend.heading.question.title),
        subtitle: subtitle(trend),
        marks: stamps(poll),
        notes: notes.into_iter().filter(|note| !note.is_empty()).collect(),
    }
}

/// What is measured; of a battery the net that is drawn for each item.
fn subtitle(trend: &Trend) -> String {
    let base = quoted(&trend.heading.question.base);
    let row = trend.blocks.first().and_then(|block| super::lines::shown(block).next());
    match (trend.heading.form, row) {
        (Form::Battery { .. }, Some(row)) => {
            format!("{}, % of {base}, by wave", clean(&row.label.text))
        }
        _ => format!("% of {base}, by wave"),
    }
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
fn said(trend: &Trend, lines: &[Line], intervals: bool) -> String {
    let broken = lines.iter().any(|line| line.breaks.contains(&true));
    let probability =
        trend.heading.waves.iter().any(|wave| wave.sampling == Sampling::Probability);
    let whiskers =
        lines.iter().flat_map(|l| l.points.iter().flatten()).any(|p| p.interval.is_some());
    let all: usize = trend.blocks.iter().map(|block| super::lines::shown(block).count()).sum();
    let battery = matches!(trend.heading.form, Form::Battery { .. });
    let more = (if battery { trend.blocks.len() } else { all }) > LINES;
    let sentences = [
        broken.then(|| {
            format!("A gap in a line, {}: {}.", Status::Broken.code(), meaning("[b]"))
        }),
        (whiskers && intervals && probability)
            .then(|| "Upright lines show 95% confidence intervals.".to_owned()),
        more.then(|| format!("The first {LINES} are drawn; the table has all.")),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
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
pub(in super::super) fn describe(trend: &Trend) -> Option<String> {
    let mut lines = lines(trend);
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

/// "Unmanageable 41% to 36%, lower."
fn told(line: &Line) -> Option<String> {
    let mut points = line.points.iter().flatten();
    let first = points.next()?;
    let percent = |value, decimals| format!("{}%", number(value, decimals));
    let from = percent(first.value, first.decimals);
    let label = shorten(&line.label, LABEL);
    let Some(last) = points.last() else { return Some(format!("{label} {from}.")) };
    let to = percent(last.value, last.decimals);
    let verdict = match (line.change.status(), line.change.verdict()) {
        (Status::Broken, _) => ", question changed",
        (_, Some(Verdict::Higher)) => ", higher than the wave before",
        (_, Some(Verdict::Lower)) => ", lower than the wave before",
        (_, Some(Verdict::Neither)) => ", no clear change from the wave before",
        (_, None) => "",
    };
    Some(format!("{label} {from} to {to}{verdict}."))
}
