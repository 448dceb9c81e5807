//! Who is asked: the records that a filter keeps, and the groups that columns make.

use std::collections::BTreeSet;

use super::{Ask, Filter, MOST, codes};
use crate::diagnostic::{self, Failure, Finding, Findings, Kind};
use crate::expression::{Problem, Truth};
use crate::prepare::{Plain, PlainColumn};

/// The group of a record that is in none.
const NONE: u32 = u32::MAX;

/// Which group each record is in.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    /// An index of `groups`, or [`NONE`].
    of: Vec<u32>,
    groups: Vec<Group>,
    /// How many records the filter keeps.
    pub(super) kept: u64,
    /// Of how many the filter cannot tell, since a value is missing.
    pub(super) unknown: u64,
    /// How many of those kept are in no group, since a value is missing.
    pub(super) ungrouped: u64,
}

/// A group of records.
#[derive(Clone, Debug)]
pub(super) struct Group {
    number: u32,
    /// Its label in each column.
    pub(super) labels: Vec<String>,
}

impl Domain {
    /// Applies the filter, then makes the groups.
    ///
    /// # Errors
    /// [`Kind::Input`] if the filter does not fit the columns, keeps nothing, or there are
    /// too many groups.
    pub(super) fn of(
        plain: &Plain,
        ask: &Ask,
        findings: &mut Findings,
    ) -> Result<Self, Failure> {
        let mut domain = Self {
            of: vec![0; plain.rows],
            groups: Vec::new(),
            kept: 0,
            unknown: 0,
            ungrouped: 0,
        };
        if let Some(filter) = &ask.filter {
            domain.filter(plain, filter, findings)?;
        }
        domain.kept = domain.of.iter().filter(|group| **group != NONE).count() as u64;
        if let Some(filter) = ask.filter.as_ref().filter(|_| domain.kept == 0) {
            return Err(nothing_left(plain, filter, domain.unknown, findings));
        }
        let columns = ask.by.iter().filter_map(|name| plain.column(name));
        domain.group(plain, &columns.collect::<Vec<_>>(), findings)?;
        Ok(domain)
    }

    pub(super) fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whether a record is in a group.
    #[inline]
    pub(super) fn is_in(&self, record: usize, group: &Group) -> bool {
        self.of.get(record) == Some(&group.number)
    }

    fn filter(
        &mut self,
        plain: &Plain,
        filter: &Filter,
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let truths = filter.expression.evaluate(plain.rows, plain);
        let truths = truths.map_err(|problem| unfit(&problem, filter, findings))?;
        for (group, truth) in self.of.iter_mut().zip(truths) {
            if truth != Truth::True {
                *group = NONE;
            }
            self.unknown += u64::from(truth == Truth::Unknown);
        }
        Ok(())
    }

    /// Numbers the combinations of labels that occur, in the order of the labels.
    fn group(
        &mut self,
        plain: &Plain,
        columns: &[&PlainColumn],
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let mut labels: Vec<Vec<String>> = vec![Vec::new()];
        for column in columns {
            let pairs = self.pairs(column);
            if pairs.len() > MOST {
                return Err(too_many(plain, column, pairs.len(), findings));
            }
            self.renumber(column, &pairs);
            let both = |(group, code): &(u32, u32)| {
                let label = &column.labels[*code as usize];
                [labels[*group as usize].as_slice(), std::slice::from_ref(label)].concat()
            };
            labels = pairs.iter().map(both).collect();
        }
        let group = |(labels, number)| Group { number, labels };
        self.groups = labels.into_iter().zip(0..).map(group).collect();
        Ok(())
    }

    /// The groups so far and labels of a column that occur together, in order. Records
    /// without a label leave their group.
    fn pairs(&mut self, column: &PlainColumn) -> Vec<(u32, u32)> {
        let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
        for (record, group) in self.of.iter_mut().enumerate().filter(|(_, g)| **g != NONE) {
            if column.is_missing(record) {
                *group = NONE;
                self.ungrouped += 1;
            } else {
                pairs.insert((*group, column.codes[record]));
            }
        }
        pairs.into_iter().collect()
    }

    /// Gives each record the number of its pair.
    fn renumber(&mut self, column: &PlainColumn, pairs: &[(u32, u32)]) {
        for (record, group) in self.of.iter_mut().enumerate().filter(|(_, g)| **g != NONE) {
            let place = pairs.binary_search(&(*group, column.codes[record]));
            *group = place.ok().and_then(|p| u32::try_from(p).ok()).unwrap_or(NONE);
        }
    }
}

fn too_many(
    plain: &Plain,
    column: &PlainColumn,
    count: usize,
    findings: &mut Findings,
) -> Failure {
    let headline = format!("`--by {}` makes {count} groups", column.header);
    let finding = Finding::new(&codes::MANY, headline)
        .at(plain.top(column))
        .because(format!("each group has figures of its own, and there are {MOST} at most"))
        .help("name a column with few different values, or put its values into bands first");
    Failure::because(findings, Kind::Input, finding)
}

/// The condition does not fit the columns.
fn unfit(problem: &Problem, filter: &Filter, findings: &mut Findings) -> Failure {
    let part = filter.text.get(problem.at.clone()).unwrap_or_default();
    let finding = Finding::new(&codes::FILTER, problem.message.clone())
        .because(format!("`--where` says {:?}, at `{part}`", filter.text));
    let finding = match &problem.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    };
    Failure::because(findings, Kind::Input, finding)
}

fn nothing_left(
    plain: &Plain,
    filter: &Filter,
    unknown: u64,
    findings: &mut Findings,
) -> Failure {
    let because = match unknown {
        0 => "the condition is false for every record".to_owned(),
        unknown => format!(
            "it is false or, for {unknown} of {} records, unknown since a value is missing",
            plain.rows
        ),
    };
    let headline = format!("no record is left: `--where {:?}`", filter.text);
    let finding = Finding::new(&codes::NOTHING, headline)
        .at(diagnostic::Place::file(&plain.file))
        .because(because)
        .help("correct the condition; names and labels are compared letter by letter");
    Failure::because(findings, Kind::Input, finding)
}
