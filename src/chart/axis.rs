//! Scales and what stands behind the bars: grid lines, tick labels, the zero line.

use super::scene::{Anchor, Scene};
use super::style::{AXIS, GRID, NOTE, PADDING};

/// Space taken under the plot by the tick labels.
pub(super) const TICKS: f64 = 24.0;

/// A horizontal scale of percentages that begins at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// Where 0 stands.
    pub(super) zero: f64,
    /// Pixels for one per cent; negative if it grows to the left.
    pub(super) unit: f64,
    /// The last value, a multiple of ten.
    pub(super) end: f64,
    /// From tick to tick.
    pub(super) step: f64,
}

impl Scale {
    /// Where a value stands.
    pub(super) fn at(&self, value: f64) -> f64 {
        self.zero + value * self.unit
    }

    /// Draws grid lines and the zero line through each of the spans, from top to bottom,
    /// and under the last one the labels, of which the last carries the unit.
    pub(super) fn draw(&self, scene: &mut Scene, spans: &[(f64, f64)]) {
        let bottom = spans.last().map_or(0.0, |(_, bottom)| *bottom);
        let baseline = bottom + 4.0 + NOTE.leading / 2.0 + NOTE.drop();
        for value in self.ticks() {
            let colour = if value > 0.0 { GRID } else { AXIS };
            for span in spans {
                scene.rule(self.at(value), *span, colour);
            }
        }
        for value in self.ticks() {
            let is_last = value > 0.0 && value + self.step > self.end;
            let unit = if is_last { "%" } else { "" };
            // At the edge of a narrow picture half a label would stand outside.
            let at_edge = value <= 0.0 && self.zero < PADDING + 4.0;
            let anchor = if at_edge { Anchor::Start } else { Anchor::Middle };
            let x = if at_edge { self.zero } else { self.at(value).floor() + 0.5 };
            scene.text((x, baseline), anchor, NOTE, format!("{value}{unit}"));
        }
    }

    /// The values that have a line. A scale that grows to the left shares its zero with
    /// another one, which draws it.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        let first = if self.unit < 0.0 { self.step } else { 0.0 };
        let (step, end) = (self.step, self.end);
        std::iter::successors(Some(first), move |value| Some(value + step))
            .take_while(move |value| *value <= end)
    }
}

/// The end and the step of a scale for bars: up to the next ten, at least 20; all of 100
/// as soon as something passes 60, so that large shares look large.
pub(super) fn for_bars(reach: f64) -> (f64, f64) {
    if reach > 60.0 { (100.0, 20.0) } else { (next_ten(reach).max(20.0), 10.0) }
}

/// The next multiple of ten at or above a value; at least 10.
pub(super) fn next_ten(value: f64) -> f64 {
    ((value / 10.0).ceil() * 10.0).max(10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_follow_the_largest_upper_bound() {
        assert_eq!(for_bars(0.0), (20.0, 10.0));
        assert_eq!(for_bars(42.0), (50.0, 10.0));
        assert_eq!(for_bars(60.0), (60.0, 10.0));
        assert_eq!(for_bars(61.0), (100.0, 20.0));
        assert_eq!(for_bars(100.0), (100.0, 20.0));
    }

    #[test]
    fn only_the_last_tick_carries_the_unit() {
        let mut scene = Scene::default();
        Scale { zero: 10.0, unit: 2.0, end: 20.0, step: 10.0 }.draw(&mut scene, &[(0.0, 50.0)]);
        let texts: Vec<&str> = (scene.marks.iter())
            .filter_map(|mark| match mark {
                super::super::scene::Mark::Text(text) => Some(text.content.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["0", "10", "20%"]);
    }
}
