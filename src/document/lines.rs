//! Places in a text: byte offsets go in, lines and characters come out.
//!
//! May know `diagnostic`. Never reads a file: it is given the text.

use std::ops::Range;

use crate::diagnostic::Place;

/// The byte-order mark that some editors put before the first line; nobody sees it.
const MARK: char = '\u{feff}';

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text; `\n` and `\r\n` end a line.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(starts).collect() }
    }

    /// The line and the character within it, both from 1, of a byte offset. An offset
    /// beyond the text is taken as its end.
    #[must_use]
    pub fn position(&self, offset: usize) -> (u64, u64) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let rest = self.text.get(start..).unwrap_or_default();
        // An offset inside a character counts as its start.
        let before =
            rest.char_indices().take_while(|(at, c)| start + at + c.len_utf8() <= offset);
        let seen = before.filter(|(_, c)| *c != MARK).count();
        (line as u64, seen as u64 + 1)
    }

    /// The text of a span, up to the end of its first line.
    #[must_use]
    pub fn text(&self, span: &Range<usize>) -> &'t str {
        let text = self.text.get(span.clone()).unwrap_or_default();
        text.lines().next().unwrap_or_default()
    }

    /// Whether nothing but spaces and brackets stands before an offset on its line.
    pub(super) fn begins_line(&self, offset: usize) -> bool {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().all(|c| c.is_whitespace() || matches!(c, '[' | MARK))
    }

    /// The first line with the heading that stands at an offset, if there is an earlier
    /// one.
    pub(super) fn same_heading(&self, offset: usize) -> Option<u64> {
        let (here, _) = self.position(offset);
        let mut lines = (1..).zip(self.text.lines().map(str::trim));
        let (_, heading) = lines.clone().find(|(line, _)| *line == here)?;
        let (first, _) = lines.find(|(_, text)| *text == heading)?;
        (heading.starts_with('[') && first < here).then_some(first)
    }

    /// The place of a span of bytes, for a finding. `key` is the path of the key there,
    /// such as `design.strata`; empty if there is none.
    #[must_use]
    pub fn place(&self, file: &str, Range { start, .. }: Range<usize>, key: &str) -> Place {
        let (line, character) = self.position(start);
        let column = (!key.is_empty()).then(|| key.to_owned());
        let known =
            Place { line: Some(line), character: Some(character), column, ..Place::default() };
        Place { file: file.to_owned(), ..known }
    }
}

/// The place of a span of bytes in a text; for many places in one text use [`Lines`].
#[must_use]
pub fn place(file: &str, text: &str, span: Range<usize>, key: &str) -> Place {
    Lines::new(text).place(file, span, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_characters() {
        let lines = Lines::new("a = 1\r\nü = \"x\"\n\nend");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(5), (1, 6));
        assert_eq!(lines.position(7), (2, 1));
        assert_eq!(lines.position(9), (2, 2), "`ü` is two bytes but one character");
        assert_eq!(lines.position(8), (2, 1), "inside `ü`");
        assert_eq!(lines.position(17), (4, 1));
        assert_eq!(lines.position(999), (4, 4));
        assert_eq!(Lines::new("").position(0), (1, 1));
    }

    #[test]
    fn a_byte_order_mark_is_not_a_character() {
        assert_eq!(Lines::new("\u{feff}a = 1").position(3), (1, 1));
    }

    #[test]
    fn a_place_names_file_and_key() {
        let place = place("poll.toml", "a = 1\nb = 2", 10..11, "b");
        assert_eq!((place.line, place.character), (Some(2), Some(5)));
        assert_eq!((place.file.as_str(), place.column.as_deref()), ("poll.toml", Some("b")));
    }
}
