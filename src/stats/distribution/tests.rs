//! Reference values from mpmath (power series at 350 digits, printed to a double), and
//! properties on a grid.

#![allow(clippy::unreadable_literal, reason = "values as printed by the reference")]

use super::{Beta, ChiSquared, Distribution, FisherF, Gamma, Normal, StudentT};

type Any = Box<dyn Distribution>;

fn t(freedom: f64) -> Any {
    Box::new(StudentT::new(freedom).expect("parameters are positive"))
}

fn f(numerator: f64, denominator: f64) -> Any {
    Box::new(FisherF::new(numerator, denominator).expect("parameters are positive"))
}

fn chi2(freedom: f64) -> Any {
    Box::new(ChiSquared::new(freedom).expect("parameters are positive"))
}

fn beta(a: f64, b: f64) -> Any {
    Box::new(Beta::new(a, b).expect("parameters are positive"))
}

fn gamma(shape: f64) -> Any {
    Box::new(Gamma::new(shape).expect("parameters are positive"))
}

/// Distribution, point, lower tail, upper tail.
fn reference() -> Vec<(Any, f64, f64, f64)> {
    vec![
        (t(1.0), 12.7, 0.9749878361553279, 0.02501216384467208),
        (t(1.0), -3.5, 0.08858553278290475, 0.9114144672170953),
        (t(1.0), 1e+120, 1.0, 3.183098861837907e-121),
        (t(7.3), 0.4, 0.6496981289565659, 0.3503018710434341),
        (t(7.3), -2.2, 0.031084582700011812, 0.9689154172999882),
        (t(7.3), 60.0, 0.9999999999790019, 2.0998074451438044e-11),
        (t(199.0), 1.97, 0.9748872230297556, 0.025112776970244388),
        (t(199.0), -11.5, 4.2412633114399564e-24, 1.0),
        (t(1000000.0), 0.001, 0.5003989421141755, 0.49960105788582454),
        (t(1000000.0), 1.7, 0.9554343817548256, 0.04456561824517438),
        (t(1000000.0), -30.0, 6.010047116831719e-198, 1.0),
        (f(11.646, 920.04), 0.5178, 0.09981311209106959, 0.9001868879089304),
        (f(11.646, 920.04), 2.5, 0.996523975597559, 0.0034760244024410357),
        (f(1.0, 5.0), 1e-09, 2.4008435092721144e-05, 0.9999759915649072),
        (f(1.0, 5.0), 6.6, 0.9499067484947413, 0.05009325150525864),
        (f(100000.0, 100000.0), 0.97, 7.326218047498287e-07, 0.9999992673781952),
        (f(100000.0, 100000.0), 1.1, 1.0, 1.3353309369690859e-51),
        (chi2(1.0), 3.84, 0.9499564787512949, 0.050043521248705106),
        (chi2(1.0), 1300.0, 1.0, 1.1303728441492743e-284),
        (chi2(11.6), 0.01, 9.039864982584792e-17, 0.9999999999999999),
        (chi2(11.6), 11.0, 0.505084714024378, 0.49491528597562195),
        (chi2(1000000.0), 998000.0, 0.07858029198714495, 0.921419708012855),
        (chi2(1000000.0), 1010000.0, 0.9999999999990932, 9.068528823262077e-13),
        (beta(37.0, 164.0), 0.135, 0.02840881382977674, 0.9715911861702232),
        (beta(37.0, 164.0), 0.9, 1.0, 1.4890329796728654e-126),
        (beta(0.5, 0.5), 1e-12, 6.366197723676875e-07, 0.9999993633802277),
        (beta(0.5, 0.5), 0.6, 0.5640942168489749, 0.4359057831510251),
        (beta(20000.0, 100000.0), 0.16, 1.8892703866280118e-10, 0.999999999811073),
        (beta(20000.0, 100000.0), 0.17, 0.9989780835367, 0.001021916463299971),
        (beta(1.0, 200.0), 0.0184, 0.9756269463876378, 0.02437305361236225),
        (gamma(0.01), 1e-40, 0.4003789804684684, 0.5996210195315316),
        (gamma(0.01), 0.5, 0.9943732438060329, 0.0056267561939671844),
        (gamma(100000.0), 99000.0, 0.0007574199211747679, 0.9992425800788253),
        (gamma(100000.0), 100500.0, 0.9428967300239713, 0.057103269976028714),
        (Box::new(Normal), -1.96, 0.024997895148220435, 0.9750021048517795),
        (Box::new(Normal), 0.3, 0.6179114221889527, 0.3820885778110474),
        (Box::new(Normal), 37.5, 1.0, 4.605353009581955e-308),
    ]
}

/// Relative, at every point of the table; the worst of 2,800 points tried was 2.5e-13.
const TOLERANCE: f64 = 3e-13;

fn close(got: f64, want: f64, at: f64) {
    let error = (got - want).abs();
    assert!(error <= TOLERANCE * want.abs(), "at {at:e}: {got:e} is not {want:e}");
}

#[test]
fn tails_agree_with_the_reference() {
    for (distribution, x, lower, upper) in reference() {
        close(distribution.cdf(x), lower, x);
        close(distribution.upper(x), upper, x);
    }
}

#[test]
fn quantiles_lead_back_to_the_reference() {
    for (distribution, x, lower, upper) in reference() {
        // The larger tail has lost the digits of x by itself.
        let back = if lower < upper {
            distribution.quantile(lower)
        } else {
            distribution.upper_quantile(upper)
        };
        close(back.expect("tails are probabilities"), x, x);
    }
}

#[test]
fn quantiles_rise_and_invert_the_cdf() {
    for (distribution, ..) in reference() {
        let mut before = f64::NEG_INFINITY;
        for step in 1_u32..200 {
            let p = f64::from(step) / 200.0;
            let x = distribution.quantile(p).expect("a probability");
            // With shape 0.01 most quantiles are smaller than any f64.
            if x.abs() > 1e-300 {
                assert!(x > before, "{x:e} after {before:e}");
                close(distribution.cdf(x), p, x);
            }
            before = x;
        }
    }
}

#[test]
fn student_t_is_symmetric_and_tends_to_the_normal() {
    let (thin, thick) = (t(f64::INFINITY), t(2.5));
    close(thin.upper(1.3), Normal.upper(1.3), 1.3);
    close(thick.upper(1.3), thick.cdf(-1.3), 1.3);
    close(thick.cdf(0.0), 0.5, 0.0);
    assert_eq!(thick.quantile(0.5), Some(0.0));
    let two_sided = StudentT::new(2.5).expect("positive").two_sided(-1.3);
    close(two_sided, 2.0 * thick.upper(1.3), 1.3);
}

#[test]
fn ends_of_the_support() {
    let nothing = [
        beta(2.0, 3.0).cdf(0.0),
        beta(2.0, 3.0).upper(1.0),
        gamma(2.0).cdf(-1.0),
        gamma(2.0).upper(f64::INFINITY),
        f(2.0, 3.0).upper(f64::INFINITY),
        t(3.0).cdf(f64::NEG_INFINITY),
        Normal.upper(f64::INFINITY),
        1.0 - Normal.cdf(f64::INFINITY),
    ];
    assert_eq!(nothing.map(f64::to_bits), [0; 8]);
}

#[test]
fn what_does_not_exist_is_none() {
    assert_eq!(StudentT::new(0.0), None);
    assert_eq!(FisherF::new(1.0, f64::INFINITY), None);
    assert_eq!(Beta::new(f64::NAN, 1.0), None);
    for p in [0.0, 1.0, -0.1, f64::NAN] {
        assert_eq!(t(3.0).quantile(p), None);
        assert_eq!(beta(3.0, 1.0).upper_quantile(p), None);
    }
}

/// Without the correction for the rounding of x/√2 this is off by up to 1e-13.
#[test]
fn the_far_normal_tail_keeps_its_last_digits() {
    let cases = [
        (9.7, 1.507493168810205e-22),
        (20.1, 3.6896808637213897e-90),
        (30.3, 5.731723503315496e-202),
        (36.6, 1.4300370427625566e-293),
    ];
    for (x, want) in cases {
        let error = (Normal.upper(x) / want - 1.0).abs();
        assert!(error < 2e-15, "at {x}: off by {error:e}");
    }
}
