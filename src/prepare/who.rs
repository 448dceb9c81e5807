//! Who answered, against those whom the poll stands for: counts and shares by group.
//!
//! Takes the frame, or the targets of weighting where there is none, and the final weights.
//! Gives raw figures: the gate rounds and hides them before a reader sees any.

use polars::prelude::DataFrame;

use super::crossing::Crossing;
use super::frame_file::Frame;
use super::merge::Grouping;
use super::weights::{MarginReport, StepReport};
use crate::poll::Poll;
use crate::questionnaire::Questionnaire;

/// Who answered, variable by variable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Who {
    /// Whether groups are compared with the members of the frame; with targets if not.
    pub framed: bool,
    /// How many were invited, where that is known.
    pub invited: Option<u64>,
    /// Each variable.
    pub variables: Vec<WhoVariable>,
}

/// The groups of one variable, or of several crossed.
#[derive(Clone, Debug, PartialEq)]
pub struct WhoVariable {
    /// As it is written, such as `phase` or `phase:region`.
    pub name: String,
    /// In words.
    pub title: String,
    /// Where the figures on the population come from.
    pub source: Option<String>,
    /// Whether one of its questions is sensitive.
    pub sensitive: bool,
    /// Respondents whose group is known.
    pub base: u64,
    /// The groups of the population.
    pub groups: Vec<WhoGroup>,
}

/// One group. Shares run from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct WhoGroup {
    /// In words.
    pub label: String,
    /// Its share of the population.
    pub population: f64,
    /// How many members it has, where that is counted.
    pub members: Option<u64>,
    /// How many of them were invited, where that is counted.
    pub invited: Option<u64>,
    /// How many answered.
    pub respondents: u64,
    /// Their share of respondents.
    pub unweighted: f64,
    /// Their share of the final weights.
    pub weighted: f64,
}

/// What is known of a group of the population.
struct Known {
    code: usize,
    size: f64,
    members: Option<u64>,
    invited: Option<u64>,
}

/// Who answered; none if nothing is known of whom the poll stands for.
pub(super) fn who(
    (questionnaire, rows): (&Questionnaire, &DataFrame),
    weights: &[f64],
    frame: Option<&Frame>,
    steps: &[StepReport],
    poll: &Poll,
) -> Option<Who> {
    let comparing = Comparing { questionnaire, rows, weights, poll };
    let variables: Vec<WhoVariable> = match frame {
        Some(frame) => {
            let variables = frame.variables().enumerate();
            variables.filter_map(|(nth, id)| comparing.framed(frame, nth, id)).collect()
        }
        None => margins(steps).into_iter().filter_map(|m| comparing.aimed(m)).collect(),
    };
    let invited = frame.and_then(|frame| frame.cells.iter().map(|cell| cell.invited).sum());
    (!variables.is_empty()).then_some(Who { framed: frame.is_some(), invited, variables })
}

/// The margins of all steps; of those of one variable the last, which holds.
fn margins(steps: &[StepReport]) -> Vec<&MarginReport> {
    let mut list: Vec<&MarginReport> = Vec::new();
    for margin in steps.iter().flat_map(|step| &step.margins) {
        match list.iter_mut().find(|known| known.variable == margin.variable) {
            Some(known) => *known = margin,
            None => list.push(margin),
        }
    }
    list
}

struct Comparing<'a> {
    questionnaire: &'a Questionnaire,
    rows: &'a DataFrame,
    weights: &'a [f64],
    poll: &'a Poll,
}

impl Comparing<'_> {
    fn crossing(&self, name: &str) -> Option<Crossing> {
        Crossing::named(name, (self.questionnaire, self.rows), self.poll.words).ok()
    }

    /// A variable of the frame.
    fn framed(&self, frame: &Frame, nth: usize, id: &str) -> Option<WhoVariable> {
        let crossing = self.crossing(id)?;
        let mut known: Vec<Known> = Vec::new();
        for cell in &frame.cells {
            let code = crossing.code(&cell.answers[nth])?;
            let size = Frame::size(cell) as f64;
            let Some(group) = known.iter_mut().find(|group| group.code == code) else {
                let (members, invited) = (cell.members, cell.invited);
                known.push(Known { code, size, members, invited });
                continue;
            };
            group.size += size;
            let add = |a: Option<u64>, b: Option<u64>| Some(a? + b?);
            group.members = add(group.members, cell.members);
            group.invited = add(group.invited, cell.invited);
        }
        Some(self.compare(&crossing, &known, frame.source.clone()))
    }

    /// A margin that weighting meets.
    fn aimed(&self, margin: &MarginReport) -> Option<WhoVariable> {
        let crossing = self.crossing(&margin.variable)?;
        let known = margin.groups.iter().filter_map(|group| {
            let code = crossing.code_of_label(&group.label)?;
            Some(Known { code, size: group.target?, members: None, invited: None })
        });
        let known: Vec<Known> = known.collect();
        Some(self.compare(&crossing, &known, margin.source.clone()))
    }

    fn compare(
        &self,
        crossing: &Crossing,
        known: &[Known],
        source: Option<String>,
    ) -> WhoVariable {
        let sums = crossing.sums(self.rows, self.weights);
        let base: u64 = known.iter().map(|group| sums[group.code].0).sum();
        let weight: f64 = known.iter().map(|group| sums[group.code].1).sum();
        let size: f64 = known.iter().map(|group| group.size).sum();
        let group = |Joint { label, known }: Joint<'_>| {
            let of = |figure: fn(&Known) -> Option<u64>| known.iter().map(|k| figure(k)).sum();
            let respondents: u64 = known.iter().map(|k| sums[k.code].0).sum();
            WhoGroup {
                label,
                population: known.iter().map(|k| k.size).sum::<f64>() / size,
                members: of(|k| k.members),
                invited: of(|k| k.invited),
                respondents,
                unweighted: respondents as f64 / base as f64,
                weighted: known.iter().map(|k| sums[k.code].1).sum::<f64>() / weight,
            }
        };
        let sensitive = |id: &str| self.questionnaire.question(id).is_some_and(|q| q.sensitive);
        WhoVariable {
            name: crossing.name.clone(),
            title: crossing.title.clone(),
            source,
            sensitive: crossing.variables().any(sensitive),
            base,
            groups: self.joint(crossing, known).into_iter().map(group).collect(),
        }
    }

    /// The groups as they are published: merged as they are in tables, so that no split of a
    /// merged group can be read here.
    fn joint<'k>(&self, crossing: &Crossing, known: &'k [Known]) -> Vec<Joint<'k>> {
        let grouping = |id: &str| {
            let question = self.questionnaire.question(id)?;
            let (floor, words) = (self.poll.floor(), self.poll.words);
            Some(Grouping::merged(question, (self.rows, None), floor, words))
        };
        let groupings: Vec<Option<Grouping>> = crossing.variables().map(grouping).collect();
        let mut joint: Vec<Joint<'_>> = Vec::new();
        for group in known {
            let label = crossing.label_of(group.code, &groupings);
            match joint.iter_mut().find(|held| held.label == label) {
                Some(held) => held.known.push(group),
                None => joint.push(Joint { label, known: vec![group] }),
            }
        }
        joint
    }
}

/// Groups of the population that are published as one.
struct Joint<'k> {
    label: String,
    known: Vec<&'k Known>,
}
