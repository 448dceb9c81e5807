//! Between which numbers sums of atoms must lie.

use super::walk::{End, FRESH, Walk};
use super::{Sum, System, begin};

/// What is rounding of the machine and not of a figure: far less than one respondent.
const TOLERANCE: f64 = 1e-5;

/// After how many exchanges the table of a walk is made anew if too much rounding was left.
const FRESHER: usize = 8;

/// Between which numbers a sum must lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The smallest that it can be.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

impl Range {
    /// From the smallest to the largest.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// From the smallest whole number in the range to the largest: respondents are whole.
    /// Below zero if there is none.
    #[must_use]
    pub fn whole_width(&self) -> f64 {
        let (low, high) = self.whole();
        high - low
    }

    /// The smallest whole number in the range and the largest.
    #[must_use]
    pub fn whole(&self) -> (f64, f64) {
        ((self.low - TOLERANCE).ceil(), (self.high + TOLERANCE).floor())
    }

    /// Whether it surely is not below a number.
    #[must_use]
    pub fn is_from(&self, least: f64) -> bool {
        self.low >= least - TOLERANCE
    }

    /// Whether it is wide enough, if anything is.
    fn is(&self, enough: f64) -> bool {
        enough.is_finite() && self.whole_width() >= enough
    }

    /// With another value in it.
    fn include(&mut self, value: f64) {
        self.low = self.low.min(value);
        self.high = self.high.max(value);
    }
}

/// Why there is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolved {
    /// The facts contradict each other.
    Contradiction,
    /// The search did not end.
    GaveUp,
}

impl System {
    /// The range of each target, a sum of whole respondents: [`Search::ranges`] with one
    /// `enough` for all.
    ///
    /// # Errors
    /// If the facts contradict each other, or the search does not end.
    pub fn ranges(&self, targets: &[Sum], enough: f64) -> Result<Vec<Range>, Unsolved> {
        Search::new(self)?.ranges(targets, &vec![enough; targets.len()])
    }
}

/// A system with counts that fit it, ready to be asked for ranges.
#[derive(Clone, Debug)]
pub struct Search {
    walk: Walk,
    /// Every fact with its bounds, to try counts on.
    facts: Vec<super::Fact>,
    point: Vec<f64>,
}

impl Search {
    /// Finds counts that fit every fact of a system, near to the system's own point.
    ///
    /// # Errors
    /// If the facts contradict each other, or the search does not end.
    pub fn new(system: &System) -> Result<Self, Unsolved> {
        let mut point = system.point.clone().unwrap_or_default();
        point.resize(system.atoms, 0.0);
        let mut walk = Walk::new(&system.facts, &point);
        match walk.settle() {
            Err(Unsolved::GaveUp) => {
                walk = Walk::new(&system.facts, &begin::counts(system, &Sum::default())?);
                walk.settle()?;
            }
            settled => settled?,
        }
        let point = walk.counts().to_vec();
        let search = Self { walk, facts: system.facts.clone(), point };
        let fits = search.fits(&search.point, &[]);
        fits.then_some(search).ok_or(Unsolved::GaveUp)
    }

    /// The range of each target, a sum of whole respondents. One that is found to be `enough`
    /// wide ([`Range::whole_width`]) is not made exact: then it is part of the whole range,
    /// and `enough` wide or wider. One that is narrower holds the whole range for certain.
    /// Infinity for all exact. The same whatever the machine does besides.
    ///
    /// # Errors
    /// If a search does not end.
    pub fn ranges(&mut self, targets: &[Sum], enough: &[f64]) -> Result<Vec<Range>, Unsolved> {
        self.ranges_without(&[], targets, enough)
    }

    /// The same with some facts left out, by their numbers in order.
    ///
    /// # Errors
    /// If a search does not end.
    pub fn ranges_without(
        &mut self,
        facts: &[usize],
        targets: &[Sum],
        enough: &[f64],
    ) -> Result<Vec<Range>, Unsolved> {
        self.walk.without(facts);
        let at = |sum: &Sum| Range { low: sum.at(&self.point), high: sum.at(&self.point) };
        let mut seen: Vec<Range> = targets.iter().map(at).collect();
        for target in 0..targets.len() {
            let mut around = seen[target];
            let wide = |seen: &[Range]| seen[target].is(enough[target]);
            for factor in [1.0, -1.0] {
                if wide(&seen) {
                    break;
                }
                let bound = self.seek((targets, enough), (target, factor), facts, &mut seen)?;
                around.include(bound);
            }
            if !wide(&seen) {
                seen[target] = around;
                // Counts were found to be narrower apart than is certain.
                if wide(&seen) {
                    return Err(Unsolved::GaveUp);
                }
            }
        }
        Ok(seen)
    }

    /// The facts, by their numbers, that keep a sum from being larger or smaller than it can
    /// be: to leave out any other alone makes no difference.
    ///
    /// # Errors
    /// If a search does not end.
    pub fn binding(&mut self, gone: &[usize], sum: &Sum) -> Result<Vec<usize>, Unsolved> {
        self.walk.without(gone);
        let mut found = Vec::new();
        for factor in [1.0, -1.0] {
            let goal = Sum::default().plus(factor, sum);
            if self.walk.climb(&goal, FRESH, |_| false)? == End::Top {
                found.extend(self.walk.binding());
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Walks to where a target is the largest that it can be (`factor` 1) or smallest (-1):
    /// what it finds on its way says something of every target. Gives what this one can
    /// surely not be beyond.
    fn seek(
        &mut self,
        (targets, enough): (&[Sum], &[f64]),
        (target, factor): (usize, f64),
        gone: &[usize],
        seen: &mut [Range],
    ) -> Result<f64, Unsolved> {
        let goal = Sum::default().plus(factor, &targets[target]);
        let known = seen[target];
        let is_enough = |value: f64| {
            let mut seen = known;
            seen.include(factor * value);
            seen.is(enough[target])
        };
        for fresh in [FRESH, FRESHER] {
            if self.walk.climb(&goal, fresh, is_enough)? == End::Endless {
                seen[target].include(factor * f64::INFINITY);
                return Ok(factor * f64::INFINITY);
            }
            let found: Vec<f64> =
                self.walk.counts().iter().map(|count| count.max(0.0)).collect();
            if self.fits(&found, gone) {
                seen.iter_mut()
                    .zip(targets)
                    .for_each(|(seen, sum)| seen.include(sum.at(&found)));
                return Ok(factor * self.walk.certain(&goal));
            }
        }
        Err(Unsolved::GaveUp)
    }

    /// Whether counts fit every fact that is not left out.
    fn fits(&self, counts: &[f64], gone: &[usize]) -> bool {
        self.facts.iter().enumerate().all(|(at, fact)| {
            let value = fact.sum.at(counts);
            let fits = value >= fact.low - TOLERANCE && value <= fact.high + TOLERANCE;
            fits || gone.binary_search(&at).is_ok()
        })
    }
}
