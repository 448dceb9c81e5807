//! The profile-likelihood interval of a proportion, solved exactly.
//!
//! Takes p, the effective size and the t quantile; gives the limits.

use super::{Interval, logistic};

/// The binomial deviance per observation of a value at logit `logit`, for an estimate p:
/// 2(p ln(p/π) + (1−p) ln((1−p)/(1−π))). Convex in the logit, 0 at that of p.
pub(super) fn deviance(p: f64, logit: f64) -> f64 {
    // ln π and ln(1−π) from the logit, each in the form that does not overflow.
    let shared = libm::log1p(libm::exp(-logit.abs()));
    let (log_pi, log_rest) = (logit.min(0.0) - shared, -logit.max(0.0) - shared);
    let term = |share: f64, log: f64| {
        if share > 0.0 { share * (libm::log(share) - log) } else { 0.0 }
    };
    (2.0 * (term(p, log_pi) + term(1.0 - p, log_rest))).max(0.0)
}

/// The π with deviance · `size` ≤ t² n/(n−1).
///
/// As in R's `svyciprop(method = "likelihood")` the deviance is divided by the Pearson
/// dispersion, n/(n−1) for a model with an intercept alone, and by the ratio λ of the
/// design variance to that of a simple random sample, which together with the number of
/// observations is the effective size. `None` for fewer than two who answered.
pub(super) fn interval(p: f64, size: f64, answered: f64, t: f64) -> Option<Interval> {
    if answered <= 1.0 {
        return None;
    }
    let most = t * t * answered / ((answered - 1.0) * size);
    let limit = |towards: f64| logistic(end(p, most, towards));
    Some(Interval {
        low: if p > 0.0 { limit(-1.0) } else { 0.0 },
        high: if p < 1.0 { limit(1.0) } else { 1.0 },
    })
}

/// The logit, in one direction from that of p, at which the deviance reaches `most`.
fn end(p: f64, most: f64, towards: f64) -> f64 {
    /// Beyond this logit a proportion rounds to 0; far enough for every sample.
    const FAR: f64 = 745.0;
    let start = (libm::log(p) - libm::log1p(-p)).clamp(-FAR, FAR);
    let (mut inside, mut outside) = (start, towards * FAR);
    loop {
        let middle = inside + (outside - inside) / 2.0;
        let closed = (middle - inside).abs() <= 1e-16 * middle.abs()
            || (middle - outside).abs() <= 1e-16 * middle.abs();
        if closed || (outside - inside).abs() < 1e-15 {
            return middle;
        }
        if deviance(p, middle) <= most { inside = middle } else { outside = middle }
    }
}
