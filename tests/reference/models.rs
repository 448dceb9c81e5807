//! Generalised linear models.

use pollsmith::estimate::study::Coefficients;
use pollsmith::stats::interval;
use pollsmith::stats::model::{Choices, Family, Formula, Model, Regression, Stop};
use pollsmith::stats::test;
use serde_json::Value;

use super::calibration::{codes, model_columns};
use super::keys::{Keys, word};
use super::reading::Other;
use super::row::Row;
use super::world::World;

/// The coefficients of the model that a case asks for, a row each.
pub(crate) fn coefficients(world: &World<'_>) -> Result<Vec<Row>, String> {
    let text = world.keys.needed(&["formula", "model"])?;
    let family = family(world.keys)?;
    let formula = Formula::parse(&text).map_err(|problem| problem.to_string())?;
    let codes = codes(world.data());
    let columns = model_columns(world.data(), &codes);
    let references = references(world, &formula)?;
    let references: Vec<(&str, &str)> =
        references.iter().map(|(name, level)| (name.as_str(), level.as_str())).collect();
    let choices =
        Choices { domain: Some(&world.inside), references: &references, ..Choices::default() };
    let words = |why: pollsmith::stats::model::Refusal| why.to_string();
    let model = Model::new(&formula, &columns, &choices).map_err(words)?;
    let stop = if world.is(Other::Settled) { Stop::Settled } else { Stop::LikeR };
    let regression = Regression::new(&model, family, stop).map_err(words)?;
    let statistic = Coefficients::new(&regression, world.study.weights(), model.used());
    let statistic = statistic.map_err(words)?;
    let figures = world.figures(&statistic)?;
    // R takes the whole design with replicates, and the complete records without.
    let whole = world.has_replicates() != world.is(Other::Freedom);
    let used = |record: usize| whole || model.used()[record];
    let freedom = statistic.fit().freedom(world.study.freedom_of(used));
    let names = statistic.fit().names.iter().enumerate();
    Ok(names
        .map(|(place, name)| {
            let (value, variance) =
                (figures.values[place], figures.covariance.at(place, place));
            row(name, (value, variance), freedom, world.conventions.level)
        })
        .collect())
}

fn row(name: &str, (value, variance): (f64, f64), freedom: f64, level: f64) -> Row {
    let se = variance.sqrt();
    let row = Row::default().word([name.to_owned(), name.trim_matches(['(', ')']).to_owned()]);
    let row = row.with("est", value).with("se", se).with("df", freedom);
    let row = match interval::mean(value, variance, freedom, level) {
        Some(limits) => row
            .with_list("ci", vec![limits.low, limits.high])
            .with("low", limits.low)
            .with("high", limits.high),
        None => row,
    };
    match test::student(value, se, freedom) {
        Some(test) => row.with("t", test.t).with("p", test.p),
        None => row,
    }
}

fn family(keys: &Keys<'_>) -> Result<Family, String> {
    let unknown = |name: &str| format!("no family `{name}`");
    let (name, link) = match keys.get(&["family"]) {
        None => ("gaussian".to_owned(), keys.text(&["link"])?),
        Some(object @ Value::Object(_)) => {
            let keys = Keys::of(object)?;
            let both = (keys.needed(&["family", "name"])?, keys.text(&["link"])?);
            keys.finish()?;
            both
        }
        Some(name) => (word(name).ok_or("no family")?, keys.text(&["link"])?),
    };
    let own = match name.as_str() {
        "logit" | "logistic" => "binomial",
        "linear" | "normal" => "gaussian",
        name => name,
    };
    let own = match link.filter(|_| !own.contains('(')) {
        Some(link) => format!("{own}({link})"),
        None => own.to_owned(),
    };
    Family::named(&own).ok_or_else(|| unknown(&name))
}

/// The reference level of each variable that has one of its own.
fn references(world: &World<'_>, formula: &Formula) -> Result<Vec<(String, String)>, String> {
    match world.keys.get(&["reference", "references", "ref"]) {
        None => Ok(Vec::new()),
        Some(Value::Object(map)) => Ok(map
            .iter()
            .filter_map(|(name, level)| Some((name.clone(), word(level)?)))
            .collect()),
        Some(level) => {
            let level = word(level).ok_or("no reference level")?;
            let has = |label: &&String| {
                world.data().column(label).is_ok_and(|column| column.labels.contains(&level))
            };
            let variable = formula.variables.iter().map(|v| &v.label).find(has);
            let variable =
                variable.ok_or_else(|| format!("no variable has the level `{level}`"))?;
            Ok(vec![(variable.clone(), level)])
        }
    }
}
