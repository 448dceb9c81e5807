//! Tests: of one estimate, of many at once, of two-way tables, of the columns of a table
//! book and of given shares.
//!
//! Takes estimates, standard errors, p-values, covariances and degrees of freedom; gives
//! statistics and p-values, or the reason why there is none. It knows neither the records
//! nor the design from which they were estimated.

mod adjust;
mod columns;
mod compare;
mod contrast;
mod error;
mod fit;
mod letters;
mod screen;
mod table;
mod wald;

#[cfg(test)]
mod sample;

use super::distribution::StudentT;

pub use adjust::{Adjustment, adjust};
pub use columns::{
    ColumnMethod, ColumnTest, Dialect, MeanSide, Overlap, Side, by_design, correlation, nps,
    paired,
};
pub use compare::{Compared, Estimate, Pair, change, overlapping_change, pairwise, trend};
pub use contrast::{Scale, linear, rescaled};
pub use error::Untestable;
pub use fit::{Fit, goodness_of_fit};
pub use letters::{
    AgainstRest, ColumnPair, Levels, Mark, Verdict, adjust_pairs, against_rest, letter, marks,
};
pub use screen::{Minimum, screen_bases, screen_shares};
pub use table::{Association, RaoScott, TableTest, rao_scott, wald_of_table};
pub use wald::{Reference, WaldTest, wald};

/// A test of one estimate against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TTest {
    /// estimate / standard error.
    pub t: f64,
    /// Two-sided.
    pub p: f64,
}

/// Student's t for an estimate under a design, on the design's degrees of freedom.
/// R's `svyttest` takes one degree less than those of the design, of one mean as of a
/// difference between two groups.
/// `None` without a standard error above zero or degrees of freedom.
#[must_use]
pub fn student(estimate: f64, se: f64, freedom: f64) -> Option<TTest> {
    let distribution = StudentT::new(freedom)?;
    let t = estimate / se;
    (se > 0.0 && t.is_finite()).then(|| TTest { t, p: distribution.two_sided(t) })
}

#[cfg(test)]
mod tests {
    use super::sample::close;
    use super::*;

    /// R survey: `svyttest(api00 ~ awards, …)` on apisrs.
    #[test]
    fn student_agrees_with_r() {
        let (estimate, t) = (57.883_276_740_237_6, 3.184_780_958_954_74);
        let got = student(estimate, estimate / t, 198.0).expect("exists");
        close(got.t, t);
        assert!((got.p / 0.001_682_933_625_931_18 - 1.0).abs() < 1e-9, "{}", got.p);
        assert_eq!(student(1.0, 0.0, 10.0), None);
        assert_eq!(student(1.0, 1.0, 0.0), None);
    }
}
