//! Reads dot plots: a dot for each group on a scale that may begin anywhere, a dashed rule
//! for all groups together.

use crate::release::{Record, Release};
use crate::scale::{GRAIN, PIXEL, Place, ends, interval, is_label, labels, number, stray};
use crate::svg::{Area, Picture, Shape, Stroke, Text};

/// Dots that differ from the rest, and dots that do not.
const FILLS: [&str; 2] = ["#12436D", "#5694CA"];

/// The radius of a dot.
const DOT: f64 = 6.0;

/// What is wrong with a chart, and how many dots were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let (mut faults, mut places) = (Vec::new(), Vec::new());
    let (dots, heights) = (dots(picture), heights(picture));
    for (height, label) in heights.iter().zip(labels(picture, &heights)) {
        let Some(record) = record(release, picture, &label) else {
            faults.push(format!("no record of “{label}”"));
            continue;
        };
        let dot = dots.iter().find(|((_, y), _)| y == height);
        let value = record["value"].parse().ok().filter(|_| record["status"].is_empty());
        match (dot, value) {
            (Some(((x, _), fill)), Some(value)) => {
                places.push(Place { value, at: *x, off: GRAIN });
                places.extend(line(picture, *height, record));
                faults.extend(said(picture, *height, (record, fill)));
            }
            (None, None) => {}
            _ => faults.push(format!("“{label}” has {value:?} and {dot:?}")),
        }
    }
    faults.extend(unnamed(release, picture, heights.len()));
    places.extend(all(release, picture));
    places.extend(axis(picture));
    faults.extend(stray(&places));
    (dots.len(), faults)
}

/// The dots with their colours.
fn dots(picture: &Picture) -> Vec<((f64, f64), &str)> {
    let dot = |shape: &'_ Shape| match shape {
        Shape::Circle(middle, radius, _) if *radius == DOT => Some(*middle),
        _ => None,
    };
    let shapes = picture.shapes.iter().filter(|shape| FILLS.contains(&shape.colour()));
    shapes.filter_map(|shape| Some((dot(shape)?, shape.colour()))).collect()
}

/// The heights of all rows: of dots, and of the words in the place of one.
fn heights(picture: &Picture) -> Vec<f64> {
    let words = |text: &&Text| text.size == 14.0 && text.content.starts_with('[');
    let words = picture.texts().filter(words).map(Text::middle);
    let mut heights: Vec<f64> =
        dots(picture).iter().map(|((_, y), _)| *y).chain(words).collect();
    heights.sort_by(f64::total_cmp);
    heights
}

/// The net promoter scores of a table, or else its means.
fn drawn<'a>(release: &'a Release, table: &str) -> Vec<&'a Record> {
    let of = |kind: &str| -> Vec<&Record> {
        let fits = |r: &&Record| r["table"] == table && r["statistic"] == kind;
        release.records.iter().filter(fits).collect()
    };
    let scores = of("nps");
    if scores.is_empty() { of("mean") } else { scores }
}

fn record<'a>(release: &'a Release, picture: &Picture, label: &str) -> Option<&'a Record> {
    let mut records = drawn(release, picture.table()).into_iter();
    records.find(|record| is_label(label, &record["group"]))
}

/// Groups of the table that have no row.
fn unnamed(release: &Release, picture: &Picture, rows: usize) -> Option<String> {
    let records = drawn(release, picture.table());
    let groups = records.iter().filter(|record| record["group"] != "Total").count();
    (groups != rows).then(|| format!("{groups} groups in {rows} rows"))
}

/// The line through a dot, if the chart has intervals.
fn line(picture: &Picture, height: f64, record: &Record) -> Vec<Place> {
    let mut lines = FILLS.iter().flat_map(|fill| picture.strokes(fill, 3.0));
    let Some(line) = lines.find(|line| (line.from.1 - height).abs() < 0.2) else {
        return Vec::new();
    };
    let (low, high) = interval(record).unwrap_or((f64::NAN, f64::NAN));
    let place = |value, at| Place { value, at, off: GRAIN };
    vec![place(low, line.from.0), place(high, line.to.0)]
}

/// A number, an arrow, an interval or a colour that is not that of the record.
fn said(picture: &Picture, height: f64, (record, fill): (&Record, &str)) -> Vec<String> {
    let numbers = picture.texts().filter(|text| text.bold && text.size == 14.0);
    let away = |text: &Text| height - text.middle();
    let near = if picture.is_narrow() { 0.0..75.0 } else { -1.0..1.0 };
    let near =
        numbers.filter(|text| number(&text.content).is_some() && near.contains(&away(text)));
    let Some(text) = near.min_by(|a, b| away(a).total_cmp(&away(b))) else {
        return vec![format!("no number beside a dot of {record:?}")];
    };
    let beside = || picture.texts().filter(|other| (other.y - text.y).abs() < 0.6);
    let arrow = beside().find(|other| ["▲", "▼"].contains(&other.content.as_str()));
    let range = beside().find_map(|other| ends(&other.content));
    let told = match record["verdict"].as_str() {
        "higher" => "▲",
        "lower" => "▼",
        _ => "",
    };
    let mut faults = Vec::new();
    if number(&text.content) != record["value"].parse().ok() {
        faults.push(format!("{} is {} in the records", text.content, record["value"]));
    }
    if arrow.map_or("", |arrow| &arrow.content) != told || (fill == FILLS[0]) == told.is_empty()
    {
        faults.push(format!("“{}” of {fill} is “{}”", text.content, record["verdict"]));
    }
    if range.is_some() && range != interval(record) {
        faults.push(format!(
            "{} has {range:?}, the record {:?}",
            text.content,
            interval(record)
        ));
    }
    faults
}

/// The dashed rule and the band of all groups together, in every stretch.
fn all(release: &Release, picture: &Picture) -> Vec<Place> {
    let own = drawn(release, picture.table());
    let Some(first) = own.first() else { return Vec::new() };
    let same = |record: &&&Record| {
        record["group"] == "Total"
            && ["wave", "question", "answer"].iter().all(|of| record[*of] == first[*of])
    };
    let elsewhere = drawn(release, &first["question"]);
    let Some(record) = own.iter().find(same).or_else(|| elsewhere.iter().find(same)) else {
        return Vec::new();
    };
    let place = |value, at| Place { value, at, off: GRAIN };
    let value = record["value"].parse().unwrap_or(f64::NAN);
    let rules = picture.strokes("#B3450A", 1.5).into_iter().filter(|line| line.is_upright());
    let bands = picture.rects().filter(|(_, colour)| *colour == "#E6EAED");
    let (low, high) = interval(record).unwrap_or((f64::NAN, f64::NAN));
    let edges = |area: Area| [place(low, area.left), place(high, area.right)];
    let rules = rules.map(|Stroke { from, .. }| place(value, from.0));
    rules.chain(bands.flat_map(|(area, _)| edges(area))).collect()
}

/// The numbers under the plot, each at the line over it.
fn axis(picture: &Picture) -> Vec<Place> {
    let small = |text: &&Text| text.size == 12.0 && !text.bold;
    let lines: Vec<Stroke> = ["#D9DDE1", "#6F777B"]
        .iter()
        .flat_map(|colour| picture.strokes(colour, 1.0))
        .filter(|line| line.is_upright())
        .collect();
    let bottom = lines.iter().map(|line| line.to.1).fold(0.0, f64::max);
    let under = |text: &&Text| (bottom..bottom + 20.0).contains(&text.middle());
    let place = |text: &Text| {
        let value = number(&text.content)?;
        let middle = text.area().middle().0;
        let away = |line: &&Stroke| (line.from.0 - middle).abs();
        let line = lines.iter().min_by(|a, b| away(a).total_cmp(&away(b)))?;
        Some(Place { value, at: line.from.0, off: 2.0 * PIXEL })
    };
    picture.texts().filter(small).filter(under).filter_map(place).collect()
}
