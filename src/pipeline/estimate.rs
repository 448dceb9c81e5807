//! `estimate` as a paragraph: a file without a schema is read, its design is checked, and
//! one statistic of its columns is estimated.

use super::{Known, World};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Severity};
use crate::estimate::plain::{self as asks, Ask};
use crate::expression::{Expression, Problem};
use crate::ingest;
use crate::prepare;

pub use crate::estimate::plain::{Account, Answers, Filter, Level, Row, Statistic};
pub use crate::estimate::{Conventions, Estimate, Freedom};
pub use crate::poll::SingleUnit;
pub use crate::prepare::Keys;
pub use crate::stats::ProportionMethod;

/// What is estimated of which file.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The file.
    pub data: String,
    /// What a person knows of it.
    pub known: Known,
    /// How its records were drawn.
    pub keys: Keys,
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
    let ask = Ask {
        statistic: wanted.statistic.clone(),
        by: wanted.by.clone(),
        filter: filter(wanted.filter.as_deref(), findings)?,
        conventions: wanted.conventions,
    };
    let columns = [wanted.keys.needed(), ask.needed()].concat();
    let asked =
        ingest::Asked { source: &source, missing: &wanted.known.missing, columns: &columns };
    let progress = |bytes| world.progress("reading", bytes);
    let manner = ingest::Manner { threads, progress: &progress };
    let delivery = world.delivery(&wanted.data);
    let plain = ingest::plain(delivery.as_ref(), &asked, manner, findings)?;
    let sample = prepare::plain(plain, wanted.keys.clone(), findings)?;
    world.progress("estimating", 0);
    asks::asked(&sample, &ask, threads, findings)
}

fn filter(text: Option<&str>, findings: &mut Findings) -> Result<Option<Filter>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let expression = Expression::parse(text).map_err(|Problem { at, message, help }| {
        let part = text.get(at).unwrap_or_default();
        let finding = Finding::new(&CONDITION, message)
            .because(format!("`--where` says {text:?}, at `{part}`"));
        let finding = match help {
            Some(help) => finding.help(help),
            None => finding,
        };
        Failure::because(findings, Kind::Usage, finding)
    })?;
    Ok(Some(Filter { text: text.to_owned(), expression }))
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
