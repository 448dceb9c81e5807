//! SVG from a recording: with real text for the page, with outlined text for files.
//!
//! Both are written by hand: no style attributes (the page forbids them), ids unique to
//! the picture, numbers to a hundredth of a pixel. Never sees a scene or a table.

use super::font::{Fonts, UNITS_PER_EM};
use super::layers::{Layer, layers};
use super::logo::Logo;
use super::recording::{Paint, Point, Recording, Shape, Text, UNITS};
use super::scene::{Anchor, Area};
use super::style::Weight;
use super::text::escape;
use std::collections::BTreeSet;

/// What a picture is called.
pub(super) struct Names<'a> {
    /// Unique in the page; letters, digits and `-`.
    pub(super) id: &'a str,
    /// A hook for the page's style sheet, which shows one width at a time.
    pub(super) class: &'a str,
    /// The accessible name.
    pub(super) title: &'a str,
    /// What is shown, in words.
    pub(super) description: &'a str,
}

/// The picture without its heading, its text left to the browser. A page needs no
/// namespace: its reader knows `svg`.
pub(super) fn inline(recording: &Recording, names: &Names<'_>, fonts: &Fonts) -> String {
    let more = format!(
        "class=\"chart chart-{}\" font-family=\"PollSans, Arial, Helvetica, sans-serif\"",
        escape(names.class)
    );
    let body = lettered(recording, fonts, real);
    format!("{}{}{body}</svg>", open(recording.page, &more), describe(names))
}

/// The same for pages of others, which may set it in any font: as wide as its place even
/// without a style sheet.
pub(super) fn embedded(recording: &Recording, names: &Names<'_>, fonts: &Fonts) -> String {
    let ((left, top), (right, bottom)) = recording.page;
    let [left, top, width, height] = [left, top, right - left, bottom - top].map(px);
    let body =
        lettered(recording, fonts, |text, setting| real(text, &(fit(text, fonts) + setting)));
    format!(
        "<svg width=\"100%\" \
         viewBox=\"{left} {top} {width} {height}\" role=\"img\" \
         font-family=\"Arial, Helvetica, sans-serif\"{}{body}</svg>",
        describe(names)
    )
}

/// All that stands between heading and notes; `write` gets a text and how it is set, unless
/// its group says that.
fn lettered(
    recording: &Recording,
    fonts: &Fonts,
    write: impl Fn(&Text, &str) -> String,
) -> String {
    let ((_, top), (_, bottom)) = recording.page;
    let shapes = recording.shapes.iter().filter(|shape| shape.is_between(top, bottom));
    layers(shapes, fonts).iter().map(|layer| draw(layer, setting, &write)).collect()
}

/// Keeps a text as long as the bundled font makes it, in any font; nothing where that font
/// lacks a character and its length is not known.
fn fit(text: &Text, fonts: &Fonts) -> String {
    let glyphs: Vec<u16> = text.content.chars().map(|c| fonts.glyph(c, text.weight)).collect();
    if glyphs.contains(&0) {
        return String::new();
    }
    let units: u32 = glyphs.iter().map(|g| u32::from(fonts.advance(*g, text.weight))).sum();
    let length = f64::from(units) * text.size / f64::from(UNITS) / f64::from(UNITS_PER_EM);
    format!(" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\"")
}

/// The picture with its heading and every letter as an outline, so that it looks the same
/// wherever it is opened; with the logo at its place.
pub(super) fn outlined(
    recording: &Recording,
    names: &Names<'_>,
    fonts: &Fonts,
    logo: Option<(&Logo, Area)>,
) -> String {
    let logo = logo.map(|(logo, area)| logo.element(area)).unwrap_or_default();
    file(recording, &layers(recording.shapes.iter(), fonts), names, fonts, &logo)
}

/// A file of its own; `above` is drawn above all layers.
fn file(
    recording: &Recording,
    layers: &[Layer<'_>],
    names: &Names<'_>,
    fonts: &Fonts,
    above: &str,
) -> String {
    // Older drawing programs know only the prefixed spelling of `href`, and no file is a
    // picture for them without its namespace.
    let more = "xmlns=\"http://www.w3.org/2000/svg\" \
                xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    let colour = |text: &Text| attributes(Paint::Fill(text.colour));
    let write = |text: &Text, own: &str| outline(text, own, fonts);
    let body: String = layers.iter().map(|layer| draw(layer, colour, write)).collect();
    format!(
        "{}{}{}{body}{above}</svg>\n",
        open(whole(recording), more),
        describe(names),
        define(recording, fonts)
    )
}

/// The corners of the whole picture.
fn whole(recording: &Recording) -> (Point, Point) {
    ((0, 0), (recording.width.cast_signed(), recording.height.cast_signed()))
}

/// The start tag without its end, for a part of the picture.
fn open(((left, top), (right, bottom)): (Point, Point), more: &str) -> String {
    let (width, height) = (px(right - left), px(bottom - top));
    let (left, top) = (px(left), px(top));
    format!(
        "<svg width=\"{width}\" height=\"{height}\" \
         viewBox=\"{left} {top} {width} {height}\" role=\"img\" {more}"
    )
}

/// Ends the start tag and says what the picture is.
fn describe(names: &Names<'_>) -> String {
    let (id, title, text) = (escape(names.id), escape(names.title), escape(names.description));
    format!(
        " aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{title}</title>\
         <desc id=\"{id}-desc\">{text}</desc>"
    )
}

/// A layer: one element, or a group that says once what its elements share. Lines are all
/// one element. `setting` and `write` are for texts.
fn draw(
    layer: &Layer<'_>,
    setting: impl Fn(&Text) -> String,
    write: impl Fn(&Text, &str) -> String,
) -> String {
    let shared = match layer.shapes.first() {
        None => return String::new(),
        Some(Shape::Text(text)) => setting(text),
        Some(Shape::Rect(.., paint) | Shape::Path(_, paint) | Shape::Circle(.., paint)) => {
            attributes(*paint)
        }
    };
    let is_path = |shape: &&&Shape| matches!(shape, Shape::Path(..));
    let lines: String = layer.shapes.iter().filter(is_path).map(|shape| path(shape)).collect();
    let count = layer.shapes.iter().filter(|shape| !is_path(shape)).count();
    let own = if count + usize::from(!lines.is_empty()) == 1 { shared.as_str() } else { "" };
    let mut elements = String::new();
    if !lines.is_empty() {
        elements = format!("<path d=\"{lines}\"{own}/>");
    }
    elements.extend(layer.shapes.iter().map(|shape| match shape {
        Shape::Text(text) => write(text, own),
        _ => area(shape, own),
    }));
    if own.is_empty() { format!("<g{shared}>{elements}</g>") } else { elements }
}

/// A rectangle or a circle.
fn area(shape: &Shape, own: &str) -> String {
    match shape {
        Shape::Rect((left, top), (right, bottom), _) => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{own}/>",
            px(*left),
            px(*top),
            px(right - left),
            px(bottom - top),
        ),
        Shape::Circle((x, y), radius, _) => format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{own}/>",
            px(*x),
            px(*y),
            px(radius.cast_signed()),
        ),
        Shape::Path(..) | Shape::Text(_) => String::new(),
    }
}

/// What draws a line, or an area with corners.
fn path(shape: &Shape) -> String {
    let Shape::Path(points, paint) = shape else { return String::new() };
    let mut pen = None;
    let mut data: String = (points.iter())
        .map(|&(x, y)| match pen.replace((x, y)) {
            None => format!("M{} {}", px(x), px(y)),
            Some((before, _)) if before == x => format!("V{}", px(y)),
            Some((_, before)) if before == y => format!("H{}", px(x)),
            Some(_) => format!("L{} {}", px(x), px(y)),
        })
        .collect();
    if matches!(paint, Paint::Fill(_)) {
        data.push('Z');
    }
    data
}

fn attributes(paint: Paint) -> String {
    match paint {
        Paint::Fill(colour) => format!(" fill=\"{colour}\""),
        Paint::Stroke(colour, width) => {
            let width = px(width.cast_signed());
            format!(" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"")
        }
    }
}

/// How a text is set, as attributes.
fn setting(text: &Text) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = match text.weight {
        Weight::Regular => "",
        Weight::SemiBold => " font-weight=\"600\"",
    };
    let size = text.size / f64::from(UNITS);
    format!(" font-size=\"{size}\"{weight}{anchor} fill=\"{}\"", text.colour)
}

/// A line of text for the browser to set.
fn real(text: &Text, setting: &str) -> String {
    let (x, y) = (px(text.at.0), px(text.at.1));
    format!("<text x=\"{x}\" y=\"{y}\"{setting}>{}</text>", escape(&text.content))
}

/// The name of a glyph's outline.
fn glyph_id(weight: Weight, glyph: u16) -> String {
    let letter = if weight == Weight::Regular { 'r' } else { 's' };
    format!("{letter}{glyph}")
}

/// Defines each outline once.
fn define(recording: &Recording, fonts: &Fonts) -> String {
    let texts = recording.shapes.iter().filter_map(Shape::text);
    let used: BTreeSet<(Weight, u16)> = texts
        .flat_map(|text| {
            text.content.chars().map(|c| (text.weight, fonts.glyph(c, text.weight)))
        })
        .collect();
    let outlines: String =
        used.into_iter().map(|(weight, glyph)| definition(weight, glyph, fonts)).collect();
    format!("<defs>{outlines}</defs>")
}

/// A glyph's outline under its name; nothing for a space.
fn definition(weight: Weight, glyph: u16, fonts: &Fonts) -> String {
    let outline = fonts.outline(glyph, weight);
    if outline.is_empty() {
        return String::new();
    }
    format!("<path id=\"{}\" d=\"{outline}\"/>", glyph_id(weight, glyph))
}

/// A line of text as outlines, in a group whose unit is the font's.
fn outline(text: &Text, own: &str, fonts: &Fonts) -> String {
    let glyphs: Vec<u16> = text.content.chars().map(|c| fonts.glyph(c, text.weight)).collect();
    let advance = |glyph: &u16| i32::from(fonts.advance(*glyph, text.weight));
    let length: i32 = glyphs.iter().map(advance).sum();
    let mut pen = match text.anchor {
        Anchor::Start => 0,
        Anchor::Middle => -length / 2,
        Anchor::End => -length,
    };
    let mut uses = String::new();
    for glyph in &glyphs {
        if !fonts.outline(*glyph, text.weight).is_empty() {
            uses.push_str(&instance(&glyph_id(text.weight, *glyph), pen));
        }
        pen += advance(glyph);
    }
    let (x, y) = (px(text.at.0), px(text.at.1));
    let scale = text.size / f64::from(UNITS) / f64::from(UNITS_PER_EM);
    format!("<g transform=\"translate({x} {y})scale({scale})\"{own}>{uses}</g>")
}

/// A defined outline at a place.
fn instance(id: &str, x: i32) -> String {
    format!("<use xlink:href=\"#{id}\" x=\"{x}\"/>")
}

/// Units as pixels, to a hundredth, without trailing zeros.
fn px(units: i32) -> String {
    format!("{}", (f64::from(units) * 100.0 / f64::from(UNITS)).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::super::paint::record;
    use super::super::png::render;
    use super::super::scene::{Area, Scene};
    use super::super::style::{AXIS, BAR, GRID, INK, LABEL, VALUE, WHITE};
    use super::*;

    const NAMES: Names<'_> = Names { id: "x", class: "wide", title: "A", description: "B" };

    /// Bars over a grid, an outline over a bar, texts on boxes: some shapes can be gathered
    /// and some must not be.
    fn recording() -> Recording {
        let mut scene = Scene { height: 90.0, ..Scene::default() };
        let page = Area { left: 0.0, top: 0.0, width: 90.0, height: 90.0 };
        scene.fill(page, WHITE);
        for (n, top) in [4.0, 34.0, 64.0].into_iter().enumerate() {
            let area = Area { left: 8.3, top, width: 31.7 + 9.1 * top / 10.0, height: 22.0 };
            scene.rule(20.0, (top - 4.0, top + 26.0), GRID);
            scene.fill(area, if n == 1 { AXIS } else { BAR });
            scene.outline(area, INK);
            scene.fill(Area { left: 30.0, width: 40.0, ..area }, WHITE);
            scene.text((32.0, top + 15.0), Anchor::Start, VALUE, "39%");
            scene.text((88.0, top + 15.0), Anchor::End, LABEL, "Yes");
        }
        record(&scene, page).unwrap()
    }

    #[test]
    fn gathering_what_looks_alike_changes_no_pixel() {
        let (recording, fonts) = (recording(), Fonts::load().unwrap());
        let alone = |shape| layers(std::iter::once(shape), &fonts).remove(0);
        let apart: Vec<Layer<'_>> = recording.shapes.iter().map(alone).collect();
        let gathered = outlined(&recording, &NAMES, &fonts, None);
        let apart = file(&recording, &apart, &NAMES, &fonts, "");
        assert!(gathered.len() < apart.len());
        assert!(render(&gathered, None) == render(&apart, None), "another picture");
    }

    #[test]
    fn what_a_group_says_its_elements_do_not() {
        let drawn = inline(&recording(), &NAMES, &Fonts::load().unwrap());
        // The first row stands alone: the second has a box under its words that comes later.
        assert_eq!(drawn.matches("font-size=").count(), 4);
        assert!(drawn.contains(
            "<g font-size=\"14\" text-anchor=\"end\" fill=\"#0B0C0C\">\
             <text x=\"88\" y=\"49\">Yes</text><text x=\"88\" y=\"79\">Yes</text></g>"
        ));
    }

    #[test]
    fn numbers_are_to_a_hundredth_of_a_pixel() {
        assert_eq!(
            [px(0), px(1), px(-9), px(24), px(160)],
            ["0", "0.06", "-0.56", "1.5", "10"]
        );
    }
}
