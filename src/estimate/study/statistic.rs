//! What a statistic is to a study, and statistics made of others.

use crate::stats::matrix::Matrix;

/// Something computed from weighted records: one figure or several.
pub trait Statistic {
    /// Its figures at these weights, one weight a record; none if one does not exist, for
    /// instance because nobody is in a group.
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>>;

    /// How one of its figures changes with the weight of each record: the derivative
    /// ∂θ/∂wᵢ at these weights, where `values` are the figures (Deville 1999, "Variance
    /// estimation for complex statistics and estimators", section 3). Zero for records
    /// outside the domain.
    fn influence(&self, figure: usize, values: &[f64], weights: &[f64]) -> Vec<f64>;

    /// Whether it is of this record.
    fn holds(&self, record: usize) -> bool;
}

/// Several statistics as one, so that their covariance is known.
pub struct Joined<'s>(pub Vec<Box<dyn Statistic + 's>>);

impl Joined<'_> {
    /// The statistic that a figure belongs to, its values, and the figure's place in it.
    fn part<'v>(
        &self,
        figure: usize,
        values: &'v [f64],
        weights: &[f64],
    ) -> Option<(&dyn Statistic, &'v [f64], usize)> {
        let mut start = 0;
        for part in &self.0 {
            let length = part.at(weights)?.len();
            if figure < start + length {
                return Some((
                    part.as_ref(),
                    values.get(start..start + length)?,
                    figure - start,
                ));
            }
            start += length;
        }
        None
    }
}

impl Statistic for Joined<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let parts: Option<Vec<Vec<f64>>> = self.0.iter().map(|part| part.at(weights)).collect();
        Some(parts?.concat())
    }

    fn influence(&self, figure: usize, values: &[f64], weights: &[f64]) -> Vec<f64> {
        match self.part(figure, values, weights) {
            Some((part, values, place)) => part.influence(place, values, weights),
            None => vec![0.0; weights.len()],
        }
    }

    fn holds(&self, record: usize) -> bool {
        self.0.iter().any(|part| part.holds(record))
    }
}

/// Linear combinations of the figures of a statistic: one for each row of the matrix.
pub struct Contrast<'s> {
    /// What is combined.
    pub of: &'s dyn Statistic,
    /// The coefficient of each figure.
    pub coefficients: Matrix,
}

impl Statistic for Contrast<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let values = self.of.at(weights)?;
        let combined =
            |row| self.coefficients.row(row).iter().zip(&values).map(|(c, v)| c * v).sum();
        Some((0..self.coefficients.rows()).map(combined).collect())
    }

    fn influence(&self, figure: usize, _: &[f64], weights: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; weights.len()];
        let Some(values) = self.of.at(weights) else { return sum };
        for (place, coefficient) in self.coefficients.row(figure).iter().enumerate() {
            if *coefficient != 0.0 {
                let part = self.of.influence(place, &values, weights);
                sum.iter_mut().zip(part).for_each(|(sum, u)| *sum += coefficient * u);
            }
        }
        sum
    }

    fn holds(&self, record: usize) -> bool {
        self.of.holds(record)
    }
}

/// A statistic of numbers that themselves depend on the weights, such as ranks: at each
/// set of weights the numbers are made anew, but their own change is no part of the
/// influence.
pub struct Scored<F> {
    /// Makes the statistic at given weights.
    pub make: F,
    /// Which records it is of.
    pub members: Vec<bool>,
}

impl<S: Statistic, F: Fn(&[f64]) -> Option<S>> Statistic for Scored<F> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        (self.make)(weights)?.at(weights)
    }

    fn influence(&self, figure: usize, values: &[f64], weights: &[f64]) -> Vec<f64> {
        match (self.make)(weights) {
            Some(statistic) => statistic.influence(figure, values, weights),
            None => vec![0.0; weights.len()],
        }
    }

    fn holds(&self, record: usize) -> bool {
        self.members.get(record).copied().unwrap_or_default()
    }
}

/// A statistic that replicates see through its influences at the full sample alone: what
/// they give the variance of is Σwu. So R's `svyranktest` does with its scores.
pub struct Linearised<'s> {
    of: &'s dyn Statistic,
    /// What is added to Σwu to make the figures of the full sample.
    rest: Vec<f64>,
    influence: Vec<Vec<f64>>,
}

impl<'s> Linearised<'s> {
    /// Takes the influences of a statistic at some weights; none if it has no figures.
    pub fn new(of: &'s dyn Statistic, weights: &[f64]) -> Option<Self> {
        let values = of.at(weights)?;
        let influence: Vec<Vec<f64>> =
            (0..values.len()).map(|figure| of.influence(figure, &values, weights)).collect();
        let rest = values.iter().zip(&influence).map(|(value, u)| value - product(u, weights));
        let rest = rest.collect();
        Some(Self { of, rest, influence })
    }
}

fn product(u: &[f64], weights: &[f64]) -> f64 {
    u.iter().zip(weights).map(|(u, w)| u * w).sum()
}

impl Statistic for Linearised<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let figures = self.rest.iter().zip(&self.influence);
        Some(figures.map(|(rest, u)| rest + product(u, weights)).collect())
    }

    fn influence(&self, figure: usize, _: &[f64], _: &[f64]) -> Vec<f64> {
        self.influence[figure].clone()
    }

    fn holds(&self, record: usize) -> bool {
        self.of.holds(record)
    }
}
