//! Contrasts of numbers, within groups or between them, and comparisons two by two.

use std::collections::BTreeMap;

use pollsmith::estimate::study::{Contrast, Figures, Quotient, Quotients};
use pollsmith::stats::matrix::Matrix;
use pollsmith::stats::test::{self, Adjustment, Pair};
use serde_json::{Map, Value};

use super::data::Group;
use super::estimates::{self, listwise};
use super::keys::{self, Keys};
use super::numbers::{Number, What, with_estimate};
use super::reading::Other;
use super::row::Row;
use super::words;
use super::world::World;

/// What may be contrasted by its name alone; other words are variables.
const STATISTICS: [&str; 5] = ["mean", "total", "proportion", "ratio", "multi_response"];

/// What a contrast is of: a statistic of the case's own keys, a question of its own, or the
/// means of variables.
fn numbers(world: &World<'_>) -> Result<Vec<Number>, String> {
    let (stat, question) = match world.keys.get(&["of"]) {
        None => (usual(world.keys), None),
        Some(Value::String(stat)) if STATISTICS.contains(&stat.as_str()) => {
            (stat.as_str(), None)
        }
        Some(Value::Object(map)) => {
            let stat = map.get("stat").and_then(Value::as_str).unwrap_or("mean");
            (stat, Some(map.clone()))
        }
        Some(vars) => ("mean", Some(Map::from_iter([("var".to_owned(), vars.clone())]))),
    };
    let found = match question {
        None => estimates::wanted(world, stat)?,
        Some(map) => {
            let question = Value::Object(map);
            let keys = Keys::of(&question)?;
            let _named = keys.get(&["stat"]);
            let found = estimates::wanted(&world.asked(&keys), stat)?;
            keys.finish()?;
            found
        }
    };
    let numbers = found.ok_or_else(|| format!("contrasts of `{stat}`"))?.numbers;
    let several =
        numbers.iter().all(|number| matches!(number.what, What::Mean(_) | What::Total(_)));
    Ok(if several { listwise(numbers) } else { numbers })
}

fn usual(keys: &Keys<'_>) -> &'static str {
    let is_share = keys.get(&["levels", "level_of_interest", "equals"]).is_some();
    if is_share { "proportion" } else { "mean" }
}

/// A coefficient for each name, or for each number in order.
enum Terms {
    Named(Vec<(String, f64)>),
    InOrder(Vec<f64>),
}

impl Terms {
    fn read(keys: &Keys<'_>) -> Result<Self, String> {
        let value = keys.get(&["terms", "coefficients", "contrast", "weights"]);
        match value.ok_or("`terms` is missing")? {
            Value::Object(map) => {
                let number = |value: &Value| {
                    value.as_f64().ok_or_else(|| format!("{value} is no number"))
                };
                let terms = map.iter().map(|(name, value)| Ok((name.clone(), number(value)?)));
                terms.collect::<Result<_, String>>().map(Self::Named)
            }
            Value::Array(list) => match list.as_slice() {
                [Value::String(first), Value::String(second)] => {
                    Ok(Self::Named(vec![(first.clone(), 1.0), (second.clone(), -1.0)]))
                }
                list if list.iter().all(Value::is_number) => {
                    Ok(Self::InOrder(list.iter().filter_map(Value::as_f64).collect()))
                }
                list => list.iter().map(term).collect::<Result<_, _>>().map(Self::Named),
            },
            other => Err(format!("the terms {other} are not understood")),
        }
    }

    /// A coefficient for each row; none if the names are not those of the rows.
    fn of(&self, rows: &[Row]) -> Option<Vec<f64>> {
        match self {
            Self::InOrder(list) => (list.len() == rows.len()).then(|| list.clone()),
            Self::Named(terms) => {
                let is_known =
                    |(name, _): &(String, f64)| rows.iter().any(|row| row.is_called(name));
                let coefficient = |row: &Row| {
                    let own = terms.iter().filter(|(name, _)| row.is_called(name));
                    own.map(|(_, coefficient)| coefficient).sum()
                };
                terms.iter().any(is_known).then(|| rows.iter().map(coefficient).collect())
            }
        }
    }
}

/// One term of a list: an object with a name and a number, or the two as a list.
fn term(value: &Value) -> Result<(String, f64), String> {
    let unknown = || format!("the term {value} is not understood");
    match value {
        Value::Object(map) => {
            let name = map.values().find(|value| value.is_string()).and_then(keys::word);
            let number = map.values().find_map(Value::as_f64);
            name.zip(number).ok_or_else(unknown)
        }
        Value::Array(pair) => match pair.as_slice() {
            [name, number] => keys::word(name).zip(number.as_f64()).ok_or_else(unknown),
            _ => Err(unknown()),
        },
        _ => Err(unknown()),
    }
}

/// A contrast between groups if its terms are their names, else one within each group.
pub(crate) fn contrast(world: &World<'_>) -> Result<Vec<Row>, String> {
    let (by, groups) = world.groups()?;
    let (numbers, terms) = (numbers(world)?, Terms::read(world.keys)?);
    let named = |group: &Group| Row::default().group(&by, &group.labels);
    let groups_as_rows: Vec<Row> = groups.iter().map(named).collect();
    let numbers_as_rows: Vec<Row> = numbers.iter().map(|number| number.row.clone()).collect();
    let mut rows = Vec::new();
    let between = terms.of(&groups_as_rows).filter(|_| !by.is_empty());
    if let Some(coefficients) = between {
        for number in &numbers {
            let parts: Vec<_> = groups.iter().map(|group| (number, group)).collect();
            rows.push(combined(world, number.row.clone(), &parts, &coefficients)?);
        }
        return Ok(rows);
    }
    let coefficients = terms.of(&numbers_as_rows).ok_or("the terms name nothing known")?;
    for group in &groups {
        let parts: Vec<_> = numbers.iter().map(|number| (number, group)).collect();
        rows.push(combined(world, named(group), &parts, &coefficients)?);
    }
    Ok(rows)
}

fn quotients<'q>(parts: &[(&'q Number, &'q Group)]) -> Result<Vec<Quotient<'q>>, String> {
    let quotients = parts.iter().map(|(number, group)| number.what.quotient(&group.members));
    quotients.collect::<Option<_>>().ok_or_else(|| "quantiles have no contrasts".to_owned())
}

/// A linear combination of numbers in groups. Those without a coefficient need not exist.
fn combined(
    world: &World<'_>,
    row: Row,
    parts: &[(&Number, &Group)],
    coefficients: &[f64],
) -> Result<Row, String> {
    let kept = parts.iter().zip(coefficients).filter(|(_, coefficient)| **coefficient != 0.0);
    let (parts, coefficients): (Vec<_>, Vec<f64>) = kept.map(|(part, c)| (*part, *c)).unzip();
    let quotients = quotients(&parts)?;
    let of = Quotients(&quotients);
    let coefficients = Matrix::from_fn(1, coefficients.len(), |_, place| coefficients[place]);
    let figures = world.figures(&Contrast { of: &of, coefficients })?;
    let estimate = figures.estimate(0, world.conventions.level);
    let row = with_estimate(row, &estimate, "ci");
    let test = test::student(
        estimate.value,
        estimate.variance.unwrap_or(0.0).sqrt(),
        estimate.freedom,
    );
    Ok(match test {
        Some(test) => row.with("t", test.t).with("p", test.p),
        None => row,
    })
}

/// Each two groups compared, number by number.
pub(crate) fn pairwise(world: &World<'_>) -> Result<Vec<Row>, String> {
    let (_, groups) = world.groups()?;
    let mut rows = Vec::new();
    for number in &numbers(world)? {
        let parts: Vec<_> = groups.iter().map(|group| (number, group)).collect();
        let figures = world.figures(&Quotients(&quotients(&parts)?))?;
        let pairs = |adjustment| {
            let Figures { values, covariance, freedom, .. } = &figures;
            test::pairwise(values, covariance, *freedom, adjustment)
                .map_err(|why| why.to_string())
        };
        let mut adjusted = BTreeMap::new();
        for (name, adjustment) in ADJUSTMENTS {
            adjusted.insert(name, pairs(adjustment)?);
        }
        for (place, pair) in pairs(Adjustment::None)?.iter().enumerate() {
            let names = [pair.first, pair.second].map(|group| groups[group].labels.join(":"));
            let mut row = number.row.clone();
            for (name, pairs) in &adjusted {
                row = row.with_list(name, pairs[place].adjusted.into_iter().collect());
            }
            rows.extend(compared(world, &row, pair, &names)?);
        }
    }
    Ok(rows)
}

/// How p is adjusted for the number of pairs, by the name of the figure.
const ADJUSTMENTS: [(&str, Adjustment); 3] = [
    ("p_bonferroni", Adjustment::Bonferroni),
    ("p_holm", Adjustment::Holm),
    ("p_bh", Adjustment::BenjaminiHochberg),
];

/// A row for the first minus the second, and one for the second minus the first.
fn compared(
    world: &World<'_>,
    row: &Row,
    pair: &Pair,
    [first, second]: &[String; 2],
) -> Result<Vec<Row>, String> {
    let asked = world.keys.texts(&["adjust", "adjustment", "p_adjust", "correction"])?;
    let adjusted = asked.first().and_then(|name| words::figures(name).first().copied());
    let adjusted = adjusted.and_then(|figure| row.value(figure));
    let sign = if world.is(Other::Turned) { -1.0 } else { 1.0 };
    let one = |names: Vec<String>, sign: f64| {
        let row = row.clone().word(names);
        let Ok(found) = pair.compared else { return row };
        let p = adjusted.filter(|_| world.is(Other::Adjusted)).unwrap_or(found.p);
        row.with("est", sign * found.difference)
            .with("se", found.se)
            .with("t", sign * found.t)
            .with("p", p)
            .with_list("p_adjusted", adjusted.into_iter().collect())
            .with("df", found.freedom)
    };
    let rows =
        [one(names_of_pair(first, second), -sign), one(names_of_pair(second, first), sign)];
    Ok(rows.to_vec())
}

fn names_of_pair(first: &str, second: &str) -> Vec<String> {
    const SIGNS: [&str; 12] =
        [" - ", "-", " vs ", " vs. ", " versus ", " minus ", ":", ".", "/", "|", ", ", "_"];
    SIGNS.iter().map(|sign| format!("{first}{sign}{second}")).collect()
}
