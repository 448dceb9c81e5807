//! Which columns of a table are worth testing against each other.
//!
//! Takes the unweighted counts of two columns; gives nothing, or the reason why no test
//! is made. Knows no weights and no formulas: what a formula cannot do with, it says itself.

use super::columns::{Overlap, Side};
use super::error::Untestable;

/// What two columns must have to be compared, unweighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// Respondents in the base of each column.
    pub base: u64,
    /// Respondents of each column that gave the answer, and that did not.
    pub answers: u64,
}

impl Default for Minimum {
    /// Five in the answer and five not in it, as the normal approximation asks for (Cochran
    /// 1952, "The χ² test of goodness of fit", section 7, of expected counts); any base.
    fn default() -> Self {
        Self { base: 0, answers: 5 }
    }
}

/// Whether the bases of two columns allow for a test of anything: shares, means, medians.
///
/// # Errors
/// [`Untestable::NoBase`], [`Untestable::SmallBase`]; [`Untestable::Nested`] when everybody
/// in one column is in the other too, as with a part and its net or the total: compare the
/// part with the rest instead.
pub fn screen_bases(
    first: u64,
    second: u64,
    both: u64,
    minimum: Minimum,
) -> Result<(), Untestable> {
    let smaller = first.min(second);
    match smaller {
        0 => Err(Untestable::NoBase),
        _ if both >= smaller => Err(Untestable::Nested),
        _ if smaller < minimum.base => Err(Untestable::SmallBase),
        _ => Ok(()),
    }
}

/// Whether two columns allow for a test of their shares of one answer.
///
/// # Errors
/// Those of [`screen_bases`]; [`Untestable::AllOrNone`], [`Untestable::FewAnswers`].
pub fn screen_shares(
    first: &Side,
    second: &Side,
    both: Overlap,
    minimum: Minimum,
) -> Result<(), Untestable> {
    screen_bases(first.n, second.n, both.n, minimum)?;
    if first.is_all_or_none_with(second) {
        return Err(Untestable::AllOrNone);
    }
    let fewest = |side: &Side| side.count.min(side.n.saturating_sub(side.count));
    if fewest(first).min(fewest(second)) < minimum.answers {
        return Err(Untestable::FewAnswers);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(count: u64, n: u64) -> Side {
        let (weight, share) = (n as f64, count as f64 / n as f64);
        Side { share, weight, squares: weight, n, count }
    }

    #[test]
    fn five_in_and_five_out() {
        let screen = |a, b| screen_shares(&a, &b, Overlap::NONE, Minimum::default());
        assert_eq!(screen(side(5, 40), side(35, 40)), Ok(()));
        assert_eq!(screen(side(4, 40), side(20, 40)), Err(Untestable::FewAnswers));
        assert_eq!(screen(side(20, 40), side(36, 40)), Err(Untestable::FewAnswers));
        assert_eq!(screen(side(0, 40), side(0, 90)), Err(Untestable::AllOrNone));
        assert_eq!(screen(side(40, 40), side(90, 90)), Err(Untestable::AllOrNone));
        assert_eq!(screen(side(40, 40), side(0, 90)), Err(Untestable::FewAnswers));
    }

    #[test]
    fn bases() {
        let minimum = Minimum { base: 30, answers: 5 };
        assert_eq!(screen_bases(30, 31, 29, minimum), Ok(()));
        assert_eq!(screen_bases(29, 31, 0, minimum), Err(Untestable::SmallBase));
        assert_eq!(screen_bases(31, 29, 0, minimum), Err(Untestable::SmallBase));
        assert_eq!(screen_bases(0, 31, 0, minimum), Err(Untestable::NoBase));
        assert_eq!(screen_bases(40, 90, 40, minimum), Err(Untestable::Nested));
        assert_eq!(screen_bases(90, 90, 90, minimum), Err(Untestable::Nested));
        let both = Overlap::of_same_answers(40, 40.0, 40.0);
        let nested = screen_shares(&side(20, 40), &side(40, 90), both, minimum);
        assert_eq!(nested, Err(Untestable::Nested));
    }
}
