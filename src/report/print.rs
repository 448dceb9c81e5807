//! Numbers, days and lists as they are read. Takes released figures, gives words.
//!
//! May know the words of the language. Never takes a place off a released value that it
//! has, so it rounds for the analyst alone.

use jiff::civil::Date;

use super::document::{Entry, Run, Text};
use crate::disclose::Statistic;
use crate::disclose::{Figure, Status, Verdict};
use crate::words::{Words, digits};

/// A figure with its unit, or the shorthand that stands for it.
pub(super) fn figure(figure: &Figure, statistic: Statistic, words: &Words) -> String {
    let sign = if statistic.is_percentage() { "%" } else { "" };
    with_status(figure, sign, words)
}

/// A change with its sign, such as "+5" or "−1", or the shorthand that stands for it.
pub(super) fn change(figure: &Figure, words: &Words) -> String {
    let text = with_status(figure, "", words);
    let is_printed = text.contains(|c: char| ('1'..='9').contains(&c));
    let up = figure.value().is_some_and(|v| v > 0.0) && is_printed;
    if up { format!("+{text}") } else { text }
}

/// A number of respondents, or the shorthand that stands for it.
pub(super) fn base(figure: &Figure, words: &Words) -> String {
    with_status(figure, "", words)
}

fn with_status(figure: &Figure, sign: &str, words: &Words) -> String {
    let code = figure.status().code();
    let Some(value) = figure.value() else {
        return if code.is_empty() { Status::NotAvailable.code() } else { code }.to_owned();
    };
    let value = words.number(value, figure.decimals()) + sign;
    if code.is_empty() { value } else { format!("{value} {code}") }
}

/// The interval of a figure, such as "36 to 42".
pub(super) fn range(figure: &Figure, words: &Words) -> Option<String> {
    let (low, high) = figure.interval()?;
    let places = figure.decimals();
    Some(words.from_to(&words.number(low, places), &words.number(high, places)))
}

/// A cell of a table; with its interval if those are shown.
pub(super) fn entry(
    cell: &Figure,
    statistic: Statistic,
    intervals: bool,
    words: &Words,
) -> Entry {
    let range = match range(cell, words) {
        _ if !intervals => None,
        None if cell.is_set() => Some(words.set_by_weighting.to_owned()),
        range => range,
    };
    let verdict = cell.verdict().and_then(|verdict| match verdict {
        Verdict::Higher => Some(words.higher),
        Verdict::Lower => Some(words.lower),
        Verdict::Neither => None,
    });
    let compared = cell.verdict().map(|verdict| match verdict {
        Verdict::Higher => words.compared_higher,
        Verdict::Lower => words.compared_lower,
        Verdict::Neither => words.compared_none,
    });
    let ends = cell.interval().filter(|_| intervals && range.is_some());
    let plain = |(low, high)| (digits(low, cell.decimals()), digits(high, cell.decimals()));
    Entry {
        text: figure(cell, statistic, words),
        range,
        digits: cell.value().map(|value| digits(value, cell.decimals())),
        ends: ends.map(plain),
        verdict,
        compared,
        letters: cell.letters().to_owned(),
    }
}

/// A change as a cell of a table, with the digits of its interval where it has one.
pub(super) fn changed(figure: &Figure, words: &Words) -> Entry {
    let plain = |value| digits(value, figure.decimals());
    Entry {
        text: change(figure, words),
        range: range(figure, words),
        digits: figure.value().map(plain),
        ends: figure.interval().map(|(low, high)| (plain(low), plain(high))),
        ..Entry::default()
    }
}

/// A number that somebody else has published, with the places that it has there.
pub(super) fn quoted(value: f64, sign: &str, words: &Words) -> Entry {
    let digits = value.to_string();
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let places = u8::try_from(places).unwrap_or(u8::MAX);
    Entry { digits: Some(digits), ..Entry::plain(words.number(value, places) + sign) }
}

/// A number of respondents as a cell of a table.
pub(super) fn counted(cell: &Figure, words: &Words) -> Entry {
    let digits = cell.value().map(|value| digits(value, cell.decimals()));
    Entry { digits, ..Entry::plain(base(cell, words)) }
}

/// A day, such as "13 January 2024".
pub(super) fn date(day: Date, words: &Words) -> Run {
    Run::Day(words.day(day), day.to_string())
}

/// Two days; what they have in common is said once: "13 to 14 January 2024".
pub(super) fn dates(first: Date, last: Date, words: &Words) -> Text {
    let Some(short) = words.first_day(first, last) else { return vec![date(last, words)] };
    let between = words.from_to("", "");
    vec![Run::Day(short, first.to_string()), Run::Plain(between), date(last, words)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclose::testing;
    use crate::words::EN_GB;
    use jiff::civil::date as day;

    fn words_of(text: &Text) -> String {
        text.iter()
            .map(|run| match run {
                Run::Plain(text)
                | Run::Strong(text)
                | Run::Day(text, _)
                | Run::Link(text, _) => text.as_str(),
            })
            .collect()
    }

    #[test]
    fn a_figure_is_its_value_or_its_shorthand() {
        let print = |value, status| {
            figure(&testing::figure(value, None, status), Statistic::Percent, &EN_GB)
        };
        assert_eq!(print(Some(39.0), Status::Shown), "39%");
        assert_eq!(print(Some(39.0), Status::Unreliable), "39% [u]");
        assert_eq!(print(None, Status::Confidential), "[c]");
        assert_eq!(print(None, Status::Shown), "[x]");
    }

    #[test]
    fn a_cell_has_its_number_in_plain_digits_and_shorthand_has_none() {
        let cell = |value, status| {
            let figure = testing::figure(value, Some((3.0, 5.0)), status);
            entry(&figure, Statistic::Percent, true, &EN_GB)
        };
        let shown = cell(Some(4.0), Status::Unreliable);
        assert_eq!(shown.digits.as_deref(), Some("4"));
        assert_eq!(shown.ends, Some(("3".to_owned(), "5".to_owned())));
        assert_eq!(cell(None, Status::Confidential), Entry::plain("[c]"));
        let people = testing::figure(Some(4678.0), None, Status::Shown);
        assert_eq!(counted(&people, &EN_GB).digits.as_deref(), Some("4678"));
    }

    #[test]
    fn a_mean_has_no_per_cent_sign() {
        let mean = testing::figure(Some(3.0), None, Status::Shown);
        assert_eq!(figure(&mean, Statistic::Mean, &EN_GB), "3");
    }

    #[test]
    fn intervals_are_printed_low_to_high() {
        let cell = testing::figure(Some(39.0), Some((36.0, 42.0)), Status::Shown);
        assert_eq!(range(&cell, &EN_GB).as_deref(), Some("36 to 42"));
        assert_eq!(entry(&cell, Statistic::Percent, false, &EN_GB).range, None);
    }

    #[test]
    fn days_say_what_they_share_once() {
        let print = |a, b| words_of(&dates(a, b, &EN_GB));
        let first = day(2024, 1, 13);
        assert_eq!(print(first, first), "13 January 2024");
        assert_eq!(print(first, day(2024, 1, 14)), "13 to 14 January 2024");
        assert_eq!(print(first, day(2024, 2, 2)), "13 January to 2 February 2024");
        assert_eq!(print(first, day(2025, 1, 2)), "13 January 2024 to 2 January 2025");
    }
}
