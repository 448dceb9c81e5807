//! Reads charts of lines: a point for each wave, on one upright scale from 0 to 100.

use std::collections::BTreeMap;

use crate::release::{Record, Release};
use crate::scale::{GRAIN, Mark, PIXEL, is_label, percent, together, unit};
use crate::svg::{Area, Picture, Shape, Text};

/// Values of one answer, oldest wave first; none where there is nothing to draw.
type Course = Vec<Option<f64>>;

/// Lines are so thick.
const THICK: f64 = 2.5;

/// A wave with fewer answers has no point.
const FEWEST: f64 = 100.0;

/// From a line of a name to the next.
const LEADING: f64 = 16.0;

/// What is wrong with a chart, and how many points were read.
pub(crate) fn faults(release: &Release, picture: &Picture) -> (usize, Vec<String>) {
    let plot = plot(picture);
    let courses = courses(release, picture.table());
    let mut faults = Vec::new();
    let mut marks = plot.ticks.clone();
    let mut read = 0;
    for (colour, name) in names(picture, &plot) {
        let mut points = points(picture, &colour, plot.area);
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let values = |course: &Course| course.iter().flatten().copied().collect::<Vec<f64>>();
        let named = courses.iter().filter(|(label, _)| is_label(&name, label));
        let fitting = named.map(|(_, course)| values(course)).find(|values| {
            let places = points.iter().zip(values).map(|((_, y), value)| plot.mark(*value, *y));
            values.len() == points.len()
                && unit(&marks.iter().copied().chain(places).collect::<Vec<_>>()).is_ok()
        });
        let Some(values) = fitting else {
            let shares: Vec<f64> = points.iter().map(|(_, y)| plot.share(*y)).collect();
            faults.push(format!("no record of “{name}” has {shares:?}"));
            continue;
        };
        read += values.len();
        marks.extend(points.iter().zip(&values).map(|((_, y), value)| plot.mark(*value, *y)));
        faults.extend(ends(picture, &colour, plot.area, &points));
        faults.extend(said(picture, &points, &values));
    }
    if read == 0 {
        faults.push("no line was read".to_owned());
    }
    (read, faults)
}

/// The part of a picture in which lines run.
struct Plot {
    area: Area,
    ticks: Vec<Mark>,
}

impl Plot {
    fn mark(&self, value: f64, y: f64) -> Mark {
        Mark { value, length: self.area.bottom - y, off: GRAIN + PIXEL }
    }

    /// About what stands at a height.
    fn share(&self, y: f64) -> f64 {
        (self.area.bottom - y) / self.area.height() * 100.0
    }
}

/// From the grid lines and the numbers left of them.
fn plot(picture: &Picture) -> Plot {
    let across = |shape: &Shape| match shape {
        Shape::Line(ends, colour, width) if *width == 1.0 => match ends.as_slice() {
            [(left, y), (right, end)] if y == end => {
                let grey = ["#D9DDE1", "#6F777B"].contains(&colour.as_str());
                grey.then_some((*left, *right, *y))
            }
            _ => None,
        },
        _ => None,
    };
    let mut found: Vec<(f64, f64, f64, f64)> = Vec::new();
    for (left, right, y) in picture.shapes.iter().filter_map(across) {
        let beside = |text: &&Text| {
            (text.middle() - y).abs() < 1.0 && (0.0..20.0).contains(&(left - text.area().right))
        };
        let value = |text: &Text| percent(&text.content).or(text.content.parse().ok());
        found.extend(
            picture.texts().find(beside).and_then(value).map(|value| (value, left, right, y)),
        );
    }
    let corners: Vec<(f64, f64)> =
        found.iter().flat_map(|(_, left, right, y)| [(*left, *y), (*right, *y)]).collect();
    let area = Area::around(&corners);
    let mark = |(value, _, _, y): &(f64, f64, f64, f64)| Mark {
        value: *value,
        length: area.bottom - y,
        off: 2.0 * PIXEL,
    };
    Plot { area, ticks: found.iter().map(mark).collect() }
}

/// The middle of a point: a triangle's lies below half of its height.
fn middle(shape: &Shape) -> Option<(f64, f64)> {
    match shape {
        Shape::Circle(middle, ..) => Some(*middle),
        Shape::Polygon(corners, _) => {
            let area = Area::around(corners);
            let (x, y) = area.middle();
            let triangle = corners.len() == 3;
            Some((x, if triangle { area.top + 0.6 * area.height() } else { y }))
        }
        _ => None,
    }
}

/// The middles of the points of a colour within the plot.
fn points(picture: &Picture, colour: &str, plot: Area) -> Vec<(f64, f64)> {
    let coloured = picture.shapes.iter().filter(|shape| shape.colour() == colour);
    let middles = coloured.filter_map(middle);
    middles.filter(|(x, _)| (plot.left..=plot.right).contains(x)).collect()
}

/// The name of each colour: the words right of its point outside the plot.
fn names(picture: &Picture, plot: &Plot) -> BTreeMap<String, String> {
    let outside = |(x, y): &(f64, f64)| *x > plot.area.right || *y > plot.area.bottom + 12.0;
    let mut names = BTreeMap::new();
    for shape in picture.shapes.iter().filter(|shape| shape.colour() != "#FFFFFF") {
        let Some((x, y)) = middle(shape).filter(outside) else { continue };
        let beside = |text: &&Text| {
            (6.0..20.0).contains(&(text.left - x)) && (text.middle() - y).abs() < 30.0
        };
        let lines: Vec<&Text> = picture
            .texts()
            .filter(|text| !text.bold && text.size == 12.0)
            .filter(beside)
            .collect();
        names.insert(shape.colour().to_owned(), nearest(lines, y));
    }
    names
}

/// Of blocks of lines under each other, the one that has a line nearest to a height.
fn nearest(mut lines: Vec<&Text>, y: f64) -> String {
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    let blocks = lines.chunk_by(|one, next| (next.y - one.y - LEADING).abs() < 0.6);
    let away = |block: &&[&Text]| {
        block.iter().map(|line| (line.middle() - y).abs()).fold(f64::INFINITY, f64::min)
    };
    let block = blocks.min_by(|a, b| away(a).total_cmp(&away(b)));
    together(block.unwrap_or_default().to_vec())
}

/// The values of every answer and every item of a table, wave by wave. The wave of the
/// report stands in the table of its own.
fn courses(release: &Release, table: &str) -> Vec<(String, Course)> {
    let own = table.strip_suffix("-waves").unwrap_or(table);
    let mut waves: Vec<&str> = release.records.iter().map(|r| r["wave"].as_str()).collect();
    waves.sort_unstable();
    waves.dedup();
    let mut found: BTreeMap<(&str, &str), Course> = BTreeMap::new();
    for record in &release.records {
        let fits = (record["table"] == table || record["table"] == own)
            && ["percent", "net"].contains(&record["statistic"].as_str());
        let few = record["base"].parse().is_ok_and(|base: f64| base < FEWEST);
        if !fits || few || !["", "[b]"].contains(&record["status"].as_str()) {
            continue;
        }
        let at = waves.iter().position(|wave| record["wave"] == *wave).unwrap();
        let course = found
            .entry((&record["item"], &record["answer"]))
            .or_insert_with(|| vec![None; waves.len()]);
        course[at] = record["value"].parse().ok();
    }
    let both = found.into_iter().flat_map(|((item, answer), course)| {
        [(item.to_owned(), course.clone()), (answer.to_owned(), course)]
    });
    both.filter(|(label, _)| !label.is_empty()).collect()
}

/// Ends of strokes that are not at a point of their colour.
fn ends(picture: &Picture, colour: &str, plot: Area, points: &[(f64, f64)]) -> Option<String> {
    let strokes = picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Line(ends, own, width) if own == colour && *width == THICK => Some(ends),
        _ => None,
    });
    let near = |(x, y): &(f64, f64)| {
        points.iter().any(|(px, py)| (x - px).abs() <= GRAIN && (y - py).abs() <= 2.0 * GRAIN)
    };
    let mut inside = strokes.flatten().filter(|(x, _)| *x <= plot.right);
    inside.find(|end| !near(end)).map(|end| format!("a line of {colour} ends at {end:?}"))
}

/// A number before the first point that is not its value.
fn said(picture: &Picture, points: &[(f64, f64)], values: &[f64]) -> Option<String> {
    let ((x, y), value) = (points.first()?, values.first()?);
    let text = picture.texts().find(|text| {
        let gap = x - text.area().right;
        text.bold && (0.0..14.0).contains(&gap) && (text.middle() - y).abs() < 1.0
    })?;
    let same = percent(&text.content) == Some(*value);
    (!same).then(|| format!("{} stands at a point of {value}", text.content))
}

/// Whether any course of a label has all of these values in this order.
pub(crate) fn has_course(release: &Release, table: &str, label: &str, ends: &[f64]) -> bool {
    courses(release, table).iter().any(|(name, course)| {
        let known: Vec<f64> = course.iter().flatten().copied().collect();
        let same = match (ends, known.as_slice()) {
            ([one], [only]) => one == only,
            ([first, last], [from, .., to]) => first == from && last == to,
            _ => false,
        };
        same && is_label(label, name)
    })
}

/// Records of a table, of the one that has its newest wave, and those of all groups together
/// where the table has only the groups.
pub(crate) fn of_table<'a>(release: &'a Release, table: &str) -> Vec<&'a Record> {
    let own = table.strip_suffix("-waves").unwrap_or(table);
    let first = release.records.iter().find(|record| record["table"] == table);
    let by_group = first.filter(|record| !record["banner"].is_empty());
    let question = by_group.map(|record| record["question"].as_str());
    let total = |record: &Record| record["banner"].is_empty() && record["group"] == "Total";
    let fits = |record: &&Record| {
        record["table"] == table
            || record["table"] == own
            || (total(record) && question == Some(&record["table"]))
    };
    release.records.iter().filter(fits).collect()
}
