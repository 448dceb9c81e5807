//! `tables` of `results.json`: what the figures of each table are made of, so that a program
//! can add them up, and check what they give away.
//!
//! Takes the report's descriptions. Knows no figure.

pub(super) mod schema;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::clean::clean;
use super::json::{Named, named};
use crate::report::{Described, DescribedGroup, DescribedRow, MadeOf, Report};

/// Every table of a report.
pub(super) fn tables(report: &Report) -> Vec<Table<'_>> {
    report.tables.iter().map(Table::of).collect()
}

#[derive(serde::Serialize)]
pub(super) struct Table<'a> {
    name: &'a str,
    question: &'a str,
    kind: &'static str,
    items: Vec<Named<'a>>,
    banner: &'a [String],
    filter: Option<String>,
    percent_of: &'static str,
    sensitive: bool,
    overlapping: bool,
    partial: bool,
    base: &'a [String],
    groups: Vec<Group<'a>>,
    rows: Vec<Row<'a>>,
}

impl<'a> Table<'a> {
    fn of(table: &'a Described) -> Self {
        Self {
            name: &table.name,
            question: &table.question,
            kind: table.kind,
            items: named(&table.items),
            banner: &table.banner,
            filter: table.filter.as_deref().map(clean),
            percent_of: table.percent_of,
            sensitive: table.sensitive,
            overlapping: table.overlapping,
            partial: table.partial,
            base: &table.base,
            groups: table.groups.iter().map(Group::of).collect(),
            rows: table.rows.iter().map(Row).collect(),
        }
    }
}

#[derive(serde::Serialize)]
struct Group<'a> {
    id: &'a str,
    label: String,
    answers: &'a [Vec<String>],
    #[serde(skip_serializing_if = "Option::is_none")]
    made_of: Option<Recoded<'a>>,
}

#[derive(serde::Serialize)]
struct Recoded<'a> {
    question: &'a str,
    answers: &'a [String],
}

impl<'a> Group<'a> {
    fn of(group: &'a DescribedGroup) -> Self {
        let made_of = group.made_of.as_ref();
        Self {
            id: &group.label.id,
            label: clean(&group.label.text),
            answers: &group.answers,
            made_of: made_of.map(|(question, answers)| Recoded { question, answers }),
        }
    }
}

/// A row; what it is made of stands under a name for each way of being made.
struct Row<'a>(&'a DescribedRow);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let DescribedRow { label, statistic, made_of } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &label.id)?;
        map.serialize_entry("label", &clean(&label.text))?;
        map.serialize_entry("statistic", statistic)?;
        match made_of {
            MadeOf::Answers(answers) => map.serialize_entry("answers", answers)?,
            MadeOf::Difference { plus, minus } => {
                map.serialize_entry("plus", plus)?;
                map.serialize_entry("minus", minus)?;
            }
            MadeOf::Scores(scores) => map.serialize_entry("scores", &Scores(scores))?,
            MadeOf::Other => {}
        }
        map.end()
    }
}

/// The score of each answer, by the answer's id.
struct Scores<'a>(&'a [(String, f64)]);

impl Serialize for Scores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, score)| (id, score)))
    }
}
