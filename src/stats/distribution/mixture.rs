//! Sums of independent chi-squared variables, each with a weight of its own, which may be
//! negative: the distribution of a quadratic form in normal variables.
//!
//! Takes weights with degrees of freedom, and a point; gives both tails, exactly, by
//! Satterthwaite's approximation or by that of the saddlepoint. Knows nothing of what the
//! quadratic form tests.

use super::inversion::Path;
use super::roots::{bisection, brent};
use super::special::log1p_minus;
use super::{ChiSquared, Distribution, Normal};

/// One term λX, where X is chi-squared with m degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Term {
    weight: f64,
    freedom: f64,
}

/// The distribution of Σ λ X, where the X are independent chi-squared variables.
#[derive(Clone, Debug, PartialEq)]
pub struct ChiSquaredMixture {
    terms: Vec<Term>,
}

/// A chi-squared variable times a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    /// The number.
    pub scale: f64,
    /// The degrees of freedom, which need not be whole.
    pub freedom: f64,
}

impl ChiSquaredMixture {
    /// From pairs of a weight and degrees of freedom; weights of 0 are left out. `None`
    /// unless all are finite, the degrees of freedom positive, and a weight is left.
    #[must_use]
    pub fn new(terms: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let terms = terms.into_iter().map(|(weight, freedom)| Term { weight, freedom });
        let terms: Vec<Term> = terms.filter(|term| term.weight != 0.0).collect();
        let good = |term: &Term| {
            term.weight.is_finite() && term.freedom.is_finite() && term.freedom > 0.0
        };
        (!terms.is_empty() && terms.iter().all(good)).then_some(Self { terms })
    }

    /// The variable whose sign says whether Q, this variable, exceeds x times an
    /// independent chi-squared variable over its degrees of freedom: P(Q/(X/d) > x) is the
    /// upper tail at 0 of Q − (x/d)X. `None` unless x ≥ 0 and d ≥ 1.
    ///
    /// As in R, the degrees of freedom of X are d without its fraction, while its weight
    /// has all of d.
    #[must_use]
    pub fn against(&self, x: f64, freedom: f64) -> Option<Self> {
        let terms = self.terms.iter().map(|term| (term.weight, term.freedom));
        let denominator = (-x / freedom, freedom.floor());
        (x >= 0.0).then(|| Self::new(terms.chain([denominator]))).flatten()
    }

    /// The scaled chi-squared variable of the same mean and variance: Satterthwaite (1946),
    /// "An approximate distribution of estimates of variance components". `None` unless
    /// the mean is positive.
    #[must_use]
    pub fn satterthwaite(&self) -> Option<Scaled> {
        let mean = self.mean();
        let square = self.sum(|term| term.weight * term.weight);
        (mean > 0.0).then(|| Scaled { scale: square / mean, freedom: mean * mean / square })
    }

    /// P(Q > x) by the saddlepoint: Kuonen (1999), "Saddlepoint approximations for
    /// distributions of quadratic forms in normal variables", as R's `pchisqsum`. `None`
    /// where x is so near the mean that the formula is 0/0: |ζ| < 1e-4 for weights scaled
    /// to a largest of 1, where R too takes another formula. `None` also without a
    /// positive weight or with an x outside the support.
    #[must_use]
    pub fn saddlepoint(&self, x: f64) -> Option<f64> {
        let largest = self.terms.iter().map(|term| term.weight).fold(0.0, f64::max);
        let unit = |term: &Term| Term { weight: term.weight / largest, ..*term };
        let scaled = Self { terms: self.terms.iter().map(unit).collect() };
        let x = x / largest;
        let zeta = (largest > 0.0).then(|| scaled.saddle(x))??;
        let rest = scaled.sum(|term| 0.5 * log1p_minus(-2.0 * zeta * term.weight));
        let exponent = zeta * (x - scaled.mean()) + rest;
        let w = (2.0 * exponent).sqrt().copysign(zeta);
        let v = zeta * scaled.curvature(zeta).sqrt();
        let upper = Normal.upper(w + libm::log(v / w) / w);
        (zeta.abs() >= 1e-4 && upper.is_finite()).then_some(upper)
    }

    /// The ζ with K′(ζ) = x, for weights of which the largest is 1. The formula above is so
    /// sensitive to it that the place where the search begins and the place where it stops
    /// are those of R; beyond them R fails, and the search goes on.
    fn saddle(&self, x: f64) -> Option<f64> {
        /// How near the poles the search begins.
        const NEAR: f64 = 0.999_99;
        let (left, right) = self.poles();
        let begin = if left.is_finite() {
            left * NEAR
        } else if x > self.mean() {
            -0.01
        } else {
            -0.5 * self.sum(|_| 1.0) / x
        };
        let rising = |s: f64| self.slope(s) - x;
        let found = brent((begin, right * NEAR), 1e-8, rising);
        let beyond = || rising(begin) < 0.0 && begin.is_finite();
        found.or_else(|| beyond().then(|| bisection(begin, right, rising)))
    }

    /// P(Q > x), to about 1e-12 relative however small it is.
    #[must_use]
    pub fn upper(&self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// P(Q ≤ x), to about 1e-12 relative however small it is.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// P(Q ≤ x) and P(Q > x). The one on the other side of the mean is integrated: of the
    /// other the integrand has no saddle but that of 1/s.
    fn tails(&self, x: f64) -> (f64, f64) {
        if x < 0.0 {
            let (below, above) = self.turned().tails(-x);
            return (above, below);
        }
        let (left, right) = self.poles();
        let slope = |s: f64| self.slope(s) - x - 1.0 / s;
        if x <= 0.0 && left.is_infinite() {
            (0.0, 1.0)
        } else if right.is_infinite() {
            (1.0, 0.0)
        } else if x >= self.mean() {
            let upper = self.tail(x, bisection(0.0, right, slope));
            (1.0 - upper, upper)
        } else {
            // Without a pole on the left, the slope falls below x before −(M + 2)/x.
            let left = left.max(-(self.sum(|_| 1.0) + 2.0) / x.abs());
            let lower = self.tail(x, bisection(left, 0.0, slope));
            (lower, 1.0 - lower)
        }
    }

    fn mean(&self) -> f64 {
        self.sum(|term| term.weight)
    }

    /// Σ m · f(λ) over the terms.
    fn sum(&self, of: impl Fn(&Term) -> f64) -> f64 {
        self.terms.iter().map(|term| term.freedom * of(term)).sum()
    }

    /// The distribution of −Q.
    fn turned(&self) -> Self {
        let turn = |term: &Term| Term { weight: -term.weight, ..*term };
        Self { terms: self.terms.iter().map(turn).collect() }
    }

    /// The singularities 1/(2λ) of the moment generating function next to 0; infinite
    /// where there is none.
    fn poles(&self) -> (f64, f64) {
        let at = |term: &Term| 0.5 / term.weight;
        let (mut left, mut right) = (f64::NEG_INFINITY, f64::INFINITY);
        for pole in self.terms.iter().map(at) {
            if pole < 0.0 { left = left.max(pole) } else { right = right.min(pole) }
        }
        (left, right)
    }

    /// K′(s), where K(s) = −½ Σ m ln(1 − 2λs) is the cumulant generating function.
    fn slope(&self, s: f64) -> f64 {
        self.sum(|term| term.weight / (1.0 - 2.0 * s * term.weight))
    }

    /// K″(s).
    fn curvature(&self, s: f64) -> f64 {
        self.sum(|term| {
            let part = term.weight / (1.0 - 2.0 * s * term.weight);
            2.0 * part * part
        })
    }

    /// The tail of x ≥ 0 above if the saddle is positive, below if it is negative.
    fn tail(&self, x: f64, saddle: f64) -> f64 {
        let height = self.sum(|term| -0.5 * libm::log1p(-2.0 * saddle * term.weight));
        let height = height - saddle * x - libm::log(saddle.abs());
        let factor = |term: &Term| {
            (2.0 * term.weight / (1.0 - 2.0 * saddle * term.weight), term.freedom)
        };
        let factors = self.terms.iter().map(factor);
        let integral = Path::new(factors, x, saddle).integral();
        (libm::exp(height) * integral / core::f64::consts::PI).clamp(0.0, 1.0)
    }
}

impl Scaled {
    /// P(X > x); `None` unless the degrees of freedom and the scale are positive.
    #[must_use]
    pub fn upper(&self, x: f64) -> Option<f64> {
        let distribution = ChiSquared::new(self.freedom)?;
        (self.scale > 0.0).then(|| distribution.upper(x / self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::distribution::FisherF;

    fn mixture(terms: &[(f64, f64)]) -> ChiSquaredMixture {
        ChiSquaredMixture::new(terms.iter().copied()).expect("a distribution")
    }

    fn close(got: f64, want: f64, tolerance: f64) {
        assert!((got - want).abs() <= tolerance * want.abs(), "{got:e} is not {want:e}");
    }

    #[test]
    fn one_weight_is_a_scaled_chi_squared() {
        for freedom in [1.0, 2.0, 3.7, 40.0, 2000.0] {
            let one = ChiSquared::new(freedom).expect("positive");
            let mixed = mixture(&[(3.0, freedom * 0.5), (3.0, freedom * 0.5)]);
            for multiple in [1e-3, 0.3, 0.999, 1.0, 1.2, 3.0, 30.0] {
                let x = freedom * multiple;
                close(mixed.upper(3.0 * x), one.upper(x), 1e-11);
                close(mixed.cdf(3.0 * x), one.cdf(x), 1e-11);
            }
        }
    }

    #[test]
    fn against_one_weight_is_fishers_f() {
        for (numerator, denominator) in [(1.0, 1.0), (2.0, 5.0), (3.0, 70.0), (12.0, 5000.0)] {
            let one = FisherF::new(numerator, denominator).expect("positive");
            for f in [1e-3, 0.4, 1.0, 1.7, 12.0, 200.0] {
                let mixed =
                    mixture(&[(2.0, numerator)]).against(2.0 * numerator * f, denominator);
                let mixed = mixed.expect("a distribution");
                close(mixed.upper(0.0), one.upper(f), 1e-11);
                close(mixed.cdf(0.0), one.cdf(f), 1e-11);
            }
        }
    }

    /// Weights 3, 2, 1 with two degrees of freedom each: a sum of exponentials.
    #[test]
    fn three_exponentials_in_closed_form() {
        let mixed = mixture(&[(3.0, 2.0), (2.0, 2.0), (1.0, 2.0)]);
        for x in [5.0, 12.0, 60.0, 400.0, 3000.0] {
            let part = |weight: f64| libm::exp(-x / (2.0 * weight));
            let want = 4.5 * part(3.0) - 4.0 * part(2.0) + 0.5 * part(1.0);
            close(mixed.upper(x), want, 1e-11);
        }
        // Its Taylor series about 0 begins x³/(2³·3!·3·2·1).
        close(mixed.cdf(1e-6), 1e-18 / 288.0, 1e-5);
    }

    /// R: Imhof's integral by `integrate(rel.tol = 1e-12)`.
    #[test]
    fn mixtures_agree_with_imhof() {
        let f = mixture(&[(1.3, 1.0), (0.4, 1.0)]).against(2.1, 30.0).expect("exists");
        close(f.upper(0.0), 0.287_873_109_966_770_2, 1e-10);
        close(mixture(&[(2.0, 1.0), (1.0, 2.0), (0.5, 3.0)]).upper(5.0), IMHOF, 1e-9);
        let terms = mixture(&[(3.0, 1.0), (2.0, 1.0), (1.0, 1.0), (0.2, 1.0)]);
        let f = terms.against(9.0, 7.9).expect("exists");
        let exact =
            mixture(&[(3.0, 1.0), (2.0, 1.0), (1.0, 1.0), (0.2, 1.0), (-9.0 / 7.9, 7.0)]);
        close(f.upper(0.0), exact.upper(0.0), 1e-14);
    }

    const IMHOF: f64 = 0.456_345_926_685_317_26;

    #[test]
    fn tails_add_up_and_turn_over() {
        let mixed = mixture(&[(3.0, 1.0), (1e-9, 1.0), (0.2, 2.0), (-0.5, 3.5), (-1e-17, 1.0)]);
        let turned =
            mixture(&[(-3.0, 1.0), (-1e-9, 1.0), (-0.2, 2.0), (0.5, 3.5), (1e-17, 1.0)]);
        for x in [-40.0, -3.0, -0.01, 0.0, 0.01, 1.9, 7.0, 90.0] {
            close(mixed.upper(x) + mixed.cdf(x), 1.0, 1e-12);
            close(mixed.upper(x), turned.cdf(-x), 1e-11);
        }
    }

    /// R survey: `pchisqsum(x, df, a, FALSE, "saddlepoint")` and `pFsum` with `ddf`.
    #[test]
    fn saddlepoints_agree_with_r() {
        let terms = mixture(&[(2.0, 1.0), (1.0, 2.0), (0.5, 3.0)]);
        let wanted = [
            (5.0, 0.448_355_115_734_606_1),
            (20.0, 0.005_881_704_844_260_737_5),
            (0.5, 0.995_970_095_834_329),
        ];
        for (x, want) in wanted {
            close(terms.saddlepoint(x).expect("exists"), want, 1e-9);
        }
        let two = || mixture(&[(1.3, 1.0), (0.4, 1.0)]);
        let four = || mixture(&[(3.0, 1.0), (2.0, 1.0), (1.0, 1.0), (0.2, 1.0)]);
        let wanted = [
            (two(), 2.1, 30.0, 0.282_156_271_502_986_6),
            (two(), 2.1, 30.7, 0.289_128_303_185_539_3),
            (four(), 9.0, 7.5, 0.320_115_297_149_809_6),
            (four(), 0.9, 7.5, 0.940_970_830_433_936_9),
            (four(), 40.0, 900.3, 0.000_706_254_743_847_646_1),
        ];
        for (terms, x, freedom, want) in wanted {
            let ratio = terms.against(x, freedom).expect("exists");
            close(ratio.saddlepoint(0.0).expect("exists"), want, 1e-9);
        }
        assert_eq!(terms.saddlepoint(5.5), None, "at the mean");
        assert_eq!(terms.saddlepoint(0.0), None);
        assert_eq!(mixture(&[(-1.0, 1.0)]).saddlepoint(1.0), None);
    }

    /// For one weight ζ is (1 − 1/x)/2.
    #[test]
    fn no_saddlepoint_near_the_mean() {
        let one = mixture(&[(1.0, 1.0)]);
        assert_eq!(one.saddlepoint(1.000_1), None);
        assert!(one.saddlepoint(1.001).is_some());
    }

    #[test]
    fn satterthwaite_keeps_mean_and_variance() {
        let scaled = mixture(&[(2.0, 1.0), (1.0, 2.0)]).satterthwaite().expect("exists");
        close(scaled.scale * scaled.freedom, 4.0, 1e-15);
        close(scaled.scale * scaled.scale * scaled.freedom, 6.0, 1e-15);
        assert_eq!(mixture(&[(-2.0, 1.0)]).satterthwaite(), None);
    }

    #[test]
    fn what_is_no_mixture() {
        for terms in [vec![], vec![(0.0, 1.0)], vec![(f64::NAN, 1.0)], vec![(1.0, 0.0)]] {
            assert_eq!(ChiSquaredMixture::new(terms), None);
        }
        let one = mixture(&[(1.0, 1.0)]);
        assert_eq!(one.against(-1.0, 5.0), None);
        assert_eq!(one.against(1.0, 0.5), None);
        let ends = [one.cdf(0.0), one.cdf(-1.0), mixture(&[(-1.0, 1.0)]).upper(0.0)];
        assert_eq!(ends.map(f64::to_bits), [0; 3]);
    }
}
