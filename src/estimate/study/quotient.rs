//! Means, shares, ratios and totals: Σwa/Σwb, or Σwa.

use super::super::linear::people;
use super::statistic::Statistic;

/// What a quotient is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Σwa/Σwb, on a scale of its own.
    Mean,
    /// Σwa/Σwb, where a is 0 or 1 and b is 1.
    Share,
    /// Σwa.
    Total,
}

/// A mean, share, ratio or total over some of the records.
pub struct Quotient<'a> {
    /// What it is of.
    pub kind: Kind,
    /// The a and b of a record; none if it is not one of those that count.
    pub term: Box<dyn Fn(usize) -> Option<(f64, f64)> + Sync + 'a>,
}

/// Several quotients as one statistic.
pub struct Quotients<'q, 'a>(pub &'q [Quotient<'a>]);

/// Σwa and Σwb.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    above: f64,
    below: f64,
    weight: f64,
}

impl<'a> Quotient<'a> {
    /// The mean of y over the records that have one.
    pub fn mean(y: impl Fn(usize) -> Option<f64> + Sync + 'a) -> Self {
        Self { kind: Kind::Mean, term: Box::new(move |i| Some((y(i)?, 1.0))) }
    }

    /// The weighted sum of y over the records that have one.
    pub fn total(y: impl Fn(usize) -> Option<f64> + Sync + 'a) -> Self {
        Self { kind: Kind::Total, term: Box::new(move |i| Some((y(i)?, 1.0))) }
    }

    /// The share of the records that say yes, among those that say anything.
    pub fn share(yes: impl Fn(usize) -> Option<bool> + Sync + 'a) -> Self {
        let term = move |i| Some((f64::from(u8::from(yes(i)?)), 1.0));
        Self { kind: Kind::Share, term: Box::new(term) }
    }

    /// The ratio of the weighted sums of a and b over the records that have both.
    pub fn ratio(ab: impl Fn(usize) -> Option<(f64, f64)> + Sync + 'a) -> Self {
        Self { kind: Kind::Mean, term: Box::new(ab) }
    }

    /// The value at some weights; none without anybody of a weight above zero.
    #[must_use]
    pub fn value(&self, weights: &[f64]) -> Option<f64> {
        let sums = self.sums(weights);
        match self.kind {
            Kind::Total => (sums.weight > 0.0).then_some(sums.above),
            _ => (sums.weight > 0.0 && sums.below != 0.0).then(|| sums.above / sums.below),
        }
    }

    fn sums(&self, weights: &[f64]) -> Sums {
        let mut sums = Sums::default();
        for (record, weight) in weights.iter().enumerate() {
            if let Some((a, b)) = (self.term)(record) {
                sums.above += weight * a;
                sums.below += weight * b;
                sums.weight += weight;
            }
        }
        sums
    }

    /// The weighted variance of what it is made of, in the square of its unit.
    pub(super) fn spread(&self, value: f64, weights: &[f64]) -> f64 {
        let sums = self.sums(weights);
        // A total is a mean times the sum of the weights.
        let (centre, scale) = match self.kind {
            Kind::Total => (sums.above / sums.weight, sums.weight),
            _ => (value, sums.weight / sums.below),
        };
        let mut squares = 0.0;
        for (record, weight) in weights.iter().enumerate() {
            if let Some((a, b)) = (self.term)(record) {
                let e = a - centre * b;
                squares += weight * e * e;
            }
        }
        squares / sums.weight * scale * scale
    }

    /// How many of those that count have an a above zero.
    pub(super) fn count(&self, weights: &[f64]) -> u64 {
        let yes = |record: &usize| (self.term)(*record).is_some_and(|(a, _)| a > 0.0);
        people((0..weights.len()).filter(yes).count() as f64)
    }

    /// The weights of those with an a above zero, and of the others.
    pub(super) fn sides(&self, weights: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for (record, weight) in weights.iter().enumerate() {
            if let Some((a, _)) = (self.term)(record) {
                if a > 0.0 { yes.push(*weight) } else { no.push(*weight) }
            }
        }
        (yes, no)
    }

    /// ∂θ/∂w is (a − θb)/Σwb for a quotient, a for a total.
    fn influence(&self, value: f64, weights: &[f64]) -> Vec<f64> {
        let below = self.sums(weights).below;
        let of = |record| match ((self.term)(record), self.kind) {
            (None, _) => 0.0,
            (Some((a, _)), Kind::Total) => a,
            (Some((a, b)), _) => (a - value * b) / below,
        };
        (0..weights.len()).map(of).collect()
    }
}

impl Statistic for Quotients<'_, '_> {
    fn at(&self, weights: &[f64]) -> Option<Vec<f64>> {
        self.0.iter().map(|quotient| quotient.value(weights)).collect()
    }

    fn influence(&self, figure: usize, values: &[f64], weights: &[f64]) -> Vec<f64> {
        self.0[figure].influence(values[figure], weights)
    }

    fn holds(&self, record: usize) -> bool {
        self.0.iter().any(|quotient| (quotient.term)(record).is_some())
    }
}
