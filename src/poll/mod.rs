//! The poll file: `poll.toml` text goes in, a [`Poll`] comes out.
//!
//! May know the ground floor, and the questionnaire to check names. Never opens a file: paths stay as they were written.

pub mod charts;
mod codes;
mod complete;
pub mod derive;
mod json;
mod load;
mod previous;
mod protect;
mod quotes;
mod replicates;
mod retention;
pub mod tables;
#[cfg(test)]
pub(crate) mod testing;
mod thresholds;
mod typed;
pub mod weighting;

use jiff::civil::Date;

use crate::diagnostic::Place;
use crate::document::{self, Spanned};
use crate::stats;
use crate::words::Words;

pub use codes::CODES;
pub use complete::complete;
pub use json::json_schema;
pub use load::load;
pub use previous::{Benchmark, Labels, Previous};
pub use protect::{Protected, check_protected};
pub use quotes::Quotes;
pub use replicates::Additions;
pub use retention::Retention;
pub use thresholds::{Changed, Disclosure, Threshold};
pub use typed::{
    Design, FreedomOf, Method, OneOrMany, Profile, ReplicateMethod, Replicates, ReportStatus,
    Sampling, SingleUnit, WeightingFacts,
};

/// What to do with one delivery of data.
#[derive(Clone, Debug)]
pub struct Poll {
    /// The file's name, for messages.
    pub file: String,
    /// The file's text, to point into it.
    pub source: String,
    /// Names the output folder.
    pub id: String,
    /// The title of the report.
    pub title: String,
    /// The questionnaire's path, as written.
    pub schema: String,
    /// The data files' paths, as written.
    pub data: Vec<Spanned<String>>,
    /// The file with the keys of people whose answers do not count, as written.
    pub exclude: Option<Spanned<String>>,
    /// Names the wave.
    pub wave: Option<String>,
    /// Whether the data are made up.
    pub synthetic: bool,
    /// The disclosure items.
    pub method: Method,
    /// How respondents were chosen.
    pub sampling: Sampling,
    /// First and last day of fieldwork.
    pub fieldwork: Option<(Date, Date)>,
    /// The file of members and invited by cell, as written.
    pub frame: Option<Spanned<String>>,
    /// Weight, strata, sampling units, population sizes.
    pub design: Design,
    /// Steps that make or adjust the weight, in order.
    pub weighting: Vec<weighting::Step>,
    /// Variables to be made from others, in order.
    pub derived: Vec<derive::Derive>,
    /// Which tables are made, and how their columns are compared.
    pub tables: tables::Tables,
    /// Who may read the result.
    pub profile: Profile,
    /// What is hidden from them.
    pub disclosure: Disclosure,
    /// How long private records are kept.
    pub retention: Retention,
    /// What the report is.
    pub status: ReportStatus,
    /// The fixed words of every output, in the language of the report.
    pub words: &'static Words,
    /// The organisation's name, printed above the title.
    pub organisation: Option<String>,
    /// The organisation's logo, as written.
    pub logo: Option<Spanned<String>>,
    /// What is said of the logo to those who cannot see it; never empty where there is one.
    pub logo_alt: String,
    /// The day of publication.
    pub published: Option<Date>,
    /// Sentences for the top of the page.
    pub headlines: Vec<Spanned<String>>,
    /// Which tables are drawn, how, and under which titles.
    pub charts: charts::Charts,
    /// Earlier waves, newest first.
    pub previous: Vec<Previous>,
    /// Figures from outside.
    pub benchmarks: Vec<Benchmark>,
    /// Questions whose answers are quoted, each at most once.
    pub quotes: Vec<Quotes>,
}

impl Poll {
    /// The paths of the files of targets, of the frame and of lookups, as written, each
    /// once.
    #[must_use]
    pub fn side_files(&self) -> Vec<&str> {
        let targets = self.weighting.iter().filter_map(|step| match &step.action {
            weighting::Action::Meet { targets: weighting::Targets::File(path), .. } => {
                Some(path)
            }
            _ => None,
        });
        let lookups = self.lookups().map(|lookup| &lookup.file);
        let mut paths: Vec<&str> = Vec::new();
        for path in self.frame.iter().chain(targets).chain(lookups) {
            if !paths.contains(&path.get_ref().as_str()) {
                paths.push(path.get_ref());
            }
        }
        paths
    }

    /// The smallest base of a group of which anything is shown; smaller groups are merged
    /// where the questionnaire allows it.
    #[must_use]
    pub fn floor(&self) -> u64 {
        match self.profile {
            Profile::Public => 50,
            Profile::Officers => 30,
            Profile::Analyst => 0,
        }
    }

    /// How many variables are crossed in one: as many as were combined to make it.
    #[must_use]
    pub fn crossed_in(&self, variable: &str) -> usize {
        let derived = self.derived.iter().find(|derive| derive.name.get_ref() == variable);
        match derived.map(|derive| &derive.action) {
            Some(derive::Action::Combine { of, .. }) => {
                of.iter().map(|name| self.crossed_in(name.get_ref())).sum()
            }
            _ => 1,
        }
    }

    /// The derived variables that come from files, in order.
    pub fn lookups(&self) -> impl Iterator<Item = &derive::Lookup> {
        self.derived.iter().filter_map(|derive| match &derive.action {
            derive::Action::Lookup(lookup) => Some(lookup),
            _ => None,
        })
    }

    /// The value of a threshold for those who may read the result.
    #[must_use]
    pub fn threshold(&self, threshold: Threshold) -> u64 {
        self.disclosure.threshold(threshold, self.profile)
    }

    /// The figures that are hidden by hand; for the analyst none.
    #[must_use]
    pub fn protected(&self) -> &[Protected] {
        match self.profile {
            Profile::Analyst => &[],
            _ => &self.disclosure.protect,
        }
    }

    /// Makes it the poll of an earlier wave of `now`: its toplines alone, for the same
    /// readers.
    pub fn to_be_compared(&mut self, now: &Self) {
        self.tables = tables::Tables::default();
        self.profile = now.profile;
        self.headlines.clear();
        self.charts = charts::Charts::default();
        self.previous.clear();
        self.benchmarks.clear();
        self.quotes.clear();
    }

    /// Where something stands in the poll file.
    #[must_use]
    pub fn place<T>(&self, typed: &Spanned<T>, key: &str) -> Place {
        document::place(&self.file, &self.source, typed.span(), key)
    }
}

impl From<SingleUnit> for stats::SingleUnit {
    fn from(rule: SingleUnit) -> Self {
        match rule {
            SingleUnit::Fail => Self::Fail,
            SingleUnit::Adjust => Self::Adjust,
            SingleUnit::Average => Self::Average,
            SingleUnit::Certainty => Self::Certainty,
            SingleUnit::Remove => Self::Remove,
        }
    }
}

/// The name in the frame of a column that the design names: apart from the questions, since
/// a question and the design may use the same column of the file.
#[must_use]
pub fn column_name(column: &str) -> String {
    format!("design: {column}")
}

/// The name in the frame of a column with the keys of a lookup, as they are written in the
/// file. Whether they may be shown stands in the name, since only `ingest` knows it.
#[must_use]
pub fn key_column(name: &str, personal: bool) -> String {
    let word = if personal { "personal key" } else { "key" };
    format!("{word}: {name}")
}

/// Whether a column has one of these names, or fits one of these patterns, in which `*`
/// stands for any letters.
#[must_use]
pub fn names(patterns: &OneOrMany, column: &str) -> bool {
    match patterns {
        OneOrMany::One(pattern) => fits(pattern, column),
        OneOrMany::Many(patterns) => patterns.iter().any(|pattern| fits(pattern, column)),
    }
}

fn fits(pattern: &str, column: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == column };
    let Some(left) = column.strip_prefix(start) else { return false };
    (0..=left.len()).any(|cut| left.is_char_boundary(cut) && fits(rest, &left[cut..]))
}

#[cfg(test)]
mod tests {
    use super::{OneOrMany, names};

    #[test]
    fn a_star_stands_for_any_letters() {
        let one = |pattern: &str, column| names(&OneOrMany::One(pattern.to_owned()), column);
        assert!(
            one("rw*", "rw1") && one("rw*", "rw") && one("*w*", "row12") && one("a*b", "ab")
        );
        assert!(!one("rw*", "weight") && !one("rw", "rw1") && !one("*1", "rw12"));
        let two = OneOrMany::Many(vec!["rw1".to_owned(), "b*".to_owned()]);
        assert!(names(&two, "rw1") && names(&two, "b7") && !names(&two, "rw2"));
    }
}
