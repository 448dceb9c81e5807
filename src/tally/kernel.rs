//! The additions themselves.

use super::Groups;
use crate::frame::Codes;
use crate::prepare::{Design, Layers, ratio};
use crate::stats::calibrate::Fit;
use crate::stats::replicate::Replicates;

/// Sums by layer, group and answer.
#[derive(Clone, Debug)]
pub struct Sums {
    layers: usize,
    groups: usize,
    answers: usize,
    /// Weights, squared weights, respondents; the fourth place keeps a cell in one cache
    /// line.
    cells: Vec<[f64; 4]>,
    /// The same over all layers, by group and answer.
    totals: Vec<[f64; 4]>,
    /// For each fit of the weights: what its variance needs.
    fits: Vec<Fitted>,
    /// Weights by group, answer and replicate.
    replicates: Vec<f64>,
}

/// Sums for the variance of weights that were fitted to totals. With q the importance of a
/// respondent in the fit, v the weight after it and w the final weight:
#[derive(Clone, Debug)]
struct Fitted {
    /// qw/v by cell of the fit, group and answer.
    importance: Vec<f64>,
    /// wv by layer, group and answer.
    crossed: Vec<f64>,
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

    /// For one of the fits of the weights and each of its cells: the sum of c·qw/v over those
    /// in a group, c being a coefficient of the answer, q the importance in the fit, v the
    /// weight after it and w the final weight.
    #[must_use]
    pub fn fit(&self, fit: usize, group: usize, coefficients: &[f64]) -> Vec<f64> {
        self.combined(&self.fits[fit].importance, group, coefficients)
    }

    /// For one of the fits and each layer: the sum of c·wv.
    #[must_use]
    pub fn crossed(&self, fit: usize, group: usize, coefficients: &[f64]) -> Vec<f64> {
        self.combined(&self.fits[fit].crossed, group, coefficients)
    }

    fn combined(&self, sums: &[f64], group: usize, coefficients: &[f64]) -> Vec<f64> {
        let place = |place: &[f64]| {
            let row = &place[group * self.answers..(group + 1) * self.answers];
            row.iter().zip(coefficients).map(|(sum, c)| c * sum).sum()
        };
        sums.chunks_exact((self.groups * self.answers).max(1)).map(place).collect()
    }

    /// How many fits of the weights there are.
    #[must_use]
    pub fn fits(&self) -> usize {
        self.fits.len()
    }

    /// For each replicate: the sum of c times its weights in a group, c being a coefficient
    /// of the answer.
    #[must_use]
    pub fn replicates(&self, group: usize, coefficients: &[f64]) -> Vec<f64> {
        let count = self.replicates.len() / (self.groups * self.answers).max(1);
        let mut sums = vec![0.0; count];
        for (answer, c) in coefficients.iter().enumerate().filter(|(_, c)| **c != 0.0) {
            let start = (group * self.answers + answer) * count;
            let weights = &self.replicates[start..start + count];
            sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += c * w);
        }
        sums
    }

    fn over_layers(&self, group: usize, answer: usize, part: usize) -> f64 {
        self.totals[group * self.answers + answer][part]
    }
}

pub(super) fn answers(
    codes: Codes<'_>,
    answers: usize,
    groups: Groups<'_>,
    design: &Design,
) -> Sums {
    let layers = Layers::of(design);
    let mut sums = Sums {
        layers: layers.count,
        groups: groups.count,
        answers,
        cells: vec![[0.0; 4]; layers.count * groups.count * answers],
        totals: vec![[0.0; 4]; groups.count * answers],
        fits: Vec::new(),
        replicates: Vec::new(),
    };
    match codes {
        Codes::One(codes) => {
            let codes = codes.iter().map(|c| usize::from(*c));
            add(&mut sums, codes, groups, &layers, &design.weights);
        }
        other => {
            let codes = (0..other.len()).map(|row| other.get(row));
            add(&mut sums, codes, groups, &layers, &design.weights);
        }
    }
    for layer in sums.cells.chunks_exact((groups.count * answers).max(1)) {
        for (total, cell) in sums.totals.iter_mut().zip(layer) {
            for (total, part) in total.iter_mut().zip(cell) {
                *total += part;
            }
        }
    }
    let fit = |fit: &Fit| fitted(codes, answers, groups, (fit, design));
    sums.fits = design.calibrations.iter().map(fit).collect();
    sums.replicates = match (&design.patterns, &design.replicates) {
        (Some(patterns), _) => patterns.fold(sums.cells.iter().map(|cell| cell[0])),
        (None, Some(replicates)) => {
            let place = |row: usize| {
                let (code, group) = (codes.get(row), groups.get(row));
                (code < answers && group < groups.count).then(|| group * answers + code)
            };
            by_replicate(replicates, design, groups.count * answers, place, |_| 1.0)
        }
        (None, None) => Vec::new(),
    };
    sums
}

/// Sums of replicate weights times a number of the respondent, by place and replicate.
fn by_replicate(
    replicates: &Replicates,
    design: &Design,
    places: usize,
    place: impl Fn(usize) -> Option<usize>,
    factor: impl Fn(usize) -> f64,
) -> Vec<f64> {
    /// Replicates that are summed side by side: a cell of them fills one line of memory.
    const SIDE: usize = 8;
    let rows: Vec<usize> =
        (0..design.weights.len()).map(|row| place(row).unwrap_or(places)).collect();
    let mut sums = vec![0.0; places * replicates.len()];
    let mut weights = vec![Vec::new(); SIDE];
    for start in (0..replicates.len()).step_by(SIDE) {
        let count = SIDE.min(replicates.len() - start);
        for (r, weights) in weights.iter_mut().enumerate().take(count) {
            replicates.weights(start + r, &design.weights, weights);
        }
        // Who is nowhere is summed apart and forgotten.
        let mut own = vec![[0.0; SIDE]; places + 1];
        for (row, place) in rows.iter().enumerate() {
            let (cell, factor) = (&mut own[*place], factor(row));
            for (sum, weights) in cell.iter_mut().zip(&weights) {
                *sum += weights[row] * factor;
            }
        }
        for (place, cell) in own.iter().take(places).enumerate() {
            let to = place * replicates.len() + start;
            sums[to..to + count].copy_from_slice(&cell[..count]);
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

fn fitted(
    codes: Codes<'_>,
    answers: usize,
    groups: Groups<'_>,
    (fit, design): (&Fit, &Design),
) -> Fitted {
    let layers = Layers::of(design);
    let width = groups.count * answers;
    let (mut importance, mut crossed) =
        (vec![0.0; fit.count() * width], vec![0.0; layers.count * width]);
    for (row, weight) in design.weights.iter().enumerate() {
        let (code, group) = (codes.get(row), groups.get(row));
        if code < answers && group < groups.count {
            let (cell, layer) = (fit.cells()[row] as usize, layers.of[row] as usize);
            let (place, after) = (group * answers + code, fit.weights()[row]);
            importance[cell * width + place] += fit.importance()[row] * ratio(*weight, after);
            crossed[layer * width + place] += weight * after;
        }
    }
    Fitted { importance, crossed }
}

/// Sums of a number by layer and group.
#[derive(Clone, Debug)]
pub struct Moments {
    layers: usize,
    groups: usize,
    cells: Vec<Moment>,
    /// For each fit of the weights: what its variance needs.
    fits: Vec<FittedMoments>,
    /// Σw, then Σwy, by group and replicate.
    replicates: [Vec<f64>; 2],
}

/// As [`Fitted`], without and with y as a factor.
#[derive(Clone, Debug)]
struct FittedMoments {
    importance: Vec<[f64; 2]>,
    crossed: Vec<[f64; 2]>,
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

    /// Of both together.
    #[must_use]
    pub fn join(mut self, other: &Self) -> Self {
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

    /// For one of the fits of the weights and each of its cells: the sums of qw/v and of
    /// y·qw/v in a group, as in [`Sums::fit`].
    pub fn fit(&self, fit: usize, group: usize) -> impl Iterator<Item = [f64; 2]> {
        self.fits[fit].importance.iter().skip(group).step_by(self.groups).copied()
    }

    /// For one of the fits and each layer: the sums of wv and of y·wv in a group.
    pub fn crossed(&self, fit: usize, group: usize) -> impl Iterator<Item = [f64; 2]> {
        self.fits[fit].crossed.iter().skip(group).step_by(self.groups).copied()
    }

    /// How many fits of the weights there are.
    #[must_use]
    pub fn fits(&self) -> usize {
        self.fits.len()
    }

    /// For each replicate: Σw and Σwy of a group under its weights.
    pub fn replicates(&self, group: usize) -> impl Iterator<Item = (f64, f64)> {
        let [w, wy] = &self.replicates;
        let count = w.len() / self.groups.max(1);
        let part = move |list: &[f64]| list[group * count..(group + 1) * count].to_vec();
        part(w).into_iter().zip(part(wy))
    }

    /// The sums of a group, over all layers.
    #[must_use]
    pub fn total(&self, group: usize) -> Moment {
        let layers = (0..self.layers).map(|layer| self.cell(layer, group));
        layers.fold(Moment::default(), Moment::join)
    }
}

pub(super) fn numbers(values: &[f64], groups: Groups<'_>, design: &Design) -> Moments {
    let layers = Layers::of(design);
    let cells = vec![Moment::default(); layers.count * groups.count];
    let fits = design
        .calibrations
        .iter()
        .map(|fit| fit_moments(values, groups, (fit, design)))
        .collect();
    let (layers_count, replicates) = (layers.count, [Vec::new(), Vec::new()]);
    let mut moments =
        Moments { layers: layers_count, groups: groups.count, cells, fits, replicates };
    for (row, (value, weight)) in values.iter().zip(&design.weights).enumerate() {
        let group = groups.get(row);
        if value.is_nan() || group >= groups.count {
            continue;
        }
        let layer = layers.of[row] as usize;
        moments.cells[layer * groups.count + group].add(*weight, *value);
    }
    match (&design.patterns, &design.replicates) {
        (Some(patterns), _) => {
            let fold = |of: fn(&Moment) -> f64| patterns.fold(moments.cells.iter().map(of));
            moments.replicates = [fold(|cell| cell.w), fold(|cell| cell.wy)];
        }
        (None, Some(replicates)) => {
            let place = |row: usize| {
                Some(groups.get(row)).filter(|g| *g < groups.count && !values[row].is_nan())
            };
            let sums = |factor: &dyn Fn(usize) -> f64| {
                by_replicate(replicates, design, groups.count, place, factor)
            };
            let y = |row: usize| if values[row].is_nan() { 0.0 } else { values[row] };
            moments.replicates = [sums(&|_| 1.0), sums(&y)];
        }
        (None, None) => {}
    }
    moments
}

fn fit_moments(
    values: &[f64],
    groups: Groups<'_>,
    (fit, design): (&Fit, &Design),
) -> FittedMoments {
    let layers = Layers::of(design);
    let (mut importance, mut crossed) = (
        vec![[0.0; 2]; fit.count() * groups.count],
        vec![[0.0; 2]; layers.count * groups.count],
    );
    for (row, (weight, y)) in design.weights.iter().zip(values).enumerate() {
        let group = groups.get(row);
        if !y.is_nan() && group < groups.count {
            let (cell, layer) = (fit.cells()[row] as usize, layers.of[row] as usize);
            let after = fit.weights()[row];
            let (q, v) = (fit.importance()[row] * ratio(*weight, after), weight * after);
            let sum = &mut importance[cell * groups.count + group];
            *sum = [sum[0] + q, sum[1] + q * y];
            let sum = &mut crossed[layer * groups.count + group];
            *sum = [sum[0] + v, sum[1] + v * y];
        }
    }
    FittedMoments { importance, crossed }
}

#[cfg(test)]
mod tests {
    use super::{Codes, answers, numbers};
    use crate::prepare::Design;
    use crate::tally::Groups;

    fn design(stratum: Vec<u32>, weights: Vec<f64>) -> Design {
        let strata = vec![String::new(); 2];
        Design { stratum, strata, ..Design::alone(weights) }
    }

    #[test]
    fn every_answer_is_counted_where_it_belongs() {
        let codes = [0_u8, 1, 1, 9, 0];
        let design = design(vec![0, 0, 1, 1, 1], vec![1.0, 2.0, 3.0, 4.0, 5.0]);
        let sums = answers(Codes::One(&codes), 2, Groups::everybody(), &design);
        assert_eq!(sums.row(0, 0), [[1.0, 1.0, 1.0, 0.0], [2.0, 4.0, 1.0, 0.0]]);
        assert_eq!(sums.row(1, 0), [[5.0, 25.0, 1.0, 0.0], [3.0, 9.0, 1.0, 0.0]]);
        assert_eq!((sums.weight(0, 1), sums.squared(0, 1), sums.count(0, 1)), (5.0, 13.0, 2));
    }

    #[test]
    fn who_has_no_number_is_left_out() {
        let design = Design::alone(vec![1.0, 1.0, 3.0]);
        let moments = numbers(&[2.0, f64::NAN, 4.0], Groups::everybody(), &design);
        let total = moments.total(0);
        assert_eq!((total.n, total.w, total.wy, total.wwyy), (2.0, 4.0, 14.0, 148.0));
    }
}
