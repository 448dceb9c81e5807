//! A regression model of a file without a schema: its coefficients, the ratios that they
//! are under a logarithm, and average effects, each a [`Row`].
//!
//! The variance of each comes from the design, as that of any other figure. Never says that
//! one thing leads to another: [`crate::stats::model::ASSOCIATION`] goes with the rows.

use super::groups::{Domain, Group};
use super::{Level, Row, codes};
use crate::diagnostic::{Failure, Finding, Findings, Kind as End, Place};
use crate::estimate::Estimate;
use crate::estimate::study::{self, Coefficients, Figures, Study, Unmeasured};
use crate::prepare::Plain;
use crate::stats::distribution::{Distribution, StudentT};
use crate::stats::interval::Interval;
use crate::stats::model::formula::Variable;
use crate::stats::model::{
    Choices, Column, Columns, Contrast, Family, Formula, Link, Model, Question, Refusal,
    Regression, Stop, exponential, ratio,
};

/// A model that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The formula as it was written.
    pub text: String,
    /// What it says.
    pub formula: Formula,
    /// The family; the response decides if there is none.
    pub family: Option<Family>,
    /// Variables and their reference levels.
    pub references: Vec<(String, String)>,
    /// The answer of the response that counts as 1.
    pub success: Option<String>,
}

/// What a model was, for readers.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// The formula as it was written.
    pub text: String,
    /// The family.
    pub family: Family,
    /// Whether the response decided about the family.
    pub decided: bool,
    /// The answer that counts as 1, or that alone does not.
    pub success: Option<(String, bool)>,
    /// The reference level of each variable that has levels.
    pub references: Vec<(String, String)>,
}

/// What a figure of a model is, and its test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    /// What it is.
    pub kind: Kind,
    /// Student's t of the coefficient, or of the effect; none without a standard error.
    pub t: Option<f64>,
    /// P(|T| ≥ |t|) if it were zero, or the ratio one.
    pub p: Option<f64>,
}

/// What a figure of a model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A coefficient.
    Coefficient,
    /// The exponential of a coefficient: an odds ratio, or a ratio of rates.
    Ratio,
    /// An average effect, in units of the response.
    Effect,
}

/// The rows of a model for each group, and what the model of the first was.
///
/// # Errors
/// [`End::Input`] if there is no such model in some group.
pub(super) fn rows(
    asked: &Asked,
    plain: &Plain,
    domain: &Domain,
    (study, level): (&Study<'_>, f64),
    findings: &mut Findings,
) -> Result<(Vec<Row>, Option<Described>), Failure> {
    let (mut rows, mut described) = (Vec::new(), None);
    for group in domain.groups() {
        let inside: Vec<bool> = (0..plain.rows).map(|i| domain.is_in(i, group)).collect();
        let columns = columns(asked, plain);
        let of = OfGroup { asked, columns, study, level, inside, group };
        let (found, what) = of.rows(findings).map_err(|why| {
            let finding = refused(&why, asked, group).at(Place::file(&plain.file));
            Failure::because(findings, End::Input, finding)
        })?;
        rows.extend(found);
        described.get_or_insert(what);
    }
    Ok((rows, described))
}

/// The columns of the formula.
fn columns<'a>(asked: &'a Asked, plain: &'a Plain) -> Vec<(&'a str, Column<'a>)> {
    let column = |name: &'a str| {
        let column = plain.column(name)?;
        Some(match &column.numbers {
            Some(numbers) => (name, Column::Numbers(numbers)),
            None => (name, Column::Answers { codes: &column.codes, labels: &column.labels }),
        })
    };
    asked.formula.columns().into_iter().filter_map(column).collect()
}

/// Why there is no model.
enum Why {
    Refused(Refusal),
    Unmeasured(Unmeasured),
    /// A success is named, and the response has no answers.
    NoAnswers,
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Unmeasured> for Why {
    fn from(unmeasured: Unmeasured) -> Self {
        Self::Unmeasured(unmeasured)
    }
}

fn refused(why: &Why, asked: &Asked, group: &Group) -> Finding {
    let text = &asked.text;
    let of = match group.labels.join(", ") {
        labels if labels.is_empty() => String::new(),
        labels => format!(" in the group {labels}"),
    };
    let headline = format!("there is no such model{of}: `{text}`");
    let finding = Finding::new(&codes::MODEL, headline);
    let refusal = match why {
        Why::Refused(refusal) => refusal,
        Why::Unmeasured(Unmeasured::Replicates(count)) => {
            let because = format!("it does not exist at the weights of {count} replicates");
            return finding.because(because).help("leave terms out or join levels");
        }
        Why::NoAnswers => {
            let because = "`--success` names an answer, and the response has none";
            return finding.because(because).help("leave `--success` out");
        }
        Why::Unmeasured(why) => return finding.because(why.to_string()),
    };
    let because = match refusal {
        Refusal::Formula(problem) => {
            let part = text.get(problem.at.clone()).unwrap_or_default();
            format!("{}, at `{part}`", refusal.reason())
        }
        _ => refusal.reason(),
    };
    let finding = finding.because(because);
    let remedy = refusal.remedy();
    match (refusal, remedy) {
        (Refusal::ManyAnswers(_), Some(remedy)) => {
            finding.help(format!("add `--success`: {remedy}"))
        }
        (_, Some(remedy)) => finding.help(remedy),
        (_, None) => finding,
    }
}

/// A model of one group.
struct OfGroup<'a> {
    asked: &'a Asked,
    columns: Vec<(&'a str, Column<'a>)>,
    study: &'a Study<'a>,
    /// The confidence level.
    level: f64,
    inside: Vec<bool>,
    group: &'a Group,
}

impl OfGroup<'_> {
    fn rows(&self, findings: &mut Findings) -> Result<(Vec<Row>, Described), Why> {
        let model = self.model()?;
        let family = self.family(&model);
        let regression = Regression::new(&model, family, Stop::Settled)?;
        if self.asked.success.is_some() && model.success().is_none() {
            return Err(Why::NoAnswers);
        }
        let weights = self.study.weights();
        let coefficients = Coefficients::new(&regression, weights, model.used())?;
        let mut figures = self.study.figures(&coefficients)?;
        let freedom = coefficients.fit().freedom(figures.freedom);
        figures.freedom = freedom;
        let mut rows = self.coefficients(&model, &figures);
        if family != Family::Gaussian {
            rows.extend(self.ratios(&model, family, &figures));
        }
        let questions = self.questions(&model, &coefficients, findings);
        let effects =
            Effects { of: &coefficients, model: &model, questions, columns: &self.columns };
        if !effects.questions.is_empty() {
            let figures = Figures { freedom, ..self.study.figures(&effects)? };
            rows.extend(self.effects(&effects.questions, &figures));
        }
        Ok((rows, self.described(&model, family)))
    }

    fn model(&self) -> Result<Model, Refusal> {
        let references: Vec<(&str, &str)> = self
            .asked
            .references
            .iter()
            .map(|(variable, level)| (variable.as_str(), level.as_str()))
            .collect();
        let choices = Choices {
            domain: Some(&self.inside),
            references: &references,
            success: self.asked.success.as_deref(),
            keep_empty_levels: false,
        };
        Model::new(&self.asked.formula, &self.columns, &choices)
    }

    fn family(&self, model: &Model) -> Family {
        let usual = if model.is_of_answers() {
            Family::Binomial(Link::Logit)
        } else {
            Family::Gaussian
        };
        self.asked.family.unwrap_or(usual)
    }

    fn described(&self, model: &Model, family: Family) -> Described {
        let variables = self.asked.formula.variables.iter().enumerate();
        let reference = |(place, variable): (usize, &Variable)| {
            let level = model.levels(place)?.first()?;
            Some((variable.label.clone(), level.clone()))
        };
        Described {
            text: self.asked.text.clone(),
            family,
            decided: self.asked.family.is_none(),
            success: model.success().map(|(answer, is)| (answer.to_owned(), is)),
            references: variables.filter_map(reference).collect(),
        }
    }

    fn row(
        &self,
        (variable, level): (String, Option<String>),
        (figure, tested): (Estimate, Tested),
    ) -> Row {
        Row {
            variable,
            level: level.map(Level::Label),
            by: self.group.labels.clone(),
            figure: Ok(figure),
            tested: Some(tested),
        }
    }

    fn coefficients(&self, model: &Model, figures: &Figures) -> Vec<Row> {
        let names = model.terms_and_levels().into_iter().enumerate();
        let row =
            |(place, name)| self.row(name, self.tested(figures, place, Kind::Coefficient));
        names.map(row).collect()
    }

    /// The exponential of each coefficient but the intercept, which compares nothing.
    fn ratios(&self, model: &Model, family: Family, figures: &Figures) -> Vec<Row> {
        let names = model.terms_and_levels().into_iter().enumerate();
        let slopes = names.skip(usize::from(self.asked.formula.intercept));
        let logarithm = matches!(family, Family::Poisson | Family::Binomial(Link::Logit));
        let row = |(place, name)| {
            let (estimate, tested) = self.tested(figures, place, Kind::Ratio);
            self.row(name, (as_ratio(&estimate, self.level), tested))
        };
        slopes.filter(|_| logarithm).map(row).collect()
    }

    fn effects(&self, questions: &[Question], figures: &Figures) -> Vec<Row> {
        let row = |(place, question): (usize, &Question)| {
            let level = match &question.contrast {
                Contrast::Level { level, .. } => Some(level.clone()),
                Contrast::Slope => None,
            };
            let name = (question.variable.clone(), level);
            self.row(name, self.tested(figures, place, Kind::Effect))
        };
        questions.iter().enumerate().map(row).collect()
    }

    /// A figure with its interval, and its test.
    fn tested(&self, figures: &Figures, place: usize, kind: Kind) -> (Estimate, Tested) {
        let estimate = figures.estimate(place, self.level);
        let se = estimate.variance.map(f64::sqrt).filter(|se| *se > 0.0);
        let t = se.map(|se| estimate.value / se);
        let beyond = |t: f64| Some(2.0 * StudentT::new(figures.freedom)?.upper(t.abs()));
        (estimate, Tested { kind, t, p: t.and_then(beyond) })
    }

    /// The average effects that there are and that say more than the coefficients; of the
    /// others it is said why there is none.
    fn questions(
        &self,
        model: &Model,
        coefficients: &Coefficients<'_>,
        findings: &mut Findings,
    ) -> Vec<Question> {
        let fit = coefficients.fit();
        if fit.family == Family::Gaussian && is_of_sums(&self.asked.formula) {
            return Vec::new();
        }
        let (weights, at) = (self.study.weights(), (fit.family, fit.coefficients.as_slice()));
        let mut questions = model.questions();
        questions.retain(|question| {
            match model.effect_at(question, at, &self.columns, weights) {
                Ok(_) => true,
                Err(why) => {
                    findings.push(no_effect(question, &why));
                    false
                }
            }
        });
        questions
    }
}

/// Whether the average effects of a linear model are its coefficients.
fn is_of_sums(formula: &Formula) -> bool {
    let alone = formula.terms.iter().all(|term| term.variables.len() == 1);
    let unchanged = formula.variables.iter().all(|variable| variable.column().is_some());
    formula.intercept && alone && unchanged
}

fn no_effect(question: &Question, why: &Refusal) -> Finding {
    let headline = format!("`{}` has no average effect", question.variable);
    let finding = Finding::new(&codes::NO_EFFECT, headline).because(why.reason());
    match why.remedy() {
        Some(remedy) => finding.help(remedy),
        None => finding,
    }
}

/// The exponential, with the exponentials of the limits. It has no standard error: that of
/// the coefficient is on another scale.
fn as_ratio(coefficient: &Estimate, level: f64) -> Estimate {
    let se = coefficient.variance.map_or(0.0, f64::sqrt);
    let found = ratio(coefficient.value, se, coefficient.freedom, level);
    let limits = found.map(|found| Interval { low: found.low, high: found.high });
    let value = exponential(coefficient.value);
    let ratio = Estimate { value, variance: None, interval: None, ..coefficient.clone() };
    ratio.within(limits, coefficient.method)
}

/// The average effects of a model as a statistic.
struct Effects<'a> {
    of: &'a Coefficients<'a>,
    model: &'a Model,
    questions: Vec<Question>,
    columns: &'a Columns<'a>,
}

impl study::Statistic for Effects<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let coefficients = self.of.at(weights)?;
        let at = (self.of.fit().family, coefficients.as_slice());
        let effect = |question| self.model.effect_at(question, at, self.columns, weights).ok();
        self.questions.iter().map(effect).collect()
    }

    fn influence(&self, figure: usize, _: &[f64], weights: &[f64]) -> Vec<f64> {
        let question = self.questions.get(figure);
        let effect = question.and_then(|question| {
            self.model.effect(question, self.of.fit(), self.columns, weights).ok()
        });
        effect.map_or_else(|| vec![0.0; weights.len()], |effect| effect.influence)
    }

    fn holds(&self, record: usize) -> bool {
        self.of.holds(record)
    }
}
