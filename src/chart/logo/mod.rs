//! The organisation's logo: the bytes of a PNG or SVG file go in, a [`Logo`] comes out that
//! can stand on a page and below a chart.
//!
//! Nothing of the file is passed on: a drawing is written anew from what was understood of
//! it, and of a picture only the pixels are kept. What could run, load something, or look
//! different on another machine is refused. Never opens a file.

mod codes;
mod raster;
mod vector;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::Pixmap;

use super::scene::Area;
use crate::diagnostic::{Finding, Findings, Place};
use codes::{DAMAGED, TOO_LARGE, UNSEEN};

pub use codes::CODES;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 1_000_000;

/// A logo that is fit to be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// What is said of it to those who cannot see it.
    pub alt: String,
    /// Width over height.
    pub shape: f64,
    form: Form,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    /// What stands inside the `svg` element, whose view box has this width and height.
    Drawing { inside: String, size: (f32, f32) },
    /// A PNG for the page, and the smaller one for the foot of a chart.
    Picture { page: Vec<u8>, foot: Vec<u8> },
}

impl Logo {
    /// Reads a logo; `file` names it in messages, `alt` says what it is.
    ///
    /// None if it is refused: then `findings` says everything that is wrong with it.
    #[must_use]
    pub fn read(file: &str, bytes: &[u8], alt: &str, findings: &mut Findings) -> Option<Self> {
        match read(bytes, alt) {
            Ok((logo, note)) => {
                if let Some(note) = note {
                    findings.push(note.at_file(file));
                }
                Some(logo)
            }
            Err(list) => {
                for mut finding in list {
                    // What has a line has no file yet.
                    let place = finding.place.get_or_insert_default();
                    file.clone_into(&mut place.file);
                    findings.push(finding);
                }
                None
            }
        }
    }

    /// Width and height at a height, or as wide as it may be.
    #[must_use]
    pub fn fit(&self, height: f64, widest: f64) -> (f64, f64) {
        let width = (height * self.shape).min(widest);
        (width, width / self.shape)
    }

    /// The address for an `img` of the page: the whole logo, in itself.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.form {
            Form::Drawing { inside, size: (width, height) } => {
                let svg = format!("<svg {NAMES} {}>{inside}</svg>", view(*width, *height));
                format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
            }
            Form::Picture { page, .. } => png_address(page),
        }
    }

    /// The element that draws it within an SVG file, at a place in CSS pixels.
    pub(super) fn element(&self, area: Area) -> String {
        let Area { left, top, width, height } = area;
        let place = format!("x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"");
        match &self.form {
            Form::Drawing { inside, size: (width, height) } => {
                format!("<svg {place} viewBox=\"0 0 {width} {height}\">{inside}</svg>")
            }
            Form::Picture { foot, .. } => {
                format!("<image {place} xlink:href=\"{}\"/>", png_address(foot))
            }
        }
    }

    /// The pixels that stand for it in a PNG, exactly so wide and high; none if it is a
    /// drawing, which is drawn like the rest of the file.
    pub(super) fn pixels(&self, width: u32, height: u32) -> Option<Pixmap> {
        let Form::Picture { foot, .. } = &self.form else { return None };
        raster::scaled(&Pixmap::decode_png(foot).ok()?, width, height)
    }
}

const NAMES: &str =
    "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

fn view(width: f32, height: f32) -> String {
    format!("width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"")
}

fn png_address(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

/// A logo, and a note if it was made smaller.
type Read = Result<(Logo, Option<Finding>), Vec<Finding>>;

fn read(bytes: &[u8], alt: &str) -> Read {
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(vec![too_large("the file of the logo is larger than 1 MB")]);
    }
    let alt = alt.to_owned();
    if bytes.starts_with(raster::SIGNATURE) {
        let (picture, note) = raster::read(bytes).map_err(|finding| vec![*finding])?;
        seen(&picture.page)?;
        let shape = f64::from(picture.page.width()) / f64::from(picture.page.height());
        let png = |pixels: &Pixmap| pixels.encode_png().map_err(|_| vec![unreadable()]);
        let form = Form::Picture { page: png(&picture.page)?, foot: png(&picture.foot)? };
        return Ok((Logo { alt, shape, form }, note));
    }
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg"))
    else {
        return Err(vec![unreadable()]);
    };
    let drawing = vector::read(text)?;
    seen(&drawing.pixels)?;
    let (width, height) = drawing.size;
    let form = Form::Drawing { inside: drawing.inside, size: drawing.size };
    Ok((Logo { alt, shape: f64::from(width) / f64::from(height), form }, None))
}

fn unreadable() -> Finding {
    Finding::new(&DAMAGED, "the logo is neither a PNG nor an SVG file")
        .because("the kind of file is told by what it holds, not by its name")
        .help("save the logo as SVG or PNG, and name that file")
}

fn too_large(headline: &str) -> Finding {
    Finding::new(&TOO_LARGE, headline)
        .because("it stands in the page and in every chart")
        .help("save a smaller one: 500 pixels wide are plenty; or an SVG file")
}

/// A logo stands on white, in print and in dark mode too: something of it must be seen.
fn seen(pixels: &Pixmap) -> Result<(), Vec<Finding>> {
    // Where something is not white, at least one of its colours is weak.
    let seen = |channel: u8, alpha: u8| channel.saturating_add(255 - alpha) < 192;
    let marks = pixels.pixels().iter().filter(|p| {
        [p.red(), p.green(), p.blue()].iter().any(|channel| seen(*channel, p.alpha()))
    });
    if marks.count() * 1000 >= pixels.pixels().len() {
        return Ok(());
    }
    let finding = Finding::new(&UNSEEN, "nothing of the logo can be seen on white")
        .because("logos stand on white: on the page, below charts and in print")
        .help("take the version of the logo that is made for light ground");
    Err(vec![finding])
}

/// A place in a file that has no name yet.
fn line(line: u32, character: u32) -> Place {
    let (line, character) = (Some(line.into()), Some(character.into()));
    Place { line, character, ..Place::default() }
}

#[cfg(test)]
mod tests;
