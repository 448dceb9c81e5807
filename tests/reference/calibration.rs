//! The columns that a case calibrates on, and their totals.

use pollsmith::stats::calibrate::Auxiliaries;
use pollsmith::stats::model::{Choices, Column, Formula, Model};
use serde_json::Value;

use super::data::Data;
use super::keys::{Keys, plain, texts};

/// The columns of the model, and a total for each.
pub(crate) fn columns(keys: &Keys<'_>, data: &Data) -> Result<(Auxiliaries, Vec<f64>), String> {
    let model =
        keys.get(&["model", "formula", "variables", "var"]).ok_or("`model` is missing")?;
    let text = match model {
        Value::Array(_) => format!("~{}", texts(model)?.join(" + ")),
        text => texts(text)?.concat(),
    };
    let text = if text.starts_with('~') { text } else { format!("~{text}") };
    let formula = Formula::parse(&text).map_err(|problem| problem.to_string())?;
    let codes = codes(data);
    let columns = model_columns(data, &codes);
    let choices = Choices { keep_empty_levels: true, ..Choices::default() };
    let model = Model::new(&formula, &columns, &choices).map_err(|why| why.to_string())?;
    if model.used().contains(&false) {
        return Err("a column to calibrate on has missing answers".to_owned());
    }
    let totals = keys.get(&["totals", "population", "margins", "targets"]);
    let totals = totals_of(&model.names(), totals.ok_or("`totals` is missing")?)?;
    let columns = model.columns();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let auxiliaries = Auxiliaries::by_record(&columns).map_err(|error| error.to_string())?;
    Ok((auxiliaries, totals))
}

/// The codes of each column of the data, as models take them.
pub(crate) fn codes(data: &Data) -> Vec<Vec<u32>> {
    let codes =
        |column: &super::data::Column| column.codes.iter().map(|c| u32::from(*c)).collect();
    data.columns.iter().map(codes).collect()
}

/// The columns of the data as models take them: numbers where they are numbers.
pub(crate) fn model_columns<'d>(
    data: &'d Data,
    codes: &'d [Vec<u32>],
) -> Vec<(&'d str, Column<'d>)> {
    let column = |(column, codes): (&'d super::data::Column, &'d Vec<u32>)| {
        let values = match &column.numbers {
            Some(numbers) => Column::Numbers(numbers),
            None => Column::Answers { codes, labels: &column.labels },
        };
        (column.header.as_str(), values)
    };
    data.columns.iter().zip(codes).map(column).collect()
}

/// A total for each column: by R's names of columns, in their order, or by variable.
fn totals_of(names: &[String], totals: &Value) -> Result<Vec<f64>, String> {
    let parts = match totals {
        Value::Array(list) if list.iter().all(Value::is_object) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    if let [Value::Array(list)] = parts {
        let numbers: Vec<f64> = list.iter().filter_map(Value::as_f64).collect();
        let fits = numbers.len() == names.len();
        return fits
            .then_some(numbers)
            .ok_or_else(|| format!("the totals are not of {names:?}"));
    }
    let mut flat = Vec::new();
    for part in parts {
        flatten(part, "", &mut flat);
    }
    let total = |name: &String| {
        let is_intercept = name == "(Intercept)";
        let same = |key: &str| {
            key == name
                || plain(key) == plain(name)
                || (is_intercept && ["N", "n", "1", "size", "population"].contains(&key))
        };
        let found = flat.iter().find(|(key, _)| same(key)).map(|(_, total)| *total);
        let whole = || if is_intercept { parts.iter().find_map(whole) } else { None };
        found.or_else(whole).ok_or_else(|| format!("there is no total of `{name}`"))
    };
    names.iter().map(total).collect()
}

/// The totals by the names that R gives to columns: the variable and the level.
fn flatten(value: &Value, name: &str, flat: &mut Vec<(String, f64)>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| flatten(value, &format!("{name}{key}"), flat));
        }
        value => flat.extend(value.as_f64().map(|total| (name.to_owned(), total))),
    }
}

/// The size of the population, if the levels of some variable all have totals.
fn whole(totals: &Value) -> Option<f64> {
    let levels = totals.as_object()?.values().find_map(Value::as_object)?;
    Some(levels.values().filter_map(Value::as_f64).sum())
}
