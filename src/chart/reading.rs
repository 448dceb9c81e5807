//! What a chart may say of a figure: a length to draw, or words in its place.
//!
//! The only file of this room that looks into a released figure.

use crate::disclose::{Figure, Status};
use crate::words::{Words, fill};

/// A percentage as it is drawn and written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// What is drawn, 0 to 100; none if there is no bar.
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
    /// Reads a figure; its interval only if intervals may stand on charts.
    pub(super) fn of(figure: &Figure, intervals: bool, words: &Words) -> Self {
        let value = figure.value().filter(|v| (0.0..=100.0).contains(v));
        match (figure.status(), value) {
            (Status::Shown, Some(value)) => Self::shown(figure, value, intervals, words),
            (status, value) => Self::words(status, value, figure.decimals(), words),
        }
    }

    fn shown(figure: &Figure, value: f64, intervals: bool, words: &Words) -> Self {
        let decimals = figure.decimals();
        let interval = (figure.interval().filter(|_| intervals))
            .filter(|(low, high)| 0.0 <= *low && low <= high && *high <= 100.0);
        let range = interval.map_or_else(String::new, |(low, high)| {
            let (low, high) = (words.number(low, decimals), words.number(high, decimals));
            format!("({})", words.from_to(&low, &high))
        });
        let text = percent(value, decimals, words);
        Self { value: Some(value), interval, text, range, code: "", rank: value }
    }

    fn words(status: Status, value: Option<f64>, decimals: u8, words: &Words) -> Self {
        // A figure without a value and without a reason is not available.
        let status = if status == Status::Shown { Status::NotAvailable } else { status };
        let code = status.code();
        let text = match (status, value) {
            (Status::Unreliable, Some(value)) => {
                let (value, meaning) = (percent(value, decimals, words), meaning(code, words));
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
