//! Reads batteries: segments in two panels, left and right of an axis and beside it, all
//! with one unit; the key says which answer a colour is.

use std::collections::BTreeSet;

use crate::release::{Record, Release};
use crate::scale::{
    GRAIN, Mark, PIXEL, Tick, is_label, labels, percent, ticks, together, unit,
};
use crate::svg::{Area, Picture, Text};

/// A coloured part of a row.
type Segment<'a> = (Area, &'a str);

/// Swatches of the key are so high, and so wide.
const SWATCH: f64 = 12.0;

/// What is wrong with a chart, and how many segments were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let (key, segments) = (key(picture), segments(picture));
    let middles: BTreeSet<u64> =
        segments.iter().map(|(area, _)| area.middle().1.to_bits()).collect();
    let middles: Vec<f64> = middles.into_iter().map(f64::from_bits).collect();
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    for (middle, label) in middles.iter().zip(labels(picture, &middles)) {
        let of = |record: &&Record| {
            record["table"] == picture.table() && is_label(&label, &record["item"])
        };
        let records: Vec<&Record> = release.records.iter().filter(of).collect();
        if records.is_empty() {
            faults.push(format!("no record of “{label}”"));
            continue;
        }
        let mut row: Vec<Segment<'_>> =
            segments.iter().filter(|(area, _)| area.middle().1 == *middle).copied().collect();
        row.sort_by(|a, b| a.0.left.total_cmp(&b.0.left));
        match values(&row, &key, &records) {
            Ok(values) => {
                rows.push(sides(&row, &values, &ticks(picture)));
                faults.extend(written(picture, &row, &values));
            }
            Err(fault) => faults.push(format!("“{label}”: {fault}")),
        }
        faults.extend(total(picture, *middle, &records));
    }
    let mut marks = lengths(&rows);
    marks.extend(axis(&ticks(picture)));
    faults.extend(unit(&marks).err().map(|mark| format!("{mark:?} does not fit the others")));
    (segments.len(), faults)
}

/// The colours from left to right with their answers; several answers share the last one.
pub(crate) fn key(picture: &Picture) -> Vec<(&str, &str)> {
    let swatches = picture.rects().filter(|(area, _)| area.height() == SWATCH);
    let label = |area: Area| {
        picture.texts().find(|text| {
            area.top < text.middle()
                && text.middle() < area.bottom
                && (0.0..SWATCH).contains(&(text.left - area.right))
        })
    };
    let named = swatches.filter_map(|(area, colour)| {
        Some(label(area)?.content.split(" / ").map(move |answer| (colour, answer)))
    });
    named.flatten().collect()
}

fn segments(picture: &Picture) -> Vec<Segment<'_>> {
    let coloured = picture.rects().filter(|(_, colour)| *colour != "#FFFFFF");
    coloured.filter(|(area, _)| area.height() > 2.0 * SWATCH && area.height() < 30.0).collect()
}

/// What the segments of a row show: the answers of the key that have a length. A side with
/// an unknown length is not drawn at all.
fn values(
    row: &[Segment<'_>],
    key: &[(&str, &str)],
    records: &[&Record],
) -> Result<Vec<f64>, String> {
    let value = |answer: &str| {
        let record = records.iter().find(|record| is_label(answer, &record["answer"]))?;
        record["value"].parse::<f64>().ok().filter(|value| *value > 0.0)
    };
    let drawn: BTreeSet<&str> = row.iter().map(|(_, colour)| *colour).collect();
    let known = key.iter().filter_map(|(colour, answer)| Some((*colour, value(answer)?)));
    let known: Vec<(&str, f64)> = known.filter(|(colour, _)| drawn.contains(colour)).collect();
    let colours = |of: &mut dyn Iterator<Item = &str>| of.collect::<Vec<_>>().join(" ");
    let (shown, told) = (
        colours(&mut row.iter().map(|(_, colour)| *colour)),
        colours(&mut known.iter().map(|(colour, _)| *colour)),
    );
    if shown == told {
        Ok(known.into_iter().map(|(_, value)| value).collect())
    } else {
        Err(format!("drawn are {shown}, in the records {told}"))
    }
}

/// The zero of the axis, and that of the panel beside it.
fn zeros(ticks: &[Tick]) -> (f64, f64) {
    let mut zeros = ticks.iter().filter(|tick| tick.value == 0.0).map(|tick| tick.at);
    (zeros.next().unwrap_or(f64::NAN), zeros.next().unwrap_or(f64::INFINITY))
}

/// The numbers under the axis: each at its distance from the zero beside it.
fn axis(ticks: &[Tick]) -> Vec<Mark> {
    let (zero, panel) = zeros(ticks);
    let from = |at| if at < panel { zero } else { panel };
    let mark = |tick: &Tick| {
        let length = (tick.at - from(tick.at)).abs();
        Mark { value: tick.value, length, off: 2.0 * PIXEL }
    };
    ticks.iter().map(mark).collect()
}

/// Segments left of the axis, mirrored; right of it; and beside it.
type Sides = [Vec<(Area, f64)>; 3];

fn sides(row: &[Segment<'_>], values: &[f64], ticks: &[Tick]) -> Sides {
    let (zero, panel) = zeros(ticks);
    let pairs = || row.iter().map(|(area, _)| *area).zip(values.iter().copied());
    let left = pairs().filter(|(area, _)| area.middle().0 < zero);
    let right = pairs().filter(|(area, _)| (zero..panel - 1.0).contains(&area.middle().0));
    let apart = pairs().filter(|(area, _)| area.middle().0 > panel - 1.0);
    let mirror = |area: Area| Area { left: -area.right, right: -area.left, ..area };
    let mut mirrored: Vec<(Area, f64)> = left.map(|(area, v)| (mirror(area), v)).collect();
    mirrored.reverse();
    [mirrored, right.collect(), apart.collect()]
}

/// Where the segments of all rows begin and end, outwards from the one zero of their side;
/// left and right of the axis that is the same one.
fn lengths(rows: &[Sides]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut starts = [f64::INFINITY; 3];
    for row in rows {
        for (side, start) in row.iter().zip(&mut starts) {
            *start = side.first().map_or(*start, |(area, _)| start.min(area.left));
        }
    }
    let apart = starts[0] + starts[1];
    if apart.is_finite() {
        marks.push(Mark { value: 0.0, length: apart, off: GRAIN });
    }
    let all = rows.iter().flat_map(|row| row.iter().zip(starts));
    marks.extend(all.flat_map(|(side, start)| stacked(side, start)));
    marks
}

/// Each segment begins where the one before it ends.
fn stacked(side: &[(Area, f64)], start: f64) -> Vec<Mark> {
    let (mut marks, mut sum) = (Vec::new(), 0.0);
    for (area, value) in side {
        marks.push(Mark { value: sum, length: area.left - start, off: GRAIN });
        sum += value;
        marks.push(Mark { value: sum, length: area.right - start, off: GRAIN });
    }
    marks
}

/// Numbers in segments that are not the segment's.
fn written(picture: &Picture, row: &[Segment<'_>], values: &[f64]) -> Vec<String> {
    let mut faults = Vec::new();
    for ((area, _), value) in row.iter().zip(values) {
        let within = |text: &&Text| area.grown(0.5).holds(text.area());
        for text in picture.texts().filter(within) {
            if text.content.parse() != Ok(*value) {
                faults.push(format!("{} stands in a segment of {value}", text.content));
            }
        }
    }
    faults
}

/// A total that is not that of the records: bold, at the right, beside its bar or above it.
fn total(picture: &Picture, middle: f64, records: &[&Record]) -> Option<String> {
    let bold =
        |size| move |text: &&Text| text.bold && text.size == size && text.colour == "#0B0C0C";
    // Under the bars stands who publishes it.
    let top = segments(picture).iter().map(|(area, _)| area.top).fold(f64::INFINITY, f64::min);
    let above = |text: &&Text| text.y < top;
    let head = together(picture.texts().filter(bold(12.0)).filter(above).collect());
    let near = |text: &&Text| {
        let (above, below) = if picture.is_narrow() { (75.0, 0.0) } else { (16.0, 8.0) };
        (middle - above..middle + below).contains(&text.middle())
    };
    let texts = picture.texts().filter(bold(14.0)).filter(near);
    let text = texts.max_by(|a, b| a.y.total_cmp(&b.y))?;
    let record = records.iter().find(|record| is_label(&head, &record["answer"]));
    let told = record.map_or("nothing", |record| record["value"].as_str());
    let same = percent(&text.content) == told.parse().ok() || text.content.starts_with('[');
    (!same).then(|| format!("“{head}” is {}, in the records {told}", text.content))
}
