//! Which encoding a text has: by its mark, by where its zero bytes stand, or by what the
//! schema declares; and what each encoding defines.
//!
//! Takes the first bytes of a text; gives an [`Encoding`] and the length of the mark, or a
//! [`Finding`]. Never takes what merely looks likely.

use super::codes;
use crate::diagnostic::Finding;
use crate::questionnaire::Encoding;

/// Byte order marks and what they stand for. UTF-32 comes first: its mark begins with that
/// of UTF-16.
const MARKS: [(&[u8], Option<Encoding>); 5] = [
    (b"\xFF\xFE\0\0", None),
    (b"\0\0\xFE\xFF", None),
    (b"\xEF\xBB\xBF", Some(Encoding::Utf8)),
    (b"\xFF\xFE", Some(Encoding::Utf16Le)),
    (b"\xFE\xFF", Some(Encoding::Utf16Be)),
];

/// In how many bytes zeros are looked for.
const NEAR: usize = 64 * 1024;

/// One character in so many must be of the ASCII range for a text to pass for UTF-16: line
/// ends, digits and what stands between cells are, whatever language the answers are in.
const ASCII_SHARE: usize = 32;

/// As the schema writes it.
pub(super) fn key(encoding: Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

pub(super) fn is_utf16(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be)
}

fn is_single_byte(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Windows1252 | Encoding::Macintosh | Encoding::Iso8859_15)
}

/// The table by which it is decoded.
pub(super) fn table(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
        Encoding::Macintosh => encoding_rs::MACINTOSH,
        Encoding::Iso8859_15 => encoding_rs::ISO_8859_15,
    }
}

/// Whether a byte stands for a letter. The tables of browsers turn bytes without one into
/// control characters, which no answer holds: five of windows-1252, and 0x80 to 0x9F of
/// ISO-8859-15 (left open by ISO/IEC 8859-15:1999).
pub(super) fn defines(encoding: Encoding, byte: u8) -> bool {
    match encoding {
        Encoding::Windows1252 => !matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D),
        Encoding::Iso8859_15 => !matches!(byte, 0x80..=0x9F),
        _ => true,
    }
}

/// The encoding by which the beginning of a text can be looked at, before anything is
/// decided: that of its mark or its zero bytes, otherwise one that keeps ASCII.
pub(super) fn apparent(sample: &[u8]) -> (Encoding, usize) {
    match mark(sample) {
        Some((Some(marked), length)) => (marked, length),
        _ => (utf16_without_mark(sample).unwrap_or(Encoding::Utf8), 0),
    }
}

/// Which encoding the text has, and how many bytes its mark takes. `sample` is its first
/// megabyte, or all of it.
pub(super) fn decide(
    sample: &[u8],
    declared: Option<Encoding>,
) -> Result<(Encoding, usize), Box<Finding>> {
    match (mark(sample), declared) {
        (Some((None, _)), _) => Err(utf32().into()),
        (Some((Some(marked), _)), Some(declared)) if marked != declared => {
            Err(clash(declared, marked, "the mark at its beginning says so").into())
        }
        (Some((Some(marked), length)), _) => Ok((marked, length)),
        (None, None) => match utf16_without_mark(sample) {
            Some(found) => Err(undeclared(found).into()),
            None => Ok((Encoding::Utf8, 0)),
        },
        (None, Some(declared)) => match contradicted(sample, declared) {
            Some(finding) => Err(finding.into()),
            None => Ok((declared, 0)),
        },
    }
}

fn mark(sample: &[u8]) -> Option<(Option<Encoding>, usize)> {
    let (mark, encoding) = MARKS.iter().find(|(mark, _)| sample.starts_with(mark))?;
    Some((*encoding, mark.len()))
}

/// Why a text without a mark cannot have the declared encoding.
fn contradicted(sample: &[u8], declared: Encoding) -> Option<Finding> {
    if let Some(found) = utf16_without_mark(sample) {
        let because = "zero bytes stand at every second place";
        return (found != declared).then(|| clash(declared, found, because));
    }
    if is_utf16(declared) && !sample.contains(&0) {
        let name = declared.name();
        let finding = Finding::new(&codes::CLASH, format!("the file is not {name} text"))
            .because("it has no zero bytes, which every line end in UTF-16 has")
            .help("correct `encoding` in `[source]`, or take it out if the file is UTF-8");
        return Some(finding);
    }
    let because = "every accented letter in it is written as UTF-8 writes it";
    (is_single_byte(declared) && is_utf8_beyond_ascii(sample))
        .then(|| clash(declared, Encoding::Utf8, because))
}

/// Whether the bytes hold letters beyond ASCII, all as in UTF-8. The sample may end within
/// a letter.
fn is_utf8_beyond_ascii(sample: &[u8]) -> bool {
    let valid = match std::str::from_utf8(sample) {
        Ok(_) => sample.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => 0,
    };
    !sample.get(..valid).unwrap_or_default().is_ascii()
}

/// UTF-16 that has lost its mark: zero bytes stand at the places of high bytes only, not
/// rarely, and every character is whole.
fn utf16_without_mark(sample: &[u8]) -> Option<Encoding> {
    let near = sample.get(..NEAR).unwrap_or(sample);
    let zeros = |first: usize| near.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (found, count) = match (zeros(0), zeros(1)) {
        (0, odd) if odd > 0 => (Encoding::Utf16Le, odd),
        (even, 0) if even > 0 => (Encoding::Utf16Be, even),
        _ => return None,
    };
    let units = near.chunks_exact(2).map(|pair| match *pair {
        [low, high] if found == Encoding::Utf16Le => u16::from_le_bytes([low, high]),
        [high, low] => u16::from_be_bytes([high, low]),
        _ => 0,
    });
    let characters = near.len() / 2;
    // The last character may be cut by the end of the sample.
    let broken = char::decode_utf16(units).take(characters.saturating_sub(1));
    let whole = broken.filter(Result::is_err).count() == 0;
    (whole && count * ASCII_SHARE >= characters).then_some(found)
}

fn clash(declared: Encoding, found: Encoding, because: &str) -> Finding {
    let (declared, name) = (declared.name(), found.name());
    let remedy = if found == Encoding::Utf8 {
        "take `encoding` out of `[source]`; UTF-8 needs no declaration".to_owned()
    } else {
        format!("write `encoding = \"{}\"` in `[source]`, or export as UTF-8", key(found))
    };
    Finding::new(&codes::CLASH, format!("declared {declared}, but the file is {name}"))
        .because(because)
        .help(remedy)
}

fn undeclared(found: Encoding) -> Finding {
    let other = if found == Encoding::Utf16Le { Encoding::Utf16Be } else { Encoding::Utf16Le };
    let (found, other) = (key(found), key(other));
    Finding::new(&codes::UNDECLARED, "the file looks like UTF-16 text without a mark")
        .because(format!(
            "zero bytes stand at every second place, where {} has them",
            found.to_uppercase()
        ))
        .help(format!(
            "write `encoding = \"{found}\"` in `[source]`; or `encoding = \"{other}\"`, if you \
             know that to be right; or export again as UTF-8"
        ))
}

fn utf32() -> Finding {
    Finding::new(&super::super::codes::ENCODING, "the file is UTF-32 text")
        .because("the mark at its beginning says so")
        .help("export again as UTF-8; in Excel: Save As, `CSV UTF-8 (comma delimited)`")
}

#[cfg(test)]
mod tests {
    use super::{Encoding, apparent, decide};
    use Encoding::{Iso8859_15, Macintosh, Utf8, Utf16Be, Utf16Le, Windows1252};

    fn wide(text: &str, big: bool) -> Vec<u8> {
        let bytes = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn said(sample: &[u8], declared: Option<Encoding>) -> String {
        let finding = decide(sample, declared).unwrap_err();
        format!("{} {}", finding.code.id, finding.headline)
    }

    #[test]
    fn a_mark_decides() {
        assert_eq!(decide(b"\xEF\xBB\xBFid\n", None), Ok((Utf8, 3)));
        assert_eq!(decide(b"\xFF\xFEi\0", None), Ok((Utf16Le, 2)));
        assert_eq!(decide(b"\xFE\xFF\0i", Some(Utf16Be)), Ok((Utf16Be, 2)));
        assert_eq!(decide(b"id\n", None), Ok((Utf8, 0)));
        assert_eq!(said(b"\xFF\xFE\0\0i\0\0\0", None), "I003 the file is UTF-32 text");
    }

    #[test]
    fn what_contradicts_the_declaration_is_refused() {
        let mark = "I008 declared windows-1252, but the file is UTF-8";
        assert_eq!(said(b"\xEF\xBB\xBFid\n", Some(Windows1252)), mark);
        assert_eq!(said("Zoë\n".as_bytes(), Some(Windows1252)), mark);
        let cut = &"id\nZoë ë".as_bytes()[..9];
        assert!(said(cut, Some(Macintosh)).starts_with("I008"), "a letter cut by the sample");
        for declared in [Utf8, Iso8859_15, Utf16Be] {
            let found = format!("I008 declared {}, but the file is UTF-16LE", declared.name());
            assert_eq!(said(&wide("id,a\n1,2\n", false), Some(declared)), found);
        }
        let not = "I008 the file is not UTF-16LE text";
        assert_eq!(said(b"id,a\n1,2\n", Some(Utf16Le)), not);
    }

    #[test]
    fn a_declaration_that_nothing_contradicts_holds() {
        for declared in [Windows1252, Macintosh, Iso8859_15] {
            assert_eq!(decide(b"plain\n", Some(declared)), Ok((declared, 0)));
            assert_eq!(decide(b"Zo\xEB\n", Some(declared)), Ok((declared, 0)));
            let mixed = b"Zo\xC3\xAB and Zo\xEB\n";
            assert_eq!(decide(mixed, Some(declared)), Ok((declared, 0)));
        }
        for (big, declared) in [(false, Utf16Le), (true, Utf16Be)] {
            let text = wide("名前,a\n答え,2\n", big);
            assert_eq!(decide(&text, Some(declared)), Ok((declared, 0)));
        }
    }

    #[test]
    fn utf16_without_a_mark_asks_for_a_choice() {
        for (big, key) in [(false, "utf-16le"), (true, "utf-16be")] {
            let finding = decide(&wide("id,Zoë,名\n1,2,3\n", big), None).unwrap_err();
            assert_eq!(finding.code.id, "I007");
            let help = finding.help.unwrap();
            assert!(help.starts_with(&format!("write `encoding = \"{key}\"`")), "{help}");
            assert!(help.contains("utf-16le") && help.contains("utf-16be"), "{help}");
        }
    }

    #[test]
    fn a_few_zero_bytes_are_not_utf16() {
        let mut text = b"id,a\n".repeat(50);
        text[101] = 0;
        assert_eq!(apparent(&text), (Utf8, 0), "one in many");
        assert_eq!(apparent(b"a\0\0b"), (Utf8, 0), "on both sides");
        assert_eq!(apparent(b"\x01\xD8a\x00b\x00c\x00"), (Utf8, 0), "half a pair");
        assert_eq!(apparent(b""), (Utf8, 0));
    }
}
