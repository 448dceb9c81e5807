//! The points of a line: a shape for each, over a white edge.

use super::super::scene::Scene;
use super::super::style::{Colour, Look, Shape, WHITE};

/// Draws a point over a white edge of 1.5 px.
pub(super) fn marker(scene: &mut Scene, look: Look, at: (f64, f64), radius: f64) {
    layer(scene, look.shape, at, (radius + 1.5, WHITE));
    layer(scene, look.shape, at, (radius, look.colour));
    if matches!(look.shape, Shape::Ring | Shape::Frame) {
        layer(scene, look.shape, at, (radius - 2.5, WHITE));
    }
}

/// The shape in one size and colour.
fn layer(scene: &mut Scene, shape: Shape, at: (f64, f64), (r, colour): (f64, Colour)) {
    match shape {
        Shape::Circle | Shape::Ring => scene.disc(at, r, colour),
        Shape::Square | Shape::Frame => scene.polygon(square(at, 0.9 * r), colour),
        Shape::Triangle => scene.polygon(triangle(at, r), colour),
        Shape::Diamond => scene.polygon(diamond(at, 1.25 * r), colour),
    }
}

fn square((x, y): (f64, f64), r: f64) -> Vec<(f64, f64)> {
    vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]
}

fn triangle((x, y): (f64, f64), r: f64) -> Vec<(f64, f64)> {
    let (up, down, side) = (1.2 * r, 0.8 * r, 1.1 * r);
    vec![(x, y - up), (x + side, y + down), (x - side, y + down)]
}

fn diamond((x, y): (f64, f64), r: f64) -> Vec<(f64, f64)> {
    vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
}
