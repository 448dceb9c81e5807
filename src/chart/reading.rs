//! What a chart may say of a figure: a length to draw, or words in its place.
//!
//! The only file of this room that looks into a released figure.

use crate::disclose::{Figure, Status};
use crate::words::{Words, fill};

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Per cent, 0 to 100: `39%`.
    Percent,
    /// One percentage less another, -100 to 100: `+21`.
    Points,
    /// Anything: `1,234.5`.
    Plain,
}

impl Unit {
    /// The number as it is written.
    pub(super) fn write(self, value: f64, decimals: u8, words: &Words) -> String {
        match self {
            Self::Percent => percent(value, decimals, words),
            Self::Points => {
                let text = words.number(value, decimals);
                let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
                if value > 0.0 && !is_zero { format!("+{text}") } else { text }
            }
            Self::Plain => words.number(value, decimals),
        }
    }

    /// An end of an interval, whose unit is known from the value before it.
    fn end(self, value: f64, decimals: u8, words: &Words) -> String {
        match self {
            Self::Percent => words.number(value, decimals),
            Self::Points | Self::Plain => self.write(value, decimals, words),
        }
    }

    fn holds(self, value: f64) -> bool {
        match self {
            Self::Percent => (0.0..=100.0).contains(&value),
            Self::Points => (-100.0..=100.0).contains(&value),
            Self::Plain => value.is_finite(),
        }
    }
}

/// A number as it is drawn and written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// What is drawn, in its unit; none if there is no mark.
    pub(super) value: Option<f64>,
    /// The interval, if it may be drawn.
    pub(super) interval: Option<(f64, f64)>,
    /// What is written: `39%`, or the shorthand and its meaning.
    pub(super) text: String,
    /// The interval as it is written: `(36 to 42)`, or nothing.
    pub(super) range: String,
    /// The shorthand, empty if there is nothing to say.
    pub(super) code: &'static str,
    /// Its place in an order by size: hidden figures come last.
    pub(super) rank: f64,
}

impl Reading {
    /// Reads a percentage; its interval only if intervals may stand on charts.
    pub(super) fn of(figure: &Figure, intervals: bool, words: &Words) -> Self {
        Self::in_unit(figure, intervals, Unit::Percent, words)
    }

    /// Reads a figure in a unit; what cannot be in that unit is not available.
    pub(super) fn in_unit(figure: &Figure, intervals: bool, unit: Unit, words: &Words) -> Self {
        let value = figure.value().filter(|value| unit.holds(*value));
        match (figure.status(), value) {
            (Status::Shown, Some(value)) => {
                Self::shown(figure, value, intervals, (unit, words))
            }
            (status, value) => Self::words(status, value, figure.decimals(), (unit, words)),
        }
    }

    fn shown(
        figure: &Figure,
        value: f64,
        intervals: bool,
        (unit, words): (Unit, &Words),
    ) -> Self {
        let decimals = figure.decimals();
        let interval = (figure.interval().filter(|_| intervals))
            .filter(|(low, high)| unit.holds(*low) && low <= high && unit.holds(*high));
        let range = interval.map_or_else(String::new, |(low, high)| {
            let end = |value| unit.end(value, decimals, words);
            format!("({})", words.from_to(&end(low), &end(high)))
        });
        let text = unit.write(value, decimals, words);
        Self { value: Some(value), interval, text, range, code: "", rank: value }
    }

    fn words(
        status: Status,
        value: Option<f64>,
        decimals: u8,
        (unit, words): (Unit, &Words),
    ) -> Self {
        // A figure without a value and without a reason is not available.
        let status = if status == Status::Shown { Status::NotAvailable } else { status };
        let code = status.code();
        let text = match (status, value) {
            (Status::Unreliable, Some(value)) => {
                let value = unit.write(value, decimals, words);
                let meaning = meaning(code, words);
                let values = [("code", code), ("value", &value), ("meaning", meaning)];
                fill(words.chart_value_code, &values)
            }
            (Status::Low, _) => {
                let half = half_unit(decimals, words);
                fill(words.chart_under, &[("code", code), ("value", &half)])
            }
            _ => explained(code, words),
        };
        let rank = if status == Status::Low { 0.0 } else { value.unwrap_or(-1.0) };
        Self { value: None, interval: None, text, range: String::new(), code, rank }
    }

    /// How far to the right it reaches, in per cent.
    pub(super) fn reach(&self) -> f64 {
        self.interval.map(|(_, high)| high).or(self.value).unwrap_or(0.0)
    }

    /// The value, or the shorthand alone where there is no room for its meaning.
    pub(super) fn short(&self) -> &str {
        if self.value.is_some() { &self.text } else { self.code }
    }

    /// The value, or the shorthand with what is known, without its meaning.
    pub(super) fn brief(&self) -> &str {
        if self.code == Status::Unreliable.code() {
            return self.text.split(',').next().unwrap_or(self.code);
        }
        self.short()
    }

    /// Whether its length is unknown, so that nothing can be stacked on it. What rounds to
    /// zero has a length: none.
    pub(super) fn is_gap(&self) -> bool {
        self.value.is_none() && self.code != Status::Low.code()
    }
}

/// What the shorthand means, without what depends on the figure.
pub(super) fn meaning(code: &str, words: &Words) -> &'static str {
    match code {
        "[c]" => words.chart_c,
        "[u]" => words.chart_u,
        "[low]" => words.chart_low,
        "[z]" => words.chart_z,
        "[b]" => words.chart_b,
        _ => words.chart_x,
    }
}

/// The shorthand and what it means.
pub(super) fn explained(code: &str, words: &Words) -> String {
    fill(words.chart_code, &[("code", code), ("meaning", meaning(code, words))])
}

/// A share as it is printed: `39%`.
pub(super) fn percent(value: f64, decimals: u8, words: &Words) -> String {
    words.number(value, decimals) + "%"
}

/// Half of the last printed place: what rounds to zero is under it.
fn half_unit(decimals: u8, words: &Words) -> String {
    let half = (0..decimals).fold(0.5, |half, _| half / 10.0);
    percent(half, decimals.saturating_add(1), words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclose::testing::figure;
    use crate::words::EN_GB;

    fn text(value: Option<f64>, status: Status) -> String {
        Reading::of(&figure(value, None, status), true, &EN_GB).text
    }

    #[test]
    fn every_status_has_its_words() {
        assert_eq!(text(Some(39.0), Status::Shown), "39%");
        assert_eq!(text(None, Status::Confidential), "[c] hidden to protect confidentiality");
        assert_eq!(text(None, Status::Low), "[low] under 0.5%");
        assert_eq!(text(Some(34.0), Status::Unreliable), "[u] 34%, low reliability");
        assert_eq!(text(None, Status::NotAsked), "[z] not asked");
        assert_eq!(text(None, Status::NotAvailable), "[x] not available");
    }

    #[test]
    fn every_unit_is_written_in_its_way() {
        let write = |unit: Unit, value| unit.write(value, 0, &EN_GB);
        assert_eq!(write(Unit::Points, 21.0), "+21");
        assert_eq!(write(Unit::Points, -4.0), "\u{2212}4");
        assert_eq!(write(Unit::Points, 0.2), "0");
        assert_eq!(Unit::Plain.write(-1234.56, 1, &EN_GB), "\u{2212}1,234.6");
        let net = figure(Some(21.0), Some((-2.0, 44.0)), Status::Shown);
        let net = Reading::in_unit(&net, true, Unit::Points, &EN_GB);
        assert_eq!((net.text.as_str(), net.range.as_str()), ("+21", "(\u{2212}2 to +44)"));
        let hours = figure(Some(4.0), None, Status::Unreliable);
        let hours = Reading::in_unit(&hours, true, Unit::Plain, &EN_GB);
        assert_eq!(hours.text, "[u] 4, low reliability");
    }

    #[test]
    fn only_a_shown_value_is_drawn() {
        let value =
            |value, status| Reading::of(&figure(value, None, status), true, &EN_GB).value;
        assert_eq!(value(Some(34.0), Status::Shown), Some(34.0));
        assert_eq!(value(Some(34.0), Status::Unreliable), None);
        assert_eq!(value(Some(34.0), Status::Confidential), None);
    }

    #[test]
    fn what_is_no_percentage_is_not_available() {
        for value in [None, Some(f64::NAN), Some(-1.0), Some(101.0)] {
            assert_eq!(text(value, Status::Shown), "[x] not available");
        }
    }

    #[test]
    fn an_interval_is_read_only_where_it_may_be() {
        let figure = figure(Some(39.0), Some((36.0, 42.0)), Status::Shown);
        assert_eq!(Reading::of(&figure, true, &EN_GB).range, "(36 to 42)");
        assert_eq!(Reading::of(&figure, true, &EN_GB).reach().to_bits(), 42.0_f64.to_bits());
        assert_eq!(Reading::of(&figure, false, &EN_GB).range, "");
        assert_eq!(Reading::of(&figure, false, &EN_GB).interval, None);
    }
}
