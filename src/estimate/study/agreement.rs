//! How numbers vary, and how two of them go together.

use super::statistic::Statistic;

/// The variance of a number in the population, as R's `svyvar`: n/(n−1) times
/// Σw(y−ȳ)²/Σw, n being the records with a number, at replicate weights too.
pub struct PopulationVariance<'a> {
    /// The number; not a number outside the domain.
    pub y: &'a [f64],
}

/// Pearson's correlation of two numbers in the population.
pub struct Correlation<'a> {
    /// The first number; not a number outside the domain.
    pub x: &'a [f64],
    /// The second.
    pub y: &'a [f64],
}

/// Weighted means and second moments of two numbers over the records with both.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    weight: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Moments {
    fn of(x: &[f64], y: &[f64], weights: &[f64]) -> Option<Self> {
        let records = || {
            let all = x.iter().zip(y).zip(weights);
            all.filter(|((x, y), w)| !x.is_nan() && !y.is_nan() && **w > 0.0)
        };
        let weight: f64 = records().map(|(_, w)| w).sum();
        if records().count() < 2 {
            return None;
        }
        let mut moments = Self { weight, ..Self::default() };
        for ((x, y), w) in records() {
            moments.x += w * x / weight;
            moments.y += w * y / weight;
        }
        for ((x, y), w) in records() {
            let (dx, dy) = (x - moments.x, y - moments.y);
            moments.xx += w * dx * dx / weight;
            moments.xy += w * dx * dy / weight;
            moments.yy += w * dy * dy / weight;
        }
        Some(moments)
    }

    fn correlation(&self) -> Option<f64> {
        let scale = (self.xx * self.yy).sqrt();
        (scale > 0.0).then(|| self.xy / scale)
    }
}

impl PopulationVariance<'_> {
    /// n/(n−1)
    fn correction(&self) -> f64 {
        let n = self.y.iter().filter(|y| !y.is_nan()).count() as f64;
        n / (n - 1.0)
    }
}

impl Statistic for PopulationVariance<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let moments = Moments::of(self.y, self.y, weights)?;
        Some(vec![moments.xx * self.correction()])
    }

    fn influence(&self, _: usize, _: &[f64], weights: &[f64]) -> Vec<f64> {
        let Some(m) = Moments::of(self.y, self.y, weights) else {
            return vec![0.0; weights.len()];
        };
        let scale = self.correction() / m.weight;
        let of = |y: &f64| {
            let d = y - m.y;
            if y.is_nan() { 0.0 } else { scale * (d * d - m.xx) }
        };
        self.y.iter().map(of).collect()
    }

    fn holds(&self, record: usize) -> bool {
        !self.y[record].is_nan()
    }
}

impl Statistic for Correlation<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        Some(vec![Moments::of(self.x, self.y, weights)?.correlation()?])
    }

    /// With standardised a and b, ∂ρ/∂w is (ab − ρ(a² + b²)/2)/Σw.
    fn influence(&self, _: usize, values: &[f64], weights: &[f64]) -> Vec<f64> {
        let Some(m) = Moments::of(self.x, self.y, weights) else {
            return vec![0.0; weights.len()];
        };
        let rho = values[0];
        let of = |(x, y): (&f64, &f64)| {
            if x.is_nan() || y.is_nan() {
                return 0.0;
            }
            let (a, b) = ((x - m.x) / m.xx.sqrt(), (y - m.y) / m.yy.sqrt());
            (a * b - rho * (a * a + b * b) / 2.0) / m.weight
        };
        self.x.iter().zip(self.y).map(of).collect()
    }

    fn holds(&self, record: usize) -> bool {
        !self.x[record].is_nan() && !self.y[record].is_nan()
    }
}
