//! How a figure is printed in a headline: `percent`, `points`, `mean`, `number`, `in ten`,
//! `fraction`, `silent`.
//!
//! Shares in words, by the released percentage. `in ten` takes the nearest ten: up to 2
//! points off it is "seven in ten"; 3 or 4 below "nearly seven in ten", 3 to 5 above "more
//! than seven in ten"; under 8 and over 97 there is none. `fraction` takes the nearest of a
//! fifth, a quarter, a third, half, two thirds, three quarters: within 1 point it is "a
//! third", within 4 "almost a third" or "more than a third", further off there is none.

use crate::diagnostic::Finding;
use crate::disclose::Statistic;
use crate::prose::{Kind, tokens};

use super::super::codes::{NO_SHARE, UNBOUND_FIGURE};
use super::name::Cell;
use crate::words::{Words, fill};

/// From here on "one in ten" may be said, and up to there "more than nine in ten".
const TENTHS: std::ops::RangeInclusive<f64> = 8.0..=97.0;

/// Per cent of each fraction, in the order of the language's list.
const FRACTIONS: [f64; 6] = [20.0, 25.0, 100.0 / 3.0, 50.0, 200.0 / 3.0, 75.0];

/// The words for a figure.
pub(super) fn styled(
    cell: &Cell<'_>,
    style: &str,
    words: &Words,
) -> Result<String, Box<Finding>> {
    let statistic = cell.row.statistic;
    let shown = cell.figure.value();
    let number = shown.map(|value| words.number(value, cell.figure.decimals()));
    let (Some(value), Some(number)) = (shown, number) else { return Err(unfit(statistic)) };
    match (style, statistic) {
        ("percent", Statistic::Percent) => Ok(number + "%"),
        ("points", Statistic::Percent | Statistic::Nps | Statistic::Difference) => {
            let sentence = if number == "1" { words.point } else { words.points };
            Ok(fill(sentence, &[("n", &number)]))
        }
        ("in ten" | "in_ten", Statistic::Percent) => {
            in_ten(value, words).ok_or_else(|| none(cell, "in ten"))
        }
        ("fraction", Statistic::Percent) => {
            fraction(value, words).ok_or_else(|| none(cell, "fraction"))
        }
        ("mean", Statistic::Mean | Statistic::Median) | ("number", _) => Ok(number),
        ("silent", _) => Ok(String::new()),
        _ => Err(unfit(statistic)),
    }
}

fn unfit(statistic: Statistic) -> Box<Finding> {
    let finding = Finding::new(&UNBOUND_FIGURE, "a figure cannot be printed in this way");
    let finding = finding.because(format!("the figure is of the kind `{}`", statistic.name()));
    Box::new(finding.help(
        "write `percent`, `in ten`, `fraction`, `points` or `number` after a percentage, \
         `mean` or `number` after any other figure, `silent` to print nothing",
    ))
}

fn none(cell: &Cell<'_>, style: &str) -> Box<Finding> {
    let value = cell.figure.value().unwrap_or_default();
    let finding = Finding::new(&NO_SHARE, format!("a share cannot be said as `{style}`"));
    let finding = finding.because(format!("`{}` is {value}%", cell.name()));
    Box::new(finding.help("write `percent`, or the other of `in ten` and `fraction`"))
}

fn in_ten(percent: f64, words: &Words) -> Option<String> {
    let rounded = percent.round();
    let tenths = (1..=9).rev().find(|tenth| rounded >= f64::from(*tenth) * 10.0 - 4.0);
    let tenth = tenths.filter(|_| TENTHS.contains(&rounded))?;
    let name = words.small_numbers.split_whitespace().nth(usize::try_from(tenth - 1).ok()?)?;
    let said = fill(words.in_ten, &[("n", name)]);
    Some(hedged(rounded - f64::from(tenth) * 10.0, 2.0, words.nearly, &said, words))
}

fn fraction(percent: f64, words: &Words) -> Option<String> {
    let near = |fraction: &f64| (percent - fraction).abs();
    let (place, nearest) =
        FRACTIONS.iter().enumerate().min_by(|a, b| near(a.1).total_cmp(&near(b.1)))?;
    let name = words.fractions.split(',').nth(place)?.trim();
    let off = percent - nearest;
    (off.abs() <= 4.0).then(|| hedged(off, 1.0, words.almost, name, words))
}

/// The words for a share, with what has to stand before them if it is further off than it
/// may be.
fn hedged(off: f64, tolerance: f64, below: &str, said: &str, words: &Words) -> String {
    if off.abs() <= tolerance + 1e-9 {
        said.to_owned()
    } else if off < 0.0 {
        format!("{below} {said}")
    } else {
        format!("{} {said}", words.more_than)
    }
}

/// A figure that opens a sentence begins with a capital.
pub(super) fn opening(before: &str, figure: String) -> String {
    let opens = tokens(before)
        .iter()
        .rev()
        .find(|t| !t.is_in(&["\u{201c}", "\""]))
        .is_none_or(|t| t.kind == Kind::Mark && t.is_in(&[".", "!", "?", ":"]));
    let mut letters = figure.chars();
    match letters.next().filter(|first| opens && first.is_lowercase()) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => figure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::EN_GB;

    #[test]
    fn tenths_are_honest() {
        let said = |percent| in_ten(percent, &EN_GB).unwrap_or_default();
        assert_eq!(said(70.0), "seven in ten");
        assert_eq!(said(68.0), "seven in ten");
        assert_eq!(said(72.0), "seven in ten");
        assert_eq!(said(73.0), "more than seven in ten");
        assert_eq!(said(75.0), "more than seven in ten");
        assert_eq!(said(76.0), "nearly eight in ten");
        assert_eq!(said(67.0), "nearly seven in ten");
        assert_eq!(said(8.0), "one in ten");
        assert_eq!(said(97.0), "more than nine in ten");
        assert_eq!(
            (said(7.0), said(98.0), said(0.0)),
            (String::new(), String::new(), String::new())
        );
    }

    #[test]
    fn fractions_are_within_a_point_or_say_so() {
        let said = |percent| fraction(percent, &EN_GB).unwrap_or_default();
        assert_eq!(said(33.0), "a third");
        assert_eq!(said(34.0), "a third");
        assert_eq!(said(35.0), "more than a third");
        assert_eq!(said(50.0), "half");
        assert_eq!(said(46.0), "almost half");
        assert_eq!(said(67.0), "two thirds");
        assert_eq!(said(76.0), "three quarters");
        assert_eq!(said(23.0), "almost a quarter");
        assert_eq!(
            (said(42.0), said(3.0), said(90.0)),
            (String::new(), String::new(), String::new())
        );
    }

    #[test]
    fn a_share_that_opens_a_sentence_has_a_capital() {
        assert_eq!(opening("", "nine in ten".to_owned()), "Nine in ten");
        assert_eq!(opening("\u{201c}", "half".to_owned()), "Half");
        assert_eq!(opening("Only ", "half".to_owned()), "half");
        assert_eq!(opening("So it is. ", "half".to_owned()), "Half");
    }
}
