//! What the backend was told to draw: vectors and strings, in sixteenths of a pixel.
//!
//! The one source of every form of a picture. Knows neither plotters nor any format.

use super::scene::Anchor;
use super::style::{Colour, Weight};

/// Units of a CSS pixel. Plotters counts in whole numbers; a sixteenth is finer than any
/// screen shows.
pub(super) const UNITS: i32 = 16;

/// A point: x to the right, y downwards.
pub(super) type Point = (i32, i32);

/// How a shape is put on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// Filled.
    Fill(Colour),
    /// Its outline, of this width, centred on the line.
    Stroke(Colour, u32),
}

/// One thing that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A rectangle from its upper left to its lower right corner.
    Rect(Point, Point, Paint),
    /// A line through points; closed and filled if the paint is a fill.
    Path(Vec<Point>, Paint),
    /// A circle: centre and radius.
    Circle(Point, u32, Paint),
    /// A line of text.
    Text(Text),
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    /// The anchor on the baseline.
    pub(super) at: Point,
    /// Which end stands there.
    pub(super) anchor: Anchor,
    /// The weight of the type.
    pub(super) weight: Weight,
    /// The em.
    pub(super) size: f64,
    /// The colour.
    pub(super) colour: Colour,
    /// What it says.
    pub(super) content: String,
}

/// All that was drawn, from back to front.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Recording {
    /// The width of the picture.
    pub(super) width: u32,
    /// The height of the picture with its heading.
    pub(super) height: u32,
    /// The part that a page shows: its upper left and its lower right corner.
    pub(super) page: (Point, Point),
    /// What was drawn.
    pub(super) shapes: Vec<Shape>,
    /// How often plotters fell back on single pixels: never, if all is well.
    pub(super) pixels: u64,
}

impl Recording {
    /// The size of the part that a page shows, in CSS pixels.
    pub(super) fn page_size(&self) -> (u32, u32) {
        let ((left, top), (right, bottom)) = self.page;
        let px = |from: i32, to: i32| from.abs_diff(to).div_ceil(UNITS.unsigned_abs());
        (px(left, right), px(top, bottom))
    }
}

impl Shape {
    /// Whether any of it may stand between two heights.
    pub(super) fn is_between(&self, top: i32, bottom: i32) -> bool {
        let within = |from: i32, to: i32| from < bottom && to > top;
        match self {
            Self::Rect((_, from), (_, to), _) => within(*from, *to),
            Self::Path(points, _) => points.iter().any(|(_, y)| within(*y, *y)),
            Self::Circle((_, y), ..) => within(*y, *y),
            Self::Text(text) => within(text.at.1, text.at.1),
        }
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&Text> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether both can stand in one element: shapes of one paint, or texts of one setting.
    pub(super) fn is_set_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => {
                let setting = |t: &Text| (t.anchor, t.weight, t.size.to_bits(), t.colour);
                setting(one) == setting(other)
            }
            _ => self.paint().is_some() && self.paint() == other.paint(),
        }
    }

    /// How it is drawn, if it is no text.
    fn paint(&self) -> Option<Paint> {
        match self {
            Self::Rect(.., paint) | Self::Path(_, paint) | Self::Circle(.., paint) => {
                Some(*paint)
            }
            Self::Text(_) => None,
        }
    }
}
