//! Draws a scene with plotters into a backend that records vectors.
//!
//! The only file that knows plotters. Its meshes, captions, legends and bitmaps are not
//! used: positions come from the scene, and what reaches the backend is kept as it is.

use super::recording::{Paint, Point, Recording, Shape, Text, UNITS};
use super::scene::{Anchor, Area, Mark, Scene, Text as Line};
use super::style::{Colour, Weight};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text as TextElement};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend,
    DrawingErrorKind,
};
use std::convert::Infallible;

type Canvas<'a> = DrawingArea<Recorder<'a>, plotters::coord::Shift>;
type Drawn = Result<(), DrawingErrorKind<Infallible>>;
type Outcome = Result<(), DrawingAreaErrorKind<Infallible>>;

/// Records a scene, of which a page shows a part as wide as the picture less its margins.
/// None if plotters refused a mark or fell back on pixels: a fault of the program.
pub(super) fn record(scene: &Scene, page: Area) -> Option<Recording> {
    let [from, to] = corners(page, 0.0);
    let mut recording = Recording {
        width: (from.0 + to.0).unsigned_abs(),
        height: units(scene.height).unsigned_abs(),
        page: (from, to),
        ..Recording::default()
    };
    let canvas = Recorder(&mut recording).into_drawing_area();
    let outcome = scene.marks.iter().try_for_each(|mark| draw(&canvas, mark));
    drop(canvas);
    (outcome.is_ok() && recording.pixels == 0).then_some(recording)
}

fn draw(canvas: &Canvas<'_>, mark: &Mark) -> Outcome {
    match mark {
        Mark::Fill(area, colour) => {
            canvas.draw(&Rectangle::new(corners(*area, 0.0), rgb(*colour).filled()))
        }
        Mark::Outline(area, colour) => {
            let style = Color::stroke_width(&rgb(*colour), UNITS.unsigned_abs());
            canvas.draw(&Rectangle::new(corners(*area, 0.5), style))
        }
        Mark::Line(from, to, colour, width) => {
            let width = units(*width).unsigned_abs();
            let style = Color::stroke_width(&rgb(*colour), width);
            canvas.draw(&PathElement::new(vec![point(*from), point(*to)], style))
        }
        Mark::Polygon(corners, colour) => {
            let corners: Vec<Point> = corners.iter().copied().map(point).collect();
            canvas.draw(&Polygon::new(corners, rgb(*colour).filled()))
        }
        Mark::Disc(middle, radius, colour) => {
            let radius = units(*radius).unsigned_abs();
            canvas.draw(&Circle::new(point(*middle), radius, rgb(*colour).filled()))
        }
        Mark::Text(text) => canvas.draw(&element(text)),
    }
}

/// The corners of an area made smaller by `inset` on each side.
fn corners(area: Area, inset: f64) -> [Point; 2] {
    let (right, bottom) = (area.left + area.width, area.top + area.height);
    [point((area.left + inset, area.top + inset)), point((right - inset, bottom - inset))]
}

/// A plotters text whose vertical anchor is the baseline.
fn element(text: &Line) -> TextElement<'_, Point, &str> {
    let horizontal = match text.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let style = match text.style.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::SemiBold => FontStyle::Bold,
    };
    let size = text.style.size * f64::from(UNITS);
    let style = TextStyle {
        font: FontDesc::new(FontFamily::SansSerif, size, style),
        color: rgb(text.style.colour).to_backend_color(),
        pos: Pos::new(horizontal, VPos::Bottom),
    };
    TextElement::new(text.content.as_str(), point((text.x, text.y)), style)
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn point((x, y): (f64, f64)) -> Point {
    (units(x), units(y))
}

#[allow(clippy::cast_possible_truncation, reason = "pictures are under 2^27 pixels")]
fn units(pixels: f64) -> i32 {
    (pixels * f64::from(UNITS)).round() as i32
}

/// The backend: it writes down what it is told.
struct Recorder<'a>(&'a mut Recording);

impl Recorder<'_> {
    fn add(&mut self, shape: Shape) {
        self.0.shapes.push(shape);
    }
}

fn colour(of: BackendColor) -> Colour {
    Colour(of.rgb.0, of.rgb.1, of.rgb.2)
}

fn stroke<S: BackendStyle>(style: &S) -> Paint {
    Paint::Stroke(colour(style.color()), style.stroke_width())
}

fn paint<S: BackendStyle>(style: &S, fill: bool) -> Paint {
    if fill { Paint::Fill(colour(style.color())) } else { stroke(style) }
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.0.width, self.0.height)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        self.0.pixels += 1;
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.add(Shape::Path(vec![from, to], stroke(style)));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.add(Shape::Rect(upper_left, bottom_right, paint(style, fill)));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.add(Shape::Path(path.into_iter().collect(), stroke(style)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.add(Shape::Circle(center, radius, paint(style, fill)));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.add(Shape::Path(vert.into_iter().collect(), paint(style, true)));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        at: BackendCoord,
    ) -> Drawn {
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let weight = match style.style() {
            FontStyle::Bold => Weight::SemiBold,
            _ => Weight::Regular,
        };
        let (size, colour) = (style.size(), colour(style.color()));
        let content = text.to_owned();
        self.add(Shape::Text(Text { at, anchor, weight, size, colour, content }));
        Ok(())
    }

    /// Never asked by what we draw; plotters' own guess counts bytes, so it is not used.
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        _: &str,
        _: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::{BAR, INK, LABEL};
    use super::*;
    use plotters::style::ShapeStyle;

    const PAGE: Area = Area { left: 4.0, top: 8.0, width: 92.0, height: 30.0 };

    fn scene() -> Scene {
        let mut scene = Scene { height: 40.0, ..Scene::default() };
        let area = Area { left: 1.0, top: 2.0, width: 10.5, height: 22.0 };
        scene.fill(area, BAR);
        scene.outline(area, INK);
        scene.rule(4.0, (0.0, 40.0), INK);
        scene.text((5.25, 30.0), Anchor::End, LABEL, "Yes");
        scene
    }

    #[test]
    fn marks_are_kept_to_a_sixteenth_of_a_pixel() {
        let recording = record(&scene(), PAGE).unwrap();
        assert_eq!((recording.width, recording.height), (1600, 640));
        assert_eq!(
            recording.shapes,
            [
                Shape::Rect((16, 32), (184, 384), Paint::Fill(BAR)),
                Shape::Rect((24, 40), (176, 376), Paint::Stroke(INK, 16)),
                Shape::Path(vec![(72, 0), (72, 640)], Paint::Stroke(INK, 16)),
                Shape::Text(Text {
                    at: (84, 480),
                    anchor: Anchor::End,
                    weight: Weight::Regular,
                    size: 224.0,
                    colour: INK,
                    content: "Yes".to_owned(),
                }),
            ]
        );
    }

    #[test]
    fn plotters_own_elements_stay_vectors() {
        let mut recording = Recording { width: 99, height: 99, ..Recording::default() };
        let canvas = Recorder(&mut recording).into_drawing_area();
        let style: ShapeStyle = rgb(INK).filled();
        canvas.draw(&Circle::new((5, 5), 3, style)).unwrap();
        canvas.draw(&Polygon::new(vec![(0, 0), (9, 0), (9, 9)], style)).unwrap();
        canvas.fill(&rgb(BAR)).unwrap();
        drop(canvas);
        assert_eq!((recording.shapes.len(), recording.pixels), (3, 0));
    }

    #[test]
    fn a_pixel_is_a_fault() {
        let mut recording = Recording { width: 99, height: 99, ..Recording::default() };
        let canvas = Recorder(&mut recording).into_drawing_area();
        canvas.draw_pixel((1, 1), &rgb(INK)).unwrap();
        drop(canvas);
        assert_eq!(recording.pixels, 1);
    }
}
