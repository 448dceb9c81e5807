//! Weighted quantiles and their intervals.
//!
//! Takes values in ascending order with their weights, and a function that gives the
//! design variance of the weighted distribution function at a value; gives a quantile by
//! the rule asked for, with the interval of Woodruff. It never sorts and never sees the
//! design.

use super::interval::{Proportion, ProportionMethod, t_value};

/// How a quantile is read off the weighted distribution function: the rules of R
/// survey's `svyquantile`, which extend the nine definitions of Hyndman and Fan (1996),
/// "Sample quantiles in statistical packages", to weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// The smallest value at which the distribution function reaches p.
    #[default]
    Math,
    /// As `Math`, but the mean of both neighbours where it is exactly p.
    School,
    /// The same as `Math`.
    Hf1,
    /// The same as `School`.
    Hf2,
    /// As `Math` over distinct values, but the upper neighbour where the distribution
    /// function is exactly p at a value of odd rank.
    Hf3,
    /// Linear between the points (Cₖ/W, xₖ), where Cₖ is the weight up to xₖ.
    Hf4,
    /// Linear between the points ((Cₖ − wₖ/2)/W, xₖ).
    Hf5,
    /// Linear between the points (Cₖ/(W + w), xₖ), w the weight of the largest value.
    Hf6,
    /// Linear between the points (Cₖ₋₁/(W − w), xₖ); the default of R's `quantile`.
    Hf7,
    /// Linear between the points ((Cₖ₋₁/3 + 2Cₖ/3)/(W + w/3), xₖ).
    Hf8,
    /// Linear between the points ((3Cₖ₋₁/8 + 5Cₖ/8)/(W + w/4), xₖ).
    Hf9,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 11] = [
        Self::Math,
        Self::School,
        Self::Hf1,
        Self::Hf2,
        Self::Hf3,
        Self::Hf4,
        Self::Hf5,
        Self::Hf6,
        Self::Hf7,
        Self::Hf8,
        Self::Hf9,
    ];

    /// The name in a poll file and in a reference case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Math => "math",
            Self::School => "school",
            Self::Hf1 => "hf1",
            Self::Hf2 => "hf2",
            Self::Hf3 => "hf3",
            Self::Hf4 => "hf4",
            Self::Hf5 => "hf5",
            Self::Hf6 => "hf6",
            Self::Hf7 => "hf7",
            Self::Hf8 => "hf8",
            Self::Hf9 => "hf9",
        }
    }

    /// The rule of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// One value with its place in the distribution.
#[derive(Clone, Copy, Debug)]
struct Step {
    value: f64,
    weight: f64,
    /// Cₖ₋₁: the weight of all smaller places.
    before: f64,
    /// Cₖ.
    through: f64,
}

/// The quantile at p, from 0 to 1. `values` ascend; `weights` has one entry for each;
/// those that are not positive are left out. `None` when nothing is left.
///
/// Two places differ from R, where R's answer is not what its rule says: below the first
/// step of the distribution function this gives the smallest value (R gives the second
/// for `math` and extrapolates for `hf4`), and "exactly p" allows for rounding of the
/// sums, so that a constant times all weights changes nothing.
#[must_use]
pub fn quantile(values: &[f64], weights: &[f64], p: f64, rule: Rule) -> Option<f64> {
    let steps = steps(values, weights, rule == Rule::Hf3);
    let last = steps.last()?;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let (total, w) = (last.through, last.weight);
    let place = |before: f64, through: f64, whole: f64| {
        let shares = steps.iter();
        let position = move |s: &Step| (before * s.before + through * s.through) / whole;
        linear(shares.map(|step| (position(step), step.value)), p)
    };
    match rule {
        Rule::Math | Rule::Hf1 => reached(&steps, p, |_, low, _| low),
        Rule::School | Rule::Hf2 => reached(&steps, p, |_, low, high| f64::midpoint(low, high)),
        Rule::Hf3 => {
            reached(&steps, p, |rank, low, high| if rank % 2 == 0 { low } else { high })
        }
        Rule::Hf4 => place(0.0, 1.0, total),
        Rule::Hf5 => place(0.5, 0.5, total),
        Rule::Hf6 => place(0.0, 1.0, total + w),
        Rule::Hf7 if steps.len() == 1 => Some(last.value),
        Rule::Hf7 => place(1.0, 0.0, total - w),
        Rule::Hf8 => place(1.0 / 3.0, 2.0 / 3.0, total + w / 3.0),
        Rule::Hf9 => place(0.375, 0.625, total + w / 4.0),
    }
}

/// The steps of the distribution function; equal values are one step if `merge`.
fn steps(values: &[f64], weights: &[f64], merge: bool) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(values.len());
    let mut before = 0.0;
    for (&value, &weight) in values.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
        let through = before + weight;
        match steps.last_mut() {
            Some(same) if merge && same.value.total_cmp(&value).is_eq() => {
                same.weight += weight;
                same.through = through;
            }
            _ => steps.push(Step { value, weight, before, through }),
        }
        before = through;
    }
    steps
}

/// The first value whose share reaches p; where it is exactly p, what `tie` makes of its
/// rank (from 1), itself and the next value.
fn reached(steps: &[Step], p: f64, tie: impl Fn(usize, f64, f64) -> f64) -> Option<f64> {
    /// Sums of weights agree with p when they are this close, relative to the total.
    const ROUNDING: f64 = 1e-12;
    let total = steps.last()?.through;
    let mut later =
        steps.iter().enumerate().skip_while(|(_, step)| step.through / total < p - ROUNDING);
    let (index, step) = later.next().or_else(|| steps.iter().enumerate().next_back())?;
    let next = later.next().map_or(step.value, |(_, next)| next.value);
    let exact = (step.through / total - p).abs() <= ROUNDING;
    Some(if exact { tie(index + 1, step.value, next) } else { step.value })
}

/// The height at p of the broken line through the points, level beyond its ends.
fn linear(points: impl Iterator<Item = (f64, f64)>, p: f64) -> Option<f64> {
    let mut left: Option<(f64, f64)> = None;
    for (x, y) in points {
        if x >= p {
            return Some(left.map_or(y, |(x0, y0)| y0 + (y - y0) * (p - x0) / (x - x0)));
        }
        left = Some((x, y));
    }
    left.map(|(_, y)| y)
}

/// How the limits for the distribution function are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// Wald's (`interval.type = "mean"`).
    #[default]
    Mean,
    /// Korn and Graubard's (`"beta"`).
    Beta,
    /// Wald's on the logit scale (`"xlogit"`).
    Logit,
}

/// What an interval for a quantile needs besides the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Woodruff {
    /// The rule by which the quantile and its limits are read.
    pub rule: Rule,
    /// How the limits for the distribution function are made.
    pub limits: Limits,
    /// The confidence level, such as 0.95.
    pub level: f64,
    /// Degrees of freedom of the design.
    pub freedom: f64,
    /// n: records of the design, unweighted.
    pub answered: f64,
}

/// A quantile with its limits; a limit beyond the values does not exist.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The quantile.
    pub estimate: f64,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The width of the interval over twice the t quantile.
    pub se: Option<f64>,
}

impl Woodruff {
    /// The quantile at p and the interval of Woodruff (1952), "Confidence intervals for
    /// medians and other position measures": limits for the distribution function at the
    /// quantile, carried back through it. `variance` gives the design variance of the
    /// share of values up to the one it is called with.
    #[must_use]
    pub fn estimate(
        &self,
        values: &[f64],
        weights: &[f64],
        p: f64,
        variance: impl FnOnce(f64) -> f64,
    ) -> Option<Estimate> {
        let estimate = quantile(values, weights, p, self.rule)?;
        let share = share_up_to(values, weights, estimate);
        let limits = self.share_limits(share, variance(estimate));
        let read = |p: f64| quantile(values, weights, p, self.rule);
        let low = limits.and_then(|limits| read(limits.low));
        let high = limits.and_then(|limits| read(limits.high));
        let width = low.zip(high).map(|(low, high)| high - low);
        let t = t_value(self.freedom, self.level);
        let se = width.zip(t).map(|(width, t)| width / (2.0 * t));
        Some(Estimate { estimate, low, high, se })
    }

    fn share_limits(&self, p: f64, variance: f64) -> Option<super::Interval> {
        let method = match self.limits {
            Limits::Mean => ProportionMethod::WaldT,
            Limits::Beta => ProportionMethod::KornGraubardBeta,
            Limits::Logit => ProportionMethod::Logit,
        };
        let Self { freedom, answered, level, .. } = *self;
        let share =
            Proportion { p, variance, freedom, answered, fallback: answered, at_most: None };
        share.interval(method, level)
    }
}

/// The weighted share of values up to and including `limit`.
fn share_up_to(values: &[f64], weights: &[f64], limit: f64) -> f64 {
    let (mut below, mut above) = (0.0, 0.0);
    for (&value, &weight) in values.iter().zip(weights) {
        *(if value <= limit { &mut below } else { &mut above }) += weight.max(0.0);
    }
    below / (below + above)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 10] = [1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0];
    const WEIGHTS: [f64; 10] = [1.0, 2.0, 1.0, 3.0, 2.0, 1.0, 4.0, 1.0, 3.0, 2.0];
    const SHARES: [f64; 6] = [0.1, 0.2, 0.35, 0.5, 0.65, 0.9];

    /// R survey 4.1 `svyquantile(qrule = …, ci = FALSE)` at [`SHARES`].
    const IN_R: [(Rule, [f64; 6]); 11] = [
        (Rule::Math, [2.0, 2.0, 3.0, 8.0, 13.0, 34.0]),
        (Rule::School, [2.0, 2.5, 4.0, 10.5, 13.0, 44.5]),
        (Rule::Hf1, [2.0, 2.0, 3.0, 8.0, 13.0, 34.0]),
        (Rule::Hf2, [2.0, 2.5, 4.0, 10.5, 13.0, 44.5]),
        (Rule::Hf3, [2.0, 2.0, 5.0, 13.0, 13.0, 34.0]),
        (Rule::Hf4, [1.5, 2.0, 3.0, 8.0, 11.75, 34.0]),
        (Rule::Hf5, [2.0, 2.25, 4.2, 9.0, 16.2, 46.6]),
        (Rule::Hf6, [1.6, 2.133_333_333_333_33, 3.7, 9.25, 15.4, 52.9]),
        (Rule::Hf7, [2.0, 2.6, 4.533_333_333_333_33, 8.0, 16.4, 42.4]),
        (
            Rule::Hf8,
            [1.84, 2.2, 4.057_142_857_142_86, 9.111_111_111_111_11, 16.066_666_666_666_7, 48.4],
        ),
        (
            Rule::Hf9,
            [
                1.876_923_076_923_08,
                2.211_111_111_111_11,
                4.094_736_842_105_26,
                9.086_956_521_739_13,
                16.105_882_352_941_2,
                47.926_315_789_473_7,
            ],
        ),
    ];

    fn close(got: Option<f64>, want: f64) {
        let got = got.expect("exists");
        assert!((got - want).abs() <= 1e-13 * want.abs(), "{got} is not {want}");
    }

    #[test]
    fn rules_agree_with_r() {
        for (rule, wanted) in IN_R {
            for (p, want) in SHARES.into_iter().zip(wanted) {
                close(quantile(&VALUES, &WEIGHTS, p, rule), want);
            }
        }
    }

    #[test]
    fn a_constant_times_the_weights_changes_nothing() {
        let scaled = WEIGHTS.map(|weight| weight * 0.1);
        for (rule, wanted) in IN_R {
            for (p, want) in SHARES.into_iter().zip(wanted) {
                close(quantile(&VALUES, &scaled, p, rule), want);
            }
        }
    }

    #[test]
    fn quantiles_rise_from_the_smallest_value_to_the_largest() {
        for rule in Rule::ALL {
            let at = |p| quantile(&VALUES, &WEIGHTS, p, rule).expect("exists");
            let mut before = at(0.0);
            close(Some(before), 1.0);
            for step in 1_u32..=1000 {
                let next = at(f64::from(step) / 1000.0);
                assert!(next >= before, "{rule:?} at {step}: {next} after {before}");
                before = next;
            }
            close(Some(before), 55.0);
            assert_eq!(Rule::named(rule.name()), Some(rule));
        }
    }

    #[test]
    fn what_does_not_exist_is_none() {
        for rule in Rule::ALL {
            assert_eq!(quantile(&[], &[], 0.5, rule), None);
            assert_eq!(quantile(&[4.0], &[0.0], 0.5, rule), None);
            assert_eq!(quantile(&VALUES, &WEIGHTS, 1.5, rule), None);
            assert_eq!(quantile(&[4.0], &[2.0], 0.3, rule), Some(4.0));
        }
    }

    /// `enroll` of the 200 schools in apisrs of R survey, in ascending order.
    #[rustfmt::skip]
    const ENROLLED: [u16; 200] = [
        131, 132, 151, 161, 166, 173, 174, 176, 196, 207, 210, 213, 213, 215, 217,
        217, 225, 226, 227, 232, 247, 253, 258, 260, 262, 267, 274, 275, 276, 276,
        290, 297, 297, 300, 308, 310, 311, 313, 314, 316, 318, 318, 319, 324, 328,
        333, 334, 336, 338, 339, 339, 342, 343, 344, 344, 346, 346, 348, 348, 351,
        351, 351, 352, 354, 354, 361, 368, 372, 373, 373, 381, 381, 382, 387, 390,
        391, 393, 393, 393, 396, 397, 397, 407, 408, 410, 411, 412, 413, 414, 419,
        429, 431, 433, 436, 439, 443, 446, 449, 451, 453, 453, 454, 457, 461, 473,
        474, 475, 477, 478, 483, 489, 497, 508, 529, 531, 532, 533, 535, 551, 552,
        554, 556, 558, 559, 566, 567, 570, 570, 574, 581, 590, 593, 594, 596, 603,
        608, 611, 615, 621, 621, 626, 628, 632, 639, 641, 644, 645, 645, 659, 664,
        682, 684, 688, 695, 702, 708, 712, 713, 714, 716, 728, 728, 734, 740, 767,
        828, 835, 841, 895, 933, 943, 996, 1016, 1018, 1029, 1042, 1051, 1067, 1125,
        1135, 1168, 1214, 1252, 1264, 1274, 1293, 1405, 1410, 1418, 1467, 1589,
        1632, 1656, 1678, 1732, 1780, 1888, 1911, 1950, 2106,
    ];

    /// Lower and upper limit and standard error, at 0.25, 0.5 and 0.75.
    fn woodruff(limits: Limits) -> Vec<(f64, f64, f64)> {
        let values = ENROLLED.map(f64::from);
        let weights = [30.97; 200];
        let (level, freedom, answered) = (0.95, 199.0, 200.0);
        let asked = Woodruff { rule: Rule::Math, limits, level, freedom, answered };
        let variance = |limit: f64| {
            let share = share_up_to(&values, &weights, limit);
            share * (1.0 - share) / 199.0 * (1.0 - 200.0 / 6194.0)
        };
        let at = |p| asked.estimate(&values, &weights, p, variance).expect("exists");
        let flat = |got: Estimate| Some((got.low?, got.high?, got.se?));
        [0.25, 0.5, 0.75].into_iter().filter_map(|p| flat(at(p))).collect()
    }

    /// R survey: `svyquantile(~enroll, design, interval.type = …)`.
    #[test]
    fn woodruff_limits_agree_with_r() {
        let cases = [
            (
                Limits::Mean,
                [
                    (316.0, 352.0, 9.127_990_194_545_59),
                    (413.0, 531.0, 29.919_523_415_454_993),
                    (621.0, 728.0, 27.130_415_300_454_95),
                ],
            ),
            (
                Limits::Beta,
                [
                    (316.0, 354.0, 9.635_100_760_909_234),
                    (412.0, 532.0, 30.426_633_981_818_636),
                    (615.0, 728.0, 28.651_746_999_545_882),
                ],
            ),
            (
                Limits::Logit,
                [
                    (316.0, 354.0, 9.635_100_760_909_234),
                    (413.0, 531.0, 29.919_523_415_454_993),
                    (615.0, 728.0, 28.651_746_999_545_882),
                ],
            ),
        ];
        for (limits, wanted) in cases {
            let got = woodruff(limits);
            assert_eq!(got.len(), 3);
            for (got, want) in got.into_iter().zip(wanted) {
                close(Some(got.0), want.0);
                close(Some(got.1), want.1);
                close(Some(got.2), want.2);
            }
        }
    }

    #[test]
    fn a_limit_beyond_the_values_is_absent() {
        let (rule, limits) = (Rule::Hf7, Limits::Mean);
        let asked = Woodruff { rule, limits, level: 0.95, freedom: 9.0, answered: 10.0 };
        let got = asked.estimate(&VALUES, &WEIGHTS, 0.35, |_| 0.03).expect("exists");
        assert!(got.low.is_none() && got.high.is_some() && got.se.is_none(), "{got:?}");
    }
}
