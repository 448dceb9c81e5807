//! What a model says in words that readers know: ratios, and average differences.
//!
//! Takes a [`Model`], its [`Fit`] or coefficients, and weights; gives figures with the
//! influence of each record, so that their covariance comes from the design as that of
//! any other figure.

use super::family::Family;
use super::formula::Problem;
use super::glm::Fit;
use super::matrix::{Changed, Model, Slopes};
use super::refusal::Refusal;
use super::values::Columns;
use crate::stats::distribution::{Distribution, StudentT};

/// exp(coefficient) with its interval: an odds ratio under the logistic link, a ratio of
/// rates under the logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// exp(b).
    pub ratio: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// The ratio of a coefficient with Wald's interval, exp(b ± t·se), symmetric before the
/// exponential (R: `exp(confint(model))`). `None` unless the standard error is above 0,
/// the degrees of freedom are above 0 and 0 < `level` < 1.
#[must_use]
pub fn ratio(coefficient: f64, se: f64, freedom: f64, level: f64) -> Option<Ratio> {
    let t = StudentT::new(freedom)?.upper_quantile((1.0 - level) / 2.0)?;
    let at = |t: f64| libm::exp(coefficient + t * se);
    let ratio = Ratio { ratio: at(0.0), low: at(-t), high: at(t) };
    (se > 0.0 && ratio.high.is_finite()).then_some(ratio)
}

/// exp(coefficient) alone, which exists without a standard error too.
#[must_use]
pub fn exponential(coefficient: f64) -> f64 {
    libm::exp(coefficient)
}

/// What an average effect compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contrast {
    /// All at a level with all at the reference.
    Level {
        /// The level.
        level: String,
        /// The reference.
        reference: String,
    },
    /// The slope: the difference that goes with one more, for small steps.
    Slope,
}

/// What there is to average: a variable and a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The variable as the formula has it, or for a slope the column of the data.
    pub variable: String,
    /// The comparison.
    pub contrast: Contrast,
    changed: Option<(Changed, Changed)>,
}

/// An average effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The average, in units of the response: for yes and no, of shares.
    pub value: f64,
    /// By record: its derivative with respect to the record's weight.
    pub influence: Vec<f64>,
}

impl Model {
    /// The average effects that the model has: each level of each categorical variable
    /// against the reference, then the slope of each column that stands as a number.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        let levels = (0..self.formula.variables.len()).flat_map(|v| self.comparisons(v));
        let mut names = Vec::new();
        for (place, variable) in self.formula.variables.iter().enumerate() {
            if self.levels(place).is_none() {
                variable.expression.names(&mut names);
            }
        }
        let slope = |name: &&str| Question {
            variable: (*name).to_owned(),
            contrast: Contrast::Slope,
            changed: None,
        };
        levels.chain(names.iter().map(slope)).collect()
    }

    fn comparisons(&self, variable: usize) -> Vec<Question> {
        let Some((reference, others)) = self.levels(variable).and_then(<[_]>::split_first)
        else {
            return Vec::new();
        };
        let label = self.formula.variables.get(variable).map_or("", |v| &v.label);
        let question = |(level, name): (usize, &String)| Question {
            variable: label.to_owned(),
            contrast: Contrast::Level { level: name.clone(), reference: reference.clone() },
            changed: Some((Changed { variable, level }, Changed { variable, level: 0 })),
        };
        (1..).zip(others).map(question).collect()
    }

    /// The average effect that a question asks for, over the records used, with the
    /// influence of each record: Σ wᵢ dᵢ / Σ wᵢ, where dᵢ is the difference between two
    /// predictions for the record (Graubard and Korn 1999, "Predictive margins with survey
    /// data"), or the slope of its prediction. The influence is that of the average at
    /// given coefficients plus that of the coefficients times the average's gradient.
    ///
    /// # Errors
    /// [`Refusal::Formula`] where a column has no slope, as one that stands both as a
    /// number and as a factor; [`Refusal::Lengths`].
    pub fn effect(
        &self,
        question: &Question,
        fit: &Fit,
        columns: &Columns<'_>,
        weights: &[f64],
    ) -> Result<Effect, Refusal> {
        let average =
            self.average(question, (fit.family, &fit.coefficients), columns, weights)?;
        let total = average.total;
        let own = |(used, d): (f64, f64)| used * (d - average.value) / total;
        let pairs = average.used.iter().copied().zip(average.differences.iter().copied());
        let mut influence: Vec<f64> = pairs.map(own).collect();
        for (gradient, coefficient) in average.gradient.iter().zip(&fit.influence) {
            let parts = influence.iter_mut().zip(coefficient);
            parts.for_each(|(sum, part)| *sum += gradient * part);
        }
        Ok(Effect { value: average.value, influence })
    }

    /// The average effect at some coefficients and weights, such as those of a replicate.
    ///
    /// # Errors
    /// As [`Model::effect`].
    pub fn effect_at(
        &self,
        question: &Question,
        (family, coefficients): (Family, &[f64]),
        columns: &Columns<'_>,
        weights: &[f64],
    ) -> Result<f64, Refusal> {
        Ok(self.average(question, (family, coefficients), columns, weights)?.value)
    }

    /// Refuses a variable that cannot change while all others stay, because another is
    /// made of the same column.
    fn alone(&self, place: usize) -> Result<(), Refusal> {
        let Some(variable) = self.formula.variables.get(place) else { return Ok(()) };
        let (mut own, mut others) = (Vec::new(), Vec::new());
        variable.expression.names(&mut own);
        for (_, other) in self.formula.variables.iter().enumerate().filter(|(k, _)| *k != place)
        {
            other.expression.names(&mut others);
        }
        if !own.iter().any(|name| others.contains(name)) {
            return Ok(());
        }
        let message = format!("`{}` does not change alone", variable.label);
        let problem = Problem::new(variable.expression.at.clone(), message);
        Err(problem.help("let each column stand in one variable only").into())
    }

    fn average(
        &self,
        question: &Question,
        (family, coefficients): (Family, &[f64]),
        columns: &Columns<'_>,
        weights: &[f64],
    ) -> Result<Average, Refusal> {
        if weights.len() != self.used().len() {
            return Err(Refusal::Lengths);
        }
        let slopes = match question.changed {
            None => Some(Slopes::new(self, &question.variable, columns)?),
            Some((changed, _)) => {
                self.alone(changed.variable)?;
                None
            }
        };
        let mut average = Average::new(weights.len(), coefficients.len());
        for (record, (weight, used)) in weights.iter().zip(self.used()).enumerate() {
            if !used || *weight <= 0.0 {
                average.skip();
                continue;
            }
            let (difference, gradient) = match (&slopes, question.changed) {
                (Some(slopes), _) => {
                    slope(&self.row(record, None), &slopes.row(record), family, coefficients)
                }
                (None, changed) => {
                    let at = |changed| at(&self.row(record, changed), family, coefficients);
                    let (to, from) = (at(changed.map(|c| c.0)), at(changed.map(|c| c.1)));
                    (to.0 - from.0, less(&to.1, &from.1))
                }
            };
            average.add(*weight, difference, &gradient);
        }
        average.divided()
    }
}

/// The prediction for a row, and its derivatives by coefficient.
fn at(row: &[f64], family: Family, coefficients: &[f64]) -> (f64, Vec<f64>) {
    let sum = dot(row, coefficients);
    let slope = family.slope(sum);
    (family.mean(sum), row.iter().map(|x| slope * x).collect())
}

/// The slope of the prediction for a row, and its derivatives by coefficient.
fn slope(row: &[f64], slopes: &[f64], family: Family, coefficients: &[f64]) -> (f64, Vec<f64>) {
    let (sum, inner) = (dot(row, coefficients), dot(slopes, coefficients));
    let (slope, bend) = (family.slope(sum), family.curvature(sum) * inner);
    let gradient = row.iter().zip(slopes).map(|(x, dx)| bend * x + slope * dx).collect();
    (slope * inner, gradient)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn less(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// A weighted average of differences, while it is made and when it is done.
struct Average {
    value: f64,
    gradient: Vec<f64>,
    total: f64,
    /// By record: its difference, and 1 if it counts.
    differences: Vec<f64>,
    used: Vec<f64>,
}

impl Average {
    fn new(records: usize, coefficients: usize) -> Self {
        Self {
            value: 0.0,
            gradient: vec![0.0; coefficients],
            total: 0.0,
            differences: Vec::with_capacity(records),
            used: Vec::with_capacity(records),
        }
    }

    fn skip(&mut self) {
        self.differences.push(0.0);
        self.used.push(0.0);
    }

    fn add(&mut self, weight: f64, difference: f64, gradient: &[f64]) {
        self.value += weight * difference;
        self.total += weight;
        self.gradient.iter_mut().zip(gradient).for_each(|(sum, part)| *sum += weight * part);
        self.differences.push(difference);
        self.used.push(1.0);
    }

    fn divided(mut self) -> Result<Self, Refusal> {
        if self.total <= 0.0 {
            return Err(Refusal::FewRecords { records: 0, coefficients: self.gradient.len() });
        }
        self.value /= self.total;
        for value in &mut self.gradient {
            *value /= self.total;
        }
        Ok(self)
    }
}
