//! The thresholds of each profile.

use crate::poll::Profile;

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

/// Decimal places of percentages, where numbers are rounded.
pub const PERCENT_DECIMALS: u8 = 0;
/// Decimal places of means, where numbers are rounded.
pub const MEAN_DECIMALS: u8 = 1;

pub(super) fn rules(profile: Profile) -> Rules {
    let public = Rules {
        small: 4,
        small_sensitive: 9,
        floor: 50,
        unreliable: 100,
        widest: 20.0,
        all_or_none: 100,
        rounding: Some(Rounding { base: 10, weighted: None }),
    };
    match profile {
        Profile::Public => public,
        Profile::Officers => Rules {
            small_sensitive: 4,
            floor: 30,
            rounding: Some(Rounding { base: 5, weighted: Some(10) }),
            ..public
        },
        Profile::Analyst => Rules {
            small: 0,
            small_sensitive: 0,
            floor: 0,
            all_or_none: 0,
            rounding: None,
            ..public
        },
    }
}
