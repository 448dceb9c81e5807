//! Where something stands in a JSON text: a path of keys and numbers goes in, a byte offset
//! comes out. The text is known to be JSON, so that the way through it can be short.

use crate::diagnostic::Place;
use crate::document;

/// One step into a JSON value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// Into the entry of an object with that key.
    Key(&'a str),
    /// Into the entry of a list with that number, from 0.
    Index(usize),
}

/// The place of the value at the end of a path, or of the last value on the way that is
/// there; for a text that is no JSON, wherever the way ends.
pub(super) fn place(file: &str, text: &str, path: &[Step<'_>]) -> Place {
    let mut at = space(text, 0);
    for step in path {
        match into(text, at, *step) {
            Some(next) => at = next,
            None => break,
        }
    }
    document::place(file, text, at..at, &words(path))
}

/// A path as it is written in messages: `fields[3].type`.
fn words(path: &[Step<'_>]) -> String {
    let mut words = String::new();
    for step in path {
        match step {
            Step::Key(key) if words.is_empty() => words.push_str(key),
            Step::Key(key) => words = format!("{words}.{key}"),
            Step::Index(index) => words = format!("{words}[{index}]"),
        }
    }
    words
}

/// The offset of the first character from `at` on that is no space.
fn space(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}']).len()
}

/// The offset of the value that a step leads to from the object or list at `at`.
fn into(text: &str, at: usize, step: Step<'_>) -> Option<usize> {
    let bytes = text.as_bytes();
    let object = *bytes.get(at)? == b'{';
    let mut at = space(text, at + 1);
    let mut count = 0;
    while !matches!(bytes.get(at)?, b'}' | b']') {
        let mut found = matches!(step, Step::Index(index) if !object && index == count);
        if object {
            let end = skip(text, at)?;
            let key: String = serde_json::from_str(text.get(at..end)?).ok()?;
            found = matches!(step, Step::Key(wanted) if wanted == key);
            at = space(text, space(text, end) + 1);
        }
        if found {
            return Some(at);
        }
        at = space(text, skip(text, at)?);
        if *bytes.get(at)? == b',' {
            at = space(text, at + 1);
        }
        count += 1;
    }
    None
}

/// The offset behind the value at `at`.
fn skip(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (offset, byte) in text.as_bytes().iter().enumerate().skip(at) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' | b',' | b':' if depth == 0 => return Some(offset),
            b'}' | b']' => depth -= 1,
            _ => continue,
        }
        let ended = depth == 0 && !quoted && matches!(byte, b'"' | b'}' | b']');
        if ended && !escaped {
            return Some(offset + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Step, place};

    const TEXT: &str = "{\n  \"a, \\\"b\\\"\": [1, {\"x\": \"]}\"}],\n  \"fields\": [\n    \
                        { \"name\": \"é\", \"type\": 3 }\n  ]\n}";

    fn at(path: &[Step<'_>]) -> (Option<u64>, Option<u64>, Option<String>) {
        let place = place("s.json", TEXT, path);
        (place.line, place.character, place.column)
    }

    #[test]
    fn a_path_leads_to_its_value() {
        let fields = [Step::Key("fields"), Step::Index(0), Step::Key("type")];
        assert_eq!(at(&fields), (Some(4), Some(28), Some("fields[0].type".to_owned())));
        let odd = [Step::Key("a, \"b\""), Step::Index(1), Step::Key("x")];
        assert_eq!((at(&odd).0, at(&odd).1), (Some(2), Some(25)));
        let text = r#"{ "a": ["\\", "\"", 3] }"#;
        let third = place("s.json", text, &[Step::Key("a"), Step::Index(2)]);
        assert_eq!(third.character, Some(21));
    }

    #[test]
    fn a_path_that_ends_early_leads_to_the_last_value_on_the_way() {
        let path = [Step::Key("fields"), Step::Index(0), Step::Key("title")];
        assert_eq!((at(&path).0, at(&path).1), (Some(4), Some(5)));
        assert_eq!(at(&[]).0, Some(1));
    }

    #[test]
    fn a_broken_text_is_no_panic() {
        for cut in 0..TEXT.len() {
            let text = String::from_utf8_lossy(&TEXT.as_bytes()[..cut]).into_owned();
            place("s.json", &text, &[Step::Key("fields"), Step::Index(0), Step::Key("type")]);
        }
    }
}
