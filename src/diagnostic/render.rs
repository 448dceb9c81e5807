//! A finding goes in, text or JSON for a reader comes out.
//!
//! Three forms of one and the same finding: full for people, concise for editors, JSON
//! for programs. Never decides what is said, never prints.

use serde_json::{Value, json};

use super::{Finding, Place, Severity, visible};

/// The width of `because:`, to which the words before the colon are aligned.
const LABEL: usize = 8;

/// The full form: headline, place, cell, reason, repeats and remedy, each on lines of its
/// own. Ends without a line break.
#[must_use]
pub fn full(finding: &Finding) -> String {
    lines(finding, finding.severity.word())
}

/// The full form with the severity's word in colour, and nothing else.
#[must_use]
pub fn full_coloured(finding: &Finding) -> String {
    let colour = match finding.severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Note => 36,
    };
    lines(finding, &format!("\u{1b}[{colour}m{}\u{1b}[0m", finding.severity.word()))
}

/// One line: `file:line:character: error[V102] headline`.
#[must_use]
pub fn concise(finding: &Finding) -> String {
    let (word, id) = (finding.severity.word(), finding.code.id);
    let said = format!("{word}[{id}] {}", visible::text(&finding.headline));
    match finding.place.as_ref().map(spot) {
        Some(spot) if !spot.is_empty() => format!("{spot}: {said}"),
        _ => said,
    }
}

/// A JSON object with the keys of `check --format json`; what is not known is null.
/// Values are as they stand in the file.
#[must_use]
pub fn json(finding: &Finding) -> Value {
    let place = finding.place.clone().unwrap_or_default();
    json!({
        "code": finding.code.id,
        "severity": finding.severity.word(),
        "headline": finding.headline,
        "file": Some(place.file).filter(|file| !file.is_empty()),
        "row": place.row,
        "line": place.line,
        "character": place.character,
        "column": place.column,
        "field": place.field,
        "value": finding.value,
        "because": finding.because,
        "help": finding.help,
        "count": finding.count,
    })
}

fn lines(finding: &Finding, word: &str) -> String {
    let headline = visible::text(&finding.headline);
    let mut lines = vec![format!("{word}[{}]: {headline}", finding.code.id)];
    lines.extend(finding.place.as_ref().map(pointer));
    if let Some(value) = &finding.value {
        let shown = visible::cell(value);
        let carets = "^".repeat(shown.chars().count());
        lines.extend([format!("   | {shown}"), format!("   | {carets}")]);
    }
    let parts = [
        ("because", finding.because.clone()),
        ("also", repeats(finding)),
        ("help", finding.help.clone()),
    ];
    for (label, text) in parts {
        lines.extend(text.map(|text| labelled(label, &text)));
    }
    lines.join("\n")
}

/// The line that says where: place in the file, then row and column or key.
fn pointer(place: &Place) -> String {
    let facts = [place.row.map(|row| format!("row {row}")), column(place)];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let gap = if facts.is_empty() { "" } else { "   " };
    format!("  --> {}{gap}{facts}", spot(place))
}

/// The column of a table, or the key of a TOML file, which has no number.
fn column(place: &Place) -> Option<String> {
    let name = place.column.as_ref().map(|name| format!("`{}`", visible::text(name)));
    match (place.field, name) {
        (Some(field), Some(name)) => Some(format!("column {field} {name}")),
        (Some(field), None) => Some(format!("column {field}")),
        (None, Some(name)) if place.row.is_some() => Some(format!("column {name}")),
        (None, name) => name,
    }
}

/// `file:line:character`, as far as it is known.
fn spot(place: &Place) -> String {
    let file = visible::text(&place.file);
    match (place.line, place.character) {
        (Some(line), Some(character)) => format!("{file}:{line}:{character}"),
        (Some(line), None) => format!("{file}:{line}"),
        (None, _) => file,
    }
}

/// `11 more (rows 503, 518, 760, and so on)`.
fn repeats(finding: &Finding) -> Option<String> {
    let more = finding.count.checked_sub(1).filter(|more| *more > 0)?;
    let rows: Vec<String> = finding.also.iter().take(3).map(u64::to_string).collect();
    let word = if rows.len() == 1 { "row" } else { "rows" };
    let rest = if more > rows.len() as u64 { ", and so on" } else { "" };
    Some(match rows.as_slice() {
        [] => format!("{more} more"),
        rows => format!("{more} more ({word} {}{rest})", rows.join(", ")),
    })
}

/// A label before a text; further lines of the text begin under its first.
fn labelled(label: &str, text: &str) -> String {
    let lines: Vec<String> = text.lines().map(visible::text).collect();
    let gap = format!("\n{:LABEL$}  ", "");
    format!("{label:>LABEL$}: {}", lines.join(&gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    static CODE: Code = Code {
        id: "V102",
        severity: Severity::Error,
        title: "a code is not listed",
        explanation: "",
    };

    fn cell() -> Finding {
        let place = Place {
            file: "samples/household.csv".to_owned(),
            row: Some(482),
            line: Some(490),
            character: Some(12),
            column: Some("region".to_owned()),
            field: Some(3),
        };
        Finding::new(&CODE, "`region` holds a code that the questionnaire does not list")
            .at(place)
            .value("\u{202e}9 ")
            .because("single choice with four codes, declared at schemas/household.toml:31")
            .help("add code 9 to `region`,\nor list it under `missing`")
            .times(12, vec![503, 518, 760, 801])
    }

    fn key() -> Finding {
        let place = Place {
            line: Some(12),
            character: Some(1),
            column: Some("design.strata".to_owned()),
            ..Place::file("poll.toml")
        };
        Finding {
            severity: Severity::Warning,
            ..Finding::new(&CODE, "2 strata\nhave one unit")
        }
        .at(place)
    }

    #[test]
    fn the_full_form_says_all() {
        insta::assert_snapshot!(full(&cell()), @r#"
    error[V102]: `region` holds a code that the questionnaire does not list
      --> samples/household.csv:490:12   row 482, column 3 `region`
       | \u{202e}9·
       | ^^^^^^^^^^
     because: single choice with four codes, declared at schemas/household.toml:31
        also: 11 more (rows 503, 518, 760, and so on)
        help: add code 9 to `region`,
              or list it under `missing`
    "#);
        insta::assert_snapshot!(full(&key()), @r#"
    warning[V102]: 2 strata\nhave one unit
      --> poll.toml:12:1   `design.strata`
    "#);
        insta::assert_snapshot!(full(&Finding::new(&CODE, "nothing else is known")), @"error[V102]: nothing else is known");
    }

    #[test]
    fn colour_is_on_the_severity_alone() {
        let plain = full(&cell());
        let coloured = full_coloured(&cell());
        assert_eq!(coloured, plain.replacen("error", "\u{1b}[31merror\u{1b}[0m", 1));
        assert!(full_coloured(&key()).starts_with("\u{1b}[33mwarning\u{1b}[0m[V102]"));
    }

    #[test]
    fn the_concise_form_is_one_line() {
        let all = [cell(), key(), Finding::new(&CODE, "nothing else is known")];
        insta::assert_snapshot!(all.map(|f| concise(&f)).join("\n"), @r#"
    samples/household.csv:490:12: error[V102] `region` holds a code that the questionnaire does not list
    poll.toml:12:1: warning[V102] 2 strata\nhave one unit
    error[V102] nothing else is known
    "#);
    }

    #[test]
    fn the_json_form_has_the_keys_of_the_contract() {
        const KEYS: [&str; 13] = [
            "code",
            "severity",
            "headline",
            "file",
            "row",
            "line",
            "character",
            "column",
            "field",
            "value",
            "because",
            "help",
            "count",
        ];
        let listed = |finding: &Finding| {
            let object = json(finding);
            assert_eq!(object.as_object().unwrap().len(), KEYS.len());
            KEYS.map(|key| format!("{key}: {}", object[key])).join("\n")
        };
        insta::assert_snapshot!(listed(&cell().value("\t9 ")), @r#"
    code: "V102"
    severity: "error"
    headline: "`region` holds a code that the questionnaire does not list"
    file: "samples/household.csv"
    row: 482
    line: 490
    character: 12
    column: "region"
    field: 3
    value: "\t9 "
    because: "single choice with four codes, declared at schemas/household.toml:31"
    help: "add code 9 to `region`,\nor list it under `missing`"
    count: 12
    "#);
        insta::assert_snapshot!(listed(&Finding::new(&CODE, "nothing else is known")), @r#"
    code: "V102"
    severity: "error"
    headline: "nothing else is known"
    file: null
    row: null
    line: null
    character: null
    column: null
    field: null
    value: null
    because: null
    help: null
    count: 1
    "#);
    }

    #[test]
    fn repeats_are_counted_and_the_first_are_named() {
        let also = |count, also: &[u64]| repeats(&cell().times(count, also.to_vec()));
        assert_eq!(also(1, &[]), None);
        assert_eq!(also(2, &[503]).as_deref(), Some("1 more (row 503)"));
        assert_eq!(also(3, &[503, 518]).as_deref(), Some("2 more (rows 503, 518)"));
        assert_eq!(also(9, &[503]).as_deref(), Some("8 more (row 503, and so on)"));
        assert_eq!(also(9, &[]).as_deref(), Some("8 more"));
    }
}
