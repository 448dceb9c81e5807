//! Figures as a table for a terminal, and what one must know to read them.

use std::collections::BTreeSet;

use super::super::say;
use super::arguments::{Estimate as Asked, FreedomName};
use super::json::reason;
use super::model;
use crate::pipeline::estimate::{ASSOCIATION, Account, Answers, Estimate, Level, Row};

/// A standard error is shown with so many decimals that its digits reach this number: with
/// three digits.
const ENOUGH: f64 = 100.0;

/// Most decimals that are shown, and those shown where nothing says how many make sense.
const MOST: usize = 10;
const USUAL: usize = 4;

/// How wide lines of text are.
const WIDTH: usize = 96;

/// What stands where there is no number.
const NOTHING: &str = "-";

/// The table, and below it how it was made.
pub(super) fn table(answers: &Answers, asked: &Asked) -> String {
    let (lines, labels) = match &answers.model {
        Some(described) => model::lines(answers, described, &asked.by),
        None => lines(answers, asked),
    };
    let below = notes(answers, asked);
    let below = below.iter().map(|note| say::wrapped(note, WIDTH) + "\n").collect::<String>();
    format!("{}\n{below}", aligned(&lines, labels))
}

/// A line for the names of the columns and for each figure, and how many cells are labels.
fn lines(answers: &Answers, asked: &Asked) -> (Vec<Vec<String>>, usize) {
    let rows = &answers.rows;
    let levels = rows.iter().any(|row| row.level.is_some());
    let mut lines = vec![heads(asked, levels)];
    lines.extend(rows.iter().map(|row| cells(row, levels, decimals(row, rows))));
    (lines, 1 + usize::from(levels) + asked.by.len())
}

fn heads(asked: &Asked, levels: bool) -> Vec<String> {
    let level = match (levels, asked.quantile.is_empty()) {
        (false, _) => None,
        (true, true) => Some("level"),
        (true, false) => Some("p"),
    };
    let numbers = ["estimate", "se", "low", "high", "df", "deff", "n"];
    let first = std::iter::once("variable").chain(level);
    let names = first.chain(asked.by.iter().map(String::as_str)).chain(numbers);
    names.map(str::to_owned).collect()
}

fn cells(row: &Row, levels: bool, decimals: usize) -> Vec<String> {
    let mut cells = vec![row.variable.clone()];
    cells.extend(row.level.as_ref().filter(|_| levels).map(level));
    cells.extend(row.by.iter().cloned());
    cells.extend(numbers(row.figure.as_ref().ok(), decimals));
    cells
}

pub(super) fn level(level: &Level) -> String {
    match level {
        Level::Label(label) => label.clone(),
        Level::Quantile(p) => p.to_string(),
    }
}

fn numbers(estimate: Option<&Estimate>, decimals: usize) -> [String; 7] {
    let interval = estimate.and_then(|e| e.interval);
    [
        number(estimate.map(|e| e.value), decimals),
        number(estimate.and_then(standard_error), decimals),
        number(interval.map(|(low, _)| low), decimals),
        number(interval.map(|(_, high)| high), decimals),
        number(estimate.map(|e| e.freedom), 0),
        number(estimate.and_then(|e| e.effect), 2),
        estimate.map_or(0, |e| e.base).to_string(),
    ]
}

pub(super) fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| format!("{value:.decimals$}"))
}

pub(super) fn standard_error(estimate: &Estimate) -> Option<f64> {
    estimate.variance.map(f64::sqrt)
}

/// How many decimals make sense: so many that the smallest standard error of the variable
/// has its digits.
fn decimals(row: &Row, rows: &[Row]) -> usize {
    let alike = rows.iter().filter(|other| other.variable == row.variable);
    let errors = alike.filter_map(|other| standard_error(other.figure.as_ref().ok()?));
    digits(errors.filter(|error| *error > 0.0).fold(f64::INFINITY, f64::min))
}

/// How many decimals show the digits of a standard error.
pub(super) fn digits(error: f64) -> usize {
    if !error.is_finite() || error <= 0.0 {
        return USUAL;
    }
    let (mut decimals, mut scaled) = (0, error);
    while scaled < ENOUGH && decimals < MOST {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// Columns under each other: the first ones to the left, numbers to the right.
fn aligned(lines: &[Vec<String>], labels: usize) -> String {
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..lines.first().map_or(0, Vec::len)).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).enumerate().map(|(place, (cell, &width))| {
            if place < labels { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// How the figures were made, a paragraph each.
fn notes(answers: &Answers, asked: &Asked) -> Vec<String> {
    let account = &answers.account;
    let mut notes = vec![format!("Design: {}.", design(account).join(", "))];
    notes.extend(answers.model.iter().map(model::note));
    notes.extend(domain(account));
    notes.push(format!("Intervals: 95 %, {}.", intervals(answers, asked)));
    notes.extend(missing(account, asked));
    let replicated = account.replicates.is_some();
    let reasons: BTreeSet<String> =
        answers.rows.iter().filter_map(|row| reason(row, replicated)).collect();
    notes.extend(reasons.iter().map(|reason| format!("{NOTHING}: {reason}.")));
    notes.extend(answers.model.iter().map(|_| ASSOCIATION.to_owned()));
    notes
}

/// What the condition keeps.
fn domain(account: &Account) -> Option<String> {
    let (text, kept, unknown) = account.filter.as_ref()?;
    let doubt = match unknown {
        0 => String::new(),
        n => format!("; {} with a missing value, of which it cannot tell, not", records(*n)),
    };
    Some(format!("Domain: {text} keeps {}{doubt}.", records(*kept)))
}

/// How the records were drawn.
fn design(account: &Account) -> Vec<String> {
    let keys = &account.keys;
    let mut parts = vec![records(account.records)];
    parts.extend(stages(account));
    parts.extend(strata(account));
    let weights = keys.weight.as_ref().map(|column| format!("weights ({column})"));
    parts.push(weights.unwrap_or_else(|| "no weights".to_owned()));
    let columns = keys.population.join(", ");
    let corrected = format!("finite population correction ({columns})");
    parts.extend((!keys.population.is_empty()).then_some(corrected));
    parts
}

fn stages(account: &Account) -> impl Iterator<Item = String> {
    let stages = account.units.iter().zip(&account.keys.psu).enumerate();
    stages.map(|(nth, (units, column))| {
        let within = if nth == 0 { "" } else { " within them" };
        format!("{units} sampling units{within} ({column})")
    })
}

fn strata(account: &Account) -> Option<String> {
    let (count, columns) = (account.strata, account.keys.strata.join(", "));
    let word = if count == 1 { "stratum" } else { "strata" };
    (!columns.is_empty()).then(|| format!("{count} {word} ({columns})"))
}

fn intervals(answers: &Answers, asked: &Asked) -> String {
    let mut methods =
        answers.rows.iter().filter_map(|row| Some(row.figure.as_ref().ok()?.method));
    let method = method(methods.next().unwrap_or_default());
    let variance = variance(&answers.account);
    let freedom = freedom(&answers.account, asked);
    let last = match &answers.model {
        Some(_) => "plus 1, minus the coefficients",
        None => "deff is against simple random sampling with replacement",
    };
    let mark = if answers.model.is_some() { "," } else { ";" };
    format!("{method}; {variance}; {freedom}{mark} {last}")
}

/// Where variances come from.
fn variance(account: &Account) -> String {
    match account.replicates {
        Some((count, method)) => {
            format!("variance from {count} replicate weights ({})", method.name())
        }
        None => "variance by Taylor linearisation".to_owned(),
    }
}

fn freedom(account: &Account, asked: &Asked) -> String {
    let whole = account.freedom;
    match asked.df {
        _ if asked.replicates.replicate_df.is_some() => {
            "df is what `--replicate-df` says".to_owned()
        }
        _ if account.replicates.is_some() => {
            format!("df is the rank of the replicate weights less one ({whole})")
        }
        FreedomName::Domain => format!(
            "df counts sampling units with a record in the group minus their strata (whole \
             design: {whole})"
        ),
        FreedomName::Whole => {
            "df counts sampling units minus strata of the whole design".to_owned()
        }
    }
}

fn method(name: &str) -> &'static str {
    match name {
        "korn_graubard_beta" => "beta limits of Korn and Graubard",
        "logit" => "Student's t on the logit scale",
        "wilson_effective_n" => "Wilson's on the effective sample size",
        "arcsine" => "Student's t on the arcsine scale",
        "profile_likelihood" => "profile likelihood",
        "woodruff" => "Woodruff's",
        _ => "Student's t",
    }
}

/// What became of records without an answer.
fn missing(account: &Account, asked: &Asked) -> Vec<String> {
    let column = |(column, count): &(String, u64)| format!("{column} in {}", records(*count));
    let columns: Vec<String> = account.missing.iter().map(column).collect();
    let outside = "the figures are of the others, in a design of all";
    let answers = format!("Missing: {}; {outside}.", columns.join(", "));
    let by = asked.by.join(", ");
    let groups = format!("No group: {} without a value of {by}.", records(account.ungrouped));
    let said =
        [(!columns.is_empty()).then_some(answers), (account.ungrouped > 0).then_some(groups)];
    said.into_iter().flatten().collect()
}

fn records(count: u64) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}
