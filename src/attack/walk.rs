//! Walks from counts that fit every fact to those where a sum is the largest or smallest
//! that it can be.
//!
//! The simplex method with bounds on both sides of every fact and atom, begun not in a
//! corner but at any counts that fit: whatever is held may then lie between its bounds.
//! Sources: Dantzig 1963, "Linear programming and extensions", chapter 18 (bounds); Murtagh
//! and Saunders 1978, "Large-scale linearly constrained optimization" (superbasic variables).
//!
//! Knows nothing of what atoms stand for. Nothing rests on where a walk ends: counts that it
//! finds are tried on every fact, and [`Walk::certain`] is a bound by whatever multipliers.

use std::collections::BTreeMap;

use super::ranges::Unsolved;
use super::{Fact, Sum};

/// What is rounding of the machine in a coefficient.
const TINY: f64 = 1e-9;

/// How far outside its bounds a quantity counts as inside: far less than one respondent.
const OUTSIDE: f64 = 1e-8;

/// By how much less than that quantities may leave their bounds, so that a step is not made
/// by a coefficient that is almost nothing (Harris 1973, "Pivot selection methods of the
/// Devex LP code").
const ROOM: f64 = 1e-9;

/// By how much bounds are moved apart while walking, each by a little more than the one
/// before, so that no two are met at once and no step is of nothing (Charnes 1952,
/// "Optimality and degeneracy in linear programming").
const APART: f64 = 1e-7;

/// After how many exchanges the table is made anew, since each leaves a little rounding.
pub(super) const FRESH: usize = 60;

/// From what a coefficient on is large enough to divide by without looking for another.
const LARGE: f64 = 0.3;

/// How many steps a walk may take.
const LONGEST: usize = 20_000;

/// Where a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing makes the sum larger.
    Top,
    /// It was told that this is enough.
    Enough,
    /// The sum has no end.
    Endless,
}

/// Atoms and sums of atoms, each with its bounds, and the counts where the walk is.
///
/// A *quantity* is an atom or a sum. Some are *held*, as many as there are atoms; each of the
/// others follows from the held ones by its row of the table.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    atoms: usize,
    sums: Vec<Sum>,
    /// The quantity that each fact bounds, and how.
    bounds: Vec<(usize, f64, f64)>,
    low: Vec<f64>,
    high: Vec<f64>,
    /// By how much the bounds of each quantity are moved apart.
    apart: Vec<f64>,
    /// Where every walk begins: all quantities.
    start: Vec<f64>,
    value: Vec<f64>,
    /// A row for each quantity that follows, a column for each that is held.
    table: Vec<f64>,
    follows: Vec<usize>,
    held: Vec<usize>,
    /// Rows that differ from the sums, with which every walk begins.
    touched: Vec<bool>,
    /// What the goal changes by when what is held does.
    slope: Vec<f64>,
    /// Whether it is on the way to counts that fit.
    settling: bool,
}

impl Walk {
    /// Atoms and facts about them, at counts that are not below zero.
    pub(super) fn new(facts: &[Fact], start: &[f64]) -> Self {
        let atoms = start.len();
        let mut numbers: BTreeMap<Vec<(usize, u64)>, usize> = BTreeMap::new();
        let mut sums: Vec<Sum> = Vec::new();
        let mut bound = |fact: &Fact| {
            if let [(atom, by)] = fact.sum.0[..]
                && by > 0.0
            {
                return (atom, fact.low / by, fact.high / by);
            }
            let terms = fact.sum.0.iter().map(|(atom, by)| (*atom, by.to_bits())).collect();
            let number = *numbers.entry(terms).or_insert_with(|| {
                sums.push(fact.sum.clone());
                sums.len() - 1
            });
            (atoms + number, fact.low, fact.high)
        };
        let bounds: Vec<(usize, f64, f64)> = facts.iter().map(&mut bound).collect();
        let quantities = atoms + sums.len();
        let mut walk = Self {
            atoms,
            bounds,
            low: Vec::new(),
            high: Vec::new(),
            apart: (0..quantities).map(apart).collect(),
            table: vec![0.0; sums.len() * atoms],
            follows: Vec::new(),
            held: Vec::new(),
            touched: vec![true; sums.len()],
            slope: vec![0.0; atoms],
            settling: false,
            value: vec![0.0; quantities],
            start: Vec::new(),
            sums,
        };
        walk.without(&[]);
        walk.begin_at(start);
        walk
    }

    /// Leaves facts out, by their numbers in order, and takes all others in again.
    pub(super) fn without(&mut self, facts: &[usize]) {
        let quantities = self.atoms + self.sums.len();
        self.low = vec![f64::NEG_INFINITY; quantities];
        self.low[..self.atoms].fill(0.0);
        self.high = vec![f64::INFINITY; quantities];
        for (fact, (quantity, low, high)) in self.bounds.iter().enumerate() {
            if facts.binary_search(&fact).is_err() {
                self.low[*quantity] = self.low[*quantity].max(*low);
                self.high[*quantity] = self.high[*quantity].min(*high);
            }
        }
    }

    /// Makes counts the point where every walk begins.
    fn begin_at(&mut self, counts: &[f64]) {
        self.start = counts.to_vec();
        self.start.extend(self.sums.iter().map(|sum| sum.at(counts)));
        self.back();
    }

    /// Goes back to the beginning.
    fn back(&mut self) {
        self.value.clone_from(&self.start);
        self.held = (0..self.atoms).collect();
        self.follows = (self.atoms..self.start.len()).collect();
        for (row, sum) in self.sums.iter().enumerate().filter(|(row, _)| self.touched[*row]) {
            let cells = &mut self.table[row * self.atoms..][..self.atoms];
            cells.fill(0.0);
            sum.0.iter().for_each(|(atom, by)| cells[*atom] = *by);
        }
        self.touched.fill(false);
    }

    /// The counts where the walk is.
    pub(super) fn counts(&self) -> &[f64] {
        &self.value[..self.atoms]
    }

    /// Walks from the beginning to where a sum is the largest that it can be; it ends before
    /// if a value of it is enough. After `fresh` exchanges the table is made anew.
    ///
    /// # Errors
    /// If the walk does not end.
    pub(super) fn climb(
        &mut self,
        goal: &Sum,
        fresh: usize,
        enough: impl Fn(f64) -> bool,
    ) -> Result<End, Unsolved> {
        self.back();
        self.slope_to(goal);
        let mut exchanges = 0;
        for _ in 0..LONGEST {
            if enough(goal.at(&self.value)) {
                return Ok(End::Enough);
            }
            let way = self.way().filter(|_| exchanges < fresh);
            let Some((column, up)) = way else {
                if exchanges == 0 {
                    return Ok(End::Top);
                }
                exchanges = 0;
                self.refresh();
                self.slope_to(goal);
                continue;
            };
            let (step, row) = self.step(column, up);
            if step.is_infinite() {
                return Ok(End::Endless);
            }
            self.go(column, if up { step } else { -step });
            if let Some(row) = row {
                self.exchange(row, column);
                exchanges += 1;
            }
        }
        Err(Unsolved::GaveUp)
    }

    /// Walks from the beginning to counts that fit every fact, and makes them the beginning.
    ///
    /// # Errors
    /// If there are none, or the walk does not end.
    pub(super) fn settle(&mut self) -> Result<(), Unsolved> {
        if self.low.iter().zip(&self.high).any(|(low, high)| low > high) {
            return Err(Unsolved::Contradiction);
        }
        let bounds = self.low.iter().zip(&self.high);
        let near = self.start[..self.atoms].iter().zip(bounds);
        let near: Vec<f64> = near.map(|(at, (low, high))| at.clamp(*low, *high)).collect();
        self.begin_at(&near);
        self.settling = true;
        let mut exchanges = 0;
        for _ in 0..LONGEST {
            if exchanges >= FRESH {
                self.refresh();
                exchanges = 0;
            }
            if !self.slope_to_fit() {
                let counts = self.counts().to_vec();
                self.begin_at(&counts);
                self.settling = false;
                return Ok(());
            }
            let way = self.way();
            let Some((column, up)) = way else { return Err(Unsolved::Contradiction) };
            let (step, row) = self.step(column, up);
            self.go(column, if up { step } else { -step });
            if let Some(row) = row {
                self.exchange(row, column);
                exchanges += 1;
            }
        }
        Err(Unsolved::GaveUp)
    }

    /// Makes the table anew for what is held now, and what follows with it.
    fn refresh(&mut self) {
        let held = std::mem::take(&mut self.held);
        let value = self.value.clone();
        self.touched.fill(true);
        self.back();
        let is_held = |quantity: &usize| held.contains(quantity);
        let mut columns: Vec<usize> = (0..self.atoms).filter(|atom| !is_held(atom)).collect();
        let mut rows: Vec<usize> =
            (0..self.sums.len()).filter(|row| is_held(&(self.atoms + row))).collect();
        while let Some((row, column)) = self.largest(&rows, &columns) {
            rows.retain(|other| *other != row);
            columns.retain(|other| *other != column);
            self.swap(row, column);
        }
        self.held.iter().for_each(|quantity| self.value[*quantity] = value[*quantity]);
        for (row, quantity) in self.follows.iter().enumerate() {
            let cells = self.table[row * self.atoms..][..self.atoms].iter();
            let terms = cells.zip(&self.held).filter(|(cell, _)| cell.abs() > 0.0);
            self.value[*quantity] = terms.map(|(cell, held)| cell * self.value[*held]).sum();
        }
    }

    /// The first of some rows that has a large coefficient in some columns, and which; the
    /// one with the largest if none has. A row in which all are almost nothing waits.
    fn largest(&self, rows: &[usize], columns: &[usize]) -> Option<(usize, usize)> {
        let cell = |row: usize, column: usize| self.table[row * self.atoms + column].abs();
        let mut largest: Option<(f64, usize, usize)> = None;
        for row in rows.iter().copied() {
            for column in columns.iter().copied() {
                let size = cell(row, column);
                if largest.is_none_or(|(most, ..)| size > most) {
                    largest = Some((size, row, column));
                }
            }
            if largest.is_some_and(|(most, ..)| most > LARGE) {
                break;
            }
        }
        largest.filter(|(size, ..)| *size > 1e-6).map(|(_, row, column)| (row, column))
    }

    /// Makes the goal a sum of atoms.
    fn slope_to(&mut self, goal: &Sum) {
        let mut weights = vec![0.0; self.atoms];
        goal.0.iter().for_each(|(atom, by)| weights[*atom] += by);
        let weight = |quantity: usize| weights.get(quantity).copied().unwrap_or(0.0);
        for (slope, quantity) in self.slope.iter_mut().zip(&self.held) {
            *slope = weight(*quantity);
        }
        for (row, quantity) in self.follows.iter().enumerate() {
            let by = weight(*quantity);
            if by.abs() > 0.0 {
                let cells = &self.table[row * self.atoms..][..self.atoms];
                self.slope.iter_mut().zip(cells).for_each(|(slope, cell)| *slope += by * cell);
            }
        }
    }

    /// Makes the goal that of what does not fit, to do so; false if all fits.
    fn slope_to_fit(&mut self) -> bool {
        self.slope.fill(0.0);
        let mut any = false;
        for (row, quantity) in self.follows.iter().enumerate() {
            let (value, (low, high)) = (self.value[*quantity], self.ends(*quantity));
            let by = if value < low - OUTSIDE {
                1.0
            } else if value > high + OUTSIDE {
                -1.0
            } else {
                continue;
            };
            any = true;
            let cells = &self.table[row * self.atoms..][..self.atoms];
            self.slope.iter_mut().zip(cells).for_each(|(slope, cell)| *slope += by * cell);
        }
        any
    }

    /// The held quantity that changes the goal most, and whether it is to grow.
    fn way(&self) -> Option<(usize, bool)> {
        let mut best: Option<(usize, bool)> = None;
        let mut most = TINY;
        for (column, slope) in self.slope.iter().enumerate() {
            let (quantity, up) = (self.held[column], *slope > 0.0);
            let free = || {
                let (low, high) = self.ends(quantity);
                let value = self.value[quantity];
                if up { value < high - TINY } else { value > low + TINY }
            };
            if slope.abs() > most && free() {
                most = slope.abs();
                best = Some((column, up));
            }
        }
        best
    }

    /// The bounds of a quantity while walking.
    fn ends(&self, quantity: usize) -> (f64, f64) {
        let apart = self.apart[quantity];
        (self.low[quantity] - apart, self.high[quantity] + apart)
    }

    /// How far what is held can change, and the row of what then is at a bound first; none
    /// if it is at its own. Of several the one with the largest coefficient.
    fn step(&self, column: usize, up: bool) -> (f64, Option<usize>) {
        let held = self.held[column];
        let (low, high) = self.ends(held);
        let own = if up { high - self.value[held] } else { self.value[held] - low };
        let mut near: Vec<(usize, f64, f64)> = Vec::new();
        let mut most = own;
        for (row, quantity) in self.follows.iter().enumerate() {
            let cell = self.table[row * self.atoms + column];
            if cell.abs() > TINY {
                let room = self.room(*quantity, (cell > 0.0) == up);
                let size = cell.abs();
                if room / size <= most {
                    most = most.min((room + ROOM) / size);
                    near.push((row, room / size, size));
                }
            }
        }
        let best = near
            .into_iter()
            .filter(|(_, step, _)| *step <= most)
            .max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)));
        best.map_or((own, None), |(row, step, _)| (step, Some(row)))
    }

    /// How much a quantity can grow or shrink to its next bound. On the way to counts that
    /// fit, one that is outside its bounds may go further away.
    fn room(&self, quantity: usize, grows: bool) -> f64 {
        let (value, (low, high)) = (self.value[quantity], self.ends(quantity));
        let below = self.settling && value < low - OUTSIDE;
        let above = self.settling && value > high + OUTSIDE;
        let room = match grows {
            true if below => low - value,
            true if above => f64::INFINITY,
            true => high - value,
            false if above => value - high,
            false if below => f64::INFINITY,
            false => value - low,
        };
        room.max(0.0)
    }

    fn go(&mut self, column: usize, by: f64) {
        self.value[self.held[column]] += by;
        for (row, quantity) in self.follows.iter().enumerate() {
            let cell = self.table[row * self.atoms + column];
            if cell.abs() > 0.0 {
                self.value[*quantity] += cell * by;
            }
        }
    }

    /// Holds what followed, at the bound to which it came, and lets follow what was held.
    fn exchange(&mut self, row: usize, column: usize) {
        let quantity = self.follows[row];
        let (value, (low, high)) = (self.value[quantity], self.ends(quantity));
        let nearer = (value - low).abs() < (value - high).abs();
        self.value[quantity] = if nearer { low } else { high };
        let cells = self.swap(row, column);
        replace(&mut self.slope, column, &cells);
    }

    /// Holds what followed, and lets follow what was held. Gives what that is made of.
    fn swap(&mut self, row: usize, column: usize) -> Vec<(usize, f64)> {
        let atoms = self.atoms;
        std::mem::swap(&mut self.follows[row], &mut self.held[column]);
        let own = &mut self.table[row * atoms..][..atoms];
        let inverse = 1.0 / own[column];
        own[column] = -1.0;
        let mut cells: Vec<(usize, f64)> = Vec::new();
        for (at, cell) in own.iter_mut().enumerate() {
            *cell *= -inverse;
            if cell.abs() < 1e-11 {
                *cell = 0.0;
            } else {
                cells.push((at, *cell));
            }
        }
        self.touched[row] = true;
        for other in (0..self.follows.len()).filter(|other| *other != row) {
            let cells_of = &mut self.table[other * atoms..][..atoms];
            if replace(cells_of, column, &cells) {
                self.touched[other] = true;
            }
        }
        cells
    }

    /// The facts that keep the goal from growing where a walk ended, by their numbers:
    /// without all others it could not be larger either.
    pub(super) fn binding(&self) -> impl Iterator<Item = usize> {
        let mut binds = vec![false; self.low.len()];
        for (slope, quantity) in self.slope.iter().zip(&self.held) {
            binds[*quantity] = slope.abs() > TINY;
        }
        let facts = self.bounds.iter().enumerate();
        facts.filter(move |(_, (quantity, ..))| binds[*quantity]).map(|(fact, _)| fact)
    }

    /// What the goal cannot be above, whatever was done to find out: a bound by multipliers
    /// of the facts, which are those where the walk ended. Right to a millionth of all
    /// respondents, since smaller remainders count as the machine's rounding.
    pub(super) fn certain(&self, goal: &Sum) -> f64 {
        let mut left = vec![0.0; self.atoms];
        goal.0.iter().for_each(|(atom, by)| left[*atom] += by);
        let end = |quantity: usize, by: f64| {
            by * if by > 0.0 { self.high[quantity] } else { self.low[quantity] }
        };
        let mut bound = 0.0;
        for (column, quantity) in self.held.iter().enumerate() {
            let by = self.slope[column];
            if *quantity >= self.atoms && by.abs() > TINY {
                bound += end(*quantity, by);
                let sum = &self.sums[*quantity - self.atoms];
                sum.0.iter().for_each(|(atom, factor)| left[*atom] -= by * factor);
            }
        }
        let atoms = left.iter().enumerate().filter(|(_, by)| by.abs() > 1e3 * TINY);
        bound + atoms.map(|(atom, by)| end(atom, *by)).sum::<f64>()
    }
}

/// By how much the bounds of a quantity are moved apart: never twice the same, and nowhere
/// twice as much as elsewhere.
fn apart(quantity: usize) -> f64 {
    let golden = 0.618_033_988_749_894_8 * quantity as f64;
    APART * (1.0 + golden.fract())
}

/// Puts what a held quantity is made of now in its place; false if the row has none of it.
fn replace(row: &mut [f64], column: usize, cells: &[(usize, f64)]) -> bool {
    let by = row[column];
    if by.abs() <= 0.0 {
        return false;
    }
    row[column] = 0.0;
    for (at, cell) in cells {
        row[*at] += by * cell;
    }
    true
}
