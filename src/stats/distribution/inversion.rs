//! The integral that leads from a moment generating function to a tail.
//!
//! Takes the factors of the function about a saddle; gives the integral along a path
//! through it. Knows no distribution.

/// The inversion integral (1/2πi) ∫ exp(K(s) − sx)/s ds along a path that crosses the real
/// axis at the saddle of its integrand, where nothing cancels: Rice (1980), "Distribution
/// of quadratic forms in normal random variables — evaluation by numerical integration".
/// It bends to the right, where exp(−sx) falls (Helstrom 1983, comment on it): s = c +
/// σ((cosh u − 1)/2 + i sinh u), along which the trapezium rule converges exponentially.
pub(super) struct Path {
    x: f64,
    /// σ, the width of the saddle.
    width: f64,
    /// The integrand over its value at the saddle is exp(−x(s−c)) Π (1 − b(s−c))^(−m/2);
    /// these are b and m. The factor 1/s is of the same form, with b = −1/c and m = 2.
    factors: Vec<(f64, f64)>,
}

impl Path {
    /// The path through a saddle, from the b and m of the terms and the point x ≥ 0.
    pub(super) fn new(factors: impl Iterator<Item = (f64, f64)>, x: f64, saddle: f64) -> Self {
        let factors: Vec<_> = factors.chain([(-1.0 / saddle, 2.0)]).collect();
        let curvature: f64 = factors.iter().map(|(b, m)| 0.5 * m * b * b).sum();
        Self { x, width: 1.0 / curvature.sqrt(), factors }
    }

    /// The integral over u, by halving the step until it does not change.
    pub(super) fn integral(&self) -> f64 {
        let mut step = 0.5;
        let mut before = self.trapezium(step);
        for _ in 0..8 {
            step /= 2.0;
            let after = self.trapezium(step);
            let change = (after - before).abs();
            before = after;
            if change <= 1e-13 * after.abs() {
                break;
            }
        }
        before
    }

    /// The path is its own mirror image in the real axis, so that half of it is enough.
    fn trapezium(&self, step: f64) -> f64 {
        /// sinh leaves what can be written at 710.
        const FAR: f64 = 300.0;
        let mut sum = 0.5 * self.width;
        let mut u = step;
        while u < FAR {
            let (value, size) = self.integrand(u);
            sum += value;
            if size <= 1e-19 * self.width {
                break;
            }
            u += step;
        }
        sum * step
    }

    /// The part that counts of integrand times ds/du, and the modulus of all of it.
    fn integrand(&self, u: f64) -> (f64, f64) {
        let (sinh, cosh) = (libm::sinh(u), libm::cosh(u));
        let (along, across) = (0.5 * self.width * (cosh - 1.0), self.width * sinh);
        let (mut log_size, mut angle) = (-self.x * along, -self.x * across);
        let square = along * along + across * across;
        for (b, m) in &self.factors {
            log_size -= 0.25 * m * libm::log1p(b * (b * square - 2.0 * along));
            angle -= 0.5 * m * libm::atan2(-b * across, 1.0 - b * along);
        }
        let size = libm::exp(log_size) * self.width;
        let value = size * (0.5 * sinh * libm::sin(angle) + cosh * libm::cos(angle));
        (value, size * cosh)
    }
}
