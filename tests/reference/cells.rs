//! Targets by cell, however they are written: margins of raking, post-strata.

use serde_json::Value;

use super::data::Data;
use super::keys::{self, Keys};

/// A cell for each record, and a target for each cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    pub(crate) codes: Vec<u32>,
    pub(crate) targets: Vec<f64>,
}

/// The names under which a target stands in a row of a table.
const TARGETS: [&str; 8] = ["Freq", "freq", "count", "n", "N", "total", "target", "population"];

/// The margins of raking: an object by variable, or a list.
pub(crate) fn margins(value: &Value, data: &Data) -> Result<Vec<Cells>, String> {
    match value {
        Value::Array(list) => list.iter().map(|one| margin(one, data)).collect(),
        Value::Object(map) => {
            map.iter().map(|(name, targets)| cells(&parts(name, data), targets, data)).collect()
        }
        _ => Err("`margins` is neither an object nor a list".to_owned()),
    }
}

fn margin(value: &Value, data: &Data) -> Result<Cells, String> {
    let keys = Keys::of(value)?;
    let by = keys.texts(&["var", "variable", "name", "by", "vars"])?;
    let targets = keys.get(&["targets", "levels", "cells", "totals", "population", "counts"]);
    match (by.as_slice(), targets) {
        ([], None) => {
            let (name, targets) = keys.only().ok_or("a margin has no variable")?;
            cells(&parts(name, data), targets, data)
        }
        (by, Some(targets)) => cells(by, targets, data),
        _ => Err("a margin has no targets".to_owned()),
    }
}

/// The columns of a name such as `sector:gender`; the name alone if it is one.
fn parts(name: &str, data: &Data) -> Vec<String> {
    let split = |sign: &str| -> Vec<String> {
        name.split(sign).map(|part| part.trim().to_owned()).collect()
    };
    let known = |names: &Vec<String>| names.iter().all(|name| data.column(name).is_ok());
    let splits = [":", "*", ",", "+", " x ", "."].into_iter().map(split);
    let found = splits.filter(|_| data.column(name).is_err()).find(known);
    found.unwrap_or_else(|| vec![name.to_owned()])
}

/// The cells that some columns make, with their targets.
pub(crate) fn cells(by: &[String], targets: &Value, data: &Data) -> Result<Cells, String> {
    let mut entries = Vec::new();
    let mut by = by.to_vec();
    match targets {
        Value::Array(list) => {
            for row in list {
                entries.push(entry(&mut by, row, data)?);
            }
        }
        targets if by.is_empty() => {
            let (name, inner) = Keys::of(targets)?.only().ok_or("cells of no variable")?;
            return cells(&parts(name, data), inner, data);
        }
        targets => flatten(targets, &mut Vec::new(), &mut entries)?,
    }
    by_record(&by, &entries, data)
}

/// A row of a table: the cell's answers and its target. The first row names the columns.
fn entry(by: &mut Vec<String>, row: &Value, data: &Data) -> Result<(Vec<String>, f64), String> {
    let map = row.as_object().ok_or_else(|| format!("{row} is no cell"))?;
    if by.is_empty() {
        by.extend(map.keys().filter(|key| data.column(key).is_ok()).cloned());
    }
    let cell = |name: &String| map.get(name).or_else(|| map.get("level")).and_then(keys::word);
    let cell: Option<Vec<String>> = by.iter().map(cell).collect();
    let target = TARGETS.iter().find_map(|name| map.get(*name)?.as_f64());
    cell.zip(target).ok_or_else(|| format!("{row} is no cell of {by:?}"))
}

/// Targets in objects in objects.
fn flatten(
    value: &Value,
    path: &mut Vec<String>,
    entries: &mut Vec<(Vec<String>, f64)>,
) -> Result<(), String> {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                path.push(key.clone());
                flatten(value, path, entries)?;
                path.pop();
            }
            Ok(())
        }
        value => {
            let target = value.as_f64().ok_or_else(|| format!("{value} is no target"))?;
            entries.push((path.clone(), target));
            Ok(())
        }
    }
}

/// Finds the cell of each record. A target of nobody stays, if it is above zero.
fn by_record(
    by: &[String],
    entries: &[(Vec<String>, f64)],
    data: &Data,
) -> Result<Cells, String> {
    let columns = by.iter().map(|name| data.column(name)).collect::<Result<Vec<_>, _>>()?;
    let mut cells = Cells::default();
    let mut known: Vec<Vec<u16>> = Vec::new();
    for (names, target) in entries {
        let code = |name: &String, column: usize| columns[column].place(name).ok();
        let places: Option<Vec<usize>> = match names.as_slice() {
            [flat] if columns.len() > 1 => split(flat, &columns),
            names => names.iter().enumerate().map(|(c, name)| code(name, c)).collect(),
        };
        match places {
            Some(places) => known.push(places.into_iter().map(code_of).collect()),
            None if *target == 0.0 => continue,
            None => return Err(format!("no record is in the cell {names:?} of {by:?}")),
        }
        cells.targets.push(*target);
    }
    for record in 0..data.rows {
        let own: Vec<u16> = columns.iter().map(|column| column.codes[record]).collect();
        let code = known.iter().position(|cell| *cell == own).unwrap_or(known.len());
        cells.codes.push(u32::try_from(code).unwrap_or(u32::MAX));
    }
    Ok(cells)
}

fn code_of(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// The places of the answers in a name such as `E:No`.
fn split(flat: &str, columns: &[&super::data::Column]) -> Option<Vec<usize>> {
    let Some((first, rest)) = columns.split_first() else {
        return flat.is_empty().then(Vec::new);
    };
    let labels = first.labels.iter().enumerate();
    labels.rev().find_map(|(place, label)| {
        let after = flat.strip_prefix(label.as_str())?;
        let after = after.trim_start_matches(" x ");
        let after = after.trim_start_matches([':', '.', ',', '|', '/', '_', ' ', '-', '&']);
        Some([vec![place], split(after, rest)?].concat())
    })
}
