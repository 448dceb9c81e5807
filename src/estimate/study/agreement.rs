//! How numbers vary, and how two of them go together.

use super::statistic::Statistic;

/// The covariance of two numbers in the population, or the variance of one given twice, as
/// R's `svyvar`: n/(n−1) times Σw(x−x̄)(y−ȳ)/Σw, n being the records with both, at
/// replicate weights too.
pub struct PopulationCovariance<'a> {
    /// The first number; not a number outside the domain.
    pub x: &'a [f64],
    /// The second.
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

impl PopulationCovariance<'_> {
    /// n/(n−1)
    fn correction(&self) -> f64 {
        let n = (0..self.y.len()).filter(|record| self.holds(*record)).count() as f64;
        n / (n - 1.0)
    }
}

impl Statistic for PopulationCovariance<'_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let moments = Moments::of(self.x, self.y, weights)?;
        Some(vec![moments.xy * self.correction()])
    }

    fn influence(&self, _: usize, _: &[f64], weights: &[f64]) -> Vec<f64> {
        let Some(m) = Moments::of(self.x, self.y, weights) else {
            return vec![0.0; weights.len()];
        };
        let scale = self.correction() / m.weight;
        let of = |(x, y): (&f64, &f64)| {
            let product = (x - m.x) * (y - m.y);
            if product.is_nan() { 0.0 } else { scale * (product - m.xy) }
        };
        self.x.iter().zip(self.y).map(of).collect()
    }

    fn holds(&self, record: usize) -> bool {
        !self.x[record].is_nan() && !self.y[record].is_nan()
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
