//! What must hold of tables whoever answered: shares add up, nets lie between their parts,
//! filters of everybody change nothing, nested groups make up the groups above them.

use pollsmith::diagnostic::Findings;
use pollsmith::estimate::{self, Crossed, Estimates, Of, Row, Verdict};
use pollsmith::poll;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::{DESIGNS, Person, close, people, same, sample};

const TABLES: &str = r#"
[tables]
banner = ["phase", "senior", "phase > senior", "uses"]
test = { method = "effective_base", adjust = "holm" }
[[table]]
name = "row"
rows = "view"
by = "phase"
percent = "row"
[[table]]
name = "row-of-uses"
rows = "view"
by = "uses"
percent = "row"
[[table]]
name = "total"
rows = "view"
by = "phase"
percent = "total"
[[table]]
name = "mentions"
rows = "uses"
percent = "mentions"
[[table]]
name = "filtered"
rows = "view"
by = "senior"
where = "phase in ('Primary', 'Secondary', 'Special')"
[[table]]
name = "count"
rows = "view"
by = "phase"
percent = "count"
[[table]]
name = "nested"
rows = "view"
by = "phase > senior"
percent = "count"
"#;

/// All numbers of the tables, and their names.
struct Book {
    estimates: Estimates,
    names: Vec<String>,
}

fn book(people: &[Person], design: &str) -> Book {
    let sample = sample(people, design, 1.0);
    let text = format!(
        "format = 1\nid = \"made-up\"\ntitle = \"Made up\"\nschema = \"schema.toml\"\n\
         data = [\"data.csv\"]\n[disclosure]\nprofile = \"analyst\"\n{TABLES}"
    );
    let mut findings = Findings::default();
    let poll = poll::load("poll.toml", &text, &mut findings).expect("in order");
    let estimates = estimate::all(&sample, &poll, 1, &mut findings).expect("in order");
    let questions = &sample.questionnaire().questions;
    let name = |crossed: &Crossed| {
        let own = crossed.own.map(|own| &poll.tables.own[own]);
        let columns = crossed.columns.map(|columns| &estimates.columns[columns]);
        estimate::table_name(&questions[crossed.question], own, columns)
    };
    let names = estimates.tables.iter().map(name).collect();
    Book { estimates, names }
}

impl Book {
    /// The rows of a table.
    fn rows(&self, name: &str) -> &[Row] {
        let at = self.names.iter().position(|n| n == name).expect("it is there");
        &self.estimates.tables[at].blocks[0].rows
    }
}

fn value(row: &Row, column: usize) -> Option<f64> {
    row.cells[column].as_ref().map(|estimate| estimate.value)
}

fn answers(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| matches!(row.of, Of::Answer(_)))
}

fn is(got: f64, want: f64) -> Result<(), TestCaseError> {
    prop_assert!(close(got, want, 1.0, 1e-11), "{} is not {}", got, want);
    Ok(())
}

/// Whether shares of rows, of the table and of mentions add up to one.
fn adds_up(book: &Book) -> Result<(), TestCaseError> {
    for row in answers(book.rows("row")).filter(|row| row.cells[0].is_some()) {
        is((1..row.cells.len()).filter_map(|c| value(row, c)).sum(), 1.0)?;
        is(value(row, 0).unwrap_or_default(), 1.0)?;
    }
    for row in answers(book.rows("row-of-uses")) {
        for share in (1..row.cells.len()).filter_map(|column| value(row, column)) {
            prop_assert!((-1e-12..=1.0 + 1e-12).contains(&share), "{}", share);
        }
    }
    let sum = |rows: &[Row], columns: &dyn Fn(&Row) -> std::ops::Range<usize>| -> f64 {
        answers(rows).flat_map(|row| columns(row).filter_map(|c| value(row, c))).sum()
    };
    if book.rows("total")[0].cells[0].is_some() {
        is(sum(book.rows("total"), &|row| 1..row.cells.len()), 1.0)?;
        is(sum(book.rows("total"), &|_| 0..1), 1.0)?;
    }
    is(sum(book.rows("mentions"), &|_| 0..1), 1.0)
}

/// Whether a net lies between its largest part and the sum of its parts, and differences are
/// of nets, in every column.
fn holds_together(book: &Book, table: &str, parts: [usize; 2]) -> Result<(), TestCaseError> {
    let rows = book.rows(table);
    let find = |of: Of| rows.iter().find(|row| row.of == of).expect("it is there");
    for column in 0..rows[0].cells.len() {
        let Some(net) = value(find(Of::Net(0)), column) else { continue };
        let parts = parts.map(|p| value(find(Of::Answer(p)), column).unwrap_or_default());
        prop_assert!(
            net >= parts[0].max(parts[1]) - 1e-12 && net <= parts[0] + parts[1] + 1e-12
        );
        let other = value(find(Of::Net(1)), column).unwrap_or_default();
        is(value(find(Of::Difference(0)), column).unwrap_or_default(), net - other)?;
    }
    Ok(())
}

/// Of two groups each is the other's rest: one is higher if the other is lower.
fn mirrors(book: &Book) -> Result<(), TestCaseError> {
    for row in book.rows("view-senior").iter().chain(book.rows("hours-senior")) {
        let verdicts: Vec<Option<Verdict>> = (row.compared.iter())
            .filter(|compared| compared.second.is_none())
            .map(|compared| compared.verdict)
            .collect();
        let mirrored = match verdicts.first().copied().flatten() {
            Some(Verdict::Higher) => Some(Verdict::Lower),
            Some(Verdict::Lower) => Some(Verdict::Higher),
            other => other,
        };
        prop_assert_eq!(verdicts.get(1).copied().flatten(), mirrored);
    }
    Ok(())
}

/// Whether weighted numbers by phase are those by phase and seniority added up.
fn aggregates(book: &Book) -> Result<(), TestCaseError> {
    for (outer, inner) in answers(book.rows("count")).zip(answers(book.rows("nested"))) {
        for phase in 0..3 {
            let parts = [1 + 2 * phase, 2 + 2 * phase].map(|c| value(inner, c));
            let sum: f64 = parts.into_iter().flatten().sum();
            is(value(outer, 1 + phase).unwrap_or_default(), sum)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn tables_hold_together(
        people in people(2..60),
        design in prop::sample::select(&DESIGNS[..]),
    ) {
        let book = book(&people, design);
        adds_up(&book)?;
        for banner in ["phase", "senior", "phase-senior"] {
            holds_together(&book, &format!("view-{banner}"), [0, 1])?;
            holds_together(&book, &format!("uses-{banner}"), [0, 1])?;
        }
        mirrors(&book)?;
        aggregates(&book)?;
    }

    #[test]
    fn totals_are_toplines_and_filters_of_everybody_none(
        people in people(2..60),
        design in prop::sample::select(&DESIGNS[..]),
    ) {
        let book = book(&people, design);
        let column = |rows: &[Row], column: usize| -> Vec<_> {
            rows.iter().map(|row| row.cells[column].clone()).collect()
        };
        for question in ["view", "hours", "uses"] {
            let topline = column(book.rows(question), 0);
            for banner in ["phase", "senior", "phase-senior"] {
                same(&topline, &column(book.rows(&format!("{question}-{banner}")), 0))?;
            }
        }
        for at in 0..3 {
            same(&column(book.rows("filtered"), at), &column(book.rows("view-senior"), at))?;
        }
    }
}
