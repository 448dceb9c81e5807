//! Numbers and dates as they stand in cells.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// A number written plainly: digits, a point, a sign, perhaps an exponent.
///
/// Words that other readers take for numbers (`inf`, `nan`) are none.
pub(super) fn parse(cell: &[u8]) -> Option<f64> {
    let plain = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E');
    if cell.is_empty() || !cell.iter().all(plain) {
        return None;
    }
    let value: f64 = std::str::from_utf8(cell).ok()?.parse().ok()?;
    value.is_finite().then_some(value)
}

/// Days since 1970-01-01 of a date in the declared form, or in ISO 8601 if none is.
pub(super) fn days(cell: &str, form: Option<&str>) -> Option<f64> {
    let date = match form {
        Some(form) => DateTime::strptime(form, cell)
            .map(DateTime::date)
            .or_else(|_| Date::strptime(form, cell))
            .ok()?,
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
    use super::{days, parse};

    #[test]
    fn numbers_are_written_plainly() {
        assert_eq!(parse(b"-1.50"), Some(-1.5));
        assert_eq!(parse(b"1e3"), Some(1000.0));
        for word in ["", "inf", "nan", "1,5", " 1", "1 000", "0x10", "e", "1e999"] {
            assert_eq!(parse(word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn dates_are_read_in_the_declared_form_only() {
        assert_eq!(days("1970-01-02", None), Some(1.0));
        assert_eq!(days("2024-01-13T08:00:00Z", None), Some(19735.0));
        assert_eq!(days("13/01/2024", Some("%d/%m/%Y")), Some(19735.0));
        assert_eq!(days("13/01/2024 09:30", Some("%d/%m/%Y %H:%M")), Some(19735.0));
        assert_eq!(days("01/13/2024", Some("%d/%m/%Y")), None);
        assert_eq!(days("13/01/2024", None), None);
        assert_eq!(days("2024-02-30", None), None);
    }
}
