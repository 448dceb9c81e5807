//! What a change of weights costs: the distances that calibration keeps smallest.
//!
//! Takes the linear predictor u of a record; gives g, its final over base weight, the
//! slope of g, and the integral of g, which is what calibration minimises. Deville and
//! Särndal (1992), section 2.3: case 1 (linear), case 2 (raking), case 6 (logit), and for
//! linear with bounds case 7; R survey truncates raking in the same way. Knows no records.

/// How far apart base and final weights are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Distance {
    /// g = 1 + u: the regression estimator. Without bounds weights may be negative.
    #[default]
    Linear,
    /// g = exp u: on indicators the same weights as raking.
    Raking,
    /// g between two bounds that it never reaches.
    Logit,
}

/// The least and the most that a weight may be, or be multiplied by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The least; −∞ for no limit.
    pub lower: f64,
    /// The most; +∞ for no limit.
    pub upper: f64,
}

impl Bounds {
    /// No limits.
    pub const NONE: Self = Self { lower: f64::NEG_INFINITY, upper: f64::INFINITY };
}

impl Default for Bounds {
    fn default() -> Self {
        Self::NONE
    }
}

/// A distance with its bounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    distance: Distance,
    bounds: Bounds,
    /// The u at which the bounds are reached.
    ends: Bounds,
}

impl Curve {
    /// `None` for bounds that the distance cannot work with.
    pub(super) fn new(distance: Distance, bounds: Bounds) -> Option<Self> {
        let Bounds { lower, upper } = bounds;
        let (ends, works) = match distance {
            Distance::Linear => (Bounds { lower: lower - 1.0, upper: upper - 1.0 }, true),
            Distance::Raking => (Bounds { lower: log(lower), upper: log(upper) }, upper > 0.0),
            Distance::Logit => {
                let works =
                    lower.is_finite() && upper.is_finite() && lower < 1.0 && upper > 1.0;
                (Bounds::NONE, works)
            }
        };
        (works && lower < upper).then_some(Self { distance, bounds, ends })
    }

    /// The least and the most that g can be or come near to.
    pub(super) fn reach(&self) -> Bounds {
        match self.distance {
            Distance::Raking => Bounds { lower: self.bounds.lower.max(0.0), ..self.bounds },
            _ => self.bounds,
        }
    }

    /// Final over base weight.
    pub(super) fn ratio(&self, u: f64) -> f64 {
        let Bounds { lower, upper } = self.bounds;
        let ratio = match self.distance {
            Distance::Linear => 1.0 + u,
            Distance::Raking => libm::exp(u),
            Distance::Logit => {
                let (steepness, odds) = self.logit();
                let share = 1.0 / (1.0 + libm::exp(-(steepness * u + odds)));
                lower + (upper - lower) * share
            }
        };
        ratio.clamp(lower, upper)
    }

    /// The slope of g in u, from g; 0 at a bound.
    pub(super) fn slope(&self, ratio: f64) -> f64 {
        let Bounds { lower, upper } = self.bounds;
        match self.distance {
            _ if ratio <= lower || ratio >= upper => 0.0,
            Distance::Linear => 1.0,
            Distance::Raking => ratio,
            Distance::Logit => {
                self.logit().0 * (ratio - lower) * (upper - ratio) / (upper - lower)
            }
        }
    }

    /// An integral of g up to u.
    pub(super) fn integral(&self, u: f64) -> f64 {
        let within = u.clamp(self.ends.lower, self.ends.upper);
        let beyond = self.ratio(within) * (u - within);
        match self.distance {
            Distance::Linear => within + within * within / 2.0 + beyond,
            Distance::Raking => libm::exp(within) + beyond,
            Distance::Logit => {
                let Bounds { lower, upper } = self.bounds;
                let (steepness, odds) = self.logit();
                lower * u + (upper - lower) / steepness * softplus(steepness * u + odds)
            }
        }
    }

    /// The A of Deville and Särndal, and the logarithm of the odds at which g is 1.
    fn logit(&self) -> (f64, f64) {
        let (below, above) = (1.0 - self.bounds.lower, self.bounds.upper - 1.0);
        ((above + below) / (above * below), libm::log(below / above))
    }
}

/// The logarithm; −∞ for what has none.
fn log(x: f64) -> f64 {
    if x > 0.0 { libm::log(x) } else { f64::NEG_INFINITY }
}

/// log(1 + exp x).
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// The product of two slices, as far as the shorter goes.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: Bounds = Bounds { lower: 0.4, upper: 2.5 };

    fn curves() -> Vec<Curve> {
        let all = [Distance::Linear, Distance::Raking, Distance::Logit];
        all.iter().filter_map(|distance| Curve::new(*distance, NARROW)).collect()
    }

    /// At u = 0 nothing changes and g rises by u; the bounds hold far away.
    #[test]
    fn starts_at_one_and_keeps_its_bounds() {
        for curve in curves() {
            assert!((curve.ratio(0.0) - 1.0).abs() < 1e-15);
            assert!((curve.slope(1.0) - 1.0).abs() < 1e-15);
            assert!((curve.ratio(60.0) - 2.5).abs() < 1e-12);
            assert!((curve.ratio(-60.0) - 0.4).abs() < 1e-12);
        }
        assert_eq!(curves().len(), 3);
    }

    #[test]
    fn slope_and_integral_belong_to_the_ratio() {
        for curve in curves() {
            for u in [-3.0, -0.5, 0.3, 0.8, 4.0] {
                let h = 1e-5;
                let slope = (curve.ratio(u + h) - curve.ratio(u - h)) / (2.0 * h);
                let ratio = (curve.integral(u + h) - curve.integral(u - h)) / (2.0 * h);
                assert!((curve.slope(curve.ratio(u)) - slope).abs() < 1e-8, "{curve:?} {u}");
                assert!((curve.ratio(u) - ratio).abs() < 1e-8, "{curve:?} {u}");
            }
        }
    }

    #[test]
    fn some_bounds_do_not_work() {
        let bounds = |lower, upper| Bounds { lower, upper };
        assert!(Curve::new(Distance::Linear, bounds(2.0, 1.0)).is_none());
        assert!(Curve::new(Distance::Linear, bounds(f64::NAN, 1.0)).is_none());
        assert!(Curve::new(Distance::Raking, bounds(-2.0, 0.0)).is_none());
        assert!(Curve::new(Distance::Logit, Bounds::NONE).is_none());
        assert!(Curve::new(Distance::Logit, bounds(1.0, 2.0)).is_none());
        assert!(Curve::new(Distance::Raking, Bounds::NONE).is_some());
    }
}
