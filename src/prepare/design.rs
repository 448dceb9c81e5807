//! The design: weights, strata, sampling units and population sizes, as they fit each other.

use polars::prelude::DataFrame;

use super::build::{self, Keys, Source, Words};
use super::layers::{Patterns, Pieces};
use crate::diagnostic::{Failure, Findings, Place};
use crate::document::Spanned;
use crate::frame;
use crate::poll::{OneOrMany, Poll, SingleUnit, column_name as name};
use crate::stats::calibrate::Fit;
use crate::stats::replicate::Replicates;

/// How the respondents were drawn.
#[derive(Clone, Debug)]
pub struct Design {
    /// One weight for each respondent, above zero; of a file without a schema it may be zero.
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
    /// Their degrees of freedom.
    pub replicate_freedom: Option<f64>,
    /// Respondents by how their weight changes in the replicates; none without any, or with
    /// too many.
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

/// Reads the design that a poll file describes from the columns of its frame.
pub(super) fn design(
    frame: &DataFrame,
    poll: &Poll,
    findings: &mut Findings,
) -> Result<Design, Failure> {
    build::design(&OfPoll { frame, poll }, &keys(poll), findings)
}

/// The columns that a poll file names.
fn keys(poll: &Poll) -> Keys {
    let design = &poll.design;
    let list = |names: &[Spanned<String>]| names.iter().map(|n| n.get_ref().clone()).collect();
    Keys {
        weight: design.weight.as_ref().map(|column| column.get_ref().clone()),
        strata: list(&design.strata),
        psu: list(&design.psu),
        population: match design.population.as_ref().map(Spanned::get_ref) {
            None => Vec::new(),
            Some(OneOrMany::One(column)) => vec![column.clone()],
            Some(OneOrMany::Many(columns)) => columns.clone(),
        },
        nest: design.nest,
        single_unit: design.single_unit.as_ref().map(|s| *s.get_ref()).unwrap_or_default(),
        replicated: design.replicates.is_some(),
    }
}

/// The columns of a frame, and the poll file that names them.
struct OfPoll<'a> {
    frame: &'a DataFrame,
    poll: &'a Poll,
}

impl Source for OfPoll<'_> {
    fn rows(&self) -> usize {
        self.frame.height()
    }

    fn units(&self, column: &str) -> (Vec<u32>, Vec<String>) {
        let name = name(column);
        let codes = frame::codes(self.frame, &name).map(|c| c.to_wide()).unwrap_or_default();
        (codes, frame::list(self.frame, &name))
    }

    fn numbers(&self, column: &str) -> Option<&[f64]> {
        frame::numbers(self.frame, &name(column))
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

    fn words(&self) -> &'static Words {
        &Words {
            psu: "`psu`",
            population: "`population`",
            nest: "say `nest = true` in `[design]`",
            without_population: "take `population` out of `[design]`",
            single_unit: "set `single_unit` in `[design]` to",
            fractions: false,
        }
    }
}

impl Design {
    /// How many units that were drawn from several have a single unit of the next stage,
    /// drawn from several too. Later stages count only where the first has population sizes.
    pub(super) fn later_single_units(&self) -> usize {
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
            replicate_freedom: None,
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
        self.patterns = Patterns::of(&replicates, &self.weights);
        self.replicate_freedom = Some(replicates.freedom(&self.weights, None).unwrap_or(0.0));
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
