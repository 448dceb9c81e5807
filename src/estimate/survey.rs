//! The design as `stats` wants it: variances of linearised totals from sums by layer.

use super::conventions::Freedom;
use super::first_stage::{FirstStage, strata};
use super::fitted::{self, Explained, Raw};
use crate::prepare::{Design, Layers, Pieces};
use crate::stats::SingleUnit;
use crate::stats::matrix::Matrix;
use crate::stats::multistage::{self, Multistage};
use crate::stats::variance::{self, Spread, Stratum};

/// What differs from zero by no more than this share of its terms does so by rounding.
pub(super) const ROUNDING: f64 = 1e-12;

/// How respondents were drawn, and what may be asked of that.
#[derive(Clone, Debug)]
pub(super) struct Survey<'a> {
    design: &'a Design,
    single: SingleUnit,
    structure: Structure,
    /// The stratum and first-stage unit of each layer.
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    stratum: u32,
    unit: u32,
}

#[derive(Clone, Debug)]
enum Structure {
    /// Each respondent was drawn alone: a layer is a stratum.
    Respondents(Vec<Stratum>),
    /// A layer is a sampling unit of the last stage.
    Units { stages: Vec<Stage>, whole: Multistage, first: FirstStage },
}

/// One stage as [`multistage::Stage`] borrows it, with one entry per layer.
#[derive(Clone, Debug)]
struct Stage {
    strata: Vec<u32>,
    units: Vec<u32>,
    population: Option<Vec<f64>>,
}

/// What a linearised variable z sums to in one layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sum {
    /// Σz
    pub z: f64,
    /// Σz²
    pub squares: f64,
}

/// What two linearised variables sum to in one layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Pair {
    /// Σz
    pub first: f64,
    /// Σz′
    pub second: f64,
    /// Σzz′
    pub product: f64,
}

impl Sum {
    /// The sums by layer of a linearised variable, given as rows of the sample and values;
    /// rows that are left out count as zero.
    #[must_use]
    pub(super) fn by_layer(
        layers: &Layers<'_>,
        z: impl Iterator<Item = (usize, f64)>,
    ) -> Vec<Self> {
        let mut sums = vec![Self::default(); layers.count];
        for (row, z) in z {
            let sum = &mut sums[layers.of[row] as usize];
            sum.z += z;
            sum.squares += z * z;
        }
        sums
    }
}

impl<'a> Survey<'a> {
    /// The design of a sample.
    #[must_use]
    pub(super) fn of(design: &'a Design) -> Self {
        let single = SingleUnit::from(design.single_unit);
        if design.stages.is_empty() {
            let places =
                (0_u32..).take(design.strata.len()).map(|stratum| Place { stratum, unit: 0 });
            let structure = Structure::Respondents(strata(design, design.population.as_ref()));
            return Self { design, single, structure, places: places.collect() };
        }
        let stages = stages(design);
        let first = &stages[0];
        let places = first.strata.iter().zip(&first.units);
        let places =
            places.map(|(stratum, unit)| Place { stratum: *stratum, unit: *unit }).collect();
        let whole = arrange(&stages);
        let structure = Structure::Units { stages, whole, first: FirstStage::of(design) };
        Self { design, single, structure, places }
    }

    /// Sums by layer of a linearised variable, less what the fits of the weights explain.
    #[must_use]
    pub(super) fn settled(&self, raw: &Raw) -> Vec<Sum> {
        let mut layers = raw.layers.clone();
        // Sums of single respondents had it taken off before.
        let Some(pieces) = self.design.pieces.as_ref().filter(|_| !raw.fits.is_empty()) else {
            return layers;
        };
        let explained = Explained::of(self.design, pieces, raw);
        if self.in_units() {
            let totals = explained.totals(pieces, layers.len());
            for (sum, explained) in layers.iter_mut().zip(totals) {
                let z = sum.z - explained;
                *sum = Sum { z, squares: z * z };
            }
            return layers;
        }
        let mut strata = vec![Sum::default(); self.places.len()];
        for (sum, layer) in
            fitted::residuals(pieces, &layers, &explained).iter().zip(&pieces.layer)
        {
            let stratum = &mut strata[*layer as usize];
            stratum.z += sum.z;
            stratum.squares += sum.squares;
        }
        strata
    }

    /// What the fits of the weights explain of a linearised variable; none without fits.
    #[must_use]
    pub(super) fn explained(&self, raw: &Raw) -> Option<Explained> {
        Some(Explained::of(self.design, self.design.pieces.as_ref()?, raw))
    }

    /// Products by layer of two linearised variables, less what the fits explain.
    #[must_use]
    pub(super) fn settled_pairs(
        &self,
        mut pairs: Vec<Pair>,
        first: &Explained,
        second: &Explained,
    ) -> Vec<Pair> {
        let Some(pieces) = &self.design.pieces else { return pairs };
        if self.in_units() {
            let count = pairs.len();
            let totals = [first, second].map(|of| of.totals(pieces, count));
            for ((pair, first), second) in pairs.iter_mut().zip(&totals[0]).zip(&totals[1]) {
                let (z, other) = (pair.first - first, pair.second - second);
                *pair = Pair { first: z, second: other, product: z * other };
            }
            return pairs;
        }
        let mut strata = vec![Pair::default(); self.places.len()];
        let residuals = fitted::residual_pairs(pieces, &pairs, (first, second));
        for (pair, layer) in residuals.iter().zip(&pieces.layer) {
            let stratum = &mut strata[*layer as usize];
            stratum.first += pair.first;
            stratum.second += pair.second;
            stratum.product += pair.product;
        }
        strata
    }

    /// Counts by layer of a tally as counts by layer of the design.
    #[must_use]
    pub(super) fn members(&self, tallied: &[f64]) -> Vec<f64> {
        match &self.design.pieces {
            Some(pieces) if !self.in_units() => self.by_layer(pieces, tallied),
            _ => tallied.to_vec(),
        }
    }

    /// The variance of a number from its values at the replicates; none if there are no
    /// replicates, or it does not exist at one of them.
    #[must_use]
    pub(super) fn of_replicates(&self, value: f64, replicates: &[f64]) -> Option<f64> {
        let by_replicate: Vec<Vec<f64>> = replicates.iter().map(|r| vec![*r]).collect();
        let covariance = self.design.replicates.as_ref()?.covariance(&[value], &by_replicate);
        let variance = covariance.ok()?.at(0, 0);
        Some(if variance.sqrt() > ROUNDING * value.abs() { variance } else { 0.0 })
    }

    /// The covariance of several numbers from their values at each replicate.
    #[must_use]
    pub(super) fn covariance_of_replicates(
        &self,
        values: &[f64],
        by_replicate: &[Vec<f64>],
    ) -> Option<Matrix> {
        self.design.replicates.as_ref()?.covariance(values, by_replicate).ok()
    }

    /// The sums by layer of z, one value for each respondent, less what the fits of the
    /// weights explain.
    #[must_use]
    pub(super) fn of_records(&self, mut z: Vec<f64>) -> Vec<Sum> {
        self.design.calibrations.iter().for_each(|fit| fit.remove_from(&mut z));
        Sum::by_layer(&Layers::coarse(self.design), z.into_iter().enumerate())
    }

    /// The ratio of two sums at each replicate, a and b being given by respondent; none
    /// without replicates.
    #[must_use]
    pub(super) fn replicate_ratios(
        &self,
        terms: impl Iterator<Item = (usize, f64, f64)>,
    ) -> Vec<f64> {
        let Some(patterns) = &self.design.patterns else {
            return self.ratios_one_by_one(&terms.collect::<Vec<_>>());
        };
        let mut sums = vec![0.0; 2 * patterns.count];
        for (row, a, b) in terms {
            let place = 2 * patterns.of[row] as usize;
            sums[place] += a;
            sums[place + 1] += b;
        }
        let folded = patterns.fold(sums.into_iter());
        let (above, below) = folded.split_at(folded.len() / 2);
        quotients(above, below)
    }

    /// As [`Survey::replicate_ratios`], where respondents share no pattern.
    fn ratios_one_by_one(&self, terms: &[(usize, f64, f64)]) -> Vec<f64> {
        let Some(replicates) = &self.design.replicates else { return Vec::new() };
        let (mut weights, mut ratios) = (Vec::new(), Vec::new());
        for r in 0..replicates.len() {
            replicates.weights(r, &self.design.weights, &mut weights);
            let (mut above, mut below) = (0.0, 0.0);
            for (row, a, b) in terms {
                let factor = weights[*row] / self.design.weights[*row];
                above += a * factor;
                below += b * factor;
            }
            ratios.extend(quotients(&[above], &[below]));
        }
        ratios
    }

    fn by_layer(&self, pieces: &Pieces, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.places.len()];
        for (value, layer) in values.iter().zip(&pieces.layer) {
            sums[*layer as usize] += value;
        }
        sums
    }

    /// Whether weights were made to meet totals.
    #[must_use]
    pub(super) fn is_fitted(&self) -> bool {
        !self.design.calibrations.is_empty()
    }

    /// How many respondents there are.
    #[must_use]
    pub(super) fn respondents(&self) -> usize {
        self.design.weights.len()
    }

    fn in_units(&self) -> bool {
        matches!(self.structure, Structure::Units { .. })
    }

    /// The variance of Σz from its sums by layer; none if the design cannot tell.
    /// `members` counts the respondents of the domain by layer.
    #[must_use]
    pub(super) fn variance(&self, sums: &[Sum], members: &[f64]) -> Option<f64> {
        let pair = |sum: &Sum| Pair { first: sum.z, second: sum.z, product: sum.squares };
        let pairs: Vec<Pair> = sums.iter().map(pair).collect();
        let variance = self.covariance(&pairs, members)?;
        // A stratum in which all z are alike adds nothing, but for the rounding of its sums.
        let total: f64 = sums.iter().map(|sum| sum.squares).sum();
        if !total.is_finite() || !variance.is_finite() {
            return None;
        }
        Some(if variance > ROUNDING * total { variance } else { 0.0 })
    }

    /// The covariance of Σz and Σz′ from their sums by layer; none if the design cannot
    /// tell. `members` counts the respondents of the domain by layer. Strata without any
    /// are left out, as R does, which only `adjust` and `average` notice.
    #[must_use]
    pub(super) fn covariance(&self, pairs: &[Pair], members: &[f64]) -> Option<f64> {
        match &self.structure {
            Structure::Respondents(strata) => {
                let spread = |(stratum, pair): (&Stratum, &Pair)| {
                    let Pair { first, second, product } = *pair;
                    (*stratum, Spread::new(*stratum, first, second, product))
                };
                let held = strata.iter().zip(pairs).zip(members).filter(|(_, n)| **n > 0.0);
                let spreads: Vec<_> = held.map(|(parts, _)| spread(parts)).collect();
                variance::of_total(&spreads, self.single).ok()
            }
            Structure::Units { first, .. } if first.suffices => {
                let z = |of: fn(&Pair) -> f64| self.by_first_unit(pairs.iter().map(of));
                first.covariance(&z(|pair| pair.first), &z(|pair| pair.second))
            }
            Structure::Units { stages, whole, .. } => {
                let held = self.layers_that_count(pairs, members);
                let z = |of: fn(&Pair) -> f64| held.iter().map(|l| of(&pairs[*l])).collect();
                let (first, second): (Vec<f64>, Vec<f64>) = (z(|p| p.first), z(|p| p.second));
                if held.len() == pairs.len() {
                    return whole.covariance(&first, &second, self.single).ok();
                }
                let stages: Vec<Stage> = stages.iter().map(|stage| stage.only(&held)).collect();
                arrange(&stages).covariance(&first, &second, self.single).ok()
            }
        }
    }

    /// A linearised variable by unit of the first stage, such that the variance of a total is
    /// the sum of squares, and that of a difference the sum of squares of the differences;
    /// none where a variance is made in another way.
    #[must_use]
    pub(super) fn centred(&self, raw: &Raw) -> Option<Vec<f64>> {
        match &self.structure {
            Structure::Units { first, .. }
                if first.suffices && self.design.replicates.is_none() =>
            {
                let settled = self.settled(raw);
                Some(first.centred(&self.by_first_unit(settled.iter().map(|sum| sum.z))))
            }
            _ => None,
        }
    }

    /// Sums by unit of the first stage from sums by layer.
    fn by_first_unit(&self, layers: impl Iterator<Item = f64>) -> Vec<f64> {
        if self.design.stages.len() == 1 {
            return layers.collect();
        }
        let units = self.design.stages.first().map_or(0, |stage| stage.parent.len());
        let mut sums = vec![0.0; units];
        layers.zip(&self.places).for_each(|(z, place)| sums[place.unit as usize] += z);
        sums
    }

    /// All layers, but for those of strata without a member of the domain if that makes a
    /// difference: under `adjust` it makes none where Σz is zero, as it is for a mean.
    fn layers_that_count(&self, pairs: &[Pair], members: &[f64]) -> Vec<usize> {
        let sum = |of: fn(&Pair) -> f64| pairs.iter().map(of).sum::<f64>();
        let matters = match self.single {
            SingleUnit::Average => true,
            SingleUnit::Adjust => {
                sum(|p| p.first).abs() > ROUNDING * sum(|p| p.first.abs())
                    || sum(|p| p.second).abs() > ROUNDING * sum(|p| p.second.abs())
            }
            _ => false,
        };
        if !matters {
            return (0..pairs.len()).collect();
        }
        let stratum = |layer: usize| self.places[layer].stratum;
        let mut held: Vec<u32> = self.held(members).map(stratum).collect();
        held.sort_unstable();
        let counts = |layer: &usize| held.binary_search(&stratum(*layer)).is_ok();
        (0..pairs.len()).filter(counts).collect()
    }

    /// Degrees of freedom; `members` counts the respondents of the domain by layer.
    #[must_use]
    pub(super) fn degrees(&self, freedom: Freedom, members: &[f64]) -> f64 {
        if let Some(freedom) = self.design.replicate_freedom {
            return freedom;
        }
        match freedom {
            Freedom::Domain => self.freedom(members),
            Freedom::Whole => self.whole_freedom(),
        }
    }

    /// Sampling units with a member of the domain minus their strata.
    fn freedom(&self, members: &[f64]) -> f64 {
        let strata = distinct(self.held(members).map(|layer| self.places[layer].stratum));
        self.clusters(members).unwrap_or_else(|| members.iter().sum()) - strata
    }

    /// Sampling units minus strata of the whole design.
    fn whole_freedom(&self) -> f64 {
        match &self.structure {
            Structure::Respondents(strata) => {
                strata.iter().map(|s| s.units).sum::<f64>() - strata.len() as f64
            }
            Structure::Units { whole, .. } => whole.freedom(),
        }
    }

    /// How many first-stage units have a member of the domain; none if respondents were
    /// drawn alone.
    #[must_use]
    pub(super) fn clusters(&self, members: &[f64]) -> Option<f64> {
        match self.structure {
            Structure::Units { .. } if self.design.replicates.is_none() => {
                Some(distinct(self.held(members).map(|layer| self.places[layer].unit)))
            }
            _ => None,
        }
    }

    /// The layers with a member of the domain.
    fn held(&self, members: &[f64]) -> impl Iterator<Item = usize> {
        (0..self.places.len().min(members.len())).filter(|layer| members[*layer] > 0.0)
    }
}

/// Each a over its b; not a number where there is none.
pub(super) fn quotients(above: &[f64], below: &[f64]) -> Vec<f64> {
    let ratio = |(a, b): (&f64, &f64)| if *b == 0.0 { f64::NAN } else { a / b };
    above.iter().zip(below).map(ratio).collect()
}

/// How many different codes there are; the largest is not much larger than their number.
fn distinct(codes: impl Iterator<Item = u32>) -> f64 {
    let (mut seen, mut count) = (Vec::new(), 0.0);
    for code in codes.map(|code| code as usize) {
        if code >= seen.len() {
            seen.resize(2 * code + 1, false);
        }
        if !std::mem::replace(&mut seen[code], true) {
            count += 1.0;
        }
    }
    count
}

/// The stages with an entry for each unit of the last one.
fn stages(design: &Design) -> Vec<Stage> {
    let last = design.stages.last().map_or(0, |stage| stage.parent.len());
    let mut units: Vec<u32> = (0_u32..).take(last).collect();
    let mut stages: Vec<Stage> = Vec::with_capacity(design.stages.len());
    for stage in design.stages.iter().rev() {
        let strata: Vec<u32> = units.iter().map(|unit| stage.parent[*unit as usize]).collect();
        let sizes = stage.population.as_ref();
        let population =
            sizes.map(|sizes| strata.iter().map(|parent| sizes[*parent as usize]).collect());
        stages.push(Stage { strata: strata.clone(), units, population });
        units = strata;
    }
    stages.reverse();
    stages
}

impl Stage {
    /// The entries of some layers.
    fn only(&self, layers: &[usize]) -> Self {
        Self {
            strata: layers.iter().map(|layer| self.strata[*layer]).collect(),
            units: layers.iter().map(|layer| self.units[*layer]).collect(),
            population: self
                .population
                .as_ref()
                .map(|sizes| layers.iter().map(|layer| sizes[*layer]).collect()),
        }
    }
}

fn arrange(stages: &[Stage]) -> Multistage {
    let borrowed = stages.iter().map(|stage| multistage::Stage {
        strata: &stage.strata,
        units: &stage.units,
        population: stage.population.as_deref(),
    });
    Multistage::new(&borrowed.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{Sum, Survey};
    use crate::poll::SingleUnit;
    use crate::prepare::{Design, Stage};

    /// Two strata; units 0 and 1 in the first, 2 and 3 in the second.
    fn design(stages: Vec<Stage>, single_unit: SingleUnit) -> Design {
        let names = ["North", "South"].map(str::to_owned);
        Design {
            stratum: vec![0, 0, 0, 1, 1, 1],
            strata: names.to_vec(),
            stages,
            single_unit,
            ..Design::alone(vec![1.0; 6])
        }
    }

    fn schools(parent: Vec<u32>) -> Vec<Stage> {
        vec![Stage { unit: vec![0, 0, 1, 2, 2, 3], parent, population: None }]
    }

    #[test]
    fn answers_that_are_alike_within_strata_have_no_variance() {
        let design_of_survey = design(Vec::new(), SingleUnit::Fail);
        let survey = Survey::of(&design_of_survey);
        // Three times 0.1 squared is not the square of 0.3 over three, in binary.
        let alike = Sum { z: 0.1 + 0.1 + 0.1, squares: 0.1 * 0.1 + 0.1 * 0.1 + 0.1 * 0.1 };
        assert_eq!(survey.variance(&[alike, alike], &[3.0, 3.0]), Some(0.0));
        let other = Sum { z: 0.4, squares: 0.06 };
        // 3/2 of 0.06 - 0.16/3
        let variance = survey.variance(&[alike, other], &[3.0, 3.0]).unwrap();
        assert!((variance - 0.01).abs() < 1e-15, "{variance}");
    }

    #[test]
    fn a_domain_has_the_freedom_of_the_units_that_it_is_in() {
        let design_of_alone = design(Vec::new(), SingleUnit::Fail);
        let alone = Survey::of(&design_of_alone);
        assert_eq!(Some(alone.freedom(&[3.0, 0.0])), Some(2.0));
        assert_eq!(Some(alone.freedom(&[3.0, 1.0])), Some(2.0));
        assert_eq!(
            (alone.clusters(&[3.0, 1.0]), Some(alone.whole_freedom())),
            (None, Some(4.0))
        );
        let design_of_units = design(schools(vec![0, 0, 1, 1]), SingleUnit::Fail);
        let units = Survey::of(&design_of_units);
        let members = [2.0, 1.0, 0.0, 1.0];
        assert_eq!(units.clusters(&members), Some(3.0));
        assert_eq!(Some(units.freedom(&members)), Some(1.0));
        assert_eq!(Some(units.whole_freedom()), Some(2.0));
    }

    /// Stratum South has one unit. The mean of the other strata is that of North alone, and
    /// a domain that is in North only has no stratum of one unit.
    #[test]
    fn average_counts_strata_with_a_member_of_the_domain() {
        let design_of_survey = design(schools(vec![0, 0, 0, 1]), SingleUnit::Average);
        let survey = Survey::of(&design_of_survey);
        let sum = |z: f64| Sum { z, squares: z * z };
        let sums = [sum(1.0), sum(2.0), sum(-3.0), sum(0.0)];
        // North: 3/2 of 1 + 4 + 9.
        assert_eq!(survey.variance(&sums, &[2.0, 1.0, 2.0, 1.0]), Some(42.0));
        assert_eq!(survey.variance(&sums, &[2.0, 1.0, 2.0, 0.0]), Some(21.0));
    }

    #[test]
    fn a_single_unit_has_no_variance_until_a_choice_is_made() {
        let design_of_survey = design(schools(vec![0, 0, 0, 1]), SingleUnit::Fail);
        let survey = Survey::of(&design_of_survey);
        let sums = [Sum { z: 1.0, squares: 1.0 }; 4];
        assert_eq!(survey.variance(&sums, &[1.0; 4]), None);
    }
}
