//! The numbering of atoms: answers by groups, once for each way of dividing the sample.

use super::{Fact, Sum};

/// Answers of which each respondent gives exactly one.
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
    /// Where the parts of each layer begin, and where the last ends.
    offsets: Vec<usize>,
}

impl Grid {
    /// Numbers the atoms of one axis, of which each answer is an atom in each part; or of
    /// several alike: those of a question with several answers. Each of these is an item,
    /// picked (answer 0) or not (1), and further answers are not to the item but to the
    /// question. Their atoms in each part are those who picked any item or might have, the
    /// pickers of each item, and those of each further answer: items have the same base.
    #[must_use]
    pub fn new(axes: Vec<Axis>, layers: Vec<Layer>) -> Self {
        let mut offsets = vec![0];
        offsets.extend(layers.into_iter().scan(0, |parts, layer| {
            *parts += layer.parts;
            Some(*parts)
        }));
        Self { axes, offsets }
    }

    /// How many atoms there are.
    #[must_use]
    pub fn atoms(&self) -> usize {
        self.slots() * self.width()
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
        let slots = answers.iter().flat_map(|answer| self.slots_of(axis, *answer));
        self.sum(&slots.collect::<Vec<_>>(), layer, parts)
    }

    /// The respondents with any answer in any of some parts.
    #[must_use]
    pub fn base(&self, axis: usize, layer: usize, parts: &[usize]) -> Sum {
        let answers = self.axes.get(axis).map_or(0, |axis| axis.answers);
        self.count(axis, &(0..answers).collect::<Vec<_>>(), layer, parts)
    }

    /// All respondents in any of some parts.
    #[must_use]
    pub fn people(&self, axis: usize, layer: usize, parts: &[usize]) -> Sum {
        self.count(axis, &(0..self.answers(axis)).collect::<Vec<_>>(), layer, parts)
    }

    /// What holds whatever is published: each layer divides the same respondents, and nobody
    /// picked an item without being in its base.
    #[must_use]
    pub fn structure(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        for slot in 0..self.slots() {
            let whole = self.sum(&[(slot, 1.0)], 0, &[0]);
            for layer in 1..self.layers() {
                let sum = self.sum(&[(slot, 1.0)], layer, &self.parts(layer));
                facts.push(Fact::exactly(sum.plus(-1.0, &whole), 0.0));
            }
        }
        for item in 0..self.items() {
            for layer in 0..self.layers() {
                let not = |part| self.count(item, &[1], layer, &[part]);
                let some = |part| Fact::between(not(part), 0.0, f64::INFINITY);
                facts.extend(self.parts(layer).into_iter().map(some));
            }
        }
        facts
    }

    /// How many atoms each part has.
    fn slots(&self) -> usize {
        match &self.axes[..] {
            [] => 0,
            [_] => self.answers(0),
            _ => self.items() + self.answers(0) - 1,
        }
    }

    /// How many items a question with several answers has; none for others.
    fn items(&self) -> usize {
        if self.axes.len() > 1 { self.axes.len() } else { 0 }
    }

    /// What an answer is made of in each part.
    fn slots_of(&self, axis: usize, answer: usize) -> Vec<(usize, f64)> {
        match (answer, self.items()) {
            _ if answer >= self.answers(axis) => Vec::new(),
            (_, 0) => vec![(answer, 1.0)],
            (0, _) => vec![(axis + 1, 1.0)],
            (1, _) => vec![(0, 1.0), (axis + 1, -1.0)],
            (_, items) => vec![(items + answer - 1, 1.0)],
        }
    }

    fn layers(&self) -> usize {
        self.offsets.len() - 1
    }

    /// How many parts all layers have.
    fn width(&self) -> usize {
        self.offsets.last().copied().unwrap_or(0)
    }

    fn parts(&self, layer: usize) -> Vec<usize> {
        (0..self.offsets[layer + 1] - self.offsets[layer]).collect()
    }

    /// What atoms of some parts come to.
    fn sum(&self, slots: &[(usize, f64)], layer: usize, parts: &[usize]) -> Sum {
        let in_part = |slot: usize| slot * self.width() + self.offsets[layer];
        let of = |slot| Sum::of(parts.iter().map(|part| in_part(slot) + part));
        slots.iter().fold(Sum::default(), |sum, (slot, by)| sum.plus(*by, &of(*slot)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_layers() -> Vec<Layer> {
        vec![Layer { parts: 1 }, Layer { parts: 3 }]
    }

    fn zero(facts: &[Fact]) -> Vec<&Sum> {
        let exact = facts.iter().filter(|fact| fact.high.total_cmp(&0.0).is_eq());
        exact.map(|fact| &fact.sum).collect()
    }

    #[test]
    fn one_axis_has_an_atom_for_each_answer_and_part() {
        let grid = Grid::new(vec![Axis { answers: 2, blank: true }], two_layers());
        assert_eq!((grid.atoms(), grid.answers(0)), (3 * 4, 3));
        assert_eq!(grid.count(0, &[1], 1, &[0, 2]), Sum::of([5, 7]));
        assert_eq!(grid.base(0, 1, &[1]), Sum::of([2, 6]));
        assert_eq!(grid.people(0, 0, &[0]), Sum::of([0, 4, 8]));
    }

    #[test]
    fn an_answer_that_is_not_there_counts_nobody() {
        let grid = Grid::new(vec![Axis { answers: 2, blank: false }], two_layers());
        assert_eq!(grid.count(0, &[2], 0, &[0]), Sum::default());
        assert_eq!(grid.count(1, &[0], 0, &[0]), Sum::default());
        assert_eq!(grid.people(0, 0, &[0]), grid.base(0, 0, &[0]));
    }

    #[test]
    fn layers_divide_the_same_people() {
        let grid = Grid::new(vec![Axis { answers: 2, blank: false }], two_layers());
        let first = Sum(vec![(0, -1.0), (1, 1.0), (2, 1.0), (3, 1.0)]);
        let second = Sum(vec![(4, -1.0), (5, 1.0), (6, 1.0), (7, 1.0)]);
        assert_eq!(zero(&grid.structure()), [&first, &second]);
    }

    #[test]
    fn items_have_one_base_and_nobody_picks_without_being_in_it() {
        let grid = Grid::new(vec![Axis { answers: 2, blank: true }; 2], two_layers());
        assert_eq!((grid.atoms(), grid.answers(1)), (4 * 4, 3));
        assert_eq!(grid.base(0, 1, &[0]), grid.base(1, 1, &[0]));
        assert_eq!(grid.base(0, 1, &[0]), Sum::of([1]));
        assert_eq!(grid.count(1, &[0], 1, &[0]), Sum::of([9]));
        assert_eq!(grid.count(1, &[1], 1, &[0]), Sum(vec![(1, 1.0), (9, -1.0)]));
        assert_eq!(grid.people(0, 1, &[0]), Sum::of([1, 13]));
        let structure = grid.structure();
        let not_negative = structure.iter().filter(|fact| fact.high.is_infinite());
        assert_eq!((zero(&structure).len(), not_negative.count()), (4, 2 * 4));
    }
}
