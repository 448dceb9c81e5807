//! A design is put together from its columns, and they are checked against each other
//! before anything is counted.
//!
//! Knows neither polls nor files: a [`Source`] gives the columns, and the words for them.

use indexmap::IndexMap;

use super::codes;
use super::design::{Design, Stage};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Place};
use crate::poll::SingleUnit;

/// Which columns say how the records were drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The weight of each record; all are one without it.
    pub weight: Option<String>,
    /// The columns whose combinations are the strata.
    pub strata: Vec<String>,
    /// The sampling units, a column for each stage.
    pub psu: Vec<String>,
    /// Population sizes, a column for each stage as far as they are known.
    pub population: Vec<String>,
    /// Whether units of different strata may have the same name.
    pub nest: bool,
    /// What to do with a stratum of one sampling unit.
    pub single_unit: SingleUnit,
    /// Whether replicate weights give the variance, which need no strata.
    pub replicated: bool,
}

/// Where the columns of a design come from.
pub(super) trait Source {
    /// How many records there are.
    fn rows(&self) -> usize;

    /// The codes of a column, and its labels.
    fn units(&self, column: &str) -> (Vec<u32>, Vec<String>);

    /// The numbers of a column.
    fn numbers(&self, column: &str) -> Option<&[f64]>;

    /// Where one of the keys `weight`, `strata`, `psu`, `population` was given.
    fn place(&self, key: &str) -> Place;

    /// What keys are called there.
    fn words(&self) -> &'static Words;
}

/// What keys are called where a design was written down.
pub(super) struct Words {
    /// The key for sampling units.
    pub(super) psu: &'static str,
    /// The key for population sizes.
    pub(super) population: &'static str,
    /// What to do so that units of different strata may have the same name.
    pub(super) nest: &'static str,
    /// What to do so that there are no population sizes.
    pub(super) without_population: &'static str,
    /// What to do, before the name of a choice, about strata of one unit.
    pub(super) single_unit: &'static str,
    /// Whether sizes may be given as fractions that were drawn, as in R survey.
    pub(super) fractions: bool,
}

/// Puts a design together.
///
/// # Errors
/// [`Kind::Input`] if its columns do not fit each other.
pub(super) fn design(
    source: &dyn Source,
    keys: &Keys,
    findings: &mut Findings,
) -> Result<Design, Failure> {
    let mark = findings.list().len();
    let mut builder = Builder { source, keys, findings };
    let weights = builder.weights();
    let (stratum, strata) = builder.strata();
    let stages = builder.stages(&stratum, strata.len());
    let (stages, population) = builder.sizes(stages, &stratum, strata.len());
    let design = Design {
        weighted: keys.weight.is_some(),
        stratum,
        strata,
        stages,
        population,
        single_unit: keys.single_unit,
        ..Design::alone(weights)
    };
    builder.single_units(&design);
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(design)
}

struct Builder<'a> {
    source: &'a dyn Source,
    keys: &'a Keys,
    findings: &'a mut Findings,
}

/// The least sum of squared weights that leaves room for the digits of a variance.
const SMALLEST: f64 = 1e-200;

impl Builder<'_> {
    fn push(&mut self, code: &'static Code, key: &str, text: [String; 3]) {
        let [headline, because, help] = text;
        let place = self.source.place(key);
        self.findings.push(Finding::new(code, headline).at(place).because(because).help(help));
    }

    fn weights(&mut self) -> Vec<f64> {
        let Some(column) = &self.keys.weight else { return vec![1.0; self.source.rows()] };
        let weights = self.source.numbers(column).unwrap_or_default().to_vec();
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        let largest = weights.iter().copied().fold(0.0, f64::max);
        let too_small = largest > 0.0 && squares < SMALLEST;
        if !squares.is_finite() || too_small {
            let size = if too_small { "small" } else { "large" };
            let text = [
                format!("the weights are too {size} to be added up"),
                "the sum of their squares is beyond what the computer can hold".to_owned(),
                "correct the weights; usual ones are near 1".to_owned(),
            ];
            self.push(&codes::WEIGHT, "weight", text);
        }
        weights
    }

    /// The stratum of each row: the combination of all strata columns.
    fn strata(&mut self) -> (Vec<u32>, Vec<String>) {
        let mut stratum = vec![0; self.source.rows()];
        let mut names = vec![String::new()];
        for column in &self.keys.strata {
            let (codes, labels) = self.source.units(column);
            let (combined, parts) = combine(&stratum, &codes);
            let join = |(before, code): (u32, u32)| {
                let before: &str = &names[before as usize];
                let label = &labels[code as usize];
                if before.is_empty() { label.clone() } else { format!("{before}, {label}") }
            };
            names = parts.into_iter().map(join).collect();
            stratum = combined;
        }
        (stratum, names)
    }

    fn stages(&mut self, stratum: &[u32], strata: usize) -> Vec<Stage> {
        let mut stages: Vec<Stage> = Vec::new();
        for (nth, column) in self.keys.psu.iter().enumerate() {
            let (codes, labels) = self.source.units(column);
            let parents = stages.last().map_or(stratum, |stage| &stage.unit);
            let (unit, parts) = combine(parents, &codes);
            let parent: Vec<u32> = parts.iter().map(|(parent, _)| *parent).collect();
            if nth == 0 && strata > 1 && !self.keys.nest {
                self.check_nesting(column, &parts, &labels);
            }
            stages.push(Stage { unit, parent, population: None });
        }
        stages
    }

    fn check_nesting(&mut self, column: &str, parts: &[(u32, u32)], labels: &[String]) {
        let mut first: IndexMap<u32, u32> = IndexMap::new();
        let mut twice: Vec<u32> = Vec::new();
        for (stratum, unit) in parts {
            if *first.entry(*unit).or_insert(*stratum) != *stratum && !twice.contains(unit) {
                twice.push(*unit);
            }
        }
        let Some(unit) = twice.first() else { return };
        let label = &labels[*unit as usize];
        let text = [
            format!("{} in two strata", many(twice.len(), "sampling unit")),
            format!("the first is `{label}` of `{column}`; a unit is drawn within one stratum"),
            format!(
                "correct the columns, or {} if names repeat by design",
                self.source.words().nest
            ),
        ];
        self.push(&codes::NESTED, "psu", text);
    }

    /// Gives each stage its population sizes.
    fn sizes(
        &mut self,
        mut stages: Vec<Stage>,
        stratum: &[u32],
        strata: usize,
    ) -> (Vec<Stage>, Option<Vec<f64>>) {
        let columns = &self.keys.population;
        if columns.is_empty() {
            return (stages, None);
        }
        if columns.len() > stages.len().max(1) {
            self.too_many_sizes(stages.len().max(1));
            return (stages, None);
        }
        let fractions = self.fractions();
        if stages.is_empty() {
            let mut drawn = vec![0; strata];
            for s in stratum {
                drawn[*s as usize] += 1;
            }
            let sizes = self.size(&columns[0], stratum, &drawn, fractions);
            return (stages, sizes);
        }
        for (nth, column) in columns.iter().enumerate() {
            let parents =
                if nth == 0 { stratum.to_vec() } else { stages[nth - 1].unit.clone() };
            let count = if nth == 0 { strata } else { stages[nth - 1].parent.len() };
            let mut drawn = vec![0; count];
            for p in &stages[nth].parent {
                drawn[*p as usize] += 1;
            }
            stages[nth].population = self.size(column, &parents, &drawn, fractions);
        }
        (stages, None)
    }

    fn too_many_sizes(&mut self, stages: usize) {
        let Words { psu, population, .. } = self.source.words();
        let columns = many(self.keys.population.len(), "column");
        let text = [
            format!("{population} and {psu} differ: {columns}"),
            format!("each stage has one column of population sizes; stages: {stages}"),
            format!("give one column for each column of {psu}, in the same order"),
        ];
        self.push(&codes::STAGES, "population", text);
    }

    /// Whether population sizes are given as fractions that were drawn: where that may be,
    /// all of them are at most 1.
    fn fractions(&self) -> bool {
        let numbers = |column: &String| self.source.numbers(column).unwrap_or_default();
        let mut all = self.keys.population.iter().flat_map(numbers);
        self.source.words().fractions && all.all(|size| *size <= 1.0)
    }

    /// The population size of each parent: the same in all its rows, and no smaller than
    /// what was drawn.
    fn size(
        &mut self,
        column: &str,
        parents: &[u32],
        drawn: &[u32],
        fractions: bool,
    ) -> Option<Vec<f64>> {
        let values = self.source.numbers(column)?;
        let mut sizes = vec![f64::NAN; drawn.len()];
        let mut differ = false;
        for (parent, value) in parents.iter().zip(values) {
            let size = &mut sizes[*parent as usize];
            differ |= !size.is_nan() && *size - *value != 0.0;
            *size = *value;
        }
        if fractions {
            let whole = |(size, drawn): (&mut f64, &u32)| *size = f64::from(*drawn) / *size;
            sizes.iter_mut().zip(drawn).for_each(whole);
        }
        let small = sizes.iter().zip(drawn).find(|(size, drawn)| **size < f64::from(**drawn));
        let mixed = self.source.words().fractions && small.is_some_and(|(size, _)| *size < 1.0);
        let why = match small {
            _ if differ => "within one stratum or unit it has different numbers".to_owned(),
            Some(_) if mixed => "some numbers are sizes, others are fractions".to_owned(),
            Some((size, drawn)) => format!("it says {size} where {drawn} were drawn"),
            None => return Some(sizes),
        };
        let text = [
            format!("the population sizes in `{column}` do not fit the sample"),
            why,
            format!("correct the column, or {}", self.source.words().without_population),
        ];
        self.push(&codes::SIZE, "population", text);
        None
    }

    /// Notes strata of one unit, unless the poll says what to do with them.
    fn single_units(&mut self, design: &Design) {
        // Replicate weights that are made of strata say it themselves.
        if self.keys.replicated
            || design.single_unit != SingleUnit::Fail
            || self.source.rows() < 2
        {
            return;
        }
        let sizes = match design.stages.first() {
            Some(stage) => &stage.population,
            None => &design.population,
        };
        let certain =
            |stratum: usize| sizes.as_ref().is_some_and(|sizes| sizes[stratum] <= 1.0);
        let count = design.units_by_stratum();
        let single: Vec<String> = (0..count.len())
            .filter(|s| count[*s] == 1 && !certain(*s))
            .map(|s| format!("`{}`", design.strata[s]))
            .collect();
        let later = design.later_single_units();
        let (headline, because) = match (single.len(), later) {
            (0, 0) => return,
            (0, later) => (
                format!("{} with one unit of the next stage", many(later, "sampling unit")),
                "variance within a unit is measured between the units of its next stage"
                    .to_owned(),
            ),
            (strata, _) => (
                format!(
                    "{} of one sampling unit, so variance is unknown",
                    many(strata, "stratum")
                ),
                format!(
                    "among them {}",
                    single.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
                ),
            ),
        };
        let text = [
            headline,
            because,
            format!(
                "{} `adjust` (distance from the grand mean), `average` (mean of the other \
                 strata), `certainty` (no contribution) or `remove` (leave out); no choice is \
                 made for you",
                self.source.words().single_unit
            ),
        ];
        self.push(&codes::SINGLE, "strata", text);
    }
}

/// `there is 1 stratum`, `there are 2 strata`.
fn many(count: usize, thing: &str) -> String {
    match (count, thing) {
        (1, thing) => format!("there is 1 {thing}"),
        (_, "stratum") => format!("there are {count} strata"),
        _ => format!("there are {count} {thing}s"),
    }
}

/// Dense codes for the combinations of two codes, and the parts of each.
fn combine(first: &[u32], second: &[u32]) -> (Vec<u32>, Vec<(u32, u32)>) {
    let mut known: IndexMap<(u32, u32), u32> = IndexMap::new();
    let codes = first
        .iter()
        .zip(second)
        .map(|pair| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry((*pair.0, *pair.1)).or_insert(next)
        })
        .collect();
    (codes, known.into_keys().collect())
}

#[cfg(test)]
mod tests {
    use super::combine;

    #[test]
    fn combinations_are_numbered_as_they_come() {
        let (codes, parts) = combine(&[0, 1, 0, 1], &[5, 5, 6, 5]);
        assert_eq!(codes, [0, 1, 2, 1]);
        assert_eq!(parts, [(0, 5), (1, 5), (0, 6)]);
    }
}
