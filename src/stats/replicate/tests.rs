//! Figures of R survey 4.5, and properties that hold for any data.

use super::*;
use crate::stats::multistage::{Multistage, Stage};
use crate::stats::variance::SingleUnit;

/// Sixteen records in eight units of two, two units to a stratum.
const STRATA: [u32; 16] = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4];
const UNITS: [u32; 16] = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8];
const W: [f64; 16] =
    [3.0, 5.0, 2.0, 4.0, 6.0, 3.0, 5.0, 5.0, 2.0, 7.0, 4.0, 3.0, 6.0, 2.0, 5.0, 4.0];
const Y: [f64; 16] =
    [12.0, 7.0, 9.0, 15.0, 4.0, 11.0, 8.0, 6.0, 13.0, 10.0, 5.0, 14.0, 3.0, 9.0, 16.0, 8.0];
const X: [f64; 16] =
    [4.0, 3.0, 5.0, 6.0, 2.0, 5.0, 3.0, 4.0, 6.0, 2.0, 3.0, 7.0, 1.0, 4.0, 5.0, 3.0];
/// Stratum 4 is in the sample with both its units.
const SIZES: [f64; 16] =
    [10.0, 10.0, 10.0, 10.0, 5.0, 5.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 2.0, 2.0, 2.0, 2.0];

fn stage(strata: &[u32]) -> Stage<'_> {
    Stage { strata, units: &UNITS, population: None }
}

fn with_sizes<'a>(strata: &'a [u32], sizes: &'a [f64]) -> Stage<'a> {
    Stage { population: Some(sizes), ..stage(strata) }
}

fn jk1() -> Replicates {
    Replicates::jk1(&stage(&[1; 16])).expect("one stratum")
}

fn jkn() -> Replicates {
    Replicates::jkn(&stage(&STRATA), SingleUnit::Fail).expect("two units each")
}

fn brr(rho: f64) -> Replicates {
    Replicates::brr(&stage(&STRATA), rho).expect("pairs")
}

/// Mean and total of y, ratio of y to x, and the least y that 40 % of the weight reach.
fn statistics(weights: &[f64]) -> Vec<f64> {
    let sum = |of: &[f64]| weights.iter().zip(of).map(|(w, y)| w * y).sum::<f64>();
    let (total, all) = (sum(&Y), weights.iter().sum::<f64>());
    let mut sorted: Vec<(f64, f64)> = Y.into_iter().zip(weights.iter().copied()).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut below = 0.0;
    let reaches = |(_, w): &&(f64, f64)| {
        below += w;
        below >= 0.4 * all - 1e-9
    };
    let quantile = sorted.iter().find(reaches).map_or(f64::NAN, |(y, _)| *y);
    vec![total / all, total, total / sum(&X), quantile]
}

/// The values of a statistic at each replicate.
fn by_replicate(
    replicates: &Replicates,
    base: &[f64],
    statistic: impl Fn(&[f64]) -> Vec<f64>,
) -> Vec<Vec<f64>> {
    let mut weights = Vec::new();
    let at = |r| {
        replicates.weights(r, base, &mut weights);
        statistic(&weights)
    };
    (0..replicates.len()).map(at).collect()
}

/// The variances of the four statistics, and the degrees of freedom.
fn figures(replicates: &Replicates) -> [f64; 5] {
    let values = by_replicate(replicates, &W, statistics);
    let matrix = replicates.covariance(&statistics(&W), &values).expect("they exist");
    let variance = |k| matrix.at(k, k);
    let freedom = replicates.freedom(&W, None).expect("all have weights");
    [variance(0), variance(1), variance(2), variance(3), freedom]
}

fn close(got: &[f64], want: &[f64]) {
    let near = |(got, want): (&f64, &f64)| (got - want).abs() <= 1e-12 * want.abs();
    assert!(got.len() == want.len() && got.iter().zip(want).all(near), "{got:?} not {want:?}");
}

/// `as.svrepdesign(svydesign(~u, strata = ~s, weights = ~w), type = ...)`, `mse = FALSE`.
#[test]
fn made_as_in_r() {
    let jk1_of_20 = Replicates::jk1(&with_sizes(&[1; 16], &[20.0; 16])).expect("one stratum");
    let sized = with_sizes(&STRATA, &SIZES);
    let jkn_sized = Replicates::jkn(&sized, SingleUnit::Fail).expect("two units each");
    let want = [
        (
            jk1(),
            [
                1.051_785_885_230_77,
                4_381.142_857_142_86,
                0.047_920_039_899_292_6,
                1.640_625,
                7.0,
            ],
        ),
        (
            jk1_of_20,
            [
                0.631_071_531_138_463,
                2_628.685_714_285_71,
                0.028_752_023_939_575_6,
                0.984_375,
                7.0,
            ],
        ),
        (jkn(), [1.242_186_836_123_46, 7_150.0, 0.058_415_943_351_145_3, 1.937_5, 4.0]),
        (jkn_sized, [0.160_414_438_542_317, 1_007.6, 0.038_863_074_291_080_2, 0.537_5, 3.0]),
        (brr(0.0), [1.241_576_164_004_04, 7_150.0, 0.062_147_503_060_003_4, 1.75, 4.0]),
        (
            brr(0.3),
            [1.239_815_443_845_07, 7_150.0, 0.060_532_309_550_431_8, 2.264_030_612_244_9, 4.0],
        ),
    ];
    for (replicates, want) in want {
        close(&figures(&replicates), &want);
    }
}

/// The same with `mse = TRUE`.
#[test]
fn about_the_full_estimate() {
    let want = [
        (
            jk1(),
            [1.051_819_596_007_27, 4_381.142_857_142_86, 0.047_921_579_177_842_4, 2.625, 7.0],
        ),
        (jkn(), [1.242_226_430_381_34, 7_150.0, 0.058_416_241_399_680_3, 3.5, 4.0]),
        (brr(0.0), [1.241_736_883_881_11, 7_150.0, 0.062_151_456_673_858_9, 2.75, 4.0]),
        (
            brr(0.3),
            [1.239_893_600_348_1, 7_150.0, 0.060_533_701_304_110_7, 3.826_530_612_244_9, 4.0],
        ),
    ];
    for (replicates, want) in want {
        close(&figures(&replicates.with_mse(true)), &want);
    }
}

/// Strata of 4, 4 and 8 records: two units, two, and four, which R takes as two pairs and
/// gives the first rows of the matrix.
#[test]
fn four_units_are_two_pairs() {
    let strata = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3];
    let split = Replicates::brr(&stage(&strata), 0.0).expect("pairs");
    let want = [1.226_918_673_553_37, 7_150.0, 0.061_226_848_707_635_3, 2.5, 4.0];
    close(&figures(&split), &want);
}

/// Strata of one unit, three and four, under each `survey.lonely.psu`.
#[test]
fn single_units_as_in_r() {
    let strata = [1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3];
    let made = |single| Replicates::jkn(&stage(&strata), single);
    let certainty = [
        1.215_929_873_990_3,
        4_991.666_666_666_67,
        0.040_331_342_865_032_4,
        1.227_891_156_462_58,
        5.0,
    ];
    let average = [
        1.389_634_141_703_2,
        5_704.761_904_761_9,
        0.046_092_963_274_322_8,
        1.403_304_178_814_38,
        5.0,
    ];
    let adjust = [
        1.216_014_076_371_72,
        25_025.772_135_416_7,
        0.040_507_642_616_588_2,
        1.338_541_666_666_67,
        6.0,
    ];
    let want = [
        (SingleUnit::Certainty, certainty),
        (SingleUnit::Remove, certainty),
        (SingleUnit::Average, average),
        (SingleUnit::Adjust, adjust),
    ];
    for (single, want) in want {
        close(&figures(&made(single).expect("a choice was made")), &want);
    }
    let failed = made(SingleUnit::Fail).expect_err("no choice");
    assert_eq!(failed, ReplicateError::SingleUnits(vec![1]));
}

/// Six records with four replicates.
const BASE: [f64; 6] = [10.0, 12.0, 9.0, 11.0, 8.0, 14.0];
const SCORES: [f64; 6] = [3.0, 7.0, 1.0, 8.0, 5.0, 6.0];
const FACTORS: [[f64; 6]; 4] = [
    [0.0, 2.0, 1.0, 1.5, 0.5, 1.0],
    [2.0, 0.0, 0.5, 1.0, 1.5, 1.0],
    [1.0, 1.0, 2.0, 0.0, 1.0, 0.5],
    [0.5, 1.5, 0.0, 2.0, 1.0, 1.0],
];

fn columns() -> Vec<Vec<f64>> {
    let times = |column: &[f64; 6]| column.iter().zip(BASE).map(|(f, w)| f * w).collect();
    FACTORS.iter().map(times).collect()
}

fn factors(kind: Kind) -> Given {
    let columns = FACTORS.iter().map(|column| column.to_vec()).collect();
    Given { combined: false, ..Given::new(kind, columns) }
}

/// The variances of total and mean.
fn variances(given: Given) -> [f64; 2] {
    let statistic = |weights: &[f64]| {
        let total: f64 = weights.iter().zip(SCORES).map(|(w, y)| w * y).sum();
        vec![total, total / weights.iter().sum::<f64>()]
    };
    let replicates = Replicates::given(given).expect("good weights");
    let values = by_replicate(&replicates, &BASE, statistic);
    let matrix = replicates.covariance(&statistic(&BASE), &values).expect("they exist");
    [matrix.at(0, 0), matrix.at(1, 1)]
}

/// `svrepdesign(weights = ~w, repweights = ..., type = ...)`, combined.
#[test]
fn given_as_in_r() {
    let plain = |kind| Given::new(kind, columns());
    let other = [33_293.187_5, 4.517_266_410_877_01];
    let want = [
        (Kind::Brr, [8_323.296_875, 1.129_316_602_719_25]),
        (Kind::Fay { rho: 0.4 }, [23_120.269_097_222_2, 3.136_990_563_109_04]),
        (Kind::Jk1, [24_969.890_625, 3.387_949_808_157_76]),
        (Kind::Bootstrap { average: 1.0 }, [11_097.729_166_666_7, 1.505_755_470_292_34]),
        (Kind::Bootstrap { average: 3.0 }, other),
        (Kind::Acs, [33_443.25, 4.573_709_568_011_24]),
        (Kind::SuccessiveDifference, other),
        (Kind::Jk2, other),
        (Kind::Other, other),
    ];
    for (kind, want) in want {
        close(&variances(plain(kind)), &want);
    }
    let mse = Given { mse: Some(true), ..plain(Kind::Brr) };
    close(&variances(mse), &[8_360.812_5, 1.143_427_392_002_81]);
}

/// The same with `combined.weights = FALSE`: jackknife scales are guessed from the weights.
#[test]
fn given_factors_as_in_r() {
    let half = [16_646.593_75, 2.258_633_205_438_51];
    close(&variances(factors(Kind::Jk1)), &half);
    close(&variances(factors(Kind::Jkn)), &half);
    close(&variances(factors(Kind::Brr)), &[8_323.296_875, 1.129_316_602_719_25]);
}

/// The same with `scale = 0.7, rscales = c(0.5, 0, 0.8, 0.3)`: a replicate whose rscale is
/// zero is not in the mean either.
#[test]
fn given_scales_as_in_r() {
    let scaled = |kind, mse| Given {
        scale: Some(0.7),
        rscales: Some(vec![0.5, 0.0, 0.8, 0.3]),
        mse: Some(mse),
        ..Given::new(kind, columns())
    };
    for kind in [Kind::Jk1, Kind::Bootstrap { average: 1.0 }, Kind::Other] {
        close(&variances(scaled(kind, false)), &[13_946.24, 1.858_674_844_711_81]);
        close(&variances(scaled(kind, true)), &[12_687.92, 1.665_773_027_852_92]);
    }
    close(&variances(scaled(Kind::Brr, false)), &[4_980.8, 0.663_812_444_539_931]);
    let fixed = scaled(Kind::SuccessiveDifference, true);
    close(&variances(fixed), &[33_443.25, 4.573_709_568_011_24]);
    assert!(Kind::Other.uses_scale() && Kind::Brr.uses_rscales());
    assert!(!Kind::Brr.uses_scale() && !Kind::Acs.uses_rscales());
}

/// The same with `rscales` of each, `rscales = 0.6`, and `fpc = c(.1, .2, .3, .4)`.
#[test]
fn given_rscales_and_corrections_as_in_r() {
    let with = |kind, rscales, correction| Given {
        rscales,
        correction,
        ..Given::new(kind, columns())
    };
    let each = with(Kind::Jkn, Some(vec![0.5, 0.5, 0.8, 0.3]), None);
    close(&variances(each), &[19_499.820_312_5, 2.598_038_214_035_46]);
    let one = with(Kind::Jkn, Some(vec![0.6]), None);
    close(&variances(one), &[19_975.912_5, 2.710_359_846_526_21]);
    let corrected = with(Kind::Jk1, None, Some(vec![0.9, 0.8, 0.7, 0.6]));
    close(&variances(corrected), &[17_655.053_906_25, 2.367_389_498_160_47]);
}

/// A fifth column that is the sum of two, but for 1e-4 or 1e-3 in the first record.
#[test]
fn freedom_of_given_weights_as_in_r() {
    let freedom = |away: Option<f64>| {
        let mut columns = columns();
        if let Some(away) = away {
            let (first, second) = (&columns[0], &columns[1]);
            let mut sum: Vec<f64> = first.iter().zip(second).map(|(a, b)| a + b).collect();
            sum[0] += away;
            columns.push(sum);
        }
        Replicates::given(Given::new(Kind::Other, columns)).expect("good weights")
    };
    let wanted = [(None, 3.0), (Some(0.0), 3.0), (Some(1e-4), 3.0), (Some(1e-3), 4.0)];
    for (away, want) in wanted {
        assert_eq!(freedom(away).freedom(&BASE, None), Some(want), "{away:?}");
    }
    let two = [true, false, true, false, false, false];
    assert_eq!(freedom(None).freedom(&BASE, Some(&two)), Some(1.0));
    assert_eq!(freedom(None).freedom(&BASE, Some(&[false; 6])), None);
    let told = Given { freedom: Some(2.5), ..factors(Kind::Brr) };
    let told = Replicates::given(told).expect("good weights");
    assert_eq!(told.freedom(&BASE, Some(&two)), Some(2.5));
}

#[test]
fn units_without_weight_are_not_there() {
    let mut base = W;
    base[14..].fill(0.0);
    let without: Vec<bool> = (0..16).map(|record| record < 14).collect();
    for made in [jk1(), jkn(), brr(0.0)] {
        assert_eq!(made.freedom(&base, None), made.freedom(&W, Some(&without)));
    }
    assert_eq!(jk1().freedom(&base, None), Some(6.0));
}

/// What follows from which units are there is the rank of the weights themselves.
#[test]
fn freedom_of_a_domain_is_the_rank() {
    let domains: [fn(usize) -> bool; 4] =
        [|_| true, |record| record > 1, |record| record % 4 < 2, |record| record > 9];
    let strata = [1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3];
    let lonely = |single| Replicates::jkn(&stage(&strata), single).expect("a choice was made");
    let adjusted = lonely(SingleUnit::Adjust);
    let draw = |draw| Replicates::bootstrap(&stage(&STRATA), draw, 6, 3).expect("two each");
    let drawn = draw(Draw::CantyDavison);
    for made in [jk1(), jkn(), brr(0.2), lonely(SingleUnit::Remove), adjusted, drawn] {
        let columns = by_replicate(&made, &W, <[f64]>::to_vec);
        let given = Replicates::given(Given::new(Kind::Other, columns)).expect("good weights");
        for inside in domains {
            let domain: Vec<bool> = (0..16).map(inside).collect();
            assert_eq!(
                made.freedom(&W, Some(&domain)),
                given.freedom(&W, Some(&domain)),
                "{made:?} {domain:?}"
            );
        }
    }
}

/// The Taylor variance of a total.
fn taylor(stage: Stage<'_>) -> f64 {
    let z: Vec<f64> = W.iter().zip(Y).map(|(w, y)| w * y).collect();
    Multistage::new(&[stage]).covariance(&z, &z, SingleUnit::Fail).expect("no singles")
}

#[test]
fn a_total_has_the_variance_of_linearisation() {
    let total = |replicates: &Replicates| figures(replicates)[1];
    let sized = with_sizes(&STRATA, &SIZES);
    let jkn_sized = Replicates::jkn(&sized, SingleUnit::Fail).expect("two units each");
    for (replicates, stage) in [
        (jk1(), stage(&[1; 16])),
        (jkn(), stage(&STRATA)),
        (jkn_sized, sized),
        (brr(0.0), stage(&STRATA)),
        (brr(0.6).with_mse(true), stage(&STRATA)),
    ] {
        close(&[total(&replicates)], &[taylor(stage)]);
    }
}

/// The numbers of pairs whose matrix is not R's: of order 28, or doubled from it.
#[test]
fn a_total_does_not_depend_on_the_matrix() {
    for pairs in [24, 25, 26, 27, 48, 55, 108] {
        let units: Vec<u32> = (0..2 * pairs).collect();
        let strata: Vec<u32> = units.iter().map(|unit| unit / 2).collect();
        let z: Vec<f64> = units.iter().map(|unit| f64::from(unit * unit % 23)).collect();
        let stage = Stage { strata: &strata, units: &units, population: None };
        let linear =
            Multistage::new(&[stage]).covariance(&z, &z, SingleUnit::Fail).expect("no singles");
        let total = |weights: &[f64]| vec![weights.iter().sum()];
        for rho in [0.0, 0.3] {
            let replicates = Replicates::brr(&stage, rho).expect("pairs");
            let values = by_replicate(&replicates, &z, total);
            let got = replicates.covariance(&total(&z), &values).expect("they exist");
            close(&[got.at(0, 0)], &[linear]);
        }
    }
}

#[test]
fn the_bootstrap_comes_near_linearisation() {
    let made = |stage: &Stage<'_>, draw, seed| {
        Replicates::bootstrap(stage, draw, 4_000, seed).expect("two units each")
    };
    let strata: Vec<u32> = STRATA.iter().map(|code| code.div_ceil(2)).collect();
    let (plain, sized) = (stage(&strata), with_sizes(&strata, &[20.0; 16]));
    // Twenty copies have a variance of 20/19 of what the formula takes for it.
    for (draw, design, copies) in [
        (Draw::RaoWu, plain, 1.0),
        (Draw::CantyDavison, plain, 1.0),
        (Draw::CantyDavison, sized, 20.0 / 19.0),
    ] {
        let ratio = figures(&made(&design, draw, 1))[1] / (copies * taylor(design));
        assert!((ratio - 1.0).abs() < 0.07, "{draw:?} {ratio}");
    }
    let first = |seed| {
        let mut out = Vec::new();
        made(&plain, Draw::RaoWu, seed).factors(0, &mut out);
        out
    };
    assert_eq!(first(1), first(1));
    assert_ne!(first(1), first(2));
    let scales = [Draw::RaoWu, Draw::CantyDavison].map(|draw| made(&plain, draw, 1).scale());
    close(&scales, &[1.0 / 3_999.0, 4.0 / 3.0 / 3_999.0]);
}

/// The draws of a seed must never change: published figures rest on them.
#[test]
fn the_bootstrap_of_a_seed_is_fixed() {
    let drawn = |draw| {
        let stage = with_sizes(&STRATA, &SIZES);
        let replicates = Replicates::bootstrap(&stage, draw, 2, 2_024).expect("two units each");
        let mut out = Vec::new();
        replicates.factors(1, &mut out);
        out
    };
    close(&drawn(Draw::RaoWu), &[2.0, 0.0, 2.0, 0.0, 0.0, 2.0, 2.0, 0.0]);
    close(&drawn(Draw::CantyDavison), &[0.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn designs_that_have_no_replicates() {
    let error = |made: Result<Replicates, ReplicateError>| made.expect_err("no replicates");
    let complete = [2.0; 16];
    let whole = Replicates::jkn(&with_sizes(&STRATA, &complete), SingleUnit::Fail);
    assert_eq!(error(whole), ReplicateError::WholePopulation);
    let drawn =
        |sizes| Replicates::bootstrap(&with_sizes(&STRATA, sizes), Draw::CantyDavison, 9, 1);
    assert_eq!(error(drawn(&complete)), ReplicateError::WholePopulation);
    assert_eq!(error(Replicates::jk1(&stage(&STRATA))), ReplicateError::Stratified(4));
    let uneven = [1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3];
    let halves = Replicates::brr(&stage(&uneven), 0.0);
    assert_eq!(error(halves), ReplicateError::SingleUnits(vec![1]));
    let odd = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
    let halves = Replicates::brr(&stage(&odd), 0.0);
    assert_eq!(error(halves), ReplicateError::NotPaired(vec![1, 2]));
    let halves = Replicates::brr(&stage(&STRATA), 1.0);
    assert_eq!(error(halves), ReplicateError::Rho(Some(1.0)));
    let drawn = |n| Replicates::bootstrap(&stage(&uneven), Draw::RaoWu, n, 1);
    assert_eq!(error(drawn(1)), ReplicateError::TooFewReplicates(1));
    assert_eq!(error(drawn(9)), ReplicateError::SingleUnits(vec![1]));
    let one = [1; 16];
    let alone = Stage { units: &one, ..stage(&one) };
    assert_eq!(error(Replicates::jk1(&alone)), ReplicateError::SingleUnits(vec![1]));
}

#[test]
fn given_weights_that_are_wrong() {
    let error = |given: Given| Replicates::given(given).expect_err("wrong");
    let plain = |kind| Given::new(kind, columns());
    assert_eq!(error(Given::new(Kind::Brr, Vec::new())), ReplicateError::Empty);
    for weight in [-1.0, f64::NAN, f64::INFINITY] {
        let mut columns = columns();
        columns[2][4] = weight;
        let wrong = ReplicateError::Weight { replicate: 2, record: 4 };
        assert_eq!(error(Given::new(Kind::Brr, columns)), wrong);
    }
    let mut short = columns();
    short[1].pop();
    let length = ReplicateError::Length { want: 6, got: 5 };
    assert_eq!(error(Given::new(Kind::Brr, short)), length);
    assert_eq!(error(plain(Kind::Jkn)), ReplicateError::NoRscales);
    assert_eq!(error(plain(Kind::Fay { rho: -0.1 })), ReplicateError::Rho(Some(-0.1)));
    let rscales = |rscales| error(Given { rscales: Some(rscales), ..plain(Kind::Jkn) });
    assert_eq!(rscales(vec![0.5; 3]), ReplicateError::Length { want: 4, got: 3 });
    assert_eq!(rscales(vec![0.5, 0.5, -0.5, 0.5]), ReplicateError::Scale);
    assert_eq!(rscales(vec![0.0]), ReplicateError::Scale);
    let scale = Given { scale: Some(f64::NAN), ..plain(Kind::Other) };
    assert_eq!(error(scale), ReplicateError::Scale);
    let correction = |kind, one| error(Given { correction: Some(vec![one; 4]), ..plain(kind) });
    assert_eq!(correction(Kind::Brr, 0.5), ReplicateError::NoCorrection);
    assert_eq!(correction(Kind::Jk1, 1.5), ReplicateError::Scale);
    let freedom = Given { freedom: Some(0.0), ..plain(Kind::Brr) };
    assert_eq!(error(freedom), ReplicateError::Freedom(0.0));
}

#[test]
fn beyond_the_last_replicate_is_nothing() {
    let given = Replicates::given(factors(Kind::Brr)).expect("good weights");
    for replicates in [jk1(), jkn(), brr(0.0), given] {
        let mut out = vec![1.0];
        replicates.weights(replicates.len(), &W, &mut out);
        assert!(out.is_empty());
    }
}

#[test]
fn kinds_by_name() {
    assert_eq!(Kind::named("JKn", None), Ok(Kind::Jkn));
    assert_eq!(Kind::named("Fay", Some(0.5)), Ok(Kind::Fay { rho: 0.5 }));
    assert_eq!(Kind::named("Fay", None), Err(ReplicateError::Rho(None)));
    let unknown = Err(ReplicateError::UnknownKind("jkn".to_owned()));
    assert_eq!(Kind::named("jkn", None), unknown);
}

#[test]
fn a_statistic_that_does_not_exist_everywhere() {
    let replicates = brr(0.0);
    let mut values = by_replicate(&replicates, &W, statistics);
    values[3][2] = f64::NAN;
    values[5][0] = f64::INFINITY;
    let full = statistics(&W);
    let got = replicates.covariance(&full, &values);
    assert_eq!(got, Err(ReplicateError::Undefined(2)));
    let got = replicates.covariance(&[f64::NAN; 4], &values);
    assert_eq!(got, Err(ReplicateError::NoEstimate));
    let got = replicates.covariance(&full, &values[1..]);
    assert_eq!(got, Err(ReplicateError::Length { want: 8, got: 7 }));
    let mut fold = replicates.fold(&full);
    fold.add(0, &values[0]);
    assert_eq!(fold.covariance(), Err(ReplicateError::NotAdded { want: 8, got: 1 }));
}

#[test]
fn the_same_value_everywhere_has_no_variance() {
    let replicates = jkn();
    let matrix = replicates.covariance(&[0.3], &vec![vec![0.1]; 8]).expect("they exist");
    assert_eq!(matrix.at(0, 0).to_bits(), 0.0_f64.to_bits());
    let values = by_replicate(&replicates, &W, statistics);
    let matrix = replicates.covariance(&statistics(&W), &values).expect("they exist");
    assert_eq!(matrix, matrix.transposed());
    assert!(matrix.at(0, 1) > 0.0);
}

#[test]
fn every_error_says_something() {
    let errors = [
        ReplicateError::Weight { replicate: 2, record: 4 },
        ReplicateError::SingleUnits(vec![1, 3]),
        ReplicateError::Undefined(2),
    ];
    let said = errors.map(|error| error.to_string());
    assert_eq!(
        said,
        [
            "replicate weight 3 of record 5 is negative or not a number",
            "2 strata have a single sampling unit",
            "the statistic does not exist at 2 replicates",
        ]
    );
}
