//! Quantiles of a number, with the interval of Woodruff, from the records.

use super::super::quantile::Place;
use super::super::{Estimate, codes};
use super::quotient::{Quotient, Quotients};
use super::{Study, Unmeasured, people};
use crate::stats::interval::Interval;
use crate::stats::quantile::Woodruff;

impl Study<'_> {
    /// A quantile of y, which is not a number outside the domain.
    ///
    /// # Errors
    /// [`Unmeasured`] if nobody has a y.
    pub fn quantile(&self, y: &[f64], place: Place) -> Result<Estimate, Unmeasured> {
        let mut rows: Vec<usize> = (0..y.len()).filter(|i| !y[*i].is_nan()).collect();
        // A stable sort: equal values keep the order of the file, and so do the sums.
        rows.sort_by(|a, b| y[*a].total_cmp(&y[*b]));
        let values: Vec<f64> = rows.iter().map(|row| y[*row]).collect();
        let weights: Vec<f64> = rows.iter().map(|row| self.weights()[*row]).collect();
        let given = [Quotient::mean(|i| (!y[i].is_nan()).then_some(y[i]))];
        let members = self.plan.members(&Quotients(&given));
        let freedom = self.plan.freedom(&members, self.conventions.freedom);
        let level = self.conventions.level;
        let Place { p, rule, limits } = place;
        let woodruff = Woodruff { rule, limits, level, freedom, answered: members.n };
        let found = woodruff
            .estimate(&values, &weights, p, |at| self.share_variance(y, at))
            .ok_or(Unmeasured::Nobody)?;
        let ends = found.low.zip(found.high).map(|(low, high)| Interval { low, high });
        let estimate = Estimate {
            value: found.estimate,
            count: people(members.n),
            base: people(members.n),
            variance: found.se.map(|se| se * se),
            interval: None,
            freedom,
            effect: None,
            method: codes::WOODRUFF,
            set: false,
        };
        Ok(estimate.within(ends, codes::WOODRUFF))
    }

    /// The variance of the share of values up to `at`; no number without one, of which no
    /// limits are made.
    fn share_variance(&self, y: &[f64], at: f64) -> f64 {
        let up_to = [Quotient::share(|i| (!y[i].is_nan()).then(|| y[i] <= at))];
        self.figures(&Quotients(&up_to)).map_or(f64::NAN, |f| f.covariance.at(0, 0))
    }
}
