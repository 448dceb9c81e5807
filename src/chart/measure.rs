//! How wide text is and where its lines break, by the bundled font's advances.
//!
//! Kerning is left out: it makes text narrower, so the error is on the safe side. Gives
//! lengths in CSS pixels.

use super::font::{Fonts, UNITS_PER_EM};
use super::style::Style;
use super::text::clean;

impl Fonts {
    /// The width of a line of text.
    pub(super) fn width(&self, text: &str, style: Style) -> f64 {
        let units: u32 = (text.chars())
            .map(|c| u32::from(self.advance(self.glyph(c, style.weight), style.weight)))
            .sum();
        f64::from(units) * style.size / f64::from(UNITS_PER_EM)
    }

    /// The text, cleaned, in at most `most` lines that fit into `room`; if it needs more,
    /// the last one ends in an ellipsis. Always at least one line.
    pub(super) fn wrap(&self, text: &str, style: Style, room: f64, most: usize) -> Vec<String> {
        let text = clean(text);
        let mut lines = vec![String::new()];
        for piece in text.split(' ').flat_map(|word| self.pieces(word, style, room)) {
            let line = lines.last().map_or("", String::as_str);
            let longer =
                if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
            if line.is_empty() || self.width(&longer, style) <= room {
                lines.pop();
                lines.push(longer);
            } else {
                lines.push(piece);
            }
        }
        self.cut(lines, style, room, most.max(1))
    }

    /// A word in pieces that fit; nearly always one.
    fn pieces(&self, word: &str, style: Style, room: f64) -> Vec<String> {
        let mut pieces = vec![String::new()];
        for c in word.chars() {
            let piece = pieces.last().map_or("", String::as_str);
            let longer = format!("{piece}{c}");
            if !piece.is_empty() && self.width(&longer, style) > room {
                pieces.push(c.to_string());
            } else {
                pieces.pop();
                pieces.push(longer);
            }
        }
        pieces
    }

    /// The first lines, with an ellipsis if others are left out.
    fn cut(&self, mut lines: Vec<String>, style: Style, room: f64, most: usize) -> Vec<String> {
        if lines.len() <= most {
            return lines;
        }
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && self.width(&format!("{last}…"), style) > room {
                // A whole word goes, if another one is left before it.
                match last.rfind(' ') {
                    Some(space) => last.truncate(space),
                    None => drop(last.pop()),
                }
            }
            last.push('…');
        }
        lines
    }

    /// The width of the widest line.
    pub(super) fn widest(&self, lines: &[String], style: Style) -> f64 {
        lines.iter().map(|line| self.width(line, style)).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::{LABEL, SEGMENT, Style, Weight};
    use super::*;

    fn fonts() -> Fonts {
        Fonts::load().unwrap()
    }

    #[test]
    fn widths_are_sums_of_advances() {
        let style = Style { weight: Weight::Regular, size: 13.0, ..LABEL };
        let width = fonts().width("Neither agree nor disagree", style);
        assert!((width - 143.832).abs() < 1e-9, "{width}");
        let one = fonts().width("1", SEGMENT);
        assert!((fonts().width("100", SEGMENT) - 3.0 * one).abs() < 1e-9);
    }

    #[test]
    fn every_line_fits() {
        let text = "A long label of several words that cannot stand on one line at all";
        let lines = fonts().wrap(text, LABEL, 120.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 2);
        assert!(fonts().widest(&lines, LABEL) <= 120.0);
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        let lines = fonts().wrap(&"word ".repeat(60), LABEL, 240.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…'));
        assert!(fonts().widest(&lines, LABEL) <= 240.0);
    }

    #[test]
    fn a_word_without_end_is_broken() {
        let lines = fonts().wrap(&"w".repeat(300), LABEL, 100.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(fonts().widest(&lines, LABEL) <= 100.0);
    }

    #[test]
    fn nothing_is_one_empty_line() {
        assert_eq!(fonts().wrap(" \u{200B} ", LABEL, 100.0, 3), [""]);
    }
}
