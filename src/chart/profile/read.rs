//! From what was released of who answered to what is drawn of it.

use super::super::LIMIT;
use super::super::reading::Reading;
use super::super::text::clean;
use super::words::population;
use crate::disclose::{Answered, AnsweredBy, AnsweredGroup};
use crate::words::Words;

/// The groups that are drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    /// The heads of the three columns: the population, those who replied, weighted.
    pub(super) heads: [&'static str; 3],
    /// The variables.
    pub(super) blocks: Vec<Block>,
    /// How many groups there are, drawn or not.
    pub(super) groups: usize,
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// Its title.
    pub(super) title: String,
    /// Its groups.
    pub(super) rows: Vec<Row>,
}

/// A group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its label.
    pub(super) label: String,
    /// Its share of the population, of those who replied, and of these after weighting.
    pub(super) shares: [Reading; 3],
}

impl Shown {
    /// Every group that is drawn.
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.blocks.iter().flat_map(|block| &block.rows)
    }

    /// Every share that is drawn or written.
    pub(super) fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.rows().flat_map(|row| &row.shares)
    }
}

/// What is drawn: the first groups, if there are very many.
pub(super) fn shown(answered: &Answered, words: &Words) -> Shown {
    let mut left = LIMIT;
    let mut blocks = Vec::new();
    for variable in &answered.variables {
        let block = block(variable, left, words);
        left -= block.rows.len();
        if !block.rows.is_empty() {
            blocks.push(block);
        }
    }
    let groups = answered.variables.iter().map(|variable| variable.groups.len()).sum();
    let population = population(answered, words);
    let heads = [population, words.who_unweighted, words.who_weighted];
    Shown { heads, blocks, groups }
}

fn block(variable: &AnsweredBy, most: usize, words: &Words) -> Block {
    let rows = variable.groups.iter().take(most).map(|group| row(group, words)).collect();
    Block { title: clean(&variable.title), rows }
}

fn row(group: &AnsweredGroup, words: &Words) -> Row {
    let AnsweredGroup { label, population, unweighted, weighted, .. } = group;
    // They are counted, not estimated: there are no intervals.
    let shares =
        [population, unweighted, weighted].map(|figure| Reading::of(figure, false, words));
    Row { label: clean(label), shares }
}
