//! The columns of the data files, in their fixed order: one list for `results.csv` and
//! `results.json`.
//!
//! May know the report's records. Never formats for one file or the other.

use super::clean::clean;
use crate::poll::Profile;
use crate::report::{Amount, Identity, Record};

/// What stands in one field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing: empty in CSV, `null` in JSON.
    Nothing,
    /// Words.
    Text(String),
    /// A number; printed with so many places, or with as many as it takes to read it back
    /// bit for bit.
    Number(f64, Option<u8>),
}

/// A column's name and how its field is read off a record.
pub(super) type Column = (&'static str, fn(&Identity, &Record) -> Value);

/// The columns that every profile has (contract: their names and order are fixed).
const PUBLIC: &[Column] = &[
    ("poll", |poll, _| text(&poll.poll)),
    ("wave", |poll, record| optional(record.wave.as_deref().or(poll.wave.as_deref()))),
    ("table", |_, record| text(&record.table)),
    ("question", |_, record| text(&record.question)),
    ("item", |_, record| optional(record.item.as_deref())),
    ("answer", |_, record| text(&record.answer)),
    ("banner", |_, record| optional(record.banner.as_deref())),
    ("group", |_, record| text(&record.group)),
    ("statistic", |_, record| text(record.statistic)),
    ("value", |poll, record| amount(poll, record.value)),
    ("low", |poll, record| amount(poll, record.low)),
    ("high", |poll, record| amount(poll, record.high)),
    ("unit", |_, record| optional(record.unit.as_deref())),
    ("percent_of", |_, record| optional(record.percent_of.as_deref())),
    ("base", |poll, record| amount(poll, record.base)),
    ("base_weighted", |poll, record| amount(poll, record.base_weighted)),
    ("base_effective", |poll, record| amount(poll, record.base_effective)),
    ("status", |_, record| optional(record.status)),
    ("compared_with", |_, record| optional(record.compared_with.as_deref())),
    ("verdict", |_, record| optional(record.verdict)),
];

/// What the analyst sees besides.
const ANALYST: &[Column] = &[
    ("se", |_, record| {
        detail(record, |d| d.se.map_or(Value::Nothing, |se| Value::Number(se, None)))
    }),
    ("df", |_, record| detail(record, |d| Value::Number(d.freedom, None))),
    ("deff", |_, record| {
        detail(record, |d| d.deff.map_or(Value::Nothing, |deff| Value::Number(deff, None)))
    }),
    ("n", |_, record| detail(record, |d| count(d.n))),
    ("interval_method", |_, record| detail(record, |d| text(d.method))),
];

/// The columns of a profile.
pub(super) fn columns(profile: Profile) -> Vec<Column> {
    let more = if profile == Profile::Analyst { ANALYST } else { &[] };
    [PUBLIC, more].concat()
}

fn text(text: &str) -> Value {
    Value::Text(clean(text))
}

fn optional(words: Option<&str>) -> Value {
    words.map_or(Value::Nothing, text)
}

fn amount(poll: &Identity, amount: Option<Amount>) -> Value {
    let exact = poll.profile == Profile::Analyst;
    amount.map_or(Value::Nothing, |amount| {
        Value::Number(amount.value, (!exact).then_some(amount.decimals))
    })
}

fn count(n: u64) -> Value {
    // A count of people is far below 2^53, where a double begins to skip numbers.
    #[expect(clippy::cast_precision_loss, reason = "counts of people are below 2^53")]
    Value::Number(n as f64, Some(0))
}

fn detail(record: &Record, read: fn(&crate::disclose::Detail) -> Value) -> Value {
    record.detail.as_ref().map_or(Value::Nothing, read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;
    use crate::report::testing::report;

    fn names(profile: Profile) -> String {
        columns(profile).iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// The first record's field in a column.
    fn field(report: &Report, name: &str) -> Value {
        let columns = columns(report.identity.profile);
        let (_, read) = columns.iter().find(|(column, _)| *column == name).expect("one");
        read(&report.identity, &report.records[0])
    }

    #[test]
    fn only_the_analyst_gets_all_places() {
        let mut report = report();
        assert_eq!(field(&report, "value"), Value::Number(3.0, Some(0)));
        report.identity.profile = Profile::Analyst;
        assert_eq!(field(&report, "value"), Value::Number(3.0, None));
    }

    #[test]
    fn characters_that_cannot_be_seen_do_not_reach_the_files() {
        let mut report = report();
        report.records[0].answer = "Y\u{200b}es".to_owned();
        assert_eq!(field(&report, "answer"), Value::Text("Yes".to_owned()));
    }

    #[test]
    fn the_columns_are_the_contract() {
        assert_eq!(
            names(Profile::Public),
            "poll, wave, table, question, item, answer, banner, group, statistic, value, \
             low, high, unit, percent_of, base, base_weighted, base_effective, status, \
             compared_with, verdict"
        );
        assert_eq!(names(Profile::Officers), names(Profile::Public));
        assert!(names(Profile::Analyst).ends_with("verdict, se, df, deff, n, interval_method"));
    }
}
