//! Parts of a system that hang together by shared atoms only, such as the banners of a
//! question by its topline.
//!
//! With all other atoms held at a point that fits, a block alone gives ranges that are part
//! of the true ones; with the facts of all other blocks left out, ranges that hold the true
//! ones. Each is a small program, where the whole system is a large one.

use super::program::Program;
use super::{Fact, Sum, System};

/// The atoms and facts of one block.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Its own atoms, and every fact about any of them with all others at a point.
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
    /// Splits a system; `point` fits all its facts. First as `of` says, then with blocks
    /// joined that a fact ties together.
    pub(super) fn of(system: &System, of: &[Option<usize>], point: &[f64]) -> Vec<Self> {
        let joined = joined(system, of);
        let mut ways = vec![Self::new(system, of.to_vec(), point)];
        if joined != of {
            ways.push(Self::new(system, joined, point));
        }
        ways
    }

    fn new(system: &System, of: Vec<Option<usize>>, point: &[f64]) -> Self {
        let blocks = of.iter().flatten().max().map_or(0, |last| last + 1);
        let mut split = Self { blocks: Vec::new(), of };
        split.blocks = (0..blocks).map(|block| split.block(block, system, point)).collect();
        split
    }

    /// The block of a sum; none if its atoms are of several, or of none.
    pub(super) fn find(&self, sum: &Sum) -> Option<&Block> {
        let mut blocks = sum.0.iter().map(|(atom, _)| self.of.get(*atom).copied().flatten());
        let first = blocks.next()??;
        blocks.all(|block| block == Some(first)).then(|| self.blocks.get(first))?
    }

    fn block(&self, block: usize, system: &System, point: &[f64]) -> Block {
        let own = |atom: usize| self.of[atom] == Some(block);
        let near = |atom: usize| self.of[atom].is_none_or(|of| of == block);
        let mut inner = Vec::new();
        let mut outer = Vec::new();
        for fact in &system.facts {
            if fact.sum.0.iter().any(|(atom, _)| own(*atom)) {
                inner.push(held(fact, own, point));
            }
            if fact.sum.0.iter().all(|(atom, _)| near(*atom)) {
                outer.push(fact.clone());
            }
        }
        Block {
            inner: Program::new((0..system.atoms).filter(|atom| own(*atom)).collect(), inner),
            outer: Program::new((0..system.atoms).filter(|atom| near(*atom)).collect(), outer),
        }
    }
}

/// A fact with all atoms at a point that are not a block's own.
fn held(fact: &Fact, own: impl Fn(usize) -> bool, point: &[f64]) -> Fact {
    let (own, others): (Vec<_>, Vec<_>) = fact.sum.0.iter().partition(|(atom, _)| own(*atom));
    let known: f64 = others.iter().map(|(atom, factor)| factor * point[*atom]).sum();
    Fact { sum: Sum(own), low: fact.low - known, high: fact.high - known }
}

/// The blocks after those are joined in which one fact has atoms: each has the number of the
/// least of them.
fn joined(system: &System, of: &[Option<usize>]) -> Vec<Option<usize>> {
    let blocks = of.iter().flatten().max().map_or(0, |last| last + 1);
    let mut parent: Vec<usize> = (0..blocks).collect();
    for fact in &system.facts {
        let mut blocks = fact.sum.0.iter().filter_map(|(atom, _)| of[*atom]);
        let Some(first) = blocks.next() else { continue };
        for other in blocks {
            let (a, b) = (root(&mut parent, first), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    of.iter().map(|block| block.map(|block| root(&mut parent, block))).collect()
}

/// The least of the blocks that are joined, with shorter ways to it from then on.
fn root(parent: &mut [usize], block: usize) -> usize {
    let mut at = block;
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
