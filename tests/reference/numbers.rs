//! Single numbers of variables, overall or by group: what they are, and what the program
//! says of them.

use pollsmith::estimate::study::{Kind, Quotient, Quotients, Statistic};
use pollsmith::estimate::{Conventions, Estimate, QuantilePlace, Study};
use pollsmith::stats::ProportionMethod;
use pollsmith::stats::interval::Proportion;

use super::data::Group;
use super::reading::Other;
use super::row::Row;
use super::world::{World, within};

/// What is estimated. Numbers are not a number, and codes none, outside the domain.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Mean(Vec<f64>),
    Total(Vec<f64>),
    Ratio(Vec<f64>, Vec<f64>),
    Share(Answers),
    Headcount(Answers),
    Quantile(Vec<f64>, QuantilePlace),
}

/// The answers of a list, and which of them count.
#[derive(Clone, Debug)]
pub(crate) struct Answers {
    pub(crate) codes: Vec<Option<usize>>,
    pub(crate) labels: Vec<String>,
    pub(crate) members: Vec<usize>,
}

/// One number with its name.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) row: Row,
    pub(crate) what: What,
}

/// What a case asks for: numbers, the groups in which they are asked, and the intervals.
pub(crate) struct Wanted {
    pub(crate) numbers: Vec<Number>,
    pub(crate) by: Vec<String>,
    pub(crate) groups: Vec<Group>,
    /// The intervals, with what the answer calls each.
    pub(crate) intervals: Vec<(String, ProportionMethod)>,
}

impl Answers {
    fn yes(&self, record: usize) -> Option<bool> {
        Some(self.members.contains(&self.codes[record]?))
    }
}

impl What {
    /// As a statistic of the members of a group; none for quantiles.
    pub(crate) fn quotient<'q>(&'q self, members: &'q [bool]) -> Option<Quotient<'q>> {
        let known = |y: &[f64], i: usize| Some(y[i]).filter(|y| members[i] && !y.is_nan());
        Some(match self {
            Self::Mean(y) => Quotient::mean(move |i| known(y, i)),
            Self::Total(y) => Quotient::total(move |i| known(y, i)),
            Self::Ratio(a, b) => Quotient::ratio(move |i| known(a, i).zip(known(b, i))),
            Self::Share(of) => Quotient::share(move |i| of.yes(i).filter(|_| members[i])),
            Self::Headcount(of) => Quotient::total(move |i| {
                let yes = of.yes(i).filter(|_| members[i])?;
                Some(f64::from(u8::from(yes)))
            }),
            Self::Quantile(..) => return None,
        })
    }

    fn estimate(&self, study: &Study<'_>, members: &[bool]) -> Result<Estimate, String> {
        let found = match (self, self.quotient(members)) {
            (_, Some(quotient)) => study.estimate(&quotient),
            (Self::Quantile(y, place), None) => study.quantile(&within(y, members), *place),
            _ => return Err("there is no such statistic".to_owned()),
        };
        found.map_err(|why| why.to_string())
    }
}

impl Wanted {
    /// A row for each number and group, from the records.
    pub(crate) fn rows(&self, world: &World<'_>) -> Result<Vec<Row>, String> {
        let mut rows = Vec::new();
        for number in &self.numbers {
            for group in &self.groups {
                let mut row = number.row.clone().group(&self.by, &group.labels);
                for (called, method) in &self.intervals {
                    let study = world.study.with(Self::conventions(world, *method));
                    let estimate = number.what.estimate(&study, &group.members)?;
                    let estimate = counting_all(estimate, *method, world);
                    let estimate = match number.what.quotient(&group.members) {
                        Some(share) if *method == ProportionMethod::Logit => {
                            by_logits(estimate, &share, world)?
                        }
                        _ => estimate,
                    };
                    row = with_estimate(row, &estimate, called);
                }
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// Whether the figures are such as R alone has, which no run publishes: logit limits
    /// by replicates, records without weight, and other readings of a case.
    pub(crate) fn is_only_of_records(&self, world: &World<'_>) -> bool {
        let logit = self.intervals.iter().any(|(_, method)| *method == ProportionMethod::Logit);
        let by_replicates = logit || world.is(Other::Freedom);
        let weightless = world.study.weights().contains(&0.0);
        weightless || world.is(Other::AllRecords) || (world.has_replicates() && by_replicates)
    }

    /// The conventions of the case with a method of intervals.
    pub(crate) fn conventions(world: &World<'_>, share: ProportionMethod) -> Conventions {
        Conventions { share, ..world.conventions }
    }
}

/// The interval of Korn and Graubard with all records in n, as R has it where weights were
/// calibrated, if that is how the case is read.
fn counting_all(estimate: Estimate, method: ProportionMethod, world: &World<'_>) -> Estimate {
    let is_meant = world.is(Other::AllRecords) && method == ProportionMethod::KornGraubardBeta;
    let Some(variance) = estimate.variance.filter(|_| is_meant) else { return estimate };
    let answered = world.data().rows as f64;
    let proportion = Proportion {
        p: estimate.value,
        variance,
        freedom: estimate.freedom,
        answered,
        fallback: answered,
        at_most: None,
    };
    let limits = proportion.interval(method, world.conventions.level);
    Estimate { interval: limits.map(|limits| (limits.low, limits.high)), ..estimate }
}

/// ln p/(1−p) of a share p.
struct LogOdds<'s>(Quotients<'s, 's>);

impl Statistic for LogOdds<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let odds = |p: &f64| libm::log(p / (1.0 - p));
        Some(self.0.at(weights)?.iter().map(odds).collect())
    }

    fn influence(&self, figure: usize, values: &[f64], weights: &[f64]) -> Vec<f64> {
        self.0.influence(figure, values, weights)
    }

    fn holds(&self, record: usize) -> bool {
        self.0.holds(record)
    }
}

/// The logit interval from the logit in each replicate: R fits a model to each.
fn by_logits(
    estimate: Estimate,
    share: &Quotient<'_>,
    world: &World<'_>,
) -> Result<Estimate, String> {
    if !world.has_replicates() || share.kind != Kind::Share {
        return Ok(estimate);
    }
    let figures = world.figures(&LogOdds(Quotients(std::slice::from_ref(share))))?;
    let limits = figures.estimate(0, world.conventions.level).interval;
    let back = |x: f64| 1.0 / (1.0 + libm::exp(-x));
    Ok(Estimate { interval: limits.map(|(low, high)| (back(low), back(high))), ..estimate })
}

/// The figures of an estimate, its interval under a name.
pub(crate) fn with_estimate(row: Row, estimate: &Estimate, called: &str) -> Row {
    let list = |value: Option<f64>| value.into_iter().collect();
    let ends = estimate.interval.map_or(Vec::new(), |(low, high)| vec![low, high]);
    let method = called.strip_prefix("ci").unwrap_or_default();
    let end = |place: usize| ends.get(place).copied().into_iter().collect::<Vec<f64>>();
    let se = estimate.variance.map(f64::sqrt);
    row.with("est", estimate.value)
        .with("df", estimate.freedom)
        .with("n", estimate.base as f64)
        .with_list("se", list(se))
        .with_list("var", list(estimate.variance))
        .with_list("cv", list(se.map(|se| se / estimate.value.abs())))
        .with_list("deff", list(estimate.effect))
        .with_list(&format!("low{method}"), end(0))
        .with_list(&format!("high{method}"), end(1))
        .with_list(called, ends)
}
