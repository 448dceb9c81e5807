//! The bundled font: its files for the page, its advances for layouts, its outlines for
//! files that must look the same everywhere.
//!
//! `PollSans` is a subset of Source Sans 3, renamed because its licence (`OFL.txt`)
//! reserves the name; `subset.py` makes it. Knows characters and units of the em, nothing
//! of pictures.

use super::style::Weight;
use std::sync::OnceLock;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The regular weight, for `@font-face` in the page.
pub const REGULAR_WOFF2: &[u8] = include_bytes!("PollSans-Regular.woff2");
/// The semi-bold weight, for `@font-face` in the page.
pub const SEMIBOLD_WOFF2: &[u8] = include_bytes!("PollSans-SemiBold.woff2");

const REGULAR_TTF: &[u8] = include_bytes!("PollSans-Regular.ttf");
const SEMIBOLD_TTF: &[u8] = include_bytes!("PollSans-SemiBold.ttf");

/// Units of an em in both fonts.
pub(super) const UNITS_PER_EM: u16 = 1000;

/// Both weights, parsed.
pub(super) struct Fonts {
    regular: Font,
    semibold: Font,
}

/// One weight.
struct Font {
    face: Face<'static>,
    /// Outlines by glyph, each written when it is first asked for: the charts of a report
    /// use the same hundred.
    outlines: Vec<OnceLock<String>>,
}

impl Font {
    fn load(bytes: &'static [u8]) -> Option<Self> {
        let face = Face::parse(bytes, 0).ok()?;
        let outlines = (0..face.number_of_glyphs()).map(|_| OnceLock::new()).collect();
        Some(Self { face, outlines })
    }
}

impl Fonts {
    /// Parses the bundled fonts; none if they are damaged.
    pub(super) fn load() -> Option<Self> {
        Some(Self { regular: Font::load(REGULAR_TTF)?, semibold: Font::load(SEMIBOLD_TTF)? })
    }

    fn font(&self, weight: Weight) -> &Font {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        }
    }

    /// The number of a character's glyph; 0, a box, if the font lacks it.
    pub(super) fn glyph(&self, character: char, weight: Weight) -> u16 {
        self.font(weight).face.glyph_index(character).map_or(0, |glyph| glyph.0)
    }

    /// How far the pen moves after a glyph, in units of the em. What the font lacks takes
    /// a whole em, because the browser will set it in a font of its own.
    pub(super) fn advance(&self, glyph: u16, weight: Weight) -> u16 {
        let advance = self.font(weight).face.glyph_hor_advance(GlyphId(glyph));
        if glyph == 0 { UNITS_PER_EM } else { advance.unwrap_or(UNITS_PER_EM) }
    }

    /// A glyph's outline as SVG path data in units of the em, y downwards; empty for a
    /// space.
    pub(super) fn outline(&self, glyph: u16, weight: Weight) -> &str {
        let font = self.font(weight);
        let written = || {
            let mut path = Path::default();
            font.face.outline_glyph(GlyphId(glyph), &mut path);
            path.data
        };
        font.outlines.get(usize::from(glyph)).map_or("", |outline| outline.get_or_init(written))
    }
}

/// Path data in the making: relative, because that is a third shorter.
#[derive(Default)]
struct Path {
    data: String,
    /// Where the pen is.
    pen: (f32, f32),
    /// Where the contour began.
    start: (f32, f32),
}

impl Path {
    /// Adds a command with points relative to the pen, which ends on the last of them.
    fn add(&mut self, letter: char, points: &[(f32, f32)]) {
        self.data.push(letter);
        let (pen_x, pen_y) = self.pen;
        let numbers = points.iter().flat_map(|(x, y)| [x - pen_x, pen_y - y]);
        for (i, number) in numbers.enumerate() {
            if i > 0 && number >= 0.0 {
                self.data.push(' ');
            }
            // Adding zero turns a negative zero into zero.
            self.data.push_str(&(number + 0.0).to_string());
        }
        self.pen = points.last().copied().unwrap_or(self.pen);
    }
}

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('m', &[(x, y)]);
        self.start = (x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.add('l', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add('q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add('c', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.data.push('z');
        self.pen = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn hash(bytes: &[u8]) -> String {
        let hex =
            |byte: &u8| [byte >> 4, byte & 15].map(|half| b"0123456789abcdef"[half as usize]);
        String::from_utf8(Sha256::digest(bytes).iter().flat_map(hex).collect()).unwrap()
    }

    #[test]
    fn the_files_are_those_that_the_script_makes() {
        let expected = [
            (REGULAR_TTF, "273689343777d21dba81f66e227fa988562c74a993d81a7f8e6e37adb42d664d"),
            (REGULAR_WOFF2, "d45afa157a5bf95df9b3d58aef3ca181276fe9e0c65b943f7dcc6b92e6fe5f26"),
            (SEMIBOLD_TTF, "835b5c95179f58b941813197267de9a0cb4410cc82547b99699a7281a1a20be9"),
            (
                SEMIBOLD_WOFF2,
                "6860f97983061ae700332272a533b856f69bd0155a7b5097d56f340db3ebb2f7",
            ),
        ];
        for (bytes, sum) in expected {
            assert_eq!(hash(bytes), sum);
        }
    }

    /// Letters of Welsh and of European names, marks of text and of charts, figures.
    const NEEDED: &str = "ŵŷâêîôûŴŶÂÊÎÔÛẁẃẅỳÀÁÄÅÆÇÉÈËÍÏÑÓÒÖØŒÚÙÜÝŠŽáàäåãæçéèëěíïñńóòöõø\
        œßúùüůýžšřłđğşșţțőűąęıİ“”‘’„‚«»‹›–—−…•†‡·€£§©®™%‰¹²³½¼°×÷≤≥≠≈±←↑→↓▲▼◆▶◀●■✓&@#/*";

    #[test]
    fn the_font_has_what_reports_need() {
        let fonts = Fonts::load().unwrap();
        for weight in [Weight::Regular, Weight::SemiBold] {
            for c in (' '..='~').chain(NEEDED.chars()) {
                let glyph = fonts.glyph(c, weight);
                assert_ne!(glyph, 0, "{c}");
                assert_eq!(fonts.outline(glyph, weight).is_empty(), c == ' ', "{c}");
            }
            assert_ne!(fonts.glyph('\u{A0}', weight), 0);
            assert_eq!(fonts.glyph('語', weight), 0);
            assert_eq!(fonts.font(weight).face.units_per_em(), UNITS_PER_EM);
        }
    }

    /// The licence (`OFL.txt`, condition 2) goes with every copy: as that file beside the
    /// fonts, and within each of them, from where the page has it too.
    #[test]
    fn copyright_and_licence_go_with_the_fonts() {
        let text = include_str!("OFL.txt");
        assert!(text.starts_with("Copyright 2010-2024 Adobe"));
        assert!(text.contains("SIL OPEN FONT LICENSE Version 1.1"));
        let fonts = Fonts::load().unwrap();
        for face in [&fonts.regular, &fonts.semibold] {
            let name = |id| {
                let mut names = face.face.names().into_iter();
                names.find(|name| name.name_id == id).and_then(|name| name.to_string()).unwrap()
            };
            assert!(name(0).starts_with("Copyright 2010-2024 Adobe"), "{}", name(0));
            assert!(name(0).contains("Reserved Font Name 'Source'"), "{}", name(0));
            assert!(name(13).contains("SIL Open Font License, Version 1.1"), "{}", name(13));
            assert_eq!(name(14), "https://openfontlicense.org");
        }
    }

    #[test]
    fn the_reserved_name_is_not_used() {
        let fonts = Fonts::load().unwrap();
        for name in fonts.regular.face.names() {
            let text = name.to_string().unwrap_or_default();
            assert!(name.name_id == 0 || !text.contains("Source"), "{text}");
        }
    }

    #[test]
    fn figures_are_all_of_one_width() {
        let fonts = Fonts::load().unwrap();
        for weight in [Weight::Regular, Weight::SemiBold] {
            let advance = |c| fonts.advance(fonts.glyph(c, weight), weight);
            assert!("123456789".chars().all(|c| advance(c) == advance('0')));
        }
    }

    #[test]
    fn outlines_point_downwards() {
        let fonts = Fonts::load().unwrap();
        let outline = |c| fonts.outline(fonts.glyph(c, Weight::Regular), Weight::Regular);
        assert_eq!(outline(' '), "");
        // A stem from the baseline up to 656 units above it, which is negative in SVG.
        assert_eq!(outline('I'), "m90 0l0-656l83 0l0 656l-83 0z");
    }
}
