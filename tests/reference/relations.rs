//! How variables vary, and how they go together.

use pollsmith::estimate::study::{Correlation, Figures, PopulationVariance};

use super::estimates::listwise;
use super::numbers::{Number, What, with_estimate};
use super::reading::Other;
use super::row::Row;
use super::world::{World, within};

/// The only figure of a statistic as a row.
fn row(world: &World<'_>, row: Row, figures: &Figures) -> Row {
    with_estimate(row, &figures.estimate(0, world.conventions.level), "ci")
}

/// Correlations of each two of some variables, over the records that have all.
pub(crate) fn correlation(world: &World<'_>) -> Result<Vec<Row>, String> {
    let vars = both(world, &["var", "vars"], &["with", "var2", "y"])?;
    let numbers: Vec<Vec<f64>> =
        vars.iter().map(|var| world.numbers(var)).collect::<Result<_, _>>()?;
    let (by, groups) = world.groups()?;
    let mut rows = Vec::new();
    for group in &groups {
        let complete = |record: usize| {
            group.members[record] && numbers.iter().all(|y| !y[record].is_nan())
        };
        let complete: Vec<bool> = (0..world.data().rows).map(complete).collect();
        let numbers: Vec<Vec<f64>> = numbers.iter().map(|y| within(y, &complete)).collect();
        for (i, x) in numbers.iter().enumerate() {
            for (j, y) in numbers.iter().enumerate().skip(i + 1) {
                let figures = world.figures(&Correlation { x, y })?;
                let named = Row::new([vars[i].clone(), vars[j].clone()]);
                rows.push(row(world, named.group(&by, &group.labels), &figures));
            }
        }
    }
    Ok(rows)
}

fn both(world: &World<'_>, first: &[&str], second: &[&str]) -> Result<Vec<String>, String> {
    Ok([world.keys.texts(first)?, world.keys.texts(second)?].concat())
}

/// The variance of each variable in the population.
pub(crate) fn variances(world: &World<'_>) -> Result<Vec<Row>, String> {
    let (by, groups) = world.groups()?;
    let vars = world.keys.texts(&["var", "vars"])?;
    let number = |var: &String| {
        Ok(Number { row: Row::new([var.clone()]), what: What::Mean(world.numbers(var)?) })
    };
    let mut numbers: Vec<Number> = vars.iter().map(number).collect::<Result<_, String>>()?;
    if world.is(Other::Listwise) {
        numbers = listwise(numbers);
    }
    let mut rows = Vec::new();
    for number in numbers {
        let What::Mean(y) = &number.what else { continue };
        for group in &groups {
            let figures =
                world.figures(&PopulationVariance { y: &within(y, &group.members) })?;
            let named = number.row.clone().group(&by, &group.labels);
            rows.push(row(world, named, &figures));
        }
    }
    Ok(rows)
}
