//! Who stands in which column, of all tables together: what disclosure control has to know
//! of the people behind them.
//!
//! A [`Division`] puts each respondent into one part: the groups of a banner, those in none
//! of them, those whom a condition leaves out. Two divisions are compared by how many are in
//! a part of the one and a part of the other, so that what lies within what is found by the
//! people in it, however it came about.

use std::collections::BTreeMap;

use super::columns::{Columns, Split};
use super::wanted::Wanted;
use crate::prepare::Sample;

/// Respondents, each in one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Division {
    /// How many are in each part. Parts that are columns come first.
    pub people: Vec<u64>,
    /// How many parts are counted in the table's total; whoever is in the others is left
    /// out by its condition.
    pub counted: usize,
    /// How many parts answered the banner.
    pub answered: usize,
    /// Whether the parts are groups of a banner without a condition.
    pub plain: bool,
}

/// Where the columns of a table are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The division that counts the total; everybody if none.
    pub total: Option<usize>,
    /// Division and part of each column after the total.
    pub columns: Vec<(usize, usize)>,
}

/// All divisions of a poll's tables.
#[derive(Clone, Debug, Default)]
pub struct Divisions {
    /// Each once.
    pub list: Vec<Division>,
    /// How many are in a part of one division and a part of a later one.
    shared: BTreeMap<(usize, usize), BTreeMap<(usize, usize), u64>>,
}

impl Divisions {
    /// The parts of `inner` in each part of `outer` that have people there, all of whom are.
    /// For each part of `outer` also how many of its people they are.
    #[must_use]
    pub fn within(&self, inner: usize, outer: usize) -> Vec<(Vec<usize>, u64)> {
        let mut found = vec![(Vec::new(), 0); self.list[outer].people.len()];
        for ((part, other), both) in self.shared(inner, outer) {
            if both == self.list[inner].people[part] {
                found[other].0.push(part);
                found[other].1 += both;
            }
        }
        found
    }

    fn shared(&self, inner: usize, outer: usize) -> Vec<((usize, usize), u64)> {
        let pairs = |key| self.shared.get(key).into_iter().flatten();
        match inner.cmp(&outer) {
            std::cmp::Ordering::Less => pairs(&(inner, outer)).map(|(k, n)| (*k, *n)).collect(),
            std::cmp::Ordering::Greater => {
                pairs(&(outer, inner)).map(|((a, b), n)| ((*b, *a), *n)).collect()
            }
            std::cmp::Ordering::Equal => Vec::new(),
        }
    }
}

/// The divisions of all tables, and the places of each table in the order in which they are
/// estimated.
pub(super) fn divisions(
    sample: &Sample,
    wanted: &Wanted,
    splits: &[Vec<Split>],
) -> (Divisions, Vec<Places>) {
    let mut made = Made::default();
    let height = sample.frame().height();
    let plain: Vec<Vec<usize>> = splits
        .iter()
        .map(|splits| splits.iter().map(|s| made.add(s, true)).collect())
        .collect();
    let mut places = Vec::new();
    for table in &wanted.tables {
        let counted = table.counted();
        let total = counted.map(|_| made.add(&Split::whole(height, counted), false));
        if table.has_total() {
            places.push(Places { total, columns: Vec::new() });
        }
        for by in table.by() {
            let columns = &wanted.columns[*by];
            let own: Option<Vec<usize>> = counted.map(|_| {
                let splits = columns.splits(sample, counted);
                splits.iter().map(|split| made.add(split, false)).collect()
            });
            let own = own.as_deref().unwrap_or(&plain[*by]);
            places.push(Places { total, columns: spots(columns, own) });
        }
    }
    (made.finish(), places)
}

/// Division and part of each column.
fn spots(columns: &Columns, divisions: &[usize]) -> Vec<(usize, usize)> {
    match divisions {
        [one] if !columns.overlapping => {
            (0..columns.groups.len()).map(|part| (*one, part)).collect()
        }
        each => each.iter().map(|division| (*division, 0)).collect(),
    }
}

#[derive(Default)]
struct Made {
    codes: Vec<Vec<u16>>,
    list: Vec<Division>,
}

impl Made {
    /// The place of a split among the divisions.
    fn add(&mut self, split: &Split, plain: bool) -> usize {
        let parts = split.answered + 2;
        let mut people = vec![0; parts];
        let codes = split.codes();
        for code in codes {
            people[usize::from(*code).min(parts - 1)] += 1;
        }
        let (answered, counted) = (split.answered, split.answered + 1);
        let division = Division { people, counted, answered, plain };
        let same = |at: &usize| self.list[*at] == division && self.codes[*at] == codes;
        if let Some(known) = (0..self.list.len()).find(same) {
            return known;
        }
        self.list.push(division);
        self.codes.push(codes.to_vec());
        self.list.len() - 1
    }

    fn finish(self) -> Divisions {
        let mut shared = BTreeMap::new();
        for (second, later) in self.codes.iter().enumerate() {
            for (first, codes) in self.codes[..second].iter().enumerate() {
                let width = self.list[second].people.len();
                let mut counts = vec![0; self.list[first].people.len() * width];
                for (a, b) in codes.iter().zip(later) {
                    let at = usize::from(*a) * width + usize::from(*b);
                    counts.get_mut(at).into_iter().for_each(|n| *n += 1);
                }
                let held = counts.into_iter().enumerate().filter(|(_, n)| *n > 0);
                let held = held.map(|(at, n)| ((at / width, at % width), n));
                shared.insert((first, second), held.collect());
            }
        }
        Divisions { list: self.list, shared }
    }
}
