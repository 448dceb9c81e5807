//! The numbering of atoms: answers by groups, once for each way of dividing the sample.

use super::{Fact, Sum};

/// Answers of which each respondent gives exactly one. A question with several answers has
/// an axis for each of them: picked (0) or not (1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    /// How many answers there are; one more, the last, stands for none.
    pub answers: usize,
    /// Whether somebody may have given no answer.
    pub blank: bool,
}

/// A way of dividing the sample: each respondent is in exactly one part. The first layer has
/// one part, everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// How many parts there are, with those that are no published group.
    pub parts: usize,
}

/// Axes by layers. Layers share no atoms; that they divide the same people is said by
/// [`Grid::structure`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    axes: Vec<Axis>,
    layers: Vec<Layer>,
    /// Where the atoms of each axis begin, and of each layer within an axis of one answer.
    firsts: Vec<usize>,
    offsets: Vec<usize>,
}

impl Grid {
    /// Numbers the atoms.
    #[must_use]
    pub fn new(axes: Vec<Axis>, layers: Vec<Layer>) -> Self {
        let mut parts = 0;
        let mut offsets = Vec::with_capacity(layers.len());
        for layer in &layers {
            offsets.push(parts);
            parts += layer.parts;
        }
        let mut next = 0;
        let mut firsts = Vec::with_capacity(axes.len() + 1);
        for axis in &axes {
            firsts.push(next);
            next += (axis.answers + usize::from(axis.blank)) * parts;
        }
        firsts.push(next);
        Self { axes, layers, firsts, offsets }
    }

    /// How many atoms there are.
    #[must_use]
    pub fn atoms(&self) -> usize {
        self.firsts.last().copied().unwrap_or(0)
    }

    /// How many answers an axis has, with that of those who gave none if there may be any.
    #[must_use]
    pub fn answers(&self, axis: usize) -> usize {
        self.axes.get(axis).map_or(0, |axis| axis.answers + usize::from(axis.blank))
    }

    /// The respondents with any of some answers in any of some parts. The answer after the
    /// last stands for those who gave none: nobody, where all did.
    #[must_use]
    pub fn count(&self, axis: usize, answers: &[usize], layer: usize, parts: &[usize]) -> Sum {
        let Some(counted) = self.axes.get(axis) else { return Sum::default() };
        let there = counted.answers + usize::from(counted.blank);
        let width: usize = self.layers.iter().map(|layer| layer.parts).sum();
        let atoms = answers.iter().filter(|answer| **answer < there).flat_map(|answer| {
            let start = self.firsts[axis] + answer * width + self.offsets[layer];
            parts.iter().map(move |part| start + part)
        });
        Sum::of(atoms)
    }

    /// The respondents with any answer in any of some parts.
    #[must_use]
    pub fn base(&self, axis: usize, layer: usize, parts: &[usize]) -> Sum {
        let answers = self.axes.get(axis).map_or(0, |axis| axis.answers);
        self.count(axis, &Vec::from_iter(0..answers), layer, parts)
    }

    /// All respondents in any of some parts.
    #[must_use]
    pub fn people(&self, axis: usize, layer: usize, parts: &[usize]) -> Sum {
        let answers = self.axes.get(axis).map_or(0, |axis| axis.answers + 1);
        self.count(axis, &Vec::from_iter(0..answers), layer, parts)
    }

    /// What holds whatever is published: each layer divides the same respondents, and those
    /// of each axis are the same, answer or none.
    #[must_use]
    pub fn structure(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (axis, counted) in self.axes.iter().enumerate() {
            for answer in 0..counted.answers + usize::from(counted.blank) {
                let whole = self.count(axis, &[answer], 0, &[0]);
                for layer in 1..self.layers.len() {
                    let parts = Vec::from_iter(0..self.layers[layer].parts);
                    let sum = self.count(axis, &[answer], layer, &parts);
                    facts.push(Fact::exactly(sum.plus(-1.0, &whole), 0.0));
                }
            }
        }
        facts
    }

    /// That all axes have the same base in each part of each layer: those of a question with
    /// several answers.
    #[must_use]
    pub fn same_bases(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for axis in 1..self.axes.len() {
            for layer in 0..self.layers.len() {
                for part in 0..self.layers[layer].parts {
                    let first = self.base(0, layer, &[part]);
                    let base = self.base(axis, layer, &[part]);
                    facts.push(Fact::exactly(base.plus(-1.0, &first), 0.0));
                    let first = self.people(0, layer, &[part]);
                    let people = self.people(axis, layer, &[part]);
                    facts.push(Fact::exactly(people.plus(-1.0, &first), 0.0));
                }
            }
        }
        facts
    }
}
