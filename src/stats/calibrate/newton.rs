//! Calibration: weights as close as possible to the base weights that meet totals.
//!
//! Takes base weights, auxiliaries and the totals they shall have; gives a [`Step`].
//! Deville and Särndal (1992), "Calibration estimators in survey sampling": final over
//! base weight is a function of one linear predictor, found by Newton's method. It
//! minimises a convex function, so a step that does not bring it down is halved; where
//! R's `grake` converges, the weights are the same.

use super::auxiliaries::Auxiliaries;
use super::basis::{Basis, Triangle};
use super::cells::{at, sums_by};
use super::distance::{Bounds, Curve, Distance, dot};
use super::{Error, Fit, Limits, Step, check_base, check_length};

/// How weights may change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// What is kept smallest.
    pub distance: Distance,
    /// The least and most of final over base weight; necessary for logit.
    pub bounds: Bounds,
    /// Whether base weights are first multiplied by the mean of total over weighted sample
    /// total when that is above 20 in every column, as R does unless the distance is
    /// linear without bounds. The bounds are then of the ratio to the rescaled weights.
    pub rescale: bool,
}

impl Method {
    /// A distance without bounds, rescaling as R does.
    #[must_use]
    pub fn new(distance: Distance) -> Self {
        Self { distance, bounds: Bounds::NONE, rescale: true }
    }

    /// The same within bounds.
    #[must_use]
    pub fn within(self, lower: f64, upper: f64) -> Self {
        Self { bounds: Bounds { lower, upper }, ..self }
    }

    fn curve(self) -> Result<Curve, Error> {
        let Bounds { lower, upper } = self.bounds;
        Curve::new(self.distance, self.bounds).ok_or(Error::Bounds { lower, upper })
    }
}

/// The outcome of calibration.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// Weights, rounds and what a variance needs. Linear weights without bounds may be
    /// negative: see [`super::Quality::negative`].
    pub step: Step,
    /// What the base weights were multiplied by before bounds were applied; mostly 1.
    pub scale: f64,
    /// Columns that follow from earlier ones, as their totals do.
    pub redundant: Vec<usize>,
}

/// Calibrates base weights to the totals of auxiliary columns.
///
/// The difference from a total is measured against 1 plus the total or, where that is
/// larger, the weighted sum of the absolute values in the sample.
///
/// # Errors
///
/// Base weights that are not above zero; totals that are not finite; bounds the distance
/// cannot work with, or that cannot be met ([`Error::OutOfReach`] for one column alone,
/// [`Error::BoundsCannotBeMet`] for all together); a column of zeros with a total; a
/// column that follows from earlier ones with a total that does not; no convergence.
pub fn calibrate(
    base: &[f64],
    auxiliaries: &Auxiliaries,
    totals: &[f64],
    method: Method,
    limits: Limits,
) -> Result<Calibrated, Error> {
    check_base(base, limits)?;
    check_length("base weights", base.len(), auxiliaries.cells().len())?;
    check_length("totals", totals.len(), auxiliaries.columns())?;
    if let Some((column, &total)) = totals.iter().enumerate().find(|(_, t)| !t.is_finite()) {
        return Err(Error::Total { column, total });
    }
    let sizes = sums_by(auxiliaries.cells(), auxiliaries.count(), base.iter().copied());
    let basis = Basis::new(auxiliaries, &sizes);
    let problem = Problem::new(auxiliaries, &basis, sizes, totals, method)?;
    problem.check_columns()?;
    let Solved { ratios, rounds, worst } = problem.solve(limits)?;
    let scale = problem.scale;
    let redundant = basis.implied(totals).into_iter().map(|(column, _)| column).collect();
    let pairs = base.iter().zip(auxiliaries.cells());
    let weights: Vec<f64> = pairs.map(|(d, &cell)| d * scale * at(&ratios, cell)).collect();
    let cells = auxiliaries.cells().to_vec();
    let fit = Fit::regression(cells, basis, base.to_vec(), weights.clone());
    Ok(Calibrated { step: Step { weights, rounds, worst, fit }, scale, redundant })
}

/// What is to be solved.
struct Problem<'a> {
    auxiliaries: &'a Auxiliaries,
    basis: &'a Basis,
    curve: Curve,
    scale: f64,
    /// Σ rescaled base weight in each cell.
    sizes: Vec<f64>,
    totals: &'a [f64],
    /// The totals in the coordinates of the basis.
    goal: Vec<f64>,
    /// Σ rescaled base weight · |x| for each column.
    gross: Vec<f64>,
}

/// Where the search stands.
struct Point {
    /// The linear predictor, in the coordinates of the basis.
    form: Vec<f64>,
    /// Its value u in each cell.
    predictors: Vec<f64>,
    /// Final over rescaled base weight in each cell.
    ratios: Vec<f64>,
    /// What is minimised, and how large the terms are that it is the difference of.
    height: f64,
    magnitude: f64,
}

/// Where the search ended.
struct Solved {
    ratios: Vec<f64>,
    rounds: usize,
    worst: f64,
}

impl<'a> Problem<'a> {
    fn new(
        auxiliaries: &'a Auxiliaries,
        basis: &'a Basis,
        sizes: Vec<f64>,
        totals: &'a [f64],
        method: Method,
    ) -> Result<Self, Error> {
        let scale = scale(&auxiliaries.totals(sizes.iter().copied()), totals, method);
        let sizes: Vec<f64> = sizes.into_iter().map(|size| size * scale).collect();
        let mut gross = vec![0.0; totals.len()];
        for (row, size) in auxiliaries.rows().zip(&sizes) {
            gross.iter_mut().zip(row).for_each(|(sum, x)| *sum += size * x.abs());
        }
        let goal = basis.coordinates(totals);
        let curve = method.curve()?;
        Ok(Self { auxiliaries, basis, curve, scale, sizes, totals, goal, gross })
    }

    /// Refuses totals that no weights have: of columns of zeros, of columns that follow
    /// from others, and totals outside what weights within the bounds can add up to.
    fn check_columns(&self) -> Result<(), Error> {
        /// The relative difference from the implied total that is taken for rounding.
        const ROUNDING: f64 = 1e-6;
        for (column, implied) in self.basis.implied(self.totals) {
            let (total, size) = (at_place(self.totals, column), self.size(column));
            if at_place(&self.gross, column) <= 0.0 && total != 0.0 {
                return Err(Error::EmptyColumn { column, total });
            }
            if (total - implied).abs() > ROUNDING * size {
                return Err(Error::Collinear { column, total, implied });
            }
        }
        self.basis.kept().iter().try_for_each(|&column| self.check_reach(column))
    }

    /// Refuses a total that weights within the bounds cannot add up to.
    fn check_reach(&self, column: usize) -> Result<(), Error> {
        let (total, slack) = (at_place(self.totals, column), 1e-9 * self.size(column));
        let reach = self.curve.reach();
        let (mut least, mut most) = (0.0, 0.0);
        for (row, size) in self.auxiliaries.rows().zip(&self.sizes) {
            let part = size * at_place(row, column);
            least += extreme(part, reach.upper, reach.lower);
            most += extreme(part, reach.lower, reach.upper);
        }
        if total < least - slack || total > most + slack {
            return Err(Error::OutOfReach { column, total, least, most });
        }
        Ok(())
    }

    /// What a difference from the total of a column is measured against.
    fn size(&self, column: usize) -> f64 {
        1.0 + at_place(self.totals, column).abs().max(at_place(&self.gross, column))
    }

    /// Steps until the totals are met, and once more: that costs one round and gives the
    /// weights about twice as many digits as the tolerance asks for.
    fn solve(&self, limits: Limits) -> Result<Solved, Error> {
        let mut point = self.point(vec![0.0; self.basis.rank()]);
        let mut rounds = 0;
        loop {
            let misfit = self.misfit(&point);
            let (column, worst) = self.worst(&misfit);
            let is_met = worst <= limits.tolerance;
            if !is_met && self.is_hopeless(&point) {
                return Err(Error::BoundsCannotBeMet { column, error: worst });
            }
            let is_allowed = is_met || rounds < limits.rounds;
            let next = if is_allowed { self.step(&point, &misfit) } else { None };
            if is_met {
                let (ratios, worst) = self.better(point, worst, next);
                return Ok(Solved { ratios, rounds, worst });
            }
            let Some(next) = next else {
                return Err(Error::CalibrationNotConverged { rounds, column, error: worst });
            };
            point = next;
            rounds += 1;
        }
    }

    /// The ratios of the point that meets the totals better, and how far off it is.
    fn better(&self, point: Point, worst: f64, next: Option<Point>) -> (Vec<f64>, f64) {
        let off = |next: Point| (self.worst(&self.misfit(&next)).1, next.ratios);
        match next.map(off) {
            Some((less, ratios)) if less < worst => (ratios, less),
            _ => (point.ratios, worst),
        }
    }

    /// A linear predictor with what follows from it.
    fn point(&self, form: Vec<f64>) -> Point {
        let predictors = self.basis.values(&form);
        let ratios = predictors.iter().map(|&u| self.curve.ratio(u)).collect();
        let pairs = self.sizes.iter().zip(&predictors).filter(|(size, _)| **size > 0.0);
        let integral: f64 = pairs.map(|(size, &u)| size * self.curve.integral(u)).sum();
        let reached = dot(&form, &self.goal);
        let (height, magnitude) = (integral - reached, integral.abs() + reached.abs());
        Point { form, predictors, ratios, height, magnitude }
    }

    /// What is missing from each total.
    fn misfit(&self, point: &Point) -> Vec<f64> {
        let weights = self.sizes.iter().zip(&point.ratios).map(|(size, g)| size * g);
        let reached = self.auxiliaries.totals(weights);
        self.totals.iter().zip(reached).map(|(total, sum)| total - sum).collect()
    }

    /// The column that is furthest off and how far (NaN is furthest of all); columns left
    /// out follow the others.
    fn worst(&self, misfit: &[f64]) -> (usize, f64) {
        let error = |&column: &usize| at_place(misfit, column).abs() / self.size(column);
        let errors = self.basis.kept().iter().map(|column| (*column, error(column)));
        errors.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    }

    /// One step downhill; `None` if there is none that rounding does not hide.
    fn step(&self, from: &Point, misfit: &[f64]) -> Option<Point> {
        /// A step must achieve this part of what the slope at its start promises.
        const ARMIJO: f64 = 1e-4;
        const ROUNDING: f64 = 1e-13;
        const HALVINGS: usize = 60;
        let misfit = self.basis.coordinates(misfit);
        let direction = self.direction(from, &misfit);
        let promise = dot(&direction, &misfit);
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let pairs = from.form.iter().zip(&direction);
            let point = self.point(pairs.map(|(start, way)| start + length * way).collect());
            let allowed = from.height - ARMIJO * length * promise + ROUNDING * from.magnitude;
            if point.height <= allowed {
                return Some(point);
            }
            length /= 2.0;
        }
        None
    }

    /// Newton's direction. Where the bounds leave nothing to move in some dimension, as
    /// when everybody of one kind is at a bound, part of the slopes without bounds is
    /// added, so that the search can leave a place it should not have come to.
    fn direction(&self, from: &Point, misfit: &[f64]) -> Vec<f64> {
        const SINGULAR: f64 = 1e-14;
        const PART: f64 = 0.01;
        let rank = self.basis.rank();
        let slopes = from.ratios.iter().zip(&self.sizes);
        let mut slopes =
            self.basis.products(slopes.map(|(&g, size)| size * self.curve.slope(g)));
        let mut triangle = Triangle::of(&slopes, rank, SINGULAR * self.scale);
        if !triangle.is_full() {
            let diagonal = slopes.iter_mut().step_by(rank + 1);
            diagonal.for_each(|slope| *slope += PART * self.scale);
            triangle = Triangle::of(&slopes, rank, 0.0);
        }
        triangle.backward(triangle.forward(misfit))
    }

    /// Whether the linear predictor proves that the bounds cannot be met: even with every
    /// record at the bound that helps most, its total falls short.
    fn is_hopeless(&self, point: &Point) -> bool {
        const ROUNDING: f64 = 1e-9;
        let reach = self.curve.reach();
        let (mut most, mut magnitude) = (0.0, 0.0);
        for (size, u) in self.sizes.iter().zip(&point.predictors) {
            let part = extreme(size * u, reach.lower, reach.upper);
            most += part;
            magnitude += part.abs();
        }
        most + ROUNDING * magnitude < dot(&point.form, &self.goal)
    }
}

/// `part` multiplied by one bound if it is negative and by the other if positive.
fn extreme(part: f64, if_negative: f64, if_positive: f64) -> f64 {
    if part > 0.0 {
        part * if_positive
    } else if part < 0.0 {
        part * if_negative
    } else {
        0.0
    }
}

/// What R multiplies base weights by before it calibrates.
fn scale(sums: &[f64], totals: &[f64], method: Method) -> f64 {
    const FAR: f64 = 20.0;
    let is_regression = method.distance == Distance::Linear && method.bounds == Bounds::NONE;
    let ratios = totals.iter().zip(sums).filter(|(total, sum)| **total != 0.0 || **sum != 0.0);
    let ratios: Vec<f64> = ratios.map(|(total, sum)| total / sum).collect();
    let is_far = ratios.iter().all(|&ratio| ratio.is_finite() && ratio > FAR);
    if method.rescale && !is_regression && is_far && !ratios.is_empty() {
        ratios.iter().sum::<f64>() / crate::stats::count(ratios.len())
    } else {
        1.0
    }
}

/// The value in a place; 0 if there is none.
fn at_place(values: &[f64], place: usize) -> f64 {
    values.get(place).copied().unwrap_or(0.0)
}
