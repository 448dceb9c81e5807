//! Reads the profile of those who answered: three marks in a row, each where the number says
//! that stands beside it. No record has these numbers; the page has them in a table too.

use crate::release::Release;
use crate::scale::{GRAIN, PIXEL, Place, percent, stray, ticks};
use crate::svg::{Area, Picture, Shape, Text};

/// How high the tick of the population is in a row; in the key it is lower.
const TICK: f64 = 20.0;

/// The radii of the ring and of the disc.
const ROUND: [f64; 2] = [5.0, 5.5];

/// What is wrong with a chart, and how many marks were read.
pub(crate) fn faults(_: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let axis = ticks(picture);
    let rows = rows(picture);
    let (mut faults, mut places) = (Vec::new(), Vec::new());
    let all = marks(picture, &rows);
    let mut read = 0;
    for row in &rows {
        for (nth, text) in row.iter().enumerate() {
            let own = |mark: &&Symbol| mark.column == nth && mark.row == row[0].y;
            let mut found = all.iter().filter(own);
            match (found.next(), percent(&text.content)) {
                (Some(mark), Some(value)) => {
                    read += 1;
                    places.push(Place { value, at: mark.at, off: GRAIN });
                }
                (None, None) if text.content.starts_with('[') => {}
                (mark, _) => faults.push(format!("“{}” has {mark:?}", text.content)),
            }
            faults.extend(found.next().map(|mark| format!("{mark:?} is a second one")));
        }
    }
    if read != all.len() || rows.is_empty() {
        faults.push(format!("{} marks, of which {read} have a number", all.len()));
    }
    places.extend(axis.iter().map(|tick| Place {
        value: tick.value,
        at: tick.at,
        off: 2.0 * PIXEL,
    }));
    faults.extend(stray(&places));
    (read, faults)
}

/// The three numbers of each row, from left to right: what stands at one height, the last of
/// them bold.
fn rows(picture: &Picture) -> Vec<[&Text; 3]> {
    let figure = |text: &&Text| {
        text.size == 14.0 && (percent(&text.content).is_some() || text.content.starts_with('['))
    };
    let mut texts: Vec<&Text> = picture.texts().filter(figure).collect();
    texts.sort_by(|a, b| (a.y, a.left).partial_cmp(&(b.y, b.left)).unwrap());
    let lines = texts.chunk_by(|one, other| one.y == other.y);
    lines.filter_map(|line| line.try_into().ok()).collect()
}

/// A mark: what it stands for, whose row it is in, and where it is.
#[derive(Debug)]
struct Symbol {
    column: usize,
    /// The baseline of the row's numbers.
    row: f64,
    at: f64,
}

/// Every mark; those of the key stand higher than all numbers.
fn marks(picture: &Picture, rows: &[[&Text; 3]]) -> Vec<Symbol> {
    let symbol = |shape: &Shape| match shape {
        Shape::Rect(area, colour) if colour == "#B3450A" && is_tick(*area) => {
            Some((0, area.middle()))
        }
        Shape::Circle(middle, radius, colour) if colour == "#12436D" => {
            let nth = ROUND.iter().position(|own| (own - radius).abs() < 0.1)?;
            Some((nth + 1, *middle))
        }
        _ => None,
    };
    let in_row = |(column, (at, y)): (usize, (f64, f64))| {
        let above = |row: &[&Text; 3]| row[0].middle() < y + 1.0;
        let row = rows.iter().rev().find(|row| above(row))?[0];
        Some(Symbol { column, row: row.y, at })
    };
    picture.shapes.iter().filter_map(symbol).filter_map(in_row).collect()
}

fn is_tick(area: Area) -> bool {
    (area.height() - TICK).abs() < 0.1
}
