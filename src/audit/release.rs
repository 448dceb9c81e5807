//! A release as an outsider sees it: the text of `results.json` goes in, tables with their
//! figures come out.
//!
//! Joins each record to the place in the table that it is printed in. Knows nothing but
//! what is published.

use std::collections::BTreeMap;

use super::codes::{NO_RESULTS, NO_TABLES};
use super::source::{Named, Record, Results, Rounding, Table as Shape, Thresholds};
use crate::diagnostic::{Finding, Place};

/// Everything that is published about one poll.
#[derive(Debug)]
pub struct Release {
    pub(super) file: String,
    pub(super) id: String,
    pub(super) wave: Option<String>,
    pub(super) profile: String,
    pub(super) respondents: f64,
    pub(super) rules: Rules,
    pub(super) tables: Vec<Table>,
    pub(super) changes: Vec<Change>,
    /// How many figures there are, without those of earlier waves.
    pub(super) figures: usize,
    /// How many of them are hidden, and stand in no table that is described.
    pub(super) strays: usize,
}

/// By what rules figures were hidden and rounded.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) thresholds: Thresholds,
    pub(super) rounding: Rounding,
}

/// A table and its figures.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) shape: Shape,
    /// One for each item; one in all if there are none.
    pub(super) blocks: Vec<Block>,
}

/// The figures of one item.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) item: Option<Named>,
    /// For each row the figure of all, then that of each group; none where it has no record.
    pub(super) cells: Vec<Vec<Option<Record>>>,
}

/// What an earlier wave and the change since then say of a figure of all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) question: String,
    pub(super) item: Option<String>,
    pub(super) answer: String,
    pub(super) statistic: String,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// Table, item, answer, group and statistic, by which a record is found.
type Key<'a> = (&'a str, Option<&'a str>, &'a str, Option<&'a str>, &'a str);

/// Reads a release.
///
/// # Errors
/// `A003` if the text is no `results.json` of format 1, `A004` if it does not say what its
/// figures are made of.
pub fn read(file: &str, text: &str) -> Result<Release, Box<Finding>> {
    let results: Results =
        serde_json::from_str(text).map_err(|error| unreadable(file, error.to_string()))?;
    if results.format != 1 {
        let why = format!("its format is {}, not 1", results.format);
        return Err(unreadable(file, why));
    }
    match (&results.disclosure, &results.rounding, &results.tables) {
        (Some(thresholds), Some(rounding), Some(tables)) => {
            let (thresholds, rounding) = (thresholds.clone(), rounding.clone());
            Ok(join(file, &results, Rules { thresholds, rounding }, tables))
        }
        _ => Err(Box::new(
            Finding::new(&NO_TABLES, "the release does not say what its figures are made of")
                .at(Place::file(file))
                .because("it lacks `disclosure`, `rounding` or `tables`, so an older version wrote it")
                .help("publish it again with this version, then audit it"),
        )),
    }
}

/// A file that cannot be read as a release.
#[must_use]
pub fn unreadable(file: &str, why: String) -> Box<Finding> {
    Box::new(
        Finding::new(&NO_RESULTS, "the release cannot be read")
            .at(Place::file(file))
            .because(why)
            .help("give the folder of a release, or its `results.json`"),
    )
}

fn join(file: &str, results: &Results, rules: Rules, shapes: &[Shape]) -> Release {
    let of_now =
        |record: &&Record| record.wave == results.poll.wave && record.statistic != "change";
    let now: Vec<&Record> = results.records.iter().filter(of_now).collect();
    let mut found: BTreeMap<Key<'_>, &Record> =
        now.iter().map(|record| (key(record), *record)).collect();
    let hidden = now.iter().filter(|record| record.is_hidden()).count();
    let tables: Vec<Table> = shapes.iter().map(|shape| table(shape, &mut found)).collect();
    let cells = tables.iter().flat_map(|table| &table.blocks).flat_map(|b| &b.cells).flatten();
    let joined = cells.flatten().filter(|record| record.is_hidden()).count();
    Release {
        file: file.to_owned(),
        id: results.poll.id.clone(),
        wave: results.poll.wave.clone(),
        profile: results.poll.profile.clone(),
        respondents: f64::from(results.poll.respondents),
        changes: changes(&results.records, &rules),
        rules,
        tables,
        figures: now.len(),
        strays: hidden - joined,
    }
}

fn key(record: &Record) -> Key<'_> {
    let group = record.banner.as_ref().map(|_| record.group.as_str());
    let item = record.item.as_deref();
    (&record.table, item, &record.answer, group, &record.statistic)
}

/// The table with its records, which are taken out of those that are found.
fn table<'a>(shape: &'a Shape, found: &mut BTreeMap<Key<'a>, &'a Record>) -> Table {
    let items: Vec<Option<&Named>> = match shape.items.as_slice() {
        [] => vec![None],
        items => items.iter().map(Some).collect(),
    };
    let groups = || std::iter::once(None).chain(shape.groups.iter().map(Some));
    let blocks = items.into_iter().map(|item| {
        let label = item.map(|item| item.label.as_str());
        let cells = shape.rows.iter().map(|row| {
            let key = |group: Option<&'a super::source::Group>| -> Key<'a> {
                let group = group.map(|group| group.label.as_str());
                (&shape.name, label, &row.label, group, &row.statistic)
            };
            groups().map(|group| found.remove(&key(group)).cloned()).collect()
        });
        Block { item: item.cloned(), cells: cells.collect() }
    });
    Table { blocks: blocks.collect(), shape: shape.clone() }
}

/// What every change says: the earlier figure and the change, both rounded.
fn changes(records: &[Record], rules: &Rules) -> Vec<Change> {
    let told = records.iter().filter(|record| record.statistic == "change");
    let change = |record: &Record| {
        let before = records.iter().find(|other| {
            other.wave == record.compared_with
                && other.statistic != "change"
                && (&other.table, &other.item, &other.answer)
                    == (&record.table, &record.item, &record.answer)
        })?;
        let now = before.value? + record.value?;
        let within = 2.0 * rules.half(&before.statistic);
        Some(Change {
            question: record.question.clone(),
            item: record.item.clone(),
            answer: record.answer.clone(),
            statistic: before.statistic.clone(),
            low: now - within,
            high: now + within,
        })
    };
    told.filter_map(change).collect()
}

impl Rules {
    /// By how much a printed figure may differ from the true one.
    pub(super) fn half(&self, statistic: &str) -> f64 {
        let decimals = match statistic {
            "mean" | "median" => self.rounding.mean_decimals,
            _ => self.rounding.percent_decimals,
        };
        0.5 * libm::pow(10.0, -f64::from(decimals))
    }

    /// The largest count that is too small to show in a table.
    pub(super) fn small(&self, shape: &Shape) -> f64 {
        let Thresholds { small, small_sensitive, .. } = self.thresholds;
        f64::from(if shape.sensitive { small_sensitive } else { small })
    }

    /// Between what a base lies that is printed as `shown`, in a poll of so many.
    pub(super) fn base(&self, shown: f64, respondents: f64) -> (f64, f64) {
        let step = f64::from(self.thresholds.base_step.max(1));
        let half = if step > 1.0 { step / 2.0 } else { 0.0 };
        // A base is never printed above the respondents, so the last step takes in the rest.
        let high = if shown + step > respondents { respondents } else { shown + half };
        ((shown - half).max(0.0), high.min(respondents))
    }
}
