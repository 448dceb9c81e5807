//! Tests: of tables, of given shares, of means and of ranks.

use pollsmith::estimate::study::{
    Contrast, Figures, Linearised, Quotient, Quotients, Statistic,
};
use pollsmith::stats::matrix::Matrix;
use pollsmith::stats::rank::{self, Score};
use pollsmith::stats::test::{self, Association, Reference, TableTest};
use pollsmith::stats::{Interval, interval};
use serde_json::Value;

use super::data::Group;
use super::estimates::answers;
use super::keys::plain;
use super::numbers::Answers;
use super::reading::Other;
use super::row::Row;
use super::world::{World, within};

/// By how much R's own p of the exact mixture may be off: the accuracy it asks for.
const DAVIES: f64 = 1e-6;

/// A table of two questions, over those in the domain who answered both.
struct Crossed {
    /// The cell of each record.
    cells: Vec<Option<usize>>,
    rows: usize,
    columns: usize,
}

impl Crossed {
    fn new(world: &World<'_>) -> Result<Self, String> {
        let rows = answers(world, &world.keys.needed(&["rows", "row"])?)?;
        let columns = answers(world, &world.keys.needed(&["cols", "columns", "col"])?)?;
        let both =
            |record: usize| rows.codes[record].is_some() && columns.codes[record].is_some();
        let given = |of: &Answers| {
            let is_given = |place: &usize| {
                (0..of.codes.len())
                    .any(|record| both(record) && of.codes[record] == Some(*place))
            };
            (0..of.labels.len()).filter(is_given).collect::<Vec<_>>()
        };
        let (r, c) = (given(&rows), given(&columns));
        let place = |list: &[usize], code: usize| list.iter().position(|place| *place == code);
        let cell = |record: usize| {
            let row = place(&r, rows.codes[record]?)?;
            Some(row * c.len() + place(&c, columns.codes[record]?)?)
        };
        let cells = (0..world.data().rows).map(cell).collect();
        Ok(Self { cells, rows: r.len(), columns: c.len() })
    }

    /// The figures of all cells, shares or totals, as a table.
    fn figures(&self, world: &World<'_>, shares: bool) -> Result<(Matrix, Figures), String> {
        let quotient = |cell: usize| {
            let is = move |i: usize| self.cells[i].map(|own| own == cell);
            if shares {
                Quotient::share(is)
            } else {
                Quotient::total(move |i| Some(f64::from(u8::from(is(i)?))))
            }
        };
        let quotients: Vec<_> = (0..self.rows * self.columns).map(quotient).collect();
        let figures = world.figures(&Quotients(&quotients))?;
        let value = |r: usize, c: usize| figures.values[r * self.columns + c];
        Ok((Matrix::from_fn(self.rows, self.columns, value), figures))
    }
}

/// R's tests of independence; several tests give a row each.
pub(crate) fn table(world: &World<'_>) -> Result<Vec<Row>, String> {
    let names = world.keys.texts(&["test", "statistic", "method"])?;
    let names = if names.is_empty() { vec!["F".to_owned()] } else { names };
    let crossed = Crossed::new(world)?;
    names.iter().map(|name| table_test(world, &crossed, name)).collect()
}

fn table_test(world: &World<'_>, crossed: &Crossed, name: &str) -> Result<Row, String> {
    let freedom = world.freedom_of_test(|record| crossed.cells[record].is_some());
    let association = || {
        let (shares, figures) = crossed.figures(world, true)?;
        Association::new(&shares, &figures.covariance).map_err(|why| why.to_string())
    };
    let totals = |reference| {
        let (totals, figures) = crossed.figures(world, false)?;
        test::wald_of_table(&totals, &figures.covariance, reference)
            .map_err(|why| why.to_string())
    };
    let of_units = Some(freedom).filter(|_| !world.has_replicates());
    let answered = crossed.cells.iter().flatten().count();
    let n = if world.is(Other::AllRecords) { world.data().rows } else { answered } as f64;
    let saddlepoint = || association()?.saddlepoint(n, of_units).map_err(|why| why.to_string());
    let found = match plain(name).as_str() {
        "raoscott2ndorderf" | "raoscott" | "raoscottf" | "f" => {
            association()?.second_order(freedom).map_err(|why| why.to_string())
        }
        "raoscottchisqdf" | "raoscottchisq" | "raoscott1storder" | "chisq" => {
            association()?.first_order(n).map_err(|why| why.to_string())
        }
        "wald" => totals(Reference::F(freedom)),
        "adjustedwald" | "adjwald" => totals(Reference::AdjustedF(freedom)),
        "saddlepoint" => saddlepoint(),
        "raoscottexactmixture" | "lincom" | "mixture" if world.is(Other::Saddlepoint) => {
            saddlepoint()
        }
        "raoscottexactmixture" | "lincom" | "mixture" => {
            association()?.mixture(n, of_units).map_err(|why| why.to_string())
        }
        _ => return Err(format!("no test `{name}` of tables")),
    }?;
    Ok(of_table(
        Row::new([name.to_owned()]),
        &found,
        name.contains("mixture") || name == "lincom",
    ))
}

fn of_table(mut row: Row, found: &TableTest, is_mixture: bool) -> Row {
    row.slack = if is_mixture { DAVIES } else { 0.0 };
    let list = |value: Option<f64>| value.into_iter().collect();
    row.with("statistic", found.statistic)
        .with("p", found.p)
        .with_list("ndf", list(found.numerator))
        .with_list("ddf", list(found.denominator))
}

/// The test that answers have given shares.
pub(crate) fn goodness_of_fit(world: &World<'_>) -> Result<Row, String> {
    let var = world.keys.needed(&["var", "variable"])?;
    let answers = answers(world, &var)?;
    let expected =
        world.keys.get(&["p", "probs", "expected", "shares"]).ok_or("`p` is missing")?;
    let given = (0..answers.labels.len()).filter(|place| answers.codes.contains(&Some(*place)));
    let given: Vec<usize> = given.collect();
    let expected = expected_shares(expected, &answers, &given)?;
    let quotient = |place: &usize| {
        let (place, codes) = (*place, &answers.codes);
        Quotient::total(move |i| Some(f64::from(u8::from(codes[i]? == place))))
    };
    let quotients: Vec<_> = given.iter().map(quotient).collect();
    let figures = world.figures(&Quotients(&quotients))?;
    let fit = test::goodness_of_fit(&figures.values, &figures.covariance, &expected);
    let fit = fit.map_err(|why| why.to_string())?;
    Ok(Row::default()
        .with("statistic", fit.statistic)
        .with("df", fit.freedom)
        .with("ndf", fit.freedom)
        .with("scale", fit.scale)
        .with("p", fit.p))
}

/// The expected share of each answer given: by its label, or in R's order.
fn expected_shares(
    expected: &Value,
    answers: &Answers,
    given: &[usize],
) -> Result<Vec<f64>, String> {
    if let Value::Array(list) = expected {
        let shares: Vec<f64> = list.iter().filter_map(Value::as_f64).collect();
        let fits = shares.len() == given.len();
        return fits.then_some(shares).ok_or_else(|| "`p` has another length".to_owned());
    }
    let share = |place: &usize| {
        let label = &answers.labels[*place];
        let share = expected.get(label).and_then(Value::as_f64);
        share.ok_or_else(|| format!("there is no expected share of `{label}`"))
    };
    given.iter().map(share).collect()
}

/// The records of two or more groups that have a number, or of one.
struct Sides {
    y: Vec<f64>,
    groups: Vec<Group>,
}

impl Sides {
    fn new(world: &World<'_>) -> Result<Self, String> {
        let (var, by) = Self::variables(world)?;
        let mut y = world.numbers(&var)?;
        if let Some(other) = world.keys.text(&["paired_with", "paired", "var2"])? {
            let other = world.numbers(&other)?;
            y.iter_mut().zip(other).for_each(|(y, other)| *y -= other);
        }
        let known: Vec<bool> =
            y.iter().zip(&world.inside).map(|(y, inside)| *inside && !y.is_nan()).collect();
        let mut groups = world.data().groups(&by, &known)?;
        let asked = world.keys.texts(&["levels"])?;
        groups.retain(|group| asked.is_empty() || asked.contains(&group.labels.join(":")));
        groups.sort_by_key(|group| {
            asked.iter().position(|label| *label == group.labels.join(":"))
        });
        let any = |record: usize| groups.iter().any(|group| group.members[record]);
        let members: Vec<bool> = (0..y.len()).map(any).collect();
        Ok(Self { y: within(&y, &members), groups })
    }

    /// The variable and its groups, by their keys or as a formula `y ~ group`.
    fn variables(world: &World<'_>) -> Result<(String, Vec<String>), String> {
        let Some(formula) = world.keys.text(&["formula"])? else {
            let by = world.keys.texts(&["group", "by", "groups"])?;
            return Ok((world.keys.needed(&["var", "variable"])?, by));
        };
        let (y, group) = formula.split_once('~').ok_or("the formula has no `~`")?;
        Ok((y.trim().to_owned(), vec![group.trim().to_owned()]))
    }

    fn holds(&self, record: usize) -> bool {
        !self.y[record].is_nan()
    }

    /// The mean of numbers in each group.
    fn means<'q>(&'q self, y: &'q [f64]) -> Vec<Quotient<'q>> {
        let mean = |group: &'q Group| {
            Quotient::mean(move |i| Some(y[i]).filter(|y| group.members[i] && !y.is_nan()))
        };
        self.groups.iter().map(mean).collect()
    }
}

/// Each later group minus the first; one group as it is.
fn differences(groups: usize) -> Matrix {
    match groups {
        1 => Matrix::identity(1),
        groups => Matrix::from_fn(groups - 1, groups, |row, group| match group {
            0 => -1.0,
            _ => f64::from(u8::from(group == row + 1)),
        }),
    }
}

/// The difference of two groups, or of one mean and a number.
pub(crate) fn means(world: &World<'_>) -> Result<Row, String> {
    let sides = Sides::new(world)?;
    let mu = world.keys.number(&["mu", "null"])?.unwrap_or(0.0);
    if !matches!(sides.groups.len(), 1 | 2) {
        return Err(format!("a t test of {} groups", sides.groups.len()));
    }
    let means = sides.means(&sides.y);
    let of = Quotients(&means);
    let coefficients = differences(sides.groups.len());
    let figures = world.figures(&Contrast { of: &of, coefficients })?;
    // R takes one degree of freedom off, for one mean as for two.
    let freedom = world.freedom_of_test(|record| sides.holds(record)) - 1.0;
    let sign = if world.is(Other::Turned) { -1.0 } else { 1.0 };
    let difference = sign * figures.values[0] - mu;
    let variance = figures.covariance.at(0, 0);
    let test = test::student(difference, variance.sqrt(), freedom).ok_or("there is no test")?;
    let shown = if world.is(Other::AsItIs) { difference + mu } else { difference };
    let limits = interval::mean(shown, variance, freedom, world.conventions.level);
    let ends = limits.map_or(Vec::new(), |Interval { low, high }| vec![low, high]);
    Ok(Row::default()
        .with("t", test.t)
        .with("p", test.p)
        .with("df", freedom)
        .with("est", shown)
        .with("se", variance.sqrt())
        .with_list("low", ends.iter().take(1).copied().collect())
        .with_list("high", ends.iter().skip(1).copied().collect())
        .with_list("ci", ends))
}

/// The test of ranks of two groups or more.
pub(crate) fn ranks(world: &World<'_>) -> Result<Row, String> {
    let sides = Sides::new(world)?;
    let name = world.keys.text(&["test", "method"])?.unwrap_or_else(|| "wilcoxon".to_owned());
    let kind = match plain(&name).as_str() {
        "wilcoxon" | "kruskalwallis" | "wilcox" => Score::Wilcoxon,
        "vanderwaerden" => Score::VanDerWaerden,
        "median" | "mood" => Score::Median,
        _ => return Err(format!("no test of ranks `{name}`")),
    };
    let scores = scores(world, &sides, kind)?;
    let means = sides.means(&scores);
    let of = Quotients(&means);
    let coefficients = differences(sides.groups.len());
    let contrast = Contrast { of: &of, coefficients };
    let linearised =
        Linearised::new(&contrast, world.study.weights()).ok_or("a group is empty")?;
    let figures = world.figures(&linearised as &dyn Statistic)?;
    let freedom = world.freedom_of_test(|record| sides.holds(record));
    if sides.groups.len() == 2 {
        two(world, &figures, freedom)
    } else {
        several(world, &figures, freedom)
    }
}

/// The scores of the records used; not a number for the others.
fn scores(world: &World<'_>, sides: &Sides, kind: Score) -> Result<Vec<f64>, String> {
    let weights = world.study.weights();
    let used: Vec<usize> =
        (0..weights.len()).filter(|i| sides.holds(*i) && weights[*i] > 0.0).collect();
    let pick = |list: &[f64]| used.iter().map(|record| list[*record]).collect::<Vec<_>>();
    let ranked = rank::scores(&pick(&sides.y), &pick(weights), kind);
    let mut scores = vec![f64::NAN; weights.len()];
    for (record, score) in used.iter().zip(ranked.map_err(|why| why.to_string())?) {
        scores[*record] = score;
    }
    Ok(scores)
}

fn two(world: &World<'_>, figures: &Figures, freedom: f64) -> Result<Row, String> {
    let sign = if world.is(Other::Turned) { -1.0 } else { 1.0 };
    let (value, se) = (sign * figures.values[0], figures.covariance.at(0, 0).sqrt());
    let test = test::student(value, se, freedom - 1.0).ok_or("there is no test")?;
    Ok(Row::default()
        .with("statistic", test.t)
        .with("t", test.t)
        .with("p", test.p)
        .with("df", freedom - 1.0)
        .with("est", value)
        .with("se", se))
}

fn several(world: &World<'_>, figures: &Figures, freedom: f64) -> Result<Row, String> {
    let k = figures.values.len() as f64;
    let found = test::wald(&figures.values, &figures.covariance, Reference::F(freedom - k));
    let found = found.map_err(|why| why.to_string())?;
    let (statistic, df) = if world.is(Other::Swapped) {
        (k, found.chi_squared)
    } else if world.is(Other::Turned) {
        (found.statistic, k)
    } else {
        (found.chi_squared, k)
    };
    Ok(Row::default()
        .with("statistic", statistic)
        .with("p", found.p)
        .with("df", df)
        .with("ndf", k)
        .with("ddf", freedom - k))
}
