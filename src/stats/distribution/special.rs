//! Building blocks that keep their digits where the textbook formula cancels.
//!
//! Takes and gives plain numbers; knows no distribution. The point of each function is
//! that its error stays at a few units in the last place over its whole range.

/// ln √(2π).
pub(super) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;

/// ln(1 + u) − u for u > −1, without cancellation near 0.
///
/// With r = u/(2+u): ln(1+u) = 2 atanh r (Abramowitz and Stegun 1964, 4.1.27), and
/// 2r − u = −ru, so the value is r(2r²(1/3 + r²/5 + r⁴/7 + …) − u).
pub(super) fn log1p_minus(u: f64) -> f64 {
    if !(-0.5..=1.0).contains(&u) {
        return libm::log1p(u) - u;
    }
    let r = u / (2.0 + u);
    let square = r * r;
    let (mut power, mut divisor, mut sum) = (1.0, 3.0, 0.0);
    while power / divisor > 1e-18 {
        sum += power / divisor;
        power *= square;
        divisor += 2.0;
    }
    r * (2.0 * square * sum - u)
}

/// The error of Stirling's formula: ln Γ(x+1) − (x+½) ln x + x − ln √(2π), for x > 0.
///
/// Loader (2000), "Fast and accurate computation of binomial probabilities", section 2:
/// the asymptotic series (Abramowitz and Stegun 1964, 6.1.41) from 10 upwards; below,
/// the recurrence Γ(x+1) = xΓ(x) leads up to it.
pub(super) fn stirling_error(x: f64) -> f64 {
    let (mut at, mut steps) = (x, 0.0);
    while at < 10.0 {
        steps += stirling_step(at);
        at += 1.0;
    }
    steps + stirling_series(at)
}

/// The difference of the errors at x and x + 1: (x+½) ln(1 + 1/x) − 1.
fn stirling_step(x: f64) -> f64 {
    if x < 1.0 {
        (x + 0.5) * libm::log1p(1.0 / x) - 1.0
    } else {
        (x + 0.5) * log1p_minus(1.0 / x) + 0.5 / x
    }
}

fn stirling_series(x: f64) -> f64 {
    const TERMS: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let inverse_square = 1.0 / (x * x);
    TERMS.iter().rev().fold(0.0, |sum, term| sum * inverse_square + term) / x
}

/// ln(1 − eˡ) for l ≤ 0: the logarithm of the other tail.
///
/// Mächler (2012), "Accurately computing log(1 − exp(−|a|))", equation 7.
pub(super) fn log_complement(l: f64) -> f64 {
    if l > -core::f64::consts::LN_2 {
        libm::log(-libm::expm1(l))
    } else {
        libm::log1p(-libm::exp(l))
    }
}

/// b₀ + a₁/(b₁ + a₂/(b₂ + …)), where `term(m)` gives (aₘ, bₘ) and a₀ is not used.
///
/// Lentz's method as modified by Thompson and Barnett (1986), "Coulomb and Bessel
/// functions of complex arguments and order", section III.
pub(super) fn continued_fraction(mut term: impl FnMut(f64) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-300;
    const MOST: f64 = 1e6;
    let away_from_zero = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut value = away_from_zero(term(0.0).1);
    let (mut c, mut d, mut m) = (value, 0.0, 1.0);
    while m < MOST {
        let (above, below) = term(m);
        d = 1.0 / away_from_zero(below + above * d);
        c = away_from_zero(below + above / c);
        value *= c * d;
        if (c * d - 1.0).abs() <= f64::EPSILON {
            break;
        }
        m += 1.0;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() <= 4e-15 * want.abs(), "{got} is not {want}");
    }

    #[test]
    fn log1p_minus_keeps_its_digits() {
        close(log1p_minus(1e-8), -4.999_999_966_666_667e-17);
        close(log1p_minus(-0.3), -5.667_494_393_873_237_5e-2);
        close(log1p_minus(0.9), -2.581_461_138_276_052e-1);
        close(log1p_minus(30.0), -26.566_012_795_514_855);
    }

    #[test]
    fn stirling_error_on_both_sides_of_the_series() {
        close(stirling_error(0.01), 1.434_007_953_703_184_2);
        close(stirling_error(2.5), 3.316_287_351_993_629e-2);
        close(stirling_error(9.999), 8.331_396_020_466_343e-3);
        close(stirling_error(1e5), 8.333_333_333_305_556e-7);
    }

    #[test]
    fn log_complement_on_both_sides_of_one_half() {
        close(log_complement(-1e-20), -46.051_701_859_880_914);
        close(log_complement(-1.0), -0.458_675_145_387_081_9);
        close(log_complement(-50.0), -1.928_749_847_963_918e-22);
    }

    #[test]
    fn continued_fraction_of_the_golden_ratio() {
        close(continued_fraction(|_| (1.0, 1.0)), 1.618_033_988_749_895);
    }
}
