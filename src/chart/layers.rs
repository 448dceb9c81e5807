//! Shapes that look alike, gathered so that one element can hold them: a recording's shapes
//! go in, layers come out, from back to front.
//!
//! A shape goes back into an earlier layer only if nothing that was drawn between them lies
//! where it does, so the picture stays the same. Knows nothing of how layers are written.

use super::font::Fonts;
use super::recording::{Paint, Point, Shape, Text, UNITS};
use super::scene::Anchor;

/// Shapes of one paint, or texts of one setting; never empty.
pub(super) struct Layer<'a> {
    /// What is drawn.
    pub(super) shapes: Vec<&'a Shape>,
    /// The box around each shape.
    boxes: Vec<Box>,
}

/// The upper left and the lower right corner.
type Box = (Point, Point);

/// The layers of some shapes.
pub(super) fn layers<'a>(
    shapes: impl Iterator<Item = &'a Shape>,
    fonts: &Fonts,
) -> Vec<Layer<'a>> {
    let mut layers: Vec<Layer<'a>> = Vec::new();
    for shape in shapes {
        let around = around(shape, fonts);
        let stop = |layer: &&mut Layer<'_>| layer.takes(shape) || layer.is_under(shape, around);
        match layers.iter_mut().rev().find(stop).filter(|layer| layer.takes(shape)) {
            Some(layer) => layer.add(shape, around),
            None => layers.push(Layer { shapes: vec![shape], boxes: vec![around] }),
        }
    }
    layers
}

impl<'a> Layer<'a> {
    fn add(&mut self, shape: &'a Shape, around: Box) {
        self.shapes.push(shape);
        self.boxes.push(around);
    }

    /// Whether a shape can stand in one element with these.
    fn takes(&self, shape: &Shape) -> bool {
        self.shapes.first().is_some_and(|first| first.is_set_like(shape))
    }

    /// Whether a shape must stay above one of these. Two texts never lie over each other.
    fn is_under(&self, shape: &Shape, around: Box) -> bool {
        let texts = |one: &Shape| one.text().is_some();
        let pairs = self.shapes.iter().zip(&self.boxes);
        pairs
            .into_iter()
            .any(|(under, it)| !(texts(under) && texts(shape)) && meet(around, *it))
    }
}

fn meet(((left, top), (right, bottom)): Box, ((x, y), (to_x, to_y)): Box) -> bool {
    left < to_x && x < right && top < to_y && y < bottom
}

/// The box around a shape, with a pixel to spare for its edge.
fn around(shape: &Shape, fonts: &Fonts) -> Box {
    match shape {
        Shape::Rect(from, to, paint) => spread((*from, *to), edge(*paint)),
        Shape::Circle((x, y), radius, paint) => {
            spread(((*x, *y), (*x, *y)), radius.cast_signed() + edge(*paint))
        }
        Shape::Path(points, paint) => {
            let first = points.first().copied().unwrap_or_default();
            let bounds = points.iter().fold((first, first), |(low, high), point| {
                (
                    (low.0.min(point.0), low.1.min(point.1)),
                    (high.0.max(point.0), high.1.max(point.1)),
                )
            });
            spread(bounds, edge(*paint))
        }
        Shape::Text(text) => spread(line(text, fonts), UNITS),
    }
}

/// How far paint may reach beyond a shape's points.
fn edge(paint: Paint) -> i32 {
    match paint {
        Paint::Fill(_) => UNITS,
        Paint::Stroke(_, width) => UNITS + width.cast_signed(),
    }
}

fn spread(((left, top), (right, bottom)): Box, by: i32) -> Box {
    ((left - by, top - by), (right + by, bottom + by))
}

/// The box around a line of text: an em above its baseline and half an em below.
#[allow(clippy::cast_possible_truncation, reason = "pictures are under 2^27 pixels")]
fn line(text: &Text, fonts: &Fonts) -> Box {
    let advance = |c| i32::from(fonts.advance(fonts.glyph(c, text.weight), text.weight));
    let ems = text.content.chars().map(advance).sum::<i32>();
    let length = (f64::from(ems) * text.size / f64::from(super::font::UNITS_PER_EM)) as i32;
    let (x, y) = text.at;
    let left = match text.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - length / 2,
        Anchor::End => x - length,
    };
    let em = text.size as i32;
    ((left, y - em), (left + length, y + em / 2))
}

#[cfg(test)]
mod tests {
    use super::super::style::{BAR, Colour, INK, WHITE, Weight};
    use super::*;

    fn rect(left: i32, colour: Colour) -> Shape {
        Shape::Rect((left * 16, 0), (left * 16 + 160, 160), Paint::Fill(colour))
    }

    fn word(x: i32, colour: Colour) -> Shape {
        let content = "Yes".to_owned();
        let weight = Weight::Regular;
        let at = (x * 16, 160);
        Shape::Text(Text { at, anchor: Anchor::Start, weight, size: 224.0, colour, content })
    }

    /// For each layer, the places of its shapes.
    fn order(shapes: &[Shape]) -> Vec<Vec<usize>> {
        let place =
            |found: &&Shape| shapes.iter().position(|shape| std::ptr::eq(shape, *found));
        let layers = layers(shapes.iter(), &Fonts::load().unwrap());
        layers.iter().map(|layer| layer.shapes.iter().filter_map(place).collect()).collect()
    }

    #[test]
    fn what_looks_alike_is_one_layer() {
        let shapes = [rect(0, BAR), rect(20, INK), rect(40, BAR), rect(60, INK)];
        assert_eq!(order(&shapes), [[0, 2], [1, 3]]);
    }

    #[test]
    fn nothing_goes_under_what_it_lies_over() {
        let shapes = [rect(0, BAR), rect(0, WHITE), rect(5, BAR), rect(40, BAR)];
        assert_eq!(order(&shapes), [vec![0], vec![1], vec![2, 3]]);
        let shapes = [word(0, INK), rect(20, WHITE), word(21, INK)];
        assert_eq!(order(&shapes), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn texts_of_one_setting_are_one_layer() {
        let shapes = [word(0, INK), word(0, WHITE), word(0, INK)];
        assert_eq!(order(&shapes), [vec![0, 2], vec![1]]);
    }
}
