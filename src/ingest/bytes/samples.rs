//! How bytes that are no UTF-8 would read in each of the encodings that they may be in, so
//! that a person can see which one is right.
//!
//! Gives the text of a message. Never says which it is.

use super::encoding;
use crate::questionnaire::Encoding;

/// How many fragments are shown.
const SHOWN: usize = 3;

const CANDIDATES: [Encoding; 3] =
    [Encoding::Windows1252, Encoding::Macintosh, Encoding::Iso8859_15];

/// The first three fragments in each encoding, such as
/// ``windows-1252: `Zoë`; macintosh: `ZoÎ`; iso-8859-15: `Zoë` ``. The names are those that
/// a schema may declare. Empty without fragments.
pub(in crate::ingest) fn samples(fragments: &[&[u8]]) -> String {
    if fragments.is_empty() {
        return String::new();
    }
    let lines = CANDIDATES.map(|encoding| {
        let read = fragments.iter().take(SHOWN).map(|bytes| reading(bytes, encoding));
        format!("{}: {}", encoding::key(encoding), read.collect::<Vec<_>>().join(", "))
    });
    lines.join("; ")
}

fn reading(bytes: &[u8], encoding: Encoding) -> String {
    if let Some(byte) = bytes.iter().find(|byte| !encoding::defines(encoding, **byte)) {
        return format!("impossible (0x{byte:02X} has no letter)");
    }
    format!("`{}`", encoding::table(encoding).decode_without_bom_handling(bytes).0)
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn each_encoding_is_shown_and_none_preferred() {
        assert_eq!(
            samples(&[b"Zo\xEB", b"It\xD5s"]),
            "windows-1252: `Zoë`, `ItÕs`; macintosh: `ZoÎ`, `It’s`; iso-8859-15: `Zoë`, `ItÕs`"
        );
        assert_eq!(
            samples(&[b"Zo\x8F"]),
            "windows-1252: impossible (0x8F has no letter); macintosh: `Zoè`; \
             iso-8859-15: impossible (0x8F has no letter)"
        );
        assert_eq!(samples(&[]), "");
        let four: [&[u8]; 4] = [b"1", b"2", b"3", b"4"];
        assert!(samples(&four).starts_with("windows-1252: `1`, `2`, `3`; macintosh"));
    }
}
