//! The five methods on printed and worked examples, and what must hold of all of them.

use super::super::sample::close;
use super::super::student;
use super::*;
use crate::stats::variance::{Cell, Part, Share, SingleUnit, Spread, Stratum, of_total};

const SUMS: [Dialect; 4] =
    [Dialect::EffectiveBase, Dialect::Quantum, Dialect::Spss, Dialect::Unpooled];

/// To the digits printed.
fn printed(got: f64, want: f64, digits: f64) {
    assert!((got - want).abs() <= 0.5 * libm::pow(10.0, -digits), "{got} is not {want}");
}

/// Everybody has weight 1.
fn unweighted(count: u64, n: u64) -> Side {
    let weight = n as f64;
    Side { share: count as f64 / weight, weight, squares: weight, n, count }
}

fn alone(dialect: Dialect, first: &Side, second: &Side) -> Result<ColumnTest, Untestable> {
    dialect.shares(first, second, Overlap::NONE)
}

/// The example of the Quantum manual: 16 of 125 against 128 of 312. p̂ = 144/437.
#[test]
fn the_manual_of_quantum() {
    let (a, b) = (unweighted(16, 125), unweighted(128, 312));
    let test = |dialect| alone(dialect, &a, &b).expect("exists");
    let quantum = test(Dialect::Quantum);
    printed(quantum.pooled.expect("pools"), 0.329_519_45, 8.0);
    printed(quantum.se, 0.049_812_63, 8.0);
    printed(quantum.statistic, -5.666_361_86, 8.0);
    close(quantum.freedom, 436.0);
    // R: 2 * pt(-t, 436).
    assert!((quantum.p / 2.654_251_252_155_23e-8 - 1.0).abs() < 1e-9);
    let effective = test(Dialect::EffectiveBase);
    printed(effective.se, 0.049_755_61, 8.0);
    printed(effective.statistic, -5.672_856_26, 8.0);
    close(effective.freedom, 435.0);
    let unpooled = test(Dialect::Unpooled);
    printed(unpooled.se, 0.040_846_01, 8.0);
    printed(unpooled.statistic, -6.910_257_23, 8.0);
    close(unpooled.freedom, 435.0);
    assert_eq!(unpooled.pooled, None);
    // R: prop.test(c(16, 128), c(125, 312), correct = FALSE).
    let spss = test(Dialect::Spss);
    printed(spss.statistic, -5.672_856_26, 8.0);
    assert!((spss.p / 1.404_360_591_455_02e-8 - 1.0).abs() < 1e-9);
    assert!(spss.freedom.is_infinite());
}

/// Weight and answer of six respondents, twenty times: Σw = 6, Σw² = 7, Σwy = 4.5 each.
const FIRST: [(f64, f64); 6] =
    [(0.5, 1.0), (0.5, 0.0), (1.0, 1.0), (1.0, 0.0), (1.5, 1.0), (1.5, 1.0)];
/// Twenty-five times: Σw = 6, Σw² = 6.4, Σwy = 1.6 each.
const SECOND: [(f64, f64); 6] =
    [(0.8, 0.0), (1.2, 0.0), (1.0, 1.0), (1.0, 0.0), (0.6, 1.0), (1.4, 0.0)];

/// A column of these respondents, so many times.
fn repeated(respondents: [(f64, f64); 6], times: u64) -> Side {
    let sum =
        |of: fn(&(f64, f64)) -> f64| respondents.iter().map(of).sum::<f64>() * times as f64;
    let weight = sum(|(w, _)| *w);
    let given = respondents.iter().filter(|(_, y)| *y > 0.0).count() as u64;
    Side {
        share: sum(|(w, y)| w * y) / weight,
        weight,
        squares: sum(|(w, _)| w * w),
        n: 6 * times,
        count: given * times,
    }
}

fn weighted() -> (Side, Side) {
    (repeated(FIRST, 20), repeated(SECOND, 25))
}

/// W 120 and 150, Σw² 140 and 160, so e = 14400/140 and 22500/160; p 90/120 and 40/150,
/// p̂ = 130/270.
#[test]
fn weighted_columns() {
    let (a, b) = weighted();
    let test = |dialect| alone(dialect, &a, &b).expect("exists");
    let quantum = test(Dialect::Quantum);
    printed(quantum.pooled.expect("pools"), 0.481_481, 6.0);
    printed(quantum.statistic, 7.440_396_49, 8.0);
    printed(quantum.freedom, 242.482_143, 6.0);
    let effective = test(Dialect::EffectiveBase);
    printed(effective.statistic, 7.455_722_85, 8.0);
    printed(effective.freedom, 241.482_143, 6.0);
    printed(test(Dialect::Unpooled).statistic, 8.526_195_79, 8.0);
    printed(test(Dialect::Spss).statistic, 7.898_219_30, 8.0);
}

/// The share of a column among `units` respondents of one stratum; the rest of them are
/// not in the column and count as zero.
fn variance(respondents: [(f64, f64); 6], times: u64, units: f64) -> f64 {
    let side = repeated(respondents, times);
    let given: f64 = respondents.iter().map(|(w, y)| w * w * y).sum::<f64>() * times as f64;
    let part = Part {
        cell: Cell { weight: side.answered(), square: given },
        base: Cell { weight: side.weight, square: side.squares },
        share: Share { p: side.share, total: side.weight },
    };
    let stratum = Stratum { units, fraction: 0.0 };
    let spread = Spread::of_proportion(stratum, &part);
    of_total(&[(stratum, spread)], SingleUnit::Fail).expect("exists")
}

/// R survey: `svycontrast(svyby(~y, ~g, svydesign(~1, weights = ~w), svymean), c(1, -1))`.
/// One sample of 270, with the columns as domains: t on 269 degrees of freedom. As two
/// samples, 9.28957227 on 268, which is another design.
#[test]
fn weighted_columns_by_design() {
    let difference = 0.75 - 4.0 / 15.0;
    // Nobody is in both, and each z sums to zero: no covariance.
    let domains = variance(FIRST, 20, 270.0) + variance(SECOND, 25, 270.0);
    let test = by_design(difference, domains, domains, 269.0).expect("exists");
    printed(test.statistic, 9.307_709_99, 8.0);
    close(test.se, 0.051_928_276_004_724_0);
    assert!((test.p / 4.789_672_492_665_61e-18 - 1.0).abs() < 1e-9, "{}", test.p);
    assert_eq!(test.pooled, None);
    let samples = variance(FIRST, 20, 120.0) + variance(SECOND, 25, 150.0);
    let other = by_design(difference, samples, samples, 268.0).expect("exists");
    printed(other.statistic, 9.289_572_27, 8.0);
}

/// A column of W respondents' weights with an effective base of e.
fn column(share: f64, weight: f64, effective: f64) -> Side {
    Side { share, weight, squares: weight * weight / effective, n: 1000, count: 400 }
}

/// e₀ = 200²/(40000/182).
fn overlap(correlation: f64) -> Overlap {
    Overlap { n: 200, weight: 200.0, squares: 40_000.0 / 182.0, correlation }
}

/// p̂ = (300 + 220)/1100; 1/540 + 1/455 − 2·182/(540·455).
#[test]
fn people_in_both_columns() {
    let (a, b) = (column(0.50, 600.0, 540.0), column(0.44, 500.0, 455.0));
    let test = Dialect::EffectiveBase.shares(&a, &b, overlap(1.0)).expect("exists");
    printed(test.statistic, 2.371_461_98, 8.0);
    close(test.freedom, 811.0);
    printed(test.p, 0.017_95, 5.0);
    let ignored = alone(Dialect::EffectiveBase, &a, &b).expect("exists");
    printed(ignored.statistic, 1.888_510_07, 8.0);
    // 2 * pt(-t, 993) in R is 0.05925; the printed 0.0593 is on 811.
    printed(ignored.p, 0.059_25, 5.0);
    printed(student(0.06, ignored.se, 811.0).expect("exists").p, 0.0593, 4.0);
    // R, by hand: the variance times 995/994, on 812.
    let quantum = Dialect::Quantum.shares(&a, &b, overlap(1.0)).expect("exists");
    close(quantum.se, 0.025_313_572_010_969_5);
    close(quantum.freedom, 812.0);
    let grid = Dialect::Quantum.shares(&a, &b, overlap(0.3)).expect("exists");
    close(grid.se, 0.029_992_080_380_495_6);
    let grid = Dialect::EffectiveBase.shares(&a, &b, overlap(0.3)).expect("exists");
    close(grid.statistic, 2.001_534_162_950_45);
    for dialect in [Dialect::Spss, Dialect::Unpooled] {
        let ignored = alone(dialect, &a, &b);
        assert_eq!(dialect.shares(&a, &b, overlap(1.0)), ignored);
    }
}

/// R: cov.wt of 310 with both, 210 and 140 with one, 340 with none.
#[test]
fn the_correlation_in_the_overlap() {
    let r = correlation(1000.0, 520.0, 450.0, 310.0).expect("exists");
    close(r, 0.305_776_214_737_336);
    close(correlation(10.0, 4.0, 4.0, 4.0).expect("exists"), 1.0);
    close(correlation(10.0, 4.0, 6.0, 0.0).expect("exists"), -1.0);
    assert_eq!(correlation(10.0, 0.0, 4.0, 0.0), None);
    assert_eq!(correlation(10.0, 10.0, 4.0, 4.0), None);
    assert_eq!(correlation(0.0, 0.0, 0.0, 0.0), None);
}

/// 120 of 300 within 350 of 1000: against 230 of the other 700, R's
/// `prop.test(c(120, 230), c(300, 700), correct = FALSE)`.
#[test]
fn a_part_against_the_rest() {
    let (part, whole) = (unweighted(120, 300), unweighted(350, 1000));
    let rest = part.rest_of(&whole).expect("is left");
    assert_eq!((rest.count, rest.n), (230, 700));
    for dialect in [Dialect::Spss, Dialect::EffectiveBase] {
        let test = alone(dialect, &part, &rest).expect("exists");
        printed(test.statistic, 2.170_155_79, 8.0);
    }
    // The same as part against whole with the whole's share.
    let se = (0.35 * 0.65 * (1.0 / 300.0_f64 - 1.0 / 1000.0)).sqrt();
    printed(0.05 / se, 2.170_155_79, 8.0);
    // What is not given: the pooled share of part and whole, which counts the part twice,
    // and the whole as if it were another sample.
    let both = Overlap::of_same_answers(300, 300.0, 300.0);
    let twice = Dialect::EffectiveBase.shares(&part, &whole, both).expect("exists");
    printed(twice.statistic, 2.154_452_82, 8.0);
    printed(alone(Dialect::Spss, &part, &whole).expect("exists").statistic, 1.580_936_16, 8.0);
}

/// Differences of sums of weights are not quite 0 or the whole, and the people say so:
/// 1.48e-16 for 0, 0.9999999999999999 for 1, and 5.6e-17 for nobody.
#[test]
fn a_rest_of_rounding_is_no_share() {
    let side = |given: f64, weight: f64, count, n| Side {
        share: given / weight,
        weight,
        squares: weight,
        n,
        count,
    };
    let part = side(2.1 + 1.8, 2.1 + 1.8, 2, 2);
    let whole = side(2.1 + 1.8, 2.1 + 1.8 + 0.1 + 2.9, 2, 4);
    assert!(part.rest_of(&whole).expect("is left").share <= 0.0);
    let part = side(0.4, 0.4 + 1.6, 1, 2);
    let whole = side(0.4 + 0.1 + 2.9, 0.4 + 1.6 + 0.1 + 2.9, 3, 4);
    assert!(part.rest_of(&whole).expect("is left").share >= 1.0);
    let part = side(0.1, 0.3, 1, 3);
    let whole = side(0.1, 0.1 + 0.2, 1, 3);
    assert!(whole.weight > part.weight);
    assert_eq!(part.rest_of(&whole), Err(Untestable::NoBase));
}

/// 520 and 450 of 1000 with 310 in both: z of the differences, which a paired t-test in R
/// has as 3.76624271 on their sample variance. As if independent, 3.13190484.
#[test]
fn two_answers_of_the_same_people() {
    let test = paired(0.52, 0.45, 0.31, 1000.0).expect("exists");
    printed(test.statistic, 3.768_127_25, 8.0);
    close(test.statistic * (0.999_f64).sqrt(), 3.766_242_713_700_09);
    close(test.freedom, 999.0);
    close(test.p, 0.000_174_103_072_318_539);
    let independent = alone(Dialect::Spss, &unweighted(520, 1000), &unweighted(450, 1000));
    printed(independent.expect("exists").statistic, 3.131_904_84, 8.0);
    assert_eq!(paired(0.4, 0.4, 0.4, 1000.0), Err(Untestable::NoVariance));
    assert_eq!(paired(0.5, 0.4, 0.3, 1.0), Err(Untestable::NoFreedom));
}

/// 42 % promoters, 31 % detractors, effective base 745.
#[test]
fn net_promoter_score() {
    let (score, variance) = nps(0.42, 0.31);
    close(score, 11.0);
    let se = (variance / 745.0).sqrt();
    printed(se, 3.1042, 4.0);
    printed(1.959_964 * se, 6.08, 2.0);
}

/// As the mean of +100, 0 and −100 the score is tested like any mean.
#[test]
fn net_promoter_scores_are_means() {
    let side = |promoters, detractors, n: f64| {
        let (mean, variance) = nps(promoters, detractors);
        MeanSide { mean, spread: n * variance, weight: n, squares: n }
    };
    let (a, b) = (side(0.42, 0.31, 400.0), side(0.35, 0.36, 300.0));
    let test = Dialect::Unpooled.means(&a, &b, Overlap::NONE).expect("exists");
    // (0.73 − 0.0121)/399 + (0.71 − 0.0001)/299, times 100².
    close(test.se, 100.0 * (0.7179 / 399.0 + 0.7099_f64 / 299.0).sqrt());
    close(test.difference, 12.0);
}

/// 3, 4, 5, 5, 2, 1, 4, 4, 5 and 2, 2, 1, 3, 4, 2, 1, 3, 2, 2, 5.
fn ratings() -> (MeanSide, MeanSide) {
    let side = |n: f64, sum: f64, squares: f64| {
        let mean = sum / n;
        MeanSide { mean, spread: squares - sum * mean, weight: n, squares: n }
    };
    (side(9.0, 33.0, 137.0), side(11.0, 27.0, 81.0))
}

/// R: `t.test(a, b, var.equal = TRUE)` and `t.test(a, b)`.
#[test]
fn means_agree_with_r() {
    let (a, b) = ratings();
    for dialect in [Dialect::EffectiveBase, Dialect::Spss, Dialect::Quantum] {
        let test = dialect.means(&a, &b, Overlap::NONE).expect("exists");
        close(test.statistic, 2.064_062_748_461_34);
        close(test.pooled.expect("pools"), (16.0 + 162.0 / 11.0) / 18.0);
        if dialect == Dialect::Quantum {
            close(test.freedom, 19.0);
        } else {
            close(test.freedom, 18.0);
            close(test.p, 0.053_731_788_607_370_5);
        }
    }
    let welch = Dialect::Unpooled.means(&a, &b, Overlap::NONE).expect("exists");
    close(welch.statistic, 2.031_215_907_001_55);
    close(welch.freedom, 15.920_457_018_774_8);
    close(welch.p, 0.059_275_125_057_662_4);
}

/// s² = (442.5 + 592.7104)/(120 − 140/120 + 150 − 160/150), e = 720/7 and 140.625,
/// e₀ = 30²/36 = 25: 1/e₁ + 1/e₂ − 50/(e₁e₂).
#[test]
fn weighted_means_with_people_in_both() {
    let a = MeanSide { mean: 3.75, spread: 442.5, weight: 120.0, squares: 140.0 };
    let b = MeanSide { mean: 2.208, spread: 592.7104, weight: 150.0, squares: 160.0 };
    let both = Overlap::of_same_answers(30, 30.0, 36.0);
    let test = Dialect::EffectiveBase.means(&a, &b, both).expect("exists");
    let pooled = 1035.2104 / (270.0 - 7.0 / 6.0 - 16.0 / 15.0);
    close(test.pooled.expect("pools"), pooled);
    let bracket = 7.0 / 720.0 + 1.0 / 140.625 - 50.0 * 7.0 / 720.0 / 140.625;
    close(test.se, (pooled * bracket).sqrt());
    close(test.freedom, 720.0 / 7.0 + 140.625 - 27.0);
}

/// IBM: "rounded at the cell or category level". 10.4 of 20.6 is 10 of 21.
#[test]
fn spss_rounds_weighted_counts() {
    let a = Side { share: 10.4 / 20.6, weight: 20.6, squares: 21.0, n: 22, count: 11 };
    let b = Side { share: 4.5 / 29.5, weight: 29.5, squares: 31.0, n: 31, count: 6 };
    let got = alone(Dialect::Spss, &a, &b).expect("exists");
    let whole = alone(Dialect::Spss, &unweighted(10, 21), &unweighted(5, 30)).expect("exists");
    assert_eq!(got, whole);
    let mean = |weight| MeanSide { mean: weight / 10.0, spread: 30.0, weight, squares: weight };
    let test = Dialect::Spss.means(&mean(20.6), &mean(29.5), Overlap::NONE).expect("exists");
    close(test.freedom, 49.0);
    close(test.se, (60.0 / 49.0 * (1.0 / 21.0 + 1.0_f64 / 30.0)).sqrt());
}

#[test]
fn reasons() {
    let half = unweighted(20, 40);
    let none = Side { weight: 0.0, squares: 0.0, ..unweighted(0, 1) };
    for dialect in SUMS {
        let test = |a, b| alone(dialect, &a, &b);
        assert_eq!(test(half, none), Err(Untestable::NoBase));
        assert_eq!(test(unweighted(0, 9), unweighted(0, 7)), Err(Untestable::AllOrNone));
        assert_eq!(test(unweighted(9, 9), unweighted(7, 7)), Err(Untestable::AllOrNone));
    }
    let against_none = |dialect| alone(dialect, &half, &unweighted(0, 30));
    assert_eq!(against_none(Dialect::Spss), Err(Untestable::Certain));
    let against_all = alone(Dialect::Spss, &half, &unweighted(30, 30));
    assert_eq!(against_all, Err(Untestable::Certain));
    assert!(against_none(Dialect::EffectiveBase).is_ok());
    let single = alone(Dialect::Spss, &half, &unweighted(1, 1));
    assert_eq!(single, Err(Untestable::SmallBase));
    let certain = alone(Dialect::Unpooled, &unweighted(9, 9), &unweighted(0, 7));
    assert_eq!(certain, Err(Untestable::NoVariance));
    let two = alone(Dialect::EffectiveBase, &unweighted(1, 1), &unweighted(0, 1));
    assert_eq!(two, Err(Untestable::NoFreedom));
    assert_eq!(by_design(0.1, 0.0, 0.1, 9.0), Err(Untestable::NoVariance));
    assert_eq!(by_design(0.1, 0.1, 0.1, 0.0), Err(Untestable::NoFreedom));
    assert_eq!(by_design(f64::NAN, 0.1, 0.1, 9.0), Err(Untestable::Shape));
}

/// Only the two that say so leave out shares that are the same number.
#[test]
fn identical_shares() {
    let test = |dialect| alone(dialect, &unweighted(20, 40), &unweighted(30, 60));
    assert_eq!(test(Dialect::EffectiveBase), Err(Untestable::Identical));
    assert_eq!(test(Dialect::Quantum), Err(Untestable::Identical));
    close(test(Dialect::Spss).expect("exists").p, 1.0);
    close(test(Dialect::Unpooled).expect("exists").p, 1.0);
}

/// Columns of the same people, share what they may, cannot differ by chance.
#[test]
fn columns_of_the_same_people() {
    let (a, _) = weighted();
    let same = Overlap::of_same_answers(a.n, a.weight, a.squares);
    let other = Side { share: 0.6, count: 70, ..a };
    for dialect in [Dialect::EffectiveBase, Dialect::Quantum] {
        assert_eq!(dialect.shares(&a, &other, same), Err(Untestable::NoVariance));
    }
    let mean = |mean| MeanSide { mean, spread: 90.0, weight: a.weight, squares: a.squares };
    let test = Dialect::EffectiveBase.means(&mean(1.0), &mean(2.0), same);
    assert_eq!(test, Err(Untestable::NoVariance));
}

/// Shares and weights all over the place.
fn sides() -> Vec<Side> {
    let shares = [0.03, 0.26, 0.5, 0.81, 0.97];
    let bases = [(38.7, 51.3, 41), (120.0, 140.0, 120), (812.25, 1207.5, 800)];
    let of = |share: f64| {
        bases.map(|(weight, squares, n)| Side { share, weight, squares, n, count: n / 2 })
    };
    shares.into_iter().flat_map(of).collect()
}

fn scaled(side: &Side, c: f64) -> Side {
    Side { weight: c * side.weight, squares: c * c * side.squares, ..*side }
}

/// All pairs with people in common.
fn each_pair(check: impl Fn(Dialect, &Side, &Side, Overlap)) {
    let both = Overlap { n: 9, weight: 9.5, squares: 11.0, correlation: 0.7 };
    for a in &sides() {
        for b in &sides() {
            for dialect in SUMS {
                check(dialect, a, b, both);
            }
        }
    }
}

#[test]
fn swapping_the_columns_turns_the_sign() {
    each_pair(|dialect, a, b, both| {
        match (dialect.shares(a, b, both), dialect.shares(b, a, both)) {
            (Ok(there), Ok(back)) => {
                assert!((there.statistic + back.statistic).abs() < 1e-12);
                assert!((there.p - back.p).abs() < 1e-12);
                assert!((there.freedom - back.freedom).abs() < 1e-9 || there.freedom > 1e15);
            }
            (there, back) => assert_eq!(there, back),
        }
    });
}

#[test]
fn a_constant_in_all_weights_changes_only_spss() {
    let (a, b) = weighted();
    for c in [0.01, 3.7, 2e6] {
        for dialect in [Dialect::EffectiveBase, Dialect::Quantum, Dialect::Unpooled] {
            let test = alone(dialect, &a, &b).expect("exists");
            let other = alone(dialect, &scaled(&a, c), &scaled(&b, c)).expect("exists");
            close(other.statistic, test.statistic);
            close(other.freedom, test.freedom);
        }
    }
    let z = |c| alone(Dialect::Spss, &scaled(&a, c), &scaled(&b, c)).expect("exists").statistic;
    close(z(4.0), 2.0 * z(1.0));
    let mean = |c: f64| MeanSide {
        mean: 3.75,
        spread: c * 442.5,
        weight: c * 120.0,
        squares: c * c * 140.0,
    };
    let against = |c: f64| MeanSide { mean: 3.0, ..mean(c) };
    for dialect in [Dialect::EffectiveBase, Dialect::Quantum, Dialect::Unpooled] {
        let test = |c| dialect.means(&mean(c), &against(c), Overlap::NONE).expect("exists");
        close(test(1e4).statistic, test(1.0).statistic);
        close(test(1e4).freedom, test(1.0).freedom);
    }
}

/// A larger overlap of like answers leaves less to chance; of unlike ones, more.
#[test]
fn the_overlap_narrows_or_widens() {
    let (a, b) = weighted();
    let se = |n: u64, z: f64| {
        let both = Overlap { n, weight: n as f64, squares: n as f64, correlation: z };
        Dialect::EffectiveBase.shares(&a, &b, both).expect("exists").se
    };
    assert!(se(40, 1.0) < se(20, 1.0) && se(20, 1.0) < se(0, 1.0));
    assert!(se(20, -0.5) > se(20, 0.0));
    close(se(20, 0.0), se(0, 1.0));
}

#[test]
fn names() {
    let names = ColumnMethod::ALL.map(ColumnMethod::name);
    assert_eq!(names, ["design", "effective_base", "quantum", "spss", "unpooled"]);
    let dialects: Vec<Dialect> =
        ColumnMethod::ALL.into_iter().filter_map(ColumnMethod::dialect).collect();
    assert_eq!(dialects, SUMS);
    assert_eq!(ColumnMethod::default(), ColumnMethod::Design);
    let heed = ColumnMethod::ALL.map(ColumnMethod::heeds_overlap);
    assert_eq!(heed, [true, true, true, false, false]);
}
