//! What can be wrong with what is asked for.

use crate::diagnostic::{Code, Severity};

pub(super) static BANNER: Code = Code {
    id: "E010",
    severity: Severity::Error,
    title: "a banner is not a question with one answer",
    explanation: "`banner` in `[tables]` names questions of kind `single` whose answers become \
                  the columns of the crosstabs.\n\n\
                  Remedy: name such a question by its key. Nested banners, \
                  `\"phase > role\"`, are not done by this version.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[&BANNER];

/// The name of the interval of means.
pub(super) const WALD: &str = "wald_t";
/// The name of the interval of medians.
pub(super) const WOODRUFF: &str = "woodruff";
