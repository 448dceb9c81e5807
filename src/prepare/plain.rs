//! A file without a schema goes in with the names of its design's columns, a
//! [`PlainSample`] comes out.
//!
//! What `validate` does for a poll is done here for the columns of the design: each record
//! has a weight, stratum, unit and population size that can be used.

use indexmap::IndexMap;

use super::build::{self, Keys, Source, Words};
use super::codes;
use super::design::Design;
use super::replicates::{self, Remedies};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::document::Spanned;
use crate::ingest::{Needed, Plain, PlainColumn};
use crate::poll::{OneOrMany, ReplicateMethod, Replicates};

/// A file without a schema, and the design by which its records were drawn.
#[derive(Debug)]
pub struct PlainSample {
    plain: Plain,
    design: Design,
    keys: Keys,
    method: Option<ReplicateMethod>,
}

impl PlainSample {
    /// The columns.
    #[must_use]
    pub fn plain(&self) -> &Plain {
        &self.plain
    }

    /// Weights, strata and sampling units, a record each. A weight may be zero.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The names of the design's columns.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// How the replicate weights were made, if there are any.
    #[must_use]
    pub fn method(&self) -> Option<ReplicateMethod> {
        self.method
    }
}

impl Keys {
    /// The columns of a file without a schema that are needed.
    #[must_use]
    pub fn needed(&self) -> Vec<Needed> {
        let need = |column: &String, numbers, option: &str| Needed {
            column: column.clone(),
            numbers,
            why: format!("`--{option}`"),
        };
        let mut all: Vec<Needed> = Vec::new();
        all.extend(self.weight.iter().map(|column| need(column, true, "weight")));
        all.extend(self.strata.iter().map(|column| need(column, false, "strata")));
        all.extend(self.psu.iter().map(|column| need(column, false, "psu")));
        all.extend(self.population.iter().map(|column| need(column, true, "population")));
        all
    }
}

/// The columns of replicate weights that are needed.
#[must_use]
pub fn replicate_columns(replicates: &Replicates) -> Vec<Needed> {
    let why = "`--replicates`".to_owned();
    let need =
        |column: &String| Needed { column: column.clone(), numbers: true, why: why.clone() };
    patterns(replicates).iter().map(need).collect()
}

/// The names and patterns of columns of replicate weights.
fn patterns(replicates: &Replicates) -> &[String] {
    match replicates.columns.as_ref().map(Spanned::get_ref) {
        None => &[],
        Some(OneOrMany::One(pattern)) => std::slice::from_ref(pattern),
        Some(OneOrMany::Many(patterns)) => patterns,
    }
}

/// Makes the sample. Its variances come from replicates if they are described.
///
/// # Errors
/// [`Kind::Input`] if weights, strata, sampling units, population sizes or replicate weights
/// make no design.
pub fn plain(
    plain: Plain,
    keys: Keys,
    replicates: Option<&Replicates>,
    findings: &mut Findings,
) -> Result<PlainSample, Failure> {
    let mark = findings.list().len();
    let mut check = Check { plain: &plain, findings };
    check.all(&keys);
    let columns = replicates.and_then(|replicates| check.replicates(replicates));
    findings.stop_on_error_since(mark, Kind::Input)?;
    let mut design = build::design(&OfFile { plain: &plain, keys: &keys }, &keys, findings)?;
    if let Some(asked) = replicates {
        design = replicates::with(design, asked, columns).map_err(|why| {
            let finding = replicates::refused(&why, &OF_LINE).at(Place::file(&plain.file));
            Failure::because(findings, Kind::Input, finding)
        })?;
    }
    let method = replicates.and_then(|asked| Some(*asked.method.as_ref()?.get_ref()));
    Ok(PlainSample { plain, design, keys, method })
}

const OF_LINE: Remedies = Remedies {
    jkn: "give `--replicate-method jkn`",
    single_unit: "say what to do, with `--single-unit`",
    correct: "correct the options",
};

/// Looks at each column of the design by itself.
struct Check<'a> {
    plain: &'a Plain,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn all(&mut self, keys: &Keys) {
        if let Some(column) = keys.weight.as_ref().and_then(|name| self.plain.column(name)) {
            self.weights(column);
        }
        for name in keys.strata.iter().chain(&keys.psu) {
            if let Some(column) = self.plain.column(name) {
                self.complete(column, "stratum and sampling unit");
            }
        }
        for name in &keys.population {
            if let Some(column) = self.plain.column(name) {
                self.sizes(column);
            }
        }
    }

    /// The columns of replicate weights, each once, in the order in which they are named.
    fn replicates(&mut self, asked: &Replicates) -> Option<Vec<Vec<f64>>> {
        asked.columns.as_ref()?;
        let plain = self.plain;
        let mut found: IndexMap<u64, &PlainColumn> = IndexMap::new();
        for pattern in patterns(asked) {
            let exact = plain.column(pattern).into_iter();
            let fitting = plain.matching(pattern).filter(|_| pattern.contains('*'));
            found.extend(exact.chain(fitting).map(|column| (column.field, column)));
        }
        let because = "a replicate weight is a number from 0 on";
        let mut columns = Vec::new();
        for column in found.values() {
            let why = "`--replicates` needs a number in each record";
            let Some(numbers) = self.numbers(column, why) else { continue };
            self.complete(column, "replicate weights");
            self.above_zero(column, numbers, [because, "correct the column"]);
            columns.push(numbers.to_vec());
        }
        Some(columns)
    }

    fn weights(&mut self, column: &PlainColumn) {
        let Some(numbers) = self.numbers(column, "`--weight` needs a number in each record")
        else {
            return;
        };
        self.complete(column, "weight");
        let because = "a weight says how many of the population a record stands for";
        let help = "correct the column; 0 leaves a record out of every figure";
        self.above_zero(column, numbers, [because, help]);
        if numbers.iter().all(|weight| *weight == 0.0) {
            let headline = format!("all weights in `{}` are zero", column.header);
            let help = "name the column that holds the weights";
            let finding = Finding::new(&codes::UNUSABLE, headline).help(help);
            self.findings.push(finding.at(self.plain.top(column)));
        }
    }

    fn sizes(&mut self, column: &PlainColumn) {
        let why = "`--population` needs a number in each record";
        let Some(numbers) = self.numbers(column, why) else { return };
        self.complete(column, "population size");
        let because = "a population size counts units, or is the fraction that was drawn";
        self.above_zero(column, numbers, [because, "correct the column"]);
    }

    /// The numbers of a column; it is said if it holds anything else.
    fn numbers<'c>(&mut self, column: &'c PlainColumn, why: &str) -> Option<&'c [f64]> {
        let help = "correct the column, or name another one";
        if let Some(finding) = self.plain.no_number(column, why, help) {
            self.findings.push(finding);
        }
        column.numbers.as_deref()
    }

    /// Each record has something in a column.
    fn complete(&mut self, column: &PlainColumn, what: &str) {
        let rows: Vec<usize> =
            (0..self.plain.rows).filter(|record| column.is_missing(*record)).collect();
        let because = format!("each record of a sample has its {what}");
        let help = "complete the column, or take the records out of the file if they are no part \
                    of the sample";
        let headline = format!("a record has nothing in `{}`", column.header);
        let finding = Finding::new(&codes::CELL, headline);
        self.cells(column, &rows, finding.because(because).help(help));
    }

    /// No number of a column is below zero.
    fn above_zero(
        &mut self,
        column: &PlainColumn,
        numbers: &[f64],
        [because, help]: [&str; 2],
    ) {
        let each = numbers.iter().enumerate();
        let rows: Vec<usize> =
            each.filter(|(_, number)| **number < 0.0).map(|(row, _)| row).collect();
        let headline = format!("a number in `{}` is below zero", column.header);
        let finding = Finding::new(&codes::UNUSABLE, headline);
        self.cells(column, &rows, finding.because(because).help(help));
    }

    /// Says what is the matter with some cells of a column, if there are any.
    fn cells(&mut self, column: &PlainColumn, rows: &[usize], finding: Finding) {
        let Some(first) = rows.first() else { return };
        let place = |row: usize| self.plain.place(row, column);
        let also = rows.iter().skip(1).take(3).filter_map(|row| place(*row).row).collect();
        self.findings.push(finding.at(place(*first)).times(rows.len() as u64, also));
    }
}

/// The columns of a file, and the options that name them.
struct OfFile<'a> {
    plain: &'a Plain,
    keys: &'a Keys,
}

impl Source for OfFile<'_> {
    fn rows(&self) -> usize {
        self.plain.rows
    }

    fn units(&self, column: &str) -> (Vec<u32>, Vec<String>) {
        let found = self.plain.column(column);
        found.map(|column| (column.codes.clone(), column.labels.clone())).unwrap_or_default()
    }

    fn numbers(&self, column: &str) -> Option<&[f64]> {
        self.plain.column(column)?.numbers.as_deref()
    }

    fn place(&self, key: &str) -> Place {
        let Keys { weight, strata, psu, population, .. } = self.keys;
        let name = match key {
            "weight" => weight.as_ref(),
            "strata" => strata.first().or(psu.first()),
            "psu" => psu.first(),
            _ => population.first(),
        };
        let column = name.and_then(|name| self.plain.column(name));
        column.map_or_else(|| Place::file(&self.plain.file), |c| self.plain.top(c))
    }

    fn words(&self) -> &'static Words {
        &Words {
            psu: "`--psu`",
            population: "`--population`",
            nest: "add `--nest`",
            without_population: "leave `--population` out",
            single_unit: "say what to do, with `--single-unit`",
            fractions: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};

    use super::*;
    use crate::diagnostic::concise;
    use crate::ingest::{self, Asked, Delivery, Manner};

    struct Memory(&'static str);

    impl Delivery for Memory {
        fn name(&self) -> &'static str {
            "file.csv"
        }

        fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
            Ok(Box::new(&self.0.as_bytes()[usize::try_from(offset).unwrap()..]))
        }
    }

    fn keys(strata: &[&str], psu: &[&str], population: &[&str]) -> Keys {
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let (strata, psu, population) = (list(strata), list(psu), list(population));
        Keys { weight: Some("w".to_owned()), strata, psu, population, ..Keys::default() }
    }

    /// The sample, and what was said, a line each with reason and remedy.
    fn read(text: &'static str, keys: &Keys) -> (Option<PlainSample>, String) {
        let mut findings = Findings::default();
        let source =
            crate::questionnaire::Source { delimiter: Some(b','), ..Default::default() };
        let asked = Asked { source: &source, missing: &[], columns: &keys.needed() };
        let file = ingest::plain(&Memory(text), &asked, Manner::QUIET, &mut findings).unwrap();
        let sample = plain(file, keys.clone(), None, &mut findings).ok();
        let line = |f: &Finding| {
            let [because, help] = [&f.because, &f.help].map(|t| t.as_deref().unwrap_or("-"));
            format!("{}: {because}; {help}", concise(f))
        };
        (sample, findings.list().iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    fn said(text: &'static str, keys: &Keys) -> String {
        let (sample, said) = read(text, keys);
        assert!(sample.is_none(), "it was accepted");
        said
    }

    #[test]
    fn a_weight_may_be_zero_but_not_absent_below_zero_or_text() {
        let keys = keys(&[], &[], &[]);
        let sample = read("w,k\n0,1\n2.5,2\n", &keys).0.unwrap();
        assert_eq!(sample.design().weights, [0.0, 2.5]);
        insta::assert_snapshot!(said("w,k\n1,1\n,2\n-1,3\nNA,4\n", &keys), @r"
        file.csv:5: note[I052] 1 cell of `w` with `NA` counts as missing: all other cells of the column are numbers or empty; -
        file.csv:3: error[P030] a record has nothing in `w`: each record of a sample has its weight; complete the column, or take the records out of the file if they are no part of the sample
        file.csv:4: error[P031] a number in `w` is below zero: a weight says how many of the population a record stands for; correct the column; 0 leaves a record out of every figure
        ");
        insta::assert_snapshot!(said("w,k\n0,1\n0,2\n", &keys), @"file.csv: error[P031] all weights in `w` are zero: -; name the column that holds the weights");
        insta::assert_snapshot!(said("w,k\n\"1,5\",1\n2,2\n", &keys), @"file.csv:2:1: error[I054] `w` is not a column of numbers: `--weight` needs a number in each record, and this cell is the first that holds none; say `--decimal-comma` if the comma parts decimals");
    }

    #[test]
    fn strata_and_units_are_complete_and_nested() {
        let text = "w,s,u\n1,a,1\n1,a,2\n1,,1\n1,b,2\n";
        insta::assert_snapshot!(said(text, &keys(&["s"], &["u"], &[])), @"file.csv:4: error[P030] a record has nothing in `s`: each record of a sample has its stratum and sampling unit; complete the column, or take the records out of the file if they are no part of the sample");
        let text = "w,s,u\n1,a,1\n1,a,2\n1,b,1\n1,b,2\n";
        let plain = keys(&["s"], &["u"], &[]);
        insta::assert_snapshot!(said(text, &plain), @"file.csv: error[P010] there are 2 sampling units in two strata: the first is `1` of `u`; a unit is drawn within one stratum; correct the columns, or add `--nest` if names repeat by design");
        let nested = read(text, &Keys { nest: true, ..plain }).0.unwrap();
        assert_eq!(nested.design().units_by_stratum(), [2, 2]);
        insta::assert_snapshot!(said("w,s\n1,a\n1,a\n1,b\n", &keys(&["s"], &[], &[])), @"file.csv: error[P021] there is 1 stratum of one sampling unit, so variance is unknown: among them `b`; say what to do, with `--single-unit` `adjust` (distance from the grand mean), `average` (mean of the other strata), `certainty` (no contribution) or `remove` (leave out); no choice is made for you");
    }

    #[test]
    fn population_sizes_may_be_fractions_as_in_r() {
        let of = |text| read(text, &keys(&["s"], &[], &["n"])).0.unwrap();
        let sizes = of("w,s,n\n1,a,8\n1,a,8\n1,b,2\n1,b,2\n").design().population.clone();
        assert_eq!(sizes, Some(vec![8.0, 2.0]));
        let sizes = of("w,s,n\n1,a,.25\n1,a,.25\n1,b,1\n1,b,1\n").design().population.clone();
        assert_eq!(sizes, Some(vec![8.0, 2.0]));
        let keys = keys(&["s"], &[], &["n"]);
        insta::assert_snapshot!(said("w,s,n\n1,a,8\n1,a,8\n1,b,.5\n1,b,.5\n", &keys), @"file.csv: error[P011] the population sizes in `n` do not fit the sample: some numbers are sizes, others are fractions; correct the column, or leave `--population` out");
        insta::assert_snapshot!(said("w,s,n\n1,a,1\n1,a,2\n1,b,3\n1,b,3\n", &keys), @"file.csv: error[P011] the population sizes in `n` do not fit the sample: within one stratum or unit it has different numbers; correct the column, or leave `--population` out");
    }
}
