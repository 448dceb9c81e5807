//! Whether every text of every chart can be read: it is within the picture, touches no
//! other text, nothing runs through it or lies on it, and it stands out from what lies
//! behind it.

use crate::assert_sound;
use crate::release;
use crate::svg::{Area, Picture, Shape, Text};

/// The light of a colour, 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let byte = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
        let c = f64::from(byte) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if a > b { a / b } else { b / a }
}

/// Whether a shape's ink reaches into an area.
fn inks(shape: &Shape, area: Area) -> bool {
    match shape {
        Shape::Line(points, _, width) if points.len() == 2 => {
            // Thick lines end where their points are.
            let (across, down) = (points[0].1 == points[1].1, points[0].0 == points[1].0);
            let by = |along: bool| if along { 0.0 } else { width / 2.0 };
            let Area { left, top, right, bottom } = area;
            let (x, y) = (by(across), by(down));
            let grown =
                Area { left: left - x, top: top - y, right: right + x, bottom: bottom + y };
            crosses(points[0], points[1], grown)
        }
        Shape::Line(points, _, width) => {
            points.windows(2).any(|ends| crosses(ends[0], ends[1], area.grown(width / 2.0)))
        }
        other => other.area().meets(area),
    }
}

/// Whether a straight line enters an area (Liang and Barsky 1984).
fn crosses((x, y): (f64, f64), (to_x, to_y): (f64, f64), area: Area) -> bool {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let (across, down) = (to_x - x, to_y - y);
    let edges = [
        (-across, x - area.left),
        (across, area.right - x),
        (-down, y - area.top),
        (down, area.bottom - y),
    ];
    for (speed, room) in edges {
        if speed == 0.0 && room <= 0.0 {
            return false;
        }
        if speed < 0.0 {
            from = from.max(room / speed);
        } else if speed > 0.0 {
            to = to.min(room / speed);
        }
    }
    from < to
}

/// What is wrong with the text that is the picture's shape of number `at`.
fn faults(picture: &Picture, at: usize, text: &Text) -> Vec<String> {
    let area = text.area();
    let mut faults = Vec::new();
    if !picture.view.grown(0.1).holds(area) {
        faults.push(format!("leaves the picture: {area:?} of {:?}", picture.view));
    }
    let before = &picture.shapes[..at];
    // The last thing that lies under all of it; the card is white.
    let ground = before.iter().rposition(|shape| match shape {
        // Edges are on sixteenths of a pixel, letters are not.
        Shape::Rect(..) => shape.area().grown(0.1).holds(area),
        _ => false,
    });
    let colour = ground.map_or("#FFFFFF", |ground| before[ground].colour());
    if contrast(&text.colour, colour) < 4.5 {
        faults.push(format!("{} on {colour}", text.colour));
    }
    let core = area.grown(-0.75);
    let over = before.iter().skip(ground.map_or(0, |ground| ground + 1));
    // White on white is nothing: a box that makes room for a text.
    let through = over.filter(|shape| !(colour == "#FFFFFF" && shape.colour() == "#FFFFFF"));
    let after = picture.shapes[at + 1..].iter();
    for shape in through.chain(after).filter(|shape| inks(shape, core)) {
        faults.push(match shape {
            Shape::Text(other) => format!("touches “{}”", other.content),
            other => format!("{other:?} runs through it"),
        });
    }
    faults
}

#[test]
fn every_text_of_every_chart_can_be_read() {
    let (mut broken, mut looked_at) = (Vec::new(), 0);
    for release in release::all() {
        for (place, picture) in release.pictures() {
            for (at, shape) in picture.shapes.iter().enumerate() {
                let Shape::Text(text) = shape else { continue };
                looked_at += 1;
                let found = faults(picture, at, text);
                let told = |fault| format!("{place}: “{}”: {fault}", text.content);
                broken.extend(found.into_iter().map(told));
            }
        }
    }
    assert_sound(&broken, looked_at, 20_000);
}

#[test]
fn a_line_crosses_what_it_enters() {
    let area = Area { left: 0.0, top: 0.0, right: 10.0, bottom: 4.0 };
    assert!(crosses((5.0, -5.0), (5.0, 9.0), area));
    assert!(crosses((-1.0, 3.0), (4.0, -3.0), area));
    assert!(crosses((2.0, 2.0), (3.0, 2.0), area));
    assert!(!crosses((-1.0, 1.0), (1.0, -2.0), area));
    assert!(!crosses((-3.0, 5.0), (12.0, 5.0), area));
}

#[test]
fn a_thick_line_ends_at_its_points() {
    let bar = Shape::Line(vec![(0.0, 10.0), (20.0, 10.0)], "#000000".to_owned(), 16.0);
    let at = |left, top| Area { left, top, right: left + 10.0, bottom: top + 9.0 };
    assert!(inks(&bar, at(19.0, 5.0)) && inks(&bar, at(5.0, 17.0)));
    assert!(!inks(&bar, at(21.0, 5.0)) && !inks(&bar, at(5.0, 19.0)));
}
