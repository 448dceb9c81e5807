//! `comparisons.csv`: every test behind letters and verdicts, with all that it rests on, and
//! the test of each table as a whole (Rao and Scott). For the analyst only.
//!
//! May know the report's comparisons. Rounds nothing: numbers are written with as many
//! digits as it takes to read them back bit for bit.

use super::File;
use super::clean::clean;
use super::columns::Value;
use super::csv::{field, write};
use crate::disclose::{Comparison, Side};
use crate::report::{Identity, Report};

/// A column's name and how its field is read off a comparison.
type Column = (&'static str, fn(&Identity, &Comparison) -> Value);

/// The columns, in order.
const COLUMNS: &[Column] = &[
    ("poll", |poll, _| text(&poll.poll)),
    ("wave", |poll, _| optional(poll.wave.as_deref())),
    ("table", |_, c| text(&c.table)),
    ("item", |_, c| optional(c.item.as_deref())),
    ("row", |_, c| optional(c.row.as_deref())),
    ("row_statistic", |_, c| optional(c.statistic_of)),
    ("column", |_, c| side(c.first.as_ref(), |side| &side.letter)),
    ("column_label", |_, c| side(c.first.as_ref(), |side| &side.label)),
    ("against", |_, c| match (&c.first, &c.second) {
        (Some(_), None) => text(REST),
        (_, second) => side(second.as_ref(), |side| &side.letter),
    }),
    ("against_label", |_, c| side(c.second.as_ref(), |side| &side.label)),
    ("method", |_, c| text(c.method)),
    ("difference", |_, c| number(c.difference)),
    ("se", |_, c| number(c.se)),
    ("statistic", |_, c| number(c.statistic)),
    ("df", |_, c| number(c.freedom)),
    ("df_denominator", |_, c| number(c.freedom_below)),
    ("p", |_, c| number(c.p)),
    ("p_adjusted", |_, c| number(c.adjusted)),
    ("letters", |_, c| optional(c.marked.as_deref().filter(|_| c.second.is_some()))),
    ("verdict", |_, c| optional(c.marked.as_deref().filter(|_| c.second.is_none()))),
    ("base", |_, c| count(c.bases[0])),
    ("base_effective", |_, c| number(c.bases[0].map(|(_, effective)| effective))),
    ("against_base", |_, c| count(c.bases[1])),
    ("against_base_effective", |_, c| number(c.bases[1].map(|(_, effective)| effective))),
    ("untested", |_, c| optional(c.untested.as_deref())),
];

/// What a column is compared with that is compared with no other column: those of its
/// heading who are not in it. As in `compared_with` of `results.csv`.
const REST: &str = "rest";

pub(super) fn files(report: &Report) -> Vec<File> {
    let header = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let rows = report.comparisons.iter().map(|comparison| {
        COLUMNS.iter().map(|(_, read)| field(read(&report.identity, comparison))).collect()
    });
    vec![File::new("comparisons.csv", write([header].into_iter().chain(rows)))]
}

fn text(text: &str) -> Value {
    Value::Text(clean(text))
}

fn optional(words: Option<&str>) -> Value {
    words.map_or(Value::Nothing, text)
}

fn side(side: Option<&Side>, read: fn(&Side) -> &String) -> Value {
    optional(side.map(|side| read(side).as_str()))
}

fn number(number: Option<f64>) -> Value {
    number.filter(|n| n.is_finite()).map_or(Value::Nothing, |n| Value::Number(n, None))
}

fn count(base: Option<(u64, f64)>) -> Value {
    base.map_or(Value::Nothing, |(n, _)| Value::Number(n as f64, Some(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    fn written(comparisons: Vec<Comparison>) -> String {
        let report = Report { comparisons, ..report() };
        String::from_utf8(files(&report).remove(0).bytes).unwrap()
    }

    fn column(letter: &str, label: &str) -> Side {
        Side { letter: letter.to_owned(), label: label.to_owned() }
    }

    /// A pair with a letter.
    fn pair() -> Comparison {
        Comparison {
            table: "adequate-phase".to_owned(),
            row: Some("Yes".to_owned()),
            statistic_of: Some("percent"),
            first: Some(column("A", "Primary")),
            second: Some(column("B", "=Special")),
            method: "design",
            difference: Some(-2.5),
            se: Some(0.5),
            statistic: Some(-5.0),
            freedom: Some(100.0),
            p: Some(1e-7),
            adjusted: Some(3e-7),
            marked: Some("A".to_owned()),
            bases: [Some((120, 100.5)), Some((60, 55.0))],
            ..Comparison::default()
        }
    }

    #[test]
    fn a_pair_has_its_letter_and_all_that_it_rests_on() {
        insta::assert_snapshot!(written(vec![pair()]), @r"
        poll,wave,table,item,row,row_statistic,column,column_label,against,against_label,method,difference,se,statistic,df,df_denominator,p,p_adjusted,letters,verdict,base,base_effective,against_base,against_base_effective,untested
        pause-2024,January,adequate-phase,,Yes,percent,A,Primary,B,'=Special,design,-2.5,0.5,-5,100,,0.0000001,0.0000003,A,,120,100.5,60,55,
        ");
    }

    #[test]
    fn a_column_against_the_rest_has_a_verdict_and_no_letter() {
        let marked = Some("higher".to_owned());
        let text = written(vec![Comparison { second: None, marked, ..pair() }]);
        assert!(text.contains(",A,Primary,rest,,design,") && text.contains(",,higher,120,"));
    }

    #[test]
    fn a_table_as_a_whole_has_no_columns() {
        let whole = Comparison {
            row: None,
            statistic_of: None,
            first: None,
            second: None,
            method: "rao_scott",
            freedom_below: Some(99.5),
            marked: None,
            bases: [None, None],
            ..pair()
        };
        let text = written(vec![whole]);
        assert!(text.contains("adequate-phase,,,,,,,,rao_scott,-2.5,0.5,-5,100,99.5,"));
    }

    #[test]
    fn what_is_not_tested_says_why() {
        let untested = Some("a base is below the minimum".to_owned());
        let none = Comparison { p: None, statistic: None, marked: None, untested, ..pair() };
        assert!(written(vec![none]).ends_with(",55,a base is below the minimum\n"));
    }
}
