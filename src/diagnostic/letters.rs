//! Characters that a reader cannot see, or cannot tell from a space: a text goes in, the
//! first such character and its name come out, or the text without them.
//!
//! Knows the Unicode Character Database (version 16.0): the general categories Cc, Cf, Co,
//! Zl, Zp and Zs, and of the rest what is blank or ignored by default. It does not compare
//! letters that look alike in two scripts. Never changes a text that it was not told to.

use std::borrow::Cow;

/// What is the matter with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// It acts, or marks a place for programs, and stands for no letter.
    Control,
    /// It takes no room.
    Invisible,
    /// It turns or isolates the direction of writing, and takes no room.
    Direction,
    /// It changes the look of the character before it, and takes no room.
    Selector,
    /// It looks like a space, or breaks a line.
    Space,
    /// It stands where a letter was lost.
    Lost,
    /// It means something only to those who agreed on it.
    Private,
    /// It is reserved for use within programs.
    Noncharacter,
}

use Trouble::{Control, Direction, Invisible, Lost, Noncharacter, Private, Selector, Space};

/// First and last character, what is the matter, and the name; sorted. Signs that are
/// written around digits (U+0600 to U+0605, U+06DD and their like) are of category Cf and
/// can be seen: they are not here.
const LIST: &[(u32, u32, Trouble, &str)] = &[
    (0x00, 0x00, Control, "NUL"),
    (0x01, 0x06, Control, "control character"),
    (0x07, 0x07, Control, "bell"),
    (0x08, 0x08, Control, "backspace"),
    (0x09, 0x09, Control, "tab"),
    (0x0A, 0x0A, Control, "line feed"),
    (0x0B, 0x0B, Control, "vertical tab"),
    (0x0C, 0x0C, Control, "form feed"),
    (0x0D, 0x0D, Control, "carriage return"),
    (0x0E, 0x19, Control, "control character"),
    (0x1A, 0x1A, Control, "substitute (the end of a file in old systems)"),
    (0x1B, 0x1B, Control, "escape"),
    (0x1C, 0x1F, Control, "separator of records or fields"),
    (0x7F, 0x7F, Control, "delete"),
    (0x80, 0x84, Control, "control character"),
    (0x85, 0x85, Control, "next line"),
    (0x86, 0x9F, Control, "control character"),
    (0xA0, 0xA0, Space, "no-break space"),
    (0xAD, 0xAD, Invisible, "soft hyphen"),
    (0x34F, 0x34F, Invisible, "combining grapheme joiner"),
    (0x61C, 0x61C, Direction, "Arabic letter mark"),
    (0x115F, 0x1160, Space, "Hangul filler"),
    (0x1680, 0x1680, Space, "Ogham space mark"),
    (0x17B4, 0x17B5, Invisible, "Khmer inherent vowel"),
    (0x180B, 0x180D, Selector, "Mongolian variation selector"),
    (0x180E, 0x180E, Invisible, "Mongolian vowel separator"),
    (0x180F, 0x180F, Selector, "Mongolian variation selector"),
    (0x2000, 0x2000, Space, "en quad"),
    (0x2001, 0x2001, Space, "em quad"),
    (0x2002, 0x2002, Space, "en space"),
    (0x2003, 0x2003, Space, "em space"),
    (0x2004, 0x2004, Space, "three-per-em space"),
    (0x2005, 0x2005, Space, "four-per-em space"),
    (0x2006, 0x2006, Space, "six-per-em space"),
    (0x2007, 0x2007, Space, "figure space"),
    (0x2008, 0x2008, Space, "punctuation space"),
    (0x2009, 0x2009, Space, "thin space"),
    (0x200A, 0x200A, Space, "hair space"),
    (0x200B, 0x200B, Invisible, "zero-width space"),
    (0x200C, 0x200C, Invisible, "zero-width non-joiner"),
    (0x200D, 0x200D, Invisible, "zero-width joiner"),
    (0x200E, 0x200E, Direction, "left-to-right mark"),
    (0x200F, 0x200F, Direction, "right-to-left mark"),
    (0x2028, 0x2028, Space, "line separator"),
    (0x2029, 0x2029, Space, "paragraph separator"),
    (0x202A, 0x202A, Direction, "left-to-right embedding"),
    (0x202B, 0x202B, Direction, "right-to-left embedding"),
    (0x202C, 0x202C, Direction, "pop directional formatting"),
    (0x202D, 0x202D, Direction, "left-to-right override"),
    (0x202E, 0x202E, Direction, "right-to-left override"),
    (0x202F, 0x202F, Space, "narrow no-break space"),
    (0x205F, 0x205F, Space, "medium mathematical space"),
    (0x2060, 0x2060, Invisible, "word joiner"),
    (0x2061, 0x2061, Invisible, "function application"),
    (0x2062, 0x2062, Invisible, "invisible times"),
    (0x2063, 0x2063, Invisible, "invisible separator"),
    (0x2064, 0x2064, Invisible, "invisible plus"),
    (0x2065, 0x2065, Invisible, "invisible character"),
    (0x2066, 0x2066, Direction, "left-to-right isolate"),
    (0x2067, 0x2067, Direction, "right-to-left isolate"),
    (0x2068, 0x2068, Direction, "first strong isolate"),
    (0x2069, 0x2069, Direction, "pop directional isolate"),
    (0x206A, 0x206F, Invisible, "deprecated format character"),
    (0x2800, 0x2800, Space, "Braille pattern blank"),
    (0x3000, 0x3000, Space, "ideographic space"),
    (0x3164, 0x3164, Space, "Hangul filler"),
    (0xE000, 0xF8FF, Private, "private-use character"),
    (0xFDD0, 0xFDEF, Noncharacter, "noncharacter"),
    (0xFE00, 0xFE0F, Selector, "variation selector"),
    (0xFEFF, 0xFEFF, Invisible, "byte order mark"),
    (0xFFA0, 0xFFA0, Space, "halfwidth Hangul filler"),
    (0xFFF0, 0xFFF8, Invisible, "invisible character"),
    (0xFFF9, 0xFFFB, Control, "interlinear annotation mark"),
    (0xFFFC, 0xFFFC, Lost, "object replacement character (a picture was here, not text)"),
    (0xFFFD, 0xFFFD, Lost, REPLACED),
    (0x13430, 0x1343F, Control, "Egyptian hieroglyph format control"),
    (0x1BCA0, 0x1BCA3, Control, "shorthand format control"),
    (0x1D173, 0x1D17A, Control, "musical format control"),
    (0xE0000, 0xE0000, Invisible, "invisible character"),
    (0xE0001, 0xE0001, Invisible, "language tag"),
    (0xE0002, 0xE001F, Invisible, "invisible character"),
    (0xE0020, 0xE007E, Invisible, "tag character"),
    (0xE007F, 0xE007F, Invisible, "cancel tag"),
    (0xE0080, 0xE00FF, Invisible, "invisible character"),
    (0xE0100, 0xE01EF, Selector, "variation selector"),
    (0xE01F0, 0xE0FFF, Invisible, "invisible character"),
    (0xF0000, 0xFFFFD, Private, "private-use character"),
    (0x0010_0000, 0x0010_FFFD, Private, "private-use character"),
];

const REPLACED: &str = "replacement character (the letter was lost before this file was made)";

/// What U+0080 to U+009F are if their byte is read as Windows-1252 (`WHATWG` index; the
/// five bytes without a letter are blank). Such controls are hardly ever meant.
const WINDOWS_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// Blocks whose letters change their form with a joiner or non-joiner between them: Arabic
/// and its neighbours, the scripts of India, Tibetan, Myanmar, Khmer, Mongolian, Adlam.
const JOINING: &[(u32, u32)] = &[
    (0x0600, 0x0DFF),
    (0x0F00, 0x109F),
    (0x1780, 0x18AF),
    (0x1A20, 0x1AAF),
    (0x1B00, 0x1C4F),
    (0xA800, 0xA8FF),
    (0xA980, 0xA9FF),
    (0xAA60, 0xAAFF),
    (0xABC0, 0xABFF),
    (0xFB50, 0xFDCF),
    (0xFDF0, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x10A00, 0x11FFF),
    (0x1E900, 0x1E95F),
];

/// The first character of a text that a reader cannot see or tell from a space, and its
/// place: the first character is 1. Controls (tab and line end among them), zero-width and
/// direction marks, unusual spaces, variation selectors that stand alone, and characters
/// that were lost, are private or are none.
///
/// Joiners where a script or an emoji needs them are passed over, as in
/// [`without_invisible`].
#[must_use]
pub fn odd(text: &str) -> Option<(usize, char)> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    let mut before = None;
    let mut letters = text.chars().zip(1..).peekable();
    while let Some((c, place)) = letters.next() {
        let after = letters.peek().map(|(next, _)| *next);
        if listed(c).is_some() && !needed(before, c, after) {
            return Some((place, c));
        }
        before = Some(c);
    }
    None
}

/// A character's code point and name, such as `U+200B zero-width space`. A character that
/// can be seen is its own name.
#[must_use]
pub fn name(c: char) -> String {
    let number = u32::from(c);
    let what = match listed(c) {
        Some((_, name)) => name.to_owned(),
        None if c == ' ' => "space".to_owned(),
        None => c.to_string(),
    };
    match windows_1252(number) {
        Some(meant) => {
            format!("U+{number:04X} {what} (in Windows-1252 the same byte is {meant})")
        }
        None => format!("U+{number:04X} {what}"),
    }
}

/// A text without what takes no room: zero-width characters, direction marks, byte order
/// marks, soft hyphens, variation selectors that stand alone.
///
/// Kept are joiners between two letters of a script that needs them, and joiners,
/// selectors and tags within an emoji. Nothing that can be seen or that acts is removed.
#[must_use]
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(takes_no_room) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if !takes_no_room(c) || needed(before, c, letters.peek().copied()) {
            kept.push(c);
            before = Some(c);
        }
    }
    Cow::Owned(kept)
}

/// What is the matter with a character and its name, if anything is.
fn listed(c: char) -> Option<(Trouble, &'static str)> {
    let number = u32::from(c);
    // The last two of each plane.
    if number & 0xFFFE == 0xFFFE {
        return Some((Noncharacter, "noncharacter"));
    }
    let &(first, _, trouble, name) = LIST.get(LIST.partition_point(|row| row.1 < number))?;
    (first <= number).then_some((trouble, name))
}

fn takes_no_room(c: char) -> bool {
    matches!(listed(c), Some((Invisible | Direction | Selector, _)))
}

/// Whether an invisible character does its work here, between its neighbours.
fn needed(before: Option<char>, c: char, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        '\u{200C}' => after.is_some_and(|next| joins(before) && joins(next)),
        '\u{200D}' => after.is_some_and(|next| {
            (joins(before) && joins(next))
                || (pictured(next) && (pictured(before) || before == '\u{FE0F}'))
        }),
        // The flags of England, Scotland and Wales are a black flag and tags.
        '\u{E0020}'..='\u{E007F}' => {
            matches!(before, '\u{1F3F4}' | '\u{E0020}'..='\u{E007E}')
        }
        _ => matches!(listed(c), Some((Selector, _))) && varies(before),
    }
}

fn joins(c: char) -> bool {
    let number = u32::from(c);
    JOINING.iter().any(|(first, last)| (*first..=*last).contains(&number))
}

/// Whether a character is a symbol or picture that emoji sequences are made of (blocks
/// from Arrows to Miscellaneous Symbols and Arrows, and the pictographs of plane 1).
fn pictured(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a variation selector may follow: no selector changes a Latin letter, a space or
/// a character that cannot be seen.
fn varies(c: char) -> bool {
    !c.is_ascii_alphabetic() && !c.is_whitespace() && listed(c).is_none()
}

fn windows_1252(number: u32) -> Option<char> {
    let place = usize::try_from(number.checked_sub(0x80)?).ok()?;
    WINDOWS_1252.get(place).copied().filter(|meant| *meant != ' ')
}

#[cfg(test)]
mod tests {
    use super::super::visible;
    use super::{LIST, Trouble, listed, name, odd, without_invisible};
    use std::borrow::Cow;

    #[test]
    fn the_list_is_sorted_and_without_overlap() {
        assert!(LIST.iter().all(|(first, last, ..)| first <= last));
        assert!(LIST.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn all_that_messages_escape_is_odd_and_more() {
        let odd_alone = |c: &char| odd(&c.to_string()).is_some();
        let escaped = |c: &char| visible::text(&c.to_string()) != c.to_string();
        let missed: Vec<char> =
            ('\0'..=char::MAX).filter(|c| escaped(c) && !odd_alone(c)).collect();
        assert_eq!(missed, []);
        assert!(('\0'..=char::MAX).filter(|c| odd_alone(c) && !escaped(c)).count() > 137_000);
    }

    #[test]
    fn general_categories_are_covered() {
        let standard = |c: char| c.is_control() || (c.is_whitespace() && c != ' ');
        for c in ('\0'..=char::MAX).filter(|c| standard(*c)) {
            assert!(listed(c).is_some(), "{c:?}");
        }
        let count = |wanted: Trouble| {
            ('\0'..=char::MAX).filter(|c| listed(*c).is_some_and(|(t, _)| t == wanted)).count()
        };
        assert_eq!(count(Trouble::Noncharacter), 66);
        assert_eq!(count(Trouble::Private), 6_400 + 2 * 65_534);
        assert_eq!(count(Trouble::Selector), 16 + 240 + 4);
        assert_eq!(count(Trouble::Direction), 12);
    }

    #[test]
    fn what_can_be_seen_is_not_odd() {
        for text in [
            "",
            "plain",
            "Strongly agree",
            "naïve – “quoted” … £5 €5",
            "Cymraeg ŵ ŷ",
            "e\u{301}",
            "한국어 日本語 العربية עברית ไทย",
            "\u{600}\u{6DD}",
            "👍🏽 ✓ ¬ ½",
        ] {
            assert_eq!(odd(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_first_odd_character_is_found_with_its_place() {
        for (text, place, c) in [
            ("\u{FEFF}Agree", 1, '\u{FEFF}'),
            ("Agree\u{A0}strongly\u{200B}", 6, '\u{A0}'),
            ("é\u{200B}", 2, '\u{200B}'),
            ("a\tb", 2, '\t'),
            ("a\r\nb", 2, '\r'),
            ("\0", 1, '\0'),
            ("Agre\u{AD}e", 5, '\u{AD}'),
            ("don\u{92}t", 4, '\u{92}'),
            ("don\u{FFFD}t", 4, '\u{FFFD}'),
            ("abc\u{202E}def", 4, '\u{202E}'),
            ("a\u{2028}b", 2, '\u{2028}'),
            ("\u{E123}", 1, '\u{E123}'),
            ("\u{1FFFF}", 1, '\u{1FFFF}'),
            ("\u{10FFFF}", 1, '\u{10FFFF}'),
            ("\u{FDD0}", 1, '\u{FDD0}'),
            ("A\u{FE0F}", 2, '\u{FE0F}'),
            ("👍\u{FE0F}\u{E0100}", 3, '\u{E0100}'),
            ("a\u{3164}", 2, '\u{3164}'),
            ("a\u{200D}b", 2, '\u{200D}'),
            ("a\u{200D}ष", 2, '\u{200D}'),
        ] {
            assert_eq!(odd(text), Some((place, c)), "{text:?}");
        }
    }

    #[test]
    fn names_are_the_standard_ones() {
        for (c, expected) in [
            ('\u{200B}', "U+200B zero-width space"),
            ('\u{FEFF}', "U+FEFF byte order mark"),
            ('\u{202E}', "U+202E right-to-left override"),
            ('\u{A0}', "U+00A0 no-break space"),
            ('\0', "U+0000 NUL"),
            ('\t', "U+0009 tab"),
            ('\u{AD}', "U+00AD soft hyphen"),
            ('\u{92}', "U+0092 control character (in Windows-1252 the same byte is ’)"),
            ('\u{85}', "U+0085 next line (in Windows-1252 the same byte is …)"),
            ('\u{81}', "U+0081 control character"),
            ('\u{E001}', "U+E001 private-use character"),
            ('\u{10FFFE}', "U+10FFFE noncharacter"),
            ('\u{E0100}', "U+E0100 variation selector"),
            (' ', "U+0020 space"),
            ('é', "U+00E9 é"),
        ] {
            assert_eq!(name(c), expected);
        }
        assert_eq!(
            name('\u{FFFD}'),
            "U+FFFD replacement character (the letter was lost before this file was made)"
        );
    }

    #[test]
    fn names_can_be_shown() {
        for c in '\0'..=char::MAX {
            let name = name(c);
            assert_eq!(visible::text(&name), name, "{c:?}");
        }
    }

    #[test]
    fn what_takes_no_room_is_removed() {
        for (text, bare) in [
            ("\u{FEFF}Strongly\u{200B} agree\u{2060}", "Strongly agree"),
            ("co\u{AD}operate", "cooperate"),
            ("\u{202E}Agree\u{202C}\u{200E}\u{2066}\u{61C}", "Agree"),
            ("A\u{FE0F}gree", "Agree"),
            ("A\u{200D}gree\u{200C}", "Agree"),
            ("\u{E0041}\u{E0042}Agree", "Agree"),
            ("a\u{180E}b\u{206A}\u{34F}", "ab"),
            ("\u{200D}👩", "👩"),
            ("👩\u{200D}", "👩"),
        ] {
            assert_eq!(without_invisible(text), bare, "{text:?}");
            assert_eq!(odd(&without_invisible(text)), None, "{text:?}");
        }
    }

    #[test]
    fn what_can_be_seen_or_acts_stays() {
        for text in
            ["Agree", "a\u{A0}b", "a\0b\tc\nd", "a\u{FFFD}", "a\u{2028}b\u{3000}", "\u{E000}"]
        {
            assert!(matches!(without_invisible(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn scripts_and_emoji_keep_what_they_need() {
        for text in [
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "ශ්\u{200D}රී",
            "👩\u{200D}👩\u{200D}👧",
            "👩🏽\u{200D}🏫",
            "🏳\u{FE0F}\u{200D}🌈",
            "❤\u{FE0F}",
            "1\u{FE0F}\u{20E3}",
            "葛\u{E0100}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        ] {
            assert_eq!(odd(text), None, "{text:?}");
            assert_eq!(without_invisible(text), text);
        }
    }
}
