//! One table's numbers: its variables by its groups.

use super::answers::{Ask, ratio};
use super::inquiry::Inquiry;
use super::linear::people;
use super::quantile::{Place, Sorted};
use super::{Block, Crossed, Estimate, Group, numbers};
use crate::frame;
use crate::prepare::{Layers, net_name};
use crate::questionnaire::{Measure, Question, Variable};
use crate::stats::effective;
use crate::tally::{self, Groups, Sums};

/// Estimates a question, overall or by a banner.
pub(super) fn crossed(
    inquiry: &Inquiry<'_>,
    question: usize,
    banner: Option<usize>,
) -> Crossed {
    let questionnaire = inquiry.sample.questionnaire();
    let variables = questionnaire.variables().into_iter().filter(|v| v.question == question);
    let asked = &questionnaire.questions[question];
    let banner_question = banner.map(|b| &questionnaire.questions[b]);
    let blocks = variables
        .map(|variable| {
            let view = View { inquiry, question: asked, variable: &variable };
            let mut groups = view.groups(Groups::everybody());
            if let Some(banner) = banner_question {
                let by = Groups::answers(inquiry.sample, &banner.id, banner.answers.len());
                groups.extend(by.map(|by| view.groups(by)).unwrap_or_default());
            }
            Block { item: variable.item, groups }
        })
        .collect();
    Crossed { question, banner, blocks }
}

struct View<'a> {
    inquiry: &'a Inquiry<'a>,
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
        let sums = tally::answers(self.inquiry.sample, &self.variable.name, answers, groups)?;
        let asks: Vec<Ask> = (0..answers).map(|k| Ask::share(&[k], answers)).collect();
        let nets: Vec<Ask> =
            self.question.nets.iter().map(|n| Ask::share(&n.members, answers)).collect();
        let scores: Vec<Option<f64>> =
            self.question.answers.iter().map(|a| a.score.map(|s| s.0)).collect();
        let mean = scores.iter().any(Option::is_some).then(|| Ask::mean(&scores));
        let group = |g| {
            let all = |asks: &[Ask]| asks.iter().map(|ask| self.share(&sums, g, ask)).collect();
            Group {
                answers: all(&asks),
                nets: all(&nets),
                mean: mean.as_ref().and_then(|ask| self.mean(&sums, g, ask)),
                ..bases(&sums, g)
            }
        };
        Some((0..groups.count).map(group).collect())
    }

    fn flags(&self, groups: Groups<'_>) -> Option<Vec<Group>> {
        let columns = (0..self.question.answers.len()).map(|a| self.question.flag(a));
        let nets = self.question.nets.iter().map(|net| net_name(self.question, net));
        let picked = Ask::share(&[1], 2);
        let tally = |column: String| tally::answers(self.inquiry.sample, &column, 2, groups);
        let answers: Vec<Sums> = columns.map(tally).collect::<Option<_>>()?;
        let nets: Vec<Sums> = nets.map(tally).collect::<Option<_>>()?;
        let group = |g| {
            let all =
                |list: &[Sums]| list.iter().map(|sums| self.share(sums, g, &picked)).collect();
            let base = answers.first().map(|sums| bases(sums, g)).unwrap_or_default();
            Group { answers: all(&answers), nets: all(&nets), ..base }
        };
        Some((0..groups.count).map(group).collect())
    }

    fn numbers(&self, groups: Groups<'_>) -> Option<Vec<Group>> {
        let Inquiry { sample, survey, conventions } = self.inquiry;
        let column = &self.variable.name;
        let moments = tally::numbers(sample, column, groups)?;
        let values = frame::numbers(sample.frame(), column)?;
        let layers = Layers::of(sample.design());
        let group = |g| {
            let total = moments.total(g);
            let sorted = Sorted::of(sample, values, groups, g);
            Group {
                base: people(total.n),
                weighted: total.w,
                effective: effective::base(total.w, total.ww),
                mean: numbers::mean(&moments, g).map(|mean| mean.number(survey, conventions)),
                median: sorted
                    .and_then(|s| s.quantile(Place::MEDIAN, &layers, survey, conventions)),
                ..Group::default()
            }
        };
        Some((0..groups.count).map(group).collect())
    }

    fn share(&self, sums: &Sums, group: usize, ask: &Ask) -> Option<Estimate> {
        let share = ratio(sums, group, ask)?;
        let count = ask.count(sums, group);
        Some(share.share(count, &self.inquiry.survey, &self.inquiry.conventions))
    }

    fn mean(&self, sums: &Sums, group: usize, ask: &Ask) -> Option<Estimate> {
        let mean = ratio(sums, group, ask)?;
        Some(mean.number(&self.inquiry.survey, &self.inquiry.conventions))
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
