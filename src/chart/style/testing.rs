//! How colours look to readers: contrast, and distance in normal and in deficient colour
//! vision. From the published formulas, for the tests of the palette only.
//!
//! Takes colours of a screen (sRGB, IEC 61966-2-1), gives ratios and distances. Knows no
//! chart.

use super::Colour;

/// Three numbers of a colour: linear red, green, blue, or L*, a*, b*.
pub(super) type Triple = [f64; 3];

/// The kinds of colour vision in which colours are compared, each as a matrix on linear red,
/// green and blue: normal, and the complete lack of one kind of cone (Machado, Oliveira and
/// Fernandes 2009, "A physiologically-based model for simulation of color vision
/// deficiency", the authors' table for severity 1.0).
pub(super) const VISIONS: [(&str, [Triple; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// From linear red, green and blue to X, Y, Z under D65 (IEC 61966-2-1).
const TO_XYZ: [Triple; 3] = [
    [0.412_456_4, 0.357_576_1, 0.180_437_5],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9, 0.119_192_0, 0.950_304_1],
];

/// X, Y, Z of white under D65, 2 degree observer.
const WHITE_POINT: Triple = [0.950_47, 1.0, 1.088_83];

fn times(matrix: &[Triple; 3], v: Triple) -> Triple {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

/// The light of each channel, 0 to 1.
fn linear(colour: Colour) -> Triple {
    [colour.0, colour.1, colour.2].map(|byte| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    })
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour| {
        let [r, g, b] = linear(colour);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if a > b { a / b } else { b / a }
}

/// CIE 1976 L*, a*, b* of linear red, green and blue (CIE 15:2004, 8.2.1).
fn lab(light: Triple) -> Triple {
    let root = |t: f64| {
        let delta: f64 = 6.0 / 29.0;
        if t > delta * delta * delta {
            libm::cbrt(t)
        } else {
            t / (3.0 * delta * delta) + 4.0 / 29.0
        }
    };
    let [x, y, z] = times(&TO_XYZ, light);
    let [x, y, z] =
        [root(x / WHITE_POINT[0]), root(y / WHITE_POINT[1]), root(z / WHITE_POINT[2])];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The least CIEDE2000 distance of two colours in any of the kinds of vision, and which.
pub(super) fn distance(one: Colour, other: Colour) -> (f64, &'static str) {
    let seen = |matrix, colour| lab(times(matrix, linear(colour)).map(|c| c.clamp(0.0, 1.0)));
    let distances = VISIONS
        .iter()
        .map(|(name, matrix)| (ciede2000(seen(matrix, one), seen(matrix, other)), *name));
    distances.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

/// CIEDE2000 with all weights 1 (Sharma, Wu and Dalal 2005, "The CIEDE2000 color-difference
/// formula: implementation notes", equations 2 to 22).
pub(super) fn ciede2000([l1, a1, b1]: Triple, [l2, a2, b2]: Triple) -> f64 {
    let seventh = |c: f64| {
        let power = libm::pow(c, 7.0);
        (power / (power + libm::pow(25.0, 7.0))).sqrt()
    };
    // Equations 2 to 7: chroma and hue, with a* stretched where colours are pale.
    let pale = 0.5 * (1.0 - seventh(f64::midpoint(libm::hypot(a1, b1), libm::hypot(a2, b2))));
    let (a1, a2) = ((1.0 + pale) * a1, (1.0 + pale) * a2);
    let (c1, c2) = (libm::hypot(a1, b1), libm::hypot(a2, b2));
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    // Equations 8 to 11: the differences.
    let (lightness, chroma) = (l2 - l1, c2 - c1);
    let hues = 2.0 * (c1 * c2).sqrt() * sine(turn(h1, h2, c1 * c2) / 2.0);
    // Equations 12 to 21: what they weigh around their means.
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let h = mean_hue(h1, h2, c1 * c2);
    let t =
        1.0 - 0.17 * cosine(h - 30.0) + 0.24 * cosine(2.0 * h) + 0.32 * cosine(3.0 * h + 6.0)
            - 0.20 * cosine(4.0 * h - 63.0);
    let off = (h - 275.0) / 25.0;
    let rotation = -sine(60.0 * libm::exp(-off * off)) * 2.0 * seventh(c);
    let from_middle = (l - 50.0) * (l - 50.0);
    let lightness = lightness / (1.0 + 0.015 * from_middle / (20.0 + from_middle).sqrt());
    let chroma = chroma / (1.0 + 0.045 * c);
    let hues = hues / (1.0 + 0.015 * c * t);
    // Equation 22.
    (lightness * lightness + chroma * chroma + hues * hues + rotation * chroma * hues).sqrt()
}

fn sine(degrees: f64) -> f64 {
    libm::sin(degrees.to_radians())
}

fn cosine(degrees: f64) -> f64 {
    libm::cos(degrees.to_radians())
}

/// Equation 7: the angle of a hue, 0 to 360 degrees; 0 for grey.
fn hue(a: f64, b: f64) -> f64 {
    if a == 0.0 && b == 0.0 { 0.0 } else { libm::atan2(b, a).to_degrees().rem_euclid(360.0) }
}

/// Equation 10: from one hue to another the short way; 0 if one is grey.
fn turn(from: f64, to: f64, chromas: f64) -> f64 {
    match to - from {
        _ if chromas == 0.0 => 0.0,
        wide if wide > 180.0 => wide - 360.0,
        wide if wide < -180.0 => wide + 360.0,
        near => near,
    }
}

/// Equation 14: the mean of two hues; their sum if one is grey, whose hue is 0.
fn mean_hue(one: f64, other: f64, chromas: f64) -> f64 {
    let sum = one + other;
    match (one - other).abs() {
        _ if chromas == 0.0 => sum,
        near if near <= 180.0 => sum / 2.0,
        _ if sum < 360.0 => f64::midpoint(sum, 360.0),
        _ => f64::midpoint(sum, -360.0),
    }
}

/// Pairs of Sharma, Wu and Dalal 2005, table 1: two colours and their distance.
const PUBLISHED: [(Triple, Triple, f64); 16] = [
    ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
    ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
    ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
    ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
    ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
    ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
    ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
    ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
    ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
    ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
    ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
];

#[test]
fn distances_are_those_published() {
    for (one, other, expected) in PUBLISHED {
        for found in [ciede2000(one, other), ciede2000(other, one)] {
            assert!((found - expected).abs() < 0.5e-4, "{one:?} {other:?}: {found}");
        }
    }
}

#[test]
fn grey_stays_grey_in_every_vision() {
    for (name, matrix) in VISIONS {
        for part in times(&matrix, [0.5; 3]) {
            assert!((part - 0.5).abs() < 1e-5, "{name}: {part}");
        }
    }
    // Red and green of one lightness are told apart by cones that a protanope lacks.
    let (red, green) = (Colour(0xA0, 0x60, 0x20), Colour(0x60, 0x78, 0x20));
    assert!(distance(red, green).0 < ciede2000(lab(linear(red)), lab(linear(green))) / 2.0);
}

#[test]
fn white_and_black_are_the_ends() {
    let (white, black) = (Colour(255, 255, 255), Colour(0, 0, 0));
    assert!((contrast(white, black) - 21.0).abs() < 1e-9);
    let [l, a, b] = lab(linear(white));
    assert!((l - 100.0).abs() < 1e-4 && a.abs() < 0.02 && b.abs() < 0.02, "{l} {a} {b}");
}
