//! [`Sample`] goes in, [`Estimates`] come out: numbers with their uncertainty.
//!
//! Asks `tally` for sums, once for each question and each question by each banner, and
//! turns them into percentages, means and medians with standard errors and intervals.
//! [`Inquiry`] answers single asks with the same parts. May know `prepare`, `tally`, the
//! questionnaire, the poll and `stats`. Rounds nothing and labels nothing.
//!
//! A statistic says how it depends on each respondent (`answers`, `numbers`: a value and
//! the sums of its linearised variable); what its uncertainty is follows from that and the
//! design alone (`linear`, `survey`), by the [`Conventions`] of all numbers.

mod answers;
mod block;
mod codes;
mod conventions;
mod first_stage;
mod fitted;
mod independence;
mod inquiry;
mod linear;
mod numbers;
pub mod plain;
mod quantile;
pub mod study;
mod survey;

use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::document;
use crate::poll::{FreedomOf, Poll};
use crate::prepare::Sample;
use crate::questionnaire::{Measure, Questionnaire};
use crate::stats::effective;

pub use crate::prepare::{MarginReport, Repair, StepReport, Who, WhoGroup, WhoVariable};
pub use codes::CODES;
pub use conventions::{Conventions, Freedom};
pub use inquiry::{Asked, Inquiry, Unanswerable};
pub use quantile::Place as QuantilePlace;
pub use study::Study;

/// Every table's numbers.
#[derive(Clone, Debug)]
pub struct Estimates {
    /// Toplines in the order of the questionnaire, each followed by its crosstabs.
    pub tables: Vec<Crossed>,
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
    /// The banner's question, as an index of the questionnaire.
    pub banner: Option<usize>,
    /// One for each item; one in all if the question has none.
    pub blocks: Vec<Block>,
}

/// One item's numbers.
#[derive(Clone, Debug)]
pub struct Block {
    /// The item, as an index of the question's items.
    pub item: Option<usize>,
    /// The total, then the groups of the banner.
    pub groups: Vec<Group>,
}

/// One group's numbers. Lists are as long as the question's; a number that does not exist,
/// such as a share of nobody, is none.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Respondents who answered.
    pub base: u64,
    /// The sum of their weights.
    pub weighted: f64,
    /// Kish's effective base, W²/Σw².
    pub effective: Option<f64>,
    /// The share of each answer.
    pub answers: Vec<Option<Estimate>>,
    /// The share of each net.
    pub nets: Vec<Option<Estimate>>,
    /// The mean of a number, or of the answers' scores.
    pub mean: Option<Estimate>,
    /// The median of a number.
    pub median: Option<Estimate>,
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

/// Estimates every question, overall and by every banner.
///
/// # Errors
/// [`Kind::Input`] if a banner is no question with one answer.
pub fn all(
    sample: &Sample,
    poll: &Poll,
    threads: usize,
    findings: &mut Findings,
) -> Result<Estimates, Failure> {
    let banners = banners(sample.questionnaire(), poll, findings)?;
    let freedom = match poll.design.df.unwrap_or_default() {
        FreedomOf::Domain => Freedom::Domain,
        FreedomOf::Whole => Freedom::Whole,
    };
    let inquiry = Inquiry::new(sample, Conventions { freedom, ..Conventions::PUBLISHED });
    let mut wanted = Vec::new();
    let questions = sample.questionnaire().questions.iter().enumerate();
    for (question, _) in questions.filter(|(_, q)| q.tabulated()) {
        let others = banners.iter().copied().filter(|banner| *banner != question).map(Some);
        for banner in std::iter::once(None).chain(others) {
            wanted.push((question, banner));
        }
    }
    let tables = in_parallel(&wanted, threads, |(question, banner)| {
        block::crossed(&inquiry, *question, *banner)
    });
    Ok(Estimates { tables, account: account(sample) })
}

/// Does work that is independent on several threads; results are in the order of the work,
/// and each is computed by one thread alone, so that the number of threads changes nothing.
fn in_parallel<W: Sync, R: Send>(
    work: &[W],
    threads: usize,
    each: impl Fn(&W) -> R + Sync,
) -> Vec<R> {
    let threads = threads.clamp(1, work.len().max(1));
    let run = |first: usize| -> Vec<(usize, R)> {
        (first..work.len()).step_by(threads).map(|i| (i, each(&work[i]))).collect()
    };
    let run = &run;
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|t| scope.spawn(move || run(t))).collect();
        let mut done = run(0);
        for other in others {
            match other.join() {
                Ok(list) => done.extend(list),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
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

/// The banners of the poll as questions; each must have one answer of a list.
fn banners(
    questionnaire: &Questionnaire,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Vec<usize>, Failure> {
    let mark = findings.list().len();
    let single = |q: &crate::questionnaire::Question| {
        q.measure() == Measure::Category && q.items.is_empty()
    };
    let mut found = Vec::new();
    for banner in &poll.banner {
        let name = banner.get_ref();
        let index = questionnaire.questions.iter().position(|q| q.id == *name && single(q));
        if let Some(index) = index {
            found.push(index);
            continue;
        }
        let possible =
            questionnaire.questions.iter().filter(|q| single(q)).map(|q| q.id.as_str());
        let help = match document::nearest(name, possible) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "name a question of kind `single` by its key".to_owned(),
        };
        let place = poll.place(banner, "tables.banner");
        findings.push(
            Finding::new(&codes::BANNER, format!("`{name}` cannot be a banner"))
                .at(place)
                .because("a banner is a question with one answer of a list")
                .help(help),
        );
    }
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(found)
}
