//! What a row is made of, so that later rooms know what follows from it.

use super::Of;
use super::rows::promoter;
use crate::questionnaire::{Kind, Measure, Question};

/// Of which answers a row is made. Answers are indexes of the question's list; the one after
/// the last stands for those who gave none.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Those who gave any of these answers.
    Answers(Vec<usize>),
    /// Those who put an item in one of so many first places.
    Places(usize),
    /// The share of some answers less that of others.
    Difference {
        /// What is added.
        plus: Vec<usize>,
        /// What is taken away.
        minus: Vec<usize>,
    },
    /// The mean of scores of those whose answer has one.
    Scores(Vec<(usize, f64)>),
    /// Nothing that could be written as a share of answers.
    #[default]
    Other,
}

impl Of {
    /// What it is made of.
    #[must_use]
    pub fn content(self, question: &Question) -> Content {
        let list = question.measure() == Measure::Category;
        match self {
            Self::Answer(answer) => Content::Answers(vec![answer]),
            Self::Blank => Content::Answers(vec![question.answers.len()]),
            Self::Net(net) => Content::Answers(question.nets[net].members.clone()),
            Self::First => Content::Places(1),
            Self::Top(places) => Content::Places(places),
            Self::Difference(index) if list => {
                let difference = &question.differences[index];
                let (plus, minus) = (difference.plus.clone(), difference.minus.clone());
                Content::Difference { plus, minus }
            }
            Self::Promoters => scores(question, promoter),
            Self::Mean if list && question.kind != Kind::Rank => {
                scores(question, |score| score)
            }
            Self::Place => Content::Scores(
                (0..question.items.len()).map(|k| (k, k as f64 + 1.0)).collect(),
            ),
            Self::Mean | Self::Median | Self::Difference(_) => Content::Other,
        }
    }
}

fn scores(question: &Question, of: fn(f64) -> f64) -> Content {
    let answers = question.answers.iter().enumerate();
    Content::Scores(answers.filter_map(|(k, a)| Some((k, of(a.score?.0)))).collect())
}
