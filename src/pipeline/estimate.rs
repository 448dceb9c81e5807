//! `estimate` as a paragraph: a file without a schema is read, its design is checked, and
//! one statistic of its columns is estimated.

use super::{Known, World};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Severity};
use crate::estimate::plain::{self as asks, Ask};
use crate::expression::{Expression, Problem};
use crate::ingest;
use crate::poll::Additions;
use crate::prepare;
use crate::stats::model::Formula;

pub use crate::estimate::plain::{
    Account, Answers, Described, Filter, Level, Model, ModelKind, Row, Statistic, Tested,
};
pub use crate::estimate::{Conventions, Estimate, Freedom};
pub use crate::poll::{OneOrMany, ReplicateMethod, Replicates, SingleUnit};
pub use crate::prepare::Keys;
pub use crate::stats::ProportionMethod;
pub use crate::stats::model::{ASSOCIATION, Family, Link};

/// What is estimated of which file.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The file.
    pub data: String,
    /// What a person knows of it.
    pub known: Known,
    /// How its records were drawn.
    pub keys: Keys,
    /// The replicate weights from which variances are made.
    pub replicates: Option<Replicates>,
    /// The statistic, and its columns.
    pub statistic: Statistic,
    /// The columns whose combinations are groups.
    pub by: Vec<String>,
    /// A condition on the records.
    pub filter: Option<String>,
    /// How uncertainty is expressed.
    pub conventions: Conventions,
}

/// Design-based estimates from a file without a schema.
///
/// # Errors
/// [`Kind::Usage`] if the condition cannot be read, [`Kind::Input`] for all else;
/// `findings` says what is wrong.
pub fn estimate(
    world: &dyn World,
    wanted: &Wanted,
    threads: usize,
    findings: &mut Findings,
) -> Result<Answers, Failure> {
    let source = wanted.known.source(findings)?;
    let replicates = wanted.replicates.as_ref();
    described(replicates, findings)?;
    let ask = Ask {
        statistic: wanted.statistic.clone(),
        by: wanted.by.clone(),
        filter: filter(wanted.filter.as_deref(), findings)?,
        conventions: wanted.conventions,
    };
    let weights = replicates.map(prepare::replicate_columns).unwrap_or_default();
    let columns = [wanted.keys.needed(), weights, ask.needed()].concat();
    let asked =
        ingest::Asked { source: &source, missing: &wanted.known.missing, columns: &columns };
    let progress = |bytes| world.progress("reading", bytes);
    let manner = ingest::Manner { threads, progress: &progress, ..ingest::Manner::QUIET };
    let delivery = world.delivery(&wanted.data);
    let plain = ingest::plain(delivery.as_ref(), &asked, manner, findings)?;
    let sample = prepare::plain(plain, wanted.keys.clone(), replicates, findings)?;
    world.progress("estimating", 0);
    asks::asked(&sample, &ask, threads, findings)
}

/// Replicate weights are described in full.
fn described(replicates: Option<&Replicates>, findings: &mut Findings) -> Result<(), Failure> {
    let add = Additions {
        method: "add `--replicate-method brr`, or the method that made them",
        columns: "add their columns: `--replicates`",
        rho: "add `--rho 0.3`, or what was used",
        before: "--",
    };
    match replicates.and_then(|replicates| replicates.wrong(&add)) {
        Some(finding) => Err(Failure::because(findings, Kind::Usage, finding)),
        None => Ok(()),
    }
}

/// The formula of a model.
///
/// # Errors
/// [`Kind::Usage`] if it cannot be read.
pub fn formula(text: &str, findings: &mut Findings) -> Result<Formula, Failure> {
    Formula::parse(text).map_err(|problem| {
        let part = text.get(problem.at).unwrap_or_default();
        let finding = Finding::new(&FORMULA, problem.message)
            .because(format!("`--model` says {text:?}, at `{part}`"));
        let finding = match problem.help {
            Some(help) => finding.help(help),
            None => finding,
        };
        Failure::because(findings, Kind::Usage, finding)
    })
}

fn filter(text: Option<&str>, findings: &mut Findings) -> Result<Option<Filter>, Failure> {
    let Some(text) = text else { return Ok(None) };
    Ok(Some(Filter { text: text.to_owned(), expression: condition(text, findings)? }))
}

/// The condition of `--where`.
///
/// # Errors
/// [`Kind::Usage`] if it cannot be read.
pub(super) fn condition(text: &str, findings: &mut Findings) -> Result<Expression, Failure> {
    Expression::parse(text).map_err(|Problem { at, message, help }| {
        let part = text.get(at).unwrap_or_default();
        let finding = Finding::new(&CONDITION, message)
            .because(format!("`--where` says {text:?}, at `{part}`"));
        let finding = match help {
            Some(help) => finding.help(help),
            None => finding,
        };
        Failure::because(findings, Kind::Usage, finding)
    })
}

pub(super) static CONDITION: Code = Code {
    id: "Q008",
    severity: Severity::Error,
    title: "a condition of the command line cannot be read",
    explanation: "Conditions compare columns with numbers, or with labels in quotation marks: \
                  `age >= 30 and phase = 'Primary'`, `region in ('North', 'East')`, `age is \
                  missing`, `not`, brackets. A column whose name is no single word stands in \
                  backquotes.\n\n\
                  Remedy: as the message says. In a shell the whole condition stands in \
                  quotation marks of the other kind.",
};

pub(super) static FORMULA: Code = Code {
    id: "Q009",
    severity: Severity::Error,
    title: "the formula of a model cannot be read",
    explanation: "A formula is written as in R: the response, `~`, and terms joined by `+`; `a:b` \
                  is an interaction, `a * b` stands for `a + b + a:b`, `factor(band)` makes levels \
                  of numbers, `I(years^2)` calculates. A column whose name is no single word stands \
                  in backquotes.\n\n\
                  Remedy: as the message says. In a shell the whole formula stands in quotation \
                  marks.",
};
