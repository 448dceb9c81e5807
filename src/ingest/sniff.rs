//! What parts the cells of a text, from its first row.

use csv::ReaderBuilder;

use super::codes;
use crate::diagnostic::Finding;

/// What stands between cells: of the usual marks, the one that splits the first row into
/// most headers that `known` knows, then into most cells.
pub(super) fn delimiter(sample: &[u8], known: impl Fn(&str) -> bool) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(sample);
        let first = reader.byte_records().next();
        let Some(Ok(first)) = first else { return (0, 0) };
        let found = first.iter().filter(|c| known(&String::from_utf8_lossy(c))).count();
        (found, first.len())
    };
    let mut best = (b',', score(b','));
    for candidate in [b';', b'\t', b'|'] {
        let reached = score(candidate);
        if reached > best.1 {
            best = (candidate, reached);
        }
    }
    best.0
}

/// The delimiter in words.
pub(super) fn delimiter_word(delimiter: u8) -> &'static str {
    match delimiter {
        b',' => "commas",
        b';' => "semicolons",
        b'\t' => "tabs",
        _ => "bars",
    }
}

/// Says which delimiter was found.
pub(super) fn detected(delimiter: u8) -> Finding {
    let word = delimiter_word(delimiter);
    Finding::new(&codes::DELIMITER, format!("cells are taken to be parted by {word}"))
        .because("the schema does not say, and this finds most of its headers in the file")
        .help("settle it with `delimiter` in `[source]`")
}

#[cfg(test)]
mod tests {
    use super::delimiter;

    #[test]
    fn the_delimiter_is_the_one_that_gives_known_headers() {
        let known = |h: &str| matches!(h, "id" | "a, or b" | "c");
        assert_eq!(delimiter(b"id;a, or b;c\n1;2;3\n", known), b';');
        assert_eq!(delimiter(b"id,\"a, or b\",c\n", known), b',');
        assert_eq!(delimiter(b"x\ty\tz\n", known), b'\t');
        assert_eq!(delimiter(b"alone\n", known), b',');
    }
}
