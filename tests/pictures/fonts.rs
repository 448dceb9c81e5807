//! The bundled font as a reader of pictures needs it: how wide a text is, and which letter
//! an outline stands for.

use std::collections::BTreeMap;

use ttf_parser::{Face, GlyphId};

const REGULAR: &[u8] = include_bytes!("../../src/chart/font/PollSans-Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../../src/chart/font/PollSans-SemiBold.ttf");

/// Units of an em.
const EM: f64 = 1000.0;

/// Both weights, with the letter of each glyph.
pub(crate) struct Fonts {
    faces: [Face<'static>; 2],
    letters: [BTreeMap<u16, char>; 2],
}

impl Fonts {
    pub(crate) fn load() -> Self {
        let faces = [REGULAR, SEMIBOLD].map(|bytes| Face::parse(bytes, 0).unwrap());
        let letters = [letters(&faces[0]), letters(&faces[1])];
        Self { faces, letters }
    }

    fn glyph(&self, letter: char, bold: bool) -> u16 {
        self.faces[usize::from(bold)].glyph_index(letter).map_or(0, |glyph| glyph.0)
    }

    /// How far a glyph moves the pen, in units of the em.
    pub(crate) fn advance(&self, glyph: u16, bold: bool) -> f64 {
        if glyph == 0 {
            return EM;
        }
        f64::from(self.faces[usize::from(bold)].glyph_hor_advance(GlyphId(glyph)).unwrap())
    }

    /// How far a space moves the pen, in units of the em.
    pub(crate) fn space(&self, bold: bool) -> f64 {
        self.advance(self.glyph(' ', bold), bold)
    }

    /// The width of a text.
    pub(crate) fn width(&self, text: &str, bold: bool, size: f64) -> f64 {
        let units = text.chars().map(|c| self.advance(self.glyph(c, bold), bold));
        units.sum::<f64>() * size / EM
    }

    /// The letter of a glyph; the first of those that look alike.
    pub(crate) fn letter(&self, glyph: u16, bold: bool) -> char {
        self.letters[usize::from(bold)].get(&glyph).copied().unwrap_or('\u{FFFD}')
    }

    /// A text as it is read back from its outlines.
    pub(crate) fn seen(&self, text: &str, bold: bool) -> String {
        text.chars().map(|c| self.letter(self.glyph(c, bold), bold)).collect()
    }
}

fn letters(face: &Face<'_>) -> BTreeMap<u16, char> {
    let all = ('\u{20}'..='\u{2FFF}').rev();
    all.filter_map(|c| Some((face.glyph_index(c)?.0, c))).collect()
}
