//! Iteratively reweighted least squares (Nelder and Wedderburn 1972, "Generalized linear
//! models", section 1.3; R: `glm.fit`).
//!
//! Takes columns, responses and weights of the records used; gives the coefficients at
//! which the steps end, or why they do not.

use super::family::Family;
use super::least_squares::{Decomposition, Dependent};
use super::matrix::Model;
use super::refusal::Refusal;

/// R's criterion: the deviance changes by less than this share of itself.
const EPSILON: f64 = 1e-8;
/// R's limit of steps; what still moves then, moves for ever.
const R_STEPS: usize = 25;
/// Limit of steps for links that come to rest slowly.
const STEPS: usize = 100;
/// A change that counts as none, as a share of the largest sum of terms.
const STILL: f64 = 1e-12;
/// A change so small that it can only be rounding when it does not get smaller.
const NEARLY_STILL: f64 = 1e-9;
/// A change in the sum of the terms that is running away, after [`R_STEPS`] steps.
const RUNNING: f64 = 0.01;
/// How often a step that goes too far is halved.
const HALVINGS: usize = 25;

/// When the steps end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// When they change nothing any more: the figures of R run with a small `epsilon`.
    Settled,
    /// Where R's `glm` ends by default, with the working weights of the step before as
    /// there. Coefficients differ from settled ones by about 1e-8, standard errors by
    /// about 1e-5.
    LikeR,
}

/// The records used, without gaps.
pub(super) struct Sample<'a> {
    pub(super) model: &'a Model,
    pub(super) family: Family,
    /// Their places.
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) response: Vec<f64>,
    /// Scaled.
    pub(super) weights: Vec<f64>,
}

/// Where the steps stand.
#[derive(Clone)]
pub(super) struct State {
    /// The sum of the terms of each record.
    sums: Vec<f64>,
    pub(super) means: Vec<f64>,
    pub(super) deviance: f64,
}

/// Where the steps ended.
pub(super) struct Found {
    pub(super) coefficients: Vec<f64>,
    pub(super) state: State,
    /// w μ′²/V of each record.
    working: Vec<f64>,
    /// Of the columns times the roots of the working weights.
    pub(super) triangle: Decomposition,
    /// Steps until R's criterion was met.
    pub(super) iterations: usize,
}

impl Sample<'_> {
    /// Steps from the coefficients given, or else from the responses.
    pub(super) fn iterate(&self, start: Option<&[f64]>, stop: Stop) -> Result<Found, Refusal> {
        let mut coefficients = start.map(<[f64]>::to_vec);
        let mut state = self.start(start);
        let mut like_r: Option<Found> = None;
        let mut change = f64::INFINITY;
        for step in 1..=STEPS {
            let found = self.step(&state, coefficients.as_deref(), step)?;
            let before = change;
            change = movement(&state.sums, &found.state.sums);
            if step == R_STEPS && change > NEARLY_STILL {
                self.running(coefficients.as_deref(), &found.coefficients)?;
            }
            let met = close(state.deviance, found.state.deviance);
            (state, coefficients) = (found.state.clone(), Some(found.coefficients.clone()));
            if met && like_r.is_none() {
                like_r = Some(found);
            }
            if change <= STILL || (change <= NEARLY_STILL && change > before / 4.0) {
                return self.end(state, coefficients.unwrap_or_default(), like_r, stop);
            }
        }
        Err(Refusal::NoConvergence { steps: STEPS })
    }

    /// The end of the steps, by either rule.
    fn end(
        &self,
        state: State,
        coefficients: Vec<f64>,
        like_r: Option<Found>,
        stop: Stop,
    ) -> Result<Found, Refusal> {
        let iterations = like_r.as_ref().map_or(0, |found| found.iterations);
        match like_r {
            Some(found) if stop == Stop::LikeR => Ok(found),
            _ => {
                let working = self.working(&state);
                let triangle = self.triangle(&working, STEPS)?;
                Ok(Found { coefficients, state, working, triangle, iterations })
            }
        }
    }

    fn start(&self, coefficients: Option<&[f64]>) -> State {
        if let Some(coefficients) = coefficients {
            return self.state(coefficients);
        }
        let pairs = self.response.iter().zip(&self.weights);
        self.at(pairs.map(|(y, w)| self.family.link(self.family.start(*y, *w))).collect())
    }

    /// One step of least squares from a state.
    fn step(
        &self,
        state: &State,
        before: Option<&[f64]>,
        step: usize,
    ) -> Result<Found, Refusal> {
        let working = self.working(state);
        let triangle = self.triangle(&working, step)?;
        let residuals = self.residuals(state);
        let aims = state.sums.iter().zip(residuals).zip(&working);
        let aims = aims.map(|((sum, residual), working)| (sum + residual) * working.sqrt());
        let mut coefficients = triangle.solve(aims.collect());
        let mut next = self.state(&coefficients);
        for _ in 0..HALVINGS {
            if next.deviance.is_finite() {
                return Ok(Found {
                    coefficients,
                    state: next,
                    working,
                    triangle,
                    iterations: step,
                });
            }
            let Some(before) = before else { break };
            let halved =
                coefficients.iter().zip(before).map(|(now, before)| (now + before) / 2.0);
            coefficients = halved.collect();
            next = self.state(&coefficients);
        }
        Err(Refusal::NoConvergence { steps: step })
    }

    /// The state at some coefficients.
    fn state(&self, coefficients: &[f64]) -> State {
        let mut sums = vec![0.0; self.rows.len()];
        for (column, coefficient) in self.columns.iter().zip(coefficients) {
            sums.iter_mut().zip(column).for_each(|(sum, x)| *sum += x * coefficient);
        }
        self.at(sums)
    }

    fn at(&self, sums: Vec<f64>) -> State {
        let means: Vec<f64> = sums.iter().map(|sum| self.family.mean(*sum)).collect();
        let deviance = self.deviance(means.iter().copied());
        State { sums, means, deviance }
    }

    fn deviance(&self, means: impl Iterator<Item = f64>) -> f64 {
        let records = self.response.iter().zip(&self.weights).zip(means);
        records.map(|((y, weight), mean)| weight * self.family.deviance(*y, mean)).sum()
    }

    /// The deviance when all have the same mean: the weighted mean of the responses, or
    /// without an intercept the mean where the sum of the terms is 0.
    pub(super) fn null_deviance(&self, intercept: bool) -> f64 {
        let total: f64 = self.response.iter().zip(&self.weights).map(|(y, w)| y * w).sum();
        let average = total / self.weights.iter().sum::<f64>();
        let mean = if intercept { average } else { self.family.mean(0.0) };
        self.deviance(std::iter::repeat_n(mean, self.rows.len()))
    }

    /// w μ′²/V of each record.
    fn working(&self, state: &State) -> Vec<f64> {
        let records = self.weights.iter().zip(state.sums.iter().zip(&state.means));
        let working = |(weight, (sum, mean)): (&f64, (&f64, &f64))| {
            let slope = self.family.slope(*sum);
            weight * slope * slope / self.family.variance(*mean)
        };
        records.map(working).collect()
    }

    /// (y − μ)/μ′ of each record.
    fn residuals(&self, state: &State) -> Vec<f64> {
        let records = self.response.iter().zip(state.means.iter().zip(&state.sums));
        records.map(|(y, (mean, sum))| (y - mean) / self.family.slope(*sum)).collect()
    }

    /// What a record of weight 1 adds to the estimating equation, but for x.
    pub(super) fn scores(&self, found: &Found) -> Vec<f64> {
        let working = found.working.iter().zip(&self.weights).map(|(working, w)| working / w);
        self.residuals(&found.state)
            .iter()
            .zip(working)
            .map(|(r, working)| r * working)
            .collect()
    }

    fn triangle(&self, working: &[f64], step: usize) -> Result<Decomposition, Refusal> {
        let roots: Vec<f64> = working.iter().map(|working| working.sqrt()).collect();
        let scaled =
            |column: &Vec<f64>| column.iter().zip(&roots).map(|(x, w)| x * w).collect();
        let columns = self.columns.iter().map(scaled).collect();
        Decomposition::new(columns).map_err(|dependent| self.dependent(dependent, step))
    }

    /// A column that follows from others at the first step does so in the data. Later, it
    /// is because records whose mean has run to its bound have no working weight left.
    fn dependent(&self, dependent: Dependent, step: usize) -> Refusal {
        if step > 1 {
            let columns = dependent.others.into_iter().chain([dependent.column]);
            return Refusal::Separation { terms: self.model.terms_of(columns) };
        }
        let names = self.model.names();
        let name = |place: usize| names.get(place).cloned().unwrap_or_default();
        let others = dependent.others.into_iter().map(name).collect();
        Refusal::Collinear { column: name(dependent.column), others }
    }

    /// Refuses coefficients that still move by much.
    fn running(&self, before: Option<&[f64]>, now: &[f64]) -> Result<(), Refusal> {
        let moves = before.unwrap_or_default().iter().zip(now).map(|(a, b)| (b - a).abs());
        let runs = |(step, column): (f64, &Vec<f64>)| step * spread(column) > RUNNING;
        let columns = moves.zip(&self.columns).enumerate();
        let places: Vec<usize> =
            columns.filter(|(_, pair)| runs(*pair)).map(|(place, _)| place).collect();
        if places.is_empty() {
            return Ok(());
        }
        Err(Refusal::Separation { terms: self.model.terms_of(places) })
    }
}

/// R's criterion.
fn close(before: f64, now: f64) -> bool {
    (now - before).abs() / (0.1 + now.abs()) < EPSILON
}

/// The largest change between sums of terms, as a share of the largest of them.
fn movement(before: &[f64], now: &[f64]) -> f64 {
    let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let change = largest(&mut before.iter().zip(now).map(|(a, b)| (a - b).abs()));
    change / (1.0 + largest(&mut now.iter().map(|sum| sum.abs())))
}

/// The distance from the least to the greatest of some values.
fn spread(values: &[f64]) -> f64 {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - least
}
