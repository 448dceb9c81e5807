//! Scales read back from a picture: the marks of an axis, and the one unit that fits all
//! that stands on it.

use crate::release::Record;
use crate::svg::{Picture, Shape, Text};

/// Pictures are drawn in sixteenths of a pixel and written in hundredths: either end of a
/// length may be half of each off.
pub(crate) const GRAIN: f64 = 1.0 / 16.0 + 0.02;

/// Lines of an axis stand in the middle of the pixel in which their value falls.
pub(crate) const PIXEL: f64 = 0.5;

/// So many sixteenths of a pixel may be lost to binary fractions.
const NOTHING: f64 = 1e-6;

/// A value, how far from zero it stands, and by how much that may be off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) value: f64,
    pub(crate) length: f64,
    pub(crate) off: f64,
}

/// The pixels for one per cent with which every mark stands where its value is; or the mark
/// that does not fit those before it. No picture says its unit: all that stands on the scale
/// bounds it together, and the numbers of the axis to a thousandth.
pub(crate) fn unit(marks: &[Mark]) -> Result<f64, Mark> {
    let (mut least, mut most) = (0.0_f64, f64::INFINITY);
    for mark in marks {
        let off = mark.off + NOTHING;
        if mark.value == 0.0 {
            if mark.length.abs() > off {
                return Err(*mark);
            }
            continue;
        }
        least = least.max((mark.length - off) / mark.value);
        most = most.min((mark.length + off) / mark.value);
        if least > most {
            return Err(*mark);
        }
    }
    Ok(f64::midpoint(least, most))
}

/// A value and where it stands, which may be off by so much.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) value: f64,
    pub(crate) at: f64,
    pub(crate) off: f64,
}

/// What does not stand on one scale with the first of all: a scale that need not begin at
/// zero.
pub(crate) fn stray(places: &[Place]) -> Option<String> {
    let (first, others) = places.split_first()?;
    let from_first = |place: &Place| {
        let value = place.value - first.value;
        let length = (place.at - first.at) * value.signum();
        Mark { value: value.abs(), length, off: place.off + first.off }
    };
    let marks: Vec<Mark> = others.iter().map(from_first).collect();
    unit(&marks).err().map(|mark| format!("{mark:?} from {first:?} does not fit the others"))
}

/// A number as it is written in a chart, with its sign and in brackets or not.
pub(crate) fn number(text: &str) -> Option<f64> {
    let plain = text.trim_matches(['(', ')']).trim_start_matches('+');
    plain.replace(',', "").replace('\u{2212}', "-").parse().ok()
}

/// A record's interval, if it has one.
pub(crate) fn interval(record: &Record) -> Option<(f64, f64)> {
    Some((record["low"].parse().ok()?, record["high"].parse().ok()?))
}

/// The ends of a printed interval: `(36 to 42)`.
pub(crate) fn ends(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.strip_prefix('(')?.strip_suffix(')')?.split_once(" to ")?;
    Some((number(low)?, number(high)?))
}

/// A number of an axis, and where its line stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) at: f64,
}

/// The numbers along the horizontal axis, from left to right: a line of small texts that
/// are nothing but round percentages, the last with its sign, each with the upright line
/// nearest to it.
pub(crate) fn ticks(picture: &Picture) -> Vec<Tick> {
    let small = || picture.texts().filter(|text| text.size == 12.0 && !text.bold);
    let Some(last) = small().find(|text| text.content.ends_with("0%")) else {
        return Vec::new();
    };
    let lines = uprights(picture);
    let mut ticks: Vec<Tick> =
        small().filter(|text| text.y == last.y).filter_map(|text| tick(text, &lines)).collect();
    ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
    ticks
}

/// Where thin upright lines stand; white ones are gaps between bars.
fn uprights(picture: &Picture) -> Vec<f64> {
    let upright = |shape: &Shape| match shape {
        Shape::Line(ends, colour, width) if *width == 1.0 && colour != "#FFFFFF" => {
            match ends.as_slice() {
                [(x, _), (to, _)] if x == to => Some(*x),
                _ => None,
            }
        }
        _ => None,
    };
    picture.shapes.iter().filter_map(upright).collect()
}

fn tick(text: &Text, lines: &[f64]) -> Option<Tick> {
    let value = percent(&text.content).or_else(|| text.content.parse().ok())?;
    let area = text.area().grown(1.0);
    let away = |x: &f64| (x - area.middle().0).abs();
    let near = lines.iter().copied().filter(|x| (area.left..area.right).contains(x));
    Some(Tick { value, at: near.min_by(|a, b| away(a).total_cmp(&away(b)))? })
}

/// The number of a printed percentage, if a text is nothing else.
pub(crate) fn percent(text: &str) -> Option<f64> {
    text.strip_suffix('%')?.parse().ok()
}

/// Lines of text put together, in their order from top to bottom.
pub(crate) fn together(mut lines: Vec<&Text>) -> String {
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    lines.iter().map(|line| line.content.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a chart's label is that of a record: it may be broken anywhere, and cut short.
pub(crate) fn is_label(shown: &str, label: &str) -> bool {
    let letters = |text: &str| -> String {
        // The font has one outline for some letters that look alike.
        text.replace(['\u{2010}', '\u{2011}'], "-").split_whitespace().collect()
    };
    let (shown, label) = (letters(shown), letters(label));
    shown == label || shown.strip_suffix('…').is_some_and(|start| label.starts_with(start))
}

/// A record's printed value, and its status where it has none.
pub(crate) fn printed(record: &Record) -> String {
    match (record["value"].as_str(), record["status"].as_str()) {
        ("", status) => status.to_owned(),
        (value, "") => format!("{value}%"),
        (value, status) => format!("{status} {value}%"),
    }
}

/// For each of the rows, whose middles are given from top to bottom, the label beside it or
/// above it: black words of 14 px.
pub(crate) fn labels(picture: &Picture, rows: &[f64]) -> Vec<String> {
    let words = picture
        .texts()
        .filter(|text| text.size == 14.0 && !text.bold && text.colour == "#0B0C0C");
    let mut lines: Vec<Vec<&Text>> = rows.iter().map(|_| Vec::new()).collect();
    for text in words {
        let away = |row: &f64| row - text.middle();
        let places =
            (0..rows.len()).filter(|row| !picture.is_narrow() || away(&rows[*row]) > 0.0);
        let near =
            places.min_by(|a, b| away(&rows[*a]).abs().total_cmp(&away(&rows[*b]).abs()));
        if let Some(near) = near {
            lines[near].push(text);
        }
    }
    lines.into_iter().map(together).collect()
}

#[test]
fn one_unit_fits_all_or_none_does() {
    let mark = |value, length| Mark { value, length, off: GRAIN };
    assert!(
        (unit(&[mark(0.0, 0.0), mark(10.0, 56.0), mark(94.0, 526.375)]).unwrap() - 5.6) < 0.01
    );
    assert!(unit(&[mark(10.0, 56.0), mark(94.0, 526.5)]).is_ok());
    assert_eq!(unit(&[mark(94.0, 526.375), mark(10.0, 56.25)]).unwrap_err().value, 10.0);
    assert_eq!(unit(&[mark(0.0, 1.0)]).unwrap_err().length, 1.0);
}

#[test]
fn a_scale_need_not_begin_at_zero() {
    let place = |value, at| Place { value, at, off: GRAIN };
    let places = [place(49.6, 310.0), place(54.5, 450.0), place(44.0, 150.0)];
    assert_eq!(stray(&places), None);
    assert!(stray(&[places[0], places[1], place(44.0, 151.0)]).is_some());
    assert!(stray(&[places[0], places[1], place(49.6, 312.0)]).is_some());
    assert_eq!(ends("(\u{2212}2 to +1,044)"), Some((-2.0, 1044.0)));
}
