//! Asks of a file without a schema: a [`PlainSample`] goes in, a row for each figure comes
//! out.
//!
//! The statistics are those of [`Study`]; here are only the names of columns, groups and
//! filters, and what of them cannot be asked.

mod account;
mod groups;
mod model;

use crate::diagnostic::{Failure, Finding, Findings, Kind};
use crate::expression::Expression;
use crate::prepare::{Needed, Plain, PlainColumn, PlainSample};
use crate::stats::quantile::{Limits, Rule};

use super::conventions::Conventions;
use super::quantile::Place;
use super::study::{Quotient, Study, Unmeasured};
use super::{Estimate, codes, in_parallel};
use groups::{Domain, Group};

pub use account::Account;
pub use model::{Asked as Model, Described, Kind as ModelKind, Tested};

/// How many groups or answers are told apart at most.
const MOST: usize = 1000;

/// What is estimated of a file without a schema.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The statistic, and its columns.
    pub statistic: Statistic,
    /// The columns whose combinations are groups; none for all records together.
    pub by: Vec<String>,
    /// A condition on the records: all others are outside of the domain.
    pub filter: Option<Filter>,
    /// How uncertainty is expressed.
    pub conventions: Conventions,
}

/// A condition on records, and how it was written.
#[derive(Clone, Debug)]
pub struct Filter {
    /// As it was written.
    pub text: String,
    /// What it says.
    pub expression: Expression,
}

/// A statistic, and the columns it is of.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// Means of numbers.
    Mean(Vec<String>),
    /// Weighted sums of numbers.
    Total(Vec<String>),
    /// The share of each label.
    Proportion(Vec<String>),
    /// Quantiles of numbers, at each p.
    Quantile(Vec<String>, Vec<f64>),
    /// The ratios of the weighted sums of two numbers.
    Ratio(Vec<(String, String)>),
    /// A regression model.
    Model(Box<Model>),
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Row {
    /// The column, or two with a stroke between them.
    pub variable: String,
    /// Which share or quantile of it.
    pub level: Option<Level>,
    /// The group: its label in each column of `by`.
    pub by: Vec<String>,
    /// The figure.
    pub figure: Result<Estimate, Unmeasured>,
    /// What the figure is of a model, and its test.
    pub tested: Option<Tested>,
}

/// Which share or quantile a figure is.
#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    /// The share of this label.
    Label(String),
    /// The quantile at this p.
    Quantile(f64),
}

/// Every figure that was asked for.
#[derive(Clone, Debug)]
pub struct Answers {
    /// By column, then group, then label or p.
    pub rows: Vec<Row>,
    /// Of whom they are, and how they were made.
    pub account: Account,
    /// What the model was, if one was asked for: that of the first group.
    pub model: Option<Described>,
}

impl Ask {
    /// The columns of the file that are needed.
    #[must_use]
    pub fn needed(&self) -> Vec<Needed> {
        let need = |column: &str, numbers, why: &str| Needed {
            column: column.to_owned(),
            numbers,
            why: why.to_owned(),
        };
        let (option, numbers) = (self.statistic.option(), self.statistic.is_of_numbers());
        let mut all: Vec<Needed> = Vec::new();
        all.extend(self.statistic.columns().map(|column| need(column, numbers, option)));
        all.extend(self.by.iter().map(|column| need(column, false, "`--by`")));
        if let Some(filter) = &self.filter {
            let names = filter.expression.names().into_iter();
            all.extend(names.map(|column| need(column, false, "`--where`")));
        }
        all
    }
}

impl Statistic {
    /// Every column it is of.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let (single, pairs): (&[String], &[(String, String)]) = match self {
            Self::Mean(list)
            | Self::Total(list)
            | Self::Proportion(list)
            | Self::Quantile(list, _) => (list, &[]),
            Self::Ratio(pairs) => (&[], pairs),
            Self::Model(_) => (&[], &[]),
        };
        let pairs = pairs.iter().flat_map(|(above, below)| [above, below]);
        let formula = match self {
            Self::Model(model) => model.formula.columns(),
            _ => Vec::new(),
        };
        single.iter().chain(pairs).map(String::as_str).chain(formula)
    }

    fn is_of_numbers(&self) -> bool {
        !matches!(self, Self::Proportion(_) | Self::Model(_))
    }

    /// The option that asks for it.
    fn option(&self) -> &'static str {
        match self {
            Self::Mean(_) => "`--mean`",
            Self::Total(_) => "`--total`",
            Self::Proportion(_) => "`--proportion`",
            Self::Quantile(..) => "`--quantile`",
            Self::Ratio(_) => "`--ratio`",
            Self::Model(_) => "`--model`",
        }
    }
}

/// A figure that is computed for each group.
struct Measure<'a> {
    variable: String,
    level: Option<Level>,
    what: What<'a>,
}

/// What is computed of which values.
#[derive(Clone, Copy)]
enum What<'a> {
    Mean(&'a [f64]),
    Total(&'a [f64]),
    Share(&'a PlainColumn, u32),
    Quantile(&'a [f64], f64),
    Ratio(&'a [f64], &'a [f64]),
}

/// Answers an ask.
///
/// # Errors
/// [`Kind::Input`] if a column is of the wrong kind, makes too many groups, or the filter
/// leaves nothing.
pub fn asked(
    sample: &PlainSample,
    ask: &Ask,
    threads: usize,
    findings: &mut Findings,
) -> Result<Answers, Failure> {
    let mark = findings.list().len();
    check(sample, ask, findings);
    findings.stop_on_error_since(mark, Kind::Input)?;
    let domain = Domain::of(sample.plain(), ask, findings)?;
    let study = Study::new(sample.design(), ask.conventions);
    let account = Account::of(sample, ask, &domain);
    if let Statistic::Model(model) = &ask.statistic {
        let study = (&study, ask.conventions.level);
        let (rows, model) = model::rows(model, sample.plain(), &domain, study, findings)?;
        return Ok(Answers { rows, account, model });
    }
    let measures = measures(sample.plain(), &ask.statistic);
    let mut jobs: Vec<(&Measure<'_>, &Group)> = Vec::new();
    for column in &measures {
        for group in domain.groups() {
            jobs.extend(column.iter().map(|measure| (measure, group)));
        }
    }
    let rows =
        in_parallel(&jobs, threads, |(measure, group)| measure.row(group, &domain, &study));
    Ok(Answers { rows, account, model: None })
}

/// Looks at the columns that the statistic is of.
fn check(sample: &PlainSample, ask: &Ask, findings: &mut Findings) {
    let (plain, statistic) = (sample.plain(), &ask.statistic);
    let mut seen: Vec<&str> = Vec::new();
    for name in statistic.columns() {
        let Some(column) = plain.column(name).filter(|_| !seen.contains(&name)) else {
            continue;
        };
        seen.push(name);
        let wrong = if statistic.is_of_numbers() {
            let help = format!("for the share of each answer: `--proportion {name}`");
            plain.no_number(column, &format!("{} needs numbers", statistic.option()), &help)
        } else {
            too_many(plain, column, statistic)
        };
        if let Some(finding) = wrong {
            findings.push(finding);
        }
    }
    if matches!(statistic, Statistic::Total(_)) && sample.keys().weight.is_none() {
        findings.push(unweighted_total());
    }
}

fn too_many(plain: &Plain, column: &PlainColumn, statistic: &Statistic) -> Option<Finding> {
    let (header, count) = (&column.header, column.labels.len());
    let is_model = matches!(statistic, Statistic::Model(_));
    let option = statistic.option();
    let what = if is_model { "has a coefficient for" } else { "gives the share of" };
    let help = match column.numbers {
        Some(_) if is_model => return None,
        Some(_) => format!("for its mean or median: `--mean {header}`, `--quantile {header}`"),
        None => "name a column with few different answers".to_owned(),
    };
    (count > MOST).then(|| {
        Finding::new(&codes::MANY, format!("`{header}` has {count} different answers"))
            .at(plain.top(column))
            .because(format!("{option} {what} each, of at most {MOST}"))
            .help(help)
    })
}

fn unweighted_total() -> Finding {
    Finding::new(&codes::TOTAL, "the totals are those of the records alone")
        .because("without weights each record stands for itself")
        .help("name the column that says how many each record stands for: `--weight`")
}

/// The figures of each column, or pair of columns.
fn measures<'a>(plain: &'a Plain, statistic: &Statistic) -> Vec<Vec<Measure<'a>>> {
    let numbers = |name: &str| plain.column(name)?.numbers.as_deref();
    let one = |name: &String, what| vec![Measure { variable: name.clone(), level: None, what }];
    match statistic {
        Statistic::Mean(list) => {
            list.iter().filter_map(|name| Some(one(name, What::Mean(numbers(name)?)))).collect()
        }
        Statistic::Total(list) => list
            .iter()
            .filter_map(|name| Some(one(name, What::Total(numbers(name)?))))
            .collect(),
        Statistic::Quantile(list, places) => {
            let quantiles = |name: &String| Some(quantiles(name, numbers(name)?, places));
            list.iter().filter_map(quantiles).collect()
        }
        Statistic::Proportion(list) => {
            let shares = |name: &String| Some(shares(name, plain.column(name)?));
            list.iter().filter_map(shares).collect()
        }
        Statistic::Ratio(pairs) => {
            let ratio = |(above, below): &(String, String)| {
                let what = What::Ratio(numbers(above)?, numbers(below)?);
                Some(one(&format!("{above}/{below}"), what))
            };
            pairs.iter().filter_map(ratio).collect()
        }
        Statistic::Model(_) => Vec::new(),
    }
}

fn quantiles<'a>(name: &str, y: &'a [f64], places: &[f64]) -> Vec<Measure<'a>> {
    let quantile = |p: &f64| Measure {
        variable: name.to_owned(),
        level: Some(Level::Quantile(*p)),
        what: What::Quantile(y, *p),
    };
    places.iter().map(quantile).collect()
}

fn shares<'a>(name: &str, column: &'a PlainColumn) -> Vec<Measure<'a>> {
    let share = |(label, code): (&String, u32)| Measure {
        variable: name.to_owned(),
        level: Some(Level::Label(label.clone())),
        what: What::Share(column, code),
    };
    column.labels.iter().zip(0..).map(share).collect()
}

impl Measure<'_> {
    /// The figure of one group.
    fn row(&self, group: &Group, domain: &Domain, study: &Study<'_>) -> Row {
        Row {
            variable: self.variable.clone(),
            level: self.level.clone(),
            by: group.labels.clone(),
            figure: self.what.figure(group, domain, study),
            tested: None,
        }
    }
}

impl What<'_> {
    fn figure(
        self,
        group: &Group,
        domain: &Domain,
        study: &Study<'_>,
    ) -> Result<Estimate, Unmeasured> {
        let inside = |record: usize| domain.is_in(record, group);
        let given = |y: &[f64], record: usize| {
            let value = y.get(record).copied().filter(|y| !y.is_nan());
            value.filter(|_| inside(record))
        };
        match self {
            Self::Mean(y) => study.estimate(&Quotient::mean(|i| given(y, i))),
            Self::Total(y) => study.estimate(&Quotient::total(|i| given(y, i))),
            Self::Ratio(above, below) => {
                study.estimate(&Quotient::ratio(|i| given(above, i).zip(given(below, i))))
            }
            Self::Share(column, code) => study.estimate(&Quotient::share(|i| {
                let known = inside(i) && !column.is_missing(i);
                known.then(|| column.codes.get(i) == Some(&code))
            })),
            Self::Quantile(y, p) => {
                let y: Vec<f64> =
                    (0..y.len()).map(|i| given(y, i).unwrap_or(f64::NAN)).collect();
                study.quantile(&y, Place { p, rule: Rule::Math, limits: Limits::Mean })
            }
        }
    }
}
