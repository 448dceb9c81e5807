//! What stands around every chart: title, subtitle, marks such as "Draft", notes.

use super::Width;
use super::font::Fonts;
use super::logo::Logo;
use super::scene::{Anchor, Area, Scene};
use super::style::{
    Colour, GRID, HEAD, NOTE, PADDING, SECONDARY, SUBTITLE, TITLE, WARNING, WHITE,
};

/// The words around a chart.
pub(super) struct Frame {
    /// The title; only files show it.
    pub(super) title: String,
    /// What is measured, and of whom.
    pub(super) subtitle: String,
    /// What every copy must be marked with.
    pub(super) marks: Vec<Stamp>,
    /// The question as it was put; only files show it.
    pub(super) question: String,
    /// Who is counted and what the marks mean, paragraphs under the chart; the page sets them
    /// itself.
    pub(super) notes: Vec<String>,
    /// Which poll it is from; only files show it.
    pub(super) source: String,
}

/// A mark that goes wherever the picture goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// The data are made up.
    Synthetic(&'static str),
    /// What the report is, if it is not final, or whom it is for.
    Status(&'static str),
}

impl Stamp {
    /// What the report is, if that is what it says.
    pub(super) fn status(&self) -> Option<&'static str> {
        if let Self::Status(word) = self { Some(word) } else { None }
    }
}

/// Whose the picture is: what stands below the notes, in files only.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Foot<'a> {
    /// The organisation's name; may be empty.
    pub(super) name: &'a str,
    /// Its logo.
    pub(super) logo: Option<&'a Logo>,
}

/// A whole picture.
pub(super) struct Composed {
    /// All of it but the logo.
    pub(super) scene: Scene,
    /// The part that stands in a page: without title, notes and margin.
    pub(super) page: Area,
    /// Where the logo is to be put, on whole pixels.
    pub(super) logo: Option<Area>,
}

impl Stamp {
    fn text(self) -> &'static str {
        match self {
            Self::Synthetic(words) | Self::Status(words) => words,
        }
    }

    fn ground(self) -> Colour {
        match self {
            Self::Synthetic(_) => SECONDARY,
            Self::Status(_) => WARNING,
        }
    }
}

/// Above the subtitle; its leading adds the rest of the padding.
const TOP: f64 = 12.0;
/// How high a stamp is.
const STAMP_HEIGHT: f64 = 20.0;
/// From stamp to stamp, and inside a stamp beside its text.
const STAMP_SPACE: f64 = 8.0;
/// How high and how wide the logo is at most.
const LOGO: (f64, f64) = (20.0, 120.0);
/// From the logo to the name, and from the notes to both.
const LOGO_SPACE: f64 = 8.0;

/// A whole picture.
pub(super) fn compose(
    frame: &Frame,
    body: Scene,
    width: Width,
    fonts: &Fonts,
    foot: Foot<'_>,
) -> Composed {
    let mut scene = title(&frame.title, width, fonts);
    let above = scene.height + TOP - 4.0;
    scene.append(top(frame, width, fonts));
    scene.append(body);
    let height = (scene.height + 4.0 - above).ceil();
    let page = Area { left: PADDING, top: above, width: width.px() - 2.0 * PADDING, height };
    let below = scene.height;
    let (notes, logo) = notes(frame, width, fonts, foot);
    scene.append(notes);
    let logo = logo.map(|area| Area { top: (area.top + below).round(), ..area });
    let card = Area { left: 0.0, top: 0.0, width: width.px(), height: scene.height };
    let mut whole = Scene { height: scene.height, ..Scene::default() };
    whole.fill(card, WHITE);
    whole.marks.append(&mut scene.marks);
    Composed { scene: whole, page, logo }
}

fn title(title: &str, width: Width, fonts: &Fonts) -> Scene {
    // A title that fills two lines fills four on a phone.
    let most = if width == Width::Wide { 2 } else { 4 };
    let lines = fonts.wrap(title, TITLE, width.px() - 2.0 * PADDING, most);
    let mut scene = Scene::default();
    // The leading adds 6 px above the capitals.
    let top = PADDING - 6.0;
    scene.lines((PADDING, top), Anchor::Start, TITLE, &lines);
    scene.height = top - 4.0 + lines.iter().map(|_| TITLE.leading).sum::<f64>();
    scene
}

/// The subtitle, with the stamps right of it or, where that is too narrow, above it.
fn top(frame: &Frame, width: Width, fonts: &Fonts) -> Scene {
    let room = width.px() - 2.0 * PADDING;
    let stamps: f64 =
        (frame.marks.iter()).map(|mark| stamp_width(*mark, fonts) + STAMP_SPACE).sum();
    let beside = room - stamps - STAMP_SPACE;
    let mut scene = Scene::default();
    let (first, room) = if stamps > 0.0 && beside < 320.0 {
        stamp(&mut scene, &frame.marks, PADDING, fonts);
        (TOP + STAMP_HEIGHT + 6.0, room)
    } else {
        let right = width.px() - PADDING - stamps + STAMP_SPACE;
        stamp(&mut scene, &frame.marks, right, fonts);
        (TOP, beside)
    };
    let lines = fonts.wrap(&frame.subtitle, SUBTITLE, room, 4);
    scene.lines((PADDING, first), Anchor::Start, SUBTITLE, &lines);
    let lines = lines.iter().map(|_| SUBTITLE.leading).sum::<f64>();
    scene.height = first + lines + 12.0;
    scene
}

fn stamp_width(stamp: Stamp, fonts: &Fonts) -> f64 {
    fonts.width(stamp.text(), HEAD) + 2.0 * STAMP_SPACE
}

/// Draws the stamps from `left` on.
fn stamp(scene: &mut Scene, stamps: &[Stamp], mut left: f64, fonts: &Fonts) {
    for stamp in stamps {
        let width = stamp_width(*stamp, fonts);
        let area = Area { left, top: TOP, width, height: STAMP_HEIGHT };
        scene.fill(area, stamp.ground());
        let baseline = TOP + STAMP_HEIGHT / 2.0 + HEAD.drop();
        let at = (left + STAMP_SPACE, baseline);
        scene.text(at, Anchor::Start, HEAD.in_colour(WHITE), stamp.text());
        left += width + STAMP_SPACE;
    }
}

/// The notes and, at their end, whose the picture is; and where its logo stands.
fn notes(frame: &Frame, width: Width, fonts: &Fonts, foot: Foot<'_>) -> (Scene, Option<Area>) {
    let paragraphs = [&frame.question].into_iter().chain(&frame.notes).chain([&frame.source]);
    let room = width.px() - 2.0 * PADDING;
    let mut scene = Scene::default();
    scene.line((PADDING, 12.5), (width.px() - PADDING, 12.5), GRID, 1.0);
    let mut top = 20.0;
    // A logo is higher than a line, so the line before counts too.
    let near = if foot.logo.is_some() { 2 } else { 1 };
    let mut taken = room;
    for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
        let lines = fonts.wrap(paragraph, NOTE, room, usize::MAX);
        scene.lines((PADDING, top), Anchor::Start, NOTE, &lines);
        top += lines.iter().map(|_| NOTE.leading).sum::<f64>() + 2.0;
        let last = lines.iter().rev().take(near).map(|line| fonts.width(line, NOTE));
        taken = last.fold(0.0, f64::max);
    }
    let beside = (top - NOTE.leading - 2.0, room - taken);
    let (logo, end) = sign(&mut scene, foot, (beside, top), width, fonts);
    top = end.max(top);
    // Whole pixels, so that the PNG has no half-covered last row.
    scene.height = (top + PADDING - 2.0).ceil();
    (scene, logo)
}

/// Puts logo and name at the right end of the last line, whose top and free room are
/// given, or where they do not fit below it. Gives the logo's place and where they end.
fn sign(
    scene: &mut Scene,
    foot: Foot<'_>,
    ((top, free), below): ((f64, f64), f64),
    width: Width,
    fonts: &Fonts,
) -> (Option<Area>, f64) {
    let size = foot.logo.map(|logo| logo.fit(LOGO.0, LOGO.1));
    let taken = size.map_or(0.0, |(wide, _)| wide.ceil() + LOGO_SPACE);
    let right = width.px() - PADDING;
    let name = fonts.wrap(foot.name, HEAD, right - PADDING - taken, 1).concat();
    let named = fonts.width(&name, HEAD);
    if named + taken == 0.0 {
        return (None, below);
    }
    let top = if named + taken + 3.0 * LOGO_SPACE <= free { top } else { below + 4.0 };
    // A logo is higher than a line; the name stands on the line of the notes.
    let middle = top + NOTE.leading / 2.0;
    scene.text((right, middle + HEAD.drop()), Anchor::End, HEAD, name);
    let area = size.map(|(wide, high)| Area {
        left: (right - named - taken).floor(),
        top: (middle - high / 2.0).round(),
        width: wide,
        height: high,
    });
    (area, top + size.map_or(NOTE.leading, |(_, high)| high.max(NOTE.leading)))
}
