//! Parts of a system that hang together by shared atoms only, such as the banners of a
//! question by its topline.
//!
//! With all other atoms held at a point that fits, a block alone gives ranges that are part
//! of the true ones; with the facts of all other blocks left out, ranges that hold the true
//! ones. Each is a small program, where the whole system is a large one.

use std::collections::BTreeMap;

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

/// A way of splitting a system, and those of its blocks that were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    of: Vec<Option<usize>>,
    made: BTreeMap<usize, Block>,
}

impl Blocks {
    /// Splits a system: first as `of` says, then with blocks joined that a fact ties together.
    pub(super) fn of(system: &System, of: &[Option<usize>]) -> Vec<Self> {
        let joined = joined(system, of);
        let mut ways = vec![of.to_vec()];
        if joined != of {
            ways.push(joined);
        }
        ways.into_iter().map(|of| Self { of, made: BTreeMap::new() }).collect()
    }

    /// The block of a sum; none if its atoms are of several, or of none. The point fits all
    /// facts, and is the same each time.
    pub(super) fn find(&mut self, sum: &Sum, system: &System, point: &[f64]) -> Option<&Block> {
        let mut blocks = sum.0.iter().map(|(atom, _)| self.of.get(*atom).copied().flatten());
        let first = blocks.next()??;
        if !blocks.all(|block| block == Some(first)) {
            return None;
        }
        let Self { of, made } = self;
        Some(made.entry(first).or_insert_with(|| Block::new(of, first, system, point)))
    }
}

impl Block {
    fn new(of: &[Option<usize>], block: usize, system: &System, point: &[f64]) -> Self {
        let own = |atom: usize| of[atom] == Some(block);
        let near = |atom: usize| of[atom].is_none_or(|of| of == block);
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
        Self {
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
