//! A value that does not fit its struct: what serde says goes in, plain words come out.
//!
//! Serde hands over its reasons as sentences only; their forms are fixed in `serde_core`
//! (`de/mod.rs`), and the tests of this room hold them in place.

use toml::de::DeValue;

use super::codes::{UNKNOWN_KEY, UNKNOWN_WORD, WRONG_TYPE};
use super::{nearest, tree};
use crate::diagnostic::Finding;

/// The key under which the parser hands over a date as if it were a table.
const DATE_KEY: &str = "$__toml_private_datetime";

/// What an entry is, for its message.
pub(super) struct Entry<'e, 'i> {
    /// The table or list that it stands in; empty for the whole file.
    pub parent: &'e str,
    /// Its whole path.
    pub path: &'e str,
    /// Its key, where it has one.
    pub key: &'e str,
    /// The value.
    pub value: &'e DeValue<'i>,
    /// The value as it is written.
    pub source: &'e str,
}

/// The finding for one of serde's sentences about an entry.
pub(super) fn finding(message: &str, entry: &Entry<'_, '_>) -> Finding {
    let (reason, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    if reason.starts_with(&format!("unknown field `{DATE_KEY}`")) {
        return wrong_type("text in quotes or a table", entry);
    }
    if reason.starts_with("unknown field") {
        return unknown_key(&words(expected), entry);
    }
    if reason.starts_with("unknown variant") {
        return unknown_word(&words(expected), entry);
    }
    if message == "wanted string or table" {
        return wrong_type("a word in quotes", entry);
    }
    if reason.starts_with("invalid ") && !expected.is_empty() {
        return wrong_type(plain(expected), entry);
    }
    Finding::new(&WRONG_TYPE, format!("`{}`: {message}", entry.path))
        .help("write it as `pollsmith explain Q003` shows")
}

/// Whether a value that serde refused can be read as the text that was wanted, so that
/// one missing pair of quotation marks makes one message and not two.
pub(super) fn lacks_quotes(message: &str, value: &DeValue<'_>) -> bool {
    let expected = message.rsplit_once(", expected ").map_or("", |(_, words)| words);
    message.starts_with("invalid type")
        && plain(expected).starts_with("text in quotes")
        && is_bare(value)
}

/// The words in backticks of a list such as "one of `a`, `b`".
fn words(list: &str) -> Vec<&str> {
    list.split('`').skip(1).step_by(2).collect()
}

fn unknown_key(keys: &[&str], entry: &Entry<'_, '_>) -> Finding {
    let table = match entry.parent {
        "" => "this file".to_owned(),
        path => format!("`{path}`"),
    };
    let headline = format!("`{}` is not a key of {table}", entry.key);
    let help = match nearest(entry.key, keys.iter().copied()) {
        Some(key) => format!("did you mean `{key}`?"),
        None => format!("take it out; the keys here are {}", listed(keys)),
    };
    Finding::new(&UNKNOWN_KEY, headline).help(help)
}

fn unknown_word(allowed: &[&str], entry: &Entry<'_, '_>) -> Finding {
    let word = entry.value.as_str().unwrap_or(entry.source);
    let headline = format!("`{word}` is not a word that `{}` can take", entry.path);
    let list = format!("the words allowed are {}", listed(allowed));
    let help = match nearest(word, allowed.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        None => list,
    };
    Finding::new(&UNKNOWN_WORD, headline).value(entry.source).help(help)
}

fn wrong_type(expected: &str, entry: &Entry<'_, '_>) -> Finding {
    let found = tree::described(entry.value);
    let headline = format!("`{}`: expected {expected}, found {found}", entry.path);
    let finding = Finding::new(&WRONG_TYPE, headline).help(remedy(expected, entry));
    match entry.value {
        DeValue::Table(_) => finding,
        _ => finding.value(entry.source),
    }
}

/// How to write what was expected.
fn remedy(expected: &str, entry: &Entry<'_, '_>) -> String {
    let Entry { path, key, source, .. } = entry;
    match entry.value {
        DeValue::Table(_) if expected == "a list" => {
            format!("write a list, `{key} = [...]`, or `[[{path}]]` if its items are tables")
        }
        DeValue::Array(_) if expected == "a table" => {
            format!("write the heading with single brackets: `[{path}]`")
        }
        DeValue::String(text) if looks_like(text, expected) => {
            format!("write it without quotation marks: `{text}`")
        }
        value if expected.starts_with("text in quotes") && is_bare(value) => {
            format!("put it in quotes: `\"{source}\"`")
        }
        _ if expected == "a list" => format!("put it in square brackets: `[{source}]`"),
        _ if expected == "a table" && entry.key.is_empty() => {
            "write it as `{ key = value }`".to_owned()
        }
        _ if expected == "a table" => {
            format!("write a heading `[{path}]`, or `{{ key = value }}`")
        }
        _ => format!("write {expected} here"),
    }
}

/// Whether a value stands without quotation marks or brackets.
fn is_bare(value: &DeValue<'_>) -> bool {
    !matches!(value, DeValue::String(_) | DeValue::Array(_) | DeValue::Table(_))
}

/// Whether a text would be what was expected if its quotation marks were taken away.
fn looks_like(text: &str, expected: &str) -> bool {
    match expected {
        "a number" => text.parse::<f64>().is_ok(),
        "a whole number" => text.parse::<i64>().is_ok(),
        "a whole number, 0 or more" => text.parse::<u64>().is_ok(),
        "`true` or `false`" => matches!(text, "true" | "false"),
        "a date such as 2024-01-13" => text.parse::<toml::value::Datetime>().is_ok(),
        _ => false,
    }
}

/// What serde expects, in words for an analyst. What our own types expect is in such
/// words already.
fn plain(expected: &str) -> &str {
    match expected {
        "a string" => "text in quotes",
        "a boolean" => "`true` or `false`",
        "i64" | "i32" => "a whole number",
        "u64" | "u32" | "usize" => "a whole number, 0 or more",
        "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "a table",
        "a TOML datetime" => "a date such as 2024-01-13",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
