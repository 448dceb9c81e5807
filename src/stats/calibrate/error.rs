//! Why weights cannot be made: what a message to the analyst needs, in numbers.
//!
//! Takes nothing and knows no names. Fields count positions from 0; the sentences of
//! [`Display`](fmt::Display) count them from 1.

use std::fmt;

/// Why an adjustment of weights was refused.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// There is nobody to weight.
    NoRecords,
    /// A slice has not as many elements as it should.
    Length {
        /// What the slice holds.
        what: &'static str,
        /// How many elements it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A base weight is negative, zero or not a number.
    BaseWeight {
        /// The first such record.
        record: usize,
        /// Its weight.
        weight: f64,
    },
    /// A target is negative or not a number.
    Target {
        /// The margin; 0 for post-strata.
        margin: usize,
        /// The code within the margin.
        code: usize,
        /// The target.
        target: f64,
    },
    /// A target above zero for a code that nobody with a weight has.
    WithoutRespondents {
        /// The margin; 0 for post-strata.
        margin: usize,
        /// The code within the margin.
        code: usize,
        /// The target.
        target: f64,
    },
    /// Records whose code has no target, or a target of zero.
    WithoutTarget {
        /// The margin; 0 for post-strata.
        margin: usize,
        /// The code within the margin.
        code: usize,
        /// How many records have it.
        records: usize,
    },
    /// The targets of two margins do not add up to the same total.
    TotalsDisagree {
        /// The margin that differs most from the last one.
        margin: usize,
        /// What its targets add up to.
        total: f64,
        /// What the targets of the last margin add up to.
        expected: f64,
    },
    /// Raking did not meet the targets within the rounds allowed.
    RakingNotConverged {
        /// The rounds tried.
        rounds: usize,
        /// The margin that is furthest off.
        margin: usize,
        /// The code that is furthest off.
        code: usize,
        /// Its relative difference from the target.
        error: f64,
    },
    /// A population total is not a number.
    Total {
        /// The column.
        column: usize,
        /// The total.
        total: f64,
    },
    /// An auxiliary value is not a number.
    Auxiliary {
        /// The column.
        column: usize,
        /// The first such cell; the record if each record has its own.
        cell: usize,
    },
    /// A column is zero for everybody but its total is not.
    EmptyColumn {
        /// The column.
        column: usize,
        /// Its total.
        total: f64,
    },
    /// A column is a combination of earlier ones, and its total is not the same
    /// combination of theirs.
    Collinear {
        /// The column.
        column: usize,
        /// Its total.
        total: f64,
        /// The total that follows from the earlier columns.
        implied: f64,
    },
    /// Limits that the distance cannot work with: the lower must be below the upper; for
    /// logit both are finite and on either side of 1; for raking the upper is above 0.
    Bounds {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
    },
    /// One total is out of reach of weights within the bounds.
    OutOfReach {
        /// The column.
        column: usize,
        /// Its total.
        total: f64,
        /// The least that weights within the bounds can add up to.
        least: f64,
        /// The most.
        most: f64,
    },
    /// Each total is within reach but, as was proved, not all at once.
    BoundsCannotBeMet {
        /// The column that is furthest off.
        column: usize,
        /// Its relative difference from the total.
        error: f64,
    },
    /// Calibration did not meet the totals within the rounds allowed.
    CalibrationNotConverged {
        /// The rounds tried.
        rounds: usize,
        /// The column that is furthest off.
        column: usize,
        /// Its relative difference from the total.
        error: f64,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRecords => f.write_str("there are no records to weight"),
            Self::Length { what, found, expected } => {
                write!(f, "{found} {what} where {expected} are needed")
            }
            Self::BaseWeight { record, weight } => {
                write!(f, "record {} has the base weight {weight}", record + 1)
            }
            Self::Target { .. }
            | Self::WithoutRespondents { .. }
            | Self::WithoutTarget { .. }
            | Self::TotalsDisagree { .. }
            | Self::RakingNotConverged { .. } => self.describe_margin(f),
            Self::Bounds { .. } | Self::OutOfReach { .. } | Self::BoundsCannotBeMet { .. } => {
                self.describe_bounds(f)
            }
            _ => self.describe_column(f),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The sentences about margins and their codes.
    fn describe_margin(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target { margin, code, target } => {
                write!(f, "{} has the target {target}", place(*margin, *code))
            }
            Self::WithoutRespondents { margin, code, target } => {
                write!(f, "{} has the target {target} but nobody", place(*margin, *code))
            }
            Self::WithoutTarget { margin, code, records } => {
                write!(f, "{} has {records} records but no target", place(*margin, *code))
            }
            Self::TotalsDisagree { margin, total, expected } => write!(
                f,
                "the targets of margin {} add up to {}, those of the last to {}",
                margin + 1,
                short(*total),
                short(*expected)
            ),
            Self::RakingNotConverged { rounds, margin, code, error } => write!(
                f,
                "after {rounds} rounds {} is still off its target by {error:.1e} of it",
                place(*margin, *code)
            ),
            _ => Ok(()),
        }
    }

    /// The sentences about columns of auxiliaries.
    fn describe_column(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Total { column, total } => {
                write!(f, "the total of column {} is {total}", column + 1)
            }
            Self::Auxiliary { column, cell } => {
                write!(f, "column {} has no number in cell {}", column + 1, cell + 1)
            }
            Self::EmptyColumn { column, total } => {
                write!(
                    f,
                    "column {} is zero for everybody but its total is {total}",
                    column + 1
                )
            }
            Self::Collinear { column, total, implied } => write!(
                f,
                "column {} follows from the ones before it, whose totals imply {} and not \
                 {total}",
                column + 1,
                short(*implied)
            ),
            Self::CalibrationNotConverged { rounds, column, error } => write!(
                f,
                "after {rounds} rounds column {} is still off its total by {error:.1e} of it",
                column + 1
            ),
            _ => Ok(()),
        }
    }

    /// The sentences about limits on the change of weights.
    fn describe_bounds(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bounds { lower, upper } => {
                write!(f, "{lower} and {upper} cannot be the bounds of this adjustment")
            }
            Self::OutOfReach { column, total, least, most } => write!(
                f,
                "the total of column {} is {total}, but within the bounds it can only be \
                 between {} and {}",
                column + 1,
                short(*least),
                short(*most)
            ),
            Self::BoundsCannotBeMet { column, error } => write!(
                f,
                "no weights within the bounds meet all totals at once; column {} is furthest \
                 off, by {error:.1e} of its total",
                column + 1
            ),
            _ => Ok(()),
        }
    }
}

/// A computed number to ten digits, which hides what rounding did to the others.
fn short(number: f64) -> f64 {
    format!("{number:.9e}").parse().unwrap_or(number)
}

/// A code of a margin, counted from 1.
fn place(margin: usize, code: usize) -> String {
    format!("category {} of margin {}", code + 1, margin + 1)
}
