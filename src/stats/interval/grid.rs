//! The profile-likelihood interval of a proportion as R survey 4.5 reads it off a grid.
//!
//! Takes a proportion, the t quantile and the weights by answer; gives the limits with
//! R's numerical errors, so that results can be compared to the digits that R prints. It
//! is for that comparison only; `profile` has the interval itself.
//!
//! Two errors make up R's numbers. The variance of a simple random sample, which scales
//! the deviance, is that of the last but one iteration of the fit. And the signed root of
//! the deviance is computed at a few multiples of the standard error (Venables and Ripley
//! 2002, "Modern Applied Statistics with S", section 7.2); a cubic spline through these is
//! taken at three times as many points, with straight lines between them.

use super::super::count;
use super::super::distribution::{Distribution, FisherF, Normal};
use super::profile::deviance;
use super::{Interval, Proportion, logistic};

/// The most steps that R takes in one direction.
const STEPS: usize = 9;

pub(super) fn interval(of: &Proportion, t: f64, first: f64) -> Option<Interval> {
    let Proportion { p, variance, answered: n, .. } = *of;
    let spread = p * (1.0 - p);
    let cutoff = t * (variance * n * last_spread(p, n, first)).sqrt() / spread;
    let tail = Normal.upper(cutoff) / 2.0;
    let far = FisherF::new(1.0, n - 1.0)?.upper_quantile(tail)?.sqrt();
    let step = far / 5.0 * variance.sqrt() / spread;
    let start = libm::log(p) - libm::log1p(-p);
    let root = |steps: f64| {
        let scaled = deviance(p, start + steps * step) * (n - 1.0);
        scaled.sqrt().copysign(steps)
    };
    let knots = knots(far, step, start, root);
    let fine = interpolate(&knots);
    let limit = |z: f64| linear(&fine, z).map(logistic);
    Some(Interval { low: limit(-cutoff)?, high: limit(cutoff)? })
}

/// The logit after R's first iteration of weighted least squares, which starts at
/// (wy + ½)/(w + 1) for each answer y, with weights w of mean 1 (Nelder and
/// Wedderburn 1972, "Generalized Linear Models", section 1.3).
pub(super) fn first_logit(yes: &[f64], no: &[f64]) -> f64 {
    let mean = (yes.iter().sum::<f64>() + no.iter().sum::<f64>())
        / (count(yes.len()) + count(no.len()));
    let (mut sum, mut weights) = (0.0, 0.0);
    for (answers, y) in [(yes, 1.0), (no, 0.0)] {
        for weight in answers {
            let w = weight / mean;
            let start = (w * y + 0.5) / (w + 1.0);
            let spread = start * (1.0 - start);
            let response = libm::log(start / (1.0 - start)) + (y - start) / spread;
            sum += w * spread * response;
            weights += w * spread;
        }
    }
    sum / weights
}

/// π(1 − π) at the iteration before the one at which R's fit stops: when the deviance of
/// the n observations changes by less than 1e-8 of itself.
fn last_spread(p: f64, n: f64, first: f64) -> f64 {
    let least = -2.0 * (p * libm::log(p) + (1.0 - p) * libm::log1p(-p));
    let total = |logit: f64| n * (least + deviance(p, logit));
    let mut logit = first;
    for _ in 0..25 {
        let fitted = logistic(logit);
        let spread = fitted * (1.0 - fitted);
        let next = logit + (p - fitted) / spread;
        let change = (total(next) - total(logit)).abs();
        if change < 1e-8 * (total(next) + 0.1) {
            return spread;
        }
        logit = next;
    }
    p * (1.0 - p)
}

/// Pairs (logit, signed root), outwards on each side until the root passes `far`.
fn knots(far: f64, step: f64, start: f64, root: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let side = |sign: f64| {
        let mut pairs = Vec::new();
        for k in 1..=STEPS {
            let steps = sign * count(k);
            pairs.push((start + steps * step, root(steps)));
            if root(steps).abs() >= far {
                break;
            }
        }
        pairs
    };
    let mut all = side(-1.0);
    all.reverse();
    all.push((start, 0.0));
    all.extend(side(1.0));
    all
}

/// A cubic spline through the knots at three times as many equally spaced points.
fn interpolate(knots: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let (Some(first), Some(last)) = (knots.first(), knots.last()) else {
        return Vec::new();
    };
    let bends = bends(knots);
    let points = 3 * knots.len();
    let pieces: Vec<_> = knots.array_windows().zip(bends.array_windows()).collect();
    let at = |k: usize| {
        let x = first.0 + (last.0 - first.0) * count(k) / count(points - 1);
        let piece = pieces.iter().rfind(|([left, _], _)| left.0 <= x).or(pieces.first());
        (x, piece.map_or(0.0, |(ends, bends)| cubic(ends, bends, x)))
    };
    (0..points).map(at).collect()
}

/// One cubic piece from its end points and second derivatives there: Press et al. (2007),
/// "Numerical Recipes", equations 3.3.3 and 3.3.4.
fn cubic(ends: &[(f64, f64); 2], bends: &[f64; 2], x: f64) -> f64 {
    let [(x0, y0), (x1, y1)] = *ends;
    let width = x1 - x0;
    let (a, b) = ((x1 - x) / width, (x - x0) / width);
    let bend = (a * a * a - a) * bends[0] + (b * b * b - b) * bends[1];
    a * y0 + b * y1 + bend * width * width / 6.0
}

/// The second derivatives of the spline of Forsythe, Malcolm and Moler (1977), "Computer
/// Methods for Mathematical Computations", section 4.4, at equally spaced knots: the end
/// pieces have the third derivative of the cubic through the four points there.
fn bends(knots: &[(f64, f64)]) -> Vec<f64> {
    let width = knots.array_windows().next().map_or(1.0, |[left, right]| right.0 - left.0);
    let square = width * width;
    let third =
        |[y0, y1, y2, y3]: &[(f64, f64); 4]| (y3.1 - 3.0 * (y2.1 - y1.1) - y0.1) / square;
    let front = knots.first_chunk().map_or(0.0, third);
    let back = knots.last_chunk().map_or(0.0, third);
    let second = |[y0, y1, y2]: &[(f64, f64); 3]| (y0.1 - 2.0 * y1.1 + y2.1) / square;
    let mut right: Vec<f64> = knots.array_windows().map(|y| 6.0 * second(y)).collect();
    let mut diagonal = vec![4.0; right.len()];
    for (place, rest) in [(0, front), (right.len().saturating_sub(1), -back)] {
        if let (Some(value), Some(pivot)) = (right.get_mut(place), diagonal.get_mut(place)) {
            *value += rest;
            *pivot += 1.0;
        }
    }
    let inner = tridiagonal(&diagonal, &right);
    let (first, last) = (inner.first().unwrap_or(&0.0), inner.last().unwrap_or(&0.0));
    let (before, after) = (first - front, last + back);
    [&[before], inner.as_slice(), &[after]].concat()
}

/// Solves a system with this diagonal and ones beside it (Thomas's algorithm).
fn tridiagonal(diagonal: &[f64], right: &[f64]) -> Vec<f64> {
    let mut reduced: Vec<(f64, f64)> = Vec::with_capacity(right.len());
    for (pivot, value) in diagonal.iter().zip(right) {
        let next = reduced.last().map_or((*pivot, *value), |(above, known)| {
            (pivot - 1.0 / above, value - known / above)
        });
        reduced.push(next);
    }
    let mut solution = Vec::with_capacity(right.len());
    for (pivot, value) in reduced.iter().rev() {
        let after = solution.last().copied().unwrap_or(0.0);
        solution.push((value - after) / pivot);
    }
    solution.reverse();
    solution
}

/// The logit at which the broken line through (logit, root) reaches z.
fn linear(fine: &[(f64, f64)], z: f64) -> Option<f64> {
    let mut pieces = fine.array_windows();
    let [(x0, y0), (x1, y1)] = *pieces.find(|[left, right]| left.1 <= z && z <= right.1)?;
    Some(if y1 > y0 { x0 + (x1 - x0) * (z - y0) / (y1 - y0) } else { x0 })
}
