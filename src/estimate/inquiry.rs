//! Single asks of a sample: one statistic of one variable, overall or by the answers of a
//! question.
//!
//! Takes a sample and the names of its variables, gives an estimate for each group. What a
//! run publishes is made of the same parts, by `block`, which asks for many statistics of
//! the same sums.

use std::fmt;

use super::answers::{self, Ask};
use super::conventions::Conventions;
use super::linear::Linear;
use super::quantile::{Place, Sorted};
use super::survey::Survey;
use super::{Estimate, independence, numbers};
use crate::frame;
use crate::prepare::{Layers, Sample};
use crate::questionnaire::{Measure, Question, Variable};
use crate::stats::test::RaoScott;
use crate::stats::{Interval, ProportionMethod};
use crate::tally::{self, Groups, Moments, Sums};

/// A sample that is asked, and the conventions of the answers.
#[derive(Clone, Debug)]
pub struct Inquiry<'a> {
    pub(super) sample: &'a Sample,
    pub(super) survey: Survey<'a>,
    pub(super) conventions: Conventions,
}

/// Why an ask has no answer, whatever the numbers are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// There is no such variable.
    Unknown(String),
    /// It is no number, and its answers have no scores.
    NoNumber(String),
    /// It has no list of answers.
    NoAnswers(String),
    /// It is not a question with one answer of a list, so that it makes no groups.
    NoGroups(String),
}

impl fmt::Display for Unanswerable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => write!(f, "there is no variable `{name}`"),
            Self::NoNumber(name) => {
                write!(f, "`{name}` is no number, and its answers have no scores")
            }
            Self::NoAnswers(name) => write!(f, "`{name}` has no list of answers"),
            Self::NoGroups(name) => {
                write!(f, "`{name}` is not a question with one answer of a list")
            }
        }
    }
}

impl std::error::Error for Unanswerable {}

const PROFILE: ProportionMethod = ProportionMethod::ProfileLikelihood;

/// One estimate for each group, none where nobody answered; or why there are none at all.
pub type Asked = Result<Vec<Option<Estimate>>, Unanswerable>;

/// Sums by group, of whichever kind a variable has.
enum Counted {
    Answers(Sums, Ask),
    Numbers(Moments),
}

impl<'a> Inquiry<'a> {
    /// Makes ready to ask a sample.
    #[must_use]
    pub fn new(sample: &'a Sample, conventions: Conventions) -> Self {
        Self { sample, survey: Survey::of(sample.design()), conventions }
    }

    /// The mean of a number, or of the scores of a question's answers.
    ///
    /// # Errors
    /// If a name is unknown, or the variable has no numbers.
    pub fn mean(&self, variable: &str, by: Option<&str>) -> Asked {
        let means = self.means(variable, by)?;
        Ok(means.iter().map(|mean| mean.as_ref().map(|mean| self.number(mean))).collect())
    }

    /// The total of a number, or of the scores of a question's answers.
    ///
    /// # Errors
    /// If a name is unknown, or the variable has no numbers.
    pub fn total(&self, variable: &str, by: Option<&str>) -> Asked {
        let groups = self.groups(by)?;
        Ok(match self.numeric(variable, groups)? {
            Counted::Answers(sums, ask) => each(groups, |group| {
                Some(self.number(&answers::total(&sums, &[(group, &ask)])?))
            }),
            Counted::Numbers(moments) => {
                each(groups, |group| Some(self.number(&numbers::total(&moments, group)?)))
            }
        })
    }

    /// The share of those who gave one of the answers `members`; in a multiple response,
    /// of those who picked the first of them.
    ///
    /// # Errors
    /// If a name is unknown, or the variable has no list of answers.
    pub fn share(&self, variable: &str, members: &[usize], by: Option<&str>) -> Asked {
        let groups = self.groups(by)?;
        let (sums, ask) = self.listed(variable, members, groups)?;
        Ok(each(groups, |group| {
            let share = answers::ratio(&sums, group, &ask)?;
            let count = ask.count(&sums, group);
            let estimate = share.share(count, &self.survey, &self.conventions);
            if !self.conventions.as_in_r || estimate.method != PROFILE.name() {
                return Some(estimate);
            }
            let limits = self.profile_in_r(&share, variable, members, (groups, group));
            Some(estimate.within(limits, PROFILE.name()))
        }))
    }

    /// How many of the population would give one of the answers `members`.
    ///
    /// # Errors
    /// If a name is unknown, or the variable has no list of answers.
    pub fn headcount(&self, variable: &str, members: &[usize], by: Option<&str>) -> Asked {
        let groups = self.groups(by)?;
        let (sums, ask) = self.listed(variable, members, groups)?;
        let total = |group| Some(self.number(&answers::total(&sums, &[(group, &ask)])?));
        Ok(each(groups, total))
    }

    /// The ratio of the totals of two numbers, over those who gave both.
    ///
    /// # Errors
    /// If a name is unknown, or a variable is no number.
    pub fn ratio(&self, numerator: &str, denominator: &str, by: Option<&str>) -> Asked {
        let groups = self.groups(by)?;
        let (above, below) = (self.values(numerator)?, self.values(denominator)?);
        let of = (self.sample, &self.survey);
        let ratio = |group| numbers::ratio(of, above, below, (groups, group));
        Ok(each(groups, |group| Some(self.number(&ratio(group)?))))
    }

    /// A quantile of a number.
    ///
    /// # Errors
    /// If a name is unknown, or the variable is no number.
    pub fn quantile(&self, variable: &str, place: Place, by: Option<&str>) -> Asked {
        let groups = self.groups(by)?;
        let values = self.values(variable)?;
        let layers = Layers::of(self.sample.design());
        Ok(each(groups, |group| {
            let sorted = Sorted::of(self.sample, values, groups, group)?;
            sorted.quantile(place, &layers, &self.survey, &self.conventions)
        }))
    }

    /// The mean in one group of `by` minus that in another.
    ///
    /// # Errors
    /// If a name is unknown, or the variable has no numbers.
    pub fn difference(
        &self,
        variable: &str,
        by: &str,
        (group, other): (usize, usize),
    ) -> Result<Option<Estimate>, Unanswerable> {
        let means = self.means(variable, Some(by))?;
        let pick = |group: usize| means.get(group).and_then(Option::as_ref);
        let difference = pick(group).zip(pick(other)).map(|(a, b)| a.minus(b));
        Ok(difference.map(|difference| self.number(&difference)))
    }

    /// Rao and Scott's second-order test of independence of two questions, over those who
    /// answered both; none if there is nothing to test.
    ///
    /// # Errors
    /// If a name is unknown, or a variable has no list of answers.
    pub fn independence(
        &self,
        rows: &str,
        columns: &str,
    ) -> Result<Option<RaoScott>, Unanswerable> {
        let groups = self.groups(Some(columns))?;
        let (sums, _) = self.listed(rows, &[], groups)?;
        Ok(independence::test(&sums, groups.count, &self.survey, self.conventions.freedom))
    }

    fn number(&self, linear: &Linear) -> Estimate {
        linear.number(&self.survey, &self.conventions)
    }

    /// The groups that the answers of a question make; everybody if there is none.
    fn groups(&self, by: Option<&str>) -> Result<Groups<'a>, Unanswerable> {
        let Some(by) = by else { return Ok(Groups::everybody()) };
        let variable = self.variable(by)?;
        let unfit = || Unanswerable::NoGroups(by.to_owned());
        if variable.measure != Measure::Category {
            return Err(unfit());
        }
        let answers = self.question(&variable).answers.len();
        Groups::answers(self.sample, &variable.name, answers).ok_or_else(unfit)
    }

    fn means(
        &self,
        variable: &str,
        by: Option<&str>,
    ) -> Result<Vec<Option<Linear>>, Unanswerable> {
        let groups = self.groups(by)?;
        let counted = self.numeric(variable, groups)?;
        let mean = |group| match &counted {
            Counted::Answers(sums, ask) => answers::ratio(sums, group, ask),
            Counted::Numbers(moments) => numbers::mean(moments, group),
        };
        Ok((0..groups.count).map(mean).collect())
    }

    /// The sums of a number, or of the scores of a question's answers.
    fn numeric(&self, name: &str, groups: Groups<'_>) -> Result<Counted, Unanswerable> {
        let variable = self.variable(name)?;
        let scores: Vec<Option<f64>> =
            self.question(&variable).answers.iter().map(|a| a.score.map(|s| s.0)).collect();
        let counted = match variable.measure {
            Measure::Number => {
                tally::numbers(self.sample, &variable.name, groups).map(Counted::Numbers)
            }
            Measure::Category if scores.iter().any(Option::is_some) => {
                tally::answers(self.sample, &variable.name, scores.len(), groups)
                    .map(|sums| Counted::Answers(sums, Ask::mean(&scores)))
            }
            _ => None,
        };
        counted.ok_or_else(|| Unanswerable::NoNumber(name.to_owned()))
    }

    /// The sums of a question's answers, and the ask for the share of some of them.
    fn listed(
        &self,
        name: &str,
        members: &[usize],
        groups: Groups<'_>,
    ) -> Result<(Sums, Ask), Unanswerable> {
        let variable = self.variable(name)?;
        let question = self.question(&variable);
        let (column, members, answers) = match (variable.measure, members.first()) {
            (Measure::Category, _) => (variable.name.clone(), members, question.answers.len()),
            (Measure::Flags, Some(first)) if *first < question.answers.len() => {
                (question.flag(*first), [1].as_slice(), 2)
            }
            _ => return Err(Unanswerable::NoAnswers(name.to_owned())),
        };
        tally::answers(self.sample, &column, answers, groups)
            .map(|sums| (sums, Ask::share(members, answers)))
            .ok_or_else(|| Unanswerable::NoAnswers(name.to_owned()))
    }

    /// The interval by which R approximates the profile likelihood, which needs the weights
    /// of those who gave the answer and of the others.
    fn profile_in_r(
        &self,
        share: &Linear,
        variable: &str,
        members: &[usize],
        (groups, group): (Groups<'_>, usize),
    ) -> Option<Interval> {
        let variable = self.variable(variable).ok()?;
        let answers = self.question(&variable).answers.len();
        let codes = frame::codes(self.sample.frame(), &variable.name)?;
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for (row, weight) in self.sample.design().weights.iter().enumerate() {
            let code = codes.get(row);
            if code < answers && groups.get(row) == group {
                let list = if members.contains(&code) { &mut yes } else { &mut no };
                list.push(*weight);
            }
        }
        let freedom = share.base.freedom(&self.survey, &self.conventions);
        let proportion = share.proportion(&self.survey, &self.conventions, freedom)?;
        proportion.profile_as_in_r(self.conventions.level, &yes, &no)
    }

    fn values(&self, name: &str) -> Result<&'a [f64], Unanswerable> {
        let variable = self.variable(name)?;
        frame::numbers(self.sample.frame(), &variable.name)
            .ok_or_else(|| Unanswerable::NoNumber(name.to_owned()))
    }

    fn variable(&self, name: &str) -> Result<Variable, Unanswerable> {
        let found = self.sample.questionnaire().variable(name);
        found.ok_or_else(|| Unanswerable::Unknown(name.to_owned()))
    }

    fn question(&self, variable: &Variable) -> &'a Question {
        &self.sample.questionnaire().questions[variable.question]
    }
}

/// One estimate for each group.
fn each(
    groups: Groups<'_>,
    estimate: impl Fn(usize) -> Option<Estimate>,
) -> Vec<Option<Estimate>> {
    (0..groups.count).map(estimate).collect()
}
