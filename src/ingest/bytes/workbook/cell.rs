//! What stands in a cell, as the text of a CSV.
//!
//! Numbers in the shortest form that reads back, dates and times by ISO 8601, whatever
//! form the spreadsheet shows them in.

use jiff::ToSpan;
use jiff::civil::Date;

/// How a spreadsheet shows a number, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a number.
    Number,
    /// As a date, a time of day, or both.
    Date,
    /// As a length of time, such as 26:30:00.
    Length,
}

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// The first number that is no day: 1 January 10000.
const BEYOND: f64 = 2_958_466.0;

/// Days from the beginning of 1900 to that of 1904, from where some workbooks count.
const TO_1904: f64 = 1462.0;

/// A number without its exponent up to 10¹⁵, which is as far as spreadsheets are exact.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if (1e-6..1e15).contains(&size) {
        format!("{value}")
    } else {
        format!("{value:e}")
    }
}

/// A truth value as spreadsheets export it.
pub(super) fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// A number that is shown as a date or a length of time.
pub(super) fn dated(value: f64, shown: Shown, from_1904: bool) -> String {
    let text = match shown {
        Shown::Number => None,
        Shown::Date => date(value, from_1904),
        Shown::Length => length(value),
    };
    text.unwrap_or_else(|| number(value))
}

/// Days since the end of 1899, with the 29 February 1900 that never was (ECMA-376 part 1,
/// 18.17.4.1); what is less than a day is a time alone. None for what is no day.
fn date(value: f64, from_1904: bool) -> Option<String> {
    if !(0.0..BEYOND).contains(&value) {
        return None;
    }
    let moment = (value * DAY).round();
    if value < 1.0 && moment < DAY {
        return Some(clock(moment));
    }
    let day = (moment / DAY).floor();
    let time = day.mul_add(-DAY, moment);
    let day = if from_1904 { day + TO_1904 } else { day };
    let epoch = match day {
        d if d < 60.0 => Date::constant(1899, 12, 31),
        d if d < 61.0 => return None,
        _ => Date::constant(1899, 12, 30),
    };
    #[allow(clippy::cast_possible_truncation, reason = "at most seven digits")]
    let date = epoch.checked_add((day as i64).days()).ok()?;
    Some(if time > 0.0 { format!("{date} {}", clock(time)) } else { date.to_string() })
}

fn length(value: f64) -> Option<String> {
    let sign = if value < 0.0 { "-" } else { "" };
    (value.abs() < BEYOND).then(|| format!("{sign}{}", clock((value.abs() * DAY).round())))
}

/// Milliseconds as hours, minutes and seconds; with thousandths if there are any.
fn clock(milliseconds: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and far below 2⁵³"
    )]
    let all = milliseconds as u64;
    let (seconds, rest) = (all / 1000, all % 1000);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let whole = format!("{hours:02}:{minutes:02}:{seconds:02}");
    if rest == 0 { whole } else { format!("{whole}.{rest:03}") }
}

/// A date that is written out, such as `2024-01-13T08:30:00`, in the form of [`dated`].
pub(super) fn iso(text: &str) -> String {
    let Some((day, time)) = text.split_once('T') else { return text.to_owned() };
    let time = match time.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
        _ => time,
    };
    if time == "00:00:00" || time == "00:00" { day.to_owned() } else { format!("{day} {time}") }
}

/// A length of time that is written out, such as `PT08H30M00S`, in the form of [`dated`];
/// as it is if it has any other form.
pub(super) fn iso_length(text: &str) -> String {
    let (sign, bare) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let parts = || -> Option<f64> {
        let (hours, rest) = bare.strip_prefix("PT")?.split_once('H')?;
        let (minutes, seconds) = rest.split_once('M')?;
        let part = |part: &str| part.parse::<f64>().ok().filter(|n| (0.0..1e9).contains(n));
        let seconds = part(&seconds.strip_suffix('S')?.replace(',', "."))?;
        Some(part(hours)?.mul_add(3600.0, part(minutes)?.mul_add(60.0, seconds)))
    };
    let written = parts().map(|s| format!("{sign}{}", clock((s * 1000.0).round())));
    written.unwrap_or_else(|| text.to_owned())
}

/// How a number of one of the built-in formats is shown (ECMA-376 part 1, 18.8.30, with
/// the dates of East Asian locales).
pub(super) fn built_in(format: u32) -> Shown {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Date,
        46 => Shown::Length,
        _ => Shown::Number,
    }
}

/// How a number of a format is shown that is written out, such as `dd/mm/yyyy`: what stands
/// in quotation marks or brackets, or after a backslash, `_` or `*`, is no part of the date.
/// Only the first section counts, which is for positive numbers.
pub(super) fn written(format: &str) -> Shown {
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => {
                let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                if is_elapsed(&inside) {
                    return Shown::Length;
                }
            }
            ';' => break,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Shown::Date,
            _ => {}
        }
    }
    Shown::Number
}

/// Whether brackets hold hours, minutes or seconds that are not cut at the next unit.
fn is_elapsed(inside: &str) -> bool {
    let lower = inside.to_ascii_lowercase();
    ['h', 'm', 's'].iter().any(|unit| !lower.is_empty() && lower.chars().all(|c| c == *unit))
}

#[cfg(test)]
mod tests {
    use super::{Shown, built_in, dated, iso, iso_length, number, written};

    #[test]
    fn numbers_are_short_and_read_back() {
        for (value, text) in [
            (4678.0, "4678"),
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (-0.0, "0"),
            (12_345_678_901.0, "12345678901"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1e15"),
            (0.000_001, "0.000001"),
            (1.5e-7, "1.5e-7"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(number(value), text);
            assert!(
                (text.parse::<f64>().unwrap() - value).abs()
                    < f64::EPSILON * value.abs().max(1e-300)
            );
        }
    }

    #[test]
    fn days_and_times_are_written_by_iso_8601() {
        let date = |value| dated(value, Shown::Date, false);
        for (value, text) in [
            (45_304.0, "2024-01-13"),
            (45_304.354_166_666_664, "2024-01-13 08:30:00"),
            (45_304.999_999_999_9, "2024-01-14"),
            (0.354_166_666_666_666_7, "08:30:00"),
            (0.5 + 0.25 / 86_400.0, "12:00:00.250"),
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (60.0, "60"),
            (61.0, "1900-03-01"),
            (2_958_465.0, "9999-12-31"),
            (2_958_466.0, "2958466"),
            (-1.0, "-1"),
        ] {
            assert_eq!(date(value), text);
        }
        assert_eq!(dated(43_842.0, Shown::Date, true), "2024-01-13");
        assert_eq!(dated(26.5 / 24.0, Shown::Length, false), "26:30:00");
        assert_eq!(dated(-0.0625, Shown::Length, false), "-01:30:00");
        assert_eq!(dated(1e300, Shown::Length, true), "1e300");
    }

    #[test]
    fn written_dates_get_the_same_form() {
        assert_eq!(iso("2024-01-13"), "2024-01-13");
        assert_eq!(iso("2024-01-13T00:00:00"), "2024-01-13");
        assert_eq!(iso("2024-01-13T08:30:00.000000000"), "2024-01-13 08:30:00");
        assert_eq!(iso("2024-01-13T08:30:00.5"), "2024-01-13 08:30:00.5");
        assert_eq!(iso_length("PT08H30M00S"), "08:30:00");
        assert_eq!(iso_length("PT26H30M01.5S"), "26:30:01.500");
        assert_eq!(iso_length("-PT1H0M0S"), "-01:00:00");
        assert_eq!(iso_length("P1D"), "P1D");
    }

    #[test]
    fn formats_of_dates_are_told_from_those_of_numbers() {
        for format in
            ["dd/mm/yyyy", "[$-409]h:mm AM/PM;@", "m\"M\"d", "yyyy\\-mm\\-dd", "mm:ss"]
        {
            assert_eq!(written(format), Shown::Date, "{format}");
        }
        for format in ["[h]:mm:ss", "[mm]:ss", "[Red][hh]:mm"] {
            assert_eq!(written(format), Shown::Length, "{format}");
        }
        for format in [
            "General",
            "0.00",
            "#,##0;[Red]-#,##0",
            "0\" days\"",
            "\\d0",
            "_d0",
            "*y0",
            "0.00E+00",
            "[$£-809]#,##0",
            "@",
            "0;yyyy",
            "\"open",
            "[open",
            "",
        ] {
            assert_eq!(written(format), Shown::Number, "{format}");
        }
        let built = |format| built_in(format);
        assert_eq!(
            [built(14), built(46), built(2)],
            [Shown::Date, Shown::Length, Shown::Number]
        );
    }
}
