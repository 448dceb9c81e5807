//! The shape of a table, before and after disclosure control.
//!
//! The arrangement is the same on both sides of the gate; only what stands in the cells
//! differs. `Table<Cell>` holds raw estimates; `disclose` turns it into `Table<Figure>`,
//! and since only `disclose` can make a `Figure`, nothing else can be published.

use std::ops::Range;

use super::merged::Merged;
use crate::estimate::{Content, Places};
use crate::poll::tables::{Percent, Sort};

/// A question's answers, overall or by the groups of one banner.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each says something else of the table")]
pub struct Table<C> {
    /// Names files and anchors: `adequate`, or `adequate-phase` with a banner.
    pub name: String,
    /// What it shows: the question's short title, unless the poll file has another.
    pub title: String,
    /// Whether the poll file asks for it by name.
    pub own: bool,
    /// What was asked.
    pub question: Wording,
    /// How the table is drawn and read.
    pub form: Form,
    /// The variable whose groups are the columns; none for a topline.
    pub banner: Option<Label>,
    /// The columns; the first is always the total.
    pub groups: Vec<Label>,
    /// Columns that are several small groups together.
    pub merged: Vec<Merged>,
    /// What stands above some of the columns, where one variable is nested in another.
    pub spans: Vec<Span>,
    /// Whether somebody can be in several columns.
    pub overlapping: bool,
    /// Whether somebody in the total is in no column.
    pub partial: bool,
    /// What percentages are of.
    pub percent: Percent,
    /// In which order answers stand.
    pub sort: Sort,
    /// One block for each item of a battery; otherwise exactly one.
    pub blocks: Vec<Block<C>>,
    /// Whether the questionnaire marks the question as sensitive.
    pub sensitive: bool,
    /// The filter in words, if the table has one.
    pub filter: Option<String>,
    /// Of whom and of what it is made.
    pub makeup: Makeup,
}

/// Of whom and of what a table is made: what disclosure control has to know, and whoever
/// checks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Makeup {
    /// How many answers the question has.
    pub answers: usize,
    /// Which of them are in the base; the one after the last stands for those who were asked
    /// and gave none.
    pub based_on: Vec<usize>,
    /// Who stands in which column.
    pub places: Places,
    /// The questions whose groups are the columns, the outermost first.
    pub banner: Vec<String>,
    /// Which columns are of a place smaller than a region.
    pub local: Local,
}

/// Which columns of a table are of people in a place smaller than a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Local {
    /// None.
    #[default]
    Nowhere,
    /// The groups.
    Groups,
    /// The total too, since the table's condition names such places.
    All,
}

/// What stands above some columns that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The group of the outer variables.
    pub text: String,
    /// The columns below it, as indexes of the table's.
    pub columns: Range<usize>,
}

/// What was asked and of whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The question's key in the questionnaire.
    pub id: String,
    /// The short title.
    pub title: String,
    /// The question as it was put; the title if nothing else is given.
    pub text: String,
    /// A note that goes with the question.
    pub note: Option<String>,
    /// The unit of a number, such as "hours".
    pub unit: Option<String>,
    /// Who was asked and counted, such as "all members who replied to the question".
    pub base: String,
}

/// An id and the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Lower case letters, digits and `_`.
    pub id: String,
    /// What is printed.
    pub text: String,
}

/// How a table is drawn and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One answer of several.
    Single {
        /// Whether the answers have an order of their own.
        ordered: bool,
    },
    /// Several items on one scale with two ends. The answers of substance begin with
    /// those of the first end and finish with those of the other; what is left between
    /// them belongs to neither.
    Battery {
        /// How many answers the first end has.
        first: usize,
        /// How many answers the other end has.
        last: usize,
    },
    /// Several answers allowed.
    Multi,
    /// A number: mean and median.
    Number,
    /// Items put in order: how often each was first, and its mean place.
    Rank,
}

/// One item's bases and rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Block<C> {
    /// The item of a battery.
    pub item: Option<Label>,
    /// The bases of each column.
    pub bases: Vec<Bases<C>>,
    /// Answers, nets, means, in the order in which they are printed.
    pub rows: Vec<Row<C>>,
}

/// The three bases of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Bases<C> {
    /// Respondents, unweighted.
    pub unweighted: C,
    /// Sum of weights.
    pub weighted: C,
    /// Kish's effective base.
    pub effective: C,
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<C> {
    /// The answer's or net's id and label.
    pub label: Label,
    /// What kind of line it is.
    pub role: Role,
    /// What the cells are.
    pub statistic: Statistic,
    /// Which answers it is made of.
    pub content: Content,
    /// One cell for each group.
    pub cells: Vec<C>,
}

/// What kind of line a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An answer of substance; on a scale, its place from 0.
    Answer,
    /// An answer that stays last: other, none, don't know, prefer not to say.
    Pinned,
    /// A total of several answers.
    Net,
    /// A summary such as a mean.
    Summary,
}

/// What a figure is; the names of `results.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// Per cent of those who answered, 0 to 100.
    Percent,
    /// Per cent of all answers given, 0 to 100.
    PercentOfMentions,
    /// How many there are, weighted.
    Total,
    /// Promoters less detractors, in points.
    Nps,
    /// One net less another, in points.
    Difference,
    /// An average.
    Mean,
    /// The middle value.
    Median,
}

impl Statistic {
    /// Whether it is a percentage.
    #[must_use]
    pub fn is_percentage(self) -> bool {
        matches!(self, Self::Percent | Self::PercentOfMentions)
    }

    /// What an estimate is multiplied by to be printed.
    #[must_use]
    pub fn unit(self) -> f64 {
        match self {
            Self::Percent | Self::PercentOfMentions | Self::Nps | Self::Difference => 100.0,
            Self::Mean | Self::Median | Self::Total => 1.0,
        }
    }

    /// The name in `results.csv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::PercentOfMentions => "percent_of_mentions",
            Self::Total => "total",
            Self::Nps => "nps",
            Self::Difference => "difference",
            Self::Mean => "mean",
            Self::Median => "median",
        }
    }
}
