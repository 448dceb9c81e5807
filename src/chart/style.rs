//! What the pictures look like: colours, type sizes, distances. All lengths in CSS pixels.
//!
//! Every mark stands out from the card by 3:1, every text from its ground by 4.5:1, and
//! colours that meet in a chart are apart in normal and deficient colour vision: the tests
//! say so of every pair. Never draws.

#[cfg(test)]
mod testing;

/// A colour without transparency: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// So much of the other colour, from 0 to 1, and the rest of this one.
    pub(super) fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |one: u8, other: u8| {
            let mixed = f64::from(one) * (1.0 - share) + f64::from(other) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes"
            )]
            let mixed = mixed.round() as u8;
            mixed
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// The card on which everything stands, also in dark surroundings.
pub(super) const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
/// Titles, labels, values, interval marks.
pub(super) const INK: Colour = Colour(0x0B, 0x0C, 0x0C);
/// Text that comes second.
pub(super) const SECONDARY: Colour = Colour(0x4B, 0x51, 0x57);
/// The zero line and outlines.
pub(super) const AXIS: Colour = Colour(0x6F, 0x77, 0x7B);
/// Lines behind the bars.
pub(super) const GRID: Colour = Colour(0xD9, 0xDD, 0xE1);
/// Bars of answers of substance.
pub(super) const BAR: Colour = Colour(0x20, 0x73, 0xBC);
/// Bars of answers that stay last: other, none, don't know.
pub(super) const ASIDE: Colour = Colour(0x8A, 0x92, 0x99);
/// The middle of a scale; light, so it is outlined.
pub(super) const NEUTRAL: Colour = Colour(0xD5, 0xD9, 0xDD);
/// Bars of a group that does not differ from the others.
pub(super) const SAME: Colour = Colour(0x56, 0x94, 0xCA);
/// Bars of a group that does.
pub(super) const DIFFERENT: Colour = Colour(0x12, 0x43, 0x6D);
/// The tick of the total on the bars of groups, and its numbers.
pub(super) const REFERENCE: Colour = Colour(0xB3, 0x45, 0x0A);
/// The ground of a warning such as "Draft".
pub(super) const WARNING: Colour = Colour(0xB3, 0x45, 0x0A);

/// The interval of what groups are held against, behind everything.
pub(super) const BAND: Colour = Colour(0xE6, 0xEA, 0xED);

/// The weight of the type; the bundled font has these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

/// How a piece of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// Its weight.
    pub(super) weight: Weight,
    /// The size of the em.
    pub(super) size: f64,
    /// The distance of two lines.
    pub(super) leading: f64,
    /// Its colour.
    pub(super) colour: Colour,
}

const fn style(weight: Weight, size: f64, leading: f64, colour: Colour) -> Style {
    Style { weight, size, leading, colour }
}

/// The title, in files only: on the page it is the heading.
pub(super) const TITLE: Style = style(Weight::SemiBold, 20.0, 26.0, INK);
/// What is measured, and of whom.
pub(super) const SUBTITLE: Style = style(Weight::Regular, 14.0, 20.0, SECONDARY);
/// The name of a row.
pub(super) const LABEL: Style = style(Weight::Regular, 14.0, 18.0, INK);
/// The number at a bar.
pub(super) const VALUE: Style = style(Weight::SemiBold, 14.0, 18.0, INK);
/// Words in the place of a bar.
pub(super) const WORDS: Style = style(Weight::Regular, 14.0, 18.0, SECONDARY);
/// The interval after a value.
pub(super) const RANGE: Style = style(Weight::Regular, 12.0, 16.0, SECONDARY);
/// The number in a segment of a battery; its colour depends on the segment's.
pub(super) const SEGMENT: Style = style(Weight::SemiBold, 13.0, 16.0, INK);
/// Tick labels, keys, notes.
pub(super) const NOTE: Style = style(Weight::Regular, 12.0, 16.0, SECONDARY);
/// The head of a column of numbers, and the text of a mark such as "Synthetic data".
pub(super) const HEAD: Style = style(Weight::SemiBold, 12.0, 16.0, INK);

impl Style {
    /// The same in another colour.
    pub(super) const fn in_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// How far the baseline lies under the middle of a line: half the height of a figure,
    /// which is 0.65 em in the bundled font.
    pub(super) fn drop(self) -> f64 {
        self.size * 0.33
    }
}

/// What the points of a line look like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// The line's colour.
    pub(super) colour: Colour,
    /// The colour of its value.
    pub(super) text: Colour,
    /// The shape of its points.
    pub(super) shape: Shape,
}

/// The shape of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Filled.
    Circle,
    /// Filled.
    Square,
    /// Filled.
    Triangle,
    /// Filled.
    Diamond,
    /// A hollow circle.
    Ring,
    /// A hollow square.
    Frame,
}

/// What the lines of a trend look like, in their order: colour, colour of the value, shape
/// of the points. All are told apart by colour in any colour vision; the last two have
/// hollow points as well.
pub(super) const TREND: [Look; 6] = [
    look(Colour(0x12, 0x43, 0x6D), Colour(0x12, 0x43, 0x6D), Shape::Circle),
    look(Colour(0xEA, 0x5F, 0x1A), Colour(0xB3, 0x45, 0x0A), Shape::Square),
    look(Colour(0x1F, 0x99, 0x99), Colour(0x14, 0x6B, 0x6B), Shape::Triangle),
    look(Colour(0x66, 0x22, 0x00), Colour(0x66, 0x22, 0x00), Shape::Diamond),
    look(Colour(0x77, 0x55, 0xDD), Colour(0x77, 0x55, 0xDD), Shape::Ring),
    look(INK, INK, Shape::Frame),
];

const fn look(colour: Colour, text: Colour, shape: Shape) -> Look {
    Look { colour, text, shape }
}

/// Space around the picture.
pub(super) const PADDING: f64 = 16.0;

/// A fill and the colour of text on it, with a contrast of at least 5.5.
pub(super) type Pair = (Colour, Colour);

const fn dark(red: u8, green: u8, blue: u8) -> Pair {
    (Colour(red, green, blue), WHITE)
}

const fn light(red: u8, green: u8, blue: u8) -> Pair {
    (Colour(red, green, blue), INK)
}

/// The colours of one side of a scale with `steps` answers on that side, strongest first.
/// More than three share the three colours in turn; the labels tell them apart.
pub(super) fn side(positive: bool, steps: usize) -> Vec<Pair> {
    let colours: &[Pair] = match (positive, steps) {
        (true, 0 | 1) => &[dark(0x1F, 0x6A, 0xB0)],
        (false, 0 | 1) => &[dark(0xB3, 0x45, 0x0A)],
        (true, 2) => &[dark(0x0F, 0x3A, 0x61), light(0x45, 0x90, 0xD2)],
        (false, 2) => &[dark(0x6E, 0x22, 0x03), light(0xDD, 0x72, 0x33)],
        (true, _) => &[dark(0x0E, 0x34, 0x58), dark(0x1D, 0x66, 0xAA), light(0x4F, 0x98, 0xD8)],
        (false, _) => {
            &[dark(0x5C, 0x1B, 0x02), dark(0xA8, 0x46, 0x0F), light(0xDA, 0x78, 0x36)]
        }
    };
    (0..steps).filter_map(|i| colours.get(i * colours.len() / steps).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::testing::{contrast, distance};
    use super::*;

    #[test]
    fn text_can_be_read_on_every_ground() {
        for style in [TITLE, SUBTITLE, LABEL, VALUE, WORDS, RANGE, NOTE, HEAD] {
            assert!(contrast(style.colour, WHITE) >= 7.0);
            assert!(style.size >= 12.0);
        }
        assert!(contrast(WHITE, WARNING) >= 4.5);
        assert!(contrast(WHITE, SECONDARY) >= 4.5);
        for steps in 1..=7 {
            for (fill, text) in side(true, steps).into_iter().chain(side(false, steps)) {
                assert!(contrast(fill, text) >= 5.5, "{fill} {text}");
            }
        }
        assert!(contrast(NEUTRAL, INK) >= 5.5 && contrast(ASIDE, INK) >= 5.5);
    }

    #[test]
    fn marks_stand_out_from_the_card() {
        let steps = (1..=7).flat_map(|n| side(true, n).into_iter().chain(side(false, n)));
        let lines = TREND.iter().map(|look| look.colour);
        let marks = steps
            .map(|(fill, _)| fill)
            .chain(lines)
            .chain([BAR, ASIDE, AXIS, SAME, DIFFERENT, REFERENCE]);
        for mark in marks {
            assert!(contrast(mark, WHITE) >= 3.0, "{mark}: {}", contrast(mark, WHITE));
        }
        assert!(contrast(NEUTRAL, WHITE) < 3.0, "without need of an outline in {AXIS}");
        assert!(contrast(INK, BAR) >= 3.0, "the interval mark on a bar");
        assert!(contrast(REFERENCE, BAND) >= 3.0, "the rule on its band");
    }

    /// The least distance of colours that may meet in one chart.
    const APART: f64 = 15.0;

    fn assert_apart(colours: &[Colour]) {
        for (at, one) in colours.iter().enumerate() {
            for other in &colours[..at] {
                let (apart, vision) = distance(*one, *other);
                assert!(apart >= APART, "{one} {other}: {apart} in {vision} vision");
            }
        }
    }

    #[test]
    fn colours_of_a_scale_are_told_apart_in_any_vision() {
        for (left, right) in (1..=3).flat_map(|l| (1..=3).map(move |r| (l, r))) {
            let sides = side(false, left).into_iter().chain(side(true, right));
            let mut colours: Vec<Colour> = sides.map(|(fill, _)| fill).collect();
            colours.extend([NEUTRAL, ASIDE]);
            assert_apart(&colours);
        }
    }

    /// Longer sides have equal colours, which a white gap and the order tell apart; those
    /// that differ are still colours of the shorter scales.
    #[test]
    fn longer_scales_repeat_colours_and_bring_no_new_ones() {
        for (positive, steps) in
            [true, false].into_iter().flat_map(|p| (4..=7).map(move |n| (p, n)))
        {
            let mut colours = side(positive, steps);
            colours.dedup();
            assert_eq!(colours, side(positive, 3));
        }
    }

    #[test]
    fn bars_and_lines_are_told_apart_in_any_vision() {
        assert_apart(&[BAR, ASIDE, INK]);
        assert_apart(&[SAME, DIFFERENT, ASIDE]);
        assert_apart(&[SAME, DIFFERENT, REFERENCE]);
        assert_apart(&TREND.map(|look| look.colour));
        for look in TREND {
            assert!(contrast(look.text, WHITE) >= 4.5, "{}", look.text);
            let behind = TREND.map(|other| other.colour.mixed(WHITE, 0.85));
            for ground in behind.into_iter().chain([GRID]) {
                assert!(distance(look.colour, ground).0 >= APART, "{} {ground}", look.colour);
            }
        }
    }

    #[test]
    fn a_side_has_a_colour_for_each_step() {
        for steps in 0..12 {
            assert_eq!(side(true, steps).len(), steps);
        }
        assert_eq!(side(true, 2)[0].0.to_string(), "#0F3A61");
    }
}
