//! The poll file as it is typed. Every key is optional here, so that all that is missing
//! can be said at once; `load` checks what the words mean.

use std::fmt::{self, Formatter};

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use toml::value::Datetime;

use super::{charts, derive, json, previous, quotes, tables, thresholds, weighting};
use crate::document::Spanned;

/// What to do with one delivery of data.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(
    title = "pollsmith: poll file",
    extend("required" = ["format", "id", "title", "schema", "data"])
)]
pub(super) struct PollFile {
    /// The version of this form: 1.
    #[schemars(extend("const" = 1))]
    pub format: Option<Spanned<i64>>,
    /// Names the output folder: lower case letters, digits and `-`.
    #[schemars(regex(pattern = "^[a-z0-9][a-z0-9-]*$"))]
    pub id: Option<Spanned<String>>,
    /// The title of the report.
    pub title: Option<Spanned<String>>,
    /// The questionnaire, relative to this file.
    pub schema: Option<Spanned<String>>,
    /// Data files, appended; headers must agree.
    #[schemars(length(min = 1))]
    pub data: Vec<Spanned<String>>,
    /// Keys of people who withdrew or are ineligible: a CSV file with the header of the key.
    pub exclude: Option<Spanned<String>>,
    /// Names the wave.
    pub wave: Option<String>,
    /// Whether the data are made up; printed on every output.
    pub synthetic: bool,
    /// The disclosure items of the poll.
    pub method: Method,
    /// Weight, strata, sampling units, population sizes.
    pub design: Design,
    /// Which tables are made.
    pub tables: tables::Typed,
    /// Who may read the result, and what is hidden from them.
    pub disclosure: thresholds::Typed,
    /// How the page looks.
    pub report: Report,
    /// Which charts are drawn.
    pub charts: charts::Typed,
    /// Charts that have a title of their own, or are drawn in another way.
    pub chart: Vec<Spanned<charts::TypedChart>>,
    /// Sentences for the top of the page, with figures bound by name.
    pub headline: Vec<Headline>,
    /// Steps that make or adjust the weight, in order.
    pub weighting: Vec<Spanned<weighting::Typed>>,
    /// Tables of one's own.
    pub table: Vec<Spanned<tables::TypedTable>>,
    /// Variables made from others, in order.
    pub derive: Vec<Spanned<derive::Typed>>,
    /// Earlier waves, newest first.
    pub previous: Vec<Spanned<previous::TypedPrevious>>,
    /// Figures from outside, to stand beside the poll's own.
    pub benchmark: Vec<Spanned<previous::TypedBenchmark>>,
    /// Questions in open answers to which members are quoted.
    pub quotes: Vec<Spanned<quotes::Typed>>,
}

/// What a reader must be told about how the poll was done (the disclosure items).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Method {
    /// Who commissioned the poll.
    pub sponsor: Option<String>,
    /// Who paid, if somebody else.
    pub funder: Option<String>,
    /// Who did the fieldwork.
    pub conducted_by: Option<String>,
    /// Whom the poll stands for.
    pub population: Option<String>,
    /// Where they are.
    pub geography: Option<String>,
    /// A file with members and invited by cell, whose name ends in `.csv`, or the list in
    /// words.
    pub frame: Option<Spanned<String>>,
    /// What the file of the frame is, in words; the source of targets that are taken from it.
    pub frame_source: Option<String>,
    /// How people were reached.
    pub recruitment: Option<String>,
    /// How respondents were chosen.
    pub sampling: Option<Spanned<Sampling>>,
    /// How many were invited.
    pub invited: Option<u64>,
    /// How many began.
    pub started: Option<u64>,
    /// How many finished.
    pub completed: Option<u64>,
    /// How many answers were taken out, by reason.
    pub removed: IndexMap<String, u64>,
    /// How they answered.
    pub mode: Option<String>,
    /// In which languages.
    pub languages: Vec<String>,
    /// First day of fieldwork.
    #[schemars(schema_with = "json::day")]
    pub field_start: Option<Spanned<Datetime>>,
    /// Last day of fieldwork.
    #[schemars(schema_with = "json::day")]
    pub field_end: Option<Spanned<Datetime>>,
    /// What respondents were offered.
    pub incentives: Option<String>,
    /// How the delivered weights were made.
    pub weighting: WeightingFacts,
    /// What may be said of precision.
    pub precision_statement: Option<String>,
    /// How the answers were processed and checked.
    pub processing: Option<String>,
    /// What the poll cannot tell.
    pub limitations: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Where the full tables are.
    pub tables_url: Option<String>,
    /// Earlier waves, in words.
    pub prior_waves: Option<String>,
    /// Licence and attribution of the data, printed on the page.
    pub attribution: Option<String>,
    /// Whether the sponsor belongs to the British Polling Council.
    pub bpc_member: bool,
}

/// How a delivered weight was made, for the page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WeightingFacts {
    /// The variables whose margins were set.
    pub variables: Vec<String>,
    /// Where the targets come from.
    pub targets_source: Option<String>,
    /// Weighting efficiency in per cent, as stated by its maker.
    pub efficiency: Option<f64>,
    /// The largest weight, as stated by its maker.
    pub max_weight: Option<f64>,
}

/// How respondents were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// By a known chance.
    Probability,
    /// They chose themselves, or were chosen at convenience.
    Nonprobability,
    /// All were asked.
    Census,
}

/// Weight, strata, sampling units, population sizes: names of columns of the data.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Design {
    /// The column of weights; equal weights if absent.
    pub weight: Option<Spanned<String>>,
    /// The columns whose combinations are the strata.
    pub strata: Vec<Spanned<String>>,
    /// The columns of sampling units, one for each stage.
    pub psu: Vec<Spanned<String>>,
    /// The column, or one for each stage, of population sizes.
    pub population: Option<Spanned<OneOrMany>>,
    /// Whether unit names repeat between strata.
    pub nest: bool,
    /// What to do with a stratum of one unit.
    pub single_unit: Option<Spanned<SingleUnit>>,
    /// Replicate weights, from which all variances are then made.
    pub replicates: Option<Spanned<Replicates>>,
    /// What degrees of freedom are counted in: `domain` or `whole`.
    pub df: Option<FreedomOf>,
}

/// What degrees of freedom are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FreedomOf {
    /// Sampling units with a member of the group minus their strata.
    #[default]
    Domain,
    /// Sampling units minus strata of the whole sample.
    Whole,
}

/// Replicate weights: columns of the file, or made from strata and sampling units.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["method"]))]
pub struct Replicates {
    /// How they were made, or are to be made.
    pub method: Option<Spanned<ReplicateMethod>>,
    /// The columns: a list, or a pattern such as `rw*`. Without them replicates are made.
    pub columns: Option<Spanned<OneOrMany>>,
    /// Whether the columns hold whole weights (as if not said), or factors of the weight.
    pub combined: Option<bool>,
    /// What the sum over replicates is multiplied by, if the method leaves it open.
    pub scale: Option<f64>,
    /// What the term of each replicate is multiplied by, in the order of the columns.
    pub rscales: Vec<f64>,
    /// Fay's factor.
    pub rho: Option<f64>,
    /// Deviations from the estimate of the whole sample instead of the replicates' mean.
    pub mse: Option<bool>,
    /// Degrees of freedom, if they are known.
    pub df: Option<f64>,
    /// How many to make, with `bootstrap`: 500 if not said.
    pub count: Option<usize>,
    /// Begins the random numbers of `bootstrap`; the same seed gives the same figures.
    pub seed: Option<u64>,
}

/// How replicate weights are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReplicateMethod {
    /// Jackknife without strata.
    Jk1,
    /// Jackknife within strata.
    Jkn,
    /// Balanced half-samples.
    Brr,
    /// Fay's balanced half-samples.
    Fay,
    /// Bootstrap of Rao and Wu.
    Bootstrap,
    /// Successive differences; columns only.
    Sdr,
    /// Anything else, by `scale` and `rscales`; columns only.
    Other,
}

/// One name or a list of names.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum OneOrMany {
    /// One name.
    One(String),
    /// A list of names.
    Many(Vec<String>),
}

/// What to do with a stratum of one sampling unit, whose variance is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SingleUnit {
    /// Stop, until the analyst chooses.
    #[default]
    Fail,
    /// Its distance from the grand mean.
    Adjust,
    /// The mean of the other strata.
    Average,
    /// No contribution: the unit was certain to be in the sample.
    Certainty,
    /// Leave its respondents out of the variance.
    Remove,
}

/// Who may read the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Anybody.
    #[default]
    Public,
    /// Officers of the organisation.
    Officers,
    /// The analyst alone: nothing is hidden.
    Analyst,
}

impl Profile {
    /// The name in files and folders.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Officers => "officers",
            Self::Analyst => "analyst",
        }
    }
}

/// How the page looks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Report {
    /// The language of the fixed wording: `en-GB`.
    #[schemars(extend("enum" = crate::words::known()))]
    pub lang: Option<Spanned<String>>,
    /// What the report is; all but final is marked on every output.
    pub status: Option<ReportStatus>,
    /// The organisation's name, printed above the title.
    pub organisation: Option<String>,
    /// The organisation's logo, PNG or SVG, relative to this file.
    pub logo: Option<Spanned<String>>,
    /// What is said of the logo to those who cannot see it; the organisation's name if absent.
    pub logo_alt: Option<String>,
    /// The day of publication.
    #[schemars(schema_with = "json::day")]
    pub published: Option<Datetime>,
}

/// What a report is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReportStatus {
    /// Not finished.
    Draft,
    /// Not to be used before a date.
    Embargoed,
    /// Finished.
    #[default]
    Final,
    /// Replaces an earlier one that was wrong.
    Corrected,
}

/// A sentence for the top of the page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["text"]))]
pub(super) struct Headline {
    /// The sentence; figures stand in it as `{question.answer|percent}`.
    pub text: Option<Spanned<String>>,
}

/// Reads one name or a list of names.
struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = OneOrMany;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("text in quotes or a list of such texts")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
        Ok(OneOrMany::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<OneOrMany, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(OneOrMany::Many)
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NamesVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::document;

    /// The population sizes of a design, and the headlines of what is wrong.
    fn check(value: &str) -> (Option<OneOrMany>, Vec<String>) {
        let mut findings = Findings::default();
        let text = format!("[design]\npopulation = {value}\n");
        let file = document::parse::<PollFile>("poll.toml", &text, &mut findings);
        let said = findings.list().iter().map(|f| f.headline.clone()).collect();
        (file.unwrap().design.population.map(Spanned::into_inner), said)
    }

    #[test]
    fn one_name_or_several() {
        let many = |names: &[&str]| {
            Some(OneOrMany::Many(names.iter().map(|&name| name.to_owned()).collect()))
        };
        assert_eq!(check("\"N\""), (Some(OneOrMany::One("N".to_owned())), vec![]));
        assert_eq!(check("[\"N1\", \"N2\"]"), (many(&["N1", "N2"]), vec![]));
        let (kept, said) = check("[\"N1\", 2]");
        assert_eq!(kept, many(&["N1", "2"]));
        let item = "`design.population[2]`: expected text in quotes, found the number 2";
        assert_eq!(said, [item]);
        let (kept, said) = check("{ x = 1 }");
        assert_eq!(kept, None);
        let whole = "`design.population`: expected text in quotes or a list of such texts, \
                     found a table";
        assert_eq!(said, [whole]);
    }
}
