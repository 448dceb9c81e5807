//! From a case to the rows of figures that answer it.

use std::path::Path;

use serde_json::Value;

use super::answer::{self, Worst};
use super::case::Case;
use super::contrasts;
use super::data::Data;
use super::design::Drawn;
use super::estimates;
use super::hypotheses;
use super::keys::Keys;
use super::models;
use super::reading::Reading;
use super::relations;
use super::row::Row;
use super::sums;
use super::weights::{self, STEPS};
use super::world::{Variance, World, weighted};

/// How a case went, and how it was read.
pub(crate) struct Compared {
    pub(crate) worst: Worst,
    pub(crate) reading: Reading,
}

/// Asks a case by each way to read it until one agrees in every figure. If none does, what
/// counts is R's own reading or, where that has no figures, the first that has.
pub(crate) fn compared(folder: &Path, case: &Case) -> Result<Compared, String> {
    let data = Data::read(&folder.join(&case.data))?;
    let mut first: Option<Compared> = None;
    let mut why = None;
    for reading in Reading::all(&stats(&case.ask)) {
        match one_reading(folder, case, &data, &reading) {
            Ok(worst) if worst.difference <= case.tolerance => {
                return Ok(Compared { worst, reading });
            }
            Ok(worst) => first = first.or(Some(Compared { worst, reading })),
            Err(error) => why = why.or(Some(error)),
        }
    }
    first.ok_or_else(|| why.unwrap_or_default())
}

/// The statistics and steps that a question names, its own first.
pub(crate) fn stats(ask: &Value) -> Vec<String> {
    match ask {
        Value::Object(map) => {
            let named = ["stat", "method", "type", "kind"]
                .iter()
                .filter_map(|key| map.get(*key)?.as_str());
            let single = map.keys().filter(|key| STEPS.contains(&key.as_str())).cloned();
            let inner = ["after", "then", "of"].iter().filter_map(|key| map.get(*key));
            named.map(str::to_owned).chain(single).chain(inner.flat_map(stats)).collect()
        }
        Value::Array(list) => list.iter().flat_map(stats).collect(),
        _ => Vec::new(),
    }
}

fn one_reading(
    folder: &Path,
    case: &Case,
    data: &Data,
    reading: &Reading,
) -> Result<Worst, String> {
    let keys = Keys::of(&case.ask)?;
    let stat = keys.needed(&["stat", "statistic"])?;
    let mut steps = weights::steps(keys.get(&["after"]), data)?;
    let is_step = STEPS.contains(&stat.as_str());
    if is_step {
        steps.push(weights::step(&stat, &keys, data)?);
    }
    let then = keys.get(&["then"]);
    let begin = (folder, &case.design, data.clone());
    if !is_step {
        let drawn = weighted(begin, &steps, Variance::read(&keys)?, reading)?;
        let worst = asked(&drawn, reading, &keys, &stat, &case.answer)?;
        keys.finish()?;
        return Ok(worst);
    }
    let inner = then.map(Keys::of).transpose()?;
    let variance = inner.as_ref().map_or(Ok(Variance::Usual), Variance::read)?;
    let _stated = keys.get(&["variance"]);
    let drawn = weighted(begin, &steps, variance, reading)?;
    keys.finish()?;
    adjusted(&drawn, reading, inner.as_ref(), &case.answer)
}

/// Compares the weights and what is estimated with them.
fn adjusted(
    drawn: &Drawn,
    reading: &Reading,
    then: Option<&Keys<'_>>,
    answer: &Value,
) -> Result<Worst, String> {
    let weights = weights::row(&drawn.sample.design().weights)?;
    let mut own = answer.clone();
    let after = own.as_object_mut().and_then(|answer| answer.remove("then"));
    let is_empty = own.as_object().is_some_and(serde_json::Map::is_empty);
    let worst = if is_empty { None } else { Some(answer::compare(&own, &[weights])?) };
    let (Some(keys), Some(after)) = (then, after) else {
        return worst.ok_or_else(|| "the answer is empty".to_owned());
    };
    let stat = keys.needed(&["stat", "statistic"])?;
    let then = asked(drawn, reading, keys, &stat, &after)?;
    keys.finish()?;
    Ok(match worst {
        Some(worst) => worst.or(then),
        None => then,
    })
}

/// Compares the answers to one question, by each way that the program has to them.
fn asked(
    drawn: &Drawn,
    reading: &Reading,
    keys: &Keys<'_>,
    stat: &str,
    answer: &Value,
) -> Result<Worst, String> {
    let world = World::new(drawn, reading, keys, answer)?;
    if let Some(wanted) = estimates::wanted(&world, stat)? {
        let covariances = estimates::covariances(&world, &wanted)?;
        let all = |rows: Vec<Row>| [rows, covariances.clone()].concat();
        let by_records = answer::compare(answer, &all(wanted.rows(&world)?))?;
        return Ok(match sums::rows(&world, &wanted)? {
            Some(rows) => by_records.or(answer::compare(answer, &all(rows))?),
            None => by_records,
        });
    }
    let rows = match stat {
        "kish" => estimates::kish(&world)?,
        "correlation" => relations::correlation(&world)?,
        "population_variance" | "variance" => relations::variances(&world)?,
        "contrast" => contrasts::contrast(&world)?,
        "pairwise" => contrasts::pairwise(&world)?,
        "table_test" => hypotheses::table(&world)?,
        "goodness_of_fit" => vec![hypotheses::goodness_of_fit(&world)?],
        "ttest" => vec![hypotheses::means(&world)?],
        "ranktest" => vec![hypotheses::ranks(&world)?],
        "glm" => models::coefficients(&world)?,
        other => return Err(format!("`{other}` is not known")),
    };
    answer::compare(answer, &rows)
}
