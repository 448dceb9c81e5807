//! Puts the question of a case to `estimate`; gives a row of figures for each number.

use std::collections::BTreeMap;
use std::path::Path;

use pollsmith::estimate::{Asked, Conventions, Estimate, Inquiry, QuantilePlace, Unanswerable};
use pollsmith::stats::effective::Against;
use pollsmith::stats::quantile::{Limits, Rule};
use pollsmith::stats::{ProportionMethod, interval, test};

use super::answer::Row;
use super::case::{Ask, Case, OneOrMany};
use super::files::{Files, Listed};

/// A statistic of one variable, which has one estimate for each group.
struct Wanted {
    labels: Vec<String>,
    what: What,
}

enum What {
    Mean(String),
    Total(String),
    Share(String, Vec<usize>),
    Headcount(String, Vec<usize>),
    Ratio(String, String),
    Quantile(String, QuantilePlace),
}

impl What {
    fn put(&self, to: &Inquiry<'_>, by: Option<&str>) -> Asked {
        match self {
            Self::Mean(variable) => to.mean(variable, by),
            Self::Total(variable) => to.total(variable, by),
            Self::Share(variable, members) => to.share(variable, members, by),
            Self::Headcount(variable, members) => to.headcount(variable, members, by),
            Self::Ratio(above, below) => to.ratio(above, below, by),
            Self::Quantile(variable, place) => to.quantile(variable, *place, by),
        }
    }
}

/// The answer of the program to a case, or why it has none.
pub(crate) fn rows(folder: &Path, case: &Case) -> Result<Vec<Row>, String> {
    let ask = &case.ask;
    if ask.missing.as_deref().is_some_and(|missing| missing != "domain") {
        return Err("`missing` is not `domain`".to_owned());
    }
    let files = Files::new(&folder.join(&case.data), &case.design)?;
    match ask.stat.as_str() {
        "mean" | "total" => means(files, ask),
        "proportion" => proportions(files, ask, case.answer["rows"].is_object()),
        "ratio" => ratio(files, ask),
        "quantile" => quantiles(files, ask),
        "table_cells" => table_cells(files, ask),
        "table_test" => table_test(files, ask),
        "ttest" => ttest(files, ask),
        other => Err(format!("`{other}` is not known")),
    }
}

fn means(mut files: Files, ask: &Ask) -> Result<Vec<Row>, String> {
    let total = ask.stat == "total";
    let mut wanted = Vec::new();
    for var in OneOrMany::list(ask.var.as_ref()) {
        let labels = vec![var.clone()];
        let number = |key| if total { What::Total(key) } else { What::Mean(key) };
        if !ask.scores.is_empty() {
            let key = files.list(&var, &ask.scores)?.key;
            wanted.push(Wanted { labels, what: number(key) });
        } else if ask.taken_as.is_none() && files.is_number(&var)? {
            wanted.push(Wanted { labels, what: number(files.number(&var)?) });
        } else {
            let listed = files.list(&var, [])?;
            for (place, level) in listed.labels.iter().enumerate() {
                let key = listed.key.clone();
                let members = vec![place];
                let what = if total {
                    What::Headcount(key, members)
                } else {
                    What::Share(key, members)
                };
                wanted.push(Wanted { labels: vec![var.clone(), level.clone()], what });
            }
        }
    }
    put(files, ask, &wanted)
}

/// The shares of single answers if the reference has rows, of all `levels` together if not.
fn proportions(mut files: Files, ask: &Ask, by_level: bool) -> Result<Vec<Row>, String> {
    let [var] = OneOrMany::list(ask.var.as_ref()).try_into().map_err(|_| "no one `var`")?;
    let listed = files.list(&var, [])?;
    let asked = ask.levels.as_ref().or(ask.equals.as_ref());
    let levels: Vec<String> = match OneOrMany::list(asked).as_slice() {
        [] => listed.labels.clone(),
        some => some.iter().map(ToString::to_string).collect(),
    };
    let sets = if by_level && ask.equals.is_none() {
        levels.into_iter().map(|level| vec![level]).collect()
    } else {
        vec![levels]
    };
    let wanted = |levels: Vec<String>| {
        let members = listed.members(&levels)?;
        let labels = [vec![var.clone()], levels].concat();
        Ok(Wanted { labels, what: What::Share(listed.key.clone(), members) })
    };
    let wanted: Vec<Wanted> = sets.into_iter().map(wanted).collect::<Result<_, String>>()?;
    put(files, ask, &wanted)
}

fn ratio(mut files: Files, ask: &Ask) -> Result<Vec<Row>, String> {
    let (above, below) = (needed(ask.num.as_ref(), "num")?, needed(ask.den.as_ref(), "den")?);
    let what = What::Ratio(files.number(above)?, files.number(below)?);
    put(files, ask, &[Wanted { labels: vec![format!("{above}/{below}")], what }])
}

fn quantiles(mut files: Files, ask: &Ask) -> Result<Vec<Row>, String> {
    let rule = match &ask.rule {
        None => Rule::Math,
        Some(name) => Rule::named(name).ok_or_else(|| format!("no rule `{name}`"))?,
    };
    let ci = OneOrMany::list(ask.ci.as_ref()).concat();
    let limits = match (ci.as_str(), ask.limits.as_deref()) {
        ("" | "woodruff" | "woodruff_mean", None) | ("woodruff", Some("mean")) => Limits::Mean,
        ("woodruff_beta", None) | ("woodruff", Some("beta")) => Limits::Beta,
        ("woodruff_logit", None) | ("woodruff", Some("logit")) => Limits::Logit,
        _ => return Err(format!("no interval `{ci}`")),
    };
    let mut wanted = Vec::new();
    for var in OneOrMany::list(ask.var.as_ref()) {
        let key = files.number(&var)?;
        for p in OneOrMany::list(ask.p.as_ref()) {
            let what = What::Quantile(key.clone(), QuantilePlace { p, rule, limits });
            wanted.push(Wanted { labels: vec![var.clone(), p.to_string()], what });
        }
    }
    put(files, ask, &wanted)
}

/// Shares of a row are those of the columns within a row's group, and so on.
fn table_cells(mut files: Files, ask: &Ask) -> Result<Vec<Row>, String> {
    let (rows, cols) = (needed(ask.rows.as_ref(), "rows")?, needed(ask.cols.as_ref(), "cols")?);
    let (of, within) = match ask.share.as_deref() {
        Some("row") => (vec![cols], Some(rows)),
        Some("col") => (vec![rows], Some(cols)),
        Some("total") => (vec![rows, cols], None),
        _ => return Err("`share` is none of row, col and total".to_owned()),
    };
    let of: Vec<String> = of.into_iter().map(str::to_owned).collect();
    let listed = match of.as_slice() {
        [one] => files.list(one, [])?,
        several => files.groups(several, None)?.ok_or("no columns")?,
    };
    let mut ask = ask.clone();
    ask.by = within.map(|within| OneOrMany::One(within.to_owned()));
    let share = |(place, label): (usize, &String)| Wanted {
        labels: label.split(':').map(str::to_owned).collect(),
        what: What::Share(listed.key.clone(), vec![place]),
    };
    let wanted: Vec<Wanted> = listed.labels.iter().enumerate().map(share).collect();
    put(files, &ask, &wanted)
}

/// Asks for each number by each way of making intervals; gives a row for each group.
fn put(mut files: Files, ask: &Ask, wanted: &[Wanted]) -> Result<Vec<Row>, String> {
    let by = files.groups(&OneOrMany::list(ask.by.as_ref()), ask.domain.as_deref())?;
    let sample = files.sample()?;
    let key = by.as_ref().map(|by| by.key.as_str());
    let mut rows = Vec::new();
    for Wanted { labels, what } in wanted {
        let mut by_group: Vec<Row> = Vec::new();
        for (interval, conventions) in conventions(ask)? {
            let inquiry = Inquiry::new(&sample, conventions);
            let found = what.put(&inquiry, key).map_err(|why| why.to_string())?;
            by_group.resize_with(found.len(), || Row::new(labels.clone()));
            for (row, estimate) in by_group.iter_mut().zip(&found) {
                row.figures.extend(estimate.iter().flat_map(|e| figures(e, &interval)));
            }
        }
        for (place, mut row) in by_group.into_iter().enumerate() {
            let group = by.as_ref().map(|by: &Listed| by.labels[place].split(':'));
            row.labels.extend(group.into_iter().flatten().map(str::to_owned));
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The conventions of R for each interval that is asked for, and what the answer calls it.
fn conventions(ask: &Ask) -> Result<Vec<(String, Conventions)>, String> {
    let against = match ask.deff.as_deref() {
        None | Some("srs_wor") => Against::WithoutReplacement,
        Some("srs_wr") => Against::WithReplacement,
        Some(other) => return Err(format!("no design effect against `{other}`")),
    };
    if let Some(other) = &ask.variance {
        return Err(format!("no variance `{other}`"));
    }
    let base = Conventions { against, ..Conventions::R };
    let intervals = OneOrMany::list(ask.ci.as_ref());
    if ask.stat == "quantile" || intervals.is_empty() {
        return Ok(vec![("ci".to_owned(), base)]);
    }
    let several = matches!(ask.ci, Some(OneOrMany::Many(_)));
    let with = |name: String| {
        let share = ProportionMethod::named(&name);
        let share = share.ok_or_else(|| format!("no interval `{name}`"))?;
        let called = if several { format!("ci.{name}") } else { "ci".to_owned() };
        Ok((called, Conventions { share, ..base }))
    };
    intervals.into_iter().map(with).collect()
}

fn figures(estimate: &Estimate, interval: &str) -> BTreeMap<String, Vec<f64>> {
    let one = |name: &str, value: Option<f64>| (name.to_owned(), value.into_iter().collect());
    BTreeMap::from([
        one("est", Some(estimate.value)),
        one("se", estimate.variance.map(f64::sqrt)),
        one("deff", estimate.effect),
        one("df", Some(estimate.freedom)),
        one("n", Some(estimate.base as f64)),
        (
            interval.to_owned(),
            estimate.interval.map_or(Vec::new(), |(low, high)| vec![low, high]),
        ),
    ])
}

fn table_test(mut files: Files, ask: &Ask) -> Result<Vec<Row>, String> {
    if ask.test.as_deref() != Some("rao_scott_2nd_order_F") {
        return Err(format!("no test {:?}", ask.test));
    }
    let rows = files.list(needed(ask.rows.as_ref(), "rows")?, [])?;
    let cols = vec![needed(ask.cols.as_ref(), "cols")?.to_owned()];
    let cols = files.groups(&cols, ask.domain.as_deref())?.ok_or("no columns")?;
    let sample = files.sample()?;
    let inquiry = Inquiry::new(&sample, Conventions::R);
    let found = inquiry.independence(&rows.key, &cols.key);
    let test = found.map_err(|why| why.to_string())?.ok_or("there is nothing to test")?;
    let one = |name: &str, value: f64| (name.to_owned(), vec![value]);
    let figures = BTreeMap::from([
        one("statistic", test.f),
        one("p", test.p),
        one("ndf", test.numerator),
        one("ddf", test.denominator),
    ]);
    Ok(vec![Row { labels: Vec::new(), figures }])
}

/// The difference of two groups, or of one mean and a number.
fn ttest(mut files: Files, ask: &Ask) -> Result<Vec<Row>, String> {
    let [var] = OneOrMany::list(ask.var.as_ref()).try_into().map_err(|_| "no one `var`")?;
    let group = ask.group.iter().cloned().collect::<Vec<_>>();
    let by = files.groups(&group, ask.domain.as_deref())?;
    let key = match &ask.paired_with {
        Some(other) => files.subtract(&var, other)?,
        None => files.number(&var)?,
    };
    let sample = files.sample()?;
    let inquiry = Inquiry::new(&sample, Conventions::R);
    let by = by.as_ref().map(|by| by.key.as_str());
    let words = |why: Unanswerable| why.to_string();
    let estimate = match by.filter(|_| ask.group.is_some()) {
        Some(by) => inquiry.difference(&key, by, (1, 0)).map_err(words)?,
        None => inquiry.mean(&key, by).map_err(words)?.into_iter().next().flatten(),
    };
    let mut estimate = estimate.ok_or("a group has no answers")?;
    let variance = estimate.variance.ok_or("there is no variance")?;
    estimate.value -= ask.mu.unwrap_or(0.0);
    // R takes one degree of freedom off, for one mean as for two.
    estimate.freedom -= 1.0;
    let limits = interval::mean(estimate.value, variance, estimate.freedom, 0.95);
    estimate.interval = limits.map(|limits| (limits.low, limits.high));
    let test = test::student(estimate.value, variance.sqrt(), estimate.freedom);
    let test = test.ok_or("there is no test")?;
    let mut figures = figures(&estimate, "ci");
    figures.insert("t".to_owned(), vec![test.t]);
    figures.insert("p".to_owned(), vec![test.p]);
    Ok(vec![Row { labels: Vec::new(), figures }])
}

fn needed<'k>(key: Option<&'k String>, name: &str) -> Result<&'k str, String> {
    key.map(String::as_str).ok_or_else(|| format!("`{name}` is missing"))
}
