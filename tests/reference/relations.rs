//! How variables vary, and how they go together.

use pollsmith::estimate::study::{Correlation, Figures, PopulationCovariance};

use super::data::Group;
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

/// The variance of each variable in the population, and the covariance of each two.
pub(crate) fn variances(world: &World<'_>) -> Result<Vec<Row>, String> {
    let (by, groups) = world.groups()?;
    let number = |var: &String| {
        Ok(Number { row: Row::new([var.clone()]), what: What::Mean(world.numbers(var)?) })
    };
    let vars = world.keys.texts(&["var", "vars"])?;
    let mut numbers: Vec<Number> = vars.iter().map(number).collect::<Result<_, String>>()?;
    if world.is(Other::Listwise) {
        numbers = listwise(numbers);
    }
    let mut rows = Vec::new();
    for (place, first) in numbers.iter().enumerate() {
        for second in &numbers[place..] {
            for group in &groups {
                let named = between(first, second).group(&by, &group.labels);
                rows.push(row(world, named, &covariance(world, (first, second), group)?));
            }
        }
    }
    Ok(rows)
}

/// The row of two numbers, or of one given twice.
fn between(first: &Number, second: &Number) -> Row {
    let (first, second) = (first.row.name(), second.row.name());
    if first == second { Row::new([first]) } else { Row::new([first, second]) }
}

fn covariance(
    world: &World<'_>,
    numbers: (&Number, &Number),
    group: &Group,
) -> Result<Figures, String> {
    let (What::Mean(x), What::Mean(y)) = (&numbers.0.what, &numbers.1.what) else {
        return Err("no numbers".to_owned());
    };
    let (x, y) = (within(x, &group.members), within(y, &group.members));
    world.figures(&PopulationCovariance { x: &x, y: &y })
}
