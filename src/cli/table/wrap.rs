//! Text in columns of a terminal: how wide it is, and where it breaks.
//!
//! A column of a terminal is not a character: letters of East Asia take two, accents that
//! stand by themselves none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// How wide the widest word of a text is.
pub(super) fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(width).max().unwrap_or(0)
}

/// A text in lines of at most so many columns. A word that is wider is broken where it
/// reaches the edge; no text gives one empty line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2); // one letter may take two
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(|word| pieces(word, columns)) {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            *line = word;
        } else if width(line) + 1 + width(&word) <= columns {
            line.push(' ');
            line.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

/// A word in pieces of at most so many columns.
fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut held = 0;
    for c in word.chars() {
        let wide = c.width().unwrap_or(0);
        if held + wide > columns {
            pieces.push(String::new());
            held = 0;
        }
        held += wide;
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}

/// A text with spaces before it, so that it ends at a column.
pub(super) fn right(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(width(text))) + text
}

/// A text with spaces after it.
pub(super) fn left(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(width(text)))
}

#[cfg(test)]
mod tests {
    use super::{left, longest_word, right, width, wrap};

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(
            wrap("Local authority maintained school", 12),
            ["Local", "authority", "maintained", "school"]
        );
        assert_eq!(wrap("To be or not", 6), ["To be", "or not"]);
        assert_eq!(wrap("", 6), [""]);
        assert_eq!(longest_word("To be or not"), 3);
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken() {
        assert_eq!(wrap("a Donaudampfschifffahrt", 10), ["a", "Donaudampf", "schifffahr", "t"]);
    }

    #[test]
    fn wide_letters_take_two_columns_and_accents_none() {
        assert_eq!(width("日本語"), 6);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
        assert_eq!(right("語", 4), "  語");
        assert_eq!(left("語", 4), "語  ");
    }
}
