//! The points of a line: a shape for each, over a white edge.

use super::super::scene::Scene;
use super::super::style::{Colour, Look, Shape, WHITE};

/// Draws a point over a white edge of 1.5 px.
pub(super) fn marker(scene: &mut Scene, look: Look, (x, y): (f64, f64), radius: f64) {
    let corners = |r: f64| match look.shape {
        Shape::Circle | Shape::Ring => None,
        Shape::Square | Shape::Frame => {
            let r = 0.9 * r;
            Some(vec![(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)])
        }
        Shape::Triangle => {
            let (up, down) = (1.2 * r, 0.8 * r);
            Some(vec![(x, y - up), (x + 1.1 * r, y + down), (x - 1.1 * r, y + down)])
        }
        Shape::Diamond => {
            let r = 1.25 * r;
            Some(vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)])
        }
    };
    let mut layer = |r: f64, colour: Colour| match corners(r) {
        Some(points) => scene.polygon(points, colour),
        None => scene.disc((x, y), r, colour),
    };
    layer(radius + 1.5, WHITE);
    layer(radius, look.colour);
    if matches!(look.shape, Shape::Ring | Shape::Frame) {
        layer(radius - 2.5, WHITE);
    }
}
