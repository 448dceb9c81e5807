//! What stands around every chart: title, subtitle, marks such as "Draft", notes.

use super::Width;
use super::font::Fonts;
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
    /// What the report is, if it is not final.
    Status(&'static str),
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

/// A whole picture, and the part of it that stands in a page: without title, notes and
/// margin.
pub(super) fn compose(
    frame: &Frame,
    body: Scene,
    width: Width,
    fonts: &Fonts,
) -> (Scene, Area) {
    let mut scene = title(&frame.title, width, fonts);
    let above = scene.height + TOP - 4.0;
    scene.append(top(frame, width, fonts));
    scene.append(body);
    let height = (scene.height + 4.0 - above).ceil();
    let page = Area { left: PADDING, top: above, width: width.px() - 2.0 * PADDING, height };
    scene.append(notes(frame, width, fonts));
    let card = Area { left: 0.0, top: 0.0, width: width.px(), height: scene.height };
    let mut whole = Scene { height: scene.height, ..Scene::default() };
    whole.fill(card, WHITE);
    whole.marks.append(&mut scene.marks);
    (whole, page)
}

fn title(title: &str, width: Width, fonts: &Fonts) -> Scene {
    let lines = fonts.wrap(title, TITLE, width.px() - 2.0 * PADDING, 2);
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

fn notes(frame: &Frame, width: Width, fonts: &Fonts) -> Scene {
    let paragraphs = [&frame.question].into_iter().chain(&frame.notes).chain([&frame.source]);
    let room = width.px() - 2.0 * PADDING;
    let mut scene = Scene::default();
    scene.line((PADDING, 12.5), (width.px() - PADDING, 12.5), GRID, 1.0);
    let mut top = 20.0;
    for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
        let lines = fonts.wrap(paragraph, NOTE, room, usize::MAX);
        scene.lines((PADDING, top), Anchor::Start, NOTE, &lines);
        top += lines.iter().map(|_| NOTE.leading).sum::<f64>() + 2.0;
    }
    // Whole pixels, so that the PNG has no half-covered last row.
    scene.height = (top + PADDING - 2.0).ceil();
    scene
}
