//! Who answered, as it may be told: shares rounded, small groups hidden, by the rules of all
//! other figures.

use super::gate::Gate;
use super::protect::Line;
use super::{Figure, Status, by_hand};
use crate::poll::{Profile, Protected};
use crate::tabulate::{Cell, Role, Statistic, Who, WhoGroup, WhoVariable};

/// Who answered, against those whom the poll stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Whether groups are compared with the members of the frame; with targets if not.
    pub framed: bool,
    /// How many were invited: no answer of anybody, so it is exact.
    pub invited: Option<u64>,
    /// Each variable.
    pub variables: Vec<AnsweredBy>,
}

/// The groups of one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct AnsweredBy {
    /// As it is written, with `-` for all but letters and digits.
    pub name: String,
    /// In words.
    pub title: String,
    /// Where the figures on the population come from.
    pub source: Option<String>,
    /// The groups.
    pub groups: Vec<AnsweredGroup>,
}

/// One group, in per cent.
#[derive(Clone, Debug, PartialEq)]
pub struct AnsweredGroup {
    /// In words.
    pub label: String,
    /// Its share of the population.
    pub population: Figure,
    /// Its share of respondents.
    pub unweighted: Figure,
    /// Its share of respondents, weighted.
    pub weighted: Figure,
    /// How many of those invited answered; none where nobody counted the invited.
    pub rate: Option<Figure>,
}

impl Answered {
    /// How many of its figures are hidden to protect confidentiality.
    pub(super) fn hidden(&self) -> u64 {
        let groups = self.variables.iter().flat_map(|variable| &variable.groups);
        let figures = groups.flat_map(|group| {
            let AnsweredGroup { population, unweighted, weighted, rate, .. } = group;
            [Some(population), Some(unweighted), Some(weighted), rate.as_ref()]
        });
        let hidden = |figure: &&Figure| figure.status() == Status::Confidential;
        figures.flatten().filter(hidden).count() as u64
    }
}

impl Gate {
    /// Lets past what may be told of who answered.
    pub(super) fn who(&self, who: &Who, by_hand: &[Protected]) -> Answered {
        let variables = who.variables.iter().map(|variable| {
            let mut told = self.answered_by(variable);
            by_hand::answered(&mut told, &variable.name, by_hand);
            told
        });
        Answered { framed: who.framed, invited: who.invited, variables: variables.collect() }
    }

    fn answered_by(&self, variable: &WhoVariable) -> AnsweredBy {
        let dash = |c: char| if c.is_alphanumeric() { c } else { '-' };
        AnsweredBy {
            name: variable.name.chars().map(dash).collect(),
            title: variable.title.clone(),
            source: variable.source.clone(),
            groups: self.groups(variable),
        }
    }

    /// The groups, without those that would give a small one away.
    fn groups(&self, variable: &WhoVariable) -> Vec<AnsweredGroup> {
        let groups = variable.groups.iter().map(|group| self.answered(variable, group));
        let mut groups: Vec<AnsweredGroup> = groups.collect();
        if self.profile == Profile::Analyst {
            return groups;
        }
        let small =
            if variable.sensitive { self.rules.small_sensitive } else { self.rules.small };
        let counts: Vec<u64> = variable.groups.iter().map(|group| group.respondents).collect();
        let line = Line { counts: &counts, people: variable.base, step: 0.0, small };
        let is_hidden =
            |group: &AnsweredGroup| group.unweighted.status() == Status::Confidential;
        let hidden = line.hide(groups.iter().map(is_hidden).collect());
        for (group, _) in groups.iter_mut().zip(hidden).filter(|(_, hidden)| *hidden) {
            let figures = [&mut group.unweighted, &mut group.weighted];
            for figure in figures.into_iter().chain(group.rate.as_mut()) {
                *figure = Figure::hidden(Status::Confidential);
            }
        }
        groups
    }

    fn answered(&self, variable: &WhoVariable, group: &WhoGroup) -> AnsweredGroup {
        let figure = |share: f64, count: u64, base: u64| {
            let value = Some(share * 100.0).filter(|value| value.is_finite());
            // Degrees of freedom have no say here: nothing is estimated.
            let cell = Cell { value, count, base, freedom: f64::INFINITY, ..Cell::default() };
            self.single(&cell, variable.sensitive)
        };
        let (count, base) = (group.respondents, variable.base);
        // A target that nobody counted points at nobody.
        let members = group.members.unwrap_or(u64::MAX / 4);
        AnsweredGroup {
            label: group.label.clone(),
            population: figure(group.population, members, u64::MAX / 2),
            unweighted: figure(group.unweighted, count, base),
            weighted: figure(group.weighted, count, base),
            rate: group
                .invited
                .map(|invited| figure(count as f64 / invited as f64, count, invited)),
        }
    }

    fn single(&self, cell: &Cell, sensitive: bool) -> Figure {
        if self.reveals(cell, Role::Answer, sensitive) {
            return Figure::hidden(Status::Confidential);
        }
        self.figure(cell, Statistic::Percent)
    }
}
