//! The invented people: random numbers, what the members are like, and the line that turns a
//! trait into answers. Takes a seed, gives members; knows the lists, never a column.

use crate::asked::{PHASES, REGIONS, SEXES, Stratum};

/// `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators"): small, and the same everywhere. Holds the state, at first the seed.
pub(super) struct Random(pub u64);

impl Random {
    /// The next 64 bits.
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, 1.
    fn uniform(&mut self) -> f64 {
        f64::from((self.bits() >> 32) as u32) / 4_294_967_296.0
    }

    /// Nearly normal with mean 0 and standard deviation 1: twelve uniforms added up, since
    /// logarithms and sines may differ between machines.
    pub(super) fn noise(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// True with probability `p`.
    pub(super) fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// A whole number under `limit`; the bias of the remainder does not matter here.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        (self.bits() >> 32) as u32 % limit
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let limit = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list[self.below(limit) as usize]
    }
}

/// A respondent: places in the lists of `asked`, the weight, and the two hidden traits (mean
/// near 0, standard deviation near 1).
#[derive(Clone, Default)]
pub(super) struct Member {
    pub region: usize,
    pub phase: usize,
    pub sex: usize,
    pub role: usize,
    pub school_type: usize,
    pub experience: usize,
    pub age: usize,
    pub weight: f64,
    pub critical: f64,
    pub strain: f64,
}

impl Member {
    /// Draws a member of the union who replied. Groups reply more or less readily, and the
    /// weight undoes that: one over the readiness.
    pub(super) fn draw(random: &mut Random) -> Self {
        let (region, by_region) = reply_from(random, &REGIONS);
        let (phase, by_phase) = reply_from(random, &PHASES);
        let (sex, by_sex) = reply_from(random, &SEXES);
        let weight = 1.0 / (by_region * by_phase * by_sex);
        Self { region, phase, sex, weight, ..Self::default() }
    }

    /// Gives the hidden traits, once the groups are known.
    pub(super) fn feel(&mut self, random: &mut Random) {
        self.critical = [0.0, 0.05, 0.1, 0.0, 0.0, -0.05, -0.1, 0.0, 0.05][self.region]
            + [0.25, -0.05, -0.25, -0.45][self.phase]
            + [0.05, 0.15, -0.35, -0.2][self.role]
            + [-0.3, -0.05, 0.05, 0.1, 0.15][self.experience]
            + random.noise();
        self.strain = 0.35 * self.critical
            + [0.1, 0.0, 0.05, -0.2][self.phase]
            + [0.0, 0.2, 0.15, -0.8][self.role]
            + [0.1, 0.15, 0.1, 0.0, -0.15][self.experience]
            + [0.1, -0.2, 0.0][self.sex]
            + 0.9 * random.noise();
    }
}

/// The group that a reply comes from, and how readily that group replies.
fn reply_from(random: &mut Random, strata: &[Stratum]) -> (usize, f64) {
    let total: f64 = strata.iter().map(|(_, share, ready)| share * ready).sum();
    let mut left = random.uniform() * total;
    for (place, (_, share, ready)) in strata.iter().enumerate() {
        left -= share * ready;
        if left < 0.0 {
            return (place, *ready);
        }
    }
    (0, strata[0].2)
}

/// Lines up `who` by score and cuts the line, counted in weights, where the shares end; the
/// first answer goes to the lowest scores. Gives a place in `shares` for each of `who`.
pub(super) fn cut(
    who: &[usize],
    scores: &[f64],
    weights: &[f64],
    shares: &[f64],
) -> Vec<(usize, usize)> {
    let mut line = who.to_vec();
    line.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(a.cmp(b)));
    let all: f64 = line.iter().map(|person| weights[*person]).sum();
    let scale = all / shares.iter().sum::<f64>();
    let (mut place, mut end, mut passed) = (0, shares[0] * scale, 0.0);
    let mut given = Vec::with_capacity(line.len());
    for person in line {
        let middle = passed + weights[person] / 2.0;
        while middle > end && place + 1 < shares.len() {
            place += 1;
            end += shares[place] * scale;
        }
        given.push((person, place));
        passed += weights[person];
    }
    given
}
