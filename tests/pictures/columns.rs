//! Reads net promoter questions: upright columns on one line, and the score above them.

use crate::release::{Record, Release};
use crate::scale::{GRAIN, Mark, ends, interval, is_label, number, percent, unit};
use crate::svg::{Area, Picture, Text};

/// What is wrong with a chart, and how many columns were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let feet = feet(picture);
    let (mut faults, mut marks, mut read) = (Vec::new(), Vec::new(), 0);
    for (left, right, foot) in &feet {
        let middle = f64::midpoint(*left, *right);
        let column = column(picture, (*left, *right, *foot));
        let top = column.map_or(*foot, |column| column.top);
        let Some(record) = record(release, picture, (middle, *foot)) else {
            faults.push(format!("no record of the column at {middle}"));
            continue;
        };
        let value: f64 = record["value"].parse().unwrap_or(0.0);
        let shown = if record["status"].is_empty() { value } else { 0.0 };
        marks.push(Mark { value: shown, length: foot - top, off: GRAIN });
        let lines = picture.strokes("#0B0C0C", 2.0).into_iter();
        let line = lines
            .filter(|line| line.is_upright())
            .find(|line| (line.from.0 - middle).abs() < 0.2);
        let high = line.map_or(top, |line| line.from.1.min(line.to.1));
        if let (Some(line), Some((low, high))) = (line, interval(record)) {
            marks.push(Mark { value: low, length: foot - line.from.1, off: GRAIN });
            marks.push(Mark { value: high, length: foot - line.to.1, off: GRAIN });
        }
        faults.extend(said(picture, (middle, high), record));
        read += usize::from(column.is_some());
    }
    if feet.len() != 11 {
        faults.push(format!("{} columns", feet.len()));
    }
    faults.extend(score(release, picture));
    faults.extend(unit(&marks).err().map(|mark| format!("{mark:?} does not fit the others")));
    (read, faults)
}

/// The lines under the columns, from left to right: both ends and the height.
fn feet(picture: &Picture) -> Vec<(f64, f64, f64)> {
    let lines = picture.strokes("#6F777B", 1.0).into_iter();
    let mut feet: Vec<(f64, f64, f64)> = lines
        .filter(|line| line.is_level())
        .map(|line| (line.from.0, line.to.0, line.from.1))
        .collect();
    feet.sort_by(|a, b| a.0.total_cmp(&b.0));
    feet
}

/// The column that stands on a line.
fn column(picture: &Picture, (left, right, foot): (f64, f64, f64)) -> Option<Area> {
    let coloured = picture.rects().filter(|(_, colour)| *colour != "#FFFFFF");
    let near = |one: f64, other: f64| (one - other).abs() <= GRAIN;
    coloured.map(|(area, _)| area).find(|area| {
        near(area.left, left) && near(area.right, right) && near(area.bottom, foot)
    })
}

/// The record of the answer that stands under a column.
fn record<'a>(
    release: &'a Release,
    picture: &Picture,
    (middle, foot): (f64, f64),
) -> Option<&'a Record> {
    let under = |text: &&Text| {
        (text.area().middle().0 - middle).abs() < 1.0
            && (foot..foot + 20.0).contains(&text.middle())
    };
    let answer = picture.texts().find(under)?.content.as_str();
    release.records.iter().find(|record| {
        let first = record["answer"].split(|c: char| !c.is_ascii_digit()).next();
        record["table"] == picture.table()
            && record["statistic"] == "percent"
            && first == Some(answer)
    })
}

/// The number over a column that is not the record's.
fn said(picture: &Picture, (middle, top): (f64, f64), record: &Record) -> Option<String> {
    let over = |text: &&Text| {
        let area = text.area();
        (area.left..area.right).contains(&middle) && (0.0..12.0).contains(&(top - text.y))
    };
    let text = picture.texts().find(over).map_or("nothing", |text| &text.content);
    let same = match record["status"].as_str() {
        "" => percent(text) == record["value"].parse().ok(),
        status => text == status,
    };
    (!same).then(|| format!("{text} stands over a column of {}", record["value"]))
}

/// A score above the columns, or its interval, that is not the record's.
fn score(release: &Release, picture: &Picture) -> Option<String> {
    let mut records = release.records.iter();
    let record = records.find(|r| r["table"] == picture.table() && r["statistic"] == "nps")?;
    let is_name = |text: &&Text| text.bold && is_label(&text.content, &record["answer"]);
    let Some(name) = picture.texts().find(is_name) else {
        return Some(format!("no “{}” above the columns", record["answer"]));
    };
    let beside = || picture.texts().filter(|text| text.y == name.y && text.left > name.left);
    let value = beside().find_map(|text| number(&text.content));
    let range = beside().find_map(|text| ends(&text.content));
    let same = value == record["value"].parse().ok();
    (!same || (range.is_some() && range != interval(record)))
        .then(|| format!("the score is {value:?} {range:?}, in the records {record:?}"))
}
