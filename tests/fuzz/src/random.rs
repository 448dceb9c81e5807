//! Numbers that look random and are the same on every machine: `SplitMix64` (Steele, Lea and
//! Flood 2014, "Fast splittable pseudorandom number generators", figure 17).
//!
//! Takes a seed and the number of a case, gives that case's numbers. Knows nothing else.

/// The source of one case's choices.
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of a case: no other case of any seed is needed to make them.
    pub(crate) fn of_case(seed: u64, case: u64) -> Self {
        let mut seeds = Self(seed);
        let start = seeds.next() ^ case.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(start)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    /// Whether something that happens once in `times` happens now.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of a list that is not empty.
    pub(crate) fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> Option<&'a T> {
        list.get(self.below(list.len())).copied()
    }
}
