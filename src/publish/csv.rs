//! `results.csv`: one row for each record, UTF-8, LF, a header row.
//!
//! Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers
//! are numbers and are never touched, so that -4 stays a number.

use super::File;
use super::columns::{Value, columns};
use crate::report::{Identity, Record, Report};

pub(super) fn files(report: &Report) -> Vec<File> {
    vec![File::new("results.csv", bytes(report))]
}

/// Every record of a report.
pub(super) fn bytes(report: &Report) -> Vec<u8> {
    of(&report.identity, &report.records)
}

/// Some records, below their header row.
pub(super) fn of(poll: &Identity, records: &[Record]) -> Vec<u8> {
    let columns = columns(poll.profile);
    let header = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    let rows = records
        .iter()
        .map(|record| columns.iter().map(|(_, read)| field(read(poll, record))).collect());
    write([header].into_iter().chain(rows))
}

/// Rows of fields, one after the other.
pub(super) fn write(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        // A vector takes every byte and all rows are as long: neither can fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A field as it is written.
pub(super) fn field(value: Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) if text.starts_with(FORMULA) => format!("'{text}"),
        Value::Text(text) => text,
        Value::Number(number, places) => digits(number, places),
    }
}

/// What makes a spreadsheet run a cell.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A number in plain digits, without an exponent and without a negative zero.
fn digits(number: f64, places: Option<u8>) -> String {
    let text = match places {
        Some(places) => format!("{number:.*}", usize::from(places)),
        None => number.to_string(),
    };
    let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclose::Detail;
    use crate::poll::Profile;
    use crate::report::testing::report;

    fn lines(report: &Report) -> Vec<String> {
        let text = String::from_utf8(files(report).remove(0).bytes).expect("text");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_figure_of_the_whole_poll() {
        assert_eq!(
            lines(&report())[1],
            "pause-2024,January,adequate,adequate,,Yes,,Total,percent,3,0,6,%,\
             all members who replied (synthetic data),4678,,2339,,,"
        );
    }

    #[test]
    fn a_hidden_figure_has_a_status_and_no_value() {
        let lines = lines(&report());
        let line = lines.iter().find(|line| line.contains("[c]")).expect("a hidden one");
        assert!(line.contains(
            ",Special,percent,,,,%,all members who replied (synthetic data),,,,[c],,"
        ));
    }

    #[test]
    fn text_that_looks_like_a_formula_is_defused_and_numbers_are_not() {
        for start in FORMULA {
            let text = format!("{start}SUM(A1)");
            assert_eq!(field(Value::Text(text.clone())), format!("'{text}"));
        }
        assert_eq!(field(Value::Text("A=B".to_owned())), "A=B");
        assert_eq!(field(Value::Number(-4.0, Some(0))), "-4");
    }

    #[test]
    fn numbers_have_their_places_or_all_they_need() {
        assert_eq!(digits(3.0, Some(1)), "3.0");
        assert_eq!(digits(-0.0, Some(0)), "0");
        assert_eq!(digits(0.1 + 0.2, None), "0.30000000000000004");
        assert_eq!(digits(1e-7, None), "0.0000001");
    }

    #[test]
    fn the_analyst_gets_full_precision() {
        let mut report = report();
        report.identity.profile = Profile::Analyst;
        report.records[0].detail = Some(Detail {
            se: Some(0.25),
            freedom: 120.0,
            deff: None,
            n: 4678,
            method: "korn_graubard",
        });
        assert!(lines(&report)[1].ends_with(",,,0.25,120,,4678,korn_graubard"));
    }
}
