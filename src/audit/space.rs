//! Which counts stand behind the tables of one question: every way in which they divide
//! respondents, and the sums of atoms that their cells are.
//!
//! Knows how tables are laid out; knows no figure.

use super::source::{Kind, Percent, Row, Table};
use crate::attack::{Axis, Fact, Grid, Layer, Sum};

/// The id of those who were asked and gave no answer.
const BLANK: &str = "no_answer";

/// A way in which tables divide respondents.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Way {
    /// The banner's questions; none for everybody.
    pub(super) banner: Vec<String>,
    /// The only group, where groups overlap.
    pub(super) pick: Option<String>,
    /// The condition on who is counted, in words.
    pub(super) filter: Option<String>,
    /// The groups, by their answers to each question. After them come those in no group, then,
    /// with a condition, all of these among whom it leaves out.
    pub(super) groups: Vec<Vec<Vec<String>>>,
}

impl Way {
    /// The way of the columns of a table, or of one of them where they overlap.
    fn of(table: &Table, column: Option<usize>) -> Self {
        let mut way = Self { filter: table.filter.clone(), ..Self::default() };
        let Some(column) = column else { return way };
        way.banner.clone_from(&table.banner);
        if table.overlapping {
            way.pick = table.groups.get(column).map(|group| group.id.clone());
            way.groups = vec![Vec::new(); 2]; // in it or not
        } else {
            way.groups = table.groups.iter().map(|group| group.answers.clone()).collect();
        }
        way
    }

    /// The groups, and those in none.
    pub(super) fn inside(&self) -> usize {
        self.groups.len() + 1
    }

    /// The groups that together are those who gave any of some answers to the only question;
    /// none if they are not.
    pub(super) fn covering(&self, answers: &[String]) -> Option<Vec<usize>> {
        let inside = |group: &[Vec<String>]| match group {
            [own] => own.iter().all(|id| answers.contains(id)),
            _ => false,
        };
        let parts: Vec<usize> =
            (0..self.groups.len()).filter(|at| inside(&self.groups[*at])).collect();
        let covered = |id: &String| parts.iter().any(|at| self.groups[*at][0].contains(id));
        answers.iter().all(covered).then_some(parts)
    }

    fn parts(&self) -> usize {
        self.inside() * if self.filter.is_some() { 2 } else { 1 }
    }
}

/// Parts of a layer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) layer: usize,
    pub(super) parts: Vec<usize>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Everybody in the table.
    All,
    /// A group.
    Group(usize),
    /// Everybody who answered the banner, as a group sees it.
    Answered(usize),
}

impl Column {
    /// The first cell of a row is that of everybody.
    pub(super) fn at(place: usize) -> Self {
        place.checked_sub(1).map_or(Self::All, Self::Group)
    }
}

/// Which way round a table shows the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// The question's answers are its rows.
    Straight,
    /// They are its columns, or it is the topline of a banner of the question.
    Mirrored,
}

/// What is counted.
#[derive(Debug)]
enum Answers {
    /// Exactly one answer of these.
    One(Vec<String>),
    /// Any of each of these sets.
    Sets(Vec<Vec<String>>),
}

/// A figure as a share: what it counts, and of whom.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ratio {
    pub(super) part: Sum,
    pub(super) whole: Sum,
}

/// The numbering of the counts behind the tables of one question.
#[derive(Debug)]
pub(super) struct Space {
    pub(super) grid: Grid,
    pub(super) ways: Vec<Way>,
    answers: Answers,
}

impl Space {
    /// The counts behind tables of a question with one answer.
    pub(super) fn of_one(tables: &[&Table]) -> Self {
        let mut ids: Vec<String> = Vec::new();
        for id in tables.iter().flat_map(|table| named(table)) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        let axis = Axis { answers: ids.len(), blank: true };
        Self::of(tables, vec![axis], Answers::One(ids))
    }

    /// The counts behind some sets of answers of a question with several.
    pub(super) fn of_sets(tables: &[&Table], sets: Vec<Vec<String>>) -> Self {
        let axis = Axis { answers: 2, blank: true };
        Self::of(tables, vec![axis; sets.len()], Answers::Sets(sets))
    }

    fn of(tables: &[&Table], axes: Vec<Axis>, answers: Answers) -> Self {
        let mut ways = vec![Way::default()];
        let mut add = |way: Way| {
            if !ways.contains(&way) {
                ways.push(way);
            }
        };
        for table in tables {
            add(Way::of(table, None));
            let columns = if table.overlapping { table.groups.len() } else { 1 };
            (0..columns.min(table.groups.len())).for_each(|at| add(Way::of(table, Some(at))));
        }
        let layers = ways.iter().map(|way| Layer { parts: way.parts() }).collect();
        Self { grid: Grid::new(axes, layers), ways, answers }
    }

    /// How many axes there are.
    pub(super) fn axes(&self) -> usize {
        match &self.answers {
            Answers::One(_) => 1,
            Answers::Sets(sets) => sets.len(),
        }
    }

    /// Pairs of an axis and answers of it that together are all atoms, with those who gave
    /// none.
    pub(super) fn atoms(&self) -> Vec<(usize, usize)> {
        let answers = match &self.answers {
            Answers::One(ids) => ids.len(),
            Answers::Sets(_) => 2,
        };
        (0..self.axes()).flat_map(|axis| (0..=answers).map(move |a| (axis, a))).collect()
    }

    /// The layer of a banner without a condition.
    pub(super) fn plain(&self, banner: &[String]) -> Option<usize> {
        let plain = |way: &Way| way.pick.is_none() && way.filter.is_none();
        let wanted = |way: &Way| plain(way) && way.banner == banner && !banner.is_empty();
        self.ways.iter().position(wanted)
    }

    /// Where a column of a table is.
    pub(super) fn spot(&self, table: &Table, column: Column) -> Option<Spot> {
        let find = |way: Way| self.ways.iter().position(|known| *known == way);
        let (group, parts) = match column {
            Column::All => (None, vec![0]),
            Column::Group(at) if table.overlapping => (Some(at), vec![0]),
            Column::Group(at) => (Some(at), vec![at]),
            Column::Answered(at) if table.overlapping => (Some(at), vec![0, 1]),
            Column::Answered(at) => (Some(at), (0..table.groups.len()).collect()),
        };
        Some(Spot { layer: find(Way::of(table, group))?, parts })
    }

    /// Those who gave any of some answers.
    pub(super) fn given(&self, answers: &[String], spot: &Spot) -> Option<Sum> {
        let (axis, places) = match &self.answers {
            Answers::One(ids) => {
                let place = |id: &String| ids.iter().position(|known| known == id);
                (0, answers.iter().map(place).collect::<Option<Vec<_>>>()?)
            }
            Answers::Sets(sets) => {
                let set = sorted(answers);
                (sets.iter().position(|known| *known == set)?, vec![0])
            }
        };
        Some(self.grid.count(axis, &places, spot.layer, &spot.parts))
    }

    /// Those in the base of a table; none if it holds people who answered nothing, where
    /// several answers were allowed.
    pub(super) fn in_base(&self, table: &Table, spot: &Spot) -> Option<Sum> {
        match &self.answers {
            Answers::One(_) => self.given(&table.base, spot),
            Answers::Sets(_) if table.base.iter().any(|id| id == BLANK) => None,
            Answers::Sets(_) => Some(self.grid.base(0, spot.layer, &spot.parts)),
        }
    }

    /// Those who gave any of the answers of a row, in a column.
    fn count(&self, view: View, table: &Table, rows: &[String], column: Column) -> Option<Sum> {
        if view == View::Straight {
            return self.given(rows, &self.spot(table, column)?);
        }
        let layer = self.plain(std::slice::from_ref(&table.question))?;
        let spot = Spot { layer, parts: self.ways.get(layer)?.covering(rows)? };
        let own = |at: usize| table.groups.get(at).map(|group| group.answers.concat());
        match column {
            Column::All => Some(self.grid.people(0, layer, &spot.parts)),
            Column::Group(at) => self.given(&own(at)?, &spot),
            Column::Answered(_) => {
                let all = (0..table.groups.len()).filter_map(own);
                self.given(&all.collect::<Vec<_>>().concat(), &spot)
            }
        }
    }

    /// Those in the base of a column.
    fn base(&self, view: View, table: &Table, column: Column) -> Option<Sum> {
        match view {
            View::Straight => self.in_base(table, &self.spot(table, column)?),
            View::Mirrored => self.count(view, table, &table.base, column),
        }
    }

    /// What a row counts in a column, and of whom; none if that is no share of counts.
    pub(super) fn ratio(
        &self,
        view: View,
        table: &Table,
        row: &Row,
        column: Column,
    ) -> Option<Ratio> {
        let answered = match column {
            Column::All => Column::All,
            Column::Group(at) | Column::Answered(at) => Column::Answered(at),
        };
        let count = |rows: &[String], column| self.count(view, table, rows, column);
        if row.is_share() {
            let whole = match table.percent_of {
                Percent::Column => self.base(view, table, column),
                Percent::Row => count(&row.answers, answered),
                Percent::Total => self.base(view, table, answered),
                Percent::Mentions => self.mentions(view, table, column),
                Percent::Count => None,
            };
            return Some(Ratio { part: count(&row.answers, column)?, whole: whole? });
        }
        if !row.scores.is_empty() {
            return mean(row, |id| count(std::slice::from_ref(id), column));
        }
        let difference = count(&row.plus, column)?.plus(-1.0, &count(&row.minus, column)?);
        let there = !row.plus.is_empty() && !row.minus.is_empty();
        let whole = self.base(view, table, column)?;
        there.then_some(Ratio { part: difference, whole })
    }

    /// All answers that were given.
    fn mentions(&self, view: View, table: &Table, column: Column) -> Option<Sum> {
        table.base.iter().try_fold(Sum::default(), |sum, id| {
            let one = self.count(view, table, std::slice::from_ref(id), column)?;
            Some(sum.plus(1.0, &one))
        })
    }

    /// What sets of answers have to do with each other: one that holds another is as large at
    /// least, and no set is larger than its members together.
    pub(super) fn sets(&self) -> Vec<Fact> {
        let Answers::Sets(sets) = &self.answers else { return Vec::new() };
        let mut facts = Vec::new();
        for (layer, way) in self.ways.iter().enumerate() {
            for part in 0..way.parts() {
                let picked = |set: usize| self.grid.count(set, &[0], layer, &[part]);
                for (at, set) in sets.iter().enumerate() {
                    for (other, inner) in sets.iter().enumerate() {
                        if at != other && inner.iter().all(|id| set.contains(id)) {
                            facts.push(at_most(&picked(other), &picked(at)));
                        }
                    }
                    let alone = |id: &String| sets.iter().position(|s| s[..] == [id.clone()]);
                    let members = set.iter().map(alone).collect::<Option<Vec<_>>>();
                    if let Some(members) = members.filter(|members| members.len() > 1) {
                        let add = |sum: Sum, member| sum.plus(1.0, &picked(member));
                        let all = members.into_iter().fold(Sum::default(), add);
                        facts.push(at_most(&picked(at), &all));
                    }
                }
            }
        }
        facts
    }
}

/// The scores of a mean, and those who have one.
fn mean(row: &Row, count: impl Fn(&String) -> Option<Sum>) -> Option<Ratio> {
    let mut mean = Ratio { part: Sum::default(), whole: Sum::default() };
    for (id, score) in &row.scores {
        let one = count(id)?;
        mean.part = mean.part.plus(*score, &one);
        mean.whole = mean.whole.plus(1.0, &one);
    }
    Some(mean)
}

/// That one sum is at most another.
pub(super) fn at_most(less: &Sum, more: &Sum) -> Fact {
    Fact::between(less.plus(-1.0, more), f64::NEG_INFINITY, 0.0)
}

/// The ids of all answers that a table names.
fn named(table: &Table) -> impl Iterator<Item = &String> {
    let rows = table.rows.iter();
    let of_rows = rows.flat_map(|row| row.answers.iter().chain(&row.plus).chain(&row.minus));
    table.base.iter().chain(of_rows)
}

/// The sets of answers that the tables of a question with several answers count, in groups
/// that have something to do with each other.
pub(super) fn families(tables: &[&Table]) -> Vec<Vec<Vec<String>>> {
    let mut families: Vec<Vec<Vec<String>>> = Vec::new();
    let mut join = |sets: Vec<Vec<String>>| {
        let touches = |family: &Vec<Vec<String>>| {
            let ids = || family.iter().flatten();
            sets.iter().flatten().any(|id| ids().any(|known| known == id))
        };
        let (near, far): (Vec<_>, Vec<_>) = families.drain(..).partition(touches);
        let mut joined: Vec<Vec<String>> = near.into_iter().flatten().collect();
        for set in sets {
            if !joined.contains(&set) {
                joined.push(set);
            }
        }
        families = far;
        families.push(joined);
    };
    for table in tables.iter().filter(|table| table.kind == Kind::Multi) {
        for row in &table.rows {
            let sets = [&row.answers, &row.plus, &row.minus];
            let sets: Vec<Vec<String>> =
                sets.into_iter().filter(|set| !set.is_empty()).map(|set| sorted(set)).collect();
            join(sets);
        }
        if table.percent_of == Percent::Mentions {
            join(table.base.iter().map(|id| vec![id.clone()]).collect());
        }
    }
    families.retain(|family| !family.is_empty());
    families
}

fn sorted(answers: &[String]) -> Vec<String> {
    let mut set = answers.to_vec();
    set.sort();
    set
}
