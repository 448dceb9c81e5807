//! Rounding for print: half away from zero.
//!
//! Takes full-precision numbers, gives rounded ones; never formats.

/// What a product such as 0.285 × 100 may fall short of its decimal half.
const NUDGE: f64 = 1e-9;

/// Half away from zero to `decimals` places (36.5 → 37, −36.5 → −37).
///
/// 1e-9 of the last place is added towards the sign first, so that a half which binary
/// fractions cannot hold still counts as one. Never gives −0.
#[must_use]
pub fn half_away(x: f64, decimals: u8) -> f64 {
    let scale = libm::exp10(f64::from(decimals)).round();
    let rounded = (x * scale + NUDGE.copysign(x)).round() / scale;
    // A number too large to scale has no decimals to lose.
    if rounded.is_finite() { rounded + 0.0 } else { x }
}

/// Half away from zero to a multiple of `step`, for counts under disclosure control.
/// A step that is not positive leaves the number as it is.
#[must_use]
pub fn to_step(x: f64, step: u32) -> f64 {
    if step == 0 { x } else { half_away(x / f64::from(step), 0) * f64::from(step) }
}

/// An unweighted percentage, in whole numbers: ⌊(200x + n) / 2n⌋. `None` without a base.
#[must_use]
pub fn percent(x: u64, n: u64) -> Option<u64> {
    let (x, n) = (u128::from(x), u128::from(n));
    u64::try_from((200 * x + n).checked_div(2 * n)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        let rounded = [36.5, -36.5, 0.5, -0.5, 2.4].map(|x| half_away(x, 0));
        assert_eq!(rounded.map(|x| x.to_string()), ["37", "-37", "1", "-1", "2"]);
    }

    #[test]
    fn binary_fractions_count_as_the_half_they_stand_for() {
        assert_eq!(half_away(0.285 * 100.0, 0).to_string(), "29");
        assert_eq!(half_away(1.005, 2).to_string(), "1.01");
        assert_eq!(half_away(-1.005, 2).to_string(), "-1.01");
        assert_eq!(half_away(28.499_999, 0).to_string(), "28");
    }

    #[test]
    fn nothing_prints_as_minus_zero_or_overflows() {
        assert_eq!(half_away(-0.2, 0).to_string(), "0");
        assert_eq!(half_away(1e308, 5).to_string(), 1e308.to_string());
    }

    #[test]
    fn steps() {
        let stepped = [4.9, 5.0, 14.9, -15.0].map(|x| to_step(x, 10));
        assert_eq!(stepped.map(|x| x.to_string()), ["0", "10", "10", "-20"]);
        assert_eq!(to_step(4.9, 0).to_string(), "4.9");
    }

    #[test]
    fn whole_percentages() {
        assert_eq!(percent(57, 200), Some(29));
        assert_eq!(percent(1, 3), Some(33));
        assert_eq!(percent(u64::MAX, u64::MAX), Some(100));
        assert_eq!(percent(0, 0), None);
    }
}
