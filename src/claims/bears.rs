//! Whether a figure bears a number: takes both, says yes or no. Knows nothing of the words
//! around them.

use super::release::{Figure, Statistic, Status};
use crate::prose::{Amount, Hedge, Number};

/// Whether a figure is what a number says.
pub(super) fn bears(figure: &Figure, number: &Number) -> bool {
    let Some(value) = figure.value else { return bears_low(figure, number) };
    let hedge = number.hedge;
    match number.amount {
        Amount::Percent(said) if figure.is_share() => match hedge {
            Hedge::Exact => same(value, said, number.decimals),
            hedge => hedge.allows(said, value, 0.0, 1.0),
        },
        Amount::Share { value: said, tolerance } if figure.is_share() => {
            hedge.allows(said, value, tolerance, 1.0)
        }
        Amount::Range(low, high) if figure.is_share() => {
            let interval = figure.low.zip(figure.high);
            (low..=high).contains(&value) || interval == Some((low, high))
        }
        Amount::Points(said) if in_points(figure) => {
            let value = value.abs();
            hedge.allows(said, value, 0.0, 1.0) || same(value, said, number.decimals)
        }
        Amount::Plain(said) if figure.statistic == Statistic::Number => {
            let scale = said.abs() / 100.0;
            let equal = same(value.abs(), said, number.decimals);
            match hedge {
                Hedge::Exact => equal,
                hedge => equal || hedge.allows(said, value.abs(), 0.0, scale),
            }
        }
        _ => false,
    }
}

/// How far a figure is from a number, for naming the nearest.
pub(super) fn distance(figure: &Figure, number: &Number) -> Option<f64> {
    let value = figure.value?;
    let (said, fits) = match number.amount {
        Amount::Percent(said) | Amount::Share { value: said, .. } | Amount::Range(said, _) => {
            (said, figure.is_share())
        }
        Amount::Points(said) => (said, in_points(figure)),
        Amount::Plain(said) => (said, figure.statistic == Statistic::Number),
    };
    fits.then_some((value.abs() - said).abs())
}

fn in_points(figure: &Figure) -> bool {
    matches!(figure.statistic, Statistic::Change | Statistic::Difference)
}

/// "Less than 1%" is what may be said of a figure that rounds to zero.
fn bears_low(figure: &Figure, number: &Number) -> bool {
    let under = matches!(number.hedge, Hedge::Under | Hedge::JustUnder | Hedge::AtMost);
    figure.status == Status::Low && under && number.amount == Amount::Percent(1.0)
}

/// Whether a figure, rounded to the places that are written, is the number. A figure that
/// has fewer places than the number is compared as it is.
fn same(value: f64, said: f64, decimals: u8) -> bool {
    let unit = (0..decimals.min(12)).fold(1.0, |unit, _| unit * 10.0);
    let rounded = (value * unit + 1e-9).round() / unit;
    (rounded - said).abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::testing::release;
    use crate::prose::{numbers, tokens};

    fn number(text: &str) -> Number {
        numbers(&tokens(text), &["hour".to_owned()]).said.remove(0)
    }

    #[test]
    fn percentages_are_the_figure_or_its_rounding() {
        let release = release();
        let yes = &release.figures[0];
        assert!(bears(yes, &number("3%")) && bears(yes, &number("3.0%")));
        assert!(!bears(yes, &number("3.1%")) && !bears(yes, &number("4%")));
        assert!(bears(yes, &number("nearly 5%")) && bears(yes, &number("under 5%")));
        assert!(!bears(yes, &number("3 points")) && !bears(yes, &number("3 hours")));
    }

    #[test]
    fn ranges_hold_their_figures() {
        let release = release();
        assert!(bears(&release.figures[0], &number("between 2% and 4%")));
        assert!(!bears(&release.figures[0], &number("between 4% and 6%")));
    }

    #[test]
    fn numbers_with_a_unit_are_means_and_medians() {
        let release = release();
        let mean = release.figures.iter().find(|f| f.answer_id == "mean").expect("a mean");
        assert!(bears(mean, &number("50.8 hours")) && bears(mean, &number("51 hours")));
        assert!(bears(mean, &number("more than 50 hours")));
        assert!(!bears(mean, &number("50.8%")));
    }
}
