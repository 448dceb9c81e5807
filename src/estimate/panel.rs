//! Two waves that share people or sampling units, stacked: the variance of a change.
//!
//! Everything that one person, or one unit, adds to the figure of either wave belongs
//! together: with z the linearised variable of each wave, the variance of the change is that
//! of Σ(z′ − z) over units, drawn with replacement within strata. So R's `svydesign(ids = ~id)`
//! gives it for the stacked records.

use std::collections::{BTreeMap, BTreeSet};

use super::Of;
use super::answers::Ask;
use super::rows::{Manner, Rows, Source};
use crate::frame;
use crate::poll::{Poll, column_name};
use crate::prepare::Sample;
use crate::stats::SingleUnit;
use crate::stats::variance::{self, Spread, Stratum};

/// A figure of one wave: its question and item, as indexes of the questionnaire, and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The question.
    pub question: usize,
    /// The item.
    pub item: Option<usize>,
    /// The row.
    pub of: Of,
}

/// One wave of a panel.
#[derive(Clone, Debug)]
struct Linked<'a> {
    sample: &'a Sample,
    /// The unit of each respondent.
    units: Vec<u32>,
}

/// Two waves with what they share.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    before: Linked<'a>,
    after: Linked<'a>,
    /// The stratum of each unit: that of the later wave, if it is in both.
    stratum: Vec<u32>,
    strata: Vec<Stratum>,
    single: SingleUnit,
}

/// The name of the unit of each respondent: of the first stage of drawing, if there is one;
/// else the key, or the answer or column of that name.
///
/// # Errors
/// Why there is none.
pub fn units(
    sample: &Sample,
    poll: &Poll,
    linked_by: &str,
    keys: Option<&[String]>,
) -> Result<Vec<String>, String> {
    if sample.design().replicates.is_some() {
        return Err("with replicate weights the stacked sample has no variance".to_owned());
    }
    if let Some(unit) = poll.design.psu.first() {
        return Ok(first_stage(sample, &column_name(unit.get_ref()), poll.design.nest));
    }
    let key = sample.questionnaire().source.key.as_deref() == Some(linked_by);
    let labels =
        || labels(sample, linked_by).or_else(|| labels(sample, &column_name(linked_by)));
    let found = keys.filter(|_| key).map(<[String]>::to_vec).or_else(labels);
    found.ok_or_else(|| {
        format!("`{}` has no key column, question or design column of that name", poll.file)
    })
}

/// The text in a column of each respondent.
fn labels(sample: &Sample, column: &str) -> Option<Vec<String>> {
    let codes = frame::codes(sample.frame(), column)?;
    let labels = frame::list(sample.frame(), column);
    let name = |row| labels.get(codes.get(row)).cloned().unwrap_or_default();
    Some((0..codes.len()).map(name).collect())
}

/// The names of units; with that of the stratum, where names repeat between strata.
fn first_stage(sample: &Sample, column: &str, nested: bool) -> Vec<String> {
    let (design, names) = (sample.design(), labels(sample, column).unwrap_or_default());
    let name = |(name, stratum): (String, &u32)| {
        let stratum = design.strata.get(*stratum as usize).filter(|_| nested);
        format!("{}\u{1f}{name}", stratum.map_or("", String::as_str))
    };
    names.into_iter().zip(&design.stratum).map(name).collect()
}

/// A number for each name, in the order in which they first stand in either list.
fn numbered<'n>(first: &'n [String], second: &'n [String]) -> BTreeMap<&'n str, u32> {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    for name in first.iter().chain(second) {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers.entry(name).or_insert(next);
    }
    numbers
}

/// The strata of all units, and how many units they have.
#[derive(Default)]
struct Strata<'n> {
    numbers: BTreeMap<&'n str, u32>,
    /// The stratum of each unit, once it is known.
    of: Vec<Option<u32>>,
}

impl<'n> Strata<'n> {
    /// Gives the units of a wave their strata, unless a later wave has.
    fn add(&mut self, wave: &Linked<'n>) {
        let design = wave.sample.design();
        for (unit, own) in wave.units.iter().zip(&design.stratum) {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            let name = design.strata.get(*own as usize).map_or("", String::as_str);
            let own = *self.numbers.entry(name).or_insert(next);
            self.of[*unit as usize].get_or_insert(own);
        }
    }

    /// The stratum of each unit, and the strata.
    fn settled(self) -> (Vec<u32>, Vec<Stratum>) {
        let of: Vec<u32> = self.of.into_iter().map(Option::unwrap_or_default).collect();
        let mut strata = vec![Stratum { units: 0.0, fraction: 0.0 }; self.numbers.len()];
        for own in &of {
            strata[*own as usize].units += 1.0;
        }
        (of, strata)
    }
}

impl<'a> Panel<'a> {
    /// Stacks two waves, each with the names of its respondents' units.
    ///
    /// # Errors
    /// If no unit is in both.
    pub fn stack(
        (before, then): (&'a Sample, &[String]),
        (after, now): (&'a Sample, &[String]),
    ) -> Result<Self, String> {
        let numbers = numbered(now, then);
        let before = Linked::of(before, then, &numbers);
        let after = Linked::of(after, now, &numbers);
        let seen: BTreeSet<u32> = before.units.iter().copied().collect();
        if !after.units.iter().any(|unit| seen.contains(unit)) {
            return Err("no person or unit is in both waves".to_owned());
        }
        let mut strata = Strata { of: vec![None; numbers.len()], ..Strata::default() };
        strata.add(&after);
        strata.add(&before);
        let (stratum, strata) = strata.settled();
        let single = SingleUnit::from(after.sample.design().single_unit);
        Ok(Self { before, after, stratum, strata, single })
    }

    /// The variance of the change of a figure, in the square of the estimates' unit; none
    /// for a median, or if the design cannot tell.
    #[must_use]
    pub fn variance(&self, before: Spot, after: Spot) -> Option<f64> {
        let mut z = vec![0.0; self.stratum.len()];
        for (unit, own) in self.before.units.iter().zip(self.before.linearised(before)?) {
            z[*unit as usize] -= own;
        }
        for (unit, own) in self.after.units.iter().zip(self.after.linearised(after)?) {
            z[*unit as usize] += own;
        }
        variance::of_total(&self.spreads(&z), self.single).ok()
    }

    /// What the units of each stratum sum to, and how far they lie apart.
    fn spreads(&self, z: &[f64]) -> Vec<(Stratum, Spread)> {
        let mut sums = vec![(0.0, 0.0); self.strata.len()];
        for (z, own) in z.iter().zip(&self.stratum) {
            sums[*own as usize].0 += z;
        }
        for (z, own) in z.iter().zip(&self.stratum) {
            let (stratum, sum) = (self.strata[*own as usize], &mut sums[*own as usize]);
            let apart = z - sum.0 / stratum.units;
            sum.1 += apart * apart;
        }
        let spread = |(sum, product)| Spread { first: sum, second: sum, product };
        self.strata.iter().copied().zip(sums.into_iter().map(spread)).collect()
    }
}

impl<'a> Linked<'a> {
    fn of(sample: &'a Sample, names: &[String], numbers: &BTreeMap<&str, u32>) -> Self {
        let units = names.iter().filter_map(|name| numbers.get(name.as_str()).copied());
        Self { sample, units: units.collect() }
    }

    /// The linearised variable of a figure, one value for each respondent, less what the
    /// fits of the weights explain.
    fn linearised(&self, spot: Spot) -> Option<Vec<f64>> {
        let (terms, weights) = (self.terms(spot)?, &self.sample.design().weights);
        let sum = |of: fn(&(f64, f64)) -> f64| -> f64 {
            terms.iter().zip(weights).map(|(term, w)| w * of(term)).sum()
        };
        let (above, below) = (sum(|term| term.0), sum(|term| term.1));
        if below == 0.0 {
            return None;
        }
        let ratio = above / below;
        let one = |((c, d), w): (&(f64, f64), &f64)| w * (c - ratio * d) / below;
        let mut z: Vec<f64> = terms.iter().zip(weights).map(one).collect();
        self.sample.design().calibrations.iter().for_each(|fit| fit.remove_from(&mut z));
        Some(z)
    }

    /// What each respondent adds to the numerator and to the denominator of a figure.
    fn terms(&self, spot: Spot) -> Option<Vec<(f64, f64)>> {
        let questionnaire = self.sample.questionnaire();
        let question = questionnaire.questions.get(spot.question)?;
        let variable = (questionnaire.variables().into_iter())
            .find(|v| v.question == spot.question && v.item == spot.item)?;
        let rows = Rows::of(self.sample, question, &variable, Manner::default())?;
        let line =
            rows.lines.iter().find(|line| line.of == spot.of && spot.of != Of::Median)?;
        match (rows.sources.get(line.source)?, &line.ask) {
            (Source::Codes(list, _), Some(ask)) => {
                let codes = list.codes();
                Some((0..codes.len()).map(|row| term(ask, codes.get(row))).collect())
            }
            (Source::Numbers(values), _) => Some(values.iter().copied().map(given).collect()),
            (Source::Codes(..), None) => None,
        }
    }
}

/// The coefficients of an answer; nothing of who did not answer.
fn term(ask: &Ask, code: usize) -> (f64, f64) {
    let of = |list: &[f64]| list.get(code).copied().unwrap_or(0.0);
    (of(&ask.numerator), of(&ask.denominator))
}

/// A number and one who gave it.
fn given(y: f64) -> (f64, f64) {
    if y.is_nan() { (0.0, 0.0) } else { (y, 1.0) }
}
