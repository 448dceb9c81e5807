//! An SVG logo: text goes in, the drawing comes out as `usvg` understood it: paths, groups,
//! colours, nothing else.
//!
//! The text is searched for what is refused before it is understood, and what is written
//! anew is searched again. Never loads anything: references lead only within the file.

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::roxmltree::{Document, Error, Node};
use usvg::{ImageHrefResolver, Indent, Options, Tree, WriteOptions};

use super::codes::{DAMAGED, REFUSED};
use super::{line, too_large};
use crate::diagnostic::Finding;

/// The longest drawing when it is written anew, in bytes: each chart carries it twice.
const LONGEST: usize = 64 * 1024;
/// Pixels on which it is tried whether something can be seen.
const TRIED: f32 = 200.0;
/// The widest and the narrowest, width over height.
const WIDEST: f64 = 12.0;
const NARROWEST: f64 = 0.5;

/// A drawing.
pub(super) struct Drawing {
    /// What stands inside the `svg` element.
    pub(super) inside: String,
    /// Width and height of its view box.
    pub(super) size: (f32, f32),
    /// What it looks like.
    pub(super) pixels: Pixmap,
}

/// The drawing, or everything that is wrong with it.
pub(super) fn read(text: &str) -> Result<Drawing, Vec<Finding>> {
    let document = Document::parse(text).map_err(|error| vec![broken(&error)])?;
    check(&document)?;
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options)
        .map_err(|error| vec![damaged().because(error.to_string())])?;
    let size = (tree.size().width(), tree.size().height());
    check_shape(size.0.into(), size.1.into()).map_err(|finding| vec![*finding])?;
    let pixels = tried(&tree).ok_or_else(|| vec![damaged()])?;
    Ok(Drawing { inside: written(&tree)?, size, pixels })
}

/// Refuses what could only be shown as a speck or a line.
pub(super) fn check_shape(width: f64, height: f64) -> Result<(), Box<Finding>> {
    let shape = width / height;
    if (NARROWEST..=WIDEST).contains(&shape) {
        return Ok(());
    }
    let headline = format!("the logo is {width} wide and {height} high");
    let finding =
        too_large(&headline).because("beside the title it would be a line or a speck");
    Err(Box::new(finding.help("save a logo that is about two to six times as wide as high")))
}

fn damaged() -> Finding {
    Finding::new(&DAMAGED, "the SVG file of the logo is damaged")
        .help("open it in a drawing program and save it as plain SVG")
}

fn broken(error: &Error) -> Finding {
    let at = error.pos();
    let finding = match error {
        Error::DtdDetected => Finding::new(&REFUSED, "the logo has a document type")
            .because("a document type can define entities, which grow without limit")
            .help("take the line `<!DOCTYPE ...>` out, or save the logo as plain SVG"),
        _ => damaged().because(error.to_string()),
    };
    finding.at(line(at.row, at.col))
}

/// Everything that is refused, each kind of thing once, where it stands first.
fn check(document: &Document<'_>) -> Result<(), Vec<Finding>> {
    let mut findings: Vec<Finding> = Vec::new();
    for (node, (what, remedy)) in
        document.descendants().flat_map(|n| faults(n).map(move |f| (n, f)))
    {
        let headline = format!("the logo has {what}");
        if findings.iter().all(|finding| finding.headline != headline) {
            let at = document.text_pos_at(node.range().start);
            let finding = Finding::new(&REFUSED, headline).at(line(at.row, at.col));
            findings.push(finding.help(remedy));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// What is refused, and what to do about it.
type Fault = (&'static str, &'static str);

fn faults<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Fault> + 'a {
    let sheet = node.is_pi().then_some((
        "a style sheet of another file",
        "take the line `<?xml-stylesheet ...?>` out",
    ));
    let own = node.is_element().then(|| element(node.tag_name().name())).flatten();
    let style = node.text().filter(|_| node.tag_name().name() == "style");
    let style = style.filter(|text| text.contains('@') || leads_out(text)).map(|_| OUTSIDE);
    let attributes = node.attributes().filter_map(|a| attribute(a.name(), a.value()));
    [sheet, own, style].into_iter().flatten().chain(attributes)
}

const OUTSIDE: Fault = (
    "a reference to something outside the file",
    "save the logo as plain SVG with everything in it, or as PNG",
);

/// An element that is refused.
fn element(name: &str) -> Option<Fault> {
    let drawn = "save the logo as plain SVG without it, or as PNG";
    Some(match name {
        "script" | "handler" | "listener" => ("a script", "take the script out"),
        "foreignObject" | "iframe" | "embed" | "object" | "audio" | "video" | "canvas" => {
            ("content that is no drawing", drawn)
        }
        "text" | "tspan" | "tref" | "textPath" | "altGlyph" | "font" => (
            "text, which would need a font",
            "convert text to outlines in the drawing program (\"object to path\")",
        ),
        "image" | "feImage" => ("a picture inside the drawing", "save the logo as PNG"),
        "a" => ("a link", "take the link out: `<a ...>` and `</a>`"),
        "set" | "animate" | "animateColor" | "animateMotion" | "animateTransform" => {
            ("an animation", drawn)
        }
        _ => return None,
    })
}

/// An attribute that is refused.
fn attribute(name: &str, value: &str) -> Option<Fault> {
    if name.to_ascii_lowercase().starts_with("on") {
        return Some(("an event handler", "take attributes such as `onload` out"));
    }
    let outside = match name {
        "href" => !value.trim_start().starts_with('#'),
        "src" | "base" => true,
        _ => leads_out(value),
    };
    outside.then_some(OUTSIDE)
}

/// Whether a value has an address that is not within the file.
fn leads_out(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let mut addresses = lower.split("url(").skip(1);
    lower.contains("javascript:")
        || lower.contains("@import")
        || addresses.any(|address| {
            !address.trim_start_matches([' ', '\'', '"', '\n', '\t', '\r']).starts_with('#')
        })
}

/// What it looks like, on at most so many pixels.
fn tried(tree: &Tree) -> Option<Pixmap> {
    let size = tree.size();
    let scale = TRIED / size.width().max(size.height());
    let pixels = size.to_int_size().scale_by(scale)?;
    let mut pixels = Pixmap::new(pixels.width(), pixels.height())?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Some(pixels)
}

/// The drawing as it was understood, without the `svg` element around it. It is read once
/// more: names are the only words that are taken over, and they could hold anything.
fn written(tree: &Tree) -> Result<String, Vec<Finding>> {
    let options = WriteOptions {
        id_prefix: Some("logo-".to_owned()),
        coordinates_precision: 4,
        indent: Indent::None,
        ..WriteOptions::default()
    };
    let text = tree.to_string(&options);
    if text.len() > LONGEST {
        let headline = format!("the drawing of the logo takes {} kB", text.len() / 1000);
        return Err(vec![
            too_large(&headline)
                .help("simplify its paths in the drawing program, or save it as PNG"),
        ]);
    }
    let document = Document::parse(&text).map_err(|_| vec![names()])?;
    check(&document)?;
    let root = document.root_element();
    let ends = root.first_child().zip(root.last_child());
    let ends = ends.map(|(first, last)| first.range().start..last.range().end);
    Ok(ends.and_then(|ends| text.get(ends)).unwrap_or_default().to_owned())
}

fn names() -> Finding {
    damaged()
        .because("a part of the drawing has a name (`id`) with `<` or `&` in it")
        .help("give it another name, or save the logo as plain SVG or as PNG")
}
