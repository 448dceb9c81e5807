//! What else a case may mean where R has two conventions, or authors two habits.
//!
//! The answer decides: each way of reading is tried on the whole case, R's own first, and
//! the first that agrees in every figure is taken. No figure has a reading of its own.

use std::fmt;

/// Something that is not as R does it at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Other {
    /// Estimates have the degrees of freedom of those who answered, tests those of the
    /// design; replicates those that they had before their weights were fitted.
    Freedom,
    /// Several variables are asked of the records that have all of them.
    Listwise,
    /// Differences are the other way round.
    Turned,
    /// Targets are shares of the sum of the base weights.
    KeptSum,
    /// A mean that is tested stands for itself, not for its distance from `mu`.
    AsItIs,
    /// Records without an answer count in n.
    AllRecords,
    /// The exact mixture is the saddlepoint, as in R without a package for the former.
    Saddlepoint,
    /// A test of ranks has its statistic and degrees of freedom the wrong way round.
    Swapped,
    /// p is adjusted for the number of comparisons.
    Adjusted,
    /// A jackknife without a scale has that of its number of replicates.
    Scale,
    /// A model was fitted until nothing changed any more, further than R goes by itself.
    Settled,
}

/// A way to read a case: in what it departs from R's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading(Vec<Other>);

impl Reading {
    pub(crate) fn is(&self, other: Other) -> bool {
        self.0.contains(&other)
    }

    /// All ways to read a case that asks for these statistics, R's first.
    pub(crate) fn all(stats: &[String]) -> Vec<Self> {
        let mut others: Vec<Other> = vec![Other::Freedom, Other::Scale];
        for stat in stats {
            let more: &[Other] = match stat.as_str() {
                "mean" | "total" | "population_variance" => &[Other::Listwise],
                "pairwise" => &[Other::Turned, Other::Adjusted],
                "proportion" => &[Other::AllRecords],
                "table_test" => &[Other::AllRecords, Other::Saddlepoint],
                "ttest" => &[Other::Turned, Other::AsItIs],
                "ranktest" => &[Other::Turned, Other::Swapped],
                "glm" => &[Other::Settled],
                "rake" | "poststratify" => &[Other::KeptSum],
                _ => &[],
            };
            others.extend(
                more.iter().filter(|other| !others.contains(other)).collect::<Vec<_>>(),
            );
        }
        let sets = 0..1_usize << others.len();
        let chosen = |set: usize| {
            let places = (0..others.len()).filter(|place| (set >> place) & 1 == 1);
            Self(places.map(|place| others[place]).collect())
        };
        let mut readings: Vec<Self> = sets.map(chosen).collect();
        readings.sort_by_key(|reading| reading.0.len());
        readings
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " (read as {:?})", self.0) }
    }
}
