//! Why a test does not exist.
//!
//! Takes nothing; gives reasons that a message can print. Knows no data.

use core::fmt;

/// Why a test does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untestable {
    /// A table of one row or column, a question of one answer, a family of one value.
    OneCategory,
    /// So many cells are empty that the interaction cannot be estimated.
    EmptyCells,
    /// The sampling variance is zero, so that any difference would be infinitely many
    /// standard errors.
    NoVariance,
    /// The covariance is singular: some of the figures follow from the others, or the
    /// sample has fewer units than figures.
    Singular,
    /// The design leaves no degrees of freedom.
    NoFreedom,
    /// An expected share is not above zero.
    Expected,
    /// A figure has no logarithm or log-odds.
    OutOfScale,
    /// The scores of the groups are all alike.
    EqualScores,
    /// Values, covariance and contrasts differ in size, or something is not a number.
    Shape,
    /// A column has no respondents, or their weights add up to nothing.
    NoBase,
    /// A column has fewer respondents than are asked for.
    SmallBase,
    /// In a column, too few gave the answer or too few did not.
    FewAnswers,
    /// Nobody in both columns gave the answer, or everybody did.
    AllOrNone,
    /// Nobody in one of the columns gave the answer, or everybody did, and the method does
    /// not test such shares.
    Certain,
    /// The two shares are the same number, and the method does not test such shares.
    Identical,
    /// Everybody in one of the columns is in the other too.
    Nested,
}

impl fmt::Display for Untestable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneCategory => "there is only one category, so nothing to compare",
            Self::EmptyCells => "too many cells of the table are empty",
            Self::NoVariance => "the sampling variance is zero",
            Self::Singular => {
                "the figures determine one another, or there are fewer sampling units than \
                 figures"
            }
            Self::NoFreedom => "the design leaves no degrees of freedom",
            Self::Expected => "an expected share is not above zero",
            Self::OutOfScale => "a figure is not inside the scale on which it is compared",
            Self::EqualScores => "the scores of the groups are all alike",
            Self::Shape => "values, covariance and contrasts are not of one size",
            Self::NoBase => "a column has no respondents",
            Self::SmallBase => "a column has too few respondents",
            Self::FewAnswers => "in a column, too few gave the answer or too few did not",
            Self::AllOrNone => "both shares are 0 %, or both are 100 %",
            Self::Certain => "a share is 0 % or 100 %, which this method does not test",
            Self::Identical => "the two shares are the same number",
            Self::Nested => "one column is a part of the other",
        })
    }
}

impl core::error::Error for Untestable {}
