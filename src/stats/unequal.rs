//! Variances of samples drawn with unequal probabilities without replacement.
//!
//! Takes each record's probability of being drawn and what is known of the probabilities
//! of pairs; gives the covariance of Σz and Σz′, where z is already multiplied by the
//! weight. `svydesign(pps = ...)` of R survey. Knows no statistic.

use super::count;

/// What stands for the probabilities by which two records are both drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pairs {
    /// Brewer (2002), "Combined survey sampling inference", chapter 9: none are needed.
    Brewer,
    /// Hartley and Rao (1962), "Sampling with unequal probabilities and without
    /// replacement", equation 5.15 to its first term, in the estimator of Horvitz and
    /// Thompson (1952).
    HartleyRao {
        /// Σp²/n over the population, p being the probability of each of its members.
        sum_of_squares: f64,
    },
}

/// A sample drawn in one stage with unequal probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Unequal {
    /// The probability of each record, above 0 and at most 1.
    pub probability: Vec<f64>,
    /// What is known of pairs.
    pub pairs: Pairs,
}

/// Sums over the records.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Σz and Σz′.
    z: [f64; 2],
    /// Σpz and Σpz′.
    pz: [f64; 2],
    /// Σzz′ and Σpzz′.
    zz: [f64; 2],
}

impl Unequal {
    /// The covariance of Σz and Σz′; `None` for lists of different lengths and for fewer
    /// than two records.
    #[must_use]
    pub fn covariance(&self, first: &[f64], second: &[f64]) -> Option<f64> {
        let records = self.probability.len();
        if first.len() != records || second.len() != records || records < 2 {
            return None;
        }
        Some(match self.pairs {
            Pairs::Brewer => self.brewer(first, second),
            Pairs::HartleyRao { sum_of_squares } => {
                self.hartley_rao(first, second, sum_of_squares)
            }
        })
    }

    /// n/(n−1) Σ(1−p)(z−z̄)(z′−z̄′).
    fn brewer(&self, first: &[f64], second: &[f64]) -> f64 {
        let n = count(self.probability.len());
        let mean = |z: &[f64]| z.iter().sum::<f64>() / n;
        let (a, b) = (mean(first), mean(second));
        let all = self.probability.iter().zip(first.iter().zip(second));
        let sum: f64 = all.map(|(p, (z, other))| (1.0 - p) * ((z - a) * (other - b))).sum();
        n / (n - 1.0) * sum
    }

    /// Σᵢⱼ zᵢz′ⱼDᵢⱼ with Dᵢⱼ = 1 − (n − pᵢ − pⱼ + S)/(n−1) and Dᵢᵢ = 1 − pᵢ.
    fn hartley_rao(&self, first: &[f64], second: &[f64], sum_of_squares: f64) -> f64 {
        let n = count(self.probability.len());
        let constant = 1.0 - (n + sum_of_squares) / (n - 1.0);
        let slope = 1.0 / (n - 1.0);
        let Sums { z: [a, b], pz: [pa, pb], zz: [zz, pzz] } = self.sums(first, second);
        let all = constant * a * b + slope * (pa * b + a * pb);
        let diagonal = constant * zz + 2.0 * slope * pzz;
        all - diagonal + zz - pzz
    }

    fn sums(&self, first: &[f64], second: &[f64]) -> Sums {
        let mut sums = Sums::default();
        for (p, (a, b)) in self.probability.iter().zip(first.iter().zip(second)) {
            sums.z = [sums.z[0] + a, sums.z[1] + b];
            sums.pz = [sums.pz[0] + p * a, sums.pz[1] + p * b];
            sums.zz = [sums.zz[0] + a * b, sums.zz[1] + p * a * b];
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: [f64; 4] = [0.5, 0.2, 0.4, 0.9];
    const Z: [f64; 4] = [3.0, 1.0, -2.0, 5.0];
    const OTHER: [f64; 4] = [1.0, 4.0, 0.5, -1.0];

    fn unequal(pairs: Pairs) -> Unequal {
        Unequal { probability: P.to_vec(), pairs }
    }

    /// The double sum of the definition.
    #[test]
    fn the_sums_of_hartley_and_rao_are_the_double_sum() {
        let s = 0.6;
        let mut want = 0.0;
        for i in 0..4 {
            for j in 0..4 {
                let pair = 1.0 - (4.0 - P[i] - P[j] + s) / 3.0;
                want += Z[i] * OTHER[j] * if i == j { 1.0 - P[i] } else { pair };
            }
        }
        let got = unequal(Pairs::HartleyRao { sum_of_squares: s }).covariance(&Z, &OTHER);
        assert!((got.expect("fits") - want).abs() < 1e-13);
    }

    /// With the same probability for all, it is a simple random sample.
    #[test]
    fn brewer_with_equal_probabilities_is_simple_random_sampling() {
        let equal = Unequal { probability: vec![0.25; 4], pairs: Pairs::Brewer };
        let mean = Z.iter().sum::<f64>() / 4.0;
        let spread: f64 = Z.iter().map(|z| (z - mean) * (z - mean)).sum();
        let want = 0.75 * spread * 4.0 / 3.0;
        assert!((equal.covariance(&Z, &Z).expect("fits") - want).abs() < 1e-13);
        assert_eq!(equal.covariance(&Z, &Z[1..]), None);
    }
}
