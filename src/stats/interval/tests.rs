//! Reference values from R survey 4.5 (`svyciprop`), and properties.

#![allow(clippy::unreadable_literal, reason = "values as printed by the reference")]

use super::{Interval, Proportion, ProportionMethod as Method, mean};

/// `sch.wide == "No"` in the simple random sample apisrs of R survey.
fn apisrs() -> Proportion {
    let se: f64 = 0.0270776455620269;
    Proportion {
        p: 0.185,
        variance: se * se,
        freedom: 199.0,
        answered: 200.0,
        fallback: 200.0,
        at_most: None,
    }
}

fn of(p: f64, variance: f64) -> Proportion {
    Proportion { p, variance, freedom: 29.0, answered: 30.0, fallback: 25.0, at_most: None }
}

fn assert_close(got: Option<Interval>, want: (f64, f64), tolerance: f64) {
    let got = got.expect("exists");
    for (got, want) in [(got.low, want.0), (got.high, want.1)] {
        assert!((got / want - 1.0).abs() <= tolerance, "{got} is not {want}");
    }
}

#[test]
fn methods_agree_with_r() {
    let cases = [
        (Method::WaldT, (0.131604059631032, 0.238395940368968), 1e-12),
        // R's estimate is that of an iterative fit.
        (Method::Logit, (0.137409389559748, 0.244403105422394), 1e-10),
        (Method::KornGraubardBeta, (0.13439565859317, 0.244928254376482), 1e-12),
        (Method::WilsonEffectiveN, (0.137625848849591, 0.244066235717664), 1e-12),
        // R reads this one off a grid.
        (Method::ProfileLikelihood, (0.135614882154272, 0.242314729408504), 1e-5),
    ];
    for (method, want, tolerance) in cases {
        assert_close(apisrs().interval(method, 0.95), want, tolerance);
    }
}

/// Weights 0.8, 1.3, 1 ten times, the first three answering yes.
#[test]
fn a_small_weighted_sample_agrees_with_r() {
    let small = of(0.1, 0.00322616527324267);
    let interval = |method| small.interval(method, 0.95);
    let beta = (0.0194493504472736, 0.273505179720346);
    assert_close(interval(Method::KornGraubardBeta), beta, 1e-12);
    assert_close(interval(Method::Arcsine), (0.0163296085771836, 0.242902174974835), 1e-12);
}

#[test]
fn the_grid_of_r_is_reproduced() {
    let all = apisrs().profile_as_in_r(0.95, &[30.97; 37], &[30.97; 163]);
    assert_close(all, (0.135614882154272, 0.242314729408504), 1e-12);
    let yes = [0.8, 1.3, 1.0];
    let small = of(0.1, 0.00322616527324267);
    let got = small.profile_as_in_r(0.95, &yes, &yes.repeat(9));
    assert_close(got, (0.0217338494262899, 0.256260903427364), 1e-7);
}

#[test]
fn a_mean_agrees_with_r() {
    let se: f64 = 9.24972203928281;
    let got = mean(656.585, se * se, 199.0, 0.95);
    assert_close(got, (638.344950092127, 674.825049907873), 1e-13);
}

#[test]
fn korn_graubard_is_bounded_when_asked() {
    let bounded = Proportion { at_most: Some(200.0), ..apisrs() };
    let width = |of: Proportion| {
        let got = of.interval(Method::KornGraubardBeta, 0.95).expect("exists");
        got.high - got.low
    };
    assert!(width(bounded) > width(apisrs()) + 1e-4);
}

/// Nobody of 25: 1 − 0.025^(1/25), and all of 25 its mirror image.
#[test]
fn zero_and_one_have_one_sided_limits() {
    let limit = 1.0 - libm::pow(0.025, 1.0 / 25.0);
    let none = of(0.0, 0.0).interval(Method::KornGraubardBeta, 0.95).expect("exists");
    let all = of(1.0, 0.0).interval(Method::KornGraubardBeta, 0.95).expect("exists");
    assert!(none.low.abs() < 1e-300 && (none.high - limit).abs() < 1e-14, "{none:?}");
    assert!(1.0 - all.high < 1e-300 && (1.0 - all.low - limit).abs() < 1e-14, "{all:?}");
    for method in Method::ALL {
        assert_eq!(of(0.0, 0.0).interval(method, 0.95).is_none(), method == Method::Logit);
    }
}

#[test]
fn intervals_hold_the_estimate_widen_with_the_level_and_mirror() {
    for step in 1_u32..40 {
        let p = f64::from(step) / 40.0;
        let variance = p * (1.0 - p) / 22.0;
        for method in Method::ALL {
            let get = |p: f64, level| of(p, variance).interval(method, level).expect("p");
            let (narrow, wide, mirror) = (get(p, 0.9), get(p, 0.99), get(1.0 - p, 0.9));
            assert!(wide.low <= narrow.low && narrow.low < p, "{method:?} {p}");
            assert!(p < narrow.high && narrow.high <= wide.high, "{method:?} {p}");
            assert!((narrow.low - (1.0 - mirror.high)).abs() < 1e-13, "{method:?} {p}");
        }
    }
}

#[test]
fn what_does_not_exist_is_none() {
    for method in Method::ALL {
        assert_eq!(Proportion { freedom: 0.0, ..apisrs() }.interval(method, 0.95), None);
        assert_eq!(Proportion { p: 1.1, ..apisrs() }.interval(method, 0.95), None);
        assert_eq!(of(0.3, f64::NAN).interval(method, 0.95), None);
    }
    assert_eq!(mean(1.0, -1.0, 10.0, 0.95), None);
    assert_eq!(apisrs().interval(Method::WaldT, 1.0), None);
}

#[test]
fn names_lead_back() {
    for method in Method::ALL {
        assert_eq!(Method::named(method.name()), Some(method));
    }
    assert_eq!(Method::named("beta"), None);
}
