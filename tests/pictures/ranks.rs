//! Reads rankings: for each item a bar, its darker beginning, and the mean place as a number.

use std::collections::BTreeSet;

use crate::battery::key;
use crate::release::{Record, Release};
use crate::scale::{
    GRAIN, Mark, PIXEL, ends, interval, is_label, labels, number, percent, ticks, unit,
};
use crate::svg::{Area, Picture, Text};

/// Bars are so thick.
const BAR: f64 = 24.0;

/// What is wrong with a chart, and how many bars and parts of bars were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let (key, bars) = (key(picture), bars(picture));
    let heights: BTreeSet<u64> =
        bars.iter().map(|(area, _)| area.middle().1.to_bits()).collect();
    let heights: Vec<f64> = heights.into_iter().map(f64::from_bits).collect();
    let zero = bars.iter().map(|(area, _)| area.left).fold(f64::INFINITY, f64::min);
    let tick = |value, at: f64| Mark { value, length: at - zero, off: PIXEL + GRAIN };
    let mut marks: Vec<Mark> =
        ticks(picture).iter().map(|mark| tick(mark.value, mark.at)).collect();
    let mut faults = Vec::new();
    for (height, label) in heights.iter().zip(labels(picture, &heights)) {
        let records = records(release, picture, &label);
        let row = bars.iter().filter(|(area, _)| area.middle().1 == *height);
        for (area, colour) in row {
            let answer = key.iter().find(|(own, _)| own == colour).map_or("", |(_, name)| name);
            let Some(record) = records.iter().find(|r| is_label(answer, &r["answer"])) else {
                faults.push(format!("no record of “{label}”, “{answer}”"));
                continue;
            };
            let value = record["value"].parse().unwrap_or(f64::NAN);
            for (value, at) in [(0.0, area.left), (value, area.right)] {
                marks.push(Mark { value, length: at - zero, off: GRAIN });
            }
            faults.extend(inside(picture, *area, value));
        }
        let (line, wrong) = said(picture, *height, &records);
        let off = GRAIN;
        marks.extend(line.iter().map(|(value, at)| Mark {
            value: *value,
            length: at - zero,
            off,
        }));
        faults.extend(wrong);
    }
    let wanted = shown(release, picture);
    if wanted != bars.len() {
        faults.push(format!("{} bars of {wanted} values", bars.len()));
    }
    faults.extend(unit(&marks).err().map(|mark| format!("{mark:?} does not fit the others")));
    (bars.len(), faults)
}

/// Bars and the dark parts over them, with their colours.
fn bars(picture: &Picture) -> Vec<(Area, &str)> {
    let coloured = picture.rects().filter(|(_, colour)| *colour != "#FFFFFF");
    coloured.filter(|(area, _)| (area.height() - BAR).abs() < 0.1).collect()
}

fn records<'a>(release: &'a Release, picture: &Picture, label: &str) -> Vec<&'a Record> {
    let of = |record: &&Record| {
        record["table"] == picture.table() && is_label(label, &record["item"])
    };
    release.records.iter().filter(of).collect()
}

/// How many percentages of the table have a length.
fn shown(release: &Release, picture: &Picture) -> usize {
    let records = release.records.iter().filter(|record| record["table"] == picture.table());
    let long = |record: &&Record| {
        record["unit"] == "%"
            && record["status"].is_empty()
            && record["value"].parse().is_ok_and(|value: f64| value > 0.0)
    };
    records.filter(long).count()
}

/// A number on a bar that is not the bar's.
fn inside(picture: &Picture, area: Area, value: f64) -> Option<String> {
    let on = |text: &&Text| text.size == 13.0 && area.grown(0.5).holds(text.area());
    let text = picture.texts().find(on)?;
    // The dark part lies over the beginning of the whole bar.
    let own = (text.area().middle().0 - area.middle().0).abs() < 1.0;
    (own && percent(&text.content) != Some(value))
        .then(|| format!("{} stands in a bar of {value}", text.content))
}

/// The line over a bar and its ends; a number beside it, its interval or a mean place that
/// is not that of the records.
fn said(picture: &Picture, height: f64, records: &[&Record]) -> (Vec<(f64, f64)>, Vec<String>) {
    let of = |kind: &str| records.iter().find(|record| record["statistic"] == kind).copied();
    let whole = of("net").or(of("percent"));
    let beside = |text: &&Text| (text.middle() - height).abs() < 1.0;
    let bold = || picture.texts().filter(|text| text.bold && text.size == 14.0);
    let value = bold().filter(beside).find_map(|text| percent(&text.content));
    let range = picture.texts().filter(beside).find_map(|text| ends(&text.content));
    let mut faults = Vec::new();
    let known = |record: Option<&Record>| record.and_then(|r| r["value"].parse::<f64>().ok());
    if value != known(whole) {
        faults.push(format!("{value:?} stands beside a bar of {:?}", known(whole)));
    }
    if range.is_some() && range != whole.and_then(interval) {
        faults.push(format!("{range:?} stands beside {:?}", whole.and_then(interval)));
    }
    let above = if picture.is_narrow() { 12.0..75.0 } else { -1.0..1.0 };
    let places = bold().filter(|text| above.contains(&(height - text.middle())));
    let places = places.filter_map(|text| Some((text.y, number(&text.content)?)));
    let place = places.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, place)| place);
    if place != known(of("mean")) {
        faults.push(format!("{place:?} is the mean place of {:?}", known(of("mean"))));
    }
    let line = picture.strokes("#0B0C0C", 2.0).into_iter();
    let mut line = line.filter(|line| line.is_level() && (line.from.1 - height).abs() < 0.2);
    match (line.next(), whole.and_then(interval)) {
        (Some(line), Some((low, high))) => {
            (vec![(low, line.from.0), (high, line.to.0)], faults)
        }
        _ => (Vec::new(), faults),
    }
}
