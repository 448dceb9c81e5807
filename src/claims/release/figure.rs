//! One released figure.

use crate::stats::{Proportion, ProportionMethod};

/// What a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Statistic {
    /// A share of those who answered: an answer, or a total of several.
    Share,
    /// A total of several answers.
    Net,
    /// A change since an earlier wave, in points.
    Change,
    /// A difference between totals of one question, in points.
    Difference,
    /// A mean, a median, a total or a score.
    Number,
}

/// Why a figure is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Status {
    /// It is not.
    Shown,
    /// `[u]`.
    Unreliable,
    /// `[low]`: above zero, but rounds to it.
    Low,
    /// `[c]`, `[z]`, `[x]`: no number.
    Hidden,
}

/// What a test said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Verdict {
    /// Higher than what it is compared with.
    Higher,
    /// Lower.
    Lower,
    /// No difference was found.
    Neither,
}

/// A figure and where it stands.
#[derive(Clone, Debug)]
pub(in crate::claims) struct Figure {
    pub(in crate::claims) block: usize,
    /// The place of its answer among those of the block.
    pub(in crate::claims) answer: usize,
    pub(in crate::claims) answer_id: String,
    pub(in crate::claims) label: String,
    /// The stems of its label.
    pub(in crate::claims) words: Vec<String>,
    pub(in crate::claims) group: Option<usize>,
    /// The wave, if it is not the poll's own.
    pub(in crate::claims) wave: Option<String>,
    pub(in crate::claims) statistic: Statistic,
    pub(in crate::claims) value: Option<f64>,
    pub(in crate::claims) low: Option<f64>,
    pub(in crate::claims) high: Option<f64>,
    pub(in crate::claims) unit: Option<String>,
    /// Whom a percentage is of, without the mark of synthetic data.
    pub(in crate::claims) percent_of: Option<String>,
    pub(in crate::claims) base: Option<f64>,
    pub(in crate::claims) effective: Option<f64>,
    pub(in crate::claims) status: Status,
    /// The mark as it is printed: `[c]`.
    pub(in crate::claims) mark: String,
    pub(in crate::claims) verdict: Option<Verdict>,
    pub(in crate::claims) compared_with: Option<String>,
}

impl Figure {
    /// Whether it is of everybody in the poll's own wave.
    pub(in crate::claims) fn is_of_all(&self) -> bool {
        self.group.is_none() && self.wave.is_none()
    }

    /// Whether it is a percentage.
    pub(in crate::claims) fn is_share(&self) -> bool {
        matches!(self.statistic, Statistic::Share | Statistic::Net)
    }

    /// The value with its unit, or the mark that stands for it.
    pub(in crate::claims) fn printed(&self) -> String {
        let Some(value) = self.value else { return self.mark.clone() };
        let value = plain(value);
        match (self.statistic, self.unit.as_deref()) {
            (Statistic::Share | Statistic::Net, _) => format!("{value}%"),
            (Statistic::Change | Statistic::Difference, _) => format!("{value} points"),
            (Statistic::Number, Some(unit)) => format!("{value} {unit}"),
            (Statistic::Number, None) => value,
        }
    }

    /// Its interval in per cent: the published one, or Wilson's from the effective base,
    /// which is used but never shown.
    pub(in crate::claims) fn interval(&self) -> Option<(f64, f64)> {
        let published = self.low.zip(self.high);
        published.or_else(|| self.wilson()).filter(|_| self.is_share())
    }

    fn wilson(&self) -> Option<(f64, f64)> {
        let p = self.value? / 100.0;
        let size = self.effective.or(self.base).filter(|size| *size > 1.0)?;
        let share = Proportion {
            p,
            variance: p * (1.0 - p) / size,
            freedom: size - 1.0,
            answered: size,
            fallback: size,
            at_most: None,
        };
        let interval = share.interval(ProportionMethod::WilsonEffectiveN, 0.95)?;
        Some((interval.low * 100.0, interval.high * 100.0))
    }
}

/// A number as it is printed: commas between thousands, a true minus sign.
pub(in crate::claims) fn plain(value: f64) -> String {
    let digits = format!("{}", value.abs());
    let (whole, places) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}{text}{places}")
}

#[cfg(test)]
mod tests {
    use crate::claims::testing::release;

    #[test]
    fn an_interval_that_is_not_published_comes_from_the_effective_base() {
        let release = release();
        let yes = &release.figures[0];
        assert_eq!((yes.value, yes.low), (Some(3.0), None));
        // Wilson, p = 0.03, n = 4,000: centre (p + z²/2n)/(1 + z²/n), by hand.
        let (low, high) = yes.interval().expect("an interval");
        assert!((low - 2.52).abs() < 0.01 && (high - 3.57).abs() < 0.01, "{low} {high}");
    }
}
