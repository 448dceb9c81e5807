//! Numbers, days and lists as they are read in one language.
//!
//! Takes numbers and days, gives text. Never takes a place off a number that has been
//! rounded already.

use jiff::civil::Date;

use super::{Words, fill};
use crate::stats::rounding;

/// A true minus sign: as wide as a plus.
pub const MINUS: &str = "\u{2212}";

/// A number in plain digits for programs, such as `-4.5`, and never `-0`. A half goes away
/// from zero, as in spreadsheets; what the gate has rounded stays as it is.
#[must_use]
pub fn digits(value: f64, decimals: u8) -> String {
    format!("{:.*}", usize::from(decimals), rounding::half_away(value, decimals))
}

impl Words {
    /// A number with so many places, the language's marks and a true minus sign.
    #[must_use]
    pub fn number(&self, value: f64, decimals: u8) -> String {
        let digits = digits(value, decimals);
        let sign = if digits.starts_with('-') { MINUS } else { "" };
        format!("{sign}{}", self.size(&digits))
    }

    /// Plain digits as they are printed, without their sign.
    #[must_use]
    pub fn size(&self, digits: &str) -> String {
        let size = digits.trim_start_matches('-');
        match size.split_once('.') {
            Some((whole, places)) => format!("{}{}{places}", self.grouped(whole), self.decimal),
            None => self.grouped(size),
        }
    }

    /// A number of people or things, with marks between thousands.
    #[must_use]
    pub fn count(&self, value: u64) -> String {
        self.grouped(&value.to_string())
    }

    fn grouped(&self, digits: &str) -> String {
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(self.thousands);
            }
            text.push(digit);
        }
        text
    }

    /// From one to the other, such as "36 to 42".
    #[must_use]
    pub fn from_to(&self, low: &str, high: &str) -> String {
        fill(self.range, &[("low", low), ("high", high)])
    }

    /// A day, such as "13 January 2024".
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        self.written(self.date, day)
    }

    /// Two days; what they have in common is said once: "13 to 14 January 2024".
    #[must_use]
    pub fn days(&self, first: Date, last: Date) -> String {
        match self.first_day(first, last) {
            Some(short) => self.from_to(&short, &self.day(last)),
            None => self.day(last),
        }
    }

    /// The first of two days without what it shares with the last; none if they are the
    /// same.
    #[must_use]
    pub fn first_day(&self, first: Date, last: Date) -> Option<String> {
        let style = if first.year() != last.year() {
            self.date
        } else if first.month() != last.month() {
            self.date_in_year
        } else {
            self.date_in_month
        };
        (first != last).then(|| self.written(style, first))
    }

    fn written(&self, style: &str, day: Date) -> String {
        let place = usize::try_from(day.month() - 1).unwrap_or_default();
        let month = self.months.split_whitespace().nth(place).unwrap_or_default();
        let (date, year) = (day.day().to_string(), day.year().to_string());
        fill(style, &[("day", &date), ("month", month), ("year", &year)])
    }

    /// Names in a row: "phase, region and role".
    #[must_use]
    pub fn list(&self, names: &[impl AsRef<str>]) -> String {
        self.joined(names, self.list_and)
    }

    /// Names of which one holds: "phase, region or role".
    #[must_use]
    pub fn list_or(&self, names: &[impl AsRef<str>]) -> String {
        self.joined(names, self.list_or)
    }

    /// Names of which any may hold, with the same word between all: "“a” or “b” or “c”".
    #[must_use]
    pub fn each_or(&self, names: &[String]) -> String {
        names.join(self.list_or)
    }

    fn joined(&self, names: &[impl AsRef<str>], last: &str) -> String {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [before @ .., end] => format!("{}{last}{end}", before.join(self.list_comma)),
        }
    }

    /// Somebody's own words between the language's quotation marks.
    #[must_use]
    pub fn in_quotes(&self, text: &str) -> String {
        fill(self.quoted, &[("text", text)])
    }

    /// "Title, by banner", but for a title that is a question or a sentence.
    #[must_use]
    pub fn by(&self, title: &str, banner: &str) -> String {
        let sentence = if title.ends_with(['?', '!', '.']) {
            self.table_by_after_stop
        } else {
            self.table_by
        };
        fill(sentence, &[("title", title), ("banner", banner)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::EN_GB;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_have_marks_between_thousands_and_a_true_minus_sign() {
        assert_eq!(EN_GB.number(4678.0, 0), "4,678");
        assert_eq!(EN_GB.number(1_234_567.25, 2), "1,234,567.25");
        assert_eq!(EN_GB.number(-4.0, 0), "\u{2212}4");
        assert_eq!(EN_GB.number(-0.0, 1), "0.0");
        assert_eq!(EN_GB.count(123), "123");
    }

    #[test]
    fn a_half_that_was_not_rounded_yet_goes_away_from_zero() {
        assert_eq!(EN_GB.number(12.25, 1), "12.3");
        assert_eq!(EN_GB.number(-0.5, 0), "\u{2212}1");
        assert_eq!(digits(-1234.5, 1), "-1234.5");
    }

    #[test]
    fn marks_are_those_of_the_language() {
        let swiss = Words { thousands: "’", decimal: ",", ..EN_GB };
        assert_eq!(swiss.number(-1234.5, 1), "\u{2212}1’234,5");
    }

    #[test]
    fn days_say_what_they_share_once() {
        let first = date(2024, 1, 13);
        assert_eq!(EN_GB.days(first, first), "13 January 2024");
        assert_eq!(EN_GB.days(first, date(2024, 1, 14)), "13 to 14 January 2024");
        assert_eq!(EN_GB.days(first, date(2024, 2, 2)), "13 January to 2 February 2024");
        let next_year = EN_GB.days(date(2023, 12, 30), date(2024, 1, 2));
        assert_eq!(next_year, "30 December 2023 to 2 January 2024");
    }

    #[test]
    fn lists_end_in_and_or_in_or() {
        let names = ["phase", "region", "role"];
        assert_eq!(EN_GB.list(&names), "phase, region and role");
        assert_eq!(EN_GB.list_or(&names[..2]), "phase or region");
        assert_eq!(EN_GB.list(&names[..1]), "phase");
        assert_eq!(EN_GB.list(&names[..0]), "");
    }
}
