//! Random numbers for the bootstrap, the same on every machine.
//!
//! Takes a seed and a stream; gives whole numbers. The generator is xoshiro256++ (Blackman
//! and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47),
//! started by `SplitMix64` (Steele, Lea and Flood 2014) as its authors advise. Each
//! replicate has a stream of its own, so that it does not depend on how many others there
//! are or which thread makes it. Not for secrets.

use std::collections::BTreeSet;

/// A xoshiro256++ generator.
#[derive(Clone, Debug)]
pub(super) struct Random {
    state: [u64; 4],
}

impl Random {
    /// The generator of one stream of a seed.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut key = seed;
        let mut start = split_mix(&mut key).wrapping_add(stream);
        Self { state: std::array::from_fn(|_| split_mix(&mut start)) }
    }

    /// The next 64 random bits.
    fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let (third, fourth) = (c ^ a, d ^ b);
        self.state = [a ^ fourth, b ^ third, third ^ (b << 17), fourth.rotate_left(45)];
        a.wrapping_add(d).rotate_left(23).wrapping_add(a)
    }

    /// A whole number below `n`, each as likely as any other; 0 if `n` is 0.
    ///
    /// Lemire (2019), "Fast random integer generation in an interval", algorithm 5.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        let unfair = n.wrapping_neg().checked_rem(n).unwrap_or(0);
        loop {
            let product = u128::from(self.bits()) * u128::from(n);
            let [high, low] = [product >> 64, product & u128::from(u64::MAX)];
            if low >= u128::from(unfair) {
                return u64::try_from(high).unwrap_or(0);
            }
        }
    }

    /// One of `n` places; 0 if `n` is 0.
    pub(super) fn place(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap_or(0)
    }

    /// `size` different whole numbers below `n`, at most `n` of them.
    ///
    /// Floyd's algorithm: Bentley and Floyd (1987), "A sample of brilliance".
    pub(super) fn without_replacement(&mut self, size: u64, n: u64) -> BTreeSet<u64> {
        let mut drawn = BTreeSet::new();
        for last in n.saturating_sub(size)..n {
            let number = self.below(last + 1);
            if !drawn.insert(number) {
                drawn.insert(last);
            }
        }
        drawn
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers that the authors' own programs give.
    #[test]
    fn the_published_generators() {
        let mut seed = 1_234_567;
        let mixed = [(); 3].map(|()| split_mix(&mut seed));
        let want =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(mixed, want);
        let mut random = Random { state: [1, 2, 3, 4] };
        let bits = [(); 4].map(|()| random.bits());
        assert_eq!(
            bits,
            [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]
        );
    }

    #[test]
    fn every_number_is_as_likely() {
        let mut random = Random::new(7, 0);
        let mut counts = [0_i32; 6];
        for _ in 0..6_000 {
            let number = usize::try_from(random.below(6)).expect("small");
            counts[number] += 1;
        }
        assert!(counts.iter().all(|n| (n - 1_000).abs() < 120), "{counts:?}");
        // Without the numbers that are thrown back, half of these would be multiples of 3.
        let thirds = (0..6_000).filter(|_| random.below(3 << 62).is_multiple_of(3)).count();
        assert!(thirds.abs_diff(2_000) < 150, "{thirds}");
        assert_eq!(random.below(1), 0);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn without_replacement_all_are_different() {
        let mut random = Random::new(7, 1);
        assert_eq!(random.without_replacement(5, 5), (0..5).collect());
        let some = random.without_replacement(4, 1_000_000);
        assert!(some.len() == 4 && some.iter().all(|number| *number < 1_000_000));
    }

    #[test]
    fn streams_differ_and_repeat() {
        let first = |stream| Random::new(42, stream).bits();
        assert_eq!(first(3), first(3));
        assert_ne!(first(3), first(4));
    }
}
