//! Text that is not TOML: the parser's errors go in, findings come out.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::Lines;
use super::codes::SYNTAX;
use crate::diagnostic::Finding;

/// What the parser says, what we say instead, and what to do. The first that begins what
/// the parser says is used.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "a value is neither text in quotes, a number, a date, `true` nor `false`",
        "put text in straight quotation marks: `\"like this\"`",
    ),
    (
        "key with no value",
        "a key has no value",
        "write `key = value`; a key of several words needs quotation marks",
    ),
    (
        "invalid basic string",
        "a text has no closing quotation mark, or an escape that TOML does not know",
        "close the text with `\"` on the same line, and write a backslash as `\\\\`",
    ),
    (
        "unexpected key or value",
        "something follows a value on the same line",
        "begin a new line, or put the whole value in quotation marks",
    ),
    (
        "unexpected leading zero",
        "a number begins with 0",
        "take the zero away, or put a code such as `\"01\"` in quotation marks",
    ),
    ("unclosed table", "a heading is not closed", "write the heading as `[heading]`"),
    ("unclosed array", "a list is not closed", "close the list with `]`"),
    ("unclosed inline table", "a table is not closed", "close the table with `}`"),
    (
        "missing comma between array elements",
        "two items of a list have no comma between them, or the list is not closed",
        "put a comma between the items, and close the list with `]`",
    ),
];

/// The help where no better is known.
const HELP: &str = "write `key = value` on a line of its own, text in straight quotation \
                    marks, lists in `[ ]`, tables in `{ }`";

/// One finding for each line that is broken, in the order of the lines. What else the
/// parser says of a line mostly follows from the first thing it says.
pub(super) fn findings(
    file: &str,
    lines: &Lines<'_>,
    root: &DeTable<'_>,
    errors: &[Error],
) -> Vec<Finding> {
    let mut found: Vec<(u64, Finding)> = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or_default();
        let (line, _) = lines.position(span.start);
        if found.iter().all(|(other, _)| *other != line) {
            let finding = described(error.message(), lines, root, &span);
            found.push((line, finding.at(lines.place(file, span, ""))));
        }
    }
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(_, finding)| finding).collect()
}

fn described(
    message: &str,
    lines: &Lines<'_>,
    root: &DeTable<'_>,
    span: &Range<usize>,
) -> Finding {
    if message.starts_with("duplicate key") {
        return twice(lines, root, span);
    }
    let known = WORDS.iter().find(|(start, ..)| message.starts_with(start));
    match known {
        Some((_, headline, help)) => Finding::new(&SYNTAX, *headline).help(*help),
        None => Finding::new(&SYNTAX, format!("not valid TOML: {message}")).help(HELP),
    }
}

/// A key that is set twice: names the line of the first, which the parser does not give.
fn twice(lines: &Lines<'_>, root: &DeTable<'_>, span: &Range<usize>) -> Finding {
    let key = lines.text(span);
    let finding = Finding::new(&SYNTAX, format!("`{key}` is set twice in the same table"))
        .help("keep one of the two, or join the two tables under one heading");
    match lines.same_heading(span.start).or_else(|| same_key(lines, root, key, span)) {
        Some(line) => finding.because(format!("it is first set in line {line}")),
        None => finding,
    }
}

/// The line of an earlier key of the same name. Tables elsewhere may hold one too; the
/// nearest above is the one meant, save one in an inline table, unless that is all there
/// is.
fn same_key(
    lines: &Lines<'_>,
    root: &DeTable<'_>,
    key: &str,
    span: &Range<usize>,
) -> Option<u64> {
    let mut earlier = Vec::new();
    collect(root, key.trim_matches(['"', '\'']), span.start, &mut earlier);
    let own_line = |at: &&usize| lines.begins_line(**at);
    let first = earlier.iter().filter(own_line).max().or(earlier.iter().max());
    first.map(|at| lines.position(*at).0)
}

/// The offsets of all keys of a name before an offset.
fn collect(table: &DeTable<'_>, name: &str, before: usize, found: &mut Vec<usize>) {
    for (key, value) in table {
        if key.get_ref() == name && key.span().start < before {
            found.push(key.span().start);
        }
        match value.get_ref() {
            DeValue::Table(inner) => collect(inner, name, before, found),
            DeValue::Array(items) => {
                let tables = items.iter().filter_map(|item| item.get_ref().as_table());
                tables.for_each(|inner| collect(inner, name, before, found));
            }
            _ => {}
        }
    }
}
