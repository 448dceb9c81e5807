//! Between which numbers sums of atoms must lie.

use super::blocks::{Block, Blocks};
use super::program::{Extreme, Program, Values};
use super::{Fact, Sum, System};

/// What is rounding of the machine and not of a figure: far less than one respondent, and
/// more than the solver's own tolerance of 1e-7 in each fact leaves in a sum of facts.
const TOLERANCE: f64 = 1e-5;

const BOTH: [Extreme; 2] = [Extreme::Largest, Extreme::Smallest];

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
        (self.high + TOLERANCE).floor() - (self.low - TOLERANCE).ceil()
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
    /// The facts contradict each other, or the known point contradicts them.
    Contradiction,
    /// The solver gave up.
    GaveUp,
}

impl System {
    /// The range of each target, a sum of whole respondents. One that is found to be `enough`
    /// wide ([`Range::whole_width`]) is not made exact: then it is part of the whole range,
    /// and `enough` wide or wider. One that is narrower may have bounds a little outside the
    /// exact ones, and is narrower than `enough` all the same. Infinity for all exact. The
    /// same whatever the machine does besides.
    ///
    /// # Errors
    /// If the facts contradict each other, or the solver gives up.
    pub fn ranges(&self, targets: &[Sum], enough: f64) -> Result<Vec<Range>, Unsolved> {
        self.ranges_each(targets, &vec![enough; targets.len()])
    }

    /// The same with what is enough for each target.
    ///
    /// # Errors
    /// As [`System::ranges`].
    pub fn ranges_each(&self, targets: &[Sum], enough: &[f64]) -> Result<Vec<Range>, Unsolved> {
        let point = self.feasible(targets)?;
        let split = |of: &Vec<Option<usize>>| Blocks::of(self, of);
        let mut splits: Vec<Blocks> = self.shared.iter().flat_map(split).collect();
        let mut search = Search::new(self, targets, enough, &point);
        for (target, sum) in targets.iter().enumerate() {
            for blocks in &mut splits {
                if search.settled[target] {
                    break;
                }
                if let Some(block) = blocks.find(sum, self, &point) {
                    search.within(target, block)?;
                }
            }
            if !search.settled[target] {
                search.seek(target, &self.program())?;
                search.settled[target] = true;
            }
        }
        Ok(search.seen)
    }

    /// Counts that fit every fact: those that are known, or between the extremes of all
    /// targets together. They fit too where facts are left out: whoever asks for ranges with
    /// this fact and that left out finds them once, as [`System::point`].
    ///
    /// # Errors
    /// If the facts contradict each other, or the solver gives up.
    pub fn feasible(&self, targets: &[Sum]) -> Result<Vec<f64>, Unsolved> {
        if let Some(point) = &self.point {
            let fits = point.len() == self.atoms && self.fits(point);
            return fits.then(|| point.clone()).ok_or(Unsolved::Contradiction);
        }
        let everything = self.program();
        let all = targets.iter().fold(Sum::default(), |all, target| all.plus(1.0, target));
        let mut found = Vec::new();
        for extreme in BOTH {
            found.extend(everything.solve(&all, extreme)?);
        }
        let share = 1.0 / found.len() as f64;
        let mut point = vec![0.0; self.atoms];
        for (atom, value) in found.iter().flatten() {
            point[*atom] += share * value;
        }
        Ok(point)
    }

    /// The whole system as one program.
    fn program(&self) -> Program {
        Program::new((0..self.atoms).collect(), self.facts.clone())
    }

    /// Whether counts fit every fact.
    fn fits(&self, point: &[f64]) -> bool {
        let fits = |fact: &Fact| {
            let value = value(&fact.sum, point);
            value >= fact.low - TOLERANCE && value <= fact.high + TOLERANCE
        };
        point.iter().all(|count| *count >= 0.0) && self.facts.iter().all(fits)
    }
}

/// The ranges that are found, and what they are found from.
struct Search<'s> {
    system: &'s System,
    targets: &'s [Sum],
    enough: &'s [f64],
    point: &'s [f64],
    seen: Vec<Range>,
    /// Which of the ranges need no more work.
    settled: Vec<bool>,
}

impl<'s> Search<'s> {
    fn new(
        system: &'s System,
        targets: &'s [Sum],
        enough: &'s [f64],
        point: &'s [f64],
    ) -> Self {
        let at = |target| {
            let value = value(target, point);
            Range { low: value, high: value }
        };
        let seen = targets.iter().map(at).collect();
        let settled = vec![false; targets.len()];
        Self { system, targets, enough, point, seen, settled }
    }

    /// Solves a program that holds all facts about a target, in which those that are no part
    /// of it are held at the point: what it finds is a witness for every target.
    fn seek(&mut self, target: usize, program: &Program) -> Result<(), Unsolved> {
        for extreme in BOTH {
            if self.settled[target] {
                return Ok(());
            }
            match program.solve(&self.targets[target], extreme)? {
                Some(values) => self.witness(&values)?,
                None => self.endless(target, extreme),
            }
        }
        Ok(())
    }

    /// Widens all ranges by the point with some atoms changed.
    fn witness(&mut self, changed: &Values) -> Result<(), Unsolved> {
        let mut point = self.point.to_vec();
        for (atom, value) in changed {
            point[*atom] = *value;
        }
        if !self.system.fits(&point) {
            return Err(Unsolved::GaveUp);
        }
        for (target, sum) in self.targets.iter().enumerate() {
            if !self.settled[target] {
                self.seen[target].include(value(sum, &point));
                self.settled[target] = self.seen[target].whole_width() >= self.enough[target];
            }
        }
        Ok(())
    }

    fn endless(&mut self, target: usize, extreme: Extreme) {
        match extreme {
            Extreme::Largest => self.seen[target].high = f64::INFINITY,
            Extreme::Smallest => self.seen[target].low = f64::NEG_INFINITY,
        }
    }

    /// Looks whether a target's own block settles it, one way or the other.
    fn within(&mut self, target: usize, block: &Block) -> Result<(), Unsolved> {
        if self.enough[target].is_infinite() {
            return Ok(());
        }
        self.seek(target, &block.inner)?;
        if self.settled[target] {
            return Ok(());
        }
        let mut around = self.seen[target];
        for extreme in BOTH {
            match block.outer.solve(&self.targets[target], extreme)? {
                Some(values) => around.include(of(&self.targets[target], &values)),
                None => return Ok(()),
            }
        }
        if around.whole_width() < self.enough[target] {
            self.seen[target] = around;
            self.settled[target] = true;
        }
        Ok(())
    }
}

fn value(sum: &Sum, point: &[f64]) -> f64 {
    sum.0.iter().map(|(atom, factor)| factor * point[*atom]).sum()
}

/// A sum of which all atoms have a value.
fn of(sum: &Sum, values: &Values) -> f64 {
    let at = |atom| values.get(atom).copied().unwrap_or(0.0);
    sum.0.iter().map(|(atom, factor)| factor * at(atom)).sum()
}
