//! What an analyst would write for a case: data, schema and poll file as text.

use std::fmt::Write as _;
use std::path::Path;

use pollsmith::expression::{Codes, Column, Columns, Expression};
use pollsmith::prepare::Sample;
use toml::{Table, Value};

use super::case::{Design, OneOrMany};
use super::rooms;

/// The three files while they are written.
pub(crate) struct Files {
    columns: Vec<DataColumn>,
    design: Table,
    questions: Table,
}

/// A column of the data file.
struct DataColumn {
    header: String,
    cells: Vec<String>,
    /// The numbers, if all cells that are not empty hold one.
    numbers: Option<Vec<f64>>,
    /// The distinct cells that are not empty, in the order of their numbers or letters.
    labels: Vec<String>,
    /// The place of each cell among the labels; their number if it is empty.
    codes: Vec<u16>,
}

/// A question with one answer of a list.
pub(crate) struct Listed {
    pub(crate) key: String,
    pub(crate) labels: Vec<String>,
}

impl Listed {
    /// The places of some labels in the list.
    pub(crate) fn members(&self, labels: &[String]) -> Result<Vec<usize>, String> {
        let place = |label: &String| {
            let found = self.labels.iter().position(|l| l == label);
            found.ok_or_else(|| format!("no record has the answer `{label}`"))
        };
        labels.iter().map(place).collect()
    }
}

impl DataColumn {
    fn new(header: &str, cells: Vec<String>) -> Self {
        let given = || cells.iter().filter(|cell| !cell.is_empty());
        let plain = given().count() > 0 && given().all(|cell| cell.parse::<f64>().is_ok());
        let number = |cell: &String| cell.parse().unwrap_or(f64::NAN);
        let mut labels: Vec<String> = given().cloned().collect();
        if plain {
            labels.sort_by(|a, b| number(a).total_cmp(&number(b)));
        } else {
            labels.sort();
        }
        labels.dedup();
        let code = |cell: &String| {
            let place = labels.iter().position(|label| label == cell);
            u16::try_from(place.unwrap_or(labels.len())).unwrap_or(u16::MAX)
        };
        Self {
            header: header.to_owned(),
            numbers: plain.then(|| cells.iter().map(number).collect()),
            codes: cells.iter().map(code).collect(),
            labels,
            cells,
        }
    }
}

impl Files {
    /// Begins with a data file and a design.
    pub(crate) fn new(data: &Path, design: &Design) -> Result<Self, String> {
        let words = |error: csv::Error| format!("{}: {error}", data.display());
        let mut reader = csv::Reader::from_path(data).map_err(words)?;
        let headers = reader.headers().map_err(words)?.clone();
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().map_err(words)?;
        let column = |(field, header): (usize, &str)| {
            let cell = |record: &csv::StringRecord| record[field].to_owned();
            DataColumn::new(header, records.iter().map(cell).collect())
        };
        let columns = headers.iter().enumerate().map(column).collect();
        Ok(Self { columns, design: poll_design(design), questions: Table::new() })
    }

    /// Whether a column holds numbers.
    pub(crate) fn is_number(&self, header: &str) -> Result<bool, String> {
        Ok(self.column(header)?.numbers.is_some())
    }

    /// Adds a question of kind `number`; gives its key.
    pub(crate) fn number(&mut self, header: &str) -> Result<String, String> {
        if !self.is_number(header)? {
            return Err(format!("the column `{header}` does not hold numbers"));
        }
        Ok(self.question(header, "number", Table::new()))
    }

    /// Adds a question with one answer of a list, some of them with scores.
    pub(crate) fn list<'s>(
        &mut self,
        header: &str,
        scores: impl IntoIterator<Item = (&'s String, &'s f64)>,
    ) -> Result<Listed, String> {
        let labels = self.column(header)?.labels.clone();
        let category = |(place, label): (usize, &String)| {
            let id = Value::from(format!("answer_{place}"));
            Value::Table(Table::from_iter([
                ("label".to_owned(), Value::from(label.clone())),
                ("id".to_owned(), id),
            ]))
        };
        let categories = labels.iter().enumerate().map(category).collect();
        let known = scores.into_iter().filter(|(label, _)| labels.contains(label));
        let scores = known.map(|(label, score)| (label.clone(), Value::from(*score)));
        let more = Table::from_iter([
            ("categories".to_owned(), Value::Array(categories)),
            ("scores".to_owned(), Value::Table(scores.collect())),
        ]);
        Ok(Listed { key: self.question(header, "single", more), labels })
    }

    /// Adds a question whose answers are the combinations of those in some columns, for the
    /// records that meet a condition; none without columns and condition.
    pub(crate) fn groups(
        &mut self,
        by: &[String],
        domain: Option<&str>,
    ) -> Result<Option<Listed>, String> {
        if by.is_empty() && domain.is_none() {
            return Ok(None);
        }
        let rows = self.columns.first().map_or(0, |column| column.cells.len());
        let inside = match domain {
            Some(domain) => self.domain(domain, rows)?,
            None => vec![true; rows],
        };
        let columns: Vec<&DataColumn> =
            by.iter().map(|header| self.column(header)).collect::<Result<_, _>>()?;
        let cell = |(row, inside): (usize, bool)| {
            let parts: Vec<&str> = columns.iter().map(|c| c.cells[row].as_str()).collect();
            match parts.as_slice() {
                _ if !inside || parts.contains(&"") => String::new(),
                [] => "in the domain".to_owned(),
                parts => parts.join(":"),
            }
        };
        let cells = inside.into_iter().enumerate().map(cell).collect();
        self.derive("groups of the case", cells).map(Some)
    }

    /// Adds a question about the difference between two columns of numbers.
    pub(crate) fn subtract(&mut self, header: &str, other: &str) -> Result<String, String> {
        let numbers = |header: &str| {
            let numbers = self.column(header)?.numbers.as_ref();
            numbers.ok_or_else(|| format!("the column `{header}` does not hold numbers"))
        };
        let difference = |(a, b): (&f64, &f64)| match a - b {
            unknown if unknown.is_nan() => String::new(),
            known => known.to_string(),
        };
        let cells = numbers(header)?.iter().zip(numbers(other)?).map(difference).collect();
        let name = "difference of the case";
        self.columns.push(DataColumn::new(name, cells));
        self.number(name)
    }

    /// What the rooms of the program make of the files.
    pub(crate) fn sample(&self) -> Result<Sample, String> {
        let schema = [
            "format = 1\nid = \"reference\"\n[source]\nunknown_columns = \"keep\"\n",
            &section("question", &self.questions),
        ]
        .concat();
        let poll = format!(
            "format = 1\nid = \"reference\"\ntitle = \"A case\"\nschema = \"schema.toml\"\n\
             data = [\"data.csv\"]\n{}",
            section("design", &self.design)
        );
        rooms::sample(&schema, &poll, &self.data())
    }

    fn data(&self) -> String {
        let mut text = String::new();
        let headers = self.columns.iter().map(|column| column.header.as_str());
        line(&mut text, headers);
        let rows = self.columns.first().map_or(0, |column| column.cells.len());
        for row in 0..rows {
            line(&mut text, self.columns.iter().map(|column| column.cells[row].as_str()));
        }
        text
    }

    fn column(&self, header: &str) -> Result<&DataColumn, String> {
        let found = self.columns.iter().find(|column| column.header == header);
        found.ok_or_else(|| format!("the data have no column `{header}`"))
    }

    fn derive(&mut self, header: &str, cells: Vec<String>) -> Result<Listed, String> {
        self.columns.push(DataColumn::new(header, cells));
        self.list(header, [])
    }

    /// The key is unlike any header, so that the design cannot mean it.
    fn question(&mut self, header: &str, kind: &str, more: Table) -> String {
        let key = format!("question_{}_of_the_case", self.questions.len());
        let mut question = more;
        question.insert("kind".to_owned(), Value::from(kind));
        question.insert("column".to_owned(), Value::from(header));
        self.questions.insert(key.clone(), Value::Table(question));
        key
    }

    /// Which records meet a condition.
    fn domain(&self, condition: &str, rows: usize) -> Result<Vec<bool>, String> {
        let expression = Expression::parse(&as_own(condition));
        let filtered = expression.and_then(|expression| expression.filter(rows, self));
        filtered.map_err(|problem| format!("the domain `{condition}`: {}", problem.message))
    }
}

/// A condition of R as the program's language has it.
fn as_own(condition: &str) -> String {
    let signs = [("==", "="), ("&", " and "), ("|", " or "), ("%in% c(", "in (")];
    let replace = |text: String, (r, own): (&str, &str)| text.replace(r, own);
    let mut text = signs.into_iter().fold(condition.to_owned(), replace);
    for (r, own) in [("!is.na(", "is not missing"), ("is.na(", "is missing")] {
        while let Some((before, rest)) = text.split_once(r) {
            let (name, after) = rest.split_once(')').unwrap_or((rest, ""));
            text = format!("{before}{name} {own}{after}");
        }
    }
    text
}

/// The data file as a filter sees it.
impl Columns for Files {
    fn column(&self, name: &str) -> Option<Column<'_>> {
        let column = Files::column(self, name).ok()?;
        Some(match &column.numbers {
            Some(numbers) => Column::Number(numbers),
            None => Column::Category {
                codes: Codes::Word(&column.codes),
                labels: &column.labels,
                first_reason: column.labels.len(),
            },
        })
    }
}

/// A table as it stands in a TOML file.
fn section(name: &str, table: &Table) -> String {
    Table::from_iter([(name.to_owned(), Value::Table(table.clone()))]).to_string()
}

/// One line of CSV; every cell is quoted.
fn line<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (field, cell) in cells.enumerate() {
        let comma = if field > 0 { "," } else { "" };
        let _ = write!(text, "{comma}\"{}\"", cell.replace('"', "\"\""));
    }
    text.push('\n');
}

/// The design as the poll file has it.
fn poll_design(design: &Design) -> Table {
    let texts = |names: Option<&OneOrMany<String>>| {
        let names = OneOrMany::list(names).into_iter().map(Value::from);
        Some(names.collect::<Vec<Value>>()).filter(|names| !names.is_empty()).map(Value::Array)
    };
    let keys = [
        ("weight", design.weights.clone().map(Value::from)),
        ("strata", texts(design.strata.as_ref())),
        ("psu", texts(design.cluster.as_ref())),
        ("population", texts(design.fpc.as_ref())),
        ("nest", design.nest.map(Value::from)),
        ("single_unit", design.lonely_psu.clone().map(Value::from)),
    ];
    keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}
