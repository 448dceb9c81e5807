//! Text from files, made fit to be shown.
//!
//! A cell may hold anything: an escape sequence that clears the terminal, a mark that
//! turns the direction of writing, a space that nobody sees. All of it is shown, none of
//! it acts.

/// How many characters of a cell are shown.
const LONGEST: usize = 72;

/// A text with every character that cannot be seen written as its escape, such as `\t` or
/// `\u{202e}`.
#[must_use]
pub fn text(text: &str) -> String {
    text.chars().fold(String::new(), |mut shown, c| {
        if is_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
        shown
    })
}

/// The same for a cell, with spaces at its ends shown as `·`. A long one is cut short.
pub(super) fn cell(value: &str) -> String {
    if value.is_empty() {
        return "(empty)".to_owned();
    }
    let begun = value.trim_start_matches(' ');
    let inner = begun.trim_end_matches(' ');
    let dots = |count| "·".repeat(count);
    let before = dots(value.len() - begun.len());
    let shown = before + &text(inner) + &dots(begun.len() - inner.len());
    if shown.chars().count() <= LONGEST {
        return shown;
    }
    shown.chars().take(LONGEST).chain(['…']).collect()
}

/// Whether a character is invisible, acts on those around it, or looks like a space that
/// it is not: controls, unusual spaces, joiners, direction marks (Unicode 16.0, general
/// categories Cc, Cf, Zl, Zp and Zs).
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{cell, text};

    #[test]
    fn nothing_acts_and_nothing_hides() {
        assert_eq!(text("plain é 한 — ok"), "plain é 한 — ok");
        assert_eq!(text("\u{1b}[2J\r\n\t\u{9b}"), r"\u{1b}[2J\r\n\t\u{9b}");
        assert_eq!(
            text("a\u{202e}b\u{200b}\u{a0}\u{feff}"),
            r"a\u{202e}b\u{200b}\u{a0}\u{feff}"
        );
    }

    #[test]
    fn spaces_at_the_ends_are_shown() {
        assert_eq!(cell("  a b "), "··a b·");
        assert_eq!(cell("   "), "···");
        assert_eq!(cell(""), "(empty)");
    }

    #[test]
    fn a_long_cell_is_cut_short() {
        assert_eq!(cell(&"é".repeat(72)), "é".repeat(72));
        assert_eq!(cell(&"é".repeat(73)), format!("{}…", "é".repeat(72)));
    }
}
