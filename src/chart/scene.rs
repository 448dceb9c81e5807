//! A picture as a list of primitives, in CSS pixels, y downwards.
//!
//! Layouts fill a [`Scene`]; `paint` draws it. Knows nothing of tables and nothing of
//! plotters.

use super::font::Fonts;
use super::style::{Colour, Style, WHITE};

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    /// Its left edge.
    pub(super) left: f64,
    /// Its upper edge.
    pub(super) top: f64,
    /// How wide it is.
    pub(super) width: f64,
    /// How high it is.
    pub(super) height: f64,
}

/// Which end of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The left end.
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    /// Where its anchor stands.
    pub(super) x: f64,
    /// The baseline.
    pub(super) y: f64,
    /// Which end stands at `x`.
    pub(super) anchor: Anchor,
    /// How it is set.
    pub(super) style: Style,
    /// What it says, already cleaned.
    pub(super) content: String,
}

/// A primitive.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    /// A filled rectangle.
    Fill(Area, Colour),
    /// The outline of a rectangle, 1 px, drawn inside it.
    Outline(Area, Colour),
    /// A straight line: from, to, colour, width.
    Line((f64, f64), (f64, f64), Colour, f64),
    /// A filled polygon.
    Polygon(Vec<(f64, f64)>, Colour),
    /// A filled circle: middle and radius.
    Disc((f64, f64), f64, Colour),
    /// A line of text.
    Text(Text),
}

/// A picture, or a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scene {
    /// How high it is.
    pub(super) height: f64,
    /// What is drawn, from back to front.
    pub(super) marks: Vec<Mark>,
}

impl Scene {
    /// Adds a filled rectangle; nothing if it has no width.
    pub(super) fn fill(&mut self, area: Area, colour: Colour) {
        if area.width > 0.0 {
            self.marks.push(Mark::Fill(area, colour));
        }
    }

    /// Adds a rectangle's outline.
    pub(super) fn outline(&mut self, area: Area, colour: Colour) {
        if area.width > 0.0 {
            self.marks.push(Mark::Outline(area, colour));
        }
    }

    /// Adds a vertical line of 1 px, put on the pixel grid so that it is sharp.
    pub(super) fn rule(&mut self, x: f64, (top, bottom): (f64, f64), colour: Colour) {
        let x = x.floor() + 0.5;
        self.marks.push(Mark::Line((x, top), (x, bottom), colour, 1.0));
    }

    /// Adds a straight line.
    pub(super) fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        colour: Colour,
        width: f64,
    ) {
        self.marks.push(Mark::Line(from, to, colour, width));
    }

    /// Adds a filled polygon.
    pub(super) fn polygon(&mut self, corners: Vec<(f64, f64)>, colour: Colour) {
        self.marks.push(Mark::Polygon(corners, colour));
    }

    /// Adds a filled circle.
    pub(super) fn disc(&mut self, middle: (f64, f64), radius: f64, colour: Colour) {
        self.marks.push(Mark::Disc(middle, radius, colour));
    }

    /// Adds a line of text with its anchor and baseline at a point; nothing if it is empty.
    pub(super) fn text(
        &mut self,
        (x, y): (f64, f64),
        anchor: Anchor,
        style: Style,
        content: impl Into<String>,
    ) {
        let content = content.into();
        // Half pixels: as sharp as any, and short to write.
        let y = (y * 2.0).round() / 2.0;
        if !content.is_empty() {
            self.marks.push(Mark::Text(Text { x, y, anchor, style, content }));
        }
    }

    /// Adds lines of text under each other, the first line's upper edge at `top`.
    pub(super) fn lines(
        &mut self,
        (x, top): (f64, f64),
        anchor: Anchor,
        style: Style,
        lines: &[String],
    ) {
        let mut middle = top + style.leading / 2.0;
        for line in lines {
            self.text((x, middle + style.drop()), anchor, style, line.as_str());
            middle += style.leading;
        }
    }

    /// Puts a white box of 3 px margin behind every text added since `mark` marks were
    /// held, so that no grid line runs through the words.
    pub(super) fn clear_behind(&mut self, mark: usize, fonts: &Fonts) {
        let boxes: Vec<Mark> = (self.marks.iter().skip(mark))
            .filter_map(|m| if let Mark::Text(text) = m { Some(text) } else { None })
            .map(|text| {
                let area = text.area(fonts);
                let area = Area { left: area.left - 3.0, width: area.width + 6.0, ..area };
                Mark::Fill(area, WHITE)
            })
            .collect();
        let rest = self.marks.split_off(mark.min(self.marks.len()));
        self.marks.extend(boxes);
        self.marks.extend(rest);
    }

    /// Adds another picture's marks, moved down to the end of this one.
    pub(super) fn append(&mut self, other: Self) {
        let down = self.height;
        self.height += other.height;
        self.marks.extend(other.marks.into_iter().map(|mark| mark.moved(down)));
    }
}

impl Mark {
    fn moved(self, down: f64) -> Self {
        let lower = |area: Area| Area { top: area.top + down, ..area };
        match self {
            Self::Fill(area, colour) => Self::Fill(lower(area), colour),
            Self::Outline(area, colour) => Self::Outline(lower(area), colour),
            Self::Line((x, y), (to_x, to_y), colour, width) => {
                Self::Line((x, y + down), (to_x, to_y + down), colour, width)
            }
            Self::Polygon(corners, colour) => {
                let corners = corners.into_iter().map(|(x, y)| (x, y + down));
                Self::Polygon(corners.collect(), colour)
            }
            Self::Disc((x, y), radius, colour) => Self::Disc((x, y + down), radius, colour),
            Self::Text(text) => Self::Text(Text { y: text.y + down, ..text }),
        }
    }
}

impl Text {
    /// The rectangle that the line takes: its width and its em.
    pub(super) fn area(&self, fonts: &Fonts) -> Area {
        let width = fonts.width(&self.content, self.style);
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        let size = self.style.size;
        Area { left, top: self.y - 0.8 * size, width, height: size }
    }
}
