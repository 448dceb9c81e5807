//! One table's numbers: its variables by its groups.

use super::median::median;
use super::ratio::{Ask, Facts, ratio};
use super::survey::{Sum, Survey};
use super::{Block, Crossed, Estimate, Group};
use crate::prepare::{Sample, net_name};
use crate::questionnaire::{Measure, Question, Variable};
use crate::stats::effective;
use crate::tally::{self, Groups, Moments, Sums};

/// Estimates a question, overall or by a banner.
pub(super) fn crossed(
    sample: &Sample,
    survey: &Survey,
    question: usize,
    banner: Option<usize>,
) -> Crossed {
    let questionnaire = sample.questionnaire();
    let variables = questionnaire.variables().into_iter().filter(|v| v.question == question);
    let asked = &questionnaire.questions[question];
    let banner_question = banner.map(|b| &questionnaire.questions[b]);
    let blocks = variables
        .map(|variable| {
            let view = View { sample, survey, question: asked, variable: &variable };
            let mut groups = view.groups(Groups::everybody());
            if let Some(banner) = banner_question {
                let by = Groups::answers(sample, &banner.id, banner.answers.len());
                groups.extend(by.map(|by| view.groups(by)).unwrap_or_default());
            }
            Block { item: variable.item, groups }
        })
        .collect();
    Crossed { question, banner, blocks }
}

struct View<'a> {
    sample: &'a Sample,
    survey: &'a Survey,
    question: &'a Question,
    variable: &'a Variable,
}

impl View<'_> {
    fn groups(&self, groups: Groups<'_>) -> Vec<Group> {
        let found = match self.variable.measure {
            Measure::Category => self.categories(groups),
            Measure::Flags => self.flags(groups),
            Measure::Number => self.numbers(groups),
            Measure::Text => None,
        };
        found.unwrap_or_else(|| vec![Group::default(); groups.count])
    }

    fn categories(&self, groups: Groups<'_>) -> Option<Vec<Group>> {
        let answers = self.question.answers.len();
        let sums = tally::answers(self.sample, &self.variable.name, answers, groups)?;
        let asks: Vec<Ask> = (0..answers).map(|k| Ask::share(&[k], answers)).collect();
        let nets: Vec<Ask> =
            self.question.nets.iter().map(|n| Ask::share(&n.members, answers)).collect();
        let scores: Vec<Option<f64>> =
            self.question.answers.iter().map(|a| a.score.map(|s| s.0)).collect();
        let mean = scores.iter().any(Option::is_some).then(|| Ask::mean(&scores));
        let group = |g| {
            let all = |asks: &[Ask]| {
                asks.iter().map(|ask| ratio(&sums, g, ask, self.survey)).collect()
            };
            Group {
                answers: all(&asks),
                nets: all(&nets),
                mean: mean.as_ref().and_then(|ask| ratio(&sums, g, ask, self.survey)),
                ..bases(&sums, g)
            }
        };
        Some((0..groups.count).map(group).collect())
    }

    fn flags(&self, groups: Groups<'_>) -> Option<Vec<Group>> {
        let columns = (0..self.question.answers.len()).map(|a| self.question.flag(a));
        let nets = self.question.nets.iter().map(|net| net_name(self.question, net));
        let picked = Ask::share(&[1], 2);
        let tally = |column: String| tally::answers(self.sample, &column, 2, groups);
        let answers: Vec<Sums> = columns.map(tally).collect::<Option<_>>()?;
        let nets: Vec<Sums> = nets.map(tally).collect::<Option<_>>()?;
        let group = |g| {
            let all = |list: &[Sums]| -> Vec<Option<Estimate>> {
                list.iter().map(|sums| ratio(sums, g, &picked, self.survey)).collect()
            };
            let base = answers.first().map(|sums| bases(sums, g)).unwrap_or_default();
            Group { answers: all(&answers), nets: all(&nets), ..base }
        };
        Some((0..groups.count).map(group).collect())
    }

    fn numbers(&self, groups: Groups<'_>) -> Option<Vec<Group>> {
        let moments = tally::numbers(self.sample, &self.variable.name, groups)?;
        let group = |g| {
            let total = moments.total(g);
            Group {
                base: total.n as u64,
                weighted: total.w,
                effective: effective::base(total.w, total.ww),
                mean: mean(&moments, g, self.survey),
                median: median(self.sample, &self.variable.name, (groups, g), self.survey),
                ..Group::default()
            }
        };
        Some((0..groups.count).map(group).collect())
    }
}

fn bases(sums: &Sums, group: usize) -> Group {
    let answers = 0..sums.answers();
    let weighted: f64 = answers.clone().map(|k| sums.weight(group, k)).sum();
    let squares: f64 = answers.clone().map(|k| sums.squared(group, k)).sum();
    Group {
        base: answers.map(|k| sums.count(group, k)).sum(),
        weighted,
        effective: effective::base(weighted, squares),
        ..Group::default()
    }
}

/// The mean of a number: z = w(y − m)/W, with Σz² from Σw²y² and its like.
fn mean(moments: &Moments, group: usize, survey: &Survey) -> Option<Estimate> {
    let total = moments.total(group);
    if total.w <= 0.0 {
        return None;
    }
    let value = total.wy / total.w;
    let layer = |layer: usize| {
        let cell = moments.cell(layer, group);
        let squares = cell.wwyy - value * (2.0 * cell.wwy - value * cell.ww);
        Sum {
            z: (cell.wy - value * cell.w) / total.w,
            squares: squares.max(0.0) / (total.w * total.w),
        }
    };
    let layers: Vec<Sum> = (0..moments.layers()).map(layer).collect();
    let members: Vec<f64> = (0..moments.layers()).map(|l| moments.cell(l, group).n).collect();
    let facts = Facts {
        value,
        variance: survey.variance(&layers),
        spread: (total.wyy / total.w - value * value).max(0.0),
        base: total.n as u64,
        total: total.w,
        squares: total.ww,
        freedom: survey.freedom(&members),
    };
    Some(facts.mean(total.n as u64))
}
