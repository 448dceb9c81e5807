//! Quantiles of a number, with the interval of Woodruff.

use super::conventions::Conventions;
use super::linear::{Base, people};
use super::survey::{ROUNDING, Survey};
use super::{Estimate, codes};
use crate::prepare::{Layers, Sample};
use crate::stats::interval::Interval;
use crate::stats::quantile::{Limits, Rule, Woodruff};
use crate::tally::Groups;

/// Which quantile, and how it is read off the distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// From 0 to 1.
    pub p: f64,
    /// How it is read off the distribution.
    pub rule: Rule,
    /// How the limits for the distribution at it are made.
    pub limits: Limits,
}

impl Place {
    /// The median as it is published.
    pub const MEDIAN: Self = Self { p: 0.5, rule: Rule::Math, limits: Limits::Mean };
}

/// One group's answers, from the smallest.
#[derive(Clone, Debug)]
pub(super) struct Sorted {
    values: Vec<f64>,
    weights: Vec<f64>,
    rows: Vec<usize>,
}

impl Sorted {
    /// Sorts the answers of one group; none if nobody in it gave a number.
    #[must_use]
    pub(super) fn of(
        sample: &Sample,
        values: &[f64],
        groups: Groups<'_>,
        group: usize,
    ) -> Option<Self> {
        let weights = &sample.design().weights;
        let in_group = |row: &usize| groups.get(*row) == group && !values[*row].is_nan();
        let mut rows: Vec<usize> = (0..values.len()).filter(in_group).collect();
        // A stable sort: equal values keep the order of the file, and so do the sums.
        rows.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        (!rows.is_empty()).then(|| Self {
            values: rows.iter().map(|row| values[*row]).collect(),
            weights: rows.iter().map(|row| weights[*row]).collect(),
            rows,
        })
    }

    /// A quantile of the answers.
    #[must_use]
    pub(super) fn quantile(
        &self,
        place: Place,
        layers: &Layers<'_>,
        survey: &Survey<'_>,
        conventions: &Conventions,
    ) -> Option<Estimate> {
        let base = self.base(layers);
        let freedom = base.freedom(survey, conventions);
        let Place { p, rule, limits } = place;
        let level = conventions.level;
        let woodruff = Woodruff { rule, limits, level, freedom, answered: base.n() };
        // Without a variance there are no limits: `stats` makes none of what is no number.
        let variance = |at| self.share_variance(at, &base, survey).unwrap_or(f64::NAN);
        let found = woodruff.estimate(&self.values, &self.weights, p, variance)?;
        let ends = found.low.zip(found.high).map(|(low, high)| Interval { low, high });
        let estimate = Estimate {
            value: found.estimate,
            count: people(base.n()),
            base: people(base.n()),
            variance: found.se.map(|se| se * se),
            interval: None,
            freedom,
            effect: None,
            method: codes::WOODRUFF,
            set: false,
        };
        Some(estimate.within(ends, codes::WOODRUFF))
    }

    fn base(&self, layers: &Layers<'_>) -> Base {
        Base::of(layers, self.rows.iter().copied().zip(self.weights.iter().copied()))
    }

    /// The variance of the share of values up to `at`: z = w(1[y ≤ at] − p)/W.
    fn share_variance(&self, at: f64, base: &Base, survey: &Survey<'_>) -> Option<f64> {
        let up_to = self.values.partition_point(|value| *value <= at);
        let share = self.weights[..up_to].iter().sum::<f64>() / base.weight;
        let inside = |place: usize| f64::from(u8::from(place < up_to));
        let rows = || self.rows.iter().zip(&self.weights).enumerate();
        let replicates = survey
            .replicate_ratios(rows().map(|(place, (row, w))| (*row, w * inside(place), *w)));
        if !replicates.is_empty() {
            return survey.of_replicates(share, &replicates);
        }
        let mut z = vec![0.0; survey.respondents()];
        for (place, (row, weight)) in rows() {
            z[*row] = weight * (inside(place) - share) / base.weight;
        }
        let before: f64 = z.iter().map(|z| z * z).sum();
        let variance =
            survey.variance(&survey.of_records(z), &survey.members(&base.members))?;
        Some(if variance > ROUNDING * before { variance } else { 0.0 })
    }
}
