//! Replicate weights of a case: those that came with the data, and those made of a design.

use std::path::Path;

use pollsmith::prepare::Design;
use pollsmith::stats::multistage::Stage;
use pollsmith::stats::replicate::{Given, Kind, Replicates};
use pollsmith::stats::variance::SingleUnit;
use regex::Regex;

use super::data::{Column, Data};
use super::keys::{Keys, plain};
use super::reading::{Other, Reading};

/// The replicate weights that a case gives.
pub(crate) fn given(
    folder: &Path,
    keys: &Keys<'_>,
    data: &Data,
    reading: &Reading,
) -> Result<Replicates, String> {
    let (scale, rscales) = (keys.number(&["scale"])?, keys.numbers(&["rscales", "rscale"])?);
    let rscales = Some(rscales).filter(|rscales| !rscales.is_empty());
    let kind = kind(keys, rscales.is_some())?;
    let mut given = Given {
        combined: keys
            .truth(&["combined", "combined_weights", "combined.weights"])?
            .unwrap_or(true),
        scale,
        rscales,
        mse: mse(keys)?,
        freedom: keys.number(&["df", "degf"])?,
        ..Given::new(kind, columns(folder, keys, data)?)
    };
    keys.finish()?;
    if reading.is(Other::Scale) && kind == Kind::Jk1 && scale.is_none() {
        let replicates = given.columns.len() as f64;
        given.scale = Some((replicates - 1.0) / replicates);
    }
    Replicates::given(given).map_err(|error| error.to_string())
}

/// Whether deviations are from the estimate of the full sample.
pub(crate) fn mse(keys: &Keys<'_>) -> Result<Option<bool>, String> {
    let center = keys.text(&["center", "centre", "mse"])?.map(|center| plain(&center));
    match center.as_deref() {
        None => Ok(None),
        Some("estimate" | "full" | "fullsample" | "true") => Ok(Some(true)),
        Some("mean" | "replicates" | "replicatemean" | "false") => Ok(Some(false)),
        Some(other) => Err(format!("replicates are not centred on `{other}`")),
    }
}

fn kind(keys: &Keys<'_>, has_rscales: bool) -> Result<Kind, String> {
    let rho = keys.number(&["rho", "fay_rho", "fay.rho"])?;
    let name = keys.text(&["type", "method", "kind"])?.unwrap_or_else(|| "other".to_owned());
    Ok(match plain(&name).as_str() {
        "brr" => rho.map_or(Kind::Brr, |rho| Kind::Fay { rho }),
        "fay" => Kind::Fay { rho: rho.ok_or("Fay's replicates have no `rho`")? },
        "jkn" => Kind::Jkn,
        "jk2" => Kind::Jk2,
        "jackknife" if has_rscales => Kind::Jkn,
        "jk1" | "jackknife" => Kind::Jk1,
        "bootstrap" | "subbootstrap" | "mrbbootstrap" => Kind::Bootstrap { average: 1.0 },
        "acs" => Kind::Acs,
        "sdr" | "successivedifference" => Kind::SuccessiveDifference,
        "other" => Kind::Other,
        _ => return Err(format!("there are no replicates of type `{name}`")),
    })
}

fn columns(folder: &Path, keys: &Keys<'_>, data: &Data) -> Result<Vec<Vec<f64>>, String> {
    let file = keys.text(&["file", "path"])?;
    let wanted = keys.texts(&["columns", "weights", "prefix"])?;
    let Some(file) = file else {
        return chosen(data, &wanted)?.into_iter().map(numbers).collect();
    };
    let file = Data::read(&folder.join(file))?;
    let key = file.columns.iter().find(|column| is_key(column, data));
    let all =
        || file.columns.iter().filter(|column| key.is_none_or(|k| k.header != column.header));
    let chosen = if wanted.is_empty() { all().collect() } else { chosen(&file, &wanted)? };
    let order = order(key, data)?;
    let sorted = |column: &Column| {
        let numbers = numbers(column)?;
        Ok(order.iter().map(|row| numbers[*row]).collect())
    };
    chosen.into_iter().map(sorted).collect()
}

fn numbers(column: &Column) -> Result<Vec<f64>, String> {
    let numbers = column.numbers.clone();
    numbers.ok_or_else(|| format!("the column `{}` does not hold numbers", column.header))
}

/// Whether a column of the file of replicates says which record of the data is meant.
fn is_key(column: &Column, data: &Data) -> bool {
    data.column(&column.header).is_ok_and(|own| own.labels.len() == data.rows)
}

/// The row of the file of replicates of each record.
fn order(key: Option<&Column>, data: &Data) -> Result<Vec<usize>, String> {
    let Some(key) = key else { return Ok((0..data.rows).collect()) };
    let row = |cell: &String| {
        let row = key.cells.iter().position(|other| other == cell);
        row.ok_or_else(|| format!("the file of replicates has no `{cell}`"))
    };
    data.column(&key.header)?.cells.iter().map(row).collect()
}

/// The columns that a list, a range, a glob, a regular expression or a prefix names.
fn chosen<'d>(data: &'d Data, wanted: &[String]) -> Result<Vec<&'d Column>, String> {
    let mut found = Vec::new();
    for name in wanted {
        if let Ok(column) = data.column(name) {
            found.push(column);
            continue;
        }
        if let Some(range) = range(data, name) {
            found.extend(range);
            continue;
        }
        let pattern = Regex::new(&pattern(name)).map_err(|error| error.to_string())?;
        found.extend(data.columns.iter().filter(|column| pattern.is_match(&column.header)));
    }
    if found.is_empty() { Err(format!("no columns {wanted:?}")) } else { Ok(found) }
}

/// From one column to another: `brr1:brr8`, `rw1-rw50`.
fn range<'d>(data: &'d Data, name: &str) -> Option<&'d [Column]> {
    let place = |name: &str| data.columns.iter().position(|c| c.header == name.trim());
    let ends = [":", "-", ".."].iter().find_map(|sign| {
        let (first, last) = name.split_once(sign)?;
        Some((place(first)?, place(last)?))
    });
    data.columns.get(ends?.0..=ends?.1)
}

fn pattern(name: &str) -> String {
    let is_regex = name.contains(['^', '$', '[', '(', '+', '\\', '.']);
    match name.strip_suffix('*') {
        _ if is_regex => name.to_owned(),
        Some(prefix) => format!("^{}", prefix.replace('*', ".*")),
        None => format!("^{name}_?[0-9]+$"),
    }
}

/// The jackknife of a design; the unstratified one of strata is the stratified one.
pub(crate) fn jackknife(design: &Design) -> Result<Replicates, String> {
    let first = design.stages.first();
    let records: Vec<u32> = (0..).take(design.weights.len()).collect();
    let sizes = first.map_or(&design.population, |stage| &stage.population);
    let by_record =
        |sizes: &Vec<f64>| design.stratum.iter().map(|s| sizes[*s as usize]).collect();
    let population: Option<Vec<f64>> = sizes.as_ref().map(by_record);
    let stage = Stage {
        strata: &design.stratum,
        units: first.map_or(&records, |stage| &stage.unit),
        population: population.as_deref(),
    };
    let made = if design.strata.len() > 1 {
        Replicates::jkn(&stage, SingleUnit::Fail)
    } else {
        Replicates::jk1(&stage)
    };
    made.map_err(|error| error.to_string())
}

/// The same replicates with each one's weights made anew.
pub(crate) fn reweighted(
    replicates: &Replicates,
    base: &[f64],
    reading: &Reading,
    weigh: impl Fn(&[f64]) -> Result<Vec<f64>, String>,
) -> Result<Replicates, String> {
    let mut columns = Vec::new();
    for r in 0..replicates.len() {
        let mut weights = Vec::new();
        replicates.weights(r, base, &mut weights);
        columns.push(weigh(&weights)?);
    }
    let given = Given {
        scale: Some(replicates.scale()),
        rscales: Some(replicates.rscales().to_vec()),
        mse: Some(replicates.mse()),
        freedom: if reading.is(Other::Freedom) { replicates.freedom(base, None) } else { None },
        ..Given::new(Kind::Other, columns)
    };
    Replicates::given(given).map_err(|error| error.to_string())
}
