//! A release as this room sees it: figures, the questions and groups that they stand in,
//! and what words lead to them.
//!
//! Takes the text of `results.json`. Knows nothing but what is published.

mod figure;
mod find;
mod group;
mod make;
mod source;

use std::collections::BTreeMap;

use crate::prose::Token;

pub(super) use figure::{Figure, Statistic, Status, Verdict, plain};
pub(super) use find::{Index, Relevance};
pub(super) use group::Group;
pub use make::read;

/// What was asked: a question, or one item of a grid.
#[derive(Debug)]
pub(super) struct Block {
    /// `views.harms`, or `adequate`.
    pub(super) name: String,
    /// The question's id.
    pub(super) question: String,
    /// Whether it is a table that the poll file names, which may be of some only.
    pub(super) own: bool,
    /// Which figures it has: their places in the list of all.
    pub(super) figures: Vec<usize>,
}

/// Everything that a text may quote.
#[derive(Debug)]
pub struct Release {
    pub(super) synthetic: bool,
    pub(super) profile: String,
    pub(super) wave: Option<String>,
    pub(super) status: Option<String>,
    pub(super) respondents: Option<f64>,
    pub(super) method: BTreeMap<String, String>,
    pub(super) blocks: Vec<Block>,
    pub(super) figures: Vec<Figure>,
    pub(super) groups: Vec<Group>,
    pub(super) index: Index,
    /// Stems of the units of numbers, such as `hour`.
    pub(super) units: Vec<String>,
    /// Labels of answers that hold numbers: where a text repeats them, they are no claims.
    pub(super) labels: Vec<NumberedLabel>,
}

/// The label of an answer that holds a number, such as "60% to 79%" or "Under 30".
#[derive(Debug)]
pub(super) struct NumberedLabel {
    pub(super) words: Vec<String>,
    /// Which answers have it: block and place.
    pub(super) places: Vec<(usize, usize)>,
}

impl NumberedLabel {
    /// Whether a text repeats the label from a place on.
    pub(super) fn is_at(&self, tokens: &[Token], at: usize) -> bool {
        let here = tokens.get(at..at + self.words.len()).unwrap_or_default();
        !here.is_empty() && here.iter().zip(&self.words).all(|(token, word)| token.is(word))
    }

    /// Whether a text repeats the label anywhere.
    pub(super) fn stands_in(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| self.is_at(tokens, at))
    }
}

impl Release {
    /// Whether respondents were drawn by chance.
    pub(super) fn by_chance(&self) -> bool {
        self.method.get("sampling").is_some_and(|sampling| sampling == "probability")
    }

    /// A number of the method, such as `invited`.
    pub(super) fn method_count(&self, key: &str) -> Option<f64> {
        self.method.get(key)?.replace(',', "").parse().ok()
    }

    /// Whom the poll stands for.
    pub(super) fn population(&self) -> &str {
        self.method.get("population").map_or("", String::as_str)
    }

    /// The figures of a block, in the order of the release.
    pub(super) fn of_block(&self, block: usize) -> impl Iterator<Item = &Figure> {
        let places = self.blocks.get(block).map_or(&[][..], |block| &block.figures);
        places.iter().filter_map(|place| self.figures.get(*place))
    }

    /// The name of a figure, as a headline would write it: `adequate.yes@phase=primary`.
    pub(super) fn name(&self, figure: &Figure) -> String {
        let block = self.blocks.get(figure.block).map_or("", |block| block.name.as_str());
        let group = figure.group.and_then(|group| self.groups.get(group));
        let group = group.map(|g| format!("@{}={}", g.banner, g.id)).unwrap_or_default();
        format!("{block}.{}{group}", figure.answer_id)
    }

    /// The wave and the group: "2024-01, all", or "Secondary" in a poll without waves.
    pub(super) fn wave_and_group(&self, figure: &Figure) -> String {
        let wave = figure.wave.as_ref().or(self.wave.as_ref());
        let group = figure.group.and_then(|group| self.groups.get(group));
        let group = group.map_or("all", |group| group.label.as_str());
        wave.map_or_else(|| group.to_owned(), |wave| format!("{wave}, {group}"))
    }

    /// The name, the value and what it is of: `adequate.yes` 3% (2024-01, all).
    pub(super) fn told(&self, figure: &Figure) -> String {
        let of = self.wave_and_group(figure);
        format!("`{}` {} ({of})", self.name(figure), figure.printed())
    }
}
