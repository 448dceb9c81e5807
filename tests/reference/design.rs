//! The design of a case: what the poll file says of it, and what only R has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pollsmith::prepare::{Design, Sample};
use pollsmith::stats::unequal::{Pairs, Unequal};
use serde_json::Value;
use toml::Table;

use super::data::{Column, Data};
use super::files::Files;
use super::keys::Keys;
use super::reading::Reading;
use super::replicates;

/// The sample of a case.
pub(crate) struct Drawn {
    pub(crate) files: Files,
    pub(crate) sample: Sample,
    /// The probabilities, if they are unequal and without replacement.
    pub(crate) unequal: Option<Unequal>,
}

/// How the sample was drawn: names of columns.
struct Plan {
    weights: Option<String>,
    strata: Vec<String>,
    clusters: Vec<String>,
    populations: Vec<String>,
    nest: bool,
    single_unit: Option<String>,
    pairs: Option<Pairs>,
}

/// Draws the sample: by way of the poll file, but for replicates and probabilities.
pub(crate) fn drawn(
    folder: &Path,
    design: &Value,
    mut data: Data,
    reading: &Reading,
) -> Result<Drawn, String> {
    let keys = Keys::of(design)?;
    let mut plan = Plan::read(&keys)?;
    let given = keys.get(&["replicates", "repweights", "replicate_weights"]);
    let given = given.map(Keys::of).transpose()?;
    keys.finish()?;
    if let Some(given) = &given {
        plan.weights = given.text(&["base_weight", "base_weights"])?.or(plan.weights);
    }
    let unequal = plan.unequal(&data)?;
    plan.complete(&mut data, unequal.as_ref())?;
    let weightless = plan.weightless(&mut data)?;
    let files = Files::new(data, plan.table());
    let mut sample = files.sample()?.with_design(|mut design| {
        for record in &weightless {
            design.weights[*record] = 0.0;
        }
        design
    });
    if let Some(given) = &given {
        let replicates = replicates::given(folder, given, files.data(), reading)?;
        sample = sample.with_design(|design| design.replicated(replicates));
    }
    Ok(Drawn { files, sample, unequal })
}

impl Drawn {
    /// The same respondents with another design.
    pub(crate) fn with(self, design: Design) -> Self {
        Self { sample: self.sample.with_design(|_| design), ..self }
    }
}

impl Plan {
    fn read(keys: &Keys<'_>) -> Result<Self, String> {
        let names = |names: &[&str]| Ok::<_, String>(columns(keys.texts(names)?));
        let single_unit = keys.text(&["lonely_psu", "lonely.psu", "single_unit"])?;
        let single_unit =
            single_unit.map(|word| if word == "error" { "fail".into() } else { word });
        Ok(Self {
            weights: names(&["weights", "weight"])?.into_iter().next(),
            strata: names(&["strata", "stratum"])?,
            clusters: names(&["cluster", "clusters", "id", "ids", "psu"])?,
            populations: names(&["fpc", "population"])?,
            nest: keys.truth(&["nest"])?.unwrap_or(false),
            single_unit,
            pairs: keys.get(&["pps"]).map_or(Ok(None), pairs)?,
        })
    }

    /// The probabilities of the records.
    fn unequal(&mut self, data: &Data) -> Result<Option<Unequal>, String> {
        let Some(pairs) = self.pairs else { return Ok(None) };
        if !self.strata.is_empty() || !self.clusters.is_empty() {
            return Err("unequal probabilities of units within strata".to_owned());
        }
        let column = self.populations.pop().ok_or("`pps` without probabilities in `fpc`")?;
        Ok(Some(Unequal { probability: data.numbers(&column)?.to_vec(), pairs }))
    }

    /// Adds what R works out: population sizes from fractions, and weights from sizes.
    fn complete(&mut self, data: &mut Data, unequal: Option<&Unequal>) -> Result<(), String> {
        let mut weights = vec![1.0; data.rows];
        let mut multiply = |by: &dyn Fn(usize) -> f64| {
            weights.iter_mut().enumerate().for_each(|(record, weight)| *weight *= by(record));
        };
        if let Some(unequal) = unequal {
            multiply(&|record| 1.0 / unequal.probability[record]);
        }
        for stage in 0..self.populations.len() {
            let drawn = self.drawn(data, stage)?;
            let sizes = data.numbers(&self.populations[stage])?.to_vec();
            let is_share =
                sizes.iter().all(|size| *size <= 1.0) && drawn.iter().any(|n| *n > 1.0);
            let size = |n: f64, size: f64| if is_share { n / size } else { size };
            let pairs = drawn.iter().zip(&sizes);
            let sizes: Vec<f64> = pairs.map(|(n, given)| size(*n, *given)).collect();
            multiply(&|record| sizes[record] / drawn[record]);
            if is_share {
                self.populations[stage] =
                    add(data, &format!("population {stage} of the case"), &sizes);
            }
        }
        if self.weights.is_none() {
            self.weights = Some(add(data, "weight of the case", &weights));
        }
        Ok(())
    }

    /// The records without a weight, which R keeps and the poll file refuses: it is given
    /// another column, in which they have 1.
    fn weightless(&mut self, data: &mut Data) -> Result<Vec<usize>, String> {
        let Some(name) = &self.weights else { return Ok(Vec::new()) };
        let mut weights = data.numbers(name)?.to_vec();
        let found: Vec<usize> =
            (0..data.rows).filter(|record| weights[*record] == 0.0).collect();
        if !found.is_empty() {
            for record in &found {
                weights[*record] = 1.0;
            }
            self.weights = Some(add(data, "weight above zero of the case", &weights));
        }
        Ok(found)
    }

    /// How many units of a stage were drawn with each record's, from the same stratum or
    /// unit of the stage before.
    fn drawn(&self, data: &Data, stage: usize) -> Result<Vec<f64>, String> {
        let before = self.strata.iter().chain(self.clusters.iter().take(stage));
        let before: Vec<&Column> =
            before.map(|name| data.column(name)).collect::<Result<_, _>>()?;
        let unit = self.clusters.get(stage).map(|name| data.column(name)).transpose()?;
        let parent =
            |record: usize| before.iter().map(|c| c.cells[record].clone()).collect::<Vec<_>>();
        let mut units: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for record in 0..data.rows {
            let unit =
                unit.map_or_else(|| record.to_string(), |unit| unit.cells[record].clone());
            units.entry(parent(record)).or_default().insert(unit);
        }
        let count = |record| units.get(&parent(record)).map_or(0.0, |units| units.len() as f64);
        Ok((0..data.rows).map(count).collect())
    }

    /// The design as the poll file has it.
    fn table(&self) -> Table {
        let list = |names: &[String]| {
            Some(toml::Value::from(names.to_vec())).filter(|_| !names.is_empty())
        };
        let text = |name: &Option<String>| name.clone().map(toml::Value::from);
        let keys = [
            ("weight", text(&self.weights)),
            ("strata", list(&self.strata)),
            ("psu", list(&self.clusters)),
            ("population", list(&self.populations)),
            ("nest", Some(toml::Value::from(self.nest))),
            ("single_unit", text(&self.single_unit)),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }
}

/// The names of columns; of a formula, those in it. `~1` names none.
fn columns(texts: Vec<String>) -> Vec<String> {
    let parts = |text: String| -> Vec<String> {
        let parts = text.trim_start_matches('~').split('+');
        if text.starts_with('~') {
            parts.map(|part| part.trim().to_owned()).collect()
        } else {
            vec![text]
        }
    };
    texts
        .into_iter()
        .flat_map(parts)
        .filter(|name| !matches!(name.as_str(), "" | "0" | "1"))
        .collect()
}

/// Adds a column of numbers; gives its name.
fn add(data: &mut Data, name: &str, numbers: &[f64]) -> String {
    data.columns.push(Column::new(name, numbers.iter().map(f64::to_string).collect()));
    name.to_owned()
}

/// What is known of pairs; none for `false`.
fn pairs(value: &Value) -> Result<Option<Pairs>, String> {
    let (method, sum) = match value {
        Value::Bool(false) => return Ok(None),
        Value::String(method) => (method.clone(), None),
        object => {
            let keys = Keys::of(object)?;
            let sum = keys.number(&["sum_of_squares", "sum_p2", "S"])?;
            let method = keys.needed(&["method", "type"])?;
            keys.finish()?;
            (method, sum)
        }
    };
    match (method.to_lowercase().as_str(), sum) {
        ("brewer", _) => Ok(Some(Pairs::Brewer)),
        ("hr" | "hartley-rao" | "hartley_rao", Some(sum_of_squares)) => {
            Ok(Some(Pairs::HartleyRao { sum_of_squares }))
        }
        _ => Err(format!("`pps` is {value}")),
    }
}
