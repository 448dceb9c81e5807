//! The standard normal distribution.
//!
//! Takes a point or a probability, gives the other.

#![allow(clippy::excessive_precision, reason = "coefficients as published")]

use super::{Distribution, probability};

/// Mean 0, variance 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Normal;

impl Distribution for Normal {
    fn cdf(&self, x: f64) -> f64 {
        self.upper(-x)
    }

    /// ½ erfc(x/√2). The rounding of x/√2 alone would cost x² units in the last place,
    /// so its error is carried and taken off to first order.
    fn upper(&self, x: f64) -> f64 {
        /// 1/√2 beyond the digits of the constant in the standard library.
        const ROOT_REST: f64 = -4.833_646_656_726_457e-17;
        let root = core::f64::consts::FRAC_1_SQRT_2;
        let z = x * root;
        if !z.is_finite() {
            return 0.5 * libm::erfc(z);
        }
        let rest = x.mul_add(root, -z) + x * ROOT_REST;
        let slope = core::f64::consts::FRAC_2_SQRT_PI * libm::exp(-z * z);
        0.5 * (libm::erfc(z) - slope * rest)
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        probability(p).map(quantile)
    }

    fn upper_quantile(&self, q: f64) -> Option<f64> {
        probability(q).map(|q| -quantile(q))
    }
}

/// Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution",
/// PPND16: rational approximations of degree 7, relative error about 1e-16.
fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&CENTRE, 0.180_625 - q * q);
    }
    let r = (-libm::log(if q < 0.0 { p } else { 1.0 - p })).sqrt();
    let size = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -size } else { size }
}

/// Numerator and denominator, lowest power first.
type Rational = [[f64; 8]; 2];

fn ratio(of: &Rational, r: f64) -> f64 {
    let [numerator, denominator] =
        of.map(|coefficients| coefficients.iter().rev().fold(0.0, |sum, c| sum * r + c));
    numerator / denominator
}

const CENTRE: Rational = [
    [
        3.387_132_872_796_366_608,
        133.141_667_891_784_377_45,
        1_971.590_950_306_551_442_7,
        13_731.693_765_509_461_125,
        45_921.953_931_549_871_457,
        67_265.770_927_008_700_853,
        33_430.575_583_588_128_105,
        2_509.080_928_730_122_672_7,
    ],
    [
        1.0,
        42.313_330_701_600_911_252,
        687.187_007_492_057_908_30,
        5_394.196_021_424_751_107_7,
        21_213.794_301_586_595_867,
        39_307.895_800_092_710_610,
        28_729.085_735_721_942_674,
        5_226.495_278_852_854_561_0,
    ],
];

const MIDDLE: Rational = [
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        0.241_780_725_177_450_611_77,
        0.022_723_844_989_269_184_583_3,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        0.689_767_334_985_100_004_55,
        0.148_103_976_427_480_074_59,
        0.015_198_666_563_616_457_196_6,
        5.475_938_084_995_344_946_0e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
];

const FAR: Rational = [
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        0.296_560_571_828_504_891_23,
        0.026_532_189_526_576_123_093,
        1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_937_69,
        0.136_929_880_922_735_805_31,
        0.014_875_361_290_850_615_025_0,
        7.868_691_311_456_132_591_0e-4,
        1.846_318_317_510_054_681_80e-5,
        1.421_511_758_316_445_888_70e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
];
