//! Words before they are measured: cleaned and shortened.
//!
//! Takes any text that an analyst may have typed, gives what may stand in a picture.
//! Knows nothing of fonts.

/// The text without characters that could disturb the page: control characters, marks that
/// turn the direction of writing, characters without width and those that XML forbids.
/// Runs of white space become one space.
pub(super) fn clean(text: &str) -> String {
    let kept: String = (text.chars())
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !is_unsafe(c))
        .collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a character is invisible, turns the direction of writing or is not allowed in
/// XML 1.0 (production 2) or HTML.
fn is_unsafe(c: char) -> bool {
    let number = u32::from(c);
    c.is_control()
        || number & 0xFFFE == 0xFFFE
        || matches!(number,
            0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164
            | 0xFDD0..=0xFDEF | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0xE0000..=0xE0FFF)
}

/// At most `most` characters, the last of them an ellipsis if something was cut.
pub(super) fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// The text with everything escaped that means something in XML, in content and in
/// attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_unsafe(c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_disturb_is_taken_out() {
        assert_eq!(clean("a\u{202E}b\u{0}\tc\u{200D}\n\n d\u{FFFF}"), "ab c d");
        assert_eq!(clean("  ŵ “ŷ” 😀 "), "ŵ “ŷ” 😀");
        assert_eq!(escape("<a b='&\"'>\u{1}"), "&lt;a b=&#39;&amp;&quot;&#39;&gt;");
    }

    #[test]
    fn long_text_ends_in_an_ellipsis() {
        assert_eq!(shorten("Strongly agree", 14), "Strongly agree");
        assert_eq!(shorten("Strongly agree", 10), "Strongly…");
    }
}
