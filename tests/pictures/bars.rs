//! Reads charts of bars: one scale from a common zero, a bar and a number in each row.

use crate::release::{Record, Release};
use crate::scale::{GRAIN, Mark, PIXEL, is_label, labels, percent, printed, ticks, unit};
use crate::svg::{Area, Picture, Shape, Text};

/// What is wrong with a chart, and how many bars were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let rows = rows(picture);
    let middles: Vec<f64> = rows.iter().map(|row| row.middle()).collect();
    let (bars, axis) = (bars(picture), ticks(picture));
    let mut faults = Vec::new();
    let Some(zero) = bars.first().map(|bar| bar.left) else { return (0, faults) };
    let mut marks: Vec<Mark> = axis
        .iter()
        .map(|tick| Mark { value: tick.value, length: tick.at - zero, off: PIXEL })
        .collect();
    for (row, label) in rows.iter().zip(labels(picture, &middles)) {
        let Some(record) = record(release, picture, &label) else {
            faults.push(format!("no record of “{label}”"));
            continue;
        };
        if !row.content.starts_with(&printed(record)) {
            let told = printed(record);
            faults.push(format!("“{label}” has {}, the record {told}", row.content));
        }
        let bar = bars.iter().find(|bar| (bar.middle().1 - row.middle()).abs() < 1.0);
        let value = percent(&row.content).unwrap_or(0.0);
        match bar {
            Some(bar) => {
                marks.push(Mark { value: 0.0, length: bar.left - zero, off: 0.0 });
                marks.push(Mark { value, length: bar.right - zero, off: GRAIN });
            }
            None if value == 0.0 => {}
            None => faults.push(format!("“{label}” has {value} and no bar")),
        }
        marks.extend(interval(picture, row, zero));
        faults.extend(range(picture, row, record));
    }
    if bars.len() > rows.len() {
        faults.push(format!("{} bars in {} rows", bars.len(), rows.len()));
    }
    faults.extend(unit(&marks).err().map(|mark| format!("{mark:?} does not fit the others")));
    (bars.len(), faults)
}

/// The number, or the words in its place, of each row.
fn rows(picture: &Picture) -> Vec<&Text> {
    let value = |text: &&Text| text.bold && text.size == 14.0;
    let words = |text: &&Text| text.size == 14.0 && text.content.starts_with('[');
    picture.texts().filter(|text| value(text) || words(text)).collect()
}

/// Coloured rectangles without a word on them.
fn bars(picture: &Picture) -> Vec<Area> {
    let coloured = picture.rects().filter(|(_, colour)| *colour != "#FFFFFF");
    let empty = |area: &Area| !picture.texts().any(|text| area.holds(text.area()));
    coloured.map(|(area, _)| area).filter(empty).collect()
}

fn record<'a>(release: &'a Release, picture: &Picture, label: &str) -> Option<&'a Record> {
    release.records.iter().find(|record| {
        record["table"] == picture.table()
            && record["statistic"] == "percent"
            && is_label(label, &record["answer"])
    })
}

/// The range in brackets after a number.
fn bracket<'a>(picture: &'a Picture, row: &Text) -> Option<&'a str> {
    let after = |text: &&Text| text.size == 12.0 && text.y == row.y && text.left > row.left;
    let text = picture.texts().find(after)?;
    text.content.strip_prefix('(')?.strip_suffix(')')
}

/// Where the line over a bar ends, and the numbers in brackets that say so.
fn interval(picture: &Picture, row: &Text, zero: f64) -> Vec<Mark> {
    let Some((low, high)) = bracket(picture, row).and_then(|range| range.split_once(" to "))
    else {
        return Vec::new();
    };
    let line = picture.shapes.iter().rev().find_map(|shape| match shape {
        Shape::Line(ends, colour, _) if colour == "#0B0C0C" => match ends.as_slice() {
            [(from, y), (to, end)] if y == end && (y - row.middle()).abs() < 1.0 => {
                Some((*from, *to))
            }
            _ => None,
        },
        _ => None,
    });
    let (from, to) = line.unwrap_or((f64::NAN, f64::NAN));
    let mark =
        |value: &str, at| Mark { value: value.parse().unwrap(), length: at - zero, off: GRAIN };
    vec![mark(low, from), mark(high, to)]
}

fn range(picture: &Picture, row: &Text, record: &Record) -> Option<String> {
    let shown = bracket(picture, row)?;
    let told = format!("{} to {}", record["low"], record["high"]);
    (shown != told).then(|| format!("{} has {shown}, the record {told}", row.content))
}
