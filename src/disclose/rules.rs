//! The thresholds of a poll: those of its profile, and what its file changes.

use crate::poll::{Poll, Profile, Threshold};
use crate::tabulate::Local;

/// What a profile hides and how it rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rules {
    /// The largest count that is too small to show.
    pub(super) small: u64,
    /// The same for sensitive questions.
    pub(super) small_sensitive: u64,
    /// Below this base a column shows nothing.
    pub(super) floor: u64,
    /// Below this base a column of a place smaller than a region shows nothing.
    pub(super) local: u64,
    /// Below this base figures are marked as having low reliability.
    pub(super) unreliable: u64,
    /// Intervals wider than this many points make a figure unreliable.
    pub(super) widest: f64,
    /// All or none in a group, on a sensitive question, is hidden below this base.
    pub(super) all_or_none: u64,
    /// How numbers are rounded; none: not at all.
    pub(super) rounding: Option<Rounding>,
}

impl Rules {
    /// The base under which a column of a table shows nothing; the total is the first.
    pub(super) fn floor_of(&self, column: usize, local: Local) -> u64 {
        match local {
            Local::All => self.local,
            Local::Groups if column > 0 => self.local,
            Local::Groups | Local::Nowhere => self.floor,
        }
    }
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

/// The step to which weighted numbers of people are rounded for officers, at least.
const WEIGHTED_STEP: u32 = 10;

/// The base that a place smaller than a region needs at least.
fn local_floor(profile: Profile) -> u64 {
    match profile {
        Profile::Public => 100,
        Profile::Officers => 50,
        Profile::Analyst => 0,
    }
}

/// What a poll hides from its readers, and how it rounds.
pub(super) fn rules(poll: &Poll) -> Rules {
    let step = u32::try_from(poll.threshold(Threshold::BaseStep)).unwrap_or(u32::MAX);
    Rules {
        small: poll.threshold(Threshold::Small),
        small_sensitive: poll.threshold(Threshold::SmallSensitive),
        floor: poll.threshold(Threshold::Floor),
        local: poll.threshold(Threshold::Floor).max(local_floor(poll.profile)),
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

#[cfg(test)]
mod tests {
    use super::super::Figure;
    use super::super::tests::{figures, gate, table, typed};
    use super::*;
    use crate::poll::Sampling;
    use crate::tabulate::Statistic;

    #[test]
    fn thresholds_of_the_poll_file_decide_what_is_shown() {
        let shown = |lines: &str, counts: &[u64]| -> Vec<String> {
            let released = typed(table(counts, false), lines);
            let text = |f: &&Figure| {
                f.value().map_or_else(String::new, |v| v.to_string()) + f.status().code()
            };
            figures(&released).iter().map(text).collect()
        };
        assert_eq!(shown("", &[900, 90, 10])[2], "1");
        assert_eq!(shown("small = 10", &[900, 90, 10])[2], "[c]");
        let reason = "reason = \"All agreed.\"\n";
        let two = [900_u64, 97, 3];
        assert_eq!(shown("", &two)[2], "[c]");
        assert_eq!(shown(&format!("small = 2\n{reason}"), &two)[2], "[low]");
        assert_eq!(shown(&format!("floor = 20\n{reason}"), &[10, 15])[0], "40[u]");
        assert_eq!(shown("floor = 200", &[60, 60])[0], "[c]");
        assert_eq!(shown("unreliable = 200", &[60, 60])[0], "50[u]");
    }

    #[test]
    fn places_smaller_than_a_region_need_more_people() {
        let shown = |profile, local| {
            let mut raw = table(&[30, 25], false);
            raw.makeup.local = local;
            let released = gate(raw, profile, Sampling::Nonprobability);
            figures(&released)[0].value().is_some()
        };
        assert!(shown(Profile::Public, Local::Nowhere), "no place");
        assert!(shown(Profile::Public, Local::Groups), "the total is of all places");
        assert!(!shown(Profile::Public, Local::All), "under 100");
        assert!(shown(Profile::Officers, Local::All), "not under 50");
        let rules = super::rules(&crate::poll::testing::typed("[disclosure]\nfloor = 120\n"));
        assert_eq!([0, 1].map(|column| rules.floor_of(column, Local::Groups)), [120, 120]);
        let rules = super::rules(&crate::poll::testing::typed(""));
        assert_eq!([0, 1].map(|column| rules.floor_of(column, Local::Groups)), [50, 100]);
    }

    #[test]
    fn numbers_of_people_are_not_given_in_public_and_rounded_for_officers() {
        let shown = |profile| {
            let mut raw = table(&[333, 36], false);
            for row in &mut raw.blocks[0].rows {
                row.statistic = Statistic::Total;
                row.cells[0].value = Some(row.cells[0].count as f64 * 1.02);
            }
            let released = gate(raw, profile, Sampling::Nonprobability);
            let figures = figures(&released).into_iter();
            figures.map(|f| (f.value(), f.status().code())).collect::<Vec<_>>()
        };
        // Not even which are small.
        assert_eq!(shown(Profile::Public), [(None, "[x]"), (None, "[x]")]);
        assert_eq!(shown(Profile::Officers), [(Some(340.0), ""), (Some(40.0), "")]);
        assert_eq!(shown(Profile::Analyst)[1], (Some(36.72), ""));
    }
}
