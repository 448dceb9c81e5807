//! Parts of a system that hang together by shared atoms only, such as the banners of a
//! question by its topline.
//!
//! With the shared atoms held at a point that fits, a block alone gives ranges that are part
//! of the true ones; with the facts of all other blocks left out, ranges that hold the true
//! ones. Each is a small program, where the whole system is a large one.

use super::program::Program;
use super::{Fact, Sum, System};

/// The atoms and facts of one block.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Its atoms without the shared ones, and its facts without them: those of a point.
    pub(super) inner: Program,
    /// Its atoms with the shared ones, and every fact about no others.
    pub(super) outer: Program,
}

/// The blocks of a system, and in which block an atom is.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    of: Vec<Option<usize>>,
}

impl Blocks {
    /// Splits a system at some shared atoms; `point` fits all its facts.
    pub(super) fn of(system: &System, shared: &[usize], point: &[f64]) -> Self {
        let of = labels(system, shared);
        let blocks = of.iter().flatten().max().map_or(0, |last| last + 1);
        let mut split = Self { blocks: Vec::new(), of };
        split.blocks = (0..blocks).map(|block| split.block(block, system, point)).collect();
        split
    }

    /// The block of a sum; none if its atoms are of several, or of none.
    pub(super) fn find(&self, sum: &Sum) -> Option<&Block> {
        self.blocks.get(self.only(sum)?)
    }

    /// The one block in which a sum has atoms.
    fn only(&self, sum: &Sum) -> Option<usize> {
        let mut blocks = sum.0.iter().filter_map(|(atom, _)| self.of[*atom]);
        let first = blocks.next()?;
        blocks.all(|block| block == first).then_some(first)
    }

    fn block(&self, block: usize, system: &System, point: &[f64]) -> Block {
        let atoms = |with_shared: bool| {
            let within = |of: &Option<usize>| of.map_or(with_shared, |own| own == block);
            let atoms = self.of.iter().enumerate().filter(|(_, of)| within(of));
            atoms.map(|(atom, _)| atom).collect()
        };
        let own = |fact: &&Fact| self.only(&fact.sum) == Some(block);
        let shared = |fact: &&Fact| fact.sum.0.iter().all(|(atom, _)| self.of[*atom].is_none());
        let inner = system.facts.iter().filter(own).map(|fact| self.held(fact, point));
        let outer = system.facts.iter().filter(|fact| own(fact) || shared(fact));
        Block {
            inner: Program::new(atoms(false), inner.collect()),
            outer: Program::new(atoms(true), outer.cloned().collect()),
        }
    }

    /// A fact with its shared atoms at a point.
    fn held(&self, fact: &Fact, point: &[f64]) -> Fact {
        let (shared, own): (Vec<_>, Vec<_>) =
            fact.sum.0.iter().partition(|(atom, _)| self.of[*atom].is_none());
        let known: f64 = shared.iter().map(|(atom, factor)| factor * point[*atom]).sum();
        Fact { sum: Sum(own), low: fact.low - known, high: fact.high - known }
    }
}

/// The block of each atom; none for shared ones.
fn labels(system: &System, shared: &[usize]) -> Vec<Option<usize>> {
    let mut parent: Vec<usize> = (0..system.atoms).collect();
    let mut is_shared = vec![false; system.atoms];
    for atom in shared {
        is_shared[*atom] = true;
    }
    for fact in &system.facts {
        let mut own = fact.sum.0.iter().map(|(atom, _)| *atom).filter(|a| !is_shared[*a]);
        let Some(first) = own.next() else { continue };
        for other in own {
            let (a, b) = (root(&mut parent, first), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    // A root is the least atom of its block, so it is numbered before the others.
    let mut numbers = vec![None; system.atoms];
    let mut blocks = 0;
    for atom in (0..system.atoms).filter(|atom| !is_shared[*atom]) {
        let root = root(&mut parent, atom);
        if root == atom {
            numbers[atom] = Some(blocks);
            blocks += 1;
        } else {
            numbers[atom] = numbers[root];
        }
    }
    numbers
}

/// The least atom of a block, with shorter ways to it from then on.
fn root(parent: &mut [usize], atom: usize) -> usize {
    let mut at = atom;
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
