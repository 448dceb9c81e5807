//! Where a function crosses 0.
//!
//! Takes a function of one variable and two points; gives the crossing between them.

/// Where a rising function crosses 0 between two points, by bisection.
pub(super) fn bisection(mut left: f64, mut right: f64, rising: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..1100 {
        let middle = 0.5 * (left + right);
        if middle <= left || middle >= right {
            break;
        }
        if rising(middle) < 0.0 { left = middle } else { right = middle }
    }
    0.5 * (left + right)
}

/// Where a function crosses 0 between two points at which its signs differ, to a
/// tolerance: Brent (1973), "Algorithms for minimization without derivatives",
/// chapter 4. `None` where they do not differ.
pub(super) fn brent(ends: (f64, f64), tolerance: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    let at = |x: f64| (x, of(x));
    // The best point so far, the one before it, and one on the other side of 0.
    let (mut before, mut best) = (at(ends.0), at(ends.1));
    if before.1.is_nan() || best.1.is_nan() || before.1 * best.1 > 0.0 {
        return None;
    }
    let mut opposite = before;
    for _ in 0..1000 {
        let moved = best.0 - before.0;
        if opposite.1.abs() < best.1.abs() {
            (before, best, opposite) = (best, opposite, best);
        }
        let least = 2.0 * f64::EPSILON * best.0.abs() + 0.5 * tolerance;
        let half = 0.5 * (opposite.0 - best.0);
        if half.abs() <= least || best.1 == 0.0 {
            break;
        }
        let trusted = moved.abs() >= least && before.1.abs() > best.1.abs();
        let short = |(p, q): &(f64, f64)| {
            *p < 1.5 * half * q - 0.5 * (least * q).abs() && *p < (0.5 * moved * q).abs()
        };
        let guess = interpolated(before, best, opposite).filter(|step| trusted && short(step));
        let step = guess.map_or(half, |(p, q)| p / q);
        let step = if step.abs() < least { least.copysign(step) } else { step };
        before = best;
        best = at(best.0 + step);
        if best.1 * opposite.1 > 0.0 {
            opposite = before;
        }
    }
    Some(best.0)
}

/// The step to 0 as p/q with p ≥ 0, of the line through two points or of the inverse
/// parabola through three.
fn interpolated(
    before: (f64, f64),
    best: (f64, f64),
    opposite: (f64, f64),
) -> Option<(f64, f64)> {
    let across = opposite.0 - best.0;
    let (p, q) = if before.0.total_cmp(&opposite.0).is_eq() {
        let s = best.1 / before.1;
        (across * s, 1.0 - s)
    } else {
        let (q, r, s) = (before.1 / opposite.1, best.1 / opposite.1, best.1 / before.1);
        let p = s * (across * q * (q - r) - (best.0 - before.0) * (r - 1.0));
        (p, (q - 1.0) * (r - 1.0) * (s - 1.0))
    };
    (p.is_finite() && q.is_finite()).then(|| if p > 0.0 { (p, -q) } else { (-p, q) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `uniroot(function(x) x^3 - 2, c(0, 2), tol = 1e-3)$root`.
    #[test]
    fn brent_stops_where_r_does() {
        let got = brent((0.0, 2.0), 1e-3, |x| x * x * x - 2.0).expect("signs differ");
        assert!((got - 1.259_872_799_904_563).abs() < 1e-14, "{got}");
        assert_eq!(brent((2.0, 3.0), 1e-3, |x| x * x * x - 2.0), None);
        assert_eq!(brent((0.0, 3.0), 1e-3, |x| x), Some(0.0));
    }

    #[test]
    fn bisection_goes_to_the_last_digit() {
        let got = bisection(0.0, 2.0, |x| x * x - 2.0);
        assert!((got - core::f64::consts::SQRT_2).abs() < 3e-16, "{got}");
    }
}
