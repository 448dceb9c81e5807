//! Numbers and dates as they stand in cells.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// `%Y` takes `24` for the year 24, in which nobody answered a poll.
const FIRST_YEAR: i16 = 1000;

/// A number written plainly: digits, the decimal mark, a sign, perhaps an exponent.
///
/// Words that other readers take for numbers (`inf`, `nan`) are none.
pub(super) fn parse(cell: &[u8], decimal: u8) -> Option<f64> {
    let plain =
        |b: &u8| b.is_ascii_digit() || *b == decimal || matches!(b, b'-' | b'+' | b'e' | b'E');
    if cell.is_empty() || !cell.iter().all(plain) {
        return None;
    }
    let text = std::str::from_utf8(cell).ok()?;
    let value: f64 = match decimal {
        b'.' => text.parse(),
        other => text.replace(char::from(other), ".").parse(),
    }
    .ok()?;
    value.is_finite().then_some(value)
}

/// Seconds of a length of time written `h:mm:ss` or `m:ss`.
pub(super) fn clock(cell: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(cell).ok()?;
    let parts: Option<Vec<f64>> = text.split(':').map(|p| parse(p.as_bytes(), b'.')).collect();
    let parts = parts.filter(|parts| (2..=3).contains(&parts.len()))?;
    Some(parts.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

/// Seconds since 1970-01-01 00:00 of a time in the declared form, or in ISO 8601.
pub(super) fn seconds(cell: &str, form: Option<&str>) -> Option<f64> {
    let time = match form {
        Some(form) => {
            DateTime::strptime(form, cell).ok().filter(|t| t.date().year() >= FIRST_YEAR)?
        }
        None => cell.parse::<DateTime>().ok().or_else(|| {
            let stamp = cell.parse::<Timestamp>().ok()?;
            Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).datetime())
        })?,
    };
    let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
    let span = epoch.until((jiff::Unit::Second, time)).ok()?;
    Some(span.get_seconds() as f64)
}

/// Days since 1970-01-01 of a date in the declared form, or in ISO 8601 if none is.
pub(super) fn days(cell: &str, form: Option<&str>) -> Option<f64> {
    let date = match form {
        Some(form) => DateTime::strptime(form, cell)
            .map(DateTime::date)
            .or_else(|_| Date::strptime(form, cell))
            .ok()
            .filter(|date| date.year() >= FIRST_YEAR)?,
        None => iso(cell)?,
    };
    let epoch = Date::constant(1970, 1, 1);
    Some(f64::from(epoch.until(date).ok()?.get_days()))
}

fn iso(cell: &str) -> Option<Date> {
    if !cell.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let zoned = || cell.parse::<Timestamp>().ok();
    cell.parse::<DateTime>()
        .map(DateTime::date)
        .ok()
        .or_else(|| cell.parse::<Date>().ok())
        .or_else(|| zoned().map(|t| t.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

#[cfg(test)]
mod tests {
    use super::{clock, days, seconds};

    fn parse(cell: &[u8]) -> Option<f64> {
        super::parse(cell, b'.')
    }

    #[test]
    fn numbers_are_written_plainly() {
        assert_eq!(parse(b"-1.50"), Some(-1.5));
        assert_eq!(parse(b"1e3"), Some(1000.0));
        for word in ["", "inf", "nan", "1,5", " 1", "1 000", "0x10", "e", "1e999"] {
            assert_eq!(parse(word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn the_decimal_mark_is_the_declared_one_only() {
        assert_eq!(super::parse(b"-1,50", b','), Some(-1.5));
        assert_eq!(super::parse(b"1.5", b','), None);
        assert_eq!(super::parse(b"1.000,5", b','), None);
    }

    #[test]
    fn times_are_seconds() {
        assert_eq!(clock(b"1:02:03"), Some(3723.0));
        assert_eq!(clock(b"2:05"), Some(125.0));
        assert_eq!(clock(b"2:05:1:1"), None);
        assert_eq!(seconds("1970-01-01 00:01:30", None), Some(90.0));
        let form = Some("%m/%d/%Y %I:%M %p");
        assert_eq!(seconds("01/02/1970 01:00 AM", form), Some(90_000.0));
    }

    #[test]
    fn dates_are_read_in_the_declared_form_only() {
        assert_eq!(days("1970-01-02", None), Some(1.0));
        assert_eq!(days("2024-01-13T08:00:00Z", None), Some(19735.0));
        assert_eq!(days("13/01/2024", Some("%d/%m/%Y")), Some(19735.0));
        assert_eq!(days("13/01/2024 09:30", Some("%d/%m/%Y %H:%M")), Some(19735.0));
        assert_eq!(days("01/13/2024", Some("%d/%m/%Y")), None);
        assert_eq!(days("13/01/24", Some("%d/%m/%Y")), None);
        assert_eq!(days("13/01/24", Some("%d/%m/%y")), Some(19735.0));
        assert_eq!(days("13/01/2024", None), None);
        assert_eq!(days("2024-02-30", None), None);
    }
}
