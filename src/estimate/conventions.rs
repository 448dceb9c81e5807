//! The conventions by which a number is given its uncertainty: one value for all numbers
//! of a run, so that no two of them are made differently.

use crate::stats::ProportionMethod;
use crate::stats::effective::Against;

/// How degrees of freedom are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freedom {
    /// Sampling units with a member of the domain minus their strata.
    Domain,
    /// Sampling units minus strata of the whole design.
    Whole,
}

/// How a number is given its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conventions {
    /// The confidence of intervals, such as 0.95.
    pub level: f64,
    /// How degrees of freedom are counted.
    pub freedom: Freedom,
    /// How the interval of a share is made.
    pub share: ProportionMethod,
    /// What design effects are held against.
    pub against: Against,
    /// Whether intervals of shares follow R survey where it departs from their definition:
    /// Korn and Graubard's effective size may exceed the number who answered, and the
    /// profile likelihood is read off R's grid.
    pub as_in_r: bool,
}

impl Conventions {
    /// Those of everything that is published.
    pub const PUBLISHED: Self = Self {
        level: 0.95,
        freedom: Freedom::Domain,
        share: ProportionMethod::KornGraubardBeta,
        against: Against::WithReplacement,
        as_in_r: false,
    };

    /// Those of R survey, to compare with it.
    pub const R: Self = Self {
        level: 0.95,
        freedom: Freedom::Whole,
        share: ProportionMethod::WaldT,
        against: Against::WithoutReplacement,
        as_in_r: true,
    };
}
