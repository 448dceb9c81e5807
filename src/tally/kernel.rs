//! The additions themselves.

use super::{Groups, Layers};
use crate::frame::Codes;

/// Sums by layer, group and answer.
#[derive(Clone, Debug)]
pub struct Sums {
    layers: usize,
    groups: usize,
    answers: usize,
    /// Weights, squared weights, respondents; the fourth place keeps a cell in one cache
    /// line.
    cells: Vec<[f64; 4]>,
}

impl Sums {
    /// How many layers there are.
    #[must_use]
    pub fn layers(&self) -> usize {
        self.layers
    }

    /// How many answers there are.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.answers
    }

    /// The cells of one layer and group, an answer each.
    #[must_use]
    pub fn row(&self, layer: usize, group: usize) -> &[[f64; 4]] {
        let start = (layer * self.groups + group) * self.answers;
        &self.cells[start..start + self.answers]
    }

    /// Sum of weights of an answer in a group, over all layers.
    #[must_use]
    pub fn weight(&self, group: usize, answer: usize) -> f64 {
        self.over_layers(group, answer, 0)
    }

    /// Sum of squared weights.
    #[must_use]
    pub fn squared(&self, group: usize, answer: usize) -> f64 {
        self.over_layers(group, answer, 1)
    }

    /// Respondents.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a sum of ones, which is whole and not negative"
    )]
    pub fn count(&self, group: usize, answer: usize) -> u64 {
        self.over_layers(group, answer, 2) as u64
    }

    fn over_layers(&self, group: usize, answer: usize, part: usize) -> f64 {
        (0..self.layers).map(|layer| self.row(layer, group)[answer][part]).sum()
    }
}

pub(super) fn answers(
    codes: Codes<'_>,
    answers: usize,
    groups: Groups<'_>,
    layers: &Layers<'_>,
    weights: &[f64],
) -> Sums {
    let mut sums = Sums {
        layers: layers.count,
        groups: groups.count,
        answers,
        cells: vec![[0.0; 4]; layers.count * groups.count * answers],
    };
    match codes {
        Codes::One(codes) => {
            add(&mut sums, codes.iter().map(|c| usize::from(*c)), groups, layers, weights);
        }
        other => {
            let codes = (0..other.len()).map(|row| other.get(row));
            add(&mut sums, codes, groups, layers, weights);
        }
    }
    sums
}

fn add(
    sums: &mut Sums,
    codes: impl Iterator<Item = usize>,
    groups: Groups<'_>,
    layers: &Layers<'_>,
    weights: &[f64],
) {
    for (row, (code, weight)) in codes.zip(weights).enumerate() {
        let group = groups.get(row);
        if code >= sums.answers || group >= sums.groups {
            continue;
        }
        let layer = layers.of[row] as usize;
        let cell = &mut sums.cells[(layer * sums.groups + group) * sums.answers + code];
        cell[0] += weight;
        cell[1] += weight * weight;
        cell[2] += 1.0;
    }
}

/// Sums of a number by layer and group.
#[derive(Clone, Debug)]
pub struct Moments {
    layers: usize,
    groups: usize,
    cells: Vec<Moment>,
}

/// Sums of a number `y` with weights `w` over respondents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Respondents.
    pub n: f64,
    /// Σw
    pub w: f64,
    /// Σw²
    pub ww: f64,
    /// Σwy
    pub wy: f64,
    /// Σw²y
    pub wwy: f64,
    /// Σw²y²
    pub wwyy: f64,
    /// Σwy²
    pub wyy: f64,
}

impl Moment {
    fn add(&mut self, w: f64, y: f64) {
        self.n += 1.0;
        self.w += w;
        self.ww += w * w;
        self.wy += w * y;
        self.wwy += w * w * y;
        self.wwyy += w * w * y * y;
        self.wyy += w * y * y;
    }

    fn join(mut self, other: &Self) -> Self {
        self.n += other.n;
        self.w += other.w;
        self.ww += other.ww;
        self.wy += other.wy;
        self.wwy += other.wwy;
        self.wwyy += other.wwyy;
        self.wyy += other.wyy;
        self
    }
}

impl Moments {
    /// How many layers there are.
    #[must_use]
    pub fn layers(&self) -> usize {
        self.layers
    }

    /// The sums of one layer and group.
    #[must_use]
    pub fn cell(&self, layer: usize, group: usize) -> &Moment {
        &self.cells[layer * self.groups + group]
    }

    /// The sums of a group, over all layers.
    #[must_use]
    pub fn total(&self, group: usize) -> Moment {
        let layers = (0..self.layers).map(|layer| self.cell(layer, group));
        layers.fold(Moment::default(), Moment::join)
    }
}

pub(super) fn numbers(
    values: &[f64],
    groups: Groups<'_>,
    layers: &Layers<'_>,
    weights: &[f64],
) -> Moments {
    let cells = vec![Moment::default(); layers.count * groups.count];
    let mut moments = Moments { layers: layers.count, groups: groups.count, cells };
    for (row, (value, weight)) in values.iter().zip(weights).enumerate() {
        let group = groups.get(row);
        if value.is_nan() || group >= groups.count {
            continue;
        }
        let layer = layers.of[row] as usize;
        moments.cells[layer * groups.count + group].add(*weight, *value);
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::{Codes, Groups, Layers, answers, numbers};

    #[test]
    fn every_answer_is_counted_where_it_belongs() {
        let codes = [0_u8, 1, 1, 9, 0];
        let layers = Layers { of: &[0, 0, 1, 1, 1], count: 2 };
        let weights = [1.0, 2.0, 3.0, 4.0, 5.0];
        let sums = answers(Codes::One(&codes), 2, Groups::everybody(), &layers, &weights);
        assert_eq!(sums.row(0, 0), [[1.0, 1.0, 1.0, 0.0], [2.0, 4.0, 1.0, 0.0]]);
        assert_eq!(sums.row(1, 0), [[5.0, 25.0, 1.0, 0.0], [3.0, 9.0, 1.0, 0.0]]);
        assert_eq!((sums.weight(0, 1), sums.squared(0, 1), sums.count(0, 1)), (5.0, 13.0, 2));
    }

    #[test]
    fn who_has_no_number_is_left_out() {
        let layers = Layers { of: &[0, 0, 0], count: 1 };
        let moments =
            numbers(&[2.0, f64::NAN, 4.0], Groups::everybody(), &layers, &[1.0, 1.0, 3.0]);
        let total = moments.total(0);
        assert_eq!((total.n, total.w, total.wy, total.wwyy), (2.0, 4.0, 14.0, 148.0));
    }
}
