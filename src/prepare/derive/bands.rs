//! `bands`: numbers are put into bands. A band has its first number, the next one its last;
//! the last band has both.

use super::list::answer;
use super::shape::{Cell, Draft};
use super::source::Cells;
use super::{Made, Maker};
use crate::poll::derive::{Band, Name};
use crate::prepare::codes;
use crate::questionnaire::{MadeFrom, band};

/// The reason of a number that is in no band.
const OUTSIDE: &str = "Outside all bands";

pub(super) fn make(
    maker: &mut Maker<'_, '_>,
    from: &Name,
    bands: &[Band],
    outside: bool,
) -> Option<Made> {
    let sources = [maker.source(from)?];
    let source = &sources[0];
    let Cells::Numbers(numbers, _) = &source.cells else {
        maker.unfit(from, source, "use `recode` for answers");
        return None;
    };
    if !outside {
        check_outside(maker, from, numbers, bands)?;
    }
    let list = maker.list(bands.iter().map(|band| answer(&band.label)).collect(), true)?;
    let codes = list.codes.clone();
    let draft = Draft::new(maker, &sources, maker.words().derived_bands).like(source);
    let draft = Draft { own: outside.then_some(OUTSIDE), ..draft };
    let ends: Vec<(f64, f64)> = bands.iter().map(|band| (band.from, band.to)).collect();
    let mut made = draft.single(maker, list, |row| match source.number(row) {
        None => Cell::Nothing,
        Some(number) => band(number, &ends).map_or(Cell::Own, |at| Cell::Answer(codes[at])),
    })?;
    // Bands stand in their order, unless some of them are no answers of substance.
    if codes.iter().zip(0..).all(|(code, at)| *code == at) {
        made.question.made_from.push(MadeFrom::Bands { of: source.name.clone(), bands: ends });
    }
    Some(made)
}

/// Says how many numbers are in no band; not which, since they may tell who it is.
fn check_outside(
    maker: &mut Maker<'_, '_>,
    from: &Name,
    numbers: &[f64],
    bands: &[Band],
) -> Option<()> {
    let (first, last) = (bands.first()?.from, bands.last()?.to);
    let below = numbers.iter().filter(|number| **number < first).count();
    let above = numbers.iter().filter(|number| **number > last).count();
    if below + above == 0 {
        return Some(());
    }
    let answers = if below + above == 1 { "answer is" } else { "answers are" };
    let headline = format!("{} {answers} outside all bands", below + above);
    let finding = maker.finding(&codes::OUTSIDE_BANDS, from, headline);
    let sides = sides([(below, "below", first), (above, "above", last)]);
    let because = format!("of `{}`: {sides}", from.get_ref());
    let help = "widen the bands (`inf` leaves the last open), or add `outside = \"missing\"`";
    maker.findings.push(finding.because(because).help(help));
    None
}

/// How many numbers are on either side, such as `2 below 0, 1 above 99`.
fn sides(sides: [(usize, &str, f64); 2]) -> String {
    let some = sides.into_iter().filter(|(count, ..)| *count > 0);
    let said = some.map(|(count, side, limit)| format!("{count} {side} {limit}"));
    said.collect::<Vec<_>>().join(", ")
}
