//! Figures of R survey 4.5 on fourteen records, and what is refused.
//!
//! In R: `d <- data.frame(w, y, x, a = factor(A), b = factor(B))` of the columns below and
//! `des <- svydesign(id = ~1, weights = ~w, data = d)`; `pa` and `pb` are data frames of
//! the targets, `ctl <- list(maxit = 5000, epsilon = 1e-15)`. Each test compares the first
//! five weights, the standard errors of `svymean(~y)` and of `svytotal(~y)`.

use super::*;

const W: [f64; 14] = [1.0, 2.0, 1.5, 0.8, 1.2, 2.5, 1.0, 0.6, 1.7, 1.1, 2.2, 0.9, 1.4, 1.3];
const Y: [f64; 14] = [3.0, 7.0, 4.0, 9.0, 5.0, 1.0, 8.0, 6.0, 2.0, 7.0, 5.0, 4.0, 9.0, 3.0];
const X: [f64; 14] =
    [12.0, 30.0, 25.0, 41.0, 18.0, 9.0, 36.0, 27.0, 15.0, 33.0, 22.0, 20.0, 44.0, 14.0];
const A: [u32; 14] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1];
const B: [u32; 14] = [0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1];
const PA: Margin<'static> = Margin { codes: &A, targets: &[30.0, 45.0, 25.0] };
const PB: Margin<'static> = Margin { codes: &B, targets: &[60.0, 40.0] };

/// Stops so late that the figures of R, which does too, agree in all digits.
fn late() -> Limits {
    Limits { tolerance: 1e-14, ..Limits::default() }
}

fn close(got: f64, want: f64) {
    assert!((got - want).abs() <= 1e-11 * want.abs(), "{got} is not {want}");
}

/// The standard error of the total of z under a sample with replacement.
fn error(mut z: Vec<f64>, fits: &[&Fit]) -> f64 {
    for fit in fits {
        fit.remove_from(&mut z);
    }
    let n = crate::stats::count(z.len());
    let mean = z.iter().sum::<f64>() / n;
    let spread: f64 = z.iter().map(|z| (z - mean) * (z - mean)).sum();
    (n / (n - 1.0) * spread).sqrt()
}

/// Compares the first five weights, the standard errors of the mean and of the total.
fn agrees(weights: &[f64], fits: &[&Fit], first: [f64; 5], errors: [f64; 2]) {
    for (got, want) in weights.iter().zip(first) {
        close(*got, want);
    }
    let all: f64 = weights.iter().sum();
    let total: Vec<f64> = weights.iter().zip(Y).map(|(w, y)| w * y).collect();
    let mean = total.iter().sum::<f64>() / all;
    let influence = weights.iter().zip(Y).map(|(w, y)| w * (y - mean) / all);
    close(error(influence.collect(), fits), errors[0]);
    close(error(total, fits), errors[1]);
}

/// `rake(des, list(~a, ~b), list(pa, pb), control = ctl)`
#[test]
fn raking() {
    let step = rake(&W, &[PA, PB], late()).expect("margins");
    let first = [
        6.541_809_686_567_99,
        15.627_660_727_493_1,
        4.592_403_786_870_07,
        3.266_461_922_386_88,
        9.376_596_436_495_88,
    ];
    agrees(&step.weights, &[&step.fit], first, [0.495_915_183_632_411, 49.591_518_363_241_1]);
    assert!(step.worst < 1e-14 && step.rounds > 3, "{} {}", step.worst, step.rounds);
}

/// `postStratify(des, ~a, pa)`
#[test]
fn post_stratification() {
    let step = poststratify(&W, &A, PA.targets, Limits::default()).expect("counts");
    let first = [
        5.660_377_358_490_57,
        12.328_767_123_287_7,
        5.681_818_181_818_18,
        4.528_301_886_792_45,
        7.397_260_273_972_6,
    ];
    agrees(&step.weights, &[&step.fit], first, [0.458_436_533_348_793, 45.843_653_334_879_3]);
}

/// Post-stratification, then raking with the margins the other way round.
fn chain() -> (Step, Step) {
    let post = poststratify(&W, &A, PA.targets, Limits::default()).expect("counts");
    let raked = rake(&post.weights, &[PB, PA], late()).expect("margins");
    (post, raked)
}

/// `ch <- rake(postStratify(des, ~a, pa), list(~b, ~a), list(pb, pa), control = ctl)`,
/// where the total of the weights has a standard error in R's eyes; then
/// `trimWeights(ch, lower = 4, upper = 10.9)` with `strict = FALSE` and `TRUE`.
#[test]
fn chains() {
    let (post, raked) = chain();
    let fits = [&post.fit, &raked.fit];
    let first = [
        6.541_809_686_567_99,
        15.627_660_727_493_1,
        4.592_403_786_870_07,
        3.266_461_922_386_88,
        9.376_596_436_495_88,
    ];
    agrees(&raked.weights, &fits, first, [0.506_129_330_130_975, 50.402_045_010_810_8]);
    let limits = Bounds { lower: 4.0, upper: 10.9 };
    let once = trim(&raked.weights, limits, false).expect("limits");
    let first = [6.807_294_133_710_22, 10.9, 4.857_888_234_012_3, 4.0, 9.642_080_883_638_12];
    agrees(&once.weights, &fits, first, [0.487_557_462_235_934, 44.820_007_226_797_4]);
    assert_eq!((once.trimmed, once.outside, once.lost), (3, 1, None));
    let strict = trim(&raked.weights, limits, true).expect("limits");
    let first = [6.816_784_876_942_11, 10.9, 4.867_378_977_244_19, 4.0, 9.651_571_626_87];
    agrees(&strict.weights, &fits, first, [0.487_960_233_930_6, 44.857_486_443_857_1]);
    assert_eq!((strict.trimmed, strict.outside, strict.lost), (4, 0, None));
}

/// `calibrate(t, ~b + x, c(100, 42, 2500))` of the strictly trimmed weights above: three
/// steps with a trim between, each divided by the weights of its own time.
#[test]
fn calibration_after_trimming() {
    let (post, raked) = chain();
    let limits = Bounds { lower: 4.0, upper: 10.9 };
    let trimmed = trim(&raked.weights, limits, true).expect("limits");
    let ones = [1.0; 14];
    let b = B.map(f64::from);
    let columns = Auxiliaries::by_record(&[&ones, &b, &X]).expect("numbers");
    let totals = [100.0, 42.0, 2500.0];
    let linear = Method::new(Distance::Linear);
    let last = calibrate(&trimmed.weights, &columns, &totals, linear, late());
    let last = last.expect("totals").step;
    let first = [
        6.303_435_760_243_2,
        11.423_444_617_476_1,
        4.840_199_087_099_87,
        4.416_167_011_063_25,
        9.321_517_398_329_7,
    ];
    let fits = [&post.fit, &raked.fit, &last.fit];
    agrees(&last.weights, &fits, first, [0.306_245_429_296_127, 31.845_880_990_280_1]);
}

fn columns() -> Auxiliaries {
    let is = |code: u32| A.map(|a| f64::from(a == code));
    Auxiliaries::by_record(&[&[1.0; 14], &is(1), &is(2), &X]).expect("numbers")
}

fn calibrated(method: Method, first: [f64; 5], errors: [f64; 2]) {
    let totals = [20.0, 7.2, 6.0, 500.0];
    let step = calibrate(&W, &columns(), &totals, method, late()).expect("totals").step;
    agrees(&step.weights, &[&step.fit], first, errors);
    assert!(step.worst < 1e-14, "{}", step.worst);
}

/// `calibrate(des, ~a + x, c(20, 7.2, 6, 500), calfun = "linear", epsilon = 1e-14)`,
/// without and with `bounds = c(0.7, 1.4)`
#[test]
fn linear() {
    let first = [
        1.014_310_180_213_54,
        2.157_692_346_261_87,
        1.536_580_042_570_48,
        1.098_506_530_278_07,
        1.116_441_237_069_87,
    ];
    let free = Method::new(Distance::Linear);
    calibrated(free, first, [0.084_792_896_757_485_4, 1.695_857_935_149_71]);
    let first = [
        1.014_261_414_874_45,
        2.160_787_132_705_76,
        1.539_471_743_315_54,
        1.103_267_271_048_35,
        1.115_318_951_875_93,
    ];
    let bounded = free.within(0.7, 1.4);
    calibrated(bounded, first, [0.084_705_133_778_170_3, 1.694_102_675_563_41]);
}

/// The same with `calfun = "raking"`
#[test]
fn raking_distance() {
    let first = [
        0.994_505_883_916_105,
        2.143_105_100_767_01,
        1.512_193_039_497_96,
        1.106_425_762_561_96,
        1.121_835_631_179_36,
    ];
    let free = Method::new(Distance::Raking);
    calibrated(free, first, [0.084_981_422_873_018_7, 1.699_628_457_460_37]);
    let first = [
        0.992_830_744_292_304,
        2.152_138_144_050_24,
        1.520_156_188_624_67,
        1.12,
        1.118_573_778_620_41,
    ];
    let bounded = free.within(0.7, 1.4);
    calibrated(bounded, first, [0.084_713_939_271_067_9, 1.694_278_785_421_37]);
}

/// The same with `calfun = "logit", bounds = c(0.7, 1.4)`
#[test]
fn logit() {
    let first = [
        1.033_117_615_648_47,
        2.210_964_456_840_6,
        1.566_910_439_300_97,
        1.083_978_979_267_78,
        1.095_402_872_739_22,
    ];
    let bounded = Method::new(Distance::Logit).within(0.7, 1.4);
    calibrated(bounded, first, [0.083_995_437_865_061, 1.679_908_757_301_22]);
}

/// Newton's method doubles the digits at each round, and takes one round more than it must.
#[test]
fn more_digits_than_were_asked_for() {
    let totals = [20.0, 7.2, 6.0, 500.0];
    let method = Method::new(Distance::Logit).within(0.7, 1.4);
    let loose = Limits { tolerance: 1e-4, ..Limits::default() };
    let loose = calibrate(&W, &columns(), &totals, method, loose).expect("totals").step;
    let exact = calibrate(&W, &columns(), &totals, method, late()).expect("totals").step;
    assert!(loose.rounds < exact.rounds && loose.worst < 1e-7, "{}", loose.worst);
}

/// Totals 25 times as large, `calfun = "raking", bounds = c(0.7, 1.4)`: R warns that the
/// "bounds will be interpreted after rescaling by 25.4".
#[test]
fn base_weights_far_from_the_population() {
    let totals = [500.0, 180.0, 150.0, 12_500.0];
    let method = Method::new(Distance::Raking).within(0.7, 1.4);
    let found = calibrate(&W, &columns(), &totals, method, late()).expect("totals");
    let first = [
        24.847_056_167_711_1,
        53.654_324_484_485_2,
        37.872_413_404_131_5,
        27.805_344_481_029_8,
        28.018_192_340_657_1,
    ];
    let step = &found.step;
    agrees(&step.weights, &[&step.fit], first, [0.084_885_296_129_661_9, 42.442_648_064_831_1]);
    assert!((found.scale - 25.4).abs() < 0.05, "{}", found.scale);
    let as_given = Method { rescale: false, ..method };
    let refused = calibrate(&W, &columns(), &totals, as_given, late());
    assert!(matches!(refused, Err(Error::OutOfReach { column: 0, .. })), "{refused:?}");
}

/// Raking and calibration by the raking distance are the same weights; cells of records
/// give what the records themselves give; one margin in two has a column to spare.
#[test]
fn margins_as_columns() {
    let raking = Raking::new(&[PA, PB]).expect("margins");
    let raked = raking.weights(&W, late()).expect("targets");
    let (columns, totals) = Auxiliaries::of_margins(&raking);
    let free = Method::new(Distance::Raking);
    let found = calibrate(&W, &columns, &totals, free, late()).expect("totals");
    for (got, want) in found.step.weights.iter().zip(&raked.weights) {
        close(*got, *want);
    }
    assert_eq!(found.redundant, [4]);
}

/// Raking within bounds of 3.5 and 9. R needs a start within the bounds:
/// `calibrate(d5, ~a + b, c(100, 45, 25, 40), calfun = "raking", bounds = c(0.7, 1.8))`
/// with `d5 <- svydesign(id = ~1, weights = ~I(5 * w), data = d)`.
#[test]
fn raking_within_bounds() {
    let raking = Raking::new(&[PA, PB]).expect("margins");
    let (columns, totals) = Auxiliaries::of_margins(&raking);
    let method = Method::new(Distance::Raking).within(3.5, 9.0);
    let step = calibrate(&W, &columns, &totals, method, late()).expect("totals").step;
    let first = [
        6.715_509_450_068_66,
        16.354_542_418_604_1,
        5.25,
        3.017_796_997_796_44,
        9.812_725_451_162_45,
    ];
    agrees(&step.weights, &[&step.fit], first, [0.475_221_497_496_506, 47.522_149_749_650_6]);
}

/// Bounds of 3 and 7.5, which R's `calibrate` does not get to. Its `optim(method = "BFGS")`
/// on the dual of Deville and Särndal does: the ratios are 115/17 and 7.5 for the first
/// two records, and four records are at a bound.
#[test]
fn bounds_that_undamped_steps_do_not_meet() {
    let raking = Raking::new(&[PA, PB]).expect("margins");
    let (columns, totals) = Auxiliaries::of_margins(&raking);
    let bounds = Bounds { lower: 3.0, upper: 7.5 };
    let method = Method::new(Distance::Raking).within(3.0, 7.5);
    let weights =
        calibrate(&W, &columns, &totals, method, late()).expect("totals").step.weights;
    close(weights[0] / W[0], 115.0 / 17.0);
    close(weights[1] / W[1], 7.5);
    close(share_at_bounds(&weights, &W, bounds).expect("records"), 4.0 / 14.0);
    assert!(largest_gap(&weights, &[PA, PB]).expect("targets").error < 1e-12);
}

/// Sums by cell and records themselves lead to the same residuals.
#[test]
fn residuals_from_sums_by_cell() {
    let step = rake(&W, &[PA, PB], late()).expect("margins");
    let mut residuals = Y;
    step.fit.residuals(&mut residuals);
    let mut sums = vec![0.0; step.fit.count()];
    for ((&cell, importance), y) in step.fit.cells().iter().zip(step.fit.importance()).zip(Y) {
        sums[cell as usize] += importance * y;
    }
    let fitted = step.fit.fitted(&sums);
    for ((&cell, y), residual) in step.fit.cells().iter().zip(Y).zip(residuals) {
        close(y - fitted[cell as usize], residual);
    }
}

/// Replicates have records of weight 0: they keep it, and count for nothing.
#[test]
fn replicate_weights() {
    let mut base = W;
    base[3] = 0.0;
    let refused = rake(&base, &[PA, PB], late());
    assert_eq!(refused.err(), Some(Error::BaseWeight { record: 3, weight: 0.0 }));
    let limits = Limits { zero_weights: true, ..late() };
    let with = rake(&base, &[PA, PB], limits).expect("margins");
    let without = |values: &[u32]| [&values[..3], &values[4..]].concat();
    let (a, b) = (without(&A), without(&B));
    let margins = [Margin { codes: &a, ..PA }, Margin { codes: &b, ..PB }];
    let base = [&W[..3], &W[4..]].concat();
    let alone = rake(&base, &margins, late()).expect("margins");
    close(with.weights[3] + 1.0, 1.0);
    close(with.weights[5], alone.weights[4]);
    let mut residuals = [Y.to_vec(), [&Y[..3], &Y[4..]].concat()];
    with.fit.remove_from(&mut residuals[0]);
    alone.fit.remove_from(&mut residuals[1]);
    close(residuals[0][5], residuals[1][4]);
}

/// Those who prefer not to say keep their share, 2.8 of 19.2 weights.
#[test]
fn no_target_for_some() {
    let codes = [0, 1, 1, 2, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0];
    let mut codes = codes.map(|code| if code == 2 { 0 } else { code });
    (codes[1], codes[3]) = (2, 2);
    let targets = with_share_of_rest(&W, &codes, &[75.0, 25.0]);
    let share = 2.8 / W.iter().sum::<f64>();
    close(targets[2], 100.0 * share);
    close(targets[0], 75.0 * (1.0 - share));
    let step = poststratify(&W, &codes, &targets, Limits::default()).expect("targets");
    close(step.weights[1] + step.weights[3], 100.0 * share);
    let refused = poststratify(&W, &codes, &[75.0, 25.0], Limits::default());
    let error = Error::WithoutTarget { margin: 0, code: 2, records: 2 };
    assert_eq!(refused.err(), Some(error));
}

fn refusal(margins: &[Margin<'_>]) -> Error {
    rake(&W, margins, Limits::default()).expect_err("these margins cannot be met")
}

#[test]
fn margins_that_cannot_be_met() {
    let a = |targets: &'static [f64]| Margin { codes: &A, targets };
    let said: Vec<String> = [
        refusal(&[PB, a(&[30.0, 45.0, 20.0, 5.0])]),
        refusal(&[PB, a(&[30.0, 70.0])]),
        refusal(&[PB, a(&[30.0, 70.0, 0.0])]),
        refusal(&[a(&[30.0, 45.0, 24.0]), PB]),
        refusal(&[PB, a(&[30.0, f64::NAN, 25.0])]),
        refusal(&[Margin { codes: &A[..9], ..PA }, PB]),
        refusal(&[]),
    ]
    .iter()
    .map(Error::to_string)
    .collect();
    assert_eq!(
        said,
        [
            "category 4 of margin 2 has the target 5 but nobody",
            "category 3 of margin 2 has 4 records but no target",
            "category 3 of margin 2 has 4 records but no target",
            "the targets of margin 1 add up to 99, those of the last to 100",
            "category 2 of margin 2 has the target NaN",
            "14 codes where 9 are needed",
            "there are no records to weight",
        ]
    );
}

/// Everybody with code 0 here has code 0 there, and the targets say otherwise.
#[test]
fn margins_that_need_cells_nobody_is_in() {
    let twice = Margin { codes: &B, targets: &[45.0, 55.0] };
    // Left as the second margin wants it: 60 where the first says 45.
    match refusal(&[twice, PB]) {
        Error::RakingNotConverged { rounds: 1000, margin: 0, code: 0, error } => {
            close(error, 15.0 / 45.0);
        }
        other => panic!("{other}"),
    }
}

/// Totals that differ by rounding are those of the last margin, as R has it.
#[test]
fn totals_that_differ_by_rounding() {
    let rounded = Margin { codes: &A, targets: &[30.0, 45.000_01, 25.0] };
    let step = rake(&W, &[rounded, PB], Limits::default()).expect("margins");
    close(step.weights.iter().sum(), 100.0);
}

fn calibration_refusal(columns: &Auxiliaries, totals: &[f64], method: Method) -> String {
    let refused = calibrate(&W, columns, totals, method, Limits::default());
    refused.expect_err("these totals cannot be met").to_string()
}

#[test]
fn totals_that_cannot_be_met() {
    let free = Method::new(Distance::Linear);
    let totals = [20.0, 7.2, 6.0, 500.0];
    let nobody = Auxiliaries::by_record(&[&X, &[0.0; 14]]).expect("numbers");
    let one = Auxiliaries::by_record(&[&W.map(|_| 1.0)]).expect("numbers");
    let said = [
        calibration_refusal(&one, &[24.5], free.within(0.5, 1.25)),
        calibration_refusal(&columns(), &totals, free.within(1.0, 1.0)),
        calibration_refusal(&columns(), &totals, Method::new(Distance::Logit)),
        calibration_refusal(&nobody, &[450.0, 3.0], free),
        calibration_refusal(&nobody, &[450.0, f64::INFINITY], free),
        calibration_refusal(&nobody, &[450.0], free),
    ];
    assert_eq!(
        said,
        [
            "the total of column 1 is 24.5, but within the bounds it can only be between 9.6 \
             and 24",
            "1 and 1 cannot be the bounds of this adjustment",
            "-inf and inf cannot be the bounds of this adjustment",
            "column 2 is zero for everybody but its total is 3",
            "the total of column 2 is inf",
            "1 totals where 2 are needed",
        ]
    );
}

/// Those with code 0 alone would need 6.8 of 5.3, a ratio of 1.283, though every column by
/// itself is within reach. R: "Failed to converge".
#[test]
fn bounds_that_cannot_be_met_together() {
    let totals = [20.0, 7.2, 6.0, 500.0];
    let method = |distance| Method::new(distance).within(0.9, 1.25);
    for distance in [Distance::Linear, Distance::Raking, Distance::Logit] {
        let refused = calibrate(&W, &columns(), &totals, method(distance), Limits::default());
        assert!(matches!(refused, Err(Error::BoundsCannotBeMet { .. })), "{refused:?}");
    }
}

/// A column that follows from others with the total that follows is left out and named.
#[test]
fn a_redundant_column() {
    let columns = Auxiliaries::by_record(&[&[1.0; 14], &X, &X.map(|x| 0.3 * x - 0.1)]);
    let columns = columns.expect("numbers");
    let free = Method::new(Distance::Linear);
    let found = calibrate(&W, &columns, &[20.0, 450.0, 133.0], free, Limits::default());
    assert_eq!(found.expect("totals").redundant, [2]);
    match calibrate(&W, &columns, &[20.0, 450.0, 140.0], free, Limits::default()) {
        Err(error) => assert_eq!(
            error.to_string(),
            "column 3 follows from the ones before it, whose totals imply 133 and not 140"
        ),
        other => panic!("{other:?}"),
    }
}

/// Linear without bounds may go below zero; that is counted, not refused.
#[test]
fn negative_weights_are_a_fact() {
    let columns = Auxiliaries::by_record(&[&[1.0; 14], &X]).expect("numbers");
    let free = Method::new(Distance::Linear);
    let found = calibrate(&W, &columns, &[19.2, 620.0], free, Limits::default());
    let quality = Quality::of(&found.expect("totals").step.weights).expect("weights");
    assert!(quality.negative > 0 && quality.smallest < 0.0 && quality.ratio.is_none());
}

#[test]
fn auxiliaries_have_a_shape() {
    let short = Auxiliaries::by_cell(vec![0, 2], vec![1.0, 2.0, 3.0, 4.0], 2);
    let length = Error::Length { what: "auxiliary values", found: 4, expected: 6 };
    assert_eq!(short, Err(length));
    assert_eq!(Auxiliaries::by_cell(vec![0], vec![], 0), Err(Error::NoRecords));
    let hole = Auxiliaries::by_record(&[&[1.0, 1.0], &[2.0, f64::NAN]]);
    assert_eq!(hole, Err(Error::Auxiliary { column: 1, cell: 1 }));
}

/// Nobody is left to take what is cut off: `trimWeights` warns "trimming failed".
#[test]
fn trimming_that_loses_weight() {
    let all = trim(&[1.0, 5.0], Bounds { lower: 2.0, upper: 3.0 }, true).expect("limits");
    assert_eq!(all.weights, [2.0, 3.0]);
    assert_eq!((all.trimmed, all.lost), (2, Some(1.0)));
    let none = trim(&[1.0, 5.0], Bounds::NONE, true).expect("limits");
    assert_eq!((none.weights, none.trimmed), (vec![1.0, 5.0], 0));
    let crossed = trim(&[1.0], Bounds { lower: 3.0, upper: 2.0 }, true);
    assert_eq!(crossed, Err(Error::Bounds { lower: 3.0, upper: 2.0 }));
}

/// Weights 0.5, 0.5, 1, 1, 1.5, 1.5: n Σw² / W² = 6 · 7 / 36.
#[test]
fn quality_of_weights() {
    let quality = Quality::of(&[0.5, 0.5, 1.0, 1.0, 1.5, 1.5]).expect("weights");
    close(quality.design_effect, 7.0 / 6.0);
    close(quality.efficiency, 6.0 / 7.0);
    close(quality.effective_base, 36.0 / 7.0);
    assert_eq!((quality.records, quality.ratio, quality.negative), (6, Some(3.0), 0));
    assert_eq!(Quality::of(&[]), None);
    assert_eq!(largest_gap(&[1.0], &[]), None);
}
