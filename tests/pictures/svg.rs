//! A reader of our own pictures: the few elements of SVG that charts are written in, with
//! their texts as text or as outlines. Everything else is a failure.

use resvg::usvg::roxmltree::{Document, Node};

use crate::fonts::Fonts;

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// Around points.
    pub(crate) fn around(points: &[(f64, f64)]) -> Self {
        let (xs, ys) = (points.iter().map(|p| p.0), points.iter().map(|p| p.1));
        Self {
            left: xs.clone().fold(f64::INFINITY, f64::min),
            top: ys.clone().fold(f64::INFINITY, f64::min),
            right: xs.fold(f64::NEG_INFINITY, f64::max),
            bottom: ys.fold(f64::NEG_INFINITY, f64::max),
        }
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn middle(self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// Larger by so much on every side.
    pub(crate) fn grown(self, by: f64) -> Self {
        let Self { left, top, right, bottom } = self;
        Self { left: left - by, top: top - by, right: right + by, bottom: bottom + by }
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(crate) fn holds(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

/// One thing in a picture.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A filled rectangle.
    Rect(Area, String),
    /// A filled polygon.
    Polygon(Vec<(f64, f64)>, String),
    /// A filled circle: middle and radius.
    Circle((f64, f64), f64, String),
    /// A line through points, its colour and how thick it is.
    Line(Vec<(f64, f64)>, String, f64),
    /// A line of text.
    Text(Text),
    /// The place of a logo, which is a picture of its own.
    Logo(Area),
}

impl Shape {
    /// What it covers, with half of a line's thickness.
    pub(crate) fn area(&self) -> Area {
        match self {
            Self::Rect(area, _) | Self::Logo(area) => *area,
            Self::Polygon(points, _) => Area::around(points),
            Self::Circle(middle, radius, _) => Area::around(&[*middle]).grown(*radius),
            Self::Line(points, _, width) => Area::around(points).grown(width / 2.0),
            Self::Text(text) => text.area(),
        }
    }

    pub(crate) fn colour(&self) -> &str {
        match self {
            Self::Rect(_, colour)
            | Self::Polygon(_, colour)
            | Self::Circle(_, _, colour)
            | Self::Line(_, colour, _) => colour,
            Self::Text(text) => &text.colour,
            Self::Logo(_) => "",
        }
    }
}

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) from: (f64, f64),
    pub(crate) to: (f64, f64),
}

impl Stroke {
    pub(crate) fn is_level(self) -> bool {
        self.from.1 == self.to.1
    }

    pub(crate) fn is_upright(self) -> bool {
        self.from.0 == self.to.0
    }

    /// Whether a height lies between its ends, or less than a pixel beside them.
    pub(crate) fn passes(self, y: f64) -> bool {
        self.from.1.min(self.to.1) - 1.0 < y && y < self.from.1.max(self.to.1) + 1.0
    }
}

/// A line of text.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// Its left end.
    pub(crate) left: f64,
    /// Its baseline.
    pub(crate) y: f64,
    /// By the advances of its letters.
    pub(crate) width: f64,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: String,
    /// As it is read back from outlines.
    pub(crate) content: String,
}

impl Text {
    /// From the capitals' upper edge to where descenders end.
    pub(crate) fn area(&self) -> Area {
        let (top, bottom) = (self.y - 0.66 * self.size, self.y + 0.2 * self.size);
        Area { left: self.left, top, right: self.left + self.width, bottom }
    }

    /// The middle of its figures.
    pub(crate) fn middle(&self) -> f64 {
        self.y - 0.33 * self.size
    }
}

/// A picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// The value of the title's `id`, without what all have.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// The part of the drawing that is seen.
    pub(crate) view: Area,
    /// From back to front.
    pub(crate) shapes: Vec<Shape>,
}

impl Picture {
    pub(crate) fn read(svg: &str, fonts: &Fonts) -> Self {
        let document = Document::parse(svg).unwrap();
        let root = document.root_element();
        let of = |tag| root.children().find(|node| node.has_tag_name(tag)).unwrap();
        let view: Vec<f64> = numbers(root.attribute("viewBox").unwrap());
        let [left, top, width, height] = view.try_into().unwrap();
        let id = of("title").attribute("id").unwrap();
        let mut shapes = Vec::new();
        for node in root.children().filter(Node::is_element) {
            read(node, fonts, &mut shapes);
        }
        Self {
            name: id.strip_prefix("chart-").unwrap().strip_suffix("-title").unwrap().to_owned(),
            title: of("title").text().unwrap().to_owned(),
            description: of("desc").text().unwrap().to_owned(),
            view: Area { left, top, right: left + width, bottom: top + height },
            shapes,
        }
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Filled rectangles with their colours.
    pub(crate) fn rects(&self) -> impl Iterator<Item = (Area, &str)> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Rect(area, colour) => Some((*area, colour.as_str())),
            _ => None,
        })
    }

    /// Straight lines of a colour and a thickness, with both of their ends.
    pub(crate) fn strokes(&self, colour: &str, thick: f64) -> Vec<Stroke> {
        let stroke = |shape: &Shape| match shape {
            Shape::Line(ends, own, width) if own == colour && *width == thick => {
                <[(f64, f64); 2]>::try_from(ends.as_slice()).ok()
            }
            _ => None,
        };
        self.shapes.iter().filter_map(stroke).map(|[from, to]| Stroke { from, to }).collect()
    }

    pub(crate) fn is_narrow(&self) -> bool {
        self.name.ends_with("-narrow")
    }

    /// The name of the table that is drawn.
    pub(crate) fn table(&self) -> &str {
        self.name.strip_suffix("-narrow").or(self.name.strip_suffix("-wide")).unwrap()
    }
}

fn read(node: Node<'_, '_>, fonts: &Fonts, shapes: &mut Vec<Shape>) {
    match node.tag_name().name() {
        "title" | "desc" | "defs" => {}
        "rect" => shapes.push(rect(node)),
        "svg" | "image" => shapes.push(Shape::Logo(place(node))),
        "circle" => {
            let [x, y, r] = ["cx", "cy", "r"].map(|name| number(node, name));
            shapes.push(Shape::Circle((x, y), r, inherited(node, "fill").unwrap().to_owned()));
        }
        "path" => shapes.extend(paths(node)),
        "text" => shapes.push(Shape::Text(text(node, fonts))),
        "g" if node.has_attribute("transform") => shapes.extend(outlines(node, fonts)),
        "g" => node.children().for_each(|child| read(child, fonts, shapes)),
        other => panic!("an element {other}"),
    }
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    own(node, name).parse().unwrap()
}

fn own<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_else(|| panic!("{name} of {node:?}"))
}

/// An attribute, the parent's if it has none itself.
fn inherited<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute(name).or_else(|| node.parent_element()?.attribute(name))
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(' ').map(|number| number.parse().unwrap()).collect()
}

/// A filled rectangle, or the line around one.
fn rect(node: Node<'_, '_>) -> Shape {
    let area = place(node);
    let Area { left, top, right, bottom } = area;
    match inherited(node, "fill").unwrap() {
        "none" => {
            let around =
                vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
            Shape::Line(
                around,
                inherited(node, "stroke").unwrap().to_owned(),
                inherited(node, "stroke-width").unwrap().parse().unwrap(),
            )
        }
        fill => Shape::Rect(area, fill.to_owned()),
    }
}

fn place(node: Node<'_, '_>) -> Area {
    let [left, top, width, height] =
        ["x", "y", "width", "height"].map(|name| number(node, name));
    Area { left, top, right: left + width, bottom: top + height }
}

/// Every line of a path, or its one polygon.
fn paths(node: Node<'_, '_>) -> Vec<Shape> {
    let data = own(node, "d");
    let lines = data.split('M').skip(1).map(points);
    match inherited(node, "fill").unwrap() {
        "none" => {
            let (colour, width) = (
                inherited(node, "stroke").unwrap(),
                inherited(node, "stroke-width").unwrap().parse().unwrap(),
            );
            lines.map(|points| Shape::Line(points, colour.to_owned(), width)).collect()
        }
        fill => lines.map(|points| Shape::Polygon(points, fill.to_owned())).collect(),
    }
}

/// The points of `x yHxVyLx y`, with or without `Z` at its end.
fn points(data: &str) -> Vec<(f64, f64)> {
    let data = data.trim_end_matches('Z');
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut letter = 'L';
    for part in data.split_inclusive(['H', 'V', 'L']) {
        let given = numbers(part.trim_end_matches(['H', 'V', 'L']));
        let pen = points.last().copied();
        points.push(match (letter, given.as_slice(), pen) {
            ('L', [x, y], _) => (*x, *y),
            ('H', [x], Some((_, y))) => (*x, y),
            ('V', [y], Some((x, _))) => (x, *y),
            _ => panic!("path data {data}"),
        });
        letter = part.chars().last().unwrap_or('L');
    }
    points
}

fn text(node: Node<'_, '_>, fonts: &Fonts) -> Text {
    let size: f64 = inherited(node, "font-size").unwrap().parse().unwrap();
    let bold = inherited(node, "font-weight") == Some("600");
    let content = node.text().unwrap();
    let width = fonts.width(content, bold, size);
    let share = match inherited(node, "text-anchor") {
        None => 0.0,
        Some("middle") => 0.5,
        Some("end") => 1.0,
        Some(other) => panic!("text-anchor {other}"),
    };
    Text {
        left: number(node, "x") - share * width,
        y: number(node, "y"),
        width,
        size,
        bold,
        colour: inherited(node, "fill").unwrap().to_owned(),
        content: fonts.seen(content, bold),
    }
}

/// A text in outlines: where the pen jumps, spaces were. None if nothing of it is seen.
fn outlines(node: Node<'_, '_>, fonts: &Fonts) -> Option<Shape> {
    let place = own(node, "transform").strip_prefix("translate(").unwrap();
    let (at, scale) = place.trim_end_matches(')').split_once(")scale(").unwrap();
    let (at, scale): (Vec<f64>, f64) = (numbers(at), scale.parse().unwrap());
    let (mut content, mut bold, mut pen, mut start) = (String::new(), false, 0.0, None);
    for glyph in node.children() {
        let x = number(glyph, "x");
        let name = glyph.attribute(("http://www.w3.org/1999/xlink", "href")).unwrap();
        bold = name.starts_with("#s");
        let number: u16 = name[2..].parse().unwrap();
        if start.replace(start.unwrap_or(x)).is_some() {
            let spaces = (x - pen) / fonts.space(bold);
            assert!(spaces >= 0.0 && spaces.fract() == 0.0, "{spaces} spaces in {content}");
            (0..100).take_while(|n| f64::from(*n) < spaces).for_each(|_| content.push(' '));
        }
        content.push(fonts.letter(number, bold));
        pen = x + fonts.advance(number, bold);
    }
    let start = start?;
    Some(Shape::Text(Text {
        left: at[0] + start * scale,
        y: at[1],
        width: (pen - start) * scale,
        size: scale * 1000.0,
        bold,
        colour: inherited(node, "fill").unwrap().to_owned(),
        content,
    }))
}
