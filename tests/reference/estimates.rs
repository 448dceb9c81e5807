//! Means, totals, ratios, shares, quantiles and mentions: what a case asks for.

use pollsmith::estimate::QuantilePlace;
use pollsmith::estimate::study::{Quotient, Quotients};
use pollsmith::stats::ProportionMethod;
use pollsmith::stats::effective;
use pollsmith::stats::quantile::{Limits, Rule};
use serde_json::Value;

use super::answer::mentions;
use super::data::Group;
use super::keys::Keys;
use super::numbers::{Answers, Number, Wanted, What};
use super::reading::Other;
use super::row::Row;
use super::words;
use super::world::{World, within};

/// The numbers that a case asks for; none if its statistic is of another kind.
pub(crate) fn wanted(world: &World<'_>, stat: &str) -> Result<Option<Wanted>, String> {
    let (by, groups) = world.groups()?;
    let numbers = match stat {
        "mean" => variables(world, false)?,
        "total" => variables(world, true)?,
        "ratio" => ratios(world)?,
        "proportion" => shares(world)?,
        "quantile" => return quantiles(world, (by, groups)).map(Some),
        "multi_response" => mentioned(world)?,
        "table_cells" => return cells(world).map(Some),
        _ => return Ok(None),
    };
    Ok(Some(Wanted { numbers, by, groups, intervals: intervals(world.keys)? }))
}

/// The intervals of shares that are asked for, with what the answer calls each.
fn intervals(keys: &Keys<'_>) -> Result<Vec<(String, ProportionMethod)>, String> {
    let names = keys.texts(&["ci", "method"])?;
    let several = matches!(keys.get(&["ci", "method"]), Some(Value::Array(_)));
    let named = |name: &String| {
        let method = words::method(name).ok_or_else(|| format!("no interval `{name}`"))?;
        let called = if several { format!("ci.{}", method.name()) } else { "ci".to_owned() };
        Ok((called, method))
    };
    let usual = ("ci".to_owned(), ProportionMethod::WaldT);
    let asked: Vec<_> = names
        .iter()
        .filter(|name| !matches!(name.as_str(), "true" | "false"))
        .map(named)
        .collect::<Result<_, String>>()?;
    Ok(if asked.is_empty() { vec![usual] } else { asked })
}

/// The answers of a column within the domain.
pub(crate) fn answers(world: &World<'_>, header: &str) -> Result<Answers, String> {
    let column = world.data().column(header)?;
    let code = |record: usize| {
        let is_there = world.inside[record] && column.is_answered(record);
        is_there.then(|| usize::from(column.codes[record]))
    };
    let codes = (0..world.data().rows).map(code).collect();
    Ok(Answers { codes, labels: column.labels.clone(), members: Vec::new() })
}

/// Means or totals of variables: of numbers, scores, or each answer.
fn variables(world: &World<'_>, total: bool) -> Result<Vec<Number>, String> {
    let mut numbers = Vec::new();
    let vars = world.keys.texts(&["var", "vars", "variable"])?;
    let as_factor = world.keys.text(&["as"])?.is_some_and(|kind| kind == "factor");
    let scores = world.keys.get(&["scores"]);
    for var in vars.iter().flat_map(|var| terms(var)) {
        let (var, is_factor) =
            match var.strip_prefix("factor(").and_then(|v| v.strip_suffix(')')) {
                Some(inner) => (inner.to_owned(), true),
                None => (var, as_factor),
            };
        let row = Row::new([var.clone()]);
        if let Some(scores) = scores {
            let scored = scored(world, &var, scores)?;
            numbers.push(Number { row, what: number(scored, total) });
        } else if !is_factor && world.data().column(&var)?.numbers.is_some() {
            numbers.push(Number { row, what: number(world.numbers(&var)?, total) });
        } else {
            numbers.extend(each_answer(world, &var, total)?);
        }
    }
    let lists = numbers.len() > 1 && (world.is(Other::Listwise) || vcov(world)?);
    Ok(if lists { listwise(numbers) } else { numbers })
}

/// The terms of a formula `~a + b`; the name alone if it is none.
fn terms(var: &str) -> Vec<String> {
    match var.strip_prefix('~') {
        Some(terms) => terms.split('+').map(|term| term.trim().to_owned()).collect(),
        None => vec![var.to_owned()],
    }
}

fn number(y: Vec<f64>, total: bool) -> What {
    if total { What::Total(y) } else { What::Mean(y) }
}

/// A number for each answer; answers without one are missing.
fn scored(world: &World<'_>, var: &str, scores: &Value) -> Result<Vec<f64>, String> {
    let answers = answers(world, var)?;
    let score = |label: &String| scores.get(label).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let scores: Vec<f64> = answers.labels.iter().map(score).collect();
    Ok(answers.codes.iter().map(|code| code.map_or(f64::NAN, |code| scores[code])).collect())
}

/// The share or number of each answer; answers that nobody in the domain gave are left out.
fn each_answer(world: &World<'_>, var: &str, total: bool) -> Result<Vec<Number>, String> {
    let answers = answers(world, var)?;
    let given = (0..answers.labels.len()).filter(|place| answers.codes.contains(&Some(*place)));
    let one = |place: usize| {
        let of = Answers { members: vec![place], ..answers.clone() };
        let row = Row::new([var.to_owned()]).level(var, &answers.labels[place]);
        Number { row, what: if total { What::Headcount(of) } else { What::Share(of) } }
    };
    Ok(given.map(one).collect())
}

/// The numbers of the records that have all of them.
pub(crate) fn listwise(mut numbers: Vec<Number>) -> Vec<Number> {
    let rows = numbers.first().map_or(0, |number| number.what.known().len());
    let mut complete = vec![true; rows];
    for number in &numbers {
        complete.iter_mut().zip(number.what.known()).for_each(|(all, known)| *all &= known);
    }
    for number in &mut numbers {
        number.what.restrict(&complete);
    }
    numbers
}

impl What {
    /// Which records have it.
    fn known(&self) -> Vec<bool> {
        match self {
            Self::Mean(y) | Self::Total(y) | Self::Quantile(y, _) => {
                y.iter().map(|y| !y.is_nan()).collect()
            }
            Self::Ratio(a, b) => a.iter().zip(b).map(|(a, b)| !(a + b).is_nan()).collect(),
            Self::Share(of) | Self::Headcount(of) => {
                of.codes.iter().map(Option::is_some).collect()
            }
        }
    }

    /// Leaves records out.
    fn restrict(&mut self, members: &[bool]) {
        match self {
            Self::Mean(y) | Self::Total(y) | Self::Quantile(y, _) => *y = within(y, members),
            Self::Ratio(a, _) => *a = within(a, members),
            Self::Share(of) | Self::Headcount(of) => {
                let codes = of.codes.iter_mut().zip(members);
                codes.filter(|(_, inside)| !**inside).for_each(|(code, _)| *code = None);
            }
        }
    }
}

fn vcov(world: &World<'_>) -> Result<bool, String> {
    Ok(world.keys.truth(&["vcov", "covariance", "covmat"])?.unwrap_or(false))
}

/// The covariance of all numbers, if it is asked for: as a list, and for each two.
pub(crate) fn covariances(world: &World<'_>, wanted: &Wanted) -> Result<Vec<Row>, String> {
    if !vcov(world)? {
        return Ok(Vec::new());
    }
    let pairs = || {
        let numbers = wanted
            .groups
            .iter()
            .flat_map(|group| wanted.numbers.iter().map(move |number| (number, group)));
        numbers.collect::<Vec<_>>()
    };
    let quotients: Option<Vec<Quotient<'_>>> =
        pairs().iter().map(|(number, group)| number.what.quotient(&group.members)).collect();
    let quotients = quotients.ok_or("quantiles have no covariance")?;
    let covariance = world.figures(&Quotients(&quotients))?.covariance;
    let size = quotients.len();
    let all: Vec<f64> = (0..size).flat_map(|row| covariance.row(row).to_vec()).collect();
    let mut rows = vec![Row::default().with_list("vcov", all)];
    if let [_] = wanted.groups.as_slice() {
        let name = |number: &Number| number.row.name();
        for (i, first) in wanted.numbers.iter().enumerate() {
            for (j, second) in wanted.numbers.iter().enumerate().take(i + 1) {
                let row = Row::new([name(first), name(second)]);
                rows.push(row.with("vcov", covariance.at(i, j)));
            }
        }
    }
    Ok(rows)
}

fn ratios(world: &World<'_>) -> Result<Vec<Number>, String> {
    let below = world.keys.needed(&["den", "denominator"])?;
    let above = world.keys.texts(&["num", "numerator"])?;
    let one = |above: &String| {
        let ways = ["/", " / ", ":"].map(|sign| format!("{above}{sign}{below}"));
        let row = Row::default().word(ways.into_iter().chain([above.clone()]));
        let what = What::Ratio(world.numbers(above)?, world.numbers(&below)?);
        Ok(Number { row, what })
    };
    above.iter().map(one).collect()
}

/// The shares of single answers if the reference has these, else of all `levels` together.
fn shares(world: &World<'_>) -> Result<Vec<Number>, String> {
    let mut numbers = Vec::new();
    for var in world.keys.texts(&["var", "vars", "variable"])? {
        let answers = answers(world, &var)?;
        let asked = world.keys.texts(&["levels", "level_of_interest", "equals", "category"])?;
        let column = world.data().column(&var)?;
        let places: Vec<usize> =
            asked.iter().map(|label| column.place(label)).collect::<Result<_, _>>()?;
        if places.is_empty() {
            numbers.extend(each_answer(world, &var, false)?);
            continue;
        }
        let apart = asked.iter().any(|label| mentions(world.answer, label));
        let sets = if apart { places.iter().map(|p| vec![*p]).collect() } else { vec![places] };
        for members in sets {
            let labels: Vec<&str> =
                members.iter().map(|p| answers.labels[*p].as_str()).collect();
            let row = Row::new([var.clone()]).level(&var, &labels.join(" + "));
            numbers.push(Number {
                row,
                what: What::Share(Answers { members, ..answers.clone() }),
            });
        }
    }
    Ok(numbers)
}

fn quantiles(
    world: &World<'_>,
    (by, groups): (Vec<String>, Vec<Group>),
) -> Result<Wanted, String> {
    let mut numbers = Vec::new();
    let limits = limits(world.keys)?;
    let rules = world.keys.texts(&["rule", "qrule"])?;
    let rules = if rules.is_empty() { vec!["math".to_owned()] } else { rules };
    for var in world.keys.texts(&["var", "vars", "variable"])? {
        for rule in &rules {
            for p in world.keys.numbers(&["p", "probs", "quantiles", "quantile"])? {
                let rule_named =
                    Rule::named(rule).ok_or_else(|| format!("no rule `{rule}`"))?;
                let place = QuantilePlace { p, rule: rule_named, limits };
                let row = Row::new([var.clone(), rule.clone()]).word(names_of_quantile(p));
                numbers.push(Number { row, what: What::Quantile(world.numbers(&var)?, place) });
            }
        }
    }
    Ok(Wanted {
        numbers,
        by,
        groups,
        intervals: vec![("ci".to_owned(), ProportionMethod::WaldT)],
    })
}

/// 0.5, 0.50, 50%, q0.5, p50, median.
fn names_of_quantile(p: f64) -> Vec<String> {
    let percent = (p * 1e6).round() / 1e4;
    let mut names = vec![format!("{p}"), format!("{p:.2}"), format!("{percent}%")];
    names.extend(
        ["q", "p", "Q"]
            .iter()
            .flat_map(|sign| [format!("{sign}{p}"), format!("{sign}{percent}")]),
    );
    names.extend((p - 0.5 == 0.0).then(|| "median".to_owned()));
    names
}

fn limits(keys: &Keys<'_>) -> Result<Limits, String> {
    const KEYS: [&str; 4] = ["limits", "interval", "interval.type", "ci_method"];
    let own = match keys.get(&["ci"]) {
        Some(object @ Value::Object(_)) => {
            let keys = Keys::of(object)?;
            let limits = keys.text(&KEYS)?;
            let _method = keys.text(&["method", "type"])?;
            keys.finish()?;
            limits
        }
        _ => keys.text(&["ci"])?,
    };
    let named = keys.text(&KEYS)?.or(own).unwrap_or_default();
    match named.trim_start_matches("woodruff").trim_start_matches('_') {
        "" | "mean" | "wald" | "true" | "false" => Ok(Limits::Mean),
        "beta" => Ok(Limits::Beta),
        "logit" | "xlogit" => Ok(Limits::Logit),
        other => Err(format!("no limits `{other}` of quantiles")),
    }
}

/// Shares of those who mention an answer, among those who answered or among all.
fn mentioned(world: &World<'_>) -> Result<Vec<Number>, String> {
    let var = world.keys.needed(&["var", "variable"])?;
    let separator = world.keys.text(&["separator", "sep"])?.unwrap_or_else(|| ";".to_owned());
    let base = world.keys.text(&["base"])?.unwrap_or_else(|| "answered".to_owned());
    if !["all", "answered"].contains(&base.as_str()) {
        return Err(format!("no base `{base}`"));
    }
    let sign = if separator.trim().is_empty() { separator.as_str() } else { separator.trim() };
    let picked: Vec<Vec<&str>> = world
        .data()
        .column(&var)?
        .cells
        .iter()
        .map(|cell| cell.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect())
        .collect();
    let mut options: Vec<&str> = picked.concat();
    options.sort_unstable();
    options.dedup();
    let asked = world.keys.texts(&["levels", "options", "equals"])?;
    options.retain(|option| asked.is_empty() || asked.iter().any(|label| label == option));
    let one = |option: &str| {
        let code = |(parts, inside): (&Vec<&str>, &bool)| {
            let counts = *inside && (base == "all" || !parts.is_empty());
            counts.then(|| usize::from(parts.contains(&option)))
        };
        let codes = picked.iter().zip(&world.inside).map(code).collect();
        let labels = vec!["no".to_owned(), "yes".to_owned()];
        let row = Row::new([var.clone(), option.to_owned()]);
        Number { row, what: What::Share(Answers { codes, labels, members: vec![1] }) }
    };
    Ok(options.into_iter().map(one).collect())
}

/// Shares of a row are those of the columns within a row's group, and so on.
fn cells(world: &World<'_>) -> Result<Wanted, String> {
    let (rows, cols) =
        (world.keys.needed(&["rows", "row"])?, world.keys.needed(&["cols", "columns", "col"])?);
    let share = world.keys.text(&["share", "percent", "margin", "within"])?;
    let (numbers, by) = match share.as_deref() {
        Some("row" | "rows") => (each_answer(world, &cols, false)?, vec![rows]),
        Some("col" | "cols" | "column" | "columns") => {
            (each_answer(world, &rows, false)?, vec![cols])
        }
        None | Some("total" | "cell" | "all") => (together(world, &rows, &cols)?, Vec::new()),
        Some(other) => return Err(format!("no share of `{other}`")),
    };
    let groups = world.data().groups(&by, &world.inside)?;
    Ok(Wanted { numbers, by, groups, intervals: intervals(world.keys)? })
}

/// The share of each combination of two answers among those who gave both.
fn together(world: &World<'_>, rows: &str, cols: &str) -> Result<Vec<Number>, String> {
    let (first, second) = (answers(world, rows)?, answers(world, cols)?);
    let width = second.labels.len();
    let both = first.codes.iter().zip(&second.codes);
    let codes: Vec<Option<usize>> = both.map(|(r, c)| Some((*r)? * width + (*c)?)).collect();
    let cell = |place: usize| (&first.labels[place / width], &second.labels[place % width]);
    let label = |place: usize| format!("{} and {}", cell(place).0, cell(place).1);
    let labels: Vec<String> = (0..first.labels.len() * width).map(label).collect();
    let one = |place: usize| {
        let of = Answers { codes: codes.clone(), labels: labels.clone(), members: vec![place] };
        let row = Row::default().level(rows, cell(place).0).level(cols, cell(place).1);
        Number { row, what: What::Share(of) }
    };
    Ok((0..labels.len()).map(one).collect())
}

/// Kish's figures of each group: records, effective base and design effect.
pub(crate) fn kish(world: &World<'_>) -> Result<Vec<Row>, String> {
    let (by, groups) = world.groups()?;
    let row = |group: &Group| {
        let weights: Vec<f64> = within(world.study.weights(), &group.members);
        let weights = || weights.iter().filter(|weight| !weight.is_nan());
        let (n, sum) = (weights().count() as f64, weights().sum::<f64>());
        let squares = weights().map(|weight| weight * weight).sum();
        let effective = effective::base(sum, squares).ok_or("there are no weights")?;
        let row = Row::default().group(&by, &group.labels).with("n", n).with("sum", sum);
        Ok(row
            .with("neff", effective)
            .with("deff", n / effective)
            .with("kish_deff", n / effective))
    };
    groups.iter().map(row).collect()
}
