//! The thresholds of a poll: those of its profile, and what its file changes.

use crate::poll::{Poll, Profile, Threshold};

/// What a profile hides and how it rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rules {
    /// The largest count that is too small to show.
    pub(super) small: u64,
    /// The same for sensitive questions.
    pub(super) small_sensitive: u64,
    /// Below this base a column shows nothing.
    pub(super) floor: u64,
    /// Below this base figures are marked as having low reliability.
    pub(super) unreliable: u64,
    /// Intervals wider than this many points make a figure unreliable.
    pub(super) widest: f64,
    /// All or none in a group, on a sensitive question, is hidden below this base.
    pub(super) all_or_none: u64,
    /// How numbers are rounded; none: not at all.
    pub(super) rounding: Option<Rounding>,
}

/// How numbers are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rounding {
    /// Bases to multiples of this.
    pub(super) base: u32,
    /// Weighted bases to multiples of this; none: not shown.
    pub(super) weighted: Option<u32>,
}

/// Decimal places of percentages and of means, where numbers are rounded.
pub(super) const PERCENT_DECIMALS: u8 = 0;
pub(super) const MEAN_DECIMALS: u8 = 1;

/// The step to which weighted numbers of people are rounded for officers, at least.
const WEIGHTED_STEP: u32 = 10;

/// What a poll hides from its readers, and how it rounds.
pub(super) fn rules(poll: &Poll) -> Rules {
    let step = u32::try_from(poll.threshold(Threshold::BaseStep)).unwrap_or(u32::MAX);
    Rules {
        small: poll.threshold(Threshold::Small),
        small_sensitive: poll.threshold(Threshold::SmallSensitive),
        floor: poll.threshold(Threshold::Floor),
        unreliable: poll.threshold(Threshold::Unreliable),
        widest: 20.0,
        all_or_none: poll.threshold(Threshold::AllOrNone),
        rounding: match poll.profile {
            Profile::Public => Some(Rounding { base: step, weighted: None }),
            Profile::Officers => {
                Some(Rounding { base: step, weighted: Some(step.max(WEIGHTED_STEP)) })
            }
            Profile::Analyst => None,
        },
    }
}
