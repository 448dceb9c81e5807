//! [`Sample`] goes in, [`Estimates`] come out: numbers with their uncertainty.
//!
//! Asks `tally` for sums, once for each question and each question by each banner, and
//! turns them into percentages, means and medians with standard errors and intervals.
//! [`Inquiry`] answers single asks with the same parts. May know `prepare`, `tally`, the
//! questionnaire, the poll and `stats`. Rounds nothing and labels nothing.
//!
//! What is wanted (`wanted`, `columns`, `rows`) is found out first, then made (`crossed`,
//! `compare`). A statistic says how it depends on each respondent (`answers`, `numbers`: a value and
//! the sums of its linearised variable); what its uncertainty is follows from that and the
//! design alone (`linear`, `survey`), by the [`Conventions`] of all numbers.

mod answers;
mod change;
mod codes;
mod columns;
mod compare;
mod content;
mod conventions;
mod crossed;
mod divisions;
mod first_stage;
mod fitted;
mod independence;
mod inquiry;
mod linear;
mod numbers;
pub mod panel;
pub mod plain;
mod quantile;
mod rows;
pub mod study;
mod survey;
mod wanted;

use crate::diagnostic::{Failure, Findings};
use crate::parallel::in_parallel;
use crate::poll::{FreedomOf, Poll, Profile};
use crate::prepare::Sample;
use crate::stats::effective;
use crate::stats::test::RaoScott;

use columns::Split;
use crossed::Making;

pub use crate::prepare::{MarginReport, Repair, StepReport, Who, WhoGroup, WhoVariable};
pub use change::{Change, Link, Moment, change};
pub use codes::CODES;
pub use columns::{Column, Columns};
pub use compare::Compared;
pub use content::Content;
pub use conventions::{Conventions, Freedom};
pub use divisions::{Division, Divisions, Places};
pub use inquiry::{Asked, Inquiry, Unanswerable};
pub use quantile::Place as QuantilePlace;
pub use study::Study;
pub use wanted::{check, table_name};

pub use crate::stats::test::{ColumnTest, Mark, Untestable, Verdict};
pub use crate::waves::{
    Asked as AskedThen, Break, Names, Printed, Published, Reason, Wave, broken, differences,
    unknown_figures,
};

/// Every table's numbers.
#[derive(Clone, Debug)]
pub struct Estimates {
    /// Toplines in the order of the questionnaire, each followed by its crosstabs, then by
    /// the tables of one's own.
    pub tables: Vec<Crossed>,
    /// The banners that the tables name.
    pub columns: Vec<Columns>,
    /// Who stands in which column; nobody for the analyst, from whom nothing is hidden.
    pub divisions: Divisions,
    /// What is known of the sample as a whole.
    pub account: Account,
}

/// What is known of the sample as a whole: raw counts, for the gate to round.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Respondents in the sample.
    pub respondents: u64,
    /// Records set aside before.
    pub set_aside: u64,
    /// What was mended because the schema allows it.
    pub repairs: Vec<Repair>,
    /// Weights; none if all are one.
    pub weights: Option<Weights>,
    /// What the steps of the poll file did to the weights, in order.
    pub weighting: Vec<StepReport>,
    /// Who answered, against those whom the poll stands for.
    pub who: Option<Who>,
}

/// What is known of the weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The smallest.
    pub smallest: f64,
    /// The largest.
    pub largest: f64,
    /// Kish's effective base of the whole sample.
    pub effective: f64,
}

/// One question, overall or by the groups of a banner.
#[derive(Clone, Debug)]
pub struct Crossed {
    /// The question, as an index of the questionnaire.
    pub question: usize,
    /// The banner, as an index of [`Estimates::columns`].
    pub columns: Option<usize>,
    /// The table of one's own that asks for it, as an index of the poll's.
    pub own: Option<usize>,
    /// One for each item; one in all if the question has none.
    pub blocks: Vec<Block>,
    /// Where its columns are, in [`Estimates::divisions`].
    pub places: Places,
    /// Which answers are in its base, as indexes of the question's; the one after the last
    /// stands for those who were asked and gave none.
    pub based_on: Vec<usize>,
}

/// One item's numbers.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The item, as an index of the question's items.
    pub item: Option<usize>,
    /// Who is counted in the total, then in the columns of the banner.
    pub bases: Vec<Base>,
    /// Answers, then nets, then summaries.
    pub rows: Vec<Row>,
    /// Rao and Scott's test of rows against columns; for the analyst only.
    pub independence: Option<RaoScott>,
}

/// Who is counted in one column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Base {
    /// How many they are.
    pub n: u64,
    /// The sum of their weights.
    pub weighted: f64,
    /// Kish's effective base, W²/Σw².
    pub effective: Option<f64>,
}

/// One row's numbers.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is.
    pub of: Of,
    /// The total, then the columns; none where a number does not exist, such as a share of
    /// nobody.
    pub cells: Vec<Option<Estimate>>,
    /// Each column against the rest; then, for the analyst, every pair.
    pub compared: Vec<Compared>,
    /// For each column without the total: those that it is higher than; for the analyst.
    pub marks: Vec<Vec<Mark>>,
}

/// What a row is. Answers, nets and differences are indexes of the question's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One answer.
    Answer(usize),
    /// Asked, and no answer: where they are in the base.
    Blank,
    /// Any of several answers.
    Net(usize),
    /// One net less another.
    Difference(usize),
    /// Net promoter score: promoters less detractors.
    Promoters,
    /// The mean of a number, or of the answers' scores.
    Mean,
    /// The median of a number.
    Median,
    /// Of an item that is ranked: put first.
    First,
    /// Put in one of so many first places.
    Top(usize),
    /// The mean place, of those who gave it one.
    Place,
}

/// A number with its uncertainty. Shares run from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Respondents behind it: those who gave the answer, or all who gave a number.
    pub count: u64,
    /// Respondents in its base.
    pub base: u64,
    /// Its variance under the design; none if the design cannot tell.
    pub variance: Option<f64>,
    /// The 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Design effect against simple random sampling with replacement.
    pub effect: Option<f64>,
    /// How the interval was made.
    pub method: &'static str,
    /// Whether the weights were made to give this number, so that it has no interval.
    pub set: bool,
}

/// Estimates every question, overall and by every banner, and the tables of one's own.
///
/// # Errors
/// [`Kind::Input`](crate::diagnostic::Kind::Input) if a table names what is not there.
pub fn all(
    sample: &Sample,
    poll: &Poll,
    threads: usize,
    findings: &mut Findings,
) -> Result<Estimates, Failure> {
    let wanted = wanted::wanted(sample, poll, findings)?;
    let freedom = match poll.design.df.unwrap_or_default() {
        FreedomOf::Domain => Freedom::Domain,
        FreedomOf::Whole => Freedom::Whole,
    };
    let inquiry = Inquiry::new(sample, Conventions { freedom, ..Conventions::PUBLISHED });
    let thorough = poll.profile == Profile::Analyst;
    let making = Making { inquiry: &inquiry, test: poll.tables.test, thorough };
    let splits: Vec<Vec<Split>> =
        wanted.columns.iter().map(|columns| columns.splits(sample, None)).collect();
    let tables = in_parallel(&wanted.tables, threads, |asked| {
        asked.tables(&making, (&wanted.columns, &splits))
    });
    let mut tables: Vec<Crossed> = tables.into_iter().flatten().collect();
    let mut divisions = Divisions::default();
    if !thorough {
        let places;
        (divisions, places) = divisions::divisions(sample, &wanted, &splits);
        tables.iter_mut().zip(places).for_each(|(table, places)| table.places = places);
    }
    let account = account(sample);
    Ok(Estimates { tables, columns: wanted.columns, divisions, account })
}

fn account(sample: &Sample) -> Account {
    let facts = sample.facts();
    Account {
        respondents: sample.design().weights.len() as u64,
        set_aside: facts.set_aside.iter().filter(|aside| !aside.withdrew()).count() as u64,
        repairs: facts.repairs.clone(),
        weights: sample.design().weighted.then(|| weights(&sample.design().weights)),
        weighting: sample.weighting().to_vec(),
        who: sample.who().cloned(),
    }
}

fn weights(weights: &[f64]) -> Weights {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    Weights {
        smallest: weights.iter().copied().fold(f64::INFINITY, f64::min),
        largest: weights.iter().copied().fold(0.0, f64::max),
        effective: effective::base(sum, squares).unwrap_or(0.0),
    }
}
