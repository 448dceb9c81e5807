//! Two waves that share people or sampling units, stacked: the variance of a change.
//!
//! Everything that one person, or one unit, adds to the figure of either wave belongs
//! together: with z the linearised variable of each wave, the variance of the change is that
//! of Σ(z′ − z) over units, drawn with replacement within strata. So R's `svydesign(ids = ~id)`
//! gives it for the stacked records.

use std::collections::BTreeMap;

use super::Of;
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
    /// Units that are in both waves.
    shared: usize,
}

/// The name of the unit of each respondent.
///
/// # Errors
/// Why there is none.
pub fn units(
    sample: &Sample,
    poll: &Poll,
    linked_by: &str,
    keys: Option<&[String]>,
) -> Result<Vec<String>, String> {
    let design = sample.design();
    if design.replicates.is_some() {
        return Err("with replicate weights the stacked sample has no variance".to_owned());
    }
    let labels = |column: &str| {
        let codes = frame::codes(sample.frame(), column)?;
        let labels = frame::list(sample.frame(), column);
        let name = |row| labels.get(codes.get(row)).cloned().unwrap_or_default();
        Some((0..codes.len()).map(name).collect::<Vec<String>>())
    };
    if let Some(unit) = poll.design.psu.first() {
        let names = labels(&column_name(unit.get_ref())).unwrap_or_default();
        let nested = names.iter().zip(&design.stratum).map(|(name, stratum)| {
            let stratum = design.strata.get(*stratum as usize).filter(|_| poll.design.nest);
            format!("{}\u{1f}{name}", stratum.map_or("", String::as_str))
        });
        return Ok(nested.collect());
    }
    let key = sample.questionnaire().source.key.as_deref() == Some(linked_by);
    let found = match keys.filter(|_| key) {
        Some(keys) => Some(keys.to_vec()),
        None => labels(linked_by).or_else(|| labels(&column_name(linked_by))),
    };
    found.ok_or_else(|| {
        format!("`{}` has no key column, question or design column of that name", poll.file)
    })
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
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        for name in now.iter().chain(then) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            numbers.entry(name).or_insert(next);
        }
        let units = |names: &[String]| -> Vec<u32> {
            names.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect()
        };
        let (before, after) = (
            Linked { sample: before, units: units(then) },
            Linked { sample: after, units: units(now) },
        );
        let mut strata: BTreeMap<&str, u32> = BTreeMap::new();
        let mut stratum: Vec<Option<u32>> = vec![None; numbers.len()];
        let mut seen = vec![(false, false); numbers.len()];
        for (later, wave) in [(true, &after), (false, &before)] {
            let design = wave.sample.design();
            for (unit, own) in wave.units.iter().zip(&design.stratum) {
                let next = u32::try_from(strata.len()).unwrap_or(u32::MAX);
                let name = design.strata.get(*own as usize).map_or("", String::as_str);
                let own = *strata.entry(name).or_insert(next);
                stratum[*unit as usize].get_or_insert(own);
                let seen = &mut seen[*unit as usize];
                if later { seen.0 = true } else { seen.1 = true }
            }
        }
        let shared = seen.iter().filter(|(now, then)| *now && *then).count();
        if shared == 0 {
            return Err("no person or unit is in both waves".to_owned());
        }
        let stratum: Vec<u32> = stratum.into_iter().map(Option::unwrap_or_default).collect();
        let mut strata = vec![Stratum { units: 0.0, fraction: 0.0 }; strata.len()];
        for own in &stratum {
            strata[*own as usize].units += 1.0;
        }
        let single = SingleUnit::from(after.sample.design().single_unit);
        Ok(Self { before, after, stratum, strata, single, shared })
    }

    /// How many people or units are in both waves.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.shared
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
        let mut sums = vec![0.0; self.strata.len()];
        for (z, stratum) in z.iter().zip(&self.stratum) {
            sums[*stratum as usize] += z;
        }
        let mut products = vec![0.0; self.strata.len()];
        for (z, stratum) in z.iter().zip(&self.stratum) {
            let stratum = *stratum as usize;
            let apart = z - sums[stratum] / self.strata[stratum].units;
            products[stratum] += apart * apart;
        }
        let spread = |((stratum, sum), product): ((&Stratum, &f64), &f64)| {
            (*stratum, Spread { first: *sum, second: *sum, product: *product })
        };
        let spreads: Vec<_> =
            self.strata.iter().zip(&sums).zip(&products).map(spread).collect();
        variance::of_total(&spreads, self.single).ok()
    }
}

impl Linked<'_> {
    /// The linearised variable of a figure, one value for each respondent, less what the
    /// fits of the weights explain.
    fn linearised(&self, spot: Spot) -> Option<Vec<f64>> {
        let questionnaire = self.sample.questionnaire();
        let question = questionnaire.questions.get(spot.question)?;
        let variable = (questionnaire.variables().into_iter())
            .find(|v| v.question == spot.question && v.item == spot.item)?;
        let rows = Rows::of(self.sample, question, &variable, Manner::default())?;
        let line =
            rows.lines.iter().find(|line| line.of == spot.of && spot.of != Of::Median)?;
        let weights = &self.sample.design().weights;
        // What each respondent adds to the numerator and to the denominator of the figure.
        let terms: Vec<(f64, f64)> = match (rows.sources.get(line.source)?, &line.ask) {
            (Source::Codes(list, _), Some(ask)) => {
                let codes = list.codes();
                let term = |row| {
                    let code = codes.get(row);
                    let of = |list: &[f64]| list.get(code).copied().unwrap_or(0.0);
                    (of(&ask.numerator), of(&ask.denominator))
                };
                (0..weights.len()).map(term).collect()
            }
            (Source::Numbers(values), _) => {
                let term = |y: &f64| if y.is_nan() { (0.0, 0.0) } else { (*y, 1.0) };
                values.iter().map(term).collect()
            }
            (Source::Codes(..), None) => return None,
        };
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
}
