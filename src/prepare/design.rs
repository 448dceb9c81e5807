//! The design: weights, strata, sampling units and population sizes, checked against each
//! other before anything is counted.

use indexmap::IndexMap;
use polars::prelude::DataFrame;

use super::codes;
use super::layers::{Patterns, Pieces};
use crate::diagnostic::{Code, Failure, Finding, Findings, Kind, Place};
use crate::document::Spanned;
use crate::frame;
use crate::poll::{OneOrMany, Poll, SingleUnit, column_name as name};
use crate::stats::calibrate::Fit;
use crate::stats::replicate::Replicates;

/// How the respondents were drawn.
#[derive(Clone, Debug)]
pub struct Design {
    /// One weight for each respondent, above zero.
    pub weights: Vec<f64>,
    /// Whether weights were given, or are all one.
    pub weighted: bool,
    /// The stratum of each respondent, as an index of `strata`.
    pub stratum: Vec<u32>,
    /// The names of the strata; one without a name if there are none.
    pub strata: Vec<String>,
    /// The stages of drawing; none if each respondent was drawn alone.
    pub stages: Vec<Stage>,
    /// Respondents drawn alone: how many there are in the population of each stratum.
    pub population: Option<Vec<f64>>,
    /// What to do with a stratum of one sampling unit.
    pub single_unit: SingleUnit,
    /// What the weights were fitted to, in the order of the steps: variances are those of
    /// residuals.
    pub calibrations: Vec<Fit>,
    /// Respondents of one layer and one cell of each fit; none without fits.
    pub pieces: Option<Pieces>,
    /// Replicate weights, from which variances are made if there are any.
    pub replicates: Option<Replicates>,
    /// Respondents by how their weight changes in the replicates; none without any.
    pub patterns: Option<Patterns>,
}

/// One stage of drawing.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The unit of each respondent; units of different parents are different.
    pub unit: Vec<u32>,
    /// For each unit: the stratum (first stage) or the unit of the stage before.
    pub parent: Vec<u32>,
    /// For each parent: how many units it has in the population.
    pub population: Option<Vec<f64>>,
}

/// Reads the design from its columns.
pub(super) fn design(
    frame: &DataFrame,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Design, Failure> {
    let mark = findings.list().len();
    let mut builder = Builder { frame, poll, findings };
    let weights = builder.weights();
    let (stratum, strata) = builder.strata();
    let stages = builder.stages(&stratum, strata.len());
    let (stages, population) = builder.sizes(stages, &stratum, strata.len());
    let design = Design {
        weighted: poll.design.weight.is_some(),
        weights,
        stratum,
        strata,
        stages,
        population,
        single_unit: poll.design.single_unit.as_ref().map(|s| *s.get_ref()).unwrap_or_default(),
        calibrations: Vec::new(),
        pieces: None,
        replicates: None,
        patterns: None,
    };
    builder.single_units(&design);
    findings.stop_on_error_since(mark, Kind::Input)?;
    Ok(design)
}

impl Design {
    /// How many units that were drawn from several have a single unit of the next stage,
    /// drawn from several too. Later stages count only where the first has population sizes.
    fn later_single_units(&self) -> usize {
        let sized = self.stages.windows(2).take_while(|pair| pair[0].population.is_some());
        sized
            .map(|pair| {
                let mut drawn = vec![0_u32; pair[0].parent.len()];
                pair[1].parent.iter().for_each(|parent| drawn[*parent as usize] += 1);
                let several = |unit: usize| {
                    pair[1].population.as_ref().is_none_or(|sizes| sizes[unit] > 1.0)
                };
                (0..drawn.len()).filter(|unit| drawn[*unit] == 1 && several(*unit)).count()
            })
            .sum()
    }

    /// Respondents who were drawn alone, all in one stratum.
    #[must_use]
    pub fn alone(weights: Vec<f64>) -> Self {
        Self {
            weighted: true,
            stratum: vec![0; weights.len()],
            strata: vec![String::new()],
            stages: Vec::new(),
            population: None,
            single_unit: SingleUnit::Fail,
            calibrations: Vec::new(),
            pieces: None,
            replicates: None,
            patterns: None,
            weights,
        }
    }

    /// With weights that were fitted to totals.
    #[must_use]
    pub fn fitted(mut self, weights: Vec<f64>, calibrations: Vec<Fit>) -> Self {
        self.weights = weights;
        self.calibrations = calibrations;
        self.pieces = Pieces::of(&self);
        self
    }

    /// With replicate weights, from which all variances are made.
    #[must_use]
    pub fn replicated(mut self, replicates: Replicates) -> Self {
        self.patterns = Some(Patterns::of(&replicates, &self.weights));
        self.replicates = Some(replicates);
        self
    }

    /// How many first-stage units each stratum has; respondents if they were drawn alone.
    #[must_use]
    pub fn units_by_stratum(&self) -> Vec<u32> {
        let mut count = vec![0; self.strata.len()];
        let parents = self.stages.first().map_or(&self.stratum, |stage| &stage.parent);
        for stratum in parents {
            count[*stratum as usize] += 1;
        }
        count
    }
}

struct Builder<'a> {
    frame: &'a DataFrame,
    poll: &'a Poll,
    findings: &'a mut Findings,
}

impl Builder<'_> {
    fn push(&mut self, code: &'static Code, key: &str, text: [String; 3]) {
        let [headline, because, help] = text;
        let place = self.place(key);
        self.findings.push(Finding::new(code, headline).at(place).because(because).help(help));
    }

    /// Where a key of the design stands in the poll file; the file, if it is not there.
    fn place(&self, key: &str) -> Place {
        let (poll, design) = (self.poll, &self.poll.design);
        let path = format!("design.{key}");
        let typed = match key {
            "weight" => design.weight.as_ref().map(|typed| poll.place(typed, &path)),
            "strata" if design.strata.is_empty() => {
                design.psu.first().map(|typed| poll.place(typed, "design.psu"))
            }
            "strata" => design.strata.first().map(|typed| poll.place(typed, &path)),
            "psu" => design.psu.first().map(|typed| poll.place(typed, &path)),
            "population" => design.population.as_ref().map(|typed| poll.place(typed, &path)),
            _ => None,
        };
        typed.unwrap_or_else(|| Place { column: Some(path), ..Place::file(&poll.file) })
    }

    fn weights(&mut self) -> Vec<f64> {
        let rows = self.frame.height();
        let Some(column) = &self.poll.design.weight else { return vec![1.0; rows] };
        let name = name(column.get_ref());
        let weights = frame::numbers(self.frame, &name).unwrap_or_default().to_vec();
        let squares: f64 = weights.iter().map(|w| w * w).sum();
        if !squares.is_finite() {
            let text = [
                "the weights are too large to be added up".to_owned(),
                "the sum of their squares is beyond what the computer can hold".to_owned(),
                "correct the weights; usual ones are near 1".to_owned(),
            ];
            self.push(&codes::WEIGHT, "weight", text);
        }
        weights
    }

    /// The codes of a column of the design, and its labels.
    fn column(&self, column: &str) -> (Vec<u32>, Vec<String>) {
        let name = name(column);
        let codes = frame::codes(self.frame, &name).map(|c| c.to_wide()).unwrap_or_default();
        (codes, frame::list(self.frame, &name))
    }

    /// The stratum of each row: the combination of all strata columns.
    fn strata(&mut self) -> (Vec<u32>, Vec<String>) {
        let mut stratum = vec![0; self.frame.height()];
        let mut names = vec![String::new()];
        for column in &self.poll.design.strata {
            let (codes, labels) = self.column(column.get_ref());
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
        for (nth, column) in self.poll.design.psu.iter().enumerate() {
            let (codes, labels) = self.column(column.get_ref());
            let parents = stages.last().map_or(stratum, |stage| &stage.unit);
            let (unit, parts) = combine(parents, &codes);
            let parent: Vec<u32> = parts.iter().map(|(parent, _)| *parent).collect();
            if nth == 0 && strata > 1 && !self.poll.design.nest {
                self.check_nesting(column.get_ref(), &parts, &labels);
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
            "correct the columns, or say `nest = true` in `[design]` if names repeat by design"
                .to_owned(),
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
        let columns = match self.poll.design.population.as_ref().map(Spanned::get_ref) {
            None => return (stages, None),
            Some(OneOrMany::One(column)) => vec![column.clone()],
            Some(OneOrMany::Many(columns)) => columns.clone(),
        };
        if columns.len() > stages.len().max(1) {
            let text = [
                format!("`population` and `psu` differ: {}", many(columns.len(), "column")),
                format!(
                    "each stage has one column of population sizes; stages: {}",
                    stages.len().max(1)
                ),
                "give one column for each column of `psu`, in the same order".to_owned(),
            ];
            self.push(&codes::STAGES, "population", text);
            return (stages, None);
        }
        if stages.is_empty() {
            let mut drawn = vec![0; strata];
            for s in stratum {
                drawn[*s as usize] += 1;
            }
            let sizes = self.size(&columns[0], stratum, &drawn);
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
            stages[nth].population = self.size(column, &parents, &drawn);
        }
        (stages, None)
    }

    /// The population size of each parent: the same in all its rows, and no smaller than
    /// what was drawn.
    fn size(&mut self, column: &str, parents: &[u32], drawn: &[u32]) -> Option<Vec<f64>> {
        let values = frame::numbers(self.frame, &name(column))?;
        let mut sizes = vec![f64::NAN; drawn.len()];
        let mut differ = false;
        for (parent, value) in parents.iter().zip(values) {
            let size = &mut sizes[*parent as usize];
            differ |= !size.is_nan() && *size - *value != 0.0;
            *size = *value;
        }
        let small = sizes.iter().zip(drawn).find(|(size, drawn)| **size < f64::from(**drawn));
        let why = match small {
            _ if differ => "within one stratum or unit it has different numbers".to_owned(),
            Some((size, drawn)) => format!("it says {size} where {drawn} were drawn"),
            None => return Some(sizes),
        };
        let text = [
            format!("the population sizes in `{column}` do not fit the sample"),
            why,
            "correct the column, or take `population` out of `[design]`".to_owned(),
        ];
        self.push(&codes::SIZE, "population", text);
        None
    }

    /// Notes strata of one unit, unless the poll says what to do with them.
    fn single_units(&mut self, design: &Design) {
        // Replicate weights need no strata, and those that are made say it themselves.
        let replicated = self.poll.design.replicates.is_some();
        if replicated || design.single_unit != SingleUnit::Fail || self.frame.height() < 2 {
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
            "set `single_unit` in `[design]` to `adjust` (distance from the grand mean), `average` \
             (mean of the other strata), `certainty` (no contribution) or `remove` (leave out); no \
             choice is made for you"
                .to_owned(),
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
