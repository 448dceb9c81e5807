//! Scales of dots: from where to where, and which values have a line.

use super::super::reading::Reading;

/// A scale between two values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// The least value.
    pub(super) from: f64,
    /// The largest value.
    pub(super) to: f64,
    /// From tick to tick.
    pub(super) step: f64,
}

/// Above how many steps a scale has fewer ticks.
const STEPS: f64 = 6.0;
/// The least part of the largest value that a scale shows: small differences stay small.
const LEAST: f64 = 0.2;

impl Span {
    /// The values that have a line.
    pub(super) fn ticks(self) -> impl Iterator<Item = f64> {
        let end = self.to + self.step / 2.0;
        let tick = move |i: u32| self.from + f64::from(i) * self.step;
        (0..100).map(tick).take_while(move |value| *value < end)
    }

    /// Decimal places of the ticks.
    pub(super) fn decimals(self) -> u8 {
        let mut decimals = 0;
        let mut step = self.step;
        while (step - step.round()).abs() > 1e-6 && decimals < 6 {
            step *= 10.0;
            decimals += 1;
        }
        decimals
    }
}

/// The scale of a net score: as far down as up, and at least 40.
pub(super) fn net<'a>(readings: impl Iterator<Item = &'a Reading>) -> Span {
    let far = reaches(readings).fold(0.0, |far: f64, value| far.max(value.abs()));
    let to = ((far / 20.0).ceil() * 20.0).clamp(40.0, 100.0);
    let step = match to {
        _ if to < 70.0 => 20.0,
        _ if to < 90.0 => 40.0,
        _ => 50.0,
    };
    Span { from: -to, to, step }
}

/// The whole scale of an answer.
pub(super) fn fixed(from: f64, to: f64) -> Span {
    let step = if to - from <= 10.0 { 1.0 } else { nice(to - from) };
    Span { from, to, step }
}

/// The scale of a number without ends: from zero if that is not far away, else around the
/// values, and never so close that small differences look large.
pub(super) fn free<'a>(readings: impl Iterator<Item = &'a Reading>) -> Span {
    let values: Vec<f64> = reaches(readings).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return Span { from: 0.0, to: 1.0, step: 1.0 };
    }
    let (low, high) = match (low, high) {
        (low, high) if low >= 0.0 && low <= high / 2.0 => (0.0, high),
        (low, high) if high <= 0.0 && high >= low / 2.0 => (low, 0.0),
        (low, high) => {
            let least = (LEAST * low.abs().max(high.abs())).max(1e-3);
            let more = ((least - (high - low)) / 2.0).max(0.0);
            (low - more, high + more)
        }
    };
    let high = if high > low { high } else { low + 1.0 };
    let step = nice(high - low);
    Span { from: (low / step).floor() * step, to: (high / step).ceil() * step, step }
}

/// Where marks begin and end.
fn reaches<'a>(readings: impl Iterator<Item = &'a Reading>) -> impl Iterator<Item = f64> {
    readings.flat_map(|reading| {
        let (low, high) = reading.interval.unzip();
        [reading.value, low, high].into_iter().flatten()
    })
}

/// The least step of 1, 2 or 5 that parts a length into few.
fn nice(length: f64) -> f64 {
    let units = std::iter::successors(Some(1e-4), |unit| Some(unit * 10.0));
    let steps = units.flat_map(|unit| [unit, 2.0 * unit, 5.0 * unit]).take(120);
    steps.into_iter().find(|step| length / step <= STEPS).unwrap_or(length)
}

#[cfg(test)]
mod tests {
    use super::super::super::reading::Unit;
    use super::*;
    use crate::disclose::Status;
    use crate::disclose::testing::figure;
    use crate::words::EN_GB;

    fn readings(values: &[f64]) -> Vec<Reading> {
        let of = |value: &f64| figure(Some(*value), None, Status::Shown);
        values
            .iter()
            .map(|value| Reading::in_unit(&of(value), true, Unit::Plain, &EN_GB))
            .collect()
    }

    fn ends(span: Span) -> (f64, f64) {
        assert!(span.ticks().count() <= 11 && span.ticks().count() >= 2);
        (span.from, span.to)
    }

    #[test]
    fn a_net_score_has_as_much_room_below_as_above() {
        assert_eq!(ends(net(readings(&[3.0, 21.0]).iter())), (-40.0, 40.0));
        assert_eq!(ends(net(readings(&[-79.0]).iter())), (-80.0, 80.0));
        assert_eq!(ends(net(readings(&[100.0]).iter())), (-100.0, 100.0));
        assert_eq!(ends(net(readings(&[]).iter())), (-40.0, 40.0));
    }

    #[test]
    fn the_scale_of_a_number_shows_at_least_a_fifth_of_it() {
        assert_eq!(ends(free(readings(&[49.2, 51.2]).iter())), (44.0, 56.0));
        assert_eq!(ends(free(readings(&[50.0, 50.0]).iter())), (44.0, 56.0));
        assert_eq!(ends(free(readings(&[2.0, 9.0]).iter())), (0.0, 10.0));
        assert_eq!(ends(free(readings(&[-3.0, 9.0]).iter())), (-4.0, 10.0));
        assert_eq!(ends(free(readings(&[0.0, 0.0]).iter())).0.to_bits(), 0.0_f64.to_bits());
        let (from, to) = ends(free(readings(&[512.0, 2840.5]).iter()));
        assert!(from.abs() < 1e-9 && to >= 2840.5);
    }

    #[test]
    fn a_scale_of_answers_is_shown_whole() {
        assert_eq!(fixed(0.0, 10.0).ticks().count(), 11);
        assert_eq!(fixed(1.0, 5.0), Span { from: 1.0, to: 5.0, step: 1.0 });
        assert_eq!(fixed(0.0, 100.0).ticks().count(), 6);
    }
}
