//! The change of a figure from one wave to the next, with its test.
//!
//! Takes both figures with their uncertainty and, where the waves share people or units,
//! the variance of the change over the stacked sample; gives the change, an interval of
//! Student's t and a verdict. Separate samples: the variances add up, and the degrees of
//! freedom are the smaller. There is no adjustment for the number of changes.

use super::conventions::Conventions;
use crate::stats::interval;
use crate::stats::test::{
    Compared, Estimate, Minimum, Untestable, Verdict, overlapping_change,
};

/// A figure of one wave, in the unit in which it is printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The figure.
    pub value: f64,
    /// Its standard error; none if the design cannot tell.
    pub se: Option<f64>,
    /// The degrees of freedom of the standard error.
    pub freedom: f64,
    /// Respondents who gave the answer, and those in the base; none for a mean.
    pub share_of: Option<(u64, u64)>,
    /// Whether the weights were made to give it.
    pub set: bool,
}

/// How two waves belong together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Link {
    /// Separate samples.
    Separate,
    /// The same people or units: the variance of the change, if the stacked sample gives one.
    Stacked(Option<f64>),
}

/// A change, and what was found when it was tested.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// After less before; none where only printed figures are left of a wave.
    pub value: Option<f64>,
    /// Its 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Change over standard error.
    pub t: Option<f64>,
    /// Degrees of freedom.
    pub freedom: f64,
    /// The chance of such a change where there is none.
    pub p: Option<f64>,
    /// Whether it is a change at all; none where nothing was tested.
    pub verdict: Option<Verdict>,
    /// Why nothing was tested.
    pub untested: Option<String>,
}

/// Tests a change at the level `alpha`.
#[must_use]
pub fn change(before: Moment, after: Moment, link: Link, alpha: f64) -> Change {
    let value = Some(after.value - before.value);
    let freedom = before.freedom.min(after.freedom);
    let bare = Change { value, freedom, ..Change::default() };
    match compared(before, after, link) {
        Err(why) => Change { untested: Some(why), ..bare },
        Ok(tested) => Change {
            interval: interval(&tested),
            se: Some(tested.se),
            t: Some(tested.t),
            p: Some(tested.p),
            verdict: Some(verdict(tested.difference, tested.p, alpha)),
            ..bare
        },
    }
}

/// The test, or why there is none.
fn compared(before: Moment, after: Moment, link: Link) -> Result<Compared, String> {
    if before.set || after.set {
        return Err("the weights were made to give one of the figures".to_owned());
    }
    if few(before) || few(after) {
        return Err(Untestable::FewAnswers.to_string());
    }
    let errors = before.se.zip(after.se);
    let (old, new) = errors.ok_or("the design gives one of the figures no variance")?;
    let covariance = covariance(old, new, link)?;
    let tested = overlapping_change(before.with(old), after.with(new), covariance);
    tested.map_err(|why| why.to_string())
}

/// Half of what shared people or units take off the sum of the variances.
fn covariance(old: f64, new: f64, link: Link) -> Result<f64, String> {
    match link {
        Link::Separate => Ok(0.0),
        Link::Stacked(Some(v)) => Ok(f64::midpoint(old * old, new * new) - v / 2.0),
        Link::Stacked(None) => {
            Err("the stacked sample gives the change no variance".to_owned())
        }
    }
}

fn interval(tested: &Compared) -> Option<(f64, f64)> {
    let variance = tested.se * tested.se;
    let level = Conventions::PUBLISHED.level;
    let limits = interval::mean(tested.difference, variance, tested.freedom, level)?;
    Some((limits.low, limits.high))
}

impl Moment {
    fn with(self, se: f64) -> Estimate {
        Estimate { value: self.value, se, freedom: self.freedom }
    }
}

/// Whether too few gave the answer, or too few did not, for a test of shares.
fn few(moment: Moment) -> bool {
    let fewest = |(count, base): (u64, u64)| count.min(base.saturating_sub(count));
    moment.share_of.is_some_and(|counts| fewest(counts) < Minimum::default().answers)
}

fn verdict(change: f64, p: f64, alpha: f64) -> Verdict {
    match (p > alpha, change > 0.0) {
        (true, _) => Verdict::Neither,
        (false, true) => Verdict::Higher,
        (false, false) => Verdict::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` of `n` people, as simple random sampling gives it.
    fn share(count: u64, n: u64) -> Moment {
        let people = n as f64;
        let p = count as f64 / people;
        Moment {
            value: 100.0 * p,
            se: Some(100.0 * (p * (1.0 - p) / people).sqrt()),
            freedom: people - 1.0,
            share_of: Some((count, n)),
            set: false,
        }
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    /// 62 % of 4,800 and 57 % of 12,000: variances in points² are 62 · 38 / 4800 = 0.490833
    /// and 57 · 43 / 12000 = 0.20425, together 0.695083; its root is 0.833716, and
    /// 1.96 times that is 1.634. So −5.0 ± 1.6.
    #[test]
    fn a_fall_of_five_points() {
        let fall = change(share(2_976, 4800), share(6_840, 12_000), Link::Separate, 0.05);
        close(fall.value.unwrap(), -5.0);
        let se = (62.0 * 38.0 / 4800.0 + 57.0 * 43.0 / 12_000.0_f64).sqrt();
        close(fall.se.unwrap(), se);
        close(fall.t.unwrap(), -5.0 / se);
        close(fall.freedom, 4799.0);
        let (low, high) = fall.interval.unwrap();
        assert_eq!(format!("{:.1} {low:.1} {high:.1}", (high - low) / 2.0), "1.6 -6.6 -3.4");
        assert_eq!(fall.verdict, Some(Verdict::Lower));
    }

    /// 3 % to 4 % is +1.0 ± 0.6: significant, and one point.
    #[test]
    fn a_small_change_can_be_clear() {
        let rise = change(share(144, 4800), share(480, 12_000), Link::Separate, 0.05);
        let (low, high) = rise.interval.unwrap();
        assert_eq!(format!("{:.1} {:.1}", rise.value.unwrap(), (high - low) / 2.0), "1.0 0.6");
        assert_eq!(rise.verdict, Some(Verdict::Higher));
        let same = change(share(14, 480), share(48, 1200), Link::Separate, 0.05);
        assert_eq!(same.verdict, Some(Verdict::Neither));
    }

    /// With the variance 0.25 of the stacked sample the standard error is 0.5.
    #[test]
    fn shared_people_change_the_variance_and_nothing_else() {
        let (before, after) = (share(2_976, 4800), share(6_840, 12_000));
        let linked = change(before, after, Link::Stacked(Some(0.25)), 0.05);
        close(linked.se.unwrap(), 0.5);
        close(linked.t.unwrap(), -10.0);
        let unknown = change(before, after, Link::Stacked(None), 0.05);
        close(unknown.value.unwrap(), -5.0);
        assert_eq!(unknown.verdict, None);
        assert!(unknown.untested.unwrap().contains("stacked"));
    }

    #[test]
    fn what_cannot_be_tested_says_why() {
        let whole = share(500, 1000);
        let untested = |before: Moment| {
            let change = change(before, whole, Link::Separate, 0.05);
            assert_eq!((change.verdict, change.p, change.interval), (None, None, None));
            change.untested.unwrap()
        };
        assert!(untested(Moment { set: true, ..whole }).contains("weights were made"));
        assert!(untested(Moment { se: None, ..whole }).contains("no variance"));
        assert!(untested(share(4, 1000)).contains("too few"));
        assert!(untested(Moment { freedom: 0.0, ..whole }).contains("degrees of freedom"));
    }
}
